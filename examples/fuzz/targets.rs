//! The borders of the program, each with what must hold there. An answer is a list of features: what an input showed.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;

use sayso::export::record;
use sayso::ingest::{self, Options};
use sayso::model::{Analysis, Document, Meta, Span};
use sayso::rehearse::rehearse;
use sayso::store::{Cell, Limits, StatementFilter};
use sayso::{BuildOptions, Folders, Lexicon, Store, analyze, pipeline};

use super::dictionary;

/// What all targets share.
pub struct Desk {
    folder: tempfile::TempDir,
    lexicon: Lexicon,
    reading: Options,
}

/// A border.
pub struct Target {
    /// What `--target` calls it.
    pub name: &'static str,
    /// Inputs to begin with.
    pub seeds: fn(&Desk) -> Vec<Vec<u8>>,
    /// What is put into them.
    pub dictionary: fn() -> &'static [String],
    /// Tries one: features, or which invariant is broken.
    pub run: fn(&Desk, &[u8]) -> Answer,
}

/// Features, or what is broken.
pub type Answer = Result<Vec<u64>, String>;

/// All borders.
pub const TARGETS: &[Target] = &[
    target("plain", articles, dictionary::of_text, |desk, bytes| {
        desk.read("a.txt", bytes)
    }),
    target("markdown", articles, dictionary::of_text, |desk, bytes| {
        desk.read("a.md", bytes)
    }),
    target("html", pages, dictionary::of_pages, |desk, bytes| {
        desk.read("a.html", bytes)
    }),
    target("ndjson", objects, dictionary::of_data, |desk, bytes| {
        desk.read("a.ndjson", bytes)
    }),
    target("lists", lists, dictionary::of_data, lists_are_read),
    target("patterns", patterns, dictionary::of_data, patterns_are_read),
    target("queries", queries, dictionary::of_data, queries_are_run),
    target(
        "compiled",
        compiled,
        dictionary::of_data,
        compiled_are_opened,
    ),
    target(
        "database",
        databases,
        dictionary::of_data,
        databases_are_opened,
    ),
];

const fn target(
    name: &'static str,
    seeds: fn(&Desk) -> Vec<Vec<u8>>,
    dictionary: fn() -> &'static [String],
    run: fn(&Desk, &[u8]) -> Answer,
) -> Target {
    Target {
        name,
        seeds,
        dictionary,
        run,
    }
}

const ARTICLE: &str = "Harbour stays open\n\nThe harbour would stay open, Ann Orr told reporters on Monday. “We are not \
    closing,” she said. “Not now.”\n\nBob Lee, the head of the union, denied that he had accused Ann Orr of lying about the \
    closure. Mr. Lee's deputy, according to the U.S. ministry, warned that prices would rise by 3.5 percent.\n";

const PEOPLE: &str =
    "id\tname\taliases\tsex\tborn\tdied\nzora-quill\tZora Quill\tQuill|Z. Quill\tf\t1950\t\n";
const PATTERN: &str =
    "[[pattern]]\nid = \"own\"\ndoc = \"Own.\"\npattern = \"SOURCE CUE CONTENT\"\n";

impl Desk {
    /// Loads the shipped lexicon and builds a small database.
    pub fn new() -> Result<Desk, Box<dyn Error>> {
        let lexicon = Lexicon::builtin();
        let desk = Desk {
            folder: tempfile::tempdir()?,
            reading: pipeline::reading(&lexicon),
            lexicon,
        };
        desk.write("news/a.txt", ARTICLE.as_bytes())?;
        for name in ["people.tsv", "places.tsv", "organizations.tsv", "roles.tsv"] {
            let list = shipped(&format!("examples/gazetteers/{name}"));
            desk.write(&format!("own/{name}"), &list)?;
        }
        std::fs::create_dir_all(desk.path("cache"))?;
        let mut store = Store::open_or_create(&desk.path("whole.sqlite"))?;
        let inputs = ingest::find(&[desk.path("news")]).0;
        let options = BuildOptions {
            reading: desk.reading.clone(),
            jobs: 1,
            ..BuildOptions::default()
        };
        sayso::build(inputs, &desk.lexicon, &mut store, &options, |_, _| ())?;
        Ok(desk)
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(self.folder.path()))?;
        std::fs::write(path, bytes)
    }

    /// Reads `bytes` as a file called `name` and analyses what comes out.
    fn read(&self, name: &str, bytes: &[u8]) -> Answer {
        self.write(name, bytes).map_err(|error| error.to_string())?;
        let inputs = ingest::find(&[self.path(name)]).0;
        let mut features = Vec::new();
        for read in inputs
            .iter()
            .flat_map(|input| ingest::read(input, &self.reading))
        {
            match read {
                Ok(document) => {
                    let analysis = analyze(&document, &self.lexicon);
                    is_sound(&document, &analysis)?;
                    features.extend(features_of(&document, &analysis));
                }
                Err(error) => features.push(super::hash(error.kind().as_bytes())),
            }
        }
        Ok(features)
    }
}

/// What must hold of any analysis.
fn is_sound(document: &Document, analysis: &Analysis) -> Result<(), String> {
    let text = document.text();
    let must = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    must(!text.contains('\0'), "a zero character in the text")?;
    let is_inside = |span: &Span| {
        text.get(span.start() as usize..span.end() as usize)
            .is_some()
    };
    let mut spans: Vec<Span> = analysis.sentences.iter().map(|s| s.span).collect();
    spans.extend(analysis.paragraphs.iter().map(|p| p.span));
    spans.extend(analysis.quotations.iter().flat_map(|q| [q.span, q.inner]));
    spans.extend(analysis.mentions.iter().map(|m| m.span));
    spans.extend(analysis.diagnostics.iter().map(|d| d.span));
    for statement in &analysis.statements {
        spans.extend(&statement.content);
        spans.extend(statement.cue.iter().map(|cue| cue.span));
        spans.extend(statement.source.iter().filter_map(|source| source.span));
        spans.push(statement.provenance.evidence);
        must(!statement.content.is_empty(), "a statement without content")?;
        let apart = |pair: &[Span]| pair[0].end() <= pair[1].start();
        must(
            statement.content.windows(2).all(apart),
            "contents out of order",
        )?;
        must(
            statement
                .parent
                .is_none_or(|parent| parent < analysis.statements.len()),
            "a parent that is none",
        )?;
        let is_known = |entity: &usize| *entity < analysis.entities.len();
        must(
            statement.about.iter().all(is_known),
            "an entity that is none",
        )?;
    }
    must(
        spans.iter().all(is_inside),
        "a span off the text or a character",
    )?;
    let mut end = 0;
    for token in &analysis.tokens {
        must(
            is_inside(&token.span),
            "a token off the text or a character",
        )?;
        must(
            token.span.start() >= end && !token.span.is_empty(),
            "tokens out of order",
        )?;
        end = token.span.end();
    }
    let mut next = 0;
    for sentence in &analysis.sentences {
        must(sentence.tokens.0 == next, "sentences leave tokens out")?;
        next = sentence.tokens.1;
    }
    must(
        next as usize == analysis.tokens.len(),
        "sentences leave tokens out",
    )?;
    let mut line = Vec::new();
    record::write(&mut line, document, analysis).map_err(|error| error.to_string())?;
    must(
        std::str::from_utf8(&line).is_ok(),
        "a record that is no UTF-8",
    )
}

/// What an article showed, roughly.
fn features_of(document: &Document, analysis: &Analysis) -> Vec<u64> {
    let mut all: BTreeSet<String> = document.meta.remarks().collect();
    for statement in &analysis.statements {
        let rule = &statement.provenance.rule;
        all.insert(format!("{rule} {}", statement.act));
        all.insert(format!("{rule} in {:?}", statement.parent.map(|_| ())));
    }
    all.extend(analysis.diagnostics.iter().map(|d| format!("{:?}", d.code)));
    all.extend(analysis.resolutions.iter().map(|resolution| {
        let text = format!("{resolution:?}");
        text.chars()
            .filter(|c| c.is_alphabetic())
            .take(30)
            .collect()
    }));
    for (what, count) in [
        ("tokens", analysis.tokens.len()),
        ("sentences", analysis.sentences.len()),
        ("quotations", analysis.quotations.len()),
        ("mentions", analysis.mentions.len()),
    ] {
        all.insert(format!("{what} {}", count.checked_ilog2().unwrap_or(0)));
    }
    all.iter()
        .map(|feature| super::hash(feature.as_bytes()))
        .collect()
}

fn articles(_: &Desk) -> Vec<Vec<u8>> {
    vec![
        ARTICLE.into(),
        format!("---\ntitle: Ferry\ndate: 2022-01-15\n---\n# Ferry\n\n{ARTICLE}").into(),
    ]
}

fn pages(_: &Desk) -> Vec<Vec<u8>> {
    let paragraphs = ARTICLE.replace("\n\n", "</p>\n<p>");
    let page = format!(
        "<!DOCTYPE html><html><head><title>Ferry</title><script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \
         \"headline\": \"Ferry\"}}</script></head><body><div><ul><li><a href=x>Menu</a></ul></div><article><h1>Ferry</h1>\
         <p>{paragraphs}</p></article></body></html>"
    );
    vec![page.into()]
}

fn objects(_: &Desk) -> Vec<Vec<u8>> {
    let text = ARTICLE.replace('\n', "\\n");
    vec![
        format!("{{\"title\": \"Ferry\", \"date\": \"2022-01-15\", \"text\": \"{text}\"}}\n[1]\n")
            .into(),
    ]
}

/// Files of this project, by which its formats are learned.
fn shipped(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap_or_default()
}

fn lists(_: &Desk) -> Vec<Vec<u8>> {
    vec![
        PEOPLE.into(),
        shipped("examples/gazetteers/people.tsv"),
        b"id\tname\taliases\nzora-quay\tZora Quay\tQuay\n".to_vec(),
        b"cue\tact\nyonder\tstate\n".to_vec(),
    ]
}

fn lists_are_read(desk: &Desk, bytes: &[u8]) -> Answer {
    const NAMES: [&str; 4] = ["people.tsv", "places.tsv", "merges.tsv", "en/cues.tsv"];
    let name = NAMES[super::hash(bytes) as usize % NAMES.len()];
    let folder = desk.path("lists");
    let _ = std::fs::remove_dir_all(&folder); // the first time it is not there
    desk.write(&format!("lists/{name}"), bytes)
        .map_err(|error| error.to_string())?;
    loaded(desk, &folder, name)
}

/// Loads a folder or file of names; where that works, an article is analysed with it.
fn loaded(desk: &Desk, path: &Path, name: &str) -> Answer {
    let folders = Folders {
        gazetteers: vec![path.to_owned()],
        ..Folders::default()
    };
    match Lexicon::load(&folders) {
        Ok(lexicon) => {
            let document = Document::new("a.txt", ARTICLE, Meta::default());
            let analysis = analyze(&document, &lexicon);
            is_sound(&document, &analysis)?;
            Ok(vec![super::hash(name.as_bytes())])
        }
        Err(error) => Ok(vec![feature_of_error(&desk.shown(&error))]),
    }
}

impl Desk {
    /// An error without the name of today's folder.
    fn shown(&self, error: &dyn Error) -> String {
        let folder = self.folder.path().display().to_string();
        error.to_string().replace(&folder, "")
    }
}

/// An error's first words, without what it quotes.
fn feature_of_error(error: &str) -> u64 {
    let own = error.split(['"', '`', '\'']).step_by(2);
    let words = own.flat_map(str::chars).filter(|c| c.is_alphabetic());
    let words: String = words.take(40).collect();
    super::hash(words.as_bytes())
}

fn patterns(_: &Desk) -> Vec<Vec<u8>> {
    vec![PATTERN.into(), shipped("queries/patterns/en/70-colon.toml")]
}

fn patterns_are_read(desk: &Desk, bytes: &[u8]) -> Answer {
    let own = "queries/patterns/en/50-own.toml";
    desk.write(own, bytes).map_err(|error| error.to_string())?;
    let folders = Folders {
        queries: vec![desk.path("queries")],
        ..Folders::default()
    };
    match Lexicon::load(&folders) {
        Ok(lexicon) => Ok(vec![rehearse(&lexicon).len() as u64]),
        Err(error) => Ok(vec![feature_of_error(&desk.shown(&error))]),
    }
}

fn queries(_: &Desk) -> Vec<Vec<u8>> {
    vec![
        b"SELECT name FROM documents ORDER BY name".to_vec(),
        b"SELECT content FROM who_said_what_about_whom WHERE document = :about LIMIT :limit"
            .to_vec(),
    ]
}

/// What a query may cost before it is stopped.
const LIMITS: Limits = Limits {
    time: Some(std::time::Duration::from_secs(1)),
    memory: 512 << 20,
    rows: 10_000,
};

fn queries_are_run(desk: &Desk, bytes: &[u8]) -> Answer {
    let whole = desk.path("whole.sqlite");
    let mut store = Store::open_read_only(&whole).map_err(|error| desk.shown(&error))?;
    let before = std::fs::read(&whole).map_err(|error| error.to_string())?;
    let sql = String::from_utf8_lossy(bytes);
    let result = store.query(&sql, &[("limit".to_owned(), Cell::Integer(3))], &LIMITS);
    if std::fs::read(&whole).is_ok_and(|after| after != before) {
        return Err("a query changed the database".to_owned());
    }
    Ok(vec![match result {
        Ok(_) => 0,
        Err(error) => feature_of_error(&desk.shown(&error)),
    }])
}

/// The names of `own`, compiled.
fn compiled(desk: &Desk) -> Vec<Vec<u8>> {
    let folders = Folders {
        gazetteers: vec![desk.path("own")],
        cache: Some(desk.path("cache")),
        ..Folders::default()
    };
    let _ = Lexicon::load(&folders); // what counts is the file that it leaves
    let files = std::fs::read_dir(desk.path("cache"))
        .into_iter()
        .flatten()
        .flatten();
    files.flat_map(|file| std::fs::read(file.path())).collect()
}

fn compiled_are_opened(desk: &Desk, bytes: &[u8]) -> Answer {
    desk.write("names.saygaz", bytes)
        .map_err(|error| error.to_string())?;
    loaded(desk, &desk.path("names.saygaz"), "compiled")
}

/// The first pages of the small database, small enough to be changed often.
fn databases(desk: &Desk) -> Vec<Vec<u8>> {
    std::fs::read(desk.path("whole.sqlite"))
        .into_iter()
        .collect()
}

fn databases_are_opened(desk: &Desk, bytes: &[u8]) -> Answer {
    // What was cut off a mutated file comes from the whole one.
    let mut whole = std::fs::read(desk.path("whole.sqlite")).map_err(|error| error.to_string())?;
    let start = super::hash(bytes) as usize % whole.len();
    for (place, byte) in whole[start..].iter_mut().zip(bytes.iter().take(64)) {
        *place = *byte;
    }
    desk.write("damaged.sqlite", &whole)
        .map_err(|error| error.to_string())?;
    let answer = Store::open_read_only(&desk.path("damaged.sqlite")).and_then(|mut store| {
        store.counts()?;
        store.busiest_edges(8)?;
        store.all_entities()?;
        for statement in store
            .statements(&StatementFilter::default())?
            .iter()
            .take(1)
        {
            store.explain(statement.id)?;
        }
        store.query("SELECT * FROM who_said_what_about_whom", &[], &LIMITS)?;
        Ok(())
    });
    Ok(vec![match answer {
        Ok(()) => 0,
        Err(error) => feature_of_error(&desk.shown(&error)),
    }])
}
