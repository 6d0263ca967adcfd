//! What the data formats tell of an entity and of an edge: the columns and their types, written once.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Level, Options, edges, id};
use crate::graph::{Degree, Edge, Graph, Witness, betweenness, degrees, heaviest, page_rank};
use crate::model::{Date, EntityRow, Standing, StatementId};

/// One property of an entity or an edge.
pub(super) struct Column<T> {
    /// Its name: lower case; never one that means something else to Gephi.
    pub name: &'static str,
    /// The type of all its values.
    pub kind: Kind,
    /// Its value; `None`: there is none.
    pub value: for<'t> fn(&'t T) -> Option<Value<'t>>,
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Whole,
    Real,
    Flag,
}

/// A cell.
pub(super) enum Value<'t> {
    Text(Cow<'t, str>),
    Whole(i64),
    Real(f64),
    Flag(bool),
    /// Joined by `|` where a format has no lists.
    Texts(&'t [String]),
    Ids(Vec<StatementId>),
}

/// An entity with its measures.
pub(super) struct EntityRecord<'r> {
    pub row: &'r EntityRow,
    degree: Degree,
    page_rank: f64,
    betweenness: Option<f64>,
}

/// An edge with an id of its own.
pub(super) struct EdgeRecord<'r> {
    pub id: String,
    pub edge: Edge<'r>,
}

/// The entities of a graph that stand in the export.
pub(super) fn entity_records<'r>(graph: &Graph<'r>, options: &Options) -> Vec<EntityRecord<'r>> {
    let degrees = degrees(graph);
    let ranks = page_rank(graph);
    let between = options.betweenness.then(|| betweenness(graph));
    let linked = options.max_edges.map(|_| {
        let edges = kept(graph, options);
        let ends = edges.iter().flat_map(|edge| [edge.source, edge.target]);
        ends.map(|row| row.id.as_str()).collect::<BTreeSet<_>>()
    });
    let records = graph.entities().enumerate().map(|(at, row)| EntityRecord {
        row,
        degree: degrees[at],
        page_rank: ranks[at],
        betweenness: between.as_ref().map(|scores| scores[at]),
    });
    let is_in = |row: &EntityRow| {
        linked
            .as_ref()
            .is_none_or(|ids| ids.contains(row.id.as_str()))
    };
    records.filter(|record| is_in(record.row)).collect()
}

/// The edges of a graph at the level asked for, each with an id of its own.
pub(super) fn edge_records<'r>(graph: &Graph<'r>, options: &Options) -> Vec<EdgeRecord<'r>> {
    let edges = kept(graph, options).into_iter();
    edges
        .map(|edge| EdgeRecord {
            id: id::edge(&edge, options.level),
            edge,
        })
        .collect()
}

fn kept<'r>(graph: &Graph<'r>, options: &Options) -> Vec<Edge<'r>> {
    let edges = edges(graph, options.level);
    match options.max_edges {
        Some(most) => heaviest(edges, most),
        None => edges,
    }
}

/// The stance of an edge in a word.
fn stance(edge: &Edge<'_>) -> &'static str {
    let stances = edge.stances();
    match stances.negative == stances.positive && stances.positive > 0 {
        true => "both",
        false => edge.polarity().name(),
    }
}

/// What is told of an entity besides its id.
pub(super) fn entity_columns<'r>(options: &Options) -> Vec<Column<EntityRecord<'r>>> {
    let mut columns: Vec<Column<EntityRecord>> = vec![
        column("label", Kind::Text, |e| text(&e.row.name)),
        column("kind", Kind::Text, |e| text(e.row.kind.name())),
        column("listed", Kind::Flag, |e| Some(Value::Flag(e.row.listed))),
        column("mentions", Kind::Whole, |e| whole(e.row.mentions)),
        column("said", Kind::Whole, |e| whole(e.row.said)),
        column("about", Kind::Whole, |e| whole(e.row.about)),
        column("weight_in", Kind::Whole, |e| whole(e.degree.weight_in)),
        column("weight_out", Kind::Whole, |e| whole(e.degree.weight_out)),
        column("page_rank", Kind::Real, |e| real(e.page_rank)),
    ];
    if options.betweenness {
        columns.push(column("betweenness", Kind::Real, |e| {
            e.betweenness.and_then(real)
        }));
    }
    columns
}

/// What is told of an edge besides its ends and its id.
pub(super) fn edge_columns<'r>(options: &Options) -> Vec<Column<EdgeRecord<'r>>> {
    let mut columns: Vec<Column<EdgeRecord>> = vec![
        column("label", Kind::Text, |e| text(label(&e.edge))),
        column("weight", Kind::Whole, |e| whole(e.edge.weight())),
        column("relation", Kind::Text, |e| text(e.edge.kind.name())),
        column("polarity", Kind::Text, |e| text(stance(&e.edge))),
    ];
    match options.level {
        Level::Pair => columns.extend([
            column("negative", Kind::Whole, |e: &EdgeRecord| {
                whole(e.edge.stances().negative)
            }),
            column("neutral", Kind::Whole, |e| whole(e.edge.stances().neutral)),
            column("positive", Kind::Whole, |e| {
                whole(e.edge.stances().positive)
            }),
            column("first", Kind::Text, |e| {
                e.edge.days().and_then(|days| iso(days.0))
            }),
            column("last", Kind::Text, |e| {
                e.edge.days().and_then(|days| iso(days.1))
            }),
            column("documents", Kind::Whole, |e| {
                let documents = e.edge.witnesses.iter().map(|w| &w.statement.document);
                whole(documents.collect::<BTreeSet<_>>().len())
            }),
            column("statements", Kind::Text, |e| {
                let ids = e.edge.witnesses.iter().map(|w| w.statement.id);
                Some(Value::Ids(ids.collect()))
            }),
            column("confidence", Kind::Real, |e| single(e.edge.confidence())),
            column("reported", Kind::Whole, |e| whole(e.edge.reported())),
            column("denied", Kind::Whole, |e| {
                whole(e.edge.standing(Standing::Denied))
            }),
            column("hypothetical", Kind::Whole, |e| {
                whole(e.edge.standing(Standing::Hypothetical))
            }),
        ]),
        Level::Statement => columns.extend([
            column("statement", Kind::Text, |e: &EdgeRecord| {
                text(e.witness().statement.id.to_string())
            }),
            column("act", Kind::Text, |e| {
                text(e.witness().statement.act.name())
            }),
            column("negated", Kind::Flag, |e| {
                Some(Value::Flag(e.witness().statement.negated))
            }),
            column("content_kind", Kind::Text, |e| {
                text(e.witness().statement.kind.name())
            }),
            column("said_on", Kind::Text, |e| {
                e.witness().statement.said_on.and_then(iso)
            }),
            column("document", Kind::Text, |e| {
                text(&e.witness().statement.document)
            }),
            column("title", Kind::Text, |e| {
                e.witness().statement.title.as_ref().and_then(text)
            }),
            column("publisher", Kind::Text, |e| {
                e.witness().statement.publisher.as_ref().and_then(text)
            }),
            column("published", Kind::Text, |e| {
                e.witness().statement.published.and_then(iso)
            }),
            column("cue", Kind::Text, |e| {
                e.witness().statement.cue.as_ref().and_then(text)
            }),
            column("content", Kind::Text, |e| {
                text(&e.witness().statement.content)
            }),
            column("sentence", Kind::Text, |e| {
                text(&e.witness().statement.sentence)
            }),
            column("addressees", Kind::Text, |e| {
                texts(&e.witness().statement.addressees)
            }),
            column("about", Kind::Text, |e| texts(&e.witness().statement.about)),
            column("confidence", Kind::Real, |e| {
                single(e.witness().statement.confidence)
            }),
            column("rule", Kind::Text, |e| text(&e.witness().statement.rule)),
            column("standing", Kind::Text, |e| {
                text(e.witness().statement.standing.name())
            }),
            column("teller", Kind::Text, |e| {
                let teller = e.witness().statement.teller.as_ref();
                teller.and_then(|(id, _)| text(id))
            }),
        ]),
    }
    columns
}

/// The acts of an edge in words: "accuse", "3 × accuse", "not promise", "perhaps warn", "2 × deny, state".
pub(super) fn label(edge: &Edge) -> String {
    let parts = edge.acts().into_iter().map(|act| {
        let times = match act.count {
            1 => String::new(),
            count => format!("{count} × "),
        };
        format!("{times}{}{}", act.standing.before_act(), act.act)
    });
    parts.collect::<Vec<_>>().join(", ")
}

impl Value<'_> {
    /// The value as text, empty for an empty list.
    pub fn into_text(self) -> String {
        match self {
            Value::Text(text) => text.into_owned(),
            Value::Whole(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Flag(flag) => flag.to_string(),
            Value::Texts(texts) => texts.join("|"),
            Value::Ids(ids) => {
                let texts = ids.iter().map(ToString::to_string);
                texts.collect::<Vec<_>>().join("|")
            }
        }
    }
}

impl<'r> EdgeRecord<'r> {
    /// The statement of an edge that is one statement.
    fn witness(&self) -> &Witness<'r> {
        &self.edge.witnesses[0]
    }
}

fn column<T>(
    name: &'static str,
    kind: Kind,
    value: for<'t> fn(&'t T) -> Option<Value<'t>>,
) -> Column<T> {
    Column { name, kind, value }
}

fn text<'t>(text: impl Into<Cow<'t, str>>) -> Option<Value<'t>> {
    Some(Value::Text(text.into()))
}

fn texts(texts: &[String]) -> Option<Value<'_>> {
    Some(Value::Texts(texts))
}

fn whole<'t>(number: impl TryInto<i64>) -> Option<Value<'t>> {
    Some(Value::Whole(number.try_into().unwrap_or(i64::MAX)))
}

/// A number to nine decimals: more is noise.
fn real<'t>(number: f64) -> Option<Value<'t>> {
    let rounded = (number * 1e9).round() / 1e9;
    rounded.is_finite().then_some(Value::Real(rounded))
}

/// A number of single precision by its shortest decimal: 0.9, not 0.8999999761581421.
fn single<'t>(number: f32) -> Option<Value<'t>> {
    number.to_string().parse().ok().and_then(real)
}

fn iso<'t>(day: Date) -> Option<Value<'t>> {
    text(day.to_string())
}
