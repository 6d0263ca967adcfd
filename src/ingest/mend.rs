//! Text as programs leave it, made what its writer wrote: what cannot be seen is taken out of words, ligatures and wide letters
//! become plain ones, words cut at the end of a line are joined, and text that was decoded wrongly once is decoded again.
//! What is stored, and what all offsets count in, is the mended text.

use std::borrow::Cow;

/// `text` mended; nearly every text stays as it is.
pub(super) fn mend(text: String) -> String {
    let text = decoded_again(text);
    let text = match text.chars().any(is_odd) {
        true => plain(&text),
        false => text,
    };
    match joined(&text) {
        Cow::Owned(joined) => joined,
        Cow::Borrowed(_) => text,
    }
}

/// Soft hyphens, joiners and spaces of no width, marks of byte order; ligatures; letters and marks as wide as ideographs.
fn is_odd(c: char) -> bool {
    is_unseen(c) || matches!(c, '\u{FB00}'..='\u{FB06}' | '\u{FF01}'..='\u{FF5E}')
}

fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}'
    )
}

fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            // Between letters of other writings, and in emoji, a joiner has its meaning.
            '\u{200C}' | '\u{200D}' => {
                let is_latin =
                    |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{250}');
                let before = plain.chars().next_back();
                if !is_latin(before) || !is_latin(letters.peek().copied()) {
                    plain.push(letter);
                }
            }
            letter if is_unseen(letter) => {}
            '\u{FB00}' => plain.push_str("ff"),
            '\u{FB01}' => plain.push_str("fi"),
            '\u{FB02}' => plain.push_str("fl"),
            '\u{FB03}' => plain.push_str("ffi"),
            '\u{FB04}' => plain.push_str("ffl"),
            '\u{FB05}' | '\u{FB06}' => plain.push_str("st"),
            '\u{FF01}'..='\u{FF5E}' => {
                let code = u32::from(letter) - 0xFF01 + 0x21;
                plain.push(char::from_u32(code).unwrap_or(letter));
            }
            letter => plain.push(letter),
        }
    }
    plain
}

/// Words cut by a hyphen at the end of a line, whole before the break: "Commis-\nsion warned" is "Commission\nwarned".
fn joined(text: &str) -> Cow<'_, str> {
    if !text.contains("-\n") && !text.contains("-\r\n") {
        return Cow::Borrowed(text);
    }
    let mut joined = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('-') {
        let (before, behind) = (&rest[..at], &rest[at + 1..]);
        let line_break = ["\r\n", "\n"]
            .into_iter()
            .find(|line_break| behind.starts_with(line_break));
        let Some(line_break) = line_break else {
            joined.push_str(&rest[..=at]);
            rest = behind;
            continue;
        };
        joined.push_str(before);
        let next = &behind[line_break.len()..];
        let end = next
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(next.len());
        let start = joined
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |at| at + 1);
        let start = (start..joined.len()).find(|&at| joined.is_char_boundary(at));
        let (first, second) = (start.map_or("", |at| &joined[at..]), &next[..end]);
        let is_cut = first.chars().count() > 1
            && second.chars().count() > 1
            && second.starts_with(char::is_lowercase);
        if !is_cut {
            joined.push('-');
            joined.push_str(line_break);
            rest = next;
            continue;
        }
        // A word that has its hyphen elsewhere keeps it.
        let compound = format!("{first}-{second}");
        if text.contains(&compound) {
            joined.push('-');
        }
        // What hangs on the word stays with it.
        let marks = next.find(char::is_whitespace).unwrap_or(next.len());
        joined.push_str(&next[..marks]);
        rest = next[marks..].trim_start_matches(' ');
        joined.push_str(line_break);
    }
    joined.push_str(rest);
    Cow::Owned(joined)
}

/// UTF-8 that was read as Windows-1252 and stored so, read rightly: where its quotation marks show it, and where all of a
/// piece can be read back.
fn decoded_again(text: String) -> String {
    const MARKS: [&str; 4] = ["â€", "Ã©", "Ã¤", "Ã¼"];
    if !MARKS.iter().any(|mark| text.contains(mark)) {
        return text;
    }
    let mut mended = String::with_capacity(text.len());
    // Piece by piece between plain characters: a right "é" elsewhere is no reason against.
    let mut piece = String::new();
    for letter in text.chars() {
        if letter.is_ascii() {
            flush(&mut piece, &mut mended);
            mended.push(letter);
        } else {
            piece.push(letter);
        }
    }
    flush(&mut piece, &mut mended);
    mended
}

/// Adds `piece`, read back if that gives UTF-8, and empties it.
fn flush(piece: &mut String, mended: &mut String) {
    let bytes: Option<Vec<u8>> = piece.chars().map(byte).collect();
    let read_back = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    mended.push_str(read_back.as_deref().unwrap_or(piece));
    piece.clear();
}

/// The byte that Windows-1252 shows as `letter`.
fn byte(letter: char) -> Option<u8> {
    let code = u32::from(letter);
    if code < 0x100 && !(0x80..0xA0).contains(&code) {
        return u8::try_from(code).ok();
    }
    // Bytes that the encoding leaves open came through as control characters.
    (0x80..=0x9Fu8).find(|&byte| {
        encoding_rs::WINDOWS_1252
            .decode_without_bom_handling(&[byte])
            .0
            .starts_with(letter)
    })
}
