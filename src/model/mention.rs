//! A place of the text that refers to an entity.

use super::Span;

/// Words that refer to somebody or something: a name, a description, a pronoun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words themselves.
    pub span: Span,
    /// First token and the token after the last.
    pub tokens: (u32, u32),
    /// Token of the head word.
    pub head: u32,
    /// What kind of words.
    pub kind: MentionKind,
    /// What the words say about the entity's grammar.
    pub features: Features,
}

/// The kinds of mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MentionKind {
    /// A proper name, acronym or alias.
    Name,
    /// A description: "the spokesman".
    Nominal,
    /// "he", "they", "its".
    Pronoun,
}

/// Grammar that two mentions of one entity must share where both know it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// Of a person.
    pub gender: Option<Gender>,
    /// One or many.
    pub number: Option<Number>,
    /// A human being or several; `Some(false)` for things, bodies and places.
    pub human: Option<bool>,
}

/// Grammatical gender of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Gender {
    /// he
    Male,
    /// she
    Female,
}

/// Grammatical number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Number {
    /// One.
    Singular,
    /// Several.
    Plural,
}

/// To whom a mention refers. Set once; nothing is guessed silently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// An entity of this document's analysis, and the sieve that said so.
    Resolved {
        /// Index into `Analysis::entities`.
        entity: usize,
        /// Name of the sieve.
        by: &'static str,
    },
    /// Several entities of the gazetteers bear this name and nothing in the text decides: their ids.
    Ambiguous(Vec<String>),
    /// Nobody in sight.
    Unknown,
}

impl MentionKind {
    /// The name that every output uses.
    pub const fn name(self) -> &'static str {
        match self {
            MentionKind::Name => "name",
            MentionKind::Nominal => "nominal",
            MentionKind::Pronoun => "pronoun",
        }
    }
}

impl Resolution {
    /// The entity, where there is one.
    pub const fn entity(&self) -> Option<usize> {
        match self {
            Resolution::Resolved { entity, .. } => Some(*entity),
            _ => None,
        }
    }
}

impl Features {
    /// True unless the two contradict each other.
    pub fn agree(self, other: Features) -> bool {
        fn fits<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
            match (a, b) {
                (Some(a), Some(b)) => a == b,
                _ => true,
            }
        }
        fits(self.gender, other.gender)
            && fits(self.number, other.number)
            && fits(self.human, other.human)
    }
}
