//! SVG, drawn by GraphViz.

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

use super::Error;

/// A comment by which we know our own.
pub(super) const MARK: &str = " Who said what about whom, drawn by sayso ";

/// Draws a DOT file with the program `dot`, where it is installed.
pub fn render(dot: &[u8]) -> Result<Vec<u8>, Error> {
    render_with("dot", dot)
}

/// Draws a DOT file with this program, which takes the options of `dot`.
pub fn render_with(program: &str, dot: &[u8]) -> Result<Vec<u8>, Error> {
    let mut child = Command::new(program)
        .arg("-Tsvg")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| match source.kind() {
            ErrorKind::NotFound => Error::GraphvizMissing,
            _ => failed(&source.to_string()),
        })?;
    let stdin = child.stdin.take();
    let (sent, output) = std::thread::scope(|scope| {
        let sender = scope.spawn(move || match stdin {
            Some(mut stdin) => stdin.write_all(dot),
            None => Ok(()),
        });
        let output = child.wait_with_output();
        (sender.join(), output)
    });
    let output = output.map_err(|source| failed(&source.to_string()))?;
    if !output.status.success() {
        return Err(failed(&String::from_utf8_lossy(&output.stderr)));
    }
    match sent {
        Ok(Ok(())) => Ok(marked(output.stdout)),
        Ok(Err(source)) => Err(failed(&source.to_string())),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

/// The picture with the mark behind its first line, the XML declaration.
fn marked(mut svg: Vec<u8>) -> Vec<u8> {
    if let Some(end) = svg.iter().position(|&byte| byte == b'\n') {
        let comment = format!("<!--{MARK}-->\n");
        svg.splice(end + 1..=end, comment.bytes());
    }
    svg
}

fn failed(message: &str) -> Error {
    Error::GraphvizFailed {
        message: message.trim().to_owned(),
    }
}
