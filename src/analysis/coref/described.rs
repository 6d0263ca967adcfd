//! Descriptions: "the Kremlin spokesman", "US officials", "a diplomat", "the ministry".

use compact_str::CompactString;

use super::whose::bodies_in;
use super::{Facts, Scene, office};
use crate::analysis::mention::Clue;
use crate::lexicon::{NominalSort, fold};
use crate::model::{EntityKind, Features, MentionKind, Number, Tag};
use crate::text::PhraseKind;

/// Resolves the description `at`, by the first of: apposition to a name, dated office, role given before, country that a
/// government stands for, the same words before. A source that none of them finds becomes an entity of its own.
pub(super) fn resolve(scene: &mut Scene<'_>, at: usize) {
    let mention = scene.found[at].mention.clone();
    let head = scene.norm(mention.head).to_owned();
    let nominal = scene.lexicon.words.nominals.get(head.as_str()).cloned();
    let sort = nominal.as_ref().map_or(
        if mention.features.number == Some(Number::Plural) {
            NominalSort::Group
        } else {
            NominalSort::Document
        },
        |n| n.sort,
    );
    let role: CompactString = nominal
        .as_ref()
        .map_or_else(|| head.as_str().into(), |n| n.role.clone());
    let singular_person =
        sort == NominalSort::Person && mention.features.number == Some(Number::Singular);
    let indefinite = matches!(scene.found[at].clue, Clue::Nominal { indefinite: true });
    let bodies = bodies_around(scene, mention.tokens);
    if singular_person && let Some(entity) = apposition(scene, mention.tokens) {
        learn(scene, entity, &role, &bodies);
        scene.settle(at, entity, "apposition");
        return;
    }
    if singular_person && !indefinite {
        if let Some(entity) = office::holder(
            scene,
            mention.tokens,
            mention.head,
            &bodies,
            mention.features,
        ) {
            learn(scene, entity, &role, &bodies);
            scene.settle(at, entity, "dated-office");
            return;
        }
        if let Some(entity) = by_role(scene, at, &role, &bodies, mention.features) {
            scene.settle(at, entity, "role");
            return;
        }
    }
    let plural = mention.features.number == Some(Number::Plural);
    if sort == NominalSort::Body && !indefinite && !plural {
        if bodies.is_empty()
            && matches!(role.as_str(), "country" | "nation")
            && let Some(country) = last_country(scene, at)
        {
            scene.settle(at, country, "country");
            return;
        }
        if matches!(role.as_str(), "government")
            && let [country] = bodies.as_slice()
            && let Some(index) = scene.lexicon.world.find(country)
        {
            let entity = scene.directory.listed(scene.lexicon, index);
            scene.settle(at, entity, "government");
            return;
        }
        let more = modifiers(scene, mention.tokens.0, mention.head, &[]);
        if let Some(mut entity) = named_body(scene, at, (&head, &role), &more) {
            // "the administration" behind a government house is the country's.
            let country = scene
                .directory
                .facts(entity)
                .of
                .first()
                .filter(|_| role == "government")
                .and_then(|of| scene.lexicon.world.find(of));
            if let Some(country) = country {
                entity = scene.directory.listed(scene.lexicon, country);
            }
            scene.settle(at, entity, "body");
            return;
        }
    }
    let described_by = modifiers(scene, mention.tokens.0, mention.head, &bodies);
    let others = plural && indefinite;
    if (!indefinite || others)
        && let Some(entity) = same_words(scene, at, &head, &described_by, others)
    {
        scene.settle(at, entity, "same-description");
        return;
    }
    let speaks = scene.speaking.contains_key(&mention.head);
    if singular_person
        && speaks
        && scene.lexicon.words.is(&role, "epithet")
        && scene.norm(mention.tokens.0) == "the"
        && let Some(entity) = last_speaker(scene, at, &bodies, mention.features)
    {
        scene.settle(at, entity, "epithet");
        return;
    }
    let people = plural && matches!(sort, NominalSort::Person | NominalSort::Group);
    let counted = scene.layers.tokens[mention.head as usize].tag == Tag::NNS;
    let whose = people && counted && !bodies.is_empty();
    if speaks || scene.addressed.contains(&mention.head) || whose {
        let kind = match sort {
            NominalSort::Person if !plural => EntityKind::Anonymous,
            NominalSort::Person | NominalSort::Group => EntityKind::Group,
            NominalSort::Body | NominalSort::Document => EntityKind::Organization,
        };
        let surface = mention
            .span
            .of(scene.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let name = without_determiner(scene, mention.tokens, &surface);
        let stem: Vec<&str> = described_by
            .iter()
            .map(CompactString::as_str)
            .chain([head.as_str()])
            .collect();
        let facts = Facts {
            features: Features {
                gender: mention.features.gender,
                number: mention.features.number,
                human: Some(matches!(sort, NominalSort::Person | NominalSort::Group)),
            },
            roles: vec![role],
            of: bodies,
            head: head.as_str().into(),
            described_by: described_by.clone(),
            ..Facts::default()
        };
        let entity = scene.directory.unnamed(kind, &name, &stem.join(" "), facts);
        scene.settle(at, entity, "description");
    }
}

fn learn(scene: &mut Scene<'_>, entity: usize, role: &CompactString, bodies: &[CompactString]) {
    let facts = scene.directory.facts_mut(entity);
    if !facts.roles.contains(role) {
        facts.roles.push(role.clone());
    }
    for body in bodies {
        if !facts.of.contains(body) {
            facts.of.push(body.clone());
        }
    }
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

/// "Dmitry Peskov, the Kremlin spokesman," and the other way round.
fn apposition(scene: &Scene<'_>, tokens: (u32, u32)) -> Option<usize> {
    let person_at = |range: (u32, u32)| {
        let from = scene
            .found
            .partition_point(|f| f.mention.tokens.0 < range.0);
        scene.found[from..]
            .iter()
            .zip(&scene.resolutions[from..])
            .take_while(|(f, _)| f.mention.tokens.0 < range.1)
            .find_map(|(f, r)| {
                let entity = r.entity()?;
                (f.mention.kind == MentionKind::Name
                    && scene.directory.entity(entity).kind == EntityKind::Person
                    && f.mention.tokens.1 <= range.1)
                    .then_some(entity)
            })
    };
    let phrases = &scene.layers.phrases;
    let at = phrases.partition_point(|p| p.tokens.1 <= tokens.0);
    let comma = |i: usize| phrases.get(i).is_some_and(|p| p.kind == PhraseKind::Comma);
    // “The mayor, Ann Orr,” before “Bob Lee, the mayor,”: what stands behind is named last.
    // "the mayor, Ann Orr," and "its envoy for trade, Ann Orr,"
    let kind = |i: usize| phrases.get(i).map(|p| p.kind);
    let hangs_on =
        kind(at + 1) == Some(PhraseKind::Preposition) && kind(at + 2) == Some(PhraseKind::Noun);
    let last = if hangs_on { at + 2 } else { at };
    if comma(last + 1) && kind(last + 2) == Some(PhraseKind::Noun) {
        let name = phrases[last + 2].tokens;
        let starts = scene.name_starts(name.0);
        if starts
            && comma(last + 3)
            && let Some(entity) = person_at(name)
        {
            return Some(entity);
        }
    }
    // Behind a name and its comma; a comma or the end of the clause behind the description.
    if at >= 2 && comma(at - 1) && phrases[at - 2].kind == PhraseKind::Noun {
        let end = (at + 1..phrases.len().min(at + 7)).find(|&i| {
            matches!(
                phrases[i].kind,
                PhraseKind::Comma | PhraseKind::Stop | PhraseKind::Relative
            )
        });
        let verb_between = end.is_some_and(|end| {
            (at + 1..end).any(|i| matches!(phrases[i].kind, PhraseKind::Verb(g) if g.finite))
        });
        let name = phrases[at - 2].tokens;
        if end.is_some()
            && !verb_between
            && let Some(entity) = person_at((name.1.saturating_sub(4).max(name.0), name.1))
        {
            return Some(entity);
        }
    }
    None
}

/// The entities of the last `most` mentions before `at`, the nearest first.
fn before<'a>(scene: &'a Scene<'_>, at: usize, most: usize) -> impl Iterator<Item = usize> + 'a {
    let mentions = scene.resolutions[..at].iter().rev().take(most);
    mentions.filter_map(|resolution| resolution.entity())
}

/// The last person before who was given this role.
fn by_role(
    scene: &Scene<'_>,
    at: usize,
    role: &str,
    bodies: &[CompactString],
    features: Features,
) -> Option<usize> {
    before(scene, at, 400).find(|&entity| {
        let facts = scene.directory.facts(entity);
        let named = matches!(scene.directory.entity(entity).kind, EntityKind::Person);
        let whose =
            bodies.is_empty() || facts.of.is_empty() || bodies.iter().any(|b| facts.of.contains(b));
        named
            && facts.roles.iter().any(|r| {
                r.strip_suffix(role)
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
            })
            && facts.features.agree(features)
            && whose
    })
}

/// "the country": the last one that the text named, this sentence's first.
fn last_country(scene: &Scene<'_>, at: usize) -> Option<usize> {
    if scene.norm(scene.found[at].mention.tokens.0) != "the" {
        return None;
    }
    before(scene, at, 40).find(|&entity| scene.directory.facts(entity).sort == "country")
}

/// "the politician": the person who spoke last, unless the words contradict.
fn last_speaker(
    scene: &Scene<'_>,
    at: usize,
    bodies: &[CompactString],
    features: Features,
) -> Option<usize> {
    const SENTENCES: usize = 4;
    let here = scene.sentence_of(scene.found[at].mention.head);
    let entity = (at.saturating_sub(60)..at)
        .rev()
        .take_while(|&i| here - scene.sentence_of(scene.found[i].mention.head) <= SENTENCES)
        .filter(|&i| scene.speaking.contains_key(&scene.found[i].mention.head))
        .find_map(|i| scene.resolutions[i].entity())?;
    let facts = scene.directory.facts(entity);
    let whose =
        bodies.is_empty() || facts.of.is_empty() || bodies.iter().any(|b| facts.of.contains(b));
    let person = scene.directory.entity(entity).kind == EntityKind::Person;
    (person && whose && facts.features.agree(features)).then_some(entity)
}

/// "the ministry": the last organization whose name or sort is this word, and whose name holds the other words too.
fn named_body(
    scene: &Scene<'_>,
    at: usize,
    (head, role): (&str, &str),
    more: &[CompactString],
) -> Option<usize> {
    before(scene, at, 200).find(|&entity| {
        let facts = scene.directory.facts(entity);
        let bears = |word: &CompactString| facts.words.iter().any(|w| alike(w, word));
        scene.directory.entity(entity).kind == EntityKind::Organization
            && (facts.sort == role
                || (facts.words.iter().any(|w| w == head) && more.iter().all(bears))
                || (facts.head == head && more.iter().all(|w| facts.described_by.contains(w))))
    })
}

/// Forms of one word: "defense" and "defence", "finances" and "financial".
fn alike(one: &str, other: &str) -> bool {
    const STEM: usize = 5;
    one.chars().take(STEM).eq(other.chars().take(STEM))
}

/// Words that describe beside the head, without determiners, counts and words that only say that no name is given.
fn modifiers(
    scene: &Scene<'_>,
    start: u32,
    head: u32,
    bodies: &[CompactString],
) -> Vec<CompactString> {
    let mut words: Vec<CompactString> = bodies.to_vec();
    for token in start..head {
        let token = &scene.layers.tokens[token as usize];
        let counts = matches!(token.tag, Tag::JJ | Tag::NN | Tag::VBN | Tag::NNS)
            && !scene.lexicon.words.is(&token.norm, "indefinite")
            && !scene.lexicon.words.is(&token.norm, "determiner")
            && scene.lexicon.world.adjective(&fold(&token.norm)).is_none();
        if counts {
            words.push(token.norm.clone());
        }
    }
    words.sort_unstable();
    words.dedup();
    words
}

/// The last unnamed entity with the same head and no contradicting words; with `all`, with the very same words.
fn same_words(
    scene: &Scene<'_>,
    at: usize,
    head: &str,
    described_by: &[CompactString],
    all: bool,
) -> Option<usize> {
    before(scene, at, 400).find(|&entity| {
        let facts = scene.directory.facts(entity);
        !facts.head.is_empty()
            && facts.head == head
            && described_by.iter().all(|w| facts.described_by.contains(w))
            && (!all || described_by.len() == facts.described_by.len())
    })
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
