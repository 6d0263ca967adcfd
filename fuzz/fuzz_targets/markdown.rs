//! Any bytes as `article.md`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sayso_fuzz::read("article.md", bytes));
