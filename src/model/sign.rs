//! What gave each judgement of a statement, and how sure it is of it.

use std::fmt;

/// What gave a judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sign {
    /// A rule by its name, or `learned`; of targets and addressees where they were seen: `inside`, `before` …
    pub by: &'static str,
    /// How sure the learned table is, in hundredths; `None`: a rule gave it.
    pub sure: Option<u8>,
}

/// What gave each judgement of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signs {
    /// The act.
    pub act: Sign,
    /// The stance.
    pub polarity: Sign,
    /// How it stands.
    pub standing: Sign,
    /// The targets, in their order.
    pub targets: Vec<Sign>,
    /// The addressees, in their order.
    pub addressees: Vec<Sign>,
}

impl Sign {
    /// A table gave it.
    pub const LEARNED: &'static str = "learned";

    /// The rule `by` gave it.
    pub const fn rule(by: &'static str) -> Sign {
        Sign { by, sure: None }
    }

    /// A table gave it, as likely as this.
    pub fn learned(by: &'static str, probability: f32) -> Sign {
        let sure = Some((probability * 100.0).round() as u8);
        Sign { by, sure }
    }
}

impl Default for Sign {
    fn default() -> Sign {
        Sign::rule("rules")
    }
}

/// `act=cue polarity=learned:91 standing=learned:99 target=inside:71`, as the store keeps it.
impl fmt::Display for Signs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = [
            ("act", self.act),
            ("polarity", self.polarity),
            ("standing", self.standing),
        ];
        let targets = self.targets.iter().map(|&sign| ("target", sign));
        let addressees = self.addressees.iter().map(|&sign| ("addressee", sign));
        let all = one.into_iter().chain(targets).chain(addressees);
        for (nth, (what, sign)) in all.enumerate() {
            let space = if nth == 0 { "" } else { " " };
            write!(f, "{space}{what}={}", sign.by)?;
            if let Some(sure) = sign.sure {
                write!(f, ":{sure}")?;
            }
        }
        Ok(())
    }
}

impl Signs {
    /// All given by the rules, for so many targets and addressees.
    pub fn of_rules(targets: usize, addressees: usize) -> Signs {
        let rules = Sign::default();
        Signs {
            act: rules,
            polarity: rules,
            standing: rules,
            targets: vec![rules; targets],
            addressees: vec![rules; addressees],
        }
    }
}
