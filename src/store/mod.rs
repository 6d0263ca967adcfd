//! Rows in SQLite.
