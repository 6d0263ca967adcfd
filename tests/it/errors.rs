//! What the program says when something is wrong, and that nothing is lost by it.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use crate::run::{ARTICLE, Desk, NAMES, NEWS, is_superuser};

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).expect("a vector takes all");
    packer.finish().expect("a vector takes all")
}

#[test]
fn what_cannot_be_read_is_passed_over_and_counted_and_the_rest_is_built() {
    let desk = Desk::new();
    desk.write("news/good.txt", ARTICLE);
    desk.write("news/empty.txt", "");
    desk.write("news/blank.md", " \n\n");
    desk.write("news/binary.txt", b"ab\0\x01\x02cd");
    desk.write("news/paper.txt", "%PDF-1.7 and so on");
    desk.write("news/cut.txt.gz", &packed(ARTICLE.as_bytes())[..12]);
    desk.write("news/plain.txt.gz", ARTICLE);
    desk.write(
        "news/many.jsonl",
        "{\"text\": \n{\"words\": \"none\"}\n[1]\n{\"title\": \"One\", \"text\": \"Ann Orr said that the harbour would stay open.\"}\n",
    );
    let built = desk.run(&["build", "news", "nowhere"]);
    built.fails(
        0,
        &[
            "nowhere: cannot be read",
            "empty.txt: empty",
            "blank.md: empty",
            "binary.txt: not text",
            "paper.txt: not text",
            "cut.txt.gz: not gzip, or cut short",
            "plain.txt.gz: not gzip, or cut short",
            "many.jsonl:1: not JSON",
            "many.jsonl:2: no text among the fields words",
            "many.jsonl:3: not JSON: no object",
            "help: turn it into text or HTML first",
            "help: say which field holds the article's words: --field text=NAME",
        ],
    );
    assert!(
        built
            .out
            .starts_with("2 new, 0 changed, 0 unchanged, 10 passed over (1 unreadable, "),
        "{}",
        built.out
    );
    assert_eq!(
        desk.rows("sayso.sqlite", "SELECT name FROM documents ORDER BY name"),
        ["good.txt", "many.jsonl:4"]
    );
}

#[test]
fn nothing_but_trouble_is_an_error_and_makes_no_database() {
    let desk = Desk::new();
    desk.run(&["build", "nowhere"])
        .fails(2, &["nowhere: cannot be read", "help: check the path"]);
    assert!(!desk.path("sayso.sqlite").exists());
    std::fs::create_dir(desk.path("hollow")).expect("a folder can be made");
    desk.run(&["build", "hollow"]).fails(
        2,
        &[
            "hollow: no article in this folder",
            "help: articles end in .txt",
        ],
    );
    desk.write("empty.txt", "");
    desk.run(&["extract", "empty.txt"])
        .fails(2, &["empty.txt: empty"]);
}

#[test]
fn bytes_that_are_no_utf8_are_read_and_told() {
    let desk = Desk::new();
    desk.write(
        "latin.txt",
        b"Ann Orr said that the caf\xe9 would stay open.\n",
    );
    desk.write("broken.txt", b"Ann Orr said \xe2\x80\x9cyes\xe2\x80\x9d and then \xe2\x80\x9cno\xe2\x80\x9d \xff again.\n");
    let built = desk.run(&["build", "latin.txt", "broken.txt"]);
    built.fails(
        0,
        &[
            "latin.txt: read as windows-125",
            "broken.txt: read as UTF-8 with invalid bytes",
        ],
    );
    let texts = desk.rows(
        "sayso.sqlite",
        "SELECT text FROM documents ORDER BY name DESC",
    );
    assert!(texts[0].contains("café"), "{texts:?}");
    assert!(
        texts[1].contains("“yes” and then “no” \u{FFFD} again"),
        "{texts:?}"
    );
}

#[test]
fn a_file_without_rights_is_passed_over() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE);
    desk.write("secret.txt", ARTICLE);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let secret = desk.path("secret.txt");
        std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o000))
            .expect("it is ours");
        if is_superuser(&secret) {
            return;
        }
        desk.run(&["build", "good.txt", "secret.txt"])
            .fails(0, &["secret.txt: cannot be read: Permission denied"]);
    }
}

#[test]
fn a_file_too_large_for_an_article_is_passed_over() {
    let desk = Desk::new();
    desk.write("good.txt", ARTICLE);
    let large = std::fs::File::create(desk.path("large.txt")).expect("a file can be made");
    large.set_len(100 << 20).expect("a file may have a hole");
    desk.write(
        "long.txt",
        "Ann Orr said that the harbour was open.\n".repeat(230_000),
    );
    let built = desk.run(&["build", "good.txt", "large.txt", "long.txt"]);
    built.fails(
        0,
        &[
            "large.txt: larger than 8 MB",
            "long.txt: larger than 8 MB",
            "help: split it",
        ],
    );
    assert!(built.out.starts_with("1 new"), "{}", built.out);
}

#[test]
fn lines_behind_one_that_is_too_long_or_broken_are_read_and_pruning_keeps_what_could_not_be() {
    let desk = Desk::new();
    let line =
        |n: usize| format!("{{\"text\": \"Ann Orr said that ship number {n} was late.\"}}\n");
    let lines: Vec<String> = (1..=3000).map(line).collect();
    let whole = packed(lines.concat().as_bytes());
    desk.write("news/packed.jsonl.gz", &whole);
    desk.write("news/plain.jsonl", lines[..4].concat());
    desk.run(&["build", "-q", "news"]);

    // A half is lost, one line is broken, one has grown, and the last is gone.
    desk.write("news/packed.jsonl.gz", &whole[..whole.len() / 2]);
    let long = format!("{{\"text\": \"{}\"}}\n", "x".repeat(65 << 20));
    desk.write("news/plain.jsonl", ["{\n", &long, &lines[2]].concat());
    let built = desk.run(&["build", "news", "--prune"]);
    built.fails(
        0,
        &[
            "packed.jsonl.gz: cut short or damaged behind line 1",
            "plain.jsonl:1: not JSON",
            "plain.jsonl:2: larger than 64 MB",
        ],
    );
    assert!(
        built.out.contains(" 1 dropped, 3 passed over"),
        "{}",
        built.out
    );
    let names = "SELECT count(*), min(name), max(name) FROM names WHERE name LIKE 'pl%'";
    assert_eq!(
        desk.rows("sayso.sqlite", names),
        ["3|plain.jsonl:1|plain.jsonl:3"]
    );
    let count = "SELECT count(*) FROM names WHERE name LIKE 'pa%'";
    assert_eq!(desk.rows("sayso.sqlite", count), ["3000"]);

    // What is left of it is read where nothing better is known.
    let fresh = desk.run(&["build", "news/packed.jsonl.gz", "--db", "fresh.sqlite"]);
    let read = desk.rows("fresh.sqlite", "SELECT count(*) FROM documents");
    let read: usize = read[0].parse().expect("a number");
    fresh.fails(0, &[&format!("cut short or damaged behind line {read}: ")]);
    assert!((1000..2000).contains(&read), "{read}");
}

#[test]
fn half_an_article_is_read_and_told_but_takes_no_whole_ones_place() {
    let desk = Desk::new();
    let sentences: Vec<String> = (1..=500)
        .map(|n| format!("Ann Orr said that ship number {n} was late.\n"))
        .collect();
    let whole = packed(sentences.concat().as_bytes());
    let half = &whole[..whole.len() / 2];
    desk.write("half.txt.gz", half);
    let told = "half.txt.gz: cut short or damaged: only what could be unpacked was read";
    desk.run(&["build", "half.txt.gz"]).fails(0, &[told]);
    let count = "SELECT count(*) BETWEEN 100 AND 400 FROM statements";
    assert_eq!(desk.rows("sayso.sqlite", count), ["1"]);
    desk.write("half.txt.gz", &whole);
    desk.run(&["build", "-q", "half.txt.gz"]);
    let count = "SELECT count(*) FROM statements";
    assert_eq!(desk.rows("sayso.sqlite", count), ["500"]);
    desk.write("half.txt.gz", half);
    desk.run(&["build", "half.txt.gz", "--prune"]).fails(
        2,
        &["half.txt.gz: cut short or damaged; its earlier reading stays"],
    );
    assert_eq!(desk.rows("sayso.sqlite", count), ["500"]);
}

#[test]
fn what_a_folder_holds_besides_articles_is_counted() {
    let desk = Desk::new();
    desk.write("news/good.txt", ARTICLE);
    for name in [
        "a.png",
        "b.PNG",
        "c.psd.gz",
        "d.pptx",
        "README",
        ".hidden.pdf",
    ] {
        desk.write(&format!("news/{name}"), "x");
    }
    let told = "sayso: 5 files in the folders not read: 2 .png, 1 .pptx, 1 .psd.gz, 1 without an ending\nhelp: ";
    for command in ["build", "extract"] {
        let answer = desk.run(&[command, "news"]);
        assert_eq!(answer.code, Some(0));
        assert!(answer.err.starts_with(told), "{}", answer.err);
    }
    // A file that is named itself is read.
    let named = desk.run(&["extract", "news/README", "news/good.txt"]);
    assert_eq!(named.err, "");
}

#[test]
fn zero_characters_and_halves_of_pairs_cost_no_article_and_are_told() {
    let desk = Desk::new();
    desk.write(
        "odd.jsonl",
        "{\"text\": \"Ann Orr said that the \\u0000harbour was open.\"}\n\
         {\"text\": \"Bob Lee said that the \\ud83d harbour\twas \\\"closed\\\" \\ud83d\\ude00.\"}\n",
    );
    let built = desk.run(&["build", "odd.jsonl"]);
    built.fails(
        0,
        &[
            "odd.jsonl:1: zero characters became U+FFFD",
            "odd.jsonl:2: strings with bare control characters or halves of surrogate pairs",
        ],
    );
    assert_eq!(
        desk.rows("sayso.sqlite", "SELECT text FROM documents ORDER BY name"),
        [
            "Ann Orr said that the \u{FFFD}harbour was open.",
            "Bob Lee said that the \u{FFFD} harbour\twas \"closed\" 😀.",
        ]
    );
    let contents = "SELECT content FROM who_said_what_about_whom ORDER BY document LIMIT 1";
    assert_eq!(
        desk.rows("sayso.sqlite", contents),
        ["the \u{FFFD}harbour was open"]
    );
}

#[test]
fn a_pipe_in_a_folder_does_not_keep_a_build_waiting() {
    #[cfg(unix)]
    {
        let desk = Desk::new();
        desk.write("news/good.txt", ARTICLE);
        let made = std::process::Command::new("mkfifo")
            .arg(desk.path("news/pipe.txt"))
            .status();
        if made.is_ok_and(|status| status.success()) {
            let built = desk.run(&["build", "news"]);
            built.fails(
                0,
                &["sayso: 1 file in the folders not read: 1 pipe, socket or device"],
            );
        }
    }
}

#[test]
fn a_text_in_another_language_is_told_and_passed_over_unless_asked_for() {
    let desk = Desk::new();
    let german = "Der Hafen bleibt geöffnet, sagte die Bürgermeisterin am Montag vor der Presse. \
        Die Gewerkschaft habe den Streik nach langen Verhandlungen abgesagt, und die Schiffe würden wieder entladen. \
        Niemand wisse jedoch, ob die Einigung auch im Winter noch halten werde, fügte sie hinzu.\n";
    desk.write("hafen.txt", german);
    desk.run(&["build", "hafen.txt"])
        .fails(2, &["hafen.txt: not in English (deu)", "--any-language"]);
    let read = desk.run(&["extract", "--any-language", "hafen.txt"]);
    assert!(
        read.out.starts_with("{\"document\":\"hafen.txt\""),
        "{}",
        read.err
    );
}

#[test]
fn databases_that_are_none_are_told_and_left_alone() {
    let desk = Desk::new();
    desk.write("a.txt", ARTICLE);
    let cases: [(&str, &[u8], &[&str]); 2] = [
        (
            "foreign",
            b"hello",
            &[
                "`foreign` is not a sayso database",
                "help: name another file with --db",
            ],
        ),
        (
            "empty",
            b"",
            &[
                "`empty` is empty",
                "help: fill it with `sayso build FOLDER`",
            ],
        ),
    ];
    for (name, bytes, words) in cases {
        desk.write(name, bytes);
        desk.run(&["entities", "--db", name]).fails(2, words);
        assert_eq!(std::fs::read(desk.path(name)).expect("it is there"), bytes);
    }
    desk.run(&["build", "a.txt", "--db", "foreign"])
        .fails(2, &["`foreign` is not a sayso database"]);
    assert_eq!(
        std::fs::read(desk.path("foreign")).expect("it is there"),
        b"hello"
    );
    desk.run(&["entities", "--db", "none"]).fails(
        2,
        &[
            "there is no database `none`",
            "help: fill it with `sayso build FOLDER`",
        ],
    );
    std::fs::create_dir(desk.path("folder")).expect("a folder can be made");
    desk.run(&["entities", "--db", "folder"])
        .fails(2, &["`folder` is not a sayso database"]);
}

#[test]
fn newer_and_other_databases_are_refused_and_left_alone() {
    let desk = Desk::new();
    desk.write("a.txt", ARTICLE);
    desk.run(&["build", "-q", "a.txt"]);
    // The header holds the schema's version at byte 60 and the program's mark at byte 68.
    for (at, words) in [
        (63, "`changed` has schema 9, this program knows up to "),
        (68, "`changed` is not a sayso database"),
    ] {
        let mut bytes = std::fs::read(desk.path("sayso.sqlite")).expect("it is there");
        bytes[at] = 9;
        desk.write("changed", &bytes);
        desk.run(&["entities", "--db", "changed"])
            .fails(2, &[words]);
        desk.run(&["build", "a.txt", "--db", "changed"])
            .fails(2, &[words]);
        assert_eq!(
            std::fs::read(desk.path("changed")).expect("it is there"),
            bytes
        );
    }
}

#[test]
fn a_damaged_database_is_told() {
    let desk = Desk::with_example();
    let bytes = std::fs::read(desk.path("sayso.sqlite")).expect("it is there");
    desk.write("cut", &bytes[..bytes.len() / 3]);
    let mut holed = bytes.clone();
    holed[4096..]
        .iter_mut()
        .step_by(97)
        .for_each(|byte| *byte ^= 0xA5);
    desk.write("holed", &holed);
    for name in ["cut", "holed"] {
        desk.run(&["said", "Ilse Orlan", "--db", name])
            .fails(2, &["is damaged", "help: build it again into another file"]);
    }
}

#[test]
fn a_locked_database_is_told_and_unchanged() {
    let desk = Desk::new();
    desk.write("a.txt", ARTICLE);
    desk.write("b.txt", "Cara Dunn warned of fog.\n");
    desk.run(&["build", "-q", "a.txt"]);
    let before = desk.contents("sayso.sqlite");
    let other = rusqlite::Connection::open(desk.path("sayso.sqlite")).expect("it opens");
    other.execute_batch("BEGIN EXCLUSIVE").expect("it is free");
    desk.run(&["build", "b.txt"]).fails(
        2,
        &[
            "`sayso.sqlite` is in use by another program",
            "help: wait until",
        ],
    );
    other.execute_batch("ROLLBACK").expect("it was begun");
    drop(other);
    assert_eq!(desk.contents("sayso.sqlite"), before);
    desk.run(&["build", "-q", "b.txt"]);
    assert_eq!(
        desk.rows("sayso.sqlite", "SELECT count(*) FROM documents"),
        ["2"]
    );
}

#[test]
fn a_full_disk_is_told() {
    #[cfg(target_os = "linux")]
    {
        let desk = Desk::with_example();
        for arguments in [
            &["extract", NEWS][..],
            &["entities"],
            &["said", "Ilse Orlan", "--format", "csv"],
            &["export"],
            &["path", "Greta Holm", "Ilse Orlan"],
        ] {
            let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
            let output = desk
                .command(arguments)
                .stdout(full.expect("Linux has it"))
                .output()
                .expect("it runs");
            let err = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{err}");
            assert!(
                err.contains("No space left")
                    && err.contains("help: check that the disk is not full"),
                "{err}"
            );
        }
        desk.run(&["export", "-o", "/dev/full"])
            .fails(2, &["cannot write `/dev/full`", "the disk is not full"]);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let desk = Desk::with_example();
    let sql = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 200000) SELECT i FROM n";
    for arguments in [&["extract", NEWS][..], &["sql", sql, "--format", "csv"]] {
        let mut child = desk
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("it has an output"));
        out.read_line(&mut line).expect("it prints a line");
        drop(out);
        let mut err = String::new();
        let mut stderr = child.stderr.take().expect("it has one");
        stderr.read_to_string(&mut err).expect("it is UTF-8");
        assert_eq!(child.wait().expect("it ends").code(), Some(0), "{err}");
        assert_eq!(err, "");
    }
}

#[test]
fn sql_that_writes_is_refused() {
    let desk = Desk::with_example();
    let before = std::fs::read(desk.path("sayso.sqlite")).expect("it is there");
    for sql in [
        "DELETE FROM documents",
        "WITH one AS (SELECT 1) DELETE FROM runs",
        "UPDATE documents SET title = 'x'",
        "INSERT INTO search (search) VALUES ('optimize')",
        "DROP TABLE runs",
        "CREATE TEMP TABLE t (a)",
        "PRAGMA user_version = 7",
        "-- a remark\nPRAGMA journal_mode = WAL",
        "/* a remark */ ATTACH 'other.sqlite' AS other",
        "VACUUM INTO 'copy.sqlite'",
        "COMMIT",
    ] {
        desk.run(&["sql", sql])
            .fails(2, &["this SQL does more than read: ", "help: only SELECT"]);
    }
    desk.run(&["sql", "SELECT 1; DELETE FROM runs"])
        .fails(2, &["this SQL does more than read"]);
    desk.run(&["sql", "SELECT 1; SELECT 2"])
        .fails(2, &["more than one SQL statement"]);
    desk.run(&["sql", "SELEC 1"])
        .fails(2, &["syntax error", "help: `sayso schema` lists"]);
    desk.run(&["sql", "SELECT nope FROM documents"])
        .fails(2, &["no such column: nope"]);
    desk.run(&["sql", ""]).fails(2, &["sayso: "]);
    assert_eq!(
        std::fs::read(desk.path("sayso.sqlite")).expect("it is there"),
        before
    );
    assert!(!desk.path("other.sqlite").exists() && !desk.path("copy.sqlite").exists());
    let remark = desk.run(&[
        "sql",
        "-- a remark\nSELECT count(*) FROM documents",
        "--format",
        "csv",
    ]);
    assert_eq!(
        (remark.code, remark.out.as_str()),
        (Some(0), "count(*)\n30\n")
    );
}

#[test]
fn arguments_that_fit_nothing_are_told_with_what_was_meant() {
    let desk = Desk::with_example();
    let cases: &[(&[&str], i32, &[&str])] = &[
        (
            &["said", "Tomas Brant"],
            2,
            &[
                "no entity is called `Tomas Brant`",
                "did you mean `Tomas Brandt`?",
            ],
        ),
        (
            &["about", "Zzyzx"],
            2,
            &["no entity is called `Zzyzx`", "`sayso entities` lists all"],
        ),
        (
            &["said", "Ilse Orlan", "--since", "2025-02-30"],
            2,
            &["not a day; write it as 2024-03-31"],
        ),
        (
            &["said", "Ilse Orlan", "--until", "March"],
            2,
            &["not a day"],
        ),
        (
            &["said", "Ilse Orlan", "--act", "dny"],
            2,
            &["similar value exists: 'deny'"],
        ),
        (
            &["said", "Ilse Orlan", "--since", "2030-01-01"],
            1,
            &["nothing found"],
        ),
        (&["entities", "zzyzx"], 1, &["nothing found"]),
        (
            &["explain", "99999999-9"],
            2,
            &["no statement is called `99999999-9`", "help: "],
        ),
        (
            &["explain", "first"],
            2,
            &["`first` is not the id of a statement"],
        ),
        (
            &["query", "denial"],
            2,
            &[
                "no saved query is called `denial`",
                "did you mean `denials`?",
            ],
        ),
        (
            &["query", "who-said-about"],
            2,
            &["`who-said-about` needs `about`"],
        ),
        (
            &["query", "who-said-about", "whom=x"],
            2,
            &["`whom=x` is no parameter", "KEY is one of: about"],
        ),
        (
            &["path", "Ilse Orlan", "Orlan"],
            2,
            &["both ends are Ilse Orlan"],
        ),
        (
            &["path", "Ilse Orlan", "Nobdy"],
            2,
            &["no entity is called `Nobdy`"],
        ),
        (
            &["path", "Ilse Orlan", "Klara Voss", "--max-hops", "0"],
            1,
            &["no path of at most 0 hops"],
        ),
        (
            &["why-not", "nowhere.txt:5"],
            2,
            &["nowhere.txt: cannot be read"],
        ),
        (
            &["why-not", "nowhere.txt"],
            2,
            &["`nowhere.txt` is no place", "write FILE:OFFSET"],
        ),
        (
            &["check", "--gazetteers", "nowhere"],
            2,
            &["cannot read `nowhere`", "help: "],
        ),
        (
            &["extract", "--field", "words=body", "x"],
            2,
            &["write WHAT=NAME"],
        ),
        (&["sayd"], 2, &["similar subcommand exists: 'said'"]),
    ];
    for (arguments, code, words) in cases {
        desk.run(arguments).fails(*code, words);
    }
}

#[test]
fn entity_arguments_forgive_case_accents_and_periods() {
    let desk = Desk::new();
    desk.write(
        "a.txt",
        "Zoë Çelik said that the harbour would stay open. The U.N. rejected the plan.\n",
    );
    desk.run(&["build", "-q", "a.txt"]);
    for name in ["Zoë Çelik", "zoe celik", "ZOE CELIK", "zoe-celik"] {
        let said = desk.run(&["said", name]);
        assert_eq!(said.code, Some(0), "{name}: {}", said.err);
    }
}

#[test]
fn names_of_the_example_are_found_by_surname() {
    let desk = Desk::with_example();
    let said = desk.run(&["said", "sorvath", "--format", "csv"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains(",elena-sorvath,"), "{}", said.out);
    let checked = desk.run(&["check", "--gazetteers", NAMES]);
    assert!(checked.out.starts_with("no fault in "), "{}", checked.err);
}
