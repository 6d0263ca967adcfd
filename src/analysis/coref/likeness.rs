//! What speaks for one candidate: where it stands, what it is, how well its words fit.
//!
//! In: a word that asks and a candidate. Out: the features of the pair, as `models/en-coref/antecedents.tsv` holds them.

use super::Scene;
use super::asked::{Asked, Class, distance, flag, small};
use super::candidate::{Candidate, Who};
use super::standing::{NONE, Role};
use crate::lexicon::{NominalSort, Sink, Value, value};
use crate::model::{EntityKind, MentionKind, Number};

/// What rules of thumb say of a description, each its entity.
#[derive(Debug, Default)]
pub(super) struct Hints {
    /// Rule and entity.
    pub found: Vec<(Value<'static>, usize)>,
}

/// A candidate among the others.
pub(super) struct Pair<'a> {
    pub asked: &'a Asked,
    pub candidate: &'a Candidate,
    /// How many candidates stand nearer.
    pub order: usize,
    /// The one that the text names most of all of them.
    pub most: bool,
    /// Who spoke last before the word that asks.
    pub last_speaker: Option<usize>,
    /// Whom the last pronoun of this kind meant.
    pub last_pronoun: Option<usize>,
    pub hints: &'a Hints,
    /// The rule of thumb takes it.
    pub thumb: bool,
}

/// What a rule of thumb gives a candidate for a pronoun: near ones, those who speak and those who lead the clause first.
pub(super) fn thumb(scene: &Scene<'_>, asked: &Asked, candidate: &Candidate) -> Option<i32> {
    if asked.class.describes() || candidate.behind {
        return None;
    }
    let mine = &asked.standing;
    let score = |at: usize| {
        let there = &scene.standings[at];
        let mut score = -4 * mine.sentence.abs_diff(there.sentence) as i32;
        score += match there.role {
            Role::Source => 7,
            Role::Subject => 3,
            _ => 0,
        };
        if there.quotation != mine.quotation {
            score -= 5;
        }
        if asked.case == "object" && there.segment == mine.segment && there.role.leads() {
            score -= 9;
        }
        score
    };
    let quoted_self = mine.quoted()
        && candidate.who == asked.speaker.map_or(Who::Unnamed(usize::MAX), Who::Entity);
    let penalty = if quoted_self && asked.class == Class::He {
        12
    } else {
        0
    };
    let places = candidate.near.into_iter().chain(candidate.outside);
    Some(places.map(score).max()? - penalty)
}

/// Tells `sink` what can be seen of the pair.
pub(super) fn describe(scene: &Scene<'_>, pair: &Pair<'_>, sink: Sink<'_>) {
    let asked = pair.asked;
    let class = asked.class.value();
    let (kind, sort) = kind_of(scene, pair.candidate.who);
    let near = pair.candidate.near;
    let order = small(pair.order);
    let (entity, count) = match pair.candidate.who {
        Who::Entity(entity) => (
            Some(entity),
            scene.prominence.get(entity).copied().unwrap_or(0),
        ),
        Who::Unnamed(_) => (None, 0),
    };
    let number = match pair.candidate.who {
        Who::Entity(entity) => scene.directory.facts(entity).features.number,
        Who::Unnamed(mention) => scene.found[mention].mention.features.number,
    };
    let number = flag(number == Some(Number::Plural), value!("plural"));
    let most = flag(pair.most, value!("most"));
    let prominence = match count {
        0 => value!("0"),
        1 => value!("1"),
        2 => value!("2"),
        3..=4 => value!("3"),
        5..=9 => value!("5"),
        _ => value!("10"),
    };
    let titled = entity.is_some_and(|e| scene.titled.get(e).copied().unwrap_or(false));
    let titled = flag(titled, value!("titled"));
    let part = asked.standing.role.value();
    sink.see(value!("is"), &[class, kind, number]);
    sink.see(value!("sort"), &[class, sort]);
    sink.see(value!("order"), &[class, order]);
    sink.see(value!("count"), &[class, prominence, most]);
    sink.see(value!("titled"), &[class, titled, most]);
    let says = flag(asked.standing.role == Role::Source, value!("source"));
    let said = entity.is_some() && asked.speaker == entity;
    let last = entity.is_some() && pair.last_speaker == entity;
    let last = flag(last, value!("last"));
    let quoted = flag(asked.standing.quoted(), value!("quoted"));
    let part_quoted = if asked.standing.quoted() {
        value!("quoted")
    } else {
        part
    };
    let again = entity.is_some() && pair.last_pronoun == entity;
    let again = match pair.last_pronoun {
        None => value!("none"),
        Some(_) => flag(again, value!("same")),
    };
    sink.see(value!("again"), &[class, again, part_quoted]);
    if let Some(outside) = pair.candidate.outside {
        let there = &scene.standings[outside];
        let away = distance(asked.standing.sentence.abs_diff(there.sentence));
        sink.see(value!("outside"), &[class, there.role.value(), away]);
        sink.see(
            value!("outside-part"),
            &[class, part_quoted, there.role.value(), away],
        );
    } else {
        sink.see(value!("outside"), &[class, value!("never"), part_quoted]);
    }
    match near {
        Some(near) => {
            let there = &scene.standings[near];
            let away = if pair.candidate.behind {
                value!("behind")
            } else {
                distance(asked.standing.sentence.abs_diff(there.sentence))
            };
            let close = match asked.standing.sentence.abs_diff(there.sentence) {
                _ if pair.candidate.behind => value!("behind"),
                0 => value!("0"),
                1 => value!("1"),
                _ => value!("2"),
            };
            let role = there.role.value();
            let form = match scene.found[near].mention.kind {
                MentionKind::Name => value!("name"),
                MentionKind::Nominal => value!("nominal"),
                MentionKind::Pronoun => value!("pronoun"),
            };
            let situation = if !asked.standing.quoted() {
                let own = scene.speaking.get(&scene.found[asked.at].mention.head);
                if there.teller != NONE && own == Some(&(there.teller as usize)) {
                    value!("own")
                } else {
                    flag(there.quoted(), value!("into"))
                }
            } else if said {
                value!("speaker")
            } else if asked.standing.teller == there.teller
                && asked.standing.quotation == there.quotation
            {
                value!("same")
            } else if asked.standing.teller == there.teller && there.teller != NONE {
                value!("same-speaker")
            } else if there.quoted() {
                value!("other")
            } else {
                value!("out")
            };
            let mine = &asked.standing;
            let clause = match () {
                () if mine.segment != there.segment || mine.segment == NONE => value!(""),
                () if mine.subject != NONE && mine.subject == there.unit => value!("subject"),
                () if mine.verb != NONE && mine.verb == there.verb => value!("verb"),
                () => value!("same"),
            };
            let paragraph = match asked.standing.paragraph.abs_diff(there.paragraph) {
                0 => value!("0"),
                1 => value!("1"),
                _ => value!("2"),
            };
            sink.see(value!("away"), &[class, away]);
            sink.see(value!("away-order"), &[class, close, order]);
            sink.see(value!("role"), &[class, role, close]);
            sink.see(value!("roles"), &[class, part, role, clause]);
            let case = Value::from(asked.case.as_str());
            sink.see(value!("case"), &[class, case, role, clause]);
            sink.see(value!("case-close"), &[class, case, role, close, order]);
            sink.see(value!("form"), &[class, form, close]);
            sink.see(value!("form-role"), &[class, form, role, order]);
            sink.see(value!("situation"), &[class, situation, close]);
            sink.see(value!("situation-role"), &[class, situation, role]);
            sink.see(value!("paragraph"), &[class, paragraph, close]);
            sink.see(value!("last"), &[class, last, quoted, close]);
            sink.see(value!("last-part"), &[class, last, part, role]);
            sink.see(value!("place"), &[class, role, close, order]);
            sink.see(value!("place-part"), &[class, part_quoted, role, close]);
            sink.see(value!("again-close"), &[class, again, close, role]);
            sink.see(value!("titled-close"), &[class, titled, close]);
            sink.see(value!("last-says"), &[class, last, says, close, paragraph]);
            sink.see(value!("says-role"), &[class, says, situation, role, close]);
            sink.see(value!("says-order"), &[class, says, order, role]);
            sink.see(value!("is-role"), &[class, kind, role, close]);
            sink.see(value!("most-close"), &[class, most, close]);
            if form == value!("pronoun") {
                let same = asked.class
                    == super::asked::class_of_pronoun(scene, near).unwrap_or(Class::It)
                    && !asked.class.describes();
                sink.see(
                    value!("chain"),
                    &[class, flag(same, value!("same")), close, role],
                );
            }
        }
        None => sink.see(
            value!("known"),
            &[class, flag(said, value!("speaker")), last],
        ),
    }
    let thumb = flag(pair.thumb, value!("thumb"));
    sink.see(value!("thumb"), &[class, thumb, says]);
    sink.see(value!("thumb-order"), &[class, thumb, order, quoted]);
    for &(rule, entity) in &pair.hints.found {
        if pair.candidate.who == Who::Entity(entity) {
            sink.see(value!("rule"), &[rule, class]);
            sink.see(value!("rule-order"), &[rule, order]);
        }
    }
    if said {
        sink.see(value!("speaker"), &[class, kind]);
    }
    if let (Some(entity), Some(speaker)) = (entity, asked.speaker) {
        let facts = scene.directory.facts(speaker);
        let id = scene.directory.entity(entity).id.as_str();
        let of = facts.of.iter().any(|of| of == id);
        sink.see(value!("speaks-for"), &[class, flag(of, value!("of")), kind]);
    }
    match entity {
        Some(entity) => {
            let facts = scene.directory.facts(entity);
            let known = flag(facts.features.gender.is_some(), value!("sex"));
            let listed = flag(facts.entry.is_some(), value!("listed"));
            sink.see(value!("known-as"), &[class, known, listed]);
        }
        None => sink.see(value!("known-as"), &[class, value!("unnamed")]),
    }
    let own_head = head_of(scene, pair.candidate.who);
    sink.see(value!("head"), &[class, own_head]);
    if asked.class.describes() {
        describe_words(scene, pair, (kind, sort), sink);
    }
    sink.see(value!("source"), &[class, says, kind]);
}

/// How well the words of a description fit the candidate's.
fn describe_words(
    scene: &Scene<'_>,
    pair: &Pair<'_>,
    (kind, sort): (Value<'static>, Value<'_>),
    sink: Sink<'_>,
) {
    let asked = pair.asked;
    let class = asked.class.value();
    let head = scene.norm(scene.found[asked.at].mention.head);
    let role = Value::from(asked.role.as_str());
    sink.see(value!("head-is"), &[role, kind, sort]);
    let (same, words, roles, bodies) = match pair.candidate.who {
        Who::Entity(entity) => {
            let facts = scene.directory.facts(entity);
            let ends = |r: &compact_str::CompactString| {
                r.strip_suffix(asked.role.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
            };
            let words = asked.described_by.iter().filter(|&word| {
                facts.words.contains(word)
                    || facts.described_by.contains(word)
                    || facts.of.contains(word)
            });
            let named = facts.words.iter().any(|word| word == head);
            let same = match () {
                () if facts.head == head => value!("head"),
                () if named => value!("name"),
                () if facts.sort == asked.role => value!("sort"),
                () => value!(""),
            };
            let id = scene.directory.entity(entity).id.as_str();
            let role = match () {
                () if facts.roles.iter().any(ends) => value!("role"),
                () if !facts.roles.is_empty() => value!("other"),
                () if scene
                    .lexicon
                    .world
                    .offices(id)
                    .any(|office| office.title.strip_suffix(asked.role.as_str()).is_some()) =>
                {
                    value!("office")
                }
                () => value!(""),
            };
            let bodies = if asked.bodies.is_empty() {
                value!("")
            } else if asked.bodies.iter().any(|body| facts.of.contains(body)) {
                value!("same")
            } else if facts.of.is_empty() {
                value!("open")
            } else {
                value!("other")
            };
            (same, words.count(), role, bodies)
        }
        Who::Unnamed(mention) => {
            let other = &scene.found[mention].mention;
            let same = flag(scene.norm(other.head) == head, value!("head"));
            let inside = |word: &&compact_str::CompactString| {
                (other.tokens.0..other.head).any(|t| scene.norm(t) == word.as_str())
            };
            let words = asked.described_by.iter().filter(inside).count();
            (same, words, value!(""), value!(""))
        }
    };
    let match_of = match (asked.described_by.len(), words) {
        (0, _) => value!("bare"),
        (all, found) if all == found => value!("all"),
        (_, 0) => value!("none"),
        _ => value!("some"),
    };
    sink.see(value!("same"), &[class, same, match_of]);
    sink.see(value!("same-order"), &[class, same, small(pair.order)]);
    sink.see(value!("has-role"), &[class, roles, match_of]);
    sink.see(value!("whose"), &[class, bodies, roles]);
    let first = Value::from(&scene.layers.tokens[scene.found[asked.at].mention.tokens.0 as usize]);
    sink.see(value!("opened-same"), &[class, first, same]);
}

/// The kind of a candidate, and its sort.
fn kind_of<'s>(scene: &'s Scene<'_>, who: Who) -> (Value<'static>, Value<'s>) {
    match who {
        Who::Entity(entity) => {
            let kind = match scene.directory.entity(entity).kind {
                EntityKind::Person => value!("person"),
                EntityKind::Organization => value!("organization"),
                EntityKind::Place => value!("place"),
                EntityKind::Group => value!("group"),
                EntityKind::Anonymous => value!("anonymous"),
            };
            (kind, scene.directory.facts(entity).sort.as_str().into())
        }
        Who::Unnamed(mention) => {
            let head = scene.norm(scene.found[mention].mention.head);
            let sort = match scene.lexicon.words.nominals.get(head).map(|n| n.sort) {
                Some(NominalSort::Person) => value!("a-person"),
                Some(NominalSort::Group) => value!("a-group"),
                Some(NominalSort::Body) => value!("a-body"),
                _ => value!("a-thing"),
            };
            (sort, value!("unnamed"))
        }
    }
}

/// The head noun of a candidate that was described; empty for names.
fn head_of<'s>(scene: &'s Scene<'_>, who: Who) -> Value<'s> {
    match who {
        Who::Entity(entity) => scene.directory.facts(entity).head.as_str().into(),
        Who::Unnamed(mention) => {
            Value::from(&scene.layers.tokens[scene.found[mention].mention.head as usize])
        }
    }
}
