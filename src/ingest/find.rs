//! Paths to inputs: files, folders, standard input.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Error, Format, root};
use crate::model::{Root, name_of};

/// A file to read, or standard input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// The way from its root on, with forward slashes; "-" for standard input.
    pub name: String,
    /// Where the name begins; `None` for standard input.
    pub root: Option<Arc<Root>>,
    /// Where; `None` for standard input.
    pub path: Option<PathBuf>,
}

impl Input {
    /// The file's name ends in a dot and something short, which tells people what it is.
    pub(super) fn has_ending(&self) -> bool {
        let file = self.name.rsplit('/').next().unwrap_or_default();
        file.rsplit_once('.').is_some_and(|(stem, ending)| {
            !stem.is_empty()
                && (1..=8).contains(&ending.len())
                && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    }

    pub(super) fn is_packed(&self) -> bool {
        self.name.to_ascii_lowercase().ends_with(".gz")
    }
}

/// What stands behind some paths.
#[derive(Debug, Default)]
pub struct Scan {
    /// What to read.
    pub inputs: Vec<Input>,
    /// Paths that cannot be used.
    pub errors: Vec<Error>,
    /// How many files the folders hold that are of no known kind, by ending ("pdf", "csv.gz", "" without any).
    pub others: BTreeMap<String, usize>,
    /// How many pipes, sockets and devices they hold.
    pub devices: usize,
}

/// The inputs behind `paths`, and the paths that cannot be used.
pub fn find(paths: &[PathBuf]) -> (Vec<Input>, Vec<Error>) {
    let found = scan(paths);
    (found.inputs, found.errors)
}

/// What stands behind `paths`, folders walked in order of their names; hidden files and links to folders are passed over.
/// A path that cannot be used is an error beside the others.
pub fn scan(paths: &[PathBuf]) -> Scan {
    let mut found = Scan::default();
    for path in paths {
        if path.as_os_str() == "-" {
            found.inputs.push(Input {
                name: "-".to_owned(),
                root: None,
                path: None,
            });
            continue;
        }
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                let before = found.inputs.len();
                let from = Arc::new(root::of_folder(path));
                walk(path, (&from, path), &mut found);
                if found.inputs.len() == before && found.errors.is_empty() {
                    found.errors.push(Error::EmptyFolder { path: path.clone() });
                }
            }
            // Whoever names a pipe wants it read, as in `sayso extract <(zcat news.gz)`.
            Ok(_) => {
                let from = Arc::new(root::of_file(path));
                let folder = path.parent().unwrap_or(path);
                found.inputs.push(input(path, (&from, folder)));
            }
            Err(source) => found.errors.push(Error::Unreadable {
                path: path.clone(),
                source,
            }),
        }
    }
    root::settle(&mut found.inputs, []);
    found
}

/// A root, and its folder as the paths in it begin.
type From<'a> = (&'a Arc<Root>, &'a Path);

fn walk(folder: &Path, from: From<'_>, found: &mut Scan) {
    let unreadable = |source| Error::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(source) => return found.errors.push(unreadable(source)),
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| {
            entry
                .map(|e| e.path())
                .map_err(|source| found.errors.push(unreadable(source)))
                .ok()
        })
        .collect();
    paths.sort();
    for path in paths {
        let hidden = path
            .file_name()
            .and_then(|n| n.to_str())
            .is_some_and(|n| n.starts_with('.'));
        let is_link = path
            .symlink_metadata()
            .is_ok_and(|m| m.file_type().is_symlink());
        if hidden {
            continue;
        } else if path.is_dir() {
            if !is_link {
                walk(&path, from, found);
            }
        } else {
            // Pipes and devices would keep a build waiting; a link that leads nowhere is told when it is read.
            let readable = std::fs::metadata(&path).map_or(true, |meta| meta.is_file());
            let input = input(&path, from);
            if !readable {
                found.devices += 1;
            } else if Format::of_name(&input).is_some() {
                found.inputs.push(input);
            } else {
                *found.others.entry(ending(&input.name)).or_default() += 1;
            }
        }
    }
}

/// The ending of a file's name in lower case, with what is packed: "pdf", "csv.gz".
fn ending(name: &str) -> String {
    let name = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let (plain, packed) = match name.strip_suffix(".gz") {
        Some(plain) => (plain, ".gz"),
        None => (name.as_str(), ""),
    };
    match plain.rsplit_once('.') {
        Some((_, ending)) => format!("{ending}{packed}"),
        None => packed.trim_start_matches('.').to_owned(),
    }
}

fn input(path: &Path, (root, folder): From<'_>) -> Input {
    Input {
        name: name_of(path.strip_prefix(folder).unwrap_or(path)),
        root: Some(Arc::clone(root)),
        path: Some(path.to_owned()),
    }
}
