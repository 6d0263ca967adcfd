//! Which part of the rows becomes a graph.

use super::EdgeKind;
use crate::model::{Act, ContentKind, Date, Polarity, Standing, StatementRow};

/// What to keep. The default keeps everything; what a field asks for must hold together with all the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Only statements with one of these acts; empty: all.
    pub acts: Vec<Act>,
    /// Only statements that stand so; empty: all.
    pub standings: Vec<Standing>,
    /// Only statements that no other source reports.
    pub unreported: bool,
    /// Only statements of these kinds; empty: all.
    pub kinds: Vec<ContentKind>,
    /// Only edges of this kind.
    pub edges: Option<EdgeKind>,
    /// Only statements with this stance towards the edge's target.
    pub polarity: Option<Polarity>,
    /// Only statements of this day or later; those without a day are left out.
    pub since: Option<Date>,
    /// Only statements of this day or earlier; those without a day are left out.
    pub until: Option<Date>,
    /// Only statements at least this sure.
    pub min_confidence: f32,
    /// Only edges with at least this many of the statements that passed.
    pub min_weight: usize,
    /// Only the surroundings of one entity, measured on the edges that passed.
    pub ego: Option<Ego>,
}

/// An entity and its surroundings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ego {
    /// Id of the entity in the middle.
    pub entity: String,
    /// How many edges away an entity may be, whichever way they point.
    pub hops: usize,
}

/// The day of a statement: when it was said, or else when it was published.
pub fn day(statement: &StatementRow) -> Option<Date> {
    statement.said_on.or(statement.published)
}

/// How many statements a span of days leaves out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// All of them.
    pub statements: usize,
    /// Those without a day.
    pub undated: usize,
}

impl Filter {
    /// What `since` and `until` leave out of those of `statements` that pass otherwise.
    pub fn left_out(&self, statements: &[StatementRow]) -> LeftOut {
        let any_day = Filter {
            since: None,
            until: None,
            ..self.clone()
        };
        let left_out = statements
            .iter()
            .filter(|statement| any_day.admits(statement) && !self.admits(statement));
        left_out.fold(LeftOut::default(), |sum, statement| LeftOut {
            statements: sum.statements + 1,
            undated: sum.undated + usize::from(day(statement).is_none()),
        })
    }

    /// True when `statement` passes; the stance and the weight are questions to an edge.
    pub fn admits(&self, statement: &StatementRow) -> bool {
        let day = day(statement);
        (self.acts.is_empty() || self.acts.contains(&statement.act))
            && (self.standings.is_empty() || self.standings.contains(&statement.standing))
            && !(self.unreported && statement.teller.is_some())
            && (self.kinds.is_empty() || self.kinds.contains(&statement.kind))
            && self
                .edges
                .is_none_or(|kind| kind == EdgeKind::of(statement))
            && self
                .since
                .is_none_or(|since| day.is_some_and(|day| day >= since))
            && self
                .until
                .is_none_or(|until| day.is_some_and(|day| day <= until))
            && statement.confidence >= self.min_confidence
    }
}
