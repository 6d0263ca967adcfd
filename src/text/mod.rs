//! A document's text to words, sentences, quotations and phrases.
//!
//! In: the text and what its language looks like ([`Language`]). Out: [`Text`], all of it, for any bytes. Nothing here
//! knows a name or a cue; who is meant and who says what is the business of `analysis`.

mod clause;
mod closed;
pub mod confusable;
mod finite;
mod language;
mod line_set;
mod mend;
mod name;
mod paragraph;
mod phrase;
mod quotation;
mod segment;
mod sentence;
pub mod tagger;
mod tokenize;
mod words;

pub use clause::{Clauses, Subject};
pub use language::{Abbreviation, Auxiliary, Language, QuotationMark};
pub use line_set::LineSet;
pub use mend::{Mended, mend};
pub use name::Name;
pub use phrase::{Phrase, PhraseKind, VerbGroup};
pub use segment::{Segment, Unit, UnitKind};
pub use tagger::Tagger;
pub use tokenize::{normalize, tokenize};
pub use words::WordSet;

use crate::model::{Diagnostic, DiagnosticCode, Paragraph, Quotation, Sentence, Token};

/// The layers of one text, each made from those above it.
#[derive(Debug, Default)]
pub struct Text {
    /// Words and marks with their parts of speech.
    pub tokens: Vec<Token>,
    /// Blocks between line breaks.
    pub paragraphs: Vec<Paragraph>,
    /// Sentences, which partition the tokens.
    pub sentences: Vec<Sentence>,
    /// Quotations in text order, outer before inner.
    pub quotations: Vec<Quotation>,
    /// Noun phrases, verb groups and the small words between them, in text order, covering all tokens.
    pub phrases: Vec<Phrase>,
    /// What the patterns read: the author's sentences with quotations as single units, and the quotations' own.
    pub segments: Vec<Segment>,
    /// Quotation marks that nothing closes.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads all layers of `text` for somebody who knows no names.
pub fn read(text: &str, language: &Language) -> Text {
    phrases(words(text, language), &[], language)
}

/// Reads the words of `text`: all layers but phrases and segments.
pub fn words(text: &str, language: &Language) -> Text {
    let mut tokens = tokenize(text, language);
    let paragraphs = paragraph::split(text, &tokens, language);
    let quotations = quotation::find(text, &tokens, &paragraphs, language);
    let sentences = sentence::split(text, &tokens, &paragraphs, language);
    language
        .tagger()
        .tag_sentences(text, &mut tokens, &sentences);
    closed::repair(&mut tokens, language);
    let diagnostics = quotations
        .iter()
        .filter(|quotation| !quotation.closed)
        .map(|quotation| Diagnostic {
            span: quotation.span,
            code: DiagnosticCode::UnclosedQuotation,
        })
        .collect();
    Text {
        tokens,
        paragraphs,
        sentences,
        quotations,
        phrases: Vec::new(),
        segments: Vec::new(),
        diagnostics,
    }
}

/// Reads phrases and segments over `words`, in which each of `names` is one noun.
pub fn phrases(words: Text, names: &[Name], language: &Language) -> Text {
    let Text {
        mut tokens,
        paragraphs,
        sentences,
        quotations,
        diagnostics,
        ..
    } = words;
    name::lock(&mut tokens, names);
    let phrases = phrase::chunk(&tokens, &sentences, &quotations, language);
    let mut segments = segment::cut(&tokens, &paragraphs, &sentences, &quotations, &phrases);
    for segment in &mut segments {
        finite::repair(&mut segment.units, &tokens, language);
    }
    Text {
        tokens,
        paragraphs,
        sentences,
        quotations,
        phrases,
        segments,
        diagnostics,
    }
}
