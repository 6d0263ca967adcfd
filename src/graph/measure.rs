//! Who stands where in the graph. Each measure has one value for each entity, in the order of
//! [`Graph::entities`].

use std::collections::VecDeque;

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;

use super::Graph;

/// How many statements and edges lead to and from an entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Degree {
    /// Edges that lead to it.
    pub incoming: usize,
    /// Edges that lead from it.
    pub outgoing: usize,
    /// Statements behind the edges that lead to it.
    pub weight_in: usize,
    /// Statements behind the edges that lead from it.
    pub weight_out: usize,
}

/// The edges at each entity.
pub fn degrees(graph: &Graph) -> Vec<Degree> {
    let mut degrees = vec![Degree::default(); graph.net.node_count()];
    for edge in graph.net.edge_references() {
        let weight = edge.weight().weight();
        let source = &mut degrees[edge.source().index()];
        source.outgoing += 1;
        source.weight_out += weight;
        let target = &mut degrees[edge.target().index()];
        target.incoming += 1;
        target.weight_in += weight;
    }
    degrees
}

/// How much attention an entity draws: `PageRank` over the weights, damping 0.85; the sum over all is 1.
pub fn page_rank(graph: &Graph) -> Vec<f64> {
    const DAMPING: f64 = 0.85;
    const ROUNDS: usize = 200;
    const CLOSE: f64 = 1e-12;

    let count = graph.net.node_count();
    let even = 1.0 / count as f64;
    let outgoing: Vec<f64> = degrees(graph)
        .iter()
        .map(|degree| degree.weight_out as f64)
        .collect();
    let mut ranks = vec![even; count];
    for _ in 0..ROUNDS {
        let idle: f64 = ranks
            .iter()
            .zip(&outgoing)
            .filter(|(_, outgoing)| **outgoing == 0.0)
            .map(|(rank, _)| rank)
            .sum();
        let mut next = vec![(1.0 - DAMPING + DAMPING * idle) * even; count];
        for edge in graph.net.edge_references() {
            let source = edge.source().index();
            let share = edge.weight().weight() as f64 / outgoing[source];
            next[edge.target().index()] += DAMPING * ranks[source] * share;
        }
        let change: f64 = ranks.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        ranks = next;
        if change < CLOSE {
            break;
        }
    }
    ranks
}

/// How often an entity lies on the shortest ways between two others, whichever way the edges point: 0 never, 1
/// always (Brandes' algorithm). The time grows with entities times edges.
pub fn betweenness(graph: &Graph) -> Vec<f64> {
    let neighbors = neighbors(graph);
    let count = neighbors.len();
    let mut scores = vec![0.0; count];
    for start in 0..count {
        let mut order = Vec::new();
        let mut ways = vec![0.0; count];
        let mut distances = vec![usize::MAX; count];
        (ways[start], distances[start]) = (1.0, 0);
        let mut queue = VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            order.push(at);
            for &next in &neighbors[at] {
                if distances[next] == usize::MAX {
                    distances[next] = distances[at] + 1;
                    queue.push_back(next);
                }
                if distances[next] == distances[at] + 1 {
                    ways[next] += ways[at];
                }
            }
        }
        let mut shares = vec![0.0; count];
        for &at in order.iter().rev() {
            for &next in &neighbors[at] {
                if distances[next] == distances[at] + 1 {
                    shares[at] += ways[at] / ways[next] * (1.0 + shares[next]);
                }
            }
            if at != start {
                scores[at] += shares[at];
            }
        }
    }
    if count > 2 {
        let pairs = ((count - 1) * (count - 2)) as f64;
        scores.iter_mut().for_each(|score| *score /= pairs);
    }
    scores
}

/// The others that each entity shares an edge with, each once, in order.
fn neighbors(graph: &Graph) -> Vec<Vec<usize>> {
    (0..graph.net.node_count())
        .map(|at| {
            let node = NodeIndex::new(at);
            let mut others: Vec<usize> = [Direction::Incoming, Direction::Outgoing]
                .into_iter()
                .flat_map(|way| graph.net.neighbors_directed(node, way))
                .map(NodeIndex::index)
                .filter(|other| *other != at)
                .collect();
            others.sort_unstable();
            others.dedup();
            others
        })
        .collect()
}
