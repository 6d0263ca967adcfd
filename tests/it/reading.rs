//! Articles of all formats: their texts, titles and dates, and what is the site's.

use std::path::PathBuf;
use std::sync::LazyLock;

use sayso::analysis::analyze;
use sayso::ingest::{self, Options};
use sayso::lexicon::Lexicon;
use sayso::model::{Document, ParagraphKind};
use sayso::pipeline;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::builtin);

fn options() -> Options {
    pipeline::reading(&LEXICON)
}

/// The articles of a file called `name`.
fn all(name: &str, bytes: &[u8], options: &Options) -> Vec<Document> {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a file can be written");
    let (inputs, errors) = ingest::find(&[path]);
    assert!(errors.is_empty(), "{errors:?}");
    let read = ingest::read(&inputs[0], options);
    read.into_iter()
        .map(|article| article.expect("it can be read"))
        .collect()
}

fn one(name: &str, text: &str) -> Document {
    all(name, text.as_bytes(), &options()).remove(0)
}

fn date(document: &Document) -> String {
    document
        .meta
        .published
        .map_or("none".to_owned(), |day| day.to_string())
}

const BODY: &str = "\n\nThe mayor, Ann Orr, said that the harbour would stay open through the winter.\n\n\
    Bob Lee, who leads the union, denied that a strike was planned.\n";

#[test]
fn dates_on_lines_of_their_own_are_found() {
    for line in [
        "2022-01-15",
        "2022-01-15T10:25:00Z",
        "2022/01/15 10:25",
        "Saturday 15 January 2022 - 10:25",
        "Saturday, 15 January 2022 10:25 AM [ Last Update: Sunday, 16 January 2022 11:00 AM ]",
        "Sat Jan 15, 2022 10:25AM",
        "Jan. 15, 2022",
        "15 Jan 2022",
        "15-Jan-2022",
        "15 Jan, 2022 10:25",
        "15.01.2022",
        "15/01/2022",
        "01/15/2022 10:25",
        "15th of January, 2022",
        "January 15th, 2022",
        "JANUARY 15, 2022",
        "January 15 2022",
        "January 15, 2022, 10:25 AM EST",
        "January 15, 2022 10:25 AM GMT+1 Updated 2 hours ago",
        "Published Jan 15, 2022, 9:00 am ET | Updated Jan 17, 2022",
        "Updated: January 17, 2022\nPublished: January 15, 2022",
        "Last modified on Mon 17 Jan 2022 09.00 GMT\nSat 15 Jan 2022 10.25 GMT",
        "Published time: 15 Jan, 2022 10:25",
        "By Ann Lee January 15, 2022 at 10:25 a.m. EST",
        "Source: Northern Wire | 2022-01-15 10:25:33 | Editor: Lee",
        "Sat, 15 Jan 2022 10:25:00 +0000",
    ] {
        let document = one("article.txt", &format!("Harbour stays open\n{line}{BODY}"));
        assert_eq!(date(&document), "2022-01-15", "{line}");
        assert_eq!(
            document.meta.title.as_deref(),
            Some("Harbour stays open"),
            "{line}"
        );
    }
}

#[test]
fn dates_in_datelines_and_at_the_foot_are_found() {
    let dateline = one(
        "article.txt",
        "Harbour stays open\n\nGENEVA, March 3, 2025 (Northern Wire) — The harbour will stay open, Ann Orr said on Monday.\n",
    );
    assert_eq!(date(&dateline), "2025-03-03");
    let long =
        "\n\nThe harbour was built long ago and has stayed open in every winter since.".repeat(20);
    let foot = one(
        "article.txt",
        &format!("Harbour stays open{BODY}{long}\n\nJanuary 15, 2022\n"),
    );
    assert_eq!(date(&foot), "2022-01-15");
}

#[test]
fn a_date_in_a_sentence_or_a_title_is_not_the_day_of_publication() {
    for line in [
        "The port, opened on March 3, 1950, will stay.",
        "It opened on March 3, 1950.",
        "Harbour reopens after the fire of March 3, 2021",
        "02/03/2022",
        "Friday",
    ] {
        let document = one(
            "article.txt",
            &format!("Harbour stays open\n\n{line}{BODY}"),
        );
        assert_eq!(date(&document), "none", "{line}");
    }
}

#[test]
fn the_date_of_the_file_is_never_used_but_one_in_its_name_or_address_is() {
    assert_eq!(date(&one("article.txt", BODY)), "none");
    assert_eq!(date(&one("2022-01-15-harbour.txt", BODY)), "2022-01-15");
    let line = format!(
        "{{\"text\": {:?}, \"url\": \"https://example.org/world/2022/01/15/harbour\"}}",
        BODY
    );
    assert_eq!(date(&one("articles.jsonl", &line)), "2022-01-15");
}

#[test]
fn menus_dates_bylines_and_share_lines_are_no_titles() {
    for head in [
        "News / World / Europe\nHarbour stays open",
        "Home / World\nHarbour stays open",
        "15 Jan, 2022 10:25\nHome\nHarbour stays open",
        "15 JAN, 10:25\nHarbour stays open",
        "By Ann Lee\nHarbour stays open",
        "Share\nHarbour stays open",
        "\n\n  Harbour   stays open  ",
    ] {
        let document = one("article.txt", &format!("{head}{BODY}"));
        assert_eq!(
            document.meta.title.as_deref(),
            Some("Harbour stays open"),
            "{head}"
        );
    }
    let sentence = one(
        "article.txt",
        "LONDON (Wire) — The harbour will stay open.\n",
    );
    assert_eq!(sentence.meta.title, None);
}

#[test]
fn json_of_the_usual_extractors_is_understood() {
    let lines = [
        r#"{"title": "T", "author": "A; B", "hostname": "example.org", "sitename": "Example", "date": "2022-01-15", "url": "https://example.org/t", "text": "Ann Orr said that it rains."}"#,
        r#"{"title": "T", "authors": ["A", "B"], "publish_date": "2022-01-15 10:25:00", "source_url": "https://example.org", "text": "Ann Orr said that it rains.", "publisher": "Example"}"#,
        r#"{"title": "T", "authors": ["A"], "date_publish": "2022-01-15 10:25:00", "source_domain": "Example", "maintext": "Ann Orr said that it rains.", "date_download": "2023-09-09 00:00:00"}"#,
        r#"{"headline": "T", "datePublished": "2022-01-15T23:30:00-05:00", "publisher": {"name": "Example"}, "articleBody": "Ann Orr said that it rains."}"#,
        r#"{"title": "T", "date": 1642242300, "source": "Example", "content": "Ann Orr said that it rains."}"#,
        r#"{"title": "T", "date": 1642242300000, "outlet": "Example", "body": "Ann Orr said that it rains."}"#,
    ];
    let documents = all(
        "articles.jsonl",
        lines.join("\r\n\r\n").as_bytes(),
        &options(),
    );
    assert_eq!(documents.len(), lines.len());
    for (document, line) in documents.iter().zip(lines) {
        assert_eq!(document.text(), "Ann Orr said that it rains.", "{line}");
        assert_eq!(document.meta.title.as_deref(), Some("T"), "{line}");
        assert_eq!(
            document.meta.publisher.as_deref(),
            Some("Example"),
            "{line}"
        );
        assert_eq!(date(document), "2022-01-15", "{line}");
    }
    assert!(documents[0].name().ends_with("articles.jsonl:1"));
    assert!(documents[1].name().ends_with("articles.jsonl:3"));
}

#[test]
fn other_fields_are_mapped_and_json_may_stand_in_one_piece() {
    let mut options = options();
    options.fields = [("text", "words"), ("title", "top"), ("date", "day")]
        .map(|(what, name)| (what.to_owned(), name.to_owned()))
        .into();
    let array = br#"[{"words": "Ann Orr said no.", "top": "One", "day": "2022-01-15"}, {"words": "Bob Lee said yes.", "top": "Two"}]"#;
    let documents = all("articles.json", array, &options);
    let titles: Vec<_> = documents.iter().map(|d| d.meta.title.as_deref()).collect();
    assert_eq!(titles, [Some("One"), Some("Two")]);
    assert_eq!(date(&documents[0]), "2022-01-15");
    let object = "{\n  \"title\": \"Three\",\n  \"text\": \"Ann Orr said no.\"\n}\n";
    assert_eq!(
        one("article.json", object).meta.title.as_deref(),
        Some("Three")
    );
}

#[test]
fn pages_give_their_text_and_what_their_json_ld_says() {
    let page = format!(
        "<!DOCTYPE html><html><head><title>Harbour | Example</title><meta property=\"og:site_name\" content=\"Wrong\">\
         <script type=\"application/ld+json\">{{\"@graph\": [{{\"@type\": \"WebSite\", \"name\": \"W\"}}, {{\"@type\": \"NewsArticle\", \"headline\": \"Harbour stays open\",\
         \"datePublished\": \"2022-01-15T23:59:00+03:00\", \"author\": [{{\"name\": \"Ann Lee\"}}], \"publisher\": {{\"name\": \"Example\"}}, \"url\": \"https://example.org/h\"}}]}}</script></head>\
         <body><nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav><article><h1>Harbour stays open</h1>{}</article>\
         <footer>All rights reserved</footer></body></html>",
        "<p>The mayor, Ann Orr, said that the caf&eacute; &amp; the harbour would stay open, &ldquo;come what may&rdquo;.</p>\n".repeat(5)
    );
    let document = one("page.html", &page);
    let meta = &document.meta;
    assert_eq!(meta.title.as_deref(), Some("Harbour stays open"));
    assert_eq!(meta.author.as_deref(), Some("Ann Lee"));
    assert_eq!(meta.publisher.as_deref(), Some("Example"));
    assert_eq!(meta.url.as_deref(), Some("https://example.org/h"));
    assert_eq!(date(&document), "2022-01-15");
    assert!(
        document
            .text()
            .contains("café & the harbour would stay open, “come what may”.")
    );
    assert!(!document.text().contains("Home"), "{}", document.text());
    assert!(
        !document.text().contains("All rights"),
        "{}",
        document.text()
    );
}

#[test]
fn a_page_in_an_old_encoding_is_decoded() {
    let mut page = b"<html><head><meta charset=\"windows-1252\"><title>T</title></head><body><p>The caf\xe9, Ann Orr said, is \x93open\x94.</p></body></html>".to_vec();
    page.extend_from_slice(b"\n");
    let document = all("page.htm", &page, &options()).remove(0);
    assert!(
        document
            .text()
            .contains("The café, Ann Orr said, is “open”."),
        "{}",
        document.text()
    );
    assert_eq!(document.meta.encoding, Some("windows-1252"));
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(
            "Ann Orr said “no”."
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    assert_eq!(
        all("wide.txt", &utf16, &options())[0].text(),
        "Ann Orr said “no”."
    );
}

#[test]
fn utf_16_and_utf_32_are_told_by_their_marks() {
    let text = "Ann Orr said “no” 😀.\n";
    let wide = |bytes: fn(u32) -> [u8; 4]| -> Vec<u8> {
        ['\u{FEFF}']
            .into_iter()
            .chain(text.chars())
            .flat_map(|c| bytes(c.into()))
            .collect()
    };
    let half: Vec<u8> = "\u{FEFF}"
        .encode_utf16()
        .chain(text.encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    for (encoding, bytes) in [
        ("UTF-32LE", wide(u32::to_le_bytes)),
        ("UTF-32BE", wide(u32::to_be_bytes)),
        ("UTF-16LE", half),
    ] {
        for name in ["wide.txt", "wide.md"] {
            let document = all(name, &bytes, &options()).remove(0);
            // Markdown is read as its plain text, which ends with its last word.
            let whole = if name == "wide.md" {
                text.trim_end()
            } else {
                text
            };
            assert_eq!(document.text(), whole, "{encoding}");
            assert_eq!(document.meta.encoding, Some(encoding));
        }
    }
    let cut = &wide(u32::to_le_bytes)[..10];
    assert_eq!(all("cut.txt", cut, &options())[0].text(), "A\u{FFFD}");
}

#[test]
fn front_matter_is_not_part_of_the_text() {
    let document = one(
        "article.md",
        "---\ntitle: \"Harbour: open\"\ndate: 15 January 2022\nsource: Example\nauthor: Ann Lee\nurl: https://example.org/h\ntags: [a, b]\n---\n\n# Heading\n\nAnn Orr said no.\n",
    );
    assert_eq!(document.meta.title.as_deref(), Some("Harbour: open"));
    assert_eq!(document.meta.publisher.as_deref(), Some("Example"));
    assert_eq!(date(&document), "2022-01-15");
    assert_eq!(document.text(), "Heading\n\nAnn Orr said no.");
}

// A plain text stays as it stands: whoever has the file counts in it.
#[test]
fn text_is_mended_where_programs_broke_it() {
    let document = one(
        "article.md",
        "Vanja Rak\u{200b}ovic said the ex\u{AD}pert of\u{FB01}ce was ＂safe＂. The Commis-\nsion’s well-\nknown rule is well-known. Itâ€™s RenÃ©e’s.",
    );
    assert_eq!(
        document.text(),
        "Vanja Rakovic said the expert office was \"safe\". The Commission’s\nwell-known\nrule is well-known. It’s Renée’s."
    );
}

#[test]
fn lines_wrapped_at_any_width_are_one_paragraph() {
    let paragraphs = |text: &str| -> Vec<String> {
        let document = one("article.txt", text);
        let analysis = analyze(&document, &LEXICON);
        let spans = analysis
            .paragraphs
            .iter()
            .map(|p| p.span.of(document.text()).to_owned());
        spans.collect()
    };
    assert_eq!(
        paragraphs(
            "Harbour stays open\nThe mayor of Veldheim, Ann Orr, said that the\nharbour would stay open through the whole of\nthe winter, and the union agreed.\n"
        ),
        [
            "Harbour stays open",
            "The mayor of Veldheim, Ann Orr, said that the\nharbour would stay open through the whole of\nthe winter, and the union agreed."
        ]
    );
    assert_eq!(
        paragraphs(
            "Ann Orr left.\n\n“The tide came in,\nthe tide went out,\nand nobody stayed.”\n\nBob Lee stayed.\n"
        ),
        [
            "Ann Orr left.",
            "“The tide came in,\nthe tide went out,\nand nobody stayed.”",
            "Bob Lee stayed."
        ]
    );
    assert_eq!(
        paragraphs("Ann Orr left.\nBob Lee stayed.\nCara Dunn slept.\n"),
        ["Ann Orr left.", "Bob Lee stayed.", "Cara Dunn slept."]
    );
}

#[test]
fn block_quotations_keep_whom_they_are_from_and_captions_go() {
    let document = one(
        "page.html",
        &format!(
            "<html lang=\"en-GB\"><body><div class=\"cookie-consent\"><p>We use cookies.</p></div><article>{}<figure><img src=a.jpg><figcaption>A boat.</figcaption></figure>\
             <blockquote><p>The poor have waited.</p><p>No more.</p><cite>Bishop Aldo Ferrin</cite></blockquote>\
             <blockquote class=\"post\"><p>The photo is a fake.</p>&mdash; Sture Dahl (@sturedahl) <a href=\"#\">May 3, 2025</a></blockquote>\
             <p>Read more: <a href=/x>Dahl says no</a></p><ul><li><a href=/1>One story</a></li><li><a href=/2>Another story</a></li></ul></article></body></html>",
            "<p>The mayor, Ann Orr, said that the harbour would stay open,<br>come what may &amp; whoever left.</p>"
        ),
    );
    assert_eq!(
        document.text(),
        "The mayor, Ann Orr, said that the harbour would stay open, come what may & whoever left.\n\n\
         “The poor have waited. No more.” — Bishop Aldo Ferrin\n\n“The photo is a fake.” — Sture Dahl (@sturedahl)"
    );
    assert_eq!(date(&document), "none");
    assert_eq!(document.meta.language.as_deref(), Some("en"));
}

#[test]
fn markdown_becomes_plain_text() {
    let document = one(
        "article.md",
        "---\nauthors:\n  - Ann Lee\n  - \"Cara Dunn\"\n---\n# Harbour *stays* open\n\n**Ann Orr**, the [mayor](https://example.org \"M\"), said\n\
         that the harbour would stay `open`.[^1]\n\n> \\*We\\* will not close,<br>she said &amp; left.\n\n- **Bob Lee**: No strike.\n- Cara Dunn: ~~Yes~~ No.\n\n\
         ```\nlet code = 1;\n```\n\n| Who | Votes |\n|---|---|\n| Orr | 12 |\n\n![A picture](p.jpg)\n\n<div>Read <b>on</b></div>\n\n[^1]: Said on *Monday*.\n",
    );
    assert_eq!(document.meta.title.as_deref(), Some("Harbour stays open"));
    assert_eq!(document.meta.author.as_deref(), Some("Ann Lee, Cara Dunn"));
    assert_eq!(
        document.text(),
        "Harbour stays open\n\nAnn Orr, the mayor, said\nthat the harbour would stay open.\n\n*We* will not close,\nshe said & left.\n\n\
         Bob Lee: No strike.\n\nCara Dunn: Yes No.\n\nWho Votes\n\nOrr 12\n\nRead on\n\nSaid on Monday."
    );
}

#[test]
fn folders_are_walked_in_order_without_hidden_files() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for name in [
        "b/2.txt",
        "b/1.md",
        "a.html",
        ".hidden.txt",
        "c.pdf",
        "b/.git/x.txt",
        "d.NDJSON",
        "e.txt.gz",
    ] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        std::fs::write(path, "x").expect("a file can be written");
    }
    let (inputs, errors) = ingest::find(&[folder.path().to_owned(), PathBuf::from("-")]);
    let names: Vec<&str> = inputs.iter().map(|i| i.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "a.html", "b/1.md", "b/2.txt", "c.pdf", "d.NDJSON", "e.txt.gz", "-"
        ]
    );
    assert!(errors.is_empty());
}

/// Lines that a site puts around its articles.
const SITE: &[&str] = &[
    "News / World / Europe",
    "Home > News > World",
    "Share this article",
    "Share on Facebook Tweet this Email",
    "Facebook Twitter WhatsApp Email Print",
    "Story Code: 123456",
    "News ID: 4711",
    "Read more: Harbour workers say they will strike",
    "Read also: Orr says the bridge will close",
    "Related: Lee warns of a long winter",
    "See also:",
    "Sign up for our newsletter and get the latest news in your inbox",
    "Subscribe to our daily briefing",
    "We use cookies to improve your experience.",
    "This site uses cookies.",
    "© 2022 Example News. All rights reserved.",
    "Copyright 2022 Example News",
    "(Photo: Example News)",
    "Photo by Ann Lee",
    "[File photo: Example News]",
    "Getty Images",
    "Ann Lee is a reporter for Example News. Follow her on Twitter at @annlee.",
    "The views expressed in this article are the author's own and do not necessarily reflect the policy of Example News.",
    "Disclaimer: the views expressed here are those of the author.",
    "Reporting by Ann Lee; Editing by Bob Orr",
    "Additional reporting by Cara Dunn",
    "By Ann Lee",
    "Advertisement",
    "Story continues below advertisement",
    "Most read",
    "5 comments",
    "Leave a reply",
    "Tags: harbour, union, strike",
    "Click here to subscribe",
    "Follow us on Twitter",
    "Listen to this article",
    "Last Update: Saturday, 15 January 2022 11:00 AM",
    "Saturday, 15 January 2022 10:25 AM [ Last Update: Saturday, 15 January 2022 11:00 AM ]",
    "3 min read",
    "Published: January 15, 2022",
    "Editor's note: this article was changed on Monday.",
    "Have something to say? Write to us.",
    "Support our journalism",
    "Download our app to read more",
    "Watch the video below",
    "Skip to main content",
    "Sign in",
    "Next article",
    "Follow Example News on Telegram, Facebook and Instagram for all the news.",
    "This story has been updated to say that the harbour is open.",
    "The Example Wire contributed to this report.",
    "Contact the author: ann.lee@example.org",
    "If you quote this material, a link to Example News is required.",
];

#[test]
fn what_is_the_sites_is_kept_and_marked_and_says_nothing() {
    let mut text = String::from("Harbour stays open\n");
    for line in SITE {
        text +=
            &format!("\n{line}\n\nThe mayor, Ann Orr, walked along the harbour in the morning.\n");
    }
    let document = one("article.txt", &text);
    assert_eq!(document.text(), text, "the text stays as it is");
    let analysis = analyze(&document, &LEXICON);
    let marked: Vec<&str> = analysis
        .paragraphs
        .iter()
        .filter(|p| p.kind == ParagraphKind::Boilerplate)
        .map(|p| p.span.of(&text))
        .collect();
    let missed: Vec<&&str> = SITE.iter().filter(|line| !marked.contains(line)).collect();
    assert!(missed.is_empty(), "not marked: {missed:#?}");
    let said: Vec<&str> = analysis
        .statements
        .iter()
        .map(|statement| statement.provenance.evidence.of(&text))
        .collect();
    assert_eq!(said, [""; 0], "statements come from the site's lines");
}

#[test]
fn what_is_the_articles_own_is_not_marked() {
    let text = "Harbour stays open\n\n\
        Orr said that readers should follow the rules on the harbour's new website.\n\n\
        \"Read more books,\" Lee told the children.\n\n\
        The union's share of the harbour's income rose, Lee said.\n\n\
        Lee said the editor's note had been a mistake.\n\n\
        The photo, Orr said, was taken in 2010.\n\n\
        Copyright law would not help the harbour, Lee argued.\n";
    let document = one("article.txt", text);
    let analysis = analyze(&document, &LEXICON);
    let marked: Vec<&str> = analysis
        .paragraphs
        .iter()
        .filter(|p| p.kind == ParagraphKind::Boilerplate)
        .map(|p| p.span.of(text))
        .collect();
    assert_eq!(marked, [""; 0]);
}
