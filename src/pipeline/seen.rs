//! What a build has seen, and with that what is known to be gone.
//!
//! An article is gone when the file that held it was read to its end without it, or is not there while its folder is. What
//! could not be read today, what lies on a disk that is not there, and what nobody asked for is not gone.

use std::collections::HashSet;

use super::PassedOver;
use crate::model::path_of;
use crate::store::{Names, Place, RootKey, StoredRoot};

/// The articles and files of a build.
pub(super) struct Seen {
    /// What was read.
    read: HashSet<(RootKey, String)>,
    /// What could not be read.
    failed: HashSet<(RootKey, String)>,
    /// The files of the build.
    files: HashSet<(RootKey, String)>,
    /// Those of them that were not read to their end.
    cut: HashSet<(RootKey, String)>,
}

/// Kinds of trouble behind which the rest of a file is unread.
const CUTS: [&str; 2] = ["unreadable", "badly packed"];

impl Seen {
    /// A build of `places`.
    pub fn new(places: &[Place], keys: &Names) -> Seen {
        let files = places.iter();
        Seen {
            read: HashSet::new(),
            failed: HashSet::new(),
            files: files
                .map(|(root, name)| (keys.key(root), name.clone()))
                .collect(),
            cut: HashSet::new(),
        }
    }

    /// The article called so was read.
    pub fn read(&mut self, root: RootKey, name: String) {
        self.read.insert((root, name));
    }

    /// An article was passed over.
    pub fn passed_over(&mut self, root: RootKey, passed_over: &PassedOver) {
        let name = &passed_over.name;
        if CUTS.contains(&passed_over.kind) {
            let file = holders(name).find(|file| self.holds(&self.files, root, file));
            self.cut.insert((root, file.unwrap_or(name).to_owned()));
        }
        self.failed.insert((root, name.clone()));
    }

    /// True for what is known to be gone.
    pub fn is_gone(&self, roots: &[StoredRoot], root: RootKey, name: &str) -> bool {
        if self.holds(&self.read, root, name) || self.holds(&self.failed, root, name) {
            return false;
        }
        let Some(folder) = roots
            .iter()
            .find(|known| known.key == root)
            .and_then(|known| known.root.as_ref())
            .map(|root| &root.folder)
        else {
            return false; // standard input
        };
        if let Some(file) = holders(name).find(|file| self.holds(&self.files, root, file)) {
            let mut inside = holders(name).take_while(|&holder| holder != file);
            let failed = |file: &str| self.holds(&self.failed, root, file);
            return !self.holds(&self.cut, root, file) && !failed(file) && !inside.any(failed);
        }
        let is_there = |file: &str| {
            let found = folder.join(path_of(file)).symlink_metadata();
            found.is_ok_and(|found| file == name || !found.is_dir())
        };
        folder.is_dir() && !holders(name).any(is_there)
    }

    fn holds(&self, set: &HashSet<(RootKey, String)>, root: RootKey, name: &str) -> bool {
        set.contains(&(root, name.to_owned()))
    }
}

/// What may hold the article of this name, itself first: `a.jsonl:2` is the second line of a file, or a file;
/// `a.zip/b/c.csv:2` is in an archive, or in folders.
fn holders(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| {
        name.rfind([':', '/']).map(|end| name.split_at(end).0)
    })
}
