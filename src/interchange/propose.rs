//! A name of the articles to the row that would list it.

use super::{Listed, cells};
use crate::lexicon::{Lexicon, fold};
use crate::model::{EntityKind, Gender};

/// The row for `name` of this kind, which articles also call `aliases`: sex after the given name, sort after the last word.
/// Parts of the name are no aliases, for the program finds them by itself.
pub fn propose(name: &str, kind: EntityKind, aliases: &[String], lexicon: &Lexicon) -> Listed {
    let words: Vec<&str> = name.split_whitespace().collect();
    let given = words.first().filter(|_| words.len() > 1);
    let sex = given.and_then(|word| lexicon.words.given_names.gender(&fold(word)));
    let whole = fold(name);
    let aliases = aliases
        .iter()
        .filter_map(|alias| cells::name(alias).ok())
        .filter(|alias| {
            let folded = fold(alias);
            folded != whole && !is_part(&folded, &whole)
        })
        .collect();
    let suffix = words
        .last()
        .and_then(|word| lexicon.words.suffixes.get(&fold(word)))
        .or_else(|| lexicon.words.suffixes.get(&fold(words.first()?)));
    Listed {
        kind: Some(kind),
        id: cells::id(name),
        name: cells::cell(name),
        aliases,
        sex: match (kind, sex) {
            (EntityKind::Person, Some(Gender::Male)) => "m",
            (EntityKind::Person, Some(Gender::Female)) => "f",
            _ => "",
        }
        .to_owned(),
        sort: match (kind, suffix) {
            (EntityKind::Organization, Some(sort)) => sort.to_string(),
            _ => String::new(),
        },
        ..Listed::default()
    }
}

/// True when all words of `part` stand in `whole`.
fn is_part(part: &str, whole: &str) -> bool {
    part.split_whitespace()
        .all(|word| whole.split_whitespace().any(|other| other == word))
}
