//! How `said`, `about`, `path` and `export` take names, days and numbers.

use sayso::cli::features::{has_words, in_words};

use crate::run::Desk;

/// Two people of one surname, the one far better known.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(
        "names/people.tsv",
        "id\tname\taliases\tweak\tsex\tids\n\
         ada-brask\tAda Brask\t\t\tf\t\n\
         otto-brask\tOtto Brask\t\t\tm\t\n\
         bo-lindqvist\tBo Lindqvist\t\t\tm\t\n",
    );
    let mut text = String::new();
    for number in 0..12 {
        text.push_str(&format!(
            "Ada Brask accused Bo Lindqvist of theft {number}. Brask said that it was late. "
        ));
    }
    desk.write("ada.txt", text);
    desk.write(
        "otto.txt",
        "Otto Brask denied it. Brask said that he had slept.\n",
    );
    let built = desk.run(&[
        "build",
        "ada.txt",
        "otto.txt",
        "-q",
        "--gazetteers",
        "names",
    ]);
    assert_eq!(built.code, Some(0), "{}", built.err);
    desk
}

#[test]
fn who_was_chosen_is_told_and_exact_guesses_nothing() {
    let desk = desk();
    for own in ["Ada Brask", "ada-brask", "ADA BRASK"] {
        let answer = desk.run(&["said", own, "--exact"]);
        assert_eq!(
            (answer.code, answer.err.lines().count()),
            (Some(0), 0),
            "{}",
            answer.err
        );
    }
    let guess = desk.run(&["said", "Brask", "--format", "csv"]);
    guess.fails(
        0,
        &[
            "sayso: `Brask` is taken for Ada Brask (`ada-brask`, mentioned ",
            "; it may also be `otto-brask`, mentioned ",
        ],
    );
    assert!(!guess.out.contains("taken for"), "{}", guess.out);
    desk.run(&["said", "Brask", "--exact"]).fails(
        2,
        &["no entity is called `Brask`", "did you mean `Ada Brask`"],
    );
    desk.run(&["said", "brsk"])
        .fails(2, &["did you mean `Ada Brask` or `Otto Brask`"]);
}

#[test]
fn no_day_no_row_and_no_edge_are_refused() {
    let desk = desk();
    for arguments in [
        &["said", "ada-brask"][..],
        &["about", "ada-brask"],
        &["path", "ada-brask", "bo-lindqvist"],
        &["export"],
    ] {
        let days = ["--since", "2025-02-01", "--until", "2025-01-01"];
        desk.run(&[arguments, &days].concat()).fails(
            2,
            &[
                "--since 2025-02-01 is after --until 2025-01-01",
                "help: put the earlier day",
            ],
        );
    }
    for arguments in [
        &["said", "ada-brask", "--limit", "0"][..],
        &["entities", "--limit", "0"],
        &["sql", "SELECT 1", "--limit", "0"],
        &["export", "--max-edges", "0"],
    ] {
        desk.run(arguments)
            .fails(2, &["not a number of rows; write 1 or more"]);
    }
}

/// The options of a heading.
fn under<'h>(help: &'h str, heading: &str) -> &'h str {
    let rest = help.split(heading).nth(1).unwrap_or_default();
    let end = rest.match_indices("\n\n").map(|(at, _)| at).find(|&at| {
        rest[at..]
            .trim_start_matches('\n')
            .starts_with(|c: char| c != ' ')
    });
    &rest[..end.unwrap_or(rest.len())]
}

#[test]
fn help_groups_options_under_what_they_are() {
    let desk = Desk::new();
    for command in ["build", "extract", "query", "check"] {
        let help = desk.run(&[command, "--help"]).out;
        let own = under(&help, "Data of your own:");
        for option in ["--db", "--prune", "--quiet", "--raw", "--min-confidence"] {
            assert!(!own.contains(option), "{command}: {option} in {own}");
        }
    }
    let said = desk.run(&["said", "--help"]).out;
    let which = under(&said, "Which statements:");
    assert!(
        which.contains("--since") && !which.contains("--limit"),
        "{which}"
    );
}

#[test]
fn max_edges_cuts_tables_too_and_ids_of_edges_stay() {
    let desk = Desk::with_example();
    let ids = |more: &[&str]| -> Vec<String> {
        let all = [&["export", "--format", "csv"], more].concat();
        let out = desk.run(&all).out;
        let lines = out.lines().skip(1);
        lines
            .filter_map(|line| line.split(',').nth(3).map(str::to_owned))
            .collect()
    };
    let all = ids(&[]);
    assert_eq!(ids(&["--max-edges", "5"]).len(), 5);
    let part = ids(&["--since", "2025-04-01"]);
    assert!(!part.is_empty() && part.len() < all.len());
    assert!(part.iter().all(|id| all.contains(id)), "{part:?}");
}

/// What stands in four ways, and what is told by another.
fn standings() -> Desk {
    let desk = Desk::new();
    desk.write(
        "one.txt",
        "Talks on the bridge\n\nAnn Holm accused Denmark of negligence. \
         Carl Lund does not believe that Ann Holm has made the decision. \
         Ann Holm may warn Norway that the bridge is unsafe.\n\n\
         Reuters reported that Ann Holm had accused Sweden of negligence. \
         Bob Orr denied that Ann Holm had criticized Finland.\n",
    );
    let built = desk.run(&["build", "one.txt", "-q"]);
    assert_eq!(built.code, Some(0), "{}", built.err);
    desk
}

#[test]
fn only_what_was_said_makes_an_edge_unless_asked_otherwise() {
    let desk = standings();
    let edges = |more: &[&str]| {
        let answer = desk.run(&[&["export", "--format", "csv", "--statements"], more].concat());
        let cells = |line: &str| {
            let cells: Vec<&str> = line.split(',').collect();
            let relation = cells[6] == "target";
            relation.then(|| format!("{} {} {}", cells[0], cells[4], cells[1]))
        };
        let mut edges: Vec<String> = answer.out.lines().skip(1).filter_map(cells).collect();
        edges.sort();
        edges
    };
    let said = ["ann-holm accuse denmark", "ann-holm accuse sweden"];
    assert_eq!(edges(&[]), said);
    assert_eq!(edges(&["--standing", "firsthand"]), said);
    assert_eq!(edges(&["--no-reported"]), ["ann-holm accuse denmark"]);
    assert_eq!(
        edges(&["--standing", "denied"]),
        [
            "ann-holm not criticize finland",
            "carl-lund not believe ann-holm"
        ]
    );
    assert_eq!(
        edges(&["--standing", "hypothetical,denied"]).len(),
        edges(&["--standing", "all"]).len() - said.len()
    );
    assert_eq!(
        desk.rows(
            "sayso.sqlite",
            "SELECT target_id, reported FROM edges ORDER BY 1"
        ),
        ["denmark|0", "sweden|1"]
    );
    let path = ["path", "Ann Holm", "Finland", "--max-hops", "1"];
    assert_eq!(desk.run(&path).code, Some(1));
    let all = desk.run(&[&path[..], &["--standing", "all"]].concat());
    assert!(
        all.out
            .contains("Ann Holm ─ not criticize → Finland (against), told by Bob Orr"),
        "{}",
        all.out
    );
    desk.run(&["export", "--standing", "maybe"])
        .fails(2, &["invalid value 'maybe'", "hypothetical, all"]);
}

#[test]
fn said_shows_how_a_statement_stands_and_who_tells_it() {
    let desk = standings();
    let sql = "SELECT act, target_id, standing, teller_id FROM who_said_what_about_whom \
        WHERE source_id = 'ann-holm' ORDER BY key";
    assert_eq!(
        desk.rows("sayso.sqlite", sql),
        [
            "accuse|denmark|firsthand|null",
            "warn|norway|hypothetical|null",
            "accuse|sweden|firsthand|reuters",
            "criticize|finland|denied|bob-orr"
        ]
    );
    let table = desk.run(&["said", "Ann Holm"]).out;
    for words in ["told by", "perhaps warn", "not criticize", "reuters"] {
        assert!(table.contains(words), "{table}");
    }
    let said =
        |more: &[&str]| desk.run(&[&["said", "Ann Holm", "--format", "json"], more].concat());
    assert_eq!(said(&[]).out.matches("\"standing\":").count(), 4);
    let own = said(&["--standing", "firsthand", "--no-reported"]).out;
    assert_eq!(own.matches("\"standing\":").count(), 1);
    assert!(own.contains("\"targets\":\"denmark\""), "{own}");
    let table = desk.run(&["said", "Ann Holm", "--no-reported"]).out;
    assert!(!table.contains("told by"), "{table}");
}

/// The id of what `source` said of `about`.
fn id_of(desk: &Desk, source: &str, about: &str) -> String {
    let answer = desk.run(&["said", source, "--about", about, "--format", "json"]);
    let rows: Vec<serde_json::Value> = serde_json::from_str(&answer.out).expect("it is JSON");
    rows[0]["id"].as_str().expect("it has an id").to_owned()
}

#[test]
fn explain_tells_what_each_judgement_rests_on() {
    let desk = standings();
    let told = desk
        .run(&["explain", &id_of(&desk, "Ann Holm", "Denmark")])
        .out;
    let (_, why) = told.split_once("\n\n  [source]").expect("the sentence");
    let heads: Vec<&str> = why.lines().filter(|l| l.starts_with("Why ")).collect();
    assert_eq!(heads.len(), 4, "{told}");
    assert!(
        heads[0].starts_with("Why accuse: the cue does it (gazetteers/en/cues.tsv:"),
        "{told}"
    );
    assert!(
        heads[1].starts_with("Why negative: the cue carries it (gazetteers/en/cues.tsv:"),
        "{told}"
    );
    assert!(
        heads[2].starts_with("Why firsthand: learned, rather than "),
        "{told}"
    );
    assert_eq!(heads[3], "Why at denmark: the construction names it");
    for (about, reason) in [
        (
            "Norway",
            "Why hypothetical: the cue stands behind a word of the class `possible`",
        ),
        (
            "Finland",
            "Why denied: it is the main clause of a statement that denies it",
        ),
    ] {
        let told = desk.run(&["explain", &id_of(&desk, "Ann Holm", about)]).out;
        assert!(told.contains(reason), "{told}");
    }
}

#[test]
fn the_lines_that_explain_names_say_what_it_tells() {
    let desk = Desk::with_example();
    let ids = desk.rows(
        "sayso.sqlite",
        "SELECT DISTINCT statement FROM who_said_what_about_whom WHERE target IS NOT NULL ORDER BY 1 LIMIT 12",
    );
    let mut checked = 0;
    for id in ids {
        let told = desk.run(&["explain", &id]);
        assert_eq!((told.code, told.err.as_str()), (Some(0), ""));
        for line in told.out.lines() {
            let Some((words, place)) = line.rsplit_once("  models/") else {
                continue;
            };
            let (file, number) = place.rsplit_once(':').expect("a file and a line");
            let file = format!("models/{file}");
            let path = format!("{}/{file}", env!("CARGO_MANIFEST_DIR"));
            let table = std::fs::read_to_string(path).expect("the table is there");
            let number: usize = number.parse().expect("the number of a line");
            let row = table.lines().nth(number - 1).expect("the line is there");
            let (feature, _) = row.split_once('\t').expect("it has two cells");
            assert_eq!(words.trim(), in_words(&file, feature), "{line}");
            checked += 1;
        }
    }
    assert!(checked >= 36, "{checked}");
}

#[test]
fn every_feature_of_the_tables_has_words() {
    for name in ["judgements.tsv", "candidates.tsv"] {
        let path = format!("{}/models/en-meaning/{name}", env!("CARGO_MANIFEST_DIR"));
        let table = std::fs::read_to_string(path).expect("the table is there");
        let without: Vec<&str> = table
            .lines()
            .skip(2)
            .filter_map(|line| line.split('\t').next())
            .filter(|feature| !has_words(name, feature))
            .collect();
        assert_eq!(without, [""; 0], "{name}");
    }
}

#[test]
fn what_was_read_with_other_lists_is_explained_as_far_as_it_can_be() {
    let desk = desk();
    let id = id_of(&desk, "ada-brask", "bo-lindqvist");
    assert!(desk.run(&["explain", &id]).out.contains("\nWhy accuse: "));
    desk.write(
        "names/en/cues.tsv",
        "lemma\tpart\tforms\tframes\tact\tpolarity\tpreposition\naccuse\tverb\taccuse|accuses|accused|accusing\taddr-prep\tpraise\tnegative\tof\n",
    );
    let told = desk.run(&["explain", &id]);
    told.fails(0, &["the article reads otherwise", "run the build again"]);
    assert!(
        told.out
            .contains("    given by  act=cue polarity=cue standing=learned:"),
        "{}",
        told.out
    );
}
