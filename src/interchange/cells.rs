//! Names and cells: what a list of ours can hold.

use crate::lexicon::{parts, slug};

/// The longest name, in bytes.
const LONGEST: usize = 255;

/// A name with single spaces; `Err` says why it can be none of ours.
pub fn name(text: &str) -> Result<String, &'static str> {
    let clean: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect();
    let clean = bare(&clean.join(" ")).to_owned();
    if parts(&clean).next().is_none() {
        Err("holds no word")
    } else if clean.len() > LONGEST {
        Err("is longer than 255 bytes")
    } else if clean.contains('|') {
        Err("holds a `|`")
    } else {
        Ok(clean)
    }
}

/// Without the marks that a spreadsheet puts around a cell: whoever reads the list takes them out.
fn bare(name: &str) -> &str {
    let inside = name
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    inside.map_or(name, str::trim)
}

/// Words in capitals ("ANN_ORR") as names are written: "Ann Orr".
pub fn people_of(words: &str) -> String {
    let mut out = String::new();
    let mut starts = true;
    for c in words.chars() {
        let c = if c == '_' { ' ' } else { c };
        if starts {
            out.extend(c.to_uppercase());
        } else {
            out.extend(c.to_lowercase());
        }
        starts = !c.is_alphanumeric() && c != '\'' && c != '’';
    }
    out.trim().to_owned()
}

/// The id of a name: kebab-case, or a number where the name has no ASCII letter.
pub fn id(name: &str) -> String {
    let slug = slug(name);
    if slug.is_empty() {
        let mut hash = 0xCBF2_9CE4_8422_2325_u64;
        for byte in name.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3);
        }
        return format!("name-{hash:016x}");
    }
    slug.as_str().to_owned()
}

/// A cell without tabs and line breaks.
pub fn cell(text: &str) -> String {
    text.split(|c: char| c.is_control())
        .collect::<Vec<_>>()
        .join(" ")
        .trim()
        .to_owned()
}

/// Values of a cell, however they are separated.
pub fn values(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(['|', ';'])
        .map(str::trim)
        .filter(|value| !value.is_empty())
}
