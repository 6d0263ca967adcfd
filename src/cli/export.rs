//! `export`: the graph, or a part of it, in a file that other programs read or as a picture.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::filter::FilterArgs;
use crate::export::{self, Level, Options, csv, dot, graphml, json, svg};
use crate::graph::{Ego, Filter, Graph};

/// Write the graph, or a part of it, for GraphViz, Gephi, networkx, D3 or a spreadsheet
#[derive(Clone, Debug, Args)]
pub struct ExportArgs {
    /// The file format
    #[arg(long, value_enum, default_value_t = ExportFormat::Dot)]
    pub format: ExportFormat,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Draw the graph into this file; needs GraphViz
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Only this entity and its surroundings: its id, name or alias
    #[arg(long, value_name = "ENTITY")]
    pub entity: Option<String>,
    /// How many edges away from it an entity may be
    #[arg(long, value_name = "N", default_value_t = 1, requires = "entity")]
    pub hops: usize,
    /// Only edges of at least this many statements
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub min_weight: usize,
    /// One edge for each statement instead of one for each pair
    #[arg(long)]
    pub statements: bool,
    /// Add each entity's betweenness (slow in a large graph; not in DOT)
    #[arg(long)]
    pub betweenness: bool,
    /// The most edges to draw, the heaviest first (DOT and SVG)
    #[arg(long, value_name = "N", default_value_t = dot::Drawing::default().max_edges)]
    pub max_edges: usize,
    /// A line under the drawing (DOT and SVG)
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Link each drawn edge to this address and the name of its document (DOT and SVG)
    #[arg(long, value_name = "URL")]
    pub documents_at: Option<String>,
    /// Which statements make edges
    #[command(flatten)]
    pub filter: FilterArgs,
}

/// What `export` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// GraphViz
    Dot,
    /// Gephi, yEd, visone, igraph, networkx
    Graphml,
    /// Node-link JSON: D3, networkx
    Json,
    /// The table of edges: Gephi, spreadsheets
    Csv,
    /// The table of entities: Gephi, spreadsheets
    EntitiesCsv,
}

/// Why nothing was exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be written.
    #[error(
        "cannot write `{}`\nhelp: check that its folder exists, that you may write there and that the disk is not full",
        path.display()
    )]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The export itself failed.
    #[error(transparent)]
    Export(#[from] export::Error),
}

impl ExportArgs {
    /// The filter of the graph; `entity` is the id of the one named by `--entity`.
    pub fn filter(&self, entity: Option<String>) -> Filter {
        Filter {
            min_weight: self.min_weight,
            ego: entity.map(|entity| Ego {
                entity,
                hops: self.hops,
            }),
            ..self.filter.filter()
        }
    }

    /// Writes the graph where the options say: to files, or else to `out`. `--svg` alone writes nothing else.
    pub fn write(&self, graph: &Graph, out: &mut impl Write) -> Result<(), Error> {
        match &self.output {
            Some(path) => self.write_file(graph, path)?,
            None if self.svg.is_none() => self.write_format(graph, out)?,
            None => {}
        }
        if let Some(path) = &self.svg {
            let mut drawing = Vec::new();
            dot::write(&mut drawing, graph, &self.drawing())?;
            let drawn = svg::render(&drawing)?;
            std::fs::write(path, drawn).map_err(|source| unwritten(path, source))?;
        }
        Ok(())
    }

    fn write_file(&self, graph: &Graph, path: &Path) -> Result<(), Error> {
        let file = File::create(path).map_err(|source| unwritten(path, source))?;
        let written = self.write_format(graph, &mut BufWriter::new(file));
        written.map_err(|error| match error {
            export::Error::Write { source } => unwritten(path, source),
            other => other.into(),
        })
    }

    fn write_format(&self, graph: &Graph, out: &mut impl Write) -> Result<(), export::Error> {
        let options = Options {
            level: self.level(),
            betweenness: self.betweenness,
        };
        match self.format {
            ExportFormat::Dot => dot::write(out, graph, &self.drawing())?,
            ExportFormat::Graphml => graphml::write(out, graph, &options)?,
            ExportFormat::Json => json::write(out, graph, &options)?,
            ExportFormat::Csv => csv::write_edges(out, graph, &options)?,
            ExportFormat::EntitiesCsv => csv::write_entities(out, graph, &options)?,
        }
        out.flush()?;
        Ok(())
    }

    fn drawing(&self) -> dot::Drawing {
        dot::Drawing {
            level: self.level(),
            max_edges: self.max_edges,
            title: self.title.clone(),
            documents_at: self.documents_at.clone(),
            ..dot::Drawing::default()
        }
    }

    fn level(&self) -> Level {
        match self.statements {
            true => Level::Statement,
            false => Level::Pair,
        }
    }
}

fn unwritten(path: &Path, source: std::io::Error) -> Error {
    let path = path.to_owned();
    Error::File { path, source }
}
