//! Makes `models/en-attribution/ends.tsv` and `trust.tsv`: where contents end, and which statements are right.
//!
//! ```text
//! cargo run --release --example train_attribution -- GOLD models/en-attribution
//! ```
//!
//! GOLD is a folder as PolNeAR has it: `text/*.txt` and `attributions/*.ann` in brat's standoff format. First the places
//! where contents end are learned from all statements whose cue and start the gold knows, then, with contents that end so,
//! which statements the gold has. Both are logistic regressions. Same input, same bytes out.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use sayso::analysis::attribution::lesson::{self, Lesson};
use sayso::analysis::{self, attribution::Attribution};
use sayso::lexicon::{Lexicon, Weights};
use sayso::model::CodePoints;
use sayso::text::Text;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// An attribution of the gold, as sets of tokens.
#[derive(Debug, Default)]
struct Gold {
    source: BTreeSet<u32>,
    cue: BTreeSet<u32>,
    content: BTreeSet<u32>,
    /// Token ranges of the content's spans.
    spans: Vec<(u32, u32)>,
}

/// A case to learn from: its features, and the right answer.
struct Case {
    features: Vec<String>,
    answer: bool,
}

/// Rarer features are left out.
const LEAST_COUNT: usize = 12;
const EPOCHS: usize = 14;
/// Orders of the cases: the weights are averaged, so that a case more or less changes little.
const SEEDS: [u64; 3] = [20_161_108, 20_170_601, 20_180_507];
const RATE: f32 = 0.12;
/// How strongly the weights of `trust.tsv` are drawn to nothing.
const DECAY: f32 = 3e-5;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [gold, model] = arguments.as_slice() else {
        return Err("usage: train_attribution GOLD MODEL_FOLDER".into());
    };
    let model = Path::new(model);
    let mut lexicon = Lexicon::builtin();
    lexicon.ends = Weights::default();
    lexicon.trust = Weights::default();
    let articles = read_gold(Path::new(gold))?;
    let mut cases = Vec::new();
    for (article, annotations) in &articles {
        let (layers, _) = analysis::read(article, &lexicon);
        let gold = locate(article, &layers, annotations);
        let (_, lessons) = lesson::read(&layers, &lexicon);
        for lesson in &lessons {
            cases.extend(end_cases(lesson, &gold, &layers));
        }
    }
    let ends = learn(&cases, 1e-5);
    println!(
        "ends: {} cases, {} weights, {:.2} % right",
        cases.len(),
        ends.len(),
        100.0 * right(&cases, &ends)
    );
    let table = table(
        "Where contents end: log-odds per feature. Made by examples/train_attribution.rs; README.md.",
        &ends,
    );
    std::fs::write(model.join("ends.tsv"), &table)?;
    lexicon.ends = Weights::from_table(&table);
    // Every other article is held back once, to see how sure the weights may be.
    let mut halves = [Vec::new(), Vec::new()];
    for (at, (article, annotations)) in articles.iter().enumerate() {
        let (layers, _) = analysis::read(article, &lexicon);
        let gold = locate(article, &layers, annotations);
        let (found, lessons) = lesson::read(&layers, &lexicon);
        halves[at % 2].extend(trust_cases(found, lessons, &gold, &layers));
    }
    let sure = surety(&learn(&halves[0], DECAY), &halves[1]);
    let cases: Vec<Case> = halves.into_iter().flatten().collect();
    let mut trust = learn(&cases, DECAY);
    for (feature, weight) in &mut trust {
        if !feature.starts_with("beside=") {
            *weight *= sure;
        }
    }
    println!("trust: weights times {sure:.3}");
    println!(
        "trust: {} cases, {} weights, {:.2} % right",
        cases.len(),
        trust.len(),
        100.0 * right(&cases, &trust)
    );
    let table = self::table(
        "Which statements are right: log-odds per feature. Made by examples/train_attribution.rs; README.md.",
        &trust,
    );
    std::fs::write(model.join("trust.tsv"), table)?;
    Ok(())
}

/// The texts of a folder with their annotations; of several annotators the first by name.
fn read_gold(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut annotations: BTreeMap<String, String> = BTreeMap::new();
    let mut names: Vec<String> = std::fs::read_dir(folder.join("attributions"))?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<_>>()?;
    names.sort();
    for name in names.iter().filter(|name| name.ends_with(".ann")) {
        let Some((document, _)) = name.rsplit_once('_') else {
            continue;
        };
        if !annotations.contains_key(document) {
            let text = std::fs::read_to_string(folder.join("attributions").join(name))?;
            annotations.insert(document.to_owned(), text);
        }
    }
    annotations
        .into_iter()
        .map(|(document, annotation)| {
            let text = std::fs::read_to_string(folder.join("text").join(document + ".txt"))?;
            Ok((text, annotation))
        })
        .collect()
}

/// Reads the attributions of a brat file, as tokens of the text.
fn locate(article: &str, layers: &Text, annotation: &str) -> Vec<Gold> {
    let points = CodePoints::new(article);
    let tokens_of = |start: u32, end: u32| -> (u32, u32) {
        let (start, end) = (points.byte(start), points.byte(end));
        let first = layers.tokens.partition_point(|t| t.span.end() <= start);
        let last = layers.tokens.partition_point(|t| t.span.start() < end);
        (first as u32, last as u32)
    };
    let mut spans: HashMap<&str, Vec<(u32, u32)>> = HashMap::new();
    for line in annotation.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        if let [id, place, _] = cells.as_slice()
            && id.starts_with('T')
            && let Some((_, offsets)) = place.split_once(' ')
        {
            let ranges = offsets
                .split(';')
                .filter_map(|pair| {
                    let (start, end) = pair.split_once(' ')?;
                    Some(tokens_of(start.parse().ok()?, end.parse().ok()?))
                })
                .collect();
            spans.insert(id, ranges);
        }
    }
    let mut found = Vec::new();
    for line in annotation.lines().filter(|line| line.starts_with('E')) {
        let Some((_, roles)) = line.split_once('\t') else {
            continue;
        };
        let mut gold = Gold::default();
        for (role, id) in roles.split(' ').skip(1).filter_map(|p| p.split_once(':')) {
            let ranges = spans.get(id.trim()).cloned().unwrap_or_default();
            let words = ranges.iter().flat_map(|&(s, e)| s..e);
            match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => gold.source.extend(words),
                "Cue" => gold.cue.extend(words),
                "Content" => {
                    gold.content.extend(words);
                    gold.spans.extend(ranges);
                }
                _ => {}
            }
        }
        if !gold.content.is_empty() {
            found.push(gold);
        }
    }
    found
}

/// The end of `range` without marks.
fn bare_end(layers: &Text, range: (u32, u32)) -> u32 {
    (range.0..range.1)
        .rev()
        .find(|&t| is_word(layers, t))
        .map_or(range.0, |t| t + 1)
}

fn is_word(layers: &Text, token: u32) -> bool {
    layers.tokens[token as usize]
        .norm
        .chars()
        .any(char::is_alphanumeric)
}

/// Places before the right end say no, the right end says yes; what stands behind it is not asked.
fn end_cases(lesson: &Lesson, gold: &[Gold], layers: &Text) -> Vec<Case> {
    let (Some(cue), Some(content)) = (
        lesson.attribution.cue_tokens,
        lesson.attribution.content.last(),
    ) else {
        return Vec::new();
    };
    let start = content.0;
    let right = gold
        .iter()
        .filter(|g| g.cue.iter().any(|&t| cue.0 <= t && t < cue.1))
        .flat_map(|g| &g.spans)
        .filter(|&&(s, e)| s.abs_diff(start) <= 3 || (s <= start && start < e))
        .map(|&span| bare_end(layers, span))
        .find(|&end| end > start);
    let Some(right) = right else {
        return Vec::new();
    };
    let mut cases = Vec::new();
    for place in &lesson.ends {
        if place.features.is_empty() {
            break;
        }
        let here = bare_end(layers, (start, place.token));
        cases.push(Case {
            features: place.features.clone(),
            answer: here >= right,
        });
        if here >= right {
            break;
        }
    }
    cases
}

/// A statement is right when the gold has its source and half of its content. Of what patterns find at one cue all are asked;
/// what stands inside another statement is not, for the gold has outermost ones only.
fn trust_cases(
    found: Vec<Attribution>,
    lessons: Vec<Lesson>,
    gold: &[Gold],
    layers: &Text,
) -> Vec<Case> {
    let inner: BTreeSet<_> = found
        .iter()
        .filter(|a| a.parent.is_some())
        .map(|a| a.cue_tokens)
        .collect();
    let words = |tokens: &mut dyn Iterator<Item = u32>| -> BTreeSet<u32> {
        tokens.filter(|&t| is_word(layers, t)).collect()
    };
    let golden: Vec<BTreeSet<u32>> = gold
        .iter()
        .map(|g| words(&mut g.content.iter().copied()))
        .collect();
    let is_right = |a: &Attribution| {
        let content = words(&mut a.content.iter().flat_map(|&(s, e)| s..e));
        let best = golden
            .iter()
            .enumerate()
            .map(|(j, other)| {
                let both = content.intersection(other).count();
                (2 * both >= content.len() + other.len() - both, both, j)
            })
            .filter(|&(alike, both, _)| alike && both > 0)
            .max();
        best.is_some_and(|(_, _, j)| match (a.source, gold[j].source.is_empty()) {
            (Some((start, end)), false) => {
                let both = (start..end).filter(|t| gold[j].source.contains(t)).count();
                2 * both >= ((end - start) as usize).min(gold[j].source.len())
            }
            (_, nobody) => nobody,
        })
    };
    // A quotation that goes on behind its attribution is judged as a whole.
    let whole: HashMap<_, &Attribution> =
        found.iter().map(|a| ((a.cue_tokens, &a.rule), a)).collect();
    // The gold adds a quotation that goes on to the attribution before it: right is what is inside one of the same source.
    let is_inside = |a: &Attribution| {
        let content = words(&mut a.content.iter().flat_map(|&(s, e)| s..e));
        let source = a.source.or_else(|| found[a.source_of?].source);
        let inside = |j: usize| 2 * content.intersection(&golden[j]).count() >= content.len();
        (0..gold.len())
            .filter(|&j| inside(j))
            .any(|j| match (source, gold[j].source.is_empty()) {
                (Some((start, end)), false) => (start..end).any(|t| gold[j].source.contains(&t)),
                (_, nobody) => nobody,
            })
    };
    let beside: Vec<Case> = found
        .iter()
        .filter(|a| a.pattern.is_none() && a.parent.is_none())
        .map(|a| Case {
            features: vec![format!("beside={}", a.rule)],
            answer: is_inside(a),
        })
        .collect();
    lessons
        .into_iter()
        .filter(|lesson| !inner.contains(&lesson.attribution.cue_tokens))
        .map(|lesson| {
            let own = &lesson.attribution;
            let whole = whole.get(&(own.cue_tokens, &own.rule)).copied();
            Case {
                answer: is_right(whole.unwrap_or(own)),
                features: lesson.features,
            }
        })
        .chain(beside)
        .collect()
}

/// Logistic regression by AdaGrad, with the weights averaged over the last half of the steps.
fn learn(cases: &[Case], decay: f32) -> BTreeMap<String, f32> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in cases.iter().flat_map(|case| &case.features) {
        *counts.entry(feature).or_default() += 1;
    }
    let names: Vec<&str> = counts
        .iter()
        .filter(|&(_, &count)| count >= LEAST_COUNT)
        .map(|(&name, _)| name)
        .collect();
    let numbers: HashMap<&str, u32> = names.iter().zip(0..).map(|(&n, i)| (n, i)).collect();
    let rows: Vec<(Vec<u32>, f32)> = cases
        .iter()
        .map(|case| {
            let row = case
                .features
                .iter()
                .filter_map(|f| numbers.get(f.as_str()).copied());
            (row.collect(), f32::from(u8::from(case.answer)))
        })
        .collect();
    let mut sums = vec![0f64; names.len()];
    for seed in SEEDS {
        descend(&rows, decay, seed, &mut sums);
    }
    let share = (SEEDS.len() * (EPOCHS - EPOCHS / 2)) as f64;
    names
        .iter()
        .zip(sums)
        .map(|(&name, sum)| (name.to_owned(), (sum / share) as f32))
        .filter(|(_, weight)| weight.abs() >= 0.05)
        .collect()
}

/// Goes through the cases in an order of its own and adds the weights of the last half of the epochs to `sums`.
fn descend(rows: &[(Vec<u32>, f32)], decay: f32, mut seed: u64, sums: &mut [f64]) {
    let mut weights = vec![0f32; sums.len()];
    let mut squares = vec![1f32; sums.len()];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    for epoch in 0..EPOCHS {
        shuffle(&mut order, &mut seed);
        for &at in &order {
            let (row, answer) = &rows[at];
            let score: f32 = row.iter().map(|&i| weights[i as usize]).sum();
            let wrong = 1.0 / (1.0 + (-score).exp()) - answer;
            for &i in row {
                let i = i as usize;
                let slope = wrong + decay * weights[i] * rows.len() as f32 / 100.0;
                squares[i] += slope * slope;
                weights[i] -= RATE * slope / squares[i].sqrt();
            }
        }
        if epoch >= EPOCHS / 2 {
            for (sum, &weight) in sums.iter_mut().zip(&weights) {
                *sum += f64::from(weight);
            }
        }
    }
}

/// By how much the weights must be taken down so that they are as sure as they are right on cases that they never saw.
fn surety(weights: &BTreeMap<String, f32>, unseen: &[Case]) -> f32 {
    let scores: Vec<(f64, f64)> = unseen
        .iter()
        .map(|case| {
            let score: f32 = case.features.iter().filter_map(|f| weights.get(f)).sum();
            (f64::from(score), f64::from(u8::from(case.answer)))
        })
        .collect();
    let loss = |scale: f64| -> f64 {
        let each = scores.iter().map(|&(score, answer)| {
            let sure = 1.0 / (1.0 + (-scale * score).exp());
            let right = if answer > 0.5 { sure } else { 1.0 - sure };
            -right.max(1e-9).ln()
        });
        each.sum()
    };
    let scales = (30..=160).map(|percent| f64::from(percent) / 100.0);
    scales
        .min_by(|&a, &b| loss(a).total_cmp(&loss(b)))
        .unwrap_or(1.0) as f32
}

fn shuffle(order: &mut [usize], seed: &mut u64) {
    for at in (1..order.len()).rev() {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (*seed >> 33) as usize % (at + 1));
    }
}

/// The share of cases that the weights answer right.
fn right(cases: &[Case], weights: &BTreeMap<String, f32>) -> f64 {
    let score = |case: &Case| -> f32 { case.features.iter().filter_map(|f| weights.get(f)).sum() };
    let good = cases
        .iter()
        .filter(|case| (score(case) > 0.0) == case.answer)
        .count();
    good as f64 / cases.len().max(1) as f64
}

fn table(title: &str, weights: &BTreeMap<String, f32>) -> String {
    let mut table = format!("# {title}\nfeature\tweight\n");
    for (feature, weight) in weights {
        let _ = writeln!(table, "{feature}\t{weight:.3}"); // writing into a String cannot fail
    }
    table
}
