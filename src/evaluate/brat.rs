//! Brat standoff to attributions.
//!
//! In: the text of one `.ann` file. Out: its attributions, in order; other lines are passed over. `T` lines name spans,
//! `E` lines attributions with the roles Source, Cue and Content; a role may be repeated (`Content2`).

use std::collections::HashMap;

use super::{Attribution, Faults, Points};

const SPAN_HELP: &str = "write `T1`, a tab, the role, start and end in code points (several ranges: `0 5;9 12`), a tab, the words";

/// The attributions with content of one `.ann` file; faults are told with `file` and the line.
pub fn parse(file: &str, annotations: &str, faults: &mut Faults) -> Vec<Attribution> {
    let mut spans: HashMap<&str, Vec<Points>> = HashMap::new();
    let mut events = Vec::new();
    for (at, line) in annotations.split('\n').enumerate() {
        // A covered text with a line break goes on in a line without a tab, or with one that names no id.
        let mut cells = line.trim_end_matches('\r').split('\t');
        let (Some(id), Some(what)) = (cells.next(), cells.next()) else {
            continue;
        };
        if is_id(id, 'T') {
            match ranges(what) {
                Some(ranges) => drop(spans.insert(id, ranges)),
                None => faults.add(file, at + 1, format!("no span: `{what}`"), SPAN_HELP),
            }
        } else if is_id(id, 'E') {
            events.push((at + 1, what));
        }
    }
    let mut attributions = Vec::new();
    for (line, arguments) in events {
        match attribution(arguments, &spans) {
            Some(attribution) if attribution.content.is_empty() => {}
            Some(attribution) => attributions.push(attribution),
            None => faults.add(
                file,
                line,
                format!("no attribution: `{arguments}`"),
                "write `E1`, a tab, and pairs such as `Attribution:T4 Source:T1 Cue:T2 Content:T3`",
            ),
        }
    }
    attributions
}

/// True for the letter and at least one digit.
fn is_id(cell: &str, letter: char) -> bool {
    let digits = cell.strip_prefix(letter);
    digits.is_some_and(|d| !d.is_empty() && d.chars().all(|c| c.is_ascii_digit()))
}

/// `Content 12 20;25 30` without its role.
fn ranges(what: &str) -> Option<Vec<Points>> {
    let (_, ranges) = what.split_once(' ')?;
    ranges
        .split(';')
        .map(|range| {
            let (start, end) = range.trim().split_once(' ')?;
            let range = (start.parse().ok()?, end.trim().parse().ok()?);
            (range.0 < range.1).then_some(range)
        })
        .collect()
}

fn attribution(arguments: &str, spans: &HashMap<&str, Vec<Points>>) -> Option<Attribution> {
    let mut attribution = Attribution::default();
    for (at, argument) in arguments.split_whitespace().enumerate() {
        let (role, id) = argument.split_once(':')?;
        if at == 0 {
            continue; // the type of the event and its anchor
        }
        let role = role.trim_end_matches(|c: char| c.is_ascii_digit());
        let part = match role.to_ascii_lowercase().as_str() {
            "source" => &mut attribution.source,
            "cue" => &mut attribution.cue,
            "content" => &mut attribution.content,
            _ => continue,
        };
        part.extend(spans.get(id).into_iter().flatten());
    }
    attribution.source.sort_unstable();
    attribution.cue.sort_unstable();
    attribution.content.sort_unstable();
    Some(attribution)
}
