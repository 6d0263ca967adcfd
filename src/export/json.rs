//! JSON in node-link form: `nodes` and `links`, as D3 and networkx know it.
//!
//! `d3.forceLink(links).id(d => d.id)` and `networkx.node_link_graph(data, edges="links")` read it as it is.

use std::io::Write;

use serde_json::{Map, Value as Json};

use super::column::{Column, Value, edge_columns, edge_records, entity_columns, entity_records};
use super::plain::to_json;
use super::{Error, Options};
use crate::graph::Graph;

/// How the file begins, by which we know our own.
pub(super) const HEAD: &str =
    r#"{"directed": true, "multigraph": true, "graph": {"generator": "sayso"}"#;

/// Writes the graph, one line an entity and an edge.
pub fn write(out: &mut impl Write, graph: &Graph<'_>, options: &Options) -> Result<(), Error> {
    let columns = entity_columns(options);
    write!(out, "{HEAD},\n\"nodes\": [")?;
    for (at, record) in entity_records(graph, options).iter().enumerate() {
        let head = [("id", &record.row.id)];
        line(out, at, &object(head, &columns, record))?;
    }
    let columns = edge_columns(options);
    write!(out, "\n],\n\"links\": [")?;
    for (at, record) in edge_records(graph, options).iter().enumerate() {
        let (source, target) = (&record.edge.source.id, &record.edge.target.id);
        let head = [("source", source), ("target", target), ("key", &record.id)];
        line(out, at, &object(head, &columns, record))?;
    }
    writeln!(out, "\n]}}")?;
    Ok(())
}

fn line(out: &mut impl Write, at: usize, object: &Map<String, Json>) -> std::io::Result<()> {
    write!(out, "{}", if at == 0 { "\n" } else { ",\n" })?;
    to_json(out, object)
}

fn object<T, const N: usize>(
    head: [(&str, &String); N],
    columns: &[Column<T>],
    record: &T,
) -> Map<String, Json> {
    let head = head.map(|(key, value)| (key.to_owned(), Json::from(value.as_str())));
    let rest = columns.iter().map(|column| {
        let value = match (column.value)(record) {
            None => Json::Null,
            Some(Value::Text(text)) => Json::from(text),
            Some(Value::Whole(number)) => Json::from(number),
            Some(Value::Real(number)) => Json::from(number),
            Some(Value::Flag(flag)) => Json::from(flag),
            Some(Value::Texts(texts)) => Json::from(texts),
            Some(Value::Ids(ids)) => ids.iter().map(ToString::to_string).collect(),
        };
        (column.name.to_owned(), value)
    });
    head.into_iter().chain(rest).collect()
}
