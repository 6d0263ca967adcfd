//! The best paths between two entities, with the statements behind every hop.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use petgraph::Direction;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{EdgeKind, Graph, Witness};
use crate::model::EntityRow;

/// How to look for paths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PathOptions {
    /// The most hops that a path may have.
    pub max_hops: usize,
    /// The most paths to return.
    pub k: usize,
    /// True: a hop must lead from a source to its target. False: it may also lead back, and its statements show
    /// which way they point.
    pub directed: bool,
}

/// A way from one entity to another that visits none twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Path<'r> {
    /// Its steps in order; at least one.
    pub hops: Vec<Hop<'r>>,
    /// The sum of its hops' costs: the less, the better.
    pub cost: f64,
}

/// A step from one entity to the next.
#[derive(Clone, Debug, PartialEq)]
pub struct Hop<'r> {
    /// Where it starts.
    pub from: &'r EntityRow,
    /// Where it leads.
    pub to: &'r EntityRow,
    /// The statements that show it, best first: directed at the other before mentioning it, then the surer, then
    /// by id. Never empty.
    pub witnesses: Vec<Witness<'r>>,
}

impl Default for PathOptions {
    fn default() -> PathOptions {
        PathOptions {
            max_hops: 4,
            k: 3,
            directed: false,
        }
    }
}

impl Hop<'_> {
    /// True when `witness` points the way the hop goes: the hop's start is the one who says it.
    pub fn follows(&self, witness: &Witness) -> bool {
        witness.statement.source.as_deref() == Some(self.from.id.as_str())
    }
}

/// The `k` best paths from one entity to another, best first (Yen's algorithm); none when they are the same, are
/// not linked, or one of them is not in the graph.
///
/// A hop costs 1 for itself, so that few hops beat many; up to 1 more the fewer and the less sure its statements
/// are; and another half when they only mention the other. Equally good paths come in the order of their ids.
pub fn paths<'r>(graph: &Graph<'r>, from: &str, to: &str, options: &PathOptions) -> Vec<Path<'r>> {
    let (Some(start), Some(goal)) = (graph.node(from), graph.node(to)) else {
        return Vec::new();
    };
    if start == goal || options.k == 0 {
        return Vec::new();
    }
    let map = StepMap::new(graph, start, goal, options);
    let mut found: Vec<Route> = Vec::new();
    let mut candidates: BTreeSet<Route> =
        map.best(start, &Barrier::default()).into_iter().collect();
    while let Some(route) = candidates.pop_first() {
        candidates.extend(map.detours(&route, &found));
        found.push(route);
        if found.len() == options.k {
            break;
        }
    }
    found
        .iter()
        .map(|route| Path {
            hops: route
                .nodes
                .windows(2)
                .map(|step| hop(graph, step[0], step[1], options.directed))
                .collect(),
            cost: route.cost as f64 / UNIT as f64,
        })
        .collect()
}

/// Costs are counted in millionths, so that equal costs are equal whatever the order of their sum.
const UNIT: u64 = 1_000_000;

/// A path under search; ordered by cost, then length, then nodes, which are in the order of their ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Route {
    cost: u64,
    hops: usize,
    nodes: Vec<NodeIndex>,
}

/// What a search may not use: nodes and steps already taken.
#[derive(Default)]
struct Barrier {
    nodes: FxHashSet<NodeIndex>,
    steps: FxHashSet<(NodeIndex, NodeIndex)>,
    spent: usize,
}

/// The steps that can lie on a path short enough, with their costs.
struct StepMap {
    steps: FxHashMap<NodeIndex, Vec<(NodeIndex, u64)>>,
    /// Hops that are at least left to the goal.
    left: FxHashMap<NodeIndex, usize>,
    goal: NodeIndex,
    max_hops: usize,
}

impl StepMap {
    fn new(graph: &Graph, start: NodeIndex, goal: NodeIndex, options: &PathOptions) -> StepMap {
        let (ahead, back) = match options.directed {
            true => (Some(Direction::Outgoing), Some(Direction::Incoming)),
            false => (None, None),
        };
        let gone = graph.distances(start, ahead, options.max_hops);
        let left = graph.distances(goal, back, options.max_hops);
        let mut strengths: BTreeMap<(NodeIndex, NodeIndex), (bool, f64)> = BTreeMap::new();
        for edge in graph.net.edge_references() {
            let (a, b) = (edge.source(), edge.target());
            let forward = [(a, b), (b, a)];
            for (a, b) in forward
                .into_iter()
                .take(if options.directed { 1 } else { 2 })
            {
                let (Some(gone), Some(left)) = (gone.get(&a), left.get(&b)) else {
                    continue;
                };
                if a != b && gone + 1 + left <= options.max_hops {
                    let (targeted, strength) = strengths.entry((a, b)).or_default();
                    *targeted |= edge.weight().kind == EdgeKind::Target;
                    *strength += strength_of(&edge.weight().witnesses);
                }
            }
        }
        let mut steps: FxHashMap<NodeIndex, Vec<(NodeIndex, u64)>> = FxHashMap::default();
        for ((a, b), (targeted, strength)) in strengths {
            let weakness = (UNIT as f64 / (1.0 + strength)).round() as u64;
            let cost = UNIT + weakness + if targeted { 0 } else { UNIT / 2 };
            steps.entry(a).or_default().push((b, cost));
        }
        StepMap {
            steps,
            left,
            goal,
            max_hops: options.max_hops,
        }
    }

    /// The best way from `start` to the goal that the barrier leaves open (Dijkstra's algorithm over nodes and
    /// hops: a node is worth a second look only when it is reached in fewer hops than before).
    fn best(&self, start: NodeIndex, barrier: &Barrier) -> Option<Route> {
        let mut visits: Vec<(NodeIndex, Option<usize>)> = vec![(start, None)]; // and the visit before
        let mut fewest: FxHashMap<NodeIndex, usize> = FxHashMap::default();
        let mut queue = BinaryHeap::from([Reverse((0, barrier.spent, start, 0))]);
        while let Some(Reverse((cost, hops, node, visit))) = queue.pop() {
            if node == self.goal {
                let mut nodes = Vec::new();
                let mut at = Some(visit);
                while let Some(visit) = at {
                    nodes.push(visits[visit].0);
                    at = visits[visit].1;
                }
                nodes.reverse();
                return Some(Route { cost, hops, nodes });
            }
            if fewest.get(&node).is_some_and(|&before| before <= hops) {
                continue;
            }
            fewest.insert(node, hops);
            for &(next, step) in self.steps.get(&node).into_iter().flatten() {
                let open = !barrier.nodes.contains(&next) && !barrier.steps.contains(&(node, next));
                if open && hops + 1 + self.left[&next] <= self.max_hops {
                    visits.push((next, Some(visit)));
                    queue.push(Reverse((cost + step, hops + 1, next, visits.len() - 1)));
                }
            }
        }
        None
    }

    /// The best ways that leave `route` at each of its nodes, other than those found already.
    fn detours(&self, route: &Route, found: &[Route]) -> Vec<Route> {
        let mut detours = Vec::new();
        let mut cost = 0;
        for at in 0..route.hops {
            let (root, spur) = (&route.nodes[..at], route.nodes[at]);
            let taken = found.iter().chain([route]);
            let barrier = Barrier {
                nodes: root.iter().copied().collect(),
                steps: taken
                    .filter(|other| other.nodes.starts_with(&route.nodes[..=at]))
                    .map(|other| (spur, other.nodes[at + 1]))
                    .collect(),
                spent: at,
            };
            if let Some(rest) = self.best(spur, &barrier) {
                detours.push(Route {
                    cost: cost + rest.cost,
                    hops: rest.hops,
                    nodes: [root, &rest.nodes].concat(),
                });
            }
            cost += self.cost(spur, route.nodes[at + 1]);
        }
        detours
    }

    fn cost(&self, from: NodeIndex, to: NodeIndex) -> u64 {
        let step = self.steps[&from].iter().find(|(next, _)| *next == to);
        step.expect("a route is made of the map's own steps").1
    }
}

/// How much the statements carry together.
fn strength_of(witnesses: &[Witness]) -> f64 {
    witnesses
        .iter()
        .map(|witness| f64::from(witness.statement.confidence).clamp(0.0, 1.0))
        .sum()
}

fn hop<'r>(graph: &Graph<'r>, from: NodeIndex, to: NodeIndex, directed: bool) -> Hop<'r> {
    let ahead = graph.net.edges_connecting(from, to);
    let back = graph.net.edges_connecting(to, from);
    let back = back.filter(|_| !directed);
    let mut witnesses: Vec<Witness> = ahead
        .chain(back)
        .flat_map(|edge| edge.weight().witnesses.iter().copied())
        .collect();
    witnesses.sort_by(|a, b| {
        let kinds = EdgeKind::of(a.statement).cmp(&EdgeKind::of(b.statement));
        kinds
            .then(b.statement.confidence.total_cmp(&a.statement.confidence))
            .then(a.statement.id.cmp(&b.statement.id))
    });
    Hop {
        from: graph.net[from],
        to: graph.net[to],
        witnesses,
    }
}
