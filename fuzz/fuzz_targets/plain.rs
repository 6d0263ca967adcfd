//! Any bytes as `article.txt`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sayso_fuzz::read("article.txt", bytes));
