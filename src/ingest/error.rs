//! Why a file or an article in it could not be read.

use std::path::PathBuf;

/// What went wrong, with the file and, for one of many articles, its line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file or folder is not there or may not be read.
    #[error("{}: cannot be read: {source}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A folder without any article.
    #[error("{}: no article in this folder", path.display())]
    EmptyFolder {
        /// Which.
        path: PathBuf,
    },
    /// A file without a word.
    #[error("{name}: empty")]
    Empty {
        /// Which.
        name: String,
    },
    /// Not text.
    #[error("{name}: not text")]
    Binary {
        /// Which.
        name: String,
    },
    /// More than the program takes.
    #[error("{name}: larger than {} MB", limit >> 20)]
    TooLarge {
        /// Which.
        name: String,
        /// The most bytes of one article, unpacked.
        limit: u64,
    },
    /// Not packed, though its name says so, or cut short.
    #[error("{name}: not gzip, or cut short")]
    Packed {
        /// Which.
        name: String,
    },
    /// What was packed breaks off in the middle of many articles.
    #[error("{name}: cut short or damaged behind line {lines}: what follows was not read")]
    CutShort {
        /// Which.
        name: String,
        /// Lines that were read.
        lines: u64,
    },
    /// What is no JSON object.
    #[error("{name}: not JSON: {message}")]
    Json {
        /// File and line.
        name: String,
        /// What the parser says.
        message: String,
    },
    /// A JSON object without the article's words.
    #[error("{name}: no text among the fields {}", fields.join(", "))]
    NoText {
        /// File and line.
        name: String,
        /// The fields it has.
        fields: Vec<String>,
    },
    /// A file of a known format that is not as that format has to be.
    #[error("{name}: broken {format}: {message}")]
    Broken {
        /// File, and which of its articles.
        name: String,
        /// What it should be.
        format: &'static str,
        /// What is wrong.
        message: String,
    },
    /// An archive without a file that can be read.
    #[error("{name}: no article inside")]
    NothingInside {
        /// Which.
        name: String,
    },
    /// A format that the program does not know.
    #[error("{name}: of an unknown format")]
    Unknown {
        /// Which.
        name: String,
    },
    /// A format that another program reads, which is not there.
    #[error("{name}: `{program}` is not installed")]
    NeedsProgram {
        /// Which file.
        name: String,
        /// The program.
        program: &'static str,
    },
}

impl Error {
    /// The kind of trouble, in one or two words, to count by.
    pub fn kind(&self) -> &'static str {
        match self {
            Error::Unreadable { .. } => "unreadable",
            Error::EmptyFolder { .. } => "empty folder",
            Error::Empty { .. } => "empty",
            Error::Binary { .. } => "not text",
            Error::TooLarge { .. } => "too large",
            Error::Packed { .. } | Error::CutShort { .. } => "badly packed",
            Error::Json { .. } => "not JSON",
            Error::NoText { .. } => "without text",
            Error::Broken { .. } => "broken",
            Error::NothingInside { .. } => "without an article",
            Error::Unknown { .. } => "of an unknown format",
            Error::NeedsProgram { .. } => "in need of a program",
        }
    }

    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Error::Unreadable { .. } => "check the path and your right to read it",
            Error::EmptyFolder { .. } => {
                "articles end in .txt .md .html .pdf .docx .jsonl .csv .mbox .zip and others that `docs/commands.md` lists"
            }
            Error::Empty { .. } => "nothing to read; remove it or leave it",
            Error::Binary { .. } => "turn it into text or HTML first",
            Error::TooLarge { .. } => "split it into articles, one a file or one a line of .jsonl",
            Error::Packed { .. } | Error::CutShort { .. } => "pack it again, or fetch it again",
            Error::Json { .. } => {
                "an article is one JSON object: one a line of .jsonl, one or an array in .json"
            }
            Error::Broken { .. } => "fetch or save it again",
            Error::NothingInside { .. } => {
                "put texts, pages or other files of known formats into it"
            }
            Error::Unknown { .. } => {
                "save it as text, HTML or another format that docs/commands.md lists"
            }
            Error::NeedsProgram { .. } => {
                "install poppler-utils, or save the text of the file as .txt"
            }
            Error::NoText { .. } => "say which field holds the article's words: --field text=NAME",
        }
    }
}
