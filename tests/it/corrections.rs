//! A user's corrections: applied from a folder, told by the statement's provenance, undone with their line.

use std::fs;

use sayso::analysis::analyze;
use sayso::lexicon::{Error, Folders, Lexicon};
use sayso::model::{Document, Meta, Statement};

const TEXT: &str = "Nan Orr said the bridge was safe.";

/// The one statement of the text, its source's id and name, under the rows of a folder.
fn read(files: &[(&str, &str)]) -> (Statement, String, String) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, rows) in files {
        fs::write(folder.path().join(name), rows).expect("there is room for a file");
    }
    let lexicon = Lexicon::load(&Folders {
        gazetteers: vec![folder.path().to_owned()],
        ..Folders::default()
    })
    .expect("the rows are right");
    let document = Document::new("harbour-gazette/1.txt", TEXT, Meta::default());
    let analysis = analyze(&document, &lexicon);
    let statement = analysis.statements[0].clone();
    let source = statement.source.as_ref().and_then(|s| s.entity);
    let entity = &analysis.entities[source.expect("somebody speaks")];
    (statement, entity.id.clone(), entity.name.clone())
}

/// The data lines of the user's own files behind a statement, as `file:line`.
fn own_lines(statement: &Statement, file: &str) -> Vec<u32> {
    let lines = statement.provenance.lines.iter();
    lines
        .filter(|place| place.file.ends_with(file))
        .map(|place| place.line)
        .collect()
}

#[test]
fn a_merge_is_named_by_the_statements_it_changes() {
    let rows = "same\tas\tname\nBob Lee\tCy Dunn\t\nNan Orr\tAnn Orr\t\n";
    let (statement, id, name) = read(&[("merges.tsv", rows)]);
    assert_eq!((id.as_str(), name.as_str()), ("ann-orr", "Ann Orr"));
    assert_eq!(statement.provenance.sieves, ["merge"]);
    assert_eq!(own_lines(&statement, "merges.tsv"), [3]);
}

#[test]
fn a_split_is_named_by_the_statements_it_changes() {
    let rows = "name\tis\tin\nNan Orr\tNan Orr (baker)\tharbour-gazette\n";
    let (statement, id, name) = read(&[("splits.tsv", rows)]);
    assert_eq!(
        (id.as_str(), name.as_str()),
        ("nan-orr-baker", "Nan Orr (baker)")
    );
    assert_eq!(statement.provenance.sieves, ["split"]);
    assert_eq!(own_lines(&statement, "splits.tsv"), [2]);
}

#[test]
fn a_rename_changes_the_name_and_not_the_id() {
    let rows = "same\tas\tname\nNan Orr\t\tDame Nan Orr\n";
    let (statement, id, name) = read(&[("merges.tsv", rows)]);
    assert_eq!((id.as_str(), name.as_str()), ("nan-orr", "Dame Nan Orr"));
    assert_eq!(own_lines(&statement, "merges.tsv"), [2]);
}

#[test]
fn a_correction_is_undone_with_its_line() {
    let files = [
        ("merges.tsv", "same\tas\tname\n"),
        ("splits.tsv", "name\tis\tin\n"),
    ];
    let (statement, id, name) = read(&files);
    assert_eq!((id.as_str(), name.as_str()), ("nan-orr", "Nan Orr"));
    assert_eq!(
        own_lines(&statement, ".tsv"),
        own_lines(&statement, "cues.tsv")
    );
}

#[test]
fn faults_of_corrections_have_file_and_line() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let path = folder.path().join("merges.tsv");
    fs::write(&path, "same\tas\tname\nAnn Orr\tann-orr\t\n").expect("there is room for a file");
    let found = Lexicon::load(&Folders {
        gazetteers: vec![folder.path().to_owned()],
        ..Folders::default()
    });
    let Err(Error::Faults(faults)) = found else {
        panic!("a merge into itself is a fault");
    };
    let place = format!("{}:2", path.display());
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].place.to_string(), place);
}
