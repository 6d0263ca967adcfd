//! Who may be meant: the entities and unnamed people, bodies and groups around a word that asks.
//!
//! In: a mention that asks. Out: at most [`MOST`] candidates, the nearest first, none that grammar rules out.

use compact_str::CompactString;

use super::Scene;
use super::asked::{Asked, Class, class_of_nominal};
use super::standing::{NONE, Role};
use super::unnamed::alike;
use crate::model::{EntityKind, Gender, MentionKind, Number};

/// How many candidates are weighed.
pub(super) const MOST: usize = 12;
/// How many mentions back are looked at.
const MENTIONS: usize = 90;
/// How many mentions ahead, inside the sentence.
const AHEAD: usize = 8;
/// How many sentences ahead whoever is quoted may be named.
const QUOTED: u32 = 3;

/// Somebody who may be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// An entity of the text.
    Entity(usize),
    /// The mention that introduces somebody without a name, whom nobody has asked for yet.
    Unnamed(usize),
}

/// A candidate and its nearest mention.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub who: Who,
    /// Index of the nearest mention; nobody's for who is only known by another way.
    pub near: Option<usize>,
    /// Index of the nearest mention before that nobody is quoted with.
    pub outside: Option<usize>,
    /// It stands behind the word that asks.
    pub behind: bool,
}

/// The candidates of `asked`, the nearest first.
pub(super) fn gather(scene: &Scene<'_>, asked: &Asked, known: &[usize]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = Vec::with_capacity(MOST);
    let at = asked.at;
    let sentences = reach(asked.class);
    for before in (at.saturating_sub(MENTIONS)..at).rev() {
        if asked.standing.sentence - scene.standings[before].sentence > sentences {
            break;
        }
        consider(scene, asked, before, false, &mut candidates);
    }
    // Who is quoted may be named behind the quotation.
    let first_person = matches!(asked.class, Class::I | Class::We);
    let ahead = if first_person { QUOTED } else { 0 };
    for behind in at + 1..scene.found.len().min(at + 1 + AHEAD) {
        let there = &scene.standings[behind];
        if there.sentence - asked.standing.sentence > ahead || candidates.len() == MOST {
            break;
        }
        let named = scene.found[behind].mention.kind == MentionKind::Name;
        let speaks = there.role == Role::Source && !there.quoted();
        if named && there.sentence == asked.standing.sentence || ahead > 0 && speaks {
            consider(scene, asked, behind, true, &mut candidates);
        }
    }
    for &entity in known {
        let who = Who::Entity(entity);
        let listed = candidates.iter().any(|c| c.who == who);
        if !listed && candidates.len() < MOST + 4 && suits(scene, asked, entity) {
            candidates.push(Candidate {
                who,
                near: None,
                outside: None,
                behind: false,
            });
        }
    }
    candidates
}

/// How many sentences back an antecedent may stand.
fn reach(class: Class) -> u32 {
    match class {
        Class::He | Class::They | Class::It => 8,
        Class::I | Class::We | Class::You => 6,
        Class::Person | Class::People | Class::Body => 40,
    }
}

fn consider(
    scene: &Scene<'_>,
    asked: &Asked,
    other: usize,
    behind: bool,
    candidates: &mut Vec<Candidate>,
) {
    let mine = &scene.found[asked.at].mention;
    let theirs = &scene.found[other].mention;
    let inside = |a: (u32, u32), b: (u32, u32)| a.0 <= b.0 && b.1 <= a.1;
    if inside(theirs.tokens, mine.tokens) || inside(mine.tokens, theirs.tokens) {
        return;
    }
    let who = match scene.resolutions[other].entity() {
        Some(entity) => Who::Entity(entity),
        None if theirs.kind == MentionKind::Nominal => Who::Unnamed(other),
        None => return,
    };
    let outside = (!behind && !scene.standings[other].quoted()).then_some(other);
    if let Some(known) = candidates.iter_mut().find(|c| c.who == who) {
        known.outside = known.outside.or(outside);
        return;
    }
    if candidates.len() == MOST {
        return;
    }
    // "Orr told him": somebody else.
    let (mine, there) = (&asked.standing, &scene.standings[other]);
    if asked.case == "object"
        && mine.segment == there.segment
        && mine.subject != NONE
        && mine.subject == there.unit
    {
        return;
    }
    let fits = match who {
        Who::Entity(entity) => suits(scene, asked, entity),
        Who::Unnamed(mention) => suits_unnamed(scene, asked, mention),
    };
    if fits {
        let near = Some(other);
        candidates.push(Candidate {
            who,
            near,
            outside,
            behind,
        });
    }
}

/// True when grammar allows that `asked` means the entity.
pub(super) fn suits(scene: &Scene<'_>, asked: &Asked, entity: usize) -> bool {
    let kind = scene.directory.entity(entity).kind;
    let facts = scene.directory.facts(entity);
    let person = matches!(kind, EntityKind::Person | EntityKind::Anonymous);
    let sure_person = person && facts.entry.is_some();
    let plural = facts.features.number == Some(Number::Plural);
    if asked.possessor == Some(entity) {
        return false;
    }
    match asked.class {
        Class::He => person && agree(asked.gender, facts.features.gender),
        Class::Person => {
            let whose = asked.bodies.is_empty()
                || facts.of.is_empty()
                || asked.bodies.iter().any(|body| facts.of.contains(body));
            person && whose && agree(asked.gender, facts.features.gender)
        }
        Class::I => person,
        Class::They => !person || kind == EntityKind::Anonymous,
        Class::It => !person && kind != EntityKind::Group || (kind == EntityKind::Group && !plural),
        Class::We => !person || asked.speaker == Some(entity),
        Class::You => true,
        Class::People => !person,
        Class::Body => {
            !sure_person && kind != EntityKind::Anonymous && !another(scene, asked, entity)
        }
    }
}

/// "The district court" is no court of another name: the head is a word of its name, and no other word of the description.
fn another(scene: &Scene<'_>, asked: &Asked, entity: usize) -> bool {
    let facts = scene.directory.facts(entity);
    let head = scene.norm(scene.found[asked.at].mention.head);
    let knows = |word: &CompactString| {
        let known = facts
            .words
            .iter()
            .chain(&facts.described_by)
            .chain(&facts.of);
        known.into_iter().any(|w| alike(w, word))
    };
    facts.words.iter().any(|word| word == head)
        && !asked.described_by.is_empty()
        && !asked.described_by.iter().any(knows)
}

/// The same for a description that nobody has resolved.
fn suits_unnamed(scene: &Scene<'_>, asked: &Asked, mention: usize) -> bool {
    let nominals = &scene.lexicon.words.nominals;
    let nominal = nominals.get(scene.norm(scene.found[mention].mention.head));
    let Some(class) = class_of_nominal(nominal) else {
        return false;
    };
    let gender = nominal.and_then(|n| n.gender);
    let plural = nominal.is_some_and(|n| n.number == Number::Plural);
    match asked.class {
        Class::He | Class::Person => class == Class::Person && agree(asked.gender, gender),
        Class::I => class == Class::Person,
        Class::They => class != Class::Body || scene.standings[mention].role != Role::Other,
        Class::It => class != Class::Person && !plural,
        Class::We | Class::You => class != Class::Body && plural,
        Class::People => class == Class::People,
        Class::Body => class == Class::Body,
    }
}

fn agree(one: Option<Gender>, other: Option<Gender>) -> bool {
    one.is_none() || other.is_none() || one == other
}
