//! What can be seen of a case that a learned table judges: features, each a template and its values.

use super::gazetteer::hash::{ROOT, hash, step};
use crate::model::Token;

/// A value of a feature, hashed once for all features that hold it.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a> {
    text: &'a str,
    key: u64,
}

impl<'a> Value<'a> {
    /// The value `text`.
    #[inline]
    pub const fn new(text: &'a str) -> Value<'a> {
        let key = hash(text.as_bytes());
        Value { text, key }
    }

    /// As it is written in the table.
    pub fn text(&self) -> &'a str {
        self.text
    }
}

/// Alike when their texts are.
impl PartialEq for Value<'_> {
    fn eq(&self, other: &Value<'_>) -> bool {
        self.key == other.key && self.text == other.text
    }
}

impl<'a> From<&'a str> for Value<'a> {
    #[inline]
    fn from(text: &'a str) -> Value<'a> {
        Value::new(text)
    }
}

/// The word of a token, which is hashed already.
impl<'a> From<&'a Token> for Value<'a> {
    fn from(token: &'a Token) -> Value<'a> {
        Value {
            text: &token.norm,
            key: token.key,
        }
    }
}

/// The features of a case, as whoever describes it names them one by one.
#[derive(Debug, Default)]
pub struct Features {
    keys: Vec<u64>,
    /// As they are written in tables, where somebody asked for that.
    names: Option<Vec<String>>,
}

/// Hears the features of a case.
pub type Sink<'a> = &'a mut Features;

impl Features {
    /// Features that are asked for by name later on.
    pub fn named() -> Features {
        Features {
            keys: Vec::new(),
            names: Some(Vec::new()),
        }
    }

    /// One more feature: a template and its values.
    #[inline(always)] // the key of a template is then a number in the code
    pub fn see(&mut self, template: Value<'static>, values: &[Value<'_>]) {
        self.keys.push(key(template, values));
        if let Some(names) = &mut self.names {
            names.push(feature_name(template, values));
        }
    }

    /// The keys of all, in the order in which they were named.
    pub fn keys(&self) -> &[u64] {
        &self.keys
    }

    /// All as tables write them, where they are [`Features::named`].
    pub fn into_names(self) -> Vec<String> {
        self.names.unwrap_or_default()
    }
}

/// A feature as it is written in the table: `template=value|value`.
#[cold]
fn feature_name(template: Value<'_>, values: &[Value<'_>]) -> String {
    let values: Vec<&str> = values.iter().map(|value| value.text).collect();
    format!("{}={}", template.text, values.join("|"))
}

/// The key of [`feature_name`], made without writing it.
#[inline(always)]
fn key(template: Value<'_>, values: &[Value<'_>]) -> u64 {
    let node = step(ROOT, template.key);
    match values {
        [] => step(node, const { hash(b"") }),
        values => values
            .iter()
            .fold(node, |node, value| step(node, value.key)),
    }
}

/// The key of a feature as it is written in the table.
pub(super) fn key_of(feature: &str) -> u64 {
    let (template, values) = feature.split_once('=').unwrap_or((feature, ""));
    values
        .split('|')
        .fold(step(ROOT, hash(template.as_bytes())), |node, value| {
            step(node, hash(value.as_bytes()))
        })
}
