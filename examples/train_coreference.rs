//! Makes `models/en-coref/antecedents.tsv`: who is meant by pronouns and descriptions.
//!
//! ```text
//! cargo run --release --example train_coreference -- NEWS.jsonl.gz COREF.jsonl GAP.tsv models/en-coref
//! ```
//!
//! NEWS is a JSON line an article; COREF labels some of them, by line: each pronoun and description with the names of whom it
//! means. GAP is the development part of GAP (Webster et al. 2018). Each question is a choice among the candidates that the
//! program sees, "new" and "nobody": a conditional log-linear model. It prints what the model is worth on news that it did not
//! see, and with `--lessons FILE` it writes the questions. Same input, same bytes out.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::error::Error;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;

use sayso::analysis::coref::lesson::{self, Lesson, Meant};
use sayso::lexicon::{Lexicon, Weights};
use sayso::model::{CodePoints, Document, Mention, Meta};
use serde_json::Value;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// A labelled place of a text.
struct Label {
    span: (u32, u32),
    right: Right,
}

/// What is right of an answer.
#[derive(Clone)]
enum Right {
    /// It means one of those who are named at these places; the first word of all is a description that may introduce them.
    Places(Vec<(u32, u32)>),
    /// It introduces somebody.
    New,
    /// Nobody.
    Nobody,
    /// Anybody but those.
    NotAt(Vec<(u32, u32)>),
}

/// What an answer may be asked for.
const CLASSES: [&str; 9] = [
    "he", "they", "it", "i", "we", "you", "person", "people", "body",
];

/// An article with its labels.
struct Article {
    document: Document,
    labels: Vec<Label>,
}

/// A question with what is seen of its answers.
struct Case {
    article: usize,
    class: &'static str,
    answers: Vec<Vec<String>>,
    right: Vec<bool>,
    /// Nothing but "nobody" is right, and somebody is meant all the same.
    lost: bool,
    /// It comes from GAP.
    gap: bool,
}

/// Rarer features are left out.
const LEAST_COUNT: usize = 3;
const EPOCHS: usize = 12;
/// Orders of the questions: the weights are averaged.
const SEEDS: [u64; 2] = [20_161_108, 20_170_601];
const RATE: f32 = 0.08;
/// How strongly weights are drawn to nothing.
const DECAY: f32 = 0.015;
/// What a question of GAP counts for beside one of the news.
const GAP: f32 = 0.5;
/// Articles are held back in so many parts.
const FOLDS: usize = 5;
/// Margins are tried in quarters, from minus two.
const MARGINS: std::ops::Range<i32> = -8..9;

fn main() -> Result<()> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let lessons = option(&mut arguments, "--lessons");
    let [news, coref, gap, model] = arguments.as_slice() else {
        return Err("usage: train_coreference NEWS COREF GAP MODEL_FOLDER [--lessons FILE]".into());
    };
    let mut articles = read_labelled(Path::new(news), Path::new(coref))?;
    articles.extend(read_gap(Path::new(gap))?);
    let mut lexicon = Lexicon::builtin();
    lexicon.antecedents = Weights::default();
    // What no label answers is left to the weights: first there are none, then those of the first round.
    let first = questions(&articles, &lexicon);
    lexicon.antecedents = Weights::from_table(&table(&learn(&first.iter().collect::<Vec<_>>())));
    let cases = questions(&articles, &lexicon);
    if let Some(file) = lessons {
        std::fs::write(file, written(&cases))?;
    }
    let unseen = held_back(&cases);
    let mut weights = learn(&cases.iter().collect::<Vec<_>>());
    let mut all = Tally::default();
    for class in CLASSES {
        let scored: Vec<_> = unseen
            .iter()
            .filter(|(case, _)| case.class == class && !case.gap)
            .collect();
        let best = margins().max_by_key(|&margin| tally(&scored, margin).worth());
        let (nobody, second) = best.unwrap_or_default();
        let tally = tally(&scored, (nobody, second));
        println!("{class:7} margins {nobody:5.2} {second:5.2}: {tally}");
        weights.insert(format!("margin={class}|nobody"), nobody);
        weights.insert(format!("margin={class}|second"), second);
        all.add(&tally);
    }
    println!("all                          {all}");
    println!("{} questions, {} weights", cases.len(), weights.len());
    std::fs::write(Path::new(model).join("antecedents.tsv"), table(&weights))?;
    Ok(())
}

fn questions(articles: &[Article], lexicon: &Lexicon) -> Vec<Case> {
    let mut cases = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        ask(number, article, lexicon, &mut cases);
    }
    cases
}

/// Each question with the scores of its answers, by weights that never saw its article.
fn held_back(cases: &[Case]) -> Vec<(&Case, Vec<f32>)> {
    let mut scored = Vec::new();
    for fold in 0..FOLDS {
        let (unseen, seen): (Vec<&Case>, Vec<&Case>) =
            cases.iter().partition(|case| case.article % FOLDS == fold);
        let weights = learn(&seen);
        let score = |features: &Vec<String>| features.iter().filter_map(|f| weights.get(f)).sum();
        let scores = |case: &Case| case.answers.iter().map(score).collect();
        scored.extend(unseen.into_iter().map(|case| (case, scores(case))));
    }
    scored
}

fn margins() -> impl Iterator<Item = (f32, f32)> {
    let quarter = |steps: i32| steps as f32 / 4.0;
    MARGINS.flat_map(move |nobody| (0..6).map(move |second| (quarter(nobody), quarter(second))))
}

/// How many mean somebody, how many were resolved, how many of these rightly.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    gold: u32,
    resolved: u32,
    right: u32,
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.gold += other.gold;
        self.resolved += other.resolved;
        self.right += other.right;
    }

    fn percent(part: u32, whole: u32) -> f64 {
        100.0 * f64::from(part) / f64::from(whole.max(1))
    }

    fn f1(&self) -> f64 {
        Tally::percent(2 * self.right, self.gold + self.resolved)
    }

    /// F1, and a little more for what is rightly left open.
    fn worth(&self) -> u64 {
        (1000.0 * self.f1() + 20.0 * Tally::percent(self.right, self.resolved)) as u64
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let precision = Tally::percent(self.right, self.resolved);
        let recall = Tally::percent(self.right, self.gold);
        let f1 = self.f1();
        write!(
            out,
            "P {precision:.1} R {recall:.1} F1 {f1:.1} ({} mean somebody)",
            self.gold
        )
    }
}

/// What the answers are worth when the best must be surer than "nobody" and than the next by these margins.
fn tally(scored: &[&(&Case, Vec<f32>)], (over_nobody, over_second): (f32, f32)) -> Tally {
    let mut tally = Tally::default();
    for (case, scores) in scored {
        let describes = is_description(case.class);
        let nobody = scores.len() - 1;
        let candidates = if describes { nobody - 1 } else { nobody };
        let new = if describes {
            scores[candidates]
        } else {
            f32::MIN
        };
        let mut order: Vec<usize> = (0..candidates).collect();
        order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
        let first = order.first().map_or(f32::MIN, |&at| scores[at]);
        let second = order.get(1).map_or(f32::MIN / 2.0, |&at| scores[at]);
        let clear =
            first - second >= over_second && first - scores[nobody] >= over_nobody && first >= new;
        let chosen = match order.first() {
            Some(&best) if clear => best,
            _ if describes && new > scores[nobody].max(first) => candidates,
            _ => nobody,
        };
        tally.gold += u32::from(case.lost || !case.right[nobody]);
        tally.resolved += u32::from(chosen != nobody);
        tally.right += u32::from(chosen != nobody && case.right[chosen]);
    }
    tally
}

/// A conditional log-linear model by AdaGrad, with the weights averaged over the last half of the steps.
fn learn(cases: &[&Case]) -> BTreeMap<String, f32> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for case in cases {
        let features: BTreeSet<&str> = case.answers.iter().flatten().map(String::as_str).collect();
        for feature in features {
            *counts.entry(feature).or_default() += 1;
        }
    }
    let names: Vec<&str> = counts
        .iter()
        .filter(|&(_, &count)| count >= LEAST_COUNT)
        .map(|(&name, _)| name)
        .collect();
    let numbers: HashMap<&str, u32> = names.iter().zip(0..).map(|(&n, i)| (n, i)).collect();
    let rows: Vec<Row> = cases
        .iter()
        .map(|case| Row {
            answers: case
                .answers
                .iter()
                .map(|a| {
                    a.iter()
                        .filter_map(|f| numbers.get(f.as_str()).copied())
                        .collect()
                })
                .collect(),
            right: case.right.clone(),
            worth: if case.gap { GAP } else { 1.0 },
        })
        .collect();
    let mut sums = vec![0f64; names.len()];
    for seed in SEEDS {
        descend(&rows, seed, &mut sums);
    }
    let share = (SEEDS.len() * (EPOCHS - EPOCHS / 2)) as f64;
    names
        .iter()
        .zip(sums)
        .map(|(&name, sum)| (name.to_owned(), (sum / share) as f32))
        .filter(|(_, weight)| weight.abs() >= 0.03)
        .collect()
}

/// A question in numbers.
struct Row {
    answers: Vec<Vec<u32>>,
    right: Vec<bool>,
    worth: f32,
}

/// Goes through the questions in an order of its own and adds the weights of the last half of the epochs to `sums`.
fn descend(rows: &[Row], mut seed: u64, sums: &mut [f64]) {
    let mut weights = vec![0f32; sums.len()];
    let mut squares = vec![1f32; sums.len()];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    for epoch in 0..EPOCHS {
        shuffle(&mut order, &mut seed);
        for &at in &order {
            let row = &rows[at];
            let scores: Vec<f32> = row
                .answers
                .iter()
                .map(|answer| answer.iter().map(|&i| weights[i as usize]).sum())
                .collect();
            let most = scores.iter().copied().fold(f32::MIN, f32::max);
            let odds: Vec<f32> = scores.iter().map(|score| (score - most).exp()).collect();
            let all: f32 = odds.iter().sum();
            let right: f32 = odds
                .iter()
                .zip(&row.right)
                .filter(|(_, r)| **r)
                .map(|(o, _)| o)
                .sum();
            for (answer, (odds, is_right)) in row.answers.iter().zip(odds.iter().zip(&row.right)) {
                let wanted = if *is_right {
                    odds / right.max(1e-12)
                } else {
                    0.0
                };
                let wrong = (odds / all - wanted) * row.worth;
                if wrong.abs() < 1e-4 {
                    continue;
                }
                for &i in answer {
                    let i = i as usize;
                    let slope = wrong + DECAY * weights[i];
                    squares[i] += slope * slope;
                    weights[i] -= RATE * slope / squares[i].sqrt();
                }
            }
        }
        if epoch >= EPOCHS / 2 {
            for (sum, &weight) in sums.iter_mut().zip(&weights) {
                *sum += f64::from(weight);
            }
        }
    }
}

fn shuffle(order: &mut [usize], seed: &mut u64) {
    for at in (1..order.len()).rev() {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (*seed >> 33) as usize % (at + 1));
    }
}

fn table(weights: &BTreeMap<String, f32>) -> String {
    let title = "Who is meant by pronouns and descriptions: weight per feature.";
    let mut table =
        format!("# {title} Made by examples/train_coreference.rs; README.md.\nfeature\tweight\n");
    for (feature, weight) in weights {
        let _ = writeln!(table, "{feature}\t{weight:.3}"); // writing into a String cannot fail
    }
    table
}

/// Takes the value of `name` out of the arguments.
fn option(arguments: &mut Vec<String>, name: &str) -> Option<String> {
    let at = arguments.iter().position(|argument| argument == name)?;
    arguments.remove(at);
    (at < arguments.len()).then(|| arguments.remove(at))
}

/// The labelled articles.
fn read_labelled(news: &Path, coref: &Path) -> Result<Vec<Article>> {
    let mut labelled: BTreeMap<usize, Value> = BTreeMap::new();
    for line in std::fs::read_to_string(coref)?.lines() {
        let row: Value = serde_json::from_str(line)?;
        let at = row["doc"].as_u64().ok_or("a row without `doc`")?;
        labelled.insert(at as usize, row);
    }
    let packed = flate2::read::MultiGzDecoder::new(std::fs::File::open(news)?);
    let mut articles = Vec::new();
    for (at, line) in BufReader::new(packed).lines().enumerate() {
        let line = line?;
        let Some(row) = labelled.get(&at) else {
            continue;
        };
        let article: Value = serde_json::from_str(&line)?;
        let text = article["text"]
            .as_str()
            .ok_or("an article without `text`")?;
        let items = row["items"].as_array().ok_or("a row without `items`")?;
        let points = CodePoints::new(text);
        let labels = items.iter().filter_map(|item| label(item, text, &points));
        articles.push(Article {
            labels: labels.collect(),
            document: Document::new(format!("{at:05}.txt"), text, Meta::default()),
        });
    }
    Ok(articles)
}

fn label(item: &Value, text: &str, points: &CodePoints<'_>) -> Option<Label> {
    let offset = |key: &str| Some(points.byte(item[key].as_u64()? as u32));
    let span = (offset("start")?, offset("end")?);
    if item["open"].as_bool() == Some(true) {
        return None;
    }
    let names: Vec<&str> = item["is"]
        .as_array()?
        .iter()
        .filter_map(Value::as_str)
        .collect();
    let own = &text[span.0 as usize..span.1 as usize];
    // A label may name in full whom the article only calls by the last word of the name.
    let all_places = |name: &&str| {
        let whole = places_of(text, name);
        match name.rsplit_once(' ') {
            Some((_, last)) if whole.is_empty() => places_of(text, last),
            _ => whole,
        }
    };
    let places: Vec<(u32, u32)> = names
        .iter()
        .flat_map(all_places)
        .filter(|&place| place != span)
        .collect();
    let right = match names.as_slice() {
        [] => Right::Nobody,
        [only] if *only == own && places.iter().all(|&place| place.0 > span.0) => Right::New,
        _ => Right::Places(places),
    };
    Some(Label { span, right })
}

/// Where `name` stands as words of its own.
fn places_of(text: &str, name: &str) -> Vec<(u32, u32)> {
    text.match_indices(name)
        .filter(|(at, _)| {
            let word = |c: char| c.is_alphanumeric() || c == '_';
            !text[..*at].ends_with(word) && !text[at + name.len()..].starts_with(word)
        })
        .map(|(at, _)| (at as u32, (at + name.len()) as u32))
        .collect()
}

/// The articles of GAP: one pronoun and two names each.
fn read_gap(gap: &Path) -> Result<Vec<Article>> {
    let table = std::fs::read_to_string(gap)?;
    let mut articles = Vec::new();
    for line in table.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [
            id,
            text,
            pronoun,
            at,
            a,
            a_at,
            a_right,
            b,
            b_at,
            b_right,
            ..,
        ] = cells.as_slice()
        else {
            continue;
        };
        let points = CodePoints::new(text);
        let span = |words: &str, at: &str| -> Result<(u32, u32)> {
            let start = points.byte(at.parse()?);
            Ok((start, start + words.len() as u32))
        };
        let names = [(span(a, a_at)?, *a_right), (span(b, b_at)?, *b_right)];
        let all = names.iter().map(|name| name.0);
        let right: Vec<(u32, u32)> = names
            .iter()
            .filter(|name| name.1.eq_ignore_ascii_case("true"))
            .map(|name| name.0)
            .collect();
        let right = if right.is_empty() {
            Right::NotAt(all.collect())
        } else {
            Right::Places(right)
        };
        let span = span(pronoun, at)?;
        articles.push(Article {
            labels: vec![Label { span, right }],
            document: Document::new(*id, *text, Meta::default()),
        });
    }
    Ok(articles)
}

/// Goes through an article with the right answers, and notes every question that they answer.
fn ask(number: usize, article: &Article, lexicon: &Lexicon, cases: &mut Vec<Case>) {
    let mentions = std::cell::RefCell::new(Vec::new());
    let mut ready = |found: &[Mention]| *mentions.borrow_mut() = found.to_vec();
    let gap = article.labels.len() == 1;
    let mut guide = |lesson: Lesson| -> Option<usize> {
        let mentions = mentions.borrow();
        let span = mentions[lesson.mention].span;
        let label = article.labels.iter().find(|label| {
            let pronoun = label.span == (span.start(), span.end());
            pronoun || (span.end() == label.span.1 && is_description(lesson.class))
        })?;
        let at = |places: &[(u32, u32)], lenient: bool| -> BTreeSet<usize> {
            let over = |m: &Mention| {
                places.iter().any(|&(start, end)| {
                    m.span.start() < end
                        && start < m.span.end()
                        && (lenient || m.span.start() == start || m.span.end() == end)
                })
            };
            let all = mentions
                .iter()
                .enumerate()
                .filter(|(i, m)| *i != lesson.mention && over(m));
            all.map(|(i, _)| i).collect()
        };
        let nobody = lesson.answers.len() - 1;
        let shares = |meant: &Meant, set: &BTreeSet<usize>| match meant {
            Meant::Mentions(those) => those.iter().any(|m| set.contains(m)),
            _ => false,
        };
        let mut right: Vec<bool> = match &label.right {
            Right::Places(places) => {
                let set = at(places, gap);
                lesson
                    .answers
                    .iter()
                    .map(|a| shares(&a.meant, &set))
                    .collect()
            }
            Right::NotAt(places) => {
                let set = at(places, true);
                lesson
                    .answers
                    .iter()
                    .map(|a| !shares(&a.meant, &set))
                    .collect()
            }
            Right::New => lesson
                .answers
                .iter()
                .map(|a| a.meant == Meant::New)
                .collect(),
            Right::Nobody => lesson
                .answers
                .iter()
                .map(|a| a.meant == Meant::Nobody)
                .collect(),
        };
        let lost = !right.contains(&true);
        if lost {
            if is_always_somebody(lesson.class) {
                return None;
            }
            right[nobody] = true;
        }
        let answer = right.iter().position(|&right| right);
        cases.push(Case {
            article: number,
            class: lesson.class,
            right,
            lost,
            gap,
            answers: lesson.answers.into_iter().map(|a| a.features).collect(),
        });
        answer
    };
    lesson::read(&article.document, lexicon, &mut ready, &mut guide);
}

/// "he" and "I" always mean somebody: one who is not among the answers teaches nothing.
fn is_always_somebody(class: &str) -> bool {
    matches!(class, "he" | "i")
}

fn is_description(class: &str) -> bool {
    matches!(class, "person" | "people" | "body")
}

/// The questions as JSON lines.
fn written(cases: &[Case]) -> String {
    let mut lines = String::new();
    for case in cases {
        let row = serde_json::json!({
            "article": case.article, "class": case.class, "right": case.right, "lost": case.lost,
            "counts": true, "answers": case.answers,
        });
        let _ = writeln!(lines, "{row}"); // writing into a String cannot fail
    }
    lines
}
