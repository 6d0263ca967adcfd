//! Where the data of a command comes from: the database, and a user's own gazetteers and queries.

use std::path::PathBuf;
use std::sync::OnceLock;

use clap::Args;

use super::failure::Failure;
use super::terminal;
use crate::lexicon::{Folders, Lexicon};
use crate::store::Store;

/// The database.
#[derive(Clone, Debug, Args)]
pub struct Database {
    /// The database
    #[arg(
        long,
        value_name = "FILE",
        env = "SAYSO_DB",
        hide_env_values = true,
        default_value = "sayso.sqlite"
    )]
    pub db: PathBuf,
}

/// Under what help lists the options of [`OwnData`], and them alone.
const OWN: &str = "Data of your own";

/// A user's own data, added to the shipped one.
#[derive(Clone, Debug, Default, Args)]
pub struct OwnData {
    /// A folder of gazetteers, laid out like the shipped one, or a compiled file; may be repeated
    #[arg(long, value_name = "DIR", help_heading = OWN)]
    pub gazetteers: Vec<PathBuf>,
    /// A folder with patterns/ and saved/; may be repeated
    #[arg(long, value_name = "DIR", help_heading = OWN)]
    pub queries: Vec<PathBuf>,
    /// Leave out the shipped gazetteers and patterns
    #[arg(long, help_heading = OWN)]
    pub no_defaults: bool,
}

impl Database {
    /// Opens it for reading. Tells where its last build did not come to an end.
    pub fn open(&self) -> Result<Store, Failure> {
        let store = Store::open_read_only(&self.db)?;
        if !store.is_finished()? {
            terminal::tell(format_args!(
                "sayso: `{}` is being built, or its last build did not come to an end: articles may be missing\nhelp: run the build again; `sayso status` tells how it was made",
                self.db.display()
            ));
        }
        Ok(store)
    }
}

/// The lexicon of the command.
static LEXICON: OnceLock<Lexicon> = OnceLock::new();

impl OwnData {
    /// The lexicon with the user's data in it. It is there until the command ends: to free it word by word takes longer than
    /// to end the process.
    pub fn lexicon(&self) -> Result<&'static Lexicon, Failure> {
        self.load(false)
    }

    /// As [`OwnData::lexicon`], for commands that keep what they read: large compiled files are looked through first.
    pub fn sound_lexicon(&self) -> Result<&'static Lexicon, Failure> {
        self.load(true)
    }

    fn load(&self, through: bool) -> Result<&'static Lexicon, Failure> {
        let lexicon = Lexicon::load(&Folders {
            through,
            ..self.folders()
        })?;
        Ok(LEXICON.get_or_init(|| lexicon))
    }

    /// Where a lexicon comes from.
    pub fn folders(&self) -> Folders {
        Folders {
            gazetteers: self.gazetteers.clone(),
            queries: self.queries.clone(),
            bare: self.no_defaults,
            cache: cache(),
            through: false,
        }
    }
}

/// Fails when the lexicon of the command was read from a file that turned out to be damaged.
pub fn still_sound() -> Result<(), Failure> {
    match LEXICON.get().and_then(Lexicon::damage) {
        Some(damage) => Err(damage.into()),
        None => Ok(()),
    }
}

/// The folder where compiled gazetteers are kept: `SAYSO_CACHE`, else the user's own for such files.
fn cache() -> Option<PathBuf> {
    let folder = |name: &str| {
        std::env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    folder("SAYSO_CACHE").or_else(|| {
        folder("XDG_CACHE_HOME")
            .or_else(|| folder("LOCALAPPDATA"))
            .or_else(|| Some(folder("HOME")?.join(".cache")))
            .map(|caches| caches.join("sayso"))
    })
}
