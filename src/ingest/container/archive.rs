//! Zip files and what is one underneath: Word, OpenDocument, workbooks, books, crawls. A member is read where it is
//! analysed, from its place in the file.

use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use zip::{CompressionMethod, ZipArchive};

use super::{Article, Articles, Content, File, Opened, book, office, sheet, source};
use crate::ingest::{Error, Format, Input};

/// The bytes of an archive: a file on the disk, or what was unpacked from another archive.
#[derive(Clone, Debug)]
pub(in crate::ingest) enum Bytes {
    Disk(PathBuf),
    Memory(Arc<[u8]>),
}

/// Where the bytes of a member stand.
#[derive(Clone, Debug)]
pub(in crate::ingest) struct Place {
    archive: Bytes,
    start: u64,
    length: u64,
    deflated: bool,
}

/// A member of an archive.
pub(super) struct Member {
    /// Its path inside.
    pub(super) path: String,
    pub(super) place: Place,
}

trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

impl Bytes {
    fn open(&self) -> std::io::Result<Box<dyn ReadSeek>> {
        Ok(match self {
            Bytes::Disk(path) => Box::new(BufReader::new(std::fs::File::open(path)?)),
            Bytes::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
        })
    }
}

impl Place {
    /// The member, unpacked as it is read.
    pub(in crate::ingest) fn open(&self) -> std::io::Result<Box<dyn Read + Send>> {
        let mut archive = self.archive.open()?;
        archive.seek(SeekFrom::Start(self.start))?;
        let packed = archive.take(self.length);
        Ok(match self.deflated {
            true => Box::new(flate2::read::DeflateDecoder::new(packed)),
            false => Box::new(packed),
        })
    }

    /// All of the member, at most `limit` bytes.
    pub(super) fn bytes(&self, limit: u64) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let read = self
            .open()
            .and_then(|member| member.take(limit + 1).read_to_end(&mut bytes));
        read.map_err(|error| error.to_string())?;
        match bytes.len() as u64 > limit {
            true => Err(format!("a part is larger than {} MB", limit >> 20)),
            false => Ok(bytes),
        }
    }
}

pub(super) fn articles(opened: Opened) -> Articles {
    let Opened {
        input,
        source,
        size,
        limit,
        depth,
    } = opened;
    let file = File {
        name: input.name.clone(),
        size,
    };
    let archive = match &input.path {
        Some(path) if !source.packed => Bytes::Disk(path.clone()),
        _ => match source::bytes(&input, source, limit) {
            Ok((bytes, _)) => Bytes::Memory(bytes.into()),
            Err(error) => return file.one(Content::Failed(error)),
        },
    };
    let members = match members(&archive) {
        Ok(members) => members,
        Err(message) => return file.failed("zip file", message),
    };
    let part = |path: &str| members.iter().find(|member| member.path == path);
    if let Some(document) = part("word/document.xml") {
        return office_text(file, office::word(&document.place, limit), "Word file");
    }
    if part("xl/workbook.xml").is_some() {
        return match sheet::rows(&members, limit) {
            Ok(rows) => super::table::of_rows(file, rows),
            Err(message) => file.failed("Excel file", message),
        };
    }
    if part("META-INF/container.xml").is_some() {
        return match book::articles(&file, &members, limit) {
            Ok(articles) => articles,
            Err(message) => file.failed("book", message),
        };
    }
    if let (Some(content), Some(_)) = (part("content.xml"), part("mimetype")) {
        let text = office::open_document(&content.place, limit);
        return office_text(file, text, "OpenDocument file");
    }
    // A crawl that is packed with its index: only the records are pages.
    let is_crawl = part("datapackage.json").is_some()
        && members
            .iter()
            .any(|member| member.path.starts_with("archive/"));
    let File { name, mut size } = file;
    let inputs = members.into_iter().filter_map(move |member| {
        if is_crawl && !member.path.starts_with("archive/") {
            return None;
        }
        let input = Input {
            name: format!("{name}/{}", member.path),
            root: input.root.clone(),
            path: None,
        };
        Some((Format::of_name(&input)?, input, member.place))
    });
    let mut articles = inputs
        .flat_map(move |(format, input, place)| {
            let size = std::mem::take(&mut size);
            member_articles(format, input, place, [size, limit], depth)
        })
        .peekable();
    if articles.peek().is_none() {
        let name = input.name;
        return Box::new(std::iter::once(Article {
            name: name.clone(),
            content: Content::Failed(Error::NothingInside { name }),
            bytes: 0,
        }));
    }
    Box::new(articles)
}

fn office_text(file: File, text: Result<String, String>, format: &'static str) -> Articles {
    match text {
        Ok(text) => file.texts(text),
        Err(message) => file.failed(format, message),
    }
}

fn member_articles(
    format: Format,
    input: Input,
    place: Place,
    [size, limit]: [u64; 2],
    depth: u8,
) -> Articles {
    let file = File {
        name: input.name.clone(),
        size,
    };
    if format.is_single() {
        return file.one(Content::Member(input, place));
    }
    let opened = place
        .open()
        .map_err(|error| source::failed(&input, true, error))
        .and_then(|raw| source::of_reader(&input, raw));
    match opened {
        Ok(source) => Opened {
            input,
            source,
            size,
            limit,
            depth: depth + 1,
        }
        .articles(),
        Err(error) => file.one(Content::Failed(error)),
    }
}

/// The files in `archive` by their paths, hidden ones left out.
fn members(archive: &Bytes) -> Result<Vec<Member>, String> {
    let reader = archive.open().map_err(|error| error.to_string())?;
    let mut zip = ZipArchive::new(reader).map_err(|error| error.to_string())?;
    let mut members = Vec::with_capacity(zip.len());
    for number in 0..zip.len() {
        let member = zip
            .by_index_raw(number)
            .map_err(|error| error.to_string())?;
        let path = member.name().map_err(|error| error.to_string())?;
        let path = path.replace('\\', "/");
        if member.is_dir() || is_hidden(&path) {
            continue;
        }
        let deflated = match member.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::DEFLATE => true,
            _ => return Err(format!("`{path}` is packed in a way that is not known")),
        };
        if member.encrypted() {
            return Err(format!("`{path}` is encrypted"));
        }
        let start = member
            .data_start()
            .ok_or_else(|| format!("`{path}` stands nowhere"))?;
        let place = Place {
            archive: archive.clone(),
            start,
            length: member.compressed_size(),
            deflated,
        };
        members.push(Member { path, place });
    }
    members.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(members)
}

/// Hidden files, and those that a system leaves beside its own.
pub(super) fn is_hidden(path: &str) -> bool {
    path.split('/')
        .any(|part| part.starts_with('.') && part.len() > 1 || part.starts_with("__"))
}
