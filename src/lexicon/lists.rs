//! Word lists and patterns to a [`Lexicon`], each list after those that it is read by.
//!
//! Every start of the program does this, so what takes as long as all the rest is done beside it on another core.

use rustc_hash::FxHashSet;

use super::fault::{Faults, nearest};
use super::gazetteer::{LISTS, World};
use super::table::{self, DataFile};
use super::{Choices, Corrections, Cues, GivenNames, Lexicon, Pattern, Weights};
use super::{builtin, choices, classes, corrections, cue, given, pattern, weights, words};
use crate::model::Place;
use crate::text::{Language, LineSet};

/// What `files` and `world` hold; the first `shipped` files are the program's own.
pub(super) fn read(
    files: &[DataFile],
    shipped: usize,
    world: World,
    faults: &mut Faults,
) -> Lexicon {
    let (shipped, own) = files.split_at(shipped);
    let own = own.iter().filter(|file| !LISTS.contains(&file.list()));
    let own: Vec<&DataFile> = own.collect();
    let mut lexicon = match shipped.is_empty() {
        true => Lexicon::default(),
        false => compiled(),
    };
    lexicon.file_count += shipped.len() + own.len();
    if !own.is_empty() || shipped.is_empty() {
        let own = table::fingerprint(own.iter().copied());
        lexicon.fingerprint.push_str(&own);
    }
    for layer in world.layers() {
        lexicon.file_count += layer.files().len();
        lexicon.fingerprint.push_str(layer.fingerprint());
    }
    lexicon.world = world;
    let parsed = shipped.iter().filter(|file| !builtin::is_compiled(file));
    let offices: Vec<&DataFile> = own
        .iter()
        .copied()
        .filter(|f| f.list() == "offices.tsv")
        .collect();
    let parsed: Vec<&DataFile> = parsed.chain(own).collect();
    read_writing(&parsed, &mut lexicon, faults);
    let classes = lexicon.words.class_names();
    let classes: FxHashSet<String> = classes.into_iter().map(str::to_owned).collect();
    std::thread::scope(|scope| {
        let beside = scope.spawn(|| read_patterns(&parsed, &classes));
        read_words(&parsed, &mut lexicon, faults);
        let (cues, patterns, more) = beside
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        lexicon.cues = cues;
        lexicon.patterns = patterns;
        faults.0.extend(more.0);
    });
    for form in &lexicon.cues.hyphenated {
        lexicon.language.hyphenated_verbs.insert(form);
    }
    classes::check_offices(&lexicon.words, &lexicon.world, &offices, faults);
    classes::check_classes(&lexicon.words, &lexicon.patterns, faults);
    lexicon.corrections = corrections(&parsed, &lexicon.world, &lexicon.language, faults);
    lexicon
}

/// What `build.rs` compiled.
fn compiled() -> Lexicon {
    let mut lexicon = Lexicon {
        ends: Weights::shipped(builtin::ENDS),
        trust: Weights::shipped(builtin::TRUST),
        antecedents: Weights::shipped(builtin::ANTECEDENTS),
        judgements: Choices::shipped(builtin::JUDGEMENTS, "models/en-meaning/judgements.tsv"),
        candidates: Choices::shipped(builtin::CANDIDATES, "models/en-meaning/candidates.tsv"),
        fingerprint: builtin::FINGERPRINT.to_owned(),
        file_count: builtin::TABLES,
        ..Lexicon::default()
    };
    lexicon.words.given_names = GivenNames::shipped(builtin::GIVEN);
    lexicon.language.boilerplate = LineSet::shipped(builtin::BOILERPLATE);
    lexicon
}

/// How the language is written: the tokenizer's lists come first, names are cut by them.
fn read_writing(files: &[&DataFile], lexicon: &mut Lexicon, faults: &mut Faults) {
    let (words, language) = (&mut lexicon.words, &mut lexicon.language);
    for file in files {
        match file.list() {
            "words.tsv" => classes::read_classes(words, language, file, faults),
            "abbreviations.tsv" => words::read_abbreviations(language, file, faults),
            "quotation-marks.tsv" => words::read_quotation_marks(language, file, faults),
            "calendar.tsv" => words::read_calendar(words, language, file, faults),
            _ => {}
        }
    }
    words::read_boilerplate(language, files, faults);
}

/// The cues, and the patterns around them, which may name the `classes` of words.
fn read_patterns(files: &[&DataFile], classes: &FxHashSet<String>) -> (Cues, Vec<Pattern>, Faults) {
    let (mut cues, mut patterns, mut faults) = (Cues::default(), Vec::new(), Faults::default());
    for file in files {
        match file.list() {
            "cues.tsv" => cue::read_cues(&mut cues, file, &mut faults),
            name if name.ends_with(".toml") => {
                pattern::read_patterns(&mut patterns, file, classes, &mut faults);
            }
            _ => {}
        }
    }
    (cues, patterns, faults)
}

/// All other lists.
fn read_words(files: &[&DataFile], lexicon: &mut Lexicon, faults: &mut Faults) {
    let words = &mut lexicon.words;
    for file in files {
        match file.list() {
            "titles.tsv" => words::read_titles(words, file, faults),
            "offices.tsv" => words::read_offices(words, file, faults),
            "nominals.tsv" => words::read_nominals(words, file, faults),
            "pronouns.tsv" => words::read_pronouns(words, file, faults),
            "given-names.tsv" => given::read_given_names(&mut words.given_names, file, faults),
            "nicknames.tsv" => words::read_nicknames(words, file, faults),
            "surnames-common-words.tsv" => words::read_doubtful_names(words, file, faults),
            "kinship.tsv" => words::read_kinship(words, file, faults),
            "organization-suffixes.tsv" => words::read_suffixes(words, file, faults),
            "tones.tsv" => words::read_tones(words, file, faults),
            "outlets.tsv" => super::outlets::read_outlets(words, file, faults),
            "ends.tsv" => weights::read_weights(&mut lexicon.ends, file, faults),
            "judgements.tsv" => choices::read_choices(&mut lexicon.judgements, file, faults),
            "candidates.tsv" => choices::read_choices(&mut lexicon.candidates, file, faults),
            "trust.tsv" => weights::read_weights(&mut lexicon.trust, file, faults),
            "antecedents.tsv" => weights::read_weights(&mut lexicon.antecedents, file, faults),
            "words.tsv"
            | "abbreviations.tsv"
            | "quotation-marks.tsv"
            | "boilerplate.tsv"
            | "calendar.tsv"
            | "cues.tsv"
            | "merges.tsv"
            | "splits.tsv" => {}
            name if name.ends_with(".toml") => {}
            other => faults.add(
                Place {
                    file: file.name.clone(),
                    line: 1,
                },
                format!("no list is called `{other}`"),
                list_help(other),
            ),
        }
    }
}

fn list_help(name: &str) -> String {
    const KNOWN: [&str; 18] = [
        "abbreviations.tsv",
        "boilerplate.tsv",
        "calendar.tsv",
        "cues.tsv",
        "given-names.tsv",
        "kinship.tsv",
        "merges.tsv",
        "nicknames.tsv",
        "nominals.tsv",
        "offices.tsv",
        "organization-suffixes.tsv",
        "outlets.tsv",
        "pronouns.tsv",
        "quotation-marks.tsv",
        "splits.tsv",
        "surnames-common-words.tsv",
        "titles.tsv",
        "tones.tsv",
    ];
    let other = "gazetteers/README.md names the lists; move other files out of the folder";
    let known = KNOWN.into_iter().chain(["words.tsv"]).chain(LISTS);
    match nearest(name, known) {
        Some(near) => format!("did you mean `{near}`? {other}"),
        None => other.to_owned(),
    }
}

/// Corrections come last: they name what the lists hold.
pub(super) fn corrections(
    files: &[&DataFile],
    world: &World,
    language: &Language,
    faults: &mut Faults,
) -> Corrections {
    let mut all = Corrections::default();
    let known = corrections::Known { world, language };
    for file in files {
        match file.list() {
            "merges.tsv" => corrections::read_merges(&mut all, &known, file, faults),
            "splits.tsv" => corrections::read_splits(&mut all, &known, file, faults),
            _ => {}
        }
    }
    corrections::follow(&mut all, faults);
    all
}
