//! Work on all cores, its results in the order of the items.
//!
//! Whoever is free takes the next item; where its result will appear stands in a queue already, and the results are taken
//! from there. Nobody waits for a batch to end, and no more than [`WAITING`] results wait to be taken.

use std::collections::VecDeque;
use std::num::NonZero;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

/// How many results may wait to be taken.
const WAITING: usize = 64;

/// Items that wait for somebody to take them.
struct Items<I: Iterator, T> {
    all: I,
    /// The next ones.
    ahead: VecDeque<I::Item>,
    /// How many of the next ones to know.
    most: usize,
    results: SyncSender<(Receiver<T>, usize)>,
}

impl<I: Iterator, T> Items<I, T> {
    /// The next item, and where its result goes.
    fn next(&mut self) -> Option<(I::Item, SyncSender<T>)> {
        while self.ahead.len() <= self.most
            && let Some(item) = self.all.next()
        {
            self.ahead.push_back(item);
        }
        let item = self.ahead.pop_front()?;
        let (sender, receiver) = sync_channel(1);
        self.results.send((receiver, self.ahead.len())).ok()?;
        Some((item, sender))
    }
}

/// Does `work` for every item on `jobs` threads (0: one for each core) and tells `each` the results in order, each with how
/// many items follow: as far as `most` are looked ahead. `each` says whether to go on. A single item is done right here.
/// A panic in `work` or in `items` ends all: what may fail alone stands behind a barrier of its own.
pub fn in_order<A: Send, T: Send>(
    items: impl Iterator<Item = A> + Send,
    jobs: usize,
    most: usize,
    work: impl Fn(A) -> T + Sync,
    mut each: impl FnMut(T, usize) -> bool,
) {
    let mut all = items.fuse();
    let ahead: VecDeque<A> = all.by_ref().take(2).collect();
    if ahead.len() < 2 {
        for item in ahead {
            each(work(item), 0);
        }
        return;
    }
    let jobs = match jobs {
        0 => std::thread::available_parallelism().map_or(1, NonZero::get),
        jobs => jobs,
    };
    let (sender, results) = sync_channel(WAITING);
    let items = Arc::new(Mutex::new(Items {
        all,
        ahead,
        most,
        results: sender,
    }));
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            let (items, work) = (Arc::clone(&items), &work);
            let next = move || items.lock().ok()?.next();
            scope.spawn(move || {
                while let Some((item, result)) = next() {
                    // Where nobody listens any more, the queue is closed, too.
                    let _ = result.send(work(item));
                }
            });
        }
        drop(items); // the queue closes behind the last worker
        for (result, follow) in results {
            // A worker that panics sends none; the scope passes the panic on, and no result is taken for all.
            let Ok(result) = result.recv() else { break };
            if !each(result, follow) {
                break;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_whoever_is_first() {
        for jobs in [0, 1, 3] {
            let slow = |item: u64| {
                std::thread::sleep(std::time::Duration::from_micros(item * 7 % 50));
                item
            };
            let mut told = Vec::new();
            in_order(0..300, jobs, 100, slow, |item, follow| {
                told.push((item, follow));
                true
            });
            let follow = |item| 100.min(299 - item as usize);
            let expected: Vec<(u64, usize)> = (0..300).map(|item| (item, follow(item))).collect();
            assert_eq!(told, expected);
        }
    }

    #[test]
    fn whoever_listens_may_stop() {
        let mut told = Vec::new();
        in_order(
            0..,
            2,
            0,
            |item| item,
            |item, _| {
                told.push(item);
                item < 5
            },
        );
        assert_eq!(told, [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn nothing_and_one_thing_start_no_thread() {
        let here = std::thread::current().id();
        let mut told = Vec::new();
        for count in [0, 1] {
            let work = |item| (item, std::thread::current().id());
            in_order(0..count, 4, 9, work, |result, _| {
                told.push(result);
                true
            });
        }
        assert_eq!(told, [(0, here)]);
    }
}
