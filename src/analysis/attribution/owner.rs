//! Whose a cue is where no subject tells: a possessive before a noun or a name inside its phrase, the object of the verb
//! that governs; and when it is nobody else's than the speaker's.

use super::Attribution;
use super::cue::CueHit;
use super::matcher::{Matcher, Tokens};
use crate::lexicon::{Frames, Part, Pronoun};
use crate::model::{Number, Tag};
use crate::text::UnitKind;

/// An object whose verb stands further away than this is not looked for.
const LONGEST_OBJECT: usize = 12;

impl Matcher<'_> {
    /// "Kiev's | claims", "his claims": the possessive unit before the noun, or the pronoun inside its phrase.
    pub(super) fn possessor(&self, at: usize, hit: &CueHit) -> Option<(usize, Tokens)> {
        let first = self.clauses.units[hit.unit].tokens.0;
        if self.clauses.tokens[first as usize].tag == Tag::PRPS {
            return Some((at, Some((first, first + 1))));
        }
        let before = at.checked_sub(1)?;
        if self.clauses.units[before].kind != UnitKind::Possessive {
            return None;
        }
        let (start, end) = self.clauses.units[before].tokens;
        Some((before, Some((start, end - 1))))
    }

    /// "accused | the mayor | of | wanting", "urged | the mayor | to say": the object of the cue before is who acts next.
    pub(super) fn controller(&self, hit: &CueHit) -> Tokens {
        let bare = hit.group.infinitive && !hit.group.finite;
        if !hit.group.gerund && !bare {
            return None;
        }
        self.hits
            .iter()
            .rev()
            .filter(|other| other.part == Part::Verb && other.next < hit.unit)
            .take_while(|other| other.unit + LONGEST_OBJECT > hit.unit)
            .filter(|other| !other.group.passive && !other.group.participle)
            .find_map(|other| {
                let start = other.next;
                let phrase = matches!(
                    self.clauses.units[start].kind,
                    UnitKind::Noun | UnitKind::Possessive
                );
                let end = phrase.then(|| self.clauses.noun_phrase_end(start))?;
                let governed = if bare {
                    end == hit.unit && self.takes(other, Frames::ADDRESSED_TO)
                } else {
                    end + 1 == hit.unit
                        && self.takes(other, Frames::ADDRESSED_PREPOSITION)
                        && self.is_own_preposition(end, other)
                };
                governed.then(|| self.tokens(start, end))?
            })
    }

    /// "the | Russian | demand": tokens of the cue noun's phrase that name somebody.
    pub(super) fn modifier(&self, hit: &CueHit) -> Tokens {
        let unit = self.clauses.units[hit.unit];
        let mut start = unit.tokens.0;
        while start < unit.head
            && matches!(
                self.clauses.tokens[start as usize].tag,
                Tag::DT | Tag::PRPS | Tag::CD
            )
        {
            start += 1;
        }
        let names = (start..unit.head).any(|t| {
            let token = &self.clauses.tokens[t as usize];
            matches!(token.tag, Tag::NNP | Tag::NNPS)
                || self
                    .lexicon
                    .nationality(self.clauses.tokens, t as usize)
                    .is_some()
        });
        names.then_some((start, unit.head))
    }
}

/// True when a statement inside another one, `outer`, tells of nobody's words but the speaker's own ("I think …") or of what
/// may never be said ("if they refuse", "whether he knew", "vowed to say", "should say").
pub(super) fn is_no_other(
    matcher: &Matcher<'_>,
    attribution: &Attribution,
    hit: &CueHit,
    outer: Option<&Attribution>,
) -> bool {
    // "refused | to promise that …", "must promise that …"
    let cue = attribution.cue_tokens.unwrap_or(hit.tokens);
    let wished = outer.is_some_and(|outer| outer.content.iter().any(|c| c.0 == cue.0));
    let group = hit.group;
    if group.modal || (wished && group.infinitive && !group.finite) {
        return true;
    }
    let Some((start, end)) = attribution.source else {
        // "said there was | evidence that …"
        return outer.is_some() && hit.part == Part::Noun;
    };
    let Matcher {
        clauses, lexicon, ..
    } = matcher;
    let norm = |token: u32| clauses.tokens[token as usize].norm.as_str();
    let own = |p: &Pronoun| p.person == 1 && p.number == Some(Number::Singular);
    if end == start + 1 && lexicon.words.pronouns.get(norm(start)).is_some_and(own) {
        return true;
    }
    let first = clauses.units.partition_point(|u| u.tokens.1 <= start);
    first.checked_sub(1).is_some_and(|before| {
        let word = norm(clauses.units[before].tokens.0);
        let is = |class| lexicon.words.is(word, class);
        is("conditional") || (is("link") && !is("relative"))
    })
}
