//! The layers of ARCHITECTURE.md: who may know whom, who alone names what.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Which modules of the crate each one may name.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &["model"]),
    ("lexicon", &["model", "text"]),
    ("analysis", &["model", "text", "lexicon"]),
    ("ingest", &["model", "text"]),
    ("store", &["model"]),
    ("graph", &["model"]),
    ("export", &["model", "graph"]),
    ("rehearse", &["model", "text", "lexicon", "analysis"]),
    (
        "pipeline",
        &[
            "model", "text", "lexicon", "analysis", "ingest", "store", "graph", "export",
        ],
    ),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The files under src by module, without comments and tests.
fn modules() -> BTreeMap<String, Vec<(PathBuf, String)>> {
    let root = Path::new(ROOT).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut modules: BTreeMap<String, Vec<(PathBuf, String)>> = BTreeMap::new();
    for file in files {
        let text = std::fs::read_to_string(&file).expect("it can be read");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: Vec<&str> = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        let inside = file.strip_prefix(&root).expect("it is inside");
        let first = inside.components().next().expect("a name").as_os_str();
        let module = first.to_string_lossy().trim_end_matches(".rs").to_owned();
        modules
            .entry(module)
            .or_default()
            .push((file.clone(), code.join("\n")));
    }
    modules
}

#[test]
fn no_module_names_one_above_it() {
    let modules = modules();
    let known: Vec<&str> = MAY_NAME
        .iter()
        .map(|(name, _)| *name)
        .chain(["cli"])
        .collect();
    for (module, may_name) in MAY_NAME {
        let files = modules
            .get(*module)
            .unwrap_or_else(|| panic!("no module {module}"));
        for (file, code) in files {
            for other in known
                .iter()
                .filter(|other| **other != *module && !may_name.contains(other))
            {
                let named = format!("crate::{other}");
                assert!(!code.contains(&named), "{} names {other}", file.display());
            }
        }
    }
}

#[test]
fn one_module_alone_knows_each_outside_thing() {
    for (word, owner) in [
        ("rusqlite", "store"),
        ("petgraph", "graph"),
        ("clap", "cli"),
    ] {
        for (module, files) in modules() {
            for (file, code) in files {
                assert!(
                    module == owner || !code.contains(word),
                    "{} names {word}",
                    file.display()
                );
            }
        }
    }
    for (file, code) in modules().remove("analysis").expect("it is there") {
        for word in [
            "std::fs",
            "std::time",
            "std::env",
            "rand::",
            "HashMap::new",
            "RandomState",
        ] {
            assert!(!code.contains(word), "{} names {word}", file.display());
        }
    }
}

#[test]
fn one_file_prints_and_one_file_writes_files() {
    for (owner, words) in [
        (
            "src/cli/terminal.rs",
            &[
                "print!(",
                "println!(",
                "dbg!(",
                "stdout()",
                "stderr()",
                "ProgressDrawTarget",
                ".print()",
            ][..],
        ),
        (
            "src/cli/output.rs",
            &["File::create", "fs::write", "OpenOptions", "fs::rename"],
        ),
    ] {
        for (module, files) in modules() {
            for (file, code) in files {
                // The cache of compiled lists is the lexicon's own, the lock beside a database the store's.
                let is_owner = file.ends_with(owner)
                    || owner.contains("output")
                        && (module == "lexicon" || file.ends_with("src/store/lock.rs"));
                for word in words {
                    assert!(
                        is_owner || !code.contains(word),
                        "{} has {word}",
                        file.display()
                    );
                }
            }
        }
    }
}

#[test]
fn analysis_and_text_hold_no_words_of_a_language() {
    // The commonest cues: whoever types one into Rust should put it into cues.tsv.
    let cues = [
        "said",
        "says",
        "told",
        "denied",
        "claims",
        "according",
        "accused",
        "warned",
        "announced",
    ];
    for module in ["analysis", "text"] {
        for (file, code) in modules().remove(module).expect("it is there") {
            for cue in cues {
                assert!(
                    !code.contains(&format!("\"{cue}\"")),
                    "{} holds the cue {cue}",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn every_module_opens_with_what_it_is_and_files_stay_readable() {
    for files in modules().into_values() {
        for (file, _) in files {
            let text = std::fs::read_to_string(&file).expect("it can be read");
            assert!(
                text.starts_with("//!"),
                "{} does not say what it is",
                file.display()
            );
            let lines = text.lines().count();
            assert!(
                lines <= 600,
                "{} has {lines} lines: look for the second noun",
                file.display()
            );
        }
    }
    let page =
        std::fs::read_to_string(Path::new(ROOT).join("ARCHITECTURE.md")).expect("it is there");
    assert!(
        page.lines().count() <= 150,
        "ARCHITECTURE.md is longer than a page of 150 lines"
    );
}

#[test]
fn no_text_is_cut_by_counting_bytes() {
    // A text is cut where something was found in it; a byte counted wrong cuts a character and ends the article.
    // Of these names none is a text: they are lists, and bytes.
    let lists = [
        "bytes",
        "units",
        "tokens",
        "words",
        "speech",
        "segments",
        "pieces",
        "window",
        "pool",
        "slots",
        "lines",
        "head",
        "group",
        "block",
        "sums",
        "paragraphs",
    ];
    let marked = "behind an ASCII mark that was found there";
    let exempt = [
        (
            "lexicon/table.rs",
            "text",
            "cells end at an ASCII byte, and every start reads 40,000",
        ),
        ("ingest/export/factiva.rs", "rest", "lines"),
        ("ingest/export/lexis.rs", "rest", "lines"),
        ("ingest/html.rs", "page", marked),
        ("ingest/subtitles.rs", "rest", marked),
        ("ingest/page/blocks.rs", "rest", marked),
        ("ingest/page/json_ld.rs", "rest", marked),
        ("ingest/page/stated.rs", "rest", marked),
        ("ingest/container/warc.rs", "rest", marked),
    ];
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for (file, code) in modules().into_values().flatten() {
        for line in code.lines() {
            for (at, _) in line.match_indices('[') {
                let (before, inside) = line.split_at(at);
                let range = inside.split(']').next().unwrap_or_default();
                let is_counted = range.contains("..") && range.contains(['+', '-']);
                let name = before.rsplit(|c| !is_name(c)).next().unwrap_or_default();
                let is_list = lists.contains(&name) || before.ends_with("self.0");
                let is_exempt = exempt
                    .iter()
                    .any(|(end, what, _)| file.ends_with(end) && *what == name);
                if is_counted && !name.is_empty() && !is_list && !is_exempt {
                    found.push(format!("{}: {}", file.display(), line.trim()));
                }
            }
        }
    }
    assert_eq!(
        found, [""; 0],
        "cut with split_once, strip_prefix, find and the like"
    );
}
