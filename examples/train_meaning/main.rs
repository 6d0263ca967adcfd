//! Makes `models/en-meaning/judgements.tsv` and `candidates.tsv`: what statements mean, and whom they mean.
//!
//! ```text
//! cargo run --release --example train_meaning -- EVAL models/en-meaning
//! ```
//!
//! EVAL is the folder of evaluation data: `labels/train.jsonl` with the articles it comes from (`plain/news10k.jsonl.gz`,
//! `polnear/train/text`), and the gold of `news40/read` and `seeds`. First the judgements are learned, on four fifths of the
//! articles each time, so that every statement is judged by what never saw its article; with these guesses as features the
//! choice of candidates is. Both are log-linear. What is printed was measured on articles that were held back. Same input,
//! same bytes out.

mod articles;
mod learn;

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;

use articles::{Article, Right};
use learn::{Case, Head, Model};
use sayso::analysis::meaning::lesson::{self, Pupil};
use sayso::lexicon::choices::{
    ABOUT, ACTS, ADDRESSEE, ANSWERS, COUNT, STANCES, STANDINGS, Sums, TARGET, VALID, best,
};
use sayso::lexicon::{Choices, Features, Lexicon, Sink};
use sayso::model::{Act, Polarity, Standing};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Parts of the articles that are held back in turn.
const FOLDS: usize = 5;

/// Features by number.
#[derive(Default)]
struct Names {
    numbers: HashMap<u64, u32>,
    names: Vec<String>,
}

impl Names {
    /// The numbers of the features that `describe` tells.
    fn of(&mut self, describe: &dyn Fn(Sink<'_>)) -> Vec<u32> {
        let mut features = Features::default();
        describe(&mut features);
        if features
            .keys()
            .iter()
            .any(|key| !self.numbers.contains_key(key))
        {
            let mut named = Features::named();
            describe(&mut named);
            for (&key, name) in features.keys().iter().zip(named.into_names()) {
                let next = self.names.len() as u32;
                if *self.numbers.entry(key).or_insert(next) == next {
                    self.names.push(name);
                }
            }
        }
        features
            .keys()
            .iter()
            .map(|key| self.numbers[key])
            .collect()
    }
}

/// Writes down the features of the statements whose right answers are known.
struct Notes<'a> {
    names: [Names; 2],
    /// For each statement of the article: its right answers.
    right: &'a [Option<Right>],
    /// What is known of the statements so far, by (article, statement).
    sums: &'a HashMap<(usize, usize), Sums>,
    article: usize,
    statements: Vec<Noted>,
    candidates: Vec<Noted>,
}

/// A case with where it stands.
struct Noted {
    article: usize,
    statement: usize,
    entity: usize,
    row: Vec<u32>,
}

impl Pupil for Notes<'_> {
    fn statement(&mut self, index: usize, describe: &dyn Fn(Sink<'_>)) -> Sums {
        if self.right[index].is_some() && self.sums.is_empty() {
            let row = self.names[0].of(describe);
            self.statements.push(Noted {
                article: self.article,
                statement: index,
                entity: 0,
                row,
            });
        }
        let known = self.sums.get(&(self.article, index));
        known.copied().unwrap_or([0; COUNT])
    }

    fn candidate(&mut self, index: usize, entity: usize, describe: &dyn Fn(Sink<'_>)) {
        let valid = self.right[index].as_ref().is_some_and(|r| r.valid);
        if valid && !self.sums.is_empty() {
            let row = self.names[1].of(describe);
            self.candidates.push(Noted {
                article: self.article,
                statement: index,
                entity,
                row,
            });
        }
    }
}

/// Reads all articles once.
fn note<'a>(
    articles: &'a [Article],
    lexicon: &Lexicon,
    sums: &'a HashMap<(usize, usize), Sums>,
) -> (Vec<Noted>, Vec<Noted>, [Names; 2]) {
    let (mut statements, mut candidates) = (Vec::new(), Vec::new());
    let mut names = [Names::default(), Names::default()];
    for (at, article) in articles.iter().enumerate() {
        let mut notes = Notes {
            names,
            right: &article.right,
            sums,
            article: at,
            statements,
            candidates,
        };
        lesson::read(
            &article.document,
            &article.layers,
            lexicon,
            &article.attributions,
            &article.coreference,
            &mut notes,
        );
        Notes {
            names,
            statements,
            candidates,
            ..
        } = notes;
    }
    (statements, candidates, names)
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [eval, model] = arguments.as_slice() else {
        return Err("usage: train_meaning EVAL MODEL_FOLDER".into());
    };
    let mut lexicon = Lexicon::builtin();
    lexicon.judgements = Choices::default();
    lexicon.candidates = Choices::default();
    let articles = articles::read(Path::new(eval), &lexicon)?;
    let labelled: usize = articles
        .iter()
        .map(|a| a.right.iter().flatten().count())
        .sum();
    println!("{} articles, {labelled} statements", articles.len());

    let nothing = HashMap::new();
    let (statements, _, [names, _]) = note(&articles, &lexicon, &nothing);
    let right = |n: &Noted| {
        articles[n.article].right[n.statement]
            .as_ref()
            .expect("noted")
    };
    let cases: Vec<Case> = statements
        .iter()
        .map(|noted| judgement_case(right(noted), noted))
        .collect();
    let heads = [
        Head {
            first: ACTS,
            count: Act::ALL.len(),
        },
        Head {
            first: STANCES,
            count: Polarity::ALL.len(),
        },
        Head {
            first: STANDINGS,
            count: Standing::ALL.len(),
        },
        Head {
            first: VALID,
            count: 1,
        },
        Head {
            first: TARGET,
            count: 1,
        },
        Head {
            first: ADDRESSEE,
            count: 1,
        },
    ];
    println!(
        "judgements: {} cases, {} features",
        cases.len(),
        names.names.len()
    );
    let sums: HashMap<(usize, usize), Sums> =
        across(&cases, &heads, names.names.len(), &learn::JUDGEMENTS)
            .into_iter()
            .zip(&statements)
            .map(|(sums, noted)| ((noted.article, noted.statement), sums))
            .collect();
    report_judgements(&articles, &sums);

    let (_, candidates, [_, candidate_names]) = note(&articles, &lexicon, &sums);
    let candidate_cases: Vec<Case> = candidates
        .iter()
        .map(|noted| candidate_case(right(noted), noted))
        .collect();
    let candidate_heads = [
        Head {
            first: TARGET,
            count: 1,
        },
        Head {
            first: ADDRESSEE,
            count: 1,
        },
        Head {
            first: ABOUT,
            count: 1,
        },
    ];
    println!(
        "candidates: {} cases, {} features",
        candidate_cases.len(),
        candidate_names.names.len()
    );
    let chosen = across(
        &candidate_cases,
        &candidate_heads,
        candidate_names.names.len(),
        &learn::CANDIDATES,
    );
    report_candidates(&articles, &sums, &candidates, &chosen);

    if model != "-" {
        let model = Path::new(model);
        let table =
            |title: &str, cases: &[Case], heads: &[Head], names: &Names, how: &learn::How| {
                let all: Vec<&Case> = cases.iter().collect();
                let learned = Model::learn(&all, heads, names.names.len(), how);
                self::table(title, &learned, &names.names, how.smallest)
            };
        std::fs::write(
            model.join("judgements.tsv"),
            table(
                "What statements mean: what each feature speaks for, in 24ths of a log-odd. Made by examples/train_meaning; README.md.",
                &cases,
                &heads,
                &names,
                &learn::JUDGEMENTS,
            ),
        )?;
        std::fs::write(
            model.join("candidates.tsv"),
            table(
                "Whom statements mean: what each feature speaks for, in 24ths of a log-odd. Made by examples/train_meaning; README.md.",
                &candidate_cases,
                &candidate_heads,
                &candidate_names,
                &learn::CANDIDATES,
            ),
        )?;
    }
    Ok(())
}

fn judgement_case(right: &Right, noted: &Noted) -> Case {
    let mut answers = vec![(VALID, usize::from(right.valid))];
    if right.valid {
        if let Some(act) = right.act {
            answers.push((ACTS, act as usize));
        }
        answers.push((STANCES, right.stance as usize));
        if let Some(standing) = right.standing {
            answers.push((STANDINGS, standing as usize));
        }
        answers.push((TARGET, usize::from(right.aims)));
        answers.push((ADDRESSEE, usize::from(right.addresses)));
    }
    Case {
        row: noted.row.clone(),
        answers,
        fold: noted.article % FOLDS,
    }
}

fn candidate_case(right: &Right, noted: &Noted) -> Case {
    let mut answers = vec![
        (TARGET, usize::from(right.targets.contains(&noted.entity))),
        (
            ADDRESSEE,
            usize::from(right.addressees.contains(&noted.entity)),
        ),
    ];
    if let Some(about) = &right.about {
        answers.push((ABOUT, usize::from(about.contains(&noted.entity))));
    }
    Case {
        row: noted.row.clone(),
        answers,
        fold: noted.article % FOLDS,
    }
}

/// What a model that never saw its article says of each case.
fn across(cases: &[Case], heads: &[Head], features: usize, how: &learn::How) -> Vec<Sums> {
    let mut said = vec![[0; COUNT]; cases.len()];
    for fold in 0..FOLDS {
        let others: Vec<&Case> = cases.iter().filter(|c| c.fold != fold).collect();
        let model = Model::learn(&others, heads, features, how);
        for (case, sums) in cases.iter().zip(&mut said).filter(|(c, _)| c.fold == fold) {
            *sums = model.sums(&case.row);
        }
    }
    said
}

fn share(right: usize, all: usize) -> f64 {
    100.0 * right as f64 / all.max(1) as f64
}

fn report_judgements(articles: &[Article], sums: &HashMap<(usize, usize), Sums>) {
    let mut act = (0, 0, 0);
    let (mut stance, mut stance_ruled, mut standing, mut all) = (0, 0, (0, 0), 0);
    let mut invalid: Vec<(i32, bool)> = Vec::new();
    let mut aims: Vec<(i32, bool)> = Vec::new();
    let mut confused: HashMap<(Act, Act), usize> = HashMap::new();
    for (a, article) in articles.iter().enumerate() {
        for (s, right) in article.right.iter().enumerate() {
            let (Some(right), Some(sums)) = (right, sums.get(&(a, s))) else {
                continue;
            };
            invalid.push((sums[VALID], right.valid));
            if !right.valid {
                continue;
            }
            all += 1;
            aims.push((sums[TARGET], right.aims));
            let ruled = &article.ruled[s];
            if let Some(gold) = right.act {
                let guess = Act::ALL[best(sums, ACTS, Act::ALL.len()).0];
                act.0 += usize::from(guess == gold);
                act.1 += usize::from(ruled.act == gold);
                act.2 += 1;
                if guess != gold {
                    *confused.entry((gold, guess)).or_default() += 1;
                }
            }
            let guess = Polarity::ALL[best(sums, STANCES, 3).0];
            stance += usize::from(guess == right.stance);
            stance_ruled += usize::from(ruled.polarity == right.stance);
            if let Some(gold) = right.standing {
                standing.1 += 1;
                standing.0 += usize::from(Standing::ALL[best(sums, STANDINGS, 3).0] == gold);
            }
        }
    }
    println!(
        "act {:.1} % (rules {:.1} %)",
        share(act.0, act.2),
        share(act.1, act.2)
    );
    println!(
        "stance {:.1} % (rules {:.1} %), standing {:.1} %",
        share(stance, all),
        share(stance_ruled, all),
        share(standing.0, standing.1)
    );
    invalid.sort_unstable();
    let no = invalid.iter().filter(|(_, valid)| !valid).count();
    for part in [0.3, 0.4, 0.5, 0.6] {
        let mut dropped = (0, 0);
        let mut at = 0;
        for (sum, valid) in &invalid {
            if dropped.0 as f64 >= part * no as f64 {
                break;
            }
            at = *sum;
            if *valid {
                dropped.1 += 1
            } else {
                dropped.0 += 1
            }
        }
        println!(
            "valid: to drop {:.0} % of no statements, {:.2} % of the others go, at {}",
            share(dropped.0, no),
            share(dropped.1, invalid.len() - no),
            at
        );
    }
    let right = aims
        .iter()
        .filter(|(sum, aims)| (*sum > 0) == *aims)
        .count();
    println!("aims at all {:.1} %", share(right, aims.len()));
    let mut worst: Vec<_> = confused.into_iter().collect();
    worst.sort_by_key(|&((a, b), n)| (std::cmp::Reverse(n), a, b));
    let worst: Vec<String> = worst
        .iter()
        .take(14)
        .map(|((a, b), n)| format!("{a}→{b} {n}"))
        .collect();
    println!("most confused: {}", worst.join(", "));
}

/// The sums of a candidate as target, addressee and spoken of, and which it is.
type Judged = (i32, i32, i32, usize);

fn report_candidates(
    articles: &[Article],
    sums: &HashMap<(usize, usize), Sums>,
    candidates: &[Noted],
    chosen: &[Sums],
) {
    let mut by_statement: HashMap<(usize, usize), Vec<Judged>> = HashMap::new();
    for (noted, sums) in candidates.iter().zip(chosen) {
        let of = by_statement
            .entry((noted.article, noted.statement))
            .or_default();
        of.push((sums[TARGET], sums[ADDRESSEE], sums[ABOUT], noted.entity));
    }
    let (mut gold, mut reached, mut known, mut statements) = (0, 0, 0, 0);
    for (a, article) in articles.iter().enumerate() {
        for (s, right) in article.right.iter().enumerate() {
            let Some(right) = right.as_ref().filter(|r| r.valid) else {
                continue;
            };
            statements += 1;
            let none = Vec::new();
            let of = by_statement.get(&(a, s)).unwrap_or(&none);
            gold += right.target_groups.len();
            known += right.target_groups.iter().filter(|g| !g.is_empty()).count();
            reached += right
                .target_groups
                .iter()
                .filter(|g| g.iter().any(|e| of.iter().any(|c| c.3 == *e)))
                .count();
        }
    }
    println!(
        "targets: {gold} of {statements} statements, {:.1} % known in the article, {:.1} % among the candidates; {:.1} candidates a statement",
        share(known, gold),
        share(reached, gold),
        candidates.len() as f64 / statements.max(1) as f64
    );
    for threshold in [-36, -30, -24, -18, -12, -6, 0, 6, 12] {
        let mut t = [0usize; 3];
        let mut e = [0usize; 3];
        for (a, article) in articles.iter().enumerate() {
            for (s, right) in article.right.iter().enumerate() {
                let Some(right) = right.as_ref().filter(|r| r.valid) else {
                    continue;
                };
                t[1] += right.target_groups.len();
                e[1] += usize::from(!right.target_groups.is_empty());
                let Some(of) = by_statement.get(&(a, s)) else {
                    continue;
                };
                let Some(best_of) = of
                    .iter()
                    .max_by_key(|c| (c.0, std::cmp::Reverse(c.3)))
                    .filter(|c| c.0 >= threshold)
                else {
                    continue;
                };
                t[2] += 1;
                e[2] += 1;
                let hit = right.targets.contains(&best_of.3);
                t[0] += usize::from(hit);
                e[0] += usize::from(hit && aimed_stance(&sums[&(a, s)]) == right.stance);
            }
        }
        let line = |n: [usize; 3]| {
            let (p, r) = (share(n[0], n[2]), share(n[0], n[1]));
            format!(
                "P {p:.1} R {r:.1} F1 {:.1}",
                2.0 * p * r / (p + r).max(0.01)
            )
        };
        println!("at {threshold:>4}: targets {}; edges {}", line(t), line(e));
    }
    for (name, of) in [("addressee", 1), ("about", 2)] {
        for threshold in [-18, -12, -6, 0, 6] {
            let mut n = [0usize; 3];
            for (a, article) in articles.iter().enumerate() {
                for (s, right) in article.right.iter().enumerate() {
                    let Some(right) = right.as_ref().filter(|r| r.valid) else {
                        continue;
                    };
                    let Some(gold) = (if of == 1 {
                        Some(&right.addressees)
                    } else {
                        right.about.as_ref()
                    }) else {
                        continue;
                    };
                    n[1] += if of == 1 {
                        usize::from(right.addresses)
                    } else {
                        gold.len()
                    };
                    for c in by_statement.get(&(a, s)).into_iter().flatten() {
                        let sum = if of == 1 { c.1 } else { c.2 };
                        if sum >= threshold {
                            n[2] += 1;
                            n[0] += usize::from(gold.contains(&c.3));
                        }
                    }
                }
            }
            let (p, r) = (share(n[0], n[2]), share(n[0], n[1]));
            println!(
                "{name} at {threshold:>4}: P {p:.1} R {r:.1} F1 {:.1}",
                2.0 * p * r / (p + r).max(0.01)
            );
        }
    }
}

/// The stance towards somebody, as the program takes it.
fn aimed_stance(sums: &Sums) -> Polarity {
    let mut sums = *sums;
    sums[STANCES + Polarity::Neutral as usize] -= 48;
    Polarity::ALL[best(&sums, STANCES, Polarity::ALL.len()).0]
}

fn table(title: &str, model: &Model, names: &[String], smallest: u8) -> String {
    let mut lines: Vec<String> = Vec::new();
    for (at, name) in names.iter().enumerate() {
        let mut line = String::new();
        for (answer, weight) in model.row(at) {
            let _ = write!(line, " {}={weight}", ANSWERS[answer]); // writing into a String cannot fail
        }
        if model
            .row(at)
            .any(|(_, weight)| weight.unsigned_abs() >= smallest)
        {
            lines.push(format!("{name}\t{}", line.trim_start()));
        }
    }
    lines.sort_unstable();
    println!(
        "{}: {} rows",
        title.split(':').next().unwrap_or_default(),
        lines.len()
    );
    format!("# {title}\nfeature\tweights\n{}\n", lines.join("\n"))
}
