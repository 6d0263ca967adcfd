//! Where the names of documents begin, and names of paths.

use std::ffi::{OsStr, OsString};
use std::path::{Component, Path, PathBuf};

/// Where the names of documents begin.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Root {
    /// The folder, absolute and without links.
    pub folder: PathBuf,
    /// True: all in it was asked for; false: single files.
    pub whole: bool,
}

/// A relative path as a name: its parts joined by slashes. What is no UTF-8 is written as `\xNN` and a backslash twice, so
/// that no two paths have one name.
pub fn name_of(path: &Path) -> String {
    let parts = path.components().filter_map(|part| match part {
        Component::Normal(part) => Some(escaped(part)),
        Component::ParentDir => Some("..".to_owned()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// The path that is called `name`.
pub fn path_of(name: &str) -> PathBuf {
    name.split('/').map(unescaped).collect()
}

fn escaped(part: &OsStr) -> String {
    let mut name = String::new();
    for chunk in part.as_encoded_bytes().utf8_chunks() {
        name.push_str(&chunk.valid().replace('\\', "\\\\"));
        for byte in chunk.invalid() {
            name.push_str(&format!("\\x{byte:02X}"));
        }
    }
    name
}

/// The part of a path that [`escaped`] wrote so.
fn unescaped(part: &str) -> OsString {
    let hex = |digits: &[u8]| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok();
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let (byte, further) = match (first, after) {
            (b'\\', [b'\\', further @ ..]) => (b'\\', further),
            (b'\\', [b'x', a, b, further @ ..]) => (hex(&[*a, *b]).unwrap_or(b'?'), further),
            _ => (*first, after),
        };
        bytes.push(byte);
        rest = further;
    }
    os_string(bytes)
}

#[cfg(unix)]
fn os_string(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

/// Elsewhere names are Unicode, or cannot be made of bytes.
#[cfg(not(unix))]
fn os_string(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_paths_have_one_name_and_each_name_leads_back() {
        let parts: [&[u8]; 7] = [
            b"a.txt",
            b"a\\b.txt",
            b"a\\\\b.txt",
            b"\xFF.txt",
            b"\\xFF.txt",
            b"\xFE.txt",
            "caf\u{e9}.txt".as_bytes(),
        ];
        let paths: Vec<PathBuf> = parts
            .into_iter()
            .map(|bytes| Path::new("in").join(os_string(bytes.to_vec())))
            .collect();
        let names: Vec<String> = paths.iter().map(|path| name_of(path)).collect();
        assert_eq!(
            names,
            [
                "in/a.txt",
                "in/a\\\\b.txt",
                "in/a\\\\\\\\b.txt",
                "in/\\xFF.txt",
                "in/\\\\xFF.txt",
                "in/\\xFE.txt",
                "in/caf\u{e9}.txt"
            ]
        );
        let back: Vec<PathBuf> = names.iter().map(|name| path_of(name)).collect();
        assert_eq!(back, paths);
    }
}
