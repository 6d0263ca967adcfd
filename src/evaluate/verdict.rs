//! What gold says of each statement, and what of gold no statement stands for.

use std::collections::BTreeMap;

use super::Points;
use super::record::StatementRecord;
use crate::model::CodePoints;

/// One statement that gold judges.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The document.
    pub document: String,
    /// Where its content starts, in code points.
    pub start: u32,
    /// Its cue as it stands.
    pub cue: String,
    /// Base form of the cue; empty for none.
    pub lemma: String,
    /// The first words of its content.
    pub content: String,
    /// direct, mixed or indirect.
    pub kind: String,
    /// What found it.
    pub rule: String,
    /// How sure.
    pub confidence: f64,
    /// It stands for something in gold.
    pub paired: bool,
    /// … and its source is right.
    pub right: bool,
    /// Its judgements by what gave them, `act cue`, `target inside`, and whether gold says the same; `None`: it stands for
    /// nothing in gold.
    pub judged: Vec<(String, Option<bool>)>,
}

/// One attribution of gold that no statement stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The document.
    pub document: String,
    /// Where its content starts, in code points.
    pub start: u32,
    /// The words of its source.
    pub source: String,
    /// Its cue as it stands.
    pub cue: String,
    /// The first words of its content.
    pub content: String,
    /// direct, mixed or indirect.
    pub kind: String,
}

/// By what verdicts are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The rule that found the statement.
    Rule,
    /// How much of the content is quoted.
    Kind,
    /// The base form of the cue.
    Cue,
    /// What gave each act, stance, target and addressee.
    Judgement,
}

/// The verdicts on the statements of one rule, kind or cue, or on the judgements that one thing gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Which.
    pub name: String,
    /// Statements.
    pub found: u64,
    /// Those that stand for something in gold.
    pub paired: u64,
    /// … with the right source.
    pub right: u64,
}

impl Verdict {
    /// Of one statement, before anything is known of it but itself.
    pub fn new(
        document: &str,
        statement: &StatementRecord,
        kind: &str,
        (points, text): (&CodePoints, &str),
    ) -> Verdict {
        let content = statement.content_spans();
        Verdict {
            document: document.to_owned(),
            start: content.first().map_or(0, |span| span.0),
            cue: excerpt(
                &statement.cue_span().into_iter().collect::<Vec<_>>(),
                points,
                text,
            ),
            lemma: statement
                .cue
                .as_ref()
                .map(|cue| cue.lemma.clone())
                .unwrap_or_default(),
            content: excerpt(&content, points, text),
            kind: kind.to_owned(),
            rule: statement.rule.clone(),
            confidence: statement.confidence,
            paired: false,
            right: false,
            judged: Vec::new(),
        }
    }
}

/// The groups, the largest first.
pub fn groups<'v>(verdicts: &'v [Verdict], by: By) -> Vec<Group> {
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    let mut count = |name: &'v str, paired: bool, right: bool| {
        let group = groups.entry(name).or_insert_with(|| Group {
            name: name.to_owned(),
            found: 0,
            paired: 0,
            right: 0,
        });
        group.found += 1;
        group.paired += u64::from(paired);
        group.right += u64::from(right);
    };
    for verdict in verdicts {
        let name = match by {
            By::Rule => &verdict.rule,
            By::Kind => &verdict.kind,
            By::Cue => &verdict.lemma,
            By::Judgement => {
                for (name, right) in &verdict.judged {
                    count(name, right.is_some(), *right == Some(true));
                }
                continue;
            }
        };
        count(name, verdict.paired, verdict.right);
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.found));
    groups
}

/// Code points of an excerpt.
const LENGTH: usize = 80;

/// The first words of `spans`, on one line.
pub fn excerpt(spans: &[Points], points: &CodePoints, text: &str) -> String {
    let parts = spans.iter().map(|&span| slice(span, points, text));
    let words = parts.collect::<Vec<_>>().join(" … ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

/// The words of a span; nothing where it is none of this text.
pub fn slice<'t>((start, end): Points, points: &CodePoints, text: &'t str) -> &'t str {
    let range = points.byte(start) as usize..points.byte(end) as usize;
    text.get(range).unwrap_or_default()
}
