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
        ("println!", "cli"),
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
