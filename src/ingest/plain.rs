//! Plain text: the whole file is the text; title and date are looked for in its first lines.

use super::{Months, Options};
use crate::model::{Document, Meta};

/// Lines at the head, and at the foot, in which a date may stand.
const HEAD: usize = 15;
const FOOT: usize = 5;

pub(super) fn read(name: String, text: String, options: &Options) -> Document {
    let published = date(&text, &options.months).or_else(|| Months::date_in_name(&name));
    let meta = Meta {
        title: title(&text),
        published,
        ..Meta::default()
    };
    Document::new(name, text, meta)
}

/// The first line that is no menu and not as long as a paragraph.
pub(super) fn title(text: &str) -> Option<String> {
    let line = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .take(4)
        .find(|line| !is_menu(line))?;
    let words = line.split_whitespace().count();
    let fits = words <= 30
        && line.chars().any(char::is_alphabetic)
        && !(line.ends_with('.') && words > 14);
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
    line.chars().count() < 120
        && ['/', '>', '|', '»', '›']
            .into_iter()
            .any(|mark| parts(mark) >= 3)
}

/// A date on a short line of its own in the head or the foot, or in the dateline that opens the text.
fn date(text: &str, months: &Months) -> Option<crate::model::Date> {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let short = |line: &&&str| line.split_whitespace().count() <= 12;
    let foot = &lines[lines.len().saturating_sub(FOOT).max(lines.len().min(HEAD))..];
    let alone = lines
        .iter()
        .take(HEAD)
        .filter(short)
        .chain(foot.iter().filter(short))
        .find_map(|line| months.date_in(line));
    alone.or_else(|| {
        lines
            .iter()
            .take(HEAD)
            .find_map(|line| dateline(line, months))
    })
}

/// "GENEVA, March 3, 2025 (Northern Wire) —"
fn dateline(line: &str, months: &Months) -> Option<crate::model::Date> {
    let end = ["—", "–", " -- ", " - "]
        .iter()
        .filter_map(|dash| line.find(dash))
        .min()
        .filter(|&end| end < 90)?;
    let capitals = line[..end]
        .chars()
        .take_while(|c| !c.is_lowercase())
        .filter(|c| c.is_uppercase())
        .count();
    if capitals >= 3 {
        months.date_in(&line[..end])
    } else {
        None
    }
}
