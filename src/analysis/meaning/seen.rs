//! What can be seen of a statement: the features of the table `judgements.tsv`.
//!
//! The cue and its grammar, what the rules say, who does what in the content clause by clause, its tones and its words. No
//! feature is a name, so that the table holds for any topic.

use super::predication::{Predication, Who};
use super::{Clauses, Reading};
use crate::lexicon::{NominalSort, Part, Sink, Value, value};
use crate::model::{Act, ContentKind, EntityKind, MentionKind, Statement, Tag};
use crate::text::UnitKind;

/// How many words of a content are looked at.
const WORDS: usize = 160;
/// How many clauses.
const CLAUSES: usize = 8;

/// A statement with what the rules say of it.
pub(super) struct Seen<'a> {
    pub reading: &'a Reading<'a>,
    pub index: usize,
    pub clauses: &'a Clauses,
    /// The statement as the rules read it.
    pub ruled: &'a Statement,
    /// Its targets.
    pub targets: &'a [usize],
}

impl Seen<'_> {
    /// Tells `sink` what can be seen.
    pub fn describe(&self, sink: Sink<'_>) {
        sink.see(value!("bias"), &[]);
        self.describe_cue(sink);
        self.describe_source(sink);
        self.describe_rules(sink);
        self.describe_clauses(sink);
        self.describe_words(sink);
        self.describe_place(sink);
    }

    fn word(&self, token: u32) -> Value<'_> {
        Value::from(&self.reading.layers.tokens[token as usize])
    }

    /// The word, or for a name and a number only what it is.
    fn common(&self, token: u32) -> Value<'_> {
        let t = &self.reading.layers.tokens[token as usize];
        match t.tag {
            Tag::NNP | Tag::NNPS => value!("+name"),
            Tag::CD => value!("+number"),
            _ => Value::from(t),
        }
    }

    fn lemma(&self) -> Value<'_> {
        match (
            self.reading.cue(self.index),
            self.reading.attributions[self.index].cue_tokens,
        ) {
            (Some(cue), _) => Value::new(&cue.lemma),
            (None, Some(_)) => value!("+unlisted"),
            (None, None) => value!("+none"),
        }
    }

    fn describe_cue(&self, sink: Sink<'_>) {
        let reading = self.reading;
        let a = &reading.attributions[self.index];
        let lemma = self.lemma();
        let cue = reading.cue(self.index);
        let part = match cue.map(|c| c.part) {
            Some(Part::Verb) => value!("verb"),
            Some(Part::Noun) => value!("noun"),
            Some(Part::Adjective) => value!("adjective"),
            Some(Part::Phrase) => value!("phrase"),
            None => value!(""),
        };
        let act = Value::new(cue.map_or("", |c| c.act.name()));
        let stance = Value::new(cue.map_or("", |c| c.polarity.name()));
        let kind = kind_of(a.kind);
        let negated = if a.negated { value!("not") } else { value!("") };
        let opening = self.opening();
        let rule = Value::new(&a.rule);
        let odds = (a.confidence / (1.0 - a.confidence).max(1e-3))
            .max(1e-3)
            .ln();
        let trust = number((odds * 2.0).round() as i32);
        sink.see(value!("trust"), &[trust]);
        sink.see(value!("trust-rule"), &[trust, rule]);
        sink.see(value!("rule"), &[rule]);
        sink.see(value!("rule-kind"), &[rule, kind]);
        sink.see(value!("lemma"), &[lemma, part]);
        sink.see(value!("lemma-kind"), &[lemma, kind]);
        sink.see(value!("lemma-not"), &[lemma, negated]);
        sink.see(value!("lemma-opening"), &[lemma, opening]);
        sink.see(value!("cue-act"), &[act, stance]);
        sink.see(value!("cue-act-not"), &[act, negated, kind]);
        sink.see(value!("cue-act-opening"), &[act, opening]);
        let addressed = match (a.addressee.is_some(), a.target.is_some()) {
            (true, true) => value!("both"),
            (true, false) => value!("addressee"),
            (false, true) => value!("target"),
            (false, false) => value!("none"),
        };
        sink.see(value!("captured"), &[addressed, act]);
        if let Some((start, end)) = a.cue_tokens {
            let tokens = &reading.layers.tokens;
            let tag = tag_of(tokens[end as usize - 1].tag);
            sink.see(value!("cue-tense"), &[tag, act]);
            sink.see(value!("lemma-tense"), &[lemma, tag]);
            for token in start..end - 1 {
                sink.see(value!("cue-word"), &[self.common(token)]);
                sink.see(value!("cue-word-lemma"), &[self.common(token), lemma]);
            }
            if let Some(before) = start.checked_sub(1) {
                sink.see(value!("before-cue"), &[self.common(before)]);
            }
            if (end as usize) < tokens.len() {
                sink.see(value!("behind-cue"), &[self.common(end)]);
                sink.see(value!("behind-lemma"), &[self.common(end), lemma]);
            }
            // The word that the clause hangs on: "if", "when".
            let first = a.source.map_or(start, |(s, _)| s.min(start));
            let segment = &reading.layers.segments[a.segment];
            let opens = segment.units.first().is_some_and(|u| u.tokens.0 >= first);
            if opens {
                sink.see(value!("governor"), &[value!("+start")]);
            } else if let Some(before) = first.checked_sub(1) {
                sink.see(value!("governor"), &[self.common(before)]);
                sink.see(value!("governor-act"), &[self.common(before), act]);
            }
        }
    }

    /// The first phrase of the content.
    fn opening(&self) -> Value<'static> {
        let (start, _) = self.reading.attributions[self.index].content[0];
        let phrases = &self.reading.layers.phrases;
        let at = phrases.partition_point(|p| p.tokens.1 <= start);
        match phrases.get(at).map(|p| p.kind) {
            Some(UnitKind::Noun | UnitKind::Possessive) => value!("noun"),
            Some(UnitKind::Verb(group)) if group.infinitive => value!("to"),
            Some(UnitKind::Verb(group)) if group.gerund => value!("ing"),
            Some(UnitKind::Verb(_)) => value!("verb"),
            Some(UnitKind::Preposition) => value!("preposition"),
            Some(UnitKind::Question) => value!("question"),
            Some(UnitKind::Link) => value!("link"),
            Some(UnitKind::Adjective) => value!("adjective"),
            _ => value!("other"),
        }
    }

    fn describe_source(&self, sink: Sink<'_>) {
        let reading = self.reading;
        let a = &reading.attributions[self.index];
        let kind = match reading
            .source(self.index)
            .map(|e| reading.coreference.entities[e].kind)
        {
            None => value!("none"),
            Some(kind) => kind_name(kind),
        };
        sink.see(value!("source"), &[kind, kind_of(a.kind)]);
        let Some((start, end)) = a.source else {
            sink.see(value!("source-head"), &[value!("+unseen")]);
            return;
        };
        let head = crate::analysis::coref::head_of(reading.layers, (start, end)).1;
        let token = &reading.layers.tokens[head as usize];
        let sort = match reading
            .lexicon
            .words
            .nominals
            .get(&token.norm)
            .map(|n| n.sort)
        {
            Some(NominalSort::Person) => value!("person"),
            Some(NominalSort::Group) => value!("group"),
            Some(NominalSort::Body) => value!("body"),
            Some(NominalSort::Document) => value!("document"),
            None => value!(""),
        };
        sink.see(value!("source-sort"), &[kind, sort]);
        sink.see(value!("source-head"), &[self.common(head)]);
        let act = reading.cue(self.index).map_or("", |c| c.act.name());
        sink.see(value!("source-act"), &[kind, sort, Value::new(act)]);
        if start != head {
            sink.see(value!("source-first"), &[self.common(start)]);
        }
    }

    fn describe_rules(&self, sink: Sink<'_>) {
        let act = Value::new(self.ruled.act.name());
        let stance = Value::new(self.ruled.polarity.name());
        let aimed = if self.targets.is_empty() {
            value!("none")
        } else {
            value!("some")
        };
        let lemma = self.lemma();
        sink.see(value!("ruled"), &[act]);
        sink.see(value!("ruled-stance"), &[act, stance]);
        sink.see(value!("ruled-lemma"), &[act, lemma]);
        sink.see(value!("ruled-aim"), &[stance, aimed]);
        sink.see(value!("ruled-aim-act"), &[act, aimed]);
        let judged = Value::new(self.clauses.stance.act.map_or("", Act::name));
        sink.see(
            value!("judged"),
            &[judged, number(self.clauses.stance.score)],
        );
        let said_to = if self.ruled.addressees.is_empty() {
            value!("none")
        } else {
            value!("some")
        };
        sink.see(value!("said-to"), &[said_to, lemma]);
    }

    fn describe_clauses(&self, sink: Sink<'_>) {
        let reading = self.reading;
        let tokens = &reading.layers.tokens;
        let lemma = self.lemma();
        let act = Value::new(reading.cue(self.index).map_or("", |c| c.act.name()));
        sink.see(
            value!("clauses"),
            &[number(self.clauses.predications.len().min(4) as i32)],
        );
        if let Some(noun) = reading.noun_act(self.index) {
            sink.see(value!("noun-act"), &[Value::new(noun.name()), act]);
        }
        let main = self
            .clauses
            .predications
            .iter()
            .position(|p| !p.conditional)
            .unwrap_or(0);
        for (at, p) in self.clauses.predications.iter().enumerate().take(CLAUSES) {
            let who = self.who(p);
            let verb = self.word(p.head);
            let tense = tag_of(tokens[p.head as usize].tag);
            let modal = if p.group.modal || p.group.infinitive {
                self.word(p.verb.0)
            } else {
                value!("")
            };
            let not = if p.group.negated {
                value!("not")
            } else {
                value!("")
            };
            let voice = match (p.group.passive, p.group.copula) {
                (true, _) => value!("passive"),
                (_, true) => value!("copula"),
                _ => value!(""),
            };
            let stem = Value::new(stem(&tokens[p.head as usize].norm));
            sink.see(value!("clause"), &[who, stem]);
            sink.see(value!("clause-verb"), &[stem, not]);
            sink.see(value!("clause-modal"), &[who, modal, not]);
            if let Some(verb_act) = reading.verb_act(p.head) {
                sink.see(
                    value!("clause-act"),
                    &[who, Value::new(verb_act.name()), not],
                );
            }
            if p.conditional {
                sink.see(value!("conditional"), &[who]);
            }
            if at != main {
                continue;
            }
            let subject = match p.subject {
                Some((start, end)) if end - start == 1 => self.common(start),
                Some((_, end)) => self.common(end - 1),
                None => value!("+none"),
            };
            sink.see(value!("main"), &[who, verb]);
            sink.see(value!("main-tense"), &[who, tense, modal]);
            sink.see(value!("main-tense-cue"), &[who, tense, modal, act]);
            sink.see(value!("main-voice"), &[who, voice, not]);
            sink.see(value!("main-voice-tense"), &[who, voice, not, tense, modal]);
            sink.see(value!("main-lemma"), &[who, lemma]);
            sink.see(value!("main-lemma-modal"), &[lemma, modal, tense]);
            sink.see(value!("main-subject"), &[subject]);
            sink.see(value!("main-subject-verb"), &[subject, stem]);
            sink.see(value!("main-subject-modal"), &[subject, modal]);
            for behind in p.verb.1..(p.verb.1 + 4).min(p.reach.1) {
                sink.see(value!("main-behind"), &[who, self.common(behind)]);
            }
            if p.verb.1 + 1 < p.reach.1 {
                sink.see(
                    value!("main-complement"),
                    &[stem, self.common(p.verb.1), self.common(p.verb.1 + 1)],
                );
            }
        }
        for p in self.clauses.predications.iter().take(CLAUSES) {
            let who = self.who(p);
            for token in p.reach.0..p.reach.1.min(p.reach.0 + 60) {
                if let Some(tone) = reading.tones[token as usize] {
                    sink.see(value!("tone-of"), &[who, Value::new(tone.name())]);
                }
            }
        }
    }

    fn who(&self, p: &Predication) -> Value<'static> {
        match &p.who {
            Who::Own => value!("own"),
            Who::Thing => value!("thing"),
            Who::Others(others) => match others
                .first()
                .map(|&e| self.reading.coreference.entities[e].kind)
            {
                Some(EntityKind::Place) => value!("place"),
                Some(EntityKind::Organization) => value!("organization"),
                Some(EntityKind::Group) => value!("group"),
                _ => value!("person"),
            },
        }
    }

    fn describe_words(&self, sink: Sink<'_>) {
        let reading = self.reading;
        let tokens = &reading.layers.tokens;
        let content = &reading.attributions[self.index].content;
        let mut tones = [0usize; 16];
        let (mut count, mut asks, mut calls) = (0, false, false);
        let mut first = true;
        for &(start, end) in content {
            let mut before = value!("+start");
            for token in start..end {
                count += 1;
                let t = &tokens[token as usize];
                asks |= t.norm == "?";
                calls |= t.norm == "!";
                if count > WORDS {
                    continue;
                }
                if let Some(tone) = reading.tones[token as usize] {
                    tones[tone as usize] += 1;
                }
                let word = self.common(token);
                if t.tag.is_quotation_mark() {
                    continue;
                }
                sink.see(value!("bigram"), &[before, word]);
                before = word;
                if matches!(t.tag, Tag::NNP | Tag::NNPS | Tag::CD) {
                    continue;
                }
                sink.see(value!("word"), &[word]);
                sink.see(value!("stem"), &[Value::new(stem(&t.norm))]);
                if first {
                    first = false;
                    sink.see(value!("first"), &[word]);
                    sink.see(value!("first-lemma"), &[word, self.lemma()]);
                    if token + 1 < end {
                        sink.see(value!("first-two"), &[word, self.common(token + 1)]);
                    }
                }
            }
        }
        for tone in crate::lexicon::Tone::ALL {
            let times = tones[tone as usize];
            if times > 0 {
                sink.see(
                    value!("tone"),
                    &[Value::new(tone.name()), number(times.min(3) as i32)],
                );
                sink.see(
                    value!("tone-lemma"),
                    &[Value::new(tone.name()), self.lemma()],
                );
            }
        }
        let good = tones[crate::lexicon::Tone::Positive as usize]
            + tones[crate::lexicon::Tone::Praise as usize];
        let bad = tones[crate::lexicon::Tone::Negative as usize]
            + tones[crate::lexicon::Tone::Criticism as usize]
            + tones[crate::lexicon::Tone::Accusation as usize];
        let balance = number((good as i32 - bad as i32).clamp(-3, 3));
        let act = Value::new(reading.cue(self.index).map_or("", |c| c.act.name()));
        sink.see(value!("balance"), &[balance]);
        sink.see(value!("balance-act"), &[balance, act]);
        let length = length(count);
        sink.see(
            value!("length"),
            &[length, kind_of(reading.attributions[self.index].kind)],
        );
        sink.see(value!("length-act"), &[length, act]);
        if asks {
            sink.see(value!("asks"), &[act]);
        }
        if calls {
            sink.see(value!("calls"), &[]);
        }
    }

    fn describe_place(&self, sink: Sink<'_>) {
        let reading = self.reading;
        let a = &reading.attributions[self.index];
        let act = |index: usize| {
            Value::new(
                match (reading.cue(index), reading.attributions[index].cue_tokens) {
                    (Some(cue), _) => cue.act.name(),
                    (None, Some(_)) => "+unlisted",
                    (None, None) => "+none",
                },
            )
        };
        let segment = &reading.layers.segments[a.segment];
        let title = reading.layers.paragraphs[segment.paragraph as usize].kind
            == crate::model::ParagraphKind::Title;
        let place = match (title, segment.within.is_some(), a.parent.is_some()) {
            (true, ..) => value!("title"),
            (_, true, true) => value!("quoted-inside"),
            (_, true, false) => value!("quoted"),
            (_, _, true) => value!("inside"),
            _ => value!("body"),
        };
        sink.see(value!("place"), &[place]);
        sink.see(value!("place-act"), &[place, act(self.index)]);
        sink.see(value!("place-lemma"), &[place, self.lemma()]);
        if let Some(parent) = a.parent {
            sink.see(value!("parent"), &[act(parent)]);
        }
        for &child in reading.children[self.index].iter().take(4) {
            sink.see(value!("child"), &[act(child)]);
        }
        if let Some(before) = self.index.checked_sub(1) {
            let same = if reading.source(before).is_some()
                && reading.source(before) == reading.source(self.index)
            {
                value!("same")
            } else {
                value!("other")
            };
            sink.see(value!("before"), &[same, act(before)]);
        }
        let (own, you) = self.persons();
        sink.see(value!("persons"), &[own, you]);
    }

    /// "I" or "we", and "you" in the content.
    fn persons(&self) -> (Value<'static>, Value<'static>) {
        let reading = self.reading;
        let (mut own, mut you) = (value!(""), value!(""));
        for &(start, end) in &reading.attributions[self.index].content {
            let from = reading
                .coreference
                .mentions
                .partition_point(|m| m.tokens.0 < start);
            for mention in reading.coreference.mentions[from..]
                .iter()
                .take_while(|m| m.tokens.0 < end)
            {
                if mention.kind != MentionKind::Pronoun {
                    continue;
                }
                let norm = &reading.layers.tokens[mention.head as usize].norm;
                match reading.lexicon.words.pronouns.get(norm).map(|p| p.person) {
                    Some(1) => own = value!("own"),
                    Some(2) => you = value!("you"),
                    _ => {}
                }
            }
        }
        (own, you)
    }
}

/// A word without its ending: crude, but the same for most forms of one word.
pub(super) fn stem(norm: &str) -> &str {
    for ending in ["ing", "ed", "es", "s", "ly"] {
        if let Some(stem) = norm.strip_suffix(ending)
            && stem.len() >= 4
        {
            return stem.strip_suffix('e').unwrap_or(stem);
        }
    }
    norm.strip_suffix('e')
        .filter(|stem| stem.len() >= 4)
        .unwrap_or(norm)
}

/// A small number.
pub(super) fn number(count: i32) -> Value<'static> {
    match count {
        ..=-3 => value!("-3"),
        -2 => value!("-2"),
        -1 => value!("-1"),
        0 => value!("0"),
        1 => value!("1"),
        2 => value!("2"),
        3 => value!("3"),
        4 => value!("4"),
        5 => value!("5"),
        6 => value!("6"),
        7 => value!("7"),
        _ => value!("8"),
    }
}

pub(super) fn length(count: usize) -> Value<'static> {
    number(match count {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        10..=15 => 3,
        16..=25 => 4,
        26..=40 => 5,
        41..=80 => 6,
        _ => 7,
    })
}

pub(super) fn kind_of(kind: ContentKind) -> Value<'static> {
    match kind {
        ContentKind::Direct => value!("direct"),
        ContentKind::Indirect => value!("indirect"),
        ContentKind::Mixed => value!("mixed"),
    }
}

pub(super) fn kind_name(kind: EntityKind) -> Value<'static> {
    match kind {
        EntityKind::Person => value!("person"),
        EntityKind::Organization => value!("organization"),
        EntityKind::Place => value!("place"),
        EntityKind::Group => value!("group"),
        EntityKind::Anonymous => value!("anonymous"),
    }
}

fn tag_of(tag: Tag) -> Value<'static> {
    match tag {
        Tag::VBD => value!("past"),
        Tag::VBZ => value!("presents"),
        Tag::VBP => value!("present"),
        Tag::VB => value!("base"),
        Tag::VBG => value!("ing"),
        Tag::VBN => value!("en"),
        Tag::MD => value!("modal"),
        Tag::NN | Tag::NNS => value!("noun"),
        _ => value!(""),
    }
}
