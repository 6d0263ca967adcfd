//! Pattern files to patterns: how a source, a cue and a content stand to each other.
//!
//! A pattern is a line of elements around one cue, `content:QUOTE COMMA? cue:VERB(quote) source:NP`. It names classes,
//! never words, and every element has a bound, so that matching is linear. docs/patterns.md describes each element.
//! What a line cannot mean is a fault, also where it would do no harm: it is not what its author thinks.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::cue::{FRAMES, Frames, Part};
use super::elements::{ELEMENTS, Problem, redundant};
use super::fault::{Faults, nearest, one_of};
use super::table::DataFile;
use crate::model::{Act, Place};

/// A pattern, ready to match.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Stable name, the `rule` of every statement it finds.
    pub id: String,
    /// What it finds.
    pub doc: String,
    /// What it is known to get wrong.
    pub known: Option<String>,
    /// The line as written.
    pub line: String,
    /// Elements before the cue, nearest first.
    pub left: Vec<Element>,
    /// The cue.
    pub cue: CueElement,
    /// Elements behind the cue, nearest first.
    pub right: Vec<Element>,
    /// How sure its statements are where no table `trust.tsv` estimates it.
    pub confidence: f32,
    /// Its statements are left out when they are right less often than this, as the table `trust.tsv` estimates.
    pub least: f32,
    /// It wins as soon as it fits; of the others the most trusted wins.
    pub wins: bool,
    /// The act, where the construction decides and not the cue.
    pub act: Option<Act>,
    /// Sentences in which it must find a statement.
    pub matches: Vec<Example>,
    /// Sentences in which it must find none.
    pub fails: Vec<String>,
    /// Where it is written.
    pub place: Place,
}

/// An example with what must be found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// The source's words; empty: none.
    pub source: String,
    /// The cue's words; empty: none.
    pub cue: String,
    /// The content's words, spans joined by " … ".
    pub content: String,
}

/// The cue of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CueElement {
    /// Part of speech.
    pub part: Part,
    /// It must have one of these frames; `None`: any verb, listed or not.
    pub frames: Option<Frames>,
    /// Which verb groups fit.
    pub voice: Voice,
    /// An infinitive does not fit.
    pub finite: bool,
}

/// Which verb groups fit a cue element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// "says", "saying", "to say".
    Active,
    /// "was said", "said by".
    Passive,
}

/// One element beside the cue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// What it matches.
    pub kind: ElementKind,
    /// What the match is.
    pub capture: Option<Capture>,
    /// May be missing.
    pub optional: bool,
    /// May repeat.
    pub repeat: bool,
}

impl Element {
    /// The class of words that it asks for.
    pub fn class(&self) -> Option<&str> {
        match &self.kind {
            ElementKind::Preposition(class) | ElementKind::Nominal(Some(class)) => Some(class),
            _ => None,
        }
    }
}

/// Roles of a statement that an element can fill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capture {
    /// Who.
    Source,
    /// What.
    Content,
    /// To whom.
    Addressee,
    /// At whom.
    Target,
    /// More words of the cue.
    Cue,
}

/// What an element matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ElementKind {
    /// A quotation that stands for itself.
    Quote,
    /// A noun phrase with what hangs on it.
    NounPhrase,
    /// The subject of the cue's verb, wherever it stands before it.
    Subject,
    /// The subject of the verb that governs the cue noun, with that verb.
    Governor,
    /// A possessive right before: "Kiev's", "his".
    Possessor,
    /// A name or adjective of nationality in the cue noun's own phrase: "the Russian demand".
    Modifier,
    /// Adverbs, time expressions and prepositional phrases.
    Circumstance,
    /// "that", "whether".
    Link,
    /// A preposition of a closed class.
    Preposition(String),
    /// A preposition of the cue's own list.
    OwnPreposition,
    /// Quoted words inside the author's sentence.
    Fragment,
    /// A comma.
    Comma,
    /// A colon.
    Colon,
    /// A dash.
    Dash,
    /// A clause with a finite verb, to where the cue's government ends.
    Clause,
    /// An infinitive and all behind it.
    Infinitive,
    /// A gerund and all behind it.
    Gerund,
    /// An indirect question.
    Question,
    /// A noun phrase and all behind it, to where the cue's government ends; with a class, it holds such a preposition.
    Nominal(Option<String>),
    /// "as" and all behind it.
    As,
    /// Everything to the next comma or end.
    Rest,
    /// Whatever stands before what the next element matches.
    Skip,
    /// The segment starts here.
    Start,
    /// The segment ends here.
    End,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternFile {
    /// For the patterns of the file that say nothing themselves.
    #[serde(default = "least")]
    least: f32,
    #[serde(default)]
    wins: bool,
    #[serde(default)]
    pattern: Vec<toml::Spanned<PatternTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternTable {
    id: String,
    doc: String,
    #[serde(rename = "match")]
    line: String,
    #[serde(default)]
    known: Option<String>,
    #[serde(default = "confidence")]
    confidence: f32,
    #[serde(default)]
    least: Option<f32>,
    #[serde(default)]
    wins: Option<bool>,
    #[serde(default)]
    act: Option<String>,
    matches: Vec<String>,
    fails: Vec<String>,
}

/// Keeps what is right once in four times.
fn least() -> f32 {
    0.25
}

/// Of a pattern that does not say it.
fn confidence() -> f32 {
    0.8
}

/// More elements are no line that anybody reads, and every one costs time at every cue.
const MOST_ELEMENTS: usize = 24;

/// Reads one pattern file.
pub(super) fn read_patterns(
    patterns: &mut Vec<Pattern>,
    file: &DataFile,
    classes: &FxHashSet<String>,
    faults: &mut Faults,
) {
    let breaks: Vec<usize> = file.text.match_indices('\n').map(|(at, _)| at).collect();
    let place = |byte: usize| Place {
        file: file.name.clone(),
        line: breaks.partition_point(|&at| at < byte) as u32 + 1,
    };
    let parsed: PatternFile = match toml::from_str(&file.text) {
        Ok(parsed) => parsed,
        Err(error) => {
            let at = place(error.span().map_or(0, |span| span.start));
            faults.add(at, error.message().to_owned(), "a pattern is [[pattern]] with id, doc, match, matches, fails, and optionally known, act, least, wins and confidence");
            return;
        }
    };
    for table in parsed.pattern {
        let at = place(table.span().start);
        let mut table = table.into_inner();
        table.least = table.least.or(Some(parsed.least));
        table.wins = table.wins.or(Some(parsed.wins));
        if let Some(before) = patterns.iter().position(|p| p.id == table.id) {
            if patterns[before].place.file == at.file {
                faults.add(
                    at,
                    format!("the pattern `{}` stands twice", table.id),
                    format!("the first is at {}", patterns[before].place),
                );
                continue;
            }
            patterns.remove(before); // a user's pattern replaces the shipped one
        }
        match compile(table, at.clone(), classes) {
            Ok(pattern) => patterns.push(pattern),
            Err((what, help)) => faults.add(at, what, help),
        }
    }
}

fn compile(
    table: PatternTable,
    place: Place,
    classes: &FxHashSet<String>,
) -> Result<Pattern, Problem> {
    let mut left = Vec::new();
    let mut right = Vec::new();
    let mut cue = None;
    for word in table.line.split_whitespace() {
        let (name, rest) = word
            .split_once(':')
            .map_or((None, word), |(name, rest)| (Some(name), rest));
        if name == Some("cue") && cue.is_none() && !rest.starts_with("GOVERNOR") {
            cue = Some(cue_element(rest)?);
            continue;
        }
        let element = element(name, rest, classes)?;
        if cue.is_none() {
            left.push(element)
        } else {
            right.push(element)
        }
    }
    if let Some(problem) = redundant(&left).or_else(|| redundant(&right)) {
        return Err(problem);
    }
    if left.len() + right.len() > MOST_ELEMENTS {
        return Err((
            format!(
                "the pattern `{}` has {} elements beside its cue",
                table.id,
                left.len() + right.len()
            ),
            format!("{MOST_ELEMENTS} are the most: write two patterns"),
        ));
    }
    left.reverse();
    let Some(cue) = cue else {
        return Err((
            format!("`{}` has no cue", table.line),
            "exactly one element is cue:VERB(…), cue:NOUN(…), cue:ADJECTIVE(…) or cue:PHRASE(…)"
                .to_owned(),
        ));
    };
    if !left
        .iter()
        .chain(&right)
        .any(|e| e.capture == Some(Capture::Content))
    {
        return Err((
            format!("`{}` has no content", table.line),
            "mark what is said: content:QUOTE, content:CLAUSE …".to_owned(),
        ));
    }
    if table.matches.is_empty() || table.fails.is_empty() {
        return Err((
            format!("the pattern `{}` lacks an example", table.id),
            "give at least one sentence in `matches` and one in `fails`".to_owned(),
        ));
    }
    if let Some(share) = [Some(table.confidence), table.least]
        .into_iter()
        .flatten()
        .find(|share| !(0.0..=1.0).contains(share))
    {
        return Err((
            format!("the share {share} is not between 0 and 1"),
            "write the share of its statements that are right".to_owned(),
        ));
    }
    let act = table.act.as_deref().map(str::parse).transpose().map_err(
        |error: crate::model::ParseNameError| {
            let known = Act::ALL.iter().map(|act| act.name());
            (error.to_string(), one_of(&error.name, known))
        },
    )?;
    let matches = table
        .matches
        .iter()
        .map(|example| parse_example(example))
        .collect::<Result<_, _>>()?;
    Ok(Pattern {
        id: table.id,
        doc: table.doc,
        known: table.known,
        line: table.line,
        left,
        cue,
        right,
        confidence: table.confidence,
        least: table.least.unwrap_or_else(least),
        wins: table.wins.unwrap_or_default(),
        act,
        matches,
        fails: table.fails,
        place,
    })
}

/// `text | source | cue | content`
fn parse_example(example: &str) -> Result<Example, Problem> {
    let parts: Vec<&str> = example.split('|').map(str::trim).collect();
    match parts.as_slice() {
        [text, source, cue, content] => Ok(Example {
            text: (*text).to_owned(),
            source: (*source).to_owned(),
            cue: (*cue).to_owned(),
            content: (*content).to_owned(),
        }),
        _ => Err((
            format!("the example `{example}` has {} parts", parts.len()),
            "write: text | source | cue | content".to_owned(),
        )),
    }
}

fn cue_element(word: &str) -> Result<CueElement, Problem> {
    let (kind, arguments) = arguments(word)?;
    let part = match kind {
        "VERB" => Part::Verb,
        "NOUN" => Part::Noun,
        "ADJECTIVE" => Part::Adjective,
        "PHRASE" => Part::Phrase,
        other => {
            return Err((
                format!("unknown cue `{other}`"),
                one_of(other, ["VERB", "NOUN", "ADJECTIVE", "PHRASE"]),
            ));
        }
    };
    if arguments.is_empty() {
        return Err((
            format!("the cue `{word}` names no frame"),
            "say how content follows it: cue:VERB(that)".to_owned(),
        ));
    }
    let mut frames: Option<Frames> = None;
    let (mut voice, mut finite) = (Voice::Active, false);
    for argument in arguments {
        if argument == "passive" && part == Part::Verb {
            voice = Voice::Passive;
        } else if argument == "finite" {
            finite = true;
        } else if argument == "any" && part == Part::Verb {
            frames = None;
        } else {
            let frame = Frames::named(argument).ok_or_else(|| {
                let of_verbs = ["any", "passive"]
                    .into_iter()
                    .filter(|_| part == Part::Verb);
                let known = FRAMES
                    .map(|(n, _)| n)
                    .into_iter()
                    .chain(["finite"])
                    .chain(of_verbs);
                (
                    format!("unknown frame `{argument}`"),
                    one_of(argument, known),
                )
            })?;
            frames = Some(frames.unwrap_or_default().with(frame));
        }
    }
    Ok(CueElement {
        part,
        frames,
        voice,
        finite,
    })
}

/// `KIND(one|two,three)` to the kind and what stands in its parentheses.
fn arguments(word: &str) -> Result<(&str, Vec<&str>), Problem> {
    let Some((kind, rest)) = word.split_once('(') else {
        return Ok((word, Vec::new()));
    };
    let inside = rest
        .strip_suffix(')')
        .filter(|inside| !inside.contains(['(', ')']));
    let Some(inside) = inside else {
        return Err((
            format!("`{word}` is not closed"),
            "write KIND(one|two), without a space".to_owned(),
        ));
    };
    let arguments: Vec<&str> = inside.split(['|', ',']).map(str::trim).collect();
    if arguments.contains(&"") {
        return Err((
            format!("`{word}` has nothing between two marks"),
            "write KIND(one|two), without a space".to_owned(),
        ));
    }
    Ok((kind, arguments))
}

fn element(
    name: Option<&str>,
    word: &str,
    classes: &FxHashSet<String>,
) -> Result<Element, Problem> {
    let (optional, repeat) = (word.ends_with(['?', '*']), word.ends_with('*'));
    let (kind, arguments) = arguments(word.strip_suffix(['?', '*']).unwrap_or(word))?;
    let capture = match name {
        None => None,
        Some("source") => Some(Capture::Source),
        Some("content") => Some(Capture::Content),
        Some("addressee") => Some(Capture::Addressee),
        Some("target") => Some(Capture::Target),
        Some("cue") => Some(Capture::Cue),
        Some(other) => {
            return Err((
                format!("unknown role `{other}`"),
                one_of(other, ["source", "cue", "content", "addressee", "target"]),
            ));
        }
    };
    if !arguments.is_empty() && !["PREP", "NOMINAL"].contains(&kind) {
        return Err((
            format!("`{kind}` takes nothing in parentheses"),
            format!("write {kind}"),
        ));
    }
    let nothing = match (kind, capture) {
        ("SKIP" | "START" | "END", Some(_)) => Some("fills no role"),
        ("SKIP", None) if optional => Some("may stand for nothing by itself"),
        ("START" | "END", None) if optional => Some("is a place and stands for nothing"),
        (_, Some(_)) if repeat => Some("repeats and so fills no role"),
        _ => None,
    };
    if let Some(why) = nothing {
        return Err((
            format!("`{word}` {why}"),
            format!("write {kind} alone, or another element"),
        ));
    }
    let kind = match kind {
        "QUOTE" => ElementKind::Quote,
        "NP" => ElementKind::NounPhrase,
        "SUBJECT" => ElementKind::Subject,
        "GOVERNOR" => ElementKind::Governor,
        "POSSESSOR" => ElementKind::Possessor,
        "MODIFIER" => ElementKind::Modifier,
        "MOD" => ElementKind::Circumstance,
        "LINK" => ElementKind::Link,
        "PREP" if arguments == ["own"] => ElementKind::OwnPreposition,
        "PREP" => match arguments.as_slice() {
            [class] if classes.contains(*class) => ElementKind::Preposition((*class).to_owned()),
            _ => {
                return Err((
                    format!("unknown class of prepositions in `{word}`"),
                    class_help(&arguments, classes, "a class of words.tsv, or own"),
                ));
            }
        },
        "FRAGMENT" => ElementKind::Fragment,
        "COMMA" => ElementKind::Comma,
        "COLON" => ElementKind::Colon,
        "DASH" => ElementKind::Dash,
        "CLAUSE" => ElementKind::Clause,
        "TO" => ElementKind::Infinitive,
        "ING" => ElementKind::Gerund,
        "WH" => ElementKind::Question,
        "NOMINAL" => match arguments.as_slice() {
            [] => ElementKind::Nominal(None),
            [class] if classes.contains(*class) => ElementKind::Nominal(Some((*class).to_owned())),
            _ => {
                return Err((
                    format!("unknown class of words in `{word}`"),
                    class_help(&arguments, classes, "a class of words.tsv"),
                ));
            }
        },
        "AS" => ElementKind::As,
        "REST" => ElementKind::Rest,
        "SKIP" => ElementKind::Skip,
        "START" => ElementKind::Start,
        "END" => ElementKind::End,
        other => {
            return Err((
                format!("unknown element `{other}`"),
                one_of(
                    other,
                    ELEMENTS
                        .iter()
                        .map(|(name, _)| name.split('(').next().unwrap_or(name)),
                ),
            ));
        }
    };
    Ok(Element {
        kind,
        capture,
        optional,
        repeat,
    })
}

fn class_help(arguments: &[&str], classes: &FxHashSet<String>, known: &str) -> String {
    let near = match arguments {
        [class] => nearest(class, classes.iter().map(String::as_str)),
        _ => None,
    };
    match near {
        Some(near) => format!("did you mean `{near}`? {known}"),
        None => known.to_owned(),
    }
}
