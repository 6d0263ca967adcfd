//! Somebody or something without a name: what a description's words tell, and the entity that they make.
//!
//! In: a description. Out: its head, role, words and whose it is; on demand, an entity of the document's own.

use compact_str::CompactString;

use super::asked::{Class, class_of_nominal, is_indefinite};
use super::whose::bodies_in;
use super::{Facts, Scene};
use crate::lexicon::NominalSort;
use crate::model::{EntityKind, Features, Mention, Number, Tag};
use crate::text::PhraseKind;

/// A description and what its words tell.
pub(super) struct Described {
    pub mention: Mention,
    pub head: CompactString,
    pub role: CompactString,
    pub sort: NominalSort,
    /// Countries and bodies around it.
    pub bodies: Vec<CompactString>,
    /// Words before the head, those of the bodies included.
    pub described_by: Vec<CompactString>,
    pub class: Option<Class>,
    pub indefinite: bool,
}

impl Described {
    /// Reads the description that mention `at` is.
    pub fn read(scene: &Scene<'_>, at: usize) -> Described {
        let mention = scene.found[at].mention.clone();
        let head = scene.norm(mention.head);
        let nominal = scene.lexicon.words.nominals.get(head);
        let plural = mention.features.number == Some(Number::Plural);
        let unlisted = if plural {
            NominalSort::Group
        } else {
            NominalSort::Document
        };
        let bodies = bodies_around(scene, mention.tokens);
        Described {
            head: head.into(),
            role: nominal.map_or_else(|| head.into(), |n| n.role.clone()),
            sort: nominal.map_or(unlisted, |n| n.sort),
            described_by: modifiers(scene, mention.tokens.0, mention.head, &bodies),
            class: class_of_nominal(nominal),
            indefinite: is_indefinite(scene, at),
            bodies,
            mention,
        }
    }

    /// More than one.
    pub fn plural(&self) -> bool {
        self.mention.features.number == Some(Number::Plural)
    }

    /// One human being.
    pub fn singular_person(&self) -> bool {
        self.sort == NominalSort::Person && self.mention.features.number == Some(Number::Singular)
    }
}

/// Makes an entity of what the description `at` calls somebody or something without a name.
pub(super) fn introduce(scene: &mut Scene<'_>, at: usize) -> usize {
    let it = Described::read(scene, at);
    let kind = match it.sort {
        NominalSort::Person if !it.plural() => EntityKind::Anonymous,
        NominalSort::Person | NominalSort::Group => EntityKind::Group,
        NominalSort::Body | NominalSort::Document => EntityKind::Organization,
    };
    let surface = it
        .mention
        .span
        .of(scene.text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let name = without_determiner(scene, it.mention.tokens, &surface);
    let stem: Vec<&str> = it
        .described_by
        .iter()
        .map(CompactString::as_str)
        .chain([it.head.as_str()])
        .collect();
    let facts = Facts {
        features: Features {
            gender: it.mention.features.gender,
            number: it.mention.features.number,
            human: Some(matches!(it.sort, NominalSort::Person | NominalSort::Group)),
        },
        roles: vec![it.role.clone()],
        of: it.bodies.clone(),
        head: it.head.clone(),
        described_by: it.described_by.clone(),
        ..Facts::default()
    };
    let entity = scene.directory.unnamed(kind, &name, &stem.join(" "), facts);
    scene.settle(at, entity, "description");
    entity
}

/// Whose: inside the phrase, a possessor before it, an "of" or "for" phrase behind it.
fn bodies_around(scene: &Scene<'_>, tokens: (u32, u32)) -> Vec<CompactString> {
    let phrases = &scene.layers.phrases;
    let at = phrases.partition_point(|p| p.tokens.1 <= tokens.0);
    let mut start = tokens.0;
    if let Some(before) = at.checked_sub(1)
        && phrases[before].kind == PhraseKind::Possessive
        && phrases[before].tokens.1 == tokens.0
    {
        start = phrases[before].tokens.0;
    }
    let mut ids = bodies_in(scene, start, tokens.1);
    if ids.is_empty()
        && let (Some(preposition), Some(noun)) = (phrases.get(at + 1), phrases.get(at + 2))
        && preposition.kind == PhraseKind::Preposition
        && matches!(noun.kind, PhraseKind::Noun | PhraseKind::Possessive)
        && scene
            .lexicon
            .language
            .attaching
            .holds(&scene.layers.tokens[preposition.tokens.0 as usize])
    {
        ids = bodies_in(scene, noun.tokens.0, noun.tokens.1);
    }
    ids
}

/// Words that describe beside the head, without determiners, counts and words that only say that no name is given.
pub(super) fn modifiers(
    scene: &Scene<'_>,
    start: u32,
    head: u32,
    bodies: &[CompactString],
) -> Vec<CompactString> {
    let mut words: Vec<CompactString> = bodies.to_vec();
    for at in start..head {
        let token = &scene.layers.tokens[at as usize];
        let counts = matches!(token.tag, Tag::JJ | Tag::NN | Tag::VBN | Tag::NNS)
            && !scene.lexicon.words.is(&token.norm, "indefinite")
            && !scene.lexicon.words.is(&token.norm, "determiner")
            && super::whose::adjective(scene, at).is_none();
        if counts {
            words.push(token.norm.clone());
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

fn without_determiner(scene: &Scene<'_>, tokens: (u32, u32), surface: &str) -> String {
    let first = &scene.layers.tokens[tokens.0 as usize];
    if matches!(first.tag, Tag::DT | Tag::PRPS) && tokens.1 - tokens.0 > 1 && first.norm == "the" {
        surface
            .split_once(' ')
            .map_or(surface, |(_, rest)| rest)
            .to_owned()
    } else {
        surface.to_owned()
    }
}

/// Forms of one word: "defense" and "defence", "finances" and "financial".
pub(super) fn alike(one: &str, other: &str) -> bool {
    const STEM: usize = 5;
    one.chars().take(STEM).eq(other.chars().take(STEM))
}
