//! Exports of a small graph, whole; and of any graph, that no name breaks the file.

use proptest::prelude::*;
use sayso::export::{Level, Options, csv, dot, graphml, json, svg};
use sayso::graph::{Filter, Graph};
use sayso::model::{Act, ContentKind, EntityKind, EntityRow, Polarity, Standing, StatementRow};

use crate::graph::{at, day, entity, said};

/// Ana accuses Ivo twice, Ivo denies it, the council speaks of Ana.
fn harbour() -> (Vec<EntityRow>, Vec<StatementRow>) {
    let named = |id: &str, kind, name: &str| EntityRow {
        name: name.to_owned(),
        ..entity(id, kind)
    };
    let entities = vec![
        named("ana-lund", EntityKind::Person, "Ana Lund"),
        named("ivo-brandt", EntityKind::Person, "Ivo \"Ax\" Brandt"),
        named(
            "council",
            EntityKind::Organization,
            "Council of Ports & Harbours",
        ),
    ];
    let statements = vec![
        at(
            1,
            "ana-lund",
            Act::Accuse,
            ("ivo-brandt", Polarity::Negative),
        ),
        StatementRow {
            said_on: Some(day("2024-03-01")),
            kind: ContentKind::Direct,
            content: "\"He sold it\"".to_owned(),
            sentence: "\"He sold it\", she said.".to_owned(),
            ..at(
                2,
                "ana-lund",
                Act::Accuse,
                ("ivo-brandt", Polarity::Negative),
            )
        },
        at(3, "ivo-brandt", Act::Deny, ("ana-lund", Polarity::Neutral)),
        said(4, "council", Act::State, &["ana-lund"]),
    ];
    (entities, statements)
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> Result<(), sayso::export::Error>) -> String {
    let mut out = Vec::new();
    write(&mut out).expect("a vector takes everything");
    String::from_utf8(out).expect("every export is UTF-8")
}

const PAIRS: Options = Options {
    level: Level::Pair,
    betweenness: false,
    raw: false,
    max_edges: None,
};
const STATEMENTS: Options = Options {
    level: Level::Statement,
    betweenness: false,
    raw: false,
    max_edges: None,
};

/// The graph in all formats.
fn all_formats(entities: &[EntityRow], statements: &[StatementRow]) -> Vec<String> {
    let graph = Graph::build(entities, statements, &Filter::default());
    let mut texts = Vec::new();
    for level in [Level::Pair, Level::Statement] {
        let options = Options {
            level,
            betweenness: true,
            ..Options::default()
        };
        let drawing = dot::Drawing {
            level,
            documents_at: Some("file:".to_owned()),
            ..dot::Drawing::default()
        };
        texts.push(written(|out| dot::write(out, &graph, &drawing)));
        texts.push(written(|out| graphml::write(out, &graph, &options)));
        texts.push(written(|out| json::write(out, &graph, &options)));
        texts.push(written(|out| csv::write_edges(out, &graph, &options)));
        texts.push(written(|out| csv::write_entities(out, &graph, &options)));
    }
    texts
}

#[test]
fn dot_draws_kinds_stances_weights_and_mentions() {
    let (entities, statements) = harbour();
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let drawing = dot::Drawing {
        title: Some("Harbour talks".to_owned()),
        mentions: true,
        documents_at: Some("https://example.org/".to_owned()),
        ..dot::Drawing::default()
    };
    assert_eq!(written(|out| dot::write(out, &graph, &drawing)), DOT);
}

#[test]
fn dot_draws_the_heaviest_edges_and_says_so() {
    let (entities, statements) = harbour();
    let graph = Graph::build(&entities, &statements, &Filter::default());
    for (level, max_edges, comment, drawn) in [
        (
            Level::Pair,
            1,
            "// Drawn: the 1 heaviest of 3 edges.",
            vec!["ana-lund", "ivo-brandt"],
        ),
        (
            Level::Statement,
            3,
            "// Drawn: the 3 surest of 4 edges.",
            vec!["ana-lund", "ivo-brandt"],
        ),
    ] {
        let drawing = dot::Drawing {
            level,
            max_edges,
            mentions: true,
            ..dot::Drawing::default()
        };
        let text = written(|out| dot::write(out, &graph, &drawing));
        assert_eq!(text.lines().nth(1), Some(comment));
        let entities: Vec<&str> = text
            .lines()
            .filter(|line| line.contains("shape="))
            .filter_map(|line| line.split('"').nth(1))
            .collect();
        assert_eq!(entities, drawn);
        assert_eq!(text.matches(" -> ").count(), max_edges);
    }
}

#[test]
fn an_edge_of_many_acts_is_labelled_with_the_most_frequent() {
    let (entities, _) = harbour();
    let acts = [
        Act::Warn,
        Act::Deny,
        Act::Accuse,
        Act::Deny,
        Act::Threaten,
        Act::Ask,
    ];
    let statements: Vec<StatementRow> = (1..)
        .zip(acts)
        .map(|(id, act)| StatementRow {
            standing: match act {
                Act::Accuse => Standing::Denied,
                _ => Standing::Firsthand,
            },
            ..at(id, "ana-lund", act, ("council", Polarity::Neutral))
        })
        .collect();
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let text = written(|out| dot::write(out, &graph, &dot::Drawing::default()));
    let label = r#"[label="2 × deny\nnot accuse\nwarn\nand 2 more", "#;
    assert!(text.contains(label), "{text}");
}

#[test]
fn graphml_types_its_properties() {
    let (entities, statements) = harbour();
    let graph = Graph::build(&entities, &statements, &Filter::default());
    assert_eq!(written(|out| graphml::write(out, &graph, &PAIRS)), GRAPHML);
}

#[test]
fn graphml_of_statements_gives_parallel_edges_their_own_ids_and_words() {
    let (entities, statements) = harbour();
    let graph = Graph::build(&entities, &statements[1..2], &Filter::default());
    let text = written(|out| graphml::write(out, &graph, &STATEMENTS));
    let edge = &text[text.find("    <edge").expect("there is an edge")..];
    assert_eq!(edge, GRAPHML_STATEMENT);
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let text = written(|out| graphml::write(out, &graph, &STATEMENTS));
    let heads: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("<edge "))
        .map(str::trim)
        .collect();
    assert_eq!(
        heads,
        [
            r#"<edge id="00000000000000-1:to:ivo-brandt" source="ana-lund" target="ivo-brandt">"#,
            r#"<edge id="00000000000000-2:to:ivo-brandt" source="ana-lund" target="ivo-brandt">"#,
            r#"<edge id="00000000000000-4:to:ana-lund" source="council" target="ana-lund">"#,
            r#"<edge id="00000000000000-3:to:ana-lund" source="ivo-brandt" target="ana-lund">"#,
        ]
    );
}

#[test]
fn json_is_node_link() {
    let (entities, statements) = harbour();
    let graph = Graph::build(&entities, &statements[..2], &Filter::default());
    assert_eq!(written(|out| json::write(out, &graph, &PAIRS)), JSON);
}

#[test]
fn csv_is_what_gephi_imports() {
    let (entities, statements) = harbour();
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let betweenness = Options {
        betweenness: true,
        ..PAIRS
    };
    assert_eq!(
        written(|out| csv::write_edges(out, &graph, &PAIRS)),
        CSV_PAIRS
    );
    assert_eq!(
        written(|out| csv::write_edges(out, &graph, &STATEMENTS)),
        CSV_STATEMENTS
    );
    assert_eq!(
        written(|out| csv::write_entities(out, &graph, &betweenness)),
        CSV_ENTITIES
    );
}

#[test]
fn stances_of_both_kinds_are_two_lines_and_a_word() {
    let (entities, _) = harbour();
    let stances = [Polarity::Negative, Polarity::Positive];
    let statements: Vec<StatementRow> = (1..)
        .zip(stances)
        .map(|(id, stance)| at(id, "ana-lund", Act::State, ("council", stance)))
        .collect();
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let drawn = written(|out| dot::write(out, &graph, &dot::Drawing::default()));
    assert!(
        drawn.contains(r##"color="#c62828:#2e7d32", fontcolor="#78909c""##),
        "{drawn}"
    );
    let table = written(|out| csv::write_edges(out, &graph, &PAIRS));
    assert!(table.contains(",target,both,1,0,1,"), "{table}");
}

#[test]
fn what_nobody_said_is_dotted_worded_and_counted() {
    let (entities, _) = harbour();
    let stand = |id: u32, act: Act, standing: Standing| StatementRow {
        standing,
        ..at(id, "ana-lund", act, ("council", Polarity::Negative))
    };
    let told = StatementRow {
        teller: Some(("ivo-brandt".to_owned(), "Ivo".to_owned())),
        ..stand(3, Act::Deny, Standing::Denied)
    };
    let statements = [
        stand(1, Act::Warn, Standing::Hypothetical),
        stand(2, Act::Warn, Standing::Denied),
        told,
    ];
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let drawn = written(|out| dot::write(out, &graph, &dot::Drawing::default()));
    let label = r#"[label="not deny\nnot warn\nperhaps warn", "#;
    assert!(drawn.contains(label), "{drawn}");
    assert!(drawn.contains("style=\"dotted\""), "{drawn}");
    assert!(drawn.contains(" · dotted: denied or supposed"), "{drawn}");
    let table = written(|out| csv::write_edges(out, &graph, &PAIRS));
    let row = table.lines().nth(1).expect("there is an edge");
    assert!(row.ends_with(",0.9,1,2,1"), "{row}");
    let each = Options {
        level: Level::Statement,
        ..PAIRS
    };
    let table = written(|out| csv::write_edges(out, &graph, &each));
    let ends: Vec<&str> = table
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once("said-that,").map(|(_, end)| end))
        .collect();
    assert_eq!(ends, ["hypothetical,", "denied,", "denied,ivo-brandt"]);
}

#[test]
fn what_only_mentions_is_drawn_on_request_and_told() {
    let (entities, statements) = harbour();
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let drawn = written(|out| dot::write(out, &graph, &dot::Drawing::default()));
    assert!(
        !drawn.contains("dashed") && !drawn.contains("\"council\""),
        "{drawn}"
    );
    assert_eq!(
        drawn.lines().nth(1),
        Some("// Drawn: without 1 that only mention their target.")
    );
}

#[test]
fn two_of_one_name_are_told_apart() {
    let (mut entities, _) = harbour();
    for (row, id) in entities
        .iter_mut()
        .zip(["news/a.txt#ministry", "news/b.txt#ministry"])
    {
        row.id = id.to_owned();
        row.name = "ministry".to_owned();
    }
    let statement = at(
        1,
        "news/a.txt#ministry",
        Act::Deny,
        ("news/b.txt#ministry", Polarity::Negative),
    );
    let statements = [statement];
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let drawn = written(|out| dot::write(out, &graph, &dot::Drawing::default()));
    for words in [
        r#"  "news:2f:a.txt:23:ministry" [label="ministry\n(a.txt)""#,
        r#"  "news:2f:b.txt:23:ministry" [label="ministry\n(b.txt)""#,
        r#"  "news:2f:a.txt:23:ministry" -> "news:2f:b.txt:23:ministry" ["#,
    ] {
        assert!(drawn.contains(words), "{words} is not in {drawn}");
    }
    let xml = written(|out| graphml::write(out, &graph, &PAIRS));
    assert!(
        xml.contains(r#"<node id="news:2f:a.txt:23:ministry">"#),
        "{xml}"
    );
    assert!(
        xml.contains(r#"<data key="node.entity">news/a.txt#ministry</data>"#),
        "{xml}"
    );
}

#[test]
fn an_empty_graph_is_a_file_all_the_same() {
    let texts = all_formats(&[], &[]);
    assert!(texts.iter().all(|text| text.ends_with('\n')));
}

#[test]
fn graphviz_that_is_missing_is_said_with_help() {
    let error = svg::render_with("no-such-program-as-this", b"digraph {}").expect_err("missing");
    assert_eq!(
        error.to_string(),
        "cannot draw: the program `dot` was not found"
    );
    let help = error.help().expect("there is help");
    assert!(help.starts_with("install GraphViz"), "{help}");
}

/// Runs only where GraphViz is installed.
#[test]
fn graphviz_draws_what_we_write_and_says_what_it_cannot_read() {
    let (mut entities, statements) = harbour();
    entities[0].name = "A\\ <b>\u{1}&lt; \\N 😀\\".to_owned();
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let text = written(|out| dot::write(out, &graph, &dot::Drawing::default()));
    match svg::render(text.as_bytes()) {
        Err(sayso::export::Error::GraphvizMissing) => {}
        drawn => {
            let drawn = drawn.expect("GraphViz reads our DOT");
            let drawn = String::from_utf8(drawn).expect("an SVG is UTF-8");
            let texts = xml_texts(&drawn).expect("an SVG is XML");
            for name in ["Ivo \"Ax\" Brandt", "A\\ <b>␁&lt; \\N 😀\\"] {
                assert!(texts.contains(&name.to_owned()), "{texts:?}");
            }
            let error = svg::render(b"digraph {").expect_err("not DOT").to_string();
            assert!(error.starts_with("cannot draw: `dot` failed: "), "{error}");
        }
    }
}

/// Names as bad as names get, and the same with any other characters.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        "[\"\\\\<>&;,'|#\n\r\t\u{0}\u{1}\u{b}\u{1f}\u{7f}\u{85}\u{2028}\u{fffe}a😀é]{0,12}",
        "\\PC{0,12}",
        any::<String>(),
    ]
}

fn rows() -> impl Strategy<Value = (Vec<EntityRow>, Vec<StatementRow>)> {
    (names(), names(), names(), names()).prop_map(|(id, name, document, words)| {
        let entities = vec![
            EntityRow {
                id: format!("1{id}"),
                name: name.clone(),
                ..entity("", EntityKind::Group)
            },
            EntityRow {
                name: words.clone(),
                ..entity("2", EntityKind::Place)
            },
        ];
        let (one, other) = (entities[0].id.as_str(), "2");
        let statement = StatementRow {
            document,
            title: Some(name.clone()),
            publisher: Some(words.clone()),
            cue: Some(name.clone()),
            content: words.clone(),
            sentence: words,
            rule: name,
            addressees: vec![other.to_owned(), one.to_owned()],
            ..at(1, one, Act::Ask, (other, Polarity::Neutral))
        };
        let back = said(2, other, Act::State, &[one]);
        (entities, vec![statement, back])
    })
}

/// The texts and attribute values of an XML file, or what is wrong with it.
fn xml_texts(xml: &str) -> Result<Vec<String>, String> {
    use quick_xml::events::Event;

    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let foreign = |c: char| c < ' ' && !"\t\n\r".contains(c) || c == '\u{fffe}' || c == '\u{ffff}';
    if let Some(c) = xml.chars().find(|c| foreign(*c)) {
        return Err(format!("{c:?} may not stand in XML"));
    }
    let (mut texts, mut text) = (Vec::new(), String::new());
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Eof => return Ok(texts),
            Event::Start(_) => text.clear(),
            Event::End(_) => texts.push(std::mem::take(&mut text)),
            Event::Text(part) => text.push_str(&part),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                let part = quick_xml::escape::unescape(&reference).map_err(|e| e.to_string())?;
                text.push_str(&part);
            }
            _ => {}
        }
    }
}

/// The quoted strings of a line of DOT, and the line without them.
fn dot_strings(line: &str) -> (Vec<String>, String) {
    let (mut strings, mut rest) = (Vec::new(), String::new());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c != '"' {
            rest.push(c);
            continue;
        }
        let mut string = String::new();
        loop {
            match chars.next().expect("every quoted string ends on its line") {
                '"' => break,
                '\\' => string.extend(['\\', chars.next().expect("a backslash escapes")]),
                c => string.push(c),
            }
        }
        strings.push(string);
        rest.push('"');
    }
    (strings, rest)
}

proptest! {
    #[test]
    fn every_export_is_the_same_for_the_same_rows_in_any_order((entities, statements) in rows()) {
        let turn = |rows: &[StatementRow]| rows.iter().rev().cloned().collect::<Vec<_>>();
        let turned: Vec<EntityRow> = entities.iter().rev().cloned().collect();
        prop_assert_eq!(all_formats(&entities, &statements), all_formats(&turned, &turn(&statements)));
    }

    #[test]
    fn no_name_breaks_graphml((entities, statements) in rows()) {
        let graph = Graph::build(&entities, &statements, &Filter::default());
        let text = written(|out| graphml::write(out, &graph, &STATEMENTS));
        let texts = xml_texts(&text).map_err(TestCaseError::fail)?;
        for name in [&entities[0].name, &statements[0].sentence] {
            let foreign = |c: char| c < ' ' || c == '\u{fffe}' || c == '\u{ffff}';
            prop_assert!(name.contains(foreign) || name.is_empty() || texts.contains(name));
        }
    }

    #[test]
    fn no_name_breaks_json((entities, statements) in rows()) {
        let graph = Graph::build(&entities, &statements, &Filter::default());
        let text = written(|out| json::write(out, &graph, &STATEMENTS));
        let json: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        prop_assert_eq!(&json["nodes"][0]["id"], &entities[0].id);
        prop_assert_eq!(&json["nodes"][0]["label"], &entities[0].name);
        prop_assert_eq!(&json["links"][0]["sentence"], &statements[0].sentence);
    }

    #[test]
    fn ids_of_graphml_are_name_tokens((entities, statements) in rows()) {
        let graph = Graph::build(&entities, &statements, &Filter::default());
        let text = written(|out| graphml::write(out, &graph, &STATEMENTS));
        let ids = text.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        for id in ids {
            let is_token = |c: char| c.is_alphanumeric() || "-_.:\u{b7}".contains(c) || c > '\u{7f}';
            prop_assert!(!id.is_empty() && id.chars().all(is_token), "{id:?}");
        }
    }

    #[test]
    #[cfg(feature = "cli")]
    fn no_name_breaks_csv((entities, statements) in rows()) {
        let graph = Graph::build(&entities, &statements, &Filter::default());
        let exact = Options { raw: true, ..STATEMENTS };
        let text = written(|out| csv::write_edges(out, &graph, &exact));
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let at = reader.headers().expect("it has a header").iter().position(|name| name == "sentence");
        let rows: Vec<::csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        prop_assert_eq!(rows.len(), 2);
        prop_assert_eq!(&rows[0][0], &entities[0].id);
        prop_assert_eq!(&rows[0][at.expect("a column")], &statements[0].sentence);
    }

    #[test]
    fn no_name_breaks_dot((entities, statements) in rows()) {
        let graph = Graph::build(&entities, &statements, &Filter::default());
        let drawing = dot::Drawing { documents_at: Some(String::new()), mentions: true, ..dot::Drawing::default() };
        let text = written(|out| dot::write(out, &graph, &drawing));
        prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
        let lines: Vec<&str> = text.lines().collect();
        prop_assert_eq!(lines.len(), 10);
        let shapes: Vec<String> = lines.iter().map(|line| dot_strings(line).1).collect();
        let arrow = r#"  " -> " [label=", tooltip=", color=", fontcolor=", style=", penwidth=", URL="];"#;
        prop_assert_eq!(&shapes[7..], [arrow, arrow, "}"]);
    }
}

const DOT: &str = r##"// Who said what about whom, drawn by sayso.
digraph sayso {
  graph [charset="UTF-8", rankdir="LR", nodesep="0.3", ranksep="0.9", pad="0.3", bgcolor="white", fontname="Helvetica,Arial,DejaVu Sans,sans-serif", fontsize="11", fontcolor="#607d8b", labelloc="b", label="Harbour talks\nred: against · green: for · both: some of each · grey: neither · dashed: only mentions"];
  node [style="filled", fontname="Helvetica,Arial,DejaVu Sans,sans-serif", fontsize="12", fontcolor="#263238", penwidth="1.2", margin="0.14,0.07"];
  edge [fontname="Helvetica,Arial,DejaVu Sans,sans-serif", fontsize="10", arrowsize="0.7"];
  "ana-lund" [label="Ana Lund", tooltip="Ana Lund (person): said 2, spoken of 1", shape="ellipse", style="filled", fillcolor="#fff3e0", color="#ef6c00", fontsize="13.0"];
  "council" [label="Council of Ports &amp;\nHarbours", tooltip="Council of Ports &amp; Harbours (organization): said 2, spoken of 1", shape="box", style="filled,rounded", fillcolor="#e3f2fd", color="#1565c0", fontsize="11.0"];
  "ivo-brandt" [label="Ivo \"Ax\" Brandt", tooltip="Ivo \"Ax\" Brandt (person): said 2, spoken of 1", shape="ellipse", style="filled", fillcolor="#fff3e0", color="#ef6c00", fontsize="12.6"];
  "ana-lund" -> "ivo-brandt" [label="2 × accuse", tooltip="Ana Lund → Ivo \"Ax\" Brandt: 2 × accuse\n2024-03-02 news/one.txt: She said the harbour stays open.\n2024-03-01 news/one.txt: \"He sold it\", she said.", color="#c62828", fontcolor="#c62828", style="solid", penwidth="2.0", URL="https://example.org/news/one.txt"];
  "council" -> "ana-lund" [label="state", tooltip="Council of Ports &amp; Harbours → Ana Lund: state\n2024-03-02 news/one.txt: She said the harbour stays open.", color="#78909c", fontcolor="#78909c", style="dashed", penwidth="1.0", URL="https://example.org/news/one.txt"];
  "ivo-brandt" -> "ana-lund" [label="deny", tooltip="Ivo \"Ax\" Brandt → Ana Lund: deny\n2024-03-02 news/one.txt: She said the harbour stays open.", color="#78909c", fontcolor="#78909c", style="solid", penwidth="1.0", URL="https://example.org/news/one.txt"];
}
"##;

const GRAPHML: &str = r##"<?xml version="1.0" encoding="UTF-8"?>
<!-- Who said what about whom, written by sayso -->
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
  <key id="node.entity" for="node" attr.name="entity" attr.type="string"/>
  <key id="node.label" for="node" attr.name="label" attr.type="string"/>
  <key id="node.kind" for="node" attr.name="kind" attr.type="string"/>
  <key id="node.listed" for="node" attr.name="listed" attr.type="boolean"/>
  <key id="node.mentions" for="node" attr.name="mentions" attr.type="long"/>
  <key id="node.said" for="node" attr.name="said" attr.type="long"/>
  <key id="node.about" for="node" attr.name="about" attr.type="long"/>
  <key id="node.weight_in" for="node" attr.name="weight_in" attr.type="long"/>
  <key id="node.weight_out" for="node" attr.name="weight_out" attr.type="long"/>
  <key id="node.page_rank" for="node" attr.name="page_rank" attr.type="double"/>
  <key id="edge.label" for="edge" attr.name="label" attr.type="string"/>
  <key id="edge.weight" for="edge" attr.name="weight" attr.type="long"/>
  <key id="edge.relation" for="edge" attr.name="relation" attr.type="string"/>
  <key id="edge.polarity" for="edge" attr.name="polarity" attr.type="string"/>
  <key id="edge.negative" for="edge" attr.name="negative" attr.type="long"/>
  <key id="edge.neutral" for="edge" attr.name="neutral" attr.type="long"/>
  <key id="edge.positive" for="edge" attr.name="positive" attr.type="long"/>
  <key id="edge.first" for="edge" attr.name="first" attr.type="string"/>
  <key id="edge.last" for="edge" attr.name="last" attr.type="string"/>
  <key id="edge.documents" for="edge" attr.name="documents" attr.type="long"/>
  <key id="edge.statements" for="edge" attr.name="statements" attr.type="string"/>
  <key id="edge.confidence" for="edge" attr.name="confidence" attr.type="double"/>
  <key id="edge.reported" for="edge" attr.name="reported" attr.type="long"/>
  <key id="edge.denied" for="edge" attr.name="denied" attr.type="long"/>
  <key id="edge.hypothetical" for="edge" attr.name="hypothetical" attr.type="long"/>
  <graph edgedefault="directed">
    <node id="ana-lund">
      <data key="node.entity">ana-lund</data>
      <data key="node.label">Ana Lund</data>
      <data key="node.kind">person</data>
      <data key="node.listed">true</data>
      <data key="node.mentions">3</data>
      <data key="node.said">2</data>
      <data key="node.about">1</data>
      <data key="node.weight_in">2</data>
      <data key="node.weight_out">2</data>
      <data key="node.page_rank">0.486486486</data>
    </node>
    <node id="council">
      <data key="node.entity">council</data>
      <data key="node.label">Council of Ports &amp; Harbours</data>
      <data key="node.kind">organization</data>
      <data key="node.listed">true</data>
      <data key="node.mentions">3</data>
      <data key="node.said">2</data>
      <data key="node.about">1</data>
      <data key="node.weight_in">0</data>
      <data key="node.weight_out">1</data>
      <data key="node.page_rank">0.05</data>
    </node>
    <node id="ivo-brandt">
      <data key="node.entity">ivo-brandt</data>
      <data key="node.label">Ivo &quot;Ax&quot; Brandt</data>
      <data key="node.kind">person</data>
      <data key="node.listed">true</data>
      <data key="node.mentions">3</data>
      <data key="node.said">2</data>
      <data key="node.about">1</data>
      <data key="node.weight_in">2</data>
      <data key="node.weight_out">1</data>
      <data key="node.page_rank">0.463513514</data>
    </node>
    <edge id="ana-lund:to:ivo-brandt:target" source="ana-lund" target="ivo-brandt">
      <data key="edge.label">2 × accuse</data>
      <data key="edge.weight">2</data>
      <data key="edge.relation">target</data>
      <data key="edge.polarity">negative</data>
      <data key="edge.negative">2</data>
      <data key="edge.neutral">0</data>
      <data key="edge.positive">0</data>
      <data key="edge.first">2024-03-01</data>
      <data key="edge.last">2024-03-02</data>
      <data key="edge.documents">1</data>
      <data key="edge.statements">00000000000000-1|00000000000000-2</data>
      <data key="edge.confidence">0.9</data>
      <data key="edge.reported">0</data>
      <data key="edge.denied">0</data>
      <data key="edge.hypothetical">0</data>
    </edge>
    <edge id="council:to:ana-lund:about" source="council" target="ana-lund">
      <data key="edge.label">state</data>
      <data key="edge.weight">1</data>
      <data key="edge.relation">about</data>
      <data key="edge.polarity">neutral</data>
      <data key="edge.negative">0</data>
      <data key="edge.neutral">1</data>
      <data key="edge.positive">0</data>
      <data key="edge.first">2024-03-02</data>
      <data key="edge.last">2024-03-02</data>
      <data key="edge.documents">1</data>
      <data key="edge.statements">00000000000000-4</data>
      <data key="edge.confidence">0.9</data>
      <data key="edge.reported">0</data>
      <data key="edge.denied">0</data>
      <data key="edge.hypothetical">0</data>
    </edge>
    <edge id="ivo-brandt:to:ana-lund:target" source="ivo-brandt" target="ana-lund">
      <data key="edge.label">deny</data>
      <data key="edge.weight">1</data>
      <data key="edge.relation">target</data>
      <data key="edge.polarity">neutral</data>
      <data key="edge.negative">0</data>
      <data key="edge.neutral">1</data>
      <data key="edge.positive">0</data>
      <data key="edge.first">2024-03-02</data>
      <data key="edge.last">2024-03-02</data>
      <data key="edge.documents">1</data>
      <data key="edge.statements">00000000000000-3</data>
      <data key="edge.confidence">0.9</data>
      <data key="edge.reported">0</data>
      <data key="edge.denied">0</data>
      <data key="edge.hypothetical">0</data>
    </edge>
  </graph>
</graphml>
"##;

const GRAPHML_STATEMENT: &str = r##"    <edge id="00000000000000-2:to:ivo-brandt" source="ana-lund" target="ivo-brandt">
      <data key="edge.label">accuse</data>
      <data key="edge.weight">1</data>
      <data key="edge.relation">target</data>
      <data key="edge.polarity">negative</data>
      <data key="edge.statement">00000000000000-2</data>
      <data key="edge.act">accuse</data>
      <data key="edge.negated">false</data>
      <data key="edge.content_kind">direct</data>
      <data key="edge.said_on">2024-03-01</data>
      <data key="edge.document">news/one.txt</data>
      <data key="edge.title">Harbour talks</data>
      <data key="edge.published">2024-03-02</data>
      <data key="edge.cue">said</data>
      <data key="edge.content">&quot;He sold it&quot;</data>
      <data key="edge.sentence">&quot;He sold it&quot;, she said.</data>
      <data key="edge.about">ivo-brandt</data>
      <data key="edge.confidence">0.9</data>
      <data key="edge.rule">said-that</data>
      <data key="edge.standing">firsthand</data>
    </edge>
  </graph>
</graphml>
"##;

const JSON: &str = r##"{"directed": true, "multigraph": true, "graph": {"generator": "sayso"},
"nodes": [
{"id":"ana-lund","label":"Ana Lund","kind":"person","listed":true,"mentions":3,"said":2,"about":1,"weight_in":0,"weight_out":2,"page_rank":0.350877193},
{"id":"ivo-brandt","label":"Ivo \"Ax\" Brandt","kind":"person","listed":true,"mentions":3,"said":2,"about":1,"weight_in":2,"weight_out":0,"page_rank":0.649122807}
],
"links": [
{"source":"ana-lund","target":"ivo-brandt","key":"ana-lund:to:ivo-brandt:target","label":"2 × accuse","weight":2,"relation":"target","polarity":"negative","negative":2,"neutral":0,"positive":0,"first":"2024-03-01","last":"2024-03-02","documents":1,"statements":["00000000000000-1","00000000000000-2"],"confidence":0.9,"reported":0,"denied":0,"hypothetical":0}
]}
"##;

const CSV_PAIRS: &str = r##"Source,Target,Type,Id,Label,Weight,relation,polarity,negative,neutral,positive,first,last,documents,statements,confidence,reported,denied,hypothetical
ana-lund,ivo-brandt,Directed,ana-lund:to:ivo-brandt:target,2 × accuse,2,target,negative,2,0,0,2024-03-01,2024-03-02,1,00000000000000-1|00000000000000-2,0.9,0,0,0
council,ana-lund,Directed,council:to:ana-lund:about,state,1,about,neutral,0,1,0,2024-03-02,2024-03-02,1,00000000000000-4,0.9,0,0,0
ivo-brandt,ana-lund,Directed,ivo-brandt:to:ana-lund:target,deny,1,target,neutral,0,1,0,2024-03-02,2024-03-02,1,00000000000000-3,0.9,0,0,0
"##;

const CSV_STATEMENTS: &str = r##"Source,Target,Type,Id,Label,Weight,relation,polarity,statement,act,negated,content_kind,said_on,document,title,publisher,published,cue,content,sentence,addressees,about,confidence,rule,standing,teller
ana-lund,ivo-brandt,Directed,00000000000000-1:to:ivo-brandt,accuse,1,target,negative,00000000000000-1,accuse,false,indirect,,news/one.txt,Harbour talks,,2024-03-02,said,the harbour stays open,She said the harbour stays open.,,ivo-brandt,0.9,said-that,firsthand,
ana-lund,ivo-brandt,Directed,00000000000000-2:to:ivo-brandt,accuse,1,target,negative,00000000000000-2,accuse,false,direct,2024-03-01,news/one.txt,Harbour talks,,2024-03-02,said,"""He sold it""","""He sold it"", she said.",,ivo-brandt,0.9,said-that,firsthand,
council,ana-lund,Directed,00000000000000-4:to:ana-lund,state,1,about,neutral,00000000000000-4,state,false,indirect,,news/one.txt,Harbour talks,,2024-03-02,said,the harbour stays open,She said the harbour stays open.,,ana-lund,0.9,said-that,firsthand,
ivo-brandt,ana-lund,Directed,00000000000000-3:to:ana-lund,deny,1,target,neutral,00000000000000-3,deny,false,indirect,,news/one.txt,Harbour talks,,2024-03-02,said,the harbour stays open,She said the harbour stays open.,,ana-lund,0.9,said-that,firsthand,
"##;

const CSV_ENTITIES: &str = r##"Id,Label,kind,listed,mentions,said,about,weight_in,weight_out,page_rank,betweenness
ana-lund,Ana Lund,person,true,3,2,1,2,2,0.486486486,1
council,Council of Ports & Harbours,organization,true,3,2,1,0,1,0.05,0
ivo-brandt,"Ivo ""Ax"" Brandt",person,true,3,2,1,2,1,0.463513514,0
"##;
