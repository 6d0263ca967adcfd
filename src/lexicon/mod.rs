//! Data files to a [`Lexicon`]: what words mean, and which patterns to look for.
//!
//! The shipped files are compiled in; a user's folders add to them and replace rows with the same id. All faults of all
//! files are reported at once. Nothing here looks at an article.

mod builtin;
mod cue;
mod entry;
mod fault;
mod names;
mod pattern;
mod phrases;
mod table;
mod words;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use compact_str::CompactString;
use rustc_hash::FxHashMap;

pub use cue::{Cue, Cues, FRAMES, Frames, Part};
pub use entry::{Entry, Role};
pub use fault::{Error, Fault};
pub use names::{NameUse, Names, fold, word_key};
pub use pattern::{Capture, CueElement, ELEMENTS, Element, ElementKind, Example, Pattern, Voice};
pub use phrases::{PhraseHit, Phrases};
pub use words::{Calendar, CalendarWord, Nominal, NominalSort, Pronoun, Title, Tone, Words};

use crate::text::Language;
use fault::Faults;
use table::DataFile;

/// What words mean: names, offices, cues, word lists, patterns.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// People, organizations and places.
    pub entries: Vec<Entry>,
    /// Their ids.
    pub by_id: FxHashMap<CompactString, u32>,
    /// Their names.
    pub names: Names,
    /// Dated offices, by title, body and day.
    pub roles: Vec<Role>,
    /// Last words of listed people's names, in lower case, to their entries.
    pub surnames: FxHashMap<CompactString, Vec<u32>>,
    /// Offices of each person, as indices into `roles`.
    offices: FxHashMap<CompactString, Vec<u32>>,
    /// "russian" to the entries it belongs to.
    pub adjectives: FxHashMap<CompactString, Vec<u32>>,
    /// "russians" to the country.
    pub peoples: FxHashMap<CompactString, u32>,
    /// Words that lead to content.
    pub cues: Cues,
    /// Titles, role nouns, pronouns and the like.
    pub words: Words,
    /// How the language is written.
    pub language: Language,
    /// In order of trial.
    pub patterns: Vec<Pattern>,
    fingerprint: String,
    place_count: usize,
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
        let mut files = if folders.bare {
            Vec::new()
        } else {
            builtin::files()
        };
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
        let lexicon = read(&files, &mut faults);
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

    /// The entry with this id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.by_id
            .get(id)
            .map(|&index| &self.entries[index as usize])
    }

    /// The offices that the person with this id held.
    pub fn roles_of(&self, person: &str) -> impl Iterator<Item = &Role> {
        self.offices
            .get(person)
            .into_iter()
            .flatten()
            .map(|&role| &self.roles[role as usize])
    }

    /// Data files and rows read.
    pub fn file_count(&self) -> usize {
        self.place_count
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

fn read(files: &[DataFile], faults: &mut Faults) -> Lexicon {
    let mut lexicon = Lexicon {
        fingerprint: fingerprint(files),
        place_count: files.len(),
        ..Lexicon::default()
    };
    let named = |name: &'static str| {
        files.iter().filter(move |file| {
            Path::new(&*file.name)
                .file_name()
                .is_some_and(|n| n == name)
        })
    };
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
        let name = Path::new(&*file.name)
            .file_name()
            .and_then(|n| n.to_str())
            .unwrap_or_default();
        let words = &mut lexicon.words;
        match name {
            "people.tsv" => entry::read_people(&mut lexicon, file, faults),
            "organizations.tsv" => entry::read_organizations(&mut lexicon, file, faults),
            "places.tsv" => entry::read_places(&mut lexicon, file, faults),
            "roles.tsv" => entry::read_roles(&mut lexicon, file, faults),
            "titles.tsv" => words::read_titles(words, file, faults),
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
                crate::model::Place {
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
    lexicon.roles.sort_by(|a, b| {
        (&a.title, &a.of, a.from, &a.person).cmp(&(&b.title, &b.of, b.from, &b.person))
    });
    for (index, role) in (0..).zip(&lexicon.roles) {
        lexicon
            .offices
            .entry(role.person.clone())
            .or_default()
            .push(index);
    }
    for (index, entry) in (0..).zip(&lexicon.entries) {
        if entry.kind == crate::model::EntityKind::Person
            && let Some(surname) = entry.name.split_whitespace().next_back()
        {
            lexicon
                .surnames
                .entry(fold(surname))
                .or_default()
                .push(index);
        }
    }
    entry::check_references(&lexicon, faults);
    lexicon
}

fn fingerprint(files: &[DataFile]) -> String {
    use sha2::{Digest, Sha256};
    use std::fmt::Write;
    let mut hash = Sha256::new();
    for file in files {
        hash.update(file.name.as_bytes());
        hash.update([0]);
        hash.update(file.text.as_bytes());
        hash.update([0]);
    }
    let mut hex = String::with_capacity(64);
    for byte in hash.finalize() {
        let _ = write!(hex, "{byte:02x}"); // writing into a String cannot fail
    }
    hex
}
