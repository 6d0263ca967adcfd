//! The examples inside pattern files, run against the whole line: what `check` and the tests do.

use crate::analysis::analyze;
use crate::lexicon::{Example, Fault, Lexicon, Pattern};
use crate::model::{Analysis, Document, Meta, Statement};

/// Runs every example of every pattern; returns those that do not come out.
pub fn rehearse(lexicon: &Lexicon) -> Vec<Fault> {
    let mut faults = Vec::new();
    for pattern in &lexicon.patterns {
        for example in &pattern.matches {
            let (document, analysis) = read(&example.text, lexicon);
            let found: Vec<Example> = statements(&document, &analysis);
            if !found
                .iter()
                .zip(&analysis.statements)
                .any(|(f, s)| f == example && s.provenance.rule == pattern.id)
            {
                faults.push(missed(pattern, example, &found, &analysis));
            }
        }
        for text in &pattern.fails {
            let (document, analysis) = read(text, lexicon);
            if let Some(at) = analysis
                .statements
                .iter()
                .position(|s| s.provenance.rule == pattern.id)
            {
                let found = statements(&document, &analysis).swap_remove(at);
                faults.push(Fault {
                    place: pattern.place.clone(),
                    what: format!(
                        "`{}` must find nothing in `{text}` but finds {}",
                        pattern.id,
                        shown(&found)
                    ),
                    help: "narrow the pattern, or choose another example".to_owned(),
                });
            }
        }
    }
    faults
}

fn read(text: &str, lexicon: &Lexicon) -> (Document, Analysis) {
    let document = Document::new("example", text, Meta::default());
    let analysis = analyze(&document, lexicon);
    (document, analysis)
}

fn statements(document: &Document, analysis: &Analysis) -> Vec<Example> {
    analysis
        .statements
        .iter()
        .map(|statement| example(document, statement))
        .collect()
}

fn example(document: &Document, statement: &Statement) -> Example {
    let words = |span: crate::model::Span| span.of(document.text()).to_owned();
    Example {
        text: document.text().to_owned(),
        source: statement
            .source
            .as_ref()
            .and_then(|s| s.span)
            .map(words)
            .unwrap_or_default(),
        cue: statement
            .cue
            .as_ref()
            .map(|c| words(c.span))
            .unwrap_or_default(),
        content: statement
            .content
            .iter()
            .map(|&c| words(c))
            .collect::<Vec<_>>()
            .join(" … "),
    }
}

fn missed(pattern: &Pattern, example: &Example, found: &[Example], analysis: &Analysis) -> Fault {
    let found: Vec<String> = found
        .iter()
        .zip(&analysis.statements)
        .map(|(f, s)| format!("{} by `{}`", shown(f), s.provenance.rule))
        .collect();
    Fault {
        place: pattern.place.clone(),
        what: format!(
            "`{}` must find {} in `{}` but there is {}",
            pattern.id,
            shown(example),
            example.text,
            if found.is_empty() {
                "nothing".to_owned()
            } else {
                found.join(", ")
            }
        ),
        help: "`sayso why-not FILE:OFFSET` shows what is seen; an earlier pattern may win"
            .to_owned(),
    }
}

fn shown(example: &Example) -> String {
    format!(
        "`{} | {} | {}`",
        example.source, example.cue, example.content
    )
}
