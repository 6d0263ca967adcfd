//! DOT, to be drawn by GraphViz: shape and colour tell the kind of an entity, colour the stance of an edge, width
//! its weight; two lines are stances of both kinds, a dashed edge only mentions its target, of a dotted one nothing was
//! said at first hand.
//!
//! A drawing of everything is a hairball: only the heaviest edges are drawn, and a comment and the legend say how many are not.

use std::collections::BTreeMap;
use std::io::Write;

use super::column::label;
use super::plain::shown;
use super::{Error, Level, edges, id};
use crate::graph::{Edge, EdgeKind, Graph, Witness, day, heaviest};
use crate::model::{EntityKind, EntityRow, Polarity, Standing};

/// How to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// What an edge is.
    pub level: Level,
    /// Also edges whose statements only mention their target.
    pub mentions: bool,
    /// The most edges to draw; the heaviest stay.
    pub max_edges: usize,
    /// A line under the graph.
    pub title: Option<String>,
    /// Another that explains the colours, and one that says when edges are left out.
    pub legend: bool,
    /// Where the documents are found: each edge then links to this and the name of its first document.
    pub documents_at: Option<String>,
}

impl Default for Drawing {
    fn default() -> Drawing {
        Drawing {
            level: Level::Pair,
            mentions: false,
            max_edges: 40,
            title: None,
            legend: true,
            documents_at: None,
        }
    }
}

/// The first line, by which we know our own.
pub(super) const MARK: &str = "// Who said what about whom, drawn by sayso.";

/// Writes the drawing.
pub fn write(out: &mut impl Write, graph: &Graph<'_>, drawing: &Drawing) -> Result<(), Error> {
    let mut edges = edges(graph, drawing.level);
    let every = edges.len();
    edges.retain(|edge| drawing.mentions || edge.kind == EdgeKind::Target);
    let (all, mentions) = (edges.len(), every - edges.len());
    let edges = heaviest(edges, drawing.max_edges);
    let notes: Vec<String> = [
        (edges.len() < all).then(|| format!("the {} {} of {all} edges", edges.len(), why(&edges))),
        (mentions > 0).then(|| format!("without {mentions} that only mention their target")),
    ]
    .into_iter()
    .flatten()
    .collect();
    writeln!(out, "{MARK}")?;
    if !notes.is_empty() {
        writeln!(out, "// Drawn: {}.", notes.join(", "))?;
    }
    writeln!(out, "digraph sayso {{")?;
    let unsaid = edges.iter().any(is_unsaid);
    header(out, drawing, unsaid, &notes.join(", "))?;
    let weights = weights(&edges);
    let drawn: Vec<&EntityRow> = graph
        .entities()
        .filter(|entity| weights.contains_key(entity.id.as_str()) || edges.len() == every)
        .collect();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for entity in &drawn {
        *names.entry(&entity.name).or_default() += 1;
    }
    for entity in drawn {
        let weight = weights.get(entity.id.as_str()).copied();
        let is_alone = names[entity.name.as_str()] == 1;
        node(out, entity, weight.unwrap_or_default(), is_alone)?;
    }
    for edge in &edges {
        arrow(out, edge, drawing)?;
    }
    writeln!(out, "}}")?;
    Ok(())
}

/// Why just these edges are drawn: where all weigh one, the surest are.
fn why(edges: &[Edge<'_>]) -> &'static str {
    match edges.iter().all(|edge| edge.weight() == 1) {
        true => "surest",
        false => "heaviest",
    }
}

const FONT: &str = "Helvetica,Arial,DejaVu Sans,sans-serif";
const INK: &str = "#263238";
const FAINT: &str = "#607d8b";

fn header(
    out: &mut impl Write,
    drawing: &Drawing,
    unsaid: bool,
    notes: &str,
) -> std::io::Result<()> {
    let mut legend = "red: against · green: for · both: some of each · grey: neither".to_owned();
    if drawing.mentions {
        legend.push_str(" · dashed: only mentions");
    }
    if unsaid {
        legend.push_str(" · dotted: denied or supposed");
    }
    let lines = [
        drawing.title.as_deref(),
        drawing.legend.then_some(legend.as_str()),
        Some(notes).filter(|notes| drawing.legend && !notes.is_empty()),
    ];
    let lines: Vec<&str> = lines.into_iter().flatten().collect();
    writeln!(
        out,
        "  graph [charset=\"UTF-8\", rankdir=\"LR\", nodesep=\"0.3\", ranksep=\"0.9\", pad=\"0.3\", \
         bgcolor=\"white\", fontname=\"{FONT}\", fontsize=\"11\", fontcolor=\"{FAINT}\", labelloc=\"b\", label={}];",
        quoted(&lines.join("\n"))
    )?;
    writeln!(
        out,
        "  node [style=\"filled\", fontname=\"{FONT}\", fontsize=\"12\", fontcolor=\"{INK}\", penwidth=\"1.2\", \
         margin=\"0.14,0.07\"];"
    )?;
    writeln!(
        out,
        "  edge [fontname=\"{FONT}\", fontsize=\"10\", arrowsize=\"0.7\"];"
    )
}

fn node(
    out: &mut impl Write,
    entity: &EntityRow,
    weight: usize,
    is_alone: bool,
) -> std::io::Result<()> {
    let (shape, fill, line) = match entity.kind {
        EntityKind::Person => ("ellipse", "#fff3e0", "#ef6c00"),
        EntityKind::Organization => ("box", "#e3f2fd", "#1565c0"),
        EntityKind::Place => ("hexagon", "#e8f5e9", "#2e7d32"),
        EntityKind::Group => ("box", "#f3e5f5", "#7b1fa2"),
        EntityKind::Anonymous => ("ellipse", "#eceff1", "#546e7a"),
    };
    let style = match entity.kind {
        EntityKind::Organization => "filled,rounded",
        EntityKind::Group => "filled,rounded,dashed",
        EntityKind::Anonymous => "filled,dashed",
        EntityKind::Person | EntityKind::Place => "filled",
    };
    let tooltip = format!(
        "{} ({}): said {}, spoken of {}",
        entity.name,
        entity.kind.name(),
        entity.said,
        entity.about
    );
    writeln!(
        out,
        "  {} [label={}, tooltip={}, shape=\"{shape}\", style=\"{style}\", fillcolor=\"{fill}\", color=\"{line}\", \
         fontsize=\"{:.1}\"];",
        quoted(&id::entity(&entity.id)),
        quoted(&title(entity, is_alone)),
        quoted(&tooltip),
        11.0 + grown(weight).min(6.0),
    )
}

/// The name; where others drawn have it too, with what tells them apart.
fn title(entity: &EntityRow, is_alone: bool) -> String {
    let name = wrapped(&entity.name, 18);
    if is_alone {
        return name;
    }
    let apart = match entity.id.rsplit_once('#') {
        Some((document, _)) => document.rsplit('/').next().unwrap_or(document),
        None => &entity.id,
    };
    format!("{name}\n({apart})")
}

fn arrow(out: &mut impl Write, edge: &Edge, drawing: &Drawing) -> std::io::Result<()> {
    const AGAINST: &str = "#c62828";
    const FOR: &str = "#2e7d32";
    const NEITHER: &str = "#78909c";
    let stances = edge.stances();
    let is_both = stances.negative > 0 && stances.positive > 0;
    let ink = match edge.polarity() {
        Polarity::Negative => AGAINST,
        Polarity::Neutral => NEITHER,
        Polarity::Positive => FOR,
    };
    // Two lines side by side, as GraphViz draws a list of colours.
    let color = match is_both {
        true => format!("{AGAINST}:{FOR}"),
        false => ink.to_owned(),
    };
    let style = match edge.kind {
        _ if is_unsaid(edge) => "dotted",
        EdgeKind::Target => "solid",
        EdgeKind::About => "dashed",
    };
    write!(
        out,
        "  {} -> {} [label={}, tooltip={}, color=\"{color}\", fontcolor=\"{ink}\", style=\"{style}\", \
         penwidth=\"{:.1}\"",
        quoted(&id::entity(&edge.source.id)),
        quoted(&id::entity(&edge.target.id)),
        quoted(&caption(edge)),
        quoted(&tooltip(edge)),
        1.0 + grown(edge.weight()).min(5.0),
    )?;
    if let Some(folder) = &drawing.documents_at {
        let url = format!("{folder}{}", edge.witnesses[0].statement.document);
        write!(out, ", URL={}", quoted(&percent_encoded(&url)))?;
    }
    writeln!(out, "];")
}

/// True where none of its statements was said at first hand.
fn is_unsaid(edge: &Edge) -> bool {
    edge.standing(Standing::Firsthand) == 0
}

/// The acts of an edge, one a line, the most frequent first.
fn caption(edge: &Edge) -> String {
    const SHOWN: usize = 3;
    let label = label(edge);
    let acts: Vec<&str> = label.split(", ").collect();
    let mut lines: Vec<String> = acts.iter().take(SHOWN).map(ToString::to_string).collect();
    if acts.len() > SHOWN {
        lines.push(format!("and {} more", acts.len() - SHOWN));
    }
    lines.join("\n")
}

/// The statements behind an edge, one a line.
fn tooltip(edge: &Edge) -> String {
    const SHOWN: usize = 5;
    let (source, target) = (&edge.source.name, &edge.target.name);
    let mut lines = vec![format!("{source} → {target}: {}", label(edge))];
    for Witness { statement, .. } in edge.witnesses.iter().take(SHOWN) {
        let day = day(statement).map_or(String::new(), |day| format!("{day} "));
        let sentence = shortened(&statement.sentence, 240);
        lines.push(format!("{day}{}: {sentence}", statement.document));
    }
    if edge.weight() > SHOWN {
        lines.push(format!("… and {} more", edge.weight() - SHOWN));
    }
    lines.join("\n")
}

/// The statements at each entity that is drawn.
fn weights<'r>(edges: &[Edge<'r>]) -> BTreeMap<&'r str, usize> {
    let mut weights = BTreeMap::new();
    for edge in edges {
        for entity in [edge.source, edge.target] {
            *weights.entry(entity.id.as_str()).or_default() += edge.weight();
        }
    }
    weights
}

/// How much bigger something of this weight is drawn: each doubling adds one.
fn grown(weight: usize) -> f64 {
    (weight.max(1) as f64).log2()
}

/// `text` as a quoted string of DOT: never HTML, no escape sequence of its own but the line break.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in shown(text).chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '&' => quoted.push_str("&amp;"), // GraphViz reads entities in every string
            '\t' => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// `text` in lines of about `width` characters, broken at spaces.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.join("\n")
}

/// `text` on one line of at most `width` characters.
fn shortened(text: &str, width: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(width) {
        None => line,
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
    }
}

/// `url` without the characters that may not stand in an address.
fn percent_encoded(url: &str) -> String {
    use std::fmt::Write as _;

    let mut encoded = String::new();
    for byte in url.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:?=&,;+@!$'()*".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}"); // writing into a String cannot fail
        }
    }
    encoded
}
