//! FollowTheMoney entities (OpenSanctions, Aleph), one JSON object a line: `{"id", "schema", "properties"}`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{Listed, Options, Source, cells, lines, words};

pub fn read(source: &mut Source<'_>, bytes: &[u8], options: &Options) {
    // Schemata that are not taken: the first line, and how many.
    let mut foreign: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut undated = None;
    for (line, text) in lines(bytes) {
        if text.trim().is_empty() {
            continue;
        }
        let Ok(Value::Object(object)) = serde_json::from_str::<Value>(&text) else {
            let help = "one entity a line: id, schema, properties";
            source.fault(line, "no JSON object", help);
            continue;
        };
        let schema = object.get("schema").and_then(Value::as_str).unwrap_or("");
        let Some(kind) = words::kind(schema) else {
            foreign.entry(schema.to_owned()).or_insert((line, 0)).1 += 1;
            continue;
        };
        let own = object.get("properties").and_then(Value::as_object);
        let properties = own.unwrap_or(&object);
        let mut all = |keys: &[&str]| -> Vec<String> {
            let mut names = Vec::new();
            for value in keys.iter().flat_map(|key| values(properties, key)) {
                match cells::name(&value) {
                    Ok(name) if names.contains(&name) => {}
                    Ok(name) => names.push(name),
                    Err(why) => source.fault(
                        line,
                        format!("the name `{value}` {why}"),
                        "give the name as it stands in text",
                    ),
                }
            }
            names
        };
        let mut names = all(&["name"]);
        if names.is_empty() {
            let caption = object.get("caption").and_then(Value::as_str).unwrap_or("");
            names.extend(cells::name(caption));
        }
        let aliases = all(&["alias", "previousName", "abbreviation"]);
        let weak = all(&["weakAlias"]);
        if names.is_empty() {
            source.fault(line, format!("a {schema} without a name"), "give it a name");
            continue;
        }
        if !values(properties, "position").is_empty() {
            undated.get_or_insert((line, 0)).1 += 1;
        }
        let name = names.remove(0);
        names.extend(aliases);
        let mut ids: Vec<String> = values(properties, "wikidataId")
            .iter()
            .map(|id| format!("wikidata:{}", cells::cell(id)))
            .collect();
        if let Some(id) = object.get("id").and_then(Value::as_str) {
            ids.push(format!("ftm:{}", cells::cell(id)));
        }
        let sex = values(properties, "gender");
        let entry = Listed {
            kind: Some(kind),
            name,
            aliases: names,
            weak,
            sex: words::sex(sex.first().map_or("", String::as_str)).to_owned(),
            sort: words::sort(schema).to_owned(),
            ids,
            ..Listed::default()
        };
        source.add(entry, line, options);
    }
    for (schema, (line, count)) in foreign {
        source.fault(
            line,
            format!("{count} of the schema `{schema}` are not taken"),
            "people, organizations and places have names that stand in texts",
        );
    }
    if let Some((line, count)) = undated {
        source.fault(
            line,
            format!("the positions of {count} are not taken"),
            "they say neither of what nor since when: write roles.tsv by hand",
        );
    }
}

/// The values of a property: one or many.
fn values(properties: &Map<String, Value>, key: &str) -> Vec<String> {
    match properties.get(key) {
        Some(Value::String(value)) => vec![value.clone()],
        Some(Value::Array(values)) => values
            .iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect(),
        _ => Vec::new(),
    }
}
