//! Rows to a graph.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

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
        let known: FxHashMap<&str, &EntityRow> =
            entities.iter().map(|row| (row.id.as_str(), row)).collect();
        let mut edges: BTreeMap<(&str, &str, EdgeKind), Vec<Witness>> = BTreeMap::new();
        for statement in statements.iter().filter(|row| filter.admits(row)) {
            let Some(source) = statement.source.as_deref() else {
                continue;
            };
            for (target, polarity) in ends(statement) {
                let passes = filter.polarity.is_none_or(|wanted| wanted == polarity);
                if passes && known.contains_key(source) && known.contains_key(target) {
                    edges
                        .entry((source, target, EdgeKind::of(statement)))
                        .or_default()
                        .push(Witness {
                            statement,
                            polarity,
                        });
                }
            }
        }
        edges.retain(|_, witnesses| witnesses.len() >= filter.min_weight);

        let mut ids: BTreeSet<&str> = edges.keys().flat_map(|&(a, b, _)| [a, b]).collect();
        if let Some(ego) = &filter.ego
            && let Some(row) = known.get(ego.entity.as_str())
        {
            ids.insert(&row.id);
        }
        let mut net = DiGraph::with_capacity(ids.len(), edges.len());
        let nodes: FxHashMap<&str, NodeIndex> = ids
            .into_iter()
            .map(|id| (id, net.add_node(known[id])))
            .collect();
        for ((source, target, kind), mut witnesses) in edges {
            witnesses.sort_by_key(|witness| witness.statement.id);
            let edge = Edge {
                source: known[source],
                target: known[target],
                kind,
                witnesses,
            };
            net.add_edge(nodes[source], nodes[target], edge);
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
