//! Who said what about whom: news in, a graph out, and behind every edge the sentence that it stands on.

pub mod analysis;
#[cfg(feature = "cli")]
pub mod cli;
pub mod evaluate;
pub mod export;
pub mod graph;
pub mod ingest;
pub mod lexicon;
pub mod model;
pub mod pipeline;
pub mod rehearse;
pub mod store;
pub mod text;
