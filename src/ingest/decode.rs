//! Bytes to text: UTF-8 as it stands, else by mark, declaration or guess. Never fails.

use encoding_rs::Encoding;

/// True for what is no text: zero bytes without a byte order mark of UTF-16 or UTF-32.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let is_marked = bytes.starts_with(&[0xFF, 0xFE])
        || bytes.starts_with(&[0xFE, 0xFF])
        || bytes.starts_with(UTF_32_BE);
    let head = &bytes[..bytes.len().min(8192)];
    !is_marked && head.contains(&0) || head.starts_with(b"%PDF-") || head.starts_with(b"PK\x03\x04")
}

/// True when no word is there.
pub(super) fn is_blank(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    bytes.iter().all(u8::is_ascii_whitespace)
}

/// The text, and the name of its encoding where that is not UTF-8; `declared` is the name that the file states.
pub(super) fn text(bytes: Vec<u8>, declared: Option<&str>) -> (String, Option<&'static str>) {
    // Before UTF-16, whose mark begins that of UTF-32.
    if let Some(rest) = bytes.strip_prefix(UTF_32_LE) {
        return (utf_32(rest, u32::from_le_bytes), Some("UTF-32LE"));
    }
    if let Some(rest) = bytes.strip_prefix(UTF_32_BE) {
        return (utf_32(rest, u32::from_be_bytes), Some("UTF-32BE"));
    }
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        let text = encoding.decode_without_bom_handling(&bytes[length..]).0;
        return (text.into_owned(), other(encoding));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(error) => error.into_bytes(),
    };
    if is_mostly_utf8(&bytes) {
        return (
            String::from_utf8_lossy(&bytes).into_owned(),
            Some(BROKEN_UTF8),
        );
    }
    let encoding = declared
        .and_then(|name| Encoding::for_label(name.as_bytes()))
        .filter(|&encoding| encoding != encoding_rs::UTF_8)
        .unwrap_or_else(|| {
            let mut detector =
                chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(&bytes[..bytes.len().min(1 << 16)], true);
            detector.guess(None, chardetng::Utf8Detection::Deny)
        });
    let text = encoding.decode_without_bom_handling(&bytes).0.into_owned();
    (text, other(encoding))
}

/// The text of a page, whose head may state the encoding.
pub(super) fn text_of_html(bytes: Vec<u8>) -> (String, Option<&'static str>) {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let declared = head.split_once("charset=").map(|(_, rest)| {
        rest.trim_start_matches(['"', '\''])
            .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
            .next()
            .unwrap_or_default()
            .to_owned()
    });
    text(bytes, declared.as_deref())
}

/// The byte order marks of UTF-32.
const UTF_32_LE: &[u8] = &[0xFF, 0xFE, 0, 0];
const UTF_32_BE: &[u8] = &[0, 0, 0xFE, 0xFF];

/// Four bytes a character; what is none, or not whole, becomes U+FFFD.
fn utf_32(bytes: &[u8], number: fn([u8; 4]) -> u32) -> String {
    let (characters, rest) = bytes.as_chunks::<4>();
    let characters = characters.iter().map(|&four| char::from_u32(number(four)));
    let rest = (!rest.is_empty()).then_some(None);
    let all = characters.chain(rest);
    all.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

/// UTF-8 with bytes that are none, each of which became U+FFFD.
const BROKEN_UTF8: &str = "UTF-8 with invalid bytes";

fn other(encoding: &'static Encoding) -> Option<&'static str> {
    (encoding != encoding_rs::UTF_8).then(|| encoding.name())
}

/// True for UTF-8 with a few bad bytes: most of what lies outside ASCII is well formed.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > 2 * bad
}
