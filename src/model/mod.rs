//! The nouns: plain data that every other module speaks of.
//!
//! Nothing here reads files, prints or decides; types with an invariant check it where they are made.

mod analysis;
mod code_points;
mod diagnostic;
mod document;
mod entity;
mod id;
pub mod key;
mod mention;
mod provenance;
mod root;
mod row;
mod sign;
mod signature;
mod span;
mod statement;
mod token;

pub use analysis::Analysis;
pub use code_points::CodePoints;
pub use diagnostic::{Diagnostic, DiagnosticCode};
pub use document::{Document, Meta};
pub use entity::{Entity, EntityKind, Origin};
pub use id::{DIGITS, DocumentId, ParseIdError, StatementId, StatementPlace};
pub use mention::{Features, Gender, Mention, MentionKind, Number, Resolution};
pub use provenance::{Place, Provenance};
pub use root::{Root, name_of, path_of};
pub use row::{EntityRow, StatementRow};
pub use sign::{Sign, Signs};
pub use signature::Signature;
pub use span::Span;
pub use statement::{
    Act, ContentKind, CueUse, ParseNameError, Polarity, Source, Standing, Statement, Target,
};
pub use token::{Paragraph, ParagraphKind, Quotation, QuotationRole, Sentence, Tag, Token};

/// A calendar day, as printed in `said_on` and `published` (ISO 8601).
pub use jiff::civil::Date;
