//! Does a confidence of 0.9 mean that nine in ten are right?

use super::Verdict;

/// Bins of the table, each a tenth wide.
const BINS: usize = 10;

/// The statements whose confidence lies in one tenth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Bin {
    /// Where it starts; it ends before the next one starts, the last at 1.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Statements.
    pub statements: u64,
    /// The mean of their confidences; 0 without any.
    pub confidence: f64,
    /// The share of them that is right; 0 without any.
    pub right: f64,
}

/// The ten bins and the expected calibration error.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reliability {
    /// From 0 to 1.
    pub bins: Vec<Bin>,
    /// The mean distance between confidence and share right, each bin by its number of statements.
    pub error: f64,
}

/// The reliability of the confidences of `verdicts`.
pub fn reliability(verdicts: &[Verdict]) -> Reliability {
    let mut sums = [(0u64, 0.0f64, 0u64); BINS];
    for verdict in verdicts {
        // A confidence comes with three decimals: whole thousandths keep 0.7 out of the bin below.
        let thousandths = (verdict.confidence.clamp(0.0, 1.0) * 1000.0).round() as usize;
        let bin = (thousandths * BINS / 1000).min(BINS - 1);
        sums[bin].0 += 1;
        sums[bin].1 += verdict.confidence;
        sums[bin].2 += u64::from(verdict.right);
    }
    let bins: Vec<Bin> = sums
        .into_iter()
        .enumerate()
        .map(|(at, (statements, confidence, right))| {
            let mean = |sum: f64| match statements {
                0 => 0.0,
                n => sum / n as f64,
            };
            Bin {
                from: at as f64 / BINS as f64,
                to: (at + 1) as f64 / BINS as f64,
                statements,
                confidence: mean(confidence),
                right: mean(right as f64),
            }
        })
        .collect();
    let gaps = bins
        .iter()
        .map(|bin| bin.statements as f64 * (bin.confidence - bin.right).abs());
    let error = match verdicts.len() {
        0 => 0.0,
        n => gaps.sum::<f64>() / n as f64,
    };
    Reliability { bins, error }
}
