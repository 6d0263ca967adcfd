//! Entities of HTML, read as leniently as browsers do.

use quick_xml::escape::resolve_html5_entity;

/// Named entities that stand without a semicolon.
const BARE: [&str; 8] = ["amp", "nbsp", "quot", "lt", "gt", "mdash", "ndash", "rsquo"];

/// `text` with its entities decoded, twice where they were encoded twice; what is none stays.
pub(in crate::ingest) fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let once = pass(text);
    match once.contains('&') && once.contains(';') {
        true => pass(&once),
        false => once,
    }
}

fn pass(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        match entity(rest) {
            Some((words, length)) => {
                decoded.push_str(&words);
                rest = &rest[length..];
            }
            None => {
                decoded.push('&');
                rest = &rest[1..];
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

/// What the entity at the start of `text` stands for, and its length.
fn entity(text: &str) -> Option<(String, usize)> {
    let name = &text[1..];
    let length = name
        .bytes()
        .take(32)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    let (name, closed) = (&name[..length], name[length..].starts_with(';'));
    let whole = 1 + length + usize::from(closed);
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((character(code)?.to_string(), whole));
    }
    if closed {
        return Some((resolve_html5_entity(name)?.to_owned(), whole));
    }
    let bare = BARE.iter().find(|bare| **bare == name)?;
    Some((resolve_html5_entity(bare)?.to_owned(), whole))
}

/// Numbers of the old Windows encoding stand for its characters.
fn character(code: u32) -> Option<char> {
    if let (0x80..=0x9F, Ok(byte)) = (code, u8::try_from(code)) {
        return encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next();
    }
    char::from_u32(code).filter(|c| *c != '\0')
}
