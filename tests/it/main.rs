//! The integration tests: one module a topic.

#[cfg(feature = "cli")]
mod commands;
mod corrections;
mod exports;
mod graph;
