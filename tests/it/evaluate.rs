//! Statements against gold: small gold of our own with figures worked out by hand, and the scorers' own digits.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sayso::evaluate::{
    Attribution, By, Faults, brat, folder, groups, labels, polnear, record, reliability,
};
use sayso::model::{
    Act, ContentKind, CueUse, Polarity, Provenance, Source, Span, Standing, Statement,
};
use serde_json::Value;

const TEXT: &str =
    "Ann Orr said that the bridge is safe. Bob Lee denied the claim. The mayor warned of floods.";

const STANDOFF: &str = "T1\tSource 0 7\tAnn Orr\nT2\tCue 8 12\tsaid\nT3\tContent 13 36\tthat the bridge is safe\n\
T4\tAttribution 8 12\tsaid\nE1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n\
T5\tSource 38 45\tBob Lee\nT6\tCue 46 52\tdenied\nT7\tContent 53 62\tthe claim\n\
E2\tAttribution:T6 Source:T5 Cue:T6 Content:T7\n\
T8\tSource 64 73\tThe mayor\nT9\tContent 81 83;84 90\tof floods\nE3\tAttribution:T8 Source:T8 Content:T9\n";

/// The first right, the second from the wrong source, the third in no gold, the fourth inside the first.
const RECORD: &str = concat!(
    r#"{"document":"texts/one.txt","statements":["#,
    r#"{"id":"s1","source":{"entity":"ann","start":0,"end":7},"cue":{"start":8,"end":12,"lemma":"say"},"content":[{"start":18,"end":36}],"kind":"indirect","confidence":0.9,"rule":"a"},"#,
    r#"{"id":"s2","source":{"entity":"ann","start":0,"end":7},"cue":{"start":46,"end":52,"lemma":"deny"},"content":[{"start":53,"end":62}],"kind":"indirect","confidence":0.8,"rule":"b"},"#,
    r#"{"id":"s3","source":null,"cue":null,"content":[{"start":22,"end":28}],"kind":"indirect","confidence":0.3,"rule":"b"},"#,
    r#"{"id":"s4","source":null,"cue":null,"content":[{"start":29,"end":36}],"kind":"indirect","parent":"s1","confidence":0.9,"rule":"a"}]}"#,
    "\n"
);

/// A PolNeAR-style folder with one text and what was found in it.
fn gold_folder(standoff: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in [
        ("gold/text/one.txt", TEXT),
        ("gold/attributions/one_a1.ann", standoff),
        ("gold/attributions/one_a2.ann", "a later annotator\n"),
        ("system.jsonl", RECORD),
    ] {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    let gold = folder.path().join("gold");
    (folder, gold)
}

fn sayso(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sayso"))
        .args(arguments)
        .output()
        .expect("sayso runs")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The figure, with two decimals.
fn two(value: &Value) -> String {
    format!("{:.2}", value.as_f64().expect("a number"))
}

fn prf(value: &Value, f: &str) -> [String; 3] {
    [two(&value["p"]), two(&value["r"]), two(&value[f])]
}

#[test]
fn standoff_gives_attributions_with_all_their_parts_and_faults_their_lines() {
    let mut faults = Faults::default();
    let found = brat::parse("one.ann", STANDOFF, &mut faults);
    assert_eq!(faults, Faults::default());
    let third = Attribution {
        source: vec![(64, 73)],
        cue: vec![],
        content: vec![(81, 83), (84, 90)],
    };
    assert_eq!(found.len(), 3);
    assert_eq!(found[2], third);
    brat::parse(
        "one.ann",
        "T1\tSource 7 0\tx\nE1\tAttribution\n",
        &mut faults,
    );
    let lines: Vec<usize> = faults.0.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [1, 2]);
}

#[test]
fn a_document_is_scored_as_worked_out_by_hand() {
    let (_keep, gold) = gold_folder(STANDOFF);
    let documents = folder::annotated(&gold).expect("gold");
    let records = record::parse("system.jsonl", RECORD).expect("records");
    let report = polnear::report(vec![polnear::score(&documents[0], records.get("one.txt"))]);
    let figures = &report.figures;
    assert_eq!(
        prf(&figures["all.content@50"], "f"),
        ["66.67", "66.67", "66.67"]
    );
    assert_eq!(
        prf(&figures["all.pair@50.len"], "f"),
        ["50.00", "33.33", "40.00"]
    );
    assert_eq!(
        prf(&figures["token.source.words"], "f"),
        ["100.00", "33.33", "50.00"]
    );
    assert_eq!(two(&figures["all.source_acc@50.len"]), "50.00");
    assert_eq!(figures["counts"]["system"], 3);
    let missed: Vec<_> = report
        .misses
        .iter()
        .map(|m| (m.start, m.content.as_str()))
        .collect();
    assert_eq!(missed, [(81, "of … floods")]);
    let spurious: Vec<_> = report
        .verdicts
        .iter()
        .filter(|v| !v.paired)
        .map(|v| v.start)
        .collect();
    assert_eq!(spurious, [22]);
    let rules: Vec<_> = groups(&report.verdicts, By::Rule)
        .into_iter()
        .map(|g| (g.name, g.found, g.paired, g.right))
        .collect();
    assert_eq!(
        rules,
        [("b".to_owned(), 2, 1, 0), ("a".to_owned(), 1, 1, 1)]
    );
    let table = reliability(&report.verdicts);
    // (|0.9 − 1| + |0.8 − 0| + |0.3 − 0|) / 3
    assert_eq!(format!("{:.6}", table.error), "0.400000");
    assert_eq!(table.bins[8].statements, 1);
}

#[test]
fn labels_tell_of_each_statement_whether_gold_has_it() {
    let statement = |content: (u32, u32), source: Option<(u32, u32)>, parent| Statement {
        source: source.map(|(start, end)| Source {
            entity: None,
            span: Some(Span::new(start, end)),
            continued: false,
        }),
        cue: None::<CueUse>,
        content: vec![Span::new(content.0, content.1)],
        kind: ContentKind::Indirect,
        act: Act::State,
        negated: false,
        standing: Standing::Firsthand,
        addressees: vec![],
        about: vec![],
        targets: vec![],
        polarity: Polarity::Neutral,
        parent,
        said_on: None,
        confidence: 0.5,
        provenance: Provenance {
            evidence: Span::new(0, 37),
            rule: "a".to_owned(),
            sieves: vec![],
            lines: vec![],
            signs: sayso::model::Signs::of_rules(0, 0),
        },
    };
    let statements = [
        statement((18, 36), Some((0, 7)), None),
        statement((53, 62), Some((0, 7)), None),
        statement((22, 28), None, None),
        statement((29, 36), None, Some(0)),
    ];
    let gold = brat::parse("one.ann", STANDOFF, &mut Faults::default());
    let found: Vec<_> = labels(TEXT, &statements, &gold)
        .into_iter()
        .map(|label| (label.judged, label.paired, label.source_right))
        .collect();
    let wanted = [
        (true, true, true),
        (true, true, false),
        (true, false, false),
        (false, false, false),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn eval_prints_lists_and_keeps_the_surer_statements() {
    let (keep, gold) = gold_folder(STANDOFF);
    let system = keep.path().join("system.jsonl");
    let (gold, system) = (gold.to_string_lossy(), system.to_string_lossy());
    let common = ["eval", &gold, "--system", &system, "--format", "json"];
    let output = sayso(
        &[
            &common[..],
            &["--misses", "--spurious", "--by", "cue", "--reliability"],
        ]
        .concat(),
    );
    assert_eq!(output.status.code(), Some(0));
    let all = json(&output);
    assert_eq!(all["misses"][0]["start"], 81);
    assert_eq!(all["spurious"][0]["content"], "bridge");
    assert_eq!(all["by"].as_array().map(Vec::len), Some(3));
    assert_eq!(two(&all["ece"]), "0.40");
    let surer = json(&sayso(
        &[&common[..], &["--min-confidence", "0.85"]].concat(),
    ));
    assert_eq!(
        prf(&surer["all.pair@50.len"], "f"),
        ["100.00", "33.33", "50.00"]
    );
    let none = sayso(&[&common[..], &["--min-confidence", "1"]].concat());
    assert_eq!(none.status.code(), Some(1));
    let beyond = sayso(&[&common[..], &["--min-confidence", "1.5"]].concat());
    assert_eq!(beyond.status.code(), Some(2));
}

#[test]
fn a_fault_in_gold_is_told_with_file_line_and_help() {
    let (_keep, gold) = gold_folder("T1\tSource x 7\tAnn Orr\n");
    let output = sayso(&["eval", &gold.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        message.contains("one_a1.ann:1: no span: `Source x 7`"),
        "{message}"
    );
    assert!(message.contains("help: "), "{message}");
}

#[test]
fn gold_with_entities_is_scored_as_worked_out_by_hand() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("gold")).expect("a folder");
    fs::create_dir_all(path("docs")).expect("a folder");
    fs::write(path("docs/one.txt"), TEXT).expect("a file");
    let gold = r#"{"doc":"one.txt","entities":[
      {"id":"a","type":"person","name":"Ann Orr","mentions":[{"text":"Ann Orr","occurrence":0}]},
      {"id":"b","type":"person","name":"Bob Lee","mentions":[{"text":"Bob Lee","occurrence":0}]}],
     "statements":[
      {"id":"g1","source":"a","source_text":{"text":"Ann Orr","occurrence":0},"cue":{"text":"said","occurrence":0},
       "content":[{"text":"the bridge is safe","occurrence":0}],"kind":"indirect","act":"state","negated":false,
       "addressee":[],"about":[],"target":[],"polarity":"neutral","parent":null},
      {"id":"g2","source":"b","source_text":{"text":"Bob Lee","occurrence":0},"cue":{"text":"denied","occurrence":0},
       "content":[{"text":"the claim","occurrence":0}],"kind":"indirect","act":"deny","negated":false,
       "addressee":[],"about":[],"target":["a"],"polarity":"negative","parent":null}]}"#;
    fs::write(path("gold/one.json"), gold).expect("a file");
    let record = r#"{"document":"one.txt","entities":[{"id":"ann","type":"person","name":"Ann Orr"},{"id":"bob","type":"group","name":"Bob Lee"}],"mentions":[{"start":0,"end":7,"kind":"name","entity":"ann"},{"start":38,"end":45,"kind":"name","entity":"bob"}],"statements":[{"id":"s1","source":{"entity":"ann","start":0,"end":7},"cue":{"start":8,"end":12,"lemma":"say"},"content":[{"start":18,"end":36}],"kind":"indirect","act":"claim","negated":false,"addressees":[],"about":[],"targets":[],"polarity":"neutral","parent":null,"confidence":0.9,"rule":"a"},{"id":"s2","source":{"entity":"bob","start":38,"end":45},"cue":{"start":46,"end":52,"lemma":"deny"},"content":[{"start":53,"end":62}],"kind":"indirect","act":"deny","negated":false,"addressees":[],"about":[],"targets":[{"entity":"ann","polarity":"negative"}],"polarity":"negative","parent":null,"confidence":0.9,"rule":"a"},{"id":"s3","source":null,"cue":null,"content":[{"start":84,"end":90}],"kind":"direct","act":"state","negated":false,"addressees":[],"about":[],"targets":[],"polarity":"neutral","parent":null,"confidence":0.9,"rule":"b"}]}"#;
    fs::write(path("system.jsonl"), record).expect("a file");
    let output = sayso(&[
        "eval",
        &path("gold").to_string_lossy(),
        "--system",
        &path("system.jsonl").to_string_lossy(),
        "--format",
        "json",
    ]);
    let all = json(&output);
    assert_eq!(prf(&all["statements"], "f1"), ["66.67", "100.00", "80.00"]);
    assert_eq!(prf(&all["who-what"], "f1"), ["66.67", "100.00", "80.00"]);
    assert_eq!(prf(&all["edge"], "f1"), ["100.00", "100.00", "100.00"]);
    assert_eq!(two(&all["mentions.linked"]), "100.00");
    assert_eq!(two(&all["mentions.typed"]), "50.00");
    assert_eq!(two(&all["act.accuracy"]), "50.00");
}

#[test]
fn extract_leaves_out_what_is_less_sure() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("one.txt");
    fs::write(&file, TEXT).expect("a file");
    let file = file.to_string_lossy();
    let all = json(&sayso(&["extract", &file]));
    let statements = all["statements"].as_array().expect("statements");
    assert!(!statements.is_empty());
    let sure = sayso(&["extract", &file, "--min-confidence", "1"]);
    let left = statements.iter().filter(|s| s["confidence"] == 1.0).count();
    assert_eq!(
        json(&sure)["statements"].as_array().map(Vec::len),
        Some(left)
    );
}

/// The folder of the public data and their scorers, where it stands beside the project and Python can be run.
fn scorers() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/eval");
    let python = Command::new("python3").arg("--version").output().is_ok();
    let there = python && folder.join("score_polnear.py").is_file();
    if !there {
        eprintln!("skipped: no python3 or no ../shared/eval to compare with");
    }
    there.then_some(folder)
}

#[test]
fn figures_agree_with_the_scorers_to_the_last_digit() {
    let Some(folder) = scorers() else { return };
    let keep = tempfile::tempdir().expect("a folder");
    let path = |name: &str| keep.path().join(name).to_string_lossy().into_owned();
    let shared = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let extract = |texts: &str, to: &str| {
        let output = sayso(&["extract", texts]);
        fs::write(path(to), output.stdout).expect("a file");
    };
    let score = |arguments: &[String]| {
        let output = Command::new("python3")
            .args(arguments)
            .output()
            .expect("python3 runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    let read = |name: &str| -> Value {
        serde_json::from_slice(&fs::read(path(name)).expect("figures")).expect("JSON")
    };

    extract(&shared("polnear/dev/text"), "dev.jsonl");
    score(&[
        shared("score_polnear.py"),
        "--gold".into(),
        shared("polnear/dev"),
        "--sys".into(),
        path("dev.jsonl"),
        "--json".into(),
        path("dev.json"),
    ]);
    let mut wanted = read("dev.json");
    wanted.as_object_mut().expect("figures").remove("label");
    let dev = shared("polnear/dev");
    assert_eq!(json(&sayso(&["eval", &dev, "--format", "json"])), wanted);
    let given = sayso(&[
        "eval",
        &dev,
        "--system",
        &path("dev.jsonl"),
        "--format",
        "json",
    ]);
    assert_eq!(json(&given), wanted);

    extract(&shared("seeds/docs"), "seeds.jsonl");
    score(&[
        shared("score_gold.py"),
        shared("seeds/docs"),
        shared("seeds/gold"),
        path("seeds.jsonl"),
        "--json".into(),
        path("seeds.json"),
    ]);
    let seeds = shared("seeds/gold");
    assert_eq!(
        json(&sayso(&["eval", &seeds, "--format", "json"])),
        read("seeds.json")
    );
}

#[test]
fn judgements_are_counted_by_what_gave_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("gold")).expect("a folder");
    fs::create_dir_all(path("docs")).expect("a folder");
    let text = "Ann Orr accused Denmark of negligence. Ann Orr accused Norway of negligence.\n";
    fs::write(path("docs/one.txt"), text).expect("a file");
    let statement = |id: &str, nth: u32, act: &str, target: &str| {
        format!(
            r#"{{"id":"{id}","source":"a","source_text":{{"text":"Ann Orr","occurrence":{nth}}},"cue":{{"text":"accused","occurrence":{nth}}},
            "content":[{{"text":"negligence","occurrence":{nth}}}],"kind":"indirect","act":"{act}","negated":false,
            "addressee":[],"about":[],"target":["{target}"],"polarity":"negative","parent":null}}"#
        )
    };
    let entity = |id: &str, name: &str, kind: &str, times: std::ops::Range<u32>| {
        let mentions: Vec<String> = times
            .map(|nth| format!(r#"{{"text":"{name}","occurrence":{nth}}}"#))
            .collect();
        format!(
            r#"{{"id":"{id}","type":"{kind}","name":"{name}","mentions":[{}]}}"#,
            mentions.join(",")
        )
    };
    // The second one is an act and a target that nobody would read.
    let gold = format!(
        r#"{{"doc":"one.txt","entities":[{},{},{}],"statements":[{},{}]}}"#,
        entity("a", "Ann Orr", "person", 0..2),
        entity("d", "Denmark", "place", 0..1),
        entity("n", "Norway", "place", 0..1),
        statement("g1", 0, "accuse", "d"),
        statement("g2", 1, "praise", "d"),
    );
    fs::write(path("gold/one.json"), gold).expect("a file");
    let folder = path("gold").to_string_lossy().into_owned();
    let common = ["eval", &folder, "--by", "judgement", "--format", "json"];
    let all = json(&sayso(&common));
    let rows = all["by"].as_array().expect("it is a list");
    let row = |name: &str| {
        let row = rows.iter().find(|row| row["judgement"] == name);
        let row = row.unwrap_or_else(|| panic!("no {name} in {rows:?}"));
        [&row["found"], &row["paired"], &row["right"]].map(serde_json::Value::as_u64)
    };
    assert_eq!(row("act cue"), [Some(2), Some(2), Some(1)]);
    assert_eq!(row("polarity cue"), [Some(2), Some(2), Some(2)]);
    assert_eq!(row("target captured"), [Some(2), Some(2), Some(1)]);
    let output = sayso(&[&common[..], &["--system", "none.jsonl"]].concat());
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(
        error.contains("--by judgement needs gold in *.json, and reads the texts itself"),
        "{error}"
    );
}
