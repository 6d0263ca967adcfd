//! Dated offices: who was "the Russian foreign minister" on the day of the article.
//!
//! In: a description and the bodies it names; out: the holder, if one person alone comes into question. It never chooses
//! between several holders, unless the text names one of them.

use compact_str::CompactString;

use super::Scene;
use super::whose::adjective;
use crate::analysis::mention::Clue;
use crate::lexicon::OfficeName;
use crate::model::{Features, MentionKind};
use crate::text::PhraseKind;

/// The longest title in words: "chairman of the joint chiefs of staff".
const LONGEST: u32 = 7;

/// Who held the office that the tokens from `tokens.0` around `head` describe, of one of `bodies`.
pub(super) fn holder(
    scene: &mut Scene<'_>,
    tokens: (u32, u32),
    head: u32,
    bodies: &[CompactString],
    features: Features,
) -> Option<usize> {
    let mut bodies = bodies.to_vec();
    bodies.extend(capitals(scene, tokens, &bodies));
    let limit = (head + LONGEST).min(scene.layers.tokens.len() as u32);
    for start in tokens.0..=head {
        for end in (head + 1..=limit).rev() {
            let offices = offices(scene, (start, end), head, &bodies);
            if offices.is_empty() {
                continue;
            }
            if names_somebody(scene, end) {
                return None; // "deputy secretary of state Ann Orr"
            }
            // "former", "opposition", "the embassy's": a word that does not only say whose tells of somebody else.
            if !(possessor(scene, tokens.0)..start).all(|token| says_whose(scene, token)) {
                return None;
            }
            for (roles, body) in &offices {
                let people = holders(scene, roles, body, features);
                if let Some(person) = the_one(scene, &people) {
                    return Some(scene.directory.listed(scene.lexicon, person));
                }
            }
            if start < head || end > head + 1 {
                return None; // "deputy foreign minister" is no foreign minister
            }
        }
    }
    None
}

/// The first token of the possessor before `start`; `start` itself without one.
fn possessor(scene: &Scene<'_>, start: u32) -> u32 {
    let phrases = &scene.layers.phrases;
    let at = phrases.partition_point(|p| p.tokens.1 <= start);
    at.checked_sub(1)
        .map(|before| phrases[before])
        .filter(|p| p.kind == PhraseKind::Possessive && p.tokens.1 == start)
        .map_or(start, |p| p.tokens.0)
}

/// Cities that were taken for the country they act for: "the mayor of London".
fn capitals(
    scene: &Scene<'_>,
    (start, end): (u32, u32),
    bodies: &[CompactString],
) -> Vec<CompactString> {
    let near = start.saturating_sub(LONGEST)..end + LONGEST;
    let from = scene
        .found
        .partition_point(|f| f.mention.tokens.0 < near.start);
    scene.found[from..]
        .iter()
        .take_while(|f| f.mention.tokens.0 < near.end)
        .filter_map(|f| match &f.clue {
            Clue::Listed { uses, .. } if uses.len() == 1 => {
                Some(scene.lexicon.world.entry(uses[0].entry))
            }
            _ => None,
        })
        .filter(|city| {
            city.acts_for
                .is_some_and(|of| bodies.iter().any(|b| b == of))
        })
        .map(|city| city.id.into())
        .collect()
}

/// The offices that the words `start..end` may name: titles, and whose. Empty when they are no title.
fn offices(
    scene: &Scene<'_>,
    (start, end): (u32, u32),
    head: u32,
    bodies: &[CompactString],
) -> Vec<(Vec<CompactString>, CompactString)> {
    let words = &scene.lexicon.words;
    let form = (start..end)
        .map(|t| scene.norm(t))
        .collect::<Vec<_>>()
        .join(" ");
    let mut found = Vec::new();
    let named = words
        .offices
        .get(form.as_str())
        .map_or(&[][..], Vec::as_slice);
    let mut literal: Vec<CompactString> = vec![form.as_str().into()];
    literal.extend(words.title_roles.get(form.as_str()).cloned());
    if start == head && end == head + 1 {
        literal.extend(words.nominals.get(form.as_str()).map(|n| n.role.clone()));
    }
    // What stands nearest to the title comes first.
    for body in bodies.iter().rev() {
        let own = |office: &&OfficeName| office.of == *body;
        let sort = scene.lexicon.world.find(body).map(|entry| {
            let kind = scene.lexicon.world.kind(entry);
            kind.name()
        });
        let general =
            |office: &&OfficeName| office.of.is_empty() || Some(office.of.as_str()) == sort;
        let mut chosen: Vec<&OfficeName> = named.iter().filter(own).collect();
        if chosen.is_empty() {
            chosen = named.iter().filter(general).collect();
        }
        for office in chosen {
            let whose = if office.body.is_empty() {
                body
            } else {
                &office.body
            };
            found.push((office.roles.clone(), whose.clone()));
        }
        let known = literal
            .iter()
            .any(|title| scene.lexicon.world.holders(title, body).next().is_some());
        if known || words.title_roles.contains_key(form.as_str()) {
            found.push((literal.clone(), body.clone()));
        }
    }
    if bodies.is_empty() {
        for office in named
            .iter()
            .filter(|o| o.of.is_empty() && !o.body.is_empty())
        {
            found.push((office.roles.clone(), office.body.clone()));
        }
    }
    found
}

/// Everybody who held one of the offices on the day and may be meant by these words.
fn holders(
    scene: &Scene<'_>,
    titles: &[CompactString],
    body: &str,
    features: Features,
) -> Vec<u32> {
    let world = &scene.lexicon.world;
    let mut people: Vec<u32> = titles
        .iter()
        .flat_map(|title| world.holders(title, body))
        .filter(|role| role.held_on(scene.date))
        .filter_map(|role| world.find(role.person))
        .filter(|&person| {
            let gender = world.entry(person).gender;
            features.gender.is_none() || gender.is_none() || gender == features.gender
        })
        .collect();
    people.sort_unstable();
    people.dedup();
    people
}

/// The only one, or the only one of several whom the text names.
fn the_one(scene: &Scene<'_>, people: &[u32]) -> Option<u32> {
    if let [only] = people {
        return Some(*only);
    }
    let mut named = people.iter().copied().filter(|&person| {
        let id = scene.lexicon.world.entry(person).id;
        scene.directory.by_id(id).is_some()
    });
    named.next().filter(|_| named.next().is_none())
}

/// True when a name starts at `token`.
fn names_somebody(scene: &Scene<'_>, token: u32) -> bool {
    let at = scene.found.partition_point(|f| f.mention.tokens.0 < token);
    scene
        .found
        .get(at)
        .is_some_and(|f| f.mention.kind == MentionKind::Name && f.mention.tokens.0 == token)
}

/// True for words before a title that name a body, open the phrase, or say nothing about who it is.
fn says_whose(scene: &Scene<'_>, token: u32) -> bool {
    let words = &scene.lexicon.words;
    let norm = scene.norm(token);
    if ["determiner", "clitic", "holder-modifier"]
        .iter()
        .any(|class| words.is(norm, class))
        || adjective(scene, token).is_some()
        || opens_adjective(scene, token)
    {
        return true;
    }
    let around = scene.found.partition_point(|f| f.mention.tokens.0 <= token);
    scene.found[..around].iter().rev().take(4).any(|f| {
        f.mention.kind == MentionKind::Name
            && f.mention.tokens.0 <= token
            && token < f.mention.tokens.1
    })
}

/// "North" in "North Korean".
fn opens_adjective(scene: &Scene<'_>, token: u32) -> bool {
    let (at, limit) = (token as usize, scene.layers.tokens.len());
    scene
        .lexicon
        .nationality_end(&scene.layers.tokens, at, limit)
        .is_some()
}
