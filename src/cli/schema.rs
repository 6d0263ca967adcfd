//! `schema`: the page about the database's tables and views, which an installed program carries with it.

use std::io::Write;

use clap::Args;

use super::Found;
use super::failure::Failure;
use super::terminal::Out;

/// Print what tables, views and columns the database has
#[derive(Clone, Debug, Args)]
#[command(after_help = "Example:\n  sayso schema edges")]
pub struct SchemaArgs {
    /// Only this table or view
    name: Option<String>,
}

const PAGE: &str = include_str!("../../docs/schema.md");

/// Runs the command.
pub fn run(args: &SchemaArgs, out: &mut Out) -> Result<Found, Failure> {
    let Some(name) = &args.name else {
        out.write_all(PAGE.as_bytes())?;
        return Ok(Found::Something);
    };
    let sections: Vec<&str> = PAGE.split("\n### ").skip(1).collect();
    let title = |section: &&str| section.lines().next().unwrap_or_default().to_owned();
    let Some(section) = sections.iter().find(|section| title(section) == *name) else {
        let names: Vec<String> = sections.iter().map(title).collect();
        return Err(Failure::new(
            format!("no table or view is called `{name}`"),
            format!("there are {}", names.join(", ")),
        ));
    };
    let end = section.find("\n## ").unwrap_or(section.len());
    writeln!(out, "{}", section[..end].trim_end())?;
    Ok(Found::Something)
}
