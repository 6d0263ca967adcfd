//! `extract`: what is said in articles, one JSON object a document, without a database.

use super::Found;
use super::failure::Failure;
use super::reading::{Prepared, ReadingArgs};
use super::terminal::{self, Out};
use crate::export::record;
use crate::pipeline;
use clap::Args;

/// Print who said what about whom, one JSON object a document
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  sayso extract article.txt\n  cat article.txt | sayso extract - | jq '.statements[].act'"
)]
pub struct ExtractArgs {
    #[command(flatten)]
    reading: ReadingArgs,
    /// The format: one JSON object a line
    #[arg(long, value_parser = ["jsonl"], default_value = "jsonl")]
    format: String,
    /// Only statements at least this sure, from 0 to 1
    #[arg(long, value_name = "0…1", default_value_t = 0.0, value_parser = super::filter::confidence)]
    min_confidence: f32,
}

/// Runs the command.
pub fn run(args: &ExtractArgs, out: &mut Out) -> Result<Found, Failure> {
    let Prepared {
        lexicon,
        options,
        inputs,
        missing,
    } = args.reading.prepare()?;
    let mut passed_over = missing;
    let mut remarks = Vec::new();
    let mut found = false;
    let mut written = Ok(());
    pipeline::extract(inputs, lexicon, &options, |article| {
        match article {
            Ok((document, mut analysis)) => {
                remarks.extend(pipeline::remarks(&document));
                analysis.keep_surer_than(args.min_confidence);
                found |= !analysis.statements.is_empty();
                written = record::write(&mut out.data(), &document, &analysis);
            }
            Err(problem) => passed_over.push(problem),
        }
        written.is_ok()
    });
    written?;
    super::tell_passed_over(&passed_over);
    for remark in &remarks {
        terminal::tell(format_args!("sayso: {}", terminal::line(remark)));
    }
    if !passed_over.is_empty() && !found {
        return Ok(Found::Error);
    }
    Ok(Found::of(found))
}
