//! Names as nouns: what somebody who knows names takes for one becomes one noun, whatever the tagger thought.
//!
//! In: tagged tokens and runs of them. Out: the same tokens, those of the runs tagged as nouns, so that no phrase ends
//! inside one: "Chiang Kai - shek", "the | guard Ann Orr". Which words are names is not known here.

use crate::model::{Tag, Token};

/// A run of tokens that is one noun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// First token and the token after the last.
    pub tokens: (u32, u32),
    /// The first token of the title before it; that of the name where there is none.
    pub title: u32,
}

/// Tags the tokens of `names`, and of the titles before them, as nouns.
pub(super) fn lock(tokens: &mut [Token], names: &[Name]) {
    for name in names {
        let (start, end) = (name.tokens.0 as usize, name.tokens.1 as usize);
        for token in &mut tokens[start..end] {
            if !is_noun(token.tag) {
                token.tag = Tag::NNP;
            }
        }
        for token in &mut tokens[name.title as usize..start] {
            if !is_noun(token.tag) && !matches!(token.tag, Tag::JJ | Tag::CD) {
                token.tag = if token.capital { Tag::NNP } else { Tag::NN };
            }
        }
    }
}

fn is_noun(tag: Tag) -> bool {
    matches!(tag, Tag::NN | Tag::NNS | Tag::NNP | Tag::NNPS)
}
