//! Whoever is listed is found as source and target, whatever the sentence looks like.

use std::collections::HashSet;
use std::path::Path;

use sayso::model::{Document, Meta};
use sayso::{Lexicon, analyze};

/// Sentences in which somebody says something.
const SAYS: [&str; 8] = [
    "{} said the road was shut.",
    "“The road is shut,” said {}, who runs the harbour.",
    "The road was shut, {} said on Monday.",
    "{}, who arrived on Monday, said the road was shut.",
    "{} told reporters that the road was shut.",
    "{} says road was shut\n\nThe road was shut on Monday. It rained.",
    "According to {}, the road was shut.",
    "On Monday {} denied that the road was shut.",
];
/// A sentence in which somebody is accused.
const ACCUSED: &str = "Zora Quill accused {} of lying about the road.";

/// Ids and names of a shipped list; names that several bear are left out.
fn listed(list: &str) -> Vec<(String, String)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("gazetteers")
        .join(list);
    let text = std::fs::read_to_string(path).expect("the list is there");
    let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    let pairs: Vec<(String, String)> = rows
        .filter_map(|row| {
            let mut cells = row.split('\t');
            Some((cells.next()?.to_owned(), cells.next()?.to_owned()))
        })
        .collect();
    // "democratic-party-kenya" has a name that needs its country beside it.
    let mut seen = HashSet::new();
    let mut twice = HashSet::new();
    for (_, name) in &pairs {
        if !seen.insert(name.to_lowercase()) {
            twice.insert(name.to_lowercase());
        }
    }
    let alone = pairs
        .into_iter()
        .filter(|(_, name)| !twice.contains(&name.to_lowercase()));
    alone.collect()
}

/// The share of entries, every `step`th of the list, that are found in all frames.
fn found(list: &str, step: usize) -> f64 {
    let lexicon = Lexicon::builtin();
    let (mut right, mut all) = (0u32, 0u32);
    for (id, name) in listed(list).iter().step_by(step) {
        for frame in SAYS.iter().chain([&ACCUSED]) {
            let document = Document::new("a.txt", frame.replace("{}", name), Meta::default());
            let analysis = analyze(&document, &lexicon);
            let is = |entity: usize| analysis.entities[entity].id == *id;
            let mut statements = analysis.statements.iter();
            all += 1;
            right += u32::from(match *frame == ACCUSED {
                true => statements.any(|s| s.targets.iter().any(|target| is(target.entity))),
                false => statements.any(|s| {
                    let source = s.source.as_ref().and_then(|source| source.entity);
                    source.is_some_and(is)
                }),
            });
        }
    }
    100.0 * f64::from(right) / f64::from(all)
}

#[test]
fn listed_people_speak_and_are_accused_in_every_frame() {
    let share = found("people.tsv", 20);
    assert!(share >= 99.5, "{share:.2} %");
}

#[test]
fn listed_bodies_speak_and_are_accused_in_every_frame() {
    let share = found("organizations.tsv", 40);
    assert!(share >= 97.0, "{share:.2} %");
}
