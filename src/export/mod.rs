//! Rows or graph to bytes.

pub mod record;
