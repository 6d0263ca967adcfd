//! Mentions to entities: sieves from precise to loose, each filling only what is still empty and signing its answer.
//!
//! The order: a user's corrections → listed names → unlisted full names → weak and partial names (surname, acronym) → metonyms → descriptions
//! (apposition, dated office, government) and pronouns in text order, those inside quotations last: of the candidates around,
//! the one that the weights of `models/en-coref` rank first.

mod asked;
mod candidate;
mod context;
mod corrected;
mod described;
mod directory;
mod introduced;
pub mod lesson;
mod likeness;
mod metonym;
mod name;
mod office;
mod pronoun;
mod ranked;
mod shared;
mod spelling;
mod standing;
mod turn;
mod unnamed;
mod variant;
mod waiting;
mod whose;

use rustc_hash::{FxHashMap, FxHashSet};

use lesson::Lesson;
use standing::{Ground, Standing};

use super::attribution::Attribution;
use super::mention::{Clue, Found};
use crate::lexicon::Lexicon;
use crate::model::{
    Date, Document, Entity, EntityKind, Features, Mention, MentionKind, Number, ParagraphKind,
    Resolution, Tag, Token,
};
use crate::text::{PhraseKind, Text};

pub use corrected::identify;
pub use directory::{Directory, Facts};

/// Who is meant by what.
#[derive(Debug, Default)]
pub struct Coreference {
    /// Mentions in text order, those found on the way included.
    pub mentions: Vec<Mention>,
    /// One per mention.
    pub resolutions: Vec<Resolution>,
    /// The entities of the document.
    pub entities: Vec<Entity>,
    /// What is known of each entity.
    pub facts: Vec<Facts>,
    /// The source of each attribution, and the sieve that found it.
    pub sources: Vec<Option<(usize, &'static str)>>,
    /// First tokens of names that the lists give to somebody else than the article does.
    pub contested: FxHashSet<u32>,
}

/// What every sieve sees.
struct Scene<'a> {
    pub text: &'a str,
    pub layers: &'a Text,
    pub lexicon: &'a Lexicon,
    pub date: Option<Date>,
    pub attributions: &'a [Attribution],
    pub found: Vec<Found>,
    pub resolutions: Vec<Resolution>,
    pub directory: Directory,
    /// Attribution that a token is the source's head of.
    pub speaking: FxHashMap<u32, usize>,
    /// Attribution of each quotation.
    pub owner: Vec<Option<usize>>,
    /// Tokens inside an addressee, or inside whom a charge is aimed at.
    pub addressed: FxHashSet<u32>,
    /// Where each mention stands.
    pub standings: Vec<Standing>,
    /// Tokens inside a content.
    pub told: Vec<bool>,
    /// Tokens inside a mention.
    pub mentioned: Vec<bool>,
    /// How often the text names each entity.
    pub prominence: Vec<u32>,
    /// Entities that the headline or the first paragraph names.
    pub titled: Vec<bool>,
    /// The source of each attribution, once it is known.
    pub sources: Vec<Option<(usize, &'static str)>>,
    /// Who knows the right answers.
    pub guide: Option<Guide<'a>>,
    /// First tokens of names that the lists give to somebody else than the article.
    pub contested: FxHashSet<u32>,
}

/// Hears a question and may answer it with the number of an answer.
pub type Guide<'a> = &'a mut dyn FnMut(Lesson) -> Option<usize>;

/// Resolves all mentions of a document.
pub fn resolve(
    document: &Document,
    layers: &Text,
    lexicon: &Lexicon,
    attributions: &[Attribution],
    found: Vec<Found>,
) -> Coreference {
    resolve_guided(document, layers, lexicon, attributions, found, None)
}

/// Hears the mentions of a document before any of them is resolved.
type Ready<'a> = &'a mut dyn FnMut(&[Mention]);

fn resolve_guided<'a>(
    document: &'a Document,
    layers: &'a Text,
    lexicon: &'a Lexicon,
    attributions: &'a [Attribution],
    mut found: Vec<Found>,
    lesson: Option<(Ready<'_>, Guide<'a>)>,
) -> Coreference {
    let speaking = add_speaking(document.text(), layers, attributions, &mut found);
    let guide = lesson.map(|(ready, guide)| {
        let mentions: Vec<Mention> = found.iter().map(|f| f.mention.clone()).collect();
        ready(&mentions);
        guide
    });
    let segment_of = segments_of(layers);
    let addressed: FxHashSet<u32> = attributions
        .iter()
        .filter_map(|a| a.addressee)
        .flat_map(|(start, end)| start..end)
        .collect();
    let ground = Ground {
        layers,
        attributions,
        segment_of: &segment_of,
        speaking: &speaking,
        addressed: &addressed,
        language: &lexicon.language,
    };
    let standings = ground.standings(&found);
    let mut told = vec![false; layers.tokens.len()];
    for &(start, end) in attributions.iter().flat_map(|a| &a.content) {
        told[start as usize..end as usize].fill(true);
    }
    let mut mentioned = vec![false; layers.tokens.len()];
    for found in &found {
        let (start, end) = found.mention.tokens;
        mentioned[start as usize..end as usize].fill(true);
    }
    let mut addressed = addressed;
    addressed.extend(
        attributions
            .iter()
            .filter_map(|a| a.target)
            .flat_map(|(start, end)| start..end),
    );
    let mut scene = Scene {
        text: document.text(),
        layers,
        lexicon,
        date: document.meta.published,
        attributions,
        resolutions: vec![Resolution::Unknown; found.len()],
        found,
        directory: Directory::new(identify(document, lexicon)),
        speaking,
        owner: owners_of(layers, attributions),
        addressed,
        standings,
        told,
        mentioned,
        prominence: Vec::new(),
        titled: Vec::new(),
        sources: Vec::new(),
        guide,
        contested: FxHashSet::default(),
    };
    corrected::split(&mut scene, document);
    name::resolve(&mut scene);
    scene.drop_capitals();
    metonym::resolve(&mut scene);
    scene.count_names();
    // Who speaks is settled before what is said: "I" and "he" in a quotation depend on it.
    let order = in_order(&scene.found);
    for quoted in [false, true] {
        for &at in &order {
            if scene.standings[at].quoted() != quoted {
                continue;
            }
            match scene.found[at].mention.kind {
                MentionKind::Name => {}
                MentionKind::Nominal => described::resolve(&mut scene, at),
                MentionKind::Pronoun => pronoun::resolve(&mut scene, at),
            }
        }
        scene.sources = turn::sources(&scene);
    }
    corrected::rename(&mut scene);
    let (entities, facts) = scene.directory.into_parts();
    Coreference {
        mentions: scene.found.into_iter().map(|f| f.mention).collect(),
        resolutions: scene.resolutions,
        entities,
        facts,
        sources: scene.sources,
        contested: scene.contested,
    }
}

/// The mentions in text order, but "his" before "his brother".
fn in_order(found: &[Found]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    for at in 1..found.len() {
        let [whole, part] = [&found[at - 1].mention, &found[at].mention];
        if whole.tokens.0 == part.tokens.0
            && whole.kind == MentionKind::Nominal
            && part.kind == MentionKind::Pronoun
        {
            order.swap(at - 1, at);
        }
    }
    order
}

/// The head token of each attribution's source; a source whose head no mention covers becomes one.
fn add_speaking(
    text: &str,
    layers: &Text,
    attributions: &[Attribution],
    found: &mut Vec<Found>,
) -> FxHashMap<u32, usize> {
    let mut speaking = FxHashMap::default();
    let mut covered: FxHashMap<u32, ()> = FxHashMap::default();
    for f in found.iter() {
        for token in f.mention.tokens.0..f.mention.tokens.1 {
            covered.insert(token, ());
        }
    }
    let before = found.len();
    for (index, attribution) in attributions.iter().enumerate() {
        for range in attribution.source.iter().chain(&attribution.addressee) {
            let (start, head) = head_of(layers, before_parenthesis(layers, *range));
            if attribution.source.as_ref() == Some(range) {
                speaking.entry(head).or_insert(index);
            }
            if covered.insert(head, ()).is_none() {
                let token = &layers.tokens[head as usize];
                let capital = token.span.of(text).starts_with(char::is_uppercase);
                let named = capital && !starts_sentence(layers, head);
                found.push(if named {
                    a_name(token, head)
                } else {
                    a_description(layers, start, head)
                });
            }
        }
    }
    if found.len() > before {
        found.sort_by_key(|f| {
            (
                f.mention.tokens.0,
                std::cmp::Reverse(f.mention.tokens.1),
                f.mention.kind,
            )
        });
    }
    speaking
}

/// "Ann Orr (Arven) said": the words in parentheses are about whom stands before them.
fn before_parenthesis(layers: &Text, range: (u32, u32)) -> (u32, u32) {
    let norm = |token: u32| layers.tokens.get(token as usize).map(|t| t.norm.as_str());
    let opened = range
        .0
        .checked_sub(1)
        .filter(|&open| norm(open) == Some("("));
    match opened {
        Some(open) if open > 0 && norm(range.1) == Some(")") => (open - 1, open),
        _ => range,
    }
}

fn starts_sentence(layers: &Text, token: u32) -> bool {
    let at = layers.sentences.partition_point(|s| s.tokens.1 <= token);
    layers
        .sentences
        .get(at)
        .is_some_and(|s| s.tokens.0 == token)
}

/// A capitalised source that no list and no shape showed to be a name.
fn a_name(token: &Token, head: u32) -> Found {
    Found {
        lead: head,
        mention: Mention {
            span: token.span,
            tokens: (head, head + 1),
            head,
            kind: MentionKind::Name,
            features: Features::default(),
        },
        clue: Clue::Unlisted {
            kind: EntityKind::Person,
            title: None,
            sure: false,
        },
    }
}

fn a_description(layers: &Text, start: u32, head: u32) -> Found {
    let token = &layers.tokens[head as usize];
    let plural = matches!(token.tag, Tag::NNS | Tag::NNPS);
    let number = if plural {
        Number::Plural
    } else {
        Number::Singular
    };
    Found {
        lead: start,
        mention: Mention {
            span: layers.tokens[start as usize].span.cover(token.span),
            tokens: (start, head + 1),
            head,
            kind: MentionKind::Nominal,
            features: Features {
                gender: None,
                number: Some(number),
                human: None,
            },
        },
        clue: Clue::Nominal { indefinite: false },
    }
}

/// First token and head of the noun phrase that leads the tokens `range`: what hangs on it comes behind, possessors
/// before.
pub(in crate::analysis) fn head_of(layers: &Text, range: (u32, u32)) -> (u32, u32) {
    let from = layers.phrases.partition_point(|p| p.tokens.1 <= range.0);
    let mut best = (range.0, range.1 - 1);
    for phrase in layers.phrases[from..]
        .iter()
        .take_while(|p| p.tokens.0 < range.1)
    {
        match phrase.kind {
            PhraseKind::Noun | PhraseKind::Time => {
                let head = phrase.head.min(range.1 - 1);
                return (phrase.tokens.0.max(range.0), head);
            }
            PhraseKind::Possessive => {
                best = (
                    phrase.tokens.0.max(range.0),
                    phrase.head.clamp(range.0, range.1 - 1),
                )
            }
            _ => {
                if matches!(phrase.kind, PhraseKind::Preposition | PhraseKind::Comma) {
                    break;
                }
            }
        }
    }
    best
}

/// Leaves what `kept` says.
fn keep<T>(all: &mut Vec<T>, kept: &[bool]) {
    let mut at = kept.iter();
    all.retain(|_| at.next().copied().unwrap_or(true));
}

fn segments_of(layers: &Text) -> Vec<u32> {
    let mut of = vec![u32::MAX; layers.tokens.len()];
    for (index, segment) in layers.segments.iter().enumerate() {
        for unit in &segment.units {
            if !matches!(unit.kind, PhraseKind::Quotation(_)) {
                for token in unit.tokens.0..unit.tokens.1 {
                    of[token as usize] = index as u32;
                }
            }
        }
    }
    of
}

fn owners_of(layers: &Text, attributions: &[Attribution]) -> Vec<Option<usize>> {
    let mut owner = vec![None; layers.quotations.len()];
    for (index, attribution) in attributions.iter().enumerate() {
        for &q in &attribution.quotations {
            owner[q as usize] = Some(index);
        }
    }
    owner
}

impl Scene<'_> {
    /// Resolves mention `at`, unless an earlier sieve did.
    fn settle(&mut self, at: usize, entity: usize, by: &'static str) {
        if self.resolutions[at].entity().is_none() {
            let (entity, by) = corrected::merged(self, entity).unwrap_or((entity, by));
            self.resolutions[at] = Resolution::Resolved { entity, by };
            let mention = &self.found[at].mention;
            let surface = mention.span.of(self.text);
            self.directory.mention(entity, surface, mention);
        }
    }

    /// It is the calling of this person to speak for somebody: "spokeswoman".
    fn speaks_for_a_body(&self, entity: usize) -> bool {
        let roles = &self.directory.facts(entity).roles;
        roles
            .iter()
            .any(|role| self.lexicon.words.is(role, "mouthpiece"))
    }

    /// Counts how often and where the text names each entity.
    fn count_names(&mut self) {
        self.prominence = vec![0; self.directory.count()];
        self.titled = vec![false; self.directory.count()];
        let title = self.layers.paragraphs.iter();
        let title = title.filter(|p| p.kind == ParagraphKind::Title);
        let opening = title.map(|p| p.tokens.1).next().unwrap_or(0);
        let first = self.layers.paragraphs.first().map_or(0, |p| p.tokens.1);
        for (found, resolution) in self.found.iter().zip(&self.resolutions) {
            if let Some(entity) = resolution.entity() {
                self.prominence[entity] += 1;
                self.titled[entity] |= found.mention.tokens.0 < opening.max(first);
            }
        }
    }

    /// Forgets the words in capitals that turned out to name nobody.
    fn drop_capitals(&mut self) {
        let named = self.found.iter().zip(&self.resolutions);
        let kept: Vec<bool> = named
            .map(|(found, resolution)| {
                !matches!(found.clue, Clue::Capitals) || resolution.entity().is_some()
            })
            .collect();
        keep(&mut self.found, &kept);
        keep(&mut self.resolutions, &kept);
        keep(&mut self.standings, &kept);
    }

    fn norm(&self, token: u32) -> &str {
        &self.layers.tokens[token as usize].norm
    }

    fn name_starts(&self, token: u32) -> bool {
        let from = self.found.partition_point(|f| f.mention.tokens.0 < token);
        self.found[from..]
            .iter()
            .take_while(|f| f.mention.tokens.0 == token)
            .any(|f| f.mention.kind == MentionKind::Name)
    }

    fn opens_paragraph(&self, token: u32) -> bool {
        self.layers
            .paragraphs
            .binary_search_by_key(&token, |p| p.tokens.0)
            .is_ok()
    }

    fn sentence_of(&self, token: u32) -> usize {
        self.layers
            .sentences
            .partition_point(|s| s.tokens.1 <= token)
    }
}
