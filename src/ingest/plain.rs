//! Plain text: the whole file is the text; title and date are looked for in its first lines.

use super::date_line::{self, Says};
use super::{Months, Options};
use crate::model::{Date, Document, Meta};

/// Lines at the head, and at the foot, in which a date may stand.
const HEAD: usize = 15;
const FOOT: usize = 5;
/// Lines at the head in which the title may stand.
const TITLE: usize = 8;

pub(super) fn read(name: String, text: String, options: &Options) -> Document {
    let published = date(&text, options).or_else(|| Months::date_in_name(&name));
    let meta = Meta {
        title: title(&text, options),
        published,
        ..Meta::default()
    };
    // As it stands: whoever has the file counts in it.
    Document::new(name, text, meta)
}

/// The first line that is no menu, no date, no byline and not as long as a paragraph.
pub(super) fn title(text: &str, options: &Options) -> Option<String> {
    let is_date = |line: &str| {
        date_line::date(line, options).is_some_and(|(says, _)| says != Says::Beside)
            || line.len() < 20
                && line.starts_with(|c: char| c.is_ascii_digit())
                && line.contains(':')
    };
    let line = lines(text)
        .take(TITLE)
        .filter(|line| line.chars().any(char::is_alphabetic))
        .find(|line| !is_menu(line) && !is_date(line) && !options.boilerplate.is_match(line))?;
    let words = line.split_whitespace().count();
    let fits =
        words <= 30 && !(line.ends_with('.') && words > 14) && date_line::dateline(line).is_none();
    if fits {
        super::filled(line.trim_start_matches('#'))
    } else {
        None
    }
}

/// "News / Foreign Policy / Russia"
fn is_menu(line: &str) -> bool {
    let parts = |mark: char| {
        line.split(mark)
            .filter(|part| !part.trim().is_empty())
            .count()
    };
    let is_path = |mark: &str| {
        let parts: Vec<&str> = line.split(mark).collect();
        parts.len() > 1
            && parts
                .iter()
                .all(|part| part.split_whitespace().count() <= 2)
    };
    line.chars().count() < 120
        && (['/', '>', '|', '»', '›']
            .into_iter()
            .any(|mark| parts(mark) >= 3)
            || [" / ", " > ", " » ", " › "].into_iter().any(is_path))
}

/// A date on a line of its own in the head, in the dateline that opens the text, or on a line of its own in the foot.
pub(super) fn date(text: &str, options: &Options) -> Option<Date> {
    let lines: Vec<&str> = lines(text).collect();
    let (head, rest) = lines.split_at(lines.len().min(HEAD));
    let foot = &rest[rest.len().saturating_sub(FOOT)..];
    let best = |lines: &[&str]| {
        lines
            .iter()
            .filter_map(|line| date_line::date(line, options))
            .min_by_key(|(says, _)| *says)
            .map(|(_, date)| date)
    };
    let in_dateline = |line: &&str| {
        let end = date_line::dateline(line)?;
        options.months.date_in(&line[..end])
    };
    best(head)
        .or_else(|| head.iter().find_map(in_dateline))
        .or_else(|| best(foot))
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
