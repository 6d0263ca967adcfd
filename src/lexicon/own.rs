//! A user's own lists to layers: a compiled file is opened; a folder is compiled once and kept in a cache.
//!
//! A folder's cache is used only while the SHA-256 over names and texts of its lists is the one written in it, so a
//! changed list is never missed; a compiled file says so when the lists that it was made of have changed since. A cache
//! that cannot be written is done without, one that is damaged is made again. Only lists without a fault are kept.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::fault::{Error, Faults};
use super::gazetteer::{Bytes, LISTS, Layer, Unfit, World, compile};
use super::saved;
use super::table::{DataFile, fingerprint};

/// Opens the compiled gazetteer at `path`; with `through` all of it is looked at now. Fails when it is none, damaged, or
/// older than lists that still stand where they stood.
pub(super) fn open(path: &Path, through: bool) -> Result<Layer, Error> {
    let path = || path.to_owned();
    let opened = read(&path(), through).map_err(|source| Error::Read {
        path: path(),
        source,
    })?;
    let layer = opened.map_err(|unfit| match unfit {
        Unfit::Foreign => Error::Foreign { path: path() },
        Unfit::Damaged => Error::Damaged { path: path() },
    })?;
    match changed(&path(), &layer) {
        true => Err(Error::Stale { path: path() }),
        false => Ok(layer),
    }
}

/// The layer of a folder's lists, to lie on `world`, and whether `cache` held just this.
pub(super) fn layer(
    folder: &Path,
    files: &[&DataFile],
    world: &World,
    cache: Option<&Path>,
    faults: &mut Faults,
) -> (Layer, bool) {
    if let Some(cache) = cache
        && let Ok(Ok(layer)) = read(&cached(cache, folder, world.layers()), true)
        && layer.fingerprint() == fingerprint(files.iter().copied())
    {
        return (layer, true);
    }
    let bytes = Bytes::Whole(Cow::Owned(compile(files, faults)));
    let layer = Layer::open(bytes).expect("it was written in this very format");
    (layer, false)
}

/// Keeps the highest layer of `world`, which was made of the lists of `folder`. Where that fails the next run compiles
/// again: slower, and as right.
pub(super) fn keep(folder: &Path, world: &World, cache: &Path) {
    if let Some((layer, below)) = world.layers().split_last()
        && let Some(bytes) = layer.whole()
        && std::fs::create_dir_all(cache).is_ok()
    {
        let _ = write(&cached(cache, folder, below), bytes);
    }
}

/// Writes a compiled gazetteer: whoever has the old file open keeps it, and nobody sees half of the new one.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", std::process::id()));
    let unfinished = PathBuf::from(name);
    let written = File::create(&unfinished)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| std::fs::rename(&unfinished, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&unfinished);
    }
    written
}

/// The file that keeps a folder's lists: one for each folder and what lies below it.
fn cached(cache: &Path, folder: &Path, below: &[Layer]) -> PathBuf {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let key = DataFile {
        name: whole.to_string_lossy().into(),
        text: below.iter().map(Layer::fingerprint).collect(),
    };
    let name = whole.file_name().unwrap_or_default().to_string_lossy();
    let digest = fingerprint(std::iter::once(&key));
    cache.join(format!("{name}-{}.gazetteer", &digest[..16]))
}

/// The layer in a file.
fn read(path: &Path, through: bool) -> io::Result<Result<Layer, Unfit>> {
    Ok(Bytes::read(File::open(path)?, through)?.and_then(Layer::open))
}

/// True when a list that the layer was made of is younger than `path` and reads otherwise than it did.
fn changed(path: &Path, layer: &Layer) -> bool {
    let time = |path: &Path| -> Option<SystemTime> { path.metadata().ok()?.modified().ok() };
    let (Some(made), sources) = (time(path), layer.files()) else {
        return false;
    };
    let times: Option<Vec<SystemTime>> = sources.iter().map(|f| time(Path::new(&**f))).collect();
    // Lists that are not here were left where the file was made.
    if !times.is_some_and(|times| times.iter().any(|&time| time >= made)) {
        return false;
    }
    let read: Vec<DataFile> = sources
        .iter()
        .filter_map(|name| {
            let bytes = std::fs::read(Path::new(&**name)).ok()?;
            Some(DataFile {
                name: name.clone(),
                text: Cow::Owned(saved::text(&bytes, true)),
            })
        })
        .collect();
    fingerprint(read.iter()) != layer.fingerprint()
}

/// The lists among `files` that are compiled.
pub(super) fn compiled(files: &[DataFile]) -> Vec<&DataFile> {
    files
        .iter()
        .filter(|file| LISTS.contains(&file.list()))
        .collect()
}
