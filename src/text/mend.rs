//! Text as programs leave it, made what its writer wrote: what cannot be seen is taken out of words, ligatures and wide letters
//! become plain ones, words cut at the end of a line are joined, and text that was decoded wrongly once is decoded again.
//! Each byte of what comes out knows which bytes it was made of, so that a span of it can be shown in the text as it was.

use crate::model::Span;

/// A text made readable, and where its bytes were.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The text to be read.
    pub text: String,
    /// For each byte of it where what it was made of starts, and where that ends.
    origins: Vec<(u32, u32)>,
}

impl Mended {
    /// The span of the text as it was that `span` of the mended text was made of.
    pub fn original(&self, span: Span) -> Span {
        let start = self
            .origins
            .get(span.start() as usize)
            .map(|&(start, _)| start);
        let end = match span.is_empty() {
            false => self.origins[..span.end() as usize]
                .last()
                .map(|&(_, end)| end),
            true => start,
        };
        let all = self.origins.last().map_or(0, |&(_, end)| end);
        let start = start.unwrap_or(all);
        Span::new(start, end.unwrap_or(all).max(start))
    }
}

/// `text` mended; `None` where nothing is to be done, as for nearly every text.
pub fn mend(text: &str) -> Option<Mended> {
    let steps: [fn(&str) -> Option<Mended>; 3] = [decoded_again, plain, joined];
    let mut mended: Option<Mended> = None;
    for step in steps {
        let before = mended.as_ref().map_or(text, |mended| &mended.text);
        if let Some(next) = step(before) {
            mended = Some(behind(mended, next));
        }
    }
    mended
}

/// `next` with the places of the text before `first`, which it was made of.
fn behind(first: Option<Mended>, mut next: Mended) -> Mended {
    let Some(first) = first else {
        return next;
    };
    for origin in &mut next.origins {
        let span = first.original(Span::new(origin.0, origin.1));
        *origin = (span.start(), span.end());
    }
    next
}

/// A text that is put together from pieces of another one.
#[derive(Default)]
struct Writer {
    text: String,
    origins: Vec<(u32, u32)>,
}

impl Writer {
    /// Adds `piece`, which stands at byte `at`, as it is.
    fn keep(&mut self, piece: &str, at: usize) {
        let at = at as u32;
        let bytes = 0..piece.len() as u32;
        self.text.push_str(piece);
        self.origins
            .extend(bytes.map(|byte| (at + byte, at + byte + 1)));
    }

    /// Adds `words` for what stands at the bytes `from`.
    fn put(&mut self, words: &str, from: std::ops::Range<usize>) {
        self.text.push_str(words);
        let origin = (from.start as u32, from.end as u32);
        self.origins.extend(words.bytes().map(|_| origin));
    }

    fn mended(self) -> Mended {
        Mended {
            text: self.text,
            origins: self.origins,
        }
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

fn plain(text: &str) -> Option<Mended> {
    if text.is_ascii() || !text.chars().any(is_odd) {
        return None;
    }
    let mut plain = Writer::default();
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let here = at..at + letter.len_utf8();
        match letter {
            // Between letters of other writings, and in emoji, a joiner has its meaning.
            '\u{200C}' | '\u{200D}' => {
                let is_latin =
                    |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && c < '\u{250}');
                let before = plain.text.chars().next_back();
                let next = letters.peek().map(|&(_, letter)| letter);
                if !is_latin(before) || !is_latin(next) {
                    plain.keep(&text[here], at);
                }
            }
            letter if is_unseen(letter) => {}
            '\u{FB00}' => plain.put("ff", here),
            '\u{FB01}' => plain.put("fi", here),
            '\u{FB02}' => plain.put("fl", here),
            '\u{FB03}' => plain.put("ffi", here),
            '\u{FB04}' => plain.put("ffl", here),
            '\u{FB05}' | '\u{FB06}' => plain.put("st", here),
            '\u{FF01}'..='\u{FF5E}' => {
                let code = u32::from(letter) - 0xFF01 + 0x21;
                let narrow = char::from_u32(code).unwrap_or(letter);
                plain.put(narrow.encode_utf8(&mut [0; 4]), here);
            }
            _ => plain.keep(&text[here], at),
        }
    }
    Some(plain.mended())
}

/// Words cut by a hyphen at the end of a line, whole before the break: "Commis-\nsion warned" is "Commission\nwarned".
fn joined(text: &str) -> Option<Mended> {
    if !text.contains("-\n") && !text.contains("-\r\n") {
        return None;
    }
    let mut joined = Writer::default();
    let mut rest = text;
    let place = |rest: &str| text.len() - rest.len();
    while let Some((before, behind)) = rest.split_once('-') {
        let hyphen = place(rest) + before.len();
        joined.keep(before, place(rest));
        rest = behind;
        let Some((line_break, next)) = split_break(behind) else {
            joined.put("-", hyphen..place(behind));
            continue;
        };
        let first = before
            .rsplit(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or_default();
        let second = next
            .split(|c: char| !c.is_alphabetic())
            .next()
            .unwrap_or_default();
        let is_cut = first.chars().nth(1).is_some()
            && second.chars().nth(1).is_some()
            && second.starts_with(char::is_lowercase);
        if !is_cut {
            joined.put("-", hyphen..place(behind));
            continue;
        }
        // A word that has its hyphen elsewhere keeps it.
        if text.contains(&format!("{first}-{second}")) {
            joined.put("-", hyphen..place(behind));
        }
        // What hangs on the word stays with it.
        let word = next.split(char::is_whitespace).next().unwrap_or_default();
        joined.keep(word, place(next));
        let after = next.strip_prefix(word).unwrap_or_default();
        rest = after.trim_start_matches(' ');
        // The line ends behind the word, unless one ends there anyway.
        if split_break(rest).is_none() && !rest.is_empty() {
            joined.put(line_break, place(after)..place(rest));
        }
    }
    joined.keep(rest, place(rest));
    Some(joined.mended())
}

/// The line break that `text` begins with, and what follows.
fn split_break(text: &str) -> Option<(&str, &str)> {
    let next = text
        .strip_prefix("\r\n")
        .or_else(|| text.strip_prefix('\n'))?;
    Some((text.strip_suffix(next)?, next))
}

/// UTF-8 that was read as Windows-1252 and stored so, read rightly: where its quotation marks show it, and where all of a
/// piece can be read back.
fn decoded_again(text: &str) -> Option<Mended> {
    const MARKS: [&str; 4] = ["â€", "Ã©", "Ã¤", "Ã¼"];
    if text.is_ascii() || !MARKS.iter().any(|mark| text.contains(mark)) {
        return None;
    }
    let mut mended = Writer::default();
    let mut at = 0;
    // Piece by piece between plain characters: a right "é" elsewhere is no reason against.
    for piece in text.split_inclusive(|c: char| c.is_ascii()) {
        let odd = piece.trim_end_matches(|c: char| c.is_ascii());
        again(odd, at, &mut mended);
        if let Some(last) = piece.strip_prefix(odd) {
            mended.keep(last, at + odd.len());
        }
        at += piece.len();
    }
    Some(mended.mended())
}

/// Adds `piece`, which stands at byte `at`, read back if that gives UTF-8.
fn again(piece: &str, at: usize, mended: &mut Writer) {
    let bytes: Option<Vec<u8>> = piece.chars().map(byte).collect();
    let Some(right) = bytes.and_then(|bytes| String::from_utf8(bytes).ok()) else {
        mended.keep(piece, at);
        return;
    };
    // Each character is as many characters in the text as it has bytes.
    let mut wrong = piece.char_indices().map(|(byte, _)| at + byte);
    let mut start = wrong.next().unwrap_or(at);
    for letter in right.chars() {
        let end = wrong.nth(letter.len_utf8() - 1).unwrap_or(at + piece.len());
        mended.put(letter.encode_utf8(&mut [0; 4]), start..end);
        start = end;
    }
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
