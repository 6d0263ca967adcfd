//! `build`: articles into a database.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use indicatif::ProgressBar;

use super::data::Database;
use super::failure::Failure;
use super::reading::{Prepared, ReadingArgs};
use super::terminal::{self, Out};
use super::{Found, tell_passed_over};
use crate::ingest::Input;
use crate::pipeline::{self, BuildOptions, Summary};
use crate::store::{Forget, Store};

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
    /// Let go of what the database was made with and this build is not given: corrections, fields, roots
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    forget: Vec<Forgotten>,
    /// No progress bar and no summary
    #[arg(short, long)]
    quiet: bool,
}

/// What a build may let go of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Forgotten {
    /// Merges and splits: all articles are read again without them
    Corrections,
    /// Names of fields of JSON articles
    Fields,
    /// Documents of folders that are not given
    Roots,
}

/// Runs the command.
pub fn run(args: &BuildArgs, out: &mut Out) -> Result<Found, Failure> {
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
    stop_when_asked(&options.stop)?;
    let db = &args.database.db;
    let opened = Store::open_or_wait(db, |first| {
        if first {
            terminal::tell(format_args!(
                "sayso: another build writes to `{}`: waiting until it is done",
                db.display()
            ));
        }
        !options.stop.load(Ordering::Relaxed)
    })?;
    let Some(mut store) = opened else {
        terminal::tell(format_args!("sayso: stopped; nothing was changed"));
        return Ok(Found::Error);
    };
    let bar = progress_bar(&inputs, args.quiet);
    let mut bytes = 0;
    let options = BuildOptions {
        prune: args.prune,
        forget: Forget {
            corrections: args.forget.contains(&Forgotten::Corrections),
            fields: args.forget.contains(&Forgotten::Fields),
            // Where a path is missing, its documents may be those of a root that is not given.
            roots: args.forget.contains(&Forgotten::Roots) && missing.is_empty(),
        },
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
    summary.passed_over.splice(0..0, missing);
    tell_passed_over(&summary.passed_over);
    for remark in &summary.remarks {
        terminal::tell(format_args!("sayso: {}", terminal::line(remark)));
    }
    for slip in super::slips::find(lexicon, Some(&store))?.faults {
        terminal::tell(format_args!("sayso: {slip}"));
    }
    if !args.quiet {
        print(&store, &summary, started.elapsed(), args, out)?;
    }
    if summary.stopped {
        terminal::tell(format_args!(
            "sayso: stopped; what is done is kept\nhelp: run the build again, and it goes on from there"
        ));
        return Ok(Found::Error);
    }
    let read = summary.new + summary.changed + summary.unchanged;
    Ok(if read == 0 && !summary.passed_over.is_empty() {
        Found::Error
    } else {
        Found::of(read > 0)
    })
}

/// The exit code of a program that was asked twice to end.
const STOPPED: i32 = 130;

/// Sets `stop` when the program is asked to end, by the keyboard or by the system; asked again, it ends at once.
fn stop_when_asked(stop: &Arc<AtomicBool>) -> std::io::Result<()> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::flag;

    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, STOPPED, Arc::clone(stop))?;
        flag::register(signal, Arc::clone(stop))?;
    }
    Ok(())
}

/// On a terminal only, and only where it says more than the summary will.
fn progress_bar(inputs: &[Input], quiet: bool) -> ProgressBar {
    if quiet {
        return ProgressBar::hidden();
    }
    terminal::progress_bar(|| {
        let sizes = inputs.iter().filter_map(|input| input.path.as_ref());
        sizes
            .filter_map(|path| std::fs::metadata(path).ok())
            .map(|meta| meta.len())
            .sum()
    })
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
    let database = args.database.db.display().to_string();
    writeln!(out, "\n{}", terminal::line(&database))?;
    let twice = match counts.names.saturating_sub(counts.documents) {
        0 => String::new(),
        more => format!(", {more} of them under another name, too"),
    };
    writeln!(out, "  {:>7} documents{twice}", counts.documents)?;
    for (count, what) in [
        (counts.reprints, "of them near copies of others"),
        (counts.undated, "of them without a day"),
        (counts.unpublished, "of them without an outlet"),
    ] {
        if count > 0 {
            writeln!(out, "  {count:>7} {what}")?;
        }
    }
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
