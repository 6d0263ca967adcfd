//! How a statement stands: said at first hand, denied, or only supposed.
//!
//! The table `judgements.tsv` says it, unless the grammar of the cue does ("if Holm says", "may warn", "nobody said"). What is
//! the main clause of a statement that is itself denied or supposed stands as that one does: "denied that Holm had said".

use super::Reading;
use crate::analysis::attribution::Attribution;
use crate::lexicon::Part;
use crate::model::{Act, MentionKind, Sign, Standing, Statement, Tag};

/// How a statement stands, and what says so.
type Stands = (Standing, Sign);

impl Reading<'_> {
    /// Sets how each statement stands.
    pub(super) fn stand(&self, statements: &mut [Statement]) {
        let alone: Vec<Stands> = statements
            .iter()
            .enumerate()
            .map(|(index, s)| {
                let learned = (s.standing, s.provenance.signs.standing);
                self.by_grammar(index, s).unwrap_or(learned)
            })
            .collect();
        for (index, statement) in statements.iter_mut().enumerate() {
            (statement.standing, statement.provenance.signs.standing) = self.within(index, &alone);
        }
    }

    /// What the grammar of the attribution itself says.
    fn by_grammar(&self, index: usize, statement: &Statement) -> Option<Stands> {
        let attribution = &self.attributions[index];
        let tokens = &self.layers.tokens;
        let words = &self.lexicon.words;
        let is = |token: u32, class| words.is(&tokens[token as usize].norm, class);
        let opener = first_of(attribution).and_then(|first| first.checked_sub(1));
        if opener.is_some_and(|before| is(before, "conditional")) {
            return Some((Standing::Hypothetical, Sign::rule("condition")));
        }
        // "does not like", "nobody wants": the act holds the "not" already.
        let holds_negation = matches!(
            statement.act,
            Act::Criticize | Act::Reject | Act::Refuse | Act::Deny
        ) && self.cue(index).is_some_and(|cue| cue.act != statement.act);
        let nobody = attribution.source.is_some_and(|(start, _)| {
            let mut words = start.saturating_sub(1)..=start; // the phrase may begin behind its "no"
            words.any(|word| is(word, "negation") && !self.is_named_from(word)) // "No 10 said"
        });
        if statement.negated || nobody {
            let by = Sign::rule(if nobody { "nobody" } else { "negation" });
            return (!holds_negation).then_some((Standing::Denied, by));
        }
        let (start, end) = attribution.cue_tokens?;
        let may = |t: u32| tokens[t as usize].tag == Tag::MD && is(t, "possible");
        // "will offer no comment" is no less a refusal.
        let refuses = statement.act == Act::Refuse;
        (!refuses && (start..end).any(may)).then_some((Standing::Hypothetical, Sign::rule("modal")))
    }

    /// How a statement stands among those around it, of which it is the main clause.
    fn within(&self, index: usize, alone: &[Stands]) -> Stands {
        let mut at = index;
        loop {
            let attribution = &self.attributions[at];
            // Of "denied Veldania's claims" the claims are a fact.
            let is_noun = self.cue(at).is_some_and(|cue| cue.part == Part::Noun);
            let outer = attribution.parent.filter(|&outer| {
                let content = self.attributions[outer].content[0];
                !is_noun && first_of(attribution) == Some(content.0)
            });
            match outer {
                _ if at == index && alone[at].0 != Standing::Firsthand => return alone[at],
                _ if alone[at].0 != Standing::Firsthand => {
                    return (alone[at].0, Sign::rule("outer"));
                }
                Some(outer) if self.denies(outer) => {
                    return (Standing::Denied, Sign::rule("outer"));
                }
                Some(outer) => at = outer,
                None => return alone[index],
            }
        }
    }

    /// True when the cue itself denies what it leads to.
    fn denies(&self, index: usize) -> bool {
        let denies = self.cue(index).is_some_and(|cue| cue.act == Act::Deny);
        denies && !self.attributions[index].negated
    }

    fn is_named_from(&self, token: u32) -> bool {
        let mentions = &self.coreference.mentions;
        let from = mentions.partition_point(|m| m.tokens.0 < token);
        mentions[from..]
            .iter()
            .take_while(|m| m.tokens.0 == token)
            .any(|m| m.kind == MentionKind::Name)
    }
}

/// Where source and cue begin.
fn first_of(attribution: &Attribution) -> Option<u32> {
    let cue = attribution.cue_tokens?;
    Some(
        attribution
            .source
            .map_or(cue.0, |source| source.0.min(cue.0)),
    )
}
