//! Ids that every format can hold: of entities, and of edges by what they are, so that the same edge has the same id in any
//! part of the graph.
//!
//! Letters, digits, `-`, `_` and `.` stay; any other character is its number between colons. What comes out is an NMTOKEN of
//! XML, needs no escape in DOT, and two ids stay two.

use std::fmt::Write as _;

use super::Level;
use super::plain::is_hidden;
use crate::graph::Edge;

/// The id of an entity.
pub(super) fn entity(id: &str) -> String {
    let mut safe = String::with_capacity(id.len());
    for c in id.chars() {
        if stays(c) {
            safe.push(c);
        } else {
            let _ = write!(safe, ":{:x}:", u32::from(c)); // a String takes all
        }
    }
    safe
}

/// The id of an edge: its ends and its kind, or its statement and its target.
pub(super) fn edge(edge: &Edge<'_>, level: Level) -> String {
    let target = entity(&edge.target.id);
    match level {
        Level::Pair => {
            let source = entity(&edge.source.id);
            format!("{source}:to:{target}:{}", edge.kind.name())
        }
        Level::Statement => {
            let statement = edge.witnesses[0].statement.id.to_string();
            format!("{}:to:{target}", entity(&statement))
        }
    }
}

/// The characters of an NMTOKEN that are letters to the eye.
fn stays(c: char) -> bool {
    match c {
        '-' | '_' | '.' => true,
        c if c.is_ascii() => c.is_ascii_alphanumeric(),
        '\u{d7}' | '\u{f7}' | '\u{37e}' => false,
        '\u{b7}' => true,
        '\u{c0}'..='\u{1fff}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' => !is_hidden(c),
        '\u{3001}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{fffd}' => {
            !is_hidden(c)
        }
        '\u{10000}'..='\u{effff}' => !is_hidden(c),
        _ => false,
    }
}
