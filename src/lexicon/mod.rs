//! Data files to a [`Lexicon`]: what words mean, and which patterns to look for.
//!
//! The shipped files are compiled in; a user's folders add to them and replace rows with the same id. All faults of all
//! files are reported at once. Nothing here looks at an article.

mod builtin;
mod cue;
mod fault;
mod gazetteer;
mod pattern;
mod phrases;
mod table;
mod words;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

pub use cue::{Cue, Cues, FRAMES, Frames, Part};
pub use fault::{Error, Fault};
pub use gazetteer::{Entry, Keys, Layer, NameUse, Role, World, fold};
pub use pattern::{Capture, CueElement, ELEMENTS, Element, ElementKind, Example, Pattern, Voice};
pub use phrases::{PhraseHit, Phrases};
pub use words::{
    Calendar, CalendarWord, Nominal, NominalSort, OfficeName, Pronoun, Title, Tone, Words,
};

use crate::model::Place;
use crate::text::Language;
use fault::Faults;
use gazetteer::{Bytes, LISTS};
use table::DataFile;

/// What words mean: names, offices, cues, word lists, patterns.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// People, organizations, places and dated offices.
    pub world: World,
    /// Words that lead to content.
    pub cues: Cues,
    /// Titles, role nouns, pronouns and the like.
    pub words: Words,
    /// How the language is written.
    pub language: Language,
    /// In order of trial.
    pub patterns: Vec<Pattern>,
    fingerprint: String,
    file_count: usize,
}

/// Where a lexicon comes from.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    /// Folders of a user's gazetteers, laid out like the shipped one.
    pub gazetteers: Vec<PathBuf>,
    /// Folders with a user's patterns (`patterns/**.toml`).
    pub queries: Vec<PathBuf>,
    /// Leave out the shipped files.
    pub bare: bool,
}

impl Lexicon {
    /// The lexicon compiled into the program.
    ///
    /// # Panics
    /// Never in a released program: a test loads the shipped files and finds no fault.
    pub fn builtin() -> Lexicon {
        Lexicon::load(&Folders::default()).expect("the shipped data files are checked by a test")
    }

    /// Reads the shipped files and those of `folders`. Fails with all faults at once.
    pub fn load(folders: &Folders) -> Result<Lexicon, Error> {
        let mut files = Vec::new();
        let mut world = World::default();
        if !folders.bare {
            files = builtin::files();
            let shipped = Bytes::Owned(Cow::Borrowed(builtin::WORLD));
            world.push(Layer::open(shipped).expect("the build wrote it in this very format"));
        }
        let shipped = files.len();
        for folder in &folders.gazetteers {
            collect(folder, "tsv", &mut files)?;
        }
        for folder in &folders.queries {
            let patterns = folder.join("patterns");
            if patterns.is_dir() {
                collect(&patterns, "toml", &mut files)?;
            }
        }
        let mut faults = Faults::default();
        let own: Vec<&DataFile> = files[shipped..]
            .iter()
            .filter(|file| LISTS.contains(&file.list()))
            .collect();
        if !own.is_empty() {
            let bytes = Bytes::Owned(Cow::Owned(gazetteer::compile(&own, &mut faults)));
            let layer = Layer::open(bytes).expect("it was written in this very format");
            world.push(layer);
            check_references(&world, &mut faults);
        }
        let lexicon = read(&files, world, &mut faults);
        if faults.0.is_empty() {
            Ok(lexicon)
        } else {
            faults.0.sort_by(|a, b| a.place.cmp(&b.place));
            Err(Error::Faults(faults.0))
        }
    }

    /// SHA-256 over all data files: two runs with the same fingerprint read text alike.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Data files and rows read.
    pub fn file_count(&self) -> usize {
        self.file_count
    }
}

/// Data files of a user's folder, at any depth, sorted by path.
fn collect(folder: &Path, extension: &str, files: &mut Vec<DataFile>) -> Result<(), Error> {
    let read = |source| Error::Read {
        path: folder.to_owned(),
        source,
    };
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .map_err(read)?
        .map(|entry| entry.map(|e| e.path()))
        .collect::<Result<_, _>>()
        .map_err(read)?;
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, extension, files)?;
        } else if path.extension().is_some_and(|e| e == extension) {
            let bytes = std::fs::read(&path).map_err(|source| Error::Read {
                path: path.clone(),
                source,
            })?;
            let text = String::from_utf8_lossy(&bytes).into_owned();
            files.push(DataFile {
                name: path.to_string_lossy().into(),
                text: Cow::Owned(text),
            });
        }
    }
    Ok(())
}

/// Every id that a row of the top layer names must exist.
fn check_references(world: &World, faults: &mut Faults) {
    let Some(layer) = world.layers().last() else {
        return;
    };
    let mut missing = |id: &str, place: Place| {
        if world.find(id).is_none() {
            faults.add(
                place,
                format!("no entry has the id `{id}`"),
                "add its row to people, organizations or places, or mend the id",
            );
        }
    };
    for entry in (0..layer.count()).map(|at| layer.entry(at)) {
        for id in entry.of.iter().chain(&entry.acts_for) {
            missing(id, entry.place());
        }
    }
    for role in (0..layer.role_count()).map(|at| layer.role(at)) {
        missing(role.person, role.place());
        missing(role.of, role.place());
    }
}

fn read(files: &[DataFile], world: World, faults: &mut Faults) -> Lexicon {
    let mut fingerprint = table::fingerprint(files.iter());
    for layer in world.layers() {
        fingerprint.push_str(layer.fingerprint());
    }
    let compiled = world.layers().iter().map(|layer| layer.files().len());
    let parsed = files.iter().filter(|file| !LISTS.contains(&file.list()));
    let file_count = compiled.sum::<usize>() + parsed.count();
    let mut lexicon = Lexicon {
        fingerprint,
        file_count,
        world,
        ..Lexicon::default()
    };
    let named = |name: &'static str| files.iter().filter(move |file| file.list() == name);
    // The tokenizer's lists come first: names are cut by them.
    for file in named("words.tsv") {
        words::read_classes(&mut lexicon.words, &mut lexicon.language, file, faults);
    }
    for file in named("abbreviations.tsv") {
        words::read_abbreviations(&mut lexicon.language, file, faults);
    }
    for file in named("quotation-marks.tsv") {
        words::read_quotation_marks(&mut lexicon.language, file, faults);
    }
    words::read_boilerplate(
        &mut lexicon.language,
        &named("boilerplate.tsv").collect::<Vec<_>>(),
        faults,
    );
    for file in named("calendar.tsv") {
        words::read_calendar(&mut lexicon.words, &mut lexicon.language, file, faults);
    }
    for file in files {
        let name = file.list();
        let words = &mut lexicon.words;
        match name {
            list if LISTS.contains(&list) => {} // compiled
            "titles.tsv" => words::read_titles(words, file, faults),
            "offices.tsv" => words::read_offices(words, file, faults),
            "nominals.tsv" => words::read_nominals(words, file, faults),
            "pronouns.tsv" => words::read_pronouns(words, file, faults),
            "given-names.tsv" => words::read_given_names(words, file, faults),
            "surnames-common-words.tsv" => words::read_doubtful_names(words, file, faults),
            "kinship.tsv" => words::read_kinship(words, file, faults),
            "organization-suffixes.tsv" => words::read_suffixes(words, file, faults),
            "tones.tsv" => words::read_tones(words, file, faults),
            "cues.tsv" => cue::read_cues(&mut lexicon.cues, file, faults),
            "words.tsv"
            | "abbreviations.tsv"
            | "quotation-marks.tsv"
            | "boilerplate.tsv"
            | "calendar.tsv" => {}
            _ if name.ends_with(".toml") => {
                let classes = lexicon.words.class_names();
                pattern::read_patterns(
                    &mut lexicon.patterns,
                    file,
                    &|class| classes.contains(class),
                    faults,
                );
            }
            other => faults.add(
                Place {
                    file: file.name.clone(),
                    line: 1,
                },
                format!("no list is called `{other}`"),
                "gazetteers/README.md names the lists; move other files out of the folder",
            ),
        }
    }
    lexicon.cues.phrases.compile();
    lexicon.words.title_phrases.compile();
    lexicon
}
