//! Variants of one full name: "Ruth Mari Orr", "Ruth M. Orr", "Ruth Orr", "Ruthie Orr" are one person in one article, unless
//! one is the younger and one the elder, or one sentence names both.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::Scene;
use super::spelling::{COMPARED, Spelling, entity_of, rank, spellings};

/// Gives every variant to the person whom the article names so most often; a listed one comes first.
pub(super) fn resolve(scene: &mut Scene<'_>) {
    let spellings = spellings(scene);
    if spellings.len() < 2 {
        return;
    }
    let names: Vec<Name> = spellings
        .iter()
        .map(|spelling| Name::new(scene, &spelling.words))
        .collect();
    let mut alike: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (index, name) in names.iter().enumerate() {
        for word in &name.words[1..] {
            alike.entry(word).or_default().push(index);
        }
    }
    // Whom each is a variant of: always one of a higher rank, so that nothing goes round in a circle.
    let mut of: Vec<Option<usize>> = vec![None; names.len()];
    for (index, name) in names.iter().enumerate() {
        if spellings[index].listed.is_some() {
            continue;
        }
        let others = name.words[1..]
            .iter()
            .filter_map(|word| alike.get(word.as_str()))
            .flat_map(|others| others.iter().rev().take(COMPARED));
        of[index] = others
            .copied()
            .filter(|&other| rank(&spellings, other) > rank(&spellings, index))
            .filter(|&other| {
                name.is_variant(scene, &names[other])
                    && (name.only_middles(&names[other]) || apart(&spellings, index, other))
            })
            .max_by_key(|&other| rank(&spellings, other));
    }
    for index in 0..names.len() {
        let mut whole = index;
        while let Some(other) = of[whole] {
            whole = other;
        }
        if whole == index {
            continue;
        }
        let entity = entity_of(scene, &spellings[whole]);
        for &at in &spellings[index].mentions {
            scene.settle(at, entity, "variant");
        }
    }
}

/// True when no sentence holds both.
fn apart(spellings: &[Spelling], one: usize, other: usize) -> bool {
    spellings[one]
        .sentences
        .is_disjoint(&spellings[other].sentences)
}

/// A full name, its generation aside.
struct Name {
    words: Vec<CompactString>,
    generation: Option<CompactString>,
}

impl Name {
    fn new(scene: &Scene<'_>, words: &[CompactString]) -> Name {
        let lists = &scene.lexicon.words;
        let bare = |word: &CompactString| CompactString::from(word.trim_end_matches('.'));
        let mut words: Vec<CompactString> = words.iter().map(bare).collect();
        let last = words.pop_if(|last| lists.is_generation(last));
        Name {
            words,
            generation: last,
        }
    }

    /// True when the two may be one person's: the same given name, or a short form of it, the same surname, and nothing between
    /// that speaks against it; or one is the start of the other ("Ana Ruiz", "Ana Ruiz Sola").
    fn is_variant(&self, scene: &Scene<'_>, other: &Name) -> bool {
        let elder = match (&self.generation, &other.generation) {
            (Some(one), Some(other)) => one != other,
            _ => false,
        };
        let ([given, middle @ .., last], [their_given, their_middle @ .., their_last]) =
            (self.words.as_slice(), other.words.as_slice())
        else {
            return false;
        };
        if elder {
            return false;
        }
        let starts = self.words.len() != other.words.len()
            && (self.words.starts_with(&other.words) || other.words.starts_with(&self.words));
        let same_given = given == their_given
            || scene.lexicon.words.is_short_for(given, their_given)
            || scene.lexicon.words.is_short_for(their_given, given);
        starts || (last == their_last && same_given && are_compatible(middle, their_middle))
    }

    /// True when the two differ in what stands between given name and surname at most.
    fn only_middles(&self, other: &Name) -> bool {
        self.words.first() == other.words.first() && self.words.last() == other.words.last()
    }
}

/// True for middle names of which one side has none, or that are the same or initials of each other.
fn are_compatible(one: &[CompactString], other: &[CompactString]) -> bool {
    let fits = |(a, b): (&CompactString, &CompactString)| {
        a == b || ((a.len() == 1 || b.len() == 1) && a.chars().next() == b.chars().next())
    };
    one.is_empty()
        || other.is_empty()
        || (one.len() == other.len() && one.iter().zip(other).all(fits))
}
