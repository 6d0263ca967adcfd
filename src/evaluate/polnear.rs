//! Records against attributions in brat standoff.

use serde_json::{Map, Value, json};

use super::counts::Counts;
use super::figures::figures;
use super::folder::Annotated;
use super::interval::intervals;
use super::record::{Record, StatementRecord};
use super::verdict::{Miss, Verdict, excerpt};
use super::{Attribution, Index, Report, Worded, pair};
use crate::model::CodePoints;

/// What came out for one document.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// What was counted.
    pub counts: Counts,
    /// On each outermost statement with content.
    pub verdicts: Vec<Verdict>,
    /// What was not found.
    pub misses: Vec<Miss>,
}

/// Scores one document; without a record nothing was found in it.
pub fn score(document: &Annotated, record: Option<&Record>) -> Scored {
    let text = document.text.as_str();
    let points = CodePoints::new(text);
    let index = Index::new(text, &points);
    let statements = record.map_or(&[][..], |record| &record.statements);
    let (mut said, mut system) = (Vec::new(), Vec::new());
    for statement in statements {
        if let Some(attribution) = outermost(statement, &points, text) {
            said.push(statement);
            system.push(attribution);
        }
    }
    let worded = |list: &[Attribution]| -> Vec<Worded> {
        list.iter().map(|a| Worded::new(a, &index)).collect()
    };
    let (system_words, gold_words) = (worded(&system), worded(&document.gold));
    let pairs = pair(&system_words, &gold_words);
    let mut scored = Scored::default();
    scored.counts.count_tokens(&index, &system, &document.gold);
    scored
        .counts
        .count_pairs(&system_words, &gold_words, &pairs);
    scored.verdicts = said
        .iter()
        .zip(&system_words)
        .map(|(statement, words)| {
            Verdict::new(
                &document.name,
                statement,
                words.kind.name(),
                (&points, text),
            )
        })
        .collect();
    let mut found = vec![false; document.gold.len()];
    for pair in pairs.iter().filter(|pair| pair.matches()) {
        found[pair.gold] = true;
        scored.verdicts[pair.system].paired = true;
        scored.verdicts[pair.system].right = pair.source_right();
    }
    for (at, wanted) in document
        .gold
        .iter()
        .enumerate()
        .filter(|(at, _)| !found[*at])
    {
        scored.misses.push(Miss {
            document: document.name.clone(),
            start: wanted.content[0].0,
            source: excerpt(&wanted.source, &points, text),
            cue: excerpt(&wanted.cue, &points, text),
            content: excerpt(&wanted.content, &points, text),
            kind: gold_words[at].kind.name().to_owned(),
        });
    }
    scored.misses.sort_by_key(|miss| miss.start);
    scored
}

/// The figures over all documents, by the keys of the scorer's JSON.
pub fn report(documents: Vec<Scored>) -> Report {
    let mut total = Counts::default();
    let counts: Vec<Counts> = documents.iter().map(|document| document.counts).collect();
    counts.iter().for_each(|document| total.add(document));
    let mut figures = figures(&total);
    figures.insert("documents".to_owned(), json!(counts.len()));
    if counts.len() > 1 {
        let rows = intervals(&counts).into_iter();
        let rows: Map<String, Value> = rows
            .map(|(key, low, high)| (key.to_owned(), json!([low, high])))
            .collect();
        figures.insert("ci95".to_owned(), Value::Object(rows));
    }
    let mut report = Report {
        figures,
        ..Report::default()
    };
    for document in documents {
        report.verdicts.extend(document.verdicts);
        report.misses.extend(document.misses);
    }
    report
}

/// A statement in PolNeAR's manner; `None` for one inside another and for one without content.
fn outermost(statement: &StatementRecord, points: &CodePoints, text: &str) -> Option<Attribution> {
    if statement.parent.as_ref().is_some_and(|id| !id.is_empty()) {
        return None;
    }
    let attribution = Attribution {
        source: statement.source_span().into_iter().collect(),
        cue: statement.cue_span().into_iter().collect(),
        content: statement.content_spans(),
    };
    attribution.with_links(points, text)
}
