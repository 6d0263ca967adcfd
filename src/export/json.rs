//! JSON in node-link form: `nodes` and `links`, as D3 and networkx know it.
//!
//! `d3.forceLink(links).id(d => d.id)` and `networkx.node_link_graph(data, edges="links")` read it as it is.

use std::io::Write;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::column::{Column, Value, edge_columns, edge_records, entity_columns, entity_records};
use super::{Error, Options};
use crate::graph::Graph;

/// The whole file, in the order of its keys.
#[derive(Serialize)]
struct NodeLink {
    directed: bool,
    multigraph: bool,
    graph: Map<String, Json>,
    nodes: Vec<Map<String, Json>>,
    links: Vec<Map<String, Json>>,
}

/// Writes the graph, indented, one line a property.
pub fn write(out: &mut impl Write, graph: &Graph<'_>, options: &Options) -> Result<(), Error> {
    let columns = entity_columns(options);
    let nodes = entity_records(graph, options)
        .iter()
        .map(|record| object([("id", &record.row.id)], &columns, record))
        .collect();
    let columns = edge_columns(options);
    let links = edge_records(graph, options)
        .iter()
        .map(|record| {
            let (source, target) = (&record.edge.source.id, &record.edge.target.id);
            let head = [("source", source), ("target", target), ("key", &record.id)];
            object(head, &columns, record)
        })
        .collect();
    let file = NodeLink {
        directed: true,
        multigraph: true,
        graph: Map::new(),
        nodes,
        links,
    };
    serde_json::to_writer_pretty(&mut *out, &file).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
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
            Some(Value::Wholes(numbers)) => Json::from(numbers),
        };
        (column.name.to_owned(), value)
    });
    head.into_iter().chain(rest).collect()
}
