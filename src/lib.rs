//! Who said what about whom: news in, a graph out, and behind every edge the sentence that it stands on.
//!
//! The line, each arrow a function:
//!
//! ```text
//! files ─ingest─▶ Document ─analysis::analyze─▶ Analysis ─store─▶ SQLite ─graph─▶ Graph ─export─▶ DOT, GraphML, JSON, CSV
//!                                 ▲
//!          data files ─lexicon─▶ Lexicon
//! ```
//!
//! [`pipeline`] runs it over many files. Analysis is a pure function of a document and a lexicon and cannot fail:
//!
//! ```
//! use sayso::{Document, Lexicon, Meta, analyze};
//!
//! let lexicon = Lexicon::builtin();
//! let text = "On Monday Ann Orr denied that the harbour would close.";
//! let document = Document::new("harbour.txt", text, Meta::default());
//! let analysis = analyze(&document, &lexicon);
//!
//! let statement = &analysis.statements[0];
//! let source = statement.source.as_ref().and_then(|source| source.entity).expect("it has one");
//! assert_eq!(analysis.entities[source].name, "Ann Orr");
//! assert_eq!(statement.act, sayso::Act::Deny);
//! assert_eq!(statement.content[0].of(document.text()), "the harbour would close");
//! ```
//!
//! Offsets are bytes inside ([`Span`]) and code points at every border ([`CodePoints`], JSON, SQLite).
//! `examples/extract.rs` and `examples/graph.rs` are two small programs on this library.

#![forbid(unsafe_code)]

pub mod analysis;
#[cfg(feature = "cli")]
pub mod cli;
pub mod evaluate;
pub mod export;
pub mod graph;
pub mod ingest;
#[cfg(feature = "cli")]
pub mod interchange;
pub mod lexicon;
pub mod model;
pub mod pipeline;
pub mod rehearse;
pub mod store;
pub mod text;

pub use analysis::analyze;
pub use graph::Graph;
pub use ingest::Input;
pub use lexicon::{Folders, Lexicon};
pub use model::{
    Act, Analysis, CodePoints, Document, Entity, EntityKind, Mention, Meta, Polarity, Span,
    Statement,
};
pub use pipeline::{BuildOptions, build};
pub use store::Store;
