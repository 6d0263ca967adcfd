//! Corrections that name nobody: what no list knows is looked for in the database.

use std::path::Path;

use super::failure::Failure;
use crate::lexicon::{Fault, Lexicon, Named, Unlisted, id_of, nearest};
use crate::store::Store;

/// What is to be said about the corrections of a user.
#[derive(Debug, Default)]
pub struct Slips {
    /// They name nobody.
    pub faults: Vec<Fault>,
    /// Nobody can tell whether they do: there is no database.
    pub notes: Vec<Fault>,
}

/// Rows that are looked up; a user's hand does not write more.
const MOST: usize = 10_000;

/// The corrections of `lexicon` that name what neither a list nor `store` knows.
pub fn find(lexicon: &Lexicon, store: Option<&Store>) -> Result<Slips, Failure> {
    let mut slips = Slips::default();
    for unlisted in lexicon.corrections.unlisted().iter().take(MOST) {
        let Some(what) = slip(lexicon, store, unlisted)? else {
            continue;
        };
        slips.faults.extend(what.0);
        slips.notes.extend(what.1);
    }
    Ok(slips)
}

/// Opens the database at `path`, or `sayso.sqlite` where it is there and can be read.
pub fn store(path: Option<&Path>) -> Result<Option<Store>, Failure> {
    match path {
        Some(path) => Ok(Some(Store::open_read_only(path)?)),
        None => Ok(Store::open_read_only(Path::new("sayso.sqlite")).ok()),
    }
}

/// A fault, or a note.
type FaultOrNote = (Option<Fault>, Option<Fault>);

/// What is wrong with one name, or may be.
pub fn slip(
    lexicon: &Lexicon,
    store: Option<&Store>,
    unlisted: &Unlisted,
) -> Result<Option<FaultOrNote>, Failure> {
    let written = unlisted.written.as_str();
    let fault = |what: String, help: String| Fault {
        place: unlisted.place.clone(),
        what,
        help,
    };
    let is_id = id_of(written) == written && written.contains('-');
    if unlisted.what == Named::Document {
        let gone = store.is_some_and(|store| !is_document(store, written).unwrap_or(true));
        let told = gone.then(|| {
            fault(
                format!("no outlet and no document is `{written}`"),
                "write the outlet's name, or a part of the document's path or address".to_owned(),
            )
        });
        return Ok(told.map(|told| (Some(told), None)));
    }
    // Somebody new has a name; an id is somebody's who is there.
    if unlisted.what == Named::Meant && !is_id {
        return Ok(None);
    }
    let known = match store {
        Some(store) => store
            .resolve(written)?
            .iter()
            // The row itself makes an entity with this id, which has another's name.
            .any(|found| !is_id || id_of(&found.name) == written),
        None => false,
    };
    if known {
        return Ok(None);
    }
    let near = lexicon.world.nearest(&id_of(written)).map(str::to_owned);
    let near = match (near, store) {
        (None, Some(store)) => {
            let names = store.all_names()?;
            nearest(written, names.iter().map(String::as_str)).map(str::to_owned)
        }
        (near, _) => near,
    };
    let help = match &near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`sayso entities` and `sayso gazetteer search NAME` tell names and ids".to_owned(),
    };
    if store.is_some() || is_id && near.is_some() {
        let told = fault(format!("no entry is called `{written}`"), help);
        return Ok(Some((Some(told), None)));
    }
    let told = fault(
        format!("no list knows `{written}`"),
        "say --db FILE to look for it in the articles of a database, too".to_owned(),
    );
    Ok(Some((None, Some(told))))
}

/// True when `place` is an outlet, or a part of a document's path or address.
pub fn is_document(store: &Store, place: &str) -> Result<bool, Failure> {
    Ok(store.has_document(place)?)
}
