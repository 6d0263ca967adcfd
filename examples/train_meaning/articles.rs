//! Articles with what is right of their statements.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::path::Path;

use sayso::analysis::attribution::{self, Attribution};
use sayso::analysis::coref::{self, Coreference};
use sayso::analysis::{self, meaning, mention};
use sayso::lexicon::Lexicon;
use sayso::model::{
    Act, CodePoints, Document, MentionKind, Meta, Polarity, Span, Standing, Statement,
};
use sayso::text::Text;
use serde_json::Value;

use super::Result;

/// An article as far as the program reads it before it judges.
pub struct Article {
    pub document: Document,
    pub layers: Text,
    pub attributions: Vec<Attribution>,
    pub coreference: Coreference,
    /// The statements as the rules alone read them.
    pub ruled: Vec<Statement>,
    /// What is right of each statement, where that is known.
    pub right: Vec<Option<Right>>,
}

/// The right answers for a statement.
pub struct Right {
    /// It is a statement.
    pub valid: bool,
    pub act: Option<Act>,
    pub stance: Polarity,
    pub standing: Option<Standing>,
    /// It aims at somebody, in sight or not.
    pub aims: bool,
    /// Entities of the article that are the targets.
    pub targets: BTreeSet<usize>,
    /// The same, a set for each target; empty where the article knows nobody who is.
    pub target_groups: Vec<BTreeSet<usize>>,
    pub addresses: bool,
    pub addressees: BTreeSet<usize>,
    /// Of whom the content speaks, where that was written down.
    pub about: Option<BTreeSet<usize>>,
}

impl Right {
    /// No statement at all.
    fn none() -> Right {
        Right {
            valid: false,
            act: None,
            stance: Polarity::Neutral,
            standing: None,
            aims: false,
            targets: BTreeSet::new(),
            target_groups: Vec::new(),
            addresses: false,
            addressees: BTreeSet::new(),
            about: None,
        }
    }
}

/// Reads all articles whose statements somebody labelled, in a fixed order.
pub fn read(eval: &Path, lexicon: &Lexicon) -> Result<Vec<Article>> {
    let mut articles = labelled(eval, lexicon)?;
    for part in ["news40/read", "seeds"] {
        articles.extend(golden(&eval.join(part), lexicon)?);
    }
    Ok(articles)
}

impl Article {
    fn new(name: String, text: String, lexicon: &Lexicon) -> Article {
        let document = Document::new(name, text, Meta::default());
        let (layers, names) = analysis::read(document.text(), lexicon);
        let found = mention::find(&layers, lexicon, names);
        let attributions = attribution::find(&layers, lexicon);
        let coreference = coref::resolve(&document, &layers, lexicon, &attributions, found);
        let ruled = meaning::read(&document, &layers, lexicon, &attributions, &coreference);
        let right = ruled.iter().map(|_| None).collect();
        Article {
            document,
            layers,
            attributions,
            coreference,
            ruled,
            right,
        }
    }

    /// For each statement the words of its content.
    fn words(&self) -> Vec<BTreeSet<u32>> {
        let of = |a: &Attribution| {
            let tokens = a.content.iter().flat_map(|&(start, end)| start..end);
            tokens.filter(|&t| self.is_word(t)).collect()
        };
        self.attributions.iter().map(of).collect()
    }

    /// The words that lie in spans of code points.
    fn words_in(&self, points: &CodePoints<'_>, spans: &[(u32, u32)]) -> BTreeSet<u32> {
        let mut words = BTreeSet::new();
        for &(start, end) in spans {
            let (start, end) = (points.byte(start), points.byte(end));
            let from = self
                .layers
                .tokens
                .partition_point(|t| t.span.end() <= start);
            let to = self.layers.tokens.partition_point(|t| t.span.start() < end);
            words.extend((from as u32..to as u32).filter(|&t| self.is_word(t)));
        }
        words
    }

    fn is_word(&self, token: u32) -> bool {
        self.layers.tokens[token as usize]
            .norm
            .chars()
            .any(char::is_alphanumeric)
    }

    /// The statement whose content is most like `gold`, and how much.
    fn most_like(words: &[BTreeSet<u32>], gold: &BTreeSet<u32>) -> Option<(usize, f64)> {
        let alike = |words: &BTreeSet<u32>| {
            let both = words.intersection(gold).count();
            both as f64 / (words.len() + gold.len() - both).max(1) as f64
        };
        let scored = words
            .iter()
            .enumerate()
            .map(|(at, words)| (at, alike(words)));
        scored.fold(None, |best: Option<(usize, f64)>, (at, score)| match best {
            Some((_, known)) if known >= score => best,
            _ => Some((at, score)),
        })
    }

    /// Entities that have a mention over `span`, or bear the name `name`.
    fn called(&self, span: Option<Span>, name: &str) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        if let Some(span) = span {
            for (mention, resolution) in self
                .coreference
                .mentions
                .iter()
                .zip(&self.coreference.resolutions)
            {
                if mention.span.overlaps(span) {
                    found.extend(resolution.entity());
                }
            }
        }
        let asked = bag(name);
        for (at, entity) in self.coreference.entities.iter().enumerate() {
            let own = bag(&entity.name);
            let same = !own.is_empty()
                && own.last() == asked.last()
                && (own.iter().all(|w| asked.contains(w)) || asked.iter().all(|w| own.contains(w)));
            if same {
                found.insert(at);
            }
        }
        found
    }
}

/// The words of a name that count.
fn bag(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|w| {
            !w.is_empty() && !["the", "a", "an", "mr", "mrs", "ms", "s"].contains(&w.as_str())
        })
        .collect()
}

fn range(value: &Value) -> Option<(u32, u32)> {
    match value {
        Value::Array(pair) => Some((
            pair.first()?.as_u64()? as u32,
            pair.get(1)?.as_u64()? as u32,
        )),
        Value::Object(_) => Some((
            value["start"].as_u64()? as u32,
            value["end"].as_u64()? as u32,
        )),
        _ => None,
    }
}

/// `labels/train.jsonl` with its articles.
fn labelled(eval: &Path, lexicon: &Lexicon) -> Result<Vec<Article>> {
    let mut by_article: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut lines = BTreeMap::new();
    for line in std::fs::read_to_string(eval.join("labels/train.jsonl"))?.lines() {
        let label: Value = serde_json::from_str(line)?;
        let name = match label["doc"].as_u64() {
            Some(number) => {
                let name = format!("n{number:05}");
                lines.insert(number as usize, name.clone());
                name
            }
            None => format!("p{}", label["doc"].as_str().unwrap_or_default()),
        };
        by_article.entry(name).or_default().push(label);
    }
    let mut texts = BTreeMap::new();
    let news = std::fs::File::open(eval.join("plain/news10k.jsonl.gz"))?;
    for (at, line) in BufReader::new(flate2::read::GzDecoder::new(news))
        .lines()
        .enumerate()
    {
        let line = line?;
        if let Some(name) = lines.get(&at) {
            let article: Value = serde_json::from_str(&line)?;
            texts.insert(
                name.clone(),
                article["text"].as_str().unwrap_or_default().to_owned(),
            );
        }
    }
    let mut articles = Vec::new();
    for (name, labels) in by_article {
        let text = match name.strip_prefix('p') {
            Some(file) => {
                std::fs::read_to_string(eval.join(format!("polnear/train/text/{file}.txt")))?
            }
            None => texts.remove(&name).unwrap_or_default(),
        };
        let mut article = Article::new(name, text, lexicon);
        let words = article.words();
        let text = article.document.text().to_owned();
        let points = CodePoints::new(&text);
        for label in labels {
            let content: Vec<_> = label["content"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(range)
                .collect();
            let gold = article.words_in(&points, &content);
            let Some((at, alike)) = Article::most_like(&words, &gold) else {
                continue;
            };
            if alike < 0.5 || article.right[at].is_some() {
                continue;
            }
            article.right[at] = Some(of_label(&article, &points, &label));
        }
        articles.push(article);
    }
    Ok(articles)
}

fn of_label(article: &Article, points: &CodePoints<'_>, label: &Value) -> Right {
    let meant = |value: &Value| {
        let span = range(value).map(|(start, end)| Span::new(points.byte(start), points.byte(end)));
        article.called(span, value["text"].as_str().unwrap_or_default())
    };
    let groups: Vec<_> = label["targets"]
        .as_array()
        .into_iter()
        .flatten()
        .map(meant)
        .collect();
    let addressee = &label["addressee"];
    Right {
        valid: label["valid"] != "no",
        act: label["act"].as_str().and_then(|act| act.parse().ok()),
        stance: stance(&label["stance"]),
        standing: label["standing"].as_str().and_then(|s| s.parse().ok()),
        aims: !groups.is_empty(),
        targets: groups.iter().flatten().copied().collect(),
        target_groups: groups,
        addresses: addressee.is_object(),
        addressees: if addressee.is_object() {
            meant(addressee)
        } else {
            BTreeSet::new()
        },
        about: None,
    }
}

fn stance(value: &Value) -> Polarity {
    value
        .as_str()
        .and_then(|s| s.parse().ok())
        .unwrap_or(Polarity::Neutral)
}

/// A folder of articles with full gold.
fn golden(folder: &Path, lexicon: &Lexicon) -> Result<Vec<Article>> {
    let mut names: Vec<_> = std::fs::read_dir(folder.join("gold"))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    names.sort();
    let mut articles = Vec::new();
    for path in names
        .iter()
        .filter(|p| p.extension().is_some_and(|e| e == "json"))
    {
        let gold: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
        let name = gold["doc"].as_str().unwrap_or_default();
        let text = std::fs::read_to_string(folder.join("docs").join(name))?;
        let mut article = Article::new(name.to_owned(), text, lexicon);
        let right = of_gold(&article, &gold);
        article.right = right;
        articles.push(article);
    }
    Ok(articles)
}

fn of_gold(article: &Article, gold: &Value) -> Vec<Option<Right>> {
    let text = article.document.text();
    let spot = |value: &Value| -> Option<Span> {
        let words = value["text"].as_str()?;
        let nth = value["occurrence"].as_u64().unwrap_or(0) as usize;
        let mut from = 0;
        for _ in 0..nth {
            from += text[from..].find(words)? + 1;
            while !text.is_char_boundary(from) {
                from += 1;
            }
        }
        let start = from + text[from..].find(words)?;
        Some(Span::new(start as u32, (start + words.len()) as u32))
    };
    let mut entities: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for entity in gold["entities"].as_array().into_iter().flatten() {
        let mut same = BTreeSet::new();
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for span in entity["mentions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(spot)
        {
            for (m, r) in article
                .coreference
                .mentions
                .iter()
                .zip(&article.coreference.resolutions)
            {
                if m.kind == MentionKind::Name
                    && m.span.overlaps(span)
                    && let Some(e) = r.entity()
                {
                    *votes.entry(e).or_default() += 1;
                }
            }
        }
        let most = votes.values().copied().max().unwrap_or(0);
        same.extend(
            votes
                .into_iter()
                .filter(|&(_, n)| 2 * n > most)
                .map(|(e, _)| e),
        );
        let surfaces = entity["surfaces"]
            .as_array()
            .into_iter()
            .flatten()
            .chain([&entity["name"]]);
        let surfaces: BTreeSet<String> = surfaces
            .filter_map(|s| Some(s.as_str()?.to_lowercase()))
            .collect();
        for (at, e) in article.coreference.entities.iter().enumerate() {
            if surfaces.contains(&e.name.to_lowercase())
                || same.is_empty()
                    && e.aliases
                        .iter()
                        .any(|a| surfaces.contains(&a.to_lowercase()))
            {
                same.insert(at);
            }
        }
        entities.insert(entity["id"].as_str().unwrap_or_default(), same);
    }
    let words = article.words();
    let mut right: Vec<Option<Right>> = words.iter().map(|_| None).collect();
    let mut any = vec![0.0f64; words.len()];
    for statement in gold["statements"].as_array().into_iter().flatten() {
        let mut content = BTreeSet::new();
        for span in statement["content"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(spot)
        {
            let from = article
                .layers
                .tokens
                .partition_point(|t| t.span.end() <= span.start());
            let to = article
                .layers
                .tokens
                .partition_point(|t| t.span.start() < span.end());
            content.extend((from as u32..to as u32).filter(|&t| article.is_word(t)));
        }
        for (at, own) in words.iter().enumerate() {
            any[at] =
                any[at].max(own.intersection(&content).count() as f64 / own.len().max(1) as f64);
        }
        let Some((at, alike)) = Article::most_like(&words, &content) else {
            continue;
        };
        if alike < 0.5 || right[at].is_some() {
            continue;
        }
        let of = |key: &str| -> Vec<BTreeSet<usize>> {
            let ids = statement[key]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str);
            ids.map(|id| entities.get(id).cloned().unwrap_or_default())
                .collect()
        };
        let (targets, addressees) = (of("target"), of("addressee"));
        right[at] = Some(Right {
            valid: true,
            act: statement["act"].as_str().and_then(|act| act.parse().ok()),
            stance: if targets.is_empty() {
                Polarity::Neutral
            } else {
                stance(&statement["polarity"])
            },
            standing: None,
            aims: !targets.is_empty(),
            targets: targets.iter().flatten().copied().collect(),
            target_groups: targets,
            addresses: !addressees.is_empty(),
            addressees: addressees.into_iter().flatten().collect(),
            about: Some(of("about").into_iter().flatten().collect()),
        });
    }
    // What no gold statement shares a word with is none.
    for (right, any) in right.iter_mut().zip(any) {
        if right.is_none() && any < 0.2 {
            *right = Some(Right::none());
        }
    }
    right
}
