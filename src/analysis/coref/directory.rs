//! The entities of one document while they are being found.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::lexicon::{Lexicon, fold, id_of};
use crate::model::{
    DocumentId, Entity, EntityKind, Features, Gender, Mention, MentionKind, Number, Origin, Place,
};

/// What is known of an entity beside its name.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Grammar.
    pub features: Features,
    /// Roles it was given here: "spokesperson".
    pub roles: Vec<CompactString>,
    /// Ids of countries and bodies it speaks for or belongs to.
    pub of: Vec<CompactString>,
    /// Lower-case words of its names.
    pub words: Vec<CompactString>,
    /// Index of its gazetteer entry.
    pub entry: Option<u32>,
    /// "ministry", "company": the gazetteer's sort.
    pub sort: CompactString,
    /// Words that describe it, without the head: "us", "former" for an unnamed official.
    pub described_by: Vec<CompactString>,
    /// Head noun of its description.
    pub head: CompactString,
    /// Rows of a user's corrections that made it what it is.
    pub corrected_by: Vec<Place>,
}

impl Facts {
    /// It is called `name`, too.
    fn learn_words(&mut self, name: &str) {
        for word in words_of(name) {
            if !self.words.contains(&word) {
                self.words.push(word);
            }
        }
    }
}

/// The entities of one document.
#[derive(Debug, Default)]
pub struct Directory {
    document: String,
    entities: Vec<Entity>,
    facts: Vec<Facts>,
    by_id: FxHashMap<String, usize>,
    /// How many of one description there are, by the id without a number.
    numbers: FxHashMap<String, usize>,
}

impl Directory {
    /// An empty directory for the document with the id `document`.
    pub fn new(document: DocumentId) -> Directory {
        Directory {
            document: document.to_string(),
            ..Directory::default()
        }
    }

    /// Entities and what is known of them.
    pub fn into_parts(self) -> (Vec<Entity>, Vec<Facts>) {
        (self.entities, self.facts)
    }

    pub fn facts(&self, entity: usize) -> &Facts {
        &self.facts[entity]
    }

    pub fn facts_mut(&mut self, entity: usize) -> &mut Facts {
        &mut self.facts[entity]
    }

    pub fn entity(&self, entity: usize) -> &Entity {
        &self.entities[entity]
    }

    pub fn count(&self) -> usize {
        self.entities.len()
    }

    /// The entity with this id, if the document has it.
    pub fn by_id(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// The entity of a gazetteer entry.
    pub fn listed(&mut self, lexicon: &Lexicon, index: u32) -> usize {
        let entry = lexicon.world.entry(index);
        if let Some(known) = self.by_id(entry.id) {
            return known;
        }
        let human = entry.kind == EntityKind::Person;
        let facts = Facts {
            features: Features {
                gender: entry.gender,
                number: Some(Number::Singular),
                human: Some(human),
            },
            words: words_of(entry.name),
            entry: Some(index),
            sort: entry.sort.into(),
            of: lexicon.world.within(index).map(|e| e.id.into()).collect(),
            ..Facts::default()
        };
        let entity = Entity {
            id: entry.id.to_string(),
            kind: entry.kind,
            name: entry.name.to_string(),
            aliases: Vec::new(),
            origin: Origin::Listed(entry.place()),
        };
        self.insert(entity, facts)
    }

    /// A people: "Russians".
    pub fn people(&mut self, lexicon: &Lexicon, country: u32, surface: &str) -> usize {
        let id = id_of(surface);
        if let Some(known) = self.by_id(&id) {
            return known;
        }
        let entry = lexicon.world.entry(country);
        let facts = Facts {
            features: Features {
                gender: None,
                number: Some(Number::Plural),
                human: Some(true),
            },
            of: vec![entry.id.into()],
            words: words_of(surface),
            ..Facts::default()
        };
        let entity = Entity {
            id,
            kind: EntityKind::Group,
            name: surface.to_owned(),
            aliases: Vec::new(),
            origin: Origin::Listed(entry.place()),
        };
        self.insert(entity, facts)
    }

    /// A person whom the text calls by one word only: another article's "Smith" is somebody else.
    pub fn of_document(&mut self, name: &str, gender: Option<Gender>) -> usize {
        let id = format!("{}#{}", self.document, id_of(name));
        self.called(id, EntityKind::Person, name, gender)
    }

    /// A person, organization or place that only the text names; the same name is the same in every document.
    pub fn discovered(&mut self, kind: EntityKind, name: &str, gender: Option<Gender>) -> usize {
        let name: String = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut id = id_of(&name);
        if id.is_empty() {
            id = format!("{}#{name}", self.document);
        }
        self.called(id, kind, &name, gender)
    }

    /// The entity with this id, or a new one that only the text names.
    pub fn called(
        &mut self,
        id: String,
        kind: EntityKind,
        name: &str,
        gender: Option<Gender>,
    ) -> usize {
        if let Some(known) = self.by_id(&id) {
            return known;
        }
        let facts = Facts {
            features: Features {
                gender,
                number: Some(Number::Singular),
                human: Some(kind == EntityKind::Person),
            },
            words: words_of(name),
            ..Facts::default()
        };
        self.insert(
            Entity {
                id,
                kind,
                name: name.to_owned(),
                aliases: Vec::new(),
                origin: Origin::Discovered,
            },
            facts,
        )
    }

    /// Somebody or something without a name, local to the document; `stem` is its description for the id.
    pub fn unnamed(&mut self, kind: EntityKind, name: &str, stem: &str, facts: Facts) -> usize {
        let stem = id_of(stem);
        let mut id = format!("{}#{stem}", self.document);
        let number = self.numbers.entry(id.clone()).or_insert(0);
        *number += 1;
        while kind == EntityKind::Anonymous || *number > 1 {
            let numbered = format!("{id}-{number}");
            if !self.by_id.contains_key(&numbered) {
                id = numbered;
                break;
            }
            *number += 1;
        }
        self.insert(
            Entity {
                id,
                kind,
                name: name.to_owned(),
                aliases: Vec::new(),
                origin: Origin::Discovered,
            },
            facts,
        )
    }

    /// Notes a surface by which the document calls the entity.
    pub fn mention(&mut self, entity: usize, surface: &str, mention: &Mention) {
        let facts = &mut self.facts[entity];
        if mention.kind == MentionKind::Name {
            facts.features.gender = facts.features.gender.or(mention.features.gender);
            // Of its own name it knows the words.
            if self.entities[entity].name != surface {
                facts.learn_words(surface);
            }
        }
        let entity = &mut self.entities[entity];
        if mention.kind != MentionKind::Pronoun
            && entity.name != surface
            && entity.aliases.len() < 50
            && !entity.aliases.iter().any(|a| a == surface)
        {
            entity
                .aliases
                .push(surface.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    /// Says how the entity is to be called from now on.
    pub fn rename(&mut self, entity: usize, name: &str) {
        self.facts[entity].learn_words(name);
        let old = std::mem::replace(&mut self.entities[entity].name, name.to_owned());
        let aliases = &mut self.entities[entity].aliases;
        aliases.retain(|alias| alias != name);
        if old != name && !aliases.contains(&old) {
            aliases.insert(0, old);
        }
    }

    fn insert(&mut self, entity: Entity, facts: Facts) -> usize {
        let index = self.entities.len();
        self.by_id.insert(entity.id.clone(), index);
        self.entities.push(entity);
        self.facts.push(facts);
        index
    }
}

pub(super) fn words_of(name: &str) -> Vec<CompactString> {
    name.split(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\'' || c == '’' || c == '.'))
        .filter(|w| !w.is_empty())
        .map(fold)
        .collect()
}
