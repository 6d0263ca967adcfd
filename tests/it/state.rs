//! A database that knows its state: how it was made, what failed, whether it is whole; and builds that are broken off.

use std::time::{Duration, Instant};

use crate::run::{ARTICLE, Desk, NAMES, NEWS};

/// Articles that take a while to read.
fn many(desk: &Desk, count: u32) {
    let article = |n: u32| {
        let title = format!("Harbour {n}");
        serde_json::json!({"title": title, "text": ARTICLE.repeat(6)}).to_string()
    };
    let articles = (1..=count).map(article).collect::<Vec<_>>();
    desk.write("many.jsonl", articles.join("\n"));
}

#[test]
fn the_same_file_twice_is_one_document_and_a_copy_another_name() {
    let desk = Desk::new();
    desk.write("q/a.txt", ARTICLE);
    desk.write("q/sub/b.txt", "Cara Dunn warned of fog.\n");
    desk.write("q/copy.txt", ARTICLE);
    let built = desk.run(&["build", "q", "./q", "q/sub", "q/a.txt"]);
    assert!(
        built.out.starts_with("3 new, 0 changed, 0 unchanged"),
        "{}",
        built.out
    );
    assert!(
        built
            .out
            .contains("2 documents, 1 of them under another name, too"),
        "{}",
        built.out
    );
    let names = "SELECT n.name, d.name AS first FROM names n JOIN documents d ON d.id = n.document ORDER BY 1";
    assert_eq!(
        desk.rows("sayso.sqlite", names),
        ["a.txt|a.txt", "copy.txt|a.txt", "sub/b.txt|sub/b.txt"]
    );
    // One name goes, the document stays; the last goes, and it goes.
    std::fs::remove_file(desk.path("q/a.txt")).expect("it is there");
    desk.run(&["build", "-q", "q", "--prune"]);
    assert_eq!(
        desk.rows("sayso.sqlite", names),
        ["copy.txt|copy.txt", "sub/b.txt|sub/b.txt"]
    );
}

#[cfg(unix)]
#[test]
fn names_that_are_no_utf8_are_two_documents() {
    use std::os::unix::ffi::OsStringExt;

    let desk = Desk::new();
    std::fs::create_dir(desk.path("q")).expect("a folder can be made");
    for (name, text) in [
        (&b"\xFE.txt"[..], ARTICLE),
        (b"\xFF.txt", "Cara Dunn warned of fog.\n"),
    ] {
        let name = std::ffi::OsString::from_vec(name.to_vec());
        std::fs::write(desk.path("q").join(name), text).expect("a file can be written");
    }
    let built = desk.run(&["build", "-q", "q"]);
    assert_eq!(built.code, Some(0), "{}", built.err);
    assert_eq!(
        desk.rows("sayso.sqlite", "SELECT name FROM documents ORDER BY name"),
        ["\\xFE.txt", "\\xFF.txt"]
    );
    let again = desk.run(&["build", "q"]);
    assert!(
        again.out.starts_with("0 new, 0 changed, 2 unchanged"),
        "{}",
        again.out
    );
}

#[test]
fn folder_and_database_moved_together_are_the_same_bytes() {
    let (one, two) = (Desk::new(), Desk::new());
    for (desk, folder) in [(&one, "here"), (&two, "far/away/there")] {
        for name in ["b.txt", "a/c.txt"] {
            desk.write(&format!("{folder}/news/{name}"), ARTICLE);
        }
        let (news, db) = (format!("{folder}/news"), format!("{folder}/x.sqlite"));
        desk.run(&["build", "-q", &news, "--db", &db]);
    }
    let bytes = |desk: &Desk, name: &str| std::fs::read(desk.path(name)).expect("it is built");
    assert!(bytes(&one, "here/x.sqlite") == bytes(&two, "far/away/there/x.sqlite"));
    std::fs::rename(one.path("here"), one.path("moved")).expect("it can be moved");
    let built = one.run(&["build", "moved/news", "--db", "moved/x.sqlite"]);
    assert!(
        built.out.starts_with("0 new, 0 changed, 2 unchanged"),
        "{}",
        built.out
    );
    assert!(bytes(&one, "moved/x.sqlite") == bytes(&two, "far/away/there/x.sqlite"));
}

#[test]
fn ids_of_statements_last() {
    let desk = Desk::with_example();
    let ids = "SELECT DISTINCT statement FROM who_said_what_about_whom ORDER BY 1";
    let before = desk.rows("sayso.sqlite", ids);
    std::fs::create_dir_all(desk.path("else/where")).expect("a folder can be made");
    for entry in std::fs::read_dir(NEWS).expect("the example is there") {
        let path = entry.expect("it can be read").path();
        let to = desk
            .path("else/where")
            .join(path.file_name().expect("it has one"));
        std::fs::copy(&path, to).expect("it can be copied");
    }
    desk.write(
        "more/people.tsv",
        "id\tname\taliases\tweak\tsex\tids\nzelda-quirt\tZelda Quirt\t\t\tf\t\n",
    );
    let other = [
        "build",
        "-q",
        "else",
        "--db",
        "other",
        "--jobs",
        "3",
        "--gazetteers",
        NAMES,
        "--gazetteers",
        "more",
    ];
    assert_eq!(desk.run(&other).code, Some(0));
    assert_eq!(desk.rows("other", ids), before);
    let (document, place) = before[0].split_once('-').expect("an id has two parts");
    let explained = desk.run(&["explain", &before[0]]).out;
    for short in [4, 8] {
        let short = format!("[{}-{place}]", &document[..short]);
        assert_eq!(desk.run(&["explain", &short]).out, explained);
    }
    desk.run(&["explain", &format!("{}-{place}", &document[..3])])
        .fails(2, &["is not the id of a statement"]);
}

#[test]
fn status_tells_how_a_database_was_made_and_what_failed() {
    let desk = Desk::new();
    desk.write("news/a.txt", ARTICLE);
    desk.write("news/bad.txt", b"\0\0");
    desk.write("mine/merges.tsv", "same\tas\tname\nBob Lee\tAnn Orr\t\n");
    desk.run(&[
        "build",
        "-q",
        "news",
        "--gazetteers",
        "mine",
        "--any-language",
    ]);
    let status = desk.run(&["status"]);
    assert_eq!(status.code, Some(0), "{}", status.err);
    for line in [
        "       state  complete",
        "   documents  1",
        "        root  news (1 name)",
        "  gazetteers  mine",
        "     options  --any-language",
        " corrections  1",
        "  news/bad.txt: not text",
    ] {
        assert!(
            status.out.lines().any(|l| l == line),
            "{line}\nis not in\n{}",
            status.out
        );
    }
    // Mended, it is read; gone, it is forgotten.
    desk.write("news/bad.txt", "Cara Dunn warned of fog.\n");
    let built = desk.run(&["build", "news", "--gazetteers", "mine"]);
    assert!(
        built.out.starts_with("1 new, 0 changed, 1 unchanged"),
        "{}",
        built.out
    );
    assert_eq!(desk.rows("sayso.sqlite", "SELECT * FROM failures"), [""; 0]);
    desk.write("news/worse.txt", b"\0\0");
    desk.run(&["build", "-q", "news", "--gazetteers", "mine"]);
    std::fs::remove_file(desk.path("news/worse.txt")).expect("it is there");
    desk.run(&["build", "-q", "news", "--gazetteers", "mine"]);
    assert_eq!(desk.rows("sayso.sqlite", "SELECT * FROM failures"), [""; 0]);
}

#[test]
fn a_build_that_would_drop_corrections_or_fields_asks() {
    let desk = Desk::new();
    desk.write("news/a.txt", ARTICLE);
    desk.write(
        "mine/splits.tsv",
        "name\tis\tin\nAnn Orr\tAnn Orr (baker)\t\n",
    );
    desk.run(&["build", "-q", "news", "--gazetteers", "mine"]);
    let before = desk.contents("sayso.sqlite");
    desk.run(&["build", "news"]).fails(
        2,
        &[
            "this build would drop corrections that `sayso.sqlite` was made with: mine/splits.tsv (1)",
            "help: give their folder again with --gazetteers, or let them go with --forget corrections",
        ],
    );
    assert_eq!(desk.contents("sayso.sqlite"), before);
    // A row that is edited where it stands is not forgotten.
    desk.write(
        "mine/splits.tsv",
        "name\tis\tin\nAnn Orr\tAnn Orr (smith)\t\n",
    );
    let edited = desk.run(&["build", "news", "--gazetteers", "mine"]);
    assert!(
        edited.out.starts_with("0 new, 1 changed"),
        "{}{}",
        edited.out,
        edited.err
    );
    let let_go = desk.run(&["build", "news", "--forget", "corrections"]);
    assert!(
        let_go.out.starts_with("0 new, 1 changed"),
        "{}{}",
        let_go.out,
        let_go.err
    );
    assert_eq!(desk.run(&["build", "-q", "news"]).code, Some(0));

    desk.write(
        "feed/b.jsonl",
        "{\"words\": \"Cara Dunn warned of fog.\"}\n",
    );
    desk.run(&[
        "build",
        "-q",
        "feed",
        "--field",
        "text=words",
        "--db",
        "feed.sqlite",
    ]);
    desk.run(&["build", "feed", "--db", "feed.sqlite"]).fails(
        2,
        &[
            "would drop what `feed.sqlite` was made with: text=words",
            "--field text=words",
        ],
    );
    // What has nothing to do with it is built.
    assert_eq!(
        desk.run(&["build", "-q", "news", "--db", "feed.sqlite"])
            .code,
        Some(0)
    );
    let let_go = desk.run(&["build", "feed", "--db", "feed.sqlite", "--forget", "fields"]);
    let_go.fails(2, &["no text among the fields words"]);
}

#[test]
fn no_file_and_a_damaged_version_are_told() {
    let desk = Desk::new();
    desk.write("a.txt", ARTICLE);
    for name in [":memory:", "..", "/"] {
        desk.run(&["build", "a.txt", "--db", name]).fails(
            2,
            &[
                "is no file to keep a database in",
                "help: name a file with --db",
            ],
        );
    }
    desk.run(&["build", "-q", "a.txt"]);
    let mut bytes = std::fs::read(desk.path("sayso.sqlite")).expect("it is there");
    bytes[60..64].copy_from_slice(&[0xFF; 4]);
    desk.write("minus", &bytes);
    for arguments in [
        &["entities", "--db", "minus"][..],
        &["build", "a.txt", "--db", "minus"],
    ] {
        desk.run(arguments).fails(2, &["`minus` is damaged"]);
    }
}

#[test]
fn a_killed_build_is_told_and_taken_up_by_the_first_reader() {
    let desk = Desk::new();
    many(&desk, 1500);
    let mut child = desk
        .command(&["build", "-q", "many.jsonl"])
        .spawn()
        .expect("it starts");
    let wal = desk.path("sayso.sqlite-wal");
    let started = Instant::now();
    while std::fs::metadata(&wal).map_or(0, |meta| meta.len()) < 1 << 20 {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "nothing is committed"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().expect("it can be killed");
    child.wait().expect("it ends");
    let read = desk.run(&["entities"]);
    assert!(matches!(read.code, Some(0 | 1)), "{}", read.err);
    assert!(
        read.err.contains("its last build did not come to an end"),
        "{}",
        read.err
    );
    assert!(desk.run(&["status"]).out.contains("did not come to an end"));
    let again = desk.run(&["build", "-q", "many.jsonl"]);
    assert_eq!(again.code, Some(0), "{}", again.err);
    let read = desk.run(&["entities", "--limit", "100000"]);
    assert_eq!((read.code, read.err.as_str()), (Some(0), ""));
    for left in ["sayso.sqlite-wal", "sayso.sqlite-shm", "sayso.sqlite-build"] {
        assert!(!desk.path(left).exists(), "{left}");
    }
}

#[cfg(unix)]
#[test]
fn a_build_that_is_asked_to_end_keeps_what_is_done() {
    let desk = Desk::new();
    many(&desk, 2000);
    for signal in ["-INT", "-TERM"] {
        let child = desk
            .command(&["build", "-q", "many.jsonl"])
            .stderr(std::process::Stdio::piped())
            .spawn()
            .expect("it starts");
        let wal = desk.path("sayso.sqlite-wal");
        let started = Instant::now();
        while std::fs::metadata(&wal).map_or(0, |meta| meta.len()) < 1 << 20 {
            assert!(
                started.elapsed() < Duration::from_secs(60),
                "nothing is committed"
            );
            std::thread::sleep(Duration::from_millis(5));
        }
        let sent = std::process::Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status();
        assert!(sent.is_ok_and(|status| status.success()));
        let ended = child.wait_with_output().expect("it ends");
        let err = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(2), "{err}");
        assert!(err.contains("stopped; what is done is kept"), "{err}");
        assert!(!wal.exists());
    }
    let count = "SELECT count(*) FROM documents";
    let done: u32 = desk.rows("sayso.sqlite", count)[0]
        .parse()
        .expect("a number");
    assert!((1..2000).contains(&done), "{done}");
    let rest = desk.run(&["build", "many.jsonl"]);
    let expected = format!("{} new, 0 changed, {done} unchanged", 2000 - done);
    assert!(rest.out.starts_with(&expected), "{}", rest.out);
}

#[test]
fn readers_and_builds_keep_out_of_each_others_way() {
    let desk = Desk::new();
    desk.write("news/a.txt", ARTICLE);
    desk.run(&["build", "-q", "news"]);
    let reader = rusqlite::Connection::open(desk.path("sayso.sqlite")).expect("it opens");
    reader
        .execute_batch("BEGIN; SELECT count(*) FROM documents")
        .expect("it can be read");
    desk.write("news/b.txt", "Cara Dunn warned of fog.\n");
    let built = desk.run(&["build", "news"]);
    assert!(
        built.out.starts_with("1 new, 0 changed, 1 unchanged"),
        "{}{}",
        built.out,
        built.err
    );
    let count = |db: &rusqlite::Connection| -> u32 {
        db.query_row("SELECT count(*) FROM documents", [], |row| row.get(0))
            .expect("it can be read")
    };
    assert_eq!(count(&reader), 1);
    reader.execute_batch("COMMIT").expect("it was begun");
    assert_eq!(count(&reader), 2);
}

#[test]
fn a_second_build_waits_for_the_first() {
    let desk = Desk::new();
    many(&desk, 1000);
    desk.write("b.txt", "Cara Dunn warned of fog.\n");
    let first = desk
        .command(&["build", "-q", "many.jsonl"])
        .spawn()
        .expect("it starts");
    let started = Instant::now();
    while !desk.path("sayso.sqlite-build").exists() {
        assert!(
            started.elapsed() < Duration::from_secs(60),
            "it does not begin"
        );
        std::thread::sleep(Duration::from_millis(2));
    }
    let second = desk.run(&["build", "-q", "b.txt"]);
    second.fails(
        0,
        &["another build writes to `sayso.sqlite`: waiting until it is done"],
    );
    let first = first.wait_with_output().expect("it ends");
    assert_eq!(first.status.code(), Some(0));
    assert_eq!(
        desk.rows("sayso.sqlite", "SELECT count(*) FROM documents"),
        ["1001"]
    );
    assert!(!desk.path("sayso.sqlite-build").exists());
}

#[cfg(unix)]
#[test]
fn a_database_in_a_folder_that_may_only_be_read_is_read() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new();
    desk.write("a.txt", ARTICLE);
    desk.run(&["build", "-q", "a.txt", "--db", "a.sqlite"]);
    std::fs::create_dir(desk.path("shut")).expect("a folder can be made");
    std::fs::rename(desk.path("a.sqlite"), desk.path("shut/a.sqlite")).expect("it is there");
    let rights =
        |mode| std::fs::set_permissions(desk.path("shut"), std::fs::Permissions::from_mode(mode));
    rights(0o555).expect("it is ours");
    let read = desk.run(&["entities", "--db", "shut/a.sqlite"]);
    rights(0o755).expect("it is ours");
    assert_eq!((read.code, read.err.as_str()), (Some(0), ""));
}
