//! What news archives hand out: many articles in one text, each between lines of the archive's own.

mod factiva;
mod lexis;
mod proquest;

use super::entry::{Body, Entry};

/// Bytes in which an export shows what it is.
const HEAD: usize = 1 << 15;

/// True for the head of an export.
pub(super) fn is_export(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    lexis::is_export(&head) || factiva::is_export(&head) || proquest::is_export(&head)
}

/// The articles of an export; none where `text` is none.
pub(super) fn entries(text: &str) -> Vec<Entry> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    if lexis::is_export(head) {
        lexis::entries(&lines)
    } else if factiva::is_export(head) {
        factiva::entries(&lines)
    } else if proquest::is_export(head) {
        proquest::entries(&lines)
    } else {
        Vec::new()
    }
}

/// The value behind `label` and a colon, in any case.
fn labelled<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let head = line.get(..label.len())?;
    let rest = line[label.len()..].trim_start().strip_prefix(':')?;
    head.eq_ignore_ascii_case(label).then(|| rest.trim())
}

/// The names in a byline, without the word before them.
fn by(line: &str) -> String {
    let names = line
        .split_once(' ')
        .filter(|(word, _)| word.eq_ignore_ascii_case("by"))
        .map_or(line, |(_, names)| names);
    names.trim().to_owned()
}

/// Lines of the text with its paragraphs apart.
fn paragraphs(lines: &[&str]) -> Body {
    let mut lines = lines.to_vec();
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    let blanks = lines.iter().filter(|line| line.is_empty()).count();
    let words = lines.len() - blanks;
    // Without blank lines each line is a paragraph.
    let between = if blanks == 0 && words > 1 {
        "\n\n"
    } else {
        "\n"
    };
    Body::Text(lines.join(between).trim().to_owned())
}

/// Nothing but words that a date can be made of: it has a year, a day and few other words.
fn is_date(line: &str) -> bool {
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .collect();
    let is_number = |word: &&&str| word.bytes().all(|b| b.is_ascii_digit());
    let years = words
        .iter()
        .filter(is_number)
        .filter(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")));
    let days = words
        .iter()
        .filter(is_number)
        .filter(|word| word.len() <= 2);
    years.count() == 1 && days.count() >= 1 && words.len() <= 9
}
