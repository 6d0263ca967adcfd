//! `merge`, `split`, `rename`: rows of merges.tsv and splits.tsv, written by the program.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use super::Found;
use super::data::OwnData;
use super::failure::Failure;
use super::slips;
use crate::lexicon::{self, Lexicon, id_of};
use crate::store::Store;

/// Where corrections go, and what they are looked up in.
#[derive(Clone, Debug, Args)]
pub struct Into {
    /// Make the folder of --gazetteers when it is not there
    #[arg(long)]
    create: bool,
    /// The database in which unlisted people are looked up; else sayso.sqlite, where it is there
    #[arg(long, value_name = "FILE", env = "SAYSO_DB")]
    db: Option<PathBuf>,
    #[command(flatten)]
    data: OwnData,
}

/// Say that two names are one: a row of merges.tsv
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Example:\n  sayso merge \"Robert Lee\" \"Bob Lee\" --gazetteers mine; sayso build news --gazetteers mine"
)]
pub struct MergeArgs {
    /// Who goes: an id or a name
    same: String,
    /// Who stays: an id or a name
    into: String,
    #[command(flatten)]
    to: Into,
}

/// Say that a name is somebody else, everywhere or in one place: a row of splits.tsv
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Example:\n  sayso split \"Ann Orr\" --is \"Ann Orr (baker)\" --in marnholt-courier --gazetteers mine"
)]
pub struct SplitArgs {
    /// The name
    name: String,
    /// Who it is: an id, a name, or a new name such as "Ann Orr (baker)"; else the name with the place in parentheses
    #[arg(long, value_name = "WHO", required_unless_present = "within")]
    is: Option<String>,
    /// Only here: an outlet, or a part of a document's path or address
    #[arg(long = "in", value_name = "PLACE")]
    within: Option<String>,
    #[command(flatten)]
    to: Into,
}

/// Say how somebody is called: a row of merges.tsv
#[derive(Clone, Debug, Args)]
#[command(
    after_help = "Example:\n  sayso rename ann-orr \"Ann Orr of the ferries\" --gazetteers mine"
)]
pub struct RenameArgs {
    /// Whose name: an id or a name
    who: String,
    /// The name to show
    name: String,
    #[command(flatten)]
    to: Into,
}

/// Runs `merge`.
pub fn merge(args: &MergeArgs, out: &mut impl Write) -> Result<Found, Failure> {
    let row = [args.same.trim(), args.into.trim(), ""];
    Desk::open(&args.to)?.write(Table::Merges, row, out)
}

/// Runs `split`.
pub fn split(args: &SplitArgs, out: &mut impl Write) -> Result<Found, Failure> {
    let name = args.name.trim();
    let within = args.within.as_deref().unwrap_or("").trim();
    let is = args
        .is
        .clone()
        .unwrap_or_else(|| format!("{name} ({within})"));
    Desk::open(&args.to)?.write(Table::Splits, [name, is.trim(), within], out)
}

/// Runs `rename`.
pub fn rename(args: &RenameArgs, out: &mut impl Write) -> Result<Found, Failure> {
    let row = [args.who.trim(), "", args.name.trim()];
    Desk::open(&args.to)?.write(Table::Merges, row, out)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Table {
    Merges,
    Splits,
}

impl Table {
    fn file(self) -> &'static str {
        match self {
            Table::Merges => "merges.tsv",
            Table::Splits => "splits.tsv",
        }
    }

    fn columns(self) -> [&'static str; 3] {
        match self {
            Table::Merges => ["same", "as", "name"],
            Table::Splits => ["name", "is", "in"],
        }
    }
}

/// The user's lists, and the folder of them that is written into.
struct Desk<'a> {
    folder: &'a Path,
    folders: &'a [PathBuf],
    lexicon: &'static Lexicon,
    store: Option<Store>,
}

impl<'a> Desk<'a> {
    fn open(to: &'a Into) -> Result<Desk<'a>, Failure> {
        let Some(folder) = to.data.gazetteers.last() else {
            return Err(Failure::new(
                "no folder is given for the row",
                "say --gazetteers FOLDER, and give the same folder to build; the last of several is written into",
            ));
        };
        if to.create {
            std::fs::create_dir_all(folder).map_err(|error| {
                Failure::new(
                    format!("cannot make `{}`: {error}", folder.display()),
                    "check that its folder may be written to",
                )
            })?;
        }
        if !folder.is_dir() {
            return Err(Failure::new(
                format!("there is no folder `{}`", folder.display()),
                "give a folder of lists, or add --create",
            ));
        }
        Ok(Desk {
            folder,
            folders: &to.data.gazetteers,
            lexicon: to.data.lexicon()?,
            store: slips::store(to.db.as_deref())?,
        })
    }

    /// Adds `row`, unless it is there or wrong.
    fn write(&self, table: Table, row: [&str; 3], out: &mut impl Write) -> Result<Found, Failure> {
        for cell in row {
            if cell.contains(['\t', '\n', '\r', '|', '"']) || cell.starts_with('#') {
                return Err(Failure::new(
                    format!("`{}` cannot stand in a list", cell.escape_debug()),
                    "write a name without tabs, line breaks, bars, quotation marks and a first #",
                ));
            }
        }
        if row[0].is_empty() || table == Table::Splits && row[1].is_empty() {
            return Err(Failure::new("an empty name", "give a name or an id"));
        }
        let path = self.folder.join(table.file());
        let before = match std::fs::read(&path) {
            Ok(bytes) => lexicon::list_text(&bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                return Err(Failure::new(
                    format!("cannot read `{}`: {error}", path.display()),
                    "check the path and its rights",
                ));
            }
        };
        let (after, line) = with_row(&before, table.columns(), row, &path)?;
        let shown: Vec<&str> = row.into_iter().filter(|cell| !cell.is_empty()).collect();
        let shown = shown.join(" · ");
        if after == before {
            writeln!(out, "{}:{line}: {shown} (was there)", path.display())?;
            return Ok(Found::Something);
        }
        self.check(&path, &after, line)?;
        lexicon::write_list(&path, &after)?;
        writeln!(out, "{}:{line}: {shown}", path.display())?;
        Ok(Found::Something)
    }

    /// Fails when the corrections would have a fault with the new text of `path`, or its row in `line` names nobody.
    fn check(&self, path: &Path, after: &str, line: u32) -> Result<(), Failure> {
        let mut texts = Vec::new();
        for folder in self.folders.iter().filter(|folder| folder.is_dir()) {
            for file in ["merges.tsv", "splits.tsv"].map(|file| folder.join(file)) {
                let text = match std::fs::read(&file) {
                    _ if file == path => after.to_owned(),
                    Ok(bytes) => lexicon::list_text(&bytes),
                    Err(_) => continue,
                };
                texts.push((file.to_string_lossy().into_owned(), text));
            }
        }
        let (corrections, faults) = lexicon::read_corrections(self.lexicon, texts);
        let ours = path.to_string_lossy();
        let is_ours = |place: &crate::model::Place| place.line == line && *place.file == *ours;
        if !faults.is_empty() {
            return Err(lexicon::Error::Faults(faults).into());
        }
        for unlisted in corrections.unlisted().iter().filter(|u| is_ours(&u.place)) {
            let slip = slips::slip(self.lexicon, self.store.as_ref(), unlisted)?;
            if let Some((Some(fault), _) | (None, Some(fault))) = slip {
                return Err(Failure::new(fault.what, fault.help));
            }
        }
        Ok(())
    }
}

/// `before` with `row`, and its line: the text as it was when it has the row.
fn with_row(
    before: &str,
    columns: [&str; 3],
    row: [&str; 3],
    path: &Path,
) -> Result<(String, u32), Failure> {
    let mut after = before.to_owned();
    if !after.is_empty() && !after.ends_with('\n') {
        after.push('\n');
    }
    let is_filled = |line: &&str| !line.trim().is_empty() && !line.starts_with('#');
    let header = before.lines().find(is_filled).unwrap_or_default();
    let header: Vec<&str> = match header {
        "" => {
            after.push_str(&format!("{}\n", columns.join("\t")));
            columns.to_vec()
        }
        line => line.trim_end().split('\t').map(str::trim).collect(),
    };
    if let Some((column, cell)) = columns
        .iter()
        .zip(row)
        .find(|(column, cell)| !header.contains(column) && !cell.is_empty())
    {
        return Err(Failure::new(
            format!("`{}` has no column `{column}` for `{cell}`", path.display()),
            format!("its header should be: {}", columns.join(" ")),
        ));
    }
    let cell_of = |cells: &[&str], column: &str| -> String {
        let at = header.iter().position(|name| *name == column);
        at.and_then(|at| cells.get(at))
            .map_or_else(String::new, |cell| cell.trim().to_owned())
    };
    for (number, line) in (1..).zip(before.lines()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let same = columns.iter().zip(row).all(|(column, cell)| {
            let there = cell_of(&cells, column);
            there == cell || !there.is_empty() && id_of(&there) == id_of(cell) && *column != "name"
        });
        if same && !line.starts_with('#') {
            return Ok((before.to_owned(), number));
        }
    }
    let cells: Vec<&str> = header
        .iter()
        .map(|name| {
            let at = columns.iter().position(|column| column == name);
            at.map_or("", |at| row[at])
        })
        .collect();
    after.push_str(&format!("{}\n", cells.join("\t")));
    let line = after.lines().count() as u32;
    Ok((after, line))
}
