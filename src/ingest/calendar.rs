//! Dates as articles write them.

use std::collections::HashMap;

use crate::model::Date;

/// The names of months in a language, with their numbers.
#[derive(Clone, Debug, Default)]
pub struct Months(HashMap<String, i8>);

/// Words that stand beside a date, with what they say of it: "posted" 1 published, "updated" 2 changed, "Sat" 0.
#[derive(Clone, Debug, Default)]
pub struct DateWords(HashMap<String, i8>);

impl DateWords {
    /// From words in lower case.
    pub fn new(words: impl IntoIterator<Item = (String, i8)>) -> DateWords {
        DateWords(words.into_iter().collect())
    }

    /// What `word` says of a date beside it.
    pub(super) fn says(&self, word: &str) -> Option<i8> {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        self.0.get(&word.to_lowercase()).copied()
    }
}

impl Months {
    /// From pairs of a name in lower case without a period and a number from 1 to 12.
    pub fn new(names: impl IntoIterator<Item = (String, i8)>) -> Months {
        Months(names.into_iter().collect())
    }

    /// The first whole date in `text`: ISO, "15 January 2022", "Jan. 15, 2022", "15/01/2022" where the day is past 12.
    pub fn date_in(&self, text: &str) -> Option<Date> {
        let words = words(text);
        (0..words.len()).find_map(|at| Some(self.date_at(&words, at)?.0))
    }

    /// The date that begins with word `at`, and how many words it takes.
    pub(super) fn date_at(&self, words: &[&str], at: usize) -> Option<(Date, usize)> {
        let word = words[at];
        let next = |n: usize| {
            words
                .get(at + n)
                .map_or("", |w| w.trim_matches(['.', '-', '/']))
        };
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            let (day, year) = (number(ordinal(next(1)))?, number(next(2))?);
            return Some((date(year, self.month(word)?, day)?, 3));
        }
        if let Some(date) = iso(word)
            .or_else(|| slashed(word))
            .or_else(|| self.hyphened(word))
        {
            return Some((date, 1));
        }
        let day = number(ordinal(word))?;
        // "15th of January 2022": one word may stand between day and month.
        let (month, more) = match self.month(next(1)) {
            Some(month) => (month, 0),
            None if ordinal(word) != word => (self.month(next(2))?, 1),
            None => return None,
        };
        let date = date(number(next(2 + more))?, month, day)?;
        Some((date, 3 + more))
    }

    fn month(&self, word: &str) -> Option<i8> {
        self.0
            .get(&word.trim_end_matches('.').to_lowercase())
            .copied()
    }

    /// "15-Jan-2022"
    fn hyphened(&self, word: &str) -> Option<Date> {
        let [day, month, year] = *word.split('-').collect::<Vec<_>>().as_slice() else {
            return None;
        };
        date(number(year)?, self.month(month)?, number(day)?)
    }

    /// A date as metadata state it: the calendar day as written, whatever the zone.
    pub fn date_of(&self, value: &str) -> Option<Date> {
        iso(value.trim()).or_else(|| self.date_in(value))
    }

    /// The day, in UTC, of a moment in seconds since 1970.
    pub fn date_of_seconds(seconds: i64) -> Option<Date> {
        let days = i32::try_from(seconds.div_euclid(24 * 60 * 60)).ok()?;
        let day = Date::new(1970, 1, 1).ok()?;
        let day = day
            .checked_add(jiff::Span::new().try_days(days).ok()?)
            .ok()?;
        date(day.year(), day.month(), day.day())
    }

    /// A date in the path of a web address: /2022/01/15/, /2022-01-15-.
    pub fn date_in_url(url: &str) -> Option<Date> {
        let parts: Vec<&str> = url.split(['/', '?', '#', '_']).collect();
        let by_parts = parts.windows(3).find_map(|part| {
            let all_digits =
                |w: &str, n: usize| w.len() == n && w.bytes().all(|b| b.is_ascii_digit());
            if all_digits(part[0], 4) && all_digits(part[1], 2) && all_digits(part[2], 2) {
                date(number(part[0])?, number(part[1])?, number(part[2])?)
            } else {
                None
            }
        });
        by_parts.or_else(|| parts.iter().find_map(|part| iso(part)))
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

/// The words of a line, as dates are made of them.
pub(super) fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '/' | '.')))
        .filter(|w| w.contains(char::is_alphanumeric))
        .collect()
}

/// 2022-01-15, 2022/01/15, with a time behind it or without.
fn iso(word: &str) -> Option<Date> {
    let day = word.get(..10)?;
    let mark = day.as_bytes()[4];
    let ends = word[10..]
        .chars()
        .next()
        .is_none_or(|c| !c.is_ascii_digit());
    let shape = day.bytes().enumerate().all(|(i, b)| {
        if i == 4 || i == 7 {
            b == mark && matches!(b, b'-' | b'/')
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
