//! Inputs to bytes: opened, unpacked, their format told by name or else by first bytes.

use std::io::{BufRead, BufReader, Read};

use super::{Error, Format, Input};

/// Bytes by which a format is told.
const HEAD: usize = 8192;

/// An opened input, at its first byte.
pub(super) struct Source {
    pub(super) reader: Box<dyn BufRead + Send>,
    pub(super) format: Format,
    /// What is read goes through a decompressor.
    pub(super) packed: bool,
}

impl Source {
    /// True for a text that is an export of many articles, by its head; what cannot be read is told by whoever reads it.
    pub(super) fn is_export(&mut self) -> bool {
        self.reader.fill_buf().is_ok_and(super::export::is_export)
    }
}

/// Opens `input`. Packed bytes are told by their first two, whatever the name.
pub(super) fn open(input: &Input) -> Result<Source, Error> {
    let raw: Box<dyn Read + Send> = match &input.path {
        Some(path) => {
            let file = std::fs::File::open(path);
            Box::new(file.map_err(|error| failed(input, false, error))?)
        }
        None => Box::new(std::io::stdin()),
    };
    of_reader(input, raw)
}

/// The same for bytes that come from elsewhere and are called as `input` is.
pub(super) fn of_reader(input: &Input, raw: Box<dyn Read + Send>) -> Result<Source, Error> {
    let mut reader: Box<dyn BufRead + Send> = Box::new(BufReader::with_capacity(HEAD, raw));
    let head = reader
        .fill_buf()
        .map_err(|error| failed(input, false, error))?;
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
        None => {
            let head = reader
                .fill_buf()
                .map_err(|error| failed(input, packed, error))?;
            match Format::of_head(head) {
                Some(format) => format,
                None if input.has_ending() && !super::decode::is_blank(head) => {
                    let name = input.name.clone();
                    return Err(match super::decode::is_binary(head) {
                        true => Error::Binary { name },
                        false => Error::Unknown { name },
                    });
                }
                None => Format::Plain,
            }
        }
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
        path: input
            .path
            .clone()
            .unwrap_or_else(|| input.name.clone().into()),
        source,
    }
}
