//! Any bytes as a file of patterns: a lexicon whose examples can be run, or faults.
#![no_main]

use sayso::rehearse::rehearse;
use sayso::{Folders, Lexicon};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    sayso_fuzz::in_folder(&[("patterns/en/50-own.toml", bytes)], |folder| {
        let folders = Folders {
            queries: vec![folder.to_owned()],
            ..Folders::default()
        };
        if let Ok(lexicon) = Lexicon::load(&folders) {
            rehearse(&lexicon);
        }
    });
});
