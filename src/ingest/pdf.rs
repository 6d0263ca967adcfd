//! The text layer of PDF files, by the system's `pdftotext` (poppler), where it is installed.

use std::io::Write;
use std::process::{Command, Stdio};

use super::Error;

const PROGRAM: &str = "pdftotext";

/// The text of the file `bytes`.
pub(super) fn text(name: &str, bytes: &[u8]) -> Result<String, Error> {
    let broken = |message: String| Error::Broken {
        name: name.to_owned(),
        format: "PDF",
        message,
    };
    let spawned = Command::new(PROGRAM)
        .args(["-q", "-enc", "UTF-8", "-eol", "unix", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut program = spawned.map_err(|_| Error::NeedsProgram {
        name: name.to_owned(),
        program: PROGRAM,
    })?;
    let stdin = program.stdin.take();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that stops early says why itself.
            let _ = stdin.map(|mut stdin| stdin.write_all(bytes));
        });
        program.wait_with_output()
    });
    let output = output.map_err(|error| broken(error.to_string()))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let first = said.lines().next().unwrap_or("no text").to_owned();
        return Err(broken(first));
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    match text.trim().is_empty() {
        true => Err(broken("no text layer: the pages are pictures".to_owned())),
        false => Ok(joined(&text)),
    }
}

/// Paragraphs on one line each: a line that goes on and a word cut at its end are joined; page breaks end no paragraph that
/// goes on.
fn joined(text: &str) -> String {
    let text = text.replace("\u{c}", "\n");
    let widths = || text.lines().map(|line| line.trim().chars().count());
    let widest = widths().max().unwrap_or(0).min(120);
    let mut paragraphs: Vec<String> = vec![String::new()];
    let mut blank = false;
    let mut last_was_short = false;
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            blank = true;
            continue;
        }
        let goes_on = line.starts_with(char::is_lowercase);
        let open = paragraphs.last().is_some_and(|text| {
            !text.ends_with(['.', '!', '?', ':', '”', '"']) && !text.is_empty()
        });
        let new = if blank {
            !(goes_on && open)
        } else {
            last_was_short && !(goes_on && open)
        };
        if new {
            paragraphs.push(String::new());
        }
        if let Some(text) = paragraphs.last_mut() {
            let before = text
                .strip_suffix('-')
                .filter(|text| goes_on && text.ends_with(char::is_alphabetic));
            if let Some(length) = before.map(str::len) {
                text.truncate(length);
            } else if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(line);
        }
        last_was_short = line.chars().count() * 2 < widest;
        blank = false;
    }
    paragraphs.retain(|text| !text.is_empty());
    paragraphs.join("\n\n")
}
