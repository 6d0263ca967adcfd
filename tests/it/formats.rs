//! Files of all formats in tests/formats: how many articles each gives, with title, outlet, day and author; broken ones are
//! told by file and reason, and no bytes whatever make the program stop.

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use sayso::ingest::{self, Error, Options};
use sayso::lexicon::Lexicon;
use sayso::model::Document;
use sayso::pipeline;

static OPTIONS: LazyLock<Options> = LazyLock::new(|| pipeline::reading(&Lexicon::builtin()));
const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/formats");

/// All that is read from `path`, names from its last part on.
fn read(path: &Path) -> Vec<Result<Document, Error>> {
    let (inputs, errors) = ingest::find(&[path.to_owned()]);
    assert!(errors.is_empty(), "{errors:?}");
    let inputs = inputs.iter();
    inputs
        .flat_map(|input| ingest::read(input, &OPTIONS))
        .collect()
}

/// "name | title | outlet | day | author" of a document.
fn line(document: &Document) -> String {
    let meta = &document.meta;
    let name = document.name();
    let name = name.rsplit_once("formats/").map_or(name, |(_, name)| name);
    let day = meta.published.map(|day| day.to_string());
    let or_none = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    [
        name.to_owned(),
        or_none(&meta.title),
        or_none(&meta.publisher),
        or_none(&day),
        or_none(&meta.author),
    ]
    .join(" | ")
}

const LONG: &str = "pack.tar.gz/a/long-name-long-name-long-name-long-name-long-name-long-name-long-name-\
    long-name-long-name-long-name-long-name-long-name-long-name-long-name-/2025-03-05-dockers.md";

#[test]
fn a_folder_of_all_formats_gives_every_article_with_what_is_known_of_it() {
    let pdf = std::process::Command::new("pdftotext")
        .arg("-v")
        .output()
        .is_ok();
    let documents: Vec<String> = read(Path::new(FOLDER))
        .into_iter()
        .filter(|read| pdf || !matches!(read, Err(Error::NeedsProgram { .. })))
        .map(|read| line(&read.expect("it can be read")))
        .filter(|line| !line.starts_with("print.pdf"))
        .collect();
    let harbour = "Harbour stays open, says mayor | Northern Wire | 2025-03-03";
    let dockers = "Dockers deny strike | Borderline Review | 2025-03-05";
    let expected = [
        format!("agency-g2.xml:1 | {harbour} | Ann Lee"),
        format!("agency-g2.xml:2 | {dockers} | -"),
        format!("agency.newsml | {harbour} | Ann Lee"),
        format!("agency.nitf | {harbour} | Ann Lee"),
        format!("book.epub/OEBPS/one.xhtml | {harbour} | -"),
        "book.epub/OEBPS/two.xhtml | Dockers deny strike | Northern Wire | 2025-03-03 | -".to_owned(),
        format!("crawl.wacz/archive/data.warc.gz:3 | {harbour} | -"),
        format!("crawl.wacz/archive/data.warc.gz:6 | {dockers} | -"),
        format!("crawl.warc:3 | {harbour} | -"),
        format!("crawl.warc:6 | {dockers} | -"),
        format!("factiva-indexed.txt:1 | {harbour} | Ann Lee"),
        format!("factiva.txt:1 | {harbour} | Ann Lee"),
        format!("factiva.txt:2 | {dockers} | -"),
        "feed.atom:1 | Harbour stays open | Northern Wire | 2025-03-03 | Ann Lee, Cara Dunn".to_owned(),
        "feed.atom:2 | Dockers deny strike | Northern Wire | 2025-03-05 | -".to_owned(),
        format!("feed.json:1 | {harbour} | Ann Lee"),
        "feed.json:2 | Dockers deny strike | Northern Wire | 2025-03-05 | -".to_owned(),
        format!("feed.rss:1 | {harbour} | Ann Lee"),
        "feed.rss:2 | Dockers & strike | Borderline Review | 2025-03-05 | -".to_owned(),
        "letter.rtf | Harbour stays open, says mayor | - | 2025-03-03 | -".to_owned(),
        format!("lexis-academic.txt:1 | {harbour} | ANN LEE"),
        format!("lexis-academic.txt:2 | {dockers} | -"),
        "lexis-uni.txt:1 | Harbour stays open, says mayor | Northern Wire (Veldheim) | 2025-03-03 | Ann Lee".to_owned(),
        format!("lexis-uni.txt:2 | {dockers} | -"),
        "mail.eml | Harbour stays open, says mayor | City of Veldheim | 2025-03-03 | Ann Lée".to_owned(),
        "mails.mbox:1 | Harbour stays open, says mayor | City of Veldheim | 2025-03-03 | Ann Lee".to_owned(),
        "mails.mbox:2 | Re: Harbour stays open, says mayor | Dockers of Veldheim | 2025-03-05 | Bob Lee".to_owned(),
        "minutes.odt | Dockers deny strike | - | 2025-03-05 | -".to_owned(),
        format!("{LONG} | Dockers deny strike | - | 2025-03-05 | -"),
        format!("pack.tar.gz/harbour.html | {harbour} | -"),
        "pack.zip/inner/2025-03-05-dockers.txt | Dockers deny strike | - | 2025-03-05 | -".to_owned(),
        format!("pack.zip/inner/harbour.html | {harbour} | -"),
        format!("pack.zip/more/feed.rss:1 | {harbour} | Ann Lee"),
        "pack.zip/more/feed.rss:2 | Dockers & strike | Borderline Review | 2025-03-05 | -".to_owned(),
        format!("page.mhtml | {harbour} | -"),
        "posts.json:1 | - | - | 2025-03-03 | Ann Lee".to_owned(),
        format!("proquest.txt:1 | {harbour} | Lee, Ann"),
        format!("proquest.txt:2 | {dockers} | Anonymous"),
        "report.docx | Harbour stays open, says mayor | - | 2025-03-03 | -".to_owned(),
        format!("table.csv:2 | {harbour} | Ann Lee"),
        format!("table.csv:3 | {dockers} | -"),
        format!("table.tsv:2 | {harbour} | -"),
        format!("table.tsv:3 | {dockers} | -"),
        format!("table.xlsx:2 | {harbour} | -"),
        format!("table.xlsx:4 | {dockers} | -"),
        "talk.srt | - | - | - | -".to_owned(),
        "talk.vtt | - | - | - | -".to_owned(),
        "tweets.js:1 | - | - | 2025-03-05 | -".to_owned(),
        "tweets.js:2 | - | - | 2025-03-03 | -".to_owned(),
    ];
    let mut documents = documents;
    documents.sort();
    let mut expected = expected.to_vec();
    expected.sort();
    assert_eq!(documents, expected, "\n{documents:#?}");
}

/// The texts of a fixture.
fn texts(name: &str) -> Vec<String> {
    let read = read(&Path::new(FOLDER).join(name)).into_iter();
    read.map(|document| document.expect("it can be read").text().to_owned())
        .collect()
}

const MAYOR: &str =
    "The mayor of Veldheim, Ann Orr, said that the harbour would stay open through the winter.";
const BERTH: &str = "“We will not close a single berth,” she told reporters on Monday.";
const STRIKE: &str = "Bob Lee, who leads the dockers, denied that a strike was planned.";
const MONEY: &str =
    "Cara Dunn, the minister for ports, warned that the money would run out by June.";

#[test]
fn the_lines_of_an_archive_are_no_text() {
    let harbour = format!("Harbour stays open, says mayor\n\n{MAYOR}\n\n{BERTH}");
    let dockers = format!("Dockers deny strike\n\n{STRIKE}\n\n{MONEY}");
    for name in [
        "lexis-academic.txt",
        "lexis-uni.txt",
        "factiva.txt",
        "proquest.txt",
    ] {
        assert_eq!(texts(name), [harbour.clone(), dockers.clone()], "{name}");
    }
    assert_eq!(texts("factiva-indexed.txt"), [harbour]);
}

#[test]
fn a_mail_is_its_own_words() {
    let lower = MONEY.replacen("Cara", "cara", 1);
    assert_eq!(
        texts("mails.mbox"),
        [
            format!("{MAYOR}\n\n{BERTH}"),
            format!("{STRIKE}\n\nFrom the harbour, {lower}")
        ]
    );
    assert_eq!(
        texts("mail.eml"),
        [
            "The mayor of Veldheim, Ann Orr, said that the cafés of the harbour would stay open through the winter."
        ]
    );
}

#[test]
fn office_files_and_subtitles_give_paragraphs() {
    assert_eq!(
        texts("report.docx"),
        [format!(
            "Harbour stays open, says mayor\n\nPublished: 3 March 2025\n\n\
             The mayor of Veldheim, Ann Orr, said that the harbour would stay open.\n\n{STRIKE}"
        )]
    );
    assert_eq!(
        texts("minutes.odt"),
        [format!("Dockers deny strike\n\n5 March 2025\n\n{STRIKE}")]
    );
    assert_eq!(
        texts("letter.rtf"),
        [
            "Harbour stays open, says mayor\n\n3 March 2025\n\nThe mayor, Ann Orr, said that the cafés would stay open.\n\n\
          “We will not close a single berth,” she said – twice {or so}."
        ]
    );
    assert_eq!(
        texts("talk.srt"),
        [
            "ANN ORR: The harbour will stay open through the winter. We will not close a single berth.\n\n\
          BOB LEE: No strike is planned."
        ]
    );
    assert_eq!(
        texts("talk.vtt"),
        [
            "Ann Orr: The harbour will stay open through the winter.\n\nBob Lee: No strike is planned & none was."
        ]
    );
}

#[test]
fn a_file_of_an_unknown_format_is_refused() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let messages: Vec<String> = [
        (
            "notes.xyz",
            "Ann Orr said that the harbour would stay open.",
        ),
        (
            "page.xml",
            "<?xml version=\"1.0\"?><menu><dish>Soup, said the cook.</dish></menu>",
        ),
        (
            "feed.rss",
            "<?xml version=\"1.0\"?>\n<rss><channel><title>Wire</title>\n<item><title>A</b></item>",
        ),
        ("pack.zip", "PK\u{3}\u{4} no zip"),
        ("mail.eml", "Ann Orr said that the harbour would stay open."),
        (
            "crawl.warc",
            "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 900\r\n\r\nHTTP/1.1 200 OK",
        ),
        ("talk.srt", "Ann Orr said that the harbour would stay open."),
        ("letter.rtf", "{\\rtf1 The harbour"),
    ]
    .iter()
    .map(|(name, bytes)| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file can be written");
        let mut read = read(&path);
        assert_eq!(read.len(), 1, "{name}");
        let error = read.remove(0).expect_err(name).to_string();
        let start = folder.path().to_string_lossy().into_owned() + "/";
        error.replace(&start, "")
    })
    .collect();
    assert_eq!(
        messages,
        [
            "notes.xyz: of an unknown format",
            "page.xml: of an unknown format",
            "feed.rss: broken XML: line 3: ill-formed document: expected `</title>`, but `</b>` was found",
            "pack.zip: broken zip file: invalid Zip archive: Could not find EOCD",
            "mail.eml: broken mail: no headers",
            "crawl.warc:1: broken WARC file: cut short",
            "talk.srt: broken subtitles: no cue with a time",
            "letter.rtf: broken RTF: cut short: a group is not closed",
        ]
    );
}

/// The fixtures' names and bytes.
static FIXTURES: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let entries = std::fs::read_dir(FOLDER).expect("the folder is there");
    let mut fixtures: Vec<(String, Vec<u8>)> = entries
        .map(|entry| {
            let path = entry.expect("it can be read").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            let bytes = std::fs::read(&path).expect("it can be read");
            (name.into_owned(), bytes)
        })
        .filter(|(name, _)| name != "print.pdf") // another program's affair
        .collect();
    fixtures.sort();
    fixtures
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Bytes of a fixture are overwritten, doubled or cut off: what comes is documents or errors that name the file.
    #[test]
    fn no_broken_file_stops_the_program(
        which in 0usize..1000,
        cut in 0usize..4000,
        places in prop::collection::vec((0usize..100_000, any::<u8>()), 0..8),
    ) {
        let (name, bytes) = &FIXTURES[which % FIXTURES.len()];
        let mut bytes = bytes.clone();
        for (place, byte) in places {
            let place = place % bytes.len();
            bytes[place] = byte;
        }
        if cut % 2 == 0 {
            bytes.truncate(bytes.len().saturating_sub(cut));
        }
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file can be written");
        for read in read(&path) {
            match read {
                Ok(document) => prop_assert!(document.name().contains(name.as_str())),
                Err(error) => prop_assert!(error.to_string().contains(name.as_str()), "{error}"),
            }
        }
    }
}
