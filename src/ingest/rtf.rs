//! Rich text: the words between the control words.

use encoding_rs::Encoding;

/// Groups inside each other; what lies deeper is no article.
const DEEPEST: usize = 200;

/// Groups whose words are not the text's.
const LEFT_OUT: [&str; 22] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "info",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "themedata",
    "datastore",
    "generator",
    "fldinst",
    "listtable",
    "revtbl",
];

/// What holds inside a group.
#[derive(Clone, Copy)]
struct Group {
    left_out: bool,
    /// Bytes that stand for a Unicode character where it cannot be shown.
    fallback: usize,
}

/// The text of a file, or what is wrong with it.
pub(super) fn text(bytes: &[u8]) -> Result<String, String> {
    if !bytes.starts_with(b"{\\rtf") {
        return Err("no mark at its start".to_owned());
    }
    let mut reader = Reader {
        rest: bytes,
        text: String::new(),
        waiting: Vec::new(),
        encoding: encoding_rs::WINDOWS_1252,
        groups: Vec::new(),
        group: Group {
            left_out: false,
            fallback: 1,
        },
        to_skip: 0,
        high: None,
    };
    reader.read()?;
    let paragraphs: Vec<String> = reader.text.lines().filter_map(super::filled).collect();
    Ok(paragraphs.join("\n\n"))
}

struct Reader<'a> {
    rest: &'a [u8],
    text: String,
    /// Bytes that are not decoded yet.
    waiting: Vec<u8>,
    encoding: &'static Encoding,
    groups: Vec<Group>,
    group: Group,
    /// Bytes to pass over, the stand-ins of a Unicode character.
    to_skip: usize,
    /// The first half of a character of two units.
    high: Option<u16>,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), String> {
        while let Some((&byte, rest)) = self.rest.split_first() {
            self.rest = rest;
            match byte {
                b'{' => {
                    if self.groups.len() >= DEEPEST {
                        return Err(format!("more than {DEEPEST} groups inside each other"));
                    }
                    self.groups.push(self.group);
                    self.to_skip = 0;
                }
                b'}' => {
                    self.flush();
                    self.to_skip = 0;
                    match self.groups.pop() {
                        Some(group) => self.group = group,
                        None => return Ok(()),
                    }
                    if self.groups.is_empty() {
                        return Ok(());
                    }
                }
                b'\\' => self.control(),
                b'\r' | b'\n' => {}
                byte => self.byte(byte),
            }
        }
        self.flush();
        match self.groups.is_empty() {
            true => Ok(()),
            false => Err("cut short: a group is not closed".to_owned()),
        }
    }

    fn byte(&mut self, byte: u8) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else if !self.group.left_out {
            self.waiting.push(byte);
        }
    }

    fn flush(&mut self) {
        if !self.waiting.is_empty() {
            let words = self.encoding.decode_without_bom_handling(&self.waiting).0;
            self.text.push_str(&words);
            self.waiting.clear();
        }
    }

    fn push(&mut self, text: &str) {
        if self.to_skip > 0 {
            self.to_skip -= 1;
        } else if !self.group.left_out {
            self.flush();
            self.text.push_str(text);
        }
    }

    /// What follows a backslash.
    fn control(&mut self) {
        let letters = self.rest.iter().take_while(|b| b.is_ascii_alphabetic());
        let length = letters.count();
        if length == 0 {
            let Some((&mark, rest)) = self.rest.split_first() else {
                return;
            };
            self.rest = rest;
            match mark {
                b'\'' => {
                    let code = self
                        .rest
                        .get(..2)
                        .and_then(|code| std::str::from_utf8(code).ok());
                    if let Some(byte) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
                        self.rest = &self.rest[2..];
                        self.byte(byte);
                    }
                }
                b'*' => self.group.left_out = true,
                b'~' => self.push(" "),
                b'_' => self.push("-"),
                b'\r' | b'\n' => self.push("\n"),
                b'\\' | b'{' | b'}' => self.byte(mark),
                _ => {}
            }
            return;
        }
        let word = String::from_utf8_lossy(&self.rest[..length]).into_owned();
        self.rest = &self.rest[length..];
        let digits = self
            .rest
            .iter()
            .enumerate()
            .take_while(|(at, b)| b.is_ascii_digit() || *at == 0 && **b == b'-')
            .count();
        let number = std::str::from_utf8(&self.rest[..digits])
            .ok()
            .and_then(|digits| digits.parse::<i64>().ok());
        self.rest = &self.rest[digits..];
        self.rest = self.rest.strip_prefix(b" ").unwrap_or(self.rest);
        self.word(&word, number);
    }

    fn word(&mut self, word: &str, number: Option<i64>) {
        match word {
            "par" | "sect" | "page" | "line" | "row" => self.push("\n"),
            "tab" | "cell" => self.push(" "),
            "rquote" => self.push("’"),
            "lquote" => self.push("‘"),
            "rdblquote" => self.push("”"),
            "ldblquote" => self.push("“"),
            "emdash" => self.push("—"),
            "endash" => self.push("–"),
            "bullet" => self.push("•"),
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => {
                let bytes = number.and_then(|number| usize::try_from(number).ok());
                self.group.fallback = bytes.unwrap_or(1).min(8);
            }
            "ansicpg" => {
                let label = format!("windows-{}", number.unwrap_or(1252));
                if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
                    self.encoding = encoding;
                }
            }
            "bin" => {
                let length = number.and_then(|number| usize::try_from(number).ok());
                let length = length.unwrap_or(0).min(self.rest.len());
                self.rest = &self.rest[length..];
            }
            word if LEFT_OUT.contains(&word) => self.group.left_out = true,
            _ => {}
        }
    }

    fn unicode(&mut self, number: i64) {
        let unit = (number & 0xFFFF) as u16; // what is past the middle is written as negative
        self.to_skip = 0;
        let high = self.high.take();
        match char::decode_utf16(high.into_iter().chain([unit])).last() {
            Some(Ok(character)) => self.push(character.encode_utf8(&mut [0; 4])),
            _ => self.high = Some(unit),
        }
        self.to_skip = self.group.fallback;
    }
}
