//! Descriptions and pronouns.

use super::{Clue, Found};
use crate::lexicon::{Lexicon, NominalSort};
use crate::model::{Features, Mention, MentionKind, Number, ParagraphKind, Tag};
use crate::text::{PhraseKind, Text};

/// Noun phrases whose head is a role noun, and pronouns, where no name covers the head.
pub(super) fn find(layers: &Text, lexicon: &Lexicon, names: &[Found]) -> Vec<Found> {
    let mut named = vec![false; layers.tokens.len()];
    for name in names {
        for token in name.mention.tokens.0..name.mention.tokens.1 {
            named[token as usize] = true;
        }
    }
    let mut found = Vec::new();
    let mut paragraph = 0;
    for phrase in &layers.phrases {
        while layers.paragraphs[paragraph].tokens.1 <= phrase.tokens.0 {
            paragraph += 1;
        }
        if layers.paragraphs[paragraph].kind == ParagraphKind::Boilerplate {
            continue;
        }
        // A possessive pronoun opens a phrase of its own head: "his | claim".
        let first = &layers.tokens[phrase.tokens.0 as usize];
        if first.tag == Tag::PRPS && phrase.tokens.1 - phrase.tokens.0 > 1 {
            push_pronoun(layers, lexicon, phrase.tokens.0, &mut found);
        }
        if !matches!(phrase.kind, PhraseKind::Noun | PhraseKind::Possessive)
            || named[phrase.head as usize]
        {
            continue;
        }
        let head = &layers.tokens[phrase.head as usize];
        if matches!(head.tag, Tag::PRP | Tag::PRPS) {
            push_pronoun(layers, lexicon, phrase.head, &mut found);
        } else if let Some(nominal) = lexicon.words.nominals.get(&head.norm) {
            // "spokesman Dmitry Peskov": the name says it all.
            if named
                .get(phrase.head as usize + 1)
                .copied()
                .unwrap_or(false)
                && phrase.tokens.1 > phrase.head + 1
            {
                continue;
            }
            let human = match nominal.sort {
                NominalSort::Person | NominalSort::Group => Some(true),
                NominalSort::Body | NominalSort::Document => Some(false),
            };
            let indefinite = (phrase.tokens.0..phrase.head).any(|t| {
                lexicon
                    .words
                    .is(&layers.tokens[t as usize].norm, "indefinite")
            });
            found.push(Found {
                lead: phrase.tokens.0,
                mention: Mention {
                    span: layers.tokens[phrase.tokens.0 as usize]
                        .span
                        .cover(head.span),
                    tokens: (phrase.tokens.0, phrase.head + 1),
                    head: phrase.head,
                    kind: MentionKind::Nominal,
                    features: Features {
                        gender: nominal.gender,
                        number: Some(nominal.number),
                        human,
                    },
                },
                clue: Clue::Nominal { indefinite },
            });
        }
    }
    found
}

fn push_pronoun(layers: &Text, lexicon: &Lexicon, token: u32, found: &mut Vec<Found>) {
    let word = &layers.tokens[token as usize];
    let Some(pronoun) = lexicon.words.pronouns.get(&word.norm) else {
        return;
    };
    let human = match (pronoun.person, pronoun.number, pronoun.gender) {
        (3, Some(Number::Singular), None) => Some(false),
        (3, Some(Number::Singular), Some(_)) | (1 | 2, ..) => Some(true),
        _ => None,
    };
    found.push(Found {
        lead: token,
        mention: Mention {
            span: word.span,
            tokens: (token, token + 1),
            head: token,
            kind: MentionKind::Pronoun,
            features: Features {
                gender: pronoun.gender,
                number: pronoun.number,
                human,
            },
        },
        clue: Clue::Pronoun,
    });
}
