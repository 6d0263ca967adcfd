//! A page to its pieces: tags, text, and what is neither (comments, declarations, scripts). One pass, no repairs.

/// A piece of a page; all of them make up the page.
pub(super) enum Piece<'a> {
    Tag(Tag<'a>),
    Text(&'a str),
    /// A comment or a declaration, or what stands in an element without markup: a script, a style, a title.
    Raw(&'a str),
}

/// `<name …>` or `</name …>`
pub(super) struct Tag<'a> {
    /// As it stands.
    pub(super) whole: &'a str,
    pub(super) name: &'a str,
    pub(super) is_end: bool,
    /// `<name/>`
    pub(super) closes_itself: bool,
    /// Each with its value, as it stands.
    pub(super) attributes: Vec<&'a str>,
}

/// Elements in which no tag but their own end tag is one.
const RAW: [&str; 8] = [
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes",
];

/// The pieces of `page`, in order.
pub(super) fn pieces(page: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = page;
    let mut inside = None;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some(name) = inside.take() {
            let (raw, behind) = rest.split_at(end_of_raw(rest, name));
            rest = behind;
            if !raw.is_empty() {
                return Some(Piece::Raw(raw));
            }
        }
        let (piece, behind) = next(rest);
        rest = behind;
        if let Piece::Tag(tag) = &piece
            && !tag.is_end
        {
            let raw = RAW
                .into_iter()
                .find(|raw| raw.eq_ignore_ascii_case(tag.name));
            inside = raw;
        }
        Some(piece)
    })
}

/// The first piece of `rest`, and what stands behind it.
fn next(rest: &str) -> (Piece<'_>, &str) {
    let bytes = rest.as_bytes();
    let is_mark = |at: usize| {
        let second = bytes.get(at + 1).copied().unwrap_or_default();
        let third = bytes.get(at + 2).copied().unwrap_or_default();
        second.is_ascii_alphabetic()
            || matches!(second, b'!' | b'?')
            || second == b'/' && third != 0
    };
    let mark = rest
        .match_indices('<')
        .map(|(at, _)| at)
        .find(|&at| is_mark(at));
    match mark {
        None => (Piece::Text(rest), ""),
        Some(0) => {
            let is_tag = bytes[1].is_ascii_alphabetic()
                || bytes[1] == b'/' && bytes[2].is_ascii_alphabetic();
            if is_tag {
                return tag(rest);
            }
            let end = match rest.strip_prefix("<!--") {
                Some(_) => rest.find("-->").map(|at| at + 3),
                None => rest.find('>').map(|at| at + 1),
            };
            let (raw, behind) = rest.split_at(end.unwrap_or(rest.len()));
            (Piece::Raw(raw), behind)
        }
        Some(at) => {
            let (text, behind) = rest.split_at(at);
            (Piece::Text(text), behind)
        }
    }
}

/// The tag that `rest` begins with, and what stands behind it; one that does not end is no text.
fn tag(rest: &str) -> (Piece<'_>, &str) {
    let is_end = rest.starts_with("</");
    let start = if is_end { 2 } else { 1 };
    let bytes = rest.as_bytes();
    let is_space = |at: usize| bytes[at].is_ascii_whitespace();
    let mut at = start;
    while at < bytes.len() && !is_space(at) && !matches!(bytes[at], b'/' | b'>') {
        at += 1;
    }
    let name = &rest[start..at];
    let mut attributes = Vec::new();
    let mut closes_itself = false;
    loop {
        while at < bytes.len() && (is_space(at) || bytes[at] == b'/') {
            closes_itself = bytes[at] == b'/';
            at += 1;
        }
        if at == bytes.len() {
            return (Piece::Raw(rest), "");
        }
        if bytes[at] == b'>' {
            break;
        }
        closes_itself = false;
        let first = at;
        at = end_of_attribute(bytes, at);
        attributes.push(&rest[first..at]);
    }
    let (whole, behind) = rest.split_at(at + 1);
    let tag = Tag {
        whole,
        name,
        is_end,
        closes_itself,
        attributes,
    };
    (Piece::Tag(tag), behind)
}

/// Where the attribute that begins at `at` ends: behind its name, or its value.
fn end_of_attribute(bytes: &[u8], mut at: usize) -> usize {
    let ends_name = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
    // A name may begin with an equals sign.
    at += 1;
    while at < bytes.len() && !ends_name(bytes[at]) {
        at += 1;
    }
    let skip_space = |mut at: usize| {
        while at < bytes.len() && bytes[at].is_ascii_whitespace() {
            at += 1;
        }
        at
    };
    let mut value = skip_space(at);
    if bytes.get(value) != Some(&b'=') {
        return at;
    }
    value = skip_space(value + 1);
    match bytes.get(value) {
        Some(&quote @ (b'"' | b'\'')) => {
            let inside = &bytes[value + 1..];
            let length = inside.iter().position(|&b| b == quote);
            value + 1 + length.map_or(inside.len(), |length| length + 1)
        }
        _ => {
            while value < bytes.len() && !bytes[value].is_ascii_whitespace() && bytes[value] != b'>'
            {
                value += 1;
            }
            value
        }
    }
}

/// Where `</name` stands in `rest`.
fn end_of_raw(rest: &str, name: &str) -> usize {
    let is_end = |at: &usize| {
        let tag = rest[*at..]
            .strip_prefix("</")
            .unwrap_or_default()
            .as_bytes();
        tag.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
    };
    let mut ends = rest.match_indices("</").map(|(at, _)| at);
    ends.find(is_end).unwrap_or(rest.len())
}
