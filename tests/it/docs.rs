//! The documents say what the program does: every command, option, column, key and act is in them.

use std::collections::BTreeSet;

use crate::run::Desk;

fn page(name: &str) -> String {
    let path = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// True when `text` holds `word` with nothing glued to it.
fn has_word(text: &str, word: &str) -> bool {
    let glue = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(glue) && !text[at + word.len()..].starts_with(glue))
}

#[test]
fn every_command_and_option_is_documented() {
    let desk = Desk::new();
    let commands = page("docs/commands.md");
    let help = desk.run(&["--help"]).out;
    let names: Vec<&str> = help
        .lines()
        .skip_while(|line| !line.starts_with("Commands:"))
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    assert!(names.len() >= 13, "{names:?}");
    for name in names {
        assert!(
            commands.contains(&format!("\n## {name}\n")),
            "docs/commands.md has no {name}"
        );
        let help = desk.run(&[name, "--help"]).out;
        let options: BTreeSet<&str> = help
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '='))
            .filter(|word| word.starts_with("--") && word.len() > 2)
            .collect();
        for option in options {
            assert!(
                matches!(option, "--help" | "--version") || has_word(&commands, option),
                "docs/commands.md does not tell of {option} of {name}"
            );
        }
    }
}

#[test]
fn every_table_view_and_column_is_documented() {
    let desk = Desk::with_example();
    let schema = page("docs/schema.md");
    let names = desk.rows(
        "sayso.sqlite",
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'search_%' AND name NOT LIKE 'sqlite%'",
    );
    assert!(names.contains(&"who_said_what_about_whom".to_owned()));
    for name in names {
        let section = schema
            .split("\n### ")
            .find(|section| section.starts_with(&format!("{name}\n")));
        let section = section.unwrap_or_else(|| panic!("docs/schema.md has no {name}"));
        for column in desk.rows(
            "sayso.sqlite",
            &format!("SELECT name FROM pragma_table_info('{name}')"),
        ) {
            assert!(
                has_word(section, &column),
                "docs/schema.md does not tell of {name}.{column}"
            );
        }
    }
    let version = desk.rows(
        "sayso.sqlite",
        "SELECT user_version FROM pragma_user_version",
    );
    assert!(
        schema.contains(&format!("this program knows {}", version[0])),
        "docs/schema.md knows another version"
    );
}

#[test]
fn every_key_of_the_record_is_documented() {
    let desk = Desk::new();
    let record = page("docs/record.md");
    let line = desk.run(&["extract", crate::run::NEWS]).out;
    let mut keys = BTreeSet::new();
    for line in line.lines() {
        collect(&serde_json::from_str(line).expect("it is JSON"), &mut keys);
    }
    for key in keys {
        assert!(
            has_word(&record, &key),
            "docs/record.md does not tell of {key}"
        );
    }
}

fn collect(value: &serde_json::Value, keys: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            for (key, value) in fields {
                keys.insert(key.clone());
                collect(value, keys);
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, keys)),
        _ => {}
    }
}

#[test]
fn every_act_element_and_frame_is_documented() {
    let glossary = page("docs/glossary.md");
    for act in sayso::model::Act::ALL {
        assert!(
            glossary.contains(act.name()),
            "docs/glossary.md does not tell of {act}"
        );
    }
    let patterns = page("docs/patterns.md") + &page("queries/README.md");
    for (element, _) in sayso::lexicon::ELEMENTS {
        let name = element.split(['(', ' ']).next().unwrap_or(element);
        assert!(
            patterns.contains(name),
            "docs/patterns.md does not tell of {element}"
        );
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    let pages = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "examples/README.md",
        "gazetteers/README.md",
        "queries/README.md",
        "docs/commands.md",
        "docs/schema.md",
        "docs/record.md",
        "docs/patterns.md",
        "docs/evaluation.md",
        "docs/glossary.md",
        "tests/corpus/README.md",
    ];
    for name in pages {
        let text = page(name);
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let folder = folder.parent().expect("a folder");
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let target = link.split('#').next().unwrap_or_default();
            let outside = target.contains("://") || target.is_empty();
            assert!(
                outside || folder.join(target).exists(),
                "{name} links to {target}, which is not there"
            );
        }
    }
}

#[test]
fn saved_queries_use_the_stable_views_only() {
    let folder = format!("{}/queries/saved", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(folder).expect("it is there") {
        let path = entry.expect("it can be read").path();
        let sql = std::fs::read_to_string(&path).expect("it is text");
        assert!(
            sql.starts_with("-- title: "),
            "{} has no title",
            path.display()
        );
        for table in [
            "documents d",
            "FROM documents",
            "statements s",
            "FROM statements",
            "participants",
            "contents",
        ] {
            assert!(
                !sql.contains(table),
                "{} reads the table {table}",
                path.display()
            );
        }
    }
}

#[test]
fn the_licences_of_all_that_is_built_in_are_told() {
    let others = page("THIRD-PARTY.md");
    let lock = page("Cargo.lock");
    let manifest = page("Cargo.toml");
    let dependencies = manifest
        .split("[dependencies]")
        .nth(1)
        .and_then(|rest| rest.split("[build-dependencies]").next())
        .expect("the manifest has them");
    let names = dependencies
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split([' ', '=']).next());
    let mut count = 0;
    for name in names {
        let start = format!("name = \"{name}\"\nversion = \"");
        let version = lock
            .split(&start)
            .nth(1)
            .and_then(|rest| rest.split('"').next())
            .unwrap_or_else(|| panic!("Cargo.lock has no {name}"));
        count += 1;
        assert!(
            others.contains(&format!("| {name} | {version} |")),
            "THIRD-PARTY.md is stale: it has no {name} {version}; run python3 .ci/licences.py"
        );
    }
    assert!(count >= 20, "{count}");
    let desk = Desk::new();
    let shown = desk.run(&["licences"]).out;
    for words in [
        "CC BY-SA 4.0",
        "UNICODE LICENSE V3",
        "WordNet 3.1",
        "| selectors |",
        "### MPL-2.0: ",
        "Permission is hereby granted, free of charge",
        "TERMS AND CONDITIONS FOR USE",
    ] {
        assert!(shown.contains(words), "{words}");
    }
    assert!(manifest.contains("AND CC-BY-SA-4.0 AND"));
    let version = desk.run(&["--version"]).out;
    assert!(version.contains("sayso licences"), "{version}");
}
