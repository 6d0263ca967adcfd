//! The statement record: one JSON object for a document and all that was found in it.
//!
//! docs/record.md describes every key. Offsets are code points, half-open, into the document's text.

use std::io::{self, Write};

use serde::Serialize;

use super::plain::to_json;
use crate::model::{
    Analysis, CodePoints, Document, EntityKind, MentionKind, ParagraphKind, Polarity, Resolution,
    Span,
};

#[derive(Serialize)]
struct Record<'a> {
    document: &'a str,
    title: Option<&'a str>,
    published: Option<String>,
    publisher: Option<&'a str>,
    url: Option<&'a str>,
    sha256: &'a str,
    entities: Vec<EntityRecord<'a>>,
    mentions: Vec<MentionRecord<'a>>,
    statements: Vec<StatementRecord<'a>>,
    boilerplate: Vec<Range>,
    diagnostics: Vec<DiagnosticRecord>,
}

#[derive(Serialize)]
struct EntityRecord<'a> {
    id: &'a str,
    r#type: &'static str,
    name: &'a str,
    listed: bool,
}

#[derive(Clone, Copy, Serialize)]
struct Range {
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct MentionRecord<'a> {
    #[serde(flatten)]
    range: Range,
    kind: &'static str,
    entity: Option<&'a str>,
    candidates: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    sieve: Option<&'static str>,
}

#[derive(Serialize)]
struct SourceRecord<'a> {
    entity: Option<&'a str>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    range: Option<Range>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    continued: bool,
}

#[derive(Serialize)]
struct CueRecord<'a> {
    #[serde(flatten)]
    range: Range,
    lemma: &'a str,
}

#[derive(Serialize)]
struct TargetRecord<'a> {
    entity: &'a str,
    polarity: &'static str,
}

#[derive(Serialize)]
struct StatementRecord<'a> {
    id: String,
    source: Option<SourceRecord<'a>>,
    cue: Option<CueRecord<'a>>,
    content: Vec<Range>,
    kind: &'static str,
    act: &'static str,
    negated: bool,
    standing: &'static str,
    addressees: Vec<&'a str>,
    about: Vec<&'a str>,
    targets: Vec<TargetRecord<'a>>,
    polarity: &'static str,
    parent: Option<String>,
    said_on: Option<String>,
    confidence: f64,
    rule: &'a str,
}

#[derive(Serialize)]
struct DiagnosticRecord {
    #[serde(flatten)]
    range: Range,
    code: &'static str,
}

/// Writes the record of `document` as one line of JSON.
pub fn write(out: &mut impl Write, document: &Document, analysis: &Analysis) -> io::Result<()> {
    to_json(out, &record(document, analysis))?;
    out.write_all(b"\n")
}

fn record<'a>(document: &'a Document, analysis: &'a Analysis) -> Record<'a> {
    let points = CodePoints::new(document.text());
    let range = |span: Span| {
        let (start, end) = points.of(span);
        Range { start, end }
    };
    let id = |entity: usize| analysis.entities[entity].id.as_str();
    let statements = analysis
        .statements
        .iter()
        .enumerate()
        .map(|(index, statement)| StatementRecord {
            id: statement_id(index),
            source: statement.source.as_ref().map(|source| SourceRecord {
                entity: source.entity.map(id),
                range: source.span.map(range),
                continued: source.continued,
            }),
            cue: statement.cue.as_ref().map(|cue| CueRecord {
                range: range(cue.span),
                lemma: &cue.lemma,
            }),
            content: statement.content.iter().copied().map(range).collect(),
            kind: statement.kind.name(),
            act: statement.act.name(),
            negated: statement.negated,
            standing: statement.standing.name(),
            addressees: statement.addressees.iter().copied().map(id).collect(),
            about: statement.about.iter().copied().map(id).collect(),
            targets: statement
                .targets
                .iter()
                .map(|target| TargetRecord {
                    entity: id(target.entity),
                    polarity: Polarity::name(target.polarity),
                })
                .collect(),
            polarity: statement.polarity.name(),
            parent: statement.parent.map(statement_id),
            said_on: statement.said_on.map(|day| day.to_string()),
            confidence: (f64::from(statement.confidence) * 1000.0).round() / 1000.0,
            rule: &statement.provenance.rule,
        })
        .collect();
    Record {
        document: document.name(),
        title: document.meta.title.as_deref(),
        published: document.meta.published.map(|day| day.to_string()),
        publisher: document.meta.publisher.as_deref(),
        url: document.meta.url.as_deref(),
        sha256: document.sha256(),
        entities: analysis
            .entities
            .iter()
            .map(|e| EntityRecord {
                id: &e.id,
                r#type: EntityKind::name(e.kind),
                name: &e.name,
                listed: e.is_listed(),
            })
            .collect(),
        mentions: analysis
            .mentions
            .iter()
            .zip(&analysis.resolutions)
            .map(|(mention, resolution)| MentionRecord {
                range: range(mention.span),
                kind: MentionKind::name(mention.kind),
                entity: resolution.entity().map(id),
                candidates: match resolution {
                    Resolution::Ambiguous(candidates) => candidates,
                    _ => &[],
                },
                sieve: match resolution {
                    Resolution::Resolved { by, .. } => Some(by),
                    _ => None,
                },
            })
            .collect(),
        statements,
        boilerplate: analysis
            .paragraphs
            .iter()
            .filter(|paragraph| paragraph.kind == ParagraphKind::Boilerplate)
            .map(|paragraph| range(paragraph.span))
            .collect(),
        diagnostics: analysis
            .diagnostics
            .iter()
            .map(|d| DiagnosticRecord {
                range: range(d.span),
                code: d.code.name(),
            })
            .collect(),
    }
}

/// `s1` for the first statement of a document.
pub fn statement_id(index: usize) -> String {
    format!("s{}", index + 1)
}
