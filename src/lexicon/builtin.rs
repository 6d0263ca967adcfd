//! The data folders, as they were when the program was compiled.

use std::borrow::Cow;

use include_dir::{Dir, include_dir};

use super::table::DataFile;

static GAZETTEERS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/gazetteers");
static PATTERNS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/queries/patterns");

/// Holds what makes lists, not lists.
const WORKSHOP: &str = "derive";

/// All shipped data files, sorted by name.
pub(super) fn files() -> Vec<DataFile> {
    let mut files = Vec::new();
    collect(&GAZETTEERS, "gazetteers", &mut files);
    collect(&PATTERNS, "queries/patterns", &mut files);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

fn collect(dir: &'static Dir<'static>, prefix: &str, files: &mut Vec<DataFile>) {
    for file in dir.files() {
        if let (Some(path), Some(text)) = (file.path().to_str(), file.contents_utf8())
            && (path.ends_with(".tsv") || path.ends_with(".toml"))
        {
            files.push(DataFile {
                name: format!("{prefix}/{path}").into(),
                text: Cow::Borrowed(text),
            });
        }
    }
    for inner in dir.dirs().filter(|d| !d.path().ends_with(WORKSHOP)) {
        collect(inner, prefix, files);
    }
}
