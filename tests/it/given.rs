//! What a user says of articles, what outlets are called, and what is told of those without a day.

use crate::run::Desk;

const SAID: &str = "Ann Orr said that the harbour would stay open.\n";

fn documents(desk: &Desk) -> Vec<String> {
    desk.rows(
        "sayso.sqlite",
        "SELECT name, title, publisher, published, author, url FROM documents ORDER BY name",
    )
}

#[test]
fn an_outlet_for_all_and_days_and_outlets_in_names() {
    let desk = Desk::new();
    desk.write("news/arven-post/2025/03/14-a.txt", SAID);
    desk.write("news/b.txt", "Bob Lee denied that the harbour was open.\n");
    let options = [
        "build",
        "-q",
        "news",
        "--publisher",
        "Port Post",
        "--publisher-from",
        "^([^/]+)/",
        "--date-from",
        r"(\d{4})/(\d\d)/(\d\d)",
    ];
    assert_eq!(desk.run(&options).code, Some(0));
    assert_eq!(
        documents(&desk),
        [
            "arven-post/2025/03/14-a.txt|Ann Orr said that the harbour would stay open.|arven-post|2025-03-14|null|null",
            "b.txt|Bob Lee denied that the harbour was open.|Port Post|null|null|null"
        ]
    );
    // The build after that is told less says so.
    let less = desk.run(&["build", "news", "--publisher", "Port Post"]);
    assert_eq!(less.code, Some(2), "{}", less.err);
    assert_eq!(
        less.err,
        "sayso: this build would drop what `sayso.sqlite` was made with: --date-from=(\\d{4})/(\\d\\d)/(\\d\\d), --publisher-from=^([^/]+)/\n\
         help: give them again (--date-from=(\\d{4})/(\\d\\d)/(\\d\\d) --publisher-from=^([^/]+)/), or let them go with --forget fields\n"
    );
    let let_go = desk.run(&["build", "news", "--forget", "fields"]);
    assert!(
        let_go.out.contains(
            "  2 documents\n        2 of them without a day\n        2 of them without an outlet\n"
        ),
        "{}",
        let_go.out
    );
}

#[test]
fn a_table_beside_the_articles_goes_before_all() {
    let desk = Desk::new();
    desk.write("news/sub/a.txt", SAID);
    desk.write(
        "news/many.jsonl",
        "{\"text\": \"Bob Lee denied it.\", \"publisher\": \"Arven Daily\"}\n{\"text\": \"Cara Dunn left the town.\", \"publisher\": \"Arven Daily\"}\n",
    );
    desk.write(
        "articles.csv",
        "path,headline,date,outlet,author,url\n\
         a.txt,\"Harbour, open\",14 March 2025,Port Post,Dana Epps,https://example.org/a\n\
         many.jsonl,,2025-03-15,,,\n\
         many.jsonl:2,,,Fog News,,\n\
         gone.txt,Gone,,,,\n",
    );
    let built = desk.run(&["build", "-q", "news", "--meta", "articles.csv"]);
    assert_eq!(
        built.err,
        "sayso: articles.csv: 1 row is of no file that was found: `gone.txt`\n\
         help: name files as they are called from the folder on that is given\n"
    );
    assert_eq!(
        documents(&desk),
        [
            "many.jsonl:1|null|Arven Daily|2025-03-15|null|null",
            "many.jsonl:2|null|Fog News|null|null|null",
            "sub/a.txt|Harbour, open|Port Post|2025-03-14|Dana Epps|https://example.org/a"
        ]
    );
}

#[test]
fn what_is_wrong_with_a_table_is_told_by_line_and_at_once() {
    let desk = Desk::new();
    desk.write("a.txt", SAID);
    desk.write(
        "bad.csv",
        "file,date\na.txt,soon\n,2025-03-14\na.txt,2025-03-14\n",
    );
    let built = desk.run(&["build", "a.txt", "--meta", "bad.csv"]);
    assert_eq!(built.code, Some(2));
    assert_eq!(
        built.err,
        "sayso: bad.csv:2: `soon` is no day; bad.csv:3: no file is named; bad.csv:4: `a.txt` has a row before\n\
         help: a row is a file and what is known of it; days are written as 2025-03-14\n"
    );
    desk.write("bad.csv", "title,date\nHarbour,2025-03-14\n");
    let built = desk.run(&["build", "a.txt", "--meta", "bad.csv"]);
    assert_eq!(
        built.err,
        "sayso: bad.csv:1: no column `file`, or none besides it; a header names some of file, title, date, publisher, author, url\n\
         help: a row is a file and what is known of it; days are written as 2025-03-14\n"
    );
}

#[test]
fn outlets_bear_one_name() {
    let desk = Desk::new();
    let article = |n: u32, publisher: &str, url: &str| {
        serde_json::json!({"text": format!("Ann Orr said that ship {n} was late."), "publisher": publisher, "url": url})
            .to_string()
    };
    let articles = [
        article(1, "The Mirror", ""),
        article(2, "mirror.co.uk", ""),
        article(3, "", "https://www.mirror.co.uk/news/a"),
        article(4, "", "https://news.harwick-gazette.co.uk/a"),
        article(5, "Harwick Gazette", "https://www.mirror.co.uk/b"),
        article(6, "", "http://10.0.0.1/a"),
    ];
    desk.write("many.jsonl", articles.join("\n"));
    desk.write(
        "mine/en/outlets.tsv",
        "name\tdomains\taliases\nHarwick Gazette\tharwick-gazette.co.uk\tThe Gazette\n",
    );
    let publishers = "SELECT publisher FROM documents ORDER BY name";
    desk.run(&["build", "-q", "many.jsonl"]);
    assert_eq!(
        desk.rows("sayso.sqlite", publishers),
        [
            "Daily Mirror",
            "Daily Mirror",
            "Daily Mirror",
            "harwick-gazette.co.uk",
            "Harwick Gazette",
            "null"
        ]
    );
    desk.run(&[
        "build",
        "-q",
        "many.jsonl",
        "--gazetteers",
        "mine",
        "--prune",
    ]);
    assert_eq!(desk.rows("sayso.sqlite", publishers)[3], "Harwick Gazette");
}

#[test]
fn days_tell_what_they_leave_out() {
    let desk = Desk::new();
    desk.write("news/2025-03-14-a.txt", SAID);
    desk.write(
        "news/2025-05-01-b.txt",
        "Ann Orr said that the bridge was shut.\n",
    );
    desk.write("news/c.txt", "Ann Orr said that the road was wet.\n");
    desk.run(&["build", "-q", "news"]);
    let said = desk.run(&[
        "said",
        "Ann Orr",
        "--since",
        "2025-04-01",
        "--format",
        "csv",
    ]);
    assert_eq!(
        said.err,
        "sayso: --since leaves out 2 statements, 1 of them without a day\n"
    );
    assert_eq!(said.out.lines().count(), 2, "{}", said.out);
    let export = desk.run(&["export", "--until", "2025-06-01", "--format", "csv"]);
    assert_eq!(
        export.err,
        "sayso: --until leaves out 1 statement, 1 of them without a day\n"
    );
}
