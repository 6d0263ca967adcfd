//! Pronouns: the best candidate around, or nobody.
//!
//! "I" and "we" look at the speaker of their quotation and at whom that one speaks for.

use compact_str::CompactString;

use super::asked::{Asked, Class, class_of_pronoun};
use super::likeness::Hints;
use super::ranked::{Verdict, decide};
use super::standing::NONE;
use super::{Scene, turn};
use crate::lexicon::value;

pub(super) fn resolve(scene: &mut Scene<'_>, at: usize) {
    let Some(class) = class_of_pronoun(scene, at) else {
        return;
    };
    let standing = scene.standings[at];
    let speaker = speaker_of(scene, at);
    let features = scene.found[at].mention.features;
    let asked = Asked {
        at,
        class,
        standing,
        case: case_of(scene, at),
        gender: features.gender,
        number: features.number,
        role: Default::default(),
        described_by: Vec::new(),
        bodies: Vec::new(),
        speaker,
        possessor: None,
    };
    let mut known = Vec::new();
    if matches!(class, Class::I | Class::We) {
        known.extend(speaker);
        if class == Class::We {
            known.extend(speaker.and_then(|speaker| turn::spoken_for(scene, speaker)));
        }
    }
    // "We" of a spokeswoman is the body that she speaks for.
    if class == Class::We
        && let [speaker, body] = known[..]
        && scene.speaks_for_a_body(speaker)
    {
        scene.settle(at, body, "first-person");
        return;
    }
    let mut hints = Hints::default();
    if let Some(&last) = known.last() {
        hints.found.push((value!("speaks"), last));
    }
    if let Verdict::Entity(entity) = decide(scene, &asked, &known, &hints) {
        let sieve = match class {
            Class::I | Class::We if speaker == Some(entity) => "first-person",
            _ => "pronoun",
        };
        scene.settle(at, entity, sieve);
        // What one pronoun told of it holds for those behind.
        let known = &mut scene.directory.facts_mut(entity).features;
        known.gender = known.gender.or(features.gender);
    }
}

fn case_of(scene: &Scene<'_>, at: usize) -> CompactString {
    let norm = scene.norm(scene.found[at].mention.head);
    let pronoun = scene.lexicon.words.pronouns.get(norm);
    pronoun.map(|p| p.case.clone()).unwrap_or_default()
}

/// The speaker of the words that the mention stands in.
pub(super) fn speaker_of(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let standing = scene.standings[at];
    let teller = match standing.teller {
        NONE => scene
            .owner
            .get(standing.quotation as usize)
            .copied()
            .flatten()?,
        teller => teller as usize,
    };
    scene
        .sources
        .get(teller)
        .copied()
        .flatten()
        .map(|(entity, _)| entity)
}
