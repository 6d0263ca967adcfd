//! Data files to a [`Lexicon`]: what words mean, and which patterns to look for.
//!
//! The shipped files are compiled in; a user's folders add to them and replace rows with the same id. All faults of all
//! files are reported at once. Nothing here looks at an article.

mod audit;
#[cfg(test)]
mod automata; // else only build.rs has it
mod builtin;
pub mod choices;
mod classes;
mod corrections;
mod cue;
mod elements;
mod fault;
mod features;
mod gazetteer;
mod given;
mod line;
mod lists;
mod nationality;
mod outlets;
mod own;
mod pattern;
mod phrases;
mod reading;
mod saved;
mod table;
mod tone;
mod weights;
mod words;

use std::borrow::Cow;
use std::path::{Path, PathBuf};

pub use audit::{Check, Finding, audit};
pub use choices::Choices;
pub use classes::CLASSES;
pub use corrections::{Corrections, Merge, Named, Split, Unlisted, id_of};
pub use cue::{Cue, Cues, FRAMES, Frames, Part};
pub use elements::ELEMENTS;
pub use fault::{Error, Fault, nearest};
pub use features::{Features, Sink, Value};
pub use gazetteer::{
    Entry, Keys, Layer, NameUse, Role, SORTS, World, WrittenName, fold, parts, slug,
};
pub use given::GivenNames;
pub use pattern::{Capture, CueElement, Element, ElementKind, Example, Pattern, Voice};
pub use phrases::{PhraseHit, Phrases};
pub use reading::{Match, Reading, near, readings};
pub use tone::Tone;
pub use weights::Weights;
pub use words::{Calendar, CalendarWord, Nominal, NominalSort, OfficeName, Pronoun, Title, Words};

/// A [`Value`] that is known when the program is compiled, and hashed then.
macro_rules! value {
    ($text:literal) => {
        const { $crate::lexicon::Value::new($text) }
    };
}
pub(crate) use value;

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
    /// Where the content of a cue ends.
    pub ends: Weights,
    /// Which of the statements that patterns find are right.
    pub trust: Weights,
    /// Who is meant by pronouns and descriptions.
    pub antecedents: Weights,
    /// What a statement means: its act, its stance, how it stands, whether it is one.
    pub judgements: Choices,
    /// Which of those in sight a statement aims at, is said to, speaks of.
    pub candidates: Choices,
    /// Who is the same and who is not, by a user's last word.
    pub corrections: Corrections,
    fingerprint: String,
    file_count: usize,
    /// Compiled files that were given, by the numbers of their layers.
    compiled: Vec<(usize, PathBuf)>,
}

/// Where a lexicon comes from.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    /// Folders of a user's gazetteers, laid out like the shipped one, and compiled files.
    pub gazetteers: Vec<PathBuf>,
    /// Folders with a user's patterns (`patterns/**.toml`).
    pub queries: Vec<PathBuf>,
    /// Leave out the shipped files.
    pub bare: bool,
    /// Where compiled folders are kept; `None`: they are compiled at every run.
    pub cache: Option<PathBuf>,
    /// Look at the whole of large compiled files before anything is read with them. Otherwise damage is found where
    /// something is asked for, and [`Lexicon::damage`] tells afterwards.
    pub through: bool,
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
        let mut compiled = Vec::new();
        if !folders.bare {
            files = builtin::files();
            world.push(builtin_layer());
        }
        let shipped = files.len();
        let mut faults = Faults::default();
        for path in &folders.gazetteers {
            if path.is_file() {
                compiled.push((world.layers().len(), path.clone()));
                world.push(own::open(path, folders.through)?);
                continue;
            }
            let first = files.len();
            collect(path, "tsv", &mut files)?;
            push_folder(path, &files[first..], &mut world, folders, &mut faults);
        }
        for folder in &folders.queries {
            let patterns = folder.join("patterns");
            if patterns.is_dir() {
                collect(&patterns, "toml", &mut files)?;
            }
        }
        let mut lexicon = lists::read(&files, shipped, world, &mut faults);
        lexicon.compiled = compiled;
        if let Some(damage) = lexicon.damage() {
            return Err(damage);
        }
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

    /// A compiled file of which something was asked that is not as it was written: what was read with it is wrong.
    pub fn damage(&self) -> Option<Error> {
        let damaged = |at: usize| self.world.layers()[at].is_damaged();
        let (_, path) = self.compiled.iter().find(|(at, _)| damaged(*at))?;
        Some(Error::Damaged { path: path.clone() })
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
            let text = saved::text(&bytes, extension == "tsv");
            files.push(DataFile {
                name: path.to_string_lossy().into(),
                text: Cow::Owned(text),
            });
        }
    }
    Ok(())
}

/// The names of the shipped lists that are compiled in.
pub fn shipped_files() -> Vec<std::sync::Arc<str>> {
    builtin_layer().files().to_vec()
}

fn builtin_layer() -> Layer {
    let shipped = Bytes::Whole(Cow::Borrowed(builtin::WORLD));
    Layer::open(shipped).expect("the build wrote it in this very format")
}

/// Puts the lists of a folder on top of `world`.
fn push_folder(
    folder: &Path,
    files: &[DataFile],
    world: &mut World,
    folders: &Folders,
    faults: &mut Faults,
) {
    let lists = own::compiled(files);
    if lists.is_empty() {
        return;
    }
    let cache = folders.cache.as_deref();
    let before = faults.0.len();
    let (layer, kept) = own::layer(folder, &lists, world, cache, faults);
    world.push(layer);
    if !kept {
        check_references(world, faults);
    }
    if let Some(cache) = cache
        && faults.0.len() == before
        && !kept
    {
        own::keep(folder, world, cache);
    }
}

/// The text of a list's bytes, as [`Lexicon::load`] reads it.
pub fn list_text(bytes: &[u8]) -> String {
    saved::text(bytes, true)
}

/// Writes a list: all of it, or nothing.
pub fn write_list(path: &Path, text: &str) -> Result<(), Error> {
    own::write(path, text.as_bytes()).map_err(|source| Error::Write {
        path: path.to_owned(),
        source,
    })
}

/// What texts of merges.tsv and splits.tsv, given with their paths, say beside the lists of `lexicon`.
pub fn read_corrections(
    lexicon: &Lexicon,
    texts: Vec<(String, String)>,
) -> (Corrections, Vec<Fault>) {
    let files = texts.into_iter().map(|(name, text)| DataFile {
        name: name.into(),
        text: Cow::Owned(text),
    });
    let files: Vec<DataFile> = files.collect();
    let mut faults = Faults::default();
    let files: Vec<&DataFile> = files.iter().collect();
    let corrections = lists::corrections(&files, &lexicon.world, &lexicon.language, &mut faults);
    (corrections, faults.0)
}

/// What [`compile`] made.
#[derive(Clone, Debug)]
pub struct Compiled {
    /// People, organizations and places.
    pub entries: u32,
    /// What they are called.
    pub names: usize,
    /// Dated offices.
    pub offices: u32,
    /// Bytes of the file.
    pub size: usize,
    /// Lists of the folders that are no part of it.
    pub left_out: Vec<PathBuf>,
}

/// True for the first bytes of a file that [`compile`] wrote, of this version or another.
pub fn is_compiled(head: &[u8]) -> bool {
    head.starts_with(&gazetteer::MAGIC[..gazetteer::MAGIC.len() - 1])
}

/// Compiles the people, organizations, places and offices of `folders` into one file, which stands for the folders where
/// those are asked for. Fails with all faults at once, and writes nothing then.
pub fn compile(folders: &[PathBuf], to: &Path) -> Result<Compiled, Error> {
    let mut files = Vec::new();
    for folder in folders {
        collect(folder, "tsv", &mut files)?;
    }
    let lists = own::compiled(&files);
    if lists.is_empty() {
        return Err(Error::NoLists {
            path: folders.first().cloned().unwrap_or_default(),
        });
    }
    let mut faults = Faults::default();
    let mut world = World::default();
    world.push(builtin_layer());
    let bytes = gazetteer::compile(&lists, &mut faults);
    let layer = Layer::open(Bytes::Whole(Cow::Owned(bytes)));
    world.push(layer.expect("it was written in this very format"));
    check_references(&world, &mut faults);
    if !faults.0.is_empty() {
        faults.0.sort_by(|a, b| a.place.cmp(&b.place));
        return Err(Error::Faults(faults.0));
    }
    let layer = &world.layers()[1];
    own::write(to, layer.whole().unwrap_or_default()).map_err(|source| Error::Write {
        path: to.to_owned(),
        source,
    })?;
    Ok(Compiled {
        entries: layer.count(),
        names: layer.names(),
        offices: layer.role_count(),
        size: layer.size(),
        left_out: files
            .iter()
            .filter(|file| !LISTS.contains(&file.list()))
            .map(|file| PathBuf::from(&*file.name))
            .collect(),
    })
}

/// Every id that a row of the top layer names must exist.
fn check_references(world: &World, faults: &mut Faults) {
    let Some(layer) = world.layers().last() else {
        return;
    };
    const GUESSED: usize = 20; // a look through all ids takes its time
    let mut guessed = 0;
    let mut missing = |id: &str, place: Place| {
        if world.find(id).is_none() {
            guessed += 1;
            let near = (guessed <= GUESSED).then(|| world.nearest(id)).flatten();
            let near = near.map_or_else(String::new, |near| format!("did you mean `{near}`? "));
            faults.add(
                place,
                format!("no entry has the id `{id}`"),
                format!("{near}add its row to people, organizations or places, or mend the id"),
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
