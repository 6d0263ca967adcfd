//! Expressions for whole lines to automata that `text::LineSet` reads in place. Only `build.rs` and the tests compile this.

use std::collections::HashMap;

use regex_automata::Anchored;
use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::util::{start, syntax};
use regex_automata::{MatchKind, nfa::thompson};

use super::fault::Faults;
use super::line::{read_expressions, whole_line};
use super::table::DataFile;

/// What a byte may be.
const BYTES: usize = 256;

/// The bytes of the automata of a file of expressions.
pub fn compile(file: &DataFile, faults: &mut Faults) -> Vec<u8> {
    let mut tables = Vec::new();
    for (expression, place) in read_expressions([file].into_iter(), faults) {
        match table(&whole_line(&expression)) {
            Ok(table) => tables.push(table),
            Err(what) => faults.add(
                place,
                what,
                "write Rust regex syntax, with few counted repeats: it becomes a table",
            ),
        }
    }
    lay_out(&tables)
}

/// One automaton, and the bytes that a line may begin and end with.
struct Table {
    bytes: Vec<u8>,
    /// First and last.
    ends: [[bool; BYTES]; 2],
}

fn table(expression: &str) -> Result<Table, String> {
    let dfa = dense::Builder::new()
        .syntax(syntax::Config::new().utf8(false))
        .thompson(thompson::Config::new().utf8(false))
        .configure(
            dense::Config::new()
                .start_kind(StartKind::Anchored)
                .match_kind(MatchKind::All)
                .minimize(true)
                .dfa_size_limit(Some(64 << 20)),
        )
        .build(expression)
        .map_err(|error| error.to_string())?;
    let begin = dfa
        .start_state(&start::Config::new().anchored(Anchored::Yes))
        .map_err(|error| error.to_string())?;
    let Walk {
        states,
        number,
        columns,
        examples,
    } = walk(&dfa, begin);
    let width = examples.len() + 1;
    let cells = (states.len() + 1) * width;
    if cells > usize::from(u16::MAX) || width > BYTES {
        return Err(format!(
            "a table of {cells} cells, where {} are the most",
            u16::MAX
        ));
    }
    let ends = |state| dfa.is_match_state(dfa.next_eoi_state(state));
    let next = |state, byte| number.get(&dfa.next_state(state, byte)).copied();
    let mut bytes = columns.to_vec();
    let mut push = |cell: usize| bytes.extend((cell as u16).to_le_bytes());
    push(width);
    (1..width).for_each(|_| push(0));
    for &state in &states {
        push(usize::from(ends(state)));
        for &byte in &examples {
            push(next(state, byte).unwrap_or(0) * width);
        }
    }
    let (mut first, mut last) = ([false; BYTES], [false; BYTES]);
    for byte in 0..=u8::MAX {
        first[usize::from(byte)] = next(begin, byte).is_some();
        let leads = |&&state: &&StateID| next(state, byte).is_some();
        let mut before_end = states.iter().filter(leads);
        last[usize::from(byte)] = before_end.any(|&state| ends(dfa.next_state(state, byte)));
    }
    Ok(Table {
        bytes,
        ends: [first, last],
    })
}

/// What a line may lead to.
struct Walk {
    /// That of a line's begin first.
    states: Vec<StateID>,
    /// Their numbers, from 1.
    number: HashMap<StateID, usize>,
    /// The column of each byte, from 1.
    columns: [u8; BYTES],
    /// A byte of each column.
    examples: Vec<u8>,
}

fn walk(dfa: &dense::DFA<Vec<u32>>, begin: StateID) -> Walk {
    let mut columns = [0; BYTES];
    let mut examples = Vec::new();
    let mut of_class = HashMap::new();
    for byte in 0..=u8::MAX {
        let class = dfa.byte_classes().get(byte);
        columns[usize::from(byte)] = *of_class.entry(class).or_insert_with(|| {
            examples.push(byte);
            examples.len() as u8
        });
    }
    let mut states = vec![begin];
    let mut number = HashMap::from([(begin, 1)]);
    let mut at = 0;
    while let Some(&state) = states.get(at) {
        for &byte in &examples {
            let next = dfa.next_state(state, byte);
            if !dfa.is_dead_state(next) && !number.contains_key(&next) {
                states.push(next);
                number.insert(next, states.len());
            }
        }
        at += 1;
    }
    Walk {
        states,
        number,
        columns,
        examples,
    }
}

fn lay_out(tables: &[Table]) -> Vec<u8> {
    let number = |number: usize| (number as u32).to_le_bytes();
    let mut bytes = number(tables.len()).to_vec();
    for (end, byte) in [0, 1]
        .iter()
        .flat_map(|&end| (0..BYTES).map(move |byte| (end, byte)))
    {
        for eight in tables.chunks(8) {
            let bits = eight.iter().map(|table| u8::from(table.ends[end][byte]));
            bytes.push(bits.zip(0..).map(|(bit, place)| bit << place).sum());
        }
    }
    let mut begin = bytes.len() + tables.len() * 4;
    for table in tables {
        bytes.extend(number(begin));
        begin += table.bytes.len();
    }
    for table in tables {
        bytes.extend(&table.bytes);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::builtin;
    use crate::text::LineSet;
    use regex::bytes::RegexSet;

    fn list(name: &str, text: String) -> DataFile {
        DataFile {
            name: name.into(),
            text: text.into(),
        }
    }

    /// The phrases that the alternatives of an expression spell out, and some that go wrong.
    fn lines(expressions: &[String]) -> Vec<String> {
        let mut lines = Vec::new();
        for expression in expressions {
            let pieces = expression.split(['(', ')', '|', '?', '*', '+', '[', ']', '\\', '^', '$']);
            let pieces: Vec<&str> = pieces.filter(|piece| !piece.is_empty()).collect();
            for (at, piece) in pieces.iter().enumerate() {
                lines.push((*piece).to_owned());
                for length in 2..=pieces.len().min(at + 5) - at {
                    lines.push(pieces[at..at + length].join(" "));
                    lines.push(format!("{} Ann Orr.", pieces[at..at + length].concat()));
                }
            }
        }
        lines
    }

    #[test]
    fn the_shipped_automata_read_as_the_expressions_they_were_made_of() {
        let files = builtin::files();
        let file = files.iter().find(|file| file.list() == "boilerplate.tsv");
        let mut faults = Faults::default();
        let expressions = read_expressions(file.into_iter(), &mut faults);
        let expressions: Vec<String> = expressions.into_iter().map(|(line, _)| line).collect();
        let set = RegexSet::new(expressions.iter().map(|line| whole_line(line)));
        let set = set.expect("it is shipped");
        let automata = LineSet::shipped(builtin::BOILERPLATE);
        let (mut fit, lines) = (0, lines(&expressions));
        for line in &lines {
            let fits = set.is_match(line.as_bytes());
            assert_eq!(automata.is_match(line), fits, "{line}");
            fit += usize::from(fits);
        }
        assert!(fit > 500 && fit < lines.len(), "{fit} of {}", lines.len());
    }

    #[test]
    fn what_is_no_expression_is_told_with_its_line() {
        let file = list(
            "en/lines.tsv",
            "pattern\tkind\nby .+\tauthor\nby (\tauthor\n".into(),
        );
        let mut faults = Faults::default();
        let bytes = compile(&file, &mut faults);
        assert_eq!(faults.0.len(), 1);
        assert_eq!(faults.0[0].place.to_string(), "en/lines.tsv:3");
        let set = LineSet::shipped(bytes.leak());
        assert!(set.is_match("By Ann Orr"));
        assert!(!set.is_match("By ") && !set.is_match("Standby Ann") && !set.is_match(""));
    }
}
