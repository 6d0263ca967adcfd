//! GATE's gazetteers: an index `list.lst:major:minor:language:annotation`, and lists with a name a line, which may carry
//! features (`Ann Orr&sex=f`).

use super::{Listed, Options, Source, cells, lines, words};

pub fn read(
    source: &mut Source<'_>,
    bytes: &[u8],
    options: &Options,
    other: &dyn Fn(&str) -> Option<Vec<u8>>,
) {
    for (line, text) in lines(bytes) {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let mut columns = text.split(':').map(str::trim);
        let (list, major, minor) = (
            columns.next().unwrap_or(""),
            columns.next().unwrap_or(""),
            columns.next().unwrap_or(""),
        );
        let label = [minor, major]
            .into_iter()
            .find(|label| words::kind(label).is_some());
        let Some(kind) = label.and_then(words::kind).or(options.kind) else {
            source.fault(
                line,
                format!("the list `{list}` of the type `{major}` is not taken"),
                "person, organization and location are; say --kind to take all as one",
            );
            continue;
        };
        match other(list) {
            Some(bytes) => {
                let sort = match words::sort(minor) {
                    "" => words::sort(major),
                    sort => sort,
                };
                let file = beside(source.name, list);
                read_list(source, &file, &bytes, (kind, sort), options);
            }
            None => source.fault(
                line,
                format!("the list `{list}` cannot be read"),
                "put it beside the index, or delete the line",
            ),
        }
    }
}

/// The name of a file in the folder of `index`.
fn beside(index: &str, list: &str) -> String {
    match index.rfind(['/', '\\']) {
        Some(at) => format!("{}{list}", &index[..=at]),
        None => list.to_owned(),
    }
}

fn read_list(
    source: &mut Source<'_>,
    file: &str,
    bytes: &[u8],
    (kind, sort): (crate::model::EntityKind, &str),
    options: &Options,
) {
    for (line, text) in lines(bytes) {
        let mut pieces = features(&text).into_iter();
        let text = pieces.next().unwrap_or("");
        if text.trim().is_empty() {
            continue;
        }
        let name = match cells::name(text) {
            Ok(name) => name,
            Err(why) => {
                source.fault_in(
                    file.to_owned(),
                    line,
                    format!("the name `{}` {why}", text.trim()),
                    "give the name as it stands in text",
                );
                continue;
            }
        };
        let mut entry = Listed {
            kind: Some(kind),
            name,
            sort: sort.to_owned(),
            ..Listed::default()
        };
        for piece in pieces {
            let (feature, value) = piece.split_once('=').unwrap_or((piece, ""));
            match feature.trim().to_ascii_lowercase().as_str() {
                "sex" | "gender" => entry.sex = words::sex(value).to_owned(),
                "id" | "inst" | "uri" => entry.ids.push(format!("gate:{}", cells::cell(value))),
                "alias" | "canonical" => entry.aliases.extend(cells::name(value)),
                other => source.fault_in(
                    file.to_owned(),
                    line,
                    format!("the feature `{other}` is not taken"),
                    "sex, id and alias are",
                ),
            }
        }
        source.add(entry, line, options);
    }
}

/// The name and its features: what stands behind tabs, and behind "&" where a feature follows ("AT&T" has none).
fn features(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for piece in text.split('\t') {
        let mut rest = piece;
        let mut from = 0;
        while let Some(at) = rest[from..].find('&').map(|at| from + at) {
            let behind = rest[at..].strip_prefix('&').unwrap_or_default();
            let word = behind.find('=').map(|end| &behind[..end]);
            let is_feature = word.is_some_and(|word| {
                !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            });
            if is_feature {
                pieces.push(&rest[..at]);
                rest = behind;
                from = 0;
            } else {
                from = at + 1;
            }
        }
        pieces.push(rest);
    }
    pieces
}
