//! The word that asks: what class of pronoun or description it is, and what around it says that it means somebody.
//!
//! In: a mention where it stands. Out: the features of the two answers that name no antecedent: nobody at all (a thing, a
//! clause, the weather), and somebody new.

use compact_str::CompactString;

use super::Scene;
use super::standing::{NONE, Role, Standing};
use crate::analysis::mention::Clue;
use crate::lexicon::{Nominal, NominalSort, Sink, Value, value};
use crate::model::{Gender, MentionKind, Number, Tag};
use crate::text::{PhraseKind, Unit, UnitKind};

/// What asks for an antecedent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// he, she
    He,
    /// they
    They,
    /// it
    It,
    /// I
    I,
    /// we
    We,
    /// you
    You,
    /// the doctor
    Person,
    /// the doctors, the family
    People,
    /// the company
    Body,
}

impl Class {
    /// As features write it.
    pub fn value(self) -> Value<'static> {
        match self {
            Class::He => value!("he"),
            Class::They => value!("they"),
            Class::It => value!("it"),
            Class::I => value!("i"),
            Class::We => value!("we"),
            Class::You => value!("you"),
            Class::Person => value!("person"),
            Class::People => value!("people"),
            Class::Body => value!("body"),
        }
    }

    /// A description and no pronoun.
    pub fn describes(self) -> bool {
        matches!(self, Class::Person | Class::People | Class::Body)
    }
}

/// A mention that asks for its antecedent.
pub(super) struct Asked {
    /// Index of the mention.
    pub at: usize,
    pub class: Class,
    pub standing: Standing,
    /// Grammatical case of a pronoun.
    pub case: CompactString,
    pub gender: Option<Gender>,
    pub number: Option<Number>,
    /// Normal form of a description's role.
    pub role: CompactString,
    /// Words before a description's head.
    pub described_by: Vec<CompactString>,
    /// Countries and bodies around a description.
    pub bodies: Vec<CompactString>,
    /// The speaker of the quotation around.
    pub speaker: Option<usize>,
    /// Whom the possessive pronoun before a description's head means.
    pub possessor: Option<usize>,
}

/// What is known of the candidates, for the answers that name none of them.
pub(super) struct Choice {
    pub candidates: usize,
    /// Sentences to the nearest; [`NONE`] without any.
    pub distance: u32,
    /// The nearest leads its clause.
    pub leads: bool,
    /// Its token.
    pub near: Option<u32>,
}

/// The class of a pronoun by its row.
pub(super) fn class_of_pronoun(scene: &Scene<'_>, at: usize) -> Option<Class> {
    let norm = scene.norm(scene.found[at].mention.head);
    let pronoun = scene.lexicon.words.pronouns.get(norm)?;
    Some(match (pronoun.person, pronoun.number, pronoun.gender) {
        (3, _, Some(_)) => Class::He,
        (3, Some(Number::Plural), _) => Class::They,
        (3, ..) => Class::It,
        (1, Some(Number::Plural), _) => Class::We,
        (1, ..) => Class::I,
        _ => Class::You,
    })
}

/// The class of a description; `None`: a text, or what no list knows.
pub(super) fn class_of_nominal(nominal: Option<&Nominal>) -> Option<Class> {
    let nominal = nominal?;
    match (nominal.sort, nominal.number) {
        (NominalSort::Person, Number::Singular) => Some(Class::Person),
        (NominalSort::Person | NominalSort::Group, _) => Some(Class::People),
        (NominalSort::Body, _) => Some(Class::Body),
        (NominalSort::Document, _) => None,
    }
}

impl Asked {
    /// Tells `sink` what speaks for `answer` ("nobody", "new"), whatever the candidates are.
    pub fn describe(
        &self,
        scene: &Scene<'_>,
        answer: Value<'static>,
        choice: &Choice,
        sink: Sink<'_>,
    ) {
        let class = self.class.value();
        let mention = &scene.found[self.at].mention;
        let tokens = &scene.layers.tokens;
        let head = Value::from(&tokens[mention.head as usize]);
        let role = self.standing.role.value();
        let quoted = flag(self.standing.quoted(), value!("quoted"));
        let speaker = flag(self.speaker.is_some(), value!("speaker"));
        let previous = mention
            .tokens
            .0
            .checked_sub(1)
            .map_or(value!("start"), |t| Value::from(&tokens[t as usize]));
        let behind = tokens.get(mention.tokens.1 as usize);
        let next = behind.map_or(value!("end"), Value::from);
        let distance = distance(choice.distance);
        let leads = flag(choice.leads, value!("leads"));
        let (verb, verb_form, after) = self.verb(scene);
        let rival = self.rival(scene, choice);
        sink.see(answer, &[class]);
        sink.see(value!("word"), &[answer, class, head]);
        sink.see(value!("part"), &[answer, class, role, quoted]);
        sink.see(value!("previous"), &[answer, class, previous]);
        sink.see(value!("next"), &[answer, class, next]);
        sink.see(value!("verb"), &[answer, class, role, verb]);
        sink.see(value!("verb-form"), &[answer, class, role, verb_form]);
        sink.see(value!("after"), &[answer, class, verb_form, after]);
        sink.see(value!("within"), &[answer, class, quoted, speaker]);
        sink.see(value!("nearest"), &[answer, class, distance, leads]);
        sink.see(value!("many"), &[answer, class, small(choice.candidates)]);
        sink.see(value!("rival"), &[answer, class, rival]);
        sink.see(value!("rival-near"), &[answer, class, rival, distance]);
        if self.class.describes() {
            let first = &tokens[mention.tokens.0 as usize];
            let opens = if first.tag == Tag::PRPS {
                value!("whose")
            } else {
                Value::from(first)
            };
            let hangs = behind.map_or(value!(""), |t| match t.tag {
                Tag::IN | Tag::WP | Tag::WDT | Tag::TO => Value::from(t),
                Tag::VBN | Tag::VBG => value!("reduced"),
                Tag::Comma => value!("comma"),
                _ => value!(""),
            });
            let words = small(self.described_by.len());
            let whose = flag(!self.bodies.is_empty(), value!("of"));
            let seen = flag(self.seen_before(scene), value!("seen"));
            sink.see(value!("opens"), &[answer, class, opens]);
            sink.see(value!("opens-word"), &[answer, opens, head]);
            sink.see(value!("hangs"), &[answer, class, hangs, opens]);
            sink.see(value!("words"), &[answer, class, words, whose]);
            sink.see(
                value!("words-hang"),
                &[answer, class, words, hangs, distance],
            );
            sink.see(value!("seen"), &[answer, class, seen, opens]);
            for word in &self.described_by {
                sink.see(value!("modifier"), &[answer, class, word.as_str().into()]);
            }
        }
    }

    /// The verb that the mention belongs to, its form, and what stands behind it.
    fn verb<'s>(&self, scene: &'s Scene<'_>) -> (Value<'s>, Value<'static>, Value<'s>) {
        let none = (value!(""), value!(""), value!(""));
        let Some(segment) = scene.layers.segments.get(self.standing.segment as usize) else {
            return none;
        };
        let units = &segment.units;
        let tokens = &scene.layers.tokens;
        let at = self.standing.unit as usize;
        let word = |unit: &Unit| Value::from(&tokens[unit.head as usize]);
        if self.standing.role == Role::Possessive {
            let own = units
                .get(at)
                .filter(|u| u.head != scene.found[self.at].mention.head);
            return (
                own.map_or(value!(""), word),
                value!("possessed"),
                value!(""),
            );
        }
        let verb_at = if self.standing.role.leads() {
            (at + 1..units.len().min(at + 6)).find(|&i| matches!(units[i].kind, UnitKind::Verb(_)))
        } else {
            (at.saturating_sub(4)..at)
                .rev()
                .find(|&i| matches!(units[i].kind, UnitKind::Verb(_)))
        };
        let Some(verb_at) = verb_at else {
            return none;
        };
        let UnitKind::Verb(group) = units[verb_at].kind else {
            return none;
        };
        let form = match () {
            () if group.copula => value!("be"),
            () if group.passive => value!("passive"),
            () if group.modal => value!("modal"),
            () if group.infinitive => value!("to"),
            () => value!("verb"),
        };
        let after = units
            .get(verb_at + 1)
            .map_or(value!("end"), |unit| match unit.kind {
                UnitKind::Adjective
                | UnitKind::Link
                | UnitKind::Preposition
                | UnitKind::Question => word(unit),
                UnitKind::Noun => value!("noun"),
                UnitKind::Verb(_) => value!("verb"),
                UnitKind::Time => value!("time"),
                _ => value!("other"),
            });
        (word(&units[verb_at]), form, after)
    }

    /// Where the nearest noun phrase of the same number stands that is nobody's mention: a thing may be meant.
    fn rival(&self, scene: &Scene<'_>, choice: &Choice) -> Value<'static> {
        let start = scene.found[self.at].mention.tokens.0;
        let phrases = &scene.layers.phrases;
        let at = phrases.partition_point(|p| p.tokens.1 <= start);
        let plural = self.number == Some(Number::Plural);
        let nearest = phrases[at.saturating_sub(16)..at]
            .iter()
            .rev()
            .find(|phrase| {
                let tag = scene.layers.tokens[phrase.head as usize].tag;
                phrase.kind == PhraseKind::Noun
                    && (if plural {
                        tag == Tag::NNS
                    } else {
                        tag == Tag::NN
                    })
                    && !scene.mentioned[phrase.head as usize]
            });
        match (nearest, choice.near) {
            (None, _) => value!("none"),
            (Some(_), None) => value!("alone"),
            (Some(rival), Some(near)) if rival.head > near => value!("nearer"),
            _ => value!("farther"),
        }
    }

    /// The head stood in the text before.
    fn seen_before(&self, scene: &Scene<'_>) -> bool {
        let head = scene.norm(scene.found[self.at].mention.head);
        scene.found[..self.at]
            .iter()
            .rev()
            .take(200)
            .any(|f| f.mention.kind == MentionKind::Nominal && scene.norm(f.mention.head) == head)
    }
}

/// "a", "one", "another" opens it.
pub(super) fn is_indefinite(scene: &Scene<'_>, at: usize) -> bool {
    matches!(scene.found[at].clue, Clue::Nominal { indefinite: true })
}

/// A count up to four.
pub(super) fn small(count: usize) -> Value<'static> {
    match count {
        0 => value!("0"),
        1 => value!("1"),
        2 => value!("2"),
        3 => value!("3"),
        _ => value!("4"),
    }
}

/// A distance in sentences.
pub(super) fn distance(sentences: u32) -> Value<'static> {
    match sentences {
        0 => value!("0"),
        1 => value!("1"),
        2 => value!("2"),
        3 => value!("3"),
        4..=6 => value!("4"),
        NONE => value!("none"),
        _ => value!("7"),
    }
}

/// `value` if it is so.
pub(super) fn flag(so: bool, value: Value<'static>) -> Value<'static> {
    if so { value } else { value!("") }
}
