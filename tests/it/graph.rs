//! The graph of hand-made rows: what links whom, which part a filter keeps, the paths and the measures.

use sayso::graph::{
    Degree, Edge, EdgeKind, Ego, Filter, Graph, PathOptions, betweenness, degrees, heaviest,
    page_rank, paths,
};
use sayso::model::{
    Act, ContentKind, Date, EntityKind, EntityRow, Polarity, Standing, StatementRow,
};

/// An entity whose id is its name.
pub fn entity(id: &str, kind: EntityKind) -> EntityRow {
    EntityRow {
        id: id.to_owned(),
        kind,
        name: id.to_owned(),
        listed: true,
        mentions: 3,
        said: 2,
        about: 1,
    }
}

/// A statement without a target; `said(…)` and struct update make the others.
pub fn said(id: u32, source: &str, act: Act, about: &[&str]) -> StatementRow {
    StatementRow {
        id: format!("00000000000000-{id}").parse().expect("it is an id"),
        document: "news/one.txt".to_owned(),
        title: Some("Harbour talks".to_owned()),
        publisher: None,
        published: Some(day("2024-03-02")),
        source: Some(source.to_owned()),
        cue: Some("said".to_owned()),
        content: "the harbour stays open".to_owned(),
        sentence: "She said the harbour stays open.".to_owned(),
        kind: ContentKind::Indirect,
        act,
        negated: false,
        standing: Standing::Firsthand,
        teller: None,
        polarity: Polarity::Neutral,
        targets: Vec::new(),
        addressees: Vec::new(),
        about: about.iter().map(ToString::to_string).collect(),
        said_on: None,
        confidence: 0.9,
        rule: "said-that".to_owned(),
    }
}

/// A statement directed at somebody.
pub fn at(id: u32, source: &str, act: Act, target: (&str, Polarity)) -> StatementRow {
    StatementRow {
        targets: vec![(target.0.to_owned(), target.1)],
        polarity: target.1,
        ..said(id, source, act, &[target.0])
    }
}

pub fn day(text: &str) -> Date {
    text.parse().expect("the test names a day")
}

fn people(ids: &[&str]) -> Vec<EntityRow> {
    let mut rows: Vec<EntityRow> = ids
        .iter()
        .map(|id| entity(id, EntityKind::Person))
        .collect();
    rows.reverse(); // a graph sorts them
    rows
}

/// An edge as `source -target-> target: ids`.
fn drawn(edge: &Edge) -> String {
    let ids: Vec<String> = edge
        .witnesses
        .iter()
        .map(|witness| witness.statement.id.place.to_string())
        .collect();
    let (source, target) = (&edge.source.id, &edge.target.id);
    format!(
        "{source} -{}-> {target}: {}",
        edge.kind.name(),
        ids.join(" ")
    )
}

fn edges(graph: &Graph) -> Vec<String> {
    graph.edges().map(drawn).collect()
}

fn ids(graph: &Graph) -> Vec<String> {
    graph.entities().map(|row| row.id.clone()).collect()
}

/// Paths as `a > b > c [1 2|3]`, the statements of each hop behind.
fn routes(graph: &Graph, from: &str, to: &str, options: &PathOptions) -> Vec<String> {
    paths(graph, from, to, options)
        .iter()
        .map(|path| {
            let mut route = path.hops[0].from.id.clone();
            let mut shown = Vec::new();
            for hop in &path.hops {
                route.push_str(" > ");
                route.push_str(&hop.to.id);
                let ids: Vec<String> = hop
                    .witnesses
                    .iter()
                    .map(|witness| {
                        let back = if hop.follows(witness) { "" } else { "<" };
                        format!("{back}{}", witness.statement.id.place)
                    })
                    .collect();
                shown.push(ids.join(" "));
            }
            format!("{route} [{}]", shown.join("|"))
        })
        .collect()
}

const NEGATIVE: Polarity = Polarity::Negative;
const NEUTRAL: Polarity = Polarity::Neutral;
const POSITIVE: Polarity = Polarity::Positive;

#[test]
fn a_statement_links_its_source_to_its_targets_and_else_to_whom_it_mentions() {
    let entities = people(&["a", "b", "c", "idle"]);
    let statements = [
        at(2, "a", Act::Accuse, ("b", NEGATIVE)),
        at(1, "a", Act::Deny, ("b", NEUTRAL)),
        said(3, "a", Act::State, &["a", "c", "c", "stranger"]),
        said(4, "b", Act::State, &[]),
        StatementRow {
            source: None,
            ..at(5, "a", Act::Accuse, ("c", NEGATIVE))
        },
        at(6, "stranger", Act::Accuse, ("a", NEGATIVE)),
        at(7, "c", Act::Apologize, ("c", NEUTRAL)),
        StatementRow {
            targets: vec![("a".to_owned(), POSITIVE), ("b".to_owned(), NEGATIVE)],
            ..at(8, "c", Act::Support, ("a", POSITIVE))
        },
    ];
    let graph = Graph::build(&entities, &statements, &Filter::default());
    assert_eq!(ids(&graph), ["a", "b", "c"]);
    assert_eq!(
        edges(&graph),
        [
            "a -target-> b: 1 2",
            "a -about-> c: 3",
            "c -target-> a: 8",
            "c -target-> b: 8",
            "c -target-> c: 7",
        ]
    );
    let polarities: Vec<Polarity> = graph.edges().map(Edge::polarity).collect();
    assert_eq!(polarities, [NEGATIVE, NEUTRAL, POSITIVE, NEGATIVE, NEUTRAL]);
}

#[test]
fn each_condition_of_a_filter_keeps_its_part() {
    let entities = people(&["a", "b", "c", "d"]);
    let statements = [
        at(1, "a", Act::Accuse, ("b", NEGATIVE)),
        StatementRow {
            said_on: Some(day("2024-02-01")),
            ..at(2, "a", Act::Deny, ("b", NEUTRAL))
        },
        StatementRow {
            published: None,
            kind: ContentKind::Direct,
            ..at(3, "b", Act::Praise, ("c", POSITIVE))
        },
        StatementRow {
            confidence: 0.4,
            ..said(4, "c", Act::State, &["d"])
        },
    ];
    let kept = |filter: Filter| edges(&Graph::build(&entities, &statements, &filter));
    let all = Filter::default;
    let (ab, a1, a2) = ("a -target-> b: 1 2", "a -target-> b: 1", "a -target-> b: 2");
    let (bc, cd) = ("b -target-> c: 3", "c -about-> d: 4");
    let ego = |entity: &str, hops| Filter {
        ego: Some(Ego {
            entity: entity.to_owned(),
            hops,
        }),
        ..all()
    };
    let cases: Vec<(Filter, Vec<&str>)> = vec![
        (all(), vec![ab, bc, cd]),
        (
            Filter {
                acts: vec![Act::Deny, Act::Praise],
                ..all()
            },
            vec![a2, bc],
        ),
        (
            Filter {
                kinds: vec![ContentKind::Direct],
                ..all()
            },
            vec![bc],
        ),
        (
            Filter {
                edges: Some(EdgeKind::About),
                ..all()
            },
            vec![cd],
        ),
        (
            Filter {
                polarity: Some(NEGATIVE),
                ..all()
            },
            vec![a1],
        ),
        (
            Filter {
                since: Some(day("2024-03-02")),
                ..all()
            },
            vec![a1, cd],
        ),
        (
            Filter {
                until: Some(day("2024-02-01")),
                ..all()
            },
            vec![a2],
        ),
        (
            Filter {
                min_confidence: 0.5,
                ..all()
            },
            vec![ab, bc],
        ),
        (
            Filter {
                min_weight: 2,
                ..all()
            },
            vec![ab],
        ),
        (ego("a", 1), vec![ab]),
        (ego("c", 1), vec![bc, cd]),
        (ego("d", 2), vec![bc, cd]),
        (ego("nobody", 2), vec![]),
    ];
    for (filter, expected) in cases {
        assert_eq!(kept(filter.clone()), expected, "{filter:?}");
    }
}

#[test]
fn an_entity_that_nothing_links_still_has_surroundings_of_itself() {
    let entities = people(&["a", "b"]);
    let filter = Filter {
        ego: Some(Ego {
            entity: "a".to_owned(),
            hops: 2,
        }),
        ..Filter::default()
    };
    assert_eq!(ids(&Graph::build(&entities, &[], &filter)), ["a"]);
}

#[test]
fn the_heaviest_edges_stay_in_their_order() {
    let entities = people(&["a", "b", "c"]);
    let statements = [
        said(1, "a", Act::State, &["b"]),
        at(2, "a", Act::Accuse, ("c", NEGATIVE)),
        at(3, "c", Act::Deny, ("a", NEGATIVE)),
        at(4, "c", Act::Deny, ("a", NEGATIVE)),
    ];
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let kept = heaviest(graph.edges().cloned().collect(), 2);
    let kept: Vec<String> = kept.iter().map(drawn).collect();
    assert_eq!(kept, ["a -target-> c: 2", "c -target-> a: 3 4"]);
}

#[test]
fn paths_come_best_first_with_the_statements_of_every_hop() {
    let entities = people(&["a", "b", "c", "d", "e"]);
    let statements = [
        at(1, "a", Act::Accuse, ("b", NEGATIVE)),
        at(2, "d", Act::Reject, ("b", NEGATIVE)),
        said(3, "a", Act::State, &["c"]),
        at(4, "c", Act::Praise, ("d", POSITIVE)),
        StatementRow {
            confidence: 0.95,
            ..at(5, "c", Act::Praise, ("d", POSITIVE))
        },
        said(6, "d", Act::State, &["c"]),
        at(7, "a", Act::Warn, ("e", NEUTRAL)),
        at(8, "e", Act::Warn, ("b", NEUTRAL)),
    ];
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let found = routes(&graph, "a", "d", &PathOptions::default());
    assert_eq!(
        found,
        [
            "a > b > d [1|<2]",
            "a > c > d [3|5 4 <6]",
            "a > e > b > d [7|8|<2]",
        ]
    );
}

#[test]
fn a_directed_path_follows_the_statements() {
    let entities = people(&["a", "b", "c", "d"]);
    let statements = [
        at(1, "a", Act::Accuse, ("b", NEGATIVE)),
        at(2, "d", Act::Reject, ("b", NEGATIVE)),
        at(3, "b", Act::Praise, ("c", POSITIVE)),
        at(4, "c", Act::Praise, ("d", POSITIVE)),
        at(5, "b", Act::Praise, ("a", POSITIVE)),
    ];
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let directed = PathOptions {
        directed: true,
        ..PathOptions::default()
    };
    assert_eq!(
        routes(&graph, "a", "d", &directed),
        ["a > b > c > d [1|3|4]"]
    );
    assert_eq!(routes(&graph, "d", "c", &directed), ["d > b > c [2|3]"]);
}

#[test]
fn there_is_no_path_where_none_is_short_enough_or_known() {
    let entities = people(&["a", "b", "c"]);
    let statements = [
        at(1, "a", Act::Accuse, ("b", NEGATIVE)),
        at(2, "b", Act::Accuse, ("c", NEGATIVE)),
    ];
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let near = PathOptions {
        max_hops: 1,
        ..PathOptions::default()
    };
    let none = PathOptions {
        k: 0,
        ..PathOptions::default()
    };
    let usual = PathOptions::default();
    for (from, to, options) in [
        ("a", "c", &near),
        ("a", "c", &none),
        ("a", "a", &usual),
        ("a", "nobody", &usual),
    ] {
        assert!(paths(&graph, from, to, options).is_empty());
    }
    let back = PathOptions {
        directed: true,
        ..usual
    };
    assert!(paths(&graph, "c", "a", &back).is_empty());
}

#[test]
fn an_edge_tells_its_acts_stances_and_days() {
    let entities = people(&["a", "b"]);
    let statements = [
        at(1, "a", Act::Deny, ("b", POSITIVE)),
        at(2, "a", Act::Accuse, ("b", NEGATIVE)),
        StatementRow {
            negated: true,
            standing: Standing::Denied,
            said_on: Some(day("2024-01-05")),
            ..at(3, "a", Act::Accuse, ("b", NEUTRAL))
        },
        at(4, "a", Act::Deny, ("b", POSITIVE)),
    ];
    let graph = Graph::build(&entities, &statements, &Filter::default());
    let edge = graph.edges().next().expect("the rows make one edge");
    let acts: Vec<(Act, Standing, usize)> = edge
        .acts()
        .iter()
        .map(|act| (act.act, act.standing, act.count))
        .collect();
    assert_eq!(
        acts,
        [
            (Act::Deny, Standing::Firsthand, 2),
            (Act::Accuse, Standing::Firsthand, 1),
            (Act::Accuse, Standing::Denied, 1)
        ]
    );
    assert_eq!(edge.polarity(), POSITIVE);
    assert_eq!(edge.days(), Some((day("2024-01-05"), day("2024-03-02"))));
    assert_eq!(
        edge.split().map(|edge| drawn(&edge)).collect::<Vec<_>>(),
        [
            "a -target-> b: 1",
            "a -target-> b: 2",
            "a -target-> b: 3",
            "a -target-> b: 4"
        ]
    );
}

#[test]
fn measures_tell_who_stands_where() {
    let entities = people(&["a", "b", "c", "d"]);
    let statements = [
        at(1, "a", Act::Accuse, ("b", NEGATIVE)),
        at(2, "a", Act::Accuse, ("b", NEGATIVE)),
        said(3, "c", Act::State, &["b"]),
        at(4, "b", Act::Deny, ("d", NEUTRAL)),
    ];
    let graph = Graph::build(&entities, &statements, &Filter::default());
    assert_eq!(
        degrees(&graph)[1],
        Degree {
            incoming: 2,
            outgoing: 1,
            weight_in: 3,
            weight_out: 1
        }
    );
    assert_eq!(betweenness(&graph), [0.0, 1.0, 0.0, 0.0]);
    // The values of networkx.pagerank on the same graph.
    let ranks: Vec<f64> = page_rank(&graph)
        .iter()
        .map(|rank| (rank * 1e6).round() / 1e6)
        .collect();
    assert_eq!(ranks, [0.125_078, 0.337_711, 0.125_078, 0.412_133]);
    let empty = Graph::build(&[], &[], &Filter::default());
    assert!(page_rank(&empty).is_empty() && betweenness(&empty).is_empty());
}

mod properties {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

    fn statements() -> impl Strategy<Value = Vec<StatementRow>> {
        let one = (0..6usize, 0..6usize, any::<bool>(), 1..10u8);
        prop::collection::vec(one, 0..14).prop_map(|rows| {
            let rows = rows.into_iter().enumerate();
            rows.map(|(id, (source, target, aimed, sure))| {
                let (source, target) = (NAMES[source], NAMES[target]);
                let row = match aimed {
                    true => at(id as u32, source, Act::Accuse, (target, NEGATIVE)),
                    false => said(id as u32, source, Act::State, &[target]),
                };
                StatementRow {
                    confidence: f32::from(sure) / 10.0,
                    ..row
                }
            })
            .collect()
        })
    }

    /// All ways from `from` to `to` that visit nobody twice, by trying everything.
    fn every_way(graph: &Graph, way: Vec<String>, to: &str, hops: usize) -> BTreeSet<Vec<String>> {
        let here = way.last().expect("a way starts somewhere").clone();
        if here == to {
            return BTreeSet::from([way]);
        }
        let mut ways = BTreeSet::new();
        for edge in graph.edges().filter(|_| hops > 0) {
            for (from, next) in [(edge.source, edge.target), (edge.target, edge.source)] {
                if from.id == here && !way.contains(&next.id) {
                    let longer = [way.clone(), vec![next.id.clone()]].concat();
                    ways.extend(every_way(graph, longer, to, hops - 1));
                }
            }
        }
        ways
    }

    proptest! {
        #[test]
        fn enough_paths_are_all_paths_and_never_get_better(rows in statements(), max_hops in 1..5usize) {
            let entities = people(&NAMES);
            let graph = Graph::build(&entities, &rows, &Filter::default());
            let options = PathOptions { max_hops, k: 1000, directed: false };
            let found = paths(&graph, "a", "f", &options);
            let nodes: Vec<Vec<String>> = found.iter().map(|path| {
                let ends = path.hops.iter().map(|hop| hop.to.id.clone());
                std::iter::once("a".to_owned()).chain(ends).collect()
            }).collect();
            prop_assert!(found.windows(2).all(|two| two[0].cost <= two[1].cost));
            let count = nodes.len();
            let distinct: BTreeSet<Vec<String>> = nodes.into_iter().collect();
            prop_assert_eq!(distinct.len(), count);
            prop_assert_eq!(distinct, every_way(&graph, vec!["a".to_owned()], "f", max_hops));
            let first = paths(&graph, "a", "f", &PathOptions { k: 2, ..options });
            prop_assert_eq!(&first[..], &found[..found.len().min(2)]);
        }

        #[test]
        fn the_order_of_the_rows_does_not_matter(rows in statements()) {
            let entities = people(&NAMES);
            let mut turned = rows.clone();
            turned.reverse();
            let one = Graph::build(&entities, &rows, &Filter::default());
            let other = Graph::build(&entities, &turned, &Filter::default());
            prop_assert_eq!(edges(&one), edges(&other));
            let options = PathOptions::default();
            prop_assert_eq!(routes(&one, "a", "f", &options), routes(&other, "a", "f", &options));
            prop_assert_eq!(page_rank(&one), page_rank(&other));
        }
    }
}
