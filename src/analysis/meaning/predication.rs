//! A content as predications: who is said to do what, clause by clause.
//!
//! Shallow: subjects come from the order of phrases, and a predication reaches to the next subject. Names that a subject
//! only holds ("Russia's demands", "US sanctions") stand for it where the head is nobody.

use super::Reading;
use crate::analysis::attribution::Attribution;
use crate::lexicon::{NominalSort, Part};
use crate::model::{Act, EntityKind, MentionKind, Number};
use crate::text::{Clauses, Subject, Unit, UnitKind, VerbGroup};

/// A content longer than this is judged by its beginning: work stays linear where contents nest.
pub(super) const LONGEST: u32 = 400;

/// Who is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// The source itself, or its own side.
    Own,
    /// Others: one, or two joined by a conjunction.
    Others(Vec<usize>),
    /// Nobody in particular.
    Thing,
}

/// A verb, its subject and what follows.
#[derive(Clone, Debug)]
pub(super) struct Predication {
    pub who: Who,
    /// The subject's words, where it stands right at the verb.
    pub subject: Option<(u32, u32)>,
    /// The verb group's words.
    pub verb: (u32, u32),
    /// The verb itself.
    pub head: u32,
    pub group: VerbGroup,
    /// All of its words: subject, verb and what follows.
    pub reach: (u32, u32),
    /// Opened by "if", "unless".
    pub conditional: bool,
    /// "it is vital": the subject stands for what follows.
    pub expletive: bool,
}

impl Reading<'_> {
    /// The predications of the attribution's content in text order, those that others are quoted with left out.
    pub(super) fn predications(&self, index: usize) -> Vec<Predication> {
        let attribution = &self.attributions[index];
        let mut found = Vec::new();
        for &(start, end) in &attribution.content {
            let end = end.min(start + LONGEST);
            let first = &self.layers.segments[attribution.segment];
            if holds(
                first.units.first().map(|u| u.tokens.0),
                start,
                first.units.last().map(|u| u.tokens.1),
            ) {
                self.read_units(index, &first.units, (start, end), &mut found);
            }
            let from = self
                .layers
                .segments
                .partition_point(|s| s.units[0].tokens.0 < start);
            for (at, segment) in self.layers.segments.iter().enumerate().skip(from) {
                if segment.units[0].tokens.0 >= end {
                    break;
                }
                if at != attribution.segment || segment.units[0].tokens.0 == start {
                    self.read_units(index, &segment.units, (start, end), &mut found);
                }
            }
        }
        found.dedup_by_key(|p| p.verb);
        if let Some(mut opening) = self.opening(index) {
            opening.reach.1 = found.first().map_or(opening.reach.1, |p| p.reach.0);
            found.insert(0, opening);
        }
        found
    }

    fn read_units(
        &self,
        index: usize,
        units: &[Unit],
        (start, end): (u32, u32),
        found: &mut Vec<Predication>,
    ) {
        let clauses = Clauses {
            units,
            tokens: &self.layers.tokens,
            language: &self.lexicon.language,
        };
        let from = units.partition_point(|u| u.tokens.0 < start);
        let to = units.partition_point(|u| u.tokens.0 < end);
        let first = found.len();
        for at in from..to {
            let UnitKind::Verb(group) = units[at].kind else {
                continue;
            };
            let tokens = units[at].tokens;
            if tokens.1 > end || self.is_anothers(index, tokens.0) {
                continue;
            }
            let near = self.near_subject(units, from, at);
            let subject = clauses
                .subject(at)
                .filter(|s| s.start >= from)
                .filter(|s| s.direct || near.is_none());
            // "Moscow orchestrating": a participle counts with a name right at it.
            // "he intended": a past form that looks like a participle has a subject pronoun.
            let counts = group.finite
                || near.is_some_and(|n| {
                    group.gerund
                        || (group.participle && self.is_subject_pronoun(units[n.head].head))
                });
            if !counts {
                continue;
            }
            let subject = if group.finite { subject.or(near) } else { near };
            let subject = subject.map(|s| joined_from(units, from, s));
            let range = subject.map(|s| (units[s.start].tokens.0, units[s.end - 1].tokens.1));
            let direct = subject.filter(|s| s.direct && s.end <= at);
            let opens = direct.map_or(at, |s| s.start);
            let opens_at = units[opens].tokens.0;
            if let Some(last) = found[first..].last_mut() {
                last.reach.1 = last.reach.1.min(opens_at).max(last.verb.1);
            }
            let opens_with_condition = found.len() == first && self.opens_conditional((start, end));
            let conditional = opens_with_condition
                || (opens.saturating_sub(2).max(from)..opens).any(|u| {
                    self.lexicon.words.is(
                        &self.layers.tokens[units[u].tokens.0 as usize].norm,
                        "conditional",
                    )
                });
            let expletive = subject.is_some_and(|s| self.is_expletive(units, &s, at));
            found.push(Predication {
                who: match (range, subject) {
                    (Some(range), Some(subject)) if !expletive => {
                        self.who(index, range, units[subject.head].head)
                    }
                    _ => Who::Thing,
                },
                subject: direct.and(range),
                verb: tokens,
                head: units[at].head,
                group,
                reach: (opens_at, units[to - 1].tokens.1.min(end)),
                conditional,
                expletive,
            });
        }
    }

    /// A name right before the verb that no preposition governs, or any before a participle: what joins it to the left
    /// is another clause.
    fn near_subject(&self, units: &[Unit], from: usize, verb: usize) -> Option<Subject> {
        let mut at = verb;
        while at > from && units[at - 1].kind == UnitKind::Adverb {
            at -= 1;
        }
        let noun = at.checked_sub(1).filter(|&n| n >= from)?;
        let gerund = matches!(units[verb].kind, UnitKind::Verb(group) if group.gerund);
        let governed = noun > from && units[noun - 1].kind == UnitKind::Preposition;
        let fits = units[noun].kind == UnitKind::Noun
            && (self.is_named(units[noun].head) || self.is_subject_pronoun(units[noun].head))
            && (gerund || !governed);
        fits.then_some(Subject {
            start: noun,
            end: noun + 1,
            reach: verb,
            head: noun,
            direct: true,
        })
    }

    /// "to invade Veldania", "hiding the letters": who is urged, accused or wants to does it.
    fn opening(&self, index: usize) -> Option<Predication> {
        let attribution = &self.attributions[index];
        let (start, end) = attribution.content[0];
        let at = self.layers.phrases.partition_point(|p| p.tokens.1 <= start);
        let phrase = self.layers.phrases.get(at)?;
        let UnitKind::Verb(group) = phrase.kind else {
            return None;
        };
        if group.finite || self.is_anothers(index, phrase.head) {
            return None;
        }
        let who = if let Some(entity) = self.captured_target(index) {
            Who::Others(vec![entity])
        } else if let Some(entity) = attribution.addressee.and_then(|a| self.entity_of(a)) {
            Who::Others(vec![entity])
        } else {
            Who::Own
        };
        Some(Predication {
            who,
            subject: None,
            verb: phrase.tokens,
            head: phrase.head,
            group,
            reach: (start, end.min(start + LONGEST)),
            conditional: false,
            expletive: false,
        })
    }

    /// "it is vital that": a pronoun that stands for a clause.
    fn is_expletive(&self, units: &[Unit], subject: &Subject, verb: usize) -> bool {
        let UnitKind::Verb(group) = units[verb].kind else {
            return false;
        };
        let mut next = verb + 1;
        while units.get(next).is_some_and(|u| u.kind == UnitKind::Adverb) {
            next += 1;
        }
        let token = units[subject.head].head;
        let it = subject.end - subject.start == 1
            && self
                .lexicon
                .words
                .pronouns
                .get(&self.layers.tokens[token as usize].norm)
                .is_some_and(|p| {
                    p.person == 3 && p.gender.is_none() && p.number == Some(Number::Singular)
                });
        // "it is ready to" speaks of somebody.
        let is = &self.layers.tokens[units[verb].head as usize].norm;
        it && (group.copula || self.lexicon.words.is(is, "clitic"))
            && units.get(next).is_some_and(|u| {
                let norm = &self.layers.tokens[u.head as usize].norm;
                u.kind == UnitKind::Adjective
                    && self.lexicon.cues.form(Part::Adjective, norm).is_none()
            })
    }

    /// Whom the noun phrase `range` with the head word `head` stands for.
    pub(super) fn who(&self, index: usize, range: (u32, u32), head: u32) -> Who {
        let source = self.source(index);
        let mentions = self.mentions_between(range);
        let of_head = mentions
            .iter()
            .find(|&&(m, _)| self.coreference.mentions[m].head == head);
        let mut others = Vec::new();
        match of_head {
            Some(&(mention, entity)) => {
                if self.is_own(mention, entity, source) {
                    return Who::Own;
                }
                others.push(entity);
                // "Russia and Belarus"
                let joined = mentions.iter().find(|&&(m, e)| {
                    let start = self.coreference.mentions[m].tokens.0;
                    e != entity
                        && start > head
                        && self
                            .lexicon
                            .words
                            .is(&self.layers.tokens[start as usize - 1].norm, "conjunction")
                        && !self.is_own(m, e, source)
                });
                others.extend(joined.map(|&(_, e)| e));
            }
            None => {
                if self.first_person(head) {
                    return Who::Own;
                }
                let Some(&(mention, entity)) =
                    mentions.iter().find(|&&(m, _)| !self.follows_place_word(m))
                else {
                    return Who::Thing;
                };
                if self.is_own(mention, entity, source) {
                    return Who::Own;
                }
                others.push(entity);
            }
        }
        Who::Others(others)
    }

    /// The token stands in what the content only reports somebody else to have said.
    pub(super) fn is_anothers(&self, index: usize, token: u32) -> bool {
        self.children[index].iter().any(|&child| {
            let other = &self.attributions[child];
            let own = self.source(child).is_some() && self.source(child) == self.source(index)
                || other
                    .source
                    .is_some_and(|(_, end)| self.first_person(end - 1));
            // What findings show is the word of whoever speaks of them.
            let thing = self.source(child).is_some_and(|e| self.is_thing(e));
            let speaks = !own && !thing && self.is_speech(other);
            speaks
                && (other
                    .cue_tokens
                    .is_some_and(|(s, e)| s <= token && token < e)
                    || other.content.iter().any(|&(s, e)| s <= token && token < e))
        })
    }

    /// A description of no people: "the findings".
    pub(super) fn is_thing(&self, entity: usize) -> bool {
        let (entity, facts) = (
            &self.coreference.entities[entity],
            &self.coreference.facts[entity],
        );
        let named = entity.name.chars().skip(1).any(char::is_uppercase);
        let speaks = self
            .lexicon
            .words
            .nominals
            .get(&facts.head)
            .is_some_and(|n| n.sort != NominalSort::Document);
        entity.id.contains('#')
            && !speaks
            && (entity.kind == EntityKind::Organization || entity.kind == EntityKind::Group)
            && !named
    }

    /// Words are reported, not a thought, a wish or a plan.
    fn is_speech(&self, attribution: &Attribution) -> bool {
        attribution.cue.is_none_or(|c| {
            !matches!(
                self.lexicon.cues.list[c as usize].act,
                Act::Believe | Act::Threaten | Act::Promise | Act::Predict
            )
        })
    }

    /// "If not, …"
    pub(super) fn opens_conditional(&self, (start, end): (u32, u32)) -> bool {
        self.layers.tokens[start as usize..end.min(start + 2) as usize]
            .iter()
            .any(|t| self.lexicon.words.is(&t.norm, "conditional"))
    }

    fn is_subject_pronoun(&self, token: u32) -> bool {
        let norm = &self.layers.tokens[token as usize].norm;
        self.lexicon
            .words
            .pronouns
            .get(norm)
            .is_some_and(|p| p.case == "subject")
    }

    fn is_named(&self, head: u32) -> bool {
        self.mention_at(head)
            .is_some_and(|(m, _)| self.coreference.mentions[m].kind == MentionKind::Name)
    }

    /// The act of the verb at `token`, where it is a cue.
    pub(super) fn verb_act(&self, token: u32) -> Option<Act> {
        let norm = &self.layers.tokens[token as usize].norm;
        let cue = self.lexicon.cues.form(Part::Verb, norm)?;
        Some(self.lexicon.cues.list[cue as usize].act)
    }
}

/// "Orr and Lee | left": two nouns that open the content are one subject.
fn joined_from(units: &[Unit], from: usize, subject: Subject) -> Subject {
    let opens = subject.direct
        && subject.start == from + 2
        && units[from + 1].kind == UnitKind::Conjunction
        && units[from].kind == UnitKind::Noun;
    if opens {
        Subject {
            start: from,
            head: from,
            ..subject
        }
    } else {
        subject
    }
}

fn holds(first: Option<u32>, start: u32, last: Option<u32>) -> bool {
    first
        .zip(last)
        .is_some_and(|(f, l)| f <= start && start < l)
}
