//! Data files to a lexicon.

/// What words mean.
#[derive(Debug, Default)]
pub struct Lexicon {
    fingerprint: String,
}

impl Lexicon {
    /// The lexicon compiled into the program.
    pub fn builtin() -> Lexicon {
        Lexicon::default()
    }

    /// SHA-256 over all data files: two runs with the same fingerprint read text alike.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}
