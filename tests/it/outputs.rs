//! What commands write destroys nothing: neither what they read nor what others made.

use std::fs;

use crate::run::{Answer, Desk};

/// A database of two statements, and lists of one name.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("one.txt", "Ann Orr accused Bob Lee of lying on Monday.\n");
    desk.write(
        "names/people.tsv",
        "id\tname\taliases\tweak\tsex\tids\nann-orr\tAnn Orr\t\t\tf\t\n",
    );
    let built = desk.run(&["build", "one.txt", "-q"]);
    assert_eq!(built.code, Some(0), "{}", built.err);
    desk
}

fn words(desk: &Desk, line: &str) -> Answer {
    desk.run(&line.split(' ').collect::<Vec<_>>())
}

/// The names in the folder, to see that nothing unfinished stays.
fn names(desk: &Desk) -> Vec<String> {
    let entries = fs::read_dir(desk.path("")).expect("it is there");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("it can be read")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

const READ: &str = "is read by this command, too\nhelp: name another file";
const THERE: &str = "is there already\nhelp: name another file, or replace it with --force";

#[test]
fn no_output_is_the_database_whatever_leads_to_it() {
    let desk = desk();
    let before = fs::read(desk.path("sayso.sqlite")).expect("it is built");
    fs::create_dir(desk.path("sub")).expect("there is room");
    let mut names = vec![
        "sayso.sqlite",
        "./sub/../sayso.sqlite",
        "sayso.sqlite-wal",
        "sayso.sqlite-shm",
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(desk.path("sayso.sqlite"), desk.path("link.svg"))
            .expect("a link");
        fs::hard_link(desk.path("sayso.sqlite"), desk.path("twin.svg")).expect("a second name");
        names.extend(["link.svg", "twin.svg"]);
    }
    for name in names {
        for line in [
            format!("export -o {name} --force"),
            format!("export --svg {name} --force"),
        ] {
            words(&desk, &line).fails(2, &[READ]);
        }
    }
    assert_eq!(
        fs::read(desk.path("sayso.sqlite")).expect("it is there"),
        before
    );
    assert!(!desk.path("sayso.sqlite-wal").exists());
}

#[test]
fn one_file_is_not_two_outputs() {
    let desk = desk();
    words(&desk, "export -o a.svg --svg a.svg").fails(2, &[READ]);
    assert!(!desk.path("a.svg").exists());
}

#[test]
fn a_file_of_others_is_replaced_with_force_only_and_our_own_without() {
    let desk = desk();
    for format in ["dot", "graphml", "json", "csv", "entities-csv"] {
        let line = format!("export --format {format} -o graph");
        desk.write("graph", "my notes\n");
        words(&desk, &line).fails(2, &["`graph`", THERE]);
        assert_eq!(
            fs::read(desk.path("graph")).expect("it is there"),
            b"my notes\n"
        );
        assert_eq!(words(&desk, &format!("{line} --force")).code, Some(0));
        let written = fs::read(desk.path("graph")).expect("it is there");
        assert_eq!(words(&desk, &line).code, Some(0), "{format}");
        assert_eq!(fs::read(desk.path("graph")).expect("it is there"), written);
    }
    desk.write("empty", "");
    assert_eq!(words(&desk, "export -o empty").code, Some(0));
    assert_eq!(
        names(&desk),
        ["empty", "graph", "names", "one.txt", "sayso.sqlite"]
    );
}

#[test]
fn a_picture_is_known_again() {
    let desk = desk();
    if words(&desk, "export --svg a.svg").code == Some(2) {
        return; // GraphViz is not installed
    }
    assert_eq!(words(&desk, "export --svg a.svg").code, Some(0));
    desk.write("a.svg", "<?xml version=\"1.0\"?>\n<svg/>\n");
    words(&desk, "export --svg a.svg").fails(2, &[THERE]);
}

#[test]
fn compiled_lists_never_replace_lists_and_replace_only_their_like() {
    let desk = desk();
    let list = fs::read(desk.path("names/people.tsv")).expect("it is there");
    words(&desk, "gazetteer compile names -o names/people.tsv --force").fails(2, &[READ]);
    desk.write("n.gazetteer", "my notes\n");
    words(&desk, "gazetteer compile names -o n.gazetteer").fails(2, &[THERE]);
    for line in [
        "gazetteer compile names -o n.gazetteer --force",
        "gazetteer compile names -o n.gazetteer",
    ] {
        assert_eq!(words(&desk, line).code, Some(0), "{line}");
    }
    let export = "gazetteer export --no-defaults --gazetteers n.gazetteer --to spacy -o";
    words(&desk, &format!("{export} n.gazetteer --force")).fails(2, &[READ]);
    desk.write("p.jsonl", "{}\n");
    words(&desk, &format!("{export} p.jsonl")).fails(2, &[THERE]);
    assert_eq!(
        words(&desk, &format!("{export} p.jsonl --force")).code,
        Some(0)
    );
    let lists = "gazetteer export --no-defaults --gazetteers names -o";
    words(&desk, &format!("{lists} names --force")).fails(2, &[READ]);
    assert_eq!(
        fs::read(desk.path("names/people.tsv")).expect("it is there"),
        list
    );
    words(&desk, "gazetteer compile names -o no/folder/n.gazetteer").fails(2, &["cannot write"]);
    assert!(!desk.path("no").exists());
}

#[test]
#[cfg(unix)]
fn a_link_stays_a_link_and_rights_stay_and_a_device_is_written_to() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk();
    fs::create_dir(desk.path("far")).expect("there is room");
    desk.write("far/graph.dot", "");
    let rights = fs::Permissions::from_mode(0o640);
    fs::set_permissions(desk.path("far/graph.dot"), rights).expect("it is ours");
    std::os::unix::fs::symlink(desk.path("far/graph.dot"), desk.path("near.dot")).expect("a link");
    assert_eq!(words(&desk, "export -o near.dot").code, Some(0));
    let link = fs::symlink_metadata(desk.path("near.dot")).expect("it is there");
    assert!(link.is_symlink());
    let far = fs::metadata(desk.path("far/graph.dot")).expect("it is there");
    assert!(far.len() > 0);
    assert_eq!(far.permissions().mode() & 0o777, 0o640);
    let shown = words(&desk, "export -o /dev/stdout");
    assert_eq!(shown.code, Some(0), "{}", shown.err);
    assert!(shown.out.starts_with("// Who said what"), "{}", shown.out);
    assert_eq!(words(&desk, "export -o /dev/null").code, Some(0));
}
