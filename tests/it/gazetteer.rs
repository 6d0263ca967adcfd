//! The workbench for names: `sayso gazetteer …`.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use proptest::prelude::*;
use sayso::interchange::{Format, Options, read, write};
use sayso::lexicon::{self, Error, Folders, Lexicon};
use sayso::model::EntityKind;

const PEOPLE: &str = "id\tname\taliases\tweak\tsex\tids\n\
                      ann-orr\tAnn Orr\tAnnie Orr\tAnnie\tf\t\n\
                      bob-lee\tBob Lee\t\t\tm\t\n";

/// What a run of the program printed, and its exit code.
struct Run {
    out: String,
    err: String,
    code: i32,
}

fn sayso(folder: &Path, words: &[&str]) -> Run {
    let done = Command::cargo_bin("sayso")
        .expect("the program is built")
        .args(words)
        .current_dir(folder)
        .env("SAYSO_CACHE", folder.join("cache"))
        .env_remove("SAYSO_DB")
        .output()
        .expect("the program runs");
    Run {
        out: String::from_utf8_lossy(&done.stdout).into_owned(),
        err: String::from_utf8_lossy(&done.stderr).into_owned(),
        code: done.status.code().expect("it ends by itself"),
    }
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in the folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

fn text(folder: &tempfile::TempDir, file: &str) -> String {
    fs::read_to_string(folder.path().join(file)).expect("it is written")
}

/// The rows of a list without its comment.
fn body(text: &str) -> String {
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| format!("{line}\n")).collect()
}

fn words(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

#[test]
fn a_search_shows_every_reading_with_its_line() {
    let folder = folder(&[("names/people.tsv", PEOPLE)]);
    let line = "gazetteer search --no-defaults --gazetteers names --format csv";
    let search = |name: &str| {
        let mut line = words(line);
        line.push(name);
        sayso(folder.path(), &line)
    };
    let header = "match,written,id,kind,sort,of,name,aliases,offices,place\n";
    let row = "ann-orr,person,,,Ann Orr,Annie (weak) | Annie Orr,,names/people.tsv:2\n";
    for (name, how) in [
        ("Ann Orr", "exact,Ann Orr,"),
        ("ANN ORR", "folded,Ann Orr,"),
        ("Annie", "\"exact, weak\",Annie,"),
        ("orr", "surname,orr,"),
        ("ann-orr", "folded,Ann Orr,"),
    ] {
        let found = search(name);
        assert_eq!(found.out, format!("{header}{how}{row}"), "{name}");
        assert_eq!(found.code, 0);
    }
    let unknown = search("Ann Orrr");
    assert_eq!((unknown.out.as_str(), unknown.code), ("", 1));
    assert_eq!(
        unknown.err,
        "sayso: no list knows `Ann Orrr`\nhelp: did you mean `Ann Orr`?\n"
    );
}

#[test]
fn a_compiled_file_stands_for_its_folder_and_says_when_it_is_stale() {
    let folder = folder(&[("names/people.tsv", PEOPLE)]);
    let made = sayso(
        folder.path(),
        &words("gazetteer compile names -o n.gazetteer"),
    );
    assert!(made.out.starts_with(
        "n.gazetteer: 4 names of 2 people, organizations and places, 0 dated offices, "
    ));
    let search = words("gazetteer search Annie --gazetteers n.gazetteer --format csv");
    assert!(
        sayso(folder.path(), &search)
            .out
            .contains("names/people.tsv:2")
    );
    std::thread::sleep(std::time::Duration::from_millis(20));
    fs::write(
        folder.path().join("names/people.tsv"),
        PEOPLE.replace("Annie", "Anny"),
    )
    .expect("a file");
    let stale = sayso(folder.path(), &search);
    assert_eq!(stale.code, 2);
    assert_eq!(
        stale.err,
        "sayso: `n.gazetteer` is older than the lists it was compiled from\n\
         help: compile them again: sayso gazetteer compile FOLDER -o FILE\n"
    );
    let foreign = sayso(
        folder.path(),
        &words("gazetteer search Ann --gazetteers names/people.tsv"),
    );
    assert_eq!(foreign.code, 2);
    assert!(
        foreign
            .err
            .contains("`names/people.tsv` is no compiled gazetteer")
    );
}

#[test]
fn a_folder_is_compiled_once_and_never_stale() {
    let folder = folder(&[("names/people.tsv", PEOPLE)]);
    let path = folder.path().join("names");
    let (list, cache) = (path.join("people.tsv"), folder.path().join("cache"));
    let folders = Folders {
        gazetteers: vec![path],
        bare: true,
        cache: Some(cache.clone()),
        ..Folders::default()
    };
    let load = || Lexicon::load(&folders).expect("the lists are sound");
    let names = |lexicon: &Lexicon| {
        let mut names: Vec<String> = lexicon
            .world
            .all_names()
            .map(|name| name.written.to_owned())
            .collect();
        names.sort();
        names
    };
    let kept = || {
        let files = fs::read_dir(&cache).expect("there is a cache");
        let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        assert_eq!(files.len(), 1, "one file a folder");
        fs::read(files.remove(0)).expect("it can be read")
    };
    let first = load();
    let bytes = kept();
    let second = load();
    assert_eq!(names(&first), ["Ann Orr", "Annie", "Annie Orr", "Bob Lee"]);
    assert_eq!(names(&second), names(&first));
    assert_eq!(second.fingerprint(), first.fingerprint());
    assert_eq!(kept(), bytes, "the same lists give the same bytes");
    // The same length and, as far as a clock can tell, the same time.
    fs::write(&list, PEOPLE.replace("Bob Lee", "Bob Poe")).expect("a file");
    assert_eq!(names(&load()), ["Ann Orr", "Annie", "Annie Orr", "Bob Poe"]);
    assert_ne!(kept(), bytes);
    // What is not a cache is not believed.
    for file in fs::read_dir(&cache).expect("there is a cache") {
        fs::write(file.expect("a file").path(), "saysogz").expect("a file");
    }
    assert_eq!(names(&load()), ["Ann Orr", "Annie", "Annie Orr", "Bob Poe"]);
}

#[test]
fn a_row_of_an_upper_list_takes_the_place_of_a_lower_one() {
    let folder = folder(&[
        ("one/people.tsv", PEOPLE),
        ("two/people.tsv", "id\tname\tsex\nann-orr\tAnn Orr\tm\n"),
    ]);
    let lexicon = Lexicon::load(&Folders {
        gazetteers: vec![folder.path().join("one"), folder.path().join("two")],
        bare: true,
        ..Folders::default()
    })
    .expect("the lists are sound");
    let readings = lexicon::readings(&lexicon.world, "Annie Orr");
    let entry = lexicon.world.entry(readings[0].entry);
    assert_eq!(readings.len(), 1);
    assert_eq!(entry.gender, Some(sayso::model::Gender::Male));
    assert!(entry.place().file.ends_with("two/people.tsv"));
}

#[test]
fn lists_with_faults_are_not_compiled() {
    let folder = folder(&[(
        "names/roles.tsv",
        "person\ttitle\tof\tfrom\tto\nx\tmayor\ty\t2020\t\n",
    )]);
    let to = folder.path().join("n.gazetteer");
    let error = lexicon::compile(&[folder.path().join("names")], &to).expect_err("no such ids");
    let Error::Faults(faults) = error else {
        panic!("{error}");
    };
    let told: Vec<&str> = faults.iter().map(|fault| fault.what.as_str()).collect();
    assert_eq!(told, ["no entry has the id `x`", "no entry has the id `y`"]);
    assert!(!to.exists());
}

#[test]
fn a_check_tells_faults_from_notes() {
    let folder = folder(&[
        (
            "names/people.tsv",
            "id\tname\taliases\tweak\tsex\tids\n\
             ann-orr\tAnn Orr\tANN ORR|Grace\t\tf\t\n\
             ann-orr-2\tAnn Orr\t\t\tf\t\n\
             bob-lee\tBob / Lee\t\t\tm\t\n\
             cy-poe\tCy Poe\t\t\tm\t\n",
        ),
        (
            "names/roles.tsv",
            "person\ttitle\tof\tfrom\tto\n\
             cy-poe\tpresident\tfrance\t2030-01-01\t\n\
             cy-poe\tkeeper of the seal\tfrance\t2001\t2002\n",
        ),
    ]);
    let check = sayso(
        folder.path(),
        &words("gazetteer check --notes --gazetteers names"),
    );
    assert_eq!(check.code, 2, "{}{}", check.out, check.err);
    for line in [
        "names/people.tsv:4: `Bob / Lee` is not found where it stands in a text",
        "names/people.tsv:3: `Ann Orr` is `ann-orr-2` and, at names/people.tsv:2, `ann-orr`",
        "names/people.tsv:2: note: `Grace` is a given name, and always counts",
        "names/roles.tsv:3: note: no title and no noun has the role `keeper of the seal`",
        "      1 FAULT entries that no text can match",
        "      1 FAULT names of several entries that nothing tells apart",
    ] {
        assert!(check.out.contains(line), "{line}\nis not in\n{}", check.out);
    }
    let sound = crate::gazetteer::folder(&[("names/people.tsv", PEOPLE)]);
    let check = sayso(sound.path(), &words("gazetteer check --gazetteers names"));
    assert_eq!(check.code, 0, "{}", check.out);
    assert!(check.out.starts_with("no fault among "));
}

#[test]
fn discovered_names_become_rows() {
    let article = "Mayor Ruth Quill praised the bridge. \"It is sound,\" said Ruth Quill.\n\n\
                   The Arven Gas Company said that Ruth Quill was right.\n";
    let other = format!("{article}\n");
    let folder = folder(&[("news/one.txt", article), ("news/two.txt", &other)]);
    let build = words("build news --any-language -q --db news.sqlite");
    assert_eq!(sayso(folder.path(), &build).code, 0);
    let rows = sayso(
        folder.path(),
        &words("gazetteer discover news.sqlite --kind person --format tsv"),
    );
    assert_eq!(
        body(&rows.out),
        "id\tname\taliases\tweak\tsex\tids\nruth-quill\tRuth Quill\t\t\tf\t\n"
    );
    let table = sayso(
        folder.path(),
        &words("gazetteer discover news.sqlite --kind person --format csv"),
    );
    let row = "Ruth Quill,,person,f,,6,2,";
    assert!(
        table
            .out
            .lines()
            .nth(1)
            .is_some_and(|line| line.starts_with(row)),
        "{}",
        table.out
    );
    // Pasted, the name is known.
    let paste = words("gazetteer discover news.sqlite --kind person -o names");
    assert_eq!(sayso(folder.path(), &paste).code, 0);
    let known = words("gazetteer discover news.sqlite --kind person --gazetteers names");
    assert_eq!(sayso(folder.path(), &known).code, 1);
}

#[test]
fn what_is_exported_reads_as_what_was_loaded() {
    let roles = "person\ttitle\tof\tfrom\tto\nann-orr\tmayor\tmarn\t2020-01-01\t2021-12-31\n";
    let places = "id\tname\taliases\tweak\tadjectives\tpeople\tsort\tin\tacts_for\tids\trisk\tpopulation\n\
                  marn\tMarn\tMarn City\t\tmarnish\tmarns\tcity\t\t\t\tword\t5000\n";
    let folder = folder(&[
        ("names/people.tsv", PEOPLE),
        ("names/places.tsv", places),
        ("names/roles.tsv", roles),
    ]);
    let export = words("gazetteer export --no-defaults --gazetteers names -o out");
    assert_eq!(
        sayso(folder.path(), &export).out,
        "out/people.tsv\nout/places.tsv\nout/roles.tsv\n"
    );
    for (file, list) in [
        ("people.tsv", PEOPLE),
        ("places.tsv", places),
        ("roles.tsv", roles),
    ] {
        assert_eq!(body(&text(&folder, &format!("out/{file}"))), list, "{file}");
    }
    let again = sayso(folder.path(), &export);
    assert_eq!(again.code, 2);
    assert!(
        again
            .err
            .contains("`out/people.tsv` is there already\nhelp: "),
        "{}",
        again.err
    );
    let spacy = words("gazetteer export --no-defaults --gazetteers names --to spacy -o all.jsonl");
    assert_eq!(sayso(folder.path(), &spacy).code, 0);
    let import = words("gazetteer import all.jsonl --from spacy -o back --no-defaults");
    assert_eq!(sayso(folder.path(), &import).code, 0);
    assert_eq!(
        body(&text(&folder, "back/people.tsv")),
        PEOPLE
            .replace("Annie\tf", "\tf")
            .replace("\tm\t", "\t\t")
            .replace("\tf\t", "\t\t")
    );
}

/// What `bytes` become: the lists, and the faults as `line: what`.
fn imported(format: Format, bytes: &str, options: &Options) -> (Vec<String>, Vec<String>) {
    let mut rows = read(format, "list", bytes.as_bytes(), options, &|_| None);
    sayso::interchange::settle(&mut rows, "list", &sayso::lexicon::World::default());
    let lists = write(&rows, "x").into_iter();
    let told = |fault: &sayso::lexicon::Fault| {
        assert!(!fault.help.is_empty());
        format!("{}: {}", fault.place.line, fault.what)
    };
    (
        lists
            .map(|(_, text)| {
                text.lines()
                    .skip(2)
                    .map(|line| format!("{line}\n"))
                    .collect()
            })
            .collect(),
        rows.faults.iter().map(told).collect(),
    )
}

fn map(pairs: &[(&str, &str)]) -> Options {
    Options {
        map: pairs
            .iter()
            .map(|(from, to)| ((*from).to_owned(), (*to).to_owned()))
            .collect(),
        kind: Some(EntityKind::Person),
    }
}

#[test]
fn csv_is_taken_by_its_columns_or_as_they_are_mapped() {
    let (lists, faults) = imported(
        Format::Csv,
        "Full Name,alias,gender,shoe\n\"Orr, Ann\",Annie Orr;A. Orr,female,38\n,,f,37\nBob Lee,,male\n",
        &map(&[("Full Name", "name")]),
    );
    assert_eq!(lists, ["orr-ann\tOrr, Ann\tAnnie Orr|A. Orr\t\tf\t\n"]);
    assert_eq!(
        faults,
        [
            "1: the column `shoe` is not taken",
            "3: the name `` holds no word",
            "4: 3 cells where the header has 4"
        ]
    );
    let (lists, faults) = imported(Format::Tsv, "x\ty\nAnn\tb\n", &map(&[("z", "name")]));
    assert_eq!(lists, Vec::<String>::new());
    assert_eq!(faults[0], "1: no column is called `z`");
}

#[test]
fn offices_of_a_table_become_roles() {
    let (lists, faults) = imported(
        Format::Tsv,
        "id\tname\tkind\trole\tcountry\tstart\tend\n\
         marn\tMarn\tplace\t\t\t\t\n\
         \tAnn Orr\tPER\tMayor\tmarn\t2020-01-01\t\n\
         \tBob Lee\tPER\tMayor\tnowhere\t2021\t\n",
        &Options::default(),
    );
    assert_eq!(lists[2], "ann-orr\tmayor\tmarn\t2020-01-01\t\n");
    assert_eq!(
        faults,
        ["4: no entry has the id `nowhere`, so it is left out"]
    );
}

#[test]
fn spacy_patterns_of_one_id_are_one_entry() {
    let (lists, faults) = imported(
        Format::Spacy,
        r#"{"label": "PERSON", "pattern": "Ann Orr", "id": "ann"}
{"label": "PERSON", "pattern": [{"LOWER": "annie"}, {"ORTH": "Orr"}], "id": "ann"}
{"label": "ORG", "pattern": [{"TEXT": {"IN": ["North", "South"]}}, {"TEXT": "Gas"}]}
{"label": "DATE", "pattern": "today"}
{"label": "GPE", "pattern": [{"SHAPE": "dd"}]}
[]
"#,
        &Options::default(),
    );
    assert_eq!(
        lists,
        [
            "ann\tAnn Orr\tAnnie Orr\t\t\t\n",
            "north-gas\tNorth Gas\tSouth Gas\t\t\t\t\t\n"
        ]
    );
    assert_eq!(
        faults,
        [
            "4: the label `DATE` is no kind of ours",
            "5: `SHAPE` in a pattern is no word",
            "6: no JSON object"
        ]
    );
}

#[test]
fn follow_the_money_keeps_weak_aliases_and_ids() {
    let (lists, faults) = imported(
        Format::Ftm,
        r#"{"id": "a1", "schema": "Person", "properties": {"name": ["Ann Orr", "Ann P. Orr"], "weakAlias": ["Annie"], "gender": ["female"], "wikidataId": ["Q1"], "position": ["mayor"]}}
{"id": "b2", "schema": "Company", "properties": {"name": ["Arven Gas"], "alias": ["AG"]}}
{"id": "c3", "schema": "Ownership", "properties": {}}
{"id": "d4", "schema": "Ownership", "properties": {}}
"#,
        &Options::default(),
    );
    assert_eq!(
        lists,
        [
            "ann-orr\tAnn Orr\tAnn P. Orr\tAnnie\tf\twikidata:Q1|ftm:a1\n",
            "arven-gas\tArven Gas\tAG\t\tcompany\t\t\tftm:b2\n"
        ]
    );
    assert_eq!(
        faults,
        [
            "3: 2 of the schema `Ownership` are not taken",
            "1: the positions of 1 are not taken"
        ]
    );
}

#[test]
fn regexner_takes_words_and_alternatives() {
    let (lists, faults) = imported(
        Format::Regexner,
        "(Ann|Anna) Orr\tPERSON\tMISC\t1\nSt\\. Marn\tCITY\nOrr.*\tPERSON\nalone\n5 (a|b)\tDATE\n",
        &Options::default(),
    );
    assert_eq!(
        lists,
        [
            "ann-orr\tAnn Orr\tAnna Orr\t\t\t\n",
            "st-marn\tSt. Marn\t\t\t\t\tcity\t\t\t\t\t\n"
        ]
    );
    assert_eq!(
        faults,
        [
            "3: the expression `Orr.*` is no word",
            "4: no type",
            "5: the type `DATE` is no kind of ours"
        ]
    );
}

#[test]
fn gate_lists_are_read_through_their_index() {
    let folder = folder(&[
        (
            "g/lists.def",
            "people.lst:person:full:en\ncity.lst:location:city\nday.lst:date\nno.lst:person\n",
        ),
        ("g/people.lst", "Ann Orr&sex=f&shoe=38\nAT&T Lee\n"),
        ("g/city.lst", "Marn\n"),
    ]);
    let import = words("gazetteer import g/lists.def --from gate -o out --no-defaults");
    let run = sayso(folder.path(), &import);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(
        body(&text(&folder, "out/people.tsv")),
        "id\tname\taliases\tweak\tsex\tids\nann-orr\tAnn Orr\t\t\tf\t\nat-t-lee\tAT&T Lee\t\t\t\t\n"
    );
    assert!(text(&folder, "out/places.tsv").ends_with("marn\tMarn\t\t\t\t\tcity\t\t\t\t\t\n"));
    for line in [
        "g/lists.def:3: the list `day.lst` of the type `date` is not taken\n  help: ",
        "g/lists.def:4: the list `no.lst` cannot be read\n  help: ",
        "g/people.lst:1: the feature `shoe` is not taken\n  help: ",
    ] {
        assert!(run.err.contains(line), "{line}\nis not in\n{}", run.err);
    }
}

#[test]
fn petrarch_codes_become_dated_offices() {
    let (lists, faults) = imported(
        Format::Petrarch,
        "# actors\nMARNIA_  [MRN]\n+MARN_CITY_\n\nANN_ORR_  ; a list\n+ANNIE_ORR\n\t[MRNGOV 20010203-050607]\n\t[MRNELI >050608]\n\t[XXXGOV <990101]\n\t[MRN 7]\n",
        &map(&[("GOV", "minister")]),
    );
    assert_eq!(
        lists,
        [
            "ann-orr\tAnn Orr\tAnnie Orr\t\t\t\n",
            "marnia\tMarnia\tMarn City\t\t\t\tcountry\t\t\t\t\t\n",
            "ann-orr\teli\tmarnia\t2005-06-08\t\nann-orr\tminister\tmarnia\t2001-02-03\t2005-06-07\n"
        ]
    );
    assert_eq!(
        faults,
        [
            "10: `[MRN 7]` is no code",
            "8: the office `ELI` is called `eli`",
            "9: no entry has the code `XXX`, so its offices are not taken"
        ]
    );
}

#[test]
fn an_import_that_takes_nothing_finds_nothing() {
    let folder = folder(&[("a.jsonl", "{}\n")]);
    let run = sayso(
        folder.path(),
        &words("gazetteer import a.jsonl --from ftm -o out"),
    );
    assert_eq!((run.out.as_str(), run.code), ("", 1));
    assert!(
        run.err
            .starts_with("a.jsonl:1: 1 of the schema `` are not taken\n  help: ")
    );
    let missing = sayso(
        folder.path(),
        &words("gazetteer import b.csv --from csv -o out"),
    );
    assert_eq!(missing.code, 2);
    assert!(missing.err.starts_with("sayso: cannot read `b.csv`: "));
}

#[test]
fn an_imported_name_that_is_listed_adds_to_its_entry() {
    let folder = folder(&[
        ("names/people.tsv", PEOPLE),
        (
            "more.csv",
            "id,name,kind\nann-orr,Ann Q. Orr,person\n,Bob Lee,place\n",
        ),
    ]);
    let import = "gazetteer import more.csv --from csv --gazetteers names --no-defaults -o out";
    let run = sayso(folder.path(), &words(import));
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(
        body(&text(&folder, "out/people.tsv")).ends_with("ann-orr\tAnn Orr\tAnn Q. Orr\t\tf\t\n")
    );
    assert!(text(&folder, "out/places.tsv").contains("bob-lee-place\tBob Lee\t"));
}

#[test]
fn every_command_of_the_workbench_is_documented() {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/commands.md");
    let docs = fs::read_to_string(docs).expect("the page is there");
    let folder = folder(&[]);
    let help = sayso(folder.path(), &words("gazetteer --help")).out;
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next())
        .filter(|command| *command != "help")
        .collect();
    assert_eq!(commands.len(), 6, "{help}");
    for command in commands {
        let line = format!("`sayso gazetteer {command}");
        assert!(docs.contains(&line), "docs/commands.md has no {line}");
        let help = sayso(folder.path(), &["gazetteer", command, "--help"]).out;
        for option in help
            .split_whitespace()
            .filter(|word| word.starts_with("--"))
        {
            let option = option.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
            if !["--help", "--queries", "--no-defaults"].contains(&option) {
                assert!(docs.contains(option), "docs/commands.md has no {option}");
            }
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_an_import_fail(bytes in prop::collection::vec(any::<u8>(), 0..300), like in "[\\[\\]{}()\":,;|&=+<>\\\\_A-Za-z0-9 \t\n-]{0,200}") {
        let options = map(&[("a", "name"), ("USA", "b")]);
        for format in [
            Format::Csv,
            Format::Tsv,
            Format::Spacy,
            Format::Ftm,
            Format::Regexner,
            Format::Gate,
            Format::Petrarch,
        ] {
            for bytes in [&bytes[..], like.as_bytes()] {
                let other = |_: &str| Some(bytes.to_vec());
                let mut rows = read(format, "list", bytes, &options, &other);
                sayso::interchange::settle(&mut rows, "list", &sayso::lexicon::World::default());
                // What is taken is sound: our own compiler finds no fault in it.
                let folder = tempfile::tempdir().expect("there is room for a folder");
                let lists = write(&rows, "x");
                for (file, text) in &lists {
                    fs::write(folder.path().join(file), text).expect("a file");
                }
                let loaded = Lexicon::load(&Folders {
                    gazetteers: vec![folder.path().to_owned()],
                    bare: true,
                    ..Folders::default()
                });
                if let Err(error) = loaded {
                    let Error::Faults(faults) = &error else { panic!("{error}") };
                    panic!("{format:?}: {:?}\n{lists:?}", faults);
                }
            }
        }
    }
}

/// A small and a large folder's worth of names, compiled.
fn compiled(count: u32) -> (tempfile::TempDir, Vec<u8>) {
    let mut people = "id\tname\taliases\tweak\tsex\tids\n".to_owned();
    let mut places = "id\tname\taliases\tadjectives\tsort\tin\n\
                      marn\tMarn\tMarn City\tmarnish\tcountry\t\n"
        .to_owned();
    let mut roles = "person\ttitle\tof\tfrom\tto\n".to_owned();
    for n in 0..count {
        let m = n * 7 + 3;
        people.push_str(&format!(
            "orr-{n}\tAnn{m} Orr{n}\tAnnie Orr{n}|A. O{m}\tAnnie{n}\tf\t\n"
        ));
        places.push_str(&format!(
            "town-{n}\tTown{n}\tOld Town{n}\ttownish{n}\tcity\tmarn\n"
        ));
        roles.push_str(&format!("orr-{n}\tmayor\ttown-{n}\t2020-01-01\t\n"));
    }
    let folder = folder(&[
        ("names/people.tsv", &people),
        ("names/places.tsv", &places),
        ("names/roles.tsv", &roles),
    ]);
    let to = folder.path().join("n.gazetteer");
    lexicon::compile(&[folder.path().join("names")], &to).expect("the lists are sound");
    // The lists are not needed any more, and are not looked for.
    fs::remove_dir_all(folder.path().join("names")).expect("the folder is there");
    let bytes = fs::read(&to).expect("it is written");
    (folder, bytes)
}

/// Everything that a compiled file says, and everything that can be asked of it; or why it is refused.
fn all_of(file: &Path, through: bool) -> Result<String, String> {
    let lexicon = Lexicon::load(&Folders {
        gazetteers: vec![file.to_owned()],
        bare: true,
        through,
        ..Folders::default()
    })
    .map_err(|error| error.to_string())?;
    let world = &lexicon.world;
    let rows = sayso::interchange::world_rows(world, |_| true);
    let mut all: String = write(&rows, "").into_iter().map(|(_, text)| text).collect();
    for entry in &rows.entries {
        all.push_str(&format!("{:?}", world.find(&entry.id)));
        all.push_str(&format!("{:?}", world.find(&entry.of)));
        if let Some(surname) = entry.name.split(' ').next_back() {
            all.push_str(&format!("{:?}", world.bearers(&lexicon::fold(surname))));
        }
        for word in &entry.adjectives {
            all.push_str(&format!(
                "{:?}{:?}",
                world.adjective(word),
                world.people(word)
            ));
        }
        all.push_str(&format!("{:?}", world.holders("mayor", &entry.id).count()));
        let text = &entry.name;
        let tokens = sayso::text::tokenize(text, &lexicon.language);
        let keys = lexicon::Keys::new(text, &tokens);
        let found = world.longest(text, &tokens, &keys, (0, tokens.len()), false);
        all.push_str(&format!("{found:?}"));
    }
    match lexicon.damage() {
        Some(damage) => Err(damage.to_string()),
        None => Ok(all),
    }
}

/// Numbers that look like chance and are the same at every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// `bytes` with a bit turned, a byte overwritten, a run of zeros, its end cut off, bytes added, or two runs swapped.
fn damaged(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let length = bytes.len();
    let at = chance.below(length);
    match chance.below(6) {
        0 => bytes[at] ^= 1 << chance.below(8),
        1 => bytes[at] = bytes[at].wrapping_add(1 + chance.below(255) as u8),
        2 => {
            let end = (at + 1 + chance.below(5000)).min(length);
            bytes[at..end].fill(0);
        }
        3 => bytes.truncate(at),
        4 => bytes.extend((0..=chance.below(100)).map(|n| n as u8)),
        _ => {
            let run = (1 + chance.below(3000)).min(length / 2);
            let other = chance.below(length - 2 * run + 1);
            let (first, second) = bytes.split_at_mut(other + run);
            first[other..].swap_with_slice(&mut second[..run]);
        }
    }
    bytes
}

#[test]
fn a_damaged_compiled_file_is_an_error_and_never_another_answer() {
    let mut chance = Chance(0x5EED);
    for (count, times) in [(40, 400), (6000, 60)] {
        let (folder, bytes) = compiled(count);
        let file = folder.path().join("n.gazetteer");
        let sound = all_of(&file, false).expect("it is sound");
        assert_eq!(all_of(&file, true).as_ref(), Ok(&sound));
        for round in 0..times {
            let damaged = damaged(&bytes, &mut chance);
            if damaged == bytes {
                continue; // two runs of zeros swapped
            }
            fs::write(&file, &damaged).expect("a file");
            for through in [true, false] {
                match all_of(&file, through) {
                    Ok(read) => assert_eq!(read, sound, "round {round} changed in silence"),
                    Err(told) => assert!(
                        told.contains("is damaged") || told.contains("is no compiled gazetteer"),
                        "{told}"
                    ),
                }
                assert!(!through || all_of(&file, true).is_err(), "round {round}");
            }
        }
    }
}

#[test]
fn a_file_that_is_cut_short_while_it_is_read_ends_nothing() {
    let (folder, bytes) = compiled(6000);
    assert!(bytes.len() > 1 << 20, "it is read by pages");
    let file = folder.path().join("n.gazetteer");
    let lexicon = Lexicon::load(&Folders {
        gazetteers: vec![file.clone()],
        bare: true,
        ..Folders::default()
    })
    .expect("it is sound");
    assert!(lexicon.world.find("orr-17").is_some());
    assert!(lexicon.damage().is_none());
    let open = fs::OpenOptions::new()
        .write(true)
        .open(&file)
        .expect("a file");
    open.set_len(100).expect("it can be cut");
    for n in 0..6000 {
        lexicon.world.find(&format!("town-{n}"));
    }
    let damage = lexicon.damage().expect("it is told");
    assert!(damage.to_string().ends_with("n.gazetteer` is damaged"));
}

#[test]
fn a_command_that_met_damage_says_so_and_a_build_does_not_begin() {
    let (folder, bytes) = compiled(6000);
    let file = folder.path().join("n.gazetteer");
    let mut damaged = bytes.clone();
    let middle = bytes.len() / 2; // among the names
    damaged[middle..middle + 9000].fill(0);
    fs::write(&file, &damaged).expect("a file");
    fs::create_dir(folder.path().join("news")).expect("a folder");
    fs::write(
        folder.path().join("news/one.txt"),
        "Annie Orr17 said on Monday that Town18 would stay open.",
    )
    .expect("a file");
    let told = "sayso: `n.gazetteer` is damaged\nhelp: nothing that was read with it can be trusted; \
                compile it again: sayso gazetteer compile FOLDER -o FILE\n";
    for line in [
        "build news -q --any-language --gazetteers n.gazetteer",
        "check --gazetteers n.gazetteer",
        "gazetteer export --gazetteers n.gazetteer -o out",
    ] {
        let done = sayso(folder.path(), &words(line));
        assert_eq!((done.code, done.err.as_str()), (2, told), "{line}");
    }
    assert!(!folder.path().join("sayso.sqlite").exists());
}

#[test]
fn a_damaged_cache_is_made_again() {
    let folder = folder(&[("names/people.tsv", PEOPLE)]);
    let line = words("gazetteer search Annie --no-defaults --gazetteers names --format csv");
    let first = sayso(folder.path(), &line);
    assert_eq!(first.code, 0, "{}", first.err);
    let cache = || {
        let mut files = fs::read_dir(folder.path().join("cache")).expect("there is a cache");
        files.next().expect("one file").expect("a file").path()
    };
    let sound = fs::read(cache()).expect("a file");
    let mut chance = Chance(0xCAC4E);
    for _ in 0..20 {
        fs::write(cache(), damaged(&sound, &mut chance)).expect("a file");
        let again = sayso(folder.path(), &line);
        assert_eq!((again.code, &again.out), (0, &first.out), "{}", again.err);
        assert_eq!(fs::read(cache()).expect("a file"), sound);
    }
}

#[test]
fn a_fault_in_a_list_is_told_at_every_run() {
    let faulty = PEOPLE.replace("\tf\t", "\tzebra\t");
    let folder = folder(&[("names/people.tsv", &faulty), ("a.txt", "Ann Orr left.")]);
    let told = "sayso: 1 fault in the data files\nnames/people.tsv:2: unknown sex `zebra`\n  help: m, f or nothing\n";
    for line in [
        "extract a.txt --any-language --gazetteers names",
        "extract a.txt --any-language --gazetteers names",
        "check --gazetteers names",
        "gazetteer search Ann --gazetteers names",
    ] {
        let run = sayso(folder.path(), &words(line));
        assert_eq!((run.code, run.err.as_str()), (2, told), "{line}");
    }
    assert!(!folder.path().join("cache").exists(), "nothing is kept");
}

#[test]
fn a_compiled_file_goes_into_a_folder_that_is_there() {
    let folder = folder(&[("names/people.tsv", PEOPLE)]);
    let run = sayso(
        folder.path(),
        &words("gazetteer compile names -o lists/n.gazetteer"),
    );
    assert_eq!(run.code, 2, "{}", run.out);
    assert!(
        run.err
            .starts_with("sayso: cannot write `lists/n.gazetteer`: "),
        "{}",
        run.err
    );
    assert!(!folder.path().join("lists").exists());
}

#[test]
fn an_import_takes_names_where_ids_belong() {
    let folder = folder(&[(
        "mps.csv",
        "name,sex,title,of,from\nIda Holm,f,fisheries minister,Norway,2023\nBo Holm,m,mayor,U.S.,2023\nCy Poe,m,mayor,Nowhereland,2023\n",
    )]);
    let line = "gazetteer import mps.csv --from csv --kind person -o names";
    let done = sayso(folder.path(), &words(line));
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.err
            .contains("mps.csv:4: no entry has the id `Nowhereland`"),
        "{}",
        done.err
    );
    assert_eq!(
        body(&text(&folder, "names/roles.tsv")),
        "person\ttitle\tof\tfrom\tto\nbo-holm\tmayor\tunited-states\t2023\t\nida-holm\tfisheries minister\tnorway\t2023\t\n"
    );
}

#[test]
fn letters_days_and_events_are_not_proposed() {
    let article = "The news\n\nBefore Election Day and the Super Bowl, Ruth Quill praised the Super Bowl LI. \
                   Election Day mattered, Ruth Quill said. Doris Day praised Obamacare. Doris Day said that R was a letter.\n";
    let folder = folder(&[("news/one.txt", article), ("news/two.txt", article)]);
    let build = words("build news --any-language -q --db news.sqlite");
    assert_eq!(sayso(folder.path(), &build).code, 0);
    let rows = sayso(
        folder.path(),
        &words("gazetteer discover news.sqlite --min-mentions 1 --format tsv"),
    );
    let names: Vec<&str> = rows
        .out
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("id\t"))
        .filter_map(|line| line.split('\t').nth(1))
        .collect();
    assert_eq!(names, ["Doris Day", "Ruth Quill"], "{}", rows.out);
}
