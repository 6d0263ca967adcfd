//! What can be seen at a place where a content may end: the features of the table `ends.tsv`.
//!
//! Kinds of phrases, words of closed classes and the cue decide; the words of the content itself are not looked at, so
//! that the table holds for any topic.

use super::cue::CueHit;
use crate::lexicon::{Lexicon, Sink, Value};
use crate::model::Tag;
use crate::text::{Clauses, UnitKind, VerbGroup};

/// How far the look ahead goes, in units.
const AHEAD: usize = 10;

/// The content of one cue, read from its first unit on.
pub(super) struct Reach<'a> {
    clauses: Clauses<'a>,
    hits: &'a [CueHit],
    hit: &'a CueHit,
    start: usize,
    /// Finite verbs, commas and quotation marks before the boundary.
    finite: usize,
    commas: usize,
    marks: usize,
    lemma: &'a str,
    opener: &'a str,
    starts: String,
    cue_is: &'static str,
}

impl<'a> Reach<'a> {
    pub fn new(
        clauses: Clauses<'a>,
        hits: &'a [CueHit],
        lexicon: &'a Lexicon,
        hit: &'a CueHit,
        start: usize,
    ) -> Reach<'a> {
        let mut reach = Reach {
            clauses,
            hits,
            hit,
            start,
            finite: 0,
            commas: 0,
            marks: 0,
            lemma: hit
                .cue
                .map_or("", |cue| lexicon.cues.list[cue as usize].lemma.as_str()),
            opener: "",
            starts: String::new(),
            cue_is: grammar(hit.group),
        };
        reach.opener = reach.opener();
        let first = match reach.clauses.units[start].kind {
            UnitKind::Link | UnitKind::Preposition => reach.word(start),
            _ => reach.kind(start),
        };
        reach.starts = match start.checked_sub(1).filter(|&before| before > hit.unit) {
            Some(before) => format!("{}-{first}", reach.kind(before)),
            None => first.to_owned(),
        };
        reach
    }

    /// Goes on past unit `at`.
    pub fn pass(&mut self, at: usize) {
        // The marks of quoted words stand inside units and between them.
        let first = match at.checked_sub(1) {
            Some(before) => self.clauses.units[before].tokens.1,
            None => self.clauses.units[at].tokens.0,
        };
        self.marks += (first..self.clauses.units[at].tokens.1)
            .filter(|&token| self.is_mark(token))
            .count();
        match self.clauses.units[at].kind {
            UnitKind::Verb(group) if group.finite => self.finite += 1,
            UnitKind::Comma => self.commas += 1,
            _ => {}
        }
    }

    fn is_mark(&self, token: u32) -> bool {
        let token = self.clauses.tokens.get(token as usize);
        token.is_some_and(|token| token.tag.is_quotation_mark())
    }

    /// Whether quoted words stand before the boundary at `at`: open there, right before it, earlier.
    fn quoted(&self, at: usize) -> &'static str {
        let before = self.clauses.units[at - 1].tokens.1;
        let closes = (before..self.clauses.units[at].tokens.0).any(|token| self.is_mark(token));
        match (self.marks, closes) {
            (0, false) => "none",
            (0, true) => "opens",
            (odd, false) if odd % 2 == 1 => "open",
            (odd, true) if odd % 2 == 1 => "closes",
            (_, false) => "closed",
            (_, true) => "opens-again",
        }
    }

    /// A word that makes the cue's own clause hang on another: "While Smith says …, the plan".
    fn opener(&self) -> &'a str {
        let first = (0..self.hit.unit)
            .rev()
            .take_while(|&at| {
                !matches!(
                    self.clauses.units[at].kind,
                    UnitKind::Comma | UnitKind::Semicolon | UnitKind::Quotation(_) | UnitKind::Dash
                )
            })
            .last();
        match first {
            Some(at)
                if matches!(
                    self.clauses.units[at].kind,
                    UnitKind::Preposition
                        | UnitKind::Link
                        | UnitKind::Question
                        | UnitKind::Relative
                        | UnitKind::Conjunction
                ) =>
            {
                self.word(at)
            }
            _ => "",
        }
    }

    fn word(&self, at: usize) -> &'a str {
        let clauses = self.clauses;
        &clauses.tokens[clauses.units[at].tokens.0 as usize].norm
    }

    fn kind(&self, at: usize) -> &'static str {
        kind(self.clauses, at)
    }

    /// The word of a unit of a closed class.
    fn closed(&self, at: usize) -> &str {
        match self.clauses.units.get(at).map(|u| u.kind) {
            Some(
                UnitKind::Preposition
                | UnitKind::Conjunction
                | UnitKind::Link
                | UnitKind::Relative
                | UnitKind::Question
                | UnitKind::Adverb
                | UnitKind::Semicolon
                | UnitKind::Colon
                | UnitKind::Bracket,
            ) => self.word(at),
            _ => "",
        }
    }

    /// A cue stands at unit `at`.
    fn cue_at(&self, at: usize) -> &'static str {
        let cue = self
            .hits
            .iter()
            .any(|hit| hit.unit == at && hit.cue.is_some() && hit.unit != self.hit.unit);
        if cue { "cue" } else { "" }
    }

    /// What starts at unit `at`: a clause with its subject, a bare verb, a phrase.
    fn ahead(&self, at: usize) -> &'static str {
        let units = self.clauses.units;
        let mut next = at;
        while matches!(
            units.get(next).map(|u| u.kind),
            Some(UnitKind::Adverb | UnitKind::Time)
        ) && next < at + 3
        {
            next += 1;
        }
        match units.get(next).map(|u| u.kind) {
            None => "nothing",
            Some(UnitKind::Noun | UnitKind::Possessive) => {
                let clause = (next + 1..units.len().min(next + AHEAD))
                    .map(|i| units[i].kind)
                    .take_while(|k| {
                        !matches!(
                            k,
                            UnitKind::Comma
                                | UnitKind::Stop
                                | UnitKind::Relative
                                | UnitKind::Dash
                                | UnitKind::Semicolon
                        )
                    })
                    .any(|k| matches!(k, UnitKind::Verb(group) if group.finite));
                if clause { "clause" } else { "noun" }
            }
            Some(UnitKind::Verb(group)) => grammar(group),
            Some(_) => self.kind(next),
        }
    }

    /// A comma further on in the sentence, how near.
    fn next_comma(&self, at: usize) -> &'static str {
        let units = self.clauses.units;
        let found = (at + 1..units.len().min(at + 16))
            .find(|&i| matches!(units[i].kind, UnitKind::Comma | UnitKind::Dash));
        match found.map(|i| i - at) {
            None => "none",
            Some(1..=3) => "near",
            Some(4..=8) => "far",
            Some(_) => "farther",
        }
    }

    /// The tense of the verb that starts at `at` beside that of the cue.
    fn tense(&self, at: usize) -> &'static str {
        let tense = |unit: usize| match self.clauses.units.get(unit).map(|u| u.kind) {
            Some(UnitKind::Verb(_)) => {
                let (start, end) = self.clauses.units[unit].tokens;
                self.clauses.tokens[start as usize..end as usize]
                    .iter()
                    .map(|t| t.tag)
                    .find(|tag| matches!(tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD))
            }
            _ => None,
        };
        match (tense(self.hit.verb), tense(at)) {
            (_, None) => "",
            (Some(a), Some(b)) if a == b => "same",
            _ => "other",
        }
    }

    /// Tells `sink` what can be seen where the content may end before unit `at`.
    pub fn describe(&self, at: usize, sink: Sink<'_>) {
        let (before, here) = (self.kind(at - 1), self.kind(at));
        let (next, later) = (self.kind(at + 1), self.kind(at + 2));
        let word = self.closed(at);
        let next_word = self.closed(at + 1);
        let marks = matches!(
            self.clauses.units[at].kind,
            UnitKind::Comma | UnitKind::Dash | UnitKind::Conjunction | UnitKind::Bracket
        );
        let behind = if marks { at + 1 } else { at };
        let ahead = self.ahead(behind);
        let behind_conjunction = if here == "comma" && next == "conj" {
            self.ahead(at + 2)
        } else {
            ""
        };
        let length = bucket(at - self.start);
        let left = bucket(self.clauses.units.len() - at);
        let finite = ["0", "1", "2"][self.finite.min(2)];
        let commas = ["0", "1", "2", "3"][self.commas.min(3)];
        let starts = self.starts.as_str();
        let comma = self.next_comma(at);
        let cue = self.cue_at(behind);
        let tense = self.tense(behind);
        let values = [before, here, next, later, word, next_word, ahead].map(Value::from);
        let [before, here, next, later, word, next_word, ahead] = values;
        let values = [behind_conjunction, length, left, finite, commas, comma].map(Value::from);
        let [behind_conjunction, length, left, finite, commas, comma] = values;
        let values = [starts, cue, tense, self.lemma, self.opener, self.cue_is].map(Value::from);
        let [starts, cue, tense, lemma, opener, form] = values;
        sink("bias", &[]);
        sink("here", &[here, word]);
        sink("around", &[before, here, next]);
        sink("on", &[here, next, later]);
        sink("ahead", &[here, word, ahead, finite]);
        sink("words", &[here, word, next_word, behind_conjunction]);
        sink("starts", &[starts, here, word]);
        sink("starts-ahead", &[starts, here, ahead, finite]);
        sink("length", &[here, length, finite]);
        sink("left", &[here, left, ahead]);
        sink("commas", &[here, commas, comma, ahead]);
        sink("lemma", &[lemma, here]);
        sink("lemma-word", &[lemma, here, word]);
        sink("opener", &[opener, here, ahead]);
        sink("cue", &[form, here, ahead]);
        sink("tense", &[tense, here, ahead]);
        sink("other-cue", &[cue, here, ahead]);
        sink("behind", &[here, word, ahead, behind_conjunction, comma]);
        sink("before", &[before, here, word, finite]);
        let quoted = self.quoted(at);
        if quoted != "none" {
            let quoted = Value::from(quoted);
            sink("quoted", &[quoted, here, ahead]);
            sink("quoted-word", &[quoted, here, word]);
            sink("quoted-starts", &[quoted, here, starts]);
        }
    }

    /// Tells `sink` what the rule of thumb says of the place before unit `at`.
    pub fn describe_rule(&self, at: usize, ruled: &str, sink: Sink<'_>) {
        let values = [ruled, self.kind(at), self.closed(at), &self.starts];
        let [ruled, here, word, starts] = values.map(Value::from);
        sink("ruled", &[ruled, here]);
        sink("ruled-word", &[ruled, here, word]);
        sink("ruled-starts", &[ruled, here, starts]);
    }
}

/// The kind of unit `at`; "none" past the sentence.
pub(super) fn kind(clauses: Clauses<'_>, at: usize) -> &'static str {
    match clauses.units.get(at).map(|u| u.kind) {
        None => "none",
        Some(UnitKind::Verb(group)) => grammar(group),
        Some(UnitKind::Noun) => match clauses.tokens[clauses.units[at].head as usize].tag {
            Tag::PRP => "pronoun",
            Tag::NNP | Tag::NNPS => "name",
            Tag::CD => "number",
            _ => "noun",
        },
        Some(UnitKind::Possessive) => "poss",
        Some(UnitKind::Time) => "time",
        Some(UnitKind::Preposition) => "prep",
        Some(UnitKind::Adverb) => "adv",
        Some(UnitKind::Adjective) => "adj",
        Some(UnitKind::Conjunction) => "conj",
        Some(UnitKind::Link) => "link",
        Some(UnitKind::Relative) => "rel",
        Some(UnitKind::Question) => "wh",
        Some(UnitKind::Comma) => "comma",
        Some(UnitKind::Colon) => "colon",
        Some(UnitKind::Semicolon) => "semi",
        Some(UnitKind::Dash) => "dash",
        Some(UnitKind::Stop) => "stop",
        Some(UnitKind::Bracket) => "bracket",
        Some(UnitKind::Quotation(_)) => "quote",
        Some(UnitKind::Other) => match clauses.tokens[clauses.units[at].head as usize].tag {
            Tag::QuoteClose => "close",
            Tag::QuoteOpen => "open",
            _ => "other",
        },
    }
}

/// The form of a verb group.
pub(super) fn grammar(group: VerbGroup) -> &'static str {
    match group {
        _ if group.infinitive => "to",
        _ if group.gerund => "ing",
        _ if group.participle => "en",
        _ if group.finite && group.passive => "passive",
        _ if group.finite && group.modal => "modal",
        _ if group.finite => "finite",
        _ => "verb",
    }
}

/// A count, coarse where it is large.
pub(super) fn bucket(count: usize) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4..=5 => "4",
        6..=8 => "6",
        9..=13 => "9",
        14..=22 => "14",
        _ => "23",
    }
}
