//! Statements of a document into the store, with all that hangs on them.

use std::collections::HashMap;
use std::sync::LazyLock;

use rusqlite::Connection;

use super::rows::{Insert, Rows, maybe, number, owned, text};
use crate::model::{Analysis, CodePoints, Document, Statement, StatementPlace};

static STATEMENTS: LazyLock<Insert<27>> = LazyLock::new(|| Insert::into("statements"));
static CONTENTS: LazyLock<Insert<4>> = LazyLock::new(|| Insert::into("contents"));
static PARTICIPANTS: LazyLock<Insert<5>> = LazyLock::new(|| Insert::into("participants"));
static LINES: LazyLock<Insert<3>> = LazyLock::new(|| Insert::into("lines"));

/// Whose statements they are: the row of the document, the last number that is taken, and the rows of its entities.
pub(super) struct Of<'a> {
    pub document: i64,
    pub last: i64,
    pub entities: &'a [Option<i64>],
}

/// Stores the statements of `document`.
pub(super) fn insert(
    db: &Connection,
    of: &Of<'_>,
    document: &Document,
    analysis: &Analysis,
    points: &CodePoints<'_>,
) -> rusqlite::Result<()> {
    let words = document.text();
    let mut statements = Rows::new(db, &STATEMENTS);
    let mut contents = Rows::new(db, &CONTENTS);
    let mut participants = Rows::new(db, &PARTICIPANTS);
    let mut lines = Rows::new(db, &LINES);
    let id_of = |at: usize| of.last + 1 + at as i64;
    let mut taken = HashMap::new();
    for (at, statement) in analysis.statements.iter().enumerate() {
        let id = id_of(at);
        let source = statement.source.as_ref();
        let speaker: Option<i64> = source.and_then(|s| s.entity).and_then(|e| of.entities[e]);
        let source_range = source.and_then(|s| s.span).map(|span| points.of(span));
        let cue = statement.cue.as_ref();
        let cue_range = cue.map(|cue| points.of(cue.span));
        let place = place_of(statement, points, &mut taken);
        // Where the cue begins it is not written down twice.
        let place = match cue_range {
            Some((start, _)) if place == (StatementPlace { start, nth: 1 }) => text(None),
            _ => owned(place.to_string()),
        };
        let evidence = points.of(statement.provenance.evidence);
        let content: Vec<&str> = statement
            .content
            .iter()
            .map(|span| span.of(words))
            .collect();
        let confidence = (f64::from(statement.confidence) * 1000.0).round() / 1000.0;
        statements.add([
            number(id),
            number(of.document),
            number(at as i64 + 1),
            place,
            maybe(speaker),
            maybe(source_range.map(|r| r.0)),
            maybe(source_range.map(|r| r.1)),
            number(source.is_some_and(|s| s.continued)),
            maybe(cue_range.map(|r| r.0)),
            maybe(cue_range.map(|r| r.1)),
            text(cue.map(|cue| cue.lemma.as_str())),
            text(statement.kind.name()),
            text(statement.act.name()),
            number(statement.negated),
            text(statement.polarity.name()),
            maybe(statement.parent.map(id_of)),
            statement
                .said_on
                .map_or_else(|| text(None), |day| owned(day.to_string())),
            confidence.into(),
            text(statement.provenance.rule.as_str()),
            owned(statement.provenance.sieves.join("|")),
            number(evidence.0),
            number(evidence.1),
            owned(one_line(&content.join(" … "))),
            owned(one_line(statement.provenance.evidence.of(words))),
            text(statement.standing.name()),
            maybe(analysis.teller(at).and_then(|e| of.entities[e])),
            owned(statement.provenance.signs.to_string()),
        ])?;
        for (nth, &span) in (0u32..).zip(&statement.content) {
            let (start, end) = points.of(span);
            contents.add([number(id), number(nth), number(start), number(end)])?;
        }
        let about = statement.about.iter().map(|&e| ("about", e, None));
        let addressees = statement.addressees.iter().map(|&e| ("addressee", e, None));
        let targets = statement
            .targets
            .iter()
            .map(|t| ("target", t.entity, Some(t.polarity.name())));
        let all = about.chain(addressees).chain(targets);
        for (nth, (role, entity, polarity)) in (0u32..).zip(all) {
            if let Some(entity) = of.entities[entity] {
                participants.add([
                    number(id),
                    text(role),
                    number(nth),
                    number(entity),
                    text(polarity),
                ])?;
            }
        }
        for (nth, line) in (0u32..).zip(&statement.provenance.lines) {
            lines.add([number(id), number(nth), owned(line.to_string())])?;
        }
    }
    statements.finish()?;
    contents.finish()?;
    participants.finish()?;
    lines.finish()
}

/// Where a statement stands: at its cue, or else at its content. `taken` counts those of one place.
fn place_of(
    statement: &Statement,
    points: &CodePoints<'_>,
    taken: &mut HashMap<u32, u32>,
) -> StatementPlace {
    let content = statement.content.first().copied();
    let span = statement.cue.as_ref().map(|cue| cue.span).or(content);
    let (start, _) = points.of(span.unwrap_or(statement.provenance.evidence));
    let nth = taken.entry(start).or_insert(0);
    *nth += 1;
    StatementPlace { start, nth: *nth }
}

fn one_line(text: &str) -> String {
    let mut behind_space = true;
    let plain = |c: char| {
        let before = std::mem::replace(&mut behind_space, c.is_whitespace());
        !behind_space || c == ' ' && !before
    };
    if text.chars().all(plain) && !text.ends_with(' ') {
        return text.to_owned();
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
