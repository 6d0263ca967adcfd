//! Which language an article is in: what its page declares, checked against the whole text.

use crate::model::Document;

/// Bytes of a piece, and the fewest by which a language can be told.
const PIECE: usize = 500;
const SHORTEST: usize = 200;

/// The language of `document` where it is not `own`, an ISO 639-1 and an ISO 639-3 code; `is_own` says whether a piece of text
/// is plainly in that language.
pub fn other_language(
    document: &Document,
    own: [&str; 2],
    is_own: impl Fn(&str) -> bool,
) -> Option<String> {
    let text = document.text();
    let pieces = pieces(text);
    let owns = pieces.iter().filter(|piece| is_own(piece)).count();
    if owns * 2 > pieces.len() {
        return None;
    }
    let declared = document.meta.language.as_deref();
    if let Some(declared) = declared.filter(|tag| !tag.is_empty() && !own.contains(tag)) {
        // Templates declare a language that nobody looks at: what is plainly another is read all the same.
        let is_short = pieces.is_empty() && is_own(text);
        return (!is_short).then(|| declared.to_owned());
    }
    let found = pieces.iter().map(|piece| told(piece));
    let mut others: Vec<&str> = found.flatten().filter(|code| !own.contains(code)).collect();
    others.sort_unstable();
    let most = others
        .chunk_by(|a, b| a == b)
        .max_by_key(|chunk| chunk.len())?;
    (most.len() * 2 > pieces.len()).then(|| most[0].to_owned())
}

/// Pieces of the text by which its language is told: one of its middle, three of a long one.
fn pieces(text: &str) -> Vec<&str> {
    let at = |byte: usize| {
        (byte..=text.len())
            .find(|&b| text.is_char_boundary(b))
            .unwrap_or(text.len())
    };
    let piece = |middle: usize| {
        let end = (middle + PIECE / 2).min(text.len());
        &text[at(middle.saturating_sub(PIECE / 2))..at(end)]
    };
    match text.len() {
        length if length < SHORTEST => Vec::new(),
        length if length < 6 * PIECE => vec![piece(length / 2)],
        length => vec![piece(length / 6), piece(length / 2), piece(length / 6 * 5)],
    }
}

/// The language of a piece of text by its ISO 639-3 code, where it can be told reliably.
fn told(piece: &str) -> Option<&'static str> {
    let info = whatlang::detect(piece)?;
    info.is_reliable().then(|| info.lang().code())
}
