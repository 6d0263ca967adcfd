//! What holds of any text whatever: analysis answers, and its offsets are sound.

use std::ops::Range;
use std::sync::LazyLock;

use proptest::prelude::*;
use sayso::analysis::analyze;
use sayso::export::record;
use sayso::ingest::{self, Options};
use sayso::lexicon::Lexicon;
use sayso::model::{Analysis, Document, Meta, Span};
use sayso::pipeline;
use sayso::text::{Mended, mend};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::builtin);
static OPTIONS: LazyLock<Options> = LazyLock::new(|| pipeline::reading(&LEXICON));

/// Pieces of which news is made, and pieces that break it.
const PIECES: &[&str] = &[
    "Ann Orr",
    "Mr. Lee",
    "the mayor",
    "she",
    "they",
    "said",
    "told",
    "denied that",
    "according to",
    "claims that",
    "did not",
    "The U.S.",
    "Moscow",
    "on Monday",
    "“",
    "”",
    "\"",
    "'",
    "‘",
    "’",
    "«",
    "»",
    "(",
    ")",
    "[",
    "]",
    "—",
    "-",
    ",",
    ".",
    ":",
    ";",
    "!",
    "?",
    "…",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "\0",
    "é",
    "e\u{301}",
    "😀",
    "中文",
    "ß",
    "İ",
    "ﬁ",
    "\u{200d}",
    "3",
    "1,000",
    "Jan. 15, 2022",
    "n't",
    "'s",
    "O'Neil",
    "who",
    "that",
    "and",
    "but",
    "by",
    "the plan",
    "would fail",
    "http://x.org/a?b=c",
    "@lee",
    "#",
];

fn news() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES).prop_map(|piece| format!("{piece} ")),
        3 => prop::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

fn is_sound(span: Span, text: &str) -> bool {
    span.start() <= span.end()
        && span.end() as usize <= text.len()
        && text.is_char_boundary(span.start() as usize)
        && text.is_char_boundary(span.end() as usize)
}

/// Everything in `analysis` that points into its text.
fn spans(analysis: &Analysis) -> Vec<Span> {
    let mut spans: Vec<Span> = analysis.tokens.iter().map(|t| t.span).collect();
    spans.extend(analysis.sentences.iter().map(|s| s.span));
    spans.extend(analysis.paragraphs.iter().map(|p| p.span));
    spans.extend(analysis.quotations.iter().flat_map(|q| [q.span, q.inner]));
    spans.extend(analysis.mentions.iter().map(|m| m.span));
    spans.extend(analysis.diagnostics.iter().map(|d| d.span));
    for statement in &analysis.statements {
        spans.extend(&statement.content);
        spans.extend(statement.cue.iter().map(|cue| cue.span));
        spans.extend(statement.source.iter().filter_map(|source| source.span));
        spans.push(statement.provenance.evidence);
    }
    spans
}

/// White space, and soft hyphens, which are taken out of words and make none.
fn is_unseen(c: char) -> bool {
    is_space(c) || c == '\u{AD}'
}

/// True where nothing is to be seen in `gap` of `text`, once what was decoded wrongly is read as it was meant.
fn is_nothing(text: &str, mended: Option<&Mended>, gap: Range<usize>) -> bool {
    let Some(mended) = mended else {
        return text[gap].chars().all(is_unseen);
    };
    let inside = |at: usize, c: char| {
        let of = mended.original(Span::new(at as u32, (at + c.len_utf8()) as u32));
        gap.contains(&(of.start() as usize)) && of.end() as usize <= gap.end
    };
    let mut seen = mended.text.char_indices().filter(|&(at, c)| inside(at, c));
    seen.all(|(_, c)| is_unseen(c))
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let document = Document::new("case", text, Meta::default());
    let analysis = analyze(&document, &LEXICON);
    let mended = mend(text);
    for span in spans(&analysis) {
        prop_assert!(is_sound(span, text), "{span:?}");
    }
    // Tokens ascend, are disjoint, and leave out what is not seen only.
    let mut end = 0;
    for token in &analysis.tokens {
        prop_assert!(token.span.start() as usize >= end && !token.span.is_empty());
        let gap = end..token.span.start() as usize;
        let left_out = &text[gap.clone()];
        prop_assert!(
            is_nothing(text, mended.as_ref(), gap),
            "left out: {left_out:?}"
        );
        end = token.span.end() as usize;
    }
    prop_assert!(
        is_nothing(text, mended.as_ref(), end..text.len()),
        "left out: {:?}",
        &text[end..]
    );
    // Sentences partition the tokens.
    let mut next = 0;
    for sentence in &analysis.sentences {
        prop_assert_eq!(sentence.tokens.0, next);
        prop_assert!(sentence.tokens.1 > next);
        next = sentence.tokens.1;
    }
    prop_assert_eq!(next as usize, analysis.tokens.len());
    prop_assert_eq!(analysis.mentions.len(), analysis.resolutions.len());
    for statement in &analysis.statements {
        let entities = analysis.entities.len();
        prop_assert!(!statement.content.is_empty());
        prop_assert!(statement.content.iter().all(|span| !span.is_empty()));
        let apart = |pair: &[Span]| pair[0].end() <= pair[1].start();
        prop_assert!(statement.content.windows(2).all(apart), "contents overlap");
        prop_assert!(
            statement
                .parent
                .is_none_or(|parent| parent < analysis.statements.len())
        );
        prop_assert!(statement.about.iter().all(|&entity| entity < entities));
        prop_assert!(statement.targets.len() <= 2);
        prop_assert!((0.0..=1.0).contains(&statement.confidence));
    }
    code_points(&document, &analysis)
}

/// White space, and what is as invisible.
fn is_space(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// The record's offsets, counted in code points, give the words that the spans give.
fn code_points(document: &Document, analysis: &Analysis) -> Result<(), TestCaseError> {
    let mut line = Vec::new();
    record::write(&mut line, document, analysis).expect("a vector takes all");
    let record: serde_json::Value = serde_json::from_slice(&line).expect("it is JSON");
    let letters: Vec<char> = document.text().chars().collect();
    let words = |range: &serde_json::Value| -> String {
        let at = |key: &str| range[key].as_u64().expect("a number") as usize;
        letters[at("start")..at("end")].iter().collect()
    };
    let list = |key: &str| record[key].as_array().expect("a list").clone();
    for (range, mention) in list("mentions").iter().zip(&analysis.mentions) {
        prop_assert_eq!(words(range), mention.span.of(document.text()));
    }
    for (record, statement) in list("statements").iter().zip(&analysis.statements) {
        for (range, span) in record["content"]
            .as_array()
            .expect("a list")
            .iter()
            .zip(&statement.content)
        {
            prop_assert_eq!(words(range), span.of(document.text()));
        }
        if let Some(cue) = &statement.cue {
            prop_assert_eq!(words(&record["cue"]), cue.span.of(document.text()));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_news_is_analysed_soundly(text in news()) {
        check(&text)?;
    }

    #[test]
    fn any_text_is_analysed_soundly(text in any::<String>()) {
        check(&text)?;
    }

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400), ending in prop::sample::select(vec!["txt", "md", "html", "json", "jsonl", "txt.gz", "unknown"])) {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let path = folder.path().join(format!("article.{ending}"));
        std::fs::write(&path, bytes).expect("a file can be written");
        let (inputs, _) = ingest::find(&[path]);
        for document in ingest::read(&inputs[0], &OPTIONS).into_iter().flatten() {
            check(document.text())?;
        }
    }

    #[test]
    fn any_mixture_of_encodings_is_read(parts in prop::collection::vec((news(), 0..4usize), 1..4), ending in prop::sample::select(vec!["txt", "md", "html", "jsonl"])) {
        let bytes: Vec<u8> = parts
            .iter()
            .flat_map(|(text, encoding)| match encoding {
                0 => text.clone().into_bytes(),
                1 => text.chars().map(|c| u8::try_from(c).unwrap_or(b'?')).collect(),
                2 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                _ => text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect(),
            })
            .collect();
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let path = folder.path().join(format!("article.{ending}"));
        std::fs::write(&path, bytes).expect("a file can be written");
        let (inputs, _) = ingest::find(&[path]);
        for document in ingest::read(&inputs[0], &OPTIONS).into_iter().flatten() {
            prop_assert!(!document.text().contains('\0'));
            check(document.text())?;
        }
    }

    #[test]
    fn any_page_is_read(parts in prop::collection::vec(prop::sample::select(vec!["<p>", "</p>", "<div", ">", "<!--", "-->", "<script", "</script>", "&amp;", "&#x41;", "&bogus;", "<time datetime=\"", "\"", "<html>", "<title>", "application/ld+json", "{\"@type\": \"Article\"", "}", "charset=", "Ann Orr said no. ", "é", "rel=\"canonical\"", "href="]), 0..60)) {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let path = folder.path().join("page.html");
        std::fs::write(&path, parts.concat()).expect("a file can be written");
        let (inputs, _) = ingest::find(&[path]);
        for document in ingest::read(&inputs[0], &OPTIONS).into_iter().flatten() {
            check(document.text())?;
        }
    }
}

/// Characters of every general category of Unicode and of every class that matters to words, alone and with a companion.
const SIGNS: &[&str] = &[
    "A",
    "É",
    "Ω",
    "a",
    "ß",
    "ﬁ",
    "ŉ",
    "ǅ",
    "ʰ",
    "ª",
    "中",
    "א",
    "ب",
    "İ",
    "ı",
    "K",
    "\u{301}",
    "\u{5b0}",
    "\u{903}",
    "\u{20dd}",
    "\u{fe0f}",
    "5",
    "٣",
    "Ⅷ",
    "½",
    "²",
    "_",
    "‿",
    "-",
    "‐",
    "‑",
    "‒",
    "–",
    "—",
    "―",
    "\u{ad}",
    "(",
    "[",
    "„",
    ")",
    "]",
    "“",
    "‘",
    "«",
    "‹",
    "”",
    "’",
    "»",
    "›",
    "!",
    "?",
    ".",
    ",",
    ":",
    ";",
    "…",
    "'",
    "\"",
    "*",
    "&",
    "@",
    "#",
    "/",
    "\\",
    "·",
    "。",
    "「",
    "+",
    "<",
    "=",
    "|",
    "−",
    "$",
    "€",
    "^",
    "`",
    "¨",
    "©",
    "°",
    "😀",
    "👩\u{200d}🚀",
    " ",
    "\u{a0}",
    "\u{2009}",
    "\u{3000}",
    "\u{2028}",
    "\u{2029}",
    "\0",
    "\t",
    "\n",
    "\r\n",
    "\u{1b}",
    "\u{7f}",
    "\u{85}",
    "\u{200b}",
    "\u{200d}",
    "\u{202e}",
    "\u{2060}",
    "\u{feff}",
    "\u{fffd}",
    "\u{e000}",
    "\u{10ffff}",
    "\u{378}",
    "\u{1d15e}",
];

/// Places in and beside a word, where `_` stands for the sign.
const PLACES: &[&str] = &[
    "_Orr",
    "Or_r",
    "Orr_",
    "_orr",
    "o_rr",
    "orr_",
    "Ann_ Orr",
    "Ann _Orr",
    "UK_-based",
    "UK-_based",
    "UK_based",
    "Holm_-Dahl",
    "Holm-_Dahl",
    "Holm_Dahl",
    "O_’Neil",
    "O’_Neil",
    "O_Neil",
    "Orr_’s",
    "Orr’_s",
    "did_n’t",
    "did n_’t",
    "U_.S.",
    "U._S.",
    "U.S_.",
    "U.S._",
    "Dr_. Orr",
    "Dr._ Orr",
    "p.m_.",
    "_“no”",
    "“_no”",
    "“no_”",
    "“no”_",
    "“no,_” Ann Orr said, “",
    "‘_no’",
    "\"no_\"",
    "1_,000",
    "1,_000",
    "1_5",
    "_15",
    "15_",
    "$_15",
    "3_.5",
    "3._5",
    "15_%",
    "Jan_. 15, 2022",
    "Jan. 15_, 2022",
    "x_@y.org",
    "http:_//x.org",
    "(_Orr)",
    "(Orr_)",
    "Ann Orr_:",
    "__",
    "_ _",
];

#[test]
fn every_kind_of_character_is_sound_at_every_place_of_a_word() {
    let around: [fn(&str) -> String; 3] = [
        |word| format!("The mayor said that {word} was late."),
        |word| format!("{word} said that the ferry was late. She denied it."),
        |word| format!("A {word} firm was late, Ann Orr of {word} told reporters"),
    ];
    for sign in SIGNS {
        for place in PLACES {
            let word = place.replace('_', sign);
            for text in around.map(|around| around(&word)) {
                check(&text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
            }
        }
    }
}

#[test]
fn every_two_kinds_of_characters_are_sound_beside_each_other() {
    for first in SIGNS {
        for second in SIGNS {
            let text = format!("A UK{first}{second}based firm was late, Ann Orr said.");
            check(&text).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        }
    }
}

#[test]
fn twice_the_text_takes_about_twice_the_time() {
    let texts: [fn(usize) -> String; 7] = [
        |n| "“".repeat(n),
        |n| "(".repeat(n) + &")".repeat(n),
        |n| "\"He said 'she said \"no\"'\" ".repeat(n / 20),
        |n| "“Ann Orr said that ".repeat(n / 10),
        |n| "Ann Orr said that Bob Lee said that ".repeat(n / 20),
        |n| "A".repeat(n),
        |n| "Ann Orr, ".repeat(n / 5),
    ];
    let seconds = |text: &str| {
        let document = Document::new("case", text, Meta::default());
        let best = (0..3).map(|_| {
            let started = std::time::Instant::now();
            analyze(&document, &LEXICON);
            started.elapsed().as_secs_f64()
        });
        best.fold(f64::INFINITY, f64::min)
    };
    for (number, text) in texts.iter().enumerate() {
        let (once, eightfold) = (seconds(&text(20_000)), seconds(&text(160_000)));
        // Eight times the text: quadratic would be sixty-four times the time. Other programs may share the machine.
        assert!(
            eightfold < 24.0 * once + 0.5,
            "text {number}: {once:.4} s, then {eightfold:.4} s for eight times as much"
        );
    }
}
