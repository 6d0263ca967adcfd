//! From articles to a graph without a command line: `cargo run --example graph -- FOLDER`.

use std::error::Error;
use std::path::{Path, PathBuf};

use sayso::export::dot;
use sayso::graph::{Filter, Graph};
use sayso::store::StatementFilter;
use sayso::{BuildOptions, Folders, Lexicon, Store, build, ingest, pipeline};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1);
    let folder = PathBuf::from(folder.as_deref().unwrap_or("examples/news"));
    let lexicon = Lexicon::load(&Folders {
        gazetteers: vec!["examples/gazetteers".into()],
        ..Folders::default()
    })?;
    let options = BuildOptions {
        reading: pipeline::reading(&lexicon),
        ..BuildOptions::default()
    };
    let mut store = Store::open_or_create(Path::new("graph-example.sqlite"))?;
    let (inputs, _missing) = ingest::find(&[folder]);
    let summary = build(inputs, &lexicon, &mut store, &options, |_, _| {})?;
    eprintln!("{} new, {} unchanged", summary.new, summary.unchanged);

    let filter = Filter {
        min_weight: 2,
        ..Filter::default()
    };
    let statements = store.statements(&StatementFilter::default())?;
    let entities = store.all_entities()?;
    let graph = Graph::build(&entities, &statements, &filter);
    dot::write(
        &mut std::io::stdout().lock(),
        &graph,
        &dot::Drawing::default(),
    )?;
    Ok(())
}
