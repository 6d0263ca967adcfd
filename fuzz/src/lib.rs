//! What the targets share: a lexicon, files, and what must hold of every analysis.

use std::path::Path;
use std::sync::LazyLock;

use sayso::lexicon::Error;
use sayso::rehearse::rehearse;
use sayso::{Document, Folders, Lexicon, analyze, ingest, pipeline};

/// The shipped lexicon.
pub static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::builtin);

/// Reads `bytes` as a file called `name` and analyses what comes out.
pub fn read(name: &str, bytes: &[u8]) {
    in_folder(&[(name, bytes)], |folder| {
        let (inputs, _) = ingest::find(&[folder.join(name)]);
        for document in ingest::read(&inputs[0], &pipeline::reading(&LEXICON))
            .into_iter()
            .flatten()
        {
            check(&document);
        }
    });
}

/// Writes `files` into a folder of its own and does `work` there.
pub fn in_folder(files: &[(&str, &[u8])], work: impl FnOnce(&Path)) {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it is in the folder"))
            .expect("a folder can be made");
        std::fs::write(path, bytes).expect("a file can be written");
    }
    work(folder.path());
}

/// Analyses `document` and checks what must hold of any text.
pub fn check(document: &Document) {
    let text = document.text();
    let analysis = analyze(document, &LEXICON);
    let mut end = 0;
    for token in &analysis.tokens {
        assert!(token.span.start() >= end && !token.span.is_empty());
        assert!(!token.span.of(text).is_empty()); // slicing fails off a boundary
        end = token.span.end();
    }
    let mut next = 0;
    for sentence in &analysis.sentences {
        assert_eq!(sentence.tokens.0, next);
        next = sentence.tokens.1;
    }
    assert_eq!(next as usize, analysis.tokens.len());
    for mention in &analysis.mentions {
        mention.span.of(text);
    }
    for statement in &analysis.statements {
        statement
            .content
            .iter()
            .for_each(|span| assert!(!span.of(text).is_empty()));
        statement.provenance.evidence.of(text);
    }
}

/// Loads `files`, lists and patterns, twice through a cache: what one run accepts the next must, and what it refuses too.
pub fn lists(files: &[(&str, &[u8])]) {
    in_folder(files, |folder| {
        let load = || {
            Lexicon::load(&Folders {
                gazetteers: vec![folder.to_owned()],
                queries: vec![folder.to_owned()],
                bare: true,
                cache: Some(folder.join("cache")),
                ..Folders::default()
            })
        };
        let told = |loaded: Result<Lexicon, Error>| match loaded {
            Ok(lexicon) => format!("{} {:?}", lexicon.fingerprint(), rehearse(&lexicon)),
            Err(Error::Faults(faults)) => format!("{faults:?}"),
            Err(other) => other.to_string(),
        };
        assert_eq!(told(load()), told(load()));
    });
}

/// Opens `bytes` as a compiled gazetteer and asks for all of it: an error, or names.
pub fn compiled(bytes: &[u8]) {
    in_folder(&[("n.gazetteer", bytes)], |folder| {
        let loaded = Lexicon::load(&Folders {
            gazetteers: vec![folder.join("n.gazetteer")],
            bare: true,
            ..Folders::default()
        });
        if let Ok(lexicon) = loaded {
            for name in lexicon.world.all_names() {
                lexicon.world.entry(name.entry).place();
            }
        }
    });
}
