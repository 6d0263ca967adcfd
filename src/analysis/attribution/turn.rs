//! The turns of a transcript: "SMITH: We left early." paragraph by paragraph.
//!
//! In: the paragraphs. Out: for each that opens with a label and a colon a statement of all behind it, with the paragraphs up to
//! the next label, where labels recur and look like people: a single one says nothing yet, and "Price:" twice is nobody. Paragraphs inside one long quotation that open with no name go on with the turn before them. The
//! answers of "Q:" and "A:" are the guest's, who is the first to be named above them.

use rustc_hash::FxHashSet;

use super::Attribution;
use crate::lexicon::{Lexicon, NominalSort, fold};
use crate::model::{ContentKind, Paragraph, ParagraphKind, Tag};
use crate::text::{Text, UnitKind};

/// A label has this many words at most.
const LONGEST_NAME: u32 = 5;
/// Fewer turns are no transcript.
const FEWEST: usize = 3;

/// A paragraph that may be a turn.
struct Turn {
    paragraph: usize,
    label: (u32, u32),
    /// The token of the colon; the label itself in "Q. Why?".
    colon: u32,
    role: Role,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Named,
    Question,
    Answer,
}

/// Adds the turns to `found`, gives them the quotations that they are, and returns the tokens of their colons, in order.
pub(super) fn find(
    text: &Text,
    lexicon: &Lexicon,
    found: &mut Vec<Attribution>,
    owner: &mut [Option<usize>],
) -> Vec<u32> {
    let turns: Vec<Turn> = text
        .paragraphs
        .iter()
        .enumerate()
        .filter_map(|(at, paragraph)| turn(text, lexicon, at, paragraph))
        .collect();
    let turns = recurring(text, lexicon, turns);
    if turns.len() < FEWEST {
        return Vec::new();
    }
    let guest = turns
        .iter()
        .find(|turn| turn.role != Role::Named)
        .and_then(|turn| guest(text, lexicon, turn.label.0));
    let first = turns[0].paragraph;
    let last = turns[turns.len() - 1].paragraph;
    // Where prose stands between, it is nobody's turn.
    let is_whole = turns.len() * 2 > last - first;
    for (at, turn) in turns.iter().enumerate() {
        let source = match turn.role {
            Role::Named => Some(turn.label),
            Role::Answer => guest,
            Role::Question => None,
        };
        if let Some(source) = source {
            let next = turns.get(at + 1).filter(|_| is_whole);
            let end = next.map_or(turn.paragraph + 1, |next| next.paragraph);
            add(text, turn, source, end, found, owner);
        }
    }
    turns.iter().map(|turn| turn.colon).collect()
}

/// "NAME: …", `“NAME: …`, "NAME (laughing): …", "Q. …"
fn turn(text: &Text, lexicon: &Lexicon, at: usize, paragraph: &Paragraph) -> Option<Turn> {
    let (start, end) = paragraph.tokens;
    let tag = |token: u32| text.tokens[token as usize].tag;
    let norm = |token: u32| text.tokens[token as usize].norm.as_str();
    if start >= end || paragraph.kind == ParagraphKind::Boilerplate {
        return None;
    }
    let first = start + u32::from(tag(start).is_quotation_mark());
    let role = |token: u32| {
        let word = norm(token).trim_end_matches('.');
        match (
            lexicon.words.is(word, "question-label"),
            lexicon.words.is(word, "answer-label"),
        ) {
            (true, _) => Role::Question,
            (_, true) => Role::Answer,
            _ => Role::Named,
        }
    };
    let reach = first..end.min(first + LONGEST_NAME + 4);
    let colon = match reach.clone().find(|&t| norm(t) == ":") {
        Some(colon) => colon,
        // "Q. Why did they leave?"
        None if first < end && norm(first).ends_with('.') && role(first) != Role::Named => first,
        None => return None,
    };
    let aside = (first..colon).find(|&t| tag(t) == Tag::BracketOpen);
    let closes = colon > first && tag(colon - 1) == Tag::BracketClose;
    let label_end = aside.filter(|_| closes).unwrap_or(colon).max(first + 1);
    let role = match label_end - first {
        1 => role(first),
        _ => Role::Named,
    };
    // In small letters a name has any tag.
    let is_word = |t: u32| {
        norm(t).starts_with(char::is_alphanumeric)
            && !matches!(
                tag(t),
                Tag::IN | Tag::TO | Tag::MD | Tag::PRP | Tag::WP | Tag::WDT | Tag::WRB | Tag::CC
            )
    };
    let fits = label_end - first <= LONGEST_NAME
        && (role != Role::Named || (first..label_end).all(is_word) && norm(first).len() > 1);
    let said = colon + 1 < end && !tag(colon + 1).is_quotation_mark();
    (colon >= first && fits && said && norm(first) != ":").then_some(Turn {
        paragraph: at,
        label: (first, label_end),
        colon,
        role,
    })
}

/// The turns whose labels stand more than once and look like people, or stand among those that do; between them others may
/// speak once.
fn recurring(text: &Text, lexicon: &Lexicon, mut turns: Vec<Turn>) -> Vec<Turn> {
    if turns.len() < FEWEST {
        return Vec::new();
    }
    let label = |turn: &Turn| -> Vec<&str> {
        let words = &text.tokens[turn.label.0 as usize..turn.label.1 as usize];
        words.iter().map(|token| token.norm.as_str()).collect()
    };
    let mut labels: Vec<Vec<&str>> = turns.iter().map(label).collect();
    labels.sort_unstable();
    let recurs = |turn: &Turn| {
        let label = label(turn);
        labels.partition_point(|n| *n <= label) - labels.partition_point(|n| *n < label) > 1
    };
    let named = named(text, &turns);
    let seen: Vec<(bool, bool)> = turns
        .iter()
        .map(|turn| (recurs(turn), is_person(text, lexicon, turn, &named)))
        .collect();
    let again = || seen.iter().filter(|&&(recurs, _)| recurs);
    let sure = again().filter(|&&(_, is_person)| is_person).count();
    let all = sure > 1 && sure * 2 >= again().count();
    let first = seen
        .iter()
        .position(|&(recurs, is_person)| recurs && is_person);
    let last = seen
        .iter()
        .rposition(|&(recurs, is_person)| recurs && is_person);
    let mut at = 0;
    turns.retain(|_| {
        let (recurs, is_person) = seen[at];
        let between = first.is_some_and(|first| first < at) && last.is_some_and(|last| at < last);
        at += 1;
        match recurs {
            true => is_person || all,
            false => is_person && between,
        }
    });
    turns
}

/// Words that are names outside the labels.
fn named<'a>(text: &'a Text, turns: &[Turn]) -> FxHashSet<&'a str> {
    let is_label = |at: u32| {
        let turn = turns.partition_point(|turn| turn.label.1 <= at);
        turns.get(turn).is_some_and(|turn| turn.label.0 <= at)
    };
    let names =
        text.tokens.iter().enumerate().filter(|(at, token)| {
            matches!(token.tag, Tag::NNP | Tag::NNPS) && !is_label(*at as u32)
        });
    names.map(|(_, token)| token.norm.as_str()).collect()
}

/// Names, a word for somebody, or what the text calls somebody elsewhere.
fn is_person(text: &Text, lexicon: &Lexicon, turn: &Turn, named: &FxHashSet<&str>) -> bool {
    let tokens = &text.tokens[turn.label.0 as usize..turn.label.1 as usize];
    let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
    let is_nominal = lexicon
        .words
        .nominals
        .get(last.norm.as_str())
        .is_some_and(|nominal| nominal.sort != NominalSort::Document);
    turn.role != Role::Named
        || tokens
            .iter()
            .all(|token| matches!(token.tag, Tag::NNP | Tag::NNPS))
        || is_nominal
        || lexicon.words.given_names.contains(&fold(&first.norm))
        || named.contains(last.norm.as_str())
}

/// The first full name before token `end`, one that begins with a given name before others.
fn guest(text: &Text, lexicon: &Lexicon, end: u32) -> Option<(u32, u32)> {
    let names: Vec<(u32, u32)> = text
        .phrases
        .iter()
        .take_while(|phrase| phrase.tokens.1 <= end)
        .filter(|phrase| phrase.kind == UnitKind::Noun)
        .map(|phrase| phrase.tokens)
        .filter(|&(start, end)| {
            let tokens = &text.tokens[start as usize..end as usize];
            let proper = |token: &&crate::model::Token| matches!(token.tag, Tag::NNP | Tag::NNPS);
            tokens.iter().filter(proper).count() > 1
        })
        .collect();
    let is_given = |&&(start, end): &&(u32, u32)| {
        let tokens = &text.tokens[start as usize..end as usize];
        let given = |token: &crate::model::Token| {
            token.capital && lexicon.words.given_names.contains(&fold(&token.norm))
        };
        tokens.iter().take(tokens.len() - 1).any(given)
    };
    names.iter().find(is_given).or(names.first()).copied()
}

/// All from behind the colon of `turn` to the paragraph `end`.
fn add(
    text: &Text,
    turn: &Turn,
    source: (u32, u32),
    end: usize,
    found: &mut Vec<Attribution>,
    owner: &mut [Option<usize>],
) {
    let paragraph = &text.paragraphs[turn.paragraph];
    let segment = text
        .segments
        .partition_point(|s| s.span.start() < paragraph.span.start());
    let start = paragraph.tokens.0;
    let mut content = vec![(turn.colon + 1, paragraph.tokens.1)];
    let mut quotations = Vec::new();
    let first = text.quotations.partition_point(|q| q.tokens.0 < start);
    if text
        .quotations
        .get(first)
        .is_some_and(|q| q.tokens.0 == start)
    {
        quotations.push(first as u32);
        content[0].1 = text.quotations[first].tokens.1;
        for q in going_on(text, turn.paragraph, first) {
            content.push(text.quotations[q as usize].tokens);
            quotations.push(q);
        }
    } else {
        let own = |p: &&Paragraph| p.kind == ParagraphKind::Body;
        let behind = text.paragraphs[turn.paragraph + 1..end.max(turn.paragraph + 1)].iter();
        content.extend(behind.filter(own).map(|p| p.tokens));
    }
    for &q in &quotations {
        owner[q as usize] = Some(found.len());
    }
    let segment = segment.min(text.segments.len().saturating_sub(1));
    found.push(Attribution {
        source: Some(source),
        cue_tokens: Some((turn.colon, turn.colon + 1)),
        quotations,
        kind: ContentKind::Direct,
        speaks: true,
        ..Attribution::by_rule("turn", content, segment, 0.9)
    });
}

/// The paragraphs of the quotation `first`, which opens the paragraph `last`, that open with no name, nor with a bracket.
fn going_on(text: &Text, mut last: usize, mut first: usize) -> Vec<u32> {
    let mut quotations = Vec::new();
    while let Some(next) = text.paragraphs.get(last + 1) {
        let behind = text
            .quotations
            .partition_point(|q| q.tokens.0 < next.tokens.0);
        let goes_on = text
            .quotations
            .get(behind)
            .is_some_and(|q| q.tokens.0 == next.tokens.0 && q.continues == Some(first as u32));
        if !goes_on || turn_opens(text, next) {
            break;
        }
        quotations.push(behind as u32);
        (first, last) = (behind, last + 1);
    }
    quotations
}

/// A name and a colon, or a bracket, open the paragraph behind its mark.
fn turn_opens(text: &Text, paragraph: &Paragraph) -> bool {
    let first = text.tokens.get(paragraph.tokens.0 as usize + 1);
    first.is_none_or(|token| token.tag == Tag::BracketOpen)
        || (paragraph.tokens.0 + 1..paragraph.tokens.1)
            .take(LONGEST_NAME as usize + 1)
            .any(|t| text.tokens[t as usize].norm == ":")
}
