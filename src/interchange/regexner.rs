//! CoreNLP's RegexNER: a line has a pattern, a type, types that it may overwrite and a priority, separated by tabs.
//!
//! A pattern is an expression for each word. Words, escaped marks and `(a|b)` are taken; other expressions are told.

use super::{Listed, Options, Source, cells, lines, words};

/// The most names that one pattern may stand for.
const MOST: usize = 64;

pub fn read(source: &mut Source<'_>, bytes: &[u8], options: &Options) {
    for (line, text) in lines(bytes) {
        if text.trim().is_empty() || text.starts_with('#') {
            continue;
        }
        let mut columns = text.split('\t');
        let pattern = columns.next().unwrap_or("").trim();
        let Some(label) = columns.next().map(str::trim) else {
            source.fault(line, "no type", "separate pattern and type with a tab");
            continue;
        };
        let Some(kind) = words::kind(label).or(options.kind) else {
            source.fault(
                line,
                format!("the type `{label}` is no kind of ours"),
                "person, organization and place are taken; say --kind to take all as one",
            );
            continue;
        };
        let mut names = Vec::new();
        match expand(pattern) {
            Ok(all) => {
                for name in all {
                    match cells::name(&name) {
                        Ok(name) => names.push(name),
                        Err(why) => source.fault(
                            line,
                            format!("the pattern `{name}` {why}"),
                            "give the name as it stands in text",
                        ),
                    }
                }
            }
            Err(why) => source.fault(line, why, "write out the names, one a line"),
        }
        let mut names = names.into_iter();
        if let Some(name) = names.next() {
            let entry = Listed {
                kind: Some(kind),
                name,
                aliases: names.collect(),
                sort: words::sort(label).to_owned(),
                ..Listed::default()
            };
            source.add(entry, line, options);
        }
    }
}

/// The names that a pattern stands for.
fn expand(pattern: &str) -> Result<Vec<String>, String> {
    let mut names = vec![String::new()];
    for word in pattern.split_whitespace() {
        let words = alternatives(word)?;
        if words.len() * names.len() > MOST {
            return Err(format!("`{pattern}` stands for more than {MOST} names"));
        }
        names = names
            .iter()
            .flat_map(|name| words.iter().map(move |word| format!("{name} {word}")))
            .collect();
    }
    Ok(names)
}

/// `(Ann|Anna)`, `St\.`, `Orr`: what a word may be.
fn alternatives(word: &str) -> Result<Vec<String>, String> {
    let inner = word.strip_prefix('(').and_then(|w| w.strip_suffix(')'));
    inner
        .map_or_else(|| vec![word], |inner| inner.split('|').collect())
        .into_iter()
        .map(|word| plain(word).ok_or_else(|| format!("the expression `{word}` is no word")))
        .collect()
}

/// A word without the escapes of its marks; `None` when it holds an expression.
fn plain(word: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = word.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push(chars.next().filter(|c| !c.is_alphanumeric())?),
            '[' | ']' | '(' | ')' | '{' | '}' | '*' | '+' | '?' | '|' | '^' | '$' => return None,
            c => out.push(c),
        }
    }
    (!out.is_empty()).then_some(out)
}
