//! Folders of gold: PolNeAR-style, with `text/*.txt` and `attributions/NAME_ANNOTATOR.ann`, or `*.json` with the texts
//! in a folder of their own.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::gold::{self, Gold};
use super::{Attribution, Faults, brat};
use crate::model::CodePoints;

/// A document of a PolNeAR-style folder.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The name of the text without `.txt`.
    pub name: String,
    /// Where the text stands.
    pub path: PathBuf,
    /// The text as it stands.
    pub text: String,
    /// Its attributions by the first annotator, by the alphabet.
    pub gold: Vec<Attribution>,
}

/// All documents of the folder, by name. Every text needs an annotator; annotations without a text are passed over.
pub fn annotated(folder: &Path) -> Result<Vec<Annotated>, Faults> {
    let mut faults = Faults::default();
    let mut first: BTreeMap<String, (String, PathBuf)> = BTreeMap::new();
    for path in files(&folder.join("attributions"), ".ann", &mut faults) {
        if let Some((name, annotator)) = stem(&path).rsplit_once('_') {
            let known = first.get(name);
            if known.is_none_or(|(best, _)| annotator < best.as_str()) {
                first.insert(name.to_owned(), (annotator.to_owned(), path.clone()));
            }
        }
    }
    let mut documents = Vec::new();
    for path in files(&folder.join("text"), ".txt", &mut faults) {
        let name = stem(&path);
        let Some((_, annotations)) = first.get(&name) else {
            let wanted =
                format!("add attributions/{name}_ANNOTATOR.ann, empty if nobody says anything");
            faults.add(&shown(&path), 0, "no annotation for this text", wanted);
            continue;
        };
        let Some(text) = read(&path, &mut faults) else {
            continue;
        };
        let Some(standoff) = read(annotations, &mut faults) else {
            continue;
        };
        documents.push(Annotated {
            gold: brat::parse(&shown(annotations), &standoff, &mut faults),
            name,
            path,
            text,
        });
    }
    documents.sort_by(|a, b| a.name.cmp(&b.name));
    match faults.0.is_empty() {
        true => Ok(documents),
        false => Err(faults),
    }
}

/// A document of a folder of gold JSON.
#[derive(Clone, Debug)]
pub struct Story {
    /// Where the text stands.
    pub path: PathBuf,
    /// The text as it stands.
    pub text: String,
    /// Its gold, with all passages found.
    pub gold: Gold,
}

/// All documents of a folder of gold JSON, by the names of the gold files; the texts stand in `texts`.
pub fn stories(folder: &Path, texts: &Path) -> Result<Vec<Story>, Faults> {
    let mut faults = Faults::default();
    let mut stories = Vec::new();
    for file in files(folder, ".json", &mut faults) {
        let json = read(&file, &mut faults);
        let gold = json.and_then(|json| gold::parse(&shown(&file), &json, &mut faults));
        let Some(mut gold) = gold else { continue };
        let path = texts.join(&gold.doc);
        if let Some(text) = read(&path, &mut faults) {
            let points = CodePoints::new(&text);
            gold.locate(&shown(&file), &text, &points, &mut faults);
            stories.push(Story { path, text, gold });
        }
    }
    match faults.0.is_empty() {
        true => Ok(stories),
        false => Err(faults),
    }
}

/// The files of a folder with this ending, by name.
pub(super) fn files(folder: &Path, ending: &str, faults: &mut Faults) -> Vec<PathBuf> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let what = format!("cannot be read: {error}");
            faults.add(
                &shown(folder),
                0,
                what,
                "check the path and your right to read it",
            );
            return Vec::new();
        }
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    files.sort();
    files
}

/// The text of a file, which must be UTF-8: offsets count its code points.
pub(super) fn read(path: &Path, faults: &mut Faults) -> Option<String> {
    let problem = match fs::read(path) {
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => return Some(text),
            Err(error) => {
                let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = 1 + valid.iter().filter(|&&byte| byte == b'\n').count();
                (line, "not UTF-8".to_owned(), "turn the file into UTF-8")
            }
        },
        Err(error) => {
            let what = format!("cannot be read: {error}");
            (0, what, "check the path and your right to read it")
        }
    };
    faults.add(&shown(path), problem.0, problem.1, problem.2);
    None
}

/// A path as messages show it.
pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// The name of a file without its last ending.
fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}
