//! Words, sentences, paragraphs and quotations of a text.

use compact_str::CompactString;

use super::Span;

/// A word, number or mark. Tokens ascend, are disjoint, and hold every byte that is not white space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands.
    pub span: Span,
    /// Lower case, with straight apostrophes: what lists are looked up by.
    pub norm: CompactString,
    /// [`hash`](super::key::hash) of the norm, for whoever looks it up.
    pub key: u64,
    /// Part of speech.
    pub tag: Tag,
    /// It has a capital letter, anywhere: "Erdoğan", "al-Qaeda", "iPhone".
    pub capital: bool,
    /// It is of ASCII letters and digits alone.
    pub plain: bool,
}

/// A sentence. Sentences partition the tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// First token and the token after the last.
    pub tokens: (u32, u32),
    /// The words, from the first token to the last.
    pub span: Span,
    /// Index of the paragraph.
    pub paragraph: u32,
}

/// A block of text between line breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// The words.
    pub span: Span,
    /// First token and the token after the last.
    pub tokens: (u32, u32),
    /// What it is for.
    pub kind: ParagraphKind,
    /// The token behind the dateline that opens it: "GENEVA, March 3 (Northern Wire) —".
    pub dateline: Option<u32>,
}

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParagraphKind {
    /// The headline, or a heading.
    Title,
    /// The article's own words.
    Body,
    /// The site's words: menus, share lines, disclaimers. No statement comes from it.
    Boilerplate,
}

impl ParagraphKind {
    /// The stable name that is stored.
    pub const fn name(self) -> &'static str {
        match self {
            ParagraphKind::Title => "title",
            ParagraphKind::Body => "body",
            ParagraphKind::Boilerplate => "boilerplate",
        }
    }
}

/// Words between quotation marks. It ends with its paragraph unless the next paragraph reopens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// Marks and words.
    pub span: Span,
    /// The words between the marks.
    pub inner: Span,
    /// Tokens, marks included.
    pub tokens: (u32, u32),
    /// False when nothing closes it before its paragraph ends.
    pub closed: bool,
    /// Speech, or a few words lifted into the author's sentence.
    pub role: QuotationRole,
    /// The quotation around it.
    pub within: Option<u32>,
    /// The quotation of the paragraph before, which this one goes on with.
    pub continues: Option<u32>,
}

/// What a quotation does in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum QuotationRole {
    /// Stands for itself: `"We will go," she said.`
    Speech,
    /// A part of the author's own sentence: `a "false flag" operation`.
    Fragment,
}

/// Parts of speech, after the Penn Treebank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs, reason = "the Penn Treebank documents its tags")]
#[allow(
    clippy::upper_case_acronyms,
    reason = "the Penn Treebank writes them so"
)]
pub enum Tag {
    NN,
    NNS,
    NNP,
    NNPS,
    PRP,
    PRPS,
    DT,
    PDT,
    CD,
    JJ,
    JJR,
    JJS,
    VB,
    VBD,
    VBG,
    VBN,
    VBP,
    VBZ,
    MD,
    IN,
    TO,
    RB,
    RBR,
    RBS,
    RP,
    CC,
    WP,
    WPS,
    WDT,
    WRB,
    POS,
    EX,
    UH,
    FW,
    SYM,
    LS,
    Comma,
    Stop,
    Colon,
    Dash,
    QuoteOpen,
    QuoteClose,
    BracketOpen,
    BracketClose,
}

impl Tag {
    /// True for the marks around quoted words.
    pub fn is_quotation_mark(self) -> bool {
        matches!(self, Tag::QuoteOpen | Tag::QuoteClose)
    }

    /// All tags, each at the place of its number.
    pub const ALL: [Tag; 44] = [
        Tag::NN,
        Tag::NNS,
        Tag::NNP,
        Tag::NNPS,
        Tag::PRP,
        Tag::PRPS,
        Tag::DT,
        Tag::PDT,
        Tag::CD,
        Tag::JJ,
        Tag::JJR,
        Tag::JJS,
        Tag::VB,
        Tag::VBD,
        Tag::VBG,
        Tag::VBN,
        Tag::VBP,
        Tag::VBZ,
        Tag::MD,
        Tag::IN,
        Tag::TO,
        Tag::RB,
        Tag::RBR,
        Tag::RBS,
        Tag::RP,
        Tag::CC,
        Tag::WP,
        Tag::WPS,
        Tag::WDT,
        Tag::WRB,
        Tag::POS,
        Tag::EX,
        Tag::UH,
        Tag::FW,
        Tag::SYM,
        Tag::LS,
        Tag::Comma,
        Tag::Stop,
        Tag::Colon,
        Tag::Dash,
        Tag::QuoteOpen,
        Tag::QuoteClose,
        Tag::BracketOpen,
        Tag::BracketClose,
    ];
}
