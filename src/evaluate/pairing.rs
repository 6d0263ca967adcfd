//! Which statement stands for which gold attribution.

use super::words::{jaccard, overlap};
use super::{Attribution, Index, Words};
use crate::model::ContentKind;

/// An attribution as words, which is what is compared.
#[derive(Clone, Debug)]
pub struct Worded {
    /// Of the source.
    pub source: Words,
    /// Of the content.
    pub content: Words,
    /// How much of the content is quoted.
    pub kind: ContentKind,
}

/// A system statement and the gold attribution it stands for, by their places in the lists.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// The statement.
    pub system: usize,
    /// The attribution.
    pub gold: usize,
    /// Jaccard of the contents.
    pub content: f64,
    /// Overlap of the sources, by the shorter one.
    pub source: f64,
    /// Neither has a source.
    pub unsourced: bool,
}

impl Worded {
    /// The words of `attribution`.
    pub fn new(attribution: &Attribution, index: &Index) -> Worded {
        let content = index.words(&attribution.content);
        Worded {
            source: index.words(&attribution.source),
            kind: index.kind(&content),
            content,
        }
    }
}

impl Pair {
    /// Enough of the content is shared to speak of the same statement.
    pub fn matches(&self) -> bool {
        self.content >= 0.5
    }

    /// Half of the words of the shorter source are the other's, too; or nobody is named on either side.
    pub fn source_right(&self) -> bool {
        self.unsourced || self.source >= 0.5
    }
}

/// Pairs one to one, the most alike contents first; then sources, then the order of gold and system decide. A pair may
/// share few words: see [`Pair::matches`].
pub fn pair(system: &[Worded], gold: &[Worded]) -> Vec<Pair> {
    let mut candidates = Vec::new();
    for (s, said) in system.iter().enumerate() {
        for (g, wanted) in gold.iter().enumerate() {
            let content = jaccard(&said.content, &wanted.content);
            if content > 0.0 {
                candidates.push(Pair {
                    system: s,
                    gold: g,
                    content,
                    source: overlap(&said.source, &wanted.source),
                    unsourced: said.source.is_empty() && wanted.source.is_empty(),
                });
            }
        }
    }
    candidates.sort_by(|a, b| {
        let alike = b.content.total_cmp(&a.content);
        let sources = b.source.total_cmp(&a.source);
        let order = (a.gold, a.system).cmp(&(b.gold, b.system));
        alike.then(sources).then(order)
    });
    let (mut paired, mut taken) = (vec![false; system.len()], vec![false; gold.len()]);
    candidates.retain(|pair| {
        let free = !paired[pair.system] && !taken[pair.gold];
        if free {
            (paired[pair.system], taken[pair.gold]) = (true, true);
        }
        free
    });
    candidates
}
