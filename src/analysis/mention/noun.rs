//! Names as nouns: which runs of tokens are one noun to whoever reads phrases, titles before people included.

use super::{Clue, Found};
use crate::lexicon::{Lexicon, NominalSort};
use crate::model::{EntityKind, Number, Tag};
use crate::text::{Name, Text};

pub(super) fn all(words: &Text, lexicon: &Lexicon, names: &[Found]) -> Vec<Name> {
    names
        .iter()
        .filter(|found| !matches!(found.clue, Clue::Area(_) | Clue::People(_)))
        .filter_map(|found| {
            let tokens = found.mention.tokens;
            let title = match is_person(lexicon, found) {
                true => lead(words, lexicon, found),
                false => tokens.0,
            };
            let whole = tokens.1 - title > 1 || is_misread(words, lexicon, found);
            whole.then_some(Name { tokens, title })
        })
        .collect()
}

/// "accused Fortive of": a listed name of one word that reads as no noun, and that is no ordinary word; "Smelt asked", where
/// the text has an Ann Smelt.
fn is_misread(words: &Text, lexicon: &Lexicon, found: &Found) -> bool {
    let token = &words.tokens[found.mention.head as usize];
    let noun = matches!(token.tag, Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS);
    let listed = match &found.clue {
        Clue::Listed { uses, .. } => uses.iter().any(|name| !name.weak),
        Clue::Unlisted { kind, .. } => return !noun && *kind == EntityKind::Person,
        _ => false,
    };
    let ordinary = lexicon.language.tagger().listed(&token.norm);
    listed && !noun && ordinary.is_none_or(|tag| matches!(tag, Tag::NNP | Tag::NNPS))
}

fn is_person(lexicon: &Lexicon, found: &Found) -> bool {
    match &found.clue {
        Clue::Listed { uses, title } => {
            title.is_some() || lexicon.world.kind(uses[0].entry) == EntityKind::Person
        }
        Clue::Unlisted { kind, .. } => *kind == EntityKind::Person,
        _ => false,
    }
}

/// The first token of the titles before the name, or of the noun that works as one: "foreman Ann Orr".
fn lead(words: &Text, lexicon: &Lexicon, found: &Found) -> u32 {
    if found.lead < found.mention.tokens.0 || found.mention.tokens.1 - found.lead < 2 {
        return found.lead;
    }
    let Some(before) = found.lead.checked_sub(1) else {
        return found.lead;
    };
    let token = &words.tokens[before as usize];
    let noun =
        lexicon.words.nominals.get(&token.norm).is_some_and(|noun| {
            noun.sort == NominalSort::Person && noun.number == Number::Singular
        });
    // "they | coach Ann Orr", "will | guard Ann Orr"
    let governed = before.checked_sub(1).is_some_and(|word| {
        matches!(
            words.tokens[word as usize].tag,
            Tag::MD | Tag::TO | Tag::PRP | Tag::NNS | Tag::NNPS
        )
    });
    // "the accused" has the form of a past tense.
    let past = matches!(token.tag, Tag::VBD | Tag::VBN | Tag::VBZ);
    if noun && !token.capital && !governed && !past {
        before
    } else {
        found.lead
    }
}
