//! What a language looks like on the page: abbreviations, clitics, quotation marks, the site's own phrases.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::line_set::LineSet;
use super::tagger::Tagger;
use super::words::WordSet;

/// One language's writing, filled from its data files by the lexicon.
#[derive(Debug, Default)]
pub struct Language {
    /// Words with a final period, without it, in lower case.
    pub abbreviations: FxHashMap<CompactString, Abbreviation>,
    /// Endings that stand alone, with a straight apostrophe: "'s", "n't".
    pub clitics: Vec<CompactString>,
    /// Pairs of quotation marks.
    pub quotation_marks: Vec<QuotationMark>,
    /// Closed-class words: a capital on one of these behind an abbreviation starts a sentence.
    pub starters: WordSet,
    /// Words that link a clause to its governor: "that", "whether".
    pub links: WordSet,
    /// "not", "never".
    pub negations: WordSet,
    /// "after", "because": words that start a clause.
    pub subordinators: WordSet,
    /// Prepositions that hang on the noun before them: "of", "for", "from".
    pub attaching: WordSet,
    /// Words that are prepositions wherever they stand: "amid".
    pub prepositions: WordSet,
    /// Forms of verbs that a bare infinitive may follow: "helped".
    pub bare_infinitives: WordSet,
    /// Words that are adjectives whatever they look like: "neighbouring".
    pub adjectives: WordSet,
    /// Forms of verbs with a hyphen, which look like adjectives: "tut-tutted".
    pub hyphenated_verbs: WordSet,
    /// Words that open an indirect question: "how", "why".
    pub questions: WordSet,
    /// Prepositions before who does it: "by".
    pub agents: WordSet,
    /// Prepositions before what somebody is said to be or say: "as".
    pub roles: WordSet,
    /// "both", "either": open the first of two noun phrases.
    pub correlatives: WordSet,
    /// "to": opens an infinitive.
    pub infinitives: WordSet,
    /// Syllables that a hyphen joins to a given name, whatever their case: "Min-suk".
    pub syllables: WordSet,
    /// "many", "several": stand for those who are counted.
    pub quantifiers: WordSet,
    /// Forms of "be", "have", "do" and the modals.
    pub auxiliaries: FxHashMap<CompactString, Auxiliary>,
    /// Head words of time expressions: "week", "Thursday".
    pub time_words: WordSet,
    /// Days of the week and the like, which end a name before them.
    pub weekdays: WordSet,
    /// Whole paragraphs that are the site's, not the article's.
    pub boilerplate: LineSet,
}

/// What kind of abbreviation a word is, which tells whether it may end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// Stands before a name and never ends a sentence: "Gen."
    Title,
    /// Stands before a figure, and is a word elsewhere: "No. 6".
    Number,
    /// May end a sentence when a closed-class word follows with a capital: "U.S.", "Inc.", "p.m."
    Other,
}

/// What an auxiliary verb is a form of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auxiliary {
    /// "is", "been"
    Be,
    /// "has"
    Have,
    /// "did"
    Do,
    /// "may"
    Modal,
}

/// A pair of quotation marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuotationMark {
    /// The opening mark as it stands in text.
    pub open: CompactString,
    /// The closing mark, which may be the same.
    pub close: CompactString,
    /// True when the closing mark is also an apostrophe.
    pub apostrophe: bool,
}

impl Language {
    /// The abbreviation `norm`, given without its period.
    pub fn abbreviation(&self, norm: &str) -> Option<Abbreviation> {
        self.abbreviations.get(norm).copied()
    }

    /// The auxiliary that `norm` is a form of.
    pub fn auxiliary(&self, norm: &str) -> Option<Auxiliary> {
        self.auxiliaries.get(norm).copied()
    }

    /// Bytes of the clitic at the end of `word`, 0 where there is none.
    pub fn clitic(&self, word: &str) -> usize {
        let norm = super::normalize(word);
        let Some(clitic) = self
            .clitics
            .iter()
            .find(|clitic| norm.ends_with(clitic.as_str()))
        else {
            return 0;
        };
        // Typographic apostrophes are longer than plain ones: count characters, not bytes.
        let count = clitic.chars().count();
        word.chars().rev().take(count).map(char::len_utf8).sum()
    }

    /// True when every seventh word of `piece` is a small word of this language: then it is written in no other. Words of one
    /// and two letters, which languages share, do not count.
    pub fn is_plainly(&self, piece: &str) -> bool {
        let words = piece.split(|c: char| !c.is_alphabetic());
        let (mut small, mut all) = (0, 0);
        for word in words.filter(|word| !word.is_empty()) {
            all += 1;
            small += usize::from(word.len() > 2 && self.starters.contains(word));
        }
        all > 0 && small * 7 >= all
    }

    /// The tagger of this language.
    pub fn tagger(&self) -> Tagger {
        Tagger::english()
    }
}
