//! Names: listed ones first, then what titles, given names and organisation suffixes show.

use rustc_hash::FxHashSet;

use super::{Clue, Found};
use crate::lexicon::{CalendarWord, Keys, Lexicon, NameUse, fold};
use crate::model::{
    EntityKind, Features, Gender, Mention, MentionKind, Number, ParagraphKind, Tag, Token,
};
use crate::text::Text;

/// The longest run of capitalised words that can be one name.
const LONGEST: usize = 10;

pub(super) fn find(text: &str, layers: &Text, lexicon: &Lexicon) -> Vec<Found> {
    let keys = Keys::new(text, &layers.tokens);
    let mut titles = vec![None; layers.tokens.len() + 1];
    let mut in_title = vec![false; layers.tokens.len() + 1];
    for hit in lexicon.words.title_phrases.find(&layers.tokens) {
        in_title[hit.start as usize..hit.end as usize].fill(true);
        let slot: &mut Option<(u32, u32)> = &mut titles[hit.end as usize];
        if slot.is_none_or(|(start, _)| hit.start < start) {
            *slot = Some((hit.start, hit.id));
        }
    }
    let mut finder = Finder {
        text,
        tokens: &layers.tokens,
        keys: &keys,
        titles: &titles,
        in_title: &in_title,
        lexicon,
        shouting: false,
        limit: 0,
        found: Vec::new(),
    };
    for sentence in &layers.sentences {
        if layers.paragraphs[sentence.paragraph as usize].kind == ParagraphKind::Boilerplate {
            continue;
        }
        let (start, end) = (sentence.tokens.0 as usize, sentence.tokens.1 as usize);
        finder.shouting = is_shouting(text, &layers.tokens[start..end]);
        finder.limit = end;
        let mut at = start;
        while at < end {
            at = finder.step(at, at == start).max(at + 1);
        }
    }
    finder.surnames(layers);
    finder.found
}

/// Four words and more in capitals only: case tells nothing here.
fn is_shouting(text: &str, tokens: &[Token]) -> bool {
    let mut words = 0;
    tokens.iter().all(|token| {
        let word = token.span.of(text);
        words += usize::from(word.chars().filter(|c| c.is_alphabetic()).count() > 2);
        !word.chars().any(char::is_lowercase)
    }) && words >= 4
}

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    keys: &'a Keys,
    /// By the token behind a title: its first token and its row.
    titles: &'a [Option<(u32, u32)>],
    /// Tokens inside a title.
    in_title: &'a [bool],
    lexicon: &'a Lexicon,
    shouting: bool,
    /// The token behind the sentence.
    limit: usize,
    found: Vec<Found>,
}

impl Finder<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens[at].span.of(self.text)
    }

    fn norm(&self, at: usize) -> &str {
        &self.tokens[at].norm
    }

    fn is_capital(&self, at: usize) -> bool {
        self.word(at).starts_with(char::is_uppercase)
    }

    /// A word that can be part of a name.
    fn is_proper(&self, at: usize) -> bool {
        at < self.limit
            && self.is_capital(at)
            && (matches!(self.tokens[at].tag, Tag::NNP | Tag::NNPS) || self.is_behind_given(at))
            && !self.lexicon.language.weekdays.holds(&self.tokens[at])
    }

    /// True for what reads as an ordinary word but stands behind a given name or an initial: "Ronald R. Fielding"; and
    /// for the given name itself, "Bryan Lee".
    fn is_behind_given(&self, at: usize) -> bool {
        let ordinary = |at: usize| {
            matches!(
                self.tokens[at].tag,
                Tag::NN | Tag::NNS | Tag::JJ | Tag::VBG | Tag::VBN
            )
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
        ordinary(at) && (before || (given(at) && proper(at + 1)))
    }

    fn listed(&self, at: usize) -> Option<(usize, Vec<NameUse>)> {
        let capital = self.tokens[at].capital;
        if !capital && !self.shouting {
            return None;
        }
        let range = (at, self.limit);
        let world = &self.lexicon.world;
        let (end, mut uses) =
            world.longest(self.text, self.tokens, self.keys, range, self.shouting)?;
        if uses.iter().any(|u| u.risky) && !self.is_local(at, end) {
            uses.retain(|u| !u.risky);
        }
        if end == at + 1 && self.is_direction(at) {
            return None; // "Western media"
        }
        (!uses.is_empty()).then_some((end, uses))
    }

    /// "in Reading", "Reading, England": the words around say that a place is meant.
    fn is_local(&self, at: usize, end: usize) -> bool {
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

    /// Reads what starts at `at`; returns where to go on.
    fn step(&mut self, at: usize, starts_sentence: bool) -> usize {
        if let Some((end, uses)) = self.listed(at) {
            return self.listed_name(at, end, uses);
        }
        if self.is_capital(at)
            && let Some(country) = self.lexicon.world.people(&fold(self.norm(at)))
            && (matches!(self.tokens[at].tag, Tag::NNPS | Tag::NNS)
                || self.lexicon.world.adjective(&fold(self.norm(at))).is_none())
        {
            self.push(
                at,
                at + 1,
                Clue::People(country),
                Features {
                    number: Some(Number::Plural),
                    human: Some(true),
                    gender: None,
                },
            );
            return at + 1;
        }
        if !self.is_proper(at) || self.is_title_word(at) {
            return at + 1;
        }
        if is_party_and_state(self.word(at)) {
            return at + 1;
        }
        let end = self.run_end(at);
        if end == at + 1 && self.is_no_name(at) {
            return end;
        }
        // "March 3", "Korsavan officials": a month, an adjective on its own.
        let month = self
            .lexicon
            .words
            .calendar
            .value(self.norm(at), CalendarWord::Month)
            .is_some();
        if end == at + 1 && (month || self.lexicon.world.adjective(&fold(self.norm(at))).is_some())
        {
            return end;
        }
        self.unlisted_name(at, end, starts_sentence)
    }

    /// A listed name at `at..end`; a longer run around it may be another name: "Moscow City Court", "Trump Tower".
    fn listed_name(&mut self, at: usize, end: usize, uses: Vec<NameUse>) -> usize {
        let run = if self.is_proper(at) && !self.shouting {
            self.run_end(at)
        } else {
            end
        };
        let person = self.lexicon.world.kind(uses[0].entry) == EntityKind::Person;
        let mut end = end;
        if run > end
            && !self.splits(end)
            && let Some(sort) = self.suffix_kind(run - 1)
        {
            // "Homeland Security Department", where the list has its short name.
            let listed = self.lexicon.world.entry(uses[0].entry).sort;
            let same = sort == listed || (sort == "agency" && listed == "ministry");
            if run == end + 1 && same {
                end = run;
            } else {
                self.push_unlisted(at, run, EntityKind::Organization, None, true);
                return run;
            }
        }
        if run > end && person && self.lexicon.words.is(self.norm(run - 1), "facility") {
            self.push_unlisted(at, run, EntityKind::Place, None, true); // "Ann Orr Memorial Park"
            return run;
        }
        if let Some(whole) = self.body_of_region(end, &uses) {
            self.push_unlisted(at, whole, EntityKind::Organization, None, true);
            return whole;
        }
        // A surname that a title or a given name does not belong to: "Senator Paul Putin" is another one.
        if !person
            && run > end
            && end - at == 1
            && self.is_given(at)
            && self.is_proper(end)
            && !self.splits(end)
            && self
                .lexicon
                .words
                .given_names
                .contains(&fold(self.norm(at)))
        {
            return self.unlisted_name(at, run, false);
        }
        // A short form that counts only behind a full name, before a given name and another: "Harwick Ann Orr".
        let short = !person && end - at == 1 && uses.iter().all(|u| u.weak);
        if short && self.titles[end].is_some() && run > end {
            return end; // "MP Ann Orr"
        }
        if short && run == end + 2 && self.is_given(end) && self.listed(end).is_none() {
            let title = self.title_before(at);
            self.push_unlisted(at, run, EntityKind::Person, title, true);
            return run;
        }
        if !person && let Some(start) = self.area_start(at, &uses) {
            let features = Features {
                gender: None,
                number: Some(Number::Singular),
                human: Some(false),
            };
            self.push(start, end, Clue::Area(uses.clone()), features);
        }
        let title = self.title_before(at);
        let features = if person {
            Features {
                gender: self
                    .lexicon
                    .world
                    .entry(uses[0].entry)
                    .gender
                    .or_else(|| self.title_gender(title)),
                number: Some(Number::Singular),
                human: Some(true),
            }
        } else {
            Features {
                gender: None,
                number: Some(Number::Singular),
                human: Some(false),
            }
        };
        self.push(at, end, Clue::Listed { uses, title }, features);
        end
    }

    /// The end of the body whose name starts with the region that ends at `end`, and goes on as those of others do: the
    /// "Department of Transportation" of Arizona is not the country's. A capital may stand for its country.
    fn body_of_region(&self, end: usize, uses: &[NameUse]) -> Option<usize> {
        let world = &self.lexicon.world;
        let region = uses.iter().all(|u| {
            let entry = world.entry(u.entry);
            entry.kind == EntityKind::Place
                && matches!(entry.sort, "region" | "city")
                && entry.acts_for.is_none()
        });
        if !region || end >= self.limit || !self.is_capital(end) {
            return None;
        }
        let (whole, bodies) = self.listed(end)?;
        let shared = bodies
            .iter()
            .all(|u| u.shared && world.kind(u.entry) == EntityKind::Organization);
        (shared && whole > end + 1).then_some(whole)
    }

    /// "Republican", "Calif.": written with a capital, and nobody's name when it stands alone.
    fn is_no_name(&self, at: usize) -> bool {
        let norm = self.norm(at);
        self.lexicon.words.is(norm, "no-name")
            || norm
                .strip_suffix('.')
                .is_some_and(|word| self.lexicon.language.abbreviation(word).is_some())
    }

    fn is_direction(&self, at: usize) -> bool {
        self.lexicon.words.is(self.norm(at), "direction")
    }

    /// The compass word before the country or region at `at`: "eastern Ukraine", "south-eastern Turkey".
    fn area_start(&self, at: usize, uses: &[NameUse]) -> Option<usize> {
        let start = at.checked_sub(1)?;
        let wide = uses.iter().all(|u| {
            let entry = self.lexicon.world.entry(u.entry);
            entry.kind == EntityKind::Place && matches!(entry.sort, "country" | "region" | "area")
        });
        let free = self
            .found
            .last()
            .is_none_or(|f| f.mention.tokens.1 as usize <= start);
        (wide && free && self.is_direction(start)).then_some(start)
    }

    /// "Fielding said": a word that opens a sentence may be an ordinary one, unless it ends a name of the text.
    fn surnames(&mut self, layers: &Text) {
        let mut last: FxHashSet<&str> = FxHashSet::default();
        let mut covered = vec![false; self.tokens.len()];
        for found in &self.found {
            let (start, end) = (
                found.mention.tokens.0 as usize,
                found.mention.tokens.1 as usize,
            );
            covered[start..end].fill(true);
            let person = match &found.clue {
                Clue::Listed { uses, .. } => {
                    self.lexicon.world.kind(uses[0].entry) == EntityKind::Person
                }
                Clue::Unlisted { kind, sure, .. } => *kind == EntityKind::Person && *sure,
                _ => false,
            };
            if person && end - start > 1 {
                last.insert(self.tokens[end - 1].norm.as_str());
            }
        }
        let before = self.found.len();
        for sentence in &layers.sentences {
            let at = sentence.tokens.0 as usize;
            let boilerplate =
                layers.paragraphs[sentence.paragraph as usize].kind == ParagraphKind::Boilerplate;
            let norm = self.norm(at);
            if !boilerplate
                && !covered[at]
                && self.is_capital(at)
                && last.contains(norm)
                && !self.lexicon.words.doubtful_names.contains(norm)
                && !self.lexicon.language.starters.contains(norm)
            {
                self.push_unlisted(at, at + 1, EntityKind::Person, None, false);
            }
        }
        if self.found.len() > before {
            self.found.sort_by_key(|f| f.mention.tokens.0);
        }
    }

    /// True when what follows at `at` is a name of its own: a title, a given name, another listed name.
    fn splits(&self, at: usize) -> bool {
        self.is_title_word(at)
            || self.listed(at).is_some()
            || (self.is_given(at) && at + 1 < self.limit && self.is_proper(at + 1))
    }

    /// A word of a title that a name may follow: "Foreign" in "Deputy Foreign Minister Ann Orr".
    fn is_title_word(&self, at: usize) -> bool {
        self.in_title[at]
    }

    fn is_given(&self, at: usize) -> bool {
        let folded = fold(self.norm(at));
        let known = |name: &str| self.lexicon.words.given_names.contains(name);
        known(&folded)
            || folded
                .split_once('-')
                .is_some_and(|(first, _)| known(first))
    }

    /// The end of the run of capitalised words that starts at `at`, with the small words that names hold.
    fn run_end(&self, at: usize) -> usize {
        let mut end = at + 1;
        let mut joined = false;
        while end < self.limit && end - at < LONGEST {
            let next = end + 1 < self.limit && self.is_proper(end + 1);
            let title = self.is_title_word(end) && (end > at + 1 || is_acronym(self.word(at)));
            if (self.is_proper(end) && !title) || (joined && self.is_plain_capital(end)) {
                end += 1;
            } else if next
                && (self.norm(end) == "&" || self.lexicon.words.is(self.norm(end), "name-particle"))
            {
                end += 2;
            } else if next && self.is_plain_capital(end) && self.suffix_kind(end + 1).is_some() {
                end += 2; // "Armed Services Committee"
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

    /// An ordinary noun or adjective written with a capital, as the names of bodies have them.
    fn is_plain_capital(&self, at: usize) -> bool {
        self.is_capital(at) && matches!(self.tokens[at].tag, Tag::NN | Tag::NNS | Tag::JJ)
    }

    /// The sort of organisation that the word shows.
    fn suffix_kind(&self, at: usize) -> Option<&str> {
        let norm = self.norm(at);
        self.lexicon
            .words
            .suffixes
            .get(norm)
            .or_else(|| self.lexicon.words.suffixes.get(norm.trim_end_matches('.')))
            .map(|sort| sort.as_str())
    }

    /// A name that no list knows, in the run `at..end`.
    fn unlisted_name(&mut self, at: usize, end: usize, starts_sentence: bool) -> usize {
        let title = self.title_before(at);
        // The run ends before a listed name of another kind inside it ("John Smith Reuters" is rare, a headline).
        let end = (at + 1..end)
            .find(|&i| {
                self.listed(i).is_some_and(|(e, uses)| {
                    e > i + 1 && self.lexicon.world.kind(uses[0].entry) != EntityKind::Person
                })
            })
            .unwrap_or(end);
        let doubtful = self.lexicon.words.doubtful_names.contains(self.norm(at));
        let length = end - at;
        // A profession before one word may stand by itself: "actor Monday".
        let titles_person =
            |t: u32| self.lexicon.words.titles[t as usize].sort != "profession" || length > 1;
        if self.suffix_kind(end - 1).is_some() && length > 1 && title.is_none()
            || (at..end).any(|i| self.lexicon.words.is(self.norm(i), "genitive"))
        {
            self.push_unlisted(at, end, EntityKind::Organization, None, true);
        } else if (title.is_some_and(titles_person))
            || (length > 1 && self.is_given(at) && !(doubtful && starts_sentence))
        {
            self.push_unlisted(at, end, EntityKind::Person, title, true);
        } else if length == 1 && is_acronym(self.word(at)) {
            if !self.shouting {
                self.push_unlisted(at, end, EntityKind::Organization, None, false);
            }
        } else if length > 1
            && (at..end).any(|i| {
                self.suffix_kind(i).is_some()
                    || self.lexicon.words.nominals.contains_key(self.norm(i))
            })
        {
            self.push_unlisted(at, end, EntityKind::Organization, None, false);
        } else if length == 1
            && starts_sentence
            && (doubtful || self.lexicon.language.starters.holds(&self.tokens[at]))
        {
            return end;
        } else {
            self.push_unlisted(at, end, EntityKind::Person, title, false);
        }
        end
    }

    fn push_unlisted(
        &mut self,
        at: usize,
        end: usize,
        kind: EntityKind,
        title: Option<u32>,
        sure: bool,
    ) {
        let features = if kind == EntityKind::Person {
            let given = self
                .lexicon
                .words
                .given_names
                .gender(&fold(self.norm(at)))
                .filter(|_| end - at > 1);
            Features {
                gender: self.title_gender(title).or(given),
                number: Some(Number::Singular),
                human: if sure { Some(true) } else { None },
            }
        } else {
            Features {
                gender: None,
                number: Some(Number::Singular),
                human: Some(false),
            }
        };
        self.push(at, end, Clue::Unlisted { kind, title, sure }, features);
    }

    fn title_before(&self, at: usize) -> Option<u32> {
        self.titles[at].map(|(_, id)| id)
    }

    /// Where the titles before `at` begin: "Foreign Minister Dr" is two of them.
    fn lead(&self, at: usize) -> usize {
        let mut lead = at;
        while let Some((start, _)) = self.titles[lead] {
            lead = start as usize;
        }
        lead
    }

    fn title_gender(&self, title: Option<u32>) -> Option<Gender> {
        title.and_then(|t| self.lexicon.words.titles[t as usize].gender)
    }

    fn push(&mut self, at: usize, end: usize, clue: Clue, features: Features) {
        let span = self.tokens[at].span.cover(self.tokens[end - 1].span);
        let mention = Mention {
            span,
            tokens: (at as u32, end as u32),
            head: end as u32 - 1,
            kind: MentionKind::Name,
            features,
        };
        let lead = self.lead(at) as u32;
        self.found.push(Found {
            mention,
            lead,
            clue,
        });
    }
}

/// "R."
fn is_initial(word: &str) -> bool {
    word.chars().count() == 2 && word.ends_with('.') && word.starts_with(char::is_uppercase)
}

/// "R-Fla.", "D-Ohio": a party and a state behind a name.
fn is_party_and_state(word: &str) -> bool {
    let mut chars = word.chars();
    let letter = chars.next().is_some_and(char::is_uppercase);
    letter
        && matches!(chars.next(), Some('-' | '–'))
        && chars.next().is_some_and(char::is_uppercase)
}

/// Two to six capitals, periods aside.
fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|&c| c != '.').count();
    (2..=6).contains(&letters) && word.chars().all(|c| c.is_uppercase() || c == '.')
}
