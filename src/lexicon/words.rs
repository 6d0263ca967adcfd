//! The language's word lists: titles, role nouns, pronouns, given names, closed classes, tones, the calendar.

use compact_str::CompactString;
use regex::bytes::{Regex, RegexSet};
use rustc_hash::{FxHashMap, FxHashSet};

use super::fault::{self, Faults};
use super::gazetteer::{SORTS, fold};
use super::given::GivenNames;
use super::line::{read_expressions, whole_line};
use super::phrases::Phrases;
use super::table::{DataFile, Row, rows};
use super::tone::Tone;
use crate::model::{Gender, Number, Place};
use crate::text::{Abbreviation, Language, QuotationMark, normalize};

/// A title before a name: "Deputy Foreign Minister".
#[derive(Clone, Debug)]
pub struct Title {
    /// Its normal form in lower case, as dated offices name it; empty for honorifics.
    pub role: CompactString,
    /// What it says about the bearer.
    pub gender: Option<Gender>,
    /// "honorific", "office", "rank" or "profession".
    pub sort: CompactString,
    /// The row.
    pub place: Place,
}

/// A way to name an office: "top diplomat", "defence minister".
#[derive(Clone, Debug)]
pub struct OfficeName {
    /// Id of the country or body it is said of; "organization" or "place" for any of them; empty for both.
    pub of: CompactString,
    /// Titles as dated offices name them.
    pub roles: Vec<CompactString>,
    /// Id of the body that has the office, where it is not the one it is said of.
    pub body: CompactString,
    /// The row.
    pub place: Place,
}

/// A common noun that can speak: "spokeswoman", "officials", "ministry", "report".
#[derive(Clone, Debug)]
pub struct Nominal {
    /// What it denotes.
    pub sort: NominalSort,
    /// What it says about the person.
    pub gender: Option<Gender>,
    /// One or many.
    pub number: Number,
    /// Normal form of the role: "spokesperson".
    pub role: CompactString,
    /// The row.
    pub place: Place,
}

/// What a speaking noun denotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NominalSort {
    /// One human being.
    Person,
    /// A collection of people.
    Group,
    /// An institution.
    Body,
    /// A text.
    Document,
}

/// A pronoun.
#[derive(Clone, Debug)]
pub struct Pronoun {
    /// 1, 2 or 3.
    pub person: u8,
    /// One or many; `None` for both.
    pub number: Option<Number>,
    /// he, she.
    pub gender: Option<Gender>,
    /// "subject", "object", "possessive" or "reflexive".
    pub case: CompactString,
}

/// Weekdays, months and the words that relate a day to the day of publication.
#[derive(Clone, Debug, Default)]
pub struct Calendar(FxHashMap<CompactString, Vec<(CalendarWord, i8)>>);

/// What a calendar word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarWord {
    /// 1 Monday to 7 Sunday.
    Weekday,
    /// 1 to 12.
    Month,
    /// Days from publication.
    Day,
    /// A span: its days, 0 where it is no fixed number of them.
    Unit,
    /// A part of the day: value unused.
    Part,
    /// −1 last, 0 this, 1 next.
    Direction,
    /// How many: "two".
    Count,
    /// Beside a date on a line of its own: 1 published, 2 changed, 0 neither.
    Label,
}

/// All word lists.
#[derive(Debug, Default)]
pub struct Words {
    /// Titles by number of `title_phrases`.
    pub titles: Vec<Title>,
    /// Where titles stand.
    pub title_phrases: Phrases,
    /// Roles of titles by form in lower case.
    pub title_roles: FxHashMap<CompactString, CompactString>,
    /// Other names of offices by form in lower case.
    pub offices: FxHashMap<CompactString, Vec<OfficeName>>,
    /// Role nouns by form.
    pub nominals: FxHashMap<CompactString, Nominal>,
    /// Pronouns by form.
    pub pronouns: FxHashMap<CompactString, Pronoun>,
    /// Given names in lower case, with the sex they tell.
    pub given_names: GivenNames,
    /// Given names in full, by their short forms.
    pub nicknames: FxHashMap<CompactString, Vec<CompactString>>,
    /// Words that may be names but mostly are not.
    pub doubtful_names: FxHashSet<CompactString>,
    /// "wife", "son".
    pub kinship: FxHashMap<CompactString, Option<Gender>>,
    /// Last words of organisations' names, with the sort they tell.
    pub suffixes: FxHashMap<CompactString, CompactString>,
    /// Closed-class words by class.
    pub classes: FxHashMap<CompactString, Vec<CompactString>>,
    /// Classes that are none of [`super::CLASSES`], with their first rows: a pattern must name them.
    pub(super) own_classes: Vec<(CompactString, Place)>,
    /// What words colour a content with.
    pub tones: FxHashMap<CompactString, Tone>,
    /// Tones of several words, by number of `tone_phrases`.
    pub phrase_tones: Vec<Tone>,
    /// Where these stand.
    pub tone_phrases: Phrases,
    /// Days and months.
    pub calendar: Calendar,
    /// Other names and domains of outlets, each with the outlet's name.
    pub outlets: Vec<(String, String)>,
}

impl Words {
    /// True when `norm` is of the closed class `class`.
    pub fn is(&self, norm: &str, class: &str) -> bool {
        self.classes_of(norm).iter().any(|c| c == class)
    }

    /// "jr", "Jr.", "iii": stands behind a name and is no surname.
    pub fn is_generation(&self, norm: &str) -> bool {
        self.is(norm.trim_end_matches('.'), "generation")
    }

    /// True when those called `name` are called `short`, too.
    pub fn is_short_for(&self, short: &str, name: &str) -> bool {
        let names = self.nicknames.get(short).map_or(&[][..], Vec::as_slice);
        names.iter().any(|known| known == name)
    }

    /// The closed classes of `norm`.
    pub fn classes_of(&self, norm: &str) -> &[CompactString] {
        self.classes.get(norm).map_or(&[], Vec::as_slice)
    }

    /// The names of all closed classes.
    pub fn class_names(&self) -> FxHashSet<&str> {
        self.classes
            .values()
            .flatten()
            .map(CompactString::as_str)
            .collect()
    }
}

impl Calendar {
    /// All words that count `word`, with their values, in no order.
    pub fn all(&self, word: CalendarWord) -> impl Iterator<Item = (&str, i8)> {
        self.0.iter().filter_map(move |(norm, counts)| {
            counts
                .iter()
                .find(|(w, _)| *w == word)
                .map(|&(_, value)| (norm.as_str(), value))
        })
    }

    /// True when `norm` counts anything.
    pub fn holds(&self, norm: &str) -> bool {
        self.counts(norm).is_some()
    }

    fn counts(&self, norm: &str) -> Option<&[(CalendarWord, i8)]> {
        let norm = norm.strip_suffix('.').unwrap_or(norm);
        self.0.get(norm).map(Vec::as_slice)
    }

    /// What `norm` counts, as `word`.
    pub fn value(&self, norm: &str, word: CalendarWord) -> Option<i8> {
        self.counts(norm)?
            .iter()
            .find(|(w, _)| *w == word)
            .map(|&(_, value)| value)
    }
}

pub(super) fn read_titles(words: &mut Words, file: &DataFile, faults: &mut Faults) {
    rows(
        file,
        ["form", "role", "sex", "sort"],
        faults,
        |row, faults| {
            one_of(
                row,
                3,
                &["honorific", "office", "rank", "profession"],
                faults,
            );
            let id = words.titles.len() as u32;
            words.titles.push(Title {
                role: row.cells[1].into(),
                gender: row.sex(2, faults),
                sort: row.cells[3].into(),
                place: row.place(),
            });
            let form = spaced(row.cells[0]);
            words.title_phrases.add(&form, id);
            if form.contains('-') {
                // "Mayor-elect": behind a capital the hyphen is a word of its own.
                words.title_phrases.add(&form.replace('-', " - "), id);
            }
            if !row.cells[1].is_empty() {
                words.title_roles.insert(form.into(), row.cells[1].into());
            }
        },
    );
}

pub(super) fn read_offices(words: &mut Words, file: &DataFile, faults: &mut Faults) {
    rows(
        file,
        ["form", "of", "role", "body"],
        faults,
        |row, faults| {
            let roles: Vec<CompactString> = row.values(2).map(CompactString::from).collect();
            if roles.is_empty() {
                faults.add(
                    row.place(),
                    format!("`{}` names no office", row.cells[0]),
                    "give titles as roles.tsv writes them",
                );
            }
            let form = words.offices.entry(spaced(row.cells[0]).into());
            form.or_default().push(OfficeName {
                of: row.cells[1].into(),
                roles,
                body: row.cells[3].into(),
                place: row.place(),
            });
        },
    );
}

pub(super) fn read_nominals(words: &mut Words, file: &DataFile, faults: &mut Faults) {
    rows(
        file,
        ["form", "plural", "sort", "sex", "role"],
        faults,
        |row, faults| {
            let sort = match row.cells[2] {
                "person" => NominalSort::Person,
                "group" => NominalSort::Group,
                "body" => NominalSort::Body,
                "document" => NominalSort::Document,
                other => {
                    faults.add(
                        row.place(),
                        format!("unknown sort `{other}`"),
                        fault::one_of(other, "person group body document".split(' ')),
                    );
                    return;
                }
            };
            let nominal = |number| Nominal {
                sort,
                gender: None,
                number,
                role: if row.cells[4].is_empty() {
                    row.cells[0].into()
                } else {
                    row.cells[4].into()
                },
                place: row.place(),
            };
            let gender = row.sex(3, faults);
            words.nominals.insert(
                row.cells[0].into(),
                Nominal {
                    gender,
                    ..nominal(if sort == NominalSort::Group && row.cells[1].is_empty() {
                        Number::Plural
                    } else {
                        Number::Singular
                    })
                },
            );
            for plural in row.values(1) {
                words.nominals.entry(plural.into()).or_insert(Nominal {
                    gender,
                    ..nominal(Number::Plural)
                });
            }
        },
    );
}

pub(super) fn read_pronouns(words: &mut Words, file: &DataFile, faults: &mut Faults) {
    rows(
        file,
        ["form", "person", "number", "sex", "case"],
        faults,
        |row, faults| {
            let number = match row.cells[2] {
                "singular" => Some(Number::Singular),
                "plural" => Some(Number::Plural),
                "" | "both" => None,
                other => {
                    faults.add(
                        row.place(),
                        format!("unknown number `{other}`"),
                        fault::one_of(other, "singular plural both".split(' ')),
                    );
                    None
                }
            };
            one_of(row, 1, &["1", "2", "3"], faults);
            one_of(
                row,
                4,
                &["subject", "object", "possessive", "reflexive"],
                faults,
            );
            let pronoun = Pronoun {
                person: row.cells[1].parse().unwrap_or(3),
                number,
                gender: row.sex(3, faults),
                case: row.cells[4].into(),
            };
            words.pronouns.entry(row.cells[0].into()).or_insert(pronoun);
        },
    );
}

pub(super) fn read_doubtful_names(words: &mut Words, file: &DataFile, faults: &mut Faults) {
    rows(file, ["form", "use"], faults, |row, faults| {
        one_of(row, 1, &["given", "family", "both"], faults);
        words.doubtful_names.insert(normalize(row.cells[0]));
    });
}

pub(super) fn read_nicknames(words: &mut Words, file: &DataFile, faults: &mut Faults) {
    rows(file, ["name", "short"], faults, |row, _| {
        for short in row.values(1) {
            let names = words.nicknames.entry(fold(short)).or_default();
            names.push(fold(row.cells[0]));
        }
    });
}

pub(super) fn read_kinship(words: &mut Words, file: &DataFile, faults: &mut Faults) {
    rows(file, ["form", "plural", "sex"], faults, |row, faults| {
        let gender = row.sex(2, faults);
        for form in std::iter::once(row.cells[0]).chain(row.values(1)) {
            words.kinship.insert(form.into(), gender);
        }
    });
}

pub(super) fn read_suffixes(words: &mut Words, file: &DataFile, faults: &mut Faults) {
    rows(file, ["form", "sort"], faults, |row, faults| {
        one_of(row, 1, &SORTS[1..], faults);
        words
            .suffixes
            .insert(normalize(row.cells[0]), row.cells[1].into());
    });
}

pub(super) fn read_tones(words: &mut Words, file: &DataFile, faults: &mut Faults) {
    rows(file, ["form", "tone"], faults, |row, faults| {
        let tone = match row.cells[1] {
            "negative" => Tone::Negative,
            "positive" => Tone::Positive,
            "denial" => Tone::Denial,
            "obligation" => Tone::Obligation,
            "future" => Tone::Future,
            "prediction" => Tone::Prediction,
            "accusation" => Tone::Accusation,
            "criticism" => Tone::Criticism,
            "praise" => Tone::Praise,
            "threat" => Tone::Threat,
            "plain" => Tone::Plain,
            other => {
                faults.add(
                    row.place(),
                    format!("unknown tone `{other}`"),
                    fault::one_of(other, "negative positive denial obligation future prediction accusation criticism praise threat plain".split(' ')),
                );
                return;
            }
        };
        if row.cells[0].contains(' ') {
            words
                .tone_phrases
                .add(&spaced(row.cells[0]), words.phrase_tones.len() as u32);
            words.phrase_tones.push(tone);
        } else {
            words.tones.insert(normalize(row.cells[0]), tone);
        }
    });
}

pub(super) fn read_calendar(
    words: &mut Words,
    language: &mut Language,
    file: &DataFile,
    faults: &mut Faults,
) {
    rows(file, ["form", "class", "value"], faults, |row, faults| {
        let word = match row.cells[1] {
            "weekday" => CalendarWord::Weekday,
            "month" => CalendarWord::Month,
            "day" => CalendarWord::Day,
            "unit" => CalendarWord::Unit,
            "part" => CalendarWord::Part,
            "direction" => CalendarWord::Direction,
            "count" => CalendarWord::Count,
            "label" => CalendarWord::Label,
            other => {
                faults.add(
                    row.place(),
                    format!("unknown class `{other}`"),
                    fault::one_of(
                        other,
                        "weekday month day unit part direction count label".split(' '),
                    ),
                );
                return;
            }
        };
        let norm = normalize(row.cells[0].trim_end_matches('.'));
        let value = if row.cells[2].is_empty() || word == CalendarWord::Part {
            0
        } else {
            number_in(row, 2, faults)
        };
        let fits = match word {
            CalendarWord::Weekday => (1..=7).contains(&value),
            CalendarWord::Month => (1..=12).contains(&value),
            CalendarWord::Direction => (-1..=1).contains(&value),
            CalendarWord::Label => (0..=2).contains(&value),
            _ => true,
        };
        if !fits {
            faults.add(
                row.place(),
                format!("no {} has the number {value}", row.cells[1]),
                "weekdays are 1 to 7 from Monday on, months 1 to 12, directions -1 to 1, labels 0 to 2",
            );
        }
        if !matches!(
            word,
            CalendarWord::Direction
                | CalendarWord::Month
                | CalendarWord::Count
                | CalendarWord::Label
        ) {
            language.time_words.insert(&norm);
        }
        if matches!(word, CalendarWord::Weekday | CalendarWord::Day) {
            language.weekdays.insert(&norm);
        }
        words
            .calendar
            .0
            .entry(norm)
            .or_default()
            .push((word, value));
    });
}

pub(super) fn read_abbreviations(language: &mut Language, file: &DataFile, faults: &mut Faults) {
    rows(file, ["form", "sort"], faults, |row, faults| {
        one_of(
            row,
            1,
            &["title", "month", "place", "company", "number", "other"],
            faults,
        );
        let sort = match row.cells[1] {
            "title" | "month" => Abbreviation::Title,
            "number" => Abbreviation::Number,
            _ => Abbreviation::Other,
        };
        language
            .abbreviations
            .insert(normalize(row.cells[0].trim_end_matches('.')), sort);
    });
}

pub(super) fn read_quotation_marks(language: &mut Language, file: &DataFile, faults: &mut Faults) {
    rows(
        file,
        ["open", "close", "apostrophe"],
        faults,
        |row, faults| {
            one_of(row, 2, &["yes", "no"], faults);
            if row.cells[1].is_empty() {
                faults.add(
                    row.place(),
                    format!("`{}` has no closing mark", row.cells[0]),
                    "write the mark that closes it, also where it is the same",
                );
            }
            language.quotation_marks.push(QuotationMark {
                open: row.cells[0].into(),
                close: row.cells[1].into(),
                apostrophe: row.cells[2] == "yes",
            });
        },
    );
}

/// The site's phrases of a user's own, compiled together.
pub(super) fn read_boilerplate(language: &mut Language, files: &[&DataFile], faults: &mut Faults) {
    let files = files.iter().filter(|file| file.list() == "boilerplate.tsv");
    let expressions = read_expressions(files.copied(), faults);
    if let Ok(set) = RegexSet::new(expressions.iter().map(|(line, _)| whole_line(line))) {
        language.boilerplate.set_own(set);
        return;
    }
    // Only now is it worth the time to look at each.
    for (expression, place) in expressions {
        if let Err(error) = Regex::new(&whole_line(&expression)) {
            let message = error.to_string();
            let last = message.lines().last().unwrap_or(&message);
            faults.add(
                place,
                format!("no regular expression: {last}"),
                "write Rust regex syntax; it is matched against a whole paragraph, in any case",
            );
        }
    }
}

/// Words in lower case with single spaces, cut as the tokenizer cuts them.
fn spaced(phrase: &str) -> String {
    normalize(phrase).replace("'s", " 's")
}

fn one_of(row: &Row<'_>, column: usize, allowed: &[&str], faults: &mut Faults) {
    if !allowed.contains(&row.cells[column]) {
        faults.add(
            row.place(),
            format!("unknown value `{}`", row.cells[column]),
            fault::one_of(row.cells[column], allowed.iter().copied()),
        );
    }
}

fn number_in(row: &Row<'_>, column: usize, faults: &mut Faults) -> i8 {
    row.cells[column].parse().unwrap_or_else(|_| {
        faults.add(
            row.place(),
            format!("`{}` is no small number", row.cells[column]),
            "write a number from -99 to 99",
        );
        0
    })
}
