//! What was read out of one document.

use super::{
    Diagnostic, Entity, Mention, Paragraph, Quotation, Resolution, Sentence, Statement, Token,
};

/// Everything found in one document. Each stage adds its own vector and writes into no other's.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Words and marks.
    pub tokens: Vec<Token>,
    /// Sentences, which partition the tokens.
    pub sentences: Vec<Sentence>,
    /// Paragraphs and what they are for.
    pub paragraphs: Vec<Paragraph>,
    /// Quotations, outer before inner, in text order.
    pub quotations: Vec<Quotation>,
    /// Mentions in text order; names never overlap, but that a part of a country holds the country's.
    pub mentions: Vec<Mention>,
    /// To whom each mention refers, one per mention.
    pub resolutions: Vec<Resolution>,
    /// The entities of this document.
    pub entities: Vec<Entity>,
    /// Who said what about whom, in text order.
    pub statements: Vec<Statement>,
    /// What was noticed on the way.
    pub diagnostics: Vec<Diagnostic>,
}
