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
    #[error("{name}: larger than {limit} bytes")]
    TooLarge {
        /// Which.
        name: String,
        /// The most bytes, unpacked.
        limit: u64,
    },
    /// A line that is no JSON object.
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
}

impl Error {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self {
            Error::Unreadable { .. } => "check the path and your right to read it",
            Error::EmptyFolder { .. } => {
                "articles end in .txt .md .html .htm .jsonl .ndjson, or one of these and .gz"
            }
            Error::Empty { .. } => "nothing to read; remove it or leave it",
            Error::Binary { .. } => "turn it into text or HTML first",
            Error::TooLarge { .. } => "split it into articles, one a file or one a line of .jsonl",
            Error::Json { .. } => "each line of .jsonl is one JSON object",
            Error::NoText { .. } => "say which field holds the article's words: --field text=NAME",
        }
    }
}
