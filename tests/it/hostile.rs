//! Text from outside is shown, never obeyed: names, paths, articles, arguments and the lists of others.

use crate::run::Desk;

/// Moves the cursor, colours, rings, turns the direction, hides.
const STEERING: [char; 9] = [
    '\u{1b}', '\u{7}', '\u{8}', '\r', '\u{9b}', '\u{202e}', '\u{2066}', '\u{200b}', '\u{2028}',
];

/// A folder of lists, articles and a database in which everything that can be named is hostile.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write(
        "names/people.tsv",
        "id\tname\taliases\tweak\tsex\tids\n\
         ann-orr\tAnn\u{1b}[31m Orr\u{202e}\tAnn Orr\t\tf\t\n\
         bob-lee\tBob Lee\t\t\tm\t\n",
    );
    desk.write(
        "news/a\u{1b}[2Jb\u{202e}.md",
        "---\ntitle: Red \u{1b}[31malert\u{9b}2J\npublisher: The\u{202e} Gazette\ndate: 2025-03-01\n---\n\
         Ann Orr accused Bob Lee of lying \u{202e}about \u{1b}[31mthe harbour on Monday.\n\n\
         Bob Lee denied that he had lied.\n",
    );
    desk
}

#[track_caller]
fn is_tame(what: &str, text: &str) {
    let found: Vec<char> = text.chars().filter(|c| STEERING.contains(c)).collect();
    assert!(found.is_empty(), "{what}: {found:?} in {text:?}");
}

#[test]
fn nothing_that_is_printed_for_people_steers_their_terminal() {
    let desk = desk();
    let lists = ["--gazetteers", "names"];
    let with = |arguments: &[&'static str]| [arguments, &lists].concat();
    let built = desk.run(&with(&["build", "news"]));
    assert_eq!(built.code, Some(0), "{}", built.err);
    is_tame("build", &(built.out + &built.err));
    for arguments in [
        vec!["entities"],
        vec!["said", "ann-orr"],
        vec!["about", "Bob Lee"],
        vec!["path", "ann-orr", "bob-lee"],
        vec!["query", "accusations"],
        vec!["sql", "SELECT * FROM who_said_what_about_whom"],
        vec!["sql", "SELECT 1 AS \"a\u{1b}[31m\""],
        vec!["said", "no\u{1b}[31mbody\u{202e}"],
        vec!["query", "no\u{1b}[31mne"],
        vec!["query", "denials", "x\u{1b}=1"],
        vec!["sql", "SELECT \u{1b}[31m"],
        vec!["sql", "SELECT 1", "--db", "no\u{1b}[31m.sqlite"],
        vec!["said", "x", "--since", "\u{1b}[31m"],
        vec!["--no\u{1b}[31m-such"],
        vec!["\u{1b}[31mcommand"],
        vec!["export", "-o", "no\u{1b}[31m/x"],
        vec!["build", "nothing\u{1b}[31m\u{202e}.txt"],
        vec!["gazetteer", "check", "--gazetteers", "names"],
        vec!["gazetteer", "search", "ann-orr", "--gazetteers", "names"],
        vec!["gazetteer", "search", "Zz\u{1b}[31m"],
        vec!["export", "--mentions"],
    ] {
        let answer = desk.run(&arguments);
        is_tame(&format!("{arguments:?}"), &answer.out);
        is_tame(&format!("{arguments:?}"), &answer.err);
    }
    let shown = desk.run(&["said", "ann-orr"]).out;
    assert!(shown.contains("␛[31mthe"), "{shown}");
    assert!(shown.contains(r"\u{202e}about"), "{shown}");
}

#[test]
fn json_keeps_the_exact_text_and_hides_nothing() {
    let desk = desk();
    desk.run(&["build", "news", "-q", "--gazetteers", "names"]);
    for arguments in [
        &["said", "ann-orr", "--format", "json"][..],
        &["export", "--format", "json", "--statements"],
        &["extract", "news", "--gazetteers", "names"],
    ] {
        let out = desk.run(arguments).out;
        is_tame(&format!("{arguments:?}"), &out);
        let json: Vec<serde_json::Value> = serde_json::Deserializer::from_str(&out)
            .into_iter()
            .map(|value| value.expect("it is JSON"))
            .collect();
        let text = format!("{json:?}");
        assert!(!json.is_empty() && text.contains("\\u{202e}"), "{text}");
    }
    let rows = desk.rows(
        "sayso.sqlite",
        "SELECT content FROM who_said_what_about_whom",
    );
    assert!(
        rows.iter()
            .any(|row| row.contains("\u{202e}about \u{1b}[31mthe")),
        "{rows:?}"
    );
}

#[test]
fn no_cell_of_csv_is_a_formula_unless_it_is_asked_for() {
    let desk = Desk::new();
    desk.run(&["build", crate::run::NEWS, "-q"]);
    let sql = "SELECT '=1+1' AS a, '+x' AS b, '-x' AS c, '@x' AS d, char(9) || 'x' AS e, '-1' AS f, -1 AS g, \
        '+1.5' AS h, '-' AS i, 'a=b' AS j, '＝1' AS k";
    let guarded = desk.run(&["sql", sql, "--format", "csv"]).out;
    assert_eq!(
        guarded,
        "a,b,c,d,e,f,g,h,i,j,k\n'=1+1,'+x,'-x,'@x,'\tx,-1,-1,+1.5,-,a=b,'＝1\n"
    );
    let raw = desk.run(&["sql", sql, "--format", "csv", "--raw"]).out;
    assert_eq!(
        raw,
        "a,b,c,d,e,f,g,h,i,j,k\n=1+1,+x,-x,@x,\tx,-1,-1,+1.5,-,a=b,＝1\n"
    );
}

#[test]
fn a_name_in_letters_that_only_look_latin_is_told() {
    let desk = Desk::new();
    desk.write(
        "one.txt",
        "\u{410}nn Orr accused Bob Lee of lying. Later \u{410}nn Orr denied it. André Ütz agreed, said Ann Orr.\n",
    );
    assert_eq!(desk.run(&["build", "one.txt", "-q"]).code, Some(0));
    let shown = desk.run(&["entities", "--format", "json"]).out;
    let rows: Vec<serde_json::Value> = serde_json::from_str(&shown).expect("it is JSON");
    let told: Vec<(&str, Option<&str>)> = rows
        .iter()
        .map(|row| {
            let name = row["name"].as_str().expect("a name");
            (name, row["looks_like"].as_str())
        })
        .filter(|(name, _)| name.ends_with("Orr"))
        .collect();
    assert!(
        told.contains(&("\u{410}nn Orr", Some("Ann Orr"))),
        "{told:?}"
    );
    assert!(told.contains(&("Ann Orr", None)), "{told:?}");
    assert!(desk.run(&["entities"]).out.contains("looks like"));
    let found = desk
        .run(&["gazetteer", "discover", "--min-mentions", "1"])
        .out;
    assert!(found.contains("looks like"), "{found}");
    desk.write(
        "names/people.tsv",
        "id\tname\taliases\tweak\tsex\tids\n\
         ann-orr\tAnn Orr\t\u{410}nn Orr|\u{410}\u{43d}\u{43d}\u{430} \u{41e}\u{440}\u{440}\t\tf\t\n\
         jose-diaz\tJosé Díaz\t\t\tm\t\n",
    );
    let checked = desk.run(&["gazetteer", "check", "--gazetteers", "names"]);
    assert_eq!(checked.code, Some(2));
    let faults: Vec<&str> = checked
        .out
        .lines()
        .filter(|line| line.contains("looks like"))
        .collect();
    assert_eq!(faults.len(), 1, "{}", checked.out);
    assert!(
        faults[0].contains("people.tsv:2")
            && faults[0]
                .contains("`\u{410}nn Orr` looks like `Ann Orr` and holds \u{410} (U+0410)"),
        "{}",
        faults[0]
    );
}

#[test]
fn what_cannot_be_seen_is_no_name() {
    let desk = Desk::new();
    desk.write(
        "a.txt",
        "\u{200d}\u{200d}: it was late.\n\nMr \u{202e}\u{2062} said that it was late. \u{200d}\u{2066} denied it.\n",
    );
    assert!(matches!(desk.run(&["build", "a.txt", "-q"]).code, Some(0)));
    let names = desk.rows("sayso.sqlite", "SELECT name FROM entities");
    assert!(
        names
            .iter()
            .all(|name| name.contains(char::is_alphanumeric)),
        "{names:?}"
    );
    let ids = desk.rows("sayso.sqlite", "SELECT id FROM entities");
    assert!(ids.iter().all(|id| !id.ends_with('#')), "{ids:?}");
}
