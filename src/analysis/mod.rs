//! Text and lexicon to an analysis: who is mentioned, who is meant, who said what, what it means.
//!
//! Pure: no files, no clock, no randomness. It cannot fail; what it notices comes back as diagnostics.

pub mod attribution;
pub mod coref;
pub mod meaning;
pub mod mention;

use crate::lexicon::Lexicon;
use crate::model::{
    Analysis, Diagnostic, DiagnosticCode, Document, Paragraph, ParagraphKind, QuotationRole,
    Resolution, Signature, Statement, Token,
};
use crate::text::{self, Mended, Text};
use attribution::Attribution;
use coref::Coreference;
use meaning::judged::{Judgement, Known, judged};
use mention::Found;

/// Reads the layers of `text`, and the names in it: words first, then names, then phrases that leave each name whole.
pub fn read(text: &str, lexicon: &Lexicon) -> (Text, Vec<Found>) {
    let words = text::words(text, &lexicon.language);
    let names = mention::names(text, &words, lexicon);
    let nouns = mention::nouns(&words, lexicon, &names);
    let layers = text::phrases(words, &nouns, &lexicon.language);
    (layers, names)
}

/// The statement of number `nth`, from 0, that [`analyze`] finds, and the judgements behind it.
pub fn judgements(
    document: &Document,
    lexicon: &Lexicon,
    nth: usize,
) -> Option<(Statement, Vec<Judgement>)> {
    let mended = text::mend(document.text());
    let readable = mended.as_ref().map(|mended| readable(document, mended));
    let document = readable.as_ref().unwrap_or(document);
    let Stages {
        layers,
        attributions,
        coreference,
        statements,
    } = Stages::of(document, lexicon);
    let known = Known {
        document,
        layers: &layers,
        lexicon,
        attributions: &attributions,
        coreference: &coreference,
    };
    let stays = |&(_, s): &(usize, &Statement)| s.confidence >= LEAST;
    let kept = statements.iter().enumerate().filter(stays).nth(nth);
    let (index, statement) = kept?;
    let judgements = judged(&known, index, statement);
    let mut analysis = Analysis {
        statements: vec![statement.clone()],
        ..Analysis::default()
    };
    if let Some(mended) = &mended {
        analysis.move_spans(|span| mended.original(span));
    }
    Some((analysis.statements.pop()?, judgements))
}

/// The document with its mended text.
fn readable(document: &Document, mended: &Mended) -> Document {
    Document::new(document.name(), mended.text.as_str(), document.meta.clone())
}

/// The least confidence of a statement.
const LEAST: f32 = f32::MIN_POSITIVE;

/// Reads who said what about whom out of `document`, whose text is mended for that where programs broke it: all spans are
/// of the text as it is.
pub fn analyze(document: &Document, lexicon: &Lexicon) -> Analysis {
    let Some(mended) = text::mend(document.text()) else {
        return analyze_mended(document, lexicon);
    };
    let mut analysis = analyze_mended(&readable(document, &mended), lexicon);
    analysis.move_spans(|span| mended.original(span));
    analysis
}

/// The signature of the words outside the site's own paragraphs.
fn signature(tokens: &[Token], paragraphs: &[Paragraph]) -> Signature {
    let own = paragraphs
        .iter()
        .filter(|paragraph| paragraph.kind != ParagraphKind::Boilerplate)
        .flat_map(|paragraph| &tokens[paragraph.tokens.0 as usize..paragraph.tokens.1 as usize])
        .filter(|token| token.norm.starts_with(char::is_alphanumeric));
    Signature::of(own.map(|token| token.key))
}

/// What each stage makes of a document, in their order.
struct Stages {
    layers: Text,
    attributions: Vec<Attribution>,
    coreference: Coreference,
    statements: Vec<Statement>,
}

impl Stages {
    fn of(document: &Document, lexicon: &Lexicon) -> Stages {
        let (layers, names) = read(document.text(), lexicon);
        let found = mention::find(&layers, lexicon, names);
        let attributions = attribution::find(&layers, lexicon);
        let coreference = coref::resolve(document, &layers, lexicon, &attributions, found);
        let statements = meaning::read(document, &layers, lexicon, &attributions, &coreference);
        Stages {
            layers,
            attributions,
            coreference,
            statements,
        }
    }
}

fn analyze_mended(document: &Document, lexicon: &Lexicon) -> Analysis {
    let Stages {
        layers,
        attributions,
        coreference,
        statements,
    } = Stages::of(document, lexicon);
    let mut diagnostics = layers.diagnostics;
    for (mention, resolution) in coreference.mentions.iter().zip(&coreference.resolutions) {
        let contested = coreference.contested.contains(&mention.tokens.0);
        if contested || matches!(resolution, Resolution::Ambiguous(_)) {
            diagnostics.push(Diagnostic {
                span: mention.span,
                code: DiagnosticCode::AmbiguousName,
            });
        }
    }
    let mut attributed = vec![false; layers.quotations.len()];
    for (attribution, statement) in attributions.iter().zip(&statements) {
        for &q in &attribution.quotations {
            attributed[q as usize] = statement.source.is_some();
        }
    }
    for (quotation, attributed) in layers.quotations.iter().zip(attributed) {
        if quotation.role == QuotationRole::Speech && quotation.within.is_none() && !attributed {
            diagnostics.push(Diagnostic {
                span: quotation.span,
                code: DiagnosticCode::UnattributedQuotation,
            });
        }
    }
    diagnostics.sort_by_key(|d| (d.span, d.code));
    let mut analysis = Analysis {
        signature: signature(&layers.tokens, &layers.paragraphs),
        tokens: layers.tokens,
        sentences: layers.sentences,
        paragraphs: layers.paragraphs,
        quotations: layers.quotations,
        mentions: coreference.mentions,
        resolutions: coreference.resolutions,
        entities: coreference.entities,
        statements,
        diagnostics,
    };
    analysis.keep_surer_than(LEAST);
    analysis
}
