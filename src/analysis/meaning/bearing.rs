//! How a candidate stands to a statement: the features of the table `candidates.tsv`.
//!
//! Where it is seen, what it does there, with which words and tones, what kind of entity it is, what the rules and the table
//! `judgements.tsv` say of the statement. No feature is a name.

use super::candidate::{Candidate, Cast, Place, Role, Sight};
use super::predication::Who;
use super::seen::{Seen, kind_name, kind_of, length, number, stem};
use crate::lexicon::choices::{ACTS, PARTS, STANCES, Sums, TARGET, best};
use crate::lexicon::{Sink, Tone, Value, value};
use crate::model::{Act, MentionKind, Polarity, Tag};

/// A statement with everybody in sight of it.
pub(super) struct Bearings<'a> {
    pub seen: &'a Seen<'a>,
    pub candidates: &'a [Candidate],
    pub cast: &'a Cast,
    guess: Guess,
    /// The cue's word and act.
    lemma: Value<'a>,
    cue_act: Value<'a>,
    /// How many candidates the content speaks of.
    crowd: Value<'static>,
}

/// What `judgements.tsv` says of the statement, roughly.
struct Guess {
    act: Value<'static>,
    stance: Value<'static>,
    aimed: Value<'static>,
}

impl<'a> Bearings<'a> {
    pub fn new(
        seen: &'a Seen<'a>,
        candidates: &'a [Candidate],
        cast: &'a Cast,
        sums: &Sums,
    ) -> Bearings<'a> {
        let act = Act::ALL[best(sums, ACTS, Act::ALL.len()).0];
        let stance = Polarity::ALL[best(sums, STANCES, Polarity::ALL.len()).0];
        let guess = Guess {
            act: Value::new(act.name()),
            stance: Value::new(stance.name()),
            aimed: number((sums[TARGET] as f32 / PARTS).round() as i32),
        };
        let cue = seen.reading.cue(seen.index);
        let lemma = match cue {
            Some(cue) => Value::new(&cue.lemma),
            None if seen.reading.attributions[seen.index].cue_tokens.is_some() => {
                value!("+unlisted")
            }
            None => value!("+none"),
        };
        let inside = candidates.iter().filter(|c| !c.sights.is_empty()).count();
        Bearings {
            seen,
            candidates,
            cast,
            guess,
            lemma,
            cue_act: cue.map_or(value!("+none"), |c| Value::new(c.act.name())),
            crowd: number(inside.min(4) as i32),
        }
    }

    fn common(&self, token: u32) -> Value<'_> {
        let t = &self.seen.reading.layers.tokens[token as usize];
        match t.tag {
            Tag::NNP | Tag::NNPS => value!("+name"),
            Tag::CD => value!("+number"),
            _ => Value::from(t),
        }
    }

    fn stem(&self, token: Option<u32>) -> Value<'_> {
        let Some(token) = token else {
            return value!("+none");
        };
        let t = &self.seen.reading.layers.tokens[token as usize];
        match t.tag {
            Tag::NNP | Tag::NNPS => value!("+name"),
            Tag::CD => value!("+number"),
            _ => Value::new(stem(&t.norm)),
        }
    }

    /// Tells `sink` what can be seen of the candidate `at`.
    pub fn describe(&self, at: usize, sink: Sink<'_>) {
        let c = &self.candidates[at];
        let seen = self.seen;
        let reading = seen.reading;
        let attribution = &reading.attributions[seen.index];
        let entity = &reading.coreference.entities[c.entity];
        let (lemma, cue_act, crowd) = (self.lemma, self.cue_act, self.crowd);
        let place = place_name(c.places[0]);
        let first = c.sights.first();
        let role = first.map_or(place, |s| role_name(s.role));
        let kind = kind_name(entity.kind);
        let Guess { act, stance, aimed } = self.guess;
        let side = match reading.source(seen.index) {
            Some(source) if reading.is_side(source, c.entity) => value!("side"),
            Some(source) if reading.is_side(c.entity, source) => value!("member"),
            _ => value!(""),
        };
        let rank = number(c.rank.min(4) as i32);
        let form = match first.map(|s| s.kind) {
            Some(Some(MentionKind::Name)) => value!("name"),
            Some(Some(MentionKind::Nominal)) => value!("nominal"),
            Some(Some(MentionKind::Pronoun)) => value!("pronoun"),
            Some(None) => value!("nation"),
            None => value!("unseen"),
        };
        let speech = kind_of(attribution.kind);
        sink.see(value!("bias"), &[]);
        sink.see(value!("place"), &[place, role]);
        for &other in &c.places {
            sink.see(value!("seen"), &[place_name(other)]);
            sink.see(value!("seen-guess"), &[place_name(other), act]);
            sink.see(value!("seen-kind"), &[place_name(other), kind]);
        }
        sink.see(value!("aimed"), &[aimed]);
        sink.see(value!("aimed-role"), &[aimed, place, role]);
        sink.see(value!("aimed-rank"), &[aimed, place, rank]);
        sink.see(value!("aimed-stance"), &[aimed, stance]);
        sink.see(value!("role-guess"), &[place, role, act]);
        sink.see(value!("role-stance"), &[place, role, stance]);
        sink.see(value!("role-cue"), &[place, role, cue_act]);
        sink.see(value!("role-lemma"), &[place, role, lemma]);
        sink.see(
            value!("role-ruled"),
            &[place, role, Value::new(seen.ruled.act.name())],
        );
        sink.see(value!("role-kind"), &[place, role, kind]);
        sink.see(value!("role-form"), &[place, role, form]);
        sink.see(value!("role-speech"), &[place, role, speech]);
        sink.see(value!("kind-guess"), &[kind, act]);
        sink.see(value!("kind-form"), &[kind, form]);
        sink.see(value!("side"), &[side]);
        sink.see(value!("side-role"), &[side, place, role]);
        sink.see(value!("side-guess"), &[side, act]);
        sink.see(value!("rank"), &[place, rank]);
        sink.see(value!("crowd"), &[place, crowd]);
        sink.see(value!("crowd-guess"), &[place, crowd, act]);
        sink.see(value!("crowd-aimed"), &[place, crowd, aimed]);
        sink.see(value!("distance"), &[number(c.distance as i32), crowd]);
        sink.see(value!("distance-kind"), &[number(c.distance as i32), kind]);
        sink.see(
            value!("times"),
            &[length(self.cast.counts[c.entity] as usize), place],
        );
        let frequent = self.cast.frequent.iter().position(|&e| e == c.entity);
        sink.see(
            value!("frequent"),
            &[number(frequent.map_or(8, |f| f as i32)), place],
        );
        sink.see(value!("sights"), &[number(c.sights.len() as i32), rank]);
        if entity.is_listed() {
            sink.see(value!("listed"), &[place, kind]);
        }
        if self.cast.title.contains(&c.entity) {
            sink.see(value!("in-title"), &[place]);
        }
        // The rules.
        let ruled = seen.targets.contains(&c.entity);
        if ruled {
            sink.see(value!("ruled"), &[Value::new(seen.ruled.polarity.name())]);
            sink.see(value!("ruled-place"), &[place, role]);
            sink.see(value!("ruled-act"), &[Value::new(seen.ruled.act.name())]);
            sink.see(value!("ruled-aimed"), &[aimed]);
            sink.see(value!("ruled-guess"), &[act]);
        } else if !seen.targets.is_empty() {
            sink.see(value!("unruled"), &[Value::new(seen.ruled.polarity.name())]);
        }
        if seen.ruled.addressees.contains(&c.entity) {
            sink.see(value!("addressed"), &[cue_act]);
            sink.see(value!("addressed-guess"), &[act]);
            sink.see(value!("addressed-kind"), &[kind]);
            sink.see(value!("addressed-lemma"), &[lemma]);
        }
        if seen.clauses.stance.targets.contains(&c.entity) {
            sink.see(value!("judged"), &[number(seen.clauses.stance.score)]);
            sink.see(
                value!("judged-guess"),
                &[number(seen.clauses.stance.score.signum()), act],
            );
        } else if seen.clauses.stance.score != 0 {
            sink.see(
                value!("unjudged"),
                &[number(seen.clauses.stance.score.signum())],
            );
        }
        if let Some(head) = reading
            .coreference
            .facts
            .get(c.entity)
            .map(|f| f.head.as_str())
            && !head.is_empty()
        {
            sink.see(value!("head"), &[Value::new(head)]);
        }
        if c.sights.is_empty() {
            self.describe_absent(c, sink);
        }
        for (nth, sight) in c.sights.iter().enumerate() {
            self.describe_sight(sight, nth, sink);
        }
    }

    /// Of whom the content does not speak: how it opens, and whether a pronoun in it is nobody's.
    fn describe_absent(&self, c: &Candidate, sink: Sink<'_>) {
        let reading = self.seen.reading;
        let place = place_name(c.places[0]);
        let (start, end) = reading.attributions[self.seen.index].content[0];
        let opens = (start..end)
            .find(|&t| !reading.layers.tokens[t as usize].tag.is_quotation_mark())
            .unwrap_or(start);
        sink.see(value!("absent-opens"), &[place, self.common(opens)]);
        if opens + 1 < end {
            sink.see(
                value!("absent-second"),
                &[place, self.common(opens), self.stem(Some(opens + 1))],
            );
        }
        let features = reading.coreference.facts[c.entity].features;
        let mentions = &reading.coreference.mentions;
        for &(start, end) in &reading.attributions[self.seen.index].content {
            let from = mentions.partition_point(|m| m.tokens.0 < start);
            let inside = mentions[from..]
                .iter()
                .zip(&reading.coreference.resolutions[from..]);
            for (m, r) in inside.take_while(|(m, _)| m.tokens.0 < end) {
                if r.entity().is_some() || m.kind == MentionKind::Name {
                    continue;
                }
                let word = self.common(m.head);
                let agrees = if m.features.agree(features) {
                    value!("fits")
                } else {
                    value!("unfit")
                };
                let kind = kind_name(reading.coreference.entities[c.entity].kind);
                sink.see(value!("open"), &[place, agrees]);
                if m.kind == MentionKind::Pronoun {
                    sink.see(value!("open-word"), &[word, kind, agrees]);
                    sink.see(
                        value!("open-rank"),
                        &[word, place, number(c.rank.min(3) as i32)],
                    );
                }
            }
        }
        if let Some(first) = self
            .seen
            .clauses
            .predications
            .iter()
            .find(|p| !p.conditional)
        {
            let who = match first.who {
                Who::Own => value!("own"),
                Who::Others(_) => value!("others"),
                Who::Thing => value!("thing"),
            };
            sink.see(value!("absent-main"), &[place, who]);
            sink.see(value!("absent-main-guess"), &[place, who, self.guess.act]);
        }
    }

    fn describe_sight(&self, sight: &Sight, nth: usize, sink: Sink<'_>) {
        let reading = self.seen.reading;
        let tokens = &reading.layers.tokens;
        let role = role_name(sight.role);
        let act = self.guess.act;
        let place = if nth == 0 {
            value!("first")
        } else {
            value!("later")
        };
        let governor = self.stem(sight.governor);
        let preposition = sight.preposition.map_or(value!(""), |t| self.common(t));
        sink.see(value!("at"), &[place, role, preposition]);
        sink.see(value!("at-guess"), &[role, preposition, act]);
        sink.see(value!("governor"), &[role, preposition, governor]);
        sink.see(value!("governor-noun"), &[role, governor]);
        if let Some(token) = sight.governor {
            if let Some(tone) = reading.tones[token as usize] {
                sink.see(
                    value!("governor-tone"),
                    &[role, preposition, Value::new(tone.name())],
                );
            }
            if let Some(verb) = reading.verb_act(token) {
                sink.see(
                    value!("governor-act"),
                    &[role, preposition, Value::new(verb.name())],
                );
            }
        }
        if let Some(before) = sight.start.checked_sub(1) {
            sink.see(value!("word-before"), &[self.common(before)]);
        }
        if (sight.end as usize) < tokens.len() {
            sink.see(value!("word-behind"), &[self.common(sight.end)]);
        }
        if reading.is_anothers(self.seen.index, sight.head) {
            sink.see(value!("anothers"), &[role]);
        }
        let Some(clause) = sight.clause else {
            sink.see(value!("no-clause"), &[role]);
            return;
        };
        let p = &self.seen.clauses.predications[clause];
        let who = match p.who {
            Who::Own => value!("own"),
            Who::Others(_) => value!("others"),
            Who::Thing => value!("thing"),
        };
        let nth_clause = number(clause.min(3) as i32);
        let not = if p.group.negated {
            value!("not")
        } else {
            value!("")
        };
        sink.see(value!("clause"), &[role, nth_clause]);
        sink.see(value!("clause-who"), &[role, who]);
        sink.see(value!("clause-who-guess"), &[role, who, act]);
        sink.see(value!("clause-verb"), &[role, self.stem(Some(p.head)), not]);
        if p.group.modal {
            sink.see(value!("clause-modal"), &[role, self.common(p.verb.0)]);
        }
        if p.conditional {
            sink.see(value!("conditional"), &[role]);
        }
        if p.group.passive {
            sink.see(value!("passive"), &[role, preposition]);
        }
        let (mut good, mut bad) = (0, 0);
        for token in p.verb.0..p.reach.1.min(p.verb.0 + 40) {
            let Some(tone) = reading.tones[token as usize] else {
                continue;
            };
            match tone {
                Tone::Positive | Tone::Praise => good += 1,
                Tone::Negative | Tone::Criticism | Tone::Accusation => bad += 1,
                _ => {}
            }
            let side = if token < sight.start {
                value!("before")
            } else {
                value!("behind")
            };
            sink.see(value!("tone"), &[role, Value::new(tone.name()), side]);
        }
        sink.see(
            value!("balance"),
            &[role, number((good - bad).clamp(-3, 3))],
        );
        if role == value!("subject") && p.verb.1 < p.reach.1 {
            for behind in p.verb.1..(p.verb.1 + 4).min(p.reach.1) {
                sink.see(value!("complement"), &[self.stem(Some(behind))]);
            }
        }
    }
}

pub(super) fn place_name(place: Place) -> Value<'static> {
    match place {
        Place::Captured => value!("captured"),
        Place::Addressed => value!("addressed"),
        Place::Inside => value!("inside"),
        Place::Nation => value!("nation"),
        Place::Beside => value!("beside"),
        Place::AimedBefore => value!("aimed-before"),
        Place::SpokeBefore => value!("spoke-before"),
        Place::Before => value!("before"),
        Place::Title => value!("title"),
        Place::Frequent => value!("frequent"),
    }
}

fn role_name(role: Role) -> Value<'static> {
    match role {
        Role::Subject => value!("subject"),
        Role::InSubject => value!("in-subject"),
        Role::Owner => value!("owner"),
        Role::Object => value!("object"),
        Role::Behind => value!("behind"),
        Role::Modifier => value!("modifier"),
        Role::Other => value!("other"),
    }
}
