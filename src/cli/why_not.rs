//! `why-not`: what the program sees at a place where no statement was found.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Found;
use super::data::OwnData;
use super::failure::Failure;
use super::terminal::{self, Out};
use crate::analysis::{self, analyze};
use crate::ingest::{self, Input};
use crate::model::{Analysis, CodePoints, Document, ParagraphKind};
use crate::{pipeline, text};

/// Show what is seen at a place of an article: words, phrases, cues, mentions, statements
#[derive(Clone, Debug, Args)]
#[command(after_help = "Example:\n  sayso why-not news/one.txt:1530")]
pub struct WhyNotArgs {
    /// An article (one of many: FILE:LINE) and a code point in its text
    #[arg(value_name = "FILE:OFFSET")]
    place: String,
    #[command(flatten)]
    data: OwnData,
}

/// Runs the command.
pub fn run(args: &WhyNotArgs, out: &mut Out) -> Result<Found, Failure> {
    let parsed = args
        .place
        .rsplit_once(':')
        .and_then(|(file, at)| Some((file, at.parse::<u32>().ok()?)));
    let Some((file, at)) = parsed else {
        return Err(Failure::new(
            format!("`{}` is no place", args.place),
            "write FILE:OFFSET, the offset in code points as `extract` prints it",
        ));
    };
    let lexicon = args.data.lexicon()?;
    // One of many articles in a file is called FILE:LINE.
    let (path, number) = match file.rsplit_once(':') {
        Some((path, number)) if !Path::new(file).exists() && number.parse::<u64>().is_ok() => {
            (path, Some(format!(":{number}")))
        }
        _ => (file, None),
    };
    let (inputs, errors) = ingest::find(&[PathBuf::from(path)]);
    let input: &Input = match (inputs.first(), errors.first()) {
        (Some(input), _) => input,
        (None, Some(error)) => return Err(Failure::new(error.to_string(), error.help())),
        (None, None) => {
            return Err(Failure::new(
                format!("no article in `{file}`"),
                "name a file",
            ));
        }
    };
    let document = match ingest::read(input, &pipeline::reading(lexicon))
        .into_iter()
        .find(|read| match (read, &number) {
            (Ok(document), Some(number)) => document.name().ends_with(number.as_str()),
            (_, number) => number.is_none(),
        }) {
        Some(Ok(document)) => document,
        Some(Err(error)) => return Err(Failure::new(error.to_string(), error.help())),
        None => {
            return Err(Failure::new(
                format!("no article in `{file}`"),
                "name another file",
            ));
        }
    };
    let analysis = analyze(&document, lexicon);
    let points = CodePoints::new(document.text());
    let byte = points.byte(at);
    let Some(sentence) = analysis
        .sentences
        .iter()
        .find(|s| s.span.start() <= byte && byte < s.span.end())
    else {
        return Err(Failure::new(
            format!("no word at {at}"),
            format!(
                "the text has {} code points",
                points.at(document.text().len() as u32)
            ),
        ));
    };
    let one_line = |span: crate::model::Span| terminal::line(span.of(document.text()));
    writeln!(out, "{}\n", one_line(sentence.span))?;
    if analysis.paragraphs[sentence.paragraph as usize].kind == ParagraphKind::Boilerplate {
        writeln!(
            out,
            "The paragraph is the site's, not the article's (gazetteers/en/boilerplate.tsv): no statement comes from it."
        )?;
        return Ok(Found::Something);
    }
    let mended = text::mend(document.text());
    let readable = mended.as_ref().map_or(document.text(), |m| m.text.as_str());
    let as_it_was = |span| mended.as_ref().map_or(span, |m| m.original(span));
    let (layers, _) = analysis::read(readable, lexicon);
    let mut cues = Vec::new();
    for segment in layers
        .segments
        .iter()
        .filter(|s| as_it_was(s.span).overlaps(sentence.span))
    {
        writeln!(out, "Read as")?;
        for unit in &segment.units {
            let span = layers.tokens[unit.tokens.0 as usize]
                .span
                .cover(layers.tokens[unit.tokens.1 as usize - 1].span);
            let words = one_line(as_it_was(span));
            writeln!(out, "  {:<12} {words}", kind_name(unit.kind))?;
        }
        cues.extend(analysis::attribution::cues_in(&layers, lexicon, segment));
    }
    writeln!(
        out,
        "\nCues: {}",
        if cues.is_empty() {
            "none; add the verb, noun or phrase to cues.tsv".to_owned()
        } else {
            cues.join(", ")
        }
    )?;
    statements(&document, &analysis, sentence.span, out)?;
    Ok(Found::Something)
}

fn kind_name(kind: text::UnitKind) -> String {
    let name = format!("{kind:?}");
    name.split(['(', ' '])
        .next()
        .unwrap_or_default()
        .to_lowercase()
}

fn statements(
    document: &Document,
    analysis: &Analysis,
    around: crate::model::Span,
    out: &mut impl Write,
) -> std::io::Result<()> {
    let here: Vec<_> = analysis
        .statements
        .iter()
        .filter(|s| {
            s.content.iter().any(|c| c.overlaps(around)) || s.provenance.evidence.overlaps(around)
        })
        .collect();
    if here.is_empty() {
        return writeln!(
            out,
            "Statements: none; no pattern of queries/patterns fits the words around a cue (sayso patterns lists them)"
        );
    }
    writeln!(out, "Statements")?;
    for statement in here {
        let words: Vec<String> = statement
            .content
            .iter()
            .map(|c| terminal::line(c.of(document.text())).into_owned())
            .collect();
        let source = statement
            .source
            .as_ref()
            .and_then(|s| s.entity)
            .map_or("nobody named", |e| analysis.entities[e].id.as_str());
        writeln!(
            out,
            "  {source} ─ {} «{}» by {}",
            statement.act,
            words.join(" … "),
            statement.provenance.rule
        )?;
    }
    Ok(())
}
