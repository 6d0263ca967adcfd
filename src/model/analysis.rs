//! What was read out of one document.

use super::{
    Diagnostic, Entity, Mention, Paragraph, Quotation, Resolution, Sentence, Signature, Span,
    Statement, Token,
};

/// Everything found in one document. Each stage adds its own vector and writes into no other's.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Words and marks.
    pub tokens: Vec<Token>,
    /// Sentences, which partition the tokens.
    pub sentences: Vec<Sentence>,
    /// Paragraphs and what they are for.
    pub paragraphs: Vec<Paragraph>,
    /// Quotations, outer before inner, in text order.
    pub quotations: Vec<Quotation>,
    /// Mentions in text order; names never overlap, but that a part of a country holds the country's.
    pub mentions: Vec<Mention>,
    /// To whom each mention refers, one per mention.
    pub resolutions: Vec<Resolution>,
    /// The entities of this document.
    pub entities: Vec<Entity>,
    /// Who said what about whom, in text order.
    pub statements: Vec<Statement>,
    /// What was noticed on the way.
    pub diagnostics: Vec<Diagnostic>,
    /// What tells near copies of the article's own words.
    pub signature: Signature,
}

impl Analysis {
    /// Who reports the statement `at`: the entity that is the source of the nearest statement around it whose source is
    /// known and another one.
    pub fn teller(&self, at: usize) -> Option<usize> {
        let source = |at: usize| self.statements[at].source.as_ref()?.entity;
        let own = source(at);
        let mut around = self.statements[at].parent;
        while let Some(outer) = around {
            match source(outer) {
                Some(teller) if Some(teller) != own => return Some(teller),
                _ => around = self.statements[outer].parent,
            }
        }
        None
    }

    /// Leaves out the statements that are less sure; what stood inside one of them stands inside its parent.
    pub fn keep_surer_than(&mut self, least: f32) {
        let sure: Vec<bool> = self
            .statements
            .iter()
            .map(|statement| statement.confidence >= least)
            .collect();
        let parents: Vec<Option<usize>> = self.statements.iter().map(|s| s.parent).collect();
        let mut kept = 0;
        let places: Vec<usize> = sure
            .iter()
            .map(|&sure| {
                kept += usize::from(sure);
                kept.saturating_sub(1)
            })
            .collect();
        for statement in &mut self.statements {
            let mut parent = statement.parent;
            while let Some(at) = parent
                && !sure[at]
            {
                parent = parents[at];
            }
            statement.parent = parent.map(|at| places[at]);
        }
        let mut sure = sure.into_iter();
        self.statements.retain(|_| sure.next().unwrap_or(true));
    }

    /// Puts every span where `moved` says.
    pub fn move_spans(&mut self, moved: impl Fn(Span) -> Span) {
        let spans = self.tokens.iter_mut().map(|token| &mut token.span);
        let spans = spans.chain(self.sentences.iter_mut().map(|sentence| &mut sentence.span));
        let spans = spans.chain(
            self.paragraphs
                .iter_mut()
                .map(|paragraph| &mut paragraph.span),
        );
        let quotations = self.quotations.iter_mut();
        let spans = spans.chain(quotations.flat_map(|q| [&mut q.span, &mut q.inner]));
        let spans = spans.chain(self.mentions.iter_mut().map(|mention| &mut mention.span));
        let spans = spans.chain(self.diagnostics.iter_mut().map(|remark| &mut remark.span));
        let statements = self.statements.iter_mut();
        let spans = spans.chain(statements.flat_map(|statement| {
            let source = statement.source.as_mut().and_then(|s| s.span.as_mut());
            let cue = statement.cue.as_mut().map(|cue| &mut cue.span);
            let evidence = &mut statement.provenance.evidence;
            let named = source.into_iter().chain(cue).chain([evidence]);
            named.chain(&mut statement.content)
        }));
        for span in spans {
            *span = moved(*span);
        }
    }
}
