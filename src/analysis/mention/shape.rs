//! What a word looks like to whoever seeks names: its case, its tag, the lists that know it.

use super::name::Finder;
use crate::lexicon::{CalendarWord, NameUse, NominalSort, fold};
use crate::model::{EntityKind, Number, Tag, Token};

/// The longest run of capitalised words that can be one name.
const LONGEST: usize = 10;

impl Finder<'_> {
    pub(super) fn word(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    pub(super) fn norm(&self, at: usize) -> &str {
        &self.tokens[at].norm
    }

    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    /// A word that can be part of a name.
    pub(super) fn is_proper(&self, at: usize) -> bool {
        at < self.limit
            && self.is_capital(at)
            && (matches!(self.tokens[at].tag, Tag::NNP | Tag::NNPS)
                || self.is_behind_given(at)
                || self.is_behind_title(at))
            && !self.lexicon.language.weekdays.holds(&self.tokens[at])
    }

    /// "clerk Tove Lind", "the potter Tove Lind": no ordinary word has a capital there.
    pub(super) fn is_behind_title(&self, at: usize) -> bool {
        let described = at > 0 && !self.is_capital(at - 1) && self.is_calling(at - 1);
        let titled = (self.titles[at].is_some() || described) && !self.is_title_word(at);
        titled && !self.headline && !self.lexicon.language.starters.holds(&self.tokens[at])
    }

    /// True for what reads as an ordinary word but stands behind a given name or an initial: "Ronald R. Fielding"; and
    /// for the given name itself, "Bryan Lee", or what no list knows as a word, "Tove Lind".
    pub(super) fn is_behind_given(&self, at: usize) -> bool {
        let ordinary = |at: usize| match self.tokens[at].tag {
            Tag::NN | Tag::NNS | Tag::JJ | Tag::VBG | Tag::VBN => true,
            Tag::VB | Tag::VBD | Tag::VBP | Tag::VBZ | Tag::RB => {
                let behind = self.tokens.get(at + 1).filter(|_| at + 1 < self.limit);
                !self.headline && behind.is_none_or(|t| !t.capital || self.is_generation(at + 1))
            }
            _ => false,
        };
        let given = |at: usize| {
            self.is_given(at) && !self.lexicon.words.doubtful_names.contains(self.norm(at))
        };
        let named = |at: usize| given(at) && matches!(self.tokens[at].tag, Tag::NNP | Tag::NNPS);
        let proper =
            |at: usize| at < self.limit && self.tokens[at].tag == Tag::NNP && self.is_capital(at);
        let before = at.checked_sub(1).is_some_and(|before| {
            named(before) || (is_initial(self.word(before)) && before > 0 && named(before - 1))
        });
        let unheard = |at: usize| !self.headline && !self.is_common(at);
        ordinary(at) && (before || ((given(at) || unheard(at)) && proper(at + 1)))
    }

    /// A word behind another one that reads as a surname, and as nothing else.
    pub(super) fn is_surname(&self, at: usize) -> bool {
        self.is_proper(at)
            && !self.splits(at)
            && !self.is_generation(at)
            && !self.is_common(at)
            && !self.is_no_name(at)
            && !is_acronym(self.word(at))
            && self.suffix_kind(at).is_none()
            && self
                .lexicon
                .nationality_end(self.tokens, at, self.limit)
                .is_none()
            && self.lexicon.people(self.tokens, at, self.limit).is_none()
    }

    /// A word that is an ordinary one when it is written small.
    pub(super) fn is_common(&self, at: usize) -> bool {
        let norm = self.norm(at);
        self.tagger
            .listed(norm)
            .is_some_and(|tag| !matches!(tag, Tag::NNP | Tag::NNPS))
    }

    /// "Jr.", "III": behind a name, part of it.
    pub(super) fn is_generation(&self, at: usize) -> bool {
        at < self.limit && self.is_capital(at) && self.lexicon.words.is_generation(self.norm(at))
    }

    pub(super) fn is_month(&self, at: usize, end: usize) -> bool {
        let calendar = &self.lexicon.words.calendar;
        let month = || calendar.value(self.norm(at), CalendarWord::Month);
        end == at + 1 && month().is_some()
    }

    /// "Authority", "Movement".
    pub(super) fn is_body(&self, at: usize) -> bool {
        self.is_one(at, NominalSort::Body)
    }

    /// A noun for one of this sort.
    fn is_one(&self, at: usize, sort: NominalSort) -> bool {
        let nominal = self.lexicon.words.nominals.get(self.norm(at));
        nominal.is_some_and(|n| n.sort == sort && n.number == Number::Singular)
    }

    /// "Baker", "Teller": what somebody does is many a surname.
    pub(super) fn is_calling(&self, at: usize) -> bool {
        self.is_one(at, NominalSort::Person)
    }

    pub(super) fn is_comma(&self, at: usize) -> bool {
        at < self.limit && self.tokens[at].tag == Tag::Comma
    }

    /// "Republican", "Calif.": written with a capital, and nobody's name when it stands alone.
    pub(super) fn is_no_name(&self, at: usize) -> bool {
        let norm = self.norm(at);
        self.lexicon.words.is(norm, "no-name")
            || norm
                .strip_suffix('.')
                .is_some_and(|word| self.lexicon.language.abbreviation(word).is_some())
    }

    pub(super) fn is_direction(&self, at: usize) -> bool {
        self.lexicon.words.is(self.norm(at), "direction")
    }

    /// A word of a title that a name may follow: "Foreign" in "Deputy Foreign Minister Ann Orr".
    pub(super) fn is_title_word(&self, at: usize) -> bool {
        self.in_title[at]
    }

    pub(super) fn is_given(&self, at: usize) -> bool {
        let folded = fold(self.norm(at));
        let known = |name: &str| self.lexicon.words.given_names.contains(name);
        known(&folded)
            || folded
                .split_once('-')
                .is_some_and(|(first, _)| known(first))
    }

    /// True when a verb or a genitive follows at once: "Park said", "Park's".
    pub(super) fn does(&self, at: usize, limit: u32) -> bool {
        at + 1 < limit as usize
            && matches!(
                self.tokens[at + 1].tag,
                Tag::VBD | Tag::VBZ | Tag::MD | Tag::POS
            )
    }

    /// An ordinary noun or adjective written with a capital, as the names of bodies have them.
    pub(super) fn is_plain_capital(&self, at: usize) -> bool {
        self.is_capital(at) && matches!(self.tokens[at].tag, Tag::NN | Tag::NNS | Tag::JJ)
    }

    /// The sort of organisation that the word shows.
    pub(super) fn suffix_kind(&self, at: usize) -> Option<&str> {
        let norm = self.norm(at);
        self.lexicon
            .words
            .suffixes
            .get(norm)
            .or_else(|| self.lexicon.words.suffixes.get(norm.trim_end_matches('.')))
            .map(|sort| sort.as_str())
    }

    /// True when the words of a run look like a person's: a given name, an initial, a surname that is no ordinary word.
    pub(super) fn is_personal(&self, at: usize, end: usize) -> bool {
        let is_word = |i: usize| {
            let word = self.word(i);
            word.chars().any(char::is_lowercase) && !word.chars().any(|c| c.is_ascii_digit())
        };
        let last = end - 1;
        if end == at + 1 {
            let whole = !self.word(at).contains('-') || self.is_given(at);
            return is_word(at) && whole && !self.is_common(at);
        }
        let all = (at..end).all(|i| is_word(i) || is_initial(self.word(i)));
        let initial = (at..last).any(|i| is_initial(self.word(i)));
        let first = self.is_given(at) || !self.is_common(at);
        all && is_word(last)
            && !self.is_no_name(at)
            && !self.is_no_name(last)
            && (initial
                || (first && !self.is_common(last))
                || (self.is_given(at) && self.is_borne(last)))
    }

    /// The surname of somebody listed.
    pub(super) fn is_borne(&self, at: usize) -> bool {
        !self.lexicon.world.bearers(&fold(self.norm(at))).is_empty()
    }

    /// "in Reading", "Reading, England": the words around say that a place is meant.
    pub(super) fn is_local(&self, at: usize, end: usize) -> bool {
        let after = |word: usize| word < self.limit && self.norm(word) == ",";
        let names_place = |word: usize| {
            let range = (word, self.limit);
            let found = (word < self.limit)
                .then(|| {
                    let world = &self.lexicon.world;
                    world.longest(self.text, self.tokens, self.keys, range, self.shouting)
                })
                .flatten();
            found.is_some_and(|(_, uses)| {
                uses.iter()
                    .any(|u| self.lexicon.world.kind(u.entry) == EntityKind::Place && !u.risky)
            })
        };
        let before = at.checked_sub(1).map(|word| self.norm(word));
        before.is_some_and(|word| self.lexicon.words.is(word, "locative"))
            && !(end < self.limit && self.is_proper(end))
            || (after(end) && names_place(end + 1))
    }

    /// One word for a person whom the list calls by several.
    pub(super) fn is_short(&self, name: &NameUse) -> bool {
        self.lexicon.world.entry(name.entry).name.contains(' ')
    }

    /// True when what follows at `at` is a name of its own: a title, a given name, another listed name.
    pub(super) fn splits(&self, at: usize) -> bool {
        self.is_title_word(at)
            || self.listed(at).is_some()
            || (self.is_given(at) && at + 1 < self.limit && self.is_proper(at + 1))
    }

    /// The end of the run of capitalised words that starts at `at`, with the small words that names hold.
    pub(super) fn run_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        let mut joined = false;
        while end < self.limit && end - at < LONGEST {
            let next = end + 1 < self.limit && self.is_proper(end + 1);
            let title = self.is_title_word(end) && (end > at + 1 || is_acronym(self.word(at)));
            if self.is_generation(end) {
                return end + 1;
            } else if self.tokens[end].tag == Tag::Comma && self.is_generation(end + 1) {
                return end + 2; // "Quill, Sr."
            } else if (self.is_proper(end) && !title) || (joined && self.is_plain_capital(end)) {
                end += 1;
            } else if let Some(behind) = self.nickname_end(at, end) {
                end = behind;
            } else if next && self.norm(end) == "&" {
                end += 2;
            } else if let Some(behind) = self.particles_end(end) {
                end = behind + 1; // "de la Fonte"
            } else if next && self.is_plain_capital(end) && self.suffix_kind(end + 1).is_some() {
                end += 2; // "Armed Services Committee"
            } else if !self.headline && !title && self.is_plain_capital(end) {
                end += 1; // "Korsava Power": no ordinary noun has a capital there
            } else if end + 1 < self.limit
                && self.is_capital(end + 1)
                && self.lexicon.words.is(self.norm(end), "name-joint")
                && self.suffix_kind(end - 1).is_some()
            {
                end += 2; // "University of X", "Center for Y"
                joined = true;
            } else {
                break;
            }
        }
        end
    }

    /// The token behind the small words at `at` that a capitalised word follows.
    pub(super) fn particles_end(&self, at: usize) -> Option<usize> {
        const MOST: usize = 3;
        let end = (at..self.limit)
            .take(MOST)
            .take_while(|&i| self.lexicon.words.is(self.norm(i), "name-particle"))
            .last()?
            + 1;
        (end < self.limit && self.is_proper(end)).then_some(end)
    }

    /// The token behind the mark that closes a nickname inside the name that starts at `start`: `Ann "Red" Orr`.
    pub(super) fn nickname_end(&self, start: usize, at: usize) -> Option<usize> {
        const LONGEST_NICKNAME: usize = 3;
        let tag = |at: usize| self.tokens[at].tag;
        let bracket = tag(at) == Tag::BracketOpen;
        let opens = bracket || matches!(tag(at), Tag::QuoteOpen | Tag::QuoteClose);
        if !opens || (bracket && at > start + 1) || !self.is_given(start) {
            return None;
        }
        let close =
            (at + 2..self.limit.min(at + 2 + LONGEST_NICKNAME)).find(|&i| match bracket {
                true => tag(i) == Tag::BracketClose,
                false => tag(i) == Tag::QuoteClose,
            })?;
        let named = (at + 1..close).all(|i| self.is_capital(i));
        (named && self.is_proper(close + 1) && !self.splits(close + 1)).then_some(close + 1)
    }

    /// The end of a body's name that starts at `at` with an ordinary word: "Free Farmers Movement". Its last word says what it
    /// is; at the start of a sentence it takes three words to be a name.
    pub(super) fn body_end(&self, at: usize, starts_sentence: bool) -> Option<usize> {
        use Tag::*;
        let fits = |at: usize| {
            self.is_capital(at)
                && matches!(self.tokens[at].tag, NN | NNS | NNP | NNPS | JJ | VBN | VBG)
                && !self.lexicon.language.weekdays.holds(&self.tokens[at])
        };
        if self.shouting || !fits(at) || self.is_title_word(at) {
            return None;
        }
        let run = (at + 1..self.limit.min(at + LONGEST))
            .take_while(|&i| fits(i) && !self.is_title_word(i))
            .last()?
            + 1;
        let end = (at + 2..=run)
            .rev()
            .find(|&end| self.suffix_kind(end - 1).is_some() || self.is_body(end - 1))?;
        let plain = !matches!(self.tokens[at].tag, NNP | NNPS);
        let joined = end < self.limit && self.lexicon.words.is(self.norm(end), "name-joint");
        let person = self.is_given(at) && self.is_proper(at + 1);
        let inner = (at + 1..end).any(|i| self.listed(i).is_some_and(|(e, _)| e > i + 1));
        (!person
            && !joined
            && !inner
            && (plain || end - at > 2)
            && (end - at > 2 || !starts_sentence))
            .then_some(end)
    }
}

/// "R."
pub(super) fn is_initial(word: &str) -> bool {
    word.chars().count() == 2 && word.ends_with('.') && word.starts_with(char::is_uppercase)
}

/// "R-Fla.", "D-Ohio": a party and a state behind a name.
pub(super) fn is_party_and_state(word: &str) -> bool {
    let mut chars = word.chars();
    let letter = chars.next().is_some_and(char::is_uppercase);
    letter
        && matches!(chars.next(), Some('-' | '–'))
        && chars.next().is_some_and(char::is_uppercase)
}

/// Two to six capitals, periods aside.
pub(super) fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|&c| c != '.').count();
    (2..=6).contains(&letters) && word.chars().all(|c| c.is_uppercase() || c == '.')
}

/// Four words and more in capitals only: case tells nothing here.
pub(super) fn is_shouting(text: &str, tokens: &[Token]) -> bool {
    let mut words = 0;
    tokens.iter().all(|token| {
        let word = token.span.of(text);
        words += usize::from(word.chars().filter(|c| c.is_alphabetic()).count() > 2);
        !word.chars().any(char::is_lowercase)
    }) && words >= 4
}

/// Nearly all long words have a capital: "Minister Denies Ferry Was Late".
pub(super) fn is_headline(text: &str, tokens: &[Token]) -> bool {
    const LONG: usize = 4;
    let words = tokens.iter().map(|token| token.span.of(text));
    let long = words.filter(|word| word.len() >= LONG && word.starts_with(char::is_alphabetic));
    let (capital, small): (Vec<&str>, Vec<&str>) =
        long.partition(|word| word.starts_with(char::is_uppercase));
    capital.len() > 2 && capital.len() > 4 * small.len()
}
