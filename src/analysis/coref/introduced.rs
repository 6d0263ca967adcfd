//! Whom the article introduces: a person named in full owns the surname, and the given name, in that article; an acronym in
//! parentheses means what stands before it. A listed name of one word loses to them.
//!
//! In: names as found. Out: the same, with listed readings taken from those that the article gives to somebody else. Where
//! a reading was taken the scene notes that the name is contested.

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Scene;
use super::directory::words_of;
use crate::analysis::mention::Clue;
use crate::lexicon::NameUse;
use crate::model::{EntityKind, MentionKind};

/// What a word is in the names of the people whom the article names in full.
#[derive(Clone, Copy, Debug, Default)]
struct Part {
    /// The last word of one.
    surname: bool,
    /// The first word of one.
    given: bool,
    /// A word between these.
    inner: bool,
}

pub(super) fn resolve(scene: &mut Scene<'_>) {
    acronyms(scene);
    let (parts, entries) = people(scene);
    if parts.is_empty() {
        return;
    }
    let nations = nations(scene);
    for at in 0..scene.found.len() {
        let found = &scene.found[at];
        let Clue::Listed { uses, title } = &found.clue else {
            continue;
        };
        let (start, end) = found.mention.tokens;
        if found.mention.kind != MentionKind::Name
            || end - start != 1
            || scene.resolutions[at].entity().is_some()
            || uses.iter().any(|u| entries.contains(&u.entry))
        {
            continue;
        }
        let Some(&part) = parts.get(scene.norm(start)) else {
            continue;
        };
        if is_taken(scene, at, uses, part, &nations) {
            let title = *title;
            if uses.iter().any(|u| !u.weak && !is_small(scene, u)) {
                scene.contested.insert(start);
            }
            scene.found[at].clue = Clue::Unlisted {
                kind: EntityKind::Person,
                title,
                sure: false,
            };
            scene.found[at].mention.features.human = None;
            scene.found[at].mention.features.gender =
                title.and_then(|title| scene.lexicon.words.titles[title as usize].gender);
        }
    }
}

/// The words of the people named in full, and the listed entries among these.
fn people(scene: &Scene<'_>) -> (FxHashMap<CompactString, Part>, FxHashSet<u32>) {
    let mut parts: FxHashMap<CompactString, Part> = FxHashMap::default();
    let mut entries = FxHashSet::default();
    for found in &scene.found {
        let (start, end) = found.mention.tokens;
        if found.mention.kind != MentionKind::Name || end - start < 2 {
            continue;
        }
        match &found.clue {
            Clue::Listed { uses, .. }
                if scene.lexicon.world.kind(uses[0].entry) == EntityKind::Person =>
            {
                entries.extend(uses.iter().map(|u| u.entry));
            }
            Clue::Unlisted {
                kind: EntityKind::Person,
                ..
            } => {}
            _ => continue,
        }
        let words: Vec<CompactString> = words_of(found.mention.span.of(scene.text))
            .into_iter()
            .filter(|word| !scene.lexicon.words.is_generation(word))
            .collect();
        let [given, inner @ .., surname] = words.as_slice() else {
            continue;
        };
        parts.entry(given.clone()).or_default().given = true;
        parts.entry(surname.clone()).or_default().surname = true;
        for word in inner.iter().filter(|word| word.len() > 2) {
            parts.entry(word.clone()).or_default().inner = true;
        }
    }
    (parts, entries)
}

/// Ids of the countries of which the text speaks by an adjective or a people.
fn nations(scene: &Scene<'_>) -> FxHashSet<u32> {
    let tokens = &scene.layers.tokens;
    let adjectives = (0..tokens.len()).filter_map(|at| scene.lexicon.nationality(tokens, at));
    let peoples = scene.found.iter().filter_map(|found| match found.clue {
        Clue::People(country) => Some(country),
        _ => None,
    });
    adjectives.chain(peoples).collect()
}

/// True when the one-word name is a person's of this article, and not what the lists say.
fn is_taken(
    scene: &Scene<'_>,
    at: usize,
    uses: &[NameUse],
    part: Part,
    nations: &FxHashSet<u32>,
) -> bool {
    let world = &scene.lexicon.world;
    let (start, _) = scene.found[at].mention.tokens;
    let titled = matches!(&scene.found[at].clue, Clue::Listed { title, .. } if title.is_some());
    let human = uses
        .iter()
        .all(|u| world.kind(u.entry) == EntityKind::Person);
    let speaks = scene.speaking.contains_key(&start) || scene.addressed.contains(&start);
    let before = start.checked_sub(1).map(|before| scene.norm(before));
    let local = before.is_some_and(|word| scene.lexicon.words.is(word, "locative"));
    if human || titled {
        return true;
    }
    if local {
        return false;
    }
    if part.surname {
        return uses.iter().all(|u| is_small(scene, u))
            || speaks
            || !uses.iter().any(|u| nations.contains(&u.entry));
    }
    (part.given || part.inner) && speaks
}

/// A town or a region that acts for nobody.
fn is_small(scene: &Scene<'_>, name: &NameUse) -> bool {
    let entry = scene.lexicon.world.entry(name.entry);
    entry.kind == EntityKind::Place && entry.sort != "country" && entry.acts_for.is_none()
}

/// "Eastern Ports Authority (EPA)": the lists' EPA is another one, in the whole article.
fn acronyms(scene: &mut Scene<'_>) {
    let mut own: FxHashSet<CompactString> = FxHashSet::default();
    for at in 1..scene.found.len() {
        let (found, before) = (&scene.found[at], &scene.found[at - 1]);
        let Clue::Listed { uses, .. } = &found.clue else {
            continue;
        };
        let (start, end) = found.mention.tokens;
        let opens = start > 0
            && end - start == 1
            && scene.norm(start - 1) == "("
            && before.mention.tokens.1 == start - 1;
        let whole = words_of(before.mention.span.of(scene.text));
        let other = match &before.clue {
            Clue::Unlisted { sure, .. } => *sure,
            Clue::Listed { uses: names, .. } => !names
                .iter()
                .any(|name| uses.iter().any(|u| u.entry == name.entry)),
            _ => false,
        };
        if opens && other && whole.len() > 1 && fits(scene.norm(start), &whole) {
            own.insert(scene.norm(start).into());
        }
    }
    if own.is_empty() {
        return;
    }
    for at in 0..scene.found.len() {
        let (start, end) = scene.found[at].mention.tokens;
        let listed = matches!(scene.found[at].clue, Clue::Listed { .. });
        if listed && end - start == 1 && own.contains(scene.norm(start)) {
            scene.contested.insert(start);
            scene.found[at].clue = Clue::Unlisted {
                kind: EntityKind::Organization,
                title: None,
                sure: false,
            };
        }
    }
}

/// True when the letters of an acronym are the initials of `words`, small words aside.
pub(super) fn fits(acronym: &str, words: &[CompactString]) -> bool {
    let letters: Vec<char> = acronym.chars().filter(|&c| c != '.').collect();
    let initials: Vec<char> = words.iter().filter_map(|w| w.chars().next()).collect();
    letters.len() > 1
        && initials.first() == letters.first()
        && letters.iter().all(|letter| initials.contains(letter))
}
