//! Where a content ends: at the clause that the cue governs, not always at the full stop.
//!
//! The table `ends.tsv` gives each place its chance of being the end; a rule of thumb speaks first, and alone where there is
//! no table.

use super::boundary::Reach;
use super::cue::CueHit;
use super::limit;
use crate::lexicon::{Frames, Lexicon, Part, Sink, value};
use crate::model::Tag;
use crate::text::{Clauses, UnitKind};

/// A content stretches this many units at most: keeps a text without stops linear.
const REACH: usize = 200;

/// The unit behind the content that starts at unit `start`, holds the unit `must` and is governed by the cue `hit`.
pub(super) fn end(
    clauses: Clauses<'_>,
    hits: &[CueHit],
    lexicon: &Lexicon,
    hit: &CueHit,
    (start, must): (usize, usize),
) -> usize {
    let mut end = start;
    if lexicon.ends.is_empty() {
        end = by_rule(clauses, hits, lexicon, hit.unit, start);
    } else {
        // The place that is most likely the end: of those before it none is, and it is.
        let (mut open, mut best) = (1.0, 0.0);
        walk(clauses, hits, lexicon, hit, start, |at, describe| {
            if at <= must && describe.is_some() {
                return true;
            }
            let here = describe.map_or(1.0, |describe| lexicon.ends.probability(describe));
            if open * here > best {
                best = open * here;
                end = at;
            }
            open *= 1.0 - here;
            open > best
        });
    }
    // A comma before the end belongs to the author.
    while end > start
        && matches!(
            clauses.units[end - 1].kind,
            UnitKind::Comma | UnitKind::Conjunction | UnitKind::Dash
        )
    {
        end -= 1;
    }
    end
}

/// What can be seen at a place.
pub(super) type Describe<'a> = &'a mut dyn FnMut(Sink<'_>);

/// Goes through the places where the content may end and tells `visit` the unit behind and what can be seen there, until
/// it says no. The last place, where the content must end, comes with nothing to see.
pub(super) fn walk(
    clauses: Clauses<'_>,
    hits: &[CueHit],
    lexicon: &Lexicon,
    hit: &CueHit,
    start: usize,
    mut visit: impl FnMut(usize, Option<Describe<'_>>) -> bool,
) {
    let units = clauses.units;
    let limit = units.len().min(start + REACH);
    if start >= limit {
        return;
    }
    let rule = by_rule(clauses, hits, lexicon, hit.unit, start);
    let mut reach = Reach::new(clauses, hits, lexicon, hit, start);
    reach.pass(start);
    for (at, unit) in units.iter().enumerate().take(limit).skip(start + 1) {
        if unit.kind == UnitKind::Stop {
            visit(at, None);
            return;
        }
        if is_own_quotation(clauses, at) {
            visit(at - 1, None);
            return;
        }
        if limit::stands_at(clauses, hits, lexicon, hit, (start, at)) {
            visit(at, None);
            return;
        }
        let ruled = if at < rule {
            value!("before")
        } else if at == rule {
            value!("here")
        } else {
            value!("behind")
        };
        let mut describe = |sink: Sink<'_>| {
            reach.describe(at, sink);
            reach.describe_rule(at, ruled, sink);
        };
        if !visit(at, Some(&mut describe)) {
            return;
        }
        reach.pass(at);
    }
    visit(limit, None);
}

/// The rule of thumb.
fn by_rule(
    clauses: Clauses<'_>,
    hits: &[CueHit],
    lexicon: &Lexicon,
    cue: usize,
    start: usize,
) -> usize {
    let units = clauses.units;
    let limit = units.len().min(start + REACH);
    let mut at = start;
    while at < limit {
        match units[at].kind {
            UnitKind::Stop | UnitKind::Semicolon => break,
            UnitKind::Colon if at > start => break,
            UnitKind::Quotation(_) if at > start && is_own_quotation(clauses, at) => {
                at -= 1;
                break;
            }
            UnitKind::Comma | UnitKind::Dash
                if attribution_follows(clauses, hits, lexicon, cue, at + 1) =>
            {
                break;
            }
            // `called it “a mistake,” adding that …`: the comma inside the mark.
            UnitKind::Comma if at > start && closes_quotation(clauses, at + 1) => {
                let behind = at + 2;
                let gerund = matches!(units.get(behind).map(|u| u.kind), Some(UnitKind::Verb(group)) if group.gerund);
                if gerund || attribution_follows(clauses, hits, lexicon, cue, behind) {
                    return behind;
                }
            }
            UnitKind::Conjunction if at > start && verb_resumes(clauses, hits, cue, at + 1) => {
                break;
            }
            _ => {}
        }
        at += 1;
    }
    at
}

/// A quotation behind a colon is a statement of its own.
fn is_own_quotation(clauses: Clauses<'_>, at: usize) -> bool {
    matches!(clauses.units[at].kind, UnitKind::Quotation(_))
        && clauses.units[at - 1].kind == UnitKind::Colon
}

/// A closing quotation mark.
fn closes_quotation(clauses: Clauses<'_>, at: usize) -> bool {
    clauses
        .units
        .get(at)
        .is_some_and(|unit| clauses.tokens[unit.tokens.0 as usize].tag == Tag::QuoteClose)
}

/// True when what starts at unit `at`, behind a comma, is an attribution or a clause of its own: ", adding that",
/// ", according to", ", Smith said.", ", but the minister …".
fn attribution_follows(
    clauses: Clauses<'_>,
    hits: &[CueHit],
    lexicon: &Lexicon,
    cue: usize,
    at: usize,
) -> bool {
    let units = clauses.units;
    let mut next = at;
    if matches!(units.get(next).map(|u| u.kind), Some(UnitKind::Conjunction)) {
        // ", and said", ", but Smith denied"
        if verb_resumes(clauses, hits, cue, next + 1) {
            return true;
        }
        let adversative = {
            let token = units[next].tokens.0 as usize;
            lexicon.words.is(&clauses.tokens[token].norm, "adversative")
        };
        return adversative && clause_starts(clauses, next + 1);
    }
    // ", while the ministry denied", ", when asked about it"
    if matches!(
        units.get(next).map(|u| u.kind),
        Some(UnitKind::Preposition | UnitKind::Question | UnitKind::Link)
    ) && lexicon.words.is(
        &clauses.tokens[units[next].tokens.0 as usize].norm,
        "adversative",
    ) {
        return true;
    }
    while matches!(
        units.get(next).map(|u| u.kind),
        Some(UnitKind::Adverb | UnitKind::Time)
    ) {
        next += 1;
    }
    let speech = |hit: &CueHit| {
        hit.cue
            .is_some_and(|c| lexicon.cues.list[c as usize].frames.meets(speech_frames()))
    };
    hits.iter()
        .filter(|hit| hit.unit >= next && hit.unit <= next + 6 && hit.unit != cue)
        .any(|hit| match hit.part {
            Part::Phrase => hit.unit == next,
            Part::Verb if hit.unit == next => speech(hit) && (hit.group.gerund || hit.group.finite),
            // ", Smith said." with nothing behind it
            Part::Verb => {
                speech(hit)
                    && hit.group.finite
                    && clauses
                        .subject(hit.unit)
                        .is_some_and(|s| s.direct && s.start == next)
                    && tail_is_bare(clauses, hit.next)
            }
            _ => false,
        })
}

fn speech_frames() -> Frames {
    ["quote", "that", "bare"]
        .into_iter()
        .filter_map(Frames::named)
        .fold(Frames::default(), Frames::with)
}

/// Nothing but time and place stands between `at` and the sentence's end.
fn tail_is_bare(clauses: Clauses<'_>, at: usize) -> bool {
    let mut next = at;
    while let Some(unit) = clauses.units.get(next) {
        match unit.kind {
            UnitKind::Stop => return true,
            UnitKind::Time
            | UnitKind::Adverb
            | UnitKind::Preposition
            | UnitKind::Noun
            | UnitKind::Possessive
                if next < at + 8 =>
            {
                next += 1
            }
            UnitKind::Comma => return true,
            _ => return false,
        }
    }
    true
}

/// "said A and | promised B": a finite cue verb right behind a conjunction shares the cue's subject.
fn verb_resumes(clauses: Clauses<'_>, hits: &[CueHit], cue: usize, at: usize) -> bool {
    let mut next = at;
    while matches!(
        clauses.units.get(next).map(|u| u.kind),
        Some(UnitKind::Adverb | UnitKind::Time)
    ) {
        next += 1;
    }
    let finite = |unit: usize| match clauses.units.get(unit).map(|u| u.kind) {
        Some(UnitKind::Verb(group)) if group.finite => {
            let (start, end) = clauses.units[unit].tokens;
            clauses.tokens[start as usize..end as usize]
                .iter()
                .map(|t| t.tag)
                .find(|tag| matches!(tag, Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD))
        }
        _ => None,
    };
    let gerund = |unit: usize| matches!(clauses.units.get(unit).map(|u| u.kind), Some(UnitKind::Verb(group)) if group.gerund);
    let same_tense = matches!((finite(cue), finite(next)), (Some(a), Some(b)) if a == b)
        || (gerund(cue) && gerund(next));
    same_tense
        && hits
            .iter()
            .any(|hit| hit.unit == next && hit.part == Part::Verb && hit.cue.is_some())
}

/// A noun phrase with a finite verb behind it starts at unit `at`.
fn clause_starts(clauses: Clauses<'_>, at: usize) -> bool {
    let units = clauses.units;
    matches!(
        units.get(at).map(|u| u.kind),
        Some(UnitKind::Noun | UnitKind::Possessive)
    ) && (at + 1..units.len().min(at + 8))
        .any(|i| matches!(units[i].kind, UnitKind::Verb(group) if group.finite))
}
