//! The options by which `said`, `about`, `path` and `export` choose statements.

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::failure::Failure;
use super::terminal;
use crate::graph::{Filter, LeftOut};
use crate::model::{Act, Date, Polarity, Standing, StatementRow};
use crate::store::StatementFilter;

/// Under what help lists the options of [`FilterArgs`], and them alone.
const WHICH: &str = "Which statements";

/// Which statements count.
#[derive(Clone, Debug, Default, Args)]
pub struct FilterArgs {
    /// Only these acts, separated by commas: accuse,deny
    #[arg(long, help_heading = WHICH, value_name = "ACT", value_delimiter = ',', value_parser = acts(), hide_possible_values = true)]
    pub act: Vec<Act>,
    /// Only this stance towards the target
    #[arg(long, help_heading = WHICH, value_parser = polarities())]
    pub polarity: Option<Polarity>,
    /// Only from this day on, by when it was said or else published
    #[arg(long, help_heading = WHICH, value_name = "YYYY-MM-DD", value_parser = day)]
    pub since: Option<Date>,
    /// Only up to this day
    #[arg(long, help_heading = WHICH, value_name = "YYYY-MM-DD", value_parser = day)]
    pub until: Option<Date>,
    /// Only statements at least this sure, from 0 to 1
    #[arg(long, help_heading = WHICH, value_name = "0…1", default_value_t = 0.0, value_parser = confidence)]
    pub min_confidence: f32,
    /// Only statements that stand so: firsthand, denied, hypothetical, or all [default: all in `said` and `about`, firsthand in
    /// `path` and `export`]
    #[arg(long, help_heading = WHICH, value_name = "STANDING", value_delimiter = ',', value_parser = standings(), hide_possible_values = true)]
    pub standing: Vec<&'static [Standing]>,
    /// Only statements that no other source reports
    #[arg(long, help_heading = WHICH)]
    pub no_reported: bool,
    /// Count what near copies of an article repeat once
    #[arg(long, help_heading = WHICH)]
    pub once: bool,
}

impl FilterArgs {
    /// Which statements of the store are asked for before any of them is looked at.
    pub fn of_store(&self) -> StatementFilter {
        StatementFilter {
            once: self.once,
            ..StatementFilter::default()
        }
    }

    /// The filter of the graph, without a middle and a weight. Where nothing else is asked for, what was said links, not what
    /// was not.
    pub fn filter(&self) -> Filter {
        let standings = match self.standing.as_slice() {
            [] => vec![Standing::Firsthand],
            asked => asked.concat(),
        };
        Filter {
            acts: self.act.clone(),
            standings,
            unreported: self.no_reported,
            polarity: self.polarity,
            since: self.since,
            until: self.until,
            min_confidence: self.min_confidence,
            ..Filter::default()
        }
    }
}

/// Tells how many of `statements` the span of days leaves out.
pub fn tell_left_out(filter: &Filter, statements: &[StatementRow]) {
    let LeftOut {
        statements,
        undated,
    } = filter.left_out(statements);
    let which = match (filter.since, filter.until) {
        (Some(_), Some(_)) => "--since and --until leave",
        (Some(_), None) => "--since leaves",
        _ => "--until leaves",
    };
    let s = if statements == 1 { "" } else { "s" };
    let without = match undated {
        0 => String::new(),
        undated => format!(", {undated} of them without a day"),
    };
    if statements > 0 {
        terminal::tell(format_args!(
            "sayso: {which} out {statements} statement{s}{without}"
        ));
    }
}

/// A span of days that no day is in.
pub fn refuse_no_days(since: Option<Date>, until: Option<Date>) -> Result<(), Failure> {
    match (since, until) {
        (Some(since), Some(until)) if since > until => Err(Failure::new(
            format!("--since {since} is after --until {until}: no day is in between"),
            "put the earlier day behind --since",
        )),
        _ => Ok(()),
    }
}

fn acts() -> impl TypedValueParser<Value = Act> {
    PossibleValuesParser::new(Act::ALL.iter().map(|act| act.name()))
        .try_map(|name| name.parse::<Act>())
}

fn standings() -> impl TypedValueParser<Value = &'static [Standing]> {
    let each = Standing::ALL.chunks(1);
    let named = each.map(|one| (one[0].name(), one));
    let named: Vec<(&str, &[Standing])> = named.chain([("all", Standing::ALL)]).collect();
    let names: Vec<&str> = named.iter().map(|&(name, _)| name).collect();
    PossibleValuesParser::new(names).map(move |asked| {
        let found = named.iter().find(|(name, _)| *name == asked);
        found.map_or(Standing::ALL, |&(_, standings)| standings)
    })
}

fn polarities() -> impl TypedValueParser<Value = Polarity> {
    PossibleValuesParser::new(Polarity::ALL.iter().map(|polarity| polarity.name()))
        .try_map(|name| name.parse::<Polarity>())
}

/// A day as it must be written.
pub fn day(text: &str) -> Result<Date, String> {
    let day = text.parse::<Date>();
    day.map_err(|_| "not a day; write it as 2024-03-31".to_owned())
}

/// A confidence as it must be written.
pub fn confidence(text: &str) -> Result<f32, String> {
    let number = text.parse::<f32>().ok();
    number
        .filter(|number| (0.0..=1.0).contains(number))
        .ok_or_else(|| "not a confidence; write a number from 0 to 1: 0.8".to_owned())
}
