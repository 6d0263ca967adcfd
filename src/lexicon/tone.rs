//! Tones: what a word does to the content it stands in.
//!
//! `tones.tsv` gives each word one of them.

/// What a word does to the content it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Speaks ill.
    Negative,
    /// Speaks well.
    Positive,
    /// Says that it is not so.
    Denial,
    /// Says that it ought to be.
    Obligation,
    /// Says that it will be, as a plan or a promise may: "will".
    Future,
    /// Says that it may be: "could", "is likely".
    Prediction,
    /// Says that somebody did wrong.
    Accusation,
    /// Finds fault.
    Criticism,
    /// Finds good.
    Praise,
    /// Says what will follow if others act.
    Threat,
    /// Says nothing, though a part of it would: "state of emergency".
    Plain,
}

impl Tone {
    /// All tones.
    pub const ALL: [Tone; 11] = [
        Tone::Negative,
        Tone::Positive,
        Tone::Denial,
        Tone::Obligation,
        Tone::Future,
        Tone::Prediction,
        Tone::Accusation,
        Tone::Criticism,
        Tone::Praise,
        Tone::Threat,
        Tone::Plain,
    ];

    /// The name that the lists use.
    pub const fn name(self) -> &'static str {
        match self {
            Tone::Negative => "negative",
            Tone::Positive => "positive",
            Tone::Denial => "denial",
            Tone::Obligation => "obligation",
            Tone::Future => "future",
            Tone::Prediction => "prediction",
            Tone::Accusation => "accusation",
            Tone::Criticism => "criticism",
            Tone::Praise => "praise",
            Tone::Threat => "threat",
            Tone::Plain => "plain",
        }
    }
}
