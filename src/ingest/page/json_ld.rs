//! What a page says of itself in JSON-LD, in any arrangement, read leniently.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{blocks, entities, texts};

/// The objects of a page, those that describe an article first.
pub(super) struct Objects(Vec<Map<String, Value>>);

impl Objects {
    /// All objects in the JSON-LD of `page`.
    pub(super) fn of(page: &str) -> Objects {
        let mut objects = Vec::new();
        let mut rest = page;
        while let Some(at) = rest.find("application/ld+json") {
            rest = &rest[at..];
            let Some(start) = rest.find('>').map(|at| at + 1) else {
                break;
            };
            let Some(length) = rest[start..].find("</script") else {
                break;
            };
            if let Some(value) = parse(&rest[start..start + length]) {
                collect(value, &mut objects, 0);
            }
            rest = &rest[start + length..];
        }
        objects.sort_by_key(rank);
        Objects(objects)
    }

    /// The first object that describes an article or at least a page.
    fn article(&self) -> Option<&Map<String, Value>> {
        self.0.first().filter(|object| rank(object) < OTHER)
    }

    /// The first filled text among the article's fields called `names`.
    pub(super) fn words(&self, names: &[&str]) -> Option<String> {
        let article = self.article()?;
        names.iter().find_map(|name| self.text(article.get(*name)?))
    }

    /// What an article alone says, not a page that is none.
    pub(super) fn words_of_article(&self, names: &[&str]) -> Option<String> {
        let article = self.article().filter(|object| rank(object) < PAGE)?;
        names.iter().find_map(|name| self.text(article.get(*name)?))
    }

    /// The names of all persons in the article's fields called `names`.
    pub(super) fn names(&self, names: &[&str]) -> Vec<String> {
        let Some(article) = self.article() else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for value in names.iter().filter_map(|name| article.get(*name)) {
            self.add_names(value, &mut found, 0);
        }
        found
    }

    fn add_names(&self, value: &Value, found: &mut Vec<String>, depth: u8) {
        match value {
            Value::Array(values) if depth < 3 => {
                for value in values {
                    self.add_names(value, found, depth + 1);
                }
            }
            value => found.extend(self.text(value)),
        }
    }

    /// A value's text: itself, or the name of the object that it is or refers to.
    fn text(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => {
                let text = match text.contains('<') {
                    true => texts(blocks(text)).join(" "),
                    false => entities::decode(text),
                };
                crate::ingest::filled(&text)
            }
            Value::Array(values) => values.iter().find_map(|value| self.text(value)),
            Value::Object(object) => {
                let named = |object: &Map<String, Value>| {
                    ["name", "alternateName", "@value"]
                        .iter()
                        .find_map(|name| self.text(object.get(*name).filter(|v| !v.is_object())?))
                };
                named(object).or_else(|| {
                    let id = object.get("@id")?;
                    let others = self.0.iter().filter(|other| other.get("@id") == Some(id));
                    others.into_iter().find_map(named).or_else(|| {
                        let address = id.as_str().filter(|id| id.starts_with("http"))?;
                        Some(address.to_owned())
                    })
                })
            }
            _ => None,
        }
    }

    /// The article's words as the page states them.
    pub(super) fn body(&self) -> Option<String> {
        let articles = self.0.iter().filter(|object| rank(object) < PAGE);
        let bodies = articles.filter_map(|article| article.get("articleBody")?.as_str());
        bodies.max_by_key(|body| body.len()).map(str::to_owned)
    }
}

/// Objects of a page that is no article, and all others.
const PAGE: u8 = 2;
const OTHER: u8 = 3;

/// Articles before posts and pages.
fn rank(object: &Map<String, Value>) -> u8 {
    let kind = object
        .get("@type")
        .map(Value::to_string)
        .unwrap_or_default();
    if kind.contains("Article") {
        0
    } else if ["Posting", "Report", "Review", "Recipe", "NewsStory"]
        .iter()
        .any(|k| kind.contains(k))
    {
        1
    } else if kind.contains("WebPage") || kind.contains("ItemPage") {
        PAGE
    } else {
        OTHER
    }
}

/// The objects in `value`, graphs and main entities opened.
fn collect(value: Value, objects: &mut Vec<Map<String, Value>>, depth: u8) {
    match value {
        Value::Array(values) if depth < 6 => {
            for value in values {
                collect(value, objects, depth + 1);
            }
        }
        Value::Object(mut object) if depth < 6 => {
            for name in [
                "@graph",
                "mainEntity",
                "itemListElement",
                "hasPart",
                "liveBlogUpdate",
            ] {
                // Entries of a live blog are no articles beside it, and parts may be many.
                if matches!(name, "@graph" | "mainEntity")
                    && let Some(inner) = object.remove(name)
                {
                    collect(inner, objects, depth + 1);
                }
            }
            objects.push(object);
        }
        _ => {}
    }
}

/// JSON with what sites do to it: comments around, trailing commas, line breaks inside strings.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim();
    if let Ok(value) = serde_json::from_str(text) {
        return Some(value);
    }
    let start = text.find(['{', '['])?;
    let end = text.rfind(['}', ']'])? + 1;
    let mut repaired = String::with_capacity(text.len());
    let (mut quoted, mut escaped) = (false, false);
    for letter in text.get(start..end)?.chars() {
        if quoted {
            quoted = letter != '"' || escaped;
            escaped = letter == '\\' && !escaped;
            match letter {
                '\n' => repaired.push_str("\\n"),
                letter if letter.is_control() => repaired.push(' '),
                letter => repaired.push(letter),
            }
            continue;
        }
        quoted = letter == '"';
        if matches!(letter, '}' | ']') {
            let trimmed = repaired.trim_end();
            let length = trimmed.strip_suffix(',').map_or(repaired.len(), str::len);
            repaired.truncate(length);
        }
        repaired.push(letter);
    }
    serde_json::from_str(&repaired).ok()
}

/// The paragraphs of the article where the page also states it whole: the stated ones where they hold much more, else those
/// found, without what the page itself does not count as the article.
pub(in crate::ingest) fn complete(found: Vec<String>, stated: &str) -> Vec<String> {
    let stated = match stated.contains("</") || stated.contains("<br") {
        true => texts(blocks(stated)),
        false => {
            let stated = entities::decode(stated);
            let lines = stated.lines().filter_map(crate::ingest::filled);
            lines.collect()
        }
    };
    let count = |paragraphs: &[String]| -> usize {
        let words = paragraphs
            .iter()
            .map(|text| text.split_whitespace().count());
        words.sum()
    };
    let (ours, theirs) = (count(&found), count(&stated));
    let pairs: HashSet<(String, String)> = stated.iter().flat_map(|text| pairs_of(text)).collect();
    let is_stated = |text: &String| {
        let own = pairs_of(text);
        let shared = own.iter().filter(|pair| pairs.contains(*pair)).count();
        shared * 2 >= own.len()
    };
    let shared: Vec<bool> = found.iter().map(is_stated).collect();
    let kept: Vec<String> = found
        .iter()
        .zip(&shared)
        .filter(|(_, shared)| **shared)
        .map(|(text, _)| text.clone())
        .collect();
    let common = count(&kept);
    if theirs > 50 && theirs * 10 >= ours * 13 && common * 10 >= ours.min(theirs) * 5 {
        return stated;
    }
    // A statement of the beginning alone is no measure.
    match theirs * 10 >= ours * 7 && common * 10 >= ours * 6 {
        true => kept,
        false => found,
    }
}

fn pairs_of(text: &str) -> Vec<(String, String)> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words
        .windows(2)
        .map(|pair| (pair[0].clone(), pair[1].clone()))
        .collect()
}
