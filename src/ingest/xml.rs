//! XML as a tree of elements: feeds, news markup, the parts of office files. Names stand without their prefix.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element with what is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Without prefix, in lower case.
    pub(super) name: String,
    /// Names without prefix, in lower case.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

/// Elements inside each other; what lies deeper is no article.
const DEEPEST: usize = 200;

/// The root of `text`, or what is wrong with it.
pub(super) fn parse(text: &str) -> Result<Element, String> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = true;
    config.allow_dangling_amp = true;
    let mut open: Vec<Element> = vec![Element::default()];
    loop {
        let event = reader.read_event().map_err(|error| {
            let end = (reader.error_position() as usize).min(text.len());
            let line = text.as_bytes()[..end]
                .iter()
                .filter(|&&b| b == b'\n')
                .count();
            format!("line {}: {error}", line + 1)
        })?;
        match event {
            Event::Start(start) => {
                if open.len() >= DEEPEST {
                    return Err(format!("more than {DEEPEST} elements inside each other"));
                }
                open.push(element(&start));
            }
            Event::Empty(start) => push(&mut open, Node::Element(element(&start))),
            Event::End(_) => {
                if let Some(done) = open.pop() {
                    push(&mut open, Node::Element(done));
                }
            }
            Event::Text(words) => {
                push(&mut open, Node::Text(words.to_string()));
            }
            Event::CData(words) => {
                push(&mut open, Node::Text(words.to_string()));
            }
            Event::GeneralRef(reference) => {
                let entity = format!("&{};", &*reference);
                push(&mut open, Node::Text(super::html::decode_entities(&entity)));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if open.len() > 1 {
        let name = open.pop().map(|element| element.name).unwrap_or_default();
        return Err(format!("cut short: <{name}> is not closed"));
    }
    let top = open.pop().unwrap_or_default();
    let root = top.children.into_iter().find_map(|node| match node {
        Node::Element(element) => Some(element),
        Node::Text(_) => None,
    });
    root.ok_or_else(|| "no element".to_owned())
}

fn push(open: &mut [Element], node: Node) {
    let Some(parent) = open.last_mut() else {
        return;
    };
    match (node, parent.children.last_mut()) {
        (Node::Text(words), Some(Node::Text(before))) => before.push_str(&words),
        (node, _) => parent.children.push(node),
    }
}

fn element(start: &BytesStart) -> Element {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false).flatten();
    Element {
        name: start.local_name().as_ref().to_ascii_lowercase(),
        attributes: attributes
            .map(|attribute| {
                let name = attribute.key.local_name().as_ref().to_ascii_lowercase();
                (name, super::html::decode_entities(&attribute.value))
            })
            .collect(),
        children: Vec::new(),
    }
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The elements right inside.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element right inside that is called one of `names`, the first name first.
    pub(super) fn child(&self, names: &[&str]) -> Option<&Element> {
        names
            .iter()
            .find_map(|name| self.elements().find(|element| element.name == *name))
    }

    /// The first element called `name` anywhere inside, or this one.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        if self.name == name {
            return Some(self);
        }
        self.elements().find_map(|element| element.find(name))
    }

    /// All elements called `name` inside that are in no other such.
    pub(super) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        for element in self.elements() {
            match element.name == name {
                true => found.push(element),
                false => element.all(name, found),
            }
        }
    }

    /// All words inside.
    pub(super) fn text(&self) -> String {
        let mut words = String::new();
        self.add_text(&mut words);
        words
    }

    fn add_text(&self, words: &mut String) {
        for node in &self.children {
            match node {
                Node::Text(text) => words.push_str(text),
                Node::Element(element) => element.add_text(words),
            }
        }
    }

    /// The words right inside a child called one of `names`, trimmed.
    pub(super) fn words_of(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| {
            let mut children = self.elements().filter(|element| element.name == *name);
            children.find_map(|element| super::filled(&element.text()))
        })
    }

    /// The text with a blank line around each element called one of `blocks`.
    pub(super) fn paragraphs(&self, blocks: &[&str]) -> String {
        let mut parts = vec![String::new()];
        self.add_paragraphs(blocks, &mut parts);
        let parts: Vec<String> = parts
            .iter()
            .filter_map(|part| super::filled(part))
            .collect();
        parts.join("\n\n")
    }

    fn add_paragraphs(&self, blocks: &[&str], parts: &mut Vec<String>) {
        for node in &self.children {
            match node {
                Node::Text(text) => {
                    if let Some(last) = parts.last_mut() {
                        last.push_str(text);
                    }
                }
                Node::Element(element) => {
                    let is_block = blocks.contains(&element.name.as_str());
                    if is_block {
                        parts.push(String::new());
                    }
                    element.add_paragraphs(blocks, parts);
                    if is_block {
                        parts.push(String::new());
                    }
                }
            }
        }
    }
}
