//! The line, measured: one article, the example folder into SQLite, and the same folder again.
//!
//! `cargo bench --bench line`

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use sayso::{BuildOptions, Folders, Input, Lexicon, Store, analyze, build, ingest, pipeline};

const NEWS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/news");
const NAMES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/gazetteers");
const ARTICLE: &str = "2025-04-02-capital-observer-hallen-hearing.html";

fn lexicon() -> Lexicon {
    let folders = Folders {
        gazetteers: vec![NAMES.into()],
        ..Folders::default()
    };
    Lexicon::load(&folders).expect("the shipped data have no fault")
}

fn options(lexicon: &Lexicon) -> BuildOptions {
    BuildOptions {
        reading: pipeline::reading(lexicon),
        ..BuildOptions::default()
    }
}

fn news() -> Vec<Input> {
    ingest::find(&[PathBuf::from(NEWS)]).0
}

fn open(criterion: &mut Criterion) {
    criterion.bench_function("open the lexicon", |b| b.iter(Lexicon::builtin));
}

fn article(criterion: &mut Criterion) {
    let lexicon = lexicon();
    let reading = pipeline::reading(&lexicon);
    let input = news()
        .into_iter()
        .find(|input| input.name.ends_with(ARTICLE))
        .expect("it is in the example");
    let document = ingest::read(&input, &reading)
        .remove(0)
        .expect("it can be read");
    let mut group = criterion.benchmark_group("one article");
    group.throughput(Throughput::Bytes(document.text().len() as u64));
    group.bench_function("read", |b| {
        b.iter(|| ingest::read(black_box(&input), &reading))
    });
    group.bench_function("analyze", |b| {
        b.iter(|| analyze(black_box(&document), &lexicon))
    });
    group.finish();
}

fn folder(criterion: &mut Criterion) {
    let lexicon = lexicon();
    let options = options(&lexicon);
    let fill = |path: &Path| {
        let mut store = Store::open_or_create(path).expect("it can be made");
        build(news(), &lexicon, &mut store, &options, |_, _| {}).expect("it can be filled")
    };
    let scratch = tempfile::tempdir().expect("there is room for a folder");
    let filled = scratch.path().join("filled.sqlite");
    let bytes = fill(&filled).bytes;
    let mut group = criterion.benchmark_group("the example folder");
    group.throughput(Throughput::Bytes(bytes));
    group.sample_size(20);
    group.bench_function("build", |b| {
        b.iter_batched(
            || tempfile::tempdir().expect("there is room for a folder"),
            |folder| {
                fill(&folder.path().join("new.sqlite"));
                folder
            },
            BatchSize::PerIteration,
        );
    });
    group.bench_function("build again", |b| b.iter(|| fill(&filled)));
    group.finish();
}

criterion_group!(benches, open, article, folder);
criterion_main!(benches);
