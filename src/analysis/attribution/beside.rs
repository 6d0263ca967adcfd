//! Quotations that no pattern gave to a source although a cue stands right behind them.
//!
//! In: the author's segments. Out: attributions read from the words alone, where a tag went wrong (a surname that looks
//! like a verb, a verb that looks like a noun) or the source holds more than a noun phrase. Only the words between the
//! quotation and the next mark that ends a clause are looked at.

use super::{Attribution, label};
use crate::lexicon::{Frames, Lexicon, Part};
use crate::model::{QuotationRole, Tag};
use crate::text::{Segment, Text, UnitKind};

/// A source with its appositions has this many words at most.
const LONGEST_SOURCE: u32 = 24;

/// What stands beside a quotation.
pub(super) struct Beside {
    /// Id of the rule.
    pub rule: &'static str,
    /// Row of the cue lists; `None`: a dash or a colon.
    pub cue: Option<u32>,
    /// The cue's token.
    pub token: Option<u32>,
    /// Tokens of the source.
    pub source: (u32, u32),
}

/// The rule for words of saying.
const RULE: &str = "quote-beside";

/// Gives each quotation that nobody owns to the source right behind it.
pub(super) fn find(
    text: &Text,
    lexicon: &Lexicon,
    speaks: &dyn Fn(&str) -> bool,
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
            let Some(beside) = signature(text, index, at)
                .or_else(|| behind(text, lexicon, segment, at + 1))
                .or_else(|| before(text, lexicon, segment, at))
                .or_else(|| label::before(text, lexicon, speaks, segment, at))
                .or_else(|| label::above(text, lexicon, segment, at))
            else {
                continue;
            };
            owner[q as usize] = Some(found.len());
            found.push(Attribution {
                source: Some(beside.source),
                cue_tokens: beside.token.map(|token| (token, token + 1)),
                cue: beside.cue,
                ..Attribution::of_quotation(beside.rule, q, quotation, index, 0.85)
            });
        }
    }
}

/// The cue, its token and the source in the words from unit `at` on.
fn behind(text: &Text, lexicon: &Lexicon, segment: &Segment, mut at: usize) -> Option<Beside> {
    if segment.units.get(at)?.kind == UnitKind::Comma {
        at += 1;
    }
    let first = segment.units.get(at)?.tokens.0;
    let end = segment.units[at..]
        .iter()
        .find(|unit| match unit.kind {
            UnitKind::Quotation(_) | UnitKind::Semicolon | UnitKind::Colon => true,
            // The full stop of "(Reform, N.Y.)" ends nothing.
            UnitKind::Stop => text
                .tokens
                .get(unit.tokens.1 as usize)
                .is_none_or(|token| token.tag != Tag::BracketClose),
            _ => false,
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
    is_source(text, source).then_some(Beside {
        rule: RULE,
        cue: Some(cue),
        token: Some(cue_token),
        source,
    })
}

/// `“We are ready.” — Ann Orr`, in the same line or the next.
fn signature(text: &Text, index: usize, at: usize) -> Option<Beside> {
    let segment = &text.segments[index];
    let rest = if at + 1 < segment.units.len() {
        &segment.units[at + 1..]
    } else {
        let next = text.segments[index + 1..]
            .iter()
            .find(|next| next.within.is_none())?;
        let adjacent = next.units.first()?.tokens.0 == segment.units[at].tokens.1;
        adjacent.then_some(&next.units[..])?
    };
    let (dash, name) = match rest {
        [dash, name] => (dash, name),
        [dash, name, stop] if stop.kind == UnitKind::Stop => (dash, name),
        [dash, name, next, ..]
            if matches!(next.kind, UnitKind::Comma | UnitKind::Bracket) && rest.len() < 12 =>
        {
            (dash, name)
        }
        _ => return None,
    };
    let proper = (name.tokens.0..name.tokens.1)
        .any(|t| matches!(text.tokens[t as usize].tag, Tag::NNP | Tag::NNPS));
    (dash.kind == UnitKind::Dash && name.kind == UnitKind::Noun && proper).then_some(Beside {
        rule: RULE,
        cue: None,
        token: Some(dash.tokens.0),
        source: name.tokens,
    })
}

/// `Ann Orr, who had stayed, said that “…`: the verb right before the quotation and the noun phrase before that.
fn before(text: &Text, lexicon: &Lexicon, segment: &Segment, at: usize) -> Option<Beside> {
    let mut end = at;
    while end > 0
        && matches!(
            segment.units[end - 1].kind,
            UnitKind::Comma | UnitKind::Colon | UnitKind::Link
        )
    {
        end -= 1;
    }
    let verb = segment.units[..end].last()?;
    let (token, cue) = (verb.tokens.0..verb.tokens.1)
        .rev()
        .find_map(|token| Some((token, quoting(text, lexicon, token)?)))?;
    let start = segment.units[..end]
        .iter()
        .rposition(|unit| {
            matches!(
                unit.kind,
                UnitKind::Quotation(_) | UnitKind::Semicolon | UnitKind::Stop
            )
        })
        .map_or(0, |stop| stop + 1);
    let subject = segment.units.get(start..end - 1)?;
    let nearest = subject.last().filter(|unit| unit.kind == UnitKind::Noun);
    let first = || subject.iter().find(|unit| unit.kind == UnitKind::Noun);
    let source = nearest.or_else(first)?.tokens;
    (token >= source.1 && is_source(text, source)).then_some(Beside {
        rule: RULE,
        cue: Some(cue),
        token: Some(token),
        source,
    })
}

/// One word of any kind that can be a name, or several with a name, a pronoun or a determiner in front.
fn is_source(text: &Text, (start, end): (u32, u32)) -> bool {
    let tag = |token: u32| text.tokens[token as usize].tag;
    let named = (start..end).any(|t| matches!(tag(t), Tag::NNP | Tag::NNPS));
    start < end
        && !is_small(tag(start))
        && (named
            || matches!(tag(start), Tag::PRP | Tag::PRPS | Tag::DT | Tag::CD)
            || (end - start == 1 && !matches!(tag(start), Tag::NN | Tag::NNS)))
        && (end - start == 1 || !(start..end).any(|t| matches!(tag(t), Tag::WDT | Tag::WRB)))
}

/// The word as a verb that quotes, whatever its tag is.
fn quoting(text: &Text, lexicon: &Lexicon, token: u32) -> Option<u32> {
    let cue = lexicon
        .cues
        .form(Part::Verb, &text.tokens[token as usize].norm)?;
    lexicon.cues.takes(cue, Frames::QUOTE).then_some(cue)
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

/// Words that start no noun phrase.
fn is_small(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::CC
            | Tag::IN
            | Tag::TO
            | Tag::WP
            | Tag::WDT
            | Tag::WRB
            | Tag::WPS
            | Tag::Comma
            | Tag::Stop
            | Tag::Colon
            | Tag::Dash
            | Tag::QuoteOpen
            | Tag::QuoteClose
            | Tag::BracketOpen
            | Tag::BracketClose
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
