//! `extract`: what is said in articles, one JSON object a document, without a database.

use std::io::Write;

use clap::Args;
use rayon::prelude::*;

use super::Found;
use super::failure::Failure;
use super::reading::{Prepared, ReadingArgs};
use crate::export::record;
use crate::pipeline;

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

/// Files that are analysed before the first of them is printed.
const CHUNK: usize = 64;

/// Runs the command.
pub fn run(args: &ExtractArgs, out: &mut impl Write) -> Result<Found, Failure> {
    let Prepared {
        lexicon,
        options,
        inputs,
        missing,
    } = args.reading.prepare()?;
    let mut passed_over = missing;
    let mut found = false;
    for chunk in inputs.chunks(CHUNK) {
        let files: Vec<_> = chunk
            .par_iter()
            .map(|input| pipeline::extract(input, &lexicon, &options))
            .collect();
        for article in files.into_iter().flatten() {
            match article {
                Ok((document, mut analysis)) => {
                    analysis.keep_surer_than(args.min_confidence);
                    found |= !analysis.statements.is_empty();
                    record::write(out, &document, &analysis)?;
                }
                Err(problem) => passed_over.push(problem),
            }
        }
    }
    super::tell_passed_over(&passed_over);
    if !passed_over.is_empty() && !found {
        return Ok(Found::Error);
    }
    Ok(Found::of(found))
}
