//! `export`: the graph, or a part of it, in a file that other programs read or as a picture.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::filter::FilterArgs;
use super::named::Naming;
use super::output::{Force, Output, Outputs};
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
    /// Leave cells of CSV as they are that a spreadsheet would take for formulas
    #[arg(long)]
    pub raw: bool,
    /// The most edges, the heaviest first [default: 40 in DOT and SVG, else all]
    #[arg(long, value_name = "N", value_parser = super::rows::limit)]
    pub max_edges: Option<usize>,
    /// Also draw edges whose statements only mention their target (DOT and SVG; other formats have them)
    #[arg(long)]
    pub mentions: bool,
    /// A line under the drawing (DOT and SVG)
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Link each drawn edge to this address and the name of its document (DOT and SVG)
    #[arg(long, value_name = "URL")]
    pub documents_at: Option<String>,
    /// How the entity may be named
    #[command(flatten)]
    pub naming: Naming,
    /// Whether files of others may be replaced
    #[command(flatten)]
    pub force: Force,
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

/// The files that an export goes to.
#[derive(Debug)]
pub struct Files {
    output: Option<Output>,
    svg: Option<Output>,
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

    /// Opens the files that the options name, without harm to what stands there; `database` is what the graph comes from.
    pub fn files(&self, database: &std::path::Path) -> Result<Files, Failure> {
        let mut outputs = Outputs::new(self.force).sparing_database(database);
        let mut open = |path: &Option<PathBuf>| path.as_deref().map(|path| outputs.open(path));
        Ok(Files {
            output: open(&self.output).transpose()?,
            svg: open(&self.svg).transpose()?,
        })
    }

    /// Writes the graph where the options say: to files, or else to `out`. `--svg` alone writes nothing else.
    pub fn write(&self, graph: &Graph, files: Files, out: &mut impl Write) -> Result<(), Failure> {
        match files.output {
            Some(output) => output.write(|out| self.write_format(graph, out))?,
            None if files.svg.is_none() => self.write_format(graph, out)?,
            None => {}
        }
        if let Some(output) = files.svg {
            let mut drawing = Vec::new();
            dot::write(&mut drawing, graph, &self.drawing())?;
            let drawn = svg::render(&drawing)?;
            output.write(|out| out.write_all(&drawn))?;
        }
        Ok(())
    }

    fn write_format(&self, graph: &Graph, out: &mut impl Write) -> Result<(), export::Error> {
        let options = Options {
            level: self.level(),
            betweenness: self.betweenness,
            raw: self.raw,
            max_edges: self.max_edges,
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
        let plain = dot::Drawing::default();
        dot::Drawing {
            level: self.level(),
            mentions: self.mentions,
            max_edges: self.max_edges.unwrap_or(plain.max_edges),
            title: self.title.clone(),
            documents_at: self.documents_at.clone(),
            ..plain
        }
    }

    fn level(&self) -> Level {
        match self.statements {
            true => Level::Statement,
            false => Level::Pair,
        }
    }
}
