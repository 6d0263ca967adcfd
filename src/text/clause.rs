//! Which units of a segment belong together: whole noun phrases, the subject of a verb, where a clause ends.
//!
//! A shallow reading by the order of units. It follows appositions, relative clauses, coordinated and reduced clauses;
//! it does not parse.

use super::language::Language;
use super::segment::{Unit, UnitKind};
use crate::model::{Tag, Token};

/// A noun phrase with all that hangs on it, as a range of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// First unit.
    pub start: usize,
    /// The unit after the last of the noun phrase itself (appositions and relative clauses left out).
    pub end: usize,
    /// The unit after all that hangs on it: for a direct subject, the verb.
    pub reach: usize,
    /// The unit of the head noun.
    pub head: usize,
    /// True when it stands right at the verb; false when the verb inherits it (coordination, participles).
    pub direct: bool,
}

/// A segment's units with what is needed to read them.
#[derive(Clone, Copy)]
pub struct Clauses<'a> {
    /// Units of one segment.
    pub units: &'a [Unit],
    /// Tokens of the document.
    pub tokens: &'a [Token],
    /// The language's word classes.
    pub language: &'a Language,
}

/// How far a search may go: units are scanned a bounded number of times.
const REACH: usize = 60;

impl Clauses<'_> {
    fn kind(&self, at: usize) -> Option<UnitKind> {
        self.units.get(at).map(|unit| unit.kind)
    }

    fn is_noun(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(UnitKind::Noun | UnitKind::Possessive))
    }

    fn head(&self, at: usize) -> &Token {
        &self.tokens[self.units[at].head as usize]
    }

    fn first(&self, at: usize) -> &Token {
        &self.tokens[self.units[at].tokens.0 as usize]
    }

    fn is_finite(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(UnitKind::Verb(group)) if group.finite)
    }

    fn is_reduced(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(UnitKind::Verb(group))
            if !group.finite && (group.gerund || group.participle || group.infinitive))
    }

    /// The end of the noun phrase whose first base phrase is unit `at`: possessors, attached prepositional phrases and
    /// coordinated nouns included.
    pub fn noun_phrase_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        let mut possessive = self.kind(at) == Some(UnitKind::Possessive);
        while end < self.units.len() {
            if possessive {
                if !self.is_noun(end) {
                    return end;
                }
                possessive = self.kind(end) == Some(UnitKind::Possessive);
                end += 1;
            } else if self.is_noun(end + 1) && self.joins(end) {
                possessive = self.kind(end + 1) == Some(UnitKind::Possessive);
                end += 2;
            } else {
                break;
            }
        }
        end
    }

    /// True when unit `at` hangs the noun behind it on the noun before it: "of", or "and" before no verb.
    fn joins(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(UnitKind::Preposition) => self.language.attaching.holds(self.first(at)),
            Some(UnitKind::Conjunction) => !self.verb_after(at + 2),
            _ => false,
        }
    }

    /// A finite verb right behind: what stands before it is a subject, not a coordinated object.
    fn verb_after(&self, mut at: usize) -> bool {
        while matches!(self.kind(at), Some(UnitKind::Adverb | UnitKind::Time)) {
            at += 1;
        }
        self.is_finite(at)
    }

    /// The head unit of the noun phrase `start..end`: the last noun before anything attached.
    pub fn head_of(&self, start: usize, end: usize) -> usize {
        let mut head = start;
        while head + 1 < end
            && self.kind(head) == Some(UnitKind::Possessive)
            && self.is_noun(head + 1)
        {
            head += 1;
        }
        head
    }

    /// The noun phrase that ends right before unit `end`, read to the left.
    fn noun_phrase_before(&self, end: usize) -> Option<(usize, usize)> {
        let mut start = end.checked_sub(1)?;
        if !self.is_noun(start) {
            return None;
        }
        let floor = end.saturating_sub(REACH);
        while start > floor {
            let before = start - 1;
            match self.units[before].kind {
                UnitKind::Possessive => start = before,
                UnitKind::Preposition if self.language.subordinators.holds(self.first(before)) => {
                    break;
                }
                UnitKind::Preposition if start >= 2 => {
                    let mut anchor = start - 2;
                    // "officials familiar with", "people briefed on", "a man accused of"
                    while anchor > floor
                        && (matches!(
                            self.units[anchor].kind,
                            UnitKind::Adjective | UnitKind::Adverb | UnitKind::Time
                        ) || self.is_reduced(anchor)
                            || self.is_double(anchor))
                    {
                        anchor -= 1;
                    }
                    // "officials with no case | but | with a cause"
                    if self.units[anchor].kind == UnitKind::Conjunction
                        && anchor > floor
                        && self.is_noun(anchor - 1)
                    {
                        anchor -= 1;
                    }
                    if !self.is_noun(anchor) {
                        return None; // the object of a preposition is no subject
                    }
                    start = anchor;
                }
                UnitKind::Conjunction if start >= 2 && self.is_noun(start - 2) => {
                    if start >= 3 && self.governs(start - 3) {
                        break;
                    }
                    // "is on the table and | we | said"
                    let pronoun = self.tokens[self.units[start].head as usize].tag == Tag::PRP;
                    if pronoun && start >= 3 && self.kind(start - 3) == Some(UnitKind::Preposition)
                    {
                        break;
                    }
                    start -= 2;
                }
                UnitKind::Verb(group)
                    if (group.gerund || group.participle)
                        && start >= 2
                        && self.is_noun(start - 2) =>
                {
                    start -= 2
                }
                UnitKind::Verb(group) if group.finite => {
                    // "the man who led the party | said"
                    let mut left = before;
                    while left > floor && matches!(self.units[left - 1].kind, UnitKind::Adverb) {
                        left -= 1;
                    }
                    if left >= 2
                        && self.units[left - 1].kind == UnitKind::Relative
                        && self.is_noun(left - 2)
                    {
                        start = left - 2;
                    } else {
                        break;
                    }
                }
                _ => break,
            }
        }
        Some((start, self.head_of(start, end)))
    }

    /// The first unit of the noun phrase that ends with unit `last` and is a preposition's object.
    fn object_start(&self, last: usize, floor: usize) -> usize {
        let mut start = last;
        while start >= floor + 2
            && self.kind(start - 1) == Some(UnitKind::Preposition)
            && self.language.attaching.holds(self.first(start - 1))
            && self.is_noun(start - 2)
        {
            start -= 2;
        }
        start
    }

    /// "nine | out | of | ten": a preposition right before another.
    fn is_double(&self, at: usize) -> bool {
        self.kind(at) == Some(UnitKind::Preposition)
            && self.kind(at + 1) == Some(UnitKind::Preposition)
    }

    /// True when the unit takes what follows as its object.
    fn governs(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(UnitKind::Verb(_)))
    }

    /// The subject of the verb group at unit `verb`.
    pub fn subject(&self, verb: usize) -> Option<Subject> {
        self.subject_within(verb, 6)
    }

    fn subject_within(&self, verb: usize, depth: u32) -> Option<Subject> {
        let depth = depth.checked_sub(1)?;
        let floor = verb.saturating_sub(REACH);
        let mut at = verb;
        // Adverbs, time expressions and brackets between subject and verb.
        while at > floor && self.stands_between(at - 1) {
            at = self.bracket_start(at - 1, floor).unwrap_or(at - 1);
            if self.units[at].kind == UnitKind::Time
                && at > floor
                && self.units[at - 1].kind == UnitKind::Preposition
            {
                at -= 1;
            }
        }
        let direct = |start: usize, end: usize, head: usize| Subject {
            start,
            end,
            reach: verb,
            head,
            direct: true,
        };
        let Some(before) = at.checked_sub(1) else {
            return self.subject_ahead(verb, depth);
        };
        if let Some(start) = self.controller(verb, before) {
            return Some(direct(start, at, self.head_of(start, at)));
        }
        match self.units[before].kind {
            UnitKind::Noun | UnitKind::Possessive
                if !self.is_reduced(verb) || self.attaches_left(before, verb) =>
            {
                // "talks over the terms | rejected by Smith"
                let nearest = matches!(self.kind(verb), Some(UnitKind::Verb(g)) if g.participle);
                let phrase = self.noun_phrase_before(at);
                match phrase.filter(|_| !nearest) {
                    Some((start, head)) => Some(direct(start, self.phrase_end(start, at), head)),
                    // "with polls | indicating", "with officials on both sides | saying"
                    None if self.is_reduced(verb) => {
                        let start = self.object_start(before, floor);
                        Some(direct(
                            start,
                            self.phrase_end(start, at),
                            self.head_of(start, at),
                        ))
                    }
                    None => self.subject_of_previous(before, verb, depth),
                }
            }
            UnitKind::Comma | UnitKind::Dash | UnitKind::Bracket => self
                .parenthetical(before, floor)
                .map(|(start, end, head)| direct(start, end, head))
                .filter(|_| !self.is_reduced(verb))
                .or_else(|| self.subject_of_previous(before, verb, depth)),
            // "those | surveyed | say", "records | filed on Sunday | show"
            UnitKind::Verb(group) if group.participle && self.is_finite(verb) => {
                match self.noun_phrase_before(before) {
                    Some((start, head)) => {
                        Some(direct(start, self.phrase_end(start, before), head))
                    }
                    None => self.subject_of_previous(before, verb, depth),
                }
            }
            UnitKind::Relative => {
                let mut left = before;
                while left > floor
                    && matches!(
                        self.units[left - 1].kind,
                        UnitKind::Comma | UnitKind::Preposition | UnitKind::Dash
                    )
                {
                    left -= 1;
                }
                // The relative pronoun is part of the noun phrase as it stands: "the man who". Where none is found, it
                // stands for itself: ", and who".
                let (start, head) = self.noun_phrase_before(left).unwrap_or((before, before));
                Some(Subject {
                    start,
                    end: before + 1,
                    reach: before + 1,
                    head,
                    direct: false,
                })
            }
            _ => self.subject_of_previous(before, verb, depth),
        }
    }

    /// "used | by | the ministry | to accuse": who does it is who acts next; the first unit of its noun phrase.
    fn controller(&self, verb: usize, before: usize) -> Option<usize> {
        let infinitive =
            matches!(self.kind(verb), Some(UnitKind::Verb(g)) if g.infinitive && !g.finite);
        let by = before
            .checked_sub(1)
            .filter(|_| infinitive && self.is_noun(before))?;
        let agent = self.kind(by) == Some(UnitKind::Preposition)
            && self.language.agents.holds(self.first(by));
        let passive = matches!(
            self.kind(by.checked_sub(1)?),
            Some(UnitKind::Verb(g)) if g.participle || g.passive
        );
        (agent && passive).then_some(before)
    }

    /// True when unit `at` may stand between a subject and its verb: "Smith (D) | last week | said", "voters | overall |
    /// said".
    fn stands_between(&self, at: usize) -> bool {
        match self.units[at].kind {
            UnitKind::Adverb | UnitKind::Time | UnitKind::Other | UnitKind::Bracket => true,
            UnitKind::Adjective => at > 0 && self.is_noun(at - 1),
            _ => false,
        }
    }

    /// The opening bracket of what the bracket at `at` closes.
    fn bracket_start(&self, at: usize, floor: usize) -> Option<usize> {
        const LONGEST: usize = 8;
        if self.units[at].kind != UnitKind::Bracket {
            return None;
        }
        (floor.max(at.saturating_sub(LONGEST))..at)
            .rev()
            .find(|&i| self.units[i].kind == UnitKind::Bracket)
    }

    /// For a reduced clause right behind a noun ("a report citing officials"), the noun is the subject unless a comma
    /// or a verb says otherwise.
    fn attaches_left(&self, before: usize, verb: usize) -> bool {
        let UnitKind::Verb(group) = self.units[verb].kind else {
            return true;
        };
        if group.infinitive {
            // "plans to build": the verb before governs.
            return !(0..before).rev().take(REACH).any(|i| self.is_finite(i));
        }
        true
    }

    /// The end of the base noun phrase read from `start`, appositions left out.
    fn phrase_end(&self, start: usize, limit: usize) -> usize {
        let mut end = self.noun_phrase_end(start);
        // "officials | and | commentators | said"
        while end < limit && self.kind(end) == Some(UnitKind::Conjunction) && self.is_noun(end + 1)
        {
            end = self.noun_phrase_end(end + 1);
        }
        end.clamp(start + 1, limit)
    }

    /// "Smith, the minister, | said", "Smith, who leads the party, | said": the noun before the first comma.
    fn parenthetical(&self, comma: usize, floor: usize) -> Option<(usize, usize, usize)> {
        let mut at = comma;
        let mut relative_verbs = 0;
        while at > floor {
            at -= 1;
            match self.units[at].kind {
                UnitKind::Verb(group) if group.finite => relative_verbs += 1,
                UnitKind::Comma | UnitKind::Dash | UnitKind::Bracket => {
                    let opener = self.kind(at + 1);
                    let relative = matches!(opener, Some(UnitKind::Relative))
                        || (opener == Some(UnitKind::Preposition)
                            && self.kind(at + 2) == Some(UnitKind::Relative));
                    let fits = match opener {
                        // "Smith — and some others — said"
                        Some(UnitKind::Conjunction) => {
                            self.units[at].kind == UnitKind::Dash && relative_verbs == 0
                        }
                        Some(UnitKind::Link) => false,
                        _ if relative => true,
                        _ => relative_verbs == 0,
                    };
                    // "the secretary | general | , once again, urged"
                    let behind = at
                        - usize::from(self.kind(at.wrapping_sub(1)) == Some(UnitKind::Adjective));
                    if fits && behind > 0 && self.is_noun(behind - 1) {
                        let (start, head) = self.noun_phrase_before(behind)?;
                        return Some((start, at, head));
                    }
                    if relative_verbs > 0 && !relative {
                        return None;
                    }
                }
                UnitKind::Quotation(_) | UnitKind::Semicolon | UnitKind::Colon => return None,
                _ => {}
            }
        }
        None
    }

    /// The subject that a verb without one of its own shares: of the nearest finite verb to the left (coordination), or
    /// of the sentence's main verb (participles: ", adding").
    fn subject_of_previous(&self, from: usize, verb: usize, depth: u32) -> Option<Subject> {
        // "continue | to assert"
        let infinitive =
            matches!(self.kind(verb), Some(UnitKind::Verb(g)) if g.infinitive && !g.finite);
        if infinitive
            && from + 1 == verb
            && self.governs(from)
            && let Some(subject) = self.subject_within(from, depth)
        {
            return Some(Subject {
                direct: false,
                ..subject
            });
        }
        let floor = from.saturating_sub(REACH);
        let candidates = (floor..=from)
            .rev()
            .take_while(|&at| self.units[at].kind != UnitKind::Semicolon)
            .filter(|&at| self.is_finite(at));
        let found = if self.is_reduced(verb) && !self.opens_clause(from) {
            let all: Vec<usize> = candidates.collect();
            all.iter()
                .rev()
                .copied()
                .find(|&at| !self.is_subordinate(at))
                .or(all.last().copied())
        } else {
            let all: Vec<usize> = candidates.collect();
            self.parallel(verb, &all).or(all.first().copied())
        };
        if let Some(quoted) = self.quoted_before(verb, found) {
            return Some(quoted);
        }
        match found {
            Some(at) => self
                .subject_within(at, depth)
                .or_else(|| self.inverted(at))
                .map(|s| Subject { direct: false, ..s }),
            // No finite verb before: "Citing officials, the report said".
            None => self.subject_ahead(verb, depth),
        }
    }

    /// "The agency quoted | Smith | as | saying that …, | adding": the one who is quoted goes on.
    fn quoted_before(&self, verb: usize, main: Option<usize>) -> Option<Subject> {
        let gerund = |at: usize| matches!(self.kind(at), Some(UnitKind::Verb(g)) if g.gerund);
        let passive = matches!(self.kind(main?), Some(UnitKind::Verb(g)) if g.passive);
        if passive || !gerund(verb) || self.kind(verb.checked_sub(1)?) != Some(UnitKind::Comma) {
            return None;
        }
        let saying = (main?.max(verb.saturating_sub(REACH)) + 3..verb)
            .rev()
            .find(|&at| {
                gerund(at) && self.is_noun(at - 2) && self.language.roles.holds(self.first(at - 1))
            })?;
        Some(Subject {
            start: saying - 2,
            end: saying - 1,
            reach: verb,
            head: saying - 2,
            direct: false,
        })
    }

    /// Of the finite verbs `before`, nearest first, the one that the coordinated verb at `verb` goes on from: of the
    /// same tense, and followed by a linking word where the verb is.
    fn parallel(&self, verb: usize, before: &[usize]) -> Option<usize> {
        let links = |at: usize| self.kind(at + 1) == Some(UnitKind::Link);
        let tense = |at: usize| {
            let (start, end) = self.units[at].tokens;
            self.tokens[start as usize..end as usize]
                .iter()
                .find_map(|token| match token.tag {
                    Tag::VBD | Tag::VBN => Some(Tag::VBD),
                    Tag::VBZ | Tag::VBP => Some(Tag::VBZ),
                    Tag::MD => Some(Tag::MD),
                    _ => None,
                })
        };
        let mut same = before
            .iter()
            .copied()
            .filter(|&at| tense(at) == tense(verb));
        let nearest = same.clone().next();
        let linking = links(verb).then(|| same.find(|&at| links(at))).flatten();
        linking.or(nearest)
    }

    /// True when the clause of the finite verb at `verb` hangs on another: behind "who", "that", "after".
    fn is_subordinate(&self, verb: usize) -> bool {
        let mut at = verb;
        let floor = verb.saturating_sub(12);
        while at > floor {
            at -= 1;
            match self.units[at].kind {
                UnitKind::Relative | UnitKind::Link | UnitKind::Question => return true,
                UnitKind::Preposition
                    if self.language.subordinators.holds(self.first(at))
                        && self.is_noun(at + 1) =>
                {
                    return true;
                }
                UnitKind::Comma | UnitKind::Semicolon | UnitKind::Dash | UnitKind::Quotation(_) => {
                    return false;
                }
                UnitKind::Verb(group) if group.finite => return false,
                _ => {}
            }
        }
        false
    }

    /// `"…," said Smith | , adding`: the noun right behind a verb that nothing precedes.
    pub fn inverted(&self, verb: usize) -> Option<Subject> {
        let start = verb + 1;
        let opens = verb == 0
            || matches!(
                self.units[verb - 1].kind,
                UnitKind::Quotation(_) | UnitKind::Comma
            );
        if !opens || !self.is_noun(start) {
            return None;
        }
        let end = self.noun_phrase_end(start);
        Some(Subject {
            start,
            end,
            reach: end,
            head: self.head_of(start, end),
            direct: true,
        })
    }

    /// The subject of the first finite verb behind a comma: for a participle that opens the sentence.
    fn subject_ahead(&self, verb: usize, depth: u32) -> Option<Subject> {
        if !self.is_reduced(verb) {
            return None;
        }
        let comma = (verb..self.units.len().min(verb + REACH))
            .find(|&i| self.units[i].kind == UnitKind::Comma)?;
        let finite = (comma..self.units.len().min(comma + REACH)).find(|&i| self.is_finite(i))?;
        self.subject_within(finite, depth)
            .filter(|s| s.start > comma)
            .map(|s| Subject { direct: false, ..s })
    }

    /// "while | rejecting": the participle belongs to the clause right before.
    fn opens_clause(&self, at: usize) -> bool {
        self.kind(at) == Some(UnitKind::Preposition)
            && self.language.subordinators.holds(self.first(at))
    }

    /// True when unit `at` starts with a word that may link a clause.
    pub fn is_link(&self, at: usize) -> bool {
        self.language.links.holds(self.first(at))
    }

    /// True when unit `at` is a word that starts a clause: "after", "because".
    pub fn is_subordinator(&self, at: usize) -> bool {
        self.language.subordinators.holds(self.first(at))
    }

    /// True when unit `at` starts with one of the language's negations.
    pub fn negates(&self, at: usize) -> bool {
        self.language.negations.holds(self.head(at))
    }
}
