//! Dates as articles write them.

use std::collections::HashMap;

use crate::model::Date;

/// The names of months in a language, with their numbers.
#[derive(Clone, Debug, Default)]
pub struct Months(HashMap<String, i8>);

impl Months {
    /// From pairs of a name in lower case without a period and a number from 1 to 12.
    pub fn new(names: impl IntoIterator<Item = (String, i8)>) -> Months {
        Months(names.into_iter().collect())
    }

    /// The first whole date in `text`: ISO, "15 January 2022", "Jan. 15, 2022", "15/01/2022" where the day is past 12.
    pub fn date_in(&self, text: &str) -> Option<Date> {
        let words: Vec<&str> = text
            .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '.')))
            .filter(|w| !w.is_empty())
            .collect();
        for (at, word) in words.iter().enumerate() {
            let date = iso(word).or_else(|| slashed(word)).or_else(|| {
                let next = |n: usize| {
                    words
                        .get(at + n)
                        .map_or("", |w| w.trim_matches(['.', '-', '/']))
                };
                let month = |w: &str| self.0.get(&w.trim_end_matches('.').to_lowercase()).copied();
                if let Some(month) = month(word) {
                    date(number(next(2))?, month, number(ordinal(next(1)))?)
                } else {
                    date(number(next(2))?, month(next(1))?, number(ordinal(word))?)
                }
            });
            if date.is_some() {
                return date;
            }
        }
        None
    }

    /// A date as metadata state it: the calendar day as written, whatever the zone.
    pub fn date_of(&self, value: &str) -> Option<Date> {
        iso(value.trim()).or_else(|| self.date_in(value))
    }

    /// A date in a file's name: 2022-01-15, 20220115.
    pub fn date_in_name(name: &str) -> Option<Date> {
        let stem = name.rsplit('/').next().unwrap_or(name);
        stem.split(|c: char| !(c.is_ascii_digit() || c == '-'))
            .find_map(|part| {
                let part = part.trim_matches('-');
                iso(part).or_else(|| {
                    let plain = part.len() == 8 && part.bytes().all(|b| b.is_ascii_digit());
                    if plain {
                        date(
                            number(&part[..4])?,
                            number(&part[4..6])?,
                            number(&part[6..])?,
                        )
                    } else {
                        None
                    }
                })
            })
    }
}

fn iso(word: &str) -> Option<Date> {
    let day = word.get(..10)?;
    let ends = word[10..]
        .chars()
        .next()
        .is_none_or(|c| !c.is_ascii_digit());
    let shape = day.bytes().enumerate().all(|(i, b)| {
        if i == 4 || i == 7 {
            b == b'-'
        } else {
            b.is_ascii_digit()
        }
    });
    if shape && ends {
        date(number(&day[..4])?, number(&day[5..7])?, number(&day[8..])?)
    } else {
        None
    }
}

/// Day and month can be told apart only when one of them is past 12.
fn slashed(word: &str) -> Option<Date> {
    let parts: Vec<&str> = word.split(['/', '.']).collect();
    let [a, b, year] = parts.as_slice() else {
        return None;
    };
    let (a, b, year): (i8, i8, i16) = (number(a)?, number(b)?, number(year)?);
    match (a > 12, b > 12) {
        (true, false) => date(year, b, a),
        (false, true) => date(year, a, b),
        _ => None,
    }
}

fn ordinal(word: &str) -> &str {
    ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|suffix| word.strip_suffix(suffix))
        .unwrap_or(word)
}

fn number<T: std::str::FromStr>(word: &str) -> Option<T> {
    word.parse().ok()
}

/// News dates: what lies outside these years is no date.
fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    (1800..=2100)
        .contains(&year)
        .then(|| Date::new(year, month, day).ok())
        .flatten()
}
