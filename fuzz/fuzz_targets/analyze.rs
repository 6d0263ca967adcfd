//! Any text.
#![no_main]

use sayso::{Document, Meta};

libfuzzer_sys::fuzz_target!(|text: &str| sayso_fuzz::check(&Document::new(
    "case",
    text,
    Meta::default()
)));
