//! Who said what, as PolNeAR writes it down: outermost statements, with the linking word in the content.

use crate::model::{CodePoints, Statement};

/// Half-open range of code points.
pub type Points = (u32, u32);

/// Source, cue and content of one attribution, each in text order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attribution {
    /// Who; empty when nobody is named.
    pub source: Vec<Points>,
    /// The words that signal it.
    pub cue: Vec<Points>,
    /// What; never empty.
    pub content: Vec<Points>,
}

/// Words that PolNeAR counts as part of the content and a record does not. They belong to the format of the gold, as
/// the scorer defines it, and not to the language that is analysed.
const LINKS: [&str; 4] = ["that", "whether", "if", "to"];
/// How far before a content its linking word is looked for, in code points.
const REACH: usize = 9;

impl Attribution {
    /// A statement in PolNeAR's manner; `None` for one inside another and for one without content.
    pub fn of_statement(statement: &Statement, points: &CodePoints, text: &str) -> Option<Self> {
        let source = statement.source.as_ref().and_then(|source| source.span);
        let attribution = Attribution {
            source: source.map(|span| points.of(span)).into_iter().collect(),
            cue: statement
                .cue
                .iter()
                .map(|cue| points.of(cue.span))
                .collect(),
            content: statement.content.iter().map(|&c| points.of(c)).collect(),
        };
        match statement.parent {
            Some(_) => None,
            None => attribution.with_links(points, text),
        }
    }

    /// The same with the linking word before each part of the content; `None` without content.
    pub fn with_links(mut self, points: &CodePoints, text: &str) -> Option<Self> {
        for (start, _) in &mut self.content {
            *start -= link_before(&text[..points.byte(*start) as usize]);
        }
        (!self.content.is_empty()).then_some(self)
    }
}

/// Code points of the linking word, and of the spaces behind it, at the end of `before`; 0 where there is none.
fn link_before(before: &str) -> u32 {
    let mut window: Vec<char> = before.chars().rev().take(REACH).collect();
    window.reverse();
    let blank = |c: &&char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(*c);
    let spaces = window.iter().rev().take_while(blank).count();
    if spaces == 0 {
        return 0;
    }
    let words: String = window[..window.len() - spaces].iter().collect();
    let words = words.to_lowercase();
    let link = LINKS.iter().find(|link| words.ends_with(*link));
    link.map_or(0, |link| (link.len() + spaces) as u32)
}
