//! Descriptions: "the Kremlin spokesman", "US officials", "a diplomat", "the ministry".

use compact_str::CompactString;

use super::asked::{Asked, Class};
use super::likeness::Hints;
use super::ranked::{Verdict, decide};
use super::unnamed::{Described, alike, introduce, modifiers};
use super::{Scene, office, pronoun};
use crate::lexicon::{NominalSort, value};
use crate::model::{EntityKind, Features, Mention, MentionKind, Tag};
use crate::text::PhraseKind;

/// Resolves the description `at`: by apposition to a name, a dated office, the country that a government stands for; then by
/// what was learned, where "the" or "his" opens it; else by role and by the same words before. A source that none of them
/// finds becomes an entity of its own.
pub(super) fn resolve(scene: &mut Scene<'_>, at: usize) {
    let it = Described::read(scene, at);
    let settled = surely(scene, &it).or_else(|| match it.class {
        Some(class) if !it.indefinite && opens_definite(scene, &it.mention) => {
            ranked(scene, at, &it, class)
        }
        Some(_) => by_rule(scene, at, &it),
        None => None,
    });
    if let Some((entity, by)) = settled {
        scene.settle(at, entity, by);
        return;
    }
    let speaks = scene.speaking.contains_key(&it.mention.head);
    let told = scene.told[it.mention.head as usize] && tells_of_somebody(&it);
    let people = it.plural() && matches!(it.sort, NominalSort::Person | NominalSort::Group);
    let counted = scene.layers.tokens[it.mention.head as usize].tag == Tag::NNS;
    let whose = people && counted && !it.bodies.is_empty();
    if speaks || scene.addressed.contains(&it.mention.head) || whose || told {
        introduce(scene, at);
    }
}

/// People and bodies; "people", "the public" and "agencies" only with a word that says which.
fn tells_of_somebody(it: &Described) -> bool {
    let which = !it.described_by.is_empty();
    match it.sort {
        NominalSort::Person => it.plural(),
        NominalSort::Group => which,
        NominalSort::Body => which && it.plural(),
        NominalSort::Document => false,
    }
}

/// What needs no weighing.
fn surely(scene: &mut Scene<'_>, it: &Described) -> Option<(usize, &'static str)> {
    let (mention, bodies) = (&it.mention, &it.bodies);
    if it.singular_person() {
        if let Some(entity) = apposition(scene, mention.tokens) {
            learn(scene, entity, &it.role, bodies);
            return Some((entity, "apposition"));
        }
        let features = mention.features;
        if !it.indefinite
            && let Some(entity) =
                office::holder(scene, mention.tokens, mention.head, bodies, features)
        {
            learn(scene, entity, &it.role, bodies);
            return Some((entity, "dated-office"));
        }
    }
    if it.sort == NominalSort::Body
        && !it.indefinite
        && !it.plural()
        && it.role == "government"
        && let [country] = bodies.as_slice()
        && let Some(index) = scene.lexicon.world.find(country)
    {
        return Some((scene.directory.listed(scene.lexicon, index), "government"));
    }
    None
}

/// "the", "his", "that" opens it.
fn opens_definite(scene: &Scene<'_>, mention: &Mention) -> bool {
    let first = &scene.layers.tokens[mention.tokens.0 as usize];
    mention.tokens.0 < mention.head && matches!(first.tag, Tag::DT | Tag::PRPS)
}

/// What was learned of such descriptions.
fn ranked(
    scene: &mut Scene<'_>,
    at: usize,
    it: &Described,
    class: Class,
) -> Option<(usize, &'static str)> {
    let own = scene.found.get(at + 1).map(|f| &f.mention);
    let possessive = own
        .is_some_and(|own| own.kind == MentionKind::Pronoun && own.tokens.0 == it.mention.tokens.0);
    let possessor = possessive
        .then(|| scene.resolutions[at + 1].entity())
        .flatten();
    let more = modifiers(scene, it.mention.tokens.0, it.mention.head, &[]);
    let features = it.mention.features;
    let mut hints = Hints::default();
    let mut hint = |rule, entity: Option<usize>| {
        hints.found.extend(entity.map(|entity| (rule, entity)));
    };
    match class {
        Class::Person => {
            hint(
                value!("role"),
                by_role(scene, at, &it.role, &it.bodies, features),
            );
            if scene.lexicon.words.is(&it.role, "epithet") {
                hint(
                    value!("epithet"),
                    last_speaker(scene, at, &it.bodies, features),
                );
            }
        }
        Class::Body => {
            hint(
                value!("body"),
                named_body(scene, at, (&it.head, &it.role), &more),
            );
            if it.bodies.is_empty() && matches!(it.role.as_str(), "country" | "nation") {
                hint(value!("country"), last_country(scene, at));
            }
        }
        _ => {}
    }
    hint(
        value!("same"),
        same_words(scene, at, &it.head, &it.described_by, false),
    );
    let known: Vec<usize> = hints.found.iter().map(|&(_, entity)| entity).collect();
    let asked = Asked {
        at,
        class,
        standing: scene.standings[at],
        case: CompactString::default(),
        gender: features.gender,
        number: features.number,
        role: it.role.clone(),
        described_by: it.described_by.clone(),
        bodies: it.bodies.clone(),
        speaker: pronoun::speaker_of(scene, at),
        possessor,
    };
    match decide(scene, &asked, &known, &hints) {
        Verdict::Entity(entity) => Some((entity, "ranked")),
        Verdict::New => Some((introduce(scene, at), "description")),
        Verdict::Nobody => None,
    }
}

/// A description that no "the" or "his" opens: the role given before, the body named before, the same words.
fn by_rule(scene: &mut Scene<'_>, at: usize, it: &Described) -> Option<(usize, &'static str)> {
    let features = it.mention.features;
    if it.singular_person()
        && !it.indefinite
        && let Some(entity) = by_role(scene, at, &it.role, &it.bodies, features)
    {
        return Some((entity, "role"));
    }
    if it.sort == NominalSort::Body && !it.indefinite && !it.plural() {
        let more = modifiers(scene, it.mention.tokens.0, it.mention.head, &[]);
        if let Some(entity) = named_body(scene, at, (&it.head, &it.role), &more) {
            return Some((entity, "body"));
        }
    }
    let others = it.plural() && it.indefinite;
    if !it.indefinite || others {
        let same = same_words(scene, at, &it.head, &it.described_by, others);
        return same.map(|entity| (entity, "same-description"));
    }
    None
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
