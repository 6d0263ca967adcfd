//! People, organizations, places and dated offices: compiled, looked up in place, in layers.
//!
//! The shipped lists are one layer, compiled into the program; each folder or compiled file of a user's own lies on top. A
//! row of a higher layer with the id of a lower one takes its place; names add up. Nothing is parsed to open a layer.

mod bytes;
mod compile;
pub mod hash;
mod layer;
mod memo;
mod parts;
mod record;
mod world;

use std::sync::Arc;

use crate::model::{Date, EntityKind, Gender, Place};

pub use bytes::{Bytes, MAGIC, Unfit};
pub use compile::{LISTS, compile};
pub use layer::Layer;
pub use parts::{fold, parts};
pub use record::{SORTS, slug};
pub use world::{Keys, NameUse, World, WrittenName};

/// A row of people, organizations or places.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Stable id, unique over all lists.
    pub id: &'a str,
    /// Person, organization or place.
    pub kind: EntityKind,
    /// Canonical English name.
    pub name: &'a str,
    /// "country", "city", "media", "ministry" …; empty for people.
    pub sort: &'a str,
    /// Id of what it belongs to: the country of a city, the state of a ministry.
    pub of: Option<&'a str>,
    /// Id of what it stands for when it acts: Moscow for Russia.
    pub acts_for: Option<&'a str>,
    /// Of a person.
    pub gender: Option<Gender>,
    /// Of a place; 0 when unknown.
    pub population: u32,
    /// Its layer, and its index there.
    written: (&'a Layer, u32),
}

/// Who held which office of what, and when.
#[derive(Clone, Copy, Debug)]
pub struct Role<'a> {
    /// Id of the person.
    pub person: &'a str,
    /// Generic title in lower case: "foreign minister".
    pub title: &'a str,
    /// Id of the country or body.
    pub of: &'a str,
    /// First day; `None`: unknown.
    pub from: Option<Date>,
    /// Last day; `None`: still in office.
    pub to: Option<Date>,
    file: &'a Arc<str>,
    line: u32,
}

impl Entry<'_> {
    /// The row.
    pub fn place(&self) -> Place {
        let (layer, index) = self.written;
        layer.place(index)
    }
}

impl Role<'_> {
    /// The row.
    pub fn place(&self) -> Place {
        Place {
            file: self.file.clone(),
            line: self.line,
        }
    }

    /// True when the office was held on `day`; an unknown day fits only who is still in office.
    pub fn held_on(&self, day: Option<Date>) -> bool {
        match day {
            Some(day) => {
                self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
            }
            None => self.to.is_none(),
        }
    }
}
