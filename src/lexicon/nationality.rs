//! Adjectives of nationality and peoples: "Korsavan", "North Korean", "South Africans".
//!
//! In: tokens and a place. Out: the country or region, and how far the words reach. Everybody who asks for one asks here,
//! so that an adjective of two words is one everywhere.

use super::Lexicon;
use super::gazetteer::fold;
use crate::model::Token;

impl Lexicon {
    /// The country or region whose adjective ends with the token `at`; the longer one wins.
    pub fn nationality(&self, tokens: &[Token], at: usize) -> Option<u32> {
        if !tokens[at].capital {
            return None;
        }
        let long = at
            .checked_sub(1)
            .filter(|&before| tokens[before].capital)
            .and_then(|before| self.world.adjective(&both(tokens, before)));
        long.or_else(|| self.world.adjective(&fold(&tokens[at].norm)))
    }

    /// The token behind the adjective that starts at `at` and ends before `limit`.
    pub fn nationality_end(&self, tokens: &[Token], at: usize, limit: usize) -> Option<usize> {
        let found = |word: &str| self.world.adjective(word);
        self.reach(tokens, at, limit, found).map(|(end, _)| end)
    }

    /// The people that starts at `at`: the token behind it, and its country.
    pub fn people(&self, tokens: &[Token], at: usize, limit: usize) -> Option<(usize, u32)> {
        self.reach(tokens, at, limit, |word| self.world.people(word))
    }

    /// The longest of two words and of one at `at` that `found` knows.
    fn reach(
        &self,
        tokens: &[Token],
        at: usize,
        limit: usize,
        found: impl Fn(&str) -> Option<u32>,
    ) -> Option<(usize, u32)> {
        if !tokens[at].capital {
            return None;
        }
        let two = at + 1 < limit && tokens[at + 1].capital;
        let long = two.then(|| found(&both(tokens, at))).flatten();
        match long {
            Some(country) => Some((at + 2, country)),
            None => found(&fold(&tokens[at].norm)).map(|country| (at + 1, country)),
        }
    }
}

fn both(tokens: &[Token], first: usize) -> String {
    fold(&format!(
        "{} {}",
        tokens[first].norm,
        tokens[first + 1].norm
    ))
    .into()
}
