//! The integration tests: one module a topic.

#[cfg(feature = "cli")]
mod commands;
mod exports;
#[cfg(feature = "cli")]
mod gazetteer;
mod graph;
