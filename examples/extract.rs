//! Who said what, from a text: `cargo run --example extract -- ARTICLE.txt`.

use std::error::Error;

use sayso::{Document, Lexicon, Meta, analyze};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1);
    let path = path
        .as_deref()
        .unwrap_or("examples/news/2025-03-14-harbour-gazette-navy.txt");
    let lexicon = Lexicon::builtin();
    let document = Document::new(path, std::fs::read_to_string(path)?, Meta::default());
    let analysis = analyze(&document, &lexicon);
    for statement in &analysis.statements {
        let source = statement.source.as_ref().and_then(|source| source.entity);
        let name = source.map_or("somebody", |entity| &analysis.entities[entity].name);
        let words: Vec<&str> = statement
            .content
            .iter()
            .map(|span| span.of(document.text()))
            .collect();
        println!("{name} ─ {} ─ {}", statement.act, words.join(" … "));
    }
    Ok(())
}
