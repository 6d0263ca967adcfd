//! Text and lexicon to mentions: names, descriptions and pronouns, each with what its words alone tell.
//!
//! Who is meant is decided in `coref`.

mod name;
mod nominal;
mod noun;
mod shape;

use crate::lexicon::{Lexicon, NameUse};
use crate::model::{EntityKind, Mention};
use crate::text::{Name, Text};

/// A mention with what its words tell beyond grammar.
#[derive(Clone, Debug)]
pub struct Found {
    /// The mention.
    pub mention: Mention,
    /// The first token of the titles before it; its own where there is none.
    pub lead: u32,
    /// What the words tell.
    pub clue: Clue,
}

/// What the words of a mention tell about its entity.
#[derive(Clone, Debug)]
pub enum Clue {
    /// A name of the gazetteers.
    Listed {
        /// All entries that bear it.
        uses: Vec<NameUse>,
        /// The title before it.
        title: Option<u32>,
    },
    /// A part of a listed place, by the compass: "eastern Ukraine"; all entries that bear the place's name.
    Area(Vec<NameUse>),
    /// A people: "Russians"; the country's entry.
    People(u32),
    /// A name that no list knows.
    Unlisted {
        /// Person, organization or place, as far as the words tell.
        kind: EntityKind,
        /// The title before it.
        title: Option<u32>,
        /// The words show a whole name and not a part: title + name, given name + surname, organisation suffix.
        sure: bool,
    },
    /// Words in capitals that nothing shows to name anybody: "Election Day". They count where somebody of that name speaks.
    Capitals,
    /// A description; everything is in the lexicon's row of its head.
    Nominal {
        /// "a", "one", "another": somebody new.
        indefinite: bool,
    },
    /// A pronoun; everything is in the lexicon's row of its form.
    Pronoun,
}

/// Finds the names outside boilerplate, in text order; they never overlap, but that an area holds its country's. They need
/// words alone: phrases are read with the names in hand.
pub fn names(text: &str, words: &Text, lexicon: &Lexicon) -> Vec<Found> {
    name::find(text, words, lexicon)
}

/// Finds descriptions and pronouns beside `names`; all together come in text order.
pub fn find(layers: &Text, lexicon: &Lexicon, names: Vec<Found>) -> Vec<Found> {
    let others = nominal::find(layers, lexicon, &names);
    let mut found = names;
    found.extend(others);
    found.sort_by_key(|f| {
        (
            f.mention.tokens.0,
            std::cmp::Reverse(f.mention.tokens.1),
            f.mention.kind,
        )
    });
    found
}

/// The runs of tokens that `names` make one noun, with the titles before people.
pub fn nouns(words: &Text, lexicon: &Lexicon, names: &[Found]) -> Vec<Name> {
    noun::all(words, lexicon, names)
}
