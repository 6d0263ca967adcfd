//! Features of the learned tables in plain words.
//!
//! In: a feature as models/en-meaning writes it, `lemma=accuse|verb`. Out: "the verb “accuse”". What is not known stays as it is.

/// Phrases by template. `{0}` is the first value; what stands in brackets goes when one of its values is empty.
type Phrases = &'static [(&'static str, &'static str)];

/// Those of judgements.tsv.
const JUDGEMENTS: Phrases = &[
    (
        "asks",
        "a question mark in the content[, behind a cue of the act {0}]",
    ),
    ("balance", "good words less bad ones in the content: {0}"),
    (
        "balance-act",
        "good words less bad ones in the content: {0}[, behind a cue of the act {1}]",
    ),
    ("before", "the statement before it: {1}, of the {0} source"),
    ("before-cue", "“{0}” before the cue"),
    ("behind-cue", "“{0}” behind the cue"),
    ("behind-lemma", "“{0}” behind “{1}”"),
    ("bigram", "“{0} {1}”"),
    ("calls", "an exclamation mark in the content"),
    (
        "captured",
        "the construction names {0}[, behind a cue of the act {1}]",
    ),
    ("child", "a statement inside it: {0}"),
    ("clause", "a clause of {0}, “{1}…”"),
    (
        "clause-act",
        "a clause of {0} with a verb of the act {1}[, “{2}”]",
    ),
    ("clause-modal", "a clause of {0}[ with “{1}”][ with “{2}”]"),
    ("clause-verb", "a clause with “{0}…”[ and “{1}”]"),
    ("clauses", "clauses in the content: {0}"),
    ("conditional", "a condition, of {0}"),
    ("cue-act", "a cue of the act {0}[ and the stance {1}]"),
    (
        "cue-act-not",
        "a cue of the act {0}[ with “{1}”], {2} speech",
    ),
    (
        "cue-act-opening",
        "a cue of the act {0}, the content opens with: {1}",
    ),
    ("cue-tense", "the form of the cue: {0}[, of the act {1}]"),
    ("cue-word", "“{0}” in the cue"),
    ("cue-word-lemma", "“{0}” in the cue “{1}”"),
    ("first", "“{0}” at the start of the content"),
    (
        "first-lemma",
        "“{0}” at the start of the content, behind “{1}”",
    ),
    ("first-two", "“{0} {1}” at the start of the content"),
    ("governor", "“{0}” before source and cue"),
    ("governor-act", "“{0}” before source and cue of the act {1}"),
    (
        "judged",
        "the rules find a judgement in the content[: {0}] ({1})",
    ),
    ("lemma", "the cue “{0}”[ ({1})]"),
    ("lemma-kind", "the cue “{0}”, {1} speech"),
    ("lemma-not", "the cue “{0}”[ with “{1}”]"),
    (
        "lemma-opening",
        "the cue “{0}”, the content opens with: {1}",
    ),
    ("lemma-tense", "the cue “{0}”[ in the form: {1}]"),
    ("length", "the length of the content, {1} speech"),
    (
        "length-act",
        "the length of the content[, behind a cue of the act {1}]",
    ),
    ("main", "the main clause is of {0}, “{1}”"),
    (
        "main-behind",
        "“{1}” behind the main verb, in a clause of {0}",
    ),
    ("main-complement", "“{0}… {1} {2}” in the main clause"),
    ("main-lemma", "the main clause is of {0}, behind “{1}”"),
    (
        "main-lemma-modal",
        "the main verb behind “{0}”[ with “{1}”][ in the form: {2}]",
    ),
    ("main-subject", "“{0}” as the subject of the main clause"),
    (
        "main-subject-modal",
        "“{0}” as the subject of the main clause[ with “{1}”]",
    ),
    ("main-subject-verb", "“{0}” as the subject of “{1}…”"),
    (
        "main-tense",
        "the main clause is of {0}[, form: {1}][, “{2}”]",
    ),
    (
        "main-tense-cue",
        "the main clause is of {0}[, form: {1}][, “{2}”][, behind a cue of the act {3}]",
    ),
    ("main-voice", "the main clause is of {0}[, {1}][, “{2}”]"),
    (
        "main-voice-tense",
        "the main clause is of {0}[, {1}][, “{2}”][, form: {3}][, “{4}”]",
    ),
    (
        "noun-act",
        "a noun of the act {0} in the content[, behind a cue of the act {1}]",
    ),
    ("parent", "it stands inside a statement: {0}"),
    (
        "persons",
        "“I”, “we” or “you” in the content, or none of them",
    ),
    ("place", "where it stands: {0}"),
    ("place-act", "where it stands: {0}[, cue of the act {1}]"),
    ("place-lemma", "where it stands: {0}, behind “{1}”"),
    ("rule", "the pattern {0}"),
    ("rule-kind", "the pattern {0}, {1} speech"),
    ("ruled", "the rules read: {0}"),
    ("ruled-aim", "the rules read: {0}, aimed at {1}"),
    ("ruled-aim-act", "the rules read: {0}, aimed at {1}"),
    ("ruled-lemma", "the rules read: {0}, behind “{1}”"),
    ("ruled-stance", "the rules read: {0}, {1}"),
    ("said-to", "said to {0}, behind “{1}”"),
    ("source", "the kind of the source: {0}, {1} speech"),
    (
        "source-act",
        "the kind of the source: {0}[, {1}][, cue of the act {2}]",
    ),
    ("source-first", "“{0}” at the start of the source"),
    ("source-head", "the source is “{0}”"),
    ("source-sort", "the kind of the source: {0}[, {1}]"),
    ("stem", "a form of “{0}…”"),
    ("tone", "words of the tone {0} in the content"),
    ("tone-lemma", "words of the tone {0}, behind “{1}”"),
    ("tone-of", "words of the tone {1} in a clause of {0}"),
    ("trust", "how sure the pattern is here"),
    ("trust-rule", "how sure the pattern {1} is here"),
    ("word", "“{0}”"),
];

/// Those of candidates.tsv.
const CANDIDATES: Phrases = &[
    ("absent-main", "the main clause is of {1}; seen only {0}"),
    (
        "absent-main-guess",
        "the main clause is of {1}, the act is {2}; seen only {0}",
    ),
    (
        "absent-opens",
        "the content begins with “{1}”; seen only {0}",
    ),
    (
        "absent-second",
        "the content begins with “{1} {2}…”; seen only {0}",
    ),
    ("addressed", "it is said to them[, cue of the act {0}]"),
    ("addressed-guess", "it is said to them, the act is {0}"),
    ("addressed-kind", "it is said to them: {0}"),
    ("addressed-lemma", "it is said to them, behind “{0}”"),
    ("aimed", "how likely it aims at anybody: {0}"),
    (
        "aimed-rank",
        "{1}, rank {2}; how likely it aims at anybody: {0}",
    ),
    (
        "aimed-role",
        "{1}[, {2}]; how likely it aims at anybody: {0}",
    ),
    (
        "aimed-stance",
        "the stance is {1}; how likely it aims at anybody: {0}",
    ),
    ("anothers", "{0} in what another one says"),
    ("at", "{1}[ behind “{2}”], {0} place"),
    ("at-guess", "{0}[ behind “{1}”], the act is {2}"),
    (
        "balance",
        "{0} in a clause with good words less bad ones: {1}",
    ),
    ("bias", "how often anybody is the one"),
    ("clause", "{0} in clause number {1}"),
    ("clause-modal", "{0} in a clause with “{1}”"),
    ("clause-verb", "{0} in a clause with “{1}…”[ and “{2}”]"),
    ("clause-who", "{0} in a clause of {1}"),
    ("clause-who-guess", "{0} in a clause of {1}, the act is {2}"),
    ("complement", "subject of a clause with “{0}…”"),
    ("conditional", "{0} in a condition"),
    ("crowd", "{0}; so many in the content: {1}"),
    (
        "crowd-aimed",
        "{0}; so many in the content: {1}; how likely it aims at anybody: {2}",
    ),
    (
        "crowd-guess",
        "{0}; so many in the content: {1}; the act is {2}",
    ),
    (
        "distance",
        "sentences before: {0}; so many in the content: {1}",
    ),
    ("distance-kind", "{1}; sentences before: {0}"),
    ("frequent", "{1}; how often the article speaks of it"),
    ("governor", "{0}[ behind “{1}”], hangs on “{2}…”"),
    (
        "governor-act",
        "{0}[ behind “{1}”], hangs on a word of the act {2}",
    ),
    ("governor-noun", "{0}, hangs on “{1}…”"),
    (
        "governor-tone",
        "{0}[ behind “{1}”], hangs on a word of the tone {2}",
    ),
    ("head", "described as “{0}”"),
    ("in-title", "in the headline, too; seen {0}"),
    ("judged", "the rules find it judged ({0})"),
    (
        "judged-guess",
        "the rules find it judged ({0}), the act is {1}",
    ),
    ("kind-form", "{0}, {1}"),
    ("kind-guess", "{0}, the act is {1}"),
    ("listed", "{1} that a gazetteer lists, seen {0}"),
    ("no-clause", "{0}, in no clause"),
    (
        "open",
        "a pronoun in the content is nobody's yet ({1}); seen {0}",
    ),
    (
        "open-rank",
        "“{0}” in the content is nobody's yet; seen {1}, rank {2}",
    ),
    (
        "open-word",
        "“{0}” in the content is nobody's yet ({2}): {1}",
    ),
    ("passive", "{0}[ behind “{1}”] in a passive clause"),
    ("place", "{0}[, {1}]"),
    ("rank", "{0}, rank {1}"),
    ("role-cue", "{0}[, {1}], cue of the act {2}"),
    ("role-form", "{0}[, {1}], {2}"),
    ("role-guess", "{0}[, {1}], the act is {2}"),
    ("role-kind", "{0}[, {1}], {2}"),
    ("role-lemma", "{0}[, {1}], behind “{2}”"),
    ("role-ruled", "{0}[, {1}], the rules read: {2}"),
    ("role-speech", "{0}[, {1}], {2} speech"),
    ("role-stance", "{0}[, {1}], the stance is {2}"),
    ("ruled", "the rules find it, too: {0}"),
    ("ruled-act", "the rules find it, too: {0}"),
    (
        "ruled-aimed",
        "the rules find it, too; how likely it aims at anybody: {0}",
    ),
    ("ruled-guess", "the rules find it, too; the act is {0}"),
    ("ruled-place", "the rules find it, too: {0}[, {1}]"),
    ("seen", "seen {0}"),
    ("seen-guess", "seen {0}, the act is {1}"),
    ("seen-kind", "seen {0}: {1}"),
    ("side", "whose side it is on[: {0}]"),
    ("side-guess", "whose side it is on[: {0}], the act is {1}"),
    ("side-role", "whose side it is on[: {0}]; {1}, {2}"),
    ("sights", "so many times in the content: {0}, number {1}"),
    ("times", "{1}; how often the article speaks of it"),
    ("tone", "{0} in a clause with words of the tone {1}"),
    ("unjudged", "the rules find somebody else judged ({0})"),
    ("unruled", "the rules find somebody else: {0}"),
    ("word-before", "“{0}” before it"),
    ("word-behind", "“{0}” behind it"),
];

/// A feature of the table `file` in plain words.
pub fn in_words(file: &str, feature: &str) -> String {
    let is_candidate = file.ends_with("candidates.tsv");
    let phrases = if is_candidate { CANDIDATES } else { JUDGEMENTS };
    let (template, values) = feature.split_once('=').unwrap_or((feature, ""));
    let mut values: Vec<&str> = values.split('|').collect();
    // Of whom the content does not speak, the role is the place again.
    let counts = values[0].parse::<i32>().is_ok();
    if is_candidate && values.len() > 1 && values[0] == values[1] && !counts {
        values[1] = "";
    }
    match phrases.iter().find(|(name, _)| *name == template) {
        Some((_, phrase)) => filled(phrase, &values),
        None => feature.to_owned(),
    }
}

/// True where there are words for the template of the feature.
pub fn has_words(file: &str, feature: &str) -> bool {
    in_words(file, feature) != feature
}

/// A value that is a word of the article.
fn word(value: &str) -> &str {
    match value {
        "+name" => "[name]",
        "+number" => "[number]",
        "+start" => "[start]",
        "+none" => "[none]",
        "+unlisted" => "[unlisted]",
        "+unseen" => "[unseen]",
        other => other,
    }
}

/// A value that is one of a set.
fn plain(value: &str) -> &str {
    match value {
        "own" => "the source",
        "thing" => "a thing",
        "person" => "a person",
        "group" => "a group",
        "organization" => "an organization",
        "anonymous" => "somebody unnamed",
        "en" => "past participle",
        "ing" => "-ing",
        "presents" => "present",
        "aimed-before" => "as its target before",
        "spoke-before" => "as the one who spoke before",
        "inside" => "in the content",
        "beside" => "beside the content",
        "title" => "in the headline",
        "frequent" => "all over the article",
        "nation" => "as a nationality",
        "addressed" => "as addressee",
        "captured" => "in the construction",
        "in-subject" => "part of the subject",
        "behind" => "complement",
        "body" => "the article's own words",
        "quoted" => "in a quotation",
        "quoted-inside" => "in a quotation, inside another statement",
        other => word(other),
    }
}

fn filled(phrase: &str, values: &[&str]) -> String {
    let mut text = String::new();
    let mut option: Option<(usize, bool)> = None; // where it began, and whether it lacks a value
    let mut quoted = false;
    let mut chars = phrase.chars();
    while let Some(c) = chars.next() {
        match c {
            '[' => option = Some((text.len(), false)),
            ']' => {
                if let Some((start, true)) = option.take() {
                    text.truncate(start);
                }
            }
            '{' => {
                let nth = chars.next().and_then(|nth| nth.to_digit(10));
                chars.next(); // the closing brace
                let value = nth.and_then(|nth| values.get(nth as usize).copied());
                let value = value.unwrap_or_default();
                if let Some((_, lacks)) = &mut option {
                    *lacks |= value.is_empty();
                }
                text.push_str(if quoted { word(value) } else { plain(value) });
            }
            c => {
                quoted = c == '“' || quoted && c != '”';
                text.push(c);
            }
        }
    }
    text
}
