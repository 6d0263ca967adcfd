//! Rows or a graph to bytes.
//!
//! In: a [`Graph`](crate::graph::Graph) and a writer. Out: one file format a module, each a pure function of the
//! graph: the same graph gives the same bytes. The data formats share the columns of entities and edges, which
//! `docs/exports.md` explains. It opens no file; only [`svg`] runs another program, GraphViz.

mod column;
pub mod csv;
pub mod dot;
pub mod graphml;
pub mod json;
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
    #[error(
        "cannot draw: the program `dot` was not found\n\
         help: install GraphViz (Debian, Ubuntu: `apt install graphviz`; Fedora: `dnf install graphviz`; macOS: \
         `brew install graphviz`; Windows: `winget install graphviz`), or write DOT and draw it elsewhere"
    )]
    GraphvizMissing,
    /// `dot` ran and failed.
    #[error(
        "cannot draw: `dot` failed: {message}\n\
         help: write the graph as DOT and run `dot -Tsvg` on it to see the line it stumbles over"
    )]
    GraphvizFailed {
        /// Its last words.
        message: String,
    },
}

/// The edges of `graph` at this level, in a stable order.
fn edges<'r>(graph: &Graph<'r>, level: Level) -> Vec<Edge<'r>> {
    match level {
        Level::Pair => graph.edges().cloned().collect(),
        Level::Statement => graph.edges().flat_map(Edge::split).collect(),
    }
}
