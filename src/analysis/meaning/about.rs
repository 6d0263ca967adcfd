//! Who and what a content mentions.

use super::Reading;
use crate::analysis::attribution::Attribution;
use crate::model::MentionKind;
use crate::text::PhraseKind;

impl Reading<'_> {
    /// Entities that the content speaks of, in order of first mention. Who is accused of doing, or urged to do, what the
    /// content says is its understood subject.
    pub(super) fn about(&self, index: usize, addressees: &[usize]) -> Vec<usize> {
        let attribution = &self.attributions[index];
        let mut about: Vec<usize> = self.captured_target(index).into_iter().collect();
        if self.opens_with_infinitive(attribution) {
            about.extend(addressees);
        }
        for (_, entity) in self.mentions_in(attribution) {
            if !about.contains(&entity) {
                about.push(entity);
            }
        }
        about
    }

    fn opens_with_infinitive(&self, attribution: &Attribution) -> bool {
        let start = attribution.content[0].0;
        let at = self.layers.phrases.partition_point(|p| p.tokens.1 <= start);
        self.layers
            .phrases
            .get(at)
            .is_some_and(|p| matches!(p.kind, PhraseKind::Verb(group) if group.infinitive))
    }

    /// Resolved mentions inside the content, as (mention, entity).
    pub(super) fn mentions_in(&self, attribution: &Attribution) -> Vec<(usize, usize)> {
        let mentions = &self.coreference.mentions;
        let mut inside = Vec::new();
        for &(start, end) in &attribution.content {
            let from = mentions.partition_point(|m| m.tokens.0 < start);
            for (index, mention) in mentions.iter().enumerate().skip(from) {
                if mention.tokens.0 >= end {
                    break;
                }
                // "US" in "US officials" is a part of their description.
                let part = inside.last().is_some_and(|&(last, _): &(usize, usize)| {
                    mentions[last].kind == MentionKind::Nominal
                        && mentions[last].tokens.1 >= mention.tokens.1
                        && mention.kind == MentionKind::Name
                });
                if mention.tokens.1 <= end
                    && !part
                    && let Some(entity) = self.coreference.resolutions[index].entity()
                {
                    inside.push((index, entity));
                }
            }
        }
        inside
    }
}
