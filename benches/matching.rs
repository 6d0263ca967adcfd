//! How fast names are found: compiled tables of names over the articles of examples/news.
//!
//! `cargo bench --bench matching`. With SAYSO_NAMES (a compiled gazetteer) and SAYSO_TEXTS (a folder of .txt) it measures
//! that instead, once, and prints one line of JSON: benches/compare.py asks for that.

mod names;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, Throughput};
use sayso::lexicon::{self, Folders, Keys, Lexicon, World};
use sayso::model::Token;
use sayso::text::tokenize;

fn main() {
    let own = |name: &str| std::env::var_os(name).map(PathBuf::from);
    match (own("SAYSO_NAMES"), own("SAYSO_TEXTS")) {
        (Some(names), Some(texts)) => once(&names, &texts),
        _ => {
            let mut criterion = Criterion::default().configure_from_args();
            tables(&mut criterion);
            criterion.final_summary();
        }
    }
}

/// The names of a file alone.
fn open(file: &Path) -> Lexicon {
    Lexicon::load(&Folders {
        gazetteers: vec![file.to_owned()],
        bare: true,
        ..Folders::default()
    })
    .expect("it was compiled a moment ago")
}

/// All names of all texts: how many.
fn find(world: &World, texts: &[(String, Vec<Token>)]) -> usize {
    let mut found = 0;
    for (text, tokens) in texts {
        let keys = Keys::new(text, tokens);
        let mut at = 0;
        while at < tokens.len() {
            let name = tokens[at]
                .capital
                .then(|| world.longest(text, tokens, &keys, (at, tokens.len()), false))
                .flatten();
            found += usize::from(name.is_some());
            at = name.map_or(at + 1, |(end, _)| end);
        }
    }
    found
}

fn read(folder: &Path) -> Vec<String> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the folder of texts is there")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .collect();
    paths.sort();
    paths
        .iter()
        .filter_map(|path| fs::read_to_string(path).ok())
        .collect()
}

fn cut(texts: Vec<String>) -> Vec<(String, Vec<Token>)> {
    let language = Lexicon::builtin().language;
    texts
        .into_iter()
        .map(|text| {
            let tokens = tokenize(&text, &language);
            (text, tokens)
        })
        .collect()
}

fn tables(criterion: &mut Criterion) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = |name| fs::read_to_string(root.join(name)).expect("the list is shipped");
    let given = names::given_names(&list("gazetteers/en/given-names.tsv"));
    let real = names::real_names(&list("gazetteers/people.tsv"));
    let texts = cut(read(&root.join("examples/news")));
    let bytes: usize = texts.iter().map(|(text, _)| text.len()).sum();
    let mut group = criterion.benchmark_group("matching");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.sample_size(20);
    for count in [100_000, 1_000_000] {
        let folder = tempfile::tempdir().expect("there is room for a folder");
        let list = folder.path().join("people.tsv");
        fs::write(list, names::people(&real, &given, count)).expect("there is room for the names");
        let file = folder.path().join("names.gazetteer");
        lexicon::compile(&[folder.path().to_owned()], &file).expect("the names are sound");
        let lexicon = open(&file);
        group.bench_function(BenchmarkId::from_parameter(count), |bencher| {
            bencher.iter(|| find(black_box(&lexicon.world), &texts));
        });
    }
    group.finish();
}

/// Opens, matches, prints.
fn once(names: &Path, folder: &Path) {
    let texts = read(folder);
    let bytes: usize = texts.iter().map(String::len).sum();
    let texts = cut(texts);
    let before = memory();
    let started = Instant::now();
    let lexicon = open(names);
    let opened = started.elapsed();
    // Time on the processor, for others may be at work on the machine.
    let mut best = Duration::MAX;
    let mut found = 0;
    for _ in 0..15 {
        let started = busy();
        found = find(&lexicon.world, &texts);
        best = best.min(busy() - started);
    }
    let size = fs::metadata(names).map_or(0, |file| file.len());
    println!(
        "{{\"open_ms\": {:.3}, \"mb_per_s\": {:.1}, \"found\": {found}, \"memory_mb\": {:.1}, \"bytes_per_name\": {:.1}, \"names\": {}}}",
        opened.as_secs_f64() * 1e3,
        bytes as f64 / 1e6 / best.as_secs_f64(),
        (memory() - before) / 1e6,
        size as f64 / lexicon.world.names() as f64,
        lexicon.world.names(),
    );
}

/// Time that this thread has spent on a processor; since its start where the system does not tell.
fn busy() -> Duration {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|times| times.split(' ').next()?.parse().ok())
        .map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Bytes that the process holds; 0 where the system does not tell.
fn memory() -> f64 {
    fs::read_to_string("/proc/self/status")
        .ok()
        .and_then(|status| {
            let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
            line.split_whitespace().nth(1)?.parse::<f64>().ok()
        })
        .map_or(0.0, |kilobytes| kilobytes * 1024.0)
}
