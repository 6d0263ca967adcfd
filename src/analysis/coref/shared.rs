//! Names that several bodies share: "the Supreme Court" is that of the country that the text speaks of.

use std::ops::Range;

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::Scene;
use crate::analysis::mention::Clue;
use crate::lexicon::NameUse;
use crate::model::{EntityKind, MentionKind, Tag};

/// How many times as often as the next country a text must speak of one before a shared name is that country's.
const FAR: u32 = 2;
/// A country that a text speaks of this many times less than of another is not what it is about.
const ASIDE: u32 = 4;
/// The longest name, in tokens.
const LONGEST: u32 = 64;

/// Gives each shared name to the body of the country beside it, else of the one country that the sentence names before
/// it, else to the body that the text names in full, else to that of the country that the text speaks of by far most; else to the body that the name means by itself; else to
/// a body of its own.
pub(super) fn resolve(scene: &mut Scene<'_>) {
    let mut open = Vec::new();
    for (at, found) in scene.found.iter().enumerate() {
        if let Clue::Listed { uses, .. } = &found.clue
            && scene.resolutions[at].entity().is_none()
            && uses.iter().any(|u| u.shared)
        {
            open.push((at, uses.clone()));
        }
    }
    if open.is_empty() {
        return;
    }
    let spoken = spoken_of(scene);
    for (at, uses) in open {
        match decide(scene, at, &uses, &spoken) {
            Reading::Listed(entry, by) => {
                let entity = scene.directory.listed(scene.lexicon, entry);
                scene.settle(at, entity, by);
            }
            Reading::Another => {
                let surface = scene.found[at].mention.span.of(scene.text).to_owned();
                let kind = EntityKind::Organization;
                let entity = scene.directory.discovered(kind, &surface, None);
                scene.settle(at, entity, "full-name");
            }
            Reading::Open => {}
        }
    }
}

/// What a shared name stands for.
enum Reading {
    /// This entry, by this sieve.
    Listed(u32, &'static str),
    /// A body that no list knows.
    Another,
    /// What other sieves say.
    Open,
}

/// The reading of the mention; nobody's when the country beside it has no such body.
fn decide(
    scene: &Scene<'_>,
    at: usize,
    uses: &[NameUse],
    spoken: &FxHashMap<CompactString, u32>,
) -> Reading {
    let readings: Vec<u32> = uses.iter().filter(|u| !u.weak).map(|u| u.entry).collect();
    let beside = countries_beside(scene, at);
    if !beside.is_empty() {
        let mut whose = readings
            .iter()
            .copied()
            .filter(|&entry| owners(scene, entry).any(|id| beside.iter().any(|b| b == id)));
        return match (whose.next(), whose.next()) {
            (Some(entry), None) => Reading::Listed(entry, "country-beside"),
            _ => Reading::Another,
        };
    }
    let count = |entry: u32| -> u32 {
        owners(scene, entry)
            .filter_map(|id| spoken.get(id).copied())
            .max()
            .unwrap_or(0)
    };
    let strong: Vec<u32> = uses
        .iter()
        .filter(|u| !u.weak && !u.shared)
        .map(|u| u.entry)
        .collect();
    if strong.is_empty() {
        let before = countries_before(scene, at);
        let mut whose = readings
            .iter()
            .copied()
            .filter(|&entry| owners(scene, entry).any(|id| before.iter().any(|b| b == id)));
        if let (Some(entry), None) = (whose.next(), whose.next()) {
            return Reading::Listed(entry, "country-before");
        }
    }
    let mut known = uses.iter().map(|u| u.entry).filter(|&entry| {
        scene
            .directory
            .by_id(scene.lexicon.world.entry(entry).id)
            .is_some()
    });
    if let (Some(entry), None) = (known.next(), known.next()) {
        return Reading::Listed(entry, "weak-alias");
    }
    let usual = strong.iter().map(|&entry| FAR * count(entry) + 1).max();
    let mut ranked: Vec<(u32, u32)> = uses
        .iter()
        .filter(|u| u.shared)
        .map(|u| (count(u.entry), u.entry))
        .collect();
    ranked.sort_unstable_by_key(|&(count, entry)| (std::cmp::Reverse(count), entry));
    let (first, entry) = ranked[0];
    let second = ranked.get(1).map_or(0, |r| r.0);
    let most = spoken.values().copied().max().unwrap_or(0);
    if first > usual.unwrap_or(0) && first >= FAR * second && first * ASIDE >= most {
        return Reading::Listed(entry, "country-of-text");
    }
    match strong.as_slice() {
        [only] => Reading::Listed(*only, "gazetteer"),
        [] => Reading::Another,
        _ => Reading::Open,
    }
}

/// Ids of what the entry belongs to.
fn owners<'a>(scene: &'a Scene<'_>, entry: u32) -> impl Iterator<Item = &'a str> {
    scene.lexicon.world.within(entry).map(|e| e.id)
}

/// How often the text names each country or body, or what belongs to it.
fn spoken_of(scene: &Scene<'_>) -> FxHashMap<CompactString, u32> {
    let mut counts: FxHashMap<CompactString, u32> = FxHashMap::default();
    for entity in scene.resolutions.iter().filter_map(|r| r.entity()) {
        *counts
            .entry(scene.directory.entity(entity).id.as_str().into())
            .or_default() += 1;
        for of in &scene.directory.facts(entity).of {
            *counts.entry(of.clone()).or_default() += 1;
        }
    }
    for token in 0..scene.layers.tokens.len() as u32 {
        if let Some(id) = adjective(scene, token) {
            *counts.entry(id.into()).or_default() += 1;
        }
    }
    counts
}

/// Countries that the words around name: "Indian", "India's", "India" before it, "of India", "in Delhi" behind it.
fn countries_beside(scene: &Scene<'_>, at: usize) -> Vec<CompactString> {
    let (start, end) = scene.found[at].mention.tokens;
    let mut ids: Vec<CompactString> = Vec::new();
    if let Some(before) = start.checked_sub(1) {
        ids.extend(adjective(scene, before).map(CompactString::from));
        let possessive = scene.layers.tokens[before as usize].tag == Tag::POS;
        let last = if possessive { before } else { start };
        let from = last.saturating_sub(LONGEST);
        ids.extend(named(scene, from..last, |tokens| tokens.1 == last));
    }
    let attaches = (end as usize) < scene.layers.tokens.len()
        && ["genitive", "locative"]
            .iter()
            .any(|class| scene.lexicon.words.is(scene.norm(end), class));
    if ids.is_empty() && attaches {
        ids.extend(named(scene, end + 1..end + 2, |_| true));
    }
    ids
}

/// Countries that the sentence names before the mention.
fn countries_before(scene: &Scene<'_>, at: usize) -> Vec<CompactString> {
    let start = scene.found[at].mention.tokens.0;
    let first = scene.layers.sentences[scene.sentence_of(start)].tokens.0;
    let mut ids: Vec<CompactString> = (first..start)
        .filter_map(|token| adjective(scene, token))
        .map(CompactString::from)
        .collect();
    for mention in starting_in(scene, first..start) {
        if scene.found[mention].mention.tokens.1 <= start
            && let Some(entity) = scene.resolutions[mention].entity()
            && scene.directory.entity(entity).kind == EntityKind::Place
        {
            ids.push(scene.directory.entity(entity).id.as_str().into());
            ids.extend(scene.directory.facts(entity).of.iter().cloned());
        }
    }
    ids
}

/// The mentions whose first token is in `tokens`.
fn starting_in(scene: &Scene<'_>, tokens: Range<u32>) -> Range<usize> {
    let before = |token: u32| {
        scene
            .found
            .partition_point(|found| found.mention.tokens.0 < token)
    };
    before(tokens.start)..before(tokens.end)
}

/// The country, and what it belongs to, of the first listed name that starts in `range` and whose tokens are such.
fn named(
    scene: &Scene<'_>,
    range: Range<u32>,
    such: impl Fn((u32, u32)) -> bool,
) -> Vec<CompactString> {
    let found = starting_in(scene, range).find(|&at| {
        let mention = &scene.found[at].mention;
        mention.kind == MentionKind::Name && such(mention.tokens)
    });
    let Some(entity) = found.and_then(|at| scene.resolutions[at].entity()) else {
        return Vec::new();
    };
    if scene.directory.entity(entity).kind != EntityKind::Place {
        return Vec::new();
    }
    // A city acts for its country; "Texas Supreme Court" is no court of the United States.
    let facts = scene.directory.facts(entity);
    let above = if facts.sort == "city" {
        facts.of.as_slice()
    } else {
        &[]
    };
    let id: CompactString = scene.directory.entity(entity).id.as_str().into();
    std::iter::once(id).chain(above.iter().cloned()).collect()
}

/// The country of an adjective in capitals: "Indian".
fn adjective<'a>(scene: &'a Scene<'_>, token: u32) -> Option<&'a str> {
    let entry = super::whose::adjective(scene, token)?;
    Some(scene.lexicon.world.entry(entry).id)
}
