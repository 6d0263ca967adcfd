//! Lines that tell when an article was published: "Published: Sat 15 Jan 2022 - 10:25 GMT".

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::Options;
use super::calendar::words;
use crate::model::Date;

/// Words besides the date, and besides the words that go with dates.
const OTHERS: usize = 7;

/// Bytes of a line that tells no more than dates and names.
const LONGEST_LINE: usize = 200;

/// What a line says of its date, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Says {
    /// The day of publication.
    Published,
    /// Nothing: the date stands alone.
    Alone,
    /// Nothing: names stand beside it, as in a byline.
    Beside,
    /// The day of the last change.
    Changed,
}

/// The date in `line` where the line is there to tell it; a sentence with a date in it is not.
pub(super) fn date(line: &str, options: &Options) -> Option<(Says, Date)> {
    line.split(['|', '[', ']', '•', '·', '('])
        .filter_map(|part| date_of_part(part, options))
        .min_by_key(|(says, _)| *says)
}

fn date_of_part(part: &str, options: &Options) -> Option<(Says, Date)> {
    if part.len() > LONGEST_LINE || !part.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let words = words(part);
    let (at, (date, length)) =
        (0..words.len()).find_map(|at| Some((at, options.months.date_at(&words, at)?)))?;
    let beside = || words[..at].iter().chain(&words[at + length..]);
    let label = words[..at]
        .iter()
        .filter_map(|word| options.date_words.says(word))
        .max()
        .unwrap_or(0);
    let others: Vec<&&str> = beside()
        .filter(|word| options.date_words.says(word).is_none() && !is_time_or_zone(word))
        .collect();
    let small = others
        .iter()
        .filter(|word| word.starts_with(char::is_lowercase))
        .count();
    let is_sentence =
        !others.is_empty() && part.trim_end().ends_with(['.', ',', '?', '!', '”', '"']);
    if others.len() > OTHERS || small > 1 || is_sentence {
        return None;
    }
    let says = match (label, others.is_empty()) {
        (1, _) => Says::Published,
        (2, _) => Says::Changed,
        (_, true) => Says::Alone,
        _ => Says::Beside,
    };
    Some((says, date))
}

/// "10:25", "10.25am", "GMT+1"
fn is_time_or_zone(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    word.starts_with(|c: char| c.is_ascii_digit() || c == '-')
        || word.len() <= 5 && letters.clone().count() > 0 && letters.clone().all(char::is_uppercase)
}

/// What a dateline ends with; `None` never is, for the marks are few.
static DASHES: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(["—", "–", " -- ", " - ", "./", ". /"]).ok());

/// Bytes of the dateline that opens a text, up to its dash: "GENEVA, March 3, 2025 (Northern Wire) —".
pub(super) fn dateline(line: &str) -> Option<usize> {
    const LONGEST: usize = 90;
    let head = &line.as_bytes()[..line.len().min(LONGEST + 3)];
    let end = DASHES.as_ref()?.find(head)?.start();
    if end >= LONGEST {
        return None;
    }
    let head = &line[..end];
    let capitals = head
        .chars()
        .take_while(|c| !c.is_lowercase())
        .filter(|c| c.is_uppercase())
        .count();
    let agency = head.contains(['(', '/']) || line[end..].starts_with(['.', '/']);
    let sentence = line.trim_end().ends_with(['.', '!', '?', '"', '”']);
    (capitals >= 3 && (agency || sentence)).then_some(end)
}
