//! The integration tests: one module a topic.

mod architecture;
#[cfg(feature = "cli")]
mod asking;
#[cfg(feature = "cli")]
mod commands;
#[cfg(feature = "cli")]
mod corrections;
#[cfg(feature = "cli")]
mod docs;
#[cfg(feature = "cli")]
mod errors;
#[cfg(feature = "cli")]
mod evaluate;
mod exports;
mod formats;
mod frames;
#[cfg(feature = "cli")]
mod gazetteer;
#[cfg(feature = "cli")]
mod given;
mod graph;
#[cfg(feature = "cli")]
mod hostile;
mod law;
#[cfg(feature = "cli")]
mod line;
#[cfg(feature = "cli")]
mod lists;
#[cfg(feature = "cli")]
mod outputs;
mod properties;
mod reading;
#[cfg(feature = "cli")]
mod reprints;
#[cfg(feature = "cli")]
mod run;
#[cfg(feature = "cli")]
mod sql;
#[cfg(feature = "cli")]
mod state;
