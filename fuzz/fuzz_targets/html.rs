//! Any bytes as `page.html`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| sayso_fuzz::read("page.html", bytes));
