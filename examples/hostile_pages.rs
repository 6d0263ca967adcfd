//! How long hostile pages take: `cargo run --profile quick --example hostile_pages [NAME…]`.
//!
//! Each shape is read at 1, 2, 4 and 8 MB; the last column says how much longer eight times as much takes (8: linear).
//! Pages of the same shape never end in parsers that trust what they read.

use std::error::Error;
use std::time::Instant;

use sayso::ingest::{self, Options};

/// A page of about so many bytes.
type Shape = (&'static str, fn(usize) -> String);

const SHAPES: &[Shape] = &[
    ("nested blocks", |n| nested("<div>", "</div>", n)),
    ("blocks never closed", |n| {
        "<div>".repeat(n / 5) + "Ann Orr said no."
    }),
    ("blocks 400 deep, again and again", |n| {
        nested("<div>", "</div>", 4_400).repeat(n / 4_400)
    }),
    ("nested lists", |n| nested("<ul><li>", "</li></ul>", n)),
    ("nested tables", |n| {
        nested("<table><tr><td>", "</td></tr></table>", n)
    }),
    ("tables never closed", |n| "<table><tr><td>".repeat(n / 15)),
    ("nested inline elements", |n| nested("<span>", "</span>", n)),
    ("elements of form never closed", |n| {
        counted(n, |i| format!("<p><b class=c{i}>x"))
    }),
    ("end tags that fit nothing", |n| {
        "<span><div></span>".repeat(n / 18)
    }),
    ("links inside links", |n| "<a href=x><div>".repeat(n / 15)),
    ("one element's attributes", |n| {
        format!("<p {}>x", counted(n, |i| format!("a{i}=1 ")))
    }),
    ("bare entities", |n| format!("<p>{}", "&amp".repeat(n / 4))),
    ("entities", |n| format!("<p>{}", "&#8216;".repeat(n / 7))),
    ("one long comment", |n| {
        format!("<!--{}<p>x", "-- <!-- ".repeat(n / 8))
    }),
    ("JSON-LD after JSON-LD", |n| {
        "<script type=application/ld+json>{\"@type\": \"Thing\"}</script>".repeat(n / 62)
    }),
    ("scripts never closed", |n| {
        "<script type=application/ld+json>".repeat(n / 33)
    }),
    ("breaks", |n| "x<br>".repeat(n / 5)),
    ("small tables side by side", |n| {
        "<table><tr><td>x</table>".repeat(n / 24)
    }),
    ("one paragraph after the other", |n| {
        "<p>Ann Orr said that the harbour, the bridge and the road would stay open.</p>"
            .repeat(n / 79)
    }),
];

fn main() -> Result<(), Box<dyn Error>> {
    let names: Vec<String> = std::env::args().skip(1).collect();
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("page.html");
    println!(
        "{:34} {:>8} {:>8} {:>8} {:>8}  8 MB : 1 MB",
        "seconds", "1 MB", "2 MB", "4 MB", "8 MB"
    );
    for (name, shape) in SHAPES {
        if !names.is_empty() && !names.iter().any(|wanted| wanted == name) {
            continue;
        }
        let mut seconds = Vec::new();
        for size in [1, 2, 4, 8] {
            std::fs::write(&path, shape(size * 1_000_000))?;
            let inputs = ingest::find(std::slice::from_ref(&path)).0;
            let started = Instant::now();
            for input in &inputs {
                // A page without a word is no article: that is an answer, too.
                let _ = ingest::read(input, &Options::default());
            }
            seconds.push(started.elapsed().as_secs_f64());
        }
        let columns: Vec<String> = seconds.iter().map(|s| format!("{s:8.2}")).collect();
        println!(
            "{name:34} {}  {:.1}",
            columns.join(" "),
            seconds[3] / seconds[0].max(1e-3)
        );
    }
    Ok(())
}

fn nested(open: &str, close: &str, bytes: usize) -> String {
    let depth = bytes / (open.len() + close.len());
    format!(
        "{}Ann Orr said no.{}",
        open.repeat(depth),
        close.repeat(depth)
    )
}

fn counted(bytes: usize, part: impl Fn(usize) -> String) -> String {
    let mut all = String::new();
    for number in 0.. {
        if all.len() >= bytes {
            break;
        }
        all += &part(number);
    }
    all
}
