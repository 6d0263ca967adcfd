//! Spellings: "Sergey" and "Sergei", "Rybakov" for "Ryabkov" are one person where the rest of the name, or the office,
//! is the same. Two listed people are never one, nor two names of one sentence.

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Scene;
use super::directory::words_of;
use crate::analysis::mention::Clue;
use crate::lexicon::fold;
use crate::model::{EntityKind, MentionKind};

/// Names compared with one other at most: the nearest in order of appearance, so that long texts stay linear.
pub(super) const COMPARED: usize = 40;

/// A full name as the text spells it.
pub(super) struct Spelling {
    pub words: Vec<CompactString>,
    pub mentions: Vec<usize>,
    pub sentences: FxHashSet<usize>,
    /// The listed person it names.
    pub listed: Option<usize>,
    title: Option<u32>,
}

/// Full names that no list knows: another spelling of a listed person, or of a name that the text writes more often.
pub(super) fn full_names(scene: &mut Scene<'_>) {
    let spellings = spellings(scene);
    // Two names that share all words but one have one key without it.
    let mut alike: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (index, spelling) in spellings.iter().enumerate() {
        for hole in 0..spelling.words.len() {
            alike
                .entry(key(&spelling.words, hole))
                .or_default()
                .push(index);
        }
    }
    for (index, spelling) in spellings.iter().enumerate() {
        if spelling.listed.is_some() {
            continue;
        }
        let mut best: Option<usize> = None;
        for hole in 0..spelling.words.len() {
            let others = alike.get(&key(&spelling.words, hole));
            for &other in others.into_iter().flatten().rev().take(COMPARED) {
                let better = |than: usize| rank(&spellings, other) > rank(&spellings, than);
                let kin = &spellings[other];
                if rank(&spellings, other) > rank(&spellings, index)
                    && is_spelling(&spelling.words, &kin.words, hole)
                    && spelling.sentences.is_disjoint(&kin.sentences)
                    && best.is_none_or(better)
                {
                    best = Some(other);
                }
            }
        }
        let entity = match best {
            Some(other) => Some(entity_of(scene, &spellings[other])),
            None => listed_spelling(scene, spelling)
                .map(|entry| scene.directory.listed(scene.lexicon, entry)),
        };
        if let Some(entity) = entity {
            for &at in &spelling.mentions {
                scene.settle(at, entity, "spelling");
            }
        }
    }
}

/// A surname that is nobody's, but nearly that of the one person the text names in full.
pub(super) fn surname(
    scene: &Scene<'_>,
    word: &str,
    surnames: &FxHashMap<char, Vec<(CompactString, usize)>>,
) -> Option<usize> {
    const SHORTEST: usize = 7;
    let words = &scene.lexicon.words;
    let doubtful = word.chars().count() < SHORTEST
        || words.given_names.contains(word)
        || words.doubtful_names.contains(word)
        || !scene.lexicon.world.bearers(word).is_empty();
    if doubtful {
        return None;
    }
    let kin = surnames.get(&word.chars().next()?)?;
    let mut near = kin
        .iter()
        .take(COMPARED)
        .filter(|(other, _)| other != word && other.len() >= SHORTEST - 1 && near(word, other))
        .map(|(_, entity)| *entity);
    let first = near.next()?;
    near.all(|other| other == first).then_some(first)
}

/// Every full name of a person, listed ones included, in order of appearance.
pub(super) fn spellings(scene: &Scene<'_>) -> Vec<Spelling> {
    let mut all: Vec<Spelling> = Vec::new();
    let mut known: FxHashMap<CompactString, usize> = FxHashMap::default();
    for (at, found) in scene.found.iter().enumerate() {
        if found.mention.kind != MentionKind::Name {
            continue;
        }
        let listed = scene.resolutions[at].entity();
        let (full, title) = match &found.clue {
            Clue::Listed { title, .. } => (
                listed.is_some_and(|e| scene.directory.entity(e).kind == EntityKind::Person),
                *title,
            ),
            Clue::Unlisted {
                kind: EntityKind::Person,
                title,
                ..
            } => (listed.is_none(), *title),
            _ => (false, None),
        };
        let surface = found.mention.span.of(scene.text);
        let words = words_of(surface);
        if !full || words.len() < 2 {
            continue;
        }
        let index = *known.entry(fold(surface)).or_insert_with(|| {
            all.push(Spelling {
                words,
                mentions: Vec::new(),
                sentences: FxHashSet::default(),
                listed,
                title: None,
            });
            all.len() - 1
        });
        let spelling = &mut all[index];
        spelling.mentions.push(at);
        spelling
            .sentences
            .insert(scene.sentence_of(found.mention.head));
        spelling.title = spelling.title.or(title);
    }
    all
}

/// The words without the one at `hole`.
fn key(words: &[CompactString], hole: usize) -> String {
    let mut key = format!("{} {hole}", words.len());
    for (at, word) in words.iter().enumerate() {
        key.push(' ');
        if at != hole {
            key.push_str(word);
        }
    }
    key
}

/// Listed names lead, then the commoner, then the earlier.
pub(super) fn rank(
    spellings: &[Spelling],
    index: usize,
) -> (bool, usize, std::cmp::Reverse<usize>) {
    let spelling = &spellings[index];
    let count = spelling.mentions.len();
    (spelling.listed.is_some(), count, std::cmp::Reverse(index))
}

/// True when the words at `hole` are two spellings of one.
fn is_spelling(one: &[CompactString], other: &[CompactString], hole: usize) -> bool {
    let (a, b) = (&one[hole], &other[hole]);
    if hole + 1 == one.len() {
        near(a, b)
    } else {
        near_given(a, b)
    }
}

pub(super) fn entity_of(scene: &mut Scene<'_>, spelling: &Spelling) -> usize {
    if let Some(entity) = spelling.listed {
        return entity;
    }
    let mention = &scene.found[spelling.mentions[0]].mention;
    let surface = mention.span.of(scene.text).to_owned();
    let gender = mention.features.gender;
    scene
        .directory
        .discovered(EntityKind::Person, &surface, gender)
}

/// A listed person of this surname whose given name is spelled otherwise; or of this given name who held the office that
/// stands before the name, on the article's day.
fn listed_spelling(scene: &Scene<'_>, spelling: &Spelling) -> Option<u32> {
    let world = &scene.lexicon.world;
    let [given, middle @ .., last] = spelling.words.as_slice() else {
        return None;
    };
    let same = |entry: u32| {
        let words = words_of(world.entry(entry).name);
        matches!(words.as_slice(), [g, m @ .., l]
            if m.len() == middle.len()
                && m.iter().zip(middle).all(|(one, other)| one == other || initial(one, other))
                && (l == last && near_given(g, given) || g == given && near(l, last)))
    };
    let bearers = world.bearers(last);
    let mut fitting = bearers.iter().copied().filter(|&e| same(e));
    if let (Some(entry), None) = (fitting.next(), fitting.next()) {
        return Some(entry);
    }
    let role = &scene.lexicon.words.titles[spelling.title? as usize].role;
    let at = spelling.mentions[0];
    let bodies = super::whose::bodies_before(scene, at);
    let mut holders = bodies
        .iter()
        .flat_map(|body| world.holders(role, body))
        .filter(|held| held.held_on(scene.date))
        .filter_map(|held| world.find(held.person))
        .filter(|&entry| same(entry));
    let first = holders.next()?;
    holders.all(|other| other == first).then_some(first)
}

/// Two spellings of one surname: they sound alike, or one letter is wrong in a long word.
fn near(a: &str, b: &str) -> bool {
    let shortest = a.chars().count().min(b.chars().count());
    let letters = distance(a, b);
    let plural = |one: &str, other: &str| one.strip_suffix('s') == Some(other);
    a.chars().next() == b.chars().next()
        && !plural(a, b)
        && !plural(b, a)
        && (letters <= 1 && shortest >= 6
            || letters <= 2 && shortest >= 9
            || letters <= 3 && shortest >= 5 && sound(a) == sound(b))
}

/// Two spellings of one given name: "Sergei", "Sergey". Short ones differ too little to tell.
fn near_given(a: &str, b: &str) -> bool {
    a == b
        || (a.len().min(b.len()) >= 5
            && distance(a, b) <= 2
            && sound(a) == sound(b)
            && !sexes(a, b))
}

/// "V" for "Vladimirovich".
fn initial(one: &str, other: &str) -> bool {
    let (short, long) = (one.len().min(other.len()), one.len().max(other.len()));
    short == 1 && long > 2 && one.chars().next() == other.chars().next()
}

/// "Julian" and "Juliana", "Maria" and "Mario" are two people.
fn sexes(a: &str, b: &str) -> bool {
    a.ends_with('a') != b.ends_with('a')
}

/// What is left of a word's sound: consonants, doubled ones and those that transliterations confuse as one.
fn sound(word: &str) -> String {
    let mut letters = String::new();
    let mut before = None;
    let mut vowel = false;
    let mut chars = word.chars().filter(|c| c.is_alphanumeric()).peekable();
    while let Some(c) = chars.next() {
        if before.replace(c) == Some(c) {
            continue;
        }
        let c = match (c, chars.peek()) {
            ('p', Some('h')) => 'f',
            ('k' | 's' | 'z' | 'g', Some('h')) | ('t' | 'd', Some('z' | 's')) => {
                chars.next();
                c
            }
            ('q', _) => 'k',
            ('c', Some('e' | 'i' | 'y')) => 's',
            ('c', Some('h')) => 'c',
            ('c', _) => 'k',
            ('w', _) => 'v',
            ('a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'j' | 'h', _) => {
                vowel = true;
                continue;
            }
            (other, _) => other,
        };
        if vowel || !letters.ends_with(c) {
            letters.push(c);
        }
        vowel = false;
    }
    letters
}

/// Letters to change, add, drop or swap with their neighbour to make one word of the other.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut rows: Vec<Vec<usize>> = (0..=a.len())
        .map(|i| (0..=b.len()).map(|j| i + j).collect())
        .collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let other = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1)
                .min(rows[i][j - 1] + 1)
                .min(rows[i - 1][j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}
