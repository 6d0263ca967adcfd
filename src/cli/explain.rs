//! `explain`: why a statement stands in the graph.

use std::io::Write;

use clap::Args;

use super::Found;
use super::data::{Database, OwnData};
use super::failure::Failure;
use super::features::in_words;
use super::terminal::{self, Out};
use crate::analysis::judgements;
use crate::analysis::meaning::judged::{Judgement, Question};
use crate::model::{CodePoints, DIGITS, Document, Standing, Statement, StatementPlace};
use crate::store::{Explanation, Store};

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
        why(&store, &explanation, out)?;
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

/// How many features are told of each judgement.
const GROUNDS: usize = 3;

/// Reads the article again, and tells what its judgements rest on. Where the statement does not come out as it is stored,
/// what gave them.
fn why(store: &Store, explanation: &Explanation, out: &mut Out) -> Result<(), Failure> {
    let (gazetteers, queries, no_defaults) = store.data()?;
    let data = OwnData {
        gazetteers,
        queries,
        no_defaults,
    };
    let document = store.document(explanation.statement.id.document)?;
    let again = document
        .zip(data.lexicon().ok())
        .and_then(|(document, lexicon)| {
            let (statement, judgements) = judgements(&document, lexicon, explanation.nth)?;
            is_same(explanation, &document, &statement).then_some(judgements)
        });
    let Some(judgements) = again else {
        writeln!(out, "{:>12}  {}", "given by", explanation.signs)?;
        terminal::tell(format_args!(
            "sayso: with the data files of today the article reads otherwise: what its judgements rest on cannot be told\n\
             help: run the build again"
        ));
        return Ok(());
    };
    writeln!(out)?;
    for judgement in judgements {
        write_judgement(&judgement, out)?;
    }
    Ok(())
}

/// True where `statement` is the one that is stored, and means the same.
fn is_same(explanation: &Explanation, document: &Document, statement: &Statement) -> bool {
    let points = CodePoints::new(document.text());
    let stored = &explanation.statement;
    let cue = statement.cue.as_ref().map(|cue| points.of(cue.span));
    let content = statement.content.iter().map(|&span| points.of(span));
    cue == explanation.cue
        && content.eq(explanation.content.iter().copied())
        && (statement.act, statement.polarity, statement.standing)
            == (stored.act, stored.polarity, stored.standing)
        && statement.provenance.signs.to_string() == explanation.signs
}

fn write_judgement(judgement: &Judgement, out: &mut impl Write) -> std::io::Result<()> {
    let Judgement { value, sign, .. } = judgement;
    let head = match judgement.what {
        Question::Act | Question::Polarity | Question::Standing => format!("Why {value}"),
        Question::Target => format!("Why at {value}"),
        Question::Addressee => format!("Why to {value}"),
    };
    let by = by_in_words(judgement);
    let mut grounds = judgement.grounds.as_slice();
    match sign.sure {
        None => {
            let told = grounds
                .iter()
                .take(GROUNDS)
                .map(|ground| match &ground.place {
                    Some(place) => format!(" ({place})"),
                    None => format!(" {}", ground.feature),
                });
            let told = told.collect::<Vec<_>>().join(",");
            let told = terminal::line(&told).into_owned();
            return writeln!(out, "{}: {by}{told}", terminal::line(&head));
        }
        Some(sure) => writeln!(out, "{}: {by}, {sure} %", terminal::line(&head))?,
    }
    if value == Standing::Firsthand.name() {
        grounds = &[]; // the common case
    }
    let mut shown: Vec<(String, String)> = Vec::new();
    for ground in grounds {
        let Some(place) = &ground.place else { continue };
        let words = terminal::line(&in_words(&place.file, &ground.feature)).into_owned();
        // Two features may say the same.
        if shown.len() < GROUNDS && shown.iter().all(|(known, _)| *known != words) {
            shown.push((words, place.to_string()));
        }
    }
    let width = shown.iter().map(|(words, _)| words.chars().count()).max();
    for (words, place) in &shown {
        let room = width.unwrap_or_default();
        writeln!(out, "  {words:<room$}  {place}")?;
    }
    Ok(())
}

/// What gave a judgement.
fn by_in_words(judgement: &Judgement) -> String {
    let by = judgement.sign.by;
    let rather = match judgement.rather_than {
        Some(other) => format!("learned, rather than {other}"),
        None => String::new(),
    };
    match (judgement.what, by) {
        _ if !rather.is_empty() => rather,
        (Question::Polarity, "cue") => "the cue carries it".to_owned(),
        (Question::Polarity, "words") => "the rules read words of the content so:".to_owned(),
        (Question::Polarity, "act") => "the act goes with it, as the rules read it".to_owned(),
        (Question::Polarity, "earlier") => {
            "as in the statement that it answers, repeats or goes on from".to_owned()
        }
        (_, "cue") => "the cue does it".to_owned(),
        (_, "own") => "a row of your own says so".to_owned(),
        (_, "condition") => "a condition opens the clause of the cue".to_owned(),
        (_, "negation") => "the cue is negated".to_owned(),
        (_, "nobody") => "the source is nobody".to_owned(),
        (_, "modal") => "the cue stands behind a word of the class `possible`".to_owned(),
        (_, "outer") => {
            "it is the main clause of a statement that denies it, or is no more than that itself"
                .to_owned()
        }
        (_, "captured") => "the construction names it".to_owned(),
        (_, "addressed") => "learned; it is said to them".to_owned(),
        (_, "inside") => "learned; the content speaks of it".to_owned(),
        (_, "nation") => "learned; an adjective in the content names it".to_owned(),
        (_, "beside") => "learned; the sentence speaks of it, outside the content".to_owned(),
        (_, "aimed-before") => "learned; the same source aimed at it before".to_owned(),
        (_, "spoke-before") => "learned; it spoke before".to_owned(),
        (_, "before") => "learned; a sentence before speaks of it".to_owned(),
        (_, "title") => "learned; the headline speaks of it".to_owned(),
        (_, "frequent") => "learned; the article speaks of it often".to_owned(),
        _ => "the rules read it so".to_owned(),
    }
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
