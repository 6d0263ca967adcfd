//! Who and what a content mentions.

use super::Reading;
use crate::analysis::attribution::Attribution;
use crate::model::MentionKind;

impl Reading<'_> {
    /// Entities that the content mentions, in order of first mention.
    pub(super) fn about(&self, attribution: &Attribution) -> Vec<usize> {
        let mut about = Vec::new();
        for (_, entity) in self.mentions_in(attribution) {
            if !about.contains(&entity) {
                about.push(entity);
            }
        }
        about
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
