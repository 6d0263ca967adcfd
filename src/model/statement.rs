//! Who said what about whom.

use std::fmt;
use std::str::FromStr;

use super::{Date, Provenance, Span};

/// One attribution: a source, a cue and a content, with what they mean. Entities are indices into
/// `Analysis::entities`, `parent` into `Analysis::statements`.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Who said it; `None`: the text names nobody ("it was reported that").
    pub source: Option<Source>,
    /// The words that signal it; `None` in a quotation that goes on.
    pub cue: Option<CueUse>,
    /// What was said, in text order; never empty.
    pub content: Vec<Span>,
    /// Quoted, paraphrased or both.
    pub kind: ContentKind,
    /// What the source does by saying it.
    pub act: Act,
    /// The attribution itself is negated: "did not say that".
    pub negated: bool,
    /// How it stands: said at first hand, denied, or only supposed.
    pub standing: Standing,
    /// To whom it was said.
    pub addressees: Vec<usize>,
    /// Who and what the content mentions.
    pub about: Vec<usize>,
    /// At whom the act is directed: two at most.
    pub targets: Vec<Target>,
    /// The source's stance towards the targets.
    pub polarity: Polarity,
    /// The statement whose content holds this one.
    pub parent: Option<usize>,
    /// Day of the saying.
    pub said_on: Option<Date>,
    /// How sure the rule is, 0 to 1.
    pub confidence: f32,
    /// Why.
    pub provenance: Provenance,
}

/// The source of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The entity, where it is known.
    pub entity: Option<usize>,
    /// The noun phrase that names it: here, or in the earlier attribution that this one goes on from.
    pub span: Option<Span>,
    /// The quotation goes on after an earlier attribution, where `span` stands.
    pub continued: bool,
}

/// A cue at work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CueUse {
    /// The verb group, noun or phrase as it stands.
    pub span: Span,
    /// Its base form.
    pub lemma: String,
}

/// At whom an act is directed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// Index into `Analysis::entities`.
    pub entity: usize,
    /// The source's stance towards it.
    pub polarity: Polarity,
}

/// The name read is none of the known ones.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown {what} `{name}`")]
pub struct ParseNameError {
    /// What was expected: "act", "polarity".
    pub what: &'static str,
    /// What stood there.
    pub name: String,
}

/// An enum whose variants have one stable name each, for every input and output.
macro_rules! named {
    ($(#[$doc:meta])* $what:literal $type:ident { $($(#[$vdoc:meta])* $variant:ident = $name:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $type { $($(#[$vdoc])* $variant,)+ }

        impl $type {
            /// All variants, in the order of the documentation.
            pub const ALL: &'static [$type] = &[$($type::$variant),+];

            /// The stable name.
            pub const fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.name())
            }
        }

        impl FromStr for $type {
            type Err = ParseNameError;
            fn from_str(name: &str) -> Result<$type, ParseNameError> {
                Self::ALL.iter().copied().find(|v| v.name() == name)
                    .ok_or_else(|| ParseNameError { what: $what, name: name.to_owned() })
            }
        }
    };
}

named! {
    /// How much of the content is quoted.
    "kind" ContentKind {
        /// All of it.
        Direct = "direct",
        /// Nothing.
        Indirect = "indirect",
        /// A paraphrase with quoted parts.
        Mixed = "mixed",
    }
}

named! {
    /// What a source does by saying it.
    "act" Act {
        /// Says.
        State = "state",
        /// Says what is open to doubt.
        Claim = "claim",
        /// Says that somebody did wrong.
        Accuse = "accuse",
        /// Finds fault.
        Criticize = "criticize",
        /// Says that it is not so.
        Deny = "deny",
        /// Turns down.
        Reject = "reject",
        /// Speaks of a danger.
        Warn = "warn",
        /// Announces harm.
        Threaten = "threaten",
        /// Insists that somebody act.
        Demand = "demand",
        /// Asks somebody to act.
        Request = "request",
        /// Suggests a course.
        Propose = "propose",
        /// Commits itself.
        Promise = "promise",
        /// Takes a side.
        Support = "support",
        /// Finds good.
        Praise = "praise",
        /// Makes known.
        Announce = "announce",
        /// Says that it is so.
        Confirm = "confirm",
        /// Says what will be.
        Predict = "predict",
        /// Thinks, feels, intends.
        Believe = "believe",
        /// Wants to know.
        Ask = "ask",
        /// Is of one mind.
        Agree = "agree",
        /// Will not.
        Refuse = "refuse",
        /// Is sorry.
        Apologize = "apologize",
    }
}

named! {
    /// How a statement stands.
    "standing" Standing {
        /// Said, also when another source reports it.
        Firsthand = "firsthand",
        /// Negated, denied or disbelieved.
        Denied = "denied",
        /// Supposed, wished, asked, yet to come.
        Hypothetical = "hypothetical",
    }
}

impl Standing {
    /// What stands before the act in words: "not accuse", "perhaps warn".
    pub const fn before_act(self) -> &'static str {
        match self {
            Standing::Firsthand => "",
            Standing::Denied => "not ",
            Standing::Hypothetical => "perhaps ",
        }
    }
}

named! {
    /// A stance.
    "polarity" Polarity {
        /// Against.
        Negative = "negative",
        /// Neither.
        Neutral = "neutral",
        /// For.
        Positive = "positive",
    }
}
