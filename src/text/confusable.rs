//! Letters of other scripts that look Latin: a name with one of them is another name that nobody can tell from the first.
//!
//! In: a name. Out: how it looks. The letters are data (gazetteers/confusables.tsv, after Unicode's confusables).

use std::collections::BTreeMap;
use std::sync::OnceLock;

const LIST: &str = include_str!("../../gazetteers/confusables.tsv");

/// The Latin name that `name` looks like; `None` where it is what it looks like. Names written in another script are no
/// disguise: it takes a Latin letter beside the other.
pub fn looks_like(name: &str) -> Option<String> {
    if name.is_ascii() {
        return None;
    }
    let letters = letters();
    let is_latin =
        |c: char| c.is_alphabetic() && matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}');
    let suspicious = name.contains(is_latin) && name.contains(|c| letters.contains_key(&c));
    let is_plain = |word: &str| {
        let foreign = |c: char| c.is_alphabetic() && !is_latin(c);
        !word.contains(foreign) || word.contains(|c| foreign(c) && !letters.contains_key(&c))
    };
    // Beside a Latin word a whole word of another script is a disguise only where each of its letters is one.
    if !suspicious || name.split_whitespace().all(is_plain) {
        return None;
    }
    let look = |c: char| letters.get(&c).copied().unwrap_or(c);
    Some(name.chars().map(look).collect())
}

/// The letters of `name` that only look Latin, with their numbers: "А (U+0410)".
pub fn disguised(name: &str) -> String {
    let letters = letters();
    let mut told: Vec<String> = Vec::new();
    for c in name.chars().filter(|c| letters.contains_key(c)) {
        let one = format!("{c} (U+{:04X})", u32::from(c));
        if !told.contains(&one) {
            told.push(one);
        }
    }
    told.join(", ")
}

fn letters() -> &'static BTreeMap<char, char> {
    static LETTERS: OnceLock<BTreeMap<char, char>> = OnceLock::new();
    LETTERS.get_or_init(|| {
        let rows = LIST.lines().filter(|line| !line.starts_with('#')).skip(1);
        rows.filter_map(|row| {
            let mut cells = row.split('\t').map(|cell| cell.chars().next());
            Some((cells.next()??, cells.next()??))
        })
        .collect()
    })
}
