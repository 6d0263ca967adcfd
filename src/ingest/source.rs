//! Inputs to bytes: opened, unpacked, their format told by name or by first bytes.

use std::io::{BufRead, BufReader, Read};

use super::{Error, Input};

/// Bytes by which a format is told.
const HEAD: usize = 8192;

/// How an article is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Plain,
    Markdown,
    Html,
    /// One JSON object, or an array of them.
    Json,
    /// One JSON object a line.
    Lines,
}

/// An opened input, at its first byte.
pub(super) struct Source {
    pub(super) reader: Box<dyn BufRead + Send>,
    pub(super) format: Format,
    /// What is read goes through a decompressor.
    pub(super) packed: bool,
}

impl Format {
    /// The format that a file's name tells.
    pub(super) fn of_name(input: &Input) -> Option<Format> {
        Some(match input.extension()? {
            "txt" => Format::Plain,
            "md" | "markdown" => Format::Markdown,
            "html" | "htm" => Format::Html,
            "json" => Format::Json,
            _ => Format::Lines,
        })
    }

    /// The format that the first bytes tell.
    fn of_head(head: &[u8]) -> Format {
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
        let text = String::from_utf8_lossy(head.trim_ascii_start()).to_ascii_lowercase();
        let line = text.lines().next().unwrap_or_default();
        let is_object = |line: &str| line.starts_with('{') && line.trim_end().ends_with('}');
        if ["<!doctype html", "<html", "<?xml", "<head", "<body"]
            .iter()
            .any(|start| text.starts_with(start))
        {
            Format::Html
        } else if is_object(line) || line.starts_with("{\"") && text.lines().count() == 1 {
            Format::Lines
        } else if text.starts_with('{') && text[1..].trim_start().starts_with('"')
            || text.starts_with('[') && text[1..].trim_start().starts_with('{')
        {
            Format::Json
        } else if line.trim_end() == "---" {
            Format::Markdown
        } else {
            Format::Plain
        }
    }
}

/// Opens `input`. Packed bytes are told by their first two, whatever the name.
pub(super) fn open(input: &Input) -> Result<Source, Error> {
    let unreadable = |source| Error::Unreadable {
        path: input.path.clone().unwrap_or_else(|| "-".into()),
        source,
    };
    let raw: Box<dyn Read + Send> = match &input.path {
        Some(path) => Box::new(std::fs::File::open(path).map_err(unreadable)?),
        None => Box::new(std::io::stdin()),
    };
    let mut reader: Box<dyn BufRead + Send> = Box::new(BufReader::with_capacity(HEAD, raw));
    let head = reader.fill_buf().map_err(unreadable)?;
    let packed = head.starts_with(&[0x1F, 0x8B]);
    if packed {
        let unpacked = flate2::bufread::MultiGzDecoder::new(reader);
        reader = Box::new(BufReader::with_capacity(HEAD, unpacked));
    } else if input.is_packed() && !head.is_empty() {
        return Err(Error::Packed {
            name: input.name.clone(),
        });
    }
    let format = match Format::of_name(input) {
        Some(format) => format,
        None => Format::of_head(reader.fill_buf().map_err(|e| failed(input, packed, e))?),
    };
    Ok(Source {
        reader,
        format,
        packed,
    })
}

/// All bytes of `source`, at most `limit`, and whether the end is missing: what is packed may be cut short.
pub(super) fn bytes(input: &Input, source: Source, limit: u64) -> Result<(Vec<u8>, bool), Error> {
    let mut bytes = Vec::new();
    let mut reader = source.reader.take(limit + 1);
    let mut cut_short = false;
    if let Err(error) = reader.read_to_end(&mut bytes) {
        let error = failed(input, source.packed, error);
        cut_short = matches!(error, Error::Packed { .. }) && !bytes.is_empty();
        if !cut_short {
            return Err(error);
        }
    }
    if bytes.len() as u64 > limit {
        return Err(Error::TooLarge {
            name: input.name.clone(),
            limit,
        });
    }
    Ok((bytes, cut_short))
}

/// Why reading stopped: the disk, or what was packed.
pub(super) fn failed(input: &Input, packed: bool, source: std::io::Error) -> Error {
    use std::io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
    if packed && matches!(source.kind(), InvalidData | InvalidInput | UnexpectedEof) {
        return Error::Packed {
            name: input.name.clone(),
        };
    }
    Error::Unreadable {
        path: input.path.clone().unwrap_or_else(|| "-".into()),
        source,
    }
}
