//! What the command line tells when something goes wrong.

use crate::{export, lexicon, store};

/// Why a command failed, and what to do about it.
#[derive(Debug)]
pub struct Failure {
    /// What went wrong: lower case, no period.
    pub what: String,
    /// Each fault, where there are several.
    pub faults: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Failure {
    /// A failure with help.
    pub fn new(what: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure {
            what: what.into(),
            faults: Vec::new(),
            help: Some(help.into()),
        }
    }

    /// True for a reader that went away, which is no failure.
    pub fn is_closed_pipe(&self) -> bool {
        self.what == CLOSED_PIPE
    }
}

const CLOSED_PIPE: &str = "closed pipe";

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Failure {
        Failure::new(error.to_string(), error.help())
    }
}

impl From<lexicon::Error> for Failure {
    fn from(error: lexicon::Error) -> Failure {
        if let lexicon::Error::Faults(faults) = &error {
            return Failure {
                what: error.to_string(),
                faults: faults.iter().map(ToString::to_string).collect(),
                help: None,
            };
        }
        let cause = std::error::Error::source(&error).map(|cause| format!(": {cause}"));
        Failure {
            what: format!("{error}{}", cause.unwrap_or_default()),
            faults: Vec::new(),
            help: error.help().map(str::to_owned),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Failure {
                what: CLOSED_PIPE.to_owned(),
                faults: Vec::new(),
                help: None,
            };
        }
        Failure::new(
            format!("cannot write: {error}"),
            "check that the disk is not full",
        )
    }
}

impl From<export::Error> for Failure {
    fn from(error: export::Error) -> Failure {
        let help = error.help().map(str::to_owned);
        match error {
            export::Error::Write { source } => source.into(),
            other => Failure {
                what: other.to_string(),
                faults: Vec::new(),
                help,
            },
        }
    }
}
