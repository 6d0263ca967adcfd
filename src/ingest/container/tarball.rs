//! Tar files, read from front to end, packed or not.

use std::io::{Cursor, Read};
use std::sync::{Arc, Mutex};

use super::{Article, Articles, Content, File, Opened, archive, source};
use crate::ingest::source::Source;
use crate::ingest::{Error, Format, Input};

const BLOCK: usize = 512;

/// A tar file that is being read.
struct Tarball {
    input: Input,
    source: Source,
    size: u64,
    limit: u64,
    depth: u8,
    /// Something was found.
    found: bool,
    ended: bool,
}

pub(super) fn articles(opened: Opened) -> Articles {
    let Opened {
        input,
        source,
        size,
        limit,
        depth,
    } = opened;
    let tarball = Tarball {
        input,
        source,
        size,
        limit,
        depth,
        found: false,
        ended: false,
    };
    // The reader may go from thread to thread but is used by one at a time.
    let tarball = Arc::new(Mutex::new(tarball));
    Box::new(std::iter::from_fn(move || tarball.lock().ok()?.next()).flatten())
}

impl Tarball {
    /// The articles of the next file that holds any.
    fn next(&mut self) -> Option<Articles> {
        while !self.ended {
            match self.member() {
                Ok(Some((path, bytes))) => {
                    let input = Input {
                        name: format!("{}/{path}", self.input.name),
                        root: self.input.root.clone(),
                        path: None,
                    };
                    self.found = true;
                    return Some(self.articles_of(input, bytes));
                }
                Ok(None) => {}
                Err(message) => {
                    self.ended = true;
                    return Some(self.file().failed("tar file", message));
                }
            }
        }
        if !self.found {
            self.found = true;
            let name = self.input.name.clone();
            let content = Content::Failed(Error::NothingInside { name });
            return Some(self.file().one(content));
        }
        None
    }

    fn file(&mut self) -> File {
        File {
            name: self.input.name.clone(),
            size: std::mem::take(&mut self.size),
        }
    }

    fn articles_of(&mut self, input: Input, bytes: Result<Vec<u8>, Error>) -> Articles {
        let size = std::mem::take(&mut self.size);
        let name = input.name.clone();
        let failed = |error| {
            Box::new(std::iter::once(Article {
                name,
                content: Content::Failed(error),
                bytes: size,
            }))
        };
        let source =
            bytes.and_then(|bytes| source::of_reader(&input, Box::new(Cursor::new(bytes))));
        match source {
            Ok(source) => Opened {
                input,
                source,
                size,
                limit: self.limit,
                depth: self.depth + 1,
            }
            .articles(),
            Err(error) => failed(error),
        }
    }

    /// The next file of a known format, its path and its bytes; `None` for what is passed over.
    #[expect(clippy::type_complexity, reason = "said in the line above")]
    fn member(&mut self) -> Result<Option<(String, Result<Vec<u8>, Error>)>, String> {
        let mut long_path = None;
        loop {
            let Some(header) = self.block()? else {
                self.ended = true;
                return Ok(None);
            };
            if header.iter().all(|&byte| byte == 0) {
                self.ended = true;
                return Ok(None);
            }
            let length = octal(&header[124..136]).ok_or("a header without a length")?;
            if octal(&header[148..156]) != Some(checksum(&header)) {
                return Err("a header with a wrong sum".to_owned());
            }
            match header[156] {
                b'L' => long_path = Some(word(&self.content(length)?)),
                b'x' => long_path = pax_path(&self.content(length)?).or(long_path),
                0 | b'0' | b'7' => {
                    let path = long_path.take().unwrap_or_else(|| path(&header));
                    let input = Input {
                        name: path.clone(),
                        root: self.input.root.clone(),
                        path: None,
                    };
                    let is_known = Format::of_name(&input).is_some();
                    if !is_known || archive::is_hidden(&path) {
                        self.skip(length)?;
                        return Ok(None);
                    }
                    if length > self.limit {
                        self.skip(length)?;
                        let name = format!("{}/{path}", self.input.name);
                        let limit = self.limit;
                        return Ok(Some((path, Err(Error::TooLarge { name, limit }))));
                    }
                    let bytes = self.content(length)?;
                    return Ok(Some((path, Ok(bytes))));
                }
                _ => self.skip(length)?,
            }
        }
    }

    fn block(&mut self) -> Result<Option<[u8; BLOCK]>, String> {
        let mut block = Vec::with_capacity(BLOCK);
        let reader = (&mut self.source.reader).take(BLOCK as u64);
        let mut reader = reader;
        reader
            .read_to_end(&mut block)
            .map_err(|error| error.to_string())?;
        match block.len() {
            0 => Ok(None),
            _ => block.try_into().map(Some).map_err(|_| CUT.to_owned()),
        }
    }

    /// The next `length` bytes, and what fills up their last block.
    fn content(&mut self, length: u64) -> Result<Vec<u8>, String> {
        if length > self.limit {
            return Err("a name that is too long".to_owned());
        }
        let mut bytes = Vec::new();
        let whole = length.next_multiple_of(BLOCK as u64);
        let mut reader = (&mut self.source.reader).take(whole);
        reader
            .read_to_end(&mut bytes)
            .map_err(|error| error.to_string())?;
        if (bytes.len() as u64) < length {
            return Err(CUT.to_owned());
        }
        bytes.truncate(length as usize);
        Ok(bytes)
    }

    fn skip(&mut self, length: u64) -> Result<(), String> {
        let whole = length.checked_next_multiple_of(BLOCK as u64).ok_or(CUT)?;
        let mut reader = (&mut self.source.reader).take(whole);
        let skipped = std::io::copy(&mut reader, &mut std::io::sink());
        match skipped {
            Ok(skipped) if skipped < length => Err(CUT.to_owned()),
            Ok(_) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }
}

const CUT: &str = "cut short";

fn word(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|&b| b == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

fn octal(bytes: &[u8]) -> Option<u64> {
    // What is larger than eight gigabytes is written in bytes behind a mark.
    if bytes[0] == 0x80 {
        let last = bytes.last_chunk::<8>()?;
        return Some(u64::from_be_bytes(*last));
    }
    u64::from_str_radix(word(bytes).trim(), 8).ok()
}

fn checksum(header: &[u8; BLOCK]) -> u64 {
    let bytes = header.iter().enumerate();
    bytes
        .map(|(at, &byte)| match at {
            148..156 => u64::from(b' '),
            _ => u64::from(byte),
        })
        .sum()
}

fn path(header: &[u8; BLOCK]) -> String {
    let name = word(&header[..100]);
    let prefix = match &header[257..262] == b"ustar" {
        true => word(&header[345..500]),
        false => String::new(),
    };
    let path = match prefix.is_empty() {
        true => name,
        false => format!("{prefix}/{name}"),
    };
    path.trim_start_matches("./").to_owned()
}

/// The path in the records of a POSIX header: "30 path=long/name.txt\n".
fn pax_path(records: &[u8]) -> Option<String> {
    let records = String::from_utf8_lossy(records);
    records
        .lines()
        .find_map(|record| Some(record.split_once(" path=")?.1.to_owned()))
}
