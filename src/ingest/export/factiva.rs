//! Factiva: articles that end in their document number, their fields in a head of lines or behind two letters.

use super::{Entry, by, is_date, paragraphs};

/// Fields of the indexed form.
const FIELDS: [&str; 24] = [
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP",
    "TD", "CO", "IN", "NS", "RE", "PUB", "AN", "IPD", "CT",
];

pub(super) fn is_export(head: &str) -> bool {
    let mut ends = head.lines().map(str::trim).filter(|line| is_end(line));
    let words = || {
        head.lines()
            .map(str::trim)
            .any(|line| is_length(line) || field(line).is_some_and(|(name, _)| name == "WC"))
    };
    ends.next().is_some() && words()
}

pub(super) fn entries(lines: &[&str]) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut start = 0;
    for (at, line) in lines.iter().enumerate() {
        if is_end(line) {
            entries.extend(entry(&lines[start..at]));
            start = at + 1;
        }
    }
    entries
}

/// "Document NWIRE00020250303el33000a1", "AN Document NWIRE00020250303el33000a1"
fn is_end(line: &str) -> bool {
    let line = line.strip_prefix("AN").map_or(line, |rest| {
        if rest.starts_with([' ', '\t']) {
            rest.trim()
        } else {
            line
        }
    });
    line.strip_prefix("Document ").is_some_and(|number| {
        let number = number.trim();
        number.len() >= 15
            && number.bytes().all(|b| b.is_ascii_alphanumeric())
            && number.bytes().filter(u8::is_ascii_digit).count() >= 8
    })
}

/// "812 words"
fn is_length(line: &str) -> bool {
    line.strip_suffix(" words").is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit() || b == b',')
    })
}

/// The name of a field of the indexed form, and its first words.
fn field(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once([' ', '\t']).unwrap_or((line, ""));
    FIELDS.contains(&name).then(|| (name, value.trim()))
}

fn entry(lines: &[&str]) -> Option<Entry> {
    let fields = lines.iter().filter(|line| field(line).is_some()).count();
    if fields >= 4
        && lines
            .iter()
            .any(|line| field(line).is_some_and(|(name, _)| name == "HD"))
    {
        return indexed(lines);
    }
    let length = lines.iter().position(|line| is_length(line))?;
    let mut title: Vec<&str> = lines[..length].to_vec();
    title.retain(|line| !line.is_empty());
    let author = match title.as_slice() {
        [_, .., last] if is_byline(last) => title.pop(),
        _ => None,
    };
    // Above a title the section may stand.
    if title.len() > 1 && title[0].split_whitespace().count() <= 2 && !title[0].ends_with(',') {
        title.remove(0);
    }
    let rest = &lines[length + 1..];
    let day = rest.iter().take(4).position(|line| is_date(line))?;
    let behind = &rest[day + 1..];
    // A time may stand under the day.
    let is_time = |line: &&str| line.len() <= 8 && line.contains(':');
    let skip = behind
        .iter()
        .take_while(|line| line.is_empty() || is_time(line))
        .count();
    let outlet = behind.get(skip)?;
    let copyright = behind.iter().take(14).position(|line| {
        line.starts_with("Copyright")
            || line.starts_with('©')
            || line.to_lowercase().starts_with("(c)")
    });
    let language = || behind.iter().take(10).position(|line| *line == "English");
    let start = copyright.or_else(language).map_or(skip + 1, |at| at + 1);
    Some(Entry {
        body: paragraphs(&behind[start.min(behind.len())..]),
        title: crate::ingest::filled(&title.join(" ")),
        date: Some(rest[day].to_owned()),
        publisher: crate::ingest::filled(outlet),
        author: author.map(by),
        ..Entry::default()
    })
}

/// Few words, each a name or a small word: "By Ann Orr and Bob Lee".
fn is_byline(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let names = words
        .iter()
        .skip(1)
        .filter(|word| word.starts_with(char::is_uppercase));
    (2..=12).contains(&words.len())
        && words[0].len() == 2
        && words[0].eq_ignore_ascii_case("by")
        && names.count() * 2 >= words.len() - 1
}

fn indexed(lines: &[&str]) -> Option<Entry> {
    let mut entry = Entry::default();
    let mut body: Vec<&str> = Vec::new();
    let mut values: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines {
        match (field(line), values.last_mut()) {
            (Some((name, value)), _) => values.push((name, vec![value])),
            (None, Some((_, lines))) => lines.push(line),
            (None, None) => {}
        }
    }
    for (name, lines) in &values {
        let words = || crate::ingest::filled(&lines.join(" "));
        match *name {
            "HD" => entry.title = words(),
            "BY" => {
                entry.author = words().map(|line| by(&line));
            }
            "PD" => entry.date = words(),
            "SN" => entry.publisher = words(),
            "LP" | "TD" => {
                if !body.is_empty() {
                    body.push("");
                }
                body.extend(lines.iter().skip_while(|line| line.is_empty()));
            }
            _ => {}
        }
    }
    entry.body = paragraphs(&body);
    (!body.is_empty()).then_some(entry)
}
