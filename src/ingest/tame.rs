//! Pages to pages that are read in linear time: nesting, attributes and unclosed elements without bound are cut back.
//!
//! In: a page. Out: the same page where it is like others, else one of the same text whose elements are closed in order and
//! nest no deeper than browsers let them; or the word that only its text should be taken. What counts is work, never time:
//! the answer is the same on every machine. Nothing is judged here, and no text is left out.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use super::tag::{Piece, Tag, pieces};

/// Elements inside each other: browsers stop near this, too.
const DEPTH: usize = 512;
/// Attributes of one element: the parser compares each with all before it.
const ATTRIBUTES: usize = 100;
/// Bytes of one attribute: pictures stand in them, and no words.
const VALUE: usize = 1 << 16;
/// Elements of form (`b`, `font`) that are opened and not closed: each is opened again in all paragraphs that follow.
const UNCLOSED: usize = 16;
/// End tags that do not fit what is open: up to here a parser's repairs are left to the parser.
const MISFITS: usize = 1000;
/// For each tag the elements around it, and as many for each 64 bytes of text. A long page of news has a tenth.
const WORK: usize = 1_500_000;
/// What an entity adds to it.
const ENTITY: usize = 8;

/// The page to read in the place of `page`; `None` where only its text should be taken.
pub(super) fn tame(page: &str) -> Option<Cow<'_, str>> {
    let mut seen = Walk::default();
    seen.over(page);
    if !seen.is_wild {
        return (seen.work <= WORK).then_some(Cow::Borrowed(page));
    }
    let mut rewritten = Walk {
        out: Some(String::with_capacity(page.len())),
        ..Walk::default()
    };
    rewritten.over(page);
    rewritten.close_from(0);
    let page = rewritten.out.filter(|_| rewritten.work <= WORK)?;
    Some(Cow::Owned(page))
}

/// What matters of an element's name.
#[derive(Clone, Copy, Default)]
struct Name<'a> {
    word: &'a str,
    /// A parser opens it again where it was not closed.
    form: bool,
    /// It has no content.
    is_void: bool,
    /// A paragraph ends before it.
    block: bool,
    /// No end tag outside reaches into it.
    scope: bool,
    /// It is an element of pages, and none of pictures or formulas.
    of_pages: bool,
}

/// A walk over a page, which keeps what is open as a parser would.
#[derive(Default)]
struct Walk<'a> {
    /// The page anew, where it is written anew.
    out: Option<String>,
    open: Vec<Name<'a>>,
    /// The names seen so far.
    names: FxHashMap<&'a str, Name<'a>>,
    /// How many of each name are open.
    count: FxHashMap<&'a str, usize>,
    /// How many of each name were left out for their depth and wait for their end tags.
    left_out: FxHashMap<&'a str, usize>,
    /// Elements of form that were opened and not closed by an end tag of their own.
    unclosed: FxHashMap<&'a str, usize>,
    all_unclosed: usize,
    misfits: usize,
    /// Inside a picture or formula, where `<name/>` is closed.
    in_picture: bool,
    work: usize,
    is_wild: bool,
}

impl<'a> Walk<'a> {
    fn over(&mut self, page: &'a str) {
        for piece in pieces(page) {
            match piece {
                Piece::Text(text) => self.text(text),
                Piece::Raw(raw) => self.write(raw),
                Piece::Tag(tag) => {
                    self.work += self.open.len() + 1;
                    let name = *self
                        .names
                        .entry(tag.name)
                        .or_insert_with(|| Name::of(tag.name));
                    // These stand for themselves: a page has one of each, whatever its tags say.
                    if matches!(name.word, "html" | "head" | "body") {
                        if !tag.is_end {
                            self.write_start(&tag);
                        }
                    } else if tag.is_end {
                        self.end(name, &tag);
                    } else {
                        self.start(name, &tag);
                    }
                }
            }
        }
    }

    fn write(&mut self, text: &str) {
        if let Some(out) = &mut self.out {
            out.push_str(text);
        }
    }

    fn text(&mut self, text: &str) {
        let entities = text.bytes().filter(|&byte| byte == b'&').count();
        self.work += text.len() * self.open.len() / 64 + ENTITY * entities;
        self.write(text);
    }

    fn start(&mut self, name: Name<'a>, tag: &Tag) {
        let in_table = self.is_open("table");
        let of_table = matches!(
            name.word,
            "caption" | "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "colgroup"
        );
        if of_table && !in_table {
            return; // a parser passes it over, too
        }
        self.make_way(name);
        if name.form {
            // Of the same tag a parser keeps three.
            let most = if tag.attributes.is_empty() {
                3
            } else {
                usize::MAX
            };
            let unclosed = self.unclosed.entry(name.word).or_default();
            if *unclosed < most {
                *unclosed += 1;
                self.all_unclosed += 1;
            }
            self.is_wild |= self.all_unclosed > UNCLOSED;
        }
        if matches!(name.word, "svg" | "math") {
            self.in_picture = true;
        } else if name.of_pages {
            self.in_picture = false;
        }
        let is_void = name.is_void || tag.closes_itself && self.in_picture;
        if self.open.len() >= DEPTH && !is_void {
            self.is_wild = true;
            *self.left_out.entry(name.word).or_default() += 1;
            return self.write(" ");
        }
        self.write_start(tag);
        if !is_void {
            self.open.push(name);
            *self.count.entry(name.word).or_default() += 1;
        }
    }

    fn is_open(&self, word: &str) -> bool {
        self.count.get(word).is_some_and(|&count| count > 0)
    }

    /// Writes a start tag, as it stands or with fewer and shorter attributes.
    fn write_start(&mut self, tag: &Tag) {
        let is_long = |value: &&str| value.len() > VALUE;
        if tag.attributes.len() <= ATTRIBUTES && !tag.attributes.iter().any(is_long) {
            return self.write(tag.whole);
        }
        self.is_wild = true;
        self.write("<");
        self.write(tag.name);
        for attribute in tag.attributes.iter().take(ATTRIBUTES) {
            self.write(" ");
            match attribute.split_once('=') {
                Some((word, _)) if attribute.len() > VALUE && word.len() < VALUE => {
                    self.write(word);
                    self.write("=\"\"");
                }
                _ if attribute.len() > VALUE => {}
                _ => self.write(attribute),
            }
        }
        self.write(">");
    }

    /// Closes what a start tag of this name closes.
    fn make_way(&mut self, name: Name) {
        if name.block && self.is_open("p") {
            let stops = |open: &Name| open.scope || open.word == "button";
            self.close_up_to(|open| open.word == "p", stops);
        }
        let word = name.word;
        match word {
            "li" => {
                let stops = |open: &Name| open.scope || matches!(open.word, "ul" | "ol" | "menu");
                self.close_up_to(|open| open.word == "li", stops);
            }
            "dt" | "dd" => {
                let stops = |open: &Name| open.scope || open.word == "dl";
                self.close_up_to(|open| matches!(open.word, "dt" | "dd"), stops);
            }
            "option" | "optgroup" => {
                self.close_up_to(|open| open.word == "option", |open| open.word != "option");
            }
            "tr" | "caption" => {
                self.close_up_to(|open| open.word == word, |open| open.word == "table");
            }
            "td" | "th" => {
                let stops = |open: &Name| matches!(open.word, "tr" | "table");
                self.close_up_to(|open| matches!(open.word, "td" | "th"), stops);
            }
            "tbody" | "thead" | "tfoot" => {
                let is_part = |open: &Name| matches!(open.word, "tbody" | "thead" | "tfoot");
                self.close_up_to(is_part, |open| open.word == "table");
            }
            "a" | "nobr" => {
                self.close_up_to(|open| open.word == word, |open| !open.form);
            }
            _ => {}
        }
    }

    /// Closes the innermost element of which `is_it` holds, with all inside it, unless `stops` holds of one before.
    fn close_up_to(
        &mut self,
        is_it: impl Fn(&Name) -> bool,
        stops: impl Fn(&Name) -> bool,
    ) -> bool {
        let mut inside = self.open.iter().enumerate().rev();
        let found = inside.find(|(_, open)| is_it(open) || stops(open));
        match found {
            Some((at, open)) if is_it(open) => {
                self.close_from(at);
                true
            }
            _ => false,
        }
    }

    /// Closes all from the element at `at` on.
    fn close_from(&mut self, at: usize) {
        while self.open.len() > at
            && let Some(name) = self.open.pop()
        {
            self.in_picture &= !matches!(name.word, "svg" | "math");
            if let Some(count) = self.count.get_mut(name.word) {
                *count -= 1;
            }
            if let Some(out) = &mut self.out {
                out.push_str("</");
                out.push_str(name.word);
                out.push('>');
            }
        }
    }

    fn end(&mut self, name: Name<'a>, tag: &Tag) {
        let word = name.word;
        if let Some(unclosed) = self.unclosed.get_mut(word).filter(|n| **n > 0) {
            *unclosed -= 1;
            self.all_unclosed -= 1;
        }
        if let Some(waiting) = self.left_out.get_mut(word).filter(|n| **n > 0) {
            *waiting -= 1;
            return self.write(" ");
        }
        let fits = self.open.last().is_some_and(|open| open.word == word);
        let stops = |open: &Name| match word {
            "p" => open.scope || open.word == "button",
            "li" => open.scope || matches!(open.word, "ul" | "ol"),
            _ if name.block || name.scope || word == "button" => open.scope,
            // What is of form or unknown closes no block.
            _ => open.scope || open.block,
        };
        let closed = self.is_open(word) && self.close_up_to(|open| open.word == word, stops);
        // These two make an element of their own where there is none to close; others are left out.
        let is_element = matches!(word, "p" | "br");
        if !closed && is_element {
            self.write(tag.whole);
        }
        if !fits && !is_element {
            self.misfits += 1;
            self.is_wild |= self.misfits > MISFITS;
        }
    }
}

impl<'a> Name<'a> {
    fn of(name: &'a str) -> Name<'a> {
        let find = |list: &[&'static str]| {
            list.iter()
                .copied()
                .find(|word| word.eq_ignore_ascii_case(name))
        };
        let (form, is_void) = (find(FORM), find(VOID));
        let (block, scope, other) = (find(BLOCK), find(SCOPE), find(OTHERS));
        let known = form.or(is_void).or(block).or(scope).or(other);
        Name {
            word: known.unwrap_or(name),
            form: form.is_some(),
            is_void: is_void.is_some(),
            block: block.is_some(),
            scope: scope.is_some(),
            of_pages: known.is_some_and(|word| !matches!(word, "a" | "svg" | "math")),
        }
    }
}

/// Elements that a parser opens again where they were not closed.
const FORM: &[&str] = &[
    "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u",
];
/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input",
    "keygen", "link", "meta", "param", "source", "track", "wbr",
];
/// Elements before which a paragraph ends.
const BLOCK: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "plaintext",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "ul",
    "xmp",
];
/// Elements that no end tag outside reaches into.
const SCOPE: &[&str] = &[
    "applet", "caption", "marquee", "object", "select", "table", "td", "template", "th",
];
/// Other elements that a rule above names, or that stand in no picture.
const OTHERS: &[&str] = &[
    "body", "button", "colgroup", "head", "html", "label", "math", "optgroup", "option", "ruby",
    "span", "sub", "sup", "svg", "tbody", "tfoot", "thead", "tr", "var",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_as_they_are_written_stay_as_they_are() {
        for page in [
            "<!DOCTYPE html><html><head><title>A <b> in it</title></head><body><p>One<p>Two<ul><li>x<li>y</ul></body></html>",
            "<table><tr><td>1<td>2<tr><td>3</table><select><option>a<option>b</select>",
            "<svg><path d='x'/><path d='y'/></svg><img src=a.png><br/>a &amp; b < c",
            "<script>if (a<b) { x = '</div>' }</script><!-- <div> --><p>x</p",
        ] {
            assert!(
                matches!(tame(page), Some(Cow::Borrowed(same)) if same == page),
                "{page}"
            );
        }
        let long = "<p>one<p>two<li>three<td>four<option>five".repeat(5_000);
        assert!(matches!(tame(&long), Some(Cow::Borrowed(_))));
    }

    #[test]
    fn what_nests_too_deep_is_closed_in_order_and_keeps_its_text() {
        let page = format!("{}x{}y", "<div>".repeat(513), "</div>".repeat(513));
        let expected = format!("{} x {}y", "<div>".repeat(512), "</div>".repeat(512));
        assert_eq!(tame(&page).as_deref(), Some(expected.as_str()));
        let open = format!("{}x", "<div>".repeat(600));
        let closed = format!(
            "{}{}x{}",
            "<div>".repeat(512),
            " ".repeat(88),
            "</div>".repeat(512)
        );
        assert_eq!(tame(&open).as_deref(), Some(closed.as_str()));
    }

    #[test]
    fn end_tags_that_a_parser_passes_over_hide_no_depth() {
        for part in [
            "<span><div></span>",
            "<li><ul></li>",
            "<p><button></p>",
            "<div></body>",
            "<div><select></div></select>",
            "<td><div></td>",
            "<svg><div><g/>",
            "<i a=1><div>",
        ] {
            let mut walk = Walk::default();
            let page = part.repeat(3_000);
            walk.over(&page);
            assert!(walk.is_wild, "{part}");
        }
    }

    #[test]
    fn attributes_are_cut_back() {
        let many: String = (0..500).map(|n| format!(" a{n}=1")).collect();
        let tamed = tame(&format!("<p{many}>x</p>")).map(Cow::into_owned);
        let kept: String = (0..100).map(|n| format!(" a{n}=1")).collect();
        assert_eq!(tamed, Some(format!("<p{kept}>x</p>")));
        let picture = format!("<img alt='a' src=\"data:{}\">x", "A".repeat(70_000));
        assert_eq!(tame(&picture).as_deref(), Some("<img alt='a' src=\"\">x"));
    }

    #[test]
    fn what_is_too_much_work_is_left_to_whoever_takes_text_only() {
        for page in [
            "&amp".repeat(800_000),
            format!("{}</div>", "<div>".repeat(400)).repeat(100),
        ] {
            assert_eq!(tame(&page), None);
        }
    }
}
