//! What inputs are called: by their way from the folder that was given on, so that a folder elsewhere has the same names.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Input;
use crate::model::{Root, name_of};

/// The root of a folder that is read as a whole.
pub(super) fn of_folder(folder: &Path) -> Root {
    Root {
        folder: absolute(folder),
        whole: true,
    }
}

/// The root of a single file: the folder that it lies in.
pub(super) fn of_file(file: &Path) -> Root {
    let folder = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    Root {
        folder: absolute(folder),
        whole: false,
    }
}

/// Gives each input the outermost folder it lies in, of `known` and of those that were given, and each file once.
pub fn settle(inputs: &mut Vec<Input>, known: impl IntoIterator<Item = Root>) {
    let mut outermost: Vec<Arc<Root>> = Vec::new();
    let given = inputs.iter().filter_map(|input| input.root.clone());
    let mut roots: Vec<Arc<Root>> = known.into_iter().map(Arc::new).chain(given).collect();
    roots.retain(|root| root.whole);
    // A folder comes before what lies in it.
    roots.sort();
    roots.dedup();
    for root in roots {
        if !outermost.iter().any(|o| root.folder.starts_with(&o.folder)) {
            outermost.push(root);
        }
    }
    for input in inputs.iter_mut() {
        if let Some(root) = &input.root
            && let Some(outer) = outermost
                .iter()
                .find(|o| root.folder.starts_with(&o.folder))
            && outer != root
        {
            let way = root.folder.strip_prefix(&outer.folder).map(name_of);
            let way = way.unwrap_or_default();
            if !way.is_empty() {
                input.name = format!("{way}/{}", input.name);
            }
            input.root = Some(Arc::clone(outer));
        }
    }
    let mut seen = HashSet::new();
    inputs.retain(|input| seen.insert((input.root.clone(), input.name.clone())));
}

fn absolute(folder: &Path) -> PathBuf {
    folder
        .canonicalize()
        .or_else(|_| std::path::absolute(folder))
        .unwrap_or_else(|_| folder.to_owned())
}
