//! Quotations that no pattern gave to a source although a cue stands right behind them.
//!
//! In: the author's segments. Out: attributions read from the words alone, where a tag went wrong (a surname that looks
//! like a verb, a verb that looks like a noun) or the source holds more than a noun phrase. Only the words between the
//! quotation and the next mark that ends a clause are looked at.

use super::Attribution;
use crate::lexicon::{Frames, Lexicon, Part};
use crate::model::{ContentKind, QuotationRole, Tag};
use crate::text::{Segment, Text, UnitKind};

/// A source with its appositions has this many words at most.
const LONGEST_SOURCE: u32 = 24;

/// Gives each quotation that nobody owns to the source right behind it.
pub(super) fn find(
    text: &Text,
    lexicon: &Lexicon,
    found: &mut Vec<Attribution>,
    owner: &mut [Option<usize>],
) {
    for (index, segment) in text.segments.iter().enumerate() {
        if segment.within.is_some() {
            continue;
        }
        for at in 0..segment.units.len() {
            let UnitKind::Quotation(q) = segment.units[at].kind else {
                continue;
            };
            let quotation = &text.quotations[q as usize];
            if owner[q as usize].is_some() || quotation.role != QuotationRole::Speech {
                continue;
            }
            let Some((cue, cue_token, source)) = behind(text, lexicon, segment, at + 1) else {
                continue;
            };
            owner[q as usize] = Some(found.len());
            found.push(Attribution {
                rule: "quote-beside".to_owned(),
                pattern: None,
                source: Some(source),
                source_of: None,
                cue_tokens: Some((cue_token, cue_token + 1)),
                cue: Some(cue),
                negated: false,
                content: vec![quotation.tokens],
                quotations: vec![q],
                addressee: None,
                target: None,
                kind: ContentKind::Direct,
                segment: index,
                parent: None,
                confidence: 0.85,
            });
        }
    }
}

/// The cue, its token and the source in the words from unit `at` on.
fn behind(
    text: &Text,
    lexicon: &Lexicon,
    segment: &Segment,
    mut at: usize,
) -> Option<(u32, u32, (u32, u32))> {
    if segment.units.get(at)?.kind == UnitKind::Comma {
        at += 1;
    }
    let first = segment.units.get(at)?.tokens.0;
    let end = segment.units[at..]
        .iter()
        .find(|unit| {
            matches!(
                unit.kind,
                UnitKind::Quotation(_) | UnitKind::Stop | UnitKind::Semicolon | UnitKind::Colon
            )
        })
        .map_or(segment.units[segment.units.len() - 1].tokens.1, |unit| {
            unit.tokens.0
        })
        .min(first + LONGEST_SOURCE);
    let (cue_token, cue) = (first..end).find_map(|token| {
        let cue = quoting(text, lexicon, token)?;
        Some((token, cue))
    })?;
    let source = if cue_token == first {
        // "said Ann Orr, the minister"
        let stop = (first + 1..end)
            .find(|&t| ends_name(text.tokens[t as usize].tag))
            .unwrap_or(end);
        (first + 1, stop)
    } else {
        // "Ann Orr (Reform), the minister, said"
        (first, last_of_source(text, first, cue_token))
    };
    let fits = source.0 < source.1 && starts_source(text.tokens[source.0 as usize].tag);
    fits.then_some((cue, cue_token, source))
}

/// The word as a verb that quotes, whatever its tag is.
fn quoting(text: &Text, lexicon: &Lexicon, token: u32) -> Option<u32> {
    let cue = lexicon
        .cues
        .form(Part::Verb, &text.tokens[token as usize].norm)?;
    let quotes = Frames::named("quote").unwrap_or_default();
    lexicon.cues.list[cue as usize]
        .frames
        .meets(quotes)
        .then_some(cue)
}

/// The end of the source before the cue: without a comma, an adverb or an auxiliary at its end.
fn last_of_source(text: &Text, first: u32, cue: u32) -> u32 {
    let mut end = cue;
    while end > first + 1
        && matches!(
            text.tokens[end as usize - 1].tag,
            Tag::Comma | Tag::RB | Tag::RBR | Tag::RBS | Tag::MD
        )
    {
        end -= 1;
    }
    end
}

fn starts_source(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::NN
            | Tag::NNS
            | Tag::NNP
            | Tag::NNPS
            | Tag::PRP
            | Tag::PRPS
            | Tag::DT
            | Tag::CD
            | Tag::JJ
            | Tag::VBG
            | Tag::VB
            | Tag::MD
    )
}

fn ends_name(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::Comma
            | Tag::IN
            | Tag::TO
            | Tag::CC
            | Tag::WP
            | Tag::WDT
            | Tag::WRB
            | Tag::Dash
            | Tag::BracketOpen
            | Tag::VBD
            | Tag::VBZ
    )
}
