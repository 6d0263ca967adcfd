//! Text for people's eyes: what would steer a terminal, or hide, is shown instead of obeyed.
//!
//! Data keep the exact text: [`to_json`] writes the same characters as `\u` escapes, which mean the same to a program.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// True for a character that steers a terminal, turns the direction of what follows, ends a line unseen or takes no room.
/// Not for a line feed and a tab.
pub fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => true, // controls
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => {
            true // directions
        }
        '\u{2028}' | '\u{2029}' => true, // ends of lines
        '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' => true,
        '\u{200b}'..='\u{200d}'
        | '\u{2060}'..='\u{2065}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}' => true,
        '\u{fff0}'..='\u{fffb}'
        | '\u{fffe}'
        | '\u{ffff}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' => true,
        '\u{e0000}'..='\u{e0fff}' => true, // tags
        _ => false,
    }
}

/// `text` with hidden characters as pictures (`␛`) or as their numbers (`\u{202e}`); lines stay lines.
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if !is_hidden(c) => shown.push(c),
            '\0'..='\u{1f}' => shown.extend(char::from_u32(0x2400 + u32::from(c))),
            '\u{7f}' => shown.push('␡'),
            c => {
                let _ = write!(shown, "\\u{{{:x}}}", u32::from(c)); // a String takes all
            }
        }
    }
    Cow::Owned(shown)
}

/// The same on one line: ends of lines and tabs become spaces.
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.contains(['\n', '\r', '\t']) {
        return shown(text);
    }
    let spaces = text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ");
    Cow::Owned(shown(&spaces).into_owned())
}

/// Writes JSON whose strings hide nothing: a hidden character is an escape.
pub fn to_json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    let mut serializer = Serializer::with_formatter(out, Escaped);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// serde_json's compact form with more escapes.
struct Escaped;

impl Formatter for Escaped {
    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        out: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        // Bytes below 0x7f need no look: serde_json escapes the controls among them itself.
        if !fragment.bytes().any(|byte| byte >= 0x7f) {
            return out.write_all(fragment.as_bytes());
        }
        for part in fragment.split_inclusive(is_hidden) {
            let mut chars = part.chars();
            match chars.next_back() {
                Some(c) if is_hidden(c) => {
                    out.write_all(chars.as_str().as_bytes())?;
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        write!(out, "\\u{unit:04x}")?;
                    }
                }
                _ => out.write_all(part.as_bytes())?,
            }
        }
        Ok(())
    }
}
