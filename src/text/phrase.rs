//! Tagged tokens to noun phrases, verb groups and the small words between them.
//!
//! Base phrases only: "the spokesman | for | the ministry | has repeatedly warned". What belongs together beyond that
//! (whose subject, which attachment) is the business of `clause`.

use super::language::Language;
use crate::model::{Quotation, QuotationRole, Sentence, Tag, Token};

/// A run of tokens that works as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// What it is.
    pub kind: PhraseKind,
    /// First token and the token after the last.
    pub tokens: (u32, u32),
    /// The token that carries its meaning.
    pub head: u32,
}

/// The kinds of phrases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhraseKind {
    /// A noun with its determiner and modifiers, a name, a pronoun.
    Noun,
    /// The same with a possessive ending: "Russia's".
    Possessive,
    /// A time expression: "Thursday", "last week".
    Time,
    /// Auxiliaries, negation, adverbs and a verb: "has not repeatedly warned".
    Verb(VerbGroup),
    /// "in", "for".
    Preposition,
    /// An adverb outside a verb group.
    Adverb,
    /// An adjective outside a noun phrase: "is | confident".
    Adjective,
    /// "and", "but", "or".
    Conjunction,
    /// A word that links a clause to its governor: "that", "whether", "if".
    Link,
    /// "who", "which", relative "that".
    Relative,
    /// "how", "why", "when".
    Question,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// A semicolon.
    Semicolon,
    /// A dash.
    Dash,
    /// What ends a sentence.
    Stop,
    /// A bracket.
    Bracket,
    /// A quotation that stands for itself, by its index.
    Quotation(u32),
    /// Anything else.
    Other,
}

/// The grammar of a verb group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VerbGroup {
    /// Has a tense: may carry a sentence.
    pub finite: bool,
    /// "to" + verb.
    pub infinitive: bool,
    /// Ends in a present participle.
    pub gerund: bool,
    /// A bare past participle.
    pub participle: bool,
    /// "be" + past participle.
    pub passive: bool,
    /// "not", "never".
    pub negated: bool,
    /// "may", "would".
    pub modal: bool,
    /// A form of "be" with no other verb.
    pub copula: bool,
}

/// Cuts each sentence into phrases that cover all its tokens but the marks of quoted fragments.
pub(super) fn chunk(
    tokens: &[Token],
    sentences: &[Sentence],
    quotations: &[Quotation],
    language: &Language,
) -> Vec<Phrase> {
    let mut transparent = vec![false; tokens.len()];
    let mut marks = vec![false; tokens.len()];
    for quotation in quotations {
        marks[quotation.tokens.0 as usize] = true;
        marks[quotation.tokens.1 as usize - 1] |= quotation.closed;
    }
    for quotation in quotations
        .iter()
        .filter(|q| q.role == QuotationRole::Fragment)
    {
        transparent[quotation.tokens.0 as usize] = true;
        if quotation.closed {
            transparent[quotation.tokens.1 as usize - 1] = true;
        }
    }
    let mut phrases = Vec::with_capacity(tokens.len() / 2);
    let mut words = Vec::new();
    for sentence in sentences {
        words.clear();
        words.extend((sentence.tokens.0..sentence.tokens.1).filter(|&t| !transparent[t as usize]));
        let chunker = Chunker {
            tokens,
            words: &words,
            marks: &marks,
            language,
        };
        let mut at = 0;
        while at < words.len() {
            let (phrase, next) = chunker.next(at);
            phrases.push(phrase);
            at = next;
        }
    }
    phrases
}

struct Chunker<'a> {
    tokens: &'a [Token],
    /// Tokens of the sentence, in order.
    words: &'a [u32],
    /// True for the tokens that open or close a quotation.
    marks: &'a [bool],
    language: &'a Language,
}

impl Chunker<'_> {
    fn token(&self, at: usize) -> Option<&Token> {
        self.words.get(at).map(|&t| &self.tokens[t as usize])
    }

    fn tag(&self, at: usize) -> Option<Tag> {
        self.token(at).map(|t| t.tag)
    }

    fn phrase(&self, kind: PhraseKind, from: usize, to: usize, head: usize) -> (Phrase, usize) {
        let tokens = (self.words[from], self.words[to - 1] + 1);
        (
            Phrase {
                kind,
                tokens,
                head: self.words[head],
            },
            to,
        )
    }

    /// The phrase that starts at `at`, and where the next one starts.
    fn next(&self, at: usize) -> (Phrase, usize) {
        use Tag::*;
        let token = &self.tokens[self.words[at] as usize];
        if let Some(end) = self.noun_phrase(at) {
            return self.noun(at, end);
        }
        if let Some((group, head, end)) = self.verb_group(at) {
            // "Smith (D-Calif.)"
            let bracketed = at > 0
                && end == at + 1
                && self.tag(at - 1) == Some(BracketOpen)
                && matches!(self.tag(end), Some(BracketClose | Stop));
            let kind = if bracketed {
                PhraseKind::Noun
            } else {
                PhraseKind::Verb(group)
            };
            return self.phrase(kind, at, end, head);
        }
        let kind = match token.tag {
            Comma => PhraseKind::Comma,
            Colon if token.norm == ";" => PhraseKind::Semicolon,
            Colon if token.norm == ":" => PhraseKind::Colon,
            Dash => PhraseKind::Dash,
            Colon => PhraseKind::Dash,
            // "(D-Calif.)", `cried “Stop!” and`
            Stop if self
                .tag(at + 1)
                .is_some_and(|next| !matches!(next, Stop | QuoteClose)) =>
            {
                PhraseKind::Other
            }
            Stop => PhraseKind::Stop,
            BracketOpen | BracketClose => PhraseKind::Bracket,
            CC => PhraseKind::Conjunction,
            WP | WDT | WPS => PhraseKind::Relative,
            WRB => PhraseKind::Question,
            IN if self.language.links.holds(token) => PhraseKind::Link,
            IN | TO | RP => PhraseKind::Preposition,
            RB | RBR | RBS => PhraseKind::Adverb,
            JJ | JJR | JJS | VBN | VBG => PhraseKind::Adjective,
            DT if self.language.links.holds(token) => PhraseKind::Link,
            _ => PhraseKind::Other,
        };
        self.phrase(kind, at, at + 1, at)
    }

    /// Classifies the noun phrase `at..end`.
    fn noun(&self, at: usize, end: usize) -> (Phrase, usize) {
        let head = end - 1;
        if self.tag(end) == Some(Tag::POS) || self.is_plural_possessive(end) {
            return self.phrase(PhraseKind::Possessive, at, end + 1, head);
        }
        let time = self
            .token(head)
            .is_some_and(|t| self.language.time_words.holds(t));
        self.phrase(
            if time {
                PhraseKind::Time
            } else {
                PhraseKind::Noun
            },
            at,
            end,
            head,
        )
    }

    /// "the voters' | choice": an apostrophe that closes no quotation, behind a plural and before a noun.
    fn is_plural_possessive(&self, at: usize) -> bool {
        let Some(&mark) = self.words.get(at) else {
            return false;
        };
        let (token, before) = (&self.tokens[mark as usize], &self.tokens[mark as usize - 1]);
        matches!(token.norm.as_str(), "'" | "’")
            && !self.marks[mark as usize]
            && before.span.end() == token.span.start()
            && before.norm.ends_with('s')
            && self.noun_follows(at + 1)
    }

    /// The end of the noun phrase that starts at `at`.
    fn noun_phrase(&self, at: usize) -> Option<usize> {
        use Tag::*;
        match self.tag(at)? {
            PRP | EX => return Some(at + 1),
            _ if self.is_quantity(at) => return Some(at + 1),
            _ => {}
        }
        let mut i = at;
        let mut head = None;
        let mut determined = false;
        while let Some(tag) = self.tag(i) {
            match tag {
                PDT if i == at => determined = true,
                CC if i == at && self.is_correlative(at) && self.noun_follows(i + 1) => {}
                DT | PRPS
                    if i == at
                        || (i == at + 1
                            && (self.tag(at) == Some(PDT) || self.is_correlative(at))) =>
                {
                    // "that the plan", "that Norway", "that voters": the second word shows that the first one links.
                    if tag == DT && i == at && self.links(i) {
                        return None;
                    }
                    determined = true;
                }
                CD => head = Some(i),
                SYM if self.tag(i + 1) == Some(CD) => {}
                NN | NNS | NNP | NNPS | FW => {
                    if i > at && head.is_some() && self.starts_time(i) {
                        break;
                    }
                    head = Some(i);
                }
                JJ if head.is_some_and(|h| self.tag(h) != Some(CD)) && self.is_time(i + 1) => break,
                JJ | JJR | JJS => {
                    // An adjective behind the head starts something else, unless a noun follows ("leader Moscow-backed").
                    if head.is_some_and(|h| self.tag(h) != Some(CD)) && !self.noun_follows(i + 1) {
                        // "a US official | said": an adjective for the tagger, the head for its place.
                        if determined && matches!(self.tag(i + 1), Some(VBD | VBZ | MD)) {
                            head = Some(i);
                        } else {
                            break;
                        }
                    }
                }
                VBN | VBG
                    if (determined || i > at) && self.noun_follows(i + 1) && head.is_none() => {}
                VBN if i == at
                    && self.noun_follows(i + 1)
                    && !self.is_auxiliary_before(at)
                    && !self.is_nominal_before(at)
                    && !self.is_past_tense(at) => {}
                RB | RBR | RBS
                    if head.is_none()
                        && determined
                        && matches!(self.tag(i + 1), Some(JJ | JJR | VBN | CD | VBG)) => {}
                POS if self.tokens[self.words[i] as usize].norm != "'s" => break,
                Dash if head.is_some() && self.is_hyphen(i) && self.noun_follows(i + 1) => {}
                VBN | VBD if i > at && self.is_hyphen(i - 1) => {}
                CC if head.is_none()
                    && i > at
                    && matches!(self.tag(i - 1), Some(JJ))
                    && matches!(self.tag(i + 1), Some(JJ))
                    && self.noun_follows(i + 2) => {}
                _ => break,
            }
            i += 1;
        }
        match head {
            Some(head) => Some(head + 1),
            // "those", "this", "many": a determiner on its own, but never a linking word before a clause.
            None if determined && i == at + 1 && self.stands_alone(at) => Some(at + 1),
            // "the poor", "the Republican incumbent"
            None if determined
                && i >= at + 2
                && matches!(self.tag(i - 1), Some(JJ))
                && self.tag(at) == Some(DT)
                && !self
                    .language
                    .links
                    .holds(&self.tokens[self.words[at] as usize]) =>
            {
                Some(i)
            }
            None => None,
        }
    }

    /// A determiner at `at` that links a clause rather than opening a noun phrase.
    fn links(&self, at: usize) -> bool {
        use Tag::*;
        match self.tag(at + 1) {
            Some(DT | PRP | PRPS | EX) => true,
            Some(NNP | NNPS | NNS | CD) => self.is_link(at),
            // "that more than 50 voters", "that local officials"
            Some(JJ | JJR | RBR) => self.is_link(at) && self.is_plural(at + 2),
            _ => false,
        }
    }

    fn is_link(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| self.language.links.holds(t))
    }

    /// What goes on at `at` leads to a plural noun, a number or "than" before anything else.
    fn is_plural(&self, at: usize) -> bool {
        use Tag::*;
        (at..at + 4)
            .map_while(|i| self.tag(i))
            .find(|tag| !matches!(tag, JJ | JJR | VBN | NN))
            .is_some_and(|tag| matches!(tag, NNS | NNPS | CD | IN))
            && !matches!(self.tag(at), Some(NN))
    }

    fn stands_alone(&self, at: usize) -> bool {
        let linking = self.token(at).is_some_and(|t| self.language.links.holds(t));
        match self.tag(at + 1) {
            Some(Tag::VBD | Tag::VBZ | Tag::VBP | Tag::MD) => true,
            Some(Tag::JJ | Tag::VBN | Tag::VBG | Tag::RB | Tag::CD | Tag::IN) => !linking,
            _ => {
                !linking
                    || self
                        .tag(at + 1)
                        .is_none_or(|t| matches!(t, Tag::Stop | Tag::Comma))
            }
        }
    }

    fn is_hyphen(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.norm == "-")
            && at > 0
            && self.token(at - 1).is_some_and(|before| {
                before.span.end() == self.tokens[self.words[at] as usize].span.start()
            })
    }

    /// A weekday or the like that is not part of the name before it.
    fn starts_time(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|t| self.language.weekdays.holds(t))
    }

    /// "many | said", "several | of them", "both | have left": a quantity that stands for who is counted.
    fn is_quantity(&self, at: usize) -> bool {
        use Tag::*;
        let counts = self
            .token(at)
            .is_some_and(|t| self.language.quantifiers.holds(t));
        let verb = at + 1 + usize::from(self.tag(at + 1).is_some_and(is_adverb));
        let fits = match self.tag(at) {
            Some(JJ | JJR | JJS | CC) => counts,
            _ => false,
        };
        fits && (matches!(self.tag(verb), Some(VBD | VBZ | VBP | MD))
            || (self.tag(at) != Some(CC)
                && self.tag(at + 1) == Some(IN)
                && self
                    .token(at + 1)
                    .is_some_and(|t| self.language.attaching.holds(t))))
    }

    /// "both | Smith and Brown"
    fn is_correlative(&self, at: usize) -> bool {
        self.tag(at) == Some(Tag::CC)
            && self
                .token(at)
                .is_some_and(|t| self.language.correlatives.holds(t))
    }

    /// "Smith, the founder, | endorsed Brown": a name behind a comma and a participle is an object.
    fn is_past_tense(&self, at: usize) -> bool {
        at > 0
            && self.tag(at - 1) == Some(Tag::Comma)
            && matches!(self.tag(at + 1), Some(Tag::NNP | Tag::NNPS))
    }

    /// A word of a time expression: "Smith | last week".
    fn is_time(&self, at: usize) -> bool {
        self.token(at)
            .is_some_and(|t| self.language.time_words.holds(t))
    }

    fn is_auxiliary_before(&self, at: usize) -> bool {
        at > 0
            && self
                .token(at - 1)
                .is_some_and(|t| self.language.auxiliary(&t.norm).is_some())
    }

    fn is_nominal_before(&self, at: usize) -> bool {
        use Tag::*;
        at > 0 && matches!(self.tag(at - 1), Some(NN | NNS | NNP | NNPS | PRP))
    }

    /// A noun stands at `at`, modifiers aside.
    fn noun_follows(&self, at: usize) -> bool {
        use Tag::*;
        (at..at + 4).find_map(|i| match self.tag(i) {
            Some(NN | NNS | NNP | NNPS) => Some(true),
            Some(JJ | JJR | JJS | CD) => None,
            Some(VBN | VBG) if i == at => None,
            _ => Some(false),
        }) == Some(true)
    }

    /// "vowed | to “stop” them": the tagger took the word for a preposition, but a base form follows.
    fn is_infinitive(&self, at: usize) -> bool {
        self.tag(at) == Some(Tag::IN)
            && self.tag(at + 1) == Some(Tag::VB)
            && self
                .token(at)
                .is_some_and(|t| self.language.infinitives.holds(t))
    }

    /// The verb group that starts at `at`: its grammar, its head and its end.
    fn verb_group(&self, at: usize) -> Option<(VerbGroup, usize, usize)> {
        use super::language::Auxiliary;
        use Tag::*;
        let mut group = VerbGroup::default();
        let mut i = at;
        let mut head = None;
        let mut last_auxiliary = None;
        // "to" starts an infinitive only before a verb, "not" before either.
        if self.tag(i) == Some(TO) || self.is_infinitive(i) {
            let verb = (i + 1..i + 4).find(|&j| !self.tag(j).is_some_and(is_adverb));
            if verb.is_none_or(|j| !matches!(self.tag(j), Some(VB | VBP))) {
                return None;
            }
            group.infinitive = true;
            i += 1;
        } else if self.tag(i).is_some_and(is_adverb) {
            // An adverb opens a group only right before a verb: "repeatedly warned".
            let negation = self
                .token(i)
                .is_some_and(|t| self.language.negations.holds(t));
            let verb = self.tag(i + 1).is_some_and(is_verb);
            if !verb
                || (!negation
                    && self
                        .token(i)
                        .is_some_and(|t| self.language.time_words.holds(t)))
            {
                return None;
            }
            group.negated = negation;
            i += 1;
        }
        while let Some(tag) = self.tag(i) {
            let token = &self.tokens[self.words[i] as usize];
            if is_adverb(tag) {
                let reaches = (i + 1..i + 4)
                    .find(|&j| !self.tag(j).is_some_and(is_adverb))
                    .is_some_and(|j| self.tag(j).is_some_and(is_verb));
                let negation = self.language.negations.holds(token);
                if negation && head.is_some() && last_auxiliary.is_some() {
                    group.negated = true;
                    if !reaches {
                        // "is not | confident", "did not."
                        i += 1;
                        break;
                    }
                } else if !reaches || (head.is_some() && last_auxiliary.is_none()) {
                    break;
                }
                i += 1;
                continue;
            }
            // "have | long | campaigned"
            if tag == JJ && last_auxiliary == Some(Auxiliary::Have) && self.tag(i + 1) == Some(VBN)
            {
                i += 1;
                continue;
            }
            if !is_verb(tag) || (head.is_some() && last_auxiliary.is_none()) {
                break;
            }
            if head.is_none() {
                group.modal = tag == MD;
                group.finite = matches!(tag, VBD | VBP | VBZ | MD)
                    || (tag == VB && !group.infinitive && at == 0);
            }
            // A participle before a noun modifies it: "is | planned construction".
            if head.is_some() && tag == VBG && last_auxiliary == Some(Auxiliary::Have) {
                break;
            }
            if head.is_some() && tag == VBN {
                group.passive = matches!(last_auxiliary, Some(Auxiliary::Be));
            }
            group.gerund = tag == VBG && head.is_none();
            group.participle = tag == VBN && head.is_none();
            head = Some(i);
            last_auxiliary = self
                .language
                .auxiliary(&token.norm)
                .or((tag == MD).then_some(Auxiliary::Modal));
            i += 1;
        }
        let head = head?;
        // "when | asked"
        if i == at + 1 && self.tag(at) == Some(VBD) && at > 0 && self.tag(at - 1) == Some(WRB) {
            group.participle = true;
            group.finite = false;
        }
        // "Smith accused the mayor": between a noun and its object a past participle is a past tense.
        let object = matches!(
            self.tag(i),
            Some(DT | NNP | NNPS | PRP | PRPS | NN | NNS | JJ | JJR | JJS | CD)
        );
        if group.participle && object && self.is_nominal_before(at) {
            group.participle = false;
            group.finite = true;
        }
        group.copula = self
            .token(head)
            .is_some_and(|t| self.language.auxiliary(&t.norm) == Some(Auxiliary::Be));
        // Adverbs at the end belong to what follows.
        let mut end = i;
        while end > head + 1 && !group.negated && self.tag(end - 1).is_some_and(is_adverb) {
            end -= 1;
        }
        Some((group, head, end))
    }
}

fn is_adverb(tag: Tag) -> bool {
    matches!(tag, Tag::RB | Tag::RBR | Tag::RBS)
}

fn is_verb(tag: Tag) -> bool {
    matches!(
        tag,
        Tag::VB | Tag::VBD | Tag::VBG | Tag::VBN | Tag::VBP | Tag::VBZ | Tag::MD
    )
}
