//! Near copies: a labelled set of twelve stories on four events, each in five versions, and what is counted once.

use std::collections::BTreeMap;

use crate::run::Desk;

/// The stories; what stands before the hyphen is the event.
const STORIES: [&str; 12] = [
    "bridge-1", "bridge-2", "bridge-3", "fire-1", "fire-2", "fire-3", "strike-1", "strike-2",
    "strike-3", "vote-1", "vote-2", "vote-3",
];

fn story(name: &str) -> String {
    let path = format!("{}/tests/reprints/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(path).expect("the story is there")
}

/// One word of fourteen is another one, and a sentence is put in.
fn edited(text: &str) -> String {
    let words = text.split(' ').enumerate();
    let words = words.map(|(at, word)| match at % 14 {
        9 => "indeed",
        _ => word,
    });
    let text = words.collect::<Vec<_>>().join(" ");
    text.replacen(
        '\n',
        "\nReaders of this newspaper asked about it for days.\n",
        1,
    )
}

/// The versions of a story that newspapers print.
fn versions(number: usize, text: &str) -> [String; 5] {
    let lines: Vec<&str> = text.lines().collect();
    let most = lines[..lines.len() - 1].join("\n");
    [
        text.to_owned(),
        format!(
            "News of the day {number}\n\nTESK (Northern Wire) — {text}\n(Reporting by Lena Dahl)\n"
        ),
        edited(text),
        format!("Reader's digest {number}\n\n{most}\n"),
        format!(
            "{text}\nThe town of {number} houses has four schools, two churches and a market on Saturdays. Its people live on fish, wood and visitors, who come for the regatta in August. \n"
        ),
    ]
}

#[test]
fn copies_are_found_and_other_stories_of_an_event_are_none() {
    let desk = Desk::new();
    for (number, name) in STORIES.iter().enumerate() {
        for (version, text) in versions(number, &story(name)).iter().enumerate() {
            desk.write(&format!("news/{name}-{version}.txt"), text);
        }
    }
    let built = desk.run(&["build", "news"]);
    let line = built.out.lines().find(|line| line.contains("near copies"));
    assert_eq!(
        line,
        Some("       48 of them near copies of others"),
        "{}",
        built.out
    );
    let rows = desk.rows(
        "sayso.sqlite",
        "SELECT d.name, coalesce(o.name, d.name) FROM documents d LEFT JOIN reprints r ON r.document = d.id LEFT JOIN documents o ON o.id = r.original",
    );
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &rows {
        let (name, original) = row.split_once('|').expect("two columns");
        groups.entry(original).or_default().push(name);
    }
    let label = |name: &str| name[..name.len() - "-0.txt".len()].to_owned();
    let (mut right, mut wrong) = (0, 0);
    for group in groups.values() {
        for (at, one) in group.iter().enumerate() {
            for other in &group[at + 1..] {
                let same = label(one) == label(other);
                (right, wrong) = (right + usize::from(same), wrong + usize::from(!same));
            }
        }
    }
    let all = STORIES.len() * 10;
    assert!(
        wrong * 50 <= right + wrong,
        "precision: {right} right, {wrong} wrong"
    );
    assert!(right * 20 >= all * 19, "recall: {right} of {all}");
}

#[test]
fn what_copies_say_is_counted_once() {
    let desk = Desk::new();
    let text = story("strike-1");
    let [first, second, ..] = versions(1, &text);
    desk.write("news/2025-03-11-a.txt", first);
    desk.write("news/2025-03-12-b.txt", second);
    desk.run(&["build", "-q", "news"]);
    let copies = "SELECT d.name AS copy, o.name AS original FROM reprints r JOIN documents d ON d.id = r.document JOIN documents o ON o.id = r.original";
    assert_eq!(
        desk.rows("sayso.sqlite", copies),
        ["2025-03-12-b.txt|2025-03-11-a.txt"]
    );
    let documents = |options: &[&str]| {
        let command = ["said", "Nora Krag", "--format", "csv"];
        let said = desk.run(&[&command, options].concat());
        let of = |line: &str| line.split(',').nth(1).unwrap_or_default().to_owned();
        let mut documents: Vec<String> = said.out.lines().skip(1).map(of).collect();
        documents.dedup();
        documents
    };
    assert_eq!(documents(&[]), ["2025-03-11-a.txt", "2025-03-12-b.txt"]);
    assert_eq!(documents(&["--once"]), ["2025-03-11-a.txt"]);
    // The first goes, and the other is no copy any more.
    std::fs::remove_file(desk.path("news/2025-03-11-a.txt")).expect("it is there");
    desk.run(&["build", "-q", "news", "--prune"]);
    assert_eq!(desk.rows("sayso.sqlite", copies), [""; 0]);
    assert_eq!(documents(&["--once"]), ["2025-03-12-b.txt"]);
}
