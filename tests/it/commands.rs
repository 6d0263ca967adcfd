//! What the commands `path` and `export` make of a graph, before any store.

use std::path::Path;

use clap::Parser;
use sayso::cli::export::ExportArgs;
use sayso::cli::path::{PathArgs, rows, write_text};
use sayso::graph::{Ego, Filter, Graph, paths};
use sayso::model::{Act, EntityKind, EntityRow, Polarity, Standing, StatementRow};

use crate::graph::{at, day, entity, said};

#[derive(Parser)]
struct Line<T: clap::Args> {
    #[command(flatten)]
    args: T,
}

/// The arguments of a command line.
fn parsed<T: clap::Args>(line: &str) -> Result<T, String> {
    let words = std::iter::once("sayso").chain(line.split(' '));
    let line = Line::try_parse_from(words).map_err(|error| error.to_string())?;
    Ok(line.args)
}

fn harbour() -> (Vec<EntityRow>, Vec<StatementRow>) {
    let named = |id: &str, name: &str| EntityRow {
        name: name.to_owned(),
        ..entity(id, EntityKind::Person)
    };
    let entities = vec![
        named("ana", "Ana Lund"),
        named("ivo", "Ivo Brandt"),
        named("sea", "Grey\u{1b}[31m Sea"),
    ];
    let statements = vec![
        at(1, "ana", Act::Accuse, ("ivo", Polarity::Negative)),
        StatementRow {
            said_on: Some(day("2024-03-01")),
            publisher: Some("Arven Daily".to_owned()),
            negated: true,
            standing: Standing::Denied,
            teller: Some(("mia".to_owned(), "Mia Roth".to_owned())),
            confidence: 0.8,
            sentence:
                "He did not promise her\nthat the harbour would stay open for longer than a year."
                    .to_owned(),
            ..at(2, "ivo", Act::Promise, ("ana", Polarity::Positive))
        },
        StatementRow {
            confidence: 0.7,
            ..at(3, "ana", Act::Warn, ("ivo", Polarity::Neutral))
        },
        said(4, "ivo", Act::State, &["sea"]),
    ];
    (entities, statements)
}

#[test]
fn a_path_prints_each_hop_with_its_statements_sentences_and_documents() {
    let (entities, statements) = harbour();
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let args: PathArgs = parsed("ana sea --evidence 2").expect("these are arguments");
    let found = paths(&graph, &args.from, &args.to, &args.options());
    let mut out = Vec::new();
    write_text(&mut out, &found, args.evidence, 60).expect("a vector takes everything");
    let text = String::from_utf8(out).expect("it is UTF-8");
    assert_eq!(
        text,
        "\
Path 1 of 1: Ana Lund ↔ Ivo Brandt → Grey␛[31m Sea

  1. Ana Lund ↔ Ivo Brandt
     Ana Lund ─ accuse → Ivo Brandt (against)
       She said the harbour stays open.
       [00000000000000-1] Harbour talks · 2024-03-02 ·
       news/one.txt
     Ivo Brandt ─ not promise → Ana Lund (for), told by Mia Roth
       He did not promise her that the harbour would stay
       open for longer than a year.
       [00000000000000-2] Harbour talks · Arven Daily ·
       2024-03-02 · news/one.txt · said on 2024-03-01
     and 1 more statement

  2. Ivo Brandt → Grey␛[31m Sea
     Ivo Brandt ─ state → Grey␛[31m Sea (only mentions)
       She said the harbour stays open.
       [00000000000000-4] Harbour talks · 2024-03-02 ·
       news/one.txt
"
    );
    let rows = rows(&found);
    let ids: Vec<(usize, usize, &str, &str)> = rows
        .iter()
        .map(|row| (row.path, row.hop, row.statement.as_str(), row.source))
        .collect();
    assert_eq!(
        ids,
        [
            (1, 1, "00000000000000-1", "ana"),
            (1, 1, "00000000000000-2", "ivo"),
            (1, 1, "00000000000000-3", "ana"),
            (1, 2, "00000000000000-4", "ivo")
        ]
    );
}

#[test]
fn options_become_a_filter() {
    let args: ExportArgs =
        parsed("--entity Ana --hops 2 --min-weight 3 --act accuse,deny --polarity negative --since 2024-01-01 --until 2024-02-01 --min-confidence 0.5 --standing firsthand,denied --no-reported")
            .expect("these are arguments");
    assert_eq!(
        args.filter(Some("ana".to_owned())),
        Filter {
            acts: vec![Act::Accuse, Act::Deny],
            standings: vec![Standing::Firsthand, Standing::Denied],
            unreported: true,
            polarity: Some(Polarity::Negative),
            since: Some(day("2024-01-01")),
            until: Some(day("2024-02-01")),
            min_confidence: 0.5,
            min_weight: 3,
            ego: Some(Ego {
                entity: "ana".to_owned(),
                hops: 2
            }),
            ..Filter::default()
        }
    );
}

#[test]
fn a_bad_act_or_day_is_said() {
    let bad = |line: &str| parsed::<PathArgs>(line).expect_err("this is wrong");
    let error = bad("a b --act acuse");
    assert!(error.contains("invalid value 'acuse'"), "{error}");
    assert!(
        error.contains("a similar value exists: 'accuse'"),
        "{error}"
    );
    let error = bad("a b --since yesterday");
    assert!(
        error.contains("not a day; write it as 2024-03-31"),
        "{error}"
    );
}

#[test]
fn an_export_goes_where_the_options_say() {
    let (entities, statements) = harbour();
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let written = |line: &str| {
        let args: ExportArgs = parsed(line).expect("these are arguments");
        let mut out = Vec::new();
        let files = args.files(Path::new("none.sqlite")).expect("it is free");
        args.write(&graph, files, &mut out)
            .expect("the folder is there");
        String::from_utf8(out).expect("it is UTF-8")
    };
    let starts = [
        ("--format dot", "// Who said what"),
        ("--format graphml", "<?xml version="),
        ("--format json", "{\"directed\": true"),
        ("--format csv", "Source,Target,Type,Id,Label,Weight"),
        (
            "--format csv --statements",
            "Source,Target,Type,Id,Label,Weight",
        ),
        ("--format entities-csv", "Id,Label"),
    ];
    for (line, start) in starts {
        assert!(written(line).starts_with(start), "{line}");
    }
    let file = folder.path().join("graph.json");
    assert_eq!(written(&format!("--format json -o {}", file.display())), "");
    assert_eq!(
        std::fs::read_to_string(file).expect("it is written"),
        written("--format json")
    );
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let file = folder.path().join("no-folder").join("graph.dot");
    let args: ExportArgs = parsed(&format!("-o {}", file.display())).expect("these are arguments");
    let error = args.files(Path::new("none.sqlite")).expect_err("no folder");
    let start = format!("cannot write `{}`: ", file.display());
    assert!(error.what.starts_with(&start), "{}", error.what);
    assert!(error.help.is_some());
}
