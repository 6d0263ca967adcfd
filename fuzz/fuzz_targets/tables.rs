//! Any bytes as lists of names and cues: a lexicon, or faults with file and line.
#![no_main]

use sayso::{Folders, Lexicon};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in [
        "people.tsv",
        "places.tsv",
        "organizations.tsv",
        "roles.tsv",
        "en/cues.tsv",
        "en/titles.tsv",
    ] {
        sayso_fuzz::in_folder(&[(name, bytes)], |folder| {
            let folders = Folders {
                gazetteers: vec![folder.to_owned()],
                ..Folders::default()
            };
            let _ = Lexicon::load(&folders); // faults are an answer, too
        });
    }
});
