//! What can be seen of a statement that a pattern found: the features of the table `trust.tsv`.
//!
//! The rule, the cue, the grammar around it, and what kind of words the source and the content are; names are not
//! looked at, so that the table holds for any topic.

use super::Attribution;
use super::boundary::{bucket, grammar, kind};
use super::cue::CueHit;
use crate::lexicon::{Lexicon, NominalSort, Part, Sink, Value, value};
use crate::model::{ContentKind, Tag};
use crate::text::{Clauses, UnitKind};

/// What can be seen of a quotation that no pattern gave to its source: the rule that did.
pub(super) fn describe_beside(rule: &str, sink: Sink<'_>) {
    sink.see(value!("beside"), &[rule.into()]);
}

/// A statement where it stands.
pub(super) struct Seen<'a> {
    pub clauses: Clauses<'a>,
    pub hits: &'a [CueHit],
    pub lexicon: &'a Lexicon,
    pub hit: &'a CueHit,
    pub attribution: &'a Attribution,
    /// In a headline.
    pub title: bool,
    /// In somebody's quotation.
    pub quoted: bool,
}

impl Seen<'_> {
    fn word(&self, token: u32) -> Value<'_> {
        Value::from(&self.clauses.tokens[token as usize])
    }

    /// The unit that holds token `token`.
    fn unit_of(&self, token: u32) -> usize {
        self.clauses
            .units
            .partition_point(|unit| unit.tokens.1 <= token)
    }

    fn lemma(&self) -> &str {
        match self.hit.cue {
            Some(cue) => &self.lexicon.cues.list[cue as usize].lemma,
            None => "",
        }
    }

    /// What kind of noun phrase the range is, and its head unless that is a name.
    fn noun(&self, range: (u32, u32)) -> (Value<'static>, Value<'_>) {
        let tokens = &self.clauses.tokens[range.0 as usize..range.1 as usize];
        let mut head = range.1 - 1;
        // The last noun before a preposition: "officials | in Moscow".
        for (at, token) in tokens.iter().enumerate() {
            if at > 0 && matches!(token.tag, Tag::IN | Tag::WP | Tag::WDT | Tag::Comma) {
                head = range.0 + at as u32 - 1;
                break;
            }
        }
        let token = &self.clauses.tokens[head as usize];
        let (word, norm) = (token.norm.as_str(), Value::from(token));
        if self.lexicon.words.pronouns.contains_key(word) {
            return (value!("pronoun"), norm);
        }
        if let Some(nominal) = self.lexicon.words.nominals.get(word) {
            let sort = match nominal.sort {
                NominalSort::Person => value!("person"),
                NominalSort::Group => value!("group"),
                NominalSort::Body => value!("body"),
                NominalSort::Document => value!("document"),
            };
            return (sort, norm);
        }
        match token.tag {
            Tag::NNP | Tag::NNPS => (value!("name"), value!("")),
            Tag::NN | Tag::NNS => (value!("noun"), norm),
            Tag::WP | Tag::WDT | Tag::DT | Tag::EX => (value!("word"), norm),
            _ => (value!("other"), value!("")),
        }
    }

    /// The first word of a content, where it is of a closed class, else its kind.
    fn opening(&self, unit: usize) -> (Value<'static>, Value<'_>) {
        let first = kind(self.clauses, unit);
        let word = match self.clauses.units.get(unit) {
            Some(unit)
                if matches!(
                    unit.kind,
                    UnitKind::Preposition
                        | UnitKind::Link
                        | UnitKind::Question
                        | UnitKind::Relative
                        | UnitKind::Adverb
                ) =>
            {
                self.word(unit.tokens.0)
            }
            _ => value!(""),
        };
        (first, word)
    }

    /// The word before the cue that its clause hangs on: "if", "who", "after".
    fn governor(&self) -> Value<'_> {
        let start = self
            .attribution
            .source
            .map_or(self.hit.unit, |source| self.unit_of(source.0));
        let first = start.min(self.hit.unit);
        match first.checked_sub(1).map(|at| self.clauses.units[at]) {
            None => value!("start"),
            Some(unit)
                if matches!(
                    unit.kind,
                    UnitKind::Preposition
                        | UnitKind::Link
                        | UnitKind::Question
                        | UnitKind::Relative
                        | UnitKind::Conjunction
                        | UnitKind::Comma
                ) =>
            {
                self.word(unit.tokens.0)
            }
            Some(_) => kind(self.clauses, first - 1),
        }
    }

    /// Tells `sink` what can be seen.
    pub fn describe(&self, sink: Sink<'_>) {
        let a = self.attribution;
        let hit = self.hit;
        let [rule, lemma] = [a.rule.as_str(), self.lemma()].map(Value::from);
        let units = self.clauses.units;
        let part = match hit.part {
            Part::Verb => value!("verb"),
            Part::Noun => value!("noun"),
            Part::Adjective => value!("adjective"),
            Part::Phrase => value!("phrase"),
        };
        let form = grammar(hit.group);
        let tense = match self.clauses.tokens[units[hit.unit].head as usize].tag {
            Tag::VBD => value!("past"),
            Tag::VBZ | Tag::VBP => value!("present"),
            Tag::VB => value!("base"),
            Tag::VBG => value!("ing"),
            Tag::VBN => value!("en"),
            _ => value!(""),
        };
        let (source, source_head) = a
            .source
            .map_or((value!("none"), value!("")), |range| self.noun(range));
        let content = a.content[0];
        let first = self.unit_of(content.0);
        let (opening, opening_word) = self.opening(first);
        let (object, object_head) = match units.get(first).map(|u| u.kind) {
            Some(UnitKind::Noun | UnitKind::Possessive) => {
                self.noun((content.0, units[first].tokens.1))
            }
            _ => (value!(""), value!("")),
        };
        let total: u32 = a.content.iter().map(|(s, e)| e - s).sum();
        let length = bucket(total as usize);
        let verbs = units[first.min(units.len())..]
            .iter()
            .take_while(|unit| unit.tokens.0 < content.1)
            .filter(|unit| matches!(unit.kind, UnitKind::Verb(group) if group.finite))
            .count();
        let verbs = bucket(verbs.min(2));
        let speech = match a.kind {
            ContentKind::Direct => value!("direct"),
            ContentKind::Indirect => value!("indirect"),
            ContentKind::Mixed => value!("mixed"),
        };
        let governor = self.governor();
        let behind = kind(self.clauses, hit.next);
        let before = hit
            .unit
            .checked_sub(1)
            .map_or(value!("start"), |at| kind(self.clauses, at));
        let negated = if hit.group.negated {
            value!("not")
        } else {
            value!("")
        };
        let title = if self.title {
            value!("title")
        } else {
            value!("")
        };
        let quoted = if self.quoted {
            value!("quoted")
        } else {
            value!("")
        };
        let own = self
            .hits
            .iter()
            .any(|other| other.cue.is_some() && other.unit == first && other.part == Part::Noun);
        let own = if own { value!("cue") } else { value!("") };
        let source_length = bucket(a.source.map_or(0, |(s, e)| (e - s) as usize));
        sink.see(value!("bias"), &[]);
        sink.see(value!("rule"), &[rule]);
        sink.see(value!("lemma"), &[lemma, part]);
        sink.see(value!("rule-lemma"), &[rule, lemma]);
        sink.see(value!("form"), &[rule, form, negated]);
        sink.see(value!("tense"), &[rule, tense]);
        sink.see(value!("lemma-form"), &[lemma, form]);
        sink.see(value!("source"), &[rule, source]);
        sink.see(value!("source-form"), &[source, form, tense]);
        sink.see(value!("source-head"), &[source, source_head]);
        sink.see(value!("source-length"), &[source, source_length]);
        sink.see(value!("opening"), &[rule, opening, opening_word]);
        sink.see(value!("lemma-opening"), &[lemma, opening]);
        sink.see(value!("object"), &[rule, object, own]);
        sink.see(value!("object-head"), &[object, object_head]);
        sink.see(value!("lemma-object"), &[lemma, rule, object, before]);
        sink.see(value!("length"), &[rule, length, verbs]);
        sink.see(value!("speech"), &[rule, speech]);
        sink.see(value!("governor"), &[governor, form]);
        sink.see(value!("governor-rule"), &[governor, rule]);
        sink.see(value!("behind"), &[rule, behind]);
        sink.see(value!("before"), &[rule, before]);
        sink.see(value!("place"), &[title, quoted, form]);
        sink.see(value!("place-rule"), &[title, quoted, rule]);
    }
}
