//! Headlines that end with who says it: "Mayor hid report, say dockers", "Tax cut a gift to the rich – union".
//!
//! In: lines that are titles. Out: statements. Read from the words alone: taggers read "say dockers" as one name or as two nouns.

use super::Attribution;
use crate::lexicon::{Frames, Lexicon, NominalSort, Part};
use crate::model::{Paragraph, ParagraphKind, Tag};
use crate::text::{Text, UnitKind};

/// Who speaks at the end has this many words at most.
const LONGEST_SOURCE: u32 = 5;
/// What is said has at least this many.
const SHORTEST: u32 = 3;

/// Adds what headlines say, where no pattern read them.
pub(super) fn find(
    text: &Text,
    lexicon: &Lexicon,
    speakers: &dyn Fn(&str) -> bool,
    found: &mut Vec<Attribution>,
) {
    for paragraph in &text.paragraphs {
        if paragraph.kind != ParagraphKind::Title {
            continue;
        }
        let Some((mark, cue, source)) = tail(text, lexicon, speakers, paragraph) else {
            continue;
        };
        let content = (paragraph.dateline.unwrap_or(paragraph.tokens.0), mark);
        let reads = |a: &Attribution| a.content.iter().any(|c| c.0 < mark && content.0 < c.1);
        let segment = text
            .segments
            .partition_point(|s| s.span.start() < paragraph.span.start());
        let known = found.iter().any(|a| {
            let ends = a.cue_tokens.is_some_and(|tokens| tokens.1 > mark);
            reads(a) && ends
        });
        if known || content.0 + SHORTEST > mark || segment >= text.segments.len() {
            continue;
        }
        found.push(Attribution {
            source: Some(source),
            cue_tokens: Some((source.0 - 1, source.0)),
            cue,
            ..Attribution::by_rule("headline", vec![content], segment, 0.8)
        });
    }
}

/// The mark before who says it, the row of the verb between them, and who.
fn tail(
    text: &Text,
    lexicon: &Lexicon,
    speakers: &dyn Fn(&str) -> bool,
    paragraph: &Paragraph,
) -> Option<(u32, Option<u32>, (u32, u32))> {
    let (start, end) = paragraph.tokens;
    let tag = |at: u32| text.tokens[at as usize].tag;
    let mark = (start + 1..end)
        .rev()
        .find(|&at| matches!(tag(at), Tag::Comma | Tag::Dash))?;
    let names = |from: u32| {
        let noun = |at| {
            let is_word = text.tokens[at as usize].span.len() > 1;
            is_word
                && !matches!(
                    tag(at),
                    Tag::IN | Tag::TO | Tag::CC | Tag::CD | Tag::MD | Tag::Colon
                )
        };
        from < end && end - from <= LONGEST_SOURCE && (from..end).all(noun)
    };
    let verb = mark + 1;
    let cue = (verb < end)
        .then(|| {
            lexicon
                .cues
                .form(Part::Verb, &text.tokens[verb as usize].norm)
        })
        .flatten()
        .filter(|&cue| lexicon.cues.takes(cue, Frames::QUOTE));
    if cue.is_some() && names(verb + 1) {
        return Some((mark, cue, (verb + 1, end)));
    }
    let says = says_something(text, (start, mark));
    let free = tag(mark) == Tag::Dash
        && text.tokens[mark as usize - 1].span.end() < text.tokens[mark as usize].span.start();
    (free && says && names(mark + 1) && speaks(text, lexicon, speakers, end - 1)).then_some((
        mark,
        None,
        (mark + 1, end),
    ))
}

/// A common noun for people or bodies, or the name of somebody who speaks in the text: no outlet, which headlines end with, too.
fn speaks(text: &Text, lexicon: &Lexicon, speakers: &dyn Fn(&str) -> bool, last: u32) -> bool {
    let token = &text.tokens[last as usize];
    let nominal = lexicon.words.nominals.get(token.norm.as_str());
    let is_common = nominal.is_some_and(|n| n.sort != NominalSort::Document) && !token.capital;
    is_common || speakers(&token.norm)
}

/// A verb, or quoted words.
fn says_something(text: &Text, (start, end): (u32, u32)) -> bool {
    let from = text.phrases.partition_point(|p| p.tokens.0 < start);
    text.phrases[from..]
        .iter()
        .take_while(|p| p.tokens.0 < end)
        .any(|p| matches!(p.kind, UnitKind::Verb(_)))
        || (start..end).any(|at| text.tokens[at as usize].tag.is_quotation_mark())
        || text
            .quotations
            .iter()
            .any(|q| start <= q.tokens.0 && q.tokens.1 <= end)
}
