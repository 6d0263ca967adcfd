//! The graph of who said what about whom.
