//! The elements of pattern lines by name, and which of them add nothing where they stand.
//!
//! In: the elements of a line. Out: what is wrong with their order. What each matches in a text is the matcher's.

use super::pattern::{Element, ElementKind};

/// What is wrong, and how to mend it.
pub(super) type Problem = (String, String);

/// Element names with what each matches, as `sayso patterns --elements` and the documentation list them.
pub const ELEMENTS: [(&str, &str); 23] = [
    ("QUOTE", "a quotation that stands for itself"),
    ("NP", "a noun phrase with what hangs on it"),
    (
        "SUBJECT",
        "the subject of the cue's verb, appositions and relative clauses skipped",
    ),
    (
        "GOVERNOR",
        "the verb right before the cue noun, and its subject (as source)",
    ),
    ("POSSESSOR", "a possessive right before the cue noun"),
    (
        "MODIFIER",
        "a name or nationality inside the cue noun's phrase",
    ),
    (
        "MOD",
        "an adverb, a time expression or a prepositional phrase",
    ),
    ("LINK", "a word that links a clause: that, whether"),
    (
        "PREP(class)",
        "a preposition of a closed class of words.tsv; `own`: of the cue's row",
    ),
    ("FRAGMENT", "quoted words inside the author's sentence"),
    ("COMMA", "a comma"),
    ("COLON", "a colon"),
    ("DASH", "a dash"),
    ("CLAUSE", "a clause with a finite verb"),
    ("TO", "an infinitive and all behind it"),
    ("ING", "a gerund and all behind it"),
    ("WH", "an indirect question"),
    (
        "NOMINAL",
        "a noun phrase and all behind it; NOMINAL(class): one that holds a preposition of the class",
    ),
    ("AS", "a preposition of the class `as` and all behind it"),
    ("REST", "everything to the next comma"),
    (
        "SKIP",
        "whatever stands before what the next element matches",
    ),
    ("START", "the start of the sentence"),
    ("END", "the end of the sentence"),
];

/// Elements, in the order of the line, that add nothing to those beside them.
pub(super) fn redundant(elements: &[Element]) -> Option<Problem> {
    let optional = |e: &Element| e.optional || e.repeat;
    for (at, element) in elements.iter().enumerate() {
        if element.kind == ElementKind::Skip {
            // Another SKIP before anything that must be there begins where this one may end, too.
            let again = elements
                .iter()
                .skip(at + 1)
                .find(|e| !optional(e) && !matches!(e.kind, ElementKind::Start | ElementKind::End));
            if again.is_some_and(|e| e.kind == ElementKind::Skip) {
                return Some((
                    "two SKIP with nothing between them that must be there".to_owned(),
                    "leave one out: SKIP passes over as much as the other would".to_owned(),
                ));
            }
        }
        if let Some(next) = elements.get(at + 1)
            && element.kind == next.kind
            && element.repeat
            && optional(next)
            && (element.capture, next.capture) == (None, None)
        {
            return Some((
                "two optional elements of one kind, of which the first repeats".to_owned(),
                "leave the second out: the first takes what it would take".to_owned(),
            ));
        }
    }
    None
}
