//! The day on which something was said, from the time expressions around the cue: weekdays, dates, "yesterday", "two days
//! ago", counted from the day of publication. What names no single day ("last month") gives none.

use jiff::ToSpan;

use super::Reading;
use crate::analysis::attribution::Attribution;
use crate::lexicon::CalendarWord;
use crate::model::Date;
use crate::text::UnitKind;

/// How many words a date takes at most: "Sunday, the 3rd of March, 2024".
const LONGEST: u32 = 8;
/// How far from the cue a date may stand, in phrases.
const NEAR: usize = 40;

impl Reading<'_> {
    /// The day that a time expression of the author's own words names; `None` without one.
    pub(super) fn said_on(&self, attribution: &Attribution) -> Option<Date> {
        let segment = &self.layers.segments[attribution.segment];
        let units = &segment.units;
        let outside = |at: u32| {
            !attribution
                .content
                .iter()
                .any(|&(start, end)| start <= at && at < end)
        };
        let cue = attribution.cue_tokens?;
        let cue_unit = units.partition_point(|u| u.tokens.1 <= cue.0);
        let mut best: Option<(u32, Date)> = None;
        let window = cue_unit.saturating_sub(NEAR)..units.len().min(cue_unit + NEAR);
        for index in window {
            let unit = &units[index];
            if matches!(unit.kind, UnitKind::Quotation(_))
                || !self.is_of_saying(units, cue_unit, index)
            {
                continue;
            }
            for token in unit.tokens.0..unit.tokens.1 {
                let far = token.abs_diff(cue.0);
                if !outside(token) || best.is_some_and(|(near, _)| near <= far) {
                    continue;
                }
                if let Some(day) = self.day_at(token, units[units.len() - 1].tokens.1) {
                    best = Some((far, day));
                }
            }
        }
        best.map(|(_, day)| day)
    }

    /// No other verb stands between: what happened then is the saying, not the leaving in "Orr, who left on Monday, said". Nor is
    /// it the day of what lay ahead: "Ahead of the talks on Monday, Orr had warned".
    fn is_of_saying(&self, units: &[crate::text::Unit], cue: usize, at: usize) -> bool {
        // Something stands between: "the day before yesterday" is one.
        let lies_ahead = |units: &[crate::text::Unit]| {
            let before = units.len().saturating_sub(1);
            units.iter().take(before).any(|unit| {
                let first = &self.layers.tokens[unit.tokens.0 as usize].norm;
                self.lexicon.words.is(first, "ahead")
            })
        };
        let breaks = |kind: UnitKind| match kind {
            UnitKind::Verb(group) => group.finite,
            UnitKind::Relative => true,
            _ => false,
        };
        if at > cue {
            let between = &units[cue + 1..at];
            return !between.iter().any(|u| breaks(u.kind)) && !lies_ahead(between);
        }
        let from = at.saturating_sub(NEAR);
        let clause = units[from..at]
            .iter()
            .rposition(|u| matches!(u.kind, UnitKind::Comma | UnitKind::Dash))
            .map_or(from, |comma| from + comma + 1);
        // "On Monday, Orr, who left, said" has a comma before each clause; in "Orr said on Monday" nothing stands before.
        !units[clause..at].iter().any(|u| breaks(u.kind)) && !lies_ahead(&units[clause..at])
    }

    /// The day that the words at token `at` begin to name.
    fn day_at(&self, at: u32, limit: u32) -> Option<Date> {
        let published = self.document.meta.published;
        let calendar = &self.lexicon.words.calendar;
        let first = &self.layers.tokens[at as usize].norm;
        if !first.starts_with(|c: char| c.is_ascii_digit()) && !calendar.holds(first) {
            return None;
        }
        let end = limit.min(at + LONGEST);
        let norm =
            |token: u32| (token < end).then(|| self.layers.tokens[token as usize].norm.as_str());
        let value = |token: u32, word| norm(token).and_then(|n| calendar.value(n, word));
        let number = |token: u32| norm(token).and_then(ordinal);
        let year = |token: u32| {
            let token = if norm(token) == Some(",") {
                token + 1
            } else {
                token
            };
            norm(token)
                .filter(|n| n.len() == 4)
                .and_then(|n| n.parse::<i16>().ok())
        };
        let whole = |n: &&str| n.starts_with(|c: char| c.is_ascii_digit()) && n.contains('-');
        if let Some(date) = norm(at).filter(whole).and_then(|n| n.parse::<Date>().ok()) {
            return Some(date);
        }
        // "March 3", "Jan. 15, 2024"
        if let (Some(month), Some(day)) = (value(at, CalendarWord::Month), number(at + 1)) {
            return date(year(at + 2), month, day, published);
        }
        // "3 March", "the 3rd of March 2024"
        if let Some(day) = number(at) {
            let of = u32::from(norm(at + 1).is_some_and(|n| self.lexicon.words.is(n, "genitive")));
            if let Some(month) = value(at + 1 + of, CalendarWord::Month) {
                return date(year(at + 2 + of), month, day, published);
            }
        }
        let published = published?;
        if let Some(offset) = value(at, CalendarWord::Day) {
            // "the day before yesterday"
            let before = at >= 2
                && self.before(at, 1, CalendarWord::Direction) == Some(-1)
                && self.before(at, 2, CalendarWord::Unit).is_some();
            let offset = i64::from(offset) - i64::from(before);
            return (offset <= 0)
                .then(|| published.checked_add(offset.days()).ok())
                .flatten();
        }
        // "two days ago"
        if let (Some(count), Some(unit), Some(-1)) = (
            value(at, CalendarWord::Count),
            value(at + 1, CalendarWord::Unit).filter(|&days| days > 0),
            value(at + 2, CalendarWord::Direction),
        ) {
            let back = i64::from(count) * i64::from(unit);
            return published.checked_sub(back.days()).ok();
        }
        self.weekday_at(at, end, published)
    }

    /// "on Thursday", "last Friday": the last such day, today included unless the words look back.
    fn weekday_at(&self, at: u32, end: u32, published: Date) -> Option<Date> {
        let calendar = &self.lexicon.words.calendar;
        let norm = |token: u32| self.layers.tokens[token as usize].norm.as_str();
        let weekday = calendar.value(norm(at), CalendarWord::Weekday)?;
        // "Sunday, 3 March": the date says it.
        let comma = at + 1 < end && norm(at + 1) == ",";
        if comma
            && at + 2 < end
            && (ordinal(norm(at + 2)).is_some()
                || calendar.value(norm(at + 2), CalendarWord::Month).is_some())
            && let Some(day) = self.day_at(at + 2, end)
        {
            return Some(day);
        }
        let direction = self.before(at, 1, CalendarWord::Direction);
        if direction == Some(1) {
            return None;
        }
        let today = published.weekday().to_monday_one_offset();
        let back = match (today - weekday).rem_euclid(7) {
            0 if direction == Some(-1) => 7,
            back => back,
        };
        published.checked_sub(i64::from(back).days()).ok()
    }

    /// What the token `steps` before `at` counts, as `word`.
    fn before(&self, at: u32, steps: u32, word: CalendarWord) -> Option<i8> {
        let token = at.checked_sub(steps)?;
        let norm = &self.layers.tokens[token as usize].norm;
        self.lexicon.words.calendar.value(norm, word)
    }
}

/// A date without its year is the last one before the day of publication.
fn date(year: Option<i16>, month: i8, day: i8, published: Option<Date>) -> Option<Date> {
    if let Some(year) = year {
        return Date::new(year, month, day).ok();
    }
    let published = published?;
    let this_year = Date::new(published.year(), month, day).ok();
    this_year
        .filter(|day| *day <= published)
        .or_else(|| Date::new(published.year() - 1, month, day).ok())
}

/// "3", "3rd".
fn ordinal(norm: &str) -> Option<i8> {
    let digits = norm.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = norm.len() - digits.len();
    (digits.len() <= 2 && (ending == 0 || ending == 2))
        .then(|| digits.parse().ok())
        .flatten()
        .filter(|day| (1..=31).contains(day))
}
