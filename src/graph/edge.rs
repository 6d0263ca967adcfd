//! What links two entities: the statements of the one that are directed at the other or mention it.

use std::collections::BTreeMap;

use super::day;
use crate::model::{Act, Date, EntityRow, Polarity, Standing, StatementRow};

/// All statements of one kind by which `source` is linked to `target`. It points from the one who says to the
/// one of whom it is said, and may lead back to its own source.
#[derive(Clone, Debug)]
pub struct Edge<'r> {
    /// Who says it.
    pub source: &'r EntityRow,
    /// At whom it is directed, or whom it mentions.
    pub target: &'r EntityRow,
    /// Which of the two.
    pub kind: EdgeKind,
    /// The statements, by their ids; never empty.
    pub witnesses: Vec<Witness<'r>>,
}

/// The kinds of edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EdgeKind {
    /// The act is directed at the target.
    Target,
    /// The act is directed at nobody; the content mentions the target. The weaker kind: it says that the source
    /// spoke of somebody, not to what effect.
    About,
}

/// A statement that shows an edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Witness<'r> {
    /// The statement.
    pub statement: &'r StatementRow,
    /// The source's stance towards the edge's target; neutral where the statement only mentions it.
    pub polarity: Polarity,
}

/// How often an edge shows an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActCount {
    /// The act.
    pub act: Act,
    /// How the statements stand: "not accuse" is another act than "accuse".
    pub standing: Standing,
    /// Number of statements.
    pub count: usize,
}

/// How many statements of an edge are for, against or neither.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stances {
    /// Against.
    pub negative: usize,
    /// Neither.
    pub neutral: usize,
    /// For.
    pub positive: usize,
}

/// The `count` heaviest of these edges, in the order in which they came. Of two equally heavy ones, one with a
/// target stays before one that only mentions, then the surer, then the first.
pub fn heaviest(edges: Vec<Edge<'_>>, count: usize) -> Vec<Edge<'_>> {
    let mut order: Vec<(usize, Edge)> = edges.into_iter().enumerate().collect();
    order.sort_by(|(_, a), (_, b)| {
        b.weight()
            .cmp(&a.weight())
            .then(a.kind.cmp(&b.kind))
            .then(b.confidence().total_cmp(&a.confidence()))
    });
    order.truncate(count);
    order.sort_by_key(|(at, _)| *at);
    order.into_iter().map(|(_, edge)| edge).collect()
}

impl EdgeKind {
    /// The name that every output uses.
    pub const fn name(self) -> &'static str {
        match self {
            EdgeKind::Target => "target",
            EdgeKind::About => "about",
        }
    }

    /// The kind of the edges that `statement` makes.
    pub fn of(statement: &StatementRow) -> EdgeKind {
        if statement.targets.is_empty() {
            EdgeKind::About
        } else {
            EdgeKind::Target
        }
    }
}

impl<'r> Edge<'r> {
    /// The number of statements.
    pub fn weight(&self) -> usize {
        self.witnesses.len()
    }

    /// The acts, the most frequent first, then in the order of the documentation.
    pub fn acts(&self) -> Vec<ActCount> {
        let mut counts: BTreeMap<(Act, Standing), usize> = BTreeMap::new();
        for Witness { statement, .. } in &self.witnesses {
            *counts
                .entry((statement.act, statement.standing))
                .or_default() += 1;
        }
        let mut acts: Vec<ActCount> = counts
            .into_iter()
            .map(|((act, standing), count)| ActCount {
                act,
                standing,
                count,
            })
            .collect();
        acts.sort_by_key(|act| std::cmp::Reverse(act.count)); // stable: ties keep the acts' own order
        acts
    }

    /// How many statements take which side.
    pub fn stances(&self) -> Stances {
        let mut stances = Stances::default();
        for witness in &self.witnesses {
            match witness.polarity {
                Polarity::Negative => stances.negative += 1,
                Polarity::Neutral => stances.neutral += 1,
                Polarity::Positive => stances.positive += 1,
            }
        }
        stances
    }

    /// How many statements stand so.
    pub fn standing(&self, standing: Standing) -> usize {
        let stand = |w: &&Witness| w.statement.standing == standing;
        self.witnesses.iter().filter(stand).count()
    }

    /// How many statements another source reports.
    pub fn reported(&self) -> usize {
        let told = |w: &&Witness| w.statement.teller.is_some();
        self.witnesses.iter().filter(told).count()
    }

    /// The side that more statements take than the other; neutral when neither does.
    pub fn polarity(&self) -> Polarity {
        let Stances {
            negative, positive, ..
        } = self.stances();
        match negative.cmp(&positive) {
            std::cmp::Ordering::Greater => Polarity::Negative,
            std::cmp::Ordering::Less => Polarity::Positive,
            std::cmp::Ordering::Equal => Polarity::Neutral,
        }
    }

    /// The confidence of its surest statement.
    pub fn confidence(&self) -> f32 {
        self.witnesses
            .iter()
            .map(|witness| witness.statement.confidence)
            .fold(0.0, f32::max)
    }

    /// The first and the last day of its statements, as far as they have one.
    pub fn days(&self) -> Option<(Date, Date)> {
        let days = || self.witnesses.iter().filter_map(|w| day(w.statement));
        Some((days().min()?, days().max()?))
    }

    /// One edge for each statement.
    pub fn split(&self) -> impl Iterator<Item = Edge<'r>> {
        self.witnesses.iter().map(|&witness| Edge {
            witnesses: vec![witness],
            ..*self
        })
    }
}
