//! Any bytes as `articles.jsonl`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sayso_fuzz::read("articles.jsonl", bytes));
