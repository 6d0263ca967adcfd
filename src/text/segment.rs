//! Phrases to segments: what a pattern reads at a time.
//!
//! A segment is a sentence of the author in which each quotation that stands for itself is one unit, or a sentence
//! inside such a quotation; a dateline is one, too. So `"A. B," he said.` is one segment of the author's (quotation, comma,
//! he, said, stop) and two of the quotation's own.

use super::phrase::{Phrase, PhraseKind};
use crate::model::{Paragraph, ParagraphKind, Quotation, QuotationRole, Sentence, Span, Token};

/// A unit of a segment: a phrase, or a whole quotation.
pub type Unit = Phrase;
/// The kinds of units.
pub type UnitKind = PhraseKind;

/// A sentence as the patterns read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// Phrases and quotations in text order.
    pub units: Vec<Unit>,
    /// The quotation whose own words these are; `None`: the author's.
    pub within: Option<u32>,
    /// Index of its paragraph.
    pub paragraph: u32,
    /// The words.
    pub span: Span,
}

/// Cuts the body and the titles into segments, in the order of their first words.
pub(super) fn cut(
    tokens: &[Token],
    paragraphs: &[Paragraph],
    sentences: &[Sentence],
    quotations: &[Quotation],
    phrases: &[Phrase],
) -> Vec<Segment> {
    let mut ends = vec![false; tokens.len() + 1];
    for end in paragraphs.iter().filter_map(|p| p.dateline) {
        ends[end as usize] = true;
    }
    for sentence in sentences {
        ends[sentence.tokens.1 as usize] = true;
    }
    let mut body = vec![false; tokens.len() + 1];
    for paragraph in paragraphs
        .iter()
        .filter(|p| p.kind != ParagraphKind::Boilerplate)
    {
        body[paragraph.tokens.0 as usize] = true;
    }
    let mut cutter = Cutter {
        body: &body,
        tokens,
        quotations,
        ends: &ends,
        segments: Vec::new(),
        carried: Vec::new(),
        paragraph: 0,
    };
    let (mut phrase, mut quotation) = (0, 0);
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let phrase_end =
            phrase + phrases[phrase..].partition_point(|p| p.tokens.0 < paragraph.tokens.1);
        let quotation_end = quotation
            + quotations[quotation..].partition_point(|q| q.tokens.0 < paragraph.tokens.1);
        if paragraph.kind != ParagraphKind::Boilerplate {
            cutter.paragraph = index as u32;
            let speech: Vec<u32> = (quotation as u32..quotation_end as u32)
                .filter(|&q| quotations[q as usize].role == QuotationRole::Speech)
                .collect();
            cutter.level(&phrases[phrase..phrase_end], &speech, None);
        }
        phrase = phrase_end;
        quotation = quotation_end;
    }
    cutter
        .segments
        .sort_by_key(|segment| (segment.span.start(), segment.within));
    cutter.segments
}

struct Cutter<'a> {
    tokens: &'a [Token],
    quotations: &'a [Quotation],
    /// True where a sentence ends before this token.
    ends: &'a [bool],
    /// True where a paragraph of the article's own starts with this token.
    body: &'a [bool],
    segments: Vec<Segment>,
    /// Units of a paragraph that ends in a colon before a quotation: `She wrote:`, and the quotation a line further.
    carried: Vec<Unit>,
    paragraph: u32,
}

/// Units of a sentence, most often at most.
const USUAL: usize = 24;

impl Cutter<'_> {
    /// Cuts `phrases`, which hold the quotations `speech` (outer before inner), all inside the quotation `within`.
    fn level(&mut self, phrases: &[Phrase], speech: &[u32], within: Option<u32>) {
        let mut units: Vec<Unit> = match within {
            None => std::mem::take(&mut self.carried),
            Some(_) => Vec::new(),
        };
        let (mut at, mut next) = (0, 0);
        while at < phrases.len() {
            let start = phrases[at].tokens.0;
            if let Some(&q) = speech.get(next)
                && start >= self.quotations[q as usize].tokens.0
            {
                let quotation = &self.quotations[q as usize];
                let inside_end =
                    at + phrases[at..].partition_point(|p| p.tokens.0 < quotation.tokens.1);
                let nested_end = next
                    + 1
                    + speech[next + 1..].partition_point(|&n| {
                        self.quotations[n as usize].tokens.0 < quotation.tokens.1
                    });
                let words = strip_marks(&phrases[at..inside_end], quotation, self.tokens);
                let nested = speech[next + 1..nested_end].to_vec();
                self.level(words, &nested, Some(q));
                units.push(Unit {
                    kind: UnitKind::Quotation(q),
                    tokens: quotation.tokens,
                    head: quotation.tokens.0,
                });
                (at, next) = (inside_end, nested_end);
                if self.ends[quotation.tokens.1 as usize] && self.closes_sentence(quotation) {
                    self.finish(&mut units, within);
                }
                continue;
            }
            if units.capacity() == 0 {
                units.reserve(USUAL);
            }
            units.push(phrases[at]);
            at += 1;
            if self.ends[units[units.len() - 1].tokens.1 as usize]
                || phrases.get(at).is_some_and(|p| {
                    (units[units.len() - 1].tokens.1..=p.tokens.0).any(|t| self.ends[t as usize])
                })
            {
                self.finish(&mut units, within);
            }
        }
        self.finish(&mut units, within);
    }

    /// `"Why?" she asked` goes on behind the quotation; `"No." She left` does not.
    fn closes_sentence(&self, quotation: &Quotation) -> bool {
        let last = quotation
            .tokens
            .1
            .saturating_sub(if quotation.closed { 2 } else { 1 });
        !matches!(self.tokens[last as usize].norm.as_str(), "?" | "!")
    }

    /// A colon, and speech right behind it.
    fn leads_on(&self, last: &Unit) -> bool {
        let next = last.tokens.1;
        let at = self.quotations.partition_point(|q| q.tokens.0 < next);
        last.kind == UnitKind::Colon
            && self
                .quotations
                .get(at)
                .is_some_and(|q| q.tokens.0 == next && q.role == QuotationRole::Speech)
            && self.body[next as usize]
    }

    fn finish(&mut self, units: &mut Vec<Unit>, within: Option<u32>) {
        let (Some(first), Some(last)) = (units.first(), units.last()) else {
            return;
        };
        if within.is_none() && self.leads_on(last) {
            self.carried = std::mem::take(units);
            return;
        }
        let span = self.tokens[first.tokens.0 as usize]
            .span
            .cover(self.tokens[last.tokens.1 as usize - 1].span);
        self.segments.push(Segment {
            units: std::mem::take(units),
            within,
            paragraph: self.paragraph,
            span,
        });
    }
}

/// The phrases without the quotation's own marks.
fn strip_marks<'a>(phrases: &'a [Phrase], quotation: &Quotation, tokens: &[Token]) -> &'a [Phrase] {
    let mut words = phrases;
    // One that goes on from an earlier paragraph may begin without a mark.
    let opens = quotation.continues.is_none()
        || tokens[quotation.tokens.0 as usize].tag.is_quotation_mark();
    if opens
        && words
            .first()
            .is_some_and(|p| p.tokens == (quotation.tokens.0, quotation.tokens.0 + 1))
    {
        words = &words[1..];
    }
    let last = &tokens[quotation.tokens.1 as usize - 1];
    let closes = last.tag.is_quotation_mark() || last.norm == "'";
    if quotation.closed
        && closes
        && words
            .last()
            .is_some_and(|p| p.tokens == (quotation.tokens.1 - 1, quotation.tokens.1))
    {
        words = &words[..words.len() - 1];
    }
    words
}
