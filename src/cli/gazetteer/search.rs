//! `gazetteer search`: who and what a name may mean.

use clap::Args;

use crate::cli::Found;
use crate::cli::data::OwnData;
use crate::cli::failure::Failure;
use crate::cli::rows::{self, Format, Printing};
use crate::cli::terminal::{Out, tell};
use crate::lexicon::{Match, Reading, World, readings};
use crate::store::{Cell, Table};

/// The most aliases that the table shows of an entry.
const SHOWN: usize = 6;

/// Show every reading of a name in the loaded lists
#[derive(Clone, Debug, Args)]
pub struct SearchArgs {
    /// The name, or an id
    name: String,
    /// Show names that are spelled alike, too
    #[arg(long)]
    near: bool,
    /// The most rows
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = rows::limit)]
    limit: usize,
    #[command(flatten)]
    printing: Printing,
    #[command(flatten)]
    data: OwnData,
}

/// Runs the command.
pub fn run(args: &SearchArgs, out: &mut Out) -> Result<Found, Failure> {
    let lexicon = args.data.lexicon()?;
    let world = &lexicon.world;
    let mut found = readings(world, &args.name);
    if found.is_empty() || args.near {
        let alike = |written: &str| alike(written, &args.name);
        let near = crate::lexicon::near(world, &args.name, &alike);
        let new = |near: &Reading| found.iter().all(|known| known.entry != near.entry);
        let near: Vec<Reading> = near.into_iter().filter(new).collect();
        if !args.near {
            tell_near(&args.name, &near);
            return Ok(Found::Nothing);
        }
        found.extend(near);
    }
    let columns = [
        "match", "written", "id", "kind", "sort", "of", "name", "aliases", "offices", "place",
    ];
    let rows = found.iter().take(args.limit);
    let table = Table {
        columns: columns.map(str::to_owned).to_vec(),
        rows: rows
            .map(|reading| row(world, reading, args.printing.format))
            .collect(),
    };
    rows::print(&table, args.printing, out)?;
    if args.printing.format == Format::Table {
        rows::tell_more(args.limit, found.len(), out)?;
    }
    Ok(Found::of(!found.is_empty()))
}

fn tell_near(name: &str, near: &[Reading]) {
    tell(format_args!("sayso: no list knows `{name}`"));
    let mut names: Vec<String> = Vec::new();
    for reading in near {
        let name = format!("`{}`", reading.written);
        if names.len() < 3 && !names.contains(&name) {
            names.push(name);
        }
    }
    match names.as_slice() {
        [] => tell("help: `sayso gazetteer discover` proposes rows for names of your articles"),
        names => tell(format_args!("help: did you mean {}?", names.join(" or "))),
    }
}

/// How alike two spellings are; `None` when they are not.
fn alike(written: &str, name: &str) -> Option<f64> {
    let lengths = (written.len() as i64 - name.len() as i64).abs();
    if lengths > 3 {
        return None;
    }
    let (written, name) = (written.to_lowercase(), name.to_lowercase());
    let score = strsim::jaro_winkler(&written, &name);
    (score > 0.9 && strsim::damerau_levenshtein(&written, &name) <= 2).then_some(score)
}

fn row(world: &World, reading: &Reading, format: Format) -> Vec<Cell> {
    let entry = world.entry(reading.entry);
    let text = |text: &str| Cell::Text(text.to_owned());
    let mut aliases = reading.aliases.clone();
    if format == Format::Table && aliases.len() > SHOWN {
        let more = aliases.len() - SHOWN;
        aliases.truncate(SHOWN);
        aliases.push(format!("and {more} more"));
    }
    let offices: Vec<String> = world
        .offices(entry.id)
        .map(|role| {
            let day = |day: Option<crate::model::Date>| {
                day.map_or_else(String::new, |day| day.to_string())
            };
            format!(
                "{} of {} {}–{}",
                role.title,
                role.of,
                day(role.from),
                day(role.to)
            )
        })
        .collect();
    let how = match reading.how {
        Match::Exact => "exact",
        Match::Folded => "folded",
        Match::Id => "id",
        Match::Surname => "surname",
        Match::Adjective => "adjective",
        Match::People => "people",
        Match::Near => "near",
    };
    let how = if reading.weak {
        format!("{how}, weak")
    } else {
        how.to_owned()
    };
    vec![
        text(&how),
        text(&reading.written),
        text(entry.id),
        text(entry.kind.name()),
        text(entry.sort),
        text(entry.of.unwrap_or("")),
        text(entry.name),
        text(&aliases.join(" | ")),
        text(&offices.join("; ")),
        text(&entry.place().to_string()),
    ]
}
