//! CSV and TSV with a header: columns are taken by their names, or as `--map COLUMN=FIELD` says.

use super::{Listed, Office, Options, Source, cells, words};

/// What a column can be, with names that it has elsewhere.
const FIELDS: [(&str, &[&str]); 13] = [
    ("id", &[]),
    ("name", &["label", "caption", "primary"]),
    ("aliases", &["alias", "altlabel", "synonyms"]),
    ("weak", &["weakalias", "weak_alias", "hiddenlabel"]),
    ("kind", &["type", "schema"]),
    ("sex", &["gender"]),
    ("sort", &[]),
    ("of", &["in", "country"]),
    ("acts_for", &[]),
    ("ids", &["wikidata", "qid"]),
    ("title", &["role", "office", "position"]),
    ("from", &["start", "start_date"]),
    ("to", &["end", "end_date"]),
];

pub fn read(source: &mut Source<'_>, delimiter: u8, bytes: &[u8], options: &Options) {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .quoting(delimiter == b',')
        .flexible(true)
        .comment(Some(b'#'))
        .has_headers(false)
        .from_reader(bytes);
    let mut columns: Option<Vec<Option<&str>>> = None;
    let mut record = csv::ByteRecord::new();
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                source.fault(
                    1,
                    format!("cannot be read: {error}"),
                    "give text with a header",
                );
                return;
            }
        }
        let line = record.position().map_or(1, |at| at.line() as usize);
        let cells: Vec<String> = record
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
            .collect();
        match &columns {
            None => match header(source, line, &cells, options) {
                Some(found) => columns = Some(found),
                None => return,
            },
            Some(columns) => row(source, line, columns, &cells, options),
        }
    }
    if columns.is_none() {
        source.fault(1, "no header", "the first line names the columns");
    }
}

/// What each column is; `None` when no column holds names.
fn header(
    source: &mut Source<'_>,
    line: usize,
    cells: &[String],
    options: &Options,
) -> Option<Vec<Option<&'static str>>> {
    let field = |name: &str| {
        let name = name.trim_start_matches('\u{FEFF}').to_ascii_lowercase();
        FIELDS
            .iter()
            .find(|(field, others)| *field == name || others.contains(&name.as_str()))
            .map(|(field, _)| *field)
    };
    let all = || FIELDS.map(|(field, _)| field).join(" ");
    for (column, to) in &options.map {
        if !cells.iter().any(|cell| cell == column) {
            let help = format!("the columns are: {}", cells.join(" "));
            source.fault(line, format!("no column is called `{column}`"), help);
        }
        if field(to).is_none() && to != "-" {
            let help = format!("one of: {} or - to leave it out", all());
            source.fault(line, format!("no field is called `{to}`"), help);
        }
    }
    let columns: Vec<Option<&str>> = cells
        .iter()
        .map(
            |cell| match options.map.iter().find(|(column, _)| column == cell) {
                Some((_, to)) => field(to),
                None => field(cell),
            },
        )
        .collect();
    for (cell, _) in cells
        .iter()
        .zip(&columns)
        .filter(|(cell, column)| column.is_none() && !is_left_out(cell, options))
    {
        let help = format!("say --map \"{cell}=FIELD\", FIELD one of: {} or -", all());
        source.fault(line, format!("the column `{cell}` is not taken"), help);
    }
    if !columns.contains(&Some("name")) {
        let help = "say which column holds the names: --map COLUMN=name";
        source.fault(line, "no column holds names", help);
        return None;
    }
    Some(columns)
}

fn is_left_out(cell: &str, options: &Options) -> bool {
    options.map.iter().any(|(column, _)| column == cell)
}

fn row(
    source: &mut Source<'_>,
    line: usize,
    columns: &[Option<&str>],
    row: &[String],
    options: &Options,
) {
    if row.iter().all(String::is_empty) {
        return;
    }
    if row.len() != columns.len() {
        let what = format!("{} cells where the header has {}", row.len(), columns.len());
        source.fault(
            line,
            what,
            "mend the row; cells with the separator in them need quotes",
        );
        return;
    }
    let all = |field: &str| -> Vec<&str> {
        columns
            .iter()
            .zip(row)
            .filter(|(column, cell)| **column == Some(field) && !cell.is_empty())
            .map(|(_, cell)| cell.as_str())
            .collect()
    };
    let one = |field: &str| all(field).first().copied().unwrap_or("");
    let name = match cells::name(one("name")) {
        Ok(name) => name,
        Err(why) => {
            let what = format!("the name `{}` {why}", one("name"));
            source.fault(line, what, "give the name as it stands in text");
            return;
        }
    };
    let kind = match (one("kind"), options.kind) {
        ("", kind) => kind,
        (label, kind) => match words::kind(label).or(kind) {
            Some(kind) => Some(kind),
            None => {
                let what = format!("unknown kind `{label}`");
                source.fault(line, what, "person, organization or place; or say --kind");
                return;
            }
        },
    };
    let mut lists = [Vec::new(), Vec::new()];
    for (field, list) in ["aliases", "weak"].into_iter().zip(&mut lists) {
        for value in all(field).into_iter().flat_map(cells::values) {
            match cells::name(value) {
                Ok(alias) => list.push(alias),
                Err(why) => {
                    let what = format!("the alias `{value}` {why}");
                    source.fault(line, what, "give the name as it stands in text");
                }
            }
        }
    }
    let [aliases, weak] = lists;
    let sort = match one("sort") {
        "" => words::sort(one("kind")).to_owned(),
        sort => sort.to_owned(),
    };
    let entry = Listed {
        kind,
        id: cells::cell(one("id")),
        name,
        aliases,
        weak,
        sex: words::sex(one("sex")).to_owned(),
        sort,
        of: cells::cell(one("of")),
        acts_for: cells::cell(one("acts_for")),
        ids: all("ids").into_iter().map(cells::cell).collect(),
        ..Listed::default()
    };
    let (title, of) = (cells::cell(one("title")), cells::cell(one("of")));
    let (from, to) = (cells::cell(one("from")), cells::cell(one("to")));
    if title.is_empty() {
        source.add(entry, line, options);
        return;
    }
    let person = entry.kind == Some(crate::model::EntityKind::Person);
    if of.is_empty() || !person {
        let help =
            "map the column with the id of the country or body to `of`; offices are people's";
        source.fault(line, format!("the office `{title}` is of nobody"), help);
    }
    if let Some(holder) = source.add(
        Listed {
            of: if person {
                String::new()
            } else {
                entry.of.clone()
            },
            ..entry
        },
        line,
        options,
    ) && !of.is_empty()
        && person
    {
        source.rows.offices.push(Office {
            holder,
            title: title.to_lowercase(),
            of,
            from,
            to,
            line: line as u32,
        });
    }
}
