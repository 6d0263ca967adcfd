//! Why a statement means what it means: each judgement with what it rests on.
//!
//! In: what [`read`](super::read) gets, and which statement. Out: its [`Judgement`]s, each with the features that speak for it
//! in the learned tables, strongest first, or with the lines of data behind a rule. Nothing is decided here.

use super::Reading;
use super::bearing::Bearings;
use super::candidate::Cast;
use super::decide::{aims, toward};
use super::seen::Seen;
use crate::analysis::attribution::Attribution;
use crate::analysis::coref::Coreference;
use crate::lexicon::choices::{ACTS, ADDRESSEE, Part, STANCES, STANDINGS, TARGET, rival};
use crate::lexicon::{Choices, Lexicon, Tone};
use crate::model::{Act, Document, Place, Polarity, Sign, Standing, Statement};
use crate::text::Text;

/// One judgement of a statement.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// What is judged.
    pub what: Question,
    /// The answer; of targets and addressees the id of the entity.
    pub value: String,
    /// What gave it, and how sure that is.
    pub sign: Sign,
    /// The answer that came second.
    pub rather_than: Option<&'static str>,
    /// What speaks for it.
    pub grounds: Vec<Ground>,
}

/// What is asked of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// What the source does.
    Act,
    /// Its stance.
    Polarity,
    /// How it stands.
    Standing,
    /// At whom it is directed.
    Target,
    /// To whom it is said.
    Addressee,
}

/// What speaks for a judgement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// A feature as the table writes it, `lemma=accuse|verb`; behind a rule the words of the text; empty: the line says it all.
    pub feature: String,
    /// By how much it speaks for the answer and against the second one, in parts of a log-odd.
    pub weight: i32,
    /// The line of data.
    pub place: Option<Place>,
}

/// What is known of the article.
pub struct Known<'a> {
    /// The article.
    pub document: &'a Document,
    /// Its layers.
    pub layers: &'a Text,
    /// What words mean.
    pub lexicon: &'a Lexicon,
    /// Who said what in it.
    pub attributions: &'a [Attribution],
    /// Who is meant.
    pub coreference: &'a Coreference,
}

/// The judgements behind `statement`, which was made of the attribution `index`.
pub fn judged(known: &Known<'_>, index: usize, statement: &Statement) -> Vec<Judgement> {
    let Known {
        document,
        layers,
        lexicon,
        attributions,
        coreference,
    } = *known;
    let reading = Reading::new(document, layers, lexicon, attributions, coreference);
    let (ruled, clauses) = reading.by_rule();
    let cast = Cast::of(&reading);
    let aimed = aims(&ruled);
    let seen = Seen {
        reading: &reading,
        index,
        clauses: &clauses[index],
        ruled: &ruled[index],
        targets: &aimed[index],
    };
    let sums = lexicon.judgements.sums(|sink| seen.describe(sink));
    let parts = lexicon.judgements.parts(|sink| seen.describe(sink));
    let signs = &statement.provenance.signs;
    let of_table = |what, value: &'static str, sign: Sign, first: usize, count: usize, nth| {
        let sums = match what {
            Question::Polarity => toward(sums, !statement.targets.is_empty()),
            _ => sums,
        };
        let other = rival(&sums, first, count, nth);
        let is_learned = sign.sure.is_some();
        Judgement {
            what,
            value: value.to_owned(),
            sign,
            rather_than: is_learned.then_some(crate::lexicon::choices::ANSWERS[other]),
            grounds: match is_learned {
                true => strongest(&parts, first + nth, Some(other)),
                false => Vec::new(),
            },
        }
    };
    let mut act = of_table(
        Question::Act,
        statement.act.name(),
        signs.act,
        ACTS,
        Act::ALL.len(),
        statement.act as usize,
    );
    let line = |place: &Place| Ground {
        feature: String::new(),
        weight: 0,
        place: Some(place.clone()),
    };
    if signs.act.sure.is_none() {
        let pattern = attributions[index].pattern.map(|at| &lexicon.patterns[at]);
        let own = pattern.filter(|p| p.act == Some(statement.act));
        let cue = reading.cue(index).map(|cue| line(&cue.place));
        act.grounds = own.map(|p| line(&p.place)).or(cue).into_iter().collect();
    }
    let mut polarity = of_table(
        Question::Polarity,
        statement.polarity.name(),
        signs.polarity,
        STANCES,
        Polarity::ALL.len(),
        statement.polarity as usize,
    );
    match signs.polarity.by {
        "cue" => {
            polarity.grounds = reading
                .cue(index)
                .map(|c| line(&c.place))
                .into_iter()
                .collect()
        }
        "words" => {
            let predications = &clauses[index].predications;
            let words = reading.words_for(index, predications, statement.polarity);
            let ground = |(word, tone): (&str, Tone)| Ground {
                feature: format!("“{word}” ({})", tone.name()),
                weight: 0,
                place: None,
            };
            polarity.grounds = words.into_iter().map(ground).collect();
        }
        _ => {}
    }
    let standing = of_table(
        Question::Standing,
        statement.standing.name(),
        signs.standing,
        STANDINGS,
        Standing::ALL.len(),
        statement.standing as usize,
    );
    let mut judgements = vec![act, polarity, standing];
    let candidates = reading.candidates(&seen, &aimed, &cast);
    let bearings = Bearings::new(&seen, &candidates, &cast, &sums);
    let of_candidate = |what, entity: usize, sign: Sign, answer: usize| {
        let at = candidates.iter().position(|c| c.entity == entity);
        let parts = at.filter(|_| sign.sure.is_some()).map(|at| {
            let table: &Choices = &lexicon.candidates;
            table.parts(|sink| bearings.describe(at, sink))
        });
        Judgement {
            what,
            value: coreference.entities[entity].id.clone(),
            sign,
            rather_than: None,
            grounds: parts.map_or_else(Vec::new, |parts| strongest(&parts, answer, None)),
        }
    };
    for (target, &sign) in statement.targets.iter().zip(&signs.targets) {
        judgements.push(of_candidate(Question::Target, target.entity, sign, TARGET));
    }
    for (&entity, &sign) in statement.addressees.iter().zip(&signs.addressees) {
        judgements.push(of_candidate(Question::Addressee, entity, sign, ADDRESSEE));
    }
    judgements
}

/// The features that speak for `answer`, and against `other`, the strongest first; each once.
fn strongest(parts: &[Part], answer: usize, other: Option<usize>) -> Vec<Ground> {
    let mut grounds: Vec<Ground> = Vec::new();
    for part in parts {
        let weight = part.sums[answer] - other.map_or(0, |other| part.sums[other]);
        let known = grounds.iter_mut().find(|g| g.feature == part.feature);
        match known {
            Some(ground) => ground.weight += weight,
            None => grounds.push(Ground {
                feature: part.feature.clone(),
                weight,
                place: part.place.clone(),
            }),
        }
    }
    grounds.retain(|ground| ground.weight > 0 && ground.place.is_some());
    grounds.sort_by_key(|ground| std::cmp::Reverse(ground.weight)); // stable: ties keep their order
    grounds
}
