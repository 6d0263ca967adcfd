//! The one place where bytes become code points and back.

use super::Span;

/// Code-point offsets of one text: what `substr()` in SQLite and a slice in Python count.
///
/// A checkpoint every 128 bytes keeps a conversion to a short scan, whatever the length of the text.
#[derive(Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    checkpoints: Vec<u32>,
    ascii: bool,
}

const STEP: usize = 128;

impl<'a> CodePoints<'a> {
    /// Prepares the conversion for `text`.
    pub fn new(text: &'a str) -> CodePoints<'a> {
        if text.is_ascii() {
            return CodePoints {
                text,
                checkpoints: Vec::new(),
                ascii: true,
            };
        }
        let mut checkpoints = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0u32;
        for block in text.as_bytes().chunks(STEP) {
            checkpoints.push(count);
            count += starts(block);
        }
        CodePoints {
            text,
            checkpoints,
            ascii: false,
        }
    }

    /// Code points before the byte offset `byte`.
    pub fn at(&self, byte: u32) -> u32 {
        if self.ascii {
            return byte;
        }
        let byte = byte as usize;
        let block = (byte / STEP).min(self.checkpoints.len().saturating_sub(1));
        let before = self.checkpoints.get(block).copied().unwrap_or(0);
        before + starts(&self.text.as_bytes()[block * STEP..byte])
    }

    /// The span as half-open code points.
    pub fn of(&self, span: Span) -> (u32, u32) {
        (self.at(span.start()), self.at(span.end()))
    }

    /// The byte offset of the code point `point`; the length of the text when it lies past the end.
    pub fn byte(&self, point: u32) -> u32 {
        if self.ascii {
            return point.min(self.text.len() as u32);
        }
        let block = self.checkpoints.partition_point(|&c| c <= point).max(1) - 1;
        let mut left = point - self.checkpoints.get(block).copied().unwrap_or(0);
        for (i, &byte) in self.text.as_bytes().iter().enumerate().skip(block * STEP) {
            if byte & 0xC0 != 0x80 {
                if left == 0 {
                    return i as u32;
                }
                left -= 1;
            }
        }
        self.text.len() as u32
    }
}

/// Code points that start in `bytes`.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32
}
