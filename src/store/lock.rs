//! One build at a time: a file beside the database that a build holds, and that is gone afterwards.
//!
//! The system lets go of it when a build is killed, so a file that was left behind keeps nobody waiting.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Error;

/// How often a build that waits looks again.
const AGAIN: Duration = Duration::from_millis(100);

/// Held as long as a build goes on.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    path: PathBuf,
}

impl Lock {
    /// Takes the lock of `database`. While another build has it, `waiting` is asked, first with `true`, whether to go on
    /// waiting; `None`: no.
    pub fn take(
        database: &Path,
        mut waiting: impl FnMut(bool) -> bool,
    ) -> Result<Option<Lock>, Error> {
        let mut name = database.as_os_str().to_owned();
        name.push("-build");
        let path = PathBuf::from(name);
        let failed = |source| Error::Lock {
            path: database.to_owned(),
            source,
        };
        let mut first = true;
        loop {
            let file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)
                .map_err(failed)?;
            match file.try_lock() {
                // Whoever had it before may have put the file away in between: then this lock keeps nobody out.
                Ok(()) if is_at(&file, &path) => return Ok(Some(Lock { file, path })),
                Ok(()) => continue,
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(source)) => return Err(failed(source)),
            }
            if !waiting(std::mem::take(&mut first)) {
                return Ok(None);
            }
            std::thread::sleep(AGAIN);
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A file that stays is in nobody's way.
        let _ = std::fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

/// True for the file that stands at `path` now.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let place = |meta: std::fs::Metadata| (meta.dev(), meta.ino());
    let (held, there) = (
        file.metadata().map(place),
        std::fs::metadata(path).map(place),
    );
    matches!((held, there), (Ok(held), Ok(there)) if held == there)
}

/// Elsewhere a file that is open is not put away.
#[cfg(not(unix))]
fn is_at(_: &File, path: &Path) -> bool {
    path.exists()
}
