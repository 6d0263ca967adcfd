//! `explain`: why a statement stands in the graph.

use std::io::Write;

use clap::Args;

use super::Found;
use super::data::Database;
use super::failure::Failure;
use super::terminal::{self, Out};
use crate::model::{DIGITS, StatementPlace};
use crate::store::Explanation;

/// Show why a statement stands in the graph: its sentence, the rule, the data lines
#[derive(Clone, Debug, Args)]
pub struct ExplainArgs {
    /// Id of the statement, as every other command prints it; of its first part four digits are enough
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    database: Database,
}

/// The fewest digits of a document by which a statement may be called.
const FEWEST: usize = 4;

/// Runs the command.
pub fn run(args: &ExplainArgs, out: &mut Out) -> Result<Found, Failure> {
    let store = args.database.open()?;
    let id = args.id.trim_matches(['[', ']']);
    let parts = id.split_once('-').and_then(|(document, place)| {
        let is_hex = document.bytes().all(|b| b.is_ascii_hexdigit());
        let fits = is_hex && (FEWEST..=DIGITS).contains(&document.len());
        fits.then_some(())?;
        Some((document, place.parse::<StatementPlace>().ok()?))
    });
    let Some((document, place)) = parts else {
        return Err(Failure::new(
            format!("`{id}` is not the id of a statement"),
            "an id is 7f3a91c2d0b4e6-1530, or 7f3a-1530 for short; `sayso said NAME` shows the ids",
        ));
    };
    let found = store.statements_at(document, place)?;
    let statement = match found.as_slice() {
        [] => {
            return Err(Failure::new(
                format!("no statement is called `{id}`"),
                "`sayso said NAME` shows the ids",
            ));
        }
        [statement] => statement.id,
        several => {
            let several = several.iter().take(5);
            let ids: Vec<String> = several
                .map(|s| format!("`{}` ({})", s.id, terminal::line(&s.document)))
                .collect();
            return Err(Failure::new(
                format!("`{id}` may be {}", ids.join(" or ")),
                "give more digits",
            ));
        }
    };
    if let Some(explanation) = store.explain(statement)? {
        print(&explanation, out)?;
    }
    Ok(Found::Something)
}

fn print(explanation: &Explanation, out: &mut impl Write) -> std::io::Result<()> {
    let s = &explanation.statement;
    let not = s.standing.before_act();
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
    line(
        "told by",
        s.teller.as_ref().map_or("", |t| t.0.as_str()).to_owned(),
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
    terminal::line(&text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
