//! The one place that prints. Whatever comes from outside, be it a name, a path, an article's words or an argument, is shown
//! here and never obeyed: no text steers the terminal.
//!
//! Standard output is an [`Out`]: what is written to it is for people; what programs read goes through [`Out::data`].
//! Standard error is [`tell`].

use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::time::Duration;

use comfy_table::Table;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

pub use crate::export::plain::{line, shown};

/// Standard output.
pub struct Out {
    inner: BufWriter<StdoutLock<'static>>,
    is_terminal: bool,
}

/// Standard output for bytes that programs read: exact, but where a terminal would read them.
pub struct Data<'o>(&'o mut Out);

impl Out {
    /// Standard output, until it is dropped.
    pub fn new() -> Out {
        let stdout = io::stdout().lock();
        Out {
            is_terminal: stdout.is_terminal(),
            inner: BufWriter::new(stdout),
        }
    }

    /// For data formats.
    pub fn data(&mut self) -> Data<'_> {
        Data(self)
    }
}

impl Write for Out {
    /// Takes whole strings, as `write!` hands them over.
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        let whole = String::from_utf8_lossy(text);
        self.inner.write_all(shown(&whole).as_bytes())?;
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Write for Data<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.is_terminal {
            self.0.write(bytes)
        } else {
            self.0.inner.write(bytes)
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Writes a line, or several, to standard error.
pub fn tell(what: impl Display) {
    // Nobody is left to tell if standard error fails.
    let _ = writeln!(io::stderr().lock(), "{}", shown(&what.to_string()));
}

/// What clap says: help as it is, faults with the arguments shown.
pub fn tell_usage(error: &clap::Error) {
    if error.use_stderr() {
        let text = error.render().to_string();
        tell(text.trim_end());
    } else {
        // Help holds nothing from outside, and keeps its colours.
        let _ = error.print();
    }
}

/// Width of the lines where no terminal tells another.
const WIDTH: u16 = 120;

/// Columns of the terminal; where there is none, what COLUMNS says, else those of a page.
pub fn width() -> u16 {
    let stated = std::env::var("COLUMNS").ok().and_then(|n| n.parse().ok());
    if !io::stdout().is_terminal() {
        return stated.unwrap_or(WIDTH).clamp(40, 200);
    }
    Table::new().width().unwrap_or(WIDTH).clamp(40, 200)
}

/// A bar for so many bytes, on a terminal only.
pub fn progress_bar(bytes: impl FnOnce() -> u64) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(bytes()), ProgressDrawTarget::stderr());
    let style =
        ProgressStyle::with_template("{bar:30} {bytes} of {total_bytes}, {msg}, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
