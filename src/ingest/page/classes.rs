//! What the classes and ids of a page's elements say they are: words in a table beside this file.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What an element is, besides the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Menus, teasers, forms: it goes.
    Around,
    /// Who wrote it, and when: it goes, but a day in it counts.
    Head,
    /// What lies around where it is short, else the article.
    Small,
}

/// Kinds by one, two or three words joined with spaces.
static KINDS: LazyLock<HashMap<&'static str, Kind>> = LazyLock::new(|| {
    let rows = include_str!("classes.tsv").lines();
    rows.filter(|row| !row.starts_with('#'))
        .filter_map(|row| {
            let (words, kind) = row.split_once('\t')?;
            let kind = match kind {
                "around" => Kind::Around,
                "head" => Kind::Head,
                "small" => Kind::Small,
                _ => return None, // the names of the columns
            };
            Some((words, kind))
        })
        .collect()
});

/// Words before which a class speaks of something else inside or missing: "has-comments".
const OF_OTHERS: [&str; 6] = ["has", "no", "with", "without", "is", "not"];

/// What `value`, an element's classes or its id, says.
pub(super) fn kind(value: &str) -> Option<Kind> {
    value.split_whitespace().find_map(|class| {
        let words = words(class);
        if words
            .first()
            .is_some_and(|first| OF_OTHERS.contains(&first.as_str()))
        {
            return None;
        }
        (0..words.len()).find_map(|at| {
            (1..=3.min(words.len() - at)).rev().find_map(|length| {
                KINDS
                    .get(words[at..at + length].join(" ").as_str())
                    .copied()
            })
        })
    })
}

/// "relatedLinks__item-2" is related, links, item.
fn words(class: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = '-';
    for letter in class.chars().take(120) {
        let starts = !before.is_alphabetic() || before.is_lowercase() && letter.is_uppercase();
        if letter.is_alphabetic() {
            if starts {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(letter.to_lowercase());
            }
        }
        before = letter;
    }
    words
}
