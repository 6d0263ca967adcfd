//! Ids that last: the same for the same article wherever it lies, in whatever order and however often it is read.

use std::fmt;
use std::str::FromStr;

/// Which article it is, wherever it lies and whatever its file is called: made of its text and of what it says of itself.
///
/// Shown as 14 hexadecimal digits. Two of a million articles share them once in 140,000 times, two of ten million once in
/// 1,400; the store tells when they do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(u64);

/// Which statement it is: the document, and the code point at which its cue begins, or else its content.
///
/// Shown as `7f3a91c2d0b4e6-1530`; the second that begins there is `7f3a91c2d0b4e6-1530.2`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementId {
    /// The article.
    pub document: DocumentId,
    /// Where in it.
    pub place: StatementPlace,
}

/// Where a statement stands in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementPlace {
    /// The code point at which its cue begins, or else its content.
    pub start: u32,
    /// Which of those that begin there, from 1.
    pub nth: u32,
}

/// Words that are no id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct ParseIdError;

/// Hexadecimal digits of a document's id.
pub const DIGITS: usize = 14;

impl DocumentId {
    /// The id that a hash begins with.
    pub fn of_hash(hash: &[u8]) -> DocumentId {
        let bytes = hash.iter().take(DIGITS / 2);
        DocumentId(bytes.fold(0, |id, &byte| id << 8 | u64::from(byte)))
    }
}

impl Default for StatementPlace {
    fn default() -> StatementPlace {
        StatementPlace { start: 0, nth: 1 }
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:014x}", self.0)
    }
}

impl fmt::Display for StatementPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.nth {
            1 => write!(f, "{}", self.start),
            nth => write!(f, "{}.{nth}", self.start),
        }
    }
}

impl fmt::Display for StatementId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.document, self.place)
    }
}

impl FromStr for DocumentId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<DocumentId, ParseIdError> {
        if text.len() != DIGITS || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(ParseIdError);
        }
        let number = u64::from_str_radix(text, 16).map_err(|_| ParseIdError)?;
        Ok(DocumentId(number))
    }
}

impl FromStr for StatementPlace {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<StatementPlace, ParseIdError> {
        let number = |digits: &str| match digits.bytes().all(|b| b.is_ascii_digit()) {
            true => digits.parse::<u32>().map_err(|_| ParseIdError),
            false => Err(ParseIdError),
        };
        match text.split_once('.') {
            None => Ok(StatementPlace {
                start: number(text)?,
                nth: 1,
            }),
            Some((start, nth)) => Ok(StatementPlace {
                start: number(start)?,
                nth: number(nth)?,
            }),
        }
    }
}

impl FromStr for StatementId {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<StatementId, ParseIdError> {
        let (document, place) = text.split_once('-').ok_or(ParseIdError)?;
        Ok(StatementId {
            document: document.parse()?,
            place: place.parse()?,
        })
    }
}
