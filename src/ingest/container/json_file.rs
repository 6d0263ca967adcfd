//! A file of JSON: an article, an array of them, or an object with such an array in it (a feed, an answer of an API, the
//! posts of an account).

use serde_json::{Map, Value};

use super::{Articles, Content, File};
use crate::ingest::{Error, decode, json};

pub(super) fn articles(file: File, bytes: Vec<u8>) -> Articles {
    let text = decode::text(bytes, None).0;
    // A downloaded account assigns its posts to a variable.
    let start = match text.trim_start().starts_with(['{', '[']) {
        true => 0,
        false => text.find(['[', '{']).unwrap_or(0),
    };
    match json::parse(&text[start..]).map(|(value, _)| value) {
        Ok(Value::Array(values)) => file.numbered(values.into_iter().map(Content::Object)),
        Ok(Value::Object(fields)) => match listed(fields) {
            Ok(values) => file.numbered(values.into_iter().map(Content::Object)),
            Err(fields) => file.one(Content::Object(Value::Object(fields))),
        },
        Ok(value) => file.one(Content::Object(value)),
        Err(error) => {
            let name = file.name.clone();
            let message = error.to_string();
            file.one(Content::Failed(Error::Json { name, message }))
        }
    }
}

/// The articles of the first list of objects with text, at most two levels inside, each with what the object around says of
/// all; the object itself where it has none.
fn listed(mut fields: Map<String, Value>) -> Result<Vec<Value>, Map<String, Value>> {
    if fields.keys().any(|name| json::is_text(name)) {
        return Err(fields);
    }
    let is_list = |value: &Value| {
        let values = value.as_array().map_or(&[][..], Vec::as_slice);
        values.iter().any(json::has_text)
    };
    let found = fields.iter().find_map(|(name, value)| match value {
        value if is_list(value) => Some((name.clone(), None)),
        Value::Object(inner) => {
            let (inside, _) = inner.iter().find(|(_, value)| is_list(value))?;
            Some((name.clone(), Some(inside.clone())))
        }
        _ => None,
    });
    let Some((name, inside)) = found else {
        return Err(fields);
    };
    let list = fields.remove(&name).and_then(|mut value| match inside {
        Some(inside) => value.get_mut(&inside).map(Value::take),
        None => Some(value),
    });
    let Some(Value::Array(mut values)) = list else {
        return Err(fields);
    };
    let is_feed = fields
        .get("version")
        .and_then(Value::as_str)
        .is_some_and(|version| version.contains("jsonfeed"));
    let outlet = fields.get("title").filter(|_| is_feed);
    for value in values.iter_mut().filter_map(Value::as_object_mut) {
        if let Some(outlet) = outlet {
            value.entry("publisher").or_insert_with(|| outlet.clone());
        }
        if let Some(user) = user(value, &fields) {
            value.entry("user").or_insert(user);
        }
    }
    Ok(values)
}

/// Who wrote a post: the answer tells authors by their numbers, and who they are once, beside.
fn user(post: &Map<String, Value>, around: &Map<String, Value>) -> Option<Value> {
    let id = post.get("author_id")?;
    let users = around.get("includes")?.get("users")?.as_array()?;
    users
        .iter()
        .find(|user| user.get("id") == Some(id))
        .cloned()
}
