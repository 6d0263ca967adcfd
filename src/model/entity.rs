//! Who or what is spoken of.

use super::Place;

/// A person, organization, place, group or unnamed individual.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Stable across documents and runs; `7f3a91c2d0b4e6#…`, with the id of the document, for what
    /// has no name of its own.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// The name to show.
    pub name: String,
    /// Other surfaces by which this document calls it, in order of appearance.
    pub aliases: Vec<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// The kinds of entities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityKind {
    /// A human being with a name.
    Person,
    /// A body, office, alliance, company, outlet.
    Organization,
    /// A country, region, city or area; countries also when they act.
    Place,
    /// People without a name of their own: "US officials".
    Group,
    /// One unnamed individual: "a US official".
    Anonymous,
}

/// Where an entity comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A row of a gazetteer.
    Listed(Place),
    /// The text alone.
    Discovered,
}

impl EntityKind {
    /// All kinds, in the order of the documentation.
    pub const ALL: [EntityKind; 5] = [
        EntityKind::Person,
        EntityKind::Organization,
        EntityKind::Place,
        EntityKind::Group,
        EntityKind::Anonymous,
    ];

    /// The name that every output uses.
    pub const fn name(self) -> &'static str {
        match self {
            EntityKind::Person => "person",
            EntityKind::Organization => "organization",
            EntityKind::Place => "place",
            EntityKind::Group => "group",
            EntityKind::Anonymous => "anonymous",
        }
    }

    /// The kind called `name`.
    pub fn from_name(name: &str) -> Option<EntityKind> {
        EntityKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

impl Entity {
    /// True when a gazetteer lists it.
    pub fn is_listed(&self) -> bool {
        matches!(self.origin, Origin::Listed(_))
    }
}
