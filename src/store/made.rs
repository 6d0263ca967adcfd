//! How a database was made, and whether its last build came to an end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rusqlite::params;

use super::name::{Place, relative};
use super::{Error, Store};

/// What a build was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Fingerprint of all data files.
    pub lexicon: String,
    /// Folders and compiled files of a user's gazetteers.
    pub gazetteers: Vec<PathBuf>,
    /// Folders of a user's patterns.
    pub queries: Vec<PathBuf>,
    /// Without the shipped data.
    pub bare: bool,
    /// Texts in any language were read.
    pub any_language: bool,
    /// Names of fields of JSON articles, and what was said of all articles: "--publisher" and the like.
    pub fields: BTreeMap<String, String>,
    /// A user's merges and splits: their file, and what they say.
    pub corrections: Vec<(String, String)>,
}

/// What a build may leave out that an earlier one was told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forget {
    /// Merges and splits.
    pub corrections: bool,
    /// Fields of JSON articles, and what was said of all articles.
    pub fields: bool,
    /// Roots: what was found elsewhere goes.
    pub roots: bool,
}

/// One thing that a build was told, as it stands in the table `made`.
pub type Told = (String, i64, String);

const FINISHED: &str = "finished";
const BARE: &str = "--no-defaults";

impl Store {
    /// What the last build was told.
    pub fn made(&self) -> Result<Vec<Told>, Error> {
        let sql = "SELECT what, number, value FROM made ORDER BY what, number";
        let mut statement = self.connection.prepare(sql).map_err(|e| self.error(e))?;
        let rows = statement
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
            .map_err(|e| self.error(e))?;
        rows.collect::<Result<_, _>>().map_err(|e| self.error(e))
    }

    /// The folders and files of a user's data that the last build was given: gazetteers, then queries; and whether it left out
    /// the shipped ones.
    pub fn data(&self) -> Result<(Vec<PathBuf>, Vec<PathBuf>, bool), Error> {
        let made = self.made()?;
        let ways = |what: &str| {
            let told = made.iter().filter(|told| told.0 == what);
            told.map(|told| self.folder.join(&told.2)).collect()
        };
        let bare = made.iter().any(|t| t.0 == "option" && t.2 == BARE);
        Ok((ways("gazetteers"), ways("queries"), bare))
    }

    /// True when the last build came to its end.
    pub fn is_finished(&self) -> Result<bool, Error> {
        let sql = "SELECT EXISTS (SELECT 1 FROM made WHERE what = ?1 AND value = 'yes')";
        self.connection
            .query_row(sql, [FINISHED], |row| row.get(0))
            .map_err(|e| self.error(e))
    }

    /// Fails where the database was made with more than `made` has, and `forget` does not let it go.
    pub(super) fn check_forgotten(
        &self,
        made: &Made,
        inputs: &[Place],
        forget: Forget,
    ) -> Result<(), Error> {
        if !forget.corrections {
            let files: BTreeSet<String> = made
                .corrections
                .iter()
                .map(|(file, _)| self.way_to(file))
                .collect();
            let rows: BTreeSet<&str> = made.corrections.iter().map(|c| c.1.as_str()).collect();
            let mut lacking: BTreeMap<String, usize> = BTreeMap::new();
            for (what, _, value) in self.made()? {
                if what == "correction"
                    && let Some((file, row)) = value.split_once('\t')
                    && !files.contains(file)
                    && !rows.contains(row)
                {
                    *lacking.entry(file.to_owned()).or_default() += 1;
                }
            }
            if !lacking.is_empty() {
                return Err(Error::ForgetsCorrections {
                    path: self.path.clone(),
                    files: lacking.into_iter().collect(),
                });
            }
        }
        if !forget.fields {
            for stored in self.roots()? {
                let folder = stored.root.as_ref().map(|root| &root.folder);
                let of_root =
                    |place: &&Place| place.0.as_deref().map(|root| &root.folder) == folder;
                let lacking: Vec<String> = stored
                    .fields
                    .iter()
                    .filter(|(what, _)| !made.fields.contains_key(*what))
                    .map(|(what, name)| format!("{what}={name}"))
                    .collect();
                if lacking.is_empty() {
                    continue;
                }
                let known = "SELECT EXISTS (SELECT 1 FROM names WHERE root = ?1 AND (name = ?2 OR name > ?2 || ':' AND name < ?2 || ';'))";
                let mut known = self.connection.prepare(known).map_err(|e| self.error(e))?;
                for (_, name) in inputs.iter().filter(of_root) {
                    if known
                        .query_row(params![stored.key, name], |row| row.get(0))
                        .map_err(|e| self.error(e))?
                    {
                        return Err(Error::ForgetsFields {
                            path: self.path.clone(),
                            fields: lacking,
                        });
                    }
                }
            }
        }
        Ok(())
    }

    /// Writes down what the build is told, and whether it came to its end, where that is not there yet.
    pub(super) fn note_made(&self, made: &Made, finished: bool) -> Result<(), Error> {
        let rows = self.rows_of(made, finished);
        if self.made()? == rows {
            return Ok(());
        }
        self.run("DELETE FROM made")?;
        for (what, number, value) in rows {
            self.connection
                .execute(
                    "INSERT INTO made VALUES (?1, ?2, ?3)",
                    params![what, number, value],
                )
                .map_err(|e| self.error(e))?;
        }
        Ok(())
    }

    /// True where a build that is told `made` has nothing to write down.
    pub(super) fn is_noted(&self, made: &Made) -> Result<bool, Error> {
        Ok(self.made()? == self.rows_of(made, true))
    }

    fn rows_of(&self, made: &Made, finished: bool) -> Vec<Told> {
        let mut rows: Vec<Told> = Vec::new();
        let mut tell = |what: &str, values: Vec<String>| {
            let values = (0..).zip(values);
            rows.extend(values.map(|(number, value)| (what.to_owned(), number, value)));
        };
        let ways = |paths: &[PathBuf]| {
            let ways = paths
                .iter()
                .map(|path| self.way_to(&path.to_string_lossy()));
            ways.collect::<Vec<_>>()
        };
        let corrections = made.corrections.iter();
        tell(
            "correction",
            corrections
                .map(|(file, row)| format!("{}\t{row}", self.way_to(file)))
                .collect(),
        );
        let fields = made.fields.iter();
        tell("field", fields.map(|(a, b)| format!("{a}={b}")).collect());
        let yes_or_no = if finished { "yes" } else { "no" };
        tell(FINISHED, vec![yes_or_no.to_owned()]);
        tell("gazetteers", ways(&made.gazetteers));
        tell("lexicon", vec![made.lexicon.clone()]);
        let options = [("--any-language", made.any_language), (BARE, made.bare)];
        let options = options.iter().filter(|option| option.1);
        tell(
            "option",
            options.map(|option| option.0.to_owned()).collect(),
        );
        tell("queries", ways(&made.queries));
        tell("version", vec![env!("CARGO_PKG_VERSION").to_owned()]);
        rows
    }

    /// The way to a file from the folder of the database.
    fn way_to(&self, file: &str) -> String {
        let path = std::path::Path::new(file);
        let absolute = path.canonicalize().or_else(|_| std::path::absolute(path));
        absolute.map_or_else(|_| file.to_owned(), |path| relative(&self.folder, &path))
    }
}
