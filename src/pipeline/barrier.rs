//! A barrier around the work on one article: a fault of this program in it ends that article and nothing else.
//!
//! In: work that may panic. Out: its result, or what the panic said and where. What the work had in its hands is thrown
//! away. A stack that is full or memory that is gone ends the process all the same: nothing can stand before those.

use std::cell::{Cell, RefCell};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::{Arc, Once};

use super::PassedOver;
use crate::ingest::{self, Article, Input};
use crate::model::Root;

/// What a panic said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// Its message, in one line.
    message: String,
    /// The line of the program, `file:line`.
    place: String,
}

impl Fault {
    /// The article called `name`, which could not be read for this fault.
    pub(super) fn in_article(self, name: String) -> PassedOver {
        let Fault { message, place } = self;
        PassedOver {
            what: format!("{name}: a fault of this program at {place}: {message}"),
            help: "report this line, with the article where you may; the others were read"
                .to_owned(),
            kind: "a fault of this program",
            name,
        }
    }
}

/// Does `work`. A panic in it is not printed but given back.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    listen();
    let outer = GUARDED.replace(true);
    // Sound: whatever `work` changed is its own and is dropped here; the lexicon's caches are filled once or not at all.
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    result.map_err(|_| {
        FAULT.take().unwrap_or(Fault {
            message: "no message".to_owned(),
            place: "an unknown place".to_owned(),
        })
    })
}

/// An article and the root of its name, or why a file could not be taken apart.
pub(super) type Opened = (Option<Arc<Root>>, Result<Article, PassedOver>);

/// The articles of `inputs` in their order.
pub(super) fn articles(
    inputs: Vec<Input>,
    options: &ingest::Options,
) -> impl Iterator<Item = Opened> + Send + use<> {
    let options = options.clone();
    inputs.into_iter().flat_map(move |input| {
        let (name, root) = (input.name.clone(), input.root.clone());
        let opened = guarded(|| ingest::articles(vec![input], &options));
        let (mut articles, mut fault) = match opened {
            Ok(articles) => (Some(articles), None),
            Err(fault) => (None, Some(fault)),
        };
        let articles = std::iter::from_fn(move || {
            if let Some(rest) = &mut articles {
                match guarded(|| rest.next()) {
                    Ok(article) => return article.map(Ok),
                    Err(caught) => fault = Some(caught),
                }
                articles = None;
            }
            fault
                .take()
                .map(|fault| Err(fault.in_article(name.clone())))
        });
        articles.map(move |article| (root.clone(), article))
    })
}

thread_local! {
    /// Whether this thread stands behind a barrier.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
    /// The last panic behind it.
    static FAULT: RefCell<Option<Fault>> = const { RefCell::new(None) };
}

/// Panics behind a barrier are noted from here on; all others go where they went before.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if GUARDED.get() {
                FAULT.set(Some(fault(info)));
            } else {
                before(info);
            }
        }));
    });
}

fn fault(info: &PanicHookInfo) -> Fault {
    let message = info.payload_as_str().unwrap_or("no message");
    let place = info.location().map_or_else(
        || "an unknown place".to_owned(),
        |at| format!("{}:{}", without_home(at.file()), at.line()),
    );
    Fault {
        message: message.split_whitespace().collect::<Vec<_>>().join(" "),
        place,
    }
}

/// `dom_smoothie-0.19.0/src/grab.rs`, wherever the machine that built the program keeps it.
fn without_home(file: &str) -> &str {
    let file = file.rsplit_once("/registry/src/").map_or(file, |(_, f)| f);
    match file.split_once("/") {
        Some((index, rest)) if index.starts_with("index.") => rest,
        _ => file,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_comes_back_with_its_place_and_the_next_work_is_done() {
        let caught = guarded(|| -> u32 { panic!("no such\nplace") }).expect_err("it panics");
        assert_eq!(caught.message, "no such place");
        let (file, line) = caught.place.rsplit_once(':').expect("a file and a line");
        assert_eq!(file, "src/pipeline/barrier.rs");
        assert!(line.parse::<u32>().is_ok_and(|line| line > 100));
        assert_eq!(guarded(|| 7), Ok(7));
        let passed_over = caught.in_article("bad.txt".to_owned());
        assert_eq!(passed_over.name, "bad.txt");
        assert_eq!(passed_over.kind, "a fault of this program");
        assert!(
            passed_over
                .what
                .starts_with("bad.txt: a fault of this program at src/")
        );
    }

    #[test]
    fn the_place_in_a_library_names_the_library_and_no_folder_of_the_machine() {
        let file = "/home/ann/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/some_lib-1.2.0/src/lib.rs";
        assert_eq!(without_home(file), "some_lib-1.2.0/src/lib.rs");
        assert_eq!(without_home("src/text/mod.rs"), "src/text/mod.rs");
    }
}
