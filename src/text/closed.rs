//! Words of closed classes that the tagger took for something else: "amid | reports", “severe costs” behind a mark.
//!
//! In: tagged tokens and the language's classes. Out: the same tokens, some with another tag. What is no question word is
//! none, and behind a word that is always a preposition no verb with a tense stands. A word with a hyphen that the lists know
//! for a verb is one where no noun can take it: "Orr | tut-tutted".

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
        if matches!(token.tag, Tag::JJ | Tag::NN | Tag::NNS | Tag::NNP | Tag::RB)
            && language.hyphenated_verbs.holds(token)
        {
            let is_modifier = at > 0 && matches!(tokens[at - 1].tag, Tag::DT | Tag::JJ)
                || tokens
                    .get(at + 1)
                    .is_some_and(|next| matches!(next.tag, Tag::NN | Tag::NNS));
            if !is_modifier {
                tokens[at].tag = verb_tag(&tokens[at].norm);
            }
        }
        let token = &mut tokens[at];
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

/// What a form of a regular verb is by its ending.
fn verb_tag(form: &str) -> Tag {
    match form {
        _ if form.ends_with("ing") => Tag::VBG,
        _ if form.ends_with("ed") => Tag::VBD,
        _ if form.ends_with('s') => Tag::VBZ,
        _ => Tag::VBP,
    }
}
