//! What is wrong in a gold file or a file of records, and how to mend it.

use std::fmt;

/// One fault of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, as the user would open it.
    pub file: String,
    /// Line number, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub what: String,
    /// How to mend it.
    pub help: String,
}

/// All faults of the files of an evaluation.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct Faults(pub Vec<Fault>);

impl Faults {
    /// How many there are.
    pub fn heading(&self) -> String {
        match self.0.len() {
            1 => "1 fault in the files to evaluate".to_owned(),
            n => format!("{n} faults in the files to evaluate"),
        }
    }

    /// One more; line 0 stands for the whole file.
    pub fn add(
        &mut self,
        file: &str,
        line: usize,
        what: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.0.push(Fault {
            file: file.to_owned(),
            line,
            what: what.into(),
            help: help.into(),
        });
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.what)?,
            line => write!(f, "{}:{line}: {}", self.file, self.what)?,
        }
        write!(f, "\n  help: {}", self.help)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.heading())?;
        self.0.iter().try_for_each(|fault| write!(f, "\n{fault}"))
    }
}
