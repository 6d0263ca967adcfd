//! How far an element reaches where the order of units alone does not say it: clauses that are interrupted, quoted words,
//! what stands between two commas.

use super::content;
use super::cue::CueHit;
use super::matcher::{MOST_SKIPPED, Matcher};
use crate::model::Tag;
use crate::text::UnitKind;

impl Matcher<'_> {
    /// "asked about | it", "referred to | this": behind a preposition a pronoun alone is no content.
    pub(super) fn is_bare_pronoun(&self, at: usize) -> bool {
        let (start, end) = self.clauses.units[at].tokens;
        at > 0
            && self.kind(at - 1) == Some(UnitKind::Preposition)
            && end == start + 1
            && matches!(self.clauses.tokens[start as usize].tag, Tag::PRP | Tag::DT)
    }

    /// The end of a content with a finite verb, which may stand behind an interruption: "the plan | , he thought, | failed";
    /// `linked`: a linking word stands before it, so that there is such a verb, whatever the tags say.
    pub(super) fn clause_end(&self, at: usize, hit: &CueHit, linked: bool) -> Option<usize> {
        let end = self.content_end(at, hit);
        if self.has_finite(at, end) {
            return Some(end);
        }
        let verb = self
            .verb_behind(end)
            .or_else(|| self.main_verb(end).filter(|_| linked));
        match verb {
            Some(verb) => Some(content::end(
                self.clauses,
                self.hits,
                self.lexicon,
                hit,
                (at, verb),
            )),
            None => (linked && self.has_verb(at, end)).then_some(end),
        }
    }

    /// The finite verb right behind the second comma.
    fn verb_behind(&self, end: usize) -> Option<usize> {
        if self.kind(end) != Some(UnitKind::Comma) {
            return None;
        }
        let behind = (end + 1..self.clauses.units.len().min(end + MOST_SKIPPED))
            .take_while(|&i| self.is_skippable(i))
            .find(|&i| self.kind(i) == Some(UnitKind::Comma))?;
        let verb = behind + 1 + usize::from(self.kind(behind + 1) == Some(UnitKind::Adverb));
        self.has_finite(verb, verb + 1).then_some(verb)
    }

    /// The first finite verb from unit `from` on that hangs on no word of its own.
    fn main_verb(&self, from: usize) -> Option<usize> {
        let mut hanging = false;
        for at in from..self.clauses.units.len().min(from + 2 * MOST_SKIPPED) {
            match self.clauses.units[at].kind {
                UnitKind::Stop | UnitKind::Semicolon | UnitKind::Colon | UnitKind::Quotation(_) => {
                    return None;
                }
                UnitKind::Relative | UnitKind::Question | UnitKind::Link => hanging = true,
                UnitKind::Comma | UnitKind::Dash => hanging = false,
                UnitKind::Verb(group) if group.finite || group.modal => {
                    if !hanging {
                        return Some(at);
                    }
                    hanging = false;
                }
                _ => {}
            }
        }
        None
    }

    /// A verb that may be finite although its tag does not say so.
    pub(super) fn has_verb(&self, start: usize, end: usize) -> bool {
        let verb =
            |kind| matches!(kind, UnitKind::Verb(group) if !group.infinitive && !group.gerund);
        (start..end).any(|at| self.kind(at).is_some_and(verb))
    }

    /// The unit behind the quoted words that start with unit `at`.
    pub(super) fn fragment_end(&self, at: usize) -> Option<usize> {
        let units = self.clauses.units;
        let mark = |token: Option<u32>| {
            let tag = self.clauses.tokens.get(token? as usize)?.tag;
            Some(tag.is_quotation_mark())
        };
        let opened = mark(units.get(at)?.tokens.0.checked_sub(1))?
            && !matches!(units[at].kind, UnitKind::Quotation(_));
        let last = (at..units.len().min(at + MOST_SKIPPED))
            .find(|&i| mark(Some(units[i].tokens.1)) == Some(true))?;
        // A title is none: “The Long Winter”.
        let named = matches!(
            self.clauses.tokens[units[last].tokens.1 as usize - 1].tag,
            Tag::NNP | Tag::NNPS
        );
        (opened && !named).then_some(last + 1)
    }

    /// The unit behind what stands between two commas behind a noun phrase.
    pub(super) fn apposition_end(&self, at: usize) -> Option<usize> {
        let comma = |at: usize| self.kind(at) == Some(UnitKind::Comma);
        if !comma(at) {
            return None;
        }
        let end = (at + 1..=at + MOST_SKIPPED)
            .take_while(|&i| self.is_skippable(i) || comma(i))
            .find(|&i| comma(i))?;
        Some(end + 1)
    }
}
