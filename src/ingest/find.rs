//! Paths to inputs: files, folders, standard input.

use std::path::{Path, PathBuf};

use super::Error;

/// A file to read, or standard input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Input {
    /// The path as it was given or found, with forward slashes; "-" for standard input.
    pub name: String,
    /// Where; `None` for standard input.
    pub path: Option<PathBuf>,
}

const EXTENSIONS: [&str; 8] = [
    "txt", "md", "markdown", "html", "htm", "jsonl", "ndjson", "json",
];

impl Input {
    /// The extension that tells the format, that of `.gz` aside, in lower case as the known ones are written.
    pub(super) fn extension(&self) -> Option<&'static str> {
        let name = self.name.to_ascii_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        EXTENSIONS
            .into_iter()
            .find(|e| name.strip_suffix(e).is_some_and(|stem| stem.ends_with('.')))
    }

    pub(super) fn is_packed(&self) -> bool {
        self.name.to_ascii_lowercase().ends_with(".gz")
    }
}

/// The inputs behind `paths`, folders walked in order of their names; hidden files and links to folders are passed over.
/// A path that cannot be used is an error beside the others.
pub fn find(paths: &[PathBuf]) -> (Vec<Input>, Vec<Error>) {
    let (mut inputs, mut errors) = (Vec::new(), Vec::new());
    for path in paths {
        if path.as_os_str() == "-" {
            inputs.push(Input {
                name: "-".to_owned(),
                path: None,
            });
            continue;
        }
        match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                let before = inputs.len();
                walk(path, &mut inputs, &mut errors);
                if inputs.len() == before && errors.is_empty() {
                    errors.push(Error::EmptyFolder { path: path.clone() });
                }
            }
            Ok(_) => inputs.push(input(path)),
            Err(source) => errors.push(Error::Unreadable {
                path: path.clone(),
                source,
            }),
        }
    }
    (inputs, errors)
}

fn walk(folder: &Path, inputs: &mut Vec<Input>, errors: &mut Vec<Error>) {
    let unreadable = |source| Error::Unreadable {
        path: folder.to_owned(),
        source,
    };
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(source) => return errors.push(unreadable(source)),
    };
    let mut paths: Vec<PathBuf> = entries
        .filter_map(|entry| {
            entry
                .map(|e| e.path())
                .map_err(|source| errors.push(unreadable(source)))
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
                walk(&path, inputs, errors);
            }
        } else {
            // Pipes and devices would keep a build waiting; a link that leads nowhere is told when it is read.
            let readable = std::fs::metadata(&path).map_or(true, |meta| meta.is_file());
            let found = input(&path);
            if readable && found.extension().is_some() {
                inputs.push(found);
            }
        }
    }
}

/// "./news//one.txt" and "news/one.txt" are one article.
fn input(path: &Path) -> Input {
    let plain: PathBuf = path
        .components()
        .filter(|part| *part != std::path::Component::CurDir)
        .collect();
    Input {
        name: plain.to_string_lossy().replace('\\', "/"),
        path: Some(path.to_owned()),
    }
}
