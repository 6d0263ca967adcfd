//! Rows or a graph to bytes.
//!
//! In: a [`Graph`] and a writer. Out: one file format a module, each a pure function of the
//! graph: the same graph gives the same bytes. It opens no file; only [`svg`] runs another program, GraphViz.
//!
//! CSV, GraphML and JSON tell the same of an entity, besides its id:
//!
//! | column | value |
//! |---|---|
//! | `label`, `kind` | its name; person, organization, place, group or anonymous |
//! | `listed` | true when a gazetteer lists it |
//! | `mentions`, `said`, `about` | in the whole store: mentions, statements it made, statements that mention it |
//! | `weight_in`, `weight_out` | in this graph: statements that lead to it and from it |
//! | `page_rank`, `betweenness` | in this graph: the attention it draws; how often it stands between two others |
//!
//! and of an edge, besides its id and its ends:
//!
//! | column | value |
//! |---|---|
//! | `label`, `weight` | its acts in words; its number of statements |
//! | `relation` | `target`: directed at the target, `about`: only mentions it |
//! | `polarity` | the stance that prevails; `both` where as many are for as against |
//! | `negative`, `neutral`, `positive` | pairs: how many statements take it |
//! | `first`, `last`, `documents`, `statements` | pairs: the days, the number of documents, the statements' ids |
//! | `statement`, `act`, `negated`, `content_kind`, `said_on` | statements: as in the store |
//! | `document`, `title`, `publisher`, `published` | statements: where it stands |
//! | `cue`, `content`, `sentence` | statements: the words that show it |
//! | `addressees`, `about` | statements: ids of entities |
//! | `confidence`, `rule` | 0 to 1, of a pair its surest statement's; statements: the rule that found it |
//!
//! Ids of edges are made of what they link, so they are the same in any part of the graph. Days are ISO 8601. Several values in one cell are an array in JSON and joined by `|` elsewhere.

mod column;
pub mod csv;
pub mod dot;
pub mod graphml;
mod id;
pub mod json;
pub mod plain;
pub mod record;
pub mod svg;

use crate::graph::{Edge, Graph};

/// What an edge of an export is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// All statements that link two entities in one direction, as many as two edges: those directed at the
    /// target, and those that mention it.
    #[default]
    Pair,
    /// One statement: parallel edges, each with its document, sentence and day.
    Statement,
}

/// What to write besides the graph itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What an edge is.
    pub level: Level,
    /// Adds each entity's betweenness, which takes long in a large graph.
    pub betweenness: bool,
    /// Leaves cells of CSV as they are that a spreadsheet would take for formulas.
    pub raw: bool,
    /// The most edges, the heaviest first, and the entities at them; `None`: all.
    pub max_edges: Option<usize>,
}

/// Why an export did not come about.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The writer failed.
    #[error("cannot write the export")]
    Write {
        /// Why.
        #[from]
        source: std::io::Error,
    },
    /// The program `dot` is not installed.
    #[error("cannot draw: the program `dot` was not found")]
    GraphvizMissing,
    /// `dot` ran and failed.
    #[error("cannot draw: `dot` failed: {message}")]
    GraphvizFailed {
        /// Its last words.
        message: String,
    },
}

impl Error {
    /// What to do about it.
    pub fn help(&self) -> Option<&'static str> {
        match self {
            Error::Write { .. } => None,
            Error::GraphvizMissing => Some(
                "install GraphViz (Debian, Ubuntu: `apt install graphviz`; Fedora: `dnf install graphviz`; macOS: \
                 `brew install graphviz`; Windows: `winget install graphviz`), or write DOT and draw it elsewhere",
            ),
            Error::GraphvizFailed { .. } => Some(
                "write the graph as DOT and run `dot -Tsvg` on it to see the line it stumbles over",
            ),
        }
    }
}

/// True for the first bytes of a file that one of the formats wrote.
pub fn is_ours(head: &[u8]) -> bool {
    let holds = |mark: &str| head.windows(mark.len()).any(|part| part == mark.as_bytes());
    head.starts_with(dot::MARK.as_bytes())
        || head.starts_with(json::HEAD.as_bytes())
        || (head.starts_with(b"<?xml") && (holds(graphml::MARK) || holds(svg::MARK)))
        || csv::is_ours(head)
}

/// The edges of `graph` at this level, in a stable order.
fn edges<'r>(graph: &Graph<'r>, level: Level) -> Vec<Edge<'r>> {
    match level {
        Level::Pair => graph.edges().cloned().collect(),
        Level::Statement => graph.edges().flat_map(Edge::split).collect(),
    }
}
