//! The antecedent of a pronoun or description: the best of few candidates, by what was learned from labelled news.
//!
//! In: a mention that no surer sieve resolved. Out: whom it means, that it introduces somebody, or nothing. Every answer is a
//! sum of weights that models/en-coref/antecedents.tsv lists; an answer that hardly beats the next best is none.

use super::Scene;
use super::asked::{Asked, Choice, class_of_pronoun};
use super::candidate::{Candidate, MOST, Who, gather};
use super::lesson::{Answer, Lesson, Meant};
use super::likeness::{Hints, Pair, describe, thumb};
use super::standing::{NONE, Role};
use super::unnamed::introduce;
use crate::lexicon::{Features, Sink, Value, value};
use crate::model::MentionKind;

/// What became of a word that asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It means this entity.
    Entity(usize),
    /// It introduces somebody.
    New,
    /// It means nobody, or nobody knows whom.
    Nobody,
}

/// How far the speaker before is looked for.
const SPEAKERS: usize = 40;

/// Whom `asked` means; `known` are candidates that need not stand near.
pub(super) fn decide(
    scene: &mut Scene<'_>,
    asked: &Asked,
    known: &[usize],
    hints: &Hints,
) -> Verdict {
    let candidates = gather(scene, asked, known);
    let ranking = Ranking::new(scene, asked, &candidates, hints);
    let scores = Scores::of(scene, &ranking);
    let mut verdict = scores.verdict(scene, asked);
    if scene.guide.is_some() {
        let lesson = ranking.lesson(scene, verdict);
        if let Some(guide) = &mut scene.guide
            && let Some(answer) = guide(lesson)
        {
            verdict = match () {
                () if answer < candidates.len() => Verdict::Entity(answer),
                () if answer == candidates.len() && asked.class.describes() => Verdict::New,
                () => Verdict::Nobody,
            };
        }
    }
    match verdict {
        Verdict::Entity(best) => match candidates[best].who {
            Who::Entity(entity) => Verdict::Entity(entity),
            Who::Unnamed(mention) => Verdict::Entity(introduce(scene, mention)),
        },
        other => other,
    }
}

/// A word that asks, with its candidates.
struct Ranking<'a> {
    asked: &'a Asked,
    candidates: &'a [Candidate],
    hints: &'a Hints,
    last_speaker: Option<usize>,
    last_pronoun: Option<usize>,
    /// Candidate that the rule of thumb takes.
    thumb: Option<usize>,
    /// Candidate that the text names most.
    most: Option<usize>,
    choice: Choice,
}

impl<'a> Ranking<'a> {
    fn new(
        scene: &Scene<'_>,
        asked: &'a Asked,
        candidates: &'a [Candidate],
        hints: &'a Hints,
    ) -> Ranking<'a> {
        let at = asked.at;
        let last_speaker = (at.saturating_sub(SPEAKERS)..at)
            .rev()
            .filter(|&i| scene.standings[i].role == Role::Source)
            .find_map(|i| scene.resolutions[i].entity());
        let pronoun = &scene.found[at].mention;
        let last_pronoun = (at.saturating_sub(SPEAKERS)..at)
            .rev()
            .filter(|&i| {
                let other = &scene.found[i].mention;
                other.kind == MentionKind::Pronoun
                    && other.features == pronoun.features
                    && class_of_pronoun(scene, i) == Some(asked.class)
            })
            .find_map(|i| scene.resolutions[i].entity());
        let count = |c: &Candidate| match c.who {
            Who::Entity(entity) => scene.prominence.get(entity).copied().unwrap_or(0),
            Who::Unnamed(_) => 0,
        };
        let most = (0..candidates.len())
            .rev()
            .max_by_key(|&i| count(&candidates[i]))
            .filter(|&i| count(&candidates[i]) > 1);
        let thumbs = candidates
            .iter()
            .map(|candidate| thumb(scene, asked, candidate));
        let best = thumbs.enumerate().rev().max_by_key(|&(_, score)| score);
        let thumb = best.filter(|&(_, score)| score.is_some()).map(|(at, _)| at);
        let nearest = candidates.first().and_then(|c| c.near);
        let choice = Choice {
            candidates: candidates.len(),
            distance: nearest.map_or(NONE, |near| {
                asked
                    .standing
                    .sentence
                    .abs_diff(scene.standings[near].sentence)
            }),
            leads: nearest.is_some_and(|near| scene.standings[near].role.leads()),
            near: nearest.map(|near| scene.found[near].mention.head),
        };
        Ranking {
            asked,
            candidates,
            hints,
            last_speaker,
            last_pronoun,
            thumb,
            most,
            choice,
        }
    }

    /// Features of answer `at`: a candidate, then "new" for descriptions, then "nobody".
    fn describe(&self, scene: &Scene<'_>, at: usize, sink: Sink<'_>) {
        match self.candidates.get(at) {
            Some(candidate) => {
                let pair = Pair {
                    asked: self.asked,
                    candidate,
                    order: at,
                    most: self.most == Some(at),
                    last_speaker: self.last_speaker,
                    last_pronoun: self.last_pronoun,
                    thumb: self.thumb == Some(at),
                    hints: self.hints,
                };
                describe(scene, &pair, sink);
            }
            None => self
                .asked
                .describe(scene, self.answer(at), &self.choice, sink),
        }
    }

    fn answer(&self, at: usize) -> Value<'static> {
        if at == self.candidates.len() && self.asked.class.describes() {
            value!("new")
        } else {
            value!("nobody")
        }
    }

    fn answers(&self) -> usize {
        self.candidates.len() + 1 + usize::from(self.asked.class.describes())
    }

    fn lesson(&self, scene: &Scene<'_>, chosen: Verdict) -> Lesson {
        let mentions_of = |entity| {
            let resolved = scene.resolutions.iter().enumerate();
            let its = resolved.filter(move |(_, r)| r.entity() == Some(entity));
            its.map(|(i, _)| i).collect()
        };
        let answers = (0..self.answers()).map(|at| {
            let mut features = Features::named();
            self.describe(scene, at, &mut features);
            let features = features.into_names();
            let meant = match self.candidates.get(at).map(|c| c.who) {
                Some(Who::Entity(entity)) => Meant::Mentions(mentions_of(entity)),
                Some(Who::Unnamed(mention)) => Meant::Mentions(vec![mention]),
                None if self.answer(at) == value!("new") => Meant::New,
                None => Meant::Nobody,
            };
            Answer { meant, features }
        });
        Lesson {
            mention: self.asked.at,
            class: self.asked.class.value().text(),
            answers: answers.collect(),
            resolved: matches!(chosen, Verdict::Entity(_)),
        }
    }
}

/// What the weights say.
struct Scores {
    best: Option<usize>,
    first: f32,
    second: f32,
    new: f32,
    nobody: f32,
}

impl Scores {
    fn of(scene: &Scene<'_>, ranking: &Ranking<'_>) -> Scores {
        let weights = &scene.lexicon.antecedents;
        let score = |at| weights.score(|sink| ranking.describe(scene, at, sink));
        let mut scores = Scores {
            best: None,
            first: f32::MIN,
            second: f32::MIN,
            new: f32::MIN,
            nobody: score(ranking.answers() - 1),
        };
        debug_assert!(ranking.candidates.len() <= MOST + 4);
        for at in 0..ranking.candidates.len() {
            let this = score(at);
            if this > scores.first {
                scores.second = scores.first;
                (scores.best, scores.first) = (Some(at), this);
            } else if this > scores.second {
                scores.second = this;
            }
        }
        if ranking.asked.class.describes() {
            scores.new = score(ranking.candidates.len());
        }
        scores
    }

    /// `Entity` holds the number of the candidate here.
    fn verdict(&self, scene: &Scene<'_>, asked: &Asked) -> Verdict {
        let class = asked.class.value();
        let margin = |over: Value<'static>| {
            scene
                .lexicon
                .antecedents
                .score(|sink| sink.see(value!("margin"), &[class, over]))
        };
        // Whoever speaks is somebody.
        let speaks = asked.standing.role == Role::Source && !asked.class.describes();
        let clear = self.first - self.second.max(f32::MIN / 2.0) >= margin(value!("second"))
            && (speaks || self.first - self.nobody >= margin(value!("nobody")))
            && self.first >= self.new;
        match self.best {
            Some(best) if clear => Verdict::Entity(best),
            _ if self.new > self.nobody.max(self.first) => Verdict::New,
            _ => Verdict::Nobody,
        }
    }
}
