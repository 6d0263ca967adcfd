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
    mod fault;
    mod gazetteer;
    mod table;

    pub use fault::Faults;
    pub use gazetteer::{LISTS, compile};
    pub use table::DataFile;
}

use lexicon::{DataFile, Faults, LISTS, compile};

fn main() -> ExitCode {
    for watched in ["gazetteers", "src/lexicon", "src/model", "build.rs"] {
        println!("cargo::rerun-if-changed={watched}");
    }
    let files: Vec<DataFile> = LISTS
        .iter()
        .map(|list| {
            let name = format!("gazetteers/{list}");
            let text = std::fs::read_to_string(&name)
                .unwrap_or_else(|error| panic!("cannot read {name}: {error}"));
            DataFile {
                name: name.into(),
                text: Cow::Owned(text),
            }
        })
        .collect();
    let mut faults = Faults::default();
    let bytes = compile(&files.iter().collect::<Vec<_>>(), &mut faults);
    for fault in &faults.0 {
        println!("cargo::error={fault}");
    }
    let folder = std::env::var("OUT_DIR").expect("cargo names a folder for what is built");
    std::fs::write(Path::new(&folder).join("gazetteer.bin"), bytes)
        .unwrap_or_else(|error| panic!("cannot write the compiled gazetteer: {error}"));
    if faults.0.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
