//! Quotations that no pattern gave to a source: who goes on speaking?
//!
//! In this order: a quotation of several paragraphs stays its first paragraph's; behind an attributed quotation of the
//! same paragraph its source goes on; before one it already speaks; a paragraph that is nothing but a quotation goes on
//! from the paragraph before. What is left is kept without a source.

use super::Attribution;
use crate::model::{ContentKind, QuotationRole};
use crate::text::{Text, UnitKind};

/// Shorter quotations without a source are not worth keeping.
const SHORTEST_UNATTRIBUTED: u32 = 8;

/// Gives the quotations that nobody owns to somebody; `owner` holds the attribution of each quotation.
pub(super) fn find(text: &Text, found: &mut Vec<Attribution>, owner: &mut [Option<usize>]) {
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
            let speaks = same_paragraph_before(text, found, index)
                .map(|a| ("quote-continued", a, 0.88))
                .or_else(|| {
                    same_paragraph_after(text, found, index).map(|a| ("quote-begun", a, 0.8))
                })
                .or_else(|| {
                    paragraph_before(text, found, index).map(|a| ("quote-floating", a, 0.7))
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
                rule: rule.to_owned(),
                pattern: None,
                source: None,
                source_of,
                cue_tokens: None,
                cue: None,
                negated: false,
                content: vec![quotation.tokens],
                quotations: vec![q],
                addressee: None,
                target: None,
                kind: ContentKind::Direct,
                segment: index,
                parent: None,
                confidence,
            });
        }
    }
}

/// The last attribution with a source in an earlier or the same segment of this paragraph.
fn same_paragraph_before(text: &Text, found: &[Attribution], segment: usize) -> Option<usize> {
    let paragraph = text.segments[segment].paragraph;
    // Of several in one sentence, the outermost speaks.
    latest(text, found, |s| {
        s <= segment && text.segments[s].paragraph == paragraph
    })
}

fn same_paragraph_after(text: &Text, found: &[Attribution], segment: usize) -> Option<usize> {
    let paragraph = text.segments[segment].paragraph;
    found.iter().position(|a| {
        a.segment > segment
            && text.segments[a.segment].paragraph == paragraph
            && speaks(text, a)
            && !a.quotations.is_empty()
    })
}

/// The paragraph is quotations only, and somebody spoke in the one before.
fn paragraph_before(text: &Text, found: &[Attribution], segment: usize) -> Option<usize> {
    let paragraph = text.segments[segment].paragraph;
    let alone = text.segments[segment].units.iter().all(|u| {
        matches!(
            u.kind,
            UnitKind::Quotation(_) | UnitKind::Stop | UnitKind::Other
        )
    });
    if !alone || paragraph == 0 {
        return None;
    }
    latest(text, found, |s| text.segments[s].paragraph + 1 == paragraph)
}

fn latest(text: &Text, found: &[Attribution], fits: impl Fn(usize) -> bool) -> Option<usize> {
    let last = found
        .iter()
        .filter(|a| speaks(text, a) && fits(a.segment))
        .map(|a| a.segment)
        .max()?;
    let of_last = |quoting: bool| {
        found
            .iter()
            .enumerate()
            .filter(|(_, a)| {
                a.segment == last && speaks(text, a) && (!quoting || !a.quotations.is_empty())
            })
            .map(|(i, _)| i)
            .next()
    };
    of_last(true).or_else(|| of_last(false))
}

fn speaks(text: &Text, attribution: &Attribution) -> bool {
    (attribution.source.is_some() || attribution.source_of.is_some())
        && text.segments[attribution.segment].within.is_none()
}
