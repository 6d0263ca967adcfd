//! `explain`: why a statement stands in the graph.

use std::io::Write;

use clap::Args;

use super::data::Database;
use super::failure::Failure;
use super::{Found, rows};
use crate::store::Explanation;

/// Show why a statement stands in the graph: its sentence, the rule, the data lines
#[derive(Clone, Debug, Args)]
pub struct ExplainArgs {
    /// Number of the statement, as every other command prints it
    #[arg(value_parser = number)]
    id: i64,
    #[command(flatten)]
    database: Database,
}

fn number(text: &str) -> Result<i64, String> {
    let number = text.trim_matches(['[', ']']).parse();
    number.map_err(|_| "not a number; `sayso said NAME` shows the numbers".to_owned())
}

/// Runs the command.
pub fn run(args: &ExplainArgs, out: &mut impl Write) -> Result<Found, Failure> {
    let store = args.database.open()?;
    let Some(explanation) = store.explain(args.id)? else {
        return Err(Failure::new(
            format!("no statement has the number {}", args.id),
            "`sayso said NAME` shows the numbers",
        ));
    };
    print(&explanation, out)?;
    Ok(Found::Something)
}

fn print(explanation: &Explanation, out: &mut impl Write) -> std::io::Result<()> {
    let s = &explanation.statement;
    let not = if s.negated { "not " } else { "" };
    let targets: Vec<String> = s
        .targets
        .iter()
        .map(|(id, polarity)| format!("{id} ({polarity})"))
        .collect();
    let whom = if targets.is_empty() {
        String::new()
    } else {
        format!(" → {}", targets.join(", "))
    };
    writeln!(
        out,
        "{} ─ {not}{}{whom}",
        s.source.as_deref().unwrap_or("nobody named"),
        s.act
    )?;
    let place = [
        s.title.clone(),
        s.publisher.clone(),
        s.published.map(|d| d.to_string()),
        Some(s.document.clone()),
    ];
    writeln!(
        out,
        "{}\n",
        place.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    )?;
    writeln!(out, "  {}\n", marked(explanation))?;
    writeln!(
        out,
        "  [source]  {{cue}}  «content»{}",
        if explanation
            .source
            .is_some_and(|(start, _)| start < explanation.evidence_start)
        {
            "; the source is named earlier"
        } else {
            ""
        }
    )?;
    let mut line = |name: &str, value: String| {
        if value.is_empty() {
            Ok(())
        } else {
            writeln!(out, "{name:>12}  {value}")
        }
    };
    line("about", s.about.join(", "))?;
    line("said to", s.addressees.join(", "))?;
    line(
        "said on",
        s.said_on.map(|d| d.to_string()).unwrap_or_default(),
    )?;
    line("kind", s.kind.to_string())?;
    line(
        "inside",
        explanation
            .parent
            .map(|p| format!("statement {p}"))
            .unwrap_or_default(),
    )?;
    line("rule", s.rule.clone())?;
    line("source by", explanation.sieves.replace('|', ", "))?;
    line("data", explanation.lines.join(", "))?;
    line("confidence", format!("{:.2}", s.confidence))?;
    line("lexicon", explanation.lexicon.chars().take(12).collect())
}

/// The evidence with its spans marked.
fn marked(explanation: &Explanation) -> String {
    let mut marks: Vec<(u32, u8, char)> = Vec::new(); // place, closing first, mark
    let mut add = |span: Option<(u32, u32)>, open: char, close: char| {
        if let Some((start, end)) = span {
            marks.push((start, 1, open));
            marks.push((end, 0, close));
        }
    };
    add(explanation.source, '[', ']');
    add(explanation.cue, '{', '}');
    for &content in &explanation.content {
        add(Some(content), '«', '»');
    }
    marks.sort_unstable();
    let mut text = String::new();
    let mut next = 0;
    for (at, c) in
        (explanation.evidence_start..).zip(explanation.evidence.chars().map(Some).chain([None]))
    {
        while marks.get(next).is_some_and(|&(place, ..)| place < at) {
            next += 1;
        }
        while let Some(&(place, _, mark)) = marks.get(next)
            && place == at
        {
            text.push(mark);
            next += 1;
        }
        text.extend(c);
    }
    rows::plain(&text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
