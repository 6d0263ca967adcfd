//! Quotations that no pattern gave to a source: who goes on speaking?
//!
//! In this order: a quotation of several paragraphs stays its first paragraph's; one that ends a paraphrase belongs to
//! it; behind an attributed quotation of the same paragraph it is one more span of that statement, behind a paraphrase a
//! statement of the same source; before an attributed quotation its source already speaks; a paragraph that is nothing
//! but a quotation goes on from the paragraph before. What is left is kept without a source.

use super::Attribution;
use crate::model::{QuotationRole, Tag};
use crate::text::{Text, UnitKind};

/// Shorter quotations without a source are not worth keeping.
const SHORTEST_UNATTRIBUTED: u32 = 8;
/// How many segments away whoever goes on speaking may have been named.
const REACH: usize = 60;

/// Gives the quotations that nobody owns to somebody; `owner` holds the attribution of each quotation.
pub(super) fn find(text: &Text, found: &mut Vec<Attribution>, owner: &mut [Option<usize>]) {
    from_the_end(text, found, owner);
    let mut speaking = Speaking::new(text, found);
    let latest = Latest::new(found);
    for (index, segment) in text.segments.iter().enumerate() {
        if segment.within.is_some() {
            continue; // what a quotation quotes is its own affair
        }
        for unit in &segment.units {
            let UnitKind::Quotation(q) = unit.kind else {
                continue;
            };
            let quotation = &text.quotations[q as usize];
            if owner[q as usize].is_some() || quotation.role != QuotationRole::Speech {
                continue;
            }
            if let Some(before) = quotation
                .continues
                .and_then(|before| owner[before as usize])
            {
                found[before].content.push(quotation.tokens);
                found[before].quotations.push(q);
                owner[q as usize] = Some(before);
                continue;
            }
            // The end of a paraphrase: `said the plan “has failed. It was bad.”`
            if let Some(before) = paraphrase_before(text, found, quotation.tokens.0, &latest) {
                if let Some(last) = found[before].content.last_mut() {
                    last.1 = quotation.tokens.1;
                }
                owner[q as usize] = Some(before);
                continue;
            }
            // One utterance around its attribution is one statement.
            if let Some(before) = speaking.before(text, found, index)
                && let Some(whole) = utterance(text, found, before)
            {
                found[whole].content.push(quotation.tokens);
                found[whole].content.sort_unstable();
                found[whole].quotations.push(q);
                owner[q as usize] = Some(whole);
                continue;
            }
            let speaks = speaking
                .before(text, found, index)
                .map(|a| ("quote-continued", a, 0.88))
                .or_else(|| {
                    let after = speaking.after(text, found, index);
                    after.map(|a| ("quote-begun", a, 0.8))
                })
                .or_else(|| {
                    let before = speaking.paragraph_before(text, found, index);
                    before.map(|a| ("quote-floating", a, 0.7))
                });
            let long = quotation.tokens.1 - quotation.tokens.0 >= SHORTEST_UNATTRIBUTED;
            let (rule, source_of, confidence) = match speaks {
                Some((rule, a, confidence)) => {
                    (rule, Some(found[a].source_of.unwrap_or(a)), confidence)
                }
                None if long => ("quote-unattributed", None, 0.5),
                None => continue,
            };
            owner[q as usize] = Some(found.len());
            found.push(Attribution {
                source_of,
                ..Attribution::of_quotation(rule, q, quotation, index, confidence)
            });
            speaking.add(text, found.len() - 1, &found[found.len() - 1]);
        }
    }
}

/// A quotation of several paragraphs whose last one names the source is all that source's.
fn from_the_end(text: &Text, found: &mut [Attribution], owner: &mut [Option<usize>]) {
    for (q, quotation) in text.quotations.iter().enumerate().rev() {
        let before = quotation.continues.map(|before| before as usize);
        if let (Some(whole), Some(before)) = (owner[q], before)
            && owner[before].is_none()
            && found[whole].content.first() == Some(&quotation.tokens)
        {
            found[whole]
                .content
                .insert(0, text.quotations[before].tokens);
            found[whole].quotations.insert(0, before as u32);
            owner[before] = Some(whole);
        }
    }
}

/// Attributions by the end of their last content.
struct Latest(Vec<(u32, usize)>);

impl Latest {
    fn new(found: &[Attribution]) -> Latest {
        let mut ends: Vec<(u32, usize)> = found
            .iter()
            .enumerate()
            .filter_map(|(at, a)| Some((a.content.last()?.1, at)))
            .collect();
        ends.sort_unstable();
        Latest(ends)
    }
}

/// The attribution whose unquoted content ends right before token `start`, or with a comma or a dash between.
fn paraphrase_before(
    text: &Text,
    found: &[Attribution],
    start: u32,
    latest: &Latest,
) -> Option<usize> {
    let comma = start > 0 && matches!(text.tokens[start as usize - 1].tag, Tag::Comma | Tag::Dash);
    let wanted = if comma { start - 1 } else { start };
    let from = latest.0.partition_point(|&(end, _)| end < wanted);
    latest.0[from..]
        .iter()
        .take_while(|&&(end, _)| end <= start)
        .map(|&(_, at)| at)
        .find(|&at| {
            let attribution = &found[at];
            attribution.quotations.is_empty()
                && attribution
                    .cue_tokens
                    .is_some_and(|cue| cue.1 <= attribution.content[0].0)
        })
}

/// The attribution that a quotation behind the attribution `at` belongs to: `at` itself where it quotes.
fn utterance(text: &Text, found: &[Attribution], at: usize) -> Option<usize> {
    let quotes = found[at].content.iter().any(|&(start, end)| {
        let from = text.quotations.partition_point(|q| q.tokens.0 < start);
        text.quotations[from..]
            .first()
            .is_some_and(|q| q.tokens.1 <= end)
    });
    quotes.then_some(at)
}

/// Attributions with a source, by the segment of the author that shows them.
struct Speaking {
    by_segment: Vec<Vec<usize>>,
}

impl Speaking {
    fn new(text: &Text, found: &[Attribution]) -> Speaking {
        let mut speaking = Speaking {
            by_segment: vec![Vec::new(); text.segments.len()],
        };
        for (index, attribution) in found.iter().enumerate() {
            speaking.add(text, index, attribution);
        }
        speaking
    }

    fn add(&mut self, text: &Text, index: usize, attribution: &Attribution) {
        let speaks = attribution.source.is_some() || attribution.source_of.is_some();
        if speaks && text.segments[attribution.segment].within.is_none() {
            self.by_segment[attribution.segment].push(index);
        }
    }

    /// Of several in one segment the first that quotes, else the first: the outermost.
    fn in_segment(&self, found: &[Attribution], segment: usize) -> Option<usize> {
        let here = &self.by_segment[segment];
        here.iter()
            .find(|&&a| !found[a].quotations.is_empty())
            .or_else(|| here.first())
            .copied()
    }

    /// The last attribution of this or an earlier segment of the paragraph.
    fn before(&self, text: &Text, found: &[Attribution], segment: usize) -> Option<usize> {
        let paragraph = text.segments[segment].paragraph;
        (0..=segment)
            .rev()
            .take(REACH)
            .take_while(|&s| text.segments[s].paragraph == paragraph)
            .find_map(|s| self.in_segment(found, s))
    }

    /// The next attribution of the paragraph that quotes.
    fn after(&self, text: &Text, found: &[Attribution], segment: usize) -> Option<usize> {
        let paragraph = text.segments[segment].paragraph;
        (segment + 1..text.segments.len())
            .take(REACH)
            .take_while(|&s| text.segments[s].paragraph == paragraph)
            .find_map(|s| {
                let here = &self.by_segment[s];
                here.iter().find(|&&a| !found[a].quotations.is_empty())
            })
            .copied()
    }

    /// The paragraph is quotations only, and somebody spoke in the one before.
    fn paragraph_before(
        &self,
        text: &Text,
        found: &[Attribution],
        segment: usize,
    ) -> Option<usize> {
        let paragraph = text.segments[segment].paragraph;
        let alone = text.segments[segment].units.iter().all(|u| {
            matches!(
                u.kind,
                UnitKind::Quotation(_) | UnitKind::Stop | UnitKind::Other
            )
        });
        if !alone {
            return None;
        }
        (0..segment)
            .rev()
            .take(REACH)
            .skip_while(|&s| text.segments[s].paragraph == paragraph)
            .take_while(|&s| text.segments[s].paragraph + 1 == paragraph)
            .find_map(|s| self.in_segment(found, s))
    }
}

/// Puts the parts of a content in order; of parts that overlap it makes one. A whole turn holds the quotations in it.
pub(super) fn join_overlapping(content: &mut Vec<(u32, u32)>) {
    content.sort_unstable();
    content.dedup_by(|next, last| {
        let overlaps = next.0 < last.1;
        if overlaps {
            last.1 = last.1.max(next.1);
        }
        overlaps
    });
}

/// Takes the cue or the source out of a content, unless nothing else is in it.
pub(super) fn leave_out(content: &mut Vec<(u32, u32)>, (from, to): (u32, u32)) {
    let parts = |&(start, end): &(u32, u32)| [(start, end.min(from)), (start.max(to), end)];
    let rest = content.iter().flat_map(parts);
    let rest: Vec<(u32, u32)> = rest.filter(|(start, end)| start < end).collect();
    if !rest.is_empty() {
        *content = rest;
    }
}
