//! Names with several readings: what the text says around them, then what a reader thinks of first.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::Scene;
use super::waiting::{names, strong};
use crate::analysis::mention::Clue;
use crate::lexicon::{Entry, fold};
use crate::model::{EntityKind, MentionKind, Resolution};

/// Several readings: what else the text names decides, then what a reader thinks of first, then the text again, which
/// knows more by now. What is open after that stays open, with its candidates.
pub(super) fn ambiguous(scene: &mut Scene<'_>) {
    let mut open: Vec<(usize, Vec<u32>)> = names(scene)
        .into_iter()
        .filter_map(|at| match &scene.found[at].clue {
            Clue::Listed { uses, .. } => Some((at, strong(scene, uses))),
            _ => None,
        })
        .filter(|(_, readings)| !readings.is_empty())
        .collect();
    let mut around = Around::default();
    type Decide = fn(&Scene<'_>, &Around, usize, &[u32]) -> Option<(u32, &'static str)>;
    let steps: [Decide; 3] = [best_supported, far_best_known, best_supported];
    for decide in steps {
        around.extend(scene);
        open.retain(
            |(at, readings)| match decide(scene, &around, *at, readings) {
                Some((entry, sieve)) => {
                    let entity = scene.directory.listed(scene.lexicon, entry);
                    scene.settle(*at, entity, sieve);
                    around.extend(scene);
                    false
                }
                None => true,
            },
        );
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

/// What the text names, counted: so that each reading is weighed in a few look-ups.
#[derive(Default)]
struct Around {
    /// Entities counted so far.
    counted: usize,
    /// By id: entities that belong to it.
    inside: FxHashMap<CompactString, usize>,
    /// By sort and owner: listed entities that are alike.
    alike: FxHashMap<(CompactString, Option<CompactString>), usize>,
}

impl Around {
    /// Counts the entities that came since.
    fn extend(&mut self, scene: &Scene<'_>) {
        for entity in self.counted..scene.directory.count() {
            let facts = scene.directory.facts(entity);
            for of in &facts.of {
                *self.inside.entry(of.clone()).or_default() += 1;
            }
            if let Some(entry) = facts.entry {
                let entry = scene.lexicon.world.entry(entry);
                *self.alike.entry(Self::likeness(&entry)).or_default() += 1;
            }
        }
        self.counted = scene.directory.count();
    }

    fn likeness(entry: &Entry<'_>) -> (CompactString, Option<CompactString>) {
        (entry.sort.into(), entry.of.map(CompactString::from))
    }
}

/// The reading that other names of the text support most, and by what: the name behind the comma, the same entity under
/// another name, what holds it or what it holds, its like.
fn best_supported(
    scene: &Scene<'_>,
    around: &Around,
    at: usize,
    readings: &[u32],
) -> Option<(u32, &'static str)> {
    if let [only] = readings {
        return Some((*only, "gazetteer"));
    }
    let beside = beside(scene, at);
    let support = |entry: u32| -> (usize, &'static str) {
        let e = scene.lexicon.world.entry(entry);
        let known = scene.directory.by_id(e.id);
        let itself = usize::from(known.is_some());
        // "Paris, Texas"; Paris in an article that names Texas, or France.
        let (mut above, mut next) = (0, 0);
        for holder in scene.lexicon.world.within(entry) {
            let named = scene.directory.by_id(holder.id);
            above += usize::from(named.is_some());
            next += usize::from(named.is_some() && named == beside);
        }
        let children = around.inside.get(e.id).copied().unwrap_or(0);
        // "Georgia" among countries is the country, among states the state; it is not its own like.
        let likes = around.alike.get(&Around::likeness(&e)).copied();
        let likes = likes.unwrap_or(0) - itself;
        let votes = [
            (next * 20, "context-beside"),
            (itself * 10, "context-named"),
            (above + children, "context-country"),
            (likes, "context-likes"),
        ];
        let total = votes.iter().map(|(votes, _)| votes).sum();
        let most = votes.iter().rev().max_by_key(|(votes, _)| *votes);
        (total, most.map_or("context-likes", |&(_, sieve)| sieve))
    };
    let mut ranked: Vec<((usize, &'static str), u32)> =
        readings.iter().map(|&e| (support(e), e)).collect();
    ranked.sort_by_key(|&((votes, _), e)| (std::cmp::Reverse(votes), e));
    let ((votes, sieve), entry) = ranked[0];
    (votes > ranked[1].0.0).then_some((entry, sieve))
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

/// The reading that a reader thinks of first: the body whose whole name it is, where the others are towns ("Toyota"); of
/// several places the one that is no city where the others are, or has ten times the people of any other.
fn far_best_known(
    scene: &Scene<'_>,
    _: &Around,
    at: usize,
    readings: &[u32],
) -> Option<(u32, &'static str)> {
    const FAR: u32 = 10;
    const SIEVE: &str = "best-known";
    let world = &scene.lexicon.world;
    let is_town = |e: u32| matches!(world.entry(e).sort, "city" | "quarter");
    let mut bodies = readings
        .iter()
        .copied()
        .filter(|&e| world.kind(e) != EntityKind::Place);
    if let Some(body) = bodies.next() {
        let surface = scene.found[at].mention.span.of(scene.text);
        let whole = fold(world.entry(body).name) == fold(surface);
        let start = scene.found[at].mention.tokens.0;
        let local = start > 0 && scene.lexicon.words.is(scene.norm(start - 1), "locative");
        let only =
            bodies.next().is_none() && !local && readings.iter().all(|&e| e == body || is_town(e));
        return (only && whole && world.kind(body) == EntityKind::Organization)
            .then_some((body, SIEVE));
    }
    let mut others = readings.iter().copied().filter(|&e| !is_town(e));
    if let (Some(alone), None) = (others.next(), others.next()) {
        return Some((alone, SIEVE));
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
            Some((*entry, SIEVE))
        }
        _ => None,
    }
}

/// "eastern Ukraine" is a place of its own, in Ukraine.
pub(super) fn areas(scene: &mut Scene<'_>) {
    let mut around = Around::default();
    around.extend(scene);
    for at in names(scene) {
        let Clue::Area(uses) = scene.found[at].clue.clone() else {
            continue;
        };
        let readings: Vec<u32> = uses.iter().map(|u| u.entry).collect();
        let decided = best_supported(scene, &around, at, &readings)
            .or_else(|| far_best_known(scene, &around, at, &readings))
            .map_or(readings[0], |(entry, _)| entry);
        let whole = scene.lexicon.world.entry(decided);
        let compass = scene.norm(scene.found[at].mention.tokens.0);
        let name = format!("{compass} {}", whole.name);
        let of = std::iter::once(whole)
            .chain(scene.lexicon.world.within(decided))
            .map(|e| e.id.into())
            .collect();
        let entity = scene.directory.discovered(EntityKind::Place, &name, None);
        scene.directory.facts_mut(entity).of = of;
        scene.settle(at, entity, "area");
    }
}
