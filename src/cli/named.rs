//! Entity arguments: an id, a name or an alias, and what was meant where none fits.

use super::failure::Failure;
use crate::model::EntityRow;
use crate::store::Store;

/// The one entity that `argument` names.
pub fn entity(store: &Store, argument: &str) -> Result<EntityRow, Failure> {
    let mut found = store.resolve(argument)?;
    match found.len() {
        0 => Err(unknown(store, argument)?),
        1 => Ok(found.remove(0)),
        _ => {
            // One that is mentioned far more than the rest is meant.
            if found[0].mentions >= 5 * found[1].mentions.max(1) {
                return Ok(found.remove(0));
            }
            let ids: Vec<String> = found
                .iter()
                .map(|e| format!("`{}` ({})", e.id, e.kind.name()))
                .collect();
            Err(Failure::new(
                format!("`{argument}` may be {}", ids.join(" or ")),
                "give the id",
            ))
        }
    }
}

fn unknown(store: &Store, argument: &str) -> Result<Failure, Failure> {
    let wanted = argument.to_lowercase();
    let mut near: Vec<(f64, String)> = store
        .all_names()?
        .into_iter()
        .map(|name| {
            let lower = name.to_lowercase();
            let part = lower
                .split_whitespace()
                .map(|word| strsim::jaro_winkler(word, &wanted))
                .fold(0.0, f64::max);
            (strsim::jaro_winkler(&lower, &wanted).max(part * 0.97), name)
        })
        .filter(|(score, _)| *score > 0.84)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let help = match near.as_slice() {
        [] => "`sayso entities` lists all".to_owned(),
        near => format!(
            "did you mean {}?",
            near.iter()
                .take(3)
                .map(|(_, name)| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(" or ")
        ),
    };
    Ok(Failure::new(
        format!("no entity is called `{argument}`"),
        help,
    ))
}
