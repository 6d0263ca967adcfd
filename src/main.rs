//! The `sayso` command: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    sayso::cli::main()
}
