//! Where mentions stand: their part in the clause, their sentence, who utters them.
//!
//! In: the mentions and attributions of an article. Out: one [`Standing`] for each mention, made once for all sieves.

use rustc_hash::{FxHashMap, FxHashSet};

use super::owners_of;
use crate::analysis::attribution::Attribution;
use crate::analysis::mention::Found;
use crate::lexicon::{Value, value};
use crate::model::{ContentKind, Tag};
use crate::text::{Clauses, Language, Segment, Text, UnitKind};

/// No segment, nobody.
pub(super) const NONE: u32 = u32::MAX;

/// The part of a mention in its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It speaks.
    Source,
    /// It is spoken to.
    Addressee,
    /// Subject of a finite verb.
    Subject,
    /// Right behind a verb.
    Object,
    /// Whose something is.
    Possessive,
    /// Behind a preposition.
    Oblique,
    /// Any other.
    Other,
}

impl Role {
    /// As features write it.
    pub fn value(self) -> Value<'static> {
        match self {
            Role::Source => value!("source"),
            Role::Addressee => value!("addressee"),
            Role::Subject => value!("subject"),
            Role::Object => value!("object"),
            Role::Possessive => value!("possessive"),
            Role::Oblique => value!("oblique"),
            Role::Other => value!("other"),
        }
    }

    /// It leads its clause.
    pub fn leads(self) -> bool {
        matches!(self, Role::Source | Role::Subject)
    }
}

/// Where a mention stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    pub role: Role,
    pub sentence: u32,
    pub paragraph: u32,
    /// Index of the segment, or [`NONE`].
    pub segment: u32,
    /// Index of the unit in the segment.
    pub unit: u32,
    /// The unit of the verb that it belongs to, and that of the verb's subject; or [`NONE`].
    pub verb: u32,
    pub subject: u32,
    /// The attribution whose words these are, or [`NONE`]: the author's.
    pub teller: u32,
    /// The quotation around it, or [`NONE`].
    pub quotation: u32,
}

impl Standing {
    /// Somebody is quoted here.
    pub fn quoted(&self) -> bool {
        self.teller != NONE || self.quotation != NONE
    }
}

/// What is known of a text's clauses and who speaks in them.
pub(super) struct Ground<'a> {
    pub layers: &'a Text,
    pub attributions: &'a [Attribution],
    pub segment_of: &'a [u32],
    pub speaking: &'a FxHashMap<u32, usize>,
    pub addressed: &'a FxHashSet<u32>,
    pub language: &'a Language,
}

/// The subject and verb of a clause, as units of a segment.
type Predicate = (u32, u32);

impl Ground<'_> {
    /// One standing for each mention.
    pub fn standings(&self, found: &[Found]) -> Vec<Standing> {
        let tellers = self.tellers();
        let predicates: Vec<Vec<Predicate>> = self
            .layers
            .segments
            .iter()
            .map(|segment| self.predicates(segment))
            .collect();
        let (mut sentence, mut paragraph) = (0, 0);
        let sentences = &self.layers.sentences;
        let paragraphs = &self.layers.paragraphs;
        found
            .iter()
            .map(|f| {
                let head = f.mention.head;
                while sentence + 1 < sentences.len()
                    && sentences[sentence].tokens.1 <= f.mention.tokens.0
                {
                    sentence += 1;
                }
                while paragraph + 1 < paragraphs.len()
                    && paragraphs[paragraph].tokens.1 <= f.mention.tokens.0
                {
                    paragraph += 1;
                }
                let segment = self.segment_of[head as usize];
                let cut = self.layers.segments.get(segment as usize);
                let unit = cut.map_or(0, |s| s.units.partition_point(|u| u.tokens.1 <= head));
                let clauses = predicates
                    .get(segment as usize)
                    .map_or(&[][..], Vec::as_slice);
                let (verb, subject) = predicate(clauses, cut, unit);
                Standing {
                    role: self.role(head, cut, unit, clauses),
                    verb,
                    subject,
                    sentence: sentence as u32,
                    paragraph: paragraph as u32,
                    segment,
                    unit: unit as u32,
                    teller: tellers.get(head as usize).copied().unwrap_or(NONE),
                    quotation: cut.and_then(|s| s.within).unwrap_or(NONE),
                }
            })
            .collect()
    }

    /// The subject of each finite verb.
    fn predicates(&self, segment: &Segment) -> Vec<Predicate> {
        let clauses = Clauses {
            units: &segment.units,
            tokens: &self.layers.tokens,
            language: self.language,
        };
        let verbs = segment.units.iter().enumerate();
        let finite = verbs.filter(|(_, u)| matches!(u.kind, UnitKind::Verb(g) if g.finite));
        finite
            .filter_map(|(at, _)| Some((clauses.subject(at)?.head as u32, at as u32)))
            .collect()
    }

    /// The attribution that each token is quoted in; empty where nobody is quoted.
    fn tellers(&self) -> Vec<u32> {
        if self.attributions.is_empty() {
            return Vec::new();
        }
        let mut tellers = vec![NONE; self.layers.tokens.len()];
        for (at, attribution) in self.attributions.iter().enumerate() {
            if attribution.kind == ContentKind::Direct {
                for &(start, end) in &attribution.content {
                    tellers[start as usize..end as usize].fill(at as u32);
                }
            } else {
                for &(start, end) in &attribution.content {
                    let quotations = &self.layers.quotations;
                    let from = quotations.partition_point(|q| q.tokens.0 < start);
                    for quotation in quotations[from..].iter().take_while(|q| q.tokens.1 <= end) {
                        let (start, end) = quotation.tokens;
                        tellers[start as usize..end as usize].fill(at as u32);
                    }
                }
            }
        }
        for (quotation, owner) in owners_of(self.layers, self.attributions).iter().enumerate() {
            if let Some(owner) = owner {
                let (start, end) = self.layers.quotations[quotation].tokens;
                for teller in &mut tellers[start as usize..end as usize] {
                    if *teller == NONE {
                        *teller = *owner as u32;
                    }
                }
            }
        }
        tellers
    }

    fn role(&self, head: u32, segment: Option<&Segment>, at: usize, clauses: &[Predicate]) -> Role {
        if self.speaking.contains_key(&head) {
            return Role::Source;
        }
        if self.addressed.contains(&head) {
            return Role::Addressee;
        }
        let Some(unit) = segment.and_then(|s| s.units.get(at)) else {
            return Role::Other;
        };
        let units = &segment.expect("it holds the unit").units;
        if unit.kind == UnitKind::Possessive || self.layers.tokens[head as usize].tag == Tag::PRPS {
            return Role::Possessive;
        }
        if head < unit.head {
            return Role::Other;
        }
        if clauses.iter().any(|&(subject, _)| subject as usize == at) {
            return Role::Subject;
        }
        let kind = |at: usize| units.get(at).map(|u| u.kind);
        let before = at.checked_sub(1).and_then(kind);
        if before == Some(UnitKind::Preposition) {
            return Role::Oblique;
        }
        match before {
            Some(UnitKind::Verb(_)) => Role::Object,
            None | Some(UnitKind::Link | UnitKind::Conjunction) if at < 2 => Role::Subject,
            _ => Role::Other,
        }
    }
}

/// The verb that unit `at` belongs to, and the unit of that verb's subject: its own verb, else the last before it.
fn predicate(clauses: &[Predicate], segment: Option<&Segment>, at: usize) -> (u32, u32) {
    if segment.is_none() {
        return (NONE, NONE);
    }
    let own = clauses.iter().find(|&&(subject, _)| subject as usize == at);
    let before = || {
        clauses
            .iter()
            .rev()
            .find(|&&(_, verb)| (verb as usize) < at)
    };
    match own.or_else(before) {
        Some(&(subject, verb)) => (verb, subject),
        None => (NONE, NONE),
    }
}
