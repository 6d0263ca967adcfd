//! Names: listed ones first, then what titles, given names and organisation suffixes show.

use rustc_hash::FxHashSet;

use super::shape::{is_acronym, is_headline, is_party_and_state, is_shouting};
use super::{Clue, Found};
use crate::lexicon::{Keys, Lexicon, NameUse, PhraseHit, fold};
use crate::model::{
    EntityKind, Features, Gender, Mention, MentionKind, Number, ParagraphKind, Tag, Token,
};
use crate::text::{Tagger, Text};

pub(super) fn find(text: &str, layers: &Text, lexicon: &Lexicon) -> Vec<Found> {
    let keys = Keys::new(text, &layers.tokens);
    let mut titles = vec![None; layers.tokens.len() + 1];
    let mut in_title = vec![false; layers.tokens.len() + 1];
    let hits = lexicon.words.title_phrases.find(&layers.tokens);
    for hit in &hits {
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
        titles,
        in_title,
        tagger: lexicon.language.tagger(),
        lexicon,
        shouting: false,
        headline: false,
        limit: 0,
        found: Vec::new(),
    };
    finder.portfolios(layers, &hits);
    for sentence in &layers.sentences {
        if layers.paragraphs[sentence.paragraph as usize].kind == ParagraphKind::Boilerplate {
            continue;
        }
        let (start, end) = (sentence.tokens.0 as usize, sentence.tokens.1 as usize);
        finder.shouting = is_shouting(text, &layers.tokens[start..end]);
        finder.headline = is_headline(text, &layers.tokens[start..end]);
        finder.limit = end;
        let mut at = start;
        while at < end {
            at = finder.step(at, at == start).max(at + 1);
        }
    }
    finder.surnames(layers);
    finder.found
}

pub(super) struct Finder<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) keys: &'a Keys,
    /// By the token behind a title: its first token and its row.
    pub(super) titles: Vec<Option<(u32, u32)>>,
    /// Tokens inside a title.
    pub(super) in_title: Vec<bool>,
    pub(super) tagger: Tagger,
    pub(super) lexicon: &'a Lexicon,
    /// Case tells nothing in this sentence.
    pub(super) shouting: bool,
    /// Most words of this sentence have a capital.
    pub(super) headline: bool,
    /// The token behind the sentence.
    pub(super) limit: usize,
    pub(super) found: Vec<Found>,
}

impl Finder<'_> {
    pub(super) fn listed(&self, at: usize) -> Option<(usize, Vec<NameUse>)> {
        let capital = self.tokens[at].capital;
        if !capital && !self.shouting {
            return None;
        }
        let range = (at, self.limit);
        let world = &self.lexicon.world;
        let (end, mut uses) =
            world.longest(self.text, self.tokens, self.keys, range, self.shouting)?;
        if uses.iter().any(|u| u.risky) && (self.is_month(at, end) || !self.is_local(at, end)) {
            uses.retain(|u| !u.risky);
        }
        if end == at + 1 && self.is_direction(at) {
            return None; // "Western media"
        }
        (!uses.is_empty()).then_some((end, uses))
    }

    /// Reads what starts at `at`; returns where to go on.
    fn step(&mut self, at: usize, starts_sentence: bool) -> usize {
        let listed = self.listed(at);
        let reach = listed.as_ref().map_or(at, |(end, _)| *end);
        let lexicon = self.lexicon;
        let nationality = lexicon.nationality_end(self.tokens, at, self.limit);
        if let Some((end, country)) = lexicon.people(self.tokens, at, self.limit)
            && end > reach
            && (end > at + 1
                || matches!(self.tokens[at].tag, Tag::NNPS | Tag::NNS)
                || nationality.is_none())
        {
            let features = Features {
                number: Some(Number::Plural),
                human: Some(true),
                gender: None,
            };
            self.push(at, end, Clue::People(country), features);
            return end;
        }
        // "North | Korean officials", "German | Chancellor Ann Orr"
        if let Some(end) = nationality
            && (end > reach.max(at + 1) || (reach == at && self.in_title[end]))
        {
            return end;
        }
        if let Some((end, uses)) = listed {
            return self.listed_name(at, end, uses);
        }
        if let Some(end) = self.body_end(at, starts_sentence) {
            self.push_unlisted(at, end, EntityKind::Organization, None, true);
            return end;
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
        if self.is_month(at, end) || (end == at + 1 && nationality.is_some()) {
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
        // "Norrick" is somebody, "Norrick Lanfen" somebody else.
        let short = person && end - at == 1 && uses.iter().all(|u| self.is_short(u));
        let odd = run == end + 1
            && !self.headline
            && !self.is_no_name(end)
            && !self.lexicon.words.nominals.contains_key(self.norm(end))
            && !self.lexicon.words.is(self.norm(end), "facility")
            && (self.does(end, self.limit as u32) || self.is_comma(end + 1));
        if short && run > end && (self.is_surname(end) || odd) {
            return self.unlisted_name(at, run, false);
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
        // "Georgia Holt": a place that people are called after, before a surname.
        if !person
            && run == end + 1
            && end - at == 1
            && self.lexicon.words.is(self.norm(at), "given-place")
            && self.is_surname(end)
            && !self.listed(end).is_some_and(|(_, uses)| {
                uses.iter()
                    .any(|u| self.lexicon.world.kind(u.entry) == EntityKind::Organization)
            })
        {
            let title = self.title_before(at);
            self.push_unlisted(at, run, EntityKind::Person, title, true);
            return run;
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
        if person && self.is_generation(end) {
            end += 1; // "Ann Orr Jr."
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
            let words = self.tokens[start + 1..end].iter().rev();
            let surname = words
                .map(|t| t.norm.as_str())
                .find(|norm| !self.lexicon.words.is_generation(norm));
            if person && let Some(surname) = surname {
                last.insert(surname);
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
                && (!self.lexicon.words.doubtful_names.contains(norm)
                    || self.does(at, sentence.tokens.1))
                && !self.lexicon.language.starters.contains(norm)
            {
                self.push_unlisted(at, at + 1, EntityKind::Person, None, false);
            }
        }
        if self.found.len() > before {
            self.found.sort_by_key(|f| f.mention.tokens.0);
        }
    }

    /// Titles with what they are of, before a name: "minister for Health and Sport Ann Orr".
    fn portfolios(&mut self, layers: &Text, hits: &[PhraseHit]) {
        const MOST: usize = 9;
        for hit in hits {
            let at = hit.end as usize;
            let sentence = layers
                .sentences
                .partition_point(|s| s.tokens.1 as usize <= at);
            let Some(sentence) = layers.sentences.get(sentence) else {
                continue;
            };
            self.limit = sentence.tokens.1 as usize;
            if at >= self.limit || !self.lexicon.words.is(self.norm(at), "portfolio") {
                continue;
            }
            let (behind, stop) = (at + 1, self.limit.min(at + MOST));
            let inside = |i: usize| {
                self.is_capital(i)
                    || self.tokens[i].tag == Tag::CC
                    || (self.tokens[i].tag == Tag::DT && i == at + 1)
            };
            let name = (at + 1..stop)
                .take_while(|&i| inside(i))
                .skip(1)
                .find(|&i| self.is_given(i) && !self.is_common(i) && self.is_proper(i + 1));
            if let Some(name) = name
                && self.titles[name].is_none()
            {
                self.titles[name] = Some((hit.start, hit.id));
                self.in_title[behind..name].fill(true);
            }
        }
    }

    /// A name that no list knows, in the run `at..end`.
    fn unlisted_name(&mut self, at: usize, end: usize, starts_sentence: bool) -> usize {
        let title = self.title_before(at);
        // "Democratic | Rep. Ann Orr", "Democrat | Ann Orr"
        let titled = (at + 1..end).find_map(|i| Some(self.titles[i]?.0 as usize));
        if let Some(start) = titled.filter(|&start| start > at) {
            if (at..start).all(|i| self.is_no_name(i) || self.is_common(i)) {
                return start;
            }
        } else if title.is_none() && end > at + 2 && self.is_no_name(at) && self.is_given(at + 1) {
            return at + 1;
        }
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
        } else if length > 1
            && self.lexicon.words.is(self.norm(end - 1), "facility")
            && !(length == 2 && self.is_given(at) && self.acts(at, end))
        {
            self.push_unlisted(at, end, EntityKind::Place, None, true); // "Orr Memorial Park"
        } else if (title.is_some_and(titles_person))
            || (length > 1
                && self.is_given(at)
                && !self.is_thing(at, end)
                && !(doubtful
                    && (starts_sentence || (self.is_common(end - 1) && !self.is_borne(end - 1)))))
        {
            self.push_unlisted(at, end, EntityKind::Person, title, true);
        } else if length == 1 && self.lexicon.language.starters.holds(&self.tokens[at]) {
            return end; // "Everyone", "THE"
        } else if length == 1 && is_acronym(self.word(at)) {
            if !self.shouting {
                self.push_unlisted(at, end, EntityKind::Organization, None, false);
            }
        } else if length > 1
            && (at..end).any(|i| {
                self.suffix_kind(i).is_some()
                    || (self.lexicon.words.nominals.contains_key(self.norm(i))
                        && !(i + 1 == end && self.is_calling(i)))
            })
        {
            self.push_unlisted(at, end, EntityKind::Organization, None, false);
        } else if length == 1
            && starts_sentence
            && (doubtful || self.lexicon.language.starters.holds(&self.tokens[at]))
        {
            return end;
        } else if title.is_some() || (self.is_personal(at, end) && !self.is_thing(at, end)) {
            self.push_unlisted(at, end, EntityKind::Person, title, false);
        } else if length == 2 && !self.is_common(at) && self.is_calling(end - 1) {
            self.push_unlisted(at, end, EntityKind::Person, title, false); // "Bojan Teller"
        } else if length > 1 && !self.is_common(at) && !self.is_no_name(at) {
            self.push_unlisted(at, end, EntityKind::Organization, None, false); // "Korsava Power"
        } else if length > 1 || !self.lexicon.words.nominals.contains_key(self.norm(at)) {
            let features = Features {
                gender: None,
                number: Some(Number::Singular),
                human: None,
            };
            self.push(at, end, Clue::Capitals, features);
        }
        end
    }

    /// "the Logan Act": nobody's name stands behind an article.
    fn is_thing(&self, at: usize, end: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.norm(before));
        before.is_some_and(|word| self.lexicon.words.is(word, "article"))
            && self.lexicon.words.is(self.norm(end - 1), "thing")
    }

    /// True for the subject of a verb that no preposition of place leads to: "Ann Park said".
    fn acts(&self, at: usize, end: usize) -> bool {
        let before = at.checked_sub(1).map(|before| self.norm(before));
        let local = before.is_some_and(|word| self.lexicon.words.is(word, "locative"));
        !local && self.does(end - 1, self.limit as u32)
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
