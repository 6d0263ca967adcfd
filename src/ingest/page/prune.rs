//! What stands around the article goes before its main text is sought: menus, dialogs, teasers, captions, forms.

use std::collections::HashMap;

use dom_query::{Document, NodeRef};

use super::classes::{self, Kind};

/// Elements that are no article, whatever their class.
const AROUND: [&str; 12] = [
    "nav",
    "aside",
    "form",
    "button",
    "dialog",
    "figcaption",
    "footer",
    "menu",
    "select",
    "object",
    "iframe",
    "textarea",
];
/// Elements that stay, whatever their class.
const KEPT: [&str; 7] = ["html", "head", "body", "main", "script", "article", "h1"];
/// Roles of what lies around.
const ROLES: [&str; 9] = [
    "navigation",
    "complementary",
    "dialog",
    "alertdialog",
    "alert",
    "search",
    "menu",
    "contentinfo",
    "toolbar",
];
/// Words of what is short.
const SHORT: usize = 60;

/// Takes what is around the article out of `page`; what it says of author and day comes back.
pub(in crate::ingest) fn prune(page: &Document) -> String {
    let mut head = String::new();
    let Some(body) = page.body() else {
        return head;
    };
    let whole = weight(&body);
    let mut known = HashMap::new();
    let mut open: Vec<NodeRef> = body.element_children();
    open.reverse();
    while let Some(node) = open.pop() {
        let kind = kind(&node, &mut known);
        let goes = match kind {
            None => false,
            // An article is never a third in its menus: what holds so much is the article, or around it.
            Some(kind) => {
                let is_short = || node.text().split_whitespace().count() <= SHORT;
                weight(&node) * 3 < whole && (kind != Kind::Small || is_short())
            }
        };
        if goes {
            if kind == Some(Kind::Head) {
                head.push_str(&node.text());
                head.push('\n');
            }
            node.remove_from_parent();
        } else {
            let at = open.len();
            open.extend(node.element_children());
            open[at..].reverse();
        }
    }
    head
}

/// What `node` is; what a class says is looked up once a page.
fn kind(node: &NodeRef, known: &mut HashMap<String, Option<Kind>>) -> Option<Kind> {
    let name = node.node_name()?;
    let name = name.as_ref();
    if KEPT.contains(&name) {
        return None;
    }
    // Paragraphs behind a wall are hidden one by one.
    if AROUND.contains(&name) || name != "p" && is_hidden(node) {
        return Some(Kind::Around);
    }
    if node
        .attr("role")
        .is_some_and(|role| ROLES.contains(&role.as_ref()))
    {
        return Some(Kind::Around);
    }
    ["class", "id", "data-component"].iter().find_map(|name| {
        let value = node.attr(name)?;
        if let Some(kind) = known.get(value.as_ref()) {
            return *kind;
        }
        let kind = classes::kind(&value);
        known.insert(value.to_string(), kind);
        kind
    })
}

fn is_hidden(node: &NodeRef) -> bool {
    node.has_attr("hidden")
        || node
            .attr("aria-hidden")
            .is_some_and(|value| value.as_ref() == "true")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.split_whitespace().collect();
            style.contains("display:none")
        })
}

/// Letters in the paragraphs inside.
fn weight(node: &NodeRef) -> usize {
    let own = if node.has_name("p") {
        node.text().len()
    } else {
        0
    };
    let inside = node.descendants_it().filter(|node| node.has_name("p"));
    own + inside
        .map(|paragraph| paragraph.text().len())
        .sum::<usize>()
}
