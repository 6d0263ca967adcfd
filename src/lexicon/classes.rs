//! Closed classes of words, and names of what the lists hold that rows refer to.
//!
//! In: `words.tsv`, and the patterns that name classes. Out: [`Words`] and [`Language`] with the classes filled in, and faults
//! for names that nothing answers to.

use super::fault::{self, Faults, nearest};
use super::gazetteer::World;
use super::pattern::Pattern;
use super::table::{DataFile, rows};
use super::words::Words;
use crate::model::Place;
use crate::text::{Auxiliary, Language, normalize};

/// The classes of words.tsv that the program asks for; others are those that patterns name.
pub const CLASSES: [&str; 59] = [
    "adjective",
    "adversative",
    "agent",
    "ahead",
    "answer-label",
    "article",
    "as",
    "attaching",
    "bare-infinitive",
    "be",
    "clitic",
    "conditional",
    "conjunction",
    "correlative",
    "determiner",
    "direction",
    "do",
    "epithet",
    "exchange",
    "facility",
    "generation",
    "genitive",
    "given-place",
    "goal",
    "have",
    "holder-modifier",
    "indefinite",
    "infinitive",
    "link",
    "locative",
    "modal",
    "motion",
    "mouthpiece",
    "name-joint",
    "name-particle",
    "name-syllable",
    "naming",
    "negation",
    "no-name",
    "no-opener",
    "origin",
    "partner",
    "portfolio",
    "possible",
    "preposition",
    "pronoun",
    "purpose",
    "quantifier",
    "question",
    "question-label",
    "recipient",
    "reciprocal",
    "reciprocal-preposition",
    "relative",
    "relief",
    "subordinator",
    "suffering",
    "thing",
    "victim",
];

/// Closed classes; those that the text layer reads by go to `language` too.
pub(super) fn read_classes(
    words: &mut Words,
    language: &mut Language,
    file: &DataFile,
    faults: &mut Faults,
) {
    rows(file, ["form", "class"], faults, |row, faults| {
        let norm = normalize(row.cells[0]);
        let class = row.cells[1];
        if class.is_empty() {
            faults.add(
                row.place(),
                format!("`{}` is of no class", row.cells[0]),
                fault::one_of("", CLASSES),
            );
            return;
        }
        if CLASSES.binary_search(&class).is_err()
            && words.own_classes.iter().all(|(known, _)| known != class)
        {
            words.own_classes.push((class.into(), row.place()));
        }
        match class {
            "link" => language.links.insert(&norm),
            "negation" => language.negations.insert(&norm),
            "subordinator" => language.subordinators.insert(&norm),
            "attaching" => language.attaching.insert(&norm),
            "preposition" => language.prepositions.insert(&norm),
            "bare-infinitive" => language.bare_infinitives.insert(&norm),
            "adjective" => language.adjectives.insert(&norm),
            "question" => language.questions.insert(&norm),
            "agent" => language.agents.insert(&norm),
            "as" => language.roles.insert(&norm),
            "correlative" => language.correlatives.insert(&norm),
            "name-syllable" => language.syllables.insert(&norm),
            "infinitive" => language.infinitives.insert(&norm),
            "quantifier" => language.quantifiers.insert(&norm),
            "be" => drop(language.auxiliaries.insert(norm.clone(), Auxiliary::Be)),
            "have" => drop(language.auxiliaries.insert(norm.clone(), Auxiliary::Have)),
            "do" => drop(language.auxiliaries.insert(norm.clone(), Auxiliary::Do)),
            "modal" => drop(language.auxiliaries.insert(norm.clone(), Auxiliary::Modal)),
            "clitic" => language.clitics.push(norm.clone()),
            "no-opener" => {} // a word that no name begins with, which is so of nearly all classes
            _ => {}
        }
        // Nouns, verbs and adjectives may open a name, the rest may not.
        let opens = [
            "exchange",
            "suffering",
            "relief",
            "naming",
            "holder-modifier",
            "thing",
            "name-syllable",
            "generation",
            "facility",
            "given-place",
            "question-label",
            "answer-label",
            "ahead",
        ];
        if !opens.contains(&class) {
            language.starters.insert(&norm);
        }
        words.classes.entry(norm).or_default().push(class.into());
    });
    language
        .clitics
        .sort_by_key(|clitic| std::cmp::Reverse(clitic.len()));
}

/// Tells the rows of `own` lists of offices that name what is not listed.
pub(super) fn check_offices(words: &Words, world: &World, own: &[&DataFile], faults: &mut Faults) {
    let is_own = |place: &Place| own.iter().any(|file| file.name == place.file);
    let is_known =
        |id: &str| matches!(id, "" | "organization" | "place") || world.find(id).is_some();
    for office in words
        .offices
        .values()
        .flatten()
        .filter(|office| is_own(&office.place))
    {
        for id in [&office.of, &office.body]
            .into_iter()
            .filter(|id| !is_known(id))
        {
            let near = nearest(id, ["organization", "place"]).or_else(|| world.nearest(id));
            let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
            faults.add(
                office.place.clone(),
                format!("no entry has the id `{id}`"),
                format!("{near}write an id, organization, place or nothing"),
            );
        }
    }
}

/// Tells the classes that neither the program nor one of `patterns` asks for.
pub(super) fn check_classes(words: &Words, patterns: &[Pattern], faults: &mut Faults) {
    for (class, place) in &words.own_classes {
        let named = patterns
            .iter()
            .flat_map(|pattern| pattern.left.iter().chain(&pattern.right))
            .any(|element| element.class() == Some(class));
        if !named {
            let help = fault::one_of(class, CLASSES);
            faults.add(
                place.clone(),
                format!("nothing asks for the class `{class}`"),
                format!("{help}; or name it in a pattern: PREP({class})"),
            );
        }
    }
}
