//! `gazetteer check`: faults and notes about names and offices.

use std::io::Write;

use clap::Args;

use crate::cli::Found;
use crate::cli::data::OwnData;
use crate::cli::failure::Failure;
use crate::cli::terminal::Out;
use crate::lexicon::{Check, Finding, audit};
use crate::model::Place;

/// Tell names that collide, match too much or never, and offices with two holders
#[derive(Clone, Debug, Args)]
pub struct CheckArgs {
    /// Print the notes, too, not only how many there are
    #[arg(long)]
    notes: bool,
    #[command(flatten)]
    data: OwnData,
}

/// Runs the command. With lists of the user's own only their rows are told.
pub fn run(args: &CheckArgs, out: &mut Out) -> Result<Found, Failure> {
    let lexicon = args.data.sound_lexicon()?;
    let shipped = crate::lexicon::shipped_files();
    let own = !args.data.gazetteers.is_empty();
    let wanted = |place: &Place| !own || !shipped.iter().any(|file| **file == *place.file);
    let found = audit(lexicon, &wanted);
    let faults = found.iter().filter(|f| f.check.is_fault()).count();
    for finding in &found {
        if finding.check.is_fault() || args.notes {
            writeln!(out, "{}", line(finding))?;
        }
    }
    for check in Check::ALL {
        let count = found.iter().filter(|f| f.check == check).count();
        if count > 0 {
            let grade = if check.is_fault() { "FAULT" } else { "note" };
            writeln!(out, "{count:7} {grade:5} {}", check.name())?;
        }
    }
    if faults == 0 {
        writeln!(
            out,
            "no fault among {} names and {} dated offices{}",
            lexicon.world.names(),
            lexicon.world.role_count(),
            if found.is_empty() || args.notes {
                ""
            } else {
                "; --notes prints the notes"
            }
        )?;
        return Ok(Found::Something);
    }
    Ok(Found::Error)
}

fn line(finding: &Finding) -> String {
    let text = finding.fault.to_string();
    match finding.check.is_fault() {
        true => text,
        false => text.replacen(": ", ": note: ", 1),
    }
}
