//! Segments and patterns to attributions: who said what, as token ranges.
//!
//! At every cue the patterns are tried in order and the first that matches wins; a quotation belongs to one attribution.
//! What is quoted and still nobody's is then given to whoever goes on speaking (`continued`). Who the source is and what
//! the attribution means are decided elsewhere.

mod beside;
mod boundary;
mod circumstance;
mod content;
mod continued;
mod credited;
mod cue;
mod failures;
mod headline;
mod label;
pub mod lesson;
mod limit;
mod listed;
mod matcher;
mod mutual;
mod owner;
mod reach;
mod trust;
mod turn;

use std::cell::{LazyCell, RefCell};

use crate::lexicon::{Capture, Frames, Lexicon, Part, Pattern};
use crate::model::{Act, ContentKind, ParagraphKind, Quotation, QuotationRole};
use crate::text::{Clauses, Segment, Text, UnitKind};

use cue::CueHit;
use matcher::{Match, Matcher};
use trust::Seen;

/// An attribution before it is known who is meant. Ranges are of tokens, first and behind the last.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// Id of the pattern or rule.
    pub rule: String,
    /// Index of the pattern; `None` for the rules that continue a quotation.
    pub pattern: Option<usize>,
    /// The noun phrase of the source; `None`: nobody is named here.
    pub source: Option<(u32, u32)>,
    /// An earlier attribution (by index) whose source this one shares.
    pub source_of: Option<usize>,
    /// The cue's words.
    pub cue_tokens: Option<(u32, u32)>,
    /// Row of the cue lists.
    pub cue: Option<u32>,
    /// The attribution itself is negated.
    pub negated: bool,
    /// What is said.
    pub content: Vec<(u32, u32)>,
    /// Quotations that are content as a whole.
    pub quotations: Vec<u32>,
    /// To whom.
    pub addressee: Option<(u32, u32)>,
    /// At whom.
    pub target: Option<(u32, u32)>,
    /// Quoted, paraphrased or both.
    pub kind: ContentKind,
    /// The segment that shows it.
    pub segment: usize,
    /// The statement whose content holds it.
    pub parent: Option<usize>,
    /// How often the rule is right.
    pub confidence: f32,
    /// Its source is the label of a turn, or of somebody who speaks elsewhere in the text, too: that it is a statement is sure.
    pub speaks: bool,
}

impl Attribution {
    /// All of the quotation `q` in `segment`, said by nobody yet.
    fn of_quotation(
        rule: &str,
        q: u32,
        quotation: &Quotation,
        segment: usize,
        confidence: f32,
    ) -> Attribution {
        Attribution {
            quotations: vec![q],
            kind: ContentKind::Direct,
            ..Attribution::by_rule(rule, vec![quotation.tokens], segment, confidence)
        }
    }

    /// What the rule `rule`, which is no pattern, reads as said in `segment`, by nobody yet.
    fn by_rule(
        rule: &str,
        content: Vec<(u32, u32)>,
        segment: usize,
        confidence: f32,
    ) -> Attribution {
        Attribution {
            rule: rule.to_owned(),
            pattern: None,
            source: None,
            source_of: None,
            cue_tokens: None,
            cue: None,
            negated: false,
            content,
            quotations: Vec::new(),
            addressee: None,
            target: None,
            kind: ContentKind::Indirect,
            segment,
            parent: None,
            confidence,
            speaks: false,
        }
    }
}

/// How much surer a later pattern must be to win.
const MARGIN: f32 = 0.05;
/// How much less sure a statement may be whose cue does something by words: "demanded a withdrawal".
const DONE: f32 = 0.1;
/// How many words of quoted ones may follow the end of a content.
const LONGEST_REST: u32 = 24;
/// How much surer a statement inside a quotation must be.
const QUOTED: f32 = 0.2;

/// Finds the attributions of a text, in text order of their contents' first words.
pub fn find(text: &Text, lexicon: &Lexicon) -> Vec<Attribution> {
    find_and_tell(text, lexicon, &mut |_| {})
}

/// As [`find`]; `tell` sees every statement that a pattern finds, right after it was found.
fn find_and_tell(
    text: &Text,
    lexicon: &Lexicon,
    tell: &mut dyn FnMut(&Seen<'_>),
) -> Vec<Attribution> {
    let phrases = lexicon.cues.phrases.find(&text.tokens);
    let mut owner: Vec<Option<usize>> = vec![None; text.quotations.len()];
    let mut found: Vec<Attribution> = Vec::new();
    let turns = turn::find(text, lexicon, &mut found, &mut owner);
    let speakers = LazyCell::new(|| label::speakers(text, lexicon));
    for (index, segment) in text.segments.iter().enumerate() {
        let hits = cue::find(segment, &text.tokens, &phrases, lexicon);
        let ends = RefCell::default();
        let matcher = Matcher {
            clauses: Clauses {
                units: &segment.units,
                tokens: &text.tokens,
                language: &lexicon.language,
            },
            hits: &hits,
            lexicon,
            ends: &ends,
        };
        let first = found.len();
        let has_quotation = segment
            .units
            .iter()
            .any(|u| matches!(u.kind, UnitKind::Quotation(_)));
        let paragraph = &text.paragraphs[segment.paragraph as usize];
        for hit in &hits {
            // A verb that no list names is a cue only beside a quotation.
            if hit.cue.is_none() && !has_quotation
                || hit.part == Part::Phrase && turns.binary_search(&hit.tokens.0).is_ok()
            {
                continue;
            }
            let mut best: Option<Attribution> = None;
            let mut distrusted = false;
            let mut matched = Match::default();
            let outer = LazyCell::new(|| outer(&found[first..], hit));
            for (at, pattern) in lexicon.patterns.iter().enumerate() {
                if !matcher.matches(pattern, hit, &mut matched) {
                    continue;
                }
                let matched = std::mem::take(&mut matched);
                let owned = |&q: &u32| owner[q as usize].is_some();
                if matched.quotations.iter().any(owned) {
                    continue;
                }
                let mut attribution = attribution(pattern, at, matched, hit, index, text);
                if is_circular(&attribution) || is_shadowed(&found[first..], &attribution, hit.part)
                {
                    continue;
                }
                go_on(&found[first..], &mut attribution, hit);
                let outer = *outer;
                let inside = segment.within.is_some() || outer.is_some();
                if inside && owner::is_no_other(&matcher, &attribution, hit, outer) {
                    continue;
                }
                if let Some((start, end)) = label(&attribution, pattern, hit, lexicon) {
                    let name = text.tokens[end as usize - 1].norm.as_str();
                    attribution.speaks = speakers.contains(name);
                    let is_person = || label::looks_like_a_person(text, lexicon, (start, end));
                    let is_heading = || {
                        paragraph.kind == ParagraphKind::Title
                            && label::heads(text, lexicon, (start, end))
                    };
                    if !attribution.speaks && !is_person() && !is_heading() {
                        continue;
                    }
                }
                // A source that was distrusted does not make a statement of nobody.
                if distrusted && attribution.source.is_none() {
                    continue;
                }
                let seen = Seen {
                    clauses: matcher.clauses,
                    hits: &hits,
                    lexicon,
                    hit,
                    attribution: &attribution,
                    title: paragraph.kind == ParagraphKind::Title,
                    quoted: segment.within.is_some(),
                };
                tell(&seen);
                if !lexicon.trust.is_empty() {
                    let trust = lexicon.trust.probability(|sink| seen.describe(sink));
                    // Who is quoted speaks of what others say in passing.
                    let mut least = pattern.least;
                    if seen.quoted {
                        least += QUOTED;
                    }
                    if hit
                        .cue
                        .is_some_and(|c| is_done(lexicon.cues.list[c as usize].act))
                    {
                        least -= DONE;
                    }
                    if trust < least && !attribution.speaks {
                        distrusted = true;
                        continue;
                    }
                    attribution.confidence = trust;
                }
                let surer = |best: &Attribution| attribution.confidence > best.confidence + MARGIN;
                if best.as_ref().is_none_or(surer) {
                    best = Some(attribution);
                }
                if pattern.wins {
                    break;
                }
            }
            if let Some(mut attribution) = best {
                for &q in &attribution.quotations {
                    owner[q as usize] = Some(found.len());
                }
                let other = mutual::split(&mut attribution, segment, &text.tokens, lexicon);
                found.push(attribution);
                found.extend(other);
            }
        }
        credited::add(&matcher, first, &mut found);
    }
    let speaks = |word: &str| speakers.contains(word);
    beside::find(text, lexicon, &speaks, &mut found, &mut owner);
    headline::find(text, lexicon, &speaks, &mut found);
    listed::find(text, lexicon, &phrases, &mut found);
    continued::find(text, &mut found, &mut owner);
    for attribution in &mut found {
        continued::join_overlapping(&mut attribution.content);
        for beside in attribution.cue_tokens.into_iter().chain(attribution.source) {
            continued::leave_out(&mut attribution.content, beside);
        }
        attribution.kind = kind_of(attribution, &text.quotations);
        if attribution.pattern.is_none() && !lexicon.trust.is_empty() {
            let score = lexicon
                .trust
                .score(|sink| trust::describe_beside(&attribution.rule, sink));
            // A rule that was too rare to be learned keeps its own.
            if score != 0.0 {
                attribution.confidence = 1.0 / (1.0 + (-score).exp());
            }
        }
    }
    in_text_order(found)
}

/// What `pattern`, the `at`th, found at the cue `hit`.
fn attribution(
    pattern: &Pattern,
    at: usize,
    matched: Match,
    hit: &CueHit,
    segment: usize,
    text: &Text,
) -> Attribution {
    let mut attribution = Attribution {
        rule: pattern.id.clone(),
        pattern: Some(at),
        source: None,
        source_of: None,
        cue_tokens: Some(hit.tokens),
        cue: hit.cue,
        negated: hit.group.negated,
        content: Vec::new(),
        quotations: matched.quotations,
        addressee: None,
        target: None,
        kind: ContentKind::Indirect,
        segment,
        parent: None,
        confidence: pattern.confidence,
        speaks: false,
    };
    for (capture, tokens) in matched.captures {
        match capture {
            Capture::Source => attribution.source = Some(tokens),
            Capture::Content => attribution.content.push(tokens),
            Capture::Addressee => attribution.addressee = Some(tokens),
            Capture::Target => attribution.target = Some(tokens),
            Capture::Cue => {
                attribution.cue_tokens = attribution
                    .cue_tokens
                    .map(|c| (c.0.min(tokens.0), c.1.max(tokens.1)))
            }
        }
    }
    attribution.content.sort_unstable();
    // `said the plan | “has failed.”`: one span.
    attribution.content.dedup_by(|next, before| {
        let touch = before.1 == next.0;
        before.1 = if touch { next.1 } else { before.1 };
        touch
    });
    for content in &mut attribution.content {
        *content = without_tags(with_marks(*content, &text.quotations), text);
    }
    if !attribution.content.is_empty() {
        attribution.kind = kind_of(&attribution, &text.quotations);
    }
    attribution
}

/// The source, where it is a label whose content is not quoted: "Ann Orr: the plan has failed".
fn label(
    attribution: &Attribution,
    pattern: &Pattern,
    hit: &CueHit,
    lexicon: &Lexicon,
) -> Option<(u32, u32)> {
    let quotes = |cue| lexicon.cues.takes(cue, Frames::QUOTE);
    let is_label = hit.part == Part::Phrase
        && hit.cue.is_some_and(quotes)
        && attribution.quotations.is_empty()
        && pattern.place.is_shipped();
    attribution
        .source
        .filter(|source| is_label && source.1 == hit.tokens.0)
}

/// The cues that are seen in `segment`, as their words and, in brackets, the row's base form: for `why-not`.
pub fn cues_in(text: &Text, lexicon: &Lexicon, segment: &Segment) -> Vec<String> {
    let phrases = lexicon.cues.phrases.find(&text.tokens);
    cue::find(segment, &text.tokens, &phrases, lexicon)
        .iter()
        .filter_map(|hit| {
            let row = &lexicon.cues.list[hit.cue? as usize];
            Some(format!("{} ({})", row.lemma, row.place))
        })
        .collect()
}

/// The source inside the content, or the content empty.
fn is_circular(attribution: &Attribution) -> bool {
    attribution.content.is_empty()
        || attribution.source.is_some_and(|(start, end)| {
            attribution
                .content
                .iter()
                .any(|&(s, e)| s < end && start < e && s <= start && end <= e)
        })
}

/// What is done by words alone, whatever stands behind the verb; one may attack a town.
fn is_done(act: Act) -> bool {
    matches!(
        act,
        Act::Accuse
            | Act::Deny
            | Act::Reject
            | Act::Refuse
            | Act::Warn
            | Act::Demand
            | Act::Request
            | Act::Promise
            | Act::Apologize
    )
}

/// "denied that his ministry had asked | and described": a subject inside the content of an attribution that ends before the
/// cue cannot be the cue's; whoever speaks there goes on.
fn go_on(found: &[Attribution], attribution: &mut Attribution, hit: &CueHit) {
    let Some((start, end)) = attribution.source.filter(|_| hit.group.finite) else {
        return;
    };
    let (first, _) = attribution.cue_tokens.unwrap_or(hit.tokens);
    let ends_before = |a: &&Attribution| {
        let content = a.content[a.content.len() - 1];
        a.source.is_some() && content.0 <= start && end < content.1 && content.1 <= first
    };
    if let Some(before) = found.iter().rev().find(ends_before) {
        attribution.source = before.source;
    }
}

/// The last of the attributions `found` whose content holds the cue.
fn outer<'a>(found: &'a [Attribution], hit: &CueHit) -> Option<&'a Attribution> {
    let (start, end) = hit.tokens;
    let holds = |a: &&Attribution| a.content.iter().any(|&(s, e)| s <= start && end <= e);
    found.iter().rev().find(holds)
}

/// A cue noun that an earlier attribution's cue already covers ("expressed concern").
fn is_shadowed(found: &[Attribution], attribution: &Attribution, part: Part) -> bool {
    let (Some((start, end)), true) = (attribution.cue_tokens, part != Part::Phrase) else {
        return false;
    };
    found
        .iter()
        .filter_map(|f| f.cue_tokens)
        .any(|(s, e)| s < end && start < e)
}

/// The content with the marks of quoted fragments at its edges: `how “to kill time.”`
fn with_marks((mut start, mut end): (u32, u32), quotations: &[Quotation]) -> (u32, u32) {
    let from = quotations.partition_point(|q| q.tokens.0 + 1 < start);
    let limit = end;
    for quotation in quotations[from..]
        .iter()
        .take_while(|q| q.tokens.0 < limit)
        .filter(|q| q.role == QuotationRole::Fragment && q.closed)
    {
        let (first, last) = quotation.tokens;
        // A full stop may stand before the closing mark, and who is quoted goes on to it.
        if last > end && (last <= end + 2 || first + 1 >= start && last <= end + LONGEST_REST) {
            end = last;
        }
        if first + 1 == start && last <= end {
            start = first;
        }
    }
    (start, end)
}

/// The content without the addresses and the words behind `#` that a post ends with.
fn without_tags((start, mut end): (u32, u32), text: &Text) -> (u32, u32) {
    let is_tag = |norm: &str| norm.starts_with('#') && norm.len() > 1 || norm.contains("://");
    while end > start + 1 && is_tag(&text.tokens[end as usize - 1].norm) {
        end -= 1;
    }
    (start, end)
}

/// Direct when all of the content is quoted, mixed when some of it is.
fn kind_of(attribution: &Attribution, quotations: &[Quotation]) -> ContentKind {
    let total: u32 = attribution.content.iter().map(|(s, e)| e - s).sum();
    let mut quoted = 0;
    for &(start, end) in &attribution.content {
        let mut covered = start;
        for quotation in &quotations[quotations.partition_point(|q| q.tokens.0 < start)..] {
            if quotation.tokens.0 >= end {
                break;
            }
            let (s, e) = (quotation.tokens.0.max(covered), quotation.tokens.1.min(end));
            if s < e && quotation.tokens.1 > start {
                quoted += e - s;
                covered = e;
            }
        }
    }
    let whole = attribution.quotations.len() == attribution.content.len()
        && attribution
            .quotations
            .iter()
            .all(|&q| quotations[q as usize].role == QuotationRole::Speech);
    if whole || quoted >= total {
        ContentKind::Direct
    } else if quoted > 0 {
        ContentKind::Mixed
    } else {
        ContentKind::Indirect
    }
}

/// Sorts by content and cue, and points every `source_of` and `parent` at the new places.
fn in_text_order(found: Vec<Attribution>) -> Vec<Attribution> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    let key = |a: &Attribution| {
        (
            a.content[0].0.min(a.cue_tokens.map_or(u32::MAX, |c| c.0)),
            a.cue_tokens,
            a.content[0].1,
        )
    };
    order.sort_by(|&a, &b| key(&found[a]).cmp(&key(&found[b])).then(a.cmp(&b)));
    let mut new_place = vec![0; found.len()];
    for (place, &old) in order.iter().enumerate() {
        new_place[old] = place;
    }
    let mut slots: Vec<Option<Attribution>> = found.into_iter().map(Some).collect();
    let mut sorted: Vec<Attribution> = order.iter().filter_map(|&old| slots[old].take()).collect();
    for attribution in &mut sorted {
        attribution.source_of = attribution.source_of.map(|old| new_place[old]);
    }
    nest(&mut sorted);
    sorted
}

/// Gives every attribution the smallest one whose content holds its cue and content.
fn nest(found: &mut [Attribution]) {
    // Contents of attributions are nested or nearly so: a stack of open ones finds the parent in one pass.
    let spans: Vec<(u32, u32)> = found
        .iter()
        .map(|a| (a.content[0].0, a.content[a.content.len() - 1].1))
        .collect();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| (spans[i].0, std::cmp::Reverse(spans[i].1), i));
    let mut open: Vec<usize> = Vec::new();
    for &at in &order {
        let whole = match found[at].cue_tokens {
            Some((start, end)) => (start.min(spans[at].0), end.max(spans[at].1)),
            None => spans[at],
        };
        while open.last().is_some_and(|&o| spans[o].1 <= spans[at].0) {
            open.pop();
        }
        found[at].parent = open.iter().rev().copied().find(|&o| {
            o != at
                && found[o]
                    .content
                    .iter()
                    .any(|&(s, e)| s <= whole.0 && whole.1 <= e)
        });
        open.push(at);
    }
}
