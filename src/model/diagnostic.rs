//! What the analysis noticed and went on from.

use super::Span;

/// A remark about one place of a text. Analysis never stops: it returns these beside its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Where.
    pub span: Span,
    /// What kind of remark.
    pub code: DiagnosticCode,
}

/// The kinds of remarks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DiagnosticCode {
    /// A quotation mark opens and nothing closes it before its paragraph ends.
    UnclosedQuotation,
    /// A quotation that no pattern could give to a source.
    UnattributedQuotation,
    /// A name with several readings and no evidence for one of them.
    AmbiguousName,
    /// The text is not in a language that the lexicon knows.
    OtherLanguage,
}

impl DiagnosticCode {
    /// The stable name that is stored and printed.
    pub const fn name(self) -> &'static str {
        match self {
            DiagnosticCode::UnclosedQuotation => "unclosed-quotation",
            DiagnosticCode::UnattributedQuotation => "unattributed-quotation",
            DiagnosticCode::AmbiguousName => "ambiguous-name",
            DiagnosticCode::OtherLanguage => "other-language",
        }
    }
}
