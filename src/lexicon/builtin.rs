//! The data files, as they were when the program was compiled.

use std::borrow::Cow;

use include_dir::{Dir, include_dir};

use super::table::DataFile;

/// People, organizations, places and offices, compiled by `build.rs`.
pub(super) static WORLD: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

/// Where the content of a cue ends, compiled by `build.rs`.
pub(super) static ENDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/ends.bin"));
/// Which statements are right, compiled by `build.rs`.
pub(super) static TRUST: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/trust.bin"));
/// Who is meant by pronouns and descriptions, compiled by `build.rs`.
pub(super) static ANTECEDENTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/antecedents.bin"));
/// What statements mean, compiled by `build.rs`.
pub(super) static JUDGEMENTS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/judgements.bin"));
/// Whom they aim at, compiled by `build.rs`.
pub(super) static CANDIDATES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/candidates.bin"));
/// Given names, compiled by `build.rs`.
pub(super) static GIVEN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/given-names.bin"));
/// The site's phrases, compiled by `build.rs`.
pub(super) static BOILERPLATE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/boilerplate.bin"));

/// SHA-256 over the word lists, patterns and learned tables, made by `build.rs`.
pub(super) const FINGERPRINT: &str = env!("SAYSO_LISTS");
/// Learned tables that are compiled in and not among [`files`].
pub(super) const TABLES: usize = 5;

static WORDS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/gazetteers/en");
static PATTERNS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/queries/patterns");

/// The shipped word lists and patterns, sorted by name.
pub(super) fn files() -> Vec<DataFile> {
    let mut files = Vec::new();
    collect(&WORDS, "gazetteers/en", &mut files);
    collect(&PATTERNS, "queries/patterns", &mut files);
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// True for the files of [`files`] that `build.rs` compiles and nobody needs to parse.
pub(super) fn is_compiled(file: &DataFile) -> bool {
    [
        "gazetteers/en/boilerplate.tsv",
        "gazetteers/en/given-names.tsv",
    ]
    .contains(&&*file.name)
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
    for inner in dir.dirs() {
        collect(inner, prefix, files);
    }
}
