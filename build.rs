//! Compiles the shipped people, organizations, places and offices, so that the program opens them without parsing.
//!
//! The compiler is the program's own: its modules stand here under the same names.

#![allow(dead_code, unused_imports, missing_docs)]

use std::borrow::Cow;
use std::path::Path;
use std::process::ExitCode;

#[path = "src/model/mod.rs"]
mod model;

#[path = "src/lexicon"]
mod lexicon {
    pub mod automata;
    pub mod choices;
    mod fault;
    mod features;
    mod gazetteer;
    pub mod given;
    mod line;
    mod table;
    pub mod weights;

    pub use fault::Faults;
    pub use gazetteer::{LISTS, compile};
    pub use table::{DataFile, fingerprint};
}

use lexicon::{DataFile, Faults, LISTS, automata, choices, compile, fingerprint, given, weights};

/// Folders of what is watched.
const WATCHED: [&str; 8] = [
    "gazetteers",
    "models/en-attribution",
    "models/en-coref",
    "models/en-meaning",
    "queries/patterns",
    "src/lexicon",
    "src/model",
    "build.rs",
];

/// Learned tables: their folder and name.
const LEARNED: [(&str, &str); 3] = [
    ("en-attribution", "ends"),
    ("en-attribution", "trust"),
    ("en-coref", "antecedents"),
];

fn main() -> ExitCode {
    for watched in WATCHED {
        println!("cargo::rerun-if-changed={watched}");
    }
    let lists = LISTS.map(|list| read(&format!("gazetteers/{list}")));
    let mut faults = Faults::default();
    write("gazetteer.bin", &compile(&lists.each_ref(), &mut faults));
    for (folder, name) in LEARNED {
        let table = read(&format!("models/{folder}/{name}.tsv"));
        let bytes = weights::compile(&table, &mut faults);
        write(&format!("{name}.bin"), &bytes);
    }
    for name in ["judgements", "candidates"] {
        let table = read(&format!("models/en-meaning/{name}.tsv"));
        let bytes = choices::compile(&table, &mut faults);
        write(&format!("{name}.bin"), &bytes);
    }
    let names = read("gazetteers/en/given-names.tsv");
    write("given-names.bin", &given::compile(&names, &mut faults));
    let lines = read("gazetteers/en/boilerplate.tsv");
    write("boilerplate.bin", &automata::compile(&lines, &mut faults));
    println!(
        "cargo::rustc-env=SAYSO_LISTS={}",
        fingerprint(parsed().iter())
    );
    for fault in &faults.0 {
        println!("cargo::error={fault}");
    }
    if faults.0.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn read(name: &str) -> DataFile {
    let text =
        std::fs::read_to_string(name).unwrap_or_else(|error| panic!("cannot read {name}: {error}"));
    DataFile {
        name: name.into(),
        text: Cow::Owned(text),
    }
}

fn write(name: &str, bytes: &[u8]) {
    let folder = std::env::var("OUT_DIR").expect("cargo names a folder for what is built");
    std::fs::write(Path::new(&folder).join(name), bytes)
        .unwrap_or_else(|error| panic!("cannot write {name}: {error}"));
}

/// The word lists, learned tables and patterns, sorted by name.
fn parsed() -> Vec<DataFile> {
    let mut names = Vec::new();
    for folder in [
        "gazetteers/en",
        "models/en-attribution",
        "models/en-coref",
        "models/en-meaning",
        "queries/patterns",
    ] {
        collect(Path::new(folder), &mut names);
    }
    names.sort();
    names.iter().map(|name| read(name)).collect()
}

fn collect(folder: &Path, names: &mut Vec<String>) {
    let entries = std::fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", folder.display()));
    for path in entries.flatten().map(|entry| entry.path()) {
        let name = path.to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            collect(&path, names);
        } else if name.ends_with(".tsv") || name.ends_with(".toml") {
            names.push(name);
        }
    }
}
