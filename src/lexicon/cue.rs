//! Words that lead to content: verbs, nouns, adjectives and phrases, with what they do.

use std::collections::hash_map::Entry;

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use super::fault::{Faults, one_of};
use super::phrases::Phrases;
use super::table::{DataFile, rows};
use crate::model::{Act, Place, Polarity};

/// A row of the cue lists.
#[derive(Clone, Debug)]
pub struct Cue {
    /// Base form.
    pub lemma: CompactString,
    /// Part of speech.
    pub part: Part,
    /// How content follows it.
    pub frames: Frames,
    /// What a source does by using it.
    pub act: Act,
    /// The source's stance towards the target.
    pub polarity: Polarity,
    /// Prepositions of its own that lead to content.
    pub prepositions: Vec<CompactString>,
    /// The row.
    pub place: Place,
}

/// Part of speech of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// "say"
    Verb,
    /// "claim"
    Noun,
    /// "confident"
    Adjective,
    /// "according to"
    Phrase,
}

/// A set of frames: how content follows a cue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Frames(u16);

/// Names of the frames, in the order of their bits, with what each means. The same names stand in cue lists and in
/// patterns.
pub const FRAMES: [(&str, &str); 14] = [
    ("quote", "a direct quotation"),
    ("that", "a clause with a linking word"),
    ("bare", "a clause without one"),
    ("wh", "an indirect question"),
    ("to", "an infinitive of the source itself"),
    ("addr-to", "an object and an infinitive"),
    ("ing", "a gerund"),
    ("np", "a noun phrase"),
    ("prep", "a preposition of the cue's own"),
    ("addr", "an addressee before the content"),
    ("addr-prep", "an object and a preposition of the cue's own"),
    ("as", "an object and `as`"),
    (
        "light",
        "a noun that is the cue itself: the verb only carries it",
    ),
    (
        "credit",
        "as a participle, who is the source of what the clause says",
    ),
];

impl Frames {
    /// "quote", a direct quotation.
    pub const QUOTE: Frames = Frames::shipped("quote");
    /// "that", a clause with a linking word.
    pub const THAT: Frames = Frames::shipped("that");
    /// "bare", a clause without one.
    pub const BARE: Frames = Frames::shipped("bare");
    /// "addr-to", an object and an infinitive.
    pub const ADDRESSED_TO: Frames = Frames::shipped("addr-to");
    /// "addr-prep", an object and a preposition of the cue's own.
    pub const ADDRESSED_PREPOSITION: Frames = Frames::shipped("addr-prep");
    /// "light": the noun behind is the cue.
    pub const LIGHT: Frames = Frames::shipped("light");
    /// "credit": the source of what the clause says stands behind.
    pub const CREDIT: Frames = Frames::shipped("credit");

    /// The frame called `name`, which is one of [`FRAMES`].
    const fn shipped(name: &str) -> Frames {
        let mut at = 0;
        while !alike(FRAMES[at].0.as_bytes(), name.as_bytes()) {
            at += 1;
        }
        Frames(1 << at)
    }

    /// The frame called `name`.
    pub fn named(name: &str) -> Option<Frames> {
        FRAMES
            .iter()
            .position(|(n, _)| *n == name)
            .map(|bit| Frames(1 << bit))
    }

    /// Both sets.
    pub fn with(self, other: Frames) -> Frames {
        Frames(self.0 | other.0)
    }

    /// True when the sets share a frame.
    pub fn meets(self, other: Frames) -> bool {
        self.0 & other.0 != 0
    }
}

/// True when two texts are one, for constants.
const fn alike(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// All cues by form.
#[derive(Debug, Default)]
pub struct Cues {
    /// The rows.
    pub list: Vec<Cue>,
    forms: FxHashMap<(Part, CompactString), u32>,
    /// Forms of verbs with a hyphen.
    pub(super) hyphenated: Vec<CompactString>,
    /// Forms of several words; their numbers are indices into `list`.
    pub phrases: Phrases,
}

impl Cues {
    /// True when content can follow the cue in row `cue` as `frame` says.
    pub fn takes(&self, cue: u32, frame: Frames) -> bool {
        self.list[cue as usize].frames.meets(frame)
    }

    /// The cue of this part of speech that `norm` is a form of.
    pub fn form(&self, part: Part, norm: &str) -> Option<u32> {
        self.forms.get(&(part, CompactString::new(norm))).copied()
    }
}

pub(super) fn read_cues(cues: &mut Cues, file: &DataFile, faults: &mut Faults) {
    let columns = [
        "lemma",
        "part",
        "forms",
        "frames",
        "act",
        "polarity",
        "preposition",
    ];
    rows(file, columns, faults, |row, faults| {
        let part = match row.cells[1] {
            "verb" => Part::Verb,
            "noun" => Part::Noun,
            "adjective" => Part::Adjective,
            "phrase" => Part::Phrase,
            other => {
                faults.add(
                    row.place(),
                    format!("unknown part `{other}`"),
                    one_of(other, ["verb", "noun", "adjective", "phrase"]),
                );
                return;
            }
        };
        let mut frames = Frames::default();
        for name in row.values(3) {
            match Frames::named(name) {
                Some(frame) => frames = frames.with(frame),
                None => faults.add(
                    row.place(),
                    format!("unknown frame `{name}`"),
                    one_of(name, FRAMES.map(|(name, _)| name)),
                ),
            }
        }
        let act = row.cells[4]
            .parse()
            .unwrap_or_else(|error: crate::model::ParseNameError| {
                faults.add(
                    row.place(),
                    error.to_string(),
                    one_of(&error.name, Act::ALL.iter().map(|act| act.name())),
                );
                Act::State
            });
        let polarity =
            row.cells[5]
                .parse()
                .unwrap_or_else(|error: crate::model::ParseNameError| {
                    faults.add(
                        row.place(),
                        error.to_string(),
                        one_of(&error.name, ["negative", "neutral", "positive"]),
                    );
                    Polarity::Neutral
                });
        let mut lacks = |what: &str, help: &str| {
            faults.add(row.place(), format!("`{}` has {what}", row.cells[0]), help);
        };
        if row.values(2).next().is_none() {
            lacks(
                "no form",
                "write all its forms: blort|blorts|blorted|blorting",
            );
        }
        if row.values(3).next().is_none() {
            lacks("no frame", "`sayso patterns --elements` lists the frames");
        }
        let own = Frames::named("prep").unwrap_or_default();
        if frames.meets(own.with(Frames::ADDRESSED_PREPOSITION)) && row.cells[6].is_empty() {
            lacks(
                "a frame with `prep` and no preposition",
                "name its prepositions in the last column: about|on",
            );
        }
        let index = cues.list.len() as u32;
        cues.list.push(Cue {
            lemma: row.cells[0].into(),
            part,
            frames,
            act,
            polarity,
            prepositions: row.values(6).map(CompactString::new).collect(),
            place: row.place(),
        });
        for form in row.values(2) {
            if part == Part::Phrase || form.contains(' ') {
                cues.phrases.add(form, index);
                continue;
            }
            if part == Part::Verb && form.contains('-') {
                cues.hyphenated.push(form.into());
            }
            // A user's row replaces a shipped one; within a file the first row of a form wins and the second is a fault.
            let before = match cues.forms.entry((part, CompactString::new(form))) {
                Entry::Vacant(free) => {
                    free.insert(index);
                    continue;
                }
                Entry::Occupied(taken) => taken.into_mut(),
            };
            let first = &cues.list[*before as usize];
            if first.place.file == *row.file {
                faults.add(
                    row.place(),
                    format!("the form `{form}` belongs to `{}` already", first.lemma),
                    format!("see {}: keep it in one row", first.place),
                );
            } else {
                *before = index;
            }
        }
    });
}
