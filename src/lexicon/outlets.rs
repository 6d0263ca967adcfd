//! Names of outlets: rows of outlets.tsv to pairs of another name or a domain and the name that documents bear.

use super::fault::Faults;
use super::table::{DataFile, rows};
use super::words::Words;

pub(super) fn read_outlets(words: &mut Words, file: &DataFile, faults: &mut Faults) {
    rows(
        file,
        ["name", "domains", "aliases"],
        faults,
        |row, faults| {
            let name = row.cells[0];
            let others = [row.cells[1], row.cells[2]];
            let others: Vec<&str> = others.iter().flat_map(|cell| cell.split('|')).collect();
            if name.is_empty() || others.iter().all(|other| other.is_empty()) {
                faults.add(
                    row.place(),
                    "an outlet without a name, or with no other one",
                    "write its name, then domains and other names, separated by |",
                );
                return;
            }
            for other in others
                .into_iter()
                .chain([name])
                .filter(|other| !other.is_empty())
            {
                words.outlets.push((other.to_owned(), name.to_owned()));
            }
        },
    );
}
