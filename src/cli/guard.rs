//! How much a query may take: the options that `sql` and `query` share, and their rows.

use std::time::Duration;

use clap::Args;

use super::Found;
use super::failure::Failure;
use super::rows::{self, Format, Printing};
use super::terminal::{self, Out};
use crate::store::{Cell, Limits, Store};

const HOW_MUCH: &str = "How much";

/// How much a query may take.
#[derive(Clone, Copy, Debug, Args)]
pub struct GuardArgs {
    /// The most rows [default: 1000 in a table, else 1000000]
    #[arg(long, help_heading = HOW_MUCH, value_name = "N", value_parser = rows::limit)]
    limit: Option<usize>,
    /// The most seconds; 0 for no end
    #[arg(long, help_heading = HOW_MUCH, value_name = "SECONDS", default_value_t = 30.0, value_parser = seconds)]
    timeout: f64,
    /// The most megabytes of memory
    #[arg(long, help_heading = HOW_MUCH, value_name = "MB", default_value_t = 512, value_parser = clap::value_parser!(u32).range(16..))]
    memory: u32,
}

/// Rows of a table where no other number is asked for.
const PAGE: usize = 1000;

impl GuardArgs {
    /// Runs the SQL and prints its rows.
    pub fn print(
        &self,
        store: &mut Store,
        sql: &str,
        parameters: &[(String, Cell)],
        printing: Printing,
        out: &mut Out,
    ) -> Result<Found, Failure> {
        let all = Limits::default().rows;
        let as_table = printing.format == Format::Table;
        let limit = self.limit.unwrap_or(if as_table { PAGE } else { all });
        let limits = Limits {
            time: (self.timeout > 0.0).then(|| Duration::from_secs_f64(self.timeout)),
            memory: u64::from(self.memory) << 20,
            rows: limit.saturating_add(1),
        };
        let mut table = store.query(sql, parameters, &limits)?;
        let cut = table.rows.len() > limit;
        if cut && self.limit.is_none() && !as_table {
            return Err(Failure::new(
                format!("this SQL gives more than {limit} rows"),
                "ask for less, or say how many: --limit N",
            ));
        }
        table.rows.truncate(limit);
        let shown = rows::print(&table, printing, out)?;
        if cut && as_table {
            rows::flush(out)?;
            terminal::tell(format_args!("there are more than {limit}: --limit N"));
        }
        Ok(Found::of(shown))
    }
}

fn seconds(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok();
    number
        .filter(|number| (0.0..=1e9).contains(number))
        .ok_or_else(|| "not a time; write seconds: 30".to_owned())
}
