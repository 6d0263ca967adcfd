//! The integration tests: one module a topic.

mod exports;
mod graph;
