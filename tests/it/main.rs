//! The integration tests: one module a topic.

#[cfg(feature = "cli")]
mod commands;
#[cfg(feature = "cli")]
mod evaluate;
mod exports;
mod graph;
