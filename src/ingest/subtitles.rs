//! Subtitles, SubRip and WebVTT: what is shown in turn, joined to running text; who speaks, where the file says it, begins a
//! paragraph as in a transcript.

/// The text; `None` where no cue has a time.
pub(super) fn text(file: &str) -> Option<String> {
    let mut turns: Vec<(Option<String>, String)> = Vec::new();
    let mut last_line = String::new();
    let mut cues = 0;
    for block in blocks(file) {
        let Some(at) = block.iter().position(|line| line.contains("-->")) else {
            continue;
        };
        cues += 1;
        for line in &block[at + 1..] {
            let (voice, line) = clean(line);
            // Captions that roll show a line again.
            if line.is_empty() || line == last_line {
                continue;
            }
            last_line.clone_from(&line);
            let (voice, words, begins) = match voice {
                Some(voice) => (Some(voice), line.as_str(), true),
                None => turn(&line),
            };
            match turns.last_mut() {
                Some((before, text)) if !begins || voice.is_some() && *before == voice => {
                    text.push(' ');
                    text.push_str(words);
                }
                _ => turns.push((voice, words.to_owned())),
            }
        }
    }
    let paragraphs: Vec<String> = turns
        .into_iter()
        .map(|(voice, text)| match voice {
            Some(voice) => format!("{voice}: {text}"),
            None => text,
        })
        .collect();
    (cues > 0).then(|| paragraphs.join("\n\n"))
}

/// Blocks of lines between empty ones.
fn blocks(file: &str) -> impl Iterator<Item = Vec<&str>> {
    let mut lines = file.lines().map(str::trim).peekable();
    std::iter::from_fn(move || {
        while lines.next_if(|line| line.is_empty()).is_some() {}
        let mut block = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.is_empty()) {
            block.push(line);
        }
        (!block.is_empty()).then_some(block)
    })
}

/// The line without tags, and the voice that a tag names.
fn clean(line: &str) -> (Option<String>, String) {
    let mut voice = None;
    let mut words = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        let close = if rest[at..].starts_with('<') {
            '>'
        } else {
            '}'
        };
        let Some(end) = rest[at..].find(close) else {
            break;
        };
        let tag = &rest[at + 1..at + end];
        let is_tag = close == '>' || tag.starts_with('\\');
        words.push_str(if is_tag {
            &rest[..at]
        } else {
            &rest[..=at + end]
        });
        if let Some((kind, name)) = tag.split_once(char::is_whitespace)
            && (kind == "v" || kind.starts_with("v."))
        {
            voice = super::filled(name);
        }
        rest = &rest[at + end + 1..];
    }
    words.push_str(rest);
    let words = super::html::decode_entities(&words);
    (
        voice,
        words.split_whitespace().collect::<Vec<_>>().join(" "),
    )
}

/// Who speaks in a line that changes the speaker, the words, and whether it does: ">> ANN ORR: We stay.", "- We stay."
fn turn(line: &str) -> (Option<String>, &str, bool) {
    let marked = [">>", "- ", "– ", "— "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark));
    let words = marked.unwrap_or(line).trim_start_matches(['>', '-', ' ']);
    let label = words.split_once(':').filter(|(label, text)| {
        let is_name = label.split_whitespace().count() <= 4
            && label.starts_with(char::is_uppercase)
            && !label.chars().any(char::is_numeric);
        let capitals = !label.chars().any(char::is_lowercase);
        is_name && (capitals || marked.is_some()) && text.starts_with(' ')
    });
    match label {
        Some((label, text)) => (super::filled(label), text.trim(), true),
        None => (None, words, marked.is_some()),
    }
}
