//! Attributions and entities to statements: act, polarity, about, targets, addressees, date.

mod about;
mod act;
mod addressee;
mod answer;
mod bearing;
mod candidate;
mod colour;
mod date;
mod decide;
pub mod judged;
pub mod lesson;
mod owner;
mod predication;
mod seen;
mod side;
mod stance;
mod standing;
mod target;

use rustc_hash::FxHashMap;

use super::attribution::Attribution;
use super::coref::{Coreference, head_of};
use crate::lexicon::{Lexicon, Tone};
use crate::model::{
    CueUse, Document, Origin, Polarity, Provenance, Signs, Source, Span, Standing, Statement,
    Target,
};
use crate::text::Text;
use predication::Predication;
use stance::Stance;

/// What the parts of this stage see.
pub(super) struct Reading<'a> {
    pub document: &'a Document,
    pub layers: &'a Text,
    pub lexicon: &'a Lexicon,
    pub coreference: &'a Coreference,
    pub attributions: &'a [Attribution],
    /// Attributions inside each attribution's content, by index.
    pub children: Vec<Vec<usize>>,
    /// Entities by id.
    pub by_id: FxHashMap<&'a str, usize>,
    /// For each entity those on whose side it speaks.
    pub sides: Vec<Vec<usize>>,
    /// One per token.
    pub tones: Vec<Option<Tone>>,
}

/// Makes a statement of every attribution, in the same order.
pub fn read(
    document: &Document,
    layers: &Text,
    lexicon: &Lexicon,
    attributions: &[Attribution],
    coreference: &Coreference,
) -> Vec<Statement> {
    let reading = Reading::new(document, layers, lexicon, attributions, coreference);
    let (mut statements, clauses) = reading.by_rule();
    for statement in &mut statements {
        let (targets, addressees) = (statement.targets.len(), statement.addressees.len());
        statement.provenance.signs = Signs::of_rules(targets, addressees);
    }
    reading.decide(&mut statements, &clauses);
    reading.stand(&mut statements);
    statements
}

/// What the rules read a content as.
struct Clauses {
    pub predications: Vec<Predication>,
    pub stance: Stance,
}

impl<'a> Reading<'a> {
    fn new(
        document: &'a Document,
        layers: &'a Text,
        lexicon: &'a Lexicon,
        attributions: &'a [Attribution],
        coreference: &'a Coreference,
    ) -> Reading<'a> {
        let mut children = vec![Vec::new(); attributions.len()];
        for (index, attribution) in attributions.iter().enumerate() {
            if let Some(parent) = attribution.parent {
                children[parent].push(index);
            }
        }
        let entities = coreference.entities.iter().enumerate();
        let by_id: FxHashMap<&str, usize> = entities.map(|(at, e)| (e.id.as_str(), at)).collect();
        Reading {
            document,
            layers,
            lexicon,
            coreference,
            attributions,
            children,
            sides: side::sides(coreference, &by_id, lexicon, document.meta.published),
            by_id,
            tones: colour::tones(layers, lexicon),
        }
    }
}

impl Reading<'_> {
    /// All statements as the rules read them.
    fn by_rule(&self) -> (Vec<Statement>, Vec<Clauses>) {
        let (mut statements, clauses): (Vec<Statement>, Vec<Clauses>) =
            (0..self.attributions.len())
                .map(|index| self.statement(index))
                .unzip();
        let unaimed: Vec<bool> = clauses.iter().map(|c| c.stance.unaimed).collect();
        self.answer(&mut statements);
        self.repeat(&mut statements);
        self.carry_on(&mut statements, &unaimed);
        (statements, clauses)
    }

    /// The statement, and what its content was read as.
    fn statement(&self, index: usize) -> (Statement, Clauses) {
        let attributions = self.attributions;
        let attribution = &attributions[index];
        let resolved = self.coreference.sources[index];
        let continued = attribution.source.is_none() && attribution.source_of.is_some();
        let range = attribution
            .source
            .or_else(|| attributions[attribution.source_of?].source);
        let span = range.map(|range| self.span(range));
        let source = (resolved.is_some() || span.is_some()).then_some(Source {
            entity: resolved.map(|(entity, _)| entity),
            span,
            continued,
        });
        let cue = attribution.cue_tokens.map(|tokens| CueUse {
            span: self.span(tokens),
            lemma: self.lemma(attribution, tokens),
        });
        let addressees = self.addressees(index);
        let predications = self.predications(index);
        let stance = self.stance(index, &predications);
        let act = self.act(index, &predications, &stance);
        let polarity = self.polarity(index, act, &stance);
        let targets: Vec<Target> = self
            .targets(index, act, &predications, &stance, &addressees)
            .into_iter()
            .take(2)
            .map(|entity| Target { entity, polarity })
            .collect();
        let polarity = if targets.is_empty() {
            Polarity::Neutral
        } else {
            polarity
        };
        let statement = Statement {
            source,
            cue,
            content: attribution
                .content
                .iter()
                .map(|&range| self.span(range))
                .collect(),
            kind: attribution.kind,
            act,
            negated: attribution.negated && !self.declines(index),
            about: self.about(index, &addressees),
            addressees,
            targets,
            polarity,
            parent: attribution.parent,
            standing: Standing::Firsthand,
            said_on: self.said_on(attribution),
            confidence: attribution.confidence * self.certainty(attribution),
            provenance: self.provenance(attribution, resolved),
        };
        (
            statement,
            Clauses {
                predications,
                stance,
            },
        )
    }

    /// How sure it is that the source is who it seems to be: less where the lists know somebody else of that name.
    fn certainty(&self, attribution: &Attribution) -> f32 {
        const CONTESTED: f32 = 0.8;
        let contested = attribution.source.is_some_and(|(start, end)| {
            (start..end).any(|token| self.coreference.contested.contains(&token))
        });
        if contested { CONTESTED } else { 1.0 }
    }

    fn span(&self, tokens: (u32, u32)) -> Span {
        self.layers.tokens[tokens.0 as usize]
            .span
            .cover(self.layers.tokens[tokens.1 as usize - 1].span)
    }

    fn lemma(&self, attribution: &Attribution, tokens: (u32, u32)) -> String {
        match attribution.cue {
            Some(cue) => self.lexicon.cues.list[cue as usize].lemma.to_string(),
            None => self.layers.tokens[tokens.1 as usize - 1].norm.to_string(),
        }
    }

    /// The entity that is the source.
    fn source(&self, index: usize) -> Option<usize> {
        self.coreference.sources[index].map(|(entity, _)| entity)
    }

    /// The entity of the mention that heads the noun phrase `range`.
    fn entity_of(&self, range: (u32, u32)) -> Option<usize> {
        let (_, head) = head_of(self.layers, range);
        self.mention_at(head).map(|(_, entity)| entity)
    }

    /// The resolved mention whose head is the token `head`, with its entity.
    fn mention_at(&self, head: u32) -> Option<(usize, usize)> {
        let mentions = &self.coreference.mentions;
        let from = mentions.partition_point(|m| m.tokens.0 + 40 < head);
        (from..mentions.len())
            .take_while(|&i| mentions[i].tokens.0 <= head)
            .filter(|&i| mentions[i].head == head)
            .find_map(|i| Some((i, self.coreference.resolutions[i].entity()?)))
    }

    /// Resolved mentions that lie within the tokens `start..end`, with their entities.
    fn mentions_between(&self, (start, end): (u32, u32)) -> Vec<(usize, usize)> {
        let mentions = &self.coreference.mentions;
        let from = mentions.partition_point(|m| m.tokens.0 < start);
        (from..mentions.len())
            .take_while(|&i| mentions[i].tokens.0 < end)
            .filter(|&i| mentions[i].tokens.1 <= end)
            .filter_map(|i| Some((i, self.coreference.resolutions[i].entity()?)))
            .collect()
    }

    /// The sentence or sentences that show it: its segment and all of its content.
    fn provenance(
        &self,
        attribution: &Attribution,
        resolved: Option<(usize, &'static str)>,
    ) -> Provenance {
        let mut evidence = self.layers.segments[attribution.segment].span;
        for &content in &attribution.content {
            evidence = evidence.cover(self.span(content));
        }
        // Whole sentences, closing marks included.
        let sentences = &self.layers.sentences;
        let first = sentences.partition_point(|s| s.span.end() <= evidence.start());
        let end = evidence.end();
        for sentence in sentences[first..]
            .iter()
            .take_while(|s| s.span.start() < end)
        {
            evidence = evidence.cover(sentence.span);
        }
        let mut lines = Vec::new();
        lines.extend(
            attribution
                .pattern
                .map(|p| self.lexicon.patterns[p].place.clone()),
        );
        lines.extend(
            attribution
                .cue
                .map(|c| self.lexicon.cues.list[c as usize].place.clone()),
        );
        if let Some((entity, _)) = resolved
            && let Origin::Listed(place) = &self.coreference.entities[entity].origin
        {
            lines.push(place.clone());
        }
        lines.extend(resolved.into_iter().flat_map(|(entity, _)| {
            let facts = &self.coreference.facts[entity];
            facts.corrected_by.iter().cloned()
        }));
        Provenance {
            evidence,
            rule: attribution.rule.clone(),
            sieves: resolved.map(|(_, sieve)| sieve).into_iter().collect(),
            lines,
            signs: Signs::of_rules(0, 0),
        }
    }
}
