//! What an outlet is called: pages call the same one by its domain, with and without an article, by an older name.

use std::collections::BTreeMap;

/// Other names of outlets, folded, with the names that are stored.
#[derive(Clone, Debug, Default)]
pub struct Outlets(BTreeMap<String, String>);

/// Parts of names under which others register: `example.co.uk` is one name, `example.uk` is another.
const SHARED: [&str; 8] = ["ac", "co", "com", "edu", "gov", "ne", "net", "org"];

impl Outlets {
    /// Outlets by their other names and domains; the name itself is one of them.
    pub fn new(names: impl IntoIterator<Item = (String, String)>) -> Outlets {
        let names = names
            .into_iter()
            .map(|(other, name)| (folded(&other), name));
        Outlets(names.collect())
    }

    /// The outlet that a page calls `stated`, or that its address belongs to.
    pub(super) fn name(&self, stated: Option<&str>, url: Option<&str>) -> Option<String> {
        if let Some(stated) = stated {
            let known = self
                .0
                .get(&folded(stated))
                .or_else(|| self.of_host(&host(stated)?));
            return Some(known.map_or(stated, String::as_str).to_owned());
        }
        let host = host(url?)?;
        self.of_host(&host).cloned().or_else(|| domain(&host))
    }

    /// The outlet of `host` or of a name that it lies under.
    fn of_host(&self, host: &str) -> Option<&String> {
        let hosts = std::iter::successors(Some(host), |host| Some(host.split_once('.')?.1));
        hosts
            .filter(|host| host.contains('.'))
            .find_map(|host| self.0.get(host))
    }
}

/// In small letters, one space between words.
fn folded(name: &str) -> String {
    let name = name.trim().to_lowercase();
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ")
}

/// The name of the machine in an address, or in a name that looks like one.
fn host(address: &str) -> Option<String> {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?;
    let host = host.split(':').next()?.trim_end_matches('.').to_lowercase();
    let is_part =
        |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    (host.contains('.') && host.split('.').all(is_part)).then_some(host)
}

/// The part of `host` that somebody registers: `news.example.co.uk` is `example.co.uk`.
fn domain(host: &str) -> Option<String> {
    let parts: Vec<&str> = host.split('.').collect();
    let last = parts.last()?;
    if last.bytes().any(|byte| byte.is_ascii_digit()) {
        return None; // a number is nobody's name
    }
    let is_shared = last.len() == 2 && parts.len() > 2 && SHARED.contains(&parts[parts.len() - 2]);
    let kept = if is_shared { 3 } else { 2 };
    Some(parts[parts.len().saturating_sub(kept)..].join("."))
}
