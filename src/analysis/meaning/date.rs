//! The day on which something was said, from the time expressions around the cue.

use jiff::ToSpan;

use super::Reading;
use crate::analysis::attribution::Attribution;
use crate::lexicon::CalendarWord;
use crate::model::Date;
use crate::text::UnitKind;

impl Reading<'_> {
    /// The day that a time expression of the author's own words names, counted from the day of publication; `None`
    /// without either.
    pub(super) fn said_on(&self, attribution: &Attribution) -> Option<Date> {
        let published = self.document.meta.published?;
        let segment = &self.layers.segments[attribution.segment];
        let outside = |at: u32| {
            !attribution
                .content
                .iter()
                .any(|&(start, end)| start <= at && at < end)
        };
        let cue = attribution
            .cue_tokens
            .map_or(attribution.content[0].0, |c| c.0);
        segment
            .units
            .iter()
            .filter(|unit| unit.kind == UnitKind::Time && outside(unit.tokens.0))
            .min_by_key(|unit| unit.tokens.0.abs_diff(cue))
            .and_then(|unit| self.day(unit.tokens, published))
    }

    fn day(&self, (start, end): (u32, u32), published: Date) -> Option<Date> {
        let calendar = &self.lexicon.words.calendar;
        let norms = || {
            self.layers.tokens[start as usize..end as usize]
                .iter()
                .map(|t| t.norm.as_str())
        };
        if let Some(offset) = norms().find_map(|n| calendar.value(n, CalendarWord::Day)) {
            return published.checked_add(i64::from(offset).days()).ok();
        }
        let weekday = norms().find_map(|n| calendar.value(n, CalendarWord::Weekday))?;
        // What was said is past: the last such day, today included.
        let today = published.weekday().to_monday_one_offset();
        let back = (today - weekday).rem_euclid(7);
        let direction = norms().find_map(|n| calendar.value(n, CalendarWord::Direction));
        let back = if direction == Some(-1) && back == 0 {
            7
        } else {
            back
        };
        published.checked_sub(i64::from(back).days()).ok()
    }
}
