//! The law: what a database holds is a function of the documents, the lists and the program, whatever was there before.
//!
//! Each sequence adds, changes, moves and removes articles, edits lists, builds on other numbers of threads and with other
//! commits, breaks builds off and kills them, and is then compared with a clean build: every table, every view, with keys of
//! one file replaced by ids that last. `SAYSO_SEQUENCES=1000 cargo test --test it law` tries a thousand.

use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

use rusqlite::Connection;
use sayso::lexicon::Folders;
use sayso::pipeline::{self, BuildOptions, Summary};
use sayso::store::{Forget, Store};
use sayso::{Lexicon, ingest};

/// Sequences of an ordinary run.
const SEQUENCES: u64 = 24;

/// What articles say.
const ARTICLES: [&str; 10] = [
    "Ann Orr said that the harbour would stay open.\n",
    "Mayor Ann Orr promised a bridge. \"It will be wide,\" she said. Bob Lee denied that Orr had lied.\n",
    "Cara Dunn accused Bob Lee of hiding the costs. Dunn said the council was late. The council denied it.\n",
    "Bob Lee, the head of the Arven Port Union, warned that the union would strike. A spokesman said the port was calm.\n",
    "Two officials told reporters on Monday that the tunnel was safe. One official praised Cara Dunn.\n",
    "Harbour row\n\nThe Arven Port Union criticized Mayor Ann Orr. Orr rejected the claim. Orr said Lee was wrong.\n",
    "Dana Epps (DE) believed that the road would flood. Epps asked Ann Orr to act. ANN ORR agreed, Epps said.\n",
    "According to Cara Dunn, the costs had doubled. \"Nobody asked us,\" Dunn said. \"Nobody will,\" she added.\n",
    "The tunnel was never safe, Bob Lee said that Cara Dunn had told him.\n",
    "Ann Orr and Bob Lee agreed that the ferry was late. Both apologized to the Arven Port Union.\n",
];

/// What files are called; the last holds many articles.
const FILES: [&str; 8] = [
    "a.txt",
    "b.txt",
    "c.txt",
    "sub/a.txt",
    "sub/d.txt",
    "sub/deep/e.txt",
    "2025-03-04-f.txt",
    "many.jsonl",
];

/// Lists of a user's own: file and rows.
const LISTS: [&[(&str, &str)]; 6] = [
    &[],
    &[(
        "people.tsv",
        "id\tname\taliases\tweak\tsex\tids\nanna-orr\tAnn Orr\t\t\tf\t\n",
    )],
    &[(
        "people.tsv",
        "id\tname\taliases\tweak\tsex\tids\nanna-orr\tAnn Orr\tMayor Orr\t\tf\t\nbob-lee\tBob Lee\t\t\tm\t\n",
    )],
    &[(
        "splits.tsv",
        "name\tis\tin\nAnn Orr\tAnn Orr (baker)\tsub/\nBob Lee\tBob Lee (sailor)\td.txt\n",
    )],
    &[("merges.tsv", "same\tas\tname\nCara Dunn\tAnn Orr\t\n")],
    &[("merges.tsv", "same\tas\tname\nBob Lee\t\tRobert Lee\n")],
];

static LEXICONS: LazyLock<Vec<(Folders, Lexicon)>> = LazyLock::new(|| {
    let folder = tempfile::tempdir()
        .expect("there is room for a folder")
        .keep();
    let numbered = LISTS.iter().enumerate();
    let load = |(number, files): (usize, &&[(&str, &str)])| {
        let lists = folder.join(format!("lists{number}"));
        std::fs::create_dir_all(&lists).expect("a folder can be made");
        for (name, rows) in *files {
            std::fs::write(lists.join(name), rows).expect("a file can be written");
        }
        let folders = Folders {
            gazetteers: vec![lists],
            ..Folders::default()
        };
        let lexicon = Lexicon::load(&folders).expect("the lists are sound");
        (folders, lexicon)
    };
    numbered.map(load).collect()
});

/// Numbers that look like chance and are the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end
    }
}

/// A folder with articles and a database, and what is done to them.
struct Place {
    base: PathBuf,
    here: PathBuf,
    moves: u32,
    lists: usize,
    done: Vec<String>,
}

impl Place {
    fn news(&self) -> PathBuf {
        self.here.join("news")
    }

    fn write(&mut self, file: &str, chance: &mut Chance) {
        let article = |chance: &mut Chance| ARTICLES[chance.below(ARTICLES.len())];
        let text = match file.ends_with(".jsonl") {
            false => article(chance).to_owned(),
            true => (0..=chance.below(4))
                .map(|_| {
                    let publisher = ["Arven Daily", "Port Post"][chance.below(2)];
                    let article =
                        serde_json::json!({"text": article(chance), "publisher": publisher});
                    format!("{article}\n")
                })
                .collect(),
        };
        let path = self.news().join(file);
        std::fs::create_dir_all(path.parent().expect("it is in a folder"))
            .expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    }

    fn step(&mut self, chance: &mut Chance) {
        let file = FILES[chance.below(FILES.len())];
        let what = match chance.below(12) {
            0..=3 => {
                self.write(file, chance);
                format!("write {file}")
            }
            4 => {
                let _ = std::fs::remove_file(self.news().join(file));
                format!("remove {file}")
            }
            5 => {
                let to = FILES[chance.below(FILES.len() - 1)];
                let of = FILES[chance.below(FILES.len() - 1)];
                let to_path = self.news().join(to);
                std::fs::create_dir_all(to_path.parent().expect("it is in a folder"))
                    .expect("a folder can be made");
                let _ = std::fs::rename(self.news().join(of), to_path);
                format!("move {of} to {to}")
            }
            6 => {
                self.lists = chance.below(LISTS.len());
                format!("lists {}", self.lists)
            }
            7 => {
                // A file that cannot be read; it never could, so nothing of it is kept.
                let bad = self.news().join("bad.txt");
                match chance.below(2) {
                    0 => std::fs::write(bad, b"\0\0").expect("a file can be written"),
                    _ => drop(std::fs::remove_file(bad)),
                }
                "bad.txt".to_owned()
            }
            8 => {
                self.moves += 1;
                let there = self.base.join(format!("place{}", self.moves));
                std::fs::rename(&self.here, &there).expect("it can be moved");
                self.here = there;
                "move all".to_owned()
            }
            _ => {
                let breaks = match chance.below(4) {
                    0 => Some((true, chance.below(9))),
                    1 => Some((false, chance.below(9))),
                    _ => None,
                };
                let (jobs, batch) = (1 + chance.below(3), 1 + chance.below(5) as u32);
                let prune = chance.below(2) == 0;
                let paths = match chance.below(4) {
                    0 => vec![self.news().join("sub"), self.news()],
                    1 if self.news().join("sub").is_dir() => vec![self.news().join("sub")],
                    2 if self.news().join("a.txt").is_file() => vec![self.news().join("a.txt")],
                    _ => vec![self.news()],
                };
                self.build("x.sqlite", &paths, (jobs, batch, prune), breaks);
                format!("build {paths:?} {jobs} {batch} {prune} {breaks:?}")
            }
        };
        self.done.push(what);
    }

    /// Builds. `breaks`: after so many articles the build is killed (`true`) or asked to end.
    fn build(
        &self,
        database: &str,
        paths: &[PathBuf],
        (jobs, batch, prune): (usize, u32, bool),
        breaks: Option<(bool, usize)>,
    ) {
        let database = self.here.join(database);
        let (folders, lexicon) = &LEXICONS[self.lists];
        let (inputs, _) = ingest::find(paths);
        let stop = Arc::new(AtomicBool::new(false));
        let options = BuildOptions {
            prune,
            jobs,
            folders: folders.clone(),
            forget: Forget {
                corrections: true,
                ..Forget::default()
            },
            stop: Arc::clone(&stop),
            reading: pipeline::reading(lexicon),
            ..BuildOptions::default()
        };
        let saved = self.here.join("saved");
        let mut articles = 0;
        let run = || -> Summary {
            let mut store = Store::open_or_create(&database).expect("it opens");
            store.commit_after(batch);
            let built = pipeline::build(inputs, lexicon, &mut store, &options, |_, _| {
                articles += 1;
                match breaks {
                    Some((true, at)) if articles > at => {
                        // As a kill leaves it: with what is committed, and what is half written.
                        copy(&database, &saved);
                        std::panic::resume_unwind(Box::new("killed"));
                    }
                    Some((false, at)) if articles > at => stop.store(true, Ordering::Relaxed),
                    _ => {}
                }
            });
            built.expect("it is built")
        };
        let killed = std::panic::catch_unwind(AssertUnwindSafe(run)).is_err();
        if killed {
            copy(&saved, &database);
        }
    }
}

/// Copies a database with the log that belongs to it.
fn copy(from: &Path, to: &Path) {
    let beside = |path: &Path, end: &str| {
        let mut name = path.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    };
    let _ = std::fs::remove_file(beside(to, "-shm"));
    for end in ["", "-wal"] {
        let _ = std::fs::remove_file(beside(to, end));
        let _ = std::fs::copy(beside(from, end), beside(to, end));
    }
}

/// Every table and view, a name and the rows without a key that belongs to one file alone.
const DUMP: [(&str, &str); 26] = [
    ("made", "SELECT * FROM made"),
    ("runs", "SELECT version, lexicon FROM runs"),
    ("roots", "SELECT path, whole, fields FROM roots"),
    (
        "documents",
        "SELECT d.hash, d.name, d.title, d.publisher, d.author, d.published, d.url, d.sha256, r.lexicon, d.text FROM documents d JOIN runs r ON r.id = d.run",
    ),
    (
        "names",
        "SELECT r.path, n.name, d.hash FROM names n JOIN roots r ON r.id = n.root JOIN documents d ON d.id = n.document",
    ),
    (
        "failures",
        "SELECT r.path, f.name, f.hash, f.kind, f.reason, f.help FROM failures f JOIN roots r ON r.id = f.root",
    ),
    (
        "sentences",
        "SELECT d.hash, s.number, s.start, s.end, s.kind FROM sentences s JOIN documents d ON d.id = s.document",
    ),
    (
        "entities",
        "SELECT id, kind, name, folded, listed, origin FROM entities",
    ),
    (
        "forms",
        "SELECT e.id, f.kind, f.name, f.origin, f.documents FROM forms f JOIN entities e ON e.key = f.entity",
    ),
    (
        "document_forms",
        "SELECT d.hash, e.id, f.kind, f.name, f.origin FROM document_forms l JOIN documents d ON d.id = l.document JOIN forms f ON f.id = l.form JOIN entities e ON e.key = f.entity",
    ),
    (
        "aliases",
        "SELECT e.id, a.alias, a.folded, a.documents FROM aliases a JOIN entities e ON e.key = a.entity",
    ),
    (
        "document_aliases",
        "SELECT d.hash, e.id, a.alias FROM document_aliases l JOIN documents d ON d.id = l.document JOIN aliases a ON a.id = l.alias JOIN entities e ON e.key = a.entity",
    ),
    (
        "mentions",
        "SELECT d.hash, m.number, m.start, m.end, m.kind, e.id, m.candidates, m.sieve FROM mentions m JOIN documents d ON d.id = m.document LEFT JOIN entities e ON e.key = m.entity",
    ),
    (
        "statements",
        "SELECT d.hash, s.number, coalesce(s.place, s.cue_start), e.id, s.source_start, s.source_end, s.continued, s.cue_start, s.cue_end, s.lemma, s.kind, s.act, s.negated, s.standing, s.signs, t.id, s.polarity, coalesce(p.place, p.cue_start), s.said_on, s.confidence, s.rule, s.sieves, s.evidence_start, s.evidence_end, s.content, s.sentence FROM statements s JOIN documents d ON d.id = s.document LEFT JOIN entities e ON e.key = s.source LEFT JOIN statements p ON p.id = s.parent LEFT JOIN entities t ON t.key = s.teller",
    ),
    (
        "contents",
        "SELECT d.hash, coalesce(s.place, s.cue_start), c.number, c.start, c.end FROM contents c JOIN statements s ON s.id = c.statement JOIN documents d ON d.id = s.document",
    ),
    (
        "participants",
        "SELECT d.hash, coalesce(s.place, s.cue_start), p.role, p.number, e.id, p.polarity FROM participants p JOIN statements s ON s.id = p.statement JOIN documents d ON d.id = s.document JOIN entities e ON e.key = p.entity",
    ),
    (
        "lines",
        "SELECT d.hash, coalesce(s.place, s.cue_start), l.number, l.line FROM lines l JOIN statements s ON s.id = l.statement JOIN documents d ON d.id = s.document",
    ),
    (
        "diagnostics",
        "SELECT d.hash, x.number, x.start, x.end, x.code FROM diagnostics x JOIN documents d ON d.id = x.document",
    ),
    (
        "signatures",
        "SELECT d.hash, s.bins FROM signatures s JOIN documents d ON d.id = s.document",
    ),
    (
        "reprints",
        "SELECT d.hash, o.hash, r.likeness FROM reprints r JOIN documents d ON d.id = r.document JOIN documents o ON o.id = r.original",
    ),
    (
        "search",
        "SELECT v.term, v.doc, v.cnt FROM search_terms v UNION ALL SELECT v.term, d.hash || coalesce(s.place, s.cue_start), v.offset FROM search_places v JOIN statements s ON s.id = v.doc JOIN documents d ON d.id = s.document",
    ),
    (
        "who_said_what_about_whom",
        "SELECT statement, document, title, publisher, published, source_id, source, source_kind, act, negated, kind, polarity, target_id, target, content, sentence, said_on, confidence, rule, document_id, standing, teller_id, teller FROM who_said_what_about_whom",
    ),
    (
        "mentioned_in_statements",
        "SELECT statement, document, publisher, published, source_id, source, act, role, entity_id, entity, content, document_id, standing FROM mentioned_in_statements",
    ),
    ("entity_overview", "SELECT * FROM entity_overview"),
    ("edges", "SELECT * FROM edges"),
    (
        "indexes",
        "SELECT name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL",
    ),
];

/// All that a database says, sorted.
fn dump(database: &Path) -> Vec<String> {
    let db = Connection::open(database).expect("it opens");
    db.execute_batch(
        "CREATE VIRTUAL TABLE temp.search_terms USING fts5vocab(main, search, row);
         CREATE VIRTUAL TABLE temp.search_places USING fts5vocab(main, search, instance);",
    )
    .expect("it is SQL");
    let column = |sql: &str| -> Vec<String> {
        let mut rows = db.prepare(sql).expect("it is SQL");
        let rows = rows.query_map([], |row| row.get(0)).expect("it is SQL");
        rows.collect::<Result<_, _>>().expect("it is text")
    };
    let known = column(
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'search_%' AND name NOT LIKE 'sqlite_%'",
    );
    for name in known {
        assert!(
            DUMP.iter().any(|d| d.0 == name),
            "the law leaves out {name}"
        );
    }
    let mut all = Vec::new();
    for (name, sql) in DUMP {
        let mut statement = db.prepare(sql).unwrap_or_else(|e| panic!("{name}: {e}"));
        let width = statement.column_count();
        let mut rows = statement.query([]).expect("it is SQL");
        while let Some(row) = rows.next().expect("it can be read") {
            let cells = (0..width).map(|at| format!("{:?}", row.get_ref(at).expect("a cell")));
            all.push(format!("{name}: {}", cells.collect::<Vec<_>>().join("|")));
        }
    }
    let wrong =
        column("SELECT integrity_check FROM pragma_integrity_check WHERE integrity_check <> 'ok'");
    assert_eq!(wrong, [""; 0]);
    all.sort();
    all
}

fn sequence(seed: u64) {
    let base = tempfile::tempdir().expect("there is room for a folder");
    let mut chance = Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let here = base.path().join("place0");
    let mut place = Place {
        base: base.path().to_owned(),
        here,
        moves: 0,
        lists: 0,
        done: Vec::new(),
    };
    for file in ["a.txt", "sub/d.txt"] {
        place.write(file, &mut chance);
    }
    for _ in 0..8 + chance.below(14) {
        place.step(&mut chance);
    }
    let news = [place.news()];
    let settings = (1 + chance.below(3), 1 + chance.below(9) as u32, true);
    place.build("x.sqlite", &news, settings, None);
    place.build("clean.sqlite", &news, (1, 256, false), None);
    let (found, expected) = (
        dump(&place.here.join("x.sqlite")),
        dump(&place.here.join("clean.sqlite")),
    );
    let missing: Vec<&String> = expected.iter().filter(|row| !found.contains(row)).collect();
    let wrong: Vec<&String> = found.iter().filter(|row| !expected.contains(row)).collect();
    assert!(
        found == expected,
        "sequence {seed}: {:#?}\nmissing: {missing:#?}\nwrong: {wrong:#?}",
        place.done
    );
}

#[test]
fn whatever_was_done_before_a_build_is_equal_to_a_clean_one() {
    let asked = std::env::var("SAYSO_SEQUENCES").ok();
    let sequences = asked.and_then(|n| n.parse().ok()).unwrap_or(SEQUENCES);
    for seed in 0..sequences {
        sequence(seed);
    }
}
