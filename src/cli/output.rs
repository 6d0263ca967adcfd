//! The files that commands write: the one place that opens them, so that writing one destroys nothing.
//!
//! In: a path, what the command reads, and `--force`. Out: an [`Output`] that is written beside its place and takes it when
//! it is whole. What the command reads is never an output, whatever link or name leads to it; a file that sayso did not write
//! is replaced only where the user says so.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use crate::{export, lexicon};

/// Whether files of others may be replaced.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Force {
    /// Replace a file that sayso did not write
    #[arg(long)]
    pub force: bool,
}

/// What an output may not be, and what it may replace.
#[derive(Clone, Debug, Default)]
pub struct Outputs {
    read: Vec<PathBuf>,
    lists: Vec<PathBuf>,
    force: bool,
}

/// A file on its way to its place.
#[derive(Debug)]
pub struct Output {
    /// As the user named it.
    named: PathBuf,
    /// Where it will stand.
    place: PathBuf,
    /// Where it is written; the place itself where that is a pipe or a device.
    unfinished: PathBuf,
    /// What stands there now.
    before: Option<Metadata>,
}

/// A file that remembers why it could not be written.
#[derive(Debug)]
pub struct Disk {
    file: File,
    failed: Option<io::Error>,
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        if let Err(error) = &written
            && error.kind() != io::ErrorKind::Interrupted
        {
            self.failed = Some(io::Error::new(error.kind(), error.to_string()));
        }
        written
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// How much of a file shows who wrote it.
const HEAD: u64 = 4096;

/// What SQLite keeps beside a database.
const BESIDE: [&str; 4] = ["", "-wal", "-shm", "-journal"];

impl Outputs {
    /// Outputs of a command that reads nothing yet.
    pub fn new(force: Force) -> Outputs {
        Outputs {
            force: force.force,
            ..Outputs::default()
        }
    }

    /// The command reads this database, and what SQLite keeps beside it.
    pub fn sparing_database(mut self, database: &Path) -> Outputs {
        for end in BESIDE {
            let mut path = database.as_os_str().to_owned();
            path.push(end);
            self.read.push(PathBuf::from(path));
        }
        self
    }

    /// The command reads these files, and the lists in these folders.
    pub fn sparing_lists(mut self, paths: &[PathBuf]) -> Outputs {
        let (folders, files): (Vec<PathBuf>, Vec<PathBuf>) =
            paths.iter().cloned().partition(|path| path.is_dir());
        self.lists.extend(folders);
        self.read.extend(files);
        self
    }

    /// Opens an output, and keeps all that follow from being the same file.
    pub fn open(&mut self, path: &Path) -> Result<Output, Failure> {
        let before = fs::metadata(path).ok();
        if before.as_ref().is_some_and(Metadata::is_dir) {
            let what = format!("cannot write `{}`: it is a folder", path.display());
            return Err(Failure::new(what, "name a file in it"));
        }
        let place = whole(path).ok_or_else(|| {
            let missing = io::Error::from(io::ErrorKind::NotFound);
            unwritten(path, &missing)
        })?;
        let is_list = place.extension().is_some_and(|end| end == "tsv")
            && self
                .lists
                .iter()
                .any(|folder| whole(folder).is_some_and(|folder| place.starts_with(folder)));
        if is_list || self.read.iter().any(|input| same(&place, input)) {
            return Err(Failure::new(
                format!("`{}` is read by this command, too", path.display()),
                "name another file; this one is left as it is",
            ));
        }
        let is_file = before.as_ref().is_none_or(Metadata::is_file);
        if is_file && before.is_some() && !self.force && !is_ours(&place) {
            return Err(Failure::new(
                format!("`{}` is there already", path.display()),
                "name another file, or replace it with --force",
            ));
        }
        self.read.push(place.clone());
        Ok(Output {
            named: path.to_owned(),
            unfinished: if is_file {
                beside(&place)
            } else {
                place.clone()
            },
            place,
            before,
        })
    }
}

impl Output {
    /// Where to write it; nobody looks there before [`Output::finish`].
    pub fn unfinished(&self) -> &Path {
        &self.unfinished
    }

    /// Writes it whole. A failure of the disk is told with the name of the file, any other as it is.
    pub fn write<E: Into<Failure>>(
        self,
        make: impl FnOnce(&mut BufWriter<Disk>) -> Result<(), E>,
    ) -> Result<(), Failure> {
        let file =
            File::create(&self.unfinished).map_err(|error| unwritten(&self.named, &error))?;
        let mut writer = BufWriter::new(Disk { file, failed: None });
        let made = make(&mut writer).map_err(Into::into);
        let flushed = writer.flush();
        if let Some(error) = writer.get_ref().failed.as_ref() {
            return Err(unwritten(&self.named, error));
        }
        made?;
        flushed.map_err(|error| unwritten(&self.named, &error))?;
        self.finish()
    }

    /// What was written takes its place.
    pub fn finish(self) -> Result<(), Failure> {
        if self.unfinished == self.place {
            return Ok(());
        }
        let done = File::open(&self.unfinished)
            .and_then(|file| file.sync_all())
            .and_then(|()| match &self.before {
                Some(before) => fs::set_permissions(&self.unfinished, before.permissions()),
                None => Ok(()),
            })
            .and_then(|()| fs::rename(&self.unfinished, &self.place));
        done.map_err(|error| unwritten(&self.named, &error))
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if self.unfinished != self.place {
            // It is not there any more where all went well.
            let _ = fs::remove_file(&self.unfinished);
        }
    }
}

/// Why `path` could not be written.
pub fn unwritten(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        format!("cannot write `{}`: {error}", path.display()),
        "check that its folder exists, that you may write there and that the disk is not full",
    )
}

/// The path without links, of a file that need not be there; `None` where its folder is not.
fn whole(path: &Path) -> Option<PathBuf> {
    if let Ok(whole) = path.canonicalize() {
        return Some(whole);
    }
    if path.exists() {
        return Some(path.to_owned()); // a pipe has no path of its own
    }
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    Some(folder.canonicalize().ok()?.join(path.file_name()?))
}

/// True when both names lead to one file.
fn same(place: &Path, other: &Path) -> bool {
    if whole(other).is_some_and(|other| other == place) {
        return true;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let number = |path: &Path| fs::metadata(path).ok().map(|m| (m.dev(), m.ino()));
        number(place).is_some_and(|number_of| number(other) == Some(number_of))
    }
    #[cfg(not(unix))]
    false
}

/// True for an empty file and for one that this program wrote.
fn is_ours(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && (head.is_empty() || export::is_ours(&head) || lexicon::is_compiled(&head))
}

/// A name in the same folder that nobody else uses.
fn beside(place: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(format!(".{}", std::process::id()));
    place.with_file_name(name)
}
