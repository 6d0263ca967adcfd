//! GraphML: typed properties, parallel edges with ids of their own, days as ISO dates. Gephi, yEd, visone, igraph
//! and networkx read it.
//!
//! Characters that XML cannot hold become U+FFFD.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::column::{
    Column, EntityRecord, Kind, Value, edge_columns, edge_records, entity_columns, entity_records,
};
use super::{Error, Options, id};
use crate::graph::Graph;

/// A comment by which we know our own.
pub(super) const MARK: &str = " Who said what about whom, written by sayso ";

/// Writes the graph.
pub fn write(out: &mut impl Write, graph: &Graph<'_>, options: &Options) -> Result<(), Error> {
    let (mut of_entities, of_edges) = (entity_columns(options), edge_columns(options));
    // The id as everywhere else: that of the node may hold escapes.
    of_entities.insert(
        0,
        Column {
            name: "entity",
            kind: Kind::Text,
            value: |e: &EntityRecord<'_>| Some(Value::Text(Cow::Borrowed(&e.row.id))),
        },
    );
    let mut xml = Writer::new_with_indent(out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.write_event(Event::Comment(BytesText::from_escaped(MARK)))?;
    let root = BytesStart::new("graphml").with_attributes([
        ("xmlns", "http://graphml.graphdrawing.org/xmlns"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        (
            "xsi:schemaLocation",
            "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
        ),
    ]);
    xml.write_event(Event::Start(root))?;
    keys(&mut xml, "node", &of_entities)?;
    keys(&mut xml, "edge", &of_edges)?;
    let head = BytesStart::new("graph").with_attributes([("edgedefault", "directed")]);
    xml.write_event(Event::Start(head))?;
    for record in entity_records(graph, options) {
        let id = id::entity(&record.row.id);
        let node = BytesStart::new("node").with_attributes([("id", id.as_str())]);
        xml.write_event(Event::Start(node))?;
        properties(&mut xml, "node", &of_entities, &record)?;
        xml.write_event(Event::End(BytesEnd::new("node")))?;
    }
    for record in edge_records(graph, options) {
        let ends = [record.edge.source, record.edge.target];
        let [source, target] = ends.map(|entity| id::entity(&entity.id));
        let edge = BytesStart::new("edge").with_attributes([
            ("id", record.id.as_str()),
            ("source", source.as_str()),
            ("target", target.as_str()),
        ]);
        xml.write_event(Event::Start(edge))?;
        properties(&mut xml, "edge", &of_edges, &record)?;
        xml.write_event(Event::End(BytesEnd::new("edge")))?;
    }
    xml.write_event(Event::End(BytesEnd::new("graph")))?;
    xml.write_event(Event::End(BytesEnd::new("graphml")))?;
    writeln!(xml.into_inner())?;
    Ok(())
}

/// Declares the columns, with ids such as `node.label`.
fn keys<T>(
    xml: &mut Writer<impl Write>,
    domain: &'static str,
    columns: &[Column<T>],
) -> io::Result<()> {
    for column in columns {
        let id = format!("{domain}.{}", column.name);
        let kind = match column.kind {
            Kind::Text => "string",
            Kind::Whole => "long",
            Kind::Real => "double",
            Kind::Flag => "boolean",
        };
        let key = BytesStart::new("key").with_attributes([
            ("id", id.as_str()),
            ("for", domain),
            ("attr.name", column.name),
            ("attr.type", kind),
        ]);
        xml.write_event(Event::Empty(key))?;
    }
    Ok(())
}

fn properties<T>(
    xml: &mut Writer<impl Write>,
    domain: &'static str,
    columns: &[Column<T>],
    record: &T,
) -> io::Result<()> {
    for column in columns {
        let text = (column.value)(record).map_or(String::new(), Value::into_text);
        if text.is_empty() {
            continue;
        }
        let key = format!("{domain}.{}", column.name);
        xml.create_element("data")
            .with_attribute(("key", key.as_str()))
            .write_text_content(BytesText::new(&plain(&text)))?;
    }
    Ok(())
}

/// `text` in the characters of XML 1.0.
fn plain(text: &str) -> Cow<'_, str> {
    let foreign = |c: char| matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}');
    if text.contains(foreign) {
        Cow::Owned(text.replace(foreign, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}
