//! Patterns against segments.
//!
//! A pattern is tried at a cue: the elements before it leftwards, those behind it rightwards. Optional elements are
//! tried with and then without. Where the rest of a line has failed at a unit it is not tried there again, so the work at a
//! cue grows with elements times units, however many of the elements are optional.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::content;
use super::cue::CueHit;
use super::failures::{Failures, Side};
use crate::lexicon::{Capture, Element, ElementKind, Frames, Lexicon, Part, Pattern, Voice};
use crate::model::Tag;
use crate::text::{Clauses, UnitKind};

/// What a pattern found, as token ranges.
#[derive(Clone, Debug, Default)]
pub(super) struct Match {
    /// Roles and the tokens that fill them, in no order.
    pub captures: Vec<(Capture, (u32, u32))>,
    /// Quotations that stand in the content as units of their own.
    pub quotations: Vec<u32>,
    failures: Failures,
}

/// One segment with its cues.
#[derive(Clone, Copy)]
pub(super) struct Matcher<'a> {
    pub clauses: Clauses<'a>,
    pub hits: &'a [CueHit],
    pub lexicon: &'a Lexicon,
    /// Where contents end, by cue and start: several patterns ask.
    pub ends: &'a RefCell<FxHashMap<(usize, usize), usize>>,
}

/// Prepositional phrases and the like between two elements: more are never one clause.
const MOST_REPEATS: usize = 4;
/// Units that SKIP may pass over.
pub(super) const MOST_SKIPPED: usize = 12;

pub(super) type Tokens = Option<(u32, u32)>;

impl Matcher<'_> {
    /// Tries `pattern` at the cue `hit`; `found`, which is empty, hears what it finds.
    pub fn matches(&self, pattern: &Pattern, hit: &CueHit, found: &mut Match) -> bool {
        self.cue_fits(pattern, hit) && self.both_ways(pattern, hit, found).is_some() || {
            found.captures.clear();
            found.quotations.clear();
            found.failures.clear();
            false
        }
    }

    fn both_ways(&self, pattern: &Pattern, hit: &CueHit, found: &mut Match) -> Option<usize> {
        let first = if hit.part == Part::Adjective {
            hit.verb.min(hit.unit)
        } else {
            hit.unit
        };
        // What stands before the cue is tried first: where a content ends takes longer to see.
        self.leftwards(&pattern.left, first, hit, found)?;
        let (captures, quotations) = (found.captures.len(), found.quotations.len());
        let end = self.rightwards(&pattern.right, hit.next, hit, found)?;
        found.captures.rotate_left(captures);
        found.quotations.rotate_left(quotations);
        Some(end)
    }

    fn cue_fits(&self, pattern: &Pattern, hit: &CueHit) -> bool {
        if pattern.cue.part != hit.part {
            return false;
        }
        let frames = match (pattern.cue.frames, hit.cue) {
            (None, _) => true,
            (Some(wanted), Some(cue)) => self.lexicon.cues.list[cue as usize].frames.meets(wanted),
            (Some(_), None) => false,
        };
        let passive = hit.group.passive || hit.group.participle;
        if pattern.cue.finite && hit.group.infinitive {
            return false;
        }
        frames
            && (hit.part != Part::Verb
                || pattern.cue.frames.is_none()
                || (pattern.cue.voice == Voice::Passive) == passive)
    }

    pub(super) fn kind(&self, at: usize) -> Option<UnitKind> {
        self.clauses.units.get(at).map(|unit| unit.kind)
    }

    pub(super) fn tokens(&self, start: usize, end: usize) -> Tokens {
        (start < end).then(|| {
            (
                self.clauses.units[start].tokens.0,
                self.clauses.units[end - 1].tokens.1,
            )
        })
    }

    fn note(
        &self,
        element: &Element,
        tokens: Tokens,
        range: std::ops::Range<usize>,
        found: &mut Match,
    ) {
        if let (Some(capture), Some(tokens)) = (element.capture, tokens) {
            found.captures.push((capture, tokens));
            if capture == Capture::Content {
                for unit in &self.clauses.units[range] {
                    if let UnitKind::Quotation(q) = unit.kind {
                        found.quotations.push(q);
                    }
                }
            }
        }
    }

    fn rightwards(
        &self,
        elements: &[Element],
        at: usize,
        hit: &CueHit,
        found: &mut Match,
    ) -> Option<usize> {
        let place = (Side::Right, elements.len(), at);
        if found.failures.holds(place) {
            return None;
        }
        let end = self.rightwards_from(elements, at, hit, found);
        if end.is_none() {
            found.failures.add(place);
        }
        end
    }

    fn rightwards_from(
        &self,
        elements: &[Element],
        at: usize,
        hit: &CueHit,
        found: &mut Match,
    ) -> Option<usize> {
        let Some((element, rest)) = elements.split_first() else {
            return Some(at);
        };
        if element.kind == ElementKind::Skip {
            let reach =
                (at..=at + MOST_SKIPPED).take_while(|&i| i == at || self.is_skippable(i - 1));
            return reach
                .into_iter()
                .find_map(|next| self.try_rest(rest, next, hit, found));
        }
        if element.repeat {
            let mut ends = [at; MOST_REPEATS + 1];
            let mut count = 1;
            while count < ends.len() {
                match self.step_right(&element.kind, ends[count - 1], hit) {
                    Some(next) if next > ends[count - 1] => ends[count] = next,
                    _ => break,
                }
                count += 1;
            }
            return ends[..count]
                .iter()
                .rev()
                .find_map(|&end| self.try_rest(rest, end, hit, found));
        }
        // A noun phrase may keep what hangs on it, or leave a preposition to the cue: "accused | the mayor of | fraud".
        let bare = (element.kind == ElementKind::NounPhrase)
            .then(|| self.base_end(at))
            .flatten();
        let whole = self.step_right(&element.kind, at, hit);
        // "accused | the mayor, who left, | of fraud"
        let apposed = whole
            .filter(|_| element.kind == ElementKind::NounPhrase && !rest.is_empty())
            .and_then(|end| Some((end, self.apposition_end(end)?)));
        for (end, next) in whole
            .into_iter()
            .chain(bare)
            .map(|end| (end, end))
            .chain(apposed)
        {
            let mark = (found.captures.len(), found.quotations.len());
            // The comma behind "that" is the author's.
            let comma =
                element.kind == ElementKind::Clause && self.kind(at) == Some(UnitKind::Comma);
            let from = at + usize::from(comma);
            self.note(element, self.tokens(from, end), from..end, found);
            if let Some(end) = self.rightwards(rest, next, hit, found) {
                return Some(end);
            }
            found.captures.truncate(mark.0);
            found.quotations.truncate(mark.1);
        }
        if element.optional {
            self.rightwards(rest, at, hit, found)
        } else {
            None
        }
    }

    /// The end of the noun phrase at `at` without what hangs on it.
    fn base_end(&self, at: usize) -> Option<usize> {
        let mut end = at;
        while self.kind(end) == Some(UnitKind::Possessive) {
            end += 1;
        }
        (self.kind(end) == Some(UnitKind::Noun)).then_some(end + 1)
    }

    pub(super) fn is_skippable(&self, at: usize) -> bool {
        let cue = self
            .hits
            .iter()
            .any(|hit| hit.unit == at && hit.part == Part::Verb && self.takes(hit, Frames::QUOTE));
        !cue && !matches!(
            self.kind(at),
            None | Some(
                UnitKind::Stop | UnitKind::Semicolon | UnitKind::Colon | UnitKind::Quotation(_)
            )
        )
    }

    fn try_rest(
        &self,
        rest: &[Element],
        at: usize,
        hit: &CueHit,
        found: &mut Match,
    ) -> Option<usize> {
        let mark = (found.captures.len(), found.quotations.len());
        let end = self.rightwards(rest, at, hit, found);
        if end.is_none() {
            found.captures.truncate(mark.0);
            found.quotations.truncate(mark.1);
        }
        end
    }

    /// The unit behind what `kind` matches at unit `at`.
    fn step_right(&self, kind: &ElementKind, at: usize, hit: &CueHit) -> Option<usize> {
        use UnitKind as U;
        let unit = self.kind(at);
        let one = |fits: bool| fits.then_some(at + 1);
        match kind {
            ElementKind::Quote => one(matches!(unit, Some(U::Quotation(_)))),
            ElementKind::NounPhrase => matches!(unit, Some(U::Noun | U::Possessive))
                .then(|| self.clauses.noun_phrase_end(at)),
            ElementKind::Circumstance => self.circumstance(at),
            ElementKind::Link => one(unit == Some(U::Link) || self.links_clause(at, hit)),
            ElementKind::Preposition(class) => {
                one(self.is_preposition(at, |norm| self.lexicon.words.is(norm, class)))
            }
            ElementKind::OwnPreposition => one(self.is_own_preposition(at, hit)),
            ElementKind::Fragment => self.fragment_end(at),
            ElementKind::Comma => one(unit == Some(U::Comma)),
            ElementKind::Colon => one(unit == Some(U::Colon)),
            ElementKind::Dash => one(unit == Some(U::Dash)),
            ElementKind::Clause => {
                let starts = matches!(
                    unit?,
                    U::Noun
                        | U::Possessive
                        | U::Time
                        | U::Adverb
                        | U::Adjective
                        | U::Preposition
                        | U::Question
                        | U::Other
                        | U::Dash
                        | U::Verb(_)
                        | U::Relative
                );
                // The linking word of a cue that takes one is no part of the clause: "that | if the plan fails".
                let linked = at > 0 && self.kind(at - 1) == Some(U::Link);
                let links = unit == Some(U::Link) && (linked || !self.takes(hit, Frames::THAT));
                // "warned him | on Monday | that the plan failed": what stands before the linking word is none of it.
                let outside = self.takes(hit, Frames::THAT)
                    && self
                        .circumstance(at)
                        .is_some_and(|end| self.kind(end) == Some(U::Link));
                let end = self.clause_end(at, hit, linked).filter(|_| !outside)?;
                // "said that, if the plan fails, they leave"
                (starts || links || linked && unit == Some(U::Comma)).then_some(end)
            }
            ElementKind::Infinitive => match unit? {
                U::Verb(group) if group.infinitive => Some(self.content_end(at, hit)),
                _ => None,
            },
            ElementKind::Gerund => match unit? {
                U::Verb(group) if group.gerund => Some(self.content_end(at, hit)),
                _ => None,
            },
            ElementKind::Question => {
                // "whether", not "that"
                let asks = match unit? {
                    U::Question | U::Relative => true,
                    U::Link => {
                        !self.is_preposition(at, |norm| self.lexicon.words.is(norm, "relative"))
                    }
                    _ => false,
                };
                asks.then(|| self.content_end(at, hit))
            }
            ElementKind::Nominal(class) => {
                let noun = matches!(unit?, U::Noun | U::Possessive | U::Time);
                // "ordered | nearly | 300 of them"
                let modified = matches!(unit, Some(U::Adverb | U::Adjective))
                    && matches!(self.kind(at + 1), Some(U::Noun | U::Possessive));
                // "condemned | what | he called a mistake"
                let free = unit == Some(U::Relative)
                    && hit.part == Part::Verb
                    && self.clauses.tokens[self.clauses.units[at].head as usize].tag == Tag::WP;
                let bare = self.is_bare_pronoun(at);
                let starts = (noun || modified || free) && !bare && !self.is_light_object(at, hit);
                let end = if starts {
                    self.content_end(at, hit)
                } else {
                    return None;
                };
                let holds = |class: &String| {
                    (at..end)
                        .any(|i| self.is_preposition(i, |norm| self.lexicon.words.is(norm, class)))
                };
                // "said | Friday"
                let timed = unit == Some(U::Time) && end == at + 1;
                (!timed && class.as_ref().is_none_or(holds)).then_some(end)
            }
            ElementKind::As => self
                .is_preposition(at, |norm| self.lexicon.words.is(norm, "as"))
                .then(|| self.content_end(at, hit)),
            ElementKind::Rest => {
                let end = (at..self.clauses.units.len())
                    .find(|&i| {
                        matches!(
                            self.clauses.units[i].kind,
                            U::Comma | U::Stop | U::Semicolon
                        )
                    })
                    .unwrap_or(self.clauses.units.len());
                (end > at).then_some(end)
            }
            ElementKind::End => {
                (at >= self.clauses.units.len() || matches!(unit, Some(U::Stop))).then_some(at)
            }
            ElementKind::Start => (at == 0).then_some(at),
            ElementKind::Skip
            | ElementKind::Subject
            | ElementKind::Governor
            | ElementKind::Possessor
            | ElementKind::Modifier => None,
        }
    }

    /// "a preference | that | talks": behind a cue noun, a relative word before a noun may link the clause.
    fn links_clause(&self, at: usize, hit: &CueHit) -> bool {
        hit.part == Part::Noun
            && hit.next == at
            && self.kind(at) == Some(UnitKind::Relative)
            && !matches!(self.kind(at + 1), None | Some(UnitKind::Verb(_)))
            && self.clauses.is_link(at)
    }

    /// "express | concern that": the noun is the cue, the verb only carries it.
    fn is_light_object(&self, at: usize, hit: &CueHit) -> bool {
        let light = self.takes(hit, Frames::LIGHT);
        let end = self.base_end(at).unwrap_or(at);
        light
            && self.hits.iter().any(|other| {
                other.part == Part::Noun
                    && (at..end).contains(&other.unit)
                    && other.next < self.clauses.units.len()
            })
    }

    pub(super) fn takes(&self, hit: &CueHit, frame: Frames) -> bool {
        hit.cue
            .is_some_and(|cue| self.lexicon.cues.takes(cue, frame))
    }

    pub(super) fn content_end(&self, at: usize, hit: &CueHit) -> usize {
        let known = self.ends.borrow().get(&(hit.unit, at)).copied();
        known.unwrap_or_else(|| {
            let end = content::end(self.clauses, self.hits, self.lexicon, hit, (at, at));
            self.ends.borrow_mut().insert((hit.unit, at), end);
            end
        })
    }

    fn leftwards(
        &self,
        elements: &[Element],
        at: usize,
        hit: &CueHit,
        found: &mut Match,
    ) -> Option<usize> {
        let place = (Side::Left, elements.len(), at);
        if found.failures.holds(place) {
            return None;
        }
        let end = self.leftwards_from(elements, at, hit, found);
        if end.is_none() {
            found.failures.add(place);
        }
        end
    }

    fn leftwards_from(
        &self,
        elements: &[Element],
        at: usize,
        hit: &CueHit,
        found: &mut Match,
    ) -> Option<usize> {
        let Some((element, rest)) = elements.split_first() else {
            return Some(at);
        };
        if element.repeat {
            let mut ends = [at; MOST_REPEATS + 1];
            let mut count = 1;
            while count < ends.len() {
                match self.step_left(&element.kind, ends[count - 1], hit) {
                    Some((next, _)) if next < ends[count - 1] => ends[count] = next,
                    _ => break,
                }
                count += 1;
            }
            for &end in ends[..count].iter().rev() {
                let mark = (found.captures.len(), found.quotations.len());
                if let Some(end) = self.leftwards(rest, end, hit, found) {
                    return Some(end);
                }
                found.captures.truncate(mark.0);
                found.quotations.truncate(mark.1);
            }
            return None;
        }
        if let Some((next, tokens)) = self.step_left(&element.kind, at, hit) {
            let mark = (found.captures.len(), found.quotations.len());
            let tokens = tokens.or_else(|| self.tokens(next, at));
            self.note(element, tokens, next..at, found);
            if element.kind == ElementKind::Governor {
                found
                    .captures
                    .push((Capture::Cue, self.clauses.units[at - 1].tokens));
            }
            if let Some(end) = self.leftwards(rest, next, hit, found) {
                return Some(end);
            }
            found.captures.truncate(mark.0);
            found.quotations.truncate(mark.1);
        }
        if element.optional {
            self.leftwards(rest, at, hit, found)
        } else {
            None
        }
    }

    /// What `kind` matches right before unit `at`: its first unit, and its tokens where these are not simply the units'.
    fn step_left(&self, kind: &ElementKind, at: usize, hit: &CueHit) -> Option<(usize, Tokens)> {
        use UnitKind as U;
        let before = at.checked_sub(1);
        let unit = before.and_then(|before| self.kind(before));
        let one = |fits: bool| before.filter(|_| fits).map(|before| (before, None));
        match kind {
            ElementKind::Quote => one(matches!(unit, Some(U::Quotation(_)))),
            ElementKind::Subject => {
                if let Some(controller) = self.controller(hit) {
                    return Some((at, Some(controller)));
                }
                let subject = self.clauses.subject(hit.verb)?;
                let tokens = self.tokens(subject.start, subject.end);
                if subject.direct {
                    Some((subject.start, tokens))
                } else {
                    Some((at, tokens))
                }
            }
            ElementKind::Governor => {
                let U::Verb(group) = unit? else { return None };
                let light = self.hits.iter().any(|h| {
                    h.part == Part::Verb && Some(h.unit) == before && self.takes(h, Frames::LIGHT)
                });
                if !light {
                    return None;
                }
                let subject = if group.passive {
                    None
                } else {
                    self.clauses.subject(before?)
                }?;
                let tokens = self.tokens(subject.start, subject.end);
                Some((before?, tokens))
            }
            ElementKind::Possessor => self.possessor(at, hit),
            ElementKind::Modifier => self.modifier(hit).map(|tokens| (at, Some(tokens))),
            ElementKind::NounPhrase => {
                let before = before?;
                matches!(unit?, U::Noun).then_some(())?;
                let mut start = before;
                while start > 0 && self.kind(start - 1) == Some(U::Possessive) {
                    start -= 1;
                }
                Some((start, None))
            }
            ElementKind::Circumstance => match unit? {
                U::Adverb => one(true),
                U::Time => {
                    let before = before?;
                    let preposition = before > 0 && self.kind(before - 1) == Some(U::Preposition);
                    Some((if preposition { before - 1 } else { before }, None))
                }
                _ => None,
            },
            ElementKind::Link => one(unit == Some(U::Link)),
            ElementKind::Preposition(class) => one(before.is_some_and(|b| {
                self.is_preposition(b, |norm| self.lexicon.words.is(norm, class))
            })),
            ElementKind::OwnPreposition => None,
            ElementKind::Comma => one(unit == Some(U::Comma)),
            ElementKind::Colon => one(unit == Some(U::Colon)),
            ElementKind::Dash => one(unit == Some(U::Dash)),
            ElementKind::Clause | ElementKind::Rest => {
                let start = self.clause_start(at);
                let noun_first = matches!(self.kind(start), Some(U::Noun | U::Possessive));
                let fits = start < at
                    && if *kind == ElementKind::Rest {
                        noun_first
                    } else {
                        self.has_verb(start, at)
                    };
                fits.then_some((start, None))
            }
            ElementKind::Start => (at == 0).then_some((0, None)),
            ElementKind::Infinitive
            | ElementKind::Gerund
            | ElementKind::Question
            | ElementKind::Nominal(_)
            | ElementKind::As
            | ElementKind::Fragment
            | ElementKind::End
            | ElementKind::Skip => None,
        }
    }

    /// The start of the author's clause that ends before unit `at`: the segment's, or behind a semicolon or quotation.
    fn clause_start(&self, at: usize) -> usize {
        let mut start = at;
        while start > 0
            && !matches!(
                self.clauses.units[start - 1].kind,
                UnitKind::Semicolon | UnitKind::Quotation(_) | UnitKind::Stop
            )
        {
            start -= 1;
        }
        while start < at
            && matches!(
                self.clauses.units[start].kind,
                UnitKind::Conjunction | UnitKind::Comma
            )
        {
            start += 1;
        }
        start
    }
}
