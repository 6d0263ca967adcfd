//! Who may be meant: everybody in sight of a statement, with where and how each is seen.
//!
//! In the content, as the subject of a clause, as the owner of a thing, behind a preposition; beside the cue; in the words
//! around; in what was said before; in the headline; all over the document. Who of them is aimed at is decided elsewhere.

use super::Reading;
use super::predication::{LONGEST, Predication};
use super::seen::Seen;
use crate::model::{MentionKind, ParagraphKind, Resolution};
use crate::text::PhraseKind;

/// How many candidates a statement has at most.
const MOST: usize = 28;
/// How many places in the content are looked at for each.
const SIGHTS: usize = 5;
/// How many sentences before the statement's own are looked at.
const BACK: usize = 4;
/// How many statements before it are.
const SAID_BEFORE: usize = 4;

/// The ways to be seen, from near to far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Named by the construction: "accused Veldania of".
    Captured,
    /// To whom it is said.
    Addressed,
    /// In the content.
    Inside,
    /// An adjective of nationality in the content.
    Nation,
    /// In the rest of the statement's own sentences.
    Beside,
    /// At whom the same source aimed before.
    AimedBefore,
    /// Who spoke in the statements before.
    SpokeBefore,
    /// In one of the sentences before.
    Before,
    /// In the headline.
    Title,
    /// One of the most frequent of the document.
    Frequent,
}

/// What a mention does in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Subject,
    InSubject,
    Owner,
    Object,
    Behind,
    Modifier,
    Other,
}

/// A place in the content where a candidate is seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    /// First token and head of the mention.
    pub start: u32,
    pub head: u32,
    pub end: u32,
    pub kind: Option<MentionKind>,
    pub role: Role,
    /// The preposition before it.
    pub preposition: Option<u32>,
    /// The verb or noun that it hangs on.
    pub governor: Option<u32>,
    /// The predication that holds it.
    pub clause: Option<usize>,
}

/// Somebody whom a statement may mean.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub entity: usize,
    /// All ways in which it is seen, nearest first, none twice.
    pub places: Vec<Place>,
    pub sights: Vec<Sight>,
    /// How many sentences before the statement it stood last.
    pub distance: usize,
    /// The how many-eth of its place.
    pub rank: usize,
}

/// What is known of the document as a whole.
#[derive(Debug, Default)]
pub(super) struct Cast {
    /// Mentions of each entity.
    pub counts: Vec<u32>,
    /// The most frequent entities.
    pub frequent: Vec<usize>,
    /// Those of the headline.
    pub title: Vec<usize>,
}

impl Cast {
    pub(super) fn of(reading: &Reading<'_>) -> Cast {
        let coreference = reading.coreference;
        let mut cast = Cast {
            counts: vec![0; coreference.entities.len()],
            ..Cast::default()
        };
        let titles: Vec<_> = reading
            .layers
            .paragraphs
            .iter()
            .filter(|p| p.kind == ParagraphKind::Title)
            .map(|p| p.tokens)
            .collect();
        for (mention, resolution) in coreference.mentions.iter().zip(&coreference.resolutions) {
            let Resolution::Resolved { entity, .. } = resolution else {
                continue;
            };
            cast.counts[*entity] += 1;
            let at = mention.tokens.0;
            if titles.first().is_some_and(|&(s, e)| s <= at && at < e)
                && !cast.title.contains(entity)
            {
                cast.title.push(*entity);
            }
        }
        let mut order: Vec<usize> = (0..cast.counts.len())
            .filter(|&e| cast.counts[e] > 1)
            .collect();
        order.sort_by_key(|&e| (std::cmp::Reverse(cast.counts[e]), e));
        order.truncate(5);
        cast.frequent = order;
        cast
    }
}

impl Reading<'_> {
    /// Everybody in sight of a statement, nearest first; never its source. `aimed` are the targets that the rules gave to the
    /// statements before.
    pub(super) fn candidates(
        &self,
        seen: &Seen<'_>,
        aimed: &[Vec<usize>],
        cast: &Cast,
    ) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        let index = seen.index;
        let predications = &seen.clauses.predications;
        let source = self.source(index);
        let mut add = |entity: usize, place: Place, distance: usize, sight: Option<Sight>| {
            if Some(entity) == source || self.is_thing(entity) {
                return;
            }
            if let Some(known) = found.iter_mut().find(|c| c.entity == entity) {
                if !known.places.contains(&place) {
                    known.places.push(place);
                }
                known.distance = known.distance.min(distance);
                if known.sights.len() < SIGHTS {
                    known.sights.extend(sight);
                }
                return;
            }
            if found.len() >= MOST {
                return;
            }
            let rank = found.iter().filter(|c| c.places[0] == place).count();
            found.push(Candidate {
                entity,
                places: vec![place],
                sights: sight.into_iter().collect(),
                distance,
                rank,
            });
        };
        let attribution = &self.attributions[index];
        if let Some(entity) = self.captured_target(index) {
            add(entity, Place::Captured, 0, None);
        }
        for &entity in &seen.ruled.addressees {
            add(entity, Place::Addressed, 0, None);
        }
        for (mention, entity) in self.mentions_in(attribution) {
            let sight = self.sight(mention, predications);
            add(entity, Place::Inside, 0, Some(sight));
        }
        for &(start, end) in &attribution.content {
            let mut from = start;
            while let Some((token, entity)) = self.nation_in((from, end.min(start + LONGEST))) {
                add(
                    entity,
                    Place::Nation,
                    0,
                    Some(self.nation_sight(token, predications)),
                );
                from = token + 1;
            }
        }
        // The statement's own sentences, then those before, from right to left.
        let first = attribution.content[0]
            .0
            .min(attribution.cue_tokens.map_or(u32::MAX, |c| c.0));
        let last = attribution.content[attribution.content.len() - 1].1;
        let sentences = &self.layers.sentences;
        let own = sentences.partition_point(|s| s.tokens.1 <= first);
        let end = sentences.partition_point(|s| s.tokens.0 < last);
        if let Some(opening) = sentences.get(own) {
            let from = opening.tokens.0;
            let to = sentences[end.max(own + 1) - 1].tokens.1;
            for (_, entity) in self.mentions_between((from, to)) {
                add(entity, Place::Beside, 0, None);
            }
        }
        let said = index.saturating_sub(SAID_BEFORE)..index;
        for before in said.clone().rev() {
            if source.is_some() && self.source(before) == source {
                for &entity in &aimed[before] {
                    add(entity, Place::AimedBefore, 1, None);
                }
            }
        }
        for before in said.rev() {
            if let Some(entity) = self.source(before) {
                add(entity, Place::SpokeBefore, 1, None);
            }
        }
        for back in 1..=BACK {
            let Some(at) = own.checked_sub(back) else {
                break;
            };
            for (_, entity) in self.mentions_between(sentences[at].tokens) {
                add(entity, Place::Before, back, None);
            }
        }
        for &entity in &cast.title {
            add(entity, Place::Title, BACK + 1, None);
        }
        for &entity in &cast.frequent {
            add(entity, Place::Frequent, BACK + 1, None);
        }
        found
    }

    /// What the mention does where it stands.
    fn sight(&self, mention: usize, predications: &[Predication]) -> Sight {
        let m = &self.coreference.mentions[mention];
        let (start, end) = m.tokens;
        let clause = predications
            .iter()
            .rposition(|p| p.reach.0 <= start && start < p.reach.1);
        let mut sight = Sight {
            start,
            head: m.head,
            end,
            kind: Some(m.kind),
            role: Role::Other,
            preposition: None,
            governor: None,
            clause,
        };
        let phrases = &self.layers.phrases;
        let at = phrases.partition_point(|p| p.tokens.1 <= m.head);
        let Some(phrase) = phrases.get(at) else {
            return sight;
        };
        let next = phrases.get(at + 1);
        let possessive = self.is_possessive(mention);
        if possessive && phrase.head != m.head {
            sight.role = Role::Owner;
            sight.governor = Some(phrase.head);
            return sight;
        }
        if possessive || phrase.kind == PhraseKind::Possessive {
            sight.role = Role::Owner;
            sight.governor = next.filter(|p| p.kind == PhraseKind::Noun).map(|p| p.head);
            return sight;
        }
        if let Some(p) = clause.map(|c| &predications[c])
            && let Some((from, to)) = p.subject
            && from <= start
            && end <= to
        {
            let head = super::super::coref::head_of(self.layers, (from, to)).1;
            sight.governor = Some(p.head);
            sight.role = if head == m.head {
                Role::Subject
            } else {
                Role::InSubject
            };
            return sight;
        }
        if phrase.head != m.head && phrase.kind == PhraseKind::Noun {
            sight.role = Role::Modifier;
            sight.governor = Some(phrase.head);
            return sight;
        }
        let Some(before) = at.checked_sub(1).map(|b| &phrases[b]) else {
            return sight;
        };
        match before.kind {
            PhraseKind::Verb(_) => {
                sight.role = Role::Object;
                sight.governor = Some(before.head);
            }
            PhraseKind::Preposition => {
                sight.role = Role::Behind;
                sight.preposition = Some(before.tokens.0);
                sight.governor = at.checked_sub(2).map(|b| phrases[b].head);
            }
            _ => {
                if let Some(after) = next
                    && matches!(after.kind, PhraseKind::Verb(_))
                {
                    sight.role = Role::Subject;
                    sight.governor = Some(after.head);
                }
            }
        }
        sight
    }

    /// An adjective of nationality is a part of what its noun does.
    fn nation_sight(&self, token: u32, predications: &[Predication]) -> Sight {
        let phrases = &self.layers.phrases;
        let at = phrases.partition_point(|p| p.tokens.1 <= token);
        Sight {
            start: token,
            head: token,
            end: token + 1,
            kind: None,
            role: Role::Modifier,
            preposition: None,
            governor: phrases.get(at).map(|p| p.head).filter(|&h| h != token),
            clause: predications
                .iter()
                .rposition(|p| p.reach.0 <= token && token < p.reach.1),
        }
    }
}
