//! PETRARCH's and TABARI's actor files: a name, `+` synonyms, and codes with the days on which they hold.
//!
//! A code begins with the three letters of a country and goes on with what the actor is there: `USAGOV`. The file's own
//! entry with the bare code says which country it is, or `--map USA=united-states`; `--map GOV=minister` says what
//! the title is, which else is the code in lower case.

use std::collections::{BTreeMap, BTreeSet};

use super::{Listed, Office, Options, Source, cells, lines};
use crate::model::EntityKind;

/// International and unofficial bodies: codes of actors that are no country's.
const BODIES: [&str; 5] = ["IGO", "NGO", "NGM", "MNC", "IMG"];

/// A code, and the days on which it holds.
struct Code {
    line: usize,
    code: String,
    days: Option<(String, String)>,
}

#[derive(Default)]
struct Actor {
    line: usize,
    names: Vec<String>,
    codes: Vec<Code>,
}

pub fn read(source: &mut Source<'_>, bytes: &[u8], options: &Options) {
    let actors = actors(source, bytes);
    let countries: BTreeMap<&str, String> = actors
        .iter()
        .filter_map(|actor| Some((country(actor)?, cells::id(actor.names.first()?))))
        .rev() // of several the first
        .collect();
    let mut told = BTreeSet::new();
    for actor in &actors {
        let mut names = actor.names.iter().cloned();
        let Some(name) = names.next() else {
            continue;
        };
        let entry = Listed {
            kind: Some(kind(actor, options)),
            name,
            aliases: names.collect(),
            sort: country(actor).map_or("", |_| "country").to_owned(),
            ..Listed::default()
        };
        let person = entry.kind == Some(EntityKind::Person);
        let Some(holder) = source.add(entry, actor.line, options) else {
            continue;
        };
        for code in actor.codes.iter().filter(|code| code.code.len() > 3) {
            if !person || code.days.is_none() {
                continue;
            }
            office(source, holder, code, &countries, options, &mut told);
        }
    }
}

fn office(
    source: &mut Source<'_>,
    holder: usize,
    code: &Code,
    countries: &BTreeMap<&str, String>,
    options: &Options,
    told: &mut BTreeSet<String>,
) {
    let mapped = |code: &str| {
        let found = options.map.iter().find(|(from, _)| from == code);
        found.map(|(_, to)| to.clone())
    };
    let (Some(letters), Some(rest)) = (code.code.get(..3), code.code.get(3..)) else {
        source.fault(
            code.line,
            format!("the code `{}` is none", code.code),
            "ASCII letters",
        );
        return;
    };
    let Some(of) = mapped(letters).or_else(|| countries.get(letters).cloned()) else {
        if told.insert(letters.to_owned()) {
            source.fault(
                code.line,
                format!("no entry has the code `{letters}`, so its offices are not taken"),
                format!("say --map {letters}=ID with the id of the country"),
            );
        }
        return;
    };
    let title = mapped(rest).unwrap_or_else(|| {
        if told.insert(rest.to_owned()) {
            source.fault(
                code.line,
                format!("the office `{rest}` is called `{}`", rest.to_lowercase()),
                format!("say --map {rest}=TITLE to call it what texts call it"),
            );
        }
        rest.to_lowercase()
    });
    let (from, to) = code.days.clone().unwrap_or_default();
    source.rows.offices.push(Office {
        holder,
        title,
        of,
        from,
        to,
        line: code.line as u32,
    });
}

/// The code of a country: three letters that hold always.
fn country(actor: &Actor) -> Option<&str> {
    let code = actor.codes.iter().find(|code| {
        code.days.is_none() && code.code.len() == 3 && !BODIES.contains(&code.code.as_str())
    })?;
    Some(&code.code)
}

fn kind(actor: &Actor, options: &Options) -> EntityKind {
    let body = |code: &Code| BODIES.iter().any(|body| code.code.starts_with(body));
    if country(actor).is_some() {
        EntityKind::Place
    } else if actor.codes.iter().any(body) {
        EntityKind::Organization
    } else {
        options.kind.unwrap_or(EntityKind::Person)
    }
}

fn actors(source: &mut Source<'_>, bytes: &[u8]) -> Vec<Actor> {
    let mut actors: Vec<Actor> = Vec::new();
    let mut in_comment = false;
    for (line, text) in lines(bytes) {
        let text = bare(&text, &mut in_comment);
        let words = text.trim();
        if words.is_empty() {
            continue;
        }
        let (phrase, codes) = words.split_at(words.find('[').unwrap_or(words.len()));
        let (continues, phrase) = match phrase.trim().strip_prefix('+') {
            Some(phrase) => (true, phrase),
            None => (phrase.trim().is_empty(), phrase),
        };
        if !continues {
            actors.push(Actor {
                line,
                ..Actor::default()
            });
        }
        let Some(actor) = actors.last_mut() else {
            source.fault(
                line,
                "a synonym or code without a name",
                "put the name before it",
            );
            continue;
        };
        if !phrase.trim().is_empty() {
            match cells::name(&cells::people_of(phrase.trim())) {
                Ok(name) if !actor.names.contains(&name) => actor.names.push(name),
                Ok(_) => {}
                Err(why) => {
                    let what = format!("the name `{}` {why}", phrase.trim());
                    source.fault(line, what, "give the name as it stands in text");
                }
            }
        }
        for code in codes.split('[').skip(1) {
            match code
                .split(']')
                .next()
                .and_then(|code| read_code(line, code))
            {
                Some(code) => actor.codes.push(code),
                None => source.fault(
                    line,
                    format!("`[{}` is no code", code.trim()),
                    "write [CODE], [CODE <YYMMDD], [CODE >YYMMDD] or [CODE YYMMDD-YYMMDD]",
                ),
            }
        }
    }
    actors
}

/// A line without its comments: "# …", "; …", "<!-- … -->".
fn bare(line: &str, in_comment: &mut bool) -> String {
    let mut out = String::new();
    let mut rest = line;
    loop {
        if *in_comment {
            let Some((_, behind)) = rest.split_once("-->") else {
                return out;
            };
            *in_comment = false;
            rest = behind;
        }
        match rest.split_once("<!--") {
            Some((before, behind)) => {
                out.push_str(before);
                *in_comment = true;
                rest = behind;
            }
            None => {
                out.push_str(rest);
                break;
            }
        }
    }
    let end = out.find(['#', ';']).unwrap_or(out.len());
    out.truncate(end);
    out
}

fn read_code(line: usize, text: &str) -> Option<Code> {
    let mut words = text.split_whitespace();
    let code = words.next()?;
    if !code.bytes().all(|b| b.is_ascii_alphanumeric()) {
        return None;
    }
    let rest: String = words.collect();
    let days = if rest.is_empty() {
        None
    } else if let Some(end) = rest.strip_prefix('<') {
        Some((String::new(), day(end)?))
    } else if let Some(start) = rest.strip_prefix('>') {
        Some((day(start)?, String::new()))
    } else {
        let (start, end) = rest.split_once('-')?;
        Some((day(start)?, day(end)?))
    };
    Some(Code {
        line,
        code: code.to_owned(),
        days,
    })
}

/// YYMMDD or YYYYMMDD as YYYY-MM-DD; two digits below 30 are of this century.
fn day(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let text = match text.len() {
        6 if text < "300000" => format!("20{text}"),
        6 => format!("19{text}"),
        8 => text.to_owned(),
        _ => return None,
    };
    let day = format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]);
    day.parse::<crate::model::Date>().ok().map(|_| day)
}
