//! SQL of the user's own and saved queries: they read, they end, and they say what is wrong.

use std::time::{Duration, Instant};

use crate::run::Desk;

const ENDLESS: &str =
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

#[test]
fn sqlite_itself_refuses_what_is_more_than_reading() {
    let desk = Desk::with_example();
    let before = std::fs::read(desk.path("sayso.sqlite")).expect("it is there");
    for (sql, what) in [
        (";ATTACH 'other.sqlite' AS other", "ATTACH"),
        ("/* x */ ;ATTACH ':memory:' AS other", "ATTACH"),
        ("DETACH main", "DETACH"),
        (";PRAGMA query_only = 0", "PRAGMA query_only"),
        ("PRAGMA hard_heap_limit = 0", "PRAGMA hard_heap_limit"),
        ("SELECT * FROM pragma_cache_size", "PRAGMA cache_size"),
        ("PRAGMA user_version = 7", "PRAGMA user_version"),
        ("SELECT load_extension('x')", "load_extension"),
        ("SELECT fts3_tokenizer('simple')", "fts3_tokenizer"),
        ("BEGIN IMMEDIATE", "a transaction"),
        ("SAVEPOINT x", "a transaction"),
        ("EXPLAIN DELETE FROM runs", "it would change the database"),
        (
            "CREATE VIRTUAL TABLE temp.t USING fts5 (a)",
            "it would change the database",
        ),
        ("VACUUM", "it would change the database"),
    ] {
        let answer = desk.run(&["sql", sql]);
        answer.fails(2, &["this SQL does more than read", "help: only SELECT"]);
        assert!(
            answer.err.contains(what) || sql.contains("extension") || sql.contains("tokenizer"),
            "{sql}: {}",
            answer.err
        );
    }
    assert_eq!(
        std::fs::read(desk.path("sayso.sqlite")).expect("it is there"),
        before
    );
    assert!(!desk.path("other.sqlite").exists());
    for sql in [
        "PRAGMA table_info(entities)",
        "SELECT name FROM pragma_table_info('entities')",
        "PRAGMA user_version",
        "SELECT count(*) FROM search WHERE search MATCH 'dam'",
        "SELECT value FROM json_each('[1, 2]')",
        "EXPLAIN QUERY PLAN SELECT * FROM edges",
    ] {
        let answer = desk.run(&["sql", sql]);
        assert_eq!(answer.code, Some(0), "{sql}: {}", answer.err);
    }
}

#[test]
fn a_query_without_an_end_is_stopped_by_time_memory_and_rows() {
    let desk = Desk::with_example();
    let started = Instant::now();
    desk.run(&["sql", ENDLESS, "--timeout", "0.3"]).fails(
        2,
        &[
            "this SQL takes longer than 0.3 s",
            "help: ask for less, or give it more time",
        ],
    );
    assert!(started.elapsed() < Duration::from_secs(20));
    let hoard = "WITH RECURSIVE n (i, t) AS (SELECT 1, 'x' UNION SELECT i + 1, hex(randomblob(50000)) FROM n) \
                 SELECT count(*) FROM n";
    for sql in [
        hoard,
        "SELECT length(hex(zeroblob(400000000)))",
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT hex(zeroblob(100000)) FROM n",
    ] {
        desk.run(&["sql", sql, "--memory", "64", "--format", "csv"])
            .fails(
                2,
                &[
                    "this SQL takes more than 64 MB of memory",
                    "help: ask for less",
                ],
            );
    }
    let rows = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n";
    desk.run(&["sql", rows, "--format", "csv"])
        .fails(2, &["this SQL gives more than 1000000 rows", "--limit N"]);
    let three = desk.run(&["sql", rows, "--format", "csv", "--limit", "3"]);
    assert_eq!((three.code, three.out.as_str()), (Some(0), "i\n1\n2\n3\n"));
    let table = desk.run(&["sql", rows]);
    assert_eq!(table.out.lines().count(), 1002);
    table.fails(0, &["there are more than 1000: --limit N"]);
}

#[test]
fn saved_queries_run_under_the_same_guard() {
    let desk = Desk::with_example();
    desk.write(
        "q/saved/endless.sql",
        format!("-- title: Without an end\n{ENDLESS};\n"),
    );
    desk.write(
        "q/saved/writes.sql",
        "-- title: Writes\nDELETE FROM runs;\n",
    );
    desk.run(&["query", "endless", "--queries", "q", "--timeout", "0.2"])
        .fails(2, &["this SQL takes longer than 0.2 s"]);
    desk.run(&["query", "writes", "--queries", "q"])
        .fails(2, &["this SQL does more than read"]);
}

#[test]
fn sql_comes_from_a_file_or_standard_input_too() {
    let desk = Desk::with_example();
    desk.write(
        "mine.sql",
        "-- mine\nSELECT count(*) AS n FROM documents;\n",
    );
    let expected = (Some(0), "n\n30\n");
    let file = desk.run(&["sql", "--file", "mine.sql", "--format", "csv"]);
    assert_eq!((file.code, file.out.as_str()), expected, "{}", file.err);
    let piped = desk.pipe(
        &["sql", "-", "--format", "csv"],
        b"SELECT count(*) AS n FROM documents",
    );
    assert_eq!((piped.code, piped.out.as_str()), expected, "{}", piped.err);
    desk.run(&["sql", "--file", "no.sql"])
        .fails(2, &["cannot read `no.sql`", "help: give a file"]);
    desk.run(&["sql"]).fails(2, &["required"]);
}

#[test]
fn parameters_have_types_and_say_what_they_want() {
    let desk = Desk::with_example();
    for (arguments, words) in [
        (
            vec!["denials", "since=garbage"],
            ["`since=garbage`: not a day", "write it as 2024-03-31"],
        ),
        (
            vec!["most-quoted", "limit=abc"],
            ["`limit=abc`: not a number of rows", "write 1 or more"],
        ),
        (
            vec!["most-quoted", "limit=-1"],
            ["`limit=-1`: not a number of rows", "write 1 or more"],
        ),
        (
            vec!["timeline", "who=Ilse Orlan", "act=foo"],
            ["`act=foo`: not an act", "write one of: "],
        ),
        (
            vec!["answers", "x=1"],
            ["`x=1` is no parameter of `answers`", "it takes none"],
        ),
        (
            vec!["search", "words=% +"],
            ["no word to search for", "write words"],
        ),
    ] {
        let all = [vec!["query"], arguments].concat();
        desk.run(&all).fails(2, &words);
    }
    let days = |arguments: &[&str]| {
        let all = [&["query"], arguments, &["--format", "csv"]].concat();
        desk.run(&all).out.lines().skip(1).count()
    };
    let all = days(&["denials"]);
    let early = days(&["denials", "until=2025-03-01"]);
    let late = days(&["denials", "since=2025-03-02"]);
    assert!(
        early > 0 && late > 0 && early + late == all,
        "{early} {late} {all}"
    );
    desk.write(
        "q/saved/x.sql",
        "-- title: X\n-- param: a = dya\nSELECT 1;\n",
    );
    desk.run(&["query", "--queries", "q"]).fails(
        2,
        &["q/saved/x.sql:2: unknown word `dya`", "write NAME = text"],
    );
}

#[test]
fn words_are_searched_for_as_they_are_typed() {
    let desk = Desk::new();
    desk.write(
        "one.txt",
        "Ann Orr said that the mayor's visit was late. Bob Lee said that C++ was late by 50% this week. Cy Poe said that the U.S. e-mail was late.\n",
    );
    assert_eq!(desk.run(&["build", "one.txt", "-q"]).code, Some(0));
    let found = |words: &str, more: &[&str]| {
        let words = format!("words={words}");
        let all = [&["query", "search", &words, "--format", "csv"], more].concat();
        desk.run(&all)
    };
    for words in [
        "mayor's",
        "U.S.",
        "50%",
        "e-mail*",
        "C++",
        "C++ \"by 50\"",
        "NOT",
    ] {
        let answer = found(words, &[]);
        assert!(
            matches!(answer.code, Some(0 | 1)),
            "{words}: {}",
            answer.err
        );
        assert_eq!(answer.code == Some(1), words == "NOT", "{words}");
    }
    assert_eq!(found("\"visit 50\"", &[]).code, Some(1));
    assert_eq!(found("vis* OR nothing", &["--syntax"]).code, Some(0));
    found("U.S.", &["--syntax"]).fails(2, &["syntax error"]);
}

#[test]
fn answers_counts_both_directions() {
    let desk = Desk::new();
    desk.write(
        "one.txt",
        "Ann Orr accused Bob Lee of lying. Ann Orr criticized Bob Lee. Bob Lee accused Ann Orr of theft. Cy Poe praised Ann Orr.\n",
    );
    assert_eq!(desk.run(&["build", "one.txt", "-q"]).code, Some(0));
    let answers = desk.run(&["query", "answers", "--format", "csv"]).out;
    assert_eq!(answers, "one,other,said,answered\nAnn Orr,Bob Lee,2,1\n");
}

#[test]
fn an_installed_program_carries_the_schema() {
    let desk = Desk::new();
    let page = desk.run(&["schema"]).out;
    assert!(page.contains("### who_said_what_about_whom"), "{page}");
    let one = desk.run(&["schema", "edges"]).out;
    assert!(
        one.starts_with("edges\n") && one.contains("| weight |") && !one.contains("###"),
        "{one}"
    );
    desk.run(&["schema", "egdes"])
        .fails(2, &["no table or view is called `egdes`", "there are "]);
}
