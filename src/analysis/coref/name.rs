//! Names: listed, then unlisted, then parts of names.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::Scene;
use super::directory::words_of;
use crate::analysis::mention::Clue;
use crate::lexicon::NameUse;
use crate::model::{EntityKind, MentionKind, Resolution};

pub(super) fn resolve(scene: &mut Scene<'_>) {
    listed(scene);
    unlisted(scene);
    acronyms(scene);
    weak(scene);
    parts(scene);
    office_holders(scene);
    ambiguous(scene);
    left_over(scene);
}

fn names(scene: &Scene<'_>) -> Vec<usize> {
    (0..scene.found.len())
        .filter(|&i| {
            scene.found[i].mention.kind == MentionKind::Name
                && scene.resolutions[i].entity().is_none()
        })
        .collect()
}

/// Names with one reading, and peoples.
fn listed(scene: &mut Scene<'_>) {
    for at in names(scene) {
        match scene.found[at].clue.clone() {
            Clue::Listed { uses, title } => {
                let strong = strong(&uses);
                // A title says that a person is meant.
                let people: Vec<u32> = strong
                    .iter()
                    .copied()
                    .filter(|&e| scene.lexicon.world.entry(e).kind == EntityKind::Person)
                    .collect();
                let readings = if title.is_some() && !people.is_empty() {
                    people
                } else {
                    strong
                };
                if let [entry] = readings.as_slice() {
                    let entity = scene.directory.listed(scene.lexicon, *entry);
                    scene.settle(at, entity, "gazetteer");
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

fn strong(uses: &[NameUse]) -> Vec<u32> {
    uses.iter().filter(|u| !u.weak).map(|u| u.entry).collect()
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

/// "World Hunger Fund (WHF)": an acronym in parentheses names what stands before them.
fn acronyms(scene: &mut Scene<'_>) {
    for at in names(scene) {
        let mention = scene.found[at].mention.clone();
        let start = mention.tokens.0;
        let Some(before) = at.checked_sub(1) else {
            continue;
        };
        let opens = start > 0
            && scene.norm(start - 1) == "("
            && scene.found[before].mention.tokens.1 == start - 1;
        let Some(entity) = scene.resolutions[before].entity() else {
            continue;
        };
        let initials: String = words_of(scene.found[before].mention.span.of(scene.text))
            .iter()
            .filter_map(|w| w.chars().next())
            .collect();
        let letters = scene.norm(start).replace('.', "");
        let fits = letters.chars().all(|c| initials.contains(c))
            && initials.starts_with(letters.chars().next().unwrap_or(' '));
        if opens && mention.tokens.1 == start + 1 && letters.len() >= 2 && fits {
            scene.settle(at, entity, "acronym");
            for later in names(scene) {
                if scene.norm(scene.found[later].mention.tokens.0) == scene.norm(start)
                    && scene.found[later].mention.tokens.1 - scene.found[later].mention.tokens.0
                        == 1
                {
                    scene.settle(later, entity, "acronym");
                }
            }
        }
    }
}

/// Short forms that count only after the full name.
fn weak(scene: &mut Scene<'_>) {
    for at in names(scene) {
        let Clue::Listed { uses, .. } = scene.found[at].clue.clone() else {
            continue;
        };
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
    let mut place: FxHashMap<usize, u32> = FxHashMap::default();
    for at in 0..scene.found.len() {
        let Some(entity) = scene.resolutions[at].entity() else {
            continue;
        };
        place
            .entry(entity)
            .or_insert(scene.found[at].mention.tokens.0);
    }
    for entity in 0..scene.directory.count() {
        if scene.directory.entity(entity).kind == EntityKind::Person {
            let words = words_of(&scene.directory.entity(entity).name);
            let bare: Vec<&CompactString> = words.iter().filter(|w| !is_generation(w)).collect();
            if let (Some(&f), Some(&l)) = (bare.first(), bare.last()) {
                last.entry(l.clone()).or_default().push(entity);
                first.entry(f.clone()).or_default().push(entity);
                if let Some((_, tail)) = l.rsplit_once('-') {
                    last.entry(tail.into()).or_default().push(entity);
                }
            }
        }
    }
    for at in names(scene) {
        let (title, listed_weak) = match &scene.found[at].clue {
            Clue::Unlisted {
                kind: EntityKind::Person,
                title,
                ..
            } => (*title, false),
            Clue::Listed { uses, title } if uses.iter().all(|u| u.weak) => (*title, true),
            _ => continue,
        };
        let mention = scene.found[at].mention.clone();
        let words = words_of(mention.span.of(scene.text));
        let Some(word) = words.iter().rev().find(|w| !is_generation(w)) else {
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
            // The one whose full name stood last before this place; else the only one.
            let before = fitting
                .iter()
                .copied()
                .filter(|e| place.get(e).is_some_and(|&p| p <= mention.tokens.0))
                .max_by_key(|e| place[e]);
            before.or(if fitting.len() == 1 {
                Some(fitting[0])
            } else {
                None
            })
        };
        if let Some(entity) = pick(last.get(word)) {
            scene.settle(at, entity, "surname");
            role_of_title(scene, at, entity, title);
        } else if let Some(entity) =
            pick(first.get(word)).filter(|_| words.len() == 1 && title.is_none())
        {
            scene.settle(at, entity, "given-name");
        } else if !listed_weak && title.is_some() {
            let surface = mention.span.of(scene.text).to_owned();
            let entity =
                scene
                    .directory
                    .discovered(EntityKind::Person, &surface, mention.features.gender);
            scene.settle(at, entity, "title-name");
            role_of_title(scene, at, entity, title);
            last.entry(word.clone()).or_default().push(entity);
            place.insert(entity, mention.tokens.0);
        }
    }
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
        if is_generation(word) {
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
            (Some(entry), None) if !scene.lexicon.words.given_names.contains_key(word) => {
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

fn is_generation(word: &str) -> bool {
    matches!(word, "jr" | "sr" | "ii" | "iii" | "iv")
}

/// Several readings: what else the text names decides, then what a reader thinks of first, then the text again, which
/// knows more by now. What is open after that stays open, with its candidates.
fn ambiguous(scene: &mut Scene<'_>) {
    let mut open: Vec<(usize, Vec<u32>)> = names(scene)
        .into_iter()
        .filter_map(|at| match &scene.found[at].clue {
            Clue::Listed { uses, .. } => Some((at, strong(uses))),
            _ => None,
        })
        .filter(|(_, readings)| !readings.is_empty())
        .collect();
    type Decide = fn(&Scene<'_>, usize, &[u32]) -> Option<u32>;
    let steps: [(Decide, &str); 3] = [
        (best_supported, "context"),
        (far_best_known, "best-known"),
        (best_supported, "context"),
    ];
    for (decide, sieve) in steps {
        open.retain(|(at, readings)| match decide(scene, *at, readings) {
            Some(entry) => {
                let entity = scene.directory.listed(scene.lexicon, entry);
                scene.settle(*at, entity, sieve);
                false
            }
            None => true,
        });
    }
    for (at, readings) in open {
        scene.resolutions[at] = Resolution::Ambiguous(
            readings
                .iter()
                .map(|&e| scene.lexicon.world.entry(e).id.to_owned())
                .collect(),
        );
    }
}

/// The reading that other names of the text support most: the same entity, what holds it, what it holds, its like.
fn best_supported(scene: &Scene<'_>, at: usize, readings: &[u32]) -> Option<u32> {
    if let [only] = readings {
        return Some(*only);
    }
    let beside = beside(scene, at);
    let support = |entry: u32| -> usize {
        let e = scene.lexicon.world.entry(entry);
        let itself = usize::from(scene.directory.by_id(e.id).is_some()) * 10;
        // "Paris, Texas"; Paris in an article that names Texas, or France.
        let above: usize = scene
            .lexicon
            .world
            .within(entry)
            .map(|e| {
                let named = scene.directory.by_id(e.id);
                usize::from(named.is_some()) + usize::from(named.is_some() && named == beside) * 20
            })
            .sum();
        let children = (0..scene.directory.count())
            .filter(|&x| scene.directory.facts(x).of.iter().any(|of| of == e.id))
            .count();
        // "Georgia" among countries is the country, among states the state.
        let siblings = (0..scene.directory.count())
            .filter_map(|x| scene.directory.facts(x).entry)
            .filter(|&x| {
                let other = scene.lexicon.world.entry(x);
                x != entry && other.sort == e.sort && other.of == e.of
            })
            .count();
        itself + above + children + siblings
    };
    let mut ranked: Vec<(usize, u32)> = readings.iter().map(|&e| (support(e), e)).collect();
    ranked.sort_by_key(|&(score, e)| (std::cmp::Reverse(score), e));
    (ranked[0].0 > ranked[1].0).then_some(ranked[0].1)
}

/// The name behind a comma: "Paris, Texas".
fn beside(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let end = scene.found[at].mention.tokens.1;
    let next = scene.found.get(at + 1)?;
    let behind_comma = scene.norm(end) == "," && next.mention.tokens.0 == end + 1;
    scene.resolutions[at + 1]
        .entity()
        .filter(|_| behind_comma && next.mention.kind == MentionKind::Name)
}

/// Of several places of one name, the one that a reader thinks of first: it is no city where the others are, or has
/// ten times the people of any other.
fn far_best_known(scene: &Scene<'_>, _: usize, readings: &[u32]) -> Option<u32> {
    const FAR: u32 = 10;
    let world = &scene.lexicon.world;
    let is_town = |e: u32| matches!(world.entry(e).sort, "city" | "quarter");
    if readings
        .iter()
        .any(|&e| world.entry(e).kind != EntityKind::Place)
    {
        return None;
    }
    let mut others = readings.iter().copied().filter(|&e| !is_town(e));
    if let (Some(alone), None) = (others.next(), others.next()) {
        return Some(alone);
    }
    let mut by_people: Vec<(u32, u32)> = readings
        .iter()
        .map(|&e| (world.entry(e).population, e))
        .collect();
    by_people.sort_unstable();
    match by_people.as_slice() {
        [.., (second, _), (first, entry)]
            if *second > 0 && *first >= second.saturating_mul(FAR) =>
        {
            Some(*entry)
        }
        _ => None,
    }
}

/// What is still open becomes an entity of its own: one per name.
fn left_over(scene: &mut Scene<'_>) {
    for at in names(scene) {
        let Clue::Unlisted { kind, .. } = scene.found[at].clue else {
            continue;
        };
        let mention = &scene.found[at].mention;
        let surface = mention.span.of(scene.text).to_owned();
        let gender = mention.features.gender;
        let entity = scene.directory.discovered(kind, &surface, gender);
        scene.settle(at, entity, "name-only");
    }
}

/// The title before a name is a role of its bearer.
fn role_of_title(scene: &mut Scene<'_>, at: usize, entity: usize, title: Option<u32>) {
    let Some(title) = title else { return };
    let role = scene.lexicon.words.titles[title as usize].role.clone();
    if !role.is_empty() && !scene.directory.facts(entity).roles.contains(&role) {
        scene.directory.facts_mut(entity).roles.push(role);
    }
    // "Kremlin spokesman", "US Secretary": whose, from the words before the name in the same phrase.
    let start = scene.found[at].mention.tokens.0;
    let from = scene
        .layers
        .phrases
        .partition_point(|p| p.tokens.1 <= start);
    let Some(phrase) = scene.layers.phrases.get(from).copied() else {
        return;
    };
    for id in super::described::bodies_in(scene, phrase.tokens.0.min(start), start) {
        if !scene.directory.facts(entity).of.contains(&id) {
            scene.directory.facts_mut(entity).of.push(id);
        }
    }
}
