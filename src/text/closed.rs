//! Words of closed classes that the tagger took for something else: "amid | reports", “severe costs” behind a mark.
//!
//! In: tagged tokens and the language's classes. Out: the same tokens, some with another tag. What is no question word is
//! none, and behind a word that is always a preposition no verb with a tense stands.

use super::language::Language;
use crate::model::{Tag, Token};

/// Mends the tags.
pub(super) fn repair(tokens: &mut [Token], language: &Language) {
    for at in 0..tokens.len() {
        let token = &mut tokens[at];
        if token.tag == Tag::WRB && !language.questions.holds(token) {
            token.tag = Tag::JJ;
        }
        if matches!(tokens[at].tag, Tag::VB | Tag::VBP) && takes_noun(tokens, at, language) {
            tokens[at].tag = Tag::NN;
        }
        let token = &mut tokens[at];
        if language.adjectives.holds(token) {
            token.tag = Tag::JJ;
        }
        if !language.prepositions.holds(token) {
            continue;
        }
        token.tag = Tag::IN;
        if let Some(next) = tokens.get_mut(at + 1) {
            next.tag = match next.tag {
                Tag::VBZ => Tag::NNS,
                Tag::VBP | Tag::VB => Tag::NN,
                tag => tag,
            };
        }
    }
}

/// "expressed | hope": right behind a verb that is no auxiliary no bare verb stands.
fn takes_noun(tokens: &[Token], at: usize, language: &Language) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before]);
    before.is_some_and(|before| {
        matches!(before.tag, Tag::VBD | Tag::VBZ)
            && language.auxiliary(&before.norm).is_none()
            && !language.bare_infinitives.holds(before)
    })
}
