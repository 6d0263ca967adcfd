//! Names: listed, then unlisted, then parts of names.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::Scene;
use super::directory::words_of;
use super::waiting::{names, strong};
use super::whose::bodies_before;
use crate::analysis::mention::Clue;
use crate::lexicon::fold;
use crate::model::{EntityKind, Tag};

pub(super) fn resolve(scene: &mut Scene<'_>) {
    super::introduced::resolve(scene);
    listed(scene);
    super::variant::resolve(scene);
    super::spelling::full_names(scene);
    unlisted(scene);
    acronyms(scene);
    weak(scene);
    parts(scene);
    office_holders(scene);
    super::shared::resolve(scene);
    super::context::ambiguous(scene);
    super::context::areas(scene);
    left_over(scene);
}

/// Names with one reading, and peoples.
fn listed(scene: &mut Scene<'_>) {
    for at in names(scene) {
        match scene.found[at].clue.clone() {
            Clue::Listed { uses, .. } if uses.iter().any(|u| u.shared) => {}
            Clue::Listed { uses, title } => {
                let strong = strong(scene, &uses);
                // A title says that a person is meant.
                let people: Vec<u32> = strong
                    .iter()
                    .copied()
                    .filter(|&e| scene.lexicon.world.kind(e) == EntityKind::Person)
                    .collect();
                let readings = if title.is_some() && !people.is_empty() {
                    people
                } else {
                    strong
                };
                if let [entry] = readings.as_slice() {
                    let entity = scene.directory.listed(scene.lexicon, *entry);
                    scene.settle(at, entity, "gazetteer");
                    super::corrected::note_readings(scene, &uses, entity);
                    role_of_title(scene, at, entity, title);
                }
            }
            Clue::People(country) => {
                let surface = scene.found[at].mention.span.of(scene.text).to_owned();
                let entity = scene.directory.people(scene.lexicon, country, &surface);
                scene.settle(at, entity, "gazetteer");
            }
            _ => {}
        }
    }
}

/// Whole names that no list knows.
fn unlisted(scene: &mut Scene<'_>) {
    for at in names(scene) {
        let Clue::Unlisted {
            kind,
            title,
            sure: true,
        } = scene.found[at].clue
        else {
            continue;
        };
        let mention = &scene.found[at].mention;
        if kind == EntityKind::Person && mention.tokens.1 - mention.tokens.0 == 1 {
            continue; // title + surname: a part, as long as a full name may stand elsewhere
        }
        let gender = mention.features.gender;
        let surface = mention.span.of(scene.text).to_owned();
        let entity = scene.directory.discovered(kind, &surface, gender);
        scene.settle(
            at,
            entity,
            if title.is_some() {
                "title-name"
            } else {
                "full-name"
            },
        );
        role_of_title(scene, at, entity, title);
    }
}

/// "World Hunger Fund (WHF)": an acronym in parentheses names what stands before them, there and everywhere.
fn acronyms(scene: &mut Scene<'_>) {
    let mut meant: FxHashMap<CompactString, usize> = FxHashMap::default();
    let alone = |scene: &Scene<'_>, at: usize| {
        let (start, end) = scene.found[at].mention.tokens;
        (end - start == 1).then_some(start)
    };
    for at in names(scene) {
        let (Some(start), Some(before)) = (alone(scene, at), at.checked_sub(1)) else {
            continue;
        };
        let opens = start > 0
            && scene.norm(start - 1) == "("
            && scene.found[before].mention.tokens.1 == start - 1;
        let Some(entity) = scene.resolutions[before].entity().filter(|_| opens) else {
            continue;
        };
        let whole = words_of(scene.found[before].mention.span.of(scene.text));
        if super::introduced::fits(scene.norm(start), &whole) {
            meant.entry(scene.norm(start).into()).or_insert(entity);
        }
    }
    if meant.is_empty() {
        return;
    }
    for at in names(scene) {
        if let Some(start) = alone(scene, at)
            && let Some(&entity) = meant.get(scene.norm(start))
        {
            scene.settle(at, entity, "acronym");
        }
    }
}

/// Short forms that count only after the full name.
fn weak(scene: &mut Scene<'_>) {
    for at in names(scene) {
        let Clue::Listed { uses, .. } = scene.found[at].clue.clone() else {
            continue;
        };
        if uses.iter().any(|u| u.shared) {
            continue;
        }
        let known: Vec<usize> = uses
            .iter()
            .filter_map(|u| scene.directory.by_id(scene.lexicon.world.entry(u.entry).id))
            .collect();
        if let [entity] = known.as_slice() {
            scene.settle(at, *entity, "weak-alias");
        }
    }
}

/// Parts of names: the surname of a full name in the same document, a given name, the start of an organisation's name.
fn parts(scene: &mut Scene<'_>) {
    // Last and first words of the people, and of the organisations, that the document names in full.
    let mut last: FxHashMap<CompactString, Vec<usize>> = FxHashMap::default();
    let mut first: FxHashMap<CompactString, Vec<usize>> = FxHashMap::default();
    // Words between these: the first of two surnames.
    let mut inner: FxHashMap<CompactString, Vec<usize>> = FxHashMap::default();
    let mut near: FxHashMap<char, Vec<(CompactString, usize)>> = FxHashMap::default();
    // Where each is named in full, and whether it speaks there.
    let mut full: FxHashMap<usize, Vec<(u32, bool)>> = FxHashMap::default();
    let place = |scene: &Scene<'_>, at: usize| {
        let mention = &scene.found[at].mention;
        (mention.tokens.0, scene.speaking.contains_key(&mention.head))
    };
    for (at, resolution) in scene.resolutions.iter().enumerate() {
        let (start, end) = scene.found[at].mention.tokens;
        if let Some(entity) = resolution.entity().filter(|_| end - start > 1) {
            full.entry(entity).or_default().push(place(scene, at));
        }
    }
    for entity in 0..scene.directory.count() {
        if scene.directory.entity(entity).kind == EntityKind::Person {
            // "Ann Orr (baker)" is an Orr.
            let name = scene.directory.entity(entity).name.as_str();
            let words = words_of(name.split('(').next().unwrap_or(name));
            let bare: Vec<&CompactString> = words
                .iter()
                .filter(|w| !scene.lexicon.words.is_generation(w))
                .collect();
            for word in bare.iter().skip(1).rev().skip(1).filter(|w| w.len() > 2) {
                inner.entry((*word).clone()).or_default().push(entity);
            }
            if let (Some(&f), Some(&l)) = (bare.first(), bare.last()) {
                last.entry(l.clone()).or_default().push(entity);
                if let Some(letter) = l.chars().next().filter(|_| bare.len() > 1) {
                    near.entry(letter).or_default().push((l.clone(), entity));
                }
                first.entry(f.clone()).or_default().push(entity);
                if let Some((_, tail)) = l.rsplit_once('-') {
                    last.entry(tail.into()).or_default().push(entity);
                }
            }
        }
    }
    // Whole names first, so that their parts find them.
    let (whole, part): (Vec<usize>, Vec<usize>) = names(scene)
        .into_iter()
        .partition(|&at| words_of(scene.found[at].mention.span.of(scene.text)).len() > 1);
    for at in whole.into_iter().chain(part) {
        let (title, listed_weak) = match &scene.found[at].clue {
            Clue::Unlisted {
                kind: EntityKind::Person,
                title,
                ..
            } => (*title, false),
            Clue::Listed { uses, title } if uses.iter().all(|u| u.weak) => (*title, true),
            Clue::Capitals => (None, true),
            _ => continue,
        };
        let mention = scene.found[at].mention.clone();
        let words = words_of(mention.span.of(scene.text));
        let Some(word) = words
            .iter()
            .rev()
            .find(|w| !scene.lexicon.words.is_generation(w))
        else {
            continue;
        };
        let pick = |candidates: Option<&Vec<usize>>| -> Option<usize> {
            let fitting: Vec<usize> = candidates?
                .iter()
                .copied()
                .filter(|&e| {
                    let known = scene.directory.facts(e);
                    mention.features.gender.is_none()
                        || known.features.gender.is_none()
                        || known.features.gender == mention.features.gender
                })
                .filter(|&e| {
                    words.len() == 1
                        || words
                            .iter()
                            .all(|w| scene.directory.facts(e).words.contains(w))
                })
                .collect();
            match fitting.as_slice() {
                [] => None,
                [only] => Some(*only),
                several => most_likely(scene, &full, several, mention.tokens.0),
            }
        };
        if let Some(entity) = pick(last.get(word)) {
            scene.settle(at, entity, "surname");
            role_of_title(scene, at, entity, title);
        } else if let Some(entity) = pick(first.get(word)).filter(|_| {
            // "Minister Zhang" has the family name first.
            words.len() == 1 && (title.is_none() || !scene.lexicon.words.given_names.contains(word))
        }) {
            scene.settle(at, entity, "given-name");
            role_of_title(scene, at, entity, title);
        } else if let Some(entity) = pick(inner.get(word)).filter(|_| words.len() == 1) {
            scene.settle(at, entity, "surname");
            role_of_title(scene, at, entity, title);
        } else if let Some(entity) = (words.len() == 1 && !listed_weak)
            .then(|| super::spelling::surname(scene, word, &near))
            .flatten()
        {
            scene.settle(at, entity, "spelling");
            role_of_title(scene, at, entity, title);
        } else if !listed_weak && (title.is_some() || words.len() > 1) {
            let surface = mention.span.of(scene.text).to_owned();
            let gender = mention.features.gender;
            let entity = if words.len() == 1 {
                scene.directory.of_document(&surface, gender)
            } else {
                let kind = EntityKind::Person;
                scene.directory.discovered(kind, &surface, gender)
            };
            let sieve = if title.is_some() {
                "title-name"
            } else {
                "name-only"
            };
            scene.settle(at, entity, sieve);
            role_of_title(scene, at, entity, title);
            if words.len() > 1 {
                first.entry(words[0].clone()).or_default().push(entity);
            }
            let bearers = last.entry(word.clone()).or_default();
            if title.is_some() || words.len() > 1 || bearers.is_empty() {
                bearers.push(entity);
            }
            full.entry(entity).or_default().push(place(scene, at));
        }
    }
}

/// Of several who bear a surname, the one named in full just before, in the same paragraph, or as a speaker; else whom the
/// text names in full most often, the first of these.
fn most_likely(
    scene: &Scene<'_>,
    full: &FxHashMap<usize, Vec<(u32, bool)>>,
    bearers: &[usize],
    token: u32,
) -> Option<usize> {
    const NEAR: u32 = 200;
    let paragraphs = &scene.layers.paragraphs;
    let paragraph = paragraphs.partition_point(|p| p.tokens.1 <= token);
    let start = paragraphs.get(paragraph).map_or(0, |p| p.tokens.0);
    let places = |e: usize| full.get(&e).map_or(&[][..], Vec::as_slice);
    let last_before = |e: usize| {
        let before = places(e).partition_point(|&(place, _)| place < token);
        before.checked_sub(1).map(|at| places(e)[at])
    };
    let is_near =
        |&(place, speaks): &(u32, bool)| place >= start || (speaks && place + NEAR >= token);
    let just_before = bearers
        .iter()
        .copied()
        .filter_map(|e| Some((last_before(e).filter(is_near)?.0, e)))
        .max();
    let most = || {
        bearers.iter().copied().max_by_key(|&e| {
            let first = places(e).first().map_or(u32::MAX, |&(place, _)| place);
            (places(e).len(), std::cmp::Reverse(first))
        })
    };
    just_before.map(|(_, e)| e).or_else(most)
}

/// A surname without a full name: the one listed bearer who holds an office of a country or body named here.
fn office_holders(scene: &mut Scene<'_>) {
    for at in names(scene) {
        let Clue::Unlisted {
            kind: EntityKind::Person,
            ..
        } = scene.found[at].clue
        else {
            continue;
        };
        let mention = &scene.found[at].mention;
        let words = words_of(mention.span.of(scene.text));
        let [word] = words.as_slice() else { continue };
        if scene.lexicon.words.is_generation(word) {
            continue;
        }
        let world = &scene.lexicon.world;
        let bearers = world.bearers(word);
        let holders: Vec<u32> = bearers
            .iter()
            .copied()
            .filter(|&entry| {
                world.offices(world.entry(entry).id).any(|role| {
                    role.held_on(scene.date) && scene.directory.by_id(role.of).is_some()
                })
            })
            .collect();
        // A surname that one listed office holder alone bears needs no country beside it, if he leads a country, unless it
        // is a given name too. Relatives without an office do not stand in the way.
        let mut leaders = bearers
            .iter()
            .copied()
            .filter(|&entry| world.offices(world.entry(entry).id).next().is_some());
        let alone = match (leaders.next(), leaders.next()) {
            (Some(entry), None) if !scene.lexicon.words.given_names.contains(word) => {
                let leads = world.offices(world.entry(entry).id).any(|role| {
                    let body = world.find(role.of).map(|of| world.entry(of));
                    scene.date.is_some()
                        && role.held_on(scene.date)
                        && body.is_some_and(|body| body.sort == "country")
                        && world
                            .holders(role.title, role.of)
                            .all(|other| other.person == role.person || !other.held_on(scene.date))
                });
                leads.then_some(entry)
            }
            _ => None,
        };
        if let Some(entry) = holders
            .first()
            .copied()
            .filter(|_| holders.len() == 1)
            .or(alone)
        {
            let entity = scene.directory.listed(scene.lexicon, entry);
            scene.settle(at, entity, "office-holder");
        }
    }
}

/// What is still open becomes an entity of its own: one per name. A single word that speaks is somebody of this document.
fn left_over(scene: &mut Scene<'_>) {
    let open = names(scene);
    fn surface<'a>(scene: &Scene<'a>, at: usize) -> &'a str {
        scene.found[at].mention.span.of(scene.text)
    }
    let acts = |scene: &Scene<'_>, at: usize| {
        let (start, end) = scene.found[at].mention.tokens;
        (start..end)
            .any(|token| scene.speaking.contains_key(&token) || scene.addressed.contains(&token))
    };
    // How often the text has each name, and whether somebody of that name acts.
    let mut known: FxHashMap<String, (usize, bool)> = FxHashMap::default();
    for &at in &open {
        let (count, acting) = known.entry(surface(scene, at).to_owned()).or_default();
        *count += 1;
        *acting |= acts(scene, at);
    }
    for at in open {
        let mention = &scene.found[at].mention;
        let one_word = mention.tokens.1 - mention.tokens.0 == 1;
        let (count, acting) = known[surface(scene, at)];
        let kind = match scene.found[at].clue {
            Clue::Unlisted {
                kind: EntityKind::Person,
                title: None,
                ..
            } if one_word => kind_of_word(scene, mention.head, acting),
            Clue::Unlisted { kind, .. } => kind,
            Clue::Capitals if !one_word && (acting || count > 1) => EntityKind::Organization,
            Clue::Capitals if acting => EntityKind::Person,
            _ => continue,
        };
        let gender = mention.features.gender;
        let name = surface(scene, at).to_owned();
        let entity = if kind == EntityKind::Person && one_word && acting {
            scene.directory.of_document(&name, gender)
        } else {
            scene.directory.discovered(kind, &name, gender)
        };
        scene.settle(at, entity, "name-only");
    }
}

/// What a name of one word is that stands alone: somebody only where others are called so, or where it acts.
fn kind_of_word(scene: &Scene<'_>, token: u32, acting: bool) -> EntityKind {
    let (tag, norm) = (scene.layers.tokens[token as usize].tag, scene.norm(token));
    let word = fold(norm);
    let called = |word: &str| {
        scene.lexicon.words.given_names.contains(word)
            || !scene.lexicon.world.bearers(word).is_empty()
    };
    let plural = matches!(tag, Tag::NNPS | Tag::NNS) || norm.strip_suffix('s').is_some_and(&called);
    match called(&word) {
        true => EntityKind::Person,
        false if plural => EntityKind::Group, // "Zealots", "the Orrs"
        false if acting => EntityKind::Person,
        false => EntityKind::Organization,
    }
}

/// The title before a name is a role of its bearer.
fn role_of_title(scene: &mut Scene<'_>, at: usize, entity: usize, title: Option<u32>) {
    let Some(title) = title else { return };
    let role = scene.lexicon.words.titles[title as usize].role.clone();
    if !role.is_empty() && !scene.directory.facts(entity).roles.contains(&role) {
        scene.directory.facts_mut(entity).roles.push(role);
    }
    for id in bodies_before(scene, at) {
        if !scene.directory.facts(entity).of.contains(&id) {
            scene.directory.facts_mut(entity).of.push(id);
        }
    }
}
