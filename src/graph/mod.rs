//! The graph of who said what about whom.
//!
//! In: rows of entities and statements, as a store hands them out, and a [`Filter`]. Out: a [`Graph`] that
//! borrows these rows, the [`paths`] between two of its entities, and measures of its entities. Entities are
//! linked by what the statements say, so behind every [`Edge`] stand the [`Witness`]es that show it.
//!
//! It reads no file and no database, and draws nothing: `export` does. Everything comes out in the same order
//! for the same rows, whatever order they came in. It finds no communities.

mod build;
mod edge;
mod filter;
mod measure;
mod path;

pub use build::Graph;
pub use edge::{ActCount, Edge, EdgeKind, Stances, Witness, heaviest};
pub use filter::{Ego, Filter, LeftOut, day};
pub use measure::{Degree, betweenness, degrees, page_rank};
pub use path::{Hop, Path, PathOptions, paths};
