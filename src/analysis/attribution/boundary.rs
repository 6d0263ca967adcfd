//! What can be seen at a place where a content may end: the features of the table `ends.tsv`.
//!
//! Kinds of phrases, words of closed classes and the cue decide; the words of the content itself are not looked at, so
//! that the table holds for any topic.

use super::cue::CueHit;
use crate::lexicon::{Lexicon, Sink, Value, value};
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
    lemma: Value<'a>,
    opener: Value<'a>,
    starts: String,
    cue_is: Value<'static>,
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
                .map_or("", |cue| lexicon.cues.list[cue as usize].lemma.as_str())
                .into(),
            opener: value!(""),
            starts: String::new(),
            cue_is: grammar(hit.group),
        };
        reach.opener = reach.opener();
        let first = match reach.clauses.units[start].kind {
            UnitKind::Link | UnitKind::Preposition => reach.word(start),
            _ => reach.kind(start),
        };
        let first = first.text();
        reach.starts = match start.checked_sub(1).filter(|&before| before > hit.unit) {
            Some(before) => format!("{}-{first}", reach.kind(before).text()),
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
    fn quoted(&self, at: usize) -> Value<'static> {
        let before = self.clauses.units[at - 1].tokens.1;
        let closes = (before..self.clauses.units[at].tokens.0).any(|token| self.is_mark(token));
        match (self.marks, closes) {
            (0, false) => value!("none"),
            (0, true) => value!("opens"),
            (odd, false) if odd % 2 == 1 => value!("open"),
            (odd, true) if odd % 2 == 1 => value!("closes"),
            (_, false) => value!("closed"),
            (_, true) => value!("opens-again"),
        }
    }

    /// A word that makes the cue's own clause hang on another: "While Smith says …, the plan".
    fn opener(&self) -> Value<'a> {
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
            _ => value!(""),
        }
    }

    fn word(&self, at: usize) -> Value<'a> {
        let clauses = self.clauses;
        Value::from(&clauses.tokens[clauses.units[at].tokens.0 as usize])
    }

    fn kind(&self, at: usize) -> Value<'static> {
        kind(self.clauses, at)
    }

    /// The word of a unit of a closed class.
    fn closed(&self, at: usize) -> Value<'a> {
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
            _ => value!(""),
        }
    }

    /// A cue stands at unit `at`.
    fn cue_at(&self, at: usize) -> Value<'static> {
        let cue = self
            .hits
            .iter()
            .any(|hit| hit.unit == at && hit.cue.is_some() && hit.unit != self.hit.unit);
        if cue { value!("cue") } else { value!("") }
    }

    /// What starts at unit `at`: a clause with its subject, a bare verb, a phrase.
    fn ahead(&self, at: usize) -> Value<'static> {
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
            None => value!("nothing"),
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
                if clause {
                    value!("clause")
                } else {
                    value!("noun")
                }
            }
            Some(UnitKind::Verb(group)) => grammar(group),
            Some(_) => self.kind(next),
        }
    }

    /// A comma further on in the sentence, how near.
    fn next_comma(&self, at: usize) -> Value<'static> {
        let units = self.clauses.units;
        let found = (at + 1..units.len().min(at + 16))
            .find(|&i| matches!(units[i].kind, UnitKind::Comma | UnitKind::Dash));
        match found.map(|i| i - at) {
            None => value!("none"),
            Some(1..=3) => value!("near"),
            Some(4..=8) => value!("far"),
            Some(_) => value!("farther"),
        }
    }

    /// The tense of the verb that starts at `at` beside that of the cue.
    fn tense(&self, at: usize) -> Value<'static> {
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
            (_, None) => value!(""),
            (Some(a), Some(b)) if a == b => value!("same"),
            _ => value!("other"),
        }
    }

    /// Tells `sink` what can be seen where the content may end before unit `at`.
    #[inline]
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
        let behind_conjunction = if (here, next) == (value!("comma"), value!("conj")) {
            self.ahead(at + 2)
        } else {
            value!("")
        };
        let length = bucket(at - self.start);
        let left = bucket(self.clauses.units.len() - at);
        let finite = bucket(self.finite.min(2));
        let commas = bucket(self.commas.min(3));
        let starts = Value::from(self.starts.as_str());
        let comma = self.next_comma(at);
        let cue = self.cue_at(behind);
        let tense = self.tense(behind);
        let (lemma, opener, form) = (self.lemma, self.opener, self.cue_is);
        sink.see(value!("bias"), &[]);
        sink.see(value!("here"), &[here, word]);
        sink.see(value!("around"), &[before, here, next]);
        sink.see(value!("on"), &[here, next, later]);
        sink.see(value!("ahead"), &[here, word, ahead, finite]);
        sink.see(
            value!("words"),
            &[here, word, next_word, behind_conjunction],
        );
        sink.see(value!("starts"), &[starts, here, word]);
        sink.see(value!("starts-ahead"), &[starts, here, ahead, finite]);
        sink.see(value!("length"), &[here, length, finite]);
        sink.see(value!("left"), &[here, left, ahead]);
        sink.see(value!("commas"), &[here, commas, comma, ahead]);
        sink.see(value!("lemma"), &[lemma, here]);
        sink.see(value!("lemma-word"), &[lemma, here, word]);
        sink.see(value!("opener"), &[opener, here, ahead]);
        sink.see(value!("cue"), &[form, here, ahead]);
        sink.see(value!("tense"), &[tense, here, ahead]);
        sink.see(value!("other-cue"), &[cue, here, ahead]);
        sink.see(
            value!("behind"),
            &[here, word, ahead, behind_conjunction, comma],
        );
        sink.see(value!("before"), &[before, here, word, finite]);
        let quoted = self.quoted(at);
        if quoted != value!("none") {
            sink.see(value!("quoted"), &[quoted, here, ahead]);
            sink.see(value!("quoted-word"), &[quoted, here, word]);
            sink.see(value!("quoted-starts"), &[quoted, here, starts]);
        }
    }

    /// Tells `sink` what the rule of thumb says of the place before unit `at`.
    #[inline]
    pub fn describe_rule(&self, at: usize, ruled: Value<'_>, sink: Sink<'_>) {
        let (here, word) = (self.kind(at), self.closed(at));
        let starts = Value::from(self.starts.as_str());
        sink.see(value!("ruled"), &[ruled, here]);
        sink.see(value!("ruled-word"), &[ruled, here, word]);
        sink.see(value!("ruled-starts"), &[ruled, here, starts]);
    }
}

/// The kind of unit `at`; "none" past the sentence.
pub(super) fn kind(clauses: Clauses<'_>, at: usize) -> Value<'static> {
    match clauses.units.get(at).map(|u| u.kind) {
        None => value!("none"),
        Some(UnitKind::Verb(group)) => grammar(group),
        Some(UnitKind::Noun) => match clauses.tokens[clauses.units[at].head as usize].tag {
            Tag::PRP => value!("pronoun"),
            Tag::NNP | Tag::NNPS => value!("name"),
            Tag::CD => value!("number"),
            _ => value!("noun"),
        },
        Some(UnitKind::Possessive) => value!("poss"),
        Some(UnitKind::Time) => value!("time"),
        Some(UnitKind::Preposition) => value!("prep"),
        Some(UnitKind::Adverb) => value!("adv"),
        Some(UnitKind::Adjective) => value!("adj"),
        Some(UnitKind::Conjunction) => value!("conj"),
        Some(UnitKind::Link) => value!("link"),
        Some(UnitKind::Relative) => value!("rel"),
        Some(UnitKind::Question) => value!("wh"),
        Some(UnitKind::Comma) => value!("comma"),
        Some(UnitKind::Colon) => value!("colon"),
        Some(UnitKind::Semicolon) => value!("semi"),
        Some(UnitKind::Dash) => value!("dash"),
        Some(UnitKind::Stop) => value!("stop"),
        Some(UnitKind::Bracket) => value!("bracket"),
        Some(UnitKind::Quotation(_)) => value!("quote"),
        Some(UnitKind::Other) => match clauses.tokens[clauses.units[at].head as usize].tag {
            Tag::QuoteClose => value!("close"),
            Tag::QuoteOpen => value!("open"),
            _ => value!("other"),
        },
    }
}

/// The form of a verb group.
pub(super) fn grammar(group: VerbGroup) -> Value<'static> {
    match group {
        _ if group.infinitive => value!("to"),
        _ if group.gerund => value!("ing"),
        _ if group.participle => value!("en"),
        _ if group.finite && group.passive => value!("passive"),
        _ if group.finite && group.modal => value!("modal"),
        _ if group.finite => value!("finite"),
        _ => value!("verb"),
    }
}

/// A count, coarse where it is large.
pub(super) fn bucket(count: usize) -> Value<'static> {
    match count {
        0 => value!("0"),
        1 => value!("1"),
        2 => value!("2"),
        3 => value!("3"),
        4..=5 => value!("4"),
        6..=8 => value!("6"),
        9..=13 => value!("9"),
        14..=22 => value!("14"),
        _ => value!("23"),
    }
}
