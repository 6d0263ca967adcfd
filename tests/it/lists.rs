//! A user's lists, patterns, queries and corrections: what is wrong is told, what a spreadsheet saved is read.

use std::time::{Duration, Instant};

use sayso::lexicon::{CLASSES, Error, Fault, Folders, Lexicon, audit};
use sayso::rehearse::rehearse;

use crate::run::Desk;

/// A desk whose caches are its own.
fn desk(files: &[(&str, &str)]) -> Desk {
    let desk = Desk::new();
    for (name, text) in files {
        desk.write(name, text);
    }
    desk
}

/// The faults of a folder of lists and patterns, as `check` finds them.
fn faults(files: &[(&str, &str)]) -> Vec<Fault> {
    let desk = desk(files);
    let folder = desk.path(".");
    match Lexicon::load(&Folders {
        gazetteers: vec![folder.clone()],
        queries: vec![folder],
        ..Folders::default()
    }) {
        Ok(lexicon) => rehearse(&lexicon),
        Err(Error::Faults(faults)) => faults,
        Err(error) => panic!("{error}"),
    }
}

const PEOPLE: &str =
    "id\tname\taliases\tweak\tsex\tids\nann-orr\tAnn Orr\t\t\tf\t\nbob-lee\tBob Lee\t\t\tm\t\n";

/// A row, and what is told about it.
type Typo = (&'static str, &'static str);

/// Slips of the pen by list: the header, a row, and what is told about its second line.
const TYPOS: &[(&str, &str, &[Typo])] = &[
    (
        "people.tsv",
        "id\tname\taliases\tweak\tsex\tids",
        &[
            ("ann-orr\tAnn Orr\t\t\tx\t", "unknown sex `x`"),
            ("ann_orr\tAnn Orr\t\t\tf\t", "is not in kebab-case"),
            ("Ann-Orr\tAnn Orr\t\t\tf\t", "is not in kebab-case"),
            ("ann orr\tAnn Orr\t\t\tf\t", "is not in kebab-case"),
            ("\tAnn Orr\t\t\tf\t", "the column `id` is empty"),
            ("ann-orr\t\t\t\tf\t", "holds no word"),
            ("ann-orr\tAnn Orr\t--\t\tf\t", "the name `--` holds no word"),
            ("ann-orr\tAnn Orr\t\tf\t", "5 cells where the header has 6"),
            (
                "ann-orr\tAnn Orr\t\t\tf\t\textra",
                "7 cells where the header has 6",
            ),
            ("ann-orr Ann Orr", "1 cells where the header has 6"),
        ],
    ),
    (
        "organizations.tsv",
        "id\tname\taliases\tweak\tsort\tof\tacts_for\tids",
        &[
            ("rail\tRail\t\t\tcompny\t\t\t", "unknown sort `compny`"),
            ("rail\tRail\t\t\tCompany\t\t\t", "unknown sort `Company`"),
            (
                "rail\tRail\t\t\t\tnorwey\t\t",
                "no entry has the id `norwey`",
            ),
            (
                "rail\tRail\t\t\t\tNorway\t\t",
                "no entry has the id `Norway`",
            ),
            ("rail\tRail\t\t\t\t\tnorwy\t", "no entry has the id `norwy`"),
            ("Rail\tRail\t\t\t\t\t\t", "is not in kebab-case"),
            ("rail\t\t\t\t\t\t\t", "holds no word"),
            ("rail\tRail\t\t?\t\t\t\t", "the name `?` holds no word"),
            ("rail\tRail\t\t\tbank", "5 cells where the header has 8"),
            ("\tRail\t\t\tbank\t\t\t", "the column `id` is empty"),
        ],
    ),
    (
        "places.tsv",
        "id\tname\taliases\tweak\tadjectives\tpeople\tsort\tin\tacts_for\tids\tpopulation\trisk",
        &[
            ("marn\tMarn\t\t\t\t\ttown\t\t\t\t\t", "unknown sort `town`"),
            (
                "marn\tMarn\t\t\t\t\tcitty\t\t\t\t\t",
                "unknown sort `citty`",
            ),
            (
                "marn\tMarn\t\t\t\t\t\tnorwey\t\t\t\t",
                "no entry has the id `norwey`",
            ),
            (
                "marn\tMarn\t\t\t\t\t\t\tnorwey\t\t\t",
                "no entry has the id `norwey`",
            ),
            ("marn\tMarn\t\t\t\t\t\t\t\t\t5,000\t", "`5,000` is no count"),
            ("marn\tMarn\t\t\t\t\t\t\t\t\tmany\t", "`many` is no count"),
            ("marn\tMarn\t\t\t\t\t\t\t\t\t\twrd", "unknown risk `wrd`"),
            (
                "marn\tMarn\t\t\t\t\t\t\t\t\t\tPerson",
                "unknown risk `Person`",
            ),
            ("Marn\tMarn\t\t\t\t\t\t\t\t\t\t", "is not in kebab-case"),
            ("marn\tMarn\t\t\t\t\t\t", "8 cells where the header has 12"),
        ],
    ),
    (
        "roles.tsv",
        "person\ttitle\tof\tfrom\tto",
        &[
            (
                "erna-solbrg\tmayor\tnorway\t2020\t",
                "no entry has the id `erna-solbrg`",
            ),
            (
                "norway\tmayor\tnorwey\t2020\t",
                "no entry has the id `norwey`",
            ),
            ("norway\tmayor\tnorway\t2020-13\t", "`2020-13` is no date"),
            (
                "norway\tmayor\tnorway\t2020-02-30\t",
                "`2020-02-30` is no date",
            ),
            (
                "norway\tmayor\tnorway\t3 May 2020\t",
                "`3 May 2020` is no date",
            ),
            (
                "norway\tmayor\tnorway\t03/05/2020\t",
                "`03/05/2020` is no date",
            ),
            (
                "norway\tmayor\tnorway\t2021\t2020",
                "ends (2020-12-31) before it begins",
            ),
            ("\tmayor\tnorway\t2020\t", "the column `person` is empty"),
            ("norway\t\tnorway\t2020\t", "no title"),
            ("norway\tmayor\t\t2020\t", "no entry has the id ``"),
        ],
    ),
    (
        "merges.tsv",
        "same\tas\tname",
        &[
            ("Ann Orr\t\t", "is neither merged nor renamed"),
            ("Ann Orr\tann-orr\t", "is merged into itself"),
            ("\tAnn Orr\t", "the column `same` is empty"),
            ("Ann Orr", "1 cells where the header has 3"),
        ],
    ),
    (
        "splits.tsv",
        "name\tis\tin",
        &[
            ("Ann Orr\t\tgazette", "`Ann Orr` is nobody"),
            ("\tAnn Orr\t", "the column `name` is empty"),
            ("Ann Orr\tAnn Lee", "2 cells where the header has 3"),
        ],
    ),
    (
        "titles.tsv",
        "form\trole\tsex\tsort",
        &[
            (
                "Harbour Master\tharbour master\t\toffise",
                "unknown value `offise`",
            ),
            (
                "Harbour Master\tharbour master\t\tOffice",
                "unknown value `Office`",
            ),
            ("Harbour Master\tharbour master\t\t", "unknown value ``"),
            (
                "Harbour Master\tharbour master\tmale\toffice",
                "unknown sex `male`",
            ),
            ("\tharbour master\t\toffice", "the column `form` is empty"),
            (
                "Harbour Master\tharbour master\toffice",
                "3 cells where the header has 4",
            ),
        ],
    ),
    (
        "offices.tsv",
        "form\tof\trole\tbody",
        &[
            ("harbour chief\t\t\t", "names no office"),
            (
                "harbour chief\tnorwey\tmayor\t",
                "no entry has the id `norwey`",
            ),
            (
                "harbour chief\torganisation\tmayor\t",
                "no entry has the id `organisation`",
            ),
            (
                "harbour chief\t\tmayor\tnorwey",
                "no entry has the id `norwey`",
            ),
            ("\t\tmayor\t", "the column `form` is empty"),
            ("harbour chief\tmayor", "2 cells where the header has 4"),
        ],
    ),
    (
        "nominals.tsv",
        "form\tplural\tsort\tsex\trole",
        &[
            ("ferryman\tferrymen\tpersn\tm\t", "unknown sort `persn`"),
            ("ferryman\tferrymen\tPerson\tm\t", "unknown sort `Person`"),
            ("ferryman\tferrymen\t\tm\t", "unknown sort ``"),
            ("ferryman\tferrymen\tperson\tmale\t", "unknown sex `male`"),
            ("\tferrymen\tperson\tm\t", "the column `form` is empty"),
            ("ferryman\tperson\tm", "3 cells where the header has 5"),
        ],
    ),
    (
        "pronouns.tsv",
        "form\tperson\tnumber\tsex\tcase",
        &[
            ("thon\t7\tsingular\t\tsubject", "unknown value `7`"),
            ("thon\tthird\tsingular\t\tsubject", "unknown value `third`"),
            ("thon\t\tsingular\t\tsubject", "unknown value ``"),
            ("thon\t3\tsinglar\t\tsubject", "unknown number `singlar`"),
            ("thon\t3\tdual\t\tsubject", "unknown number `dual`"),
            ("thon\t3\tsingular\tn\tsubject", "unknown sex `n`"),
            ("thon\t3\tsingular\t\tsubjekt", "unknown value `subjekt`"),
            ("thon\t3\tsingular\t\tdative", "unknown value `dative`"),
            ("thon\t3\tsingular\t\t", "unknown value ``"),
            (
                "thon\t3\tsingular\tsubject",
                "4 cells where the header has 5",
            ),
        ],
    ),
    (
        "organization-suffixes.tsv",
        "form\tsort",
        &[
            ("wharf\tfoobar", "unknown value `foobar`"),
            ("wharf\tcompny", "unknown value `compny`"),
            ("wharf\t", "unknown value ``"),
            ("\tcompany", "the column `form` is empty"),
            ("wharf", "1 cells where the header has 2"),
        ],
    ),
    (
        "kinship.tsv",
        "form\tplural\tsex",
        &[
            ("stepaunt\tstepaunts\tfemale", "unknown sex `female`"),
            ("\tstepaunts\tf", "the column `form` is empty"),
            ("stepaunt\tf", "2 cells where the header has 3"),
        ],
    ),
    (
        "given-names.tsv",
        "name\tsex",
        &[
            ("Ilsabet\tfem", "unknown sex `fem`"),
            ("\tf", "the column `name` is empty"),
            ("Ilsabet", "1 cells where the header has 2"),
        ],
    ),
    (
        "surnames-common-words.tsv",
        "form\tuse",
        &[
            ("harbour\tfamly", "unknown value `famly`"),
            ("harbour\t", "unknown value ``"),
            ("\tfamily", "the column `form` is empty"),
        ],
    ),
    (
        "cues.tsv",
        "lemma\tpart\tforms\tframes\tact\tpolarity\tpreposition",
        &[
            (
                "blort\tverbb\tblort\tthat\tclaim\tneutral\t",
                "unknown part `verbb`",
            ),
            (
                "blort\tVerb\tblort\tthat\tclaim\tneutral\t",
                "unknown part `Verb`",
            ),
            (
                "blort\tverb\tblort\tthta\tclaim\tneutral\t",
                "unknown frame `thta`",
            ),
            (
                "blort\tverb\tblort\tthat,bare\tclaim\tneutral\t",
                "unknown frame `that,bare`",
            ),
            (
                "blort\tverb\tblort\tthat\tclame\tneutral\t",
                "unknown act `clame`",
            ),
            ("blort\tverb\tblort\tthat\t\tneutral\t", "unknown act ``"),
            (
                "blort\tverb\tblort\tthat\tclaim\tneutrl\t",
                "unknown polarity `neutrl`",
            ),
            (
                "blort\tverb\t\tthat\tclaim\tneutral\t",
                "`blort` has no form",
            ),
            (
                "blort\tverb\tblort\t\tclaim\tneutral\t",
                "`blort` has no frame",
            ),
            (
                "blort\tverb\tblort\tprep\tclaim\tneutral\t",
                "`blort` has a frame with `prep` and no preposition",
            ),
        ],
    ),
    (
        "tones.tsv",
        "form\ttone",
        &[
            ("blorty\tnegatve", "unknown tone `negatve`"),
            ("blorty\tbad", "unknown tone `bad`"),
            ("blorty\t", "unknown tone ``"),
            ("\tnegative", "the column `form` is empty"),
        ],
    ),
    (
        "words.tsv",
        "form\tclass",
        &[
            ("yonder\tlocatve", "nothing asks for the class `locatve`"),
            ("yonder\tLocative", "nothing asks for the class `Locative`"),
            (
                "yonder\tprepositon",
                "nothing asks for the class `prepositon`",
            ),
            ("yonder\t", "`yonder` is of no class"),
            ("\tlocative", "the column `form` is empty"),
            ("yonder locative", "1 cells where the header has 2"),
        ],
    ),
    (
        "calendar.tsv",
        "form\tclass\tvalue",
        &[
            ("Blortday\tweekdy\t1", "unknown class `weekdy`"),
            ("Blortday\tweekday\t8", "no weekday has the number 8"),
            ("Blortday\tweekday\tone", "`one` is no small number"),
            ("Blortember\tmonth\t13", "no month has the number 13"),
            ("Blortember\tmonth\t0", "no month has the number 0"),
            ("erstwhile\tdirection\t-2", "no direction has the number -2"),
            ("Stamped\tlabel\t7", "no label has the number 7"),
            ("Blortday\t\t1", "unknown class ``"),
            ("\tweekday\t1", "the column `form` is empty"),
            ("Blortday\tweekday", "2 cells where the header has 3"),
        ],
    ),
    (
        "abbreviations.tsv",
        "form\tsort",
        &[
            ("Blrt.\ttitel", "unknown value `titel`"),
            ("Blrt.\t", "unknown value ``"),
            ("\ttitle", "the column `form` is empty"),
        ],
    ),
    (
        "quotation-marks.tsv",
        "open\tclose\tapostrophe",
        &[
            ("⟪\t⟫\tnope", "unknown value `nope`"),
            ("⟪\t\tno", "`⟪` has no closing mark"),
            ("\t⟫\tno", "the column `open` is empty"),
        ],
    ),
    (
        "boilerplate.tsv",
        "pattern\tkind",
        &[("read (more\tlink", "no regular expression")],
    ),
];

#[test]
fn slips_of_the_pen_are_told_with_their_line_and_with_help() {
    let mut missed = Vec::new();
    for (list, header, rows) in TYPOS {
        for (row, told) in *rows {
            let text = format!("{header}\n{row}\n");
            let found = faults(&[(list, &text), ("more/people.tsv", "id\tname\n")]);
            let fits = found.iter().any(|fault| {
                fault.what.contains(told)
                    && fault.place.line == 2
                    && fault.place.file.ends_with(list)
                    && !fault.help.is_empty()
            });
            if !fits {
                missed.push(format!(
                    "{list}: {row:?} should be told `{told}`: {found:?}"
                ));
            }
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_slip_is_told_with_what_was_meant() {
    for (list, text, meant) in [
        ("words.tsv", "form\tclass\nyonder\tlocatve\n", "locative"),
        (
            "pronouns.tsv",
            "form\tperson\tnumber\tsex\tcase\nthon\t3\t\t\tsubjekt\n",
            "subject",
        ),
        (
            "organization-suffixes.tsv",
            "form\tsort\nwharf\tcompny\n",
            "company",
        ),
        (
            "organizations.tsv",
            "id\tname\tof\nrail\tRail\tnorwey\n",
            "norway",
        ),
        (
            "people.tsv",
            "id\tname\talias\nann-orr\tAnn Orr\t\n",
            "aliases",
        ),
        ("title.tsv", "form\trole\tsex\tsort\n", "titles.tsv"),
        ("tones.tsv", "form\ttone\nblorty\tnegatve\n", "negative"),
    ] {
        let found = faults(&[(list, text)]);
        let help = format!("did you mean `{meant}`?");
        assert!(
            found.iter().any(|f| f.help.contains(&help)),
            "{list}: {found:?}"
        );
    }
}

#[test]
fn every_class_of_words_is_asked_for() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut code = String::new();
    let mut folders = vec![std::path::PathBuf::from(root)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("it is there") {
            let path = entry.expect("it can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("it is text");
                // The set of them asks for nothing.
                let (before, after) = text.split_once("pub const CLASSES").unwrap_or((&text, ""));
                code.push_str(before);
                code.push_str(after.split_once("];").map_or(after, |(_, rest)| rest));
            }
        }
    }
    let unused: Vec<&str> = CLASSES
        .into_iter()
        .filter(|class| !code.contains(&format!("\"{class}\"")))
        .collect();
    assert_eq!(unused, [""; 0]);
    assert!(CLASSES.is_sorted());
}

#[test]
fn what_a_spreadsheet_saved_is_read_as_what_was_typed() {
    let plain = "id\tname\taliases\tweak\tsex\tids\n# ours\nann-orr\tAnn \"Duke\" Orr\tA. Orr, Jr.\t\tf\t\nzoe-lee\tZoë Lee\t\t\tf\t\n";
    let quoted = "id\tname\taliases\tweak\tsex\tids\n# ours\nann-orr\t\"Ann \"\"Duke\"\" Orr\"\t\"A. Orr, Jr.\"\t\tf\t\nzoe-lee\tZoë Lee\t\t\tf\t\n";
    let wide = |little: bool| -> Vec<u8> {
        let units = format!("\u{FEFF}{}", quoted.replace('\n', "\r\n"));
        let bytes = |unit: u16| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        units.encode_utf16().flat_map(bytes).collect()
    };
    let ways: Vec<Vec<u8>> = vec![
        plain.into(),
        format!("\u{FEFF}{plain}").into(),
        plain.replace('\n', "\r\n").into(),
        plain.replace('\n', "\r").into(),
        quoted.into(),
        plain
            .replace('\n', "\t\t\n")
            .replace("# ours\t\t", "# ours")
            .into(),
        wide(true),
        wide(false),
    ];
    for (way, bytes) in ways.iter().enumerate() {
        let desk = Desk::new();
        desk.write("people.tsv", bytes);
        let lexicon = Lexicon::load(&Folders {
            gazetteers: vec![desk.path(".")],
            bare: true,
            ..Folders::default()
        });
        let lexicon = lexicon.unwrap_or_else(|error| panic!("way {way}: {error:?}"));
        let world = &lexicon.world;
        let entry = world.entry(world.find("ann-orr").expect("it is listed"));
        assert_eq!(
            (entry.name, entry.place().line),
            ("Ann \"Duke\" Orr", 3),
            "way {way}"
        );
        let mut names: Vec<&str> = world.all_names().map(|name| name.written).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            ["A. Orr, Jr.", "Ann \"Duke\" Orr", "Zoë Lee"],
            "way {way}"
        );
    }
    let found = faults(&[("people.tsv", "sep=\t\nid\tname\nann-orr\tAnn Orr\n")]);
    assert_eq!(found, []);
    for text in [
        "sep=;\nid;name\nann-orr;Ann Orr\n",
        "id,name\nann-orr,Ann Orr\n",
    ] {
        let found = faults(&[("people.tsv", text)]);
        assert!(
            found[0].help.contains("tabs, not commas or semicolons"),
            "{found:?}"
        );
    }
    let desk = Desk::new();
    desk.write("people.tsv", b"id\tname\nzoe-lee\tZo\xEB Lee\n");
    let told = desk.run(&["check", "--gazetteers", "."]);
    told.fails(2, &["people.tsv:2: bytes that are no UTF-8"]);
}

fn pattern(line: &str) -> String {
    format!(
        "[[pattern]]\nid = \"mine\"\ndoc = \"Smith blorted.\"\nmatch = \"{line}\"\n\
         matches = ['Ann Orr said it was late. | Ann Orr | said | it was late']\nfails = ['Ann Orr left.']\n"
    )
}

#[test]
fn patterns_that_cannot_mean_what_they_say_are_faults() {
    for (line, told) in [
        (
            "source:SUBJECT cue:VERB(bare) SKIP? content:CLAUSE",
            "`SKIP?` may stand for nothing",
        ),
        (
            "source:SUBJECT cue:VERB(bare) SKIP MOD? SKIP content:CLAUSE",
            "two SKIP with nothing",
        ),
        (
            "source:SUBJECT cue:VERB(bare) MOD* MOD? content:CLAUSE",
            "two optional elements of one kind",
        ),
        (
            "source:SUBJECT cue:VERB(bare) content:CLAUSE*",
            "repeats and so fills no role",
        ),
        (
            "START? source:SUBJECT cue:VERB(bare) content:CLAUSE",
            "is a place and stands for nothing",
        ),
        (
            "source:SUBJECT cue:VERB(bare) content:SKIP",
            "fills no role",
        ),
        (
            "source:SUBJECT cue:VERB(bare content:CLAUSE",
            "is not closed",
        ),
        (
            "source:SUBJECT cue:VERB(bare|) content:CLAUSE",
            "nothing between two marks",
        ),
        ("source:SUBJECT cue:VERB content:CLAUSE", "names no frame"),
        (
            "source:SUBJECT cue:VERB(bare) MOD(as) content:CLAUSE",
            "`MOD` takes nothing in parentheses",
        ),
        (
            "source:SUBJECT cue:VERB(bare) PREP(agnet) content:CLAUSE",
            "unknown class of prepositions",
        ),
        (
            "source:SUBJECT cue:NOUN(that,passive) content:CLAUSE",
            "unknown frame `passive`",
        ),
        (
            "sorce:SUBJECT cue:VERB(bare) content:CLAUSE",
            "unknown role `sorce`",
        ),
    ] {
        let found = faults(&[("patterns/a.toml", &pattern(line))]);
        assert!(
            found.iter().any(|f| f.what.contains(told)),
            "{line}: {found:?}"
        );
    }
    let long = format!(
        "source:SUBJECT cue:VERB(bare) {} content:CLAUSE",
        "MOD? COMMA? ".repeat(12)
    );
    let found = faults(&[("patterns/a.toml", &pattern(&long))]);
    assert!(
        found[0].what.ends_with("has 26 elements beside its cue"),
        "{found:?}"
    );
}

#[test]
fn optional_elements_cost_no_more_than_their_number() {
    let row = "SKIP COMMA? MOD? LINK? MOD? COMMA? MOD? DASH? MOD? COMMA? MOD? LINK? MOD? COMMA? MOD? DASH? MOD? COMMA? MOD? content:QUOTE";
    let desk = desk(&[(
        "patterns/a.toml",
        &pattern(&format!("source:SUBJECT cue:VERB(bare) {row}")),
    )]);
    let lexicon = Lexicon::load(&Folders {
        queries: vec![desk.path(".")],
        ..Folders::default()
    })
    .expect("the line is sound");
    let text = format!(
        "The mayor said {} the ferry was late.",
        "quite, rather, slowly, ".repeat(40)
    );
    let document = sayso::Document::new("a.txt", text, sayso::Meta::default());
    let started = Instant::now();
    sayso::analyze(&document, &lexicon);
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn long_chains_of_merges_and_one_name_of_many_take_a_moment() {
    let count = 100_000;
    let mut merges = "same\tas\tname\n".to_owned();
    let mut people = "id\tname\n".to_owned();
    for n in 0..count {
        merges.push_str(&format!("chain {n}\tchain {}\t\n", n + 1));
        people.push_str(&format!("twin-{n}\tAnn Orr\n"));
    }
    let desk = desk(&[
        ("merges/merges.tsv", &merges),
        ("people/people.tsv", &people),
    ]);
    let load = |folder: &str| {
        Lexicon::load(&Folders {
            gazetteers: vec![desk.path(folder)],
            bare: true,
            ..Folders::default()
        })
        .expect("the lists are sound")
    };
    let started = Instant::now();
    let lexicon = load("merges");
    let first = lexicon
        .corrections
        .merge("chain-0", "")
        .expect("there is a row");
    assert_eq!(first.into.as_deref(), Some("chain-100000"));
    assert_eq!(
        audit(&load("people"), &|_| true)
            .iter()
            .filter(|f| f.check.is_fault())
            .count(),
        count - 1
    );
    // Many minutes when every row was compared with every other.
    assert!(
        started.elapsed() < Duration::from_secs(60),
        "{:?}",
        started.elapsed()
    );
    let circle = merges.replace(&format!("chain {count}\t"), "chain 5\t");
    desk.write("merges/merges.tsv", &circle);
    let told = Lexicon::load(&Folders {
        gazetteers: vec![desk.path("merges")],
        bare: true,
        ..Folders::default()
    });
    let Err(Error::Faults(faults)) = told else {
        panic!("a circle is a fault");
    };
    assert_eq!(faults.len(), count);
}

#[test]
fn saved_queries_that_can_never_run_are_told_and_hide_no_other() {
    let desk = desk(&[
        (
            "q/saved/one.sql",
            "-- title: One\nSELECT no_such_column FROM documents\n",
        ),
        (
            "q/saved/two.sql",
            "-- title: Two\n-- param: who = required\nSELECT name FROM documents WHERE name = :whom\n",
        ),
        (
            "q/saved/three.sql",
            "-- title: Three\nDELETE FROM documents\n",
        ),
        ("q/saved/four.sql", "SELECT 1\n"),
        (
            "q/saved/five.sql",
            "-- title: Five\nSELECT name FROM documents\n",
        ),
    ]);
    desk.write(
        "q/saved/bytes.sql",
        b"-- title: Bytes\n-- about: \xFF\nSELECT 1\n",
    );
    desk.write("names/people.tsv", PEOPLE.replace("\tf\t", "\tx\t"));
    let told = desk.run(&["check", "--queries", "q", "--gazetteers", "names"]);
    told.fails(
        2,
        &[
            "names/people.tsv:2: unknown sex `x`",
            "q/saved/bytes.sql:2: bytes that are no UTF-8",
            "q/saved/four.sql:1: no title",
            "q/saved/one.sql:1: it can never run: ",
            "no such column: no_such_column",
            "q/saved/three.sql:1: it can never run: ",
            "q/saved/two.sql:1: `:whom` has no line",
            "q/saved/two.sql:1: nothing asks for the parameter `who`",
        ],
    );
    assert!(!told.err.contains("five.sql"), "{}", told.err);
}

const NEWS: &str = "Harbour stays open\n\nThe harbour would stay open, Ann Orr told reporters on Monday.\n\n\
    Robert Lee, the head of the union, denied that he had accused Ann Orr of lying about the closure.\n";

#[test]
fn corrections_that_name_nobody_are_told() {
    let desk = desk(&[("news/2025-05-02-gazette.txt", NEWS)]);
    desk.write(
        "mine/merges.tsv",
        "same\tas\tname\nRobert Lee\tben-cardn\t\nRob Leigh\tAnn Orr\t\n",
    );
    desk.write(
        "mine/splits.tsv",
        "name\tis\tin\nAnn Orr\tAnn Orr (baker)\tno-such-paper\n",
    );
    let without = desk.run(&["check", "--gazetteers", "mine"]);
    without.fails(
        2,
        &[
            "mine/merges.tsv:2: no entry is called `ben-cardn`\n  help: did you mean `ben-cardin`?",
            "mine/merges.tsv:3: note: no list knows `Rob Leigh`",
        ],
    );
    let built = desk.run(&["build", "news", "--gazetteers", "mine", "-q"]);
    built.fails(
        0,
        &[
            "mine/merges.tsv:2: no entry is called `ben-cardn`\n  help: did you mean `ben-cardin`?",
            "mine/merges.tsv:3: no entry is called `Rob Leigh`",
            "mine/splits.tsv:2: no outlet and no document is `no-such-paper`",
        ],
    );
    let with = desk.run(&["check", "--gazetteers", "mine"]);
    with.fails(
        2,
        &["3 faults", "`ben-cardn`", "`Rob Leigh`", "`no-such-paper`"],
    );
    desk.write(
        "mine/merges.tsv",
        "same\tas\tname\nRobert Lee\tben-cardin\t\n",
    );
    desk.write(
        "mine/splits.tsv",
        "name\tis\tin\nAnn Orr\tAnn Orr (baker)\tgazette\n",
    );
    let built = desk.run(&["build", "news", "--gazetteers", "mine", "-q"]);
    assert_eq!((built.code, built.err.as_str()), (Some(0), ""));
    let sound = desk.run(&["check", "--gazetteers", "mine"]);
    assert_eq!((sound.code, sound.err.as_str()), (Some(0), ""));
}

#[test]
fn corrections_are_written_by_commands() {
    let desk = desk(&[("news/2025-05-02-gazette.txt", NEWS)]);
    assert_eq!(desk.run(&["build", "news", "-q"]).code, Some(0));
    let merge = ["merge", "Robert Lee", "Ann Orr", "--gazetteers", "mine"];
    desk.run(&merge)
        .fails(2, &["there is no folder `mine`", "--create"]);
    let made = desk.run(&[&merge[..], &["--create"]].concat());
    assert_eq!(
        made.out, "mine/merges.tsv:2: Robert Lee · Ann Orr\n",
        "{}",
        made.err
    );
    let again = desk.run(&merge);
    assert_eq!(
        (again.code, again.out.as_str()),
        (
            Some(0),
            "mine/merges.tsv:2: Robert Lee · Ann Orr (was there)\n"
        )
    );
    let rename = desk.run(&[
        "rename",
        "ann-orr",
        "Ann Orr of the ferries",
        "--gazetteers",
        "mine",
    ]);
    assert_eq!(
        rename.out, "mine/merges.tsv:3: ann-orr · Ann Orr of the ferries\n",
        "{}",
        rename.err
    );
    let split = desk.run(&[
        "split",
        "Ann Orr",
        "--in",
        "gazette",
        "--gazetteers",
        "mine",
    ]);
    assert_eq!(
        split.out, "mine/splits.tsv:2: Ann Orr · Ann Orr (gazette) · gazette\n",
        "{}",
        split.err
    );
    let read = |file: &str| std::fs::read_to_string(desk.path(file)).expect("it is written");
    let merges = "same\tas\tname\nRobert Lee\tAnn Orr\t\nann-orr\t\tAnn Orr of the ferries\n";
    assert_eq!(read("mine/merges.tsv"), merges);
    assert_eq!(
        read("mine/splits.tsv"),
        "name\tis\tin\nAnn Orr\tAnn Orr (gazette)\tgazette\n"
    );
    for (line, told) in [
        (
            &["merge", "norway", "ben-cardn"][..],
            &[
                "no entry is called `ben-cardn`",
                "did you mean `ben-cardin`?",
            ][..],
        ),
        (
            &["merge", "Robrt Lee", "Ann Orr"],
            &[
                "no entry is called `Robrt Lee`",
                "did you mean `Robert Lee`?",
            ],
        ),
        (
            &["merge", "Robert Lee", "Robert Lee"],
            &["is merged into itself"],
        ),
        (
            &["merge", "Robert Lee", "norway"],
            &["`Robert Lee` has a row already, line 2 of merges.tsv"],
        ),
        (
            &["split", "Ann Orr", "--is", "norway", "--in", "gazette"],
            &["has a row for this already"],
        ),
        (
            &["split", "Ann Orr", "--in", "no-such-paper"],
            &["no outlet and no document is `no-such-paper`"],
        ),
        (
            &["rename", "Robert\tLee", "Bob"],
            &["cannot stand in a list"],
        ),
    ] {
        desk.run(&[line, &["--gazetteers", "mine"]].concat())
            .fails(2, told);
    }
    desk.run(&["merge", "Robert Lee", "Ann Orr"])
        .fails(2, &["no folder is given"]);
    assert_eq!(
        read("mine/merges.tsv"),
        merges,
        "what was refused is not written"
    );
    assert_eq!(desk.run(&["check", "--gazetteers", "mine"]).code, Some(0));
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

/// `text` with a few cells, lines or characters exchanged for others.
fn mutated(text: &str, chance: &mut Chance) -> String {
    const PIECES: &[&str] = &[
        "\t",
        "\t\t",
        "|",
        "\n",
        "#",
        "\"",
        "",
        "x",
        "-1",
        "999999999999",
        "ann-orr",
        "norway",
        "é",
        "\u{FEFF}",
        "\u{202E}",
        "sep=",
        "verb",
        "that",
        "SKIP",
        "MOD?",
        "MOD*",
        "cue:VERB(that)",
        "content:QUOTE",
        "(",
        ")",
        ":",
        "?",
        "*",
        "2020-02-31",
        "thing",
        "'",
        "[[pattern]]",
        "id = \"a\"",
        "\0",
    ];
    let mut text = text.to_owned();
    for _ in 0..=chance.below(3) {
        let mut cut = || {
            let mut at = chance.below(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (one, other) = (cut(), cut());
        let range = match chance.below(3) {
            0 => one..one,
            _ => one.min(other)..one.max(other).min(one.min(other) + 12),
        };
        if text.is_char_boundary(range.end) {
            text.replace_range(range, PIECES[chance.below(PIECES.len())]);
        }
    }
    text
}

#[test]
fn what_one_run_accepts_the_next_does_and_what_it_refuses_too() {
    const LISTS: &[(&str, &str)] = &[
        ("people.tsv", PEOPLE),
        (
            "places.tsv",
            "id\tname\taliases\tadjectives\tpeople\tsort\tin\tpopulation\trisk\nnorway\tNorway\t\tNorwegian\tNorwegians\tcountry\t\t5000\t\noslo\tOslo\tOslo City\t\t\tcity\tnorway\t700\tword\n",
        ),
        (
            "organizations.tsv",
            "id\tname\taliases\tweak\tsort\tof\tacts_for\tids\tshared\nrail\tRail Board\tRB\tBoard\tagency\tnorway\tnorway\t\tThe Board\n",
        ),
        (
            "roles.tsv",
            "person\ttitle\tof\tfrom\tto\nann-orr\tmayor\tnorway\t2020-01-01\t2021\n",
        ),
        (
            "merges.tsv",
            "same\tas\tname\nBob Lee\tAnn Orr\t\nCy Poe\t\tCyril Poe\n",
        ),
        (
            "splits.tsv",
            "name\tis\tin\nAnn Orr\tAnn Orr (baker)\tgazette\n",
        ),
        (
            "words.tsv",
            "form\tclass\nthat\tlink\nof\tgenitive\nthe\tarticle\n",
        ),
        (
            "cues.tsv",
            "lemma\tpart\tforms\tframes\tact\tpolarity\tpreposition\nsay\tverb\tsay|says|said\tquote|that|bare\tstate\tneutral\t\n",
        ),
        (
            "pronouns.tsv",
            "form\tperson\tnumber\tsex\tcase\nshe\t3\tsingular\tf\tsubject\n",
        ),
        ("calendar.tsv", "form\tclass\tvalue\nmonday\tweekday\t1\n"),
        (
            "titles.tsv",
            "form\trole\tsex\tsort\nMayor\tmayor\t\toffice\n",
        ),
        (
            "patterns/a.toml",
            "[[pattern]]\nid = \"said\"\ndoc = \"Smith said that …\"\nmatch = \"source:SUBJECT cue:VERB(that) MOD* LINK? content:CLAUSE\"\nmatches = ['Ann Orr said that it was late. | Ann Orr | said | it was late']\nfails = ['Ann Orr left.']\n",
        ),
    ];
    let article = "Mayor Ann Orr said that the Rail Board of Norway was late on Monday. She said Bob Lee left Oslo.";
    let mut chance = Chance(0xFACE);
    let (mut accepted, mut refused) = (0, 0);
    for _ in 0..600 {
        let desk = Desk::new();
        let changed = chance.below(LISTS.len());
        for (at, (name, text)) in LISTS.iter().enumerate() {
            match at == changed {
                true => desk.write(name, mutated(text, &mut chance)),
                false => desk.write(name, text),
            }
        }
        let folder = desk.path(".");
        let load = || {
            Lexicon::load(&Folders {
                gazetteers: vec![folder.clone()],
                queries: vec![folder.clone()],
                bare: true,
                cache: Some(desk.path("cache")),
                ..Folders::default()
            })
        };
        let run = || -> Result<String, String> {
            let lexicon = load().map_err(|error| match error {
                Error::Faults(faults) => format!("{faults:?}"),
                other => panic!("{other}"),
            })?;
            let document = sayso::Document::new("a.txt", article, sayso::Meta::default());
            let analysis = sayso::analyze(&document, &lexicon);
            Ok(format!(
                "{} {:?} {:?} {:?}",
                lexicon.fingerprint(),
                rehearse(&lexicon),
                analysis.entities,
                analysis.statements
            ))
        };
        let (first, second) = (run(), run());
        assert_eq!(first, second, "{}", LISTS[changed].0);
        match first {
            Ok(_) => accepted += 1,
            Err(_) => refused += 1,
        }
    }
    assert!(
        accepted > 30 && refused > 30,
        "{accepted} accepted, {refused} refused"
    );
}
