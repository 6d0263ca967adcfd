//! What a store hands out: flat rows over all documents, as people read them.

use super::{Act, ContentKind, Date, EntityKind, Polarity, Standing, StatementId};

/// An entity as it stands in a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntityRow {
    /// Its stable id.
    pub id: String,
    /// What it is.
    pub kind: EntityKind,
    /// The name to show.
    pub name: String,
    /// True when a gazetteer lists it.
    pub listed: bool,
    /// Mentions in all documents.
    pub mentions: u64,
    /// Statements of which it is the source.
    pub said: u64,
    /// Statements that mention it.
    pub about: u64,
}

/// A statement as it stands in a store, with the words that show it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatementRow {
    /// Its id, for `explain`.
    pub id: StatementId,
    /// The document's name.
    pub document: String,
    /// Its headline.
    pub title: Option<String>,
    /// Its outlet.
    pub publisher: Option<String>,
    /// Its day of publication.
    pub published: Option<Date>,
    /// Id of the source; `None`: unattributed.
    pub source: Option<String>,
    /// The cue's words as they stand.
    pub cue: Option<String>,
    /// The content's words, spans joined by " … ".
    pub content: String,
    /// The sentence or sentences that show it.
    pub sentence: String,
    /// Quoted, paraphrased or both.
    pub kind: ContentKind,
    /// What the source does by saying it.
    pub act: Act,
    /// "did not say"
    pub negated: bool,
    /// Said at first hand, denied, or only supposed.
    pub standing: Standing,
    /// Id and name of the other source that reports it.
    pub teller: Option<(String, String)>,
    /// Stance towards the targets.
    pub polarity: Polarity,
    /// Ids of whom the act is directed at, with the stance.
    pub targets: Vec<(String, Polarity)>,
    /// Ids of whom it was said to.
    pub addressees: Vec<String>,
    /// Ids of who and what the content mentions.
    pub about: Vec<String>,
    /// Day of the saying.
    pub said_on: Option<Date>,
    /// 0 to 1.
    pub confidence: f32,
    /// The rule that found it.
    pub rule: String,
}
