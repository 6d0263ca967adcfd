//! Runs the program in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The shipped example.
pub const NEWS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/news");
/// The names that go with it.
pub const NAMES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/gazetteers");

/// An article of one statement or two.
pub const ARTICLE: &str = "Harbour stays open\n\nThe harbour would stay open, Ann Orr told reporters on Monday.\n\
    Bob Lee, the head of the union, denied that he had accused Ann Orr of lying about the closure.\n";

/// A folder in which the program runs, and which goes away with it.
pub struct Desk(TempDir);

/// What the program answered.
pub struct Answer {
    /// The exit code; `None` where a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Desk {
    /// An empty folder.
    pub fn new() -> Desk {
        Desk(tempfile::tempdir().expect("there is room for a folder"))
    }

    /// A folder with `sayso.sqlite`, built from the example.
    pub fn with_example() -> Desk {
        let desk = Desk::new();
        let built = desk.run(&["build", "-q", NEWS, "--gazetteers", NAMES]);
        assert_eq!(built.code, Some(0), "{}", built.err);
        desk
    }

    /// A path in the folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        let folder = path.parent().expect("it is in the folder");
        std::fs::create_dir_all(folder).expect("a folder can be made");
        std::fs::write(path, bytes).expect("a file can be written");
    }

    /// The program with `arguments`, not started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sayso"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("SAYSO_DB")
            .env_remove("COLUMNS")
            .stdin(Stdio::null());
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        answer(self.command(arguments).output().expect("it runs"))
    }

    /// Runs the program on `input`.
    pub fn pipe(&self, arguments: &[&str], input: &[u8]) -> Answer {
        use std::io::Write;
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut stdin = child.stdin.take().expect("it has an input");
        let input = input.to_vec();
        // A thread of its own: the program may answer before it has read all.
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().expect("it ends");
        writer.join().expect("the input is written");
        answer(output)
    }

    /// The rows of a query, a line each, cells between bars.
    pub fn rows(&self, database: &str, sql: &str) -> Vec<String> {
        let answer = self.run(&["sql", sql, "--db", database, "--format", "json"]);
        assert!(matches!(answer.code, Some(0 | 1)), "{sql}: {}", answer.err);
        let rows: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_str(&answer.out).expect("it is JSON");
        rows.iter()
            .map(|row| {
                let cells = row.values().map(|cell| match cell {
                    serde_json::Value::String(text) => text.clone(),
                    other => other.to_string(),
                });
                cells.collect::<Vec<_>>().join("|")
            })
            .collect()
    }

    /// Everything a database says: rows of all tables and views but those that SQLite keeps for itself.
    pub fn contents(&self, database: &str) -> Vec<String> {
        let names = self.rows(
            database,
            "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'search%' AND name NOT LIKE 'sqlite%' ORDER BY name",
        );
        let mut all = Vec::new();
        for name in names {
            let rows = self.rows(database, &format!("SELECT * FROM {name}"));
            all.extend(rows.into_iter().map(|row| format!("{name}|{row}")));
        }
        all
    }
}

/// True where the tests may not count on rights: the superuser may read and write everything.
pub fn is_superuser(probe: &Path) -> bool {
    std::fs::read(probe).is_ok()
}

fn answer(output: Output) -> Answer {
    Answer {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        err: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    }
}

impl Answer {
    /// Checks the exit code and that standard error says each of `words`.
    #[track_caller]
    pub fn fails(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in:\n{}", self.err);
        }
    }
}
