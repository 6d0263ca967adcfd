//! Which units of a segment are cues.

use crate::lexicon::{Lexicon, Part, PhraseHit};
use crate::model::{Tag, Token};
use crate::text::{Segment, UnitKind, VerbGroup};

/// A cue in a segment.
#[derive(Clone, Copy, Debug)]
pub(super) struct CueHit {
    /// Its unit, or its first.
    pub unit: usize,
    /// The unit behind it.
    pub next: usize,
    /// The verb whose subject is the source: the unit itself, or the copula before an adjective.
    pub verb: usize,
    /// Tokens of the cue as it is reported: the whole verb group.
    pub tokens: (u32, u32),
    /// Part of speech.
    pub part: Part,
    /// Row of the cue list; `None`: a verb that no list names.
    pub cue: Option<u32>,
    /// Grammar of the verb group.
    pub group: VerbGroup,
}

/// The cues of `segment`, in order; one unit may be several (a noun and a phrase). `phrases` are the document's
/// multi-word cues by first token.
pub(super) fn find(
    segment: &Segment,
    tokens: &[Token],
    phrases: &[PhraseHit],
    lexicon: &Lexicon,
) -> Vec<CueHit> {
    let mut hits = Vec::new();
    for (at, unit) in segment.units.iter().enumerate() {
        let norm = &tokens[unit.head as usize].norm;
        match unit.kind {
            UnitKind::Verb(group) => verb(segment, tokens, phrases, lexicon, at, group, &mut hits),
            UnitKind::Noun | UnitKind::Possessive => {
                if let Some(cue) = lexicon.cues.form(Part::Noun, norm) {
                    hits.push(CueHit {
                        unit: at,
                        next: at + 1,
                        verb: at,
                        tokens: (unit.head, unit.head + 1),
                        part: Part::Noun,
                        cue: Some(cue),
                        group: VerbGroup::default(),
                    });
                }
            }
            UnitKind::Adjective => {
                let copula = copula_before(segment, at);
                if let (Some((verb, group)), Some(cue)) =
                    (copula, lexicon.cues.form(Part::Adjective, norm))
                {
                    let first = segment.units[verb].tokens.0;
                    hits.push(CueHit {
                        unit: at,
                        next: at + 1,
                        verb,
                        tokens: (first, unit.tokens.1),
                        part: Part::Adjective,
                        cue: Some(cue),
                        group,
                    });
                }
            }
            _ => {}
        }
        // Phrases may start with any kind of unit.
        for hit in starting_at(phrases, unit.tokens.0) {
            if lexicon.cues.list[hit.id as usize].part == Part::Phrase {
                let next = unit_at(segment, hit.end);
                hits.push(CueHit {
                    unit: at,
                    next,
                    verb: at,
                    tokens: (hit.start, hit.end),
                    part: Part::Phrase,
                    cue: Some(hit.id),
                    group: VerbGroup::default(),
                });
                break; // the longest
            }
        }
    }
    hits
}

fn verb(
    segment: &Segment,
    tokens: &[Token],
    phrases: &[PhraseHit],
    lexicon: &Lexicon,
    at: usize,
    group: VerbGroup,
    hits: &mut Vec<CueHit>,
) {
    let unit = &segment.units[at];
    let norm = &tokens[unit.head as usize].norm;
    // "is “certainly worrying”": the author does not speak with another's words.
    let words = &tokens[unit.tokens.0 as usize..unit.head as usize];
    if words.iter().any(|token| token.tag == Tag::QuoteOpen) {
        return;
    }
    let mut hit = CueHit {
        unit: at,
        next: at + 1,
        verb: at,
        tokens: unit.tokens,
        part: Part::Verb,
        cue: None,
        group,
    };
    let several = starting_at(phrases, unit.head)
        .find(|hit| lexicon.cues.list[hit.id as usize].part == Part::Verb);
    if let Some(phrase) = several {
        hit.cue = Some(phrase.id);
        hit.next = unit_at(segment, phrase.end);
        hit.tokens.1 = hit.tokens.1.max(phrase.end);
        // "was quoted as saying": the subject speaks.
        hit.group.passive &= tokens[phrase.end as usize - 1].tag != Tag::VBG;
    } else if let Some(cue) = lexicon.cues.form(Part::Verb, norm) {
        hit.cue = Some(cue);
    }
    // "is concerned", "was convinced": a participle that the lists know as an adjective.
    if group.passive
        && let Some(cue) = lexicon.cues.form(Part::Adjective, norm)
    {
        hits.push(CueHit {
            cue: Some(cue),
            part: Part::Adjective,
            group: VerbGroup {
                passive: false,
                ..group
            },
            ..hit
        });
    }
    hits.push(hit);
}

fn copula_before(segment: &Segment, at: usize) -> Option<(usize, VerbGroup)> {
    let mut before = at.checked_sub(1)?;
    while matches!(
        segment.units[before].kind,
        UnitKind::Adverb | UnitKind::Adjective
    ) {
        before = before.checked_sub(1)?;
    }
    match segment.units[before].kind {
        UnitKind::Verb(group) => Some((before, group)),
        _ => None,
    }
}

fn starting_at(phrases: &[PhraseHit], token: u32) -> impl Iterator<Item = &PhraseHit> {
    let from = phrases.partition_point(|hit| hit.start < token);
    phrases[from..]
        .iter()
        .take_while(move |hit| hit.start == token)
}

/// The first unit at or behind token `token`.
fn unit_at(segment: &Segment, token: u32) -> usize {
    segment.units.partition_point(|unit| unit.tokens.0 < token)
}
