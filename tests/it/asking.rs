//! How `said`, `about`, `path` and `export` take names, days and numbers.

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
