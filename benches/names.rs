//! Names, as many as wanted and the same every time: those of the shipped people, some of whom stand in the texts, then such as
//! nobody bears, given names × surnames of syllables.

use std::collections::HashSet;

/// How many surnames there are; prime, so that given name and surname take every combination.
const SURNAMES: usize = 100_003;
const SYLLABLES: [&str; 47] = [
    "ba", "bel", "bor", "ca", "cor", "da", "del", "dor", "fa", "fen", "gar", "go", "hal", "ho",
    "ja", "kel", "ko", "la", "len", "lo", "ma", "mir", "mo", "na", "nel", "no", "or", "pa", "pel",
    "ra", "ren", "ro", "sa", "sel", "so", "ta", "tel", "to", "u", "va", "vel", "vo", "wen", "ya",
    "yor", "za", "zo",
];

/// The given names of the shipped list.
pub fn given_names(list: &str) -> Vec<String> {
    let rows = list.lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|line| line.split('\t').next())
        .filter(|name| name.bytes().all(|b| b.is_ascii_alphabetic()))
        .map(capital)
        .collect()
}

/// Name number `at`.
pub fn name(given: &[String], at: usize) -> String {
    let mut number = at % SURNAMES;
    let mut surname = String::new();
    for _ in 0..3 {
        surname.push_str(SYLLABLES[number % SYLLABLES.len()]);
        number /= SYLLABLES.len();
    }
    format!("{} {}", given[at % given.len()], capital(&surname))
}

/// The people of the shipped list whose names are words of plain letters.
pub fn real_names(list: &str) -> Vec<String> {
    let rows = list.lines().filter(|line| !line.starts_with('#')).skip(1);
    let plain = |name: &&str| name.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ');
    let mut seen = HashSet::new();
    rows.filter_map(|line| line.split('\t').nth(1))
        .filter(|name| name.contains(' '))
        .filter(plain)
        .filter(|name| seen.insert(*name))
        .map(str::to_owned)
        .collect()
}

/// A list of people with the first `count` names: `real`, then made-up ones.
pub fn people(real: &[String], given: &[String], count: usize) -> String {
    let mut list = String::from("id\tname\n");
    let made = (0..count.saturating_sub(real.len())).map(|at| name(given, at));
    for name in real.iter().take(count).cloned().chain(made) {
        let id = name.to_lowercase().replace(' ', "-");
        list.push_str(&format!("{id}\t{name}\n"));
    }
    list
}

fn capital(word: &str) -> String {
    let mut chars = word.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    first.chain(chars).collect()
}
