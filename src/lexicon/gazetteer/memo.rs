//! Texts that are made when they are first asked for, and lent for as long as the gazetteer lives.
//!
//! Three levels of small tables, each made when it is first needed: five million rows cost a few kilobytes until somebody
//! asks for one.

use std::sync::OnceLock;

const WIDTH: usize = 64;

type Leaf = Box<[OnceLock<Box<str>>]>;
type Branch = Box<[OnceLock<Leaf>]>;

/// A text for each of a number of rows.
#[derive(Debug)]
pub struct Memo(Box<[OnceLock<Branch>]>);

impl Memo {
    /// Room for the texts of `count` rows.
    pub fn new(count: usize) -> Memo {
        Memo(empty(count.div_ceil(WIDTH * WIDTH)))
    }

    /// The text of row `index`, made by `make` the first time.
    ///
    /// # Panics
    /// When there are not so many rows.
    pub fn get(&self, index: usize, make: impl FnOnce() -> Box<str>) -> &str {
        self.0[index / (WIDTH * WIDTH)].get_or_init(|| empty(WIDTH))[index / WIDTH % WIDTH]
            .get_or_init(|| empty(WIDTH))[index % WIDTH]
            .get_or_init(make)
    }
}

fn empty<T>(count: usize) -> Box<[OnceLock<T>]> {
    (0..count).map(|_| OnceLock::new()).collect()
}
