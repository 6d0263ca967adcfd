//! Rows or graph to bytes.
