//! The whole line: what a build leaves behind, again and in other orders, on more threads, after it was killed.

use std::time::Duration;

use crate::run::{ARTICLE, Desk, NAMES, NEWS};

const BUILD: [&str; 4] = ["build", NEWS, "--gazetteers", NAMES];

#[test]
fn the_database_is_the_same_bytes_on_one_thread_and_two_and_in_any_order() {
    let desk = Desk::new();
    let mut files: Vec<String> = std::fs::read_dir(NEWS)
        .expect("the example is there")
        .map(|entry| {
            entry
                .expect("it can be read")
                .path()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    files.sort();
    let built = |database: &str, jobs: &str, files: &[String]| {
        let mut arguments = vec!["build", "-q", "--db", database, "--jobs", jobs];
        arguments.extend(files.iter().map(String::as_str));
        assert_eq!(desk.run(&arguments).code, Some(0));
        std::fs::read(desk.path(database)).expect("it is built")
    };
    let one = built("one", "1", &files);
    let two = built("two", "2", &files);
    files.reverse();
    let three = built("three", "2", &files);
    assert!(one == two, "two threads make another database");
    assert!(one == three, "another order makes another database");
}

#[test]
fn extract_prints_the_same_bytes_on_one_thread_and_two_in_the_order_asked_for() {
    let desk = Desk::new();
    let one = desk.run(&["extract", NEWS, "--jobs", "1"]).out;
    let two = desk.run(&["extract", NEWS, "--jobs", "2"]).out;
    assert_eq!(one, two);
    desk.write("a.txt", ARTICLE);
    desk.write("b.txt", ARTICLE);
    let there = desk.run(&["extract", "a.txt", "b.txt"]).out;
    let back = desk.run(&["extract", "b.txt", "a.txt"]).out;
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    let mut turned = lines(&back);
    turned.reverse();
    assert_eq!(lines(&there), turned);
}

#[test]
fn a_second_build_changes_no_row_and_no_byte() {
    let desk = Desk::new();
    let first = desk.run(&BUILD);
    assert!(
        first.out.starts_with("30 new, 0 changed, 0 unchanged in "),
        "{}",
        first.out
    );
    assert_eq!(first.err, "", "no progress on a pipe");
    let bytes = std::fs::read(desk.path("sayso.sqlite")).expect("it is built");
    let second = desk.run(&BUILD);
    assert!(
        second.out.starts_with("0 new, 0 changed, 30 unchanged in "),
        "{}",
        second.out
    );
    assert!(std::fs::read(desk.path("sayso.sqlite")).expect("it is built") == bytes);
    assert_eq!(
        desk.run(&["build", "-q", NEWS, "--gazetteers", NAMES]).out,
        ""
    );
}

#[test]
fn a_build_adds_what_is_new_replaces_what_changed_and_prunes_when_asked() {
    let desk = Desk::new();
    desk.write("news/a.txt", ARTICLE);
    desk.write(
        "news/b.txt",
        "Cara Dunn said that the bridge would close.\n",
    );
    desk.run(&["build", "-q", "news"]);
    desk.write(
        "news/b.txt",
        "Cara Dunn promised that the tunnel would open.\n",
    );
    desk.write(
        "news/c.txt",
        "Dana Epps warned that the road would flood.\n",
    );
    let built = desk.run(&["build", "./news"]);
    assert!(
        built.out.starts_with("1 new, 1 changed, 1 unchanged"),
        "{}",
        built.out
    );
    let contents = "SELECT content FROM who_said_what_about_whom WHERE document = 'b.txt'";
    assert_eq!(
        desk.rows("sayso.sqlite", contents),
        ["the tunnel would open"]
    );
    // The index of sentences follows.
    let search = |word: &str| {
        desk.rows(
            "sayso.sqlite",
            &format!("SELECT rowid FROM search WHERE search MATCH '{word}'"),
        )
        .len()
    };
    assert_eq!(
        (search("bridge"), search("tunnel"), search("road")),
        (0, 1, 1)
    );

    std::fs::remove_file(desk.path("news/c.txt")).expect("it is there");
    let built = desk.run(&["build", "news"]);
    assert!(
        built.out.starts_with("0 new, 0 changed, 2 unchanged in"),
        "{}",
        built.out
    );
    assert_eq!(
        desk.rows("sayso.sqlite", "SELECT count(*) FROM documents"),
        ["3"]
    );
    let built = desk.run(&["build", "news", "--prune"]);
    assert!(
        built
            .out
            .starts_with("0 new, 0 changed, 2 unchanged, 1 dropped"),
        "{}",
        built.out
    );
    assert_eq!(search("road"), 0);
    assert_eq!(
        desk.rows(
            "sayso.sqlite",
            "SELECT id FROM entities WHERE id = 'dana-epps'"
        ),
        [""; 0]
    );

    // Nothing points at what is gone.
    let dangling = "SELECT count(*) FROM pragma_foreign_key_check";
    assert_eq!(desk.rows("sayso.sqlite", dangling), ["0"]);

    let fresh = Desk::new();
    for name in ["news/a.txt", "news/b.txt"] {
        fresh.write(name, std::fs::read(desk.path(name)).expect("it is there"));
    }
    fresh.run(&["build", "-q", "news"]);
    let edges = "SELECT * FROM edges ORDER BY source_id, target_id, act";
    assert_eq!(
        desk.rows("sayso.sqlite", edges),
        fresh.rows("sayso.sqlite", edges)
    );
}

#[test]
fn prune_keeps_what_cannot_be_read_today() {
    let desk = Desk::new();
    desk.write("news/a.txt", ARTICLE);
    desk.write("news/b.txt", "Bob Lee warned of ice.\n");
    desk.write("more/c.txt", "Cara Dunn warned of fog.\n");
    desk.run(&["build", "-q", "news", "more"]);
    desk.write("news/b.txt", b"\0\0");
    std::fs::rename(desk.path("more"), desk.path("away")).expect("it is there");
    let names = || desk.rows("sayso.sqlite", "SELECT name FROM names ORDER BY name");
    let built = desk.run(&["build", "news", "more", "--prune"]);
    built.fails(0, &["more: cannot be read", "b.txt: not text"]);
    assert_eq!(names(), ["a.txt", "b.txt", "c.txt"]);
    // A folder that is not there may be on a disk that is not there.
    desk.run(&["build", "-q", "news", "--prune"]);
    assert_eq!(names(), ["a.txt", "b.txt", "c.txt"]);
    // A file of another folder that is there is gone when it is gone.
    std::fs::create_dir(desk.path("more")).expect("a folder can be made");
    desk.run(&["build", "-q", "news", "--prune"]);
    assert_eq!(names(), ["a.txt", "b.txt"]);
    std::fs::rename(desk.path("away/c.txt"), desk.path("more/c.txt")).expect("it is there");
    desk.run(&["build", "-q", "more"]);
    desk.run(&["build", "-q", "news", "--prune"]);
    assert_eq!(names(), ["a.txt", "b.txt", "c.txt"]);
    desk.run(&["build", "-q", "news", "--forget", "roots"]);
    assert_eq!(names(), ["a.txt", "b.txt"]);
}

#[test]
fn a_changed_gazetteer_reads_all_articles_again() {
    let desk = Desk::new();
    desk.write("news/a.txt", ARTICLE);
    desk.run(&["build", "-q", "news"]);
    desk.write("names/people.tsv", "id\tname\taliases\tsex\tborn\tdied\n");
    let header = std::fs::read_to_string(format!("{NAMES}/people.tsv")).expect("it is there");
    let header = header
        .lines()
        .find(|line| line.starts_with("id\t"))
        .expect("a header");
    let cells = header.split('\t').skip(2).map(|_| "\t").collect::<String>();
    desk.write(
        "names/people.tsv",
        format!("{header}\nanna-orr\tAnn Orr{cells}\n"),
    );
    let built = desk.run(&["build", "news", "--gazetteers", "names"]);
    assert!(
        built.out.starts_with("0 new, 1 changed, 0 unchanged"),
        "{}{}",
        built.out,
        built.err
    );
    let listed = "SELECT id FROM entities WHERE listed AND name = 'Ann Orr'";
    assert_eq!(desk.rows("sayso.sqlite", listed), ["anna-orr"]);
}

#[test]
fn a_killed_build_can_be_run_again() {
    let desk = Desk::new();
    let article = |n: u32| {
        let title = format!("Harbour {n}");
        serde_json::json!({"title": title, "text": ARTICLE.repeat(3)}).to_string()
    };
    let articles = (1..=1500).map(article).collect::<Vec<_>>();
    desk.write("many.jsonl", articles.join("\n"));
    let mut child = desk
        .command(&["build", "-q", "many.jsonl"])
        .spawn()
        .expect("it starts");
    std::thread::sleep(Duration::from_millis(300));
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    let again = desk.run(&["build", "-q", "many.jsonl"]);
    assert_eq!(again.code, Some(0), "{}", again.err);
    desk.run(&["build", "-q", "many.jsonl", "--db", "whole"]);
    let count = |database: &str| {
        let sql = "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM mentions), \
            (SELECT count(*) FROM statements), (SELECT count(*) FROM search WHERE search MATCH 'harbour'), \
            (SELECT count(*) FROM sqlite_schema WHERE type = 'index')";
        desk.rows(database, sql)
    };
    assert_eq!(count("sayso.sqlite"), count("whole"));
}

#[test]
fn offsets_in_the_database_are_code_points() {
    let desk = Desk::new();
    desk.write("a.txt", "Café news — “naïve” 😀 words\n\nZoë Çelik told Ann Orr on Monday: “The café 😀 stays open.”\n");
    desk.run(&["build", "-q", "a.txt"]);
    let words =
        |start: &str, end: &str| format!("substr(d.text, s.{start} + 1, s.{end} - s.{start})");
    let sql = format!(
        "SELECT {}, {}, {} FROM statements s JOIN documents d ON d.id = s.document",
        words("source_start", "source_end"),
        words("cue_start", "cue_end"),
        "(SELECT substr(d.text, c.start + 1, c.end - c.start) FROM contents c WHERE c.statement = s.id)",
    );
    assert_eq!(
        desk.rows("sayso.sqlite", &sql),
        ["Zoë Çelik|told|“The café 😀 stays open.”"]
    );
}

#[test]
fn an_older_database_is_told_and_left_alone() {
    let desk = Desk::new();
    desk.write("news/a.txt", ARTICLE);
    let old = rusqlite::Connection::open(desk.path("sayso.sqlite")).expect("it opens");
    old.execute_batch(
        "CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT);
         PRAGMA application_id = 1935767891; PRAGMA user_version = 2;",
    )
    .expect("it is SQL");
    drop(old);
    let bytes = std::fs::read(desk.path("sayso.sqlite")).expect("it is there");
    for arguments in [&["entities"][..], &["build", "news"]] {
        desk.run(arguments).fails(
            2,
            &[
                "`sayso.sqlite` was made by an older sayso (schema 2, now 5)",
                "help: build it again into another file with --db",
            ],
        );
    }
    assert!(std::fs::read(desk.path("sayso.sqlite")).expect("it is there") == bytes);
}

#[test]
fn every_saved_query_answers_on_the_example() {
    let desk = Desk::with_example();
    let list = desk.run(&["query", "--format", "csv"]).out;
    let names: Vec<&str> = list
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .collect();
    assert!(names.len() >= 10, "{names:?}");
    for name in names {
        let mut arguments = vec!["query", name, "--format", "csv"];
        match name {
            "who-said-about" => arguments.push("about=Veldania"),
            "timeline" => arguments.push("who=Ilse Orlan"),
            "search" => arguments.push("words=dam"),
            _ => {}
        }
        let rows = desk.run(&arguments);
        assert_eq!(rows.code, Some(0), "{name}: {}", rows.err);
        assert!(rows.out.lines().count() > 1, "{name} finds nothing");
    }
}

#[test]
fn standard_input_is_told_by_its_first_bytes() {
    let desk = Desk::new();
    let json = serde_json::json!({"headline": "From JSON", "text": ARTICLE}).to_string();
    let pretty = format!(
        "{{\n  \"title\": \"Pretty\",\n  \"text\": {}\n}}\n",
        serde_json::json!(ARTICLE)
    );
    let page = format!(
        "<!DOCTYPE html><html><head><title>From a page</title></head><body><article><p>{}</p></article></body></html>",
        ARTICLE.repeat(4)
    );
    let front = format!("---\ntitle: From front matter\ndate: 2022-01-15\n---\n{ARTICLE}");
    for (input, title, name) in [
        (ARTICLE, "Harbour stays open", "-"),
        (&json, "From JSON", "-:1"),
        (&pretty, "Pretty", "-"),
        (&page, "From a page", "-"),
        (&front, "From front matter", "-"),
    ] {
        let read = desk.pipe(&["extract", "-"], input.as_bytes());
        let record: serde_json::Value = serde_json::from_str(&read.out).expect("it is JSON");
        assert_eq!(
            (&record["title"], &record["document"]),
            (&title.into(), &name.into())
        );
        assert!(!record["statements"].as_array().expect("a list").is_empty());
    }
}

#[test]
fn why_not_shows_what_is_seen_in_an_article_of_its_own_and_in_one_of_many() {
    let desk = Desk::new();
    desk.write("a.txt", ARTICLE);
    let line = serde_json::json!({"title": "Harbour", "text": ARTICLE}).to_string();
    desk.write("many.jsonl", format!("{line}\n{line}\n"));
    let at = ARTICLE.find("told").expect("it is there");
    for file in ["a.txt", "many.jsonl:2"] {
        let seen = desk.run(&["why-not", &format!("{file}:{at}")]);
        assert_eq!(seen.code, Some(0), "{}", seen.err);
        assert!(
            seen.out.contains("Read as") && seen.out.contains("Cues: tell"),
            "{}",
            seen.out
        );
        assert!(seen.out.contains("ann-orr ─ "), "{}", seen.out);
    }
    let beyond = desk.run(&["why-not", "a.txt:99999"]);
    beyond.fails(2, &["no word at 99999", "help: the text has "]);
}
