//! `check`, `patterns`: the data files.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Found;
use super::data::OwnData;
use super::failure::Failure;
use super::rows::{self, Printing};
use super::saved;
use super::slips;
use super::terminal::{self, Out};
use crate::lexicon::{self, ELEMENTS, FRAMES};
use crate::rehearse::rehearse;
use crate::store::{Cell, Table};

/// Check all data files and run the examples of all patterns
#[derive(Clone, Debug, Args)]
pub struct CheckArgs {
    /// The database in which corrections of unlisted people are looked up; else sayso.sqlite, where it is there
    #[arg(long, value_name = "FILE", env = "SAYSO_DB")]
    db: Option<PathBuf>,
    #[command(flatten)]
    data: OwnData,
}

/// List the patterns, or the elements they are made of
#[derive(Clone, Debug, Args)]
pub struct PatternsArgs {
    /// List the elements of pattern lines instead, and the frames of cues
    #[arg(long)]
    elements: bool,
    #[command(flatten)]
    printing: Printing,
    #[command(flatten)]
    data: OwnData,
}

/// Runs `check`.
pub fn check(args: &CheckArgs, out: &mut Out) -> Result<Found, Failure> {
    let (queries, mut told) = saved::read_saved(&args.data.queries)?;
    told.extend(saved::faults(&queries)?);
    let lexicon = match args.data.sound_lexicon() {
        Ok(lexicon) if told.is_empty() => lexicon,
        Ok(_) => return Err(lexicon::Error::Faults(told).into()),
        Err(failure) if told.is_empty() => return Err(failure),
        Err(mut failure) => {
            let more = Failure::from(lexicon::Error::Faults(told));
            failure.faults.push(more.what);
            failure.faults.extend(more.faults);
            return Err(failure);
        }
    };
    let slips = slips::find(lexicon, slips::store(args.db.as_deref())?.as_ref())?;
    for note in &slips.notes {
        terminal::tell(note.to_string().replacen(": ", ": note: ", 1));
    }
    if !slips.faults.is_empty() {
        return Err(lexicon::Error::Faults(slips.faults).into());
    }
    let faults = rehearse(lexicon);
    if !faults.is_empty() {
        let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
        return Err(Failure {
            what: format!(
                "{} in the examples of the patterns",
                if list.len() == 1 {
                    "1 fault".to_owned()
                } else {
                    format!("{} faults", list.len())
                }
            ),
            faults: list,
            help: None,
        });
    }
    let examples: usize = lexicon
        .patterns
        .iter()
        .map(|p| p.matches.len() + p.fails.len())
        .sum();
    writeln!(
        out,
        "no fault in {} files: {} names of {} people, organizations and places, {} dated offices, {} cues, {} patterns with {examples} examples, {} saved queries",
        lexicon.file_count(),
        lexicon.world.names(),
        lexicon.world.len(),
        lexicon.world.role_count(),
        lexicon.cues.list.len(),
        lexicon.patterns.len(),
        queries.len()
    )?;
    Ok(Found::Something)
}

/// Runs `patterns`.
pub fn patterns(args: &PatternsArgs, out: &mut Out) -> Result<Found, Failure> {
    let text = |s: &str| Cell::Text(s.to_owned());
    let table = if args.elements {
        let elements = ELEMENTS
            .iter()
            .map(|(name, what)| vec![text("element"), text(name), text(what)]);
        let frames = FRAMES
            .iter()
            .map(|(name, what)| vec![text("frame"), text(name), text(what)]);
        Table {
            columns: ["sort", "name", "meaning"].map(str::to_owned).to_vec(),
            rows: elements.chain(frames).collect(),
        }
    } else {
        let lexicon = args.data.lexicon()?;
        let rows = lexicon
            .patterns
            .iter()
            .map(|p| {
                vec![
                    text(&p.id),
                    text(&p.line),
                    text(&p.doc),
                    Cell::Real((f64::from(p.confidence) * 100.0).round() / 100.0),
                    text(&p.place.to_string()),
                ]
            })
            .collect();
        Table {
            columns: ["id", "match", "doc", "confidence", "place"]
                .map(str::to_owned)
                .to_vec(),
            rows,
        }
    };
    Ok(Found::of(rows::print(&table, args.printing, out)?))
}
