//! A name to everything that the lists take it for.

use super::gazetteer::{World, fold, parts};

/// How a name was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// As the list writes it.
    Exact,
    /// But for case, accents, periods and hyphens.
    Folded,
    /// The id.
    Id,
    /// The last name of a listed person.
    Surname,
    /// "French"
    Adjective,
    /// "Russians"
    People,
    /// Spelled alike.
    Near,
}

/// What a name may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// How it was found.
    pub how: Match,
    /// Counts only after the full name in the same article.
    pub weak: bool,
    /// As the list writes it.
    pub written: String,
    /// Index of the entry.
    pub entry: u32,
    /// Its other names.
    pub aliases: Vec<String>,
}

/// All readings of `name`, the surest first.
pub fn readings(world: &World, name: &str) -> Vec<Reading> {
    let key = key(name);
    let mut found: Vec<Reading> = world
        .all_names()
        .filter(|listed| self::key(listed.written) == key)
        .map(|listed| Reading {
            how: if listed.written == name {
                Match::Exact
            } else {
                Match::Folded
            },
            weak: listed.weak,
            written: listed.written.to_owned(),
            entry: listed.entry,
            aliases: Vec::new(),
        })
        .collect();
    let folded = fold(name);
    let mut add = |how, entry: u32| {
        found.push(Reading {
            how,
            weak: false,
            written: name.to_owned(),
            entry,
            aliases: Vec::new(),
        });
    };
    world
        .find(name)
        .into_iter()
        .for_each(|at| add(Match::Id, at));
    for at in world.bearers(&folded) {
        add(Match::Surname, at);
    }
    world
        .adjective(&folded)
        .into_iter()
        .for_each(|at| add(Match::Adjective, at));
    world
        .people(&folded)
        .into_iter()
        .for_each(|at| add(Match::People, at));
    finish(world, found)
}

/// Entries with names that `alike` takes for `name`: the more alike, the earlier.
pub fn near(world: &World, name: &str, alike: &dyn Fn(&str) -> Option<f64>) -> Vec<Reading> {
    let key = key(name);
    let mut scored: Vec<(f64, Reading)> = world
        .all_names()
        .filter_map(|listed| {
            let score = alike(listed.written)?;
            (self::key(listed.written) != key).then(|| {
                let reading = Reading {
                    how: Match::Near,
                    weak: listed.weak,
                    written: listed.written.to_owned(),
                    entry: listed.entry,
                    aliases: Vec::new(),
                };
                (score, reading)
            })
        })
        .collect();
    scored.sort_by(|(a, x), (b, y)| b.total_cmp(a).then_with(|| order(world, x, y)));
    let scored = scored.into_iter().map(|(_, reading)| reading);
    with_aliases(world, once(scored.collect()))
}

/// What is left of a name when case, accents, periods and hyphens do not count.
fn key(name: &str) -> Vec<compact_str::CompactString> {
    parts(name).map(fold).collect()
}

fn finish(world: &World, mut found: Vec<Reading>) -> Vec<Reading> {
    found.sort_by(|a, b| order(world, a, b));
    with_aliases(world, once(found))
}

fn order(world: &World, a: &Reading, b: &Reading) -> std::cmp::Ordering {
    (a.how, a.weak)
        .cmp(&(b.how, b.weak))
        .then_with(|| {
            let population = |r: &Reading| world.entry(r.entry).population;
            population(b).cmp(&population(a))
        })
        .then_with(|| world.entry(a.entry).id.cmp(world.entry(b.entry).id))
        .then_with(|| a.written.cmp(&b.written))
}

/// The first reading of each entry.
fn once(found: Vec<Reading>) -> Vec<Reading> {
    let mut seen = rustc_hash::FxHashSet::default();
    found
        .into_iter()
        .filter(|reading| seen.insert(reading.entry))
        .collect()
}

fn with_aliases(world: &World, mut found: Vec<Reading>) -> Vec<Reading> {
    let index: rustc_hash::FxHashMap<u32, usize> = found.iter().map(|r| r.entry).zip(0..).collect();
    if index.is_empty() {
        return found;
    }
    for listed in world.all_names() {
        if let Some(&at) = index.get(&listed.entry) {
            let name = match listed.weak {
                true => format!("{} (weak)", listed.written),
                false => listed.written.to_owned(),
            };
            if listed.written != world.entry(listed.entry).name {
                found[at].aliases.push(name);
            }
        }
    }
    for reading in &mut found {
        reading.aliases.sort();
        reading.aliases.dedup();
    }
    found
}
