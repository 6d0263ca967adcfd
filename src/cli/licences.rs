//! `licences`: what the program and its data may be used for; the texts go wherever the program goes.

use std::io::Write;

use clap::Args;

use super::Found;
use super::failure::Failure;
use super::terminal::Out;

/// Print the licences of the program, of its data and of what it is built of
#[derive(Clone, Debug, Args)]
pub struct LicencesArgs {}

const NOTICE: &str = include_str!("../../NOTICE");
const OURS: [(&str, &str); 2] = [
    ("MIT", include_str!("../../LICENSE-MIT")),
    ("Apache-2.0", include_str!("../../LICENSE-APACHE")),
];
const OTHERS: &str = include_str!("../../THIRD-PARTY.md");

/// What `--version` says.
pub const VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\nMIT or Apache-2.0; its data under licences of their own: sayso licences prints all"
);

/// Runs the command.
pub fn run(_: &LicencesArgs, out: &mut Out) -> Result<Found, Failure> {
    writeln!(out, "{NOTICE}")?;
    for (name, text) in OURS {
        writeln!(out, "## {name}\n\n{text}")?;
    }
    out.write_all(OTHERS.as_bytes())?;
    Ok(Found::Something)
}
