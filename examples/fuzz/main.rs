//! Fuzzing on stable Rust: `cargo run --profile quick --example fuzz -- --minutes 10 --seed 1`.
//!
//! Throws mutated files at every border of the program and checks what must hold of any of them. What panics, breaks an
//! invariant or takes too long is saved, and the exit code is 1. `--help` lists the options; fuzz/README.md tells more.

mod dictionary;
mod mutate;
mod targets;

use std::collections::BTreeSet;
use std::error::Error;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use mutate::Random;
use targets::{Desk, TARGETS, Target};

const HELP: &str = "cargo run --profile quick --example fuzz -- [OPTIONS] [FILE…]
  --minutes N   how long, in all targets together [1]
  --seed N      where chance begins [1]
  --target NAME one target alone; may be repeated
  --grow        add inputs that show something new to fuzz/corpus
  FILE…         try these inputs once, with the targets chosen";

/// An input that takes longer is told; one that takes ten times as long ends the run.
const SLOW: Duration = Duration::from_secs(6);
/// Bytes of a mutated input, and of one that goes into the corpus.
const LONGEST: usize = 6000;
const KEPT: usize = 1500;

struct Options {
    minutes: f64,
    seed: u64,
    targets: Vec<&'static Target>,
    grow: bool,
    files: Vec<PathBuf>,
}

/// What is being tried, for whoever looks whether it ever ends.
type Current = Arc<Mutex<Option<(Instant, &'static str, Vec<u8>)>>>;

fn main() -> Result<(), Box<dyn Error>> {
    let options = options()?;
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    let desk = Desk::new()?;
    let current = Current::default();
    watch(Arc::clone(&current));
    let mut finds = 0;
    for target in &options.targets {
        for file in &options.files {
            let bytes = std::fs::read(file)?;
            finds += usize::from(attempt(&desk, target, &bytes, &current).is_none());
        }
        if options.files.is_empty() {
            finds += fuzz(&desk, target, &options, &folder.join(target.name), &current)?;
        }
    }
    if finds > 0 {
        println!("{finds} finds, saved in target/fuzz");
        std::process::exit(1);
    }
    Ok(())
}

/// Fuzzes one target for its part of the time; how many finds.
fn fuzz(
    desk: &Desk,
    target: &'static Target,
    options: &Options,
    folder: &Path,
    current: &Current,
) -> Result<usize, Box<dyn Error>> {
    let time = Duration::from_secs_f64(options.minutes * 60.0 / options.targets.len() as f64);
    let (start, mut random) = (Instant::now(), Random::new(options.seed));
    let mut corpus: Vec<Vec<u8>> = (target.seeds)(desk);
    corpus.extend(files(folder)?);
    let (mut bytes, mut runs, mut finds) = (0u64, 0u64, 0usize);
    let mut seen = BTreeSet::new();
    for input in &corpus {
        seen.extend(attempt(desk, target, input, current).unwrap_or_default());
    }
    let known = seen.len();
    while start.elapsed() < time && finds < 20 {
        let input = mutate::mutate(&corpus, target.dictionary, LONGEST, &mut random);
        bytes += input.len() as u64;
        runs += 1;
        let Some(features) = attempt(desk, target, &input, current) else {
            finds += 1;
            continue;
        };
        let before = seen.len();
        seen.extend(features);
        if seen.len() > before && input.len() <= KEPT {
            if options.grow {
                std::fs::create_dir_all(folder)?;
                std::fs::write(folder.join(format!("{:016x}", hash(&input))), &input)?;
            }
            corpus.push(input);
        }
    }
    println!(
        "{:<10} {runs:>9} inputs {bytes:>12} bytes {:>6.1} s {:>5} features, {} of them new, {finds} finds",
        target.name,
        start.elapsed().as_secs_f64(),
        seen.len(),
        seen.len() - known,
    );
    Ok(finds)
}

/// Tries one input. `None`: it is a find, told and saved.
fn attempt(
    desk: &Desk,
    target: &'static Target,
    input: &[u8],
    current: &Current,
) -> Option<Vec<u64>> {
    let now = Instant::now();
    let set = |value| *current.lock().unwrap_or_else(PoisonError::into_inner) = value;
    set(Some((now, target.name, input.to_owned())));
    let result = panic::catch_unwind(AssertUnwindSafe(|| (target.run)(desk, input)));
    set(None);
    let what = match result {
        Err(_) => "a panic".to_owned(),
        Ok(Err(broken)) => broken,
        Ok(Ok(_)) if now.elapsed() > SLOW => {
            format!("{:.1} s", now.elapsed().as_secs_f64())
        }
        Ok(Ok(features)) => return Some(features),
    };
    tell(target.name, &what, input);
    None
}

fn tell(target: &str, what: &str, input: &[u8]) {
    let path = format!("target/fuzz/{target}-{:016x}", hash(input));
    let saved = std::fs::create_dir_all("target/fuzz").and_then(|()| std::fs::write(&path, input));
    match saved {
        Ok(()) => println!("{target}: {what}: {path}"),
        Err(error) => println!("{target}: {what}: cannot be saved: {error}"),
    }
}

/// Ends the run when an input never ends.
fn watch(current: Current) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(1));
            let now = current.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some((since, target, input)) = &*now
                && since.elapsed() > 10 * SLOW
            {
                tell(target, "no end", input);
                std::process::exit(1);
            }
        }
    });
}

fn files(folder: &Path) -> std::io::Result<Vec<Vec<u8>>> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Ok(Vec::new());
    };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(std::fs::read).collect()
}

fn hash(bytes: &[u8]) -> u64 {
    use std::hash::{DefaultHasher, Hasher};
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}

fn options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options {
        minutes: 1.0,
        seed: 1,
        targets: Vec::new(),
        grow: false,
        files: Vec::new(),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(HELP);
        match argument.as_str() {
            "--minutes" => options.minutes = value()?.parse()?,
            "--seed" => options.seed = value()?.parse()?,
            "--target" => {
                let name = value()?;
                let target = TARGETS.iter().find(|target| target.name == name);
                let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
                options.targets.push(target.ok_or(names.join(" "))?);
            }
            "--grow" => options.grow = true,
            "--help" | "-h" => return Err(HELP.into()),
            file => options.files.push(file.into()),
        }
    }
    if options.targets.is_empty() {
        options.targets = TARGETS.iter().collect();
    }
    Ok(options)
}
