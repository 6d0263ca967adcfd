//! Records against gold statements with entities.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::figures::percent;
use super::gold::{Gold, GoldStatement};
use super::mapping::{Mentions, Text, Votes};
use super::record::{Record, StatementRecord};
use super::verdict::{Miss, Verdict, excerpt};
use super::words::{Words, jaccard, overlap};
use super::{Points, Report};
use crate::model::CodePoints;

/// Numbers by name: `p.source`, `about.both` …
pub type Tallies = BTreeMap<String, u64>;

/// What came out for one document.
#[derive(Clone, Debug, Default)]
pub struct Scored {
    /// What was counted.
    pub tallies: Tallies,
    /// On each statement.
    pub verdicts: Vec<Verdict>,
    /// What was not found.
    pub misses: Vec<Miss>,
}

/// Scores one document; an empty record stands for nothing found.
pub fn score(article: &str, gold: &Gold, record: &Record) -> Scored {
    let points = CodePoints::new(article);
    let text = Text {
        text: article,
        points: &points,
    };
    let mentions = Mentions::new(text, gold, record);
    let pairs = pairs(text, &gold.statements, &record.statements);
    let mut votes = Votes::new(&mentions, gold, record);
    for pair in &pairs {
        let (wanted, said) = (&gold.statements[pair.gold], &record.statements[pair.system]);
        if let (Some(id), Some(entity)) = (wanted.source_id(), said.source_entity())
            && sources(text, wanted, said) >= 0.5
        {
            votes.add(entity, id, 1.0);
        }
    }
    let mut scoring = Scoring {
        text,
        gold,
        record,
        pairs,
        mapping: votes.mapping(),
        out: Scored::default(),
    };
    scoring.count_mentions(&mentions);
    scoring.count_statements();
    scoring.judge();
    scoring.out
}

/// A gold statement and the one of the record that stands for it, by their places.
#[derive(Clone, Copy, Debug)]
struct Pair {
    gold: usize,
    system: usize,
    /// The gold statement is a quotation that goes on behind its attribution; the record keeps both halves in one.
    joined: bool,
}

/// Pairs one to one: contents that share half of their words, then the same source and the same cue. Then quotations that
/// go on, which a record may keep in the statement that they go on from.
fn pairs(text: Text, gold: &[GoldStatement], system: &[StatementRecord]) -> Vec<Pair> {
    let content = |spans: Vec<Points>| -> Words {
        spans
            .into_iter()
            .flat_map(|span| text.words(span))
            .collect()
    };
    let system_words: Vec<Words> = system.iter().map(|s| content(s.content_spans())).collect();
    let gold_words: Vec<Words> = gold.iter().map(|s| content(s.content_spans())).collect();
    let mut candidates = Vec::new();
    for (g, wanted) in gold.iter().enumerate() {
        let words = &gold_words[g];
        for (s, said) in system.iter().enumerate() {
            let alike = jaccard(words, &system_words[s]);
            if alike >= 0.5 {
                let source = sources(text, wanted, said);
                let cue = cues(text, wanted, said);
                candidates.push((alike + 0.6 * source + 0.3 * cue, g, s));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut of_gold, mut of_system) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, g, s) in candidates {
        if !of_gold.contains(&g) && !of_system.contains(&s) {
            of_gold.insert(g);
            of_system.insert(s);
            pairs.push(Pair {
                gold: g,
                system: s,
                joined: false,
            });
        }
    }
    for (g, wanted) in gold.iter().enumerate() {
        let words = &gold_words[g];
        let goes_on = wanted.cue.is_none() && wanted.source_text.is_none() && !words.is_empty();
        if of_gold.contains(&g) || !goes_on {
            continue;
        }
        let whole = system.iter().zip(&system_words).position(|(said, all)| {
            let shared = words.intersection(all).count();
            said.content.len() > 1 && shared as f64 >= 0.8 * words.len() as f64
        });
        pairs.extend(whole.map(|s| Pair {
            gold: g,
            system: s,
            joined: true,
        }));
    }
    pairs
}

/// How far the words of two sources overlap.
fn sources(text: Text, wanted: &GoldStatement, said: &StatementRecord) -> f64 {
    let wanted = wanted.source_text.as_ref().map(|passage| passage.span);
    both(text, wanted, said.source_span())
}

/// How far the words of two cues overlap.
fn cues(text: Text, wanted: &GoldStatement, said: &StatementRecord) -> f64 {
    let wanted = wanted.cue.as_ref().map(|passage| passage.span);
    both(text, wanted, said.cue_span())
}

fn both(text: Text, a: Option<Points>, b: Option<Points>) -> f64 {
    match (a, b) {
        (Some(a), Some(b)) => overlap(&text.words(a), &text.words(b)),
        _ => 0.0,
    }
}

struct Scoring<'a> {
    text: Text<'a>,
    gold: &'a Gold,
    record: &'a Record,
    pairs: Vec<Pair>,
    mapping: BTreeMap<String, String>,
    out: Scored,
}

impl Scoring<'_> {
    fn add(&mut self, name: &str, number: impl Into<u64>) {
        *self.out.tallies.entry(name.to_owned()).or_default() += number.into();
    }

    fn mapped(&self, entity: Option<&str>) -> Option<&str> {
        self.mapping.get(entity?).map(String::as_str)
    }

    fn count_mentions(&mut self, mentions: &Mentions) {
        let entities = self.record.entities.iter();
        let types: BTreeMap<&str, &str> = entities
            .map(|e| (e.id.as_str(), e.r#type.as_str()))
            .collect();
        for (found, (_, entity)) in mentions.found.iter().zip(&mentions.gold) {
            self.add("m.gold", 1u64);
            let Some(mention) = found else { continue };
            let id = mention.entity.as_deref();
            let linked = self.mapped(id) == Some(&entity.id);
            let typed = id.and_then(|id| types.get(id)) == Some(&entity.r#type.as_str());
            self.add("m.found", 1u64);
            self.add("m.linked", linked);
            self.add("m.typed", typed);
        }
        self.add("m.system", mentions.system.len() as u64);
        self.add("m.correct", mentions.correct() as u64);
    }

    fn count_statements(&mut self) {
        let (gold, record) = (self.gold, self.record);
        self.add("s.gold", gold.statements.len() as u64);
        let joined = self.pairs.iter().filter(|pair| pair.joined).count();
        self.add("s.system", (record.statements.len() + joined) as u64);
        self.add("s.paired", self.pairs.len() as u64);
        for wanted in &gold.statements {
            self.add(&format!("s.gold.{}", wanted.kind), 1u64);
            self.add("e.gold", !wanted.target.is_empty());
        }
        for said in &record.statements {
            self.add("e.system", !said.targets.is_empty());
        }
        for pair in self.pairs.clone() {
            let said = &record.statements[pair.system];
            self.add("e.system", pair.joined && !said.targets.is_empty());
            self.count_pair(&gold.statements[pair.gold], said, pair.joined);
        }
    }

    fn count_pair(&mut self, wanted: &GoldStatement, said: &StatementRecord, joined: bool) {
        let right = self.source_right(wanted, said);
        let same_polarity = said.polarity.as_deref() == Some(&wanted.polarity);
        self.add("p.source", right);
        self.add(&format!("p.{}", wanted.kind), 1u64);
        self.add("p.act", said.act.as_deref() == Some(&wanted.act));
        self.add("p.k.kind", said.kind.as_deref() == Some(&wanted.kind));
        self.add("p.k.polarity", same_polarity);
        self.add("p.k.negated", said.negated == Some(wanted.negated));
        let parent_right = self.gold_parent(said) == wanted.parent.as_deref();
        self.add("p.parent", joined || parent_right);
        if wanted.parent.as_ref().is_some_and(|id| !id.is_empty()) {
            self.add("p.nested", 1u64);
            self.add("p.nested.ok", parent_right);
        }
        let cue = match (&wanted.cue, &said.cue) {
            (None, None) => true,
            _ if joined => true,
            _ => cues(self.text, wanted, said) > 0.0,
        };
        self.add("p.cue", cue);
        let targets: Vec<String> = said.targets.iter().map(|t| t.entity.clone()).collect();
        self.count_entities("about", &wanted.about, &said.about);
        let hit = self.count_entities("target", &wanted.target, &targets);
        self.count_entities("addressee", &wanted.addressee, &said.addressees);
        self.add("e.tp", right && hit && same_polarity);
    }

    /// Counts the entities of both sides; true when they share one.
    fn count_entities(&mut self, name: &str, wanted: &[String], said: &[String]) -> bool {
        let wanted: BTreeSet<&str> = wanted.iter().map(String::as_str).collect();
        // An entity that stands for none of gold counts on its own, under a name that none of gold has.
        let said: BTreeSet<String> = said
            .iter()
            .map(|id| match self.mapped(Some(id)) {
                Some(gold) => gold.to_owned(),
                None => format!("?{id}"),
            })
            .collect();
        let hits = said
            .iter()
            .filter(|id| wanted.contains(id.as_str()))
            .count();
        self.add(&format!("{name}.tp"), hits as u64);
        self.add(&format!("{name}.gold"), wanted.len() as u64);
        self.add(&format!("{name}.system"), said.len() as u64);
        hits > 0
    }

    /// The source is the same entity, or has the same words and no other entity.
    fn source_right(&self, wanted: &GoldStatement, said: &StatementRecord) -> bool {
        let entity = said.source_entity();
        let Some(id) = wanted.source_id() else {
            return entity.is_none();
        };
        match self.mapped(entity) {
            Some(mapped) => mapped == id,
            None => wanted.source_text.is_some() && sources(self.text, wanted, said) >= 0.5,
        }
    }

    /// The id in gold of the statement that holds `said`.
    fn gold_parent(&self, said: &StatementRecord) -> Option<&str> {
        let parent = said.parent.as_deref().filter(|id| !id.is_empty())?;
        let statements = &self.record.statements;
        let at = statements
            .iter()
            .rposition(|s| s.id.as_deref() == Some(parent))?;
        let mut pairs = self.pairs.iter().filter(|pair| !pair.joined);
        let pair = pairs.find(|pair| pair.system == at)?;
        Some(&self.gold.statements[pair.gold].id)
    }

    /// The judgements of a statement by what gave them, and whether `wanted` says the same.
    fn judged(
        &self,
        wanted: Option<&GoldStatement>,
        said: &StatementRecord,
    ) -> Vec<(String, Option<bool>)> {
        let Some(signs) = &said.signs else {
            return Vec::new();
        };
        let among = |wanted: &[String], entity: &str| {
            let mapped = self.mapped(Some(entity));
            mapped.is_some_and(|id| wanted.iter().any(|w| w == id))
        };
        let act = wanted.map(|w| said.act.as_deref() == Some(&w.act));
        let polarity = wanted.map(|w| said.polarity.as_deref() == Some(&w.polarity));
        let mut judged = vec![
            (format!("act {}", signs.act.by), act),
            (format!("polarity {}", signs.polarity.by), polarity),
        ];
        for (target, sign) in said.targets.iter().zip(&signs.targets) {
            let right = wanted.map(|w| among(&w.target, &target.entity));
            judged.push((format!("target {}", sign.by), right));
        }
        for (addressee, sign) in said.addressees.iter().zip(&signs.addressees) {
            let right = wanted.map(|w| among(&w.addressee, addressee));
            judged.push((format!("addressee {}", sign.by), right));
        }
        judged
    }

    /// Verdicts on the statements, and what was missed.
    fn judge(&mut self) {
        let (gold, record, text) = (self.gold, self.record, self.text);
        let mut missed: Vec<bool> = vec![true; gold.statements.len()];
        let mut verdicts: Vec<Verdict> = record
            .statements
            .iter()
            .map(|said| {
                let kind = said.kind.as_deref().unwrap_or_default();
                Verdict::new(&gold.doc, said, kind, (text.points, text.text))
            })
            .collect();
        for (verdict, said) in verdicts.iter_mut().zip(&record.statements) {
            verdict.judged = self.judged(None, said);
        }
        for pair in self.pairs.iter().rev() {
            let (g, s) = (pair.gold, pair.system);
            missed[g] = false;
            verdicts[s].paired = true;
            verdicts[s].right = self.source_right(&gold.statements[g], &record.statements[s]);
            verdicts[s].judged = self.judged(Some(&gold.statements[g]), &record.statements[s]);
        }
        let words = |spans: &[Points]| excerpt(spans, text.points, text.text);
        let missed = gold
            .statements
            .iter()
            .zip(missed)
            .filter(|(_, missed)| *missed);
        let misses = missed.map(|(wanted, _)| {
            let content = wanted.content_spans();
            let span = |passage: &Option<super::gold::Passage>| {
                words(&passage.iter().map(|p| p.span).collect::<Vec<_>>())
            };
            Miss {
                document: gold.doc.clone(),
                start: content.first().map_or(0, |span| span.0),
                source: span(&wanted.source_text),
                cue: span(&wanted.cue),
                content: words(&content),
                kind: wanted.kind.clone(),
            }
        });
        self.out.misses = misses.collect();
        self.out.misses.sort_by_key(|miss| miss.start);
        self.out.verdicts = verdicts;
    }
}

/// The figures over all documents, by the keys of the scorer's JSON.
pub fn report(documents: Vec<Scored>) -> Report {
    let mut total = Tallies::new();
    let mut report = Report::default();
    for document in documents {
        for (name, number) in document.tallies {
            *total.entry(name).or_default() += number;
        }
        report.verdicts.extend(document.verdicts);
        report.misses.extend(document.misses);
    }
    report.figures = figures(&total);
    report
}

fn figures(total: &Tallies) -> Map<String, Value> {
    let n = |name: &str| total.get(name).copied().unwrap_or(0);
    let share = |part: &str, whole: &str| json!(rounded(percent(n(part), n(whole))));
    let prf = |both: &str, gold: &str, system: &str| prf(n(both), n(gold), n(system));
    let mut mentions = prf("m.found", "m.gold", "m.system");
    mentions["p"] = share("m.correct", "m.system");
    let rows = [
        ("mentions", mentions),
        ("mentions.linked", share("m.linked", "m.gold")),
        ("mentions.typed", share("m.typed", "m.gold")),
        ("statements", prf("s.paired", "s.gold", "s.system")),
        ("recall.direct", share("p.direct", "s.gold.direct")),
        ("recall.mixed", share("p.mixed", "s.gold.mixed")),
        ("recall.indirect", share("p.indirect", "s.gold.indirect")),
        ("source.accuracy", share("p.source", "s.paired")),
        ("who-what", prf("p.source", "s.gold", "s.system")),
        ("act.accuracy", share("p.act", "s.paired")),
        ("kind.accuracy", share("p.k.kind", "s.paired")),
        ("polarity.accuracy", share("p.k.polarity", "s.paired")),
        ("negated.accuracy", share("p.k.negated", "s.paired")),
        ("cue.accuracy", share("p.cue", "s.paired")),
        ("parent.accuracy", share("p.parent", "s.paired")),
        ("nested.recall", share("p.nested.ok", "p.nested")),
        ("about", prf("about.tp", "about.gold", "about.system")),
        ("targets", prf("target.tp", "target.gold", "target.system")),
        (
            "addressees",
            prf("addressee.tp", "addressee.gold", "addressee.system"),
        ),
        ("edge", prf("e.tp", "e.gold", "e.system")),
        (
            "counts",
            json!({"gold": n("s.gold"), "system": n("s.system"), "paired": n("s.paired")}),
        ),
    ];
    rows.into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

fn prf(both: u64, gold: u64, system: u64) -> Value {
    let (p, r) = (percent(both, system), percent(both, gold));
    let f1 = if p + r == 0.0 {
        0.0
    } else {
        2.0 * p * r / (p + r)
    };
    json!({"p": rounded(p), "r": rounded(r), "f1": rounded(f1)})
}

/// Two decimals, as they would be printed.
fn rounded(value: f64) -> f64 {
    format!("{value:.2}").parse().unwrap_or(value)
}
