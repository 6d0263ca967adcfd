//! Bytes to text: UTF-8 as it stands, else by mark, declaration or guess. Never fails.

use encoding_rs::Encoding;

/// True for what is no text: zero bytes without a byte order mark of UTF-16.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    let head = &bytes[..bytes.len().min(8192)];
    !utf16 && head.contains(&0) || head.starts_with(b"%PDF-") || head.starts_with(b"PK\x03\x04")
}

/// The text; `declared` is the name of an encoding that the file states.
pub(super) fn text(bytes: Vec<u8>, declared: Option<&str>) -> String {
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        return encoding
            .decode_without_bom_handling(&bytes[length..])
            .0
            .into_owned();
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return text,
        Err(error) => error.into_bytes(),
    };
    let encoding = declared
        .and_then(|name| Encoding::for_label(name.as_bytes()))
        .unwrap_or_else(|| {
            let mut detector =
                chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(&bytes[..bytes.len().min(1 << 16)], true);
            detector.guess(None, chardetng::Utf8Detection::Allow)
        });
    encoding.decode_without_bom_handling(&bytes).0.into_owned()
}

/// The text of a page, whose head may state the encoding.
pub(super) fn text_of_html(bytes: Vec<u8>) -> String {
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
