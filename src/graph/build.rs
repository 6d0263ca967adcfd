//! Rows to a graph.

use std::collections::{BTreeSet, VecDeque};

use petgraph::Direction;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::{Edge, EdgeKind, Ego, Filter, Witness};
use crate::model::{EntityRow, Polarity, StatementRow};

/// Entities, and the edges between them that the statements show. Two entities share at most four edges: one of
/// each kind in each direction.
///
/// A statement links its source to each of its targets. Where it has no target, it links its source to each
/// other entity that its content mentions, by the weaker [`EdgeKind::About`]. A statement without a source links
/// nothing, and neither does one whose entities are not among the rows. Entities that nothing links are left out.
#[derive(Clone, Debug)]
pub struct Graph<'r> {
    /// Entities by id, edges by the ids of their ends, then by kind.
    pub(super) net: DiGraph<&'r EntityRow, Edge<'r>>,
}

impl<'r> Graph<'r> {
    /// The graph of what `filter` keeps of the rows.
    pub fn build(
        entities: &'r [EntityRow],
        statements: &'r [StatementRow],
        filter: &Filter,
    ) -> Graph<'r> {
        let mut rows: Vec<&EntityRow> = entities.iter().collect();
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        let known: FxHashMap<&str, usize> = rows
            .iter()
            .enumerate()
            .map(|(at, row)| (row.id.as_str(), at))
            .collect();
        let mut links = links(statements, &known, filter);
        links.sort_by_key(|link| (link.ends, link.kind, link.witness.statement.id));

        let mut linked = vec![false; rows.len()];
        let mut edges: Vec<((usize, usize), Edge)> = Vec::new();
        for links in links.chunk_by(|a, b| (a.ends, a.kind) == (b.ends, b.kind)) {
            let Link { ends, kind, .. } = links[0];
            if links.len() >= filter.min_weight {
                linked[ends.0] = true;
                linked[ends.1] = true;
                let edge = Edge {
                    source: rows[ends.0],
                    target: rows[ends.1],
                    kind,
                    witnesses: links.iter().map(|link| link.witness).collect(),
                };
                edges.push((ends, edge));
            }
        }
        if let Some(ego) = &filter.ego
            && let Some(&at) = known.get(ego.entity.as_str())
        {
            linked[at] = true; // also where nothing links it
        }

        let mut net = DiGraph::new();
        let nodes: Vec<Option<NodeIndex>> = rows
            .iter()
            .zip(&linked)
            .map(|(row, linked)| linked.then(|| net.add_node(*row)))
            .collect();
        for ((source, target), edge) in edges {
            if let (Some(source), Some(target)) = (nodes[source], nodes[target]) {
                net.add_edge(source, target, edge);
            }
        }
        let graph = Graph { net };
        match &filter.ego {
            Some(ego) => graph.around(ego),
            None => graph,
        }
    }

    /// The entities, by id.
    pub fn entities(&self) -> impl ExactSizeIterator<Item = &'r EntityRow> {
        self.net.raw_nodes().iter().map(|node| node.weight)
    }

    /// The edges, by the ids of their ends, then by kind.
    pub fn edges(&self) -> impl ExactSizeIterator<Item = &Edge<'r>> {
        self.net.raw_edges().iter().map(|edge| &edge.weight)
    }

    /// The entities within reach of one, and all edges among them.
    fn around(&self, ego: &Ego) -> Graph<'r> {
        let near: FxHashMap<NodeIndex, usize> = match self.node(&ego.entity) {
            Some(center) => self.distances(center, None, ego.hops),
            None => FxHashMap::default(),
        };
        Graph {
            net: self.net.filter_map(
                |node, row| near.contains_key(&node).then_some(*row),
                |_, edge| Some(edge.clone()),
            ),
        }
    }

    /// The node of an entity.
    pub(super) fn node(&self, id: &str) -> Option<NodeIndex> {
        let nodes = self.net.raw_nodes();
        let at = nodes.binary_search_by(|node| node.weight.id.as_str().cmp(id));
        at.ok().map(NodeIndex::new)
    }

    /// How many edges lie between `start` and each node at most `limit` away, following the edges in one
    /// direction or, for `None`, in both.
    pub(super) fn distances(
        &self,
        start: NodeIndex,
        direction: Option<Direction>,
        limit: usize,
    ) -> FxHashMap<NodeIndex, usize> {
        let mut distances = FxHashMap::from_iter([(start, 0)]);
        let mut queue = VecDeque::from([(start, 0)]);
        while let Some((node, distance)) = queue.pop_front() {
            if distance == limit {
                break; // the queue is in order of distance
            }
            let mut visit = |next: NodeIndex| {
                if let std::collections::hash_map::Entry::Vacant(entry) = distances.entry(next) {
                    entry.insert(distance + 1);
                    queue.push_back((next, distance + 1));
                }
            };
            match direction {
                Some(way) => self.net.neighbors_directed(node, way).for_each(&mut visit),
                None => self.net.neighbors_undirected(node).for_each(&mut visit),
            }
        }
        distances
    }
}

/// One statement's part in an edge.
struct Link<'r> {
    /// Its source and its target among the sorted rows.
    ends: (usize, usize),
    kind: EdgeKind,
    witness: Witness<'r>,
}

/// What the statements link, in their order.
fn links<'r>(
    statements: &'r [StatementRow],
    known: &FxHashMap<&str, usize>,
    filter: &Filter,
) -> Vec<Link<'r>> {
    let mut links = Vec::new();
    for statement in statements.iter().filter(|row| filter.admits(row)) {
        let source = statement.source.as_deref().and_then(|id| known.get(id));
        for (target, polarity) in ends(statement) {
            if let (Some(&source), Some(&target)) = (source, known.get(target))
                && filter.polarity.is_none_or(|wanted| wanted == polarity)
            {
                links.push(Link {
                    ends: (source, target),
                    kind: EdgeKind::of(statement),
                    witness: Witness {
                        statement,
                        polarity,
                    },
                });
            }
        }
    }
    links
}

/// The ids that a statement leads to, each once, with the source's stance.
fn ends(statement: &StatementRow) -> Vec<(&str, Polarity)> {
    let mut ends: Vec<(&str, Polarity)> = match EdgeKind::of(statement) {
        EdgeKind::Target => statement
            .targets
            .iter()
            .map(|(id, polarity)| (id.as_str(), *polarity))
            .collect(),
        EdgeKind::About => statement
            .about
            .iter()
            .filter(|id| Some(*id) != statement.source.as_ref())
            .map(|id| (id.as_str(), Polarity::Neutral))
            .collect(),
    };
    let mut seen = BTreeSet::new();
    ends.retain(|(id, _)| seen.insert(*id));
    ends
}
