//! `gazetteer compile`: folders of lists to one file.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::cli::Found;
use crate::cli::failure::Failure;
use crate::cli::output::{Force, Outputs};
use crate::cli::terminal::{Out, tell};
use crate::lexicon;

/// Compile folders of lists into one file, which is opened without reading it
#[derive(Clone, Debug, Args)]
pub struct CompileArgs {
    /// Folders with people.tsv, organizations.tsv, places.tsv, roles.tsv
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// The file, to be given to --gazetteers
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    #[command(flatten)]
    force: Force,
}

/// Runs the command.
pub fn run(args: &CompileArgs, out: &mut Out) -> Result<Found, Failure> {
    let output = Outputs::new(args.force)
        .sparing_lists(&args.folders)
        .open(&args.output)?;
    let made = lexicon::compile(&args.folders, output.unfinished())?;
    output.finish()?;
    writeln!(
        out,
        "{}: {} names of {} people, organizations and places, {} dated offices, {} bytes",
        args.output.display(),
        made.names,
        made.entries,
        made.offices,
        made.size
    )?;
    for list in &made.left_out {
        tell(format_args!(
            "sayso: `{}` is not compiled\nhelp: give its folder to --gazetteers beside the file",
            list.display()
        ));
    }
    Ok(Found::Something)
}
