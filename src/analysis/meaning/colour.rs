//! The tone of each word of a document: what the lists say, unless a negation stands before it.

use crate::lexicon::{Lexicon, Tone};
use crate::model::Tag;
use crate::text::Text;

/// How far a negation reaches, in words.
const NEGATION_REACH: usize = 4;
/// The same of a verb that does away with evil: "reduce the tension".
const RELIEF_REACH: usize = 3;

/// The tone of every token, after negation: "no threat" has none, "not helpful" is negative.
pub(super) fn tones(layers: &Text, lexicon: &Lexicon) -> Vec<Option<Tone>> {
    let words = &lexicon.words;
    let mut tones: Vec<Option<Tone>> = layers
        .tokens
        .iter()
        .map(|token| {
            // "until May" foretells nothing.
            let modal = || token.tag != Tag::MD && words.is(&token.norm, "modal");
            words.tones.get(&token.norm).copied().filter(|_| !modal())
        })
        .collect();
    // The longest phrase at a place counts, and at its first word.
    let mut covered = 0;
    for hit in words.tone_phrases.find(&layers.tokens) {
        if hit.start < covered {
            continue;
        }
        covered = hit.end;
        tones[hit.start as usize..hit.end as usize].fill(None);
        tones[hit.start as usize] = Some(words.phrase_tones[hit.id as usize]);
    }
    for sentence in &layers.sentences {
        let (mut negated_until, mut relieved_until) = (0, 0);
        let range = sentence.tokens.0 as usize..sentence.tokens.1 as usize;
        for (at, tone) in range.clone().zip(&mut tones[range]) {
            let norm = &layers.tokens[at].norm;
            let classes = words.classes_of(norm);
            let is = |class: &str| classes.iter().any(|c| c == class);
            if is("negation") {
                negated_until = at + 1 + NEGATION_REACH;
            } else if is("relief") {
                relieved_until = at + 1 + RELIEF_REACH;
            } else if at < negated_until {
                if is("adversative") || norm.starts_with([',', ';']) {
                    negated_until = 0;
                }
                *tone = negate(*tone);
            } else if at < relieved_until && tone.is_some_and(is_harm) {
                *tone = None;
            }
        }
    }
    tones
}

fn is_harm(tone: Tone) -> bool {
    matches!(tone, Tone::Negative | Tone::Accusation | Tone::Criticism)
}

fn negate(tone: Option<Tone>) -> Option<Tone> {
    match tone {
        Some(Tone::Positive) => Some(Tone::Negative),
        Some(Tone::Praise) => Some(Tone::Criticism),
        Some(Tone::Negative | Tone::Accusation | Tone::Criticism | Tone::Denial) => None,
        other => other,
    }
}
