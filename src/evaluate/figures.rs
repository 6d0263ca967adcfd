//! Counts to figures in percent: precision, recall, F1, source accuracy.

use serde_json::{Map, Value, json};

use super::counts::{ALL, Counts, DIRECT, Matches, Tokens};

/// Names of the roles of [`Counts::tokens`].
const ROLES: [&str; 3] = ["source", "cue", "content"];
/// Names of the thresholds of [`Counts::matches`].
const THRESHOLDS: [&str; 3] = ["50", "80", "ex"];
/// Names of the ways in which a source may be right.
const SOURCES: [&str; 3] = ["len", "str", "exa"];
/// Names of the kinds, as far as they have rows of their own.
const KINDS: [(&str, usize); 2] = [("all", ALL), ("direct", DIRECT)];

/// Precision, recall and F1, in percent.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Prf {
    /// Precision.
    pub p: f64,
    /// Recall.
    pub r: f64,
    /// Their harmonic mean.
    pub f: f64,
}

impl Prf {
    /// From what was found of gold, and what was right of the system's.
    pub fn new(found: (u64, u64), right: (u64, u64)) -> Prf {
        let (p, r) = (percent(right.0, right.1), percent(found.0, found.1));
        let f = if p + r == 0.0 {
            0.0
        } else {
            2.0 * p * r / (p + r)
        };
        Prf { p, r, f }
    }

    fn json(self) -> Value {
        json!({"p": self.p, "r": self.r, "f": self.f})
    }
}

/// `part` of `whole` in percent; 0 of nothing.
pub fn percent(part: u64, whole: u64) -> f64 {
    match whole {
        0 => 0.0,
        _ => 100.0 * part as f64 / whole as f64,
    }
}

/// All figures, by the keys of the scorer's JSON and in its order.
pub fn figures(counts: &Counts) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("counts".to_owned(), totals(counts));
    for (role, tokens) in ROLES.iter().zip(&counts.tokens) {
        for (set, tokens) in ["words", "all"].iter().zip(tokens) {
            out.insert(format!("token.{role}.{set}"), of_tokens(tokens).json());
        }
    }
    for (kind, at) in KINDS {
        for (threshold, matches) in THRESHOLDS.iter().zip(&counts.matches) {
            let key = format!("{kind}.content@{threshold}");
            out.insert(key, contents(counts, matches, at).json());
            for (way, name) in SOURCES.iter().enumerate() {
                let accuracy = percent(matches.right_gold[way][at], matches.sourced[at]);
                let key = format!("{kind}.source_acc@{threshold}.{name}");
                out.insert(key, json!(accuracy));
                let key = format!("{kind}.pair@{threshold}.{name}");
                out.insert(key, pairs(counts, matches, way, at).json());
            }
        }
    }
    for (at, kind) in ["direct", "mixed", "indirect"].iter().enumerate() {
        let (at, matches) = (at + 1, &counts.matches[0]);
        let recall = percent(matches.gold[at], counts.gold[at]);
        out.insert(format!("recall@50.{kind}"), json!(recall));
        let recall = percent(matches.right_gold[0][at], counts.gold_sourced[at]);
        out.insert(format!("pair_recall@50.{kind}"), json!(recall));
    }
    out
}

/// F1 of contents and of pairs at Jaccard ≥ 0.5, of all and of direct quotes: what intervals are given for.
pub fn headline(counts: &Counts) -> [(&'static str, f64); 4] {
    let matches = &counts.matches[0];
    [
        ("all.content@50", contents(counts, matches, ALL).f),
        ("all.pair@50.len", pairs(counts, matches, 0, ALL).f),
        ("direct.content@50", contents(counts, matches, DIRECT).f),
        ("direct.pair@50.len", pairs(counts, matches, 0, DIRECT).f),
    ]
}

fn totals(counts: &Counts) -> Value {
    json!({
        "gold": counts.gold[ALL],
        "gold_with_source": counts.gold_sourced[ALL],
        "system": counts.system[ALL],
        "system_with_source": counts.system_sourced[ALL],
        "gold_direct": counts.gold[DIRECT],
        "gold_mixed": counts.gold[2],
        "gold_indirect": counts.gold[3],
        "system_direct": counts.system[DIRECT],
    })
}

fn of_tokens(tokens: &Tokens) -> Prf {
    Prf::new((tokens.both, tokens.gold), (tokens.both, tokens.system))
}

fn contents(counts: &Counts, matches: &Matches, kind: usize) -> Prf {
    Prf::new(
        (matches.gold[kind], counts.gold[kind]),
        (matches.system[kind], counts.system[kind]),
    )
}

fn pairs(counts: &Counts, matches: &Matches, way: usize, kind: usize) -> Prf {
    Prf::new(
        (matches.right_gold[way][kind], counts.gold_sourced[kind]),
        (matches.right_system[way][kind], counts.system_sourced[kind]),
    )
}
