//! The executable specification: every `##` of tests/corpus/**.md is a test of its own.
//!
//! A case is a title, a sentence of why, an `article` block and what must come out of it: a `statements` block, a
//! `mentions` block, a `diagnostics` block. Blocks called `*.tsv` or `*.toml` are data of a user's own; with them a
//! `faults` block may stand instead of an article. A line `known-failure: why` marks what does not work yet: such a case
//! fails when it passes. `UPDATE_CORPUS=1 cargo test --test corpus` rewrites what is expected. tests/corpus/README.md.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::{Arguments, Failed, Trial};
use sayso::analysis::analyze;
use sayso::lexicon::{Error, Folders, Lexicon};
use sayso::model::{Analysis, Document, Meta, Polarity, Standing, Statement};

/// A case as it stands in its file.
#[derive(Clone, Debug)]
struct Case {
    file: PathBuf,
    title: String,
    known_failure: bool,
    blocks: Vec<Block>,
}

/// A fenced block: its name, its text, and the lines of its text in the file.
#[derive(Clone, Debug)]
struct Block {
    name: String,
    text: String,
    lines: (usize, usize),
}

const EXPECTED: [&str; 4] = ["statements", "mentions", "diagnostics", "faults"];

fn main() {
    let arguments = Arguments::from_args();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut files = Vec::new();
    collect(&folder, &mut files);
    let cases: Vec<Case> = files.iter().flat_map(|file| parse(file)).collect();
    if std::env::var_os("UPDATE_CORPUS").is_some() {
        update(&cases);
        return;
    }
    let lexicon: &'static Lexicon = Box::leak(Box::new(Lexicon::builtin()));
    let trials = cases
        .into_iter()
        .map(|case| {
            let name = format!(
                "{}: {}",
                case.file
                    .strip_prefix(&folder)
                    .unwrap_or(&case.file)
                    .with_extension("")
                    .display(),
                case.title
            );
            Trial::test(name, move || run(&case, lexicon))
        })
        .collect();
    libtest_mimic::run(&arguments, trials).exit();
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the corpus is there")
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|e| e == "md") && !path.ends_with("README.md") {
            files.push(path);
        }
    }
}

fn parse(file: &Path) -> Vec<Case> {
    let text = fs::read_to_string(file).expect("a corpus file is UTF-8");
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<Block> = None;
    for (number, line) in text.lines().enumerate() {
        if let Some(block) = &mut open {
            if line == "```" {
                block.lines.1 = number;
                let block = open.take().expect("it is open");
                cases
                    .last_mut()
                    .expect("a block stands under a title")
                    .blocks
                    .push(block);
            } else {
                block.text.push_str(line);
                block.text.push('\n');
            }
        } else if let Some(title) = line.strip_prefix("## ") {
            cases.push(Case {
                file: file.to_owned(),
                title: title.trim().to_owned(),
                known_failure: false,
                blocks: Vec::new(),
            });
        } else if let Some(name) = line.strip_prefix("```") {
            open = Some(Block {
                name: name.trim().to_owned(),
                text: String::new(),
                lines: (number + 1, number + 1),
            });
        } else if line.starts_with("known-failure:") {
            cases
                .last_mut()
                .expect("a mark stands under a title")
                .known_failure = true;
        }
    }
    assert!(open.is_none(), "{}: a block is not closed", file.display());
    cases
}

fn run(case: &Case, lexicon: &Lexicon) -> Result<(), Failed> {
    let outcome = compare(case, lexicon);
    match (outcome, case.known_failure) {
        (Ok(()), false) | (Err(_), true) => Ok(()),
        (Err(message), false) => Err(message.into()),
        (Ok(()), true) => Err("this known failure passes now: remove its mark".into()),
    }
}

fn compare(case: &Case, lexicon: &Lexicon) -> Result<(), String> {
    let mut checked = 0;
    for block in case
        .blocks
        .iter()
        .filter(|b| EXPECTED.contains(&b.name.as_str()))
    {
        let found = outcome(case, &block.name, lexicon);
        checked += 1;
        if found != block.text {
            let article = case
                .blocks
                .iter()
                .find(|b| b.name == "article")
                .map_or("", |b| &b.text);
            return Err(format!(
                "{}\n--- article\n{article}--- expected {}\n{}--- found\n{found}",
                case.title, block.name, block.text
            ));
        }
    }
    if checked == 0 {
        Err("the case expects nothing".to_owned())
    } else {
        Ok(())
    }
}

/// What comes out of the case, in the form of the expected block `name`.
fn outcome(case: &Case, name: &str, lexicon: &Lexicon) -> String {
    let own = load_own(case);
    let lexicon = match &own {
        None => lexicon,
        Some(Ok(own)) => own,
        Some(Err(Error::Faults(faults))) => {
            return faults.iter().fold(String::new(), |mut text, fault| {
                let file = Path::new(&*fault.place.file)
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                let _ = writeln!(
                    text,
                    "{file}:{}: {}\n  help: {}",
                    fault.place.line, fault.what, fault.help
                );
                text
            });
        }
        Some(Err(error)) => return format!("{error}\n"),
    };
    let Some(article) = case
        .blocks
        .iter()
        .find(|b| b.name.split(' ').next() == Some("article"))
    else {
        return String::new();
    };
    let published = article.name.split(' ').nth(1).map(|day| {
        day.parse()
            .expect("the block is called `article YYYY-MM-DD`")
    });
    let document = Document::new(
        "case",
        article.text.trim_end_matches('\n'),
        Meta {
            published,
            ..Meta::default()
        },
    );
    let analysis = analyze(&document, lexicon);
    match name {
        "statements" => statements(&document, &analysis),
        "mentions" => mentions(&document, &analysis),
        "diagnostics" => analysis
            .diagnostics
            .iter()
            .map(|d| {
                format!(
                    "{}: {}\n",
                    d.code.name(),
                    one_line(d.span.of(document.text()))
                )
            })
            .collect(),
        _ => String::new(),
    }
}

/// The lexicon with the case's own data files, if it has any.
fn load_own(case: &Case) -> Option<Result<Lexicon, Error>> {
    let own: Vec<&Block> = case
        .blocks
        .iter()
        .filter(|b| b.name.ends_with(".tsv") || b.name.ends_with(".toml"))
        .collect();
    if own.is_empty() {
        return None;
    }
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let patterns = folder.path().join("queries/patterns");
    let gazetteers = folder.path().join("gazetteers");
    fs::create_dir_all(&patterns).expect("it can be written");
    fs::create_dir_all(&gazetteers).expect("it can be written");
    for block in own {
        let place = if block.name.ends_with(".tsv") {
            &gazetteers
        } else {
            &patterns
        };
        fs::write(place.join(&block.name), &block.text).expect("it can be written");
    }
    Some(Lexicon::load(&Folders {
        gazetteers: vec![gazetteers],
        queries: vec![folder.path().join("queries")],
        ..Folders::default()
    }))
}

fn statements(document: &Document, analysis: &Analysis) -> String {
    analysis
        .statements
        .iter()
        .map(|statement| line(document, analysis, statement))
        .collect()
}

/// `Source -act!-> «content» about A; B to C at D (-) on 2025-03-01 stands hypothetical in 1`
fn line(document: &Document, analysis: &Analysis, s: &Statement) -> String {
    let name = |entity: usize| analysis.entities[entity].name.as_str();
    let names = |list: &[usize]| list.iter().map(|&e| name(e)).collect::<Vec<_>>().join("; ");
    let source = s.source.as_ref().and_then(|x| x.entity).map_or("?", name);
    let content: Vec<String> = s
        .content
        .iter()
        .map(|c| one_line(c.of(document.text())))
        .collect();
    let mut text = format!(
        "{source} -{}{}-> «{}»",
        s.act,
        if s.negated { "!" } else { "" },
        content.join(" … ")
    );
    if !s.about.is_empty() {
        let _ = write!(text, " about {}", names(&s.about));
    }
    if !s.addressees.is_empty() {
        let _ = write!(text, " to {}", names(&s.addressees));
    }
    for target in &s.targets {
        let sign = match target.polarity {
            Polarity::Negative => "-",
            Polarity::Neutral => "0",
            Polarity::Positive => "+",
        };
        let _ = write!(text, " at {} ({sign})", name(target.entity));
    }
    if let Some(day) = s.said_on {
        let _ = write!(text, " on {day}");
    }
    let expected = match s.negated {
        true => Standing::Denied,
        false => Standing::Firsthand,
    };
    if s.standing != expected {
        let _ = write!(text, " stands {}", s.standing);
    }
    if let Some(parent) = s.parent {
        let _ = write!(text, " in {}", parent + 1);
    }
    text.push('\n');
    text
}

/// `words = entity id`, or `?` and the candidates.
fn mentions(document: &Document, analysis: &Analysis) -> String {
    let mut text = String::new();
    for (mention, resolution) in analysis.mentions.iter().zip(&analysis.resolutions) {
        let words = one_line(mention.span.of(document.text()));
        let who = match resolution {
            sayso::model::Resolution::Resolved { entity, by } => {
                format!("{} ({by})", in_case(&analysis.entities[*entity].id))
            }
            sayso::model::Resolution::Ambiguous(candidates) => {
                format!("? {}", candidates.join(" or "))
            }
            sayso::model::Resolution::Unknown => "?".to_owned(),
        };
        let _ = writeln!(text, "{words} = {who}");
    }
    text
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes what comes out into the files; known failures are left as they are.
fn update(cases: &[Case]) {
    let lexicon = Lexicon::builtin();
    let mut files: Vec<&PathBuf> = cases.iter().map(|c| &c.file).collect();
    files.dedup();
    for file in files {
        let text = fs::read_to_string(file).expect("it was read before");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for case in cases
            .iter()
            .rev()
            .filter(|c| &c.file == file && !c.known_failure)
        {
            for block in case
                .blocks
                .iter()
                .rev()
                .filter(|b| EXPECTED.contains(&b.name.as_str()))
            {
                let found = outcome(case, &block.name, &lexicon);
                lines.splice(
                    block.lines.0..block.lines.1,
                    found.lines().map(str::to_owned),
                );
            }
        }
        fs::write(file, lines.join("\n") + "\n").expect("it can be written");
    }
}

/// An id in which the case stands for the id of its document, which is made of the words.
fn in_case(id: &str) -> String {
    match id.split_once('#') {
        Some((_, local)) => format!("case#{local}"),
        None => id.to_owned(),
    }
}
