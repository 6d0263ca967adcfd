//! `build`: articles into a database.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::data::Database;
use super::failure::Failure;
use super::reading::{Prepared, ReadingArgs};
use super::{Found, rows, tell_passed_over};
use crate::ingest::Input;
use crate::pipeline::{self, BuildOptions, Summary};
use crate::store::Store;

/// Read articles into a database: only what is new or changed
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  sayso build news/\n  sayso build --db may.sqlite --gazetteers my-names/ news/may/*.html"
)]
pub struct BuildArgs {
    #[command(flatten)]
    reading: ReadingArgs,
    #[command(flatten)]
    database: Database,
    /// Drop the documents of earlier builds that are gone
    #[arg(long)]
    prune: bool,
    /// No progress bar and no summary
    #[arg(short, long)]
    quiet: bool,
}

/// Runs the command.
pub fn run(args: &BuildArgs, out: &mut impl Write) -> Result<Found, Failure> {
    let Prepared {
        lexicon,
        options,
        inputs,
        missing,
    } = args.reading.prepare_to_keep()?;
    if inputs.is_empty() && !missing.is_empty() {
        tell_passed_over(&missing);
        return Ok(Found::Error);
    }
    let started = Instant::now();
    let mut store = Store::open_or_create(&args.database.db)?;
    let bar = progress_bar(&inputs, args.quiet);
    let mut bytes = 0;
    let options = BuildOptions {
        // Where a folder is missing, its documents are not gone.
        prune: args.prune && missing.is_empty(),
        ..options
    };
    let built = pipeline::build(inputs, lexicon, &mut store, &options, |done, more| {
        bytes += more;
        bar.inc(done);
        let seconds = started.elapsed().as_secs_f64();
        bar.set_message(format!(
            "{:.1} MB/s",
            bytes as f64 / 1e6 / seconds.max(0.001)
        ));
    });
    bar.finish_and_clear();
    let mut summary = built?;
    if args.prune && !missing.is_empty() {
        eprintln!(
            "sayso: nothing was dropped, since a path is missing\nhelp: give all paths that are there"
        );
    }
    summary.passed_over.splice(0..0, missing);
    tell_passed_over(&summary.passed_over);
    for remark in &summary.remarks {
        eprintln!("sayso: {}", rows::plain(remark));
    }
    for slip in super::slips::find(lexicon, Some(&store))?.faults {
        eprintln!("sayso: {slip}");
    }
    if !args.quiet {
        print(&store, &summary, started.elapsed(), args, out)?;
    }
    let read = summary.new + summary.changed + summary.unchanged;
    Ok(if read == 0 && !summary.passed_over.is_empty() {
        Found::Error
    } else {
        Found::of(read > 0)
    })
}

/// On a terminal only, and only where it says more than the summary will.
fn progress_bar(inputs: &[Input], quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let sizes = inputs.iter().filter_map(|input| input.path.as_ref());
    let bytes = sizes
        .filter_map(|path| std::fs::metadata(path).ok())
        .map(|meta| meta.len())
        .sum();
    let bar = ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::stderr());
    let style =
        ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes}, {msg}, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn print(
    store: &Store,
    summary: &Summary,
    took: Duration,
    args: &BuildArgs,
    out: &mut impl Write,
) -> Result<(), Failure> {
    let counts = store.counts()?;
    let seconds = took.as_secs_f64();
    write!(
        out,
        "{} new, {} changed, {} unchanged",
        summary.new, summary.changed, summary.unchanged
    )?;
    for (count, what) in [
        (summary.pruned, "dropped"),
        (summary.passed_over.len(), "passed over"),
    ] {
        if count > 0 {
            write!(out, ", {count} {what}")?;
        }
    }
    if !summary.passed_over.is_empty() {
        let kinds: Vec<String> = super::kinds(&summary.passed_over)
            .iter()
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        write!(out, " ({})", kinds.join(", "))?;
    }
    write!(out, " in {seconds:.2} s")?;
    if summary.bytes > 0 {
        let rate = summary.bytes as f64 / 1e6 / seconds.max(1e-6);
        write!(out, " ({rate:.1} MB/s)")?;
    }
    writeln!(out)?;
    writeln!(out, "\n{}", args.database.db.display())?;
    writeln!(out, "  {:>7} documents", counts.documents)?;
    writeln!(
        out,
        "  {:>7} entities, {} of them from the gazetteers",
        counts.entities, counts.listed
    )?;
    writeln!(
        out,
        "  {:>7} statements, {} without a source",
        counts.statements, counts.unattributed
    )?;
    let edges = store.busiest_edges(8)?;
    if !edges.is_empty() {
        writeln!(out, "\nThe busiest edges")?;
        for edge in edges {
            writeln!(
                out,
                "  {:>4} × {} ─ {} → {} ({})",
                edge.weight, edge.source, edge.act, edge.target, edge.polarity
            )?;
        }
    }
    writeln!(
        out,
        "\nAsk on: sayso entities · sayso said NAME · sayso path NAME NAME · sayso query · sayso export --svg graph.svg"
    )?;
    Ok(())
}
