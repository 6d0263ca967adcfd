//! `said`, `about`: statements by their source, and by whom they speak of.

use clap::Args;

use super::data::Database;
use super::failure::Failure;
use super::filter::{FilterArgs, refuse_no_days, tell_left_out};
use super::named::Naming;
use super::rows::{self, Format, Printing};
use super::terminal::Out;
use super::{Found, named};
use crate::graph::Filter;
use crate::model::StatementRow;
use crate::store::{Cell, StatementFilter, Table};

/// What somebody said
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Examples:\n  sayso said \"Ilse Orlan\" --about Veldania\n  sayso said orlan --act deny,reject --since 2025-03-01"
)]
pub struct SaidArgs {
    /// Id, name or alias of the source
    #[arg(value_name = "ENTITY")]
    source: String,
    /// Only what speaks of this entity
    #[arg(long, value_name = "ENTITY")]
    about: Option<String>,
    #[command(flatten)]
    common: Common,
}

/// What was said about somebody or something
#[derive(Clone, Debug, Args)]
pub struct AboutArgs {
    /// Id, name or alias of the entity spoken of
    #[arg(value_name = "ENTITY")]
    about: String,
    #[command(flatten)]
    common: Common,
}

/// Rows of a table where no other number is asked for.
const PAGE: usize = 50;

#[derive(Clone, Debug, Args)]
struct Common {
    #[command(flatten)]
    filter: FilterArgs,
    /// The most rows [default: 50 in a table, else all]
    #[arg(long, value_name = "N", value_parser = rows::limit)]
    limit: Option<usize>,
    #[command(flatten)]
    naming: Naming,
    #[command(flatten)]
    printing: Printing,
    #[command(flatten)]
    database: Database,
}

/// Runs `said`.
pub fn said(args: &SaidArgs, out: &mut Out) -> Result<Found, Failure> {
    list(Some(&args.source), args.about.as_deref(), &args.common, out)
}

/// Runs `about`.
pub fn about(args: &AboutArgs, out: &mut Out) -> Result<Found, Failure> {
    list(None, Some(&args.about), &args.common, out)
}

fn list(
    source: Option<&str>,
    about: Option<&str>,
    common: &Common,
    out: &mut Out,
) -> Result<Found, Failure> {
    refuse_no_days(common.filter.since, common.filter.until)?;
    let store = common.database.open()?;
    let id = |argument: Option<&str>| {
        argument
            .map(|a| named::entity(&store, a, common.naming).map(|e| e.id))
            .transpose()
    };
    let filter = StatementFilter {
        source: id(source)?,
        about: id(about)?,
        acts: common.filter.act.clone(),
        min_confidence: common.filter.min_confidence,
        standings: common.filter.standing.concat(),
        unreported: common.filter.no_reported,
        ..common.filter.of_store()
    };
    let mut statements = store.statements(&filter)?;
    if let Some(polarity) = common.filter.polarity {
        statements.retain(|statement| statement.polarity == polarity);
    }
    let filter = Filter {
        since: common.filter.since,
        until: common.filter.until,
        ..Filter::default()
    };
    tell_left_out(&filter, &statements);
    statements.retain(|statement| filter.admits(statement));
    let all = statements.len();
    let as_table = common.printing.format == Format::Table;
    let limit = common.limit.unwrap_or(if as_table { PAGE } else { all });
    statements.truncate(limit);
    let table = if as_table {
        for_people(&statements, source.is_some())
    } else {
        for_programs(&statements)
    };
    let shown = rows::print(&table, common.printing, out)?;
    if as_table {
        rows::tell_more(limit, all, out)?;
    }
    Ok(Found::of(shown))
}

/// The columns that fit a page.
fn for_people(statements: &[StatementRow], source_known: bool) -> Table {
    let mut columns = vec![
        "id", "day", "source", "act", "target", "content", "document",
    ];
    if source_known {
        columns.remove(2);
    }
    let is_told = statements.iter().any(|s| s.teller.is_some());
    if is_told {
        columns.push("told by");
    }
    let rows = statements
        .iter()
        .map(|s| {
            let day = s
                .said_on
                .or(s.published)
                .map(|day| day.to_string())
                .unwrap_or_default();
            let targets: Vec<&str> = s.targets.iter().map(|(id, _)| local(id)).collect();
            let mut row = vec![
                Cell::Text(s.id.to_string()),
                Cell::Text(day),
                Cell::Text(s.source.as_deref().map_or("nobody named", local).to_owned()),
                Cell::Text(format!("{}{}", s.standing.before_act(), s.act)),
                Cell::Text(targets.join(", ")),
                Cell::Text(s.content.clone()),
                Cell::Text(
                    s.publisher
                        .clone()
                        .unwrap_or_else(|| file_name(&s.document)),
                ),
            ];
            if source_known {
                row.remove(2);
            }
            if is_told {
                let teller = s.teller.as_ref().map_or("", |(id, _)| local(id));
                row.push(Cell::Text(teller.to_owned()));
            }
            row
        })
        .collect();
    Table {
        columns: columns.into_iter().map(str::to_owned).collect(),
        rows,
    }
}

/// An id without the document that it belongs to.
fn local(id: &str) -> &str {
    id.split_once('#').map_or(id, |(_, local)| local)
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// All columns.
fn for_programs(statements: &[StatementRow]) -> Table {
    let columns = [
        "id",
        "document",
        "title",
        "publisher",
        "published",
        "source",
        "cue",
        "act",
        "negated",
        "targets",
        "polarity",
        "addressees",
        "about",
        "kind",
        "said_on",
        "confidence",
        "rule",
        "content",
        "sentence",
        "standing",
        "teller",
    ];
    let text = |value: &Option<String>| value.clone().map_or(Cell::Null, Cell::Text);
    let rows = statements
        .iter()
        .map(|s| {
            vec![
                Cell::Text(s.id.to_string()),
                Cell::Text(s.document.clone()),
                text(&s.title),
                text(&s.publisher),
                text(&s.published.map(|d| d.to_string())),
                text(&s.source),
                text(&s.cue),
                Cell::Text(s.act.to_string()),
                Cell::Integer(i64::from(s.negated)),
                Cell::Text(
                    s.targets
                        .iter()
                        .map(|(id, _)| id.as_str())
                        .collect::<Vec<_>>()
                        .join("|"),
                ),
                Cell::Text(s.polarity.to_string()),
                Cell::Text(s.addressees.join("|")),
                Cell::Text(s.about.join("|")),
                Cell::Text(s.kind.to_string()),
                text(&s.said_on.map(|d| d.to_string())),
                Cell::Real((f64::from(s.confidence) * 1000.0).round() / 1000.0),
                Cell::Text(s.rule.clone()),
                Cell::Text(s.content.clone()),
                Cell::Text(s.sentence.clone()),
                Cell::Text(s.standing.to_string()),
                text(&s.teller.as_ref().map(|(id, _)| id.clone())),
            ]
        })
        .collect();
    Table {
        columns: columns.map(str::to_owned).to_vec(),
        rows,
    }
}
