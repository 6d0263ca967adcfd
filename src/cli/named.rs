//! Entity arguments: an id, a name or an alias; who was chosen is told, and what was meant where none fits.

use std::collections::BTreeSet;

use clap::Args;

use super::failure::Failure;
use super::terminal;
use crate::model::EntityRow;
use crate::store::Store;

/// How an entity may be named.
#[derive(Clone, Copy, Debug, Default, Args)]
pub struct Naming {
    /// Take entities by their id or their full name only, never by the best guess
    #[arg(long)]
    pub exact: bool,
}

/// The one entity that `argument` names. Where the name may mean others, or is not its own, standard error says who it is.
pub fn entity(store: &Store, argument: &str, naming: Naming) -> Result<EntityRow, Failure> {
    let mut found = store.resolve(argument)?;
    let is_own = |entity: &EntityRow| {
        entity.id == argument || entity.name.to_lowercase() == argument.to_lowercase()
    };
    if naming.exact {
        found.retain(is_own);
    }
    let Some(chosen) = found.first() else {
        return Err(unknown(store, argument)?);
    };
    // One that is mentioned far more than the rest is meant.
    let is_clear = found
        .get(1)
        .is_none_or(|next| !naming.exact && chosen.mentions >= 5 * next.mentions.max(1));
    if !is_clear {
        let ids: Vec<String> = found.iter().take(TOLD).map(labelled).collect();
        let more = found.len().saturating_sub(TOLD);
        let others = match more {
            0 => String::new(),
            more => format!(" or {more} others"),
        };
        return Err(Failure::new(
            format!("`{argument}` may be {}{others}", ids.join(" or ")),
            "give the id",
        ));
    }
    if found.len() > 1 || !is_own(chosen) {
        tell(argument, &found);
    }
    Ok(found.remove(0))
}

/// The most others that are named.
const TOLD: usize = 3;

fn labelled(entity: &EntityRow) -> String {
    format!("`{}` ({})", entity.id, entity.kind.name())
}

fn tell(argument: &str, found: &[EntityRow]) {
    let counted = |entity: &EntityRow| {
        let times = if entity.mentions == 1 {
            "time"
        } else {
            "times"
        };
        format!("`{}`, mentioned {} {times}", entity.id, entity.mentions)
    };
    let chosen = &found[0];
    let mut told = format!(
        "`{argument}` is taken for {} ({})",
        chosen.name,
        counted(chosen)
    );
    let others: Vec<String> = found.iter().skip(1).take(TOLD).map(counted).collect();
    if !others.is_empty() {
        told.push_str(&format!("; it may also be {}", others.join("; ")));
    }
    let more = found.len().saturating_sub(1 + TOLD);
    if more > 0 {
        told.push_str(&format!("; and {more} more"));
    }
    terminal::tell(format_args!("sayso: {}", terminal::line(&told)));
}

/// The most spellings that are looked at for what was meant.
const NEAR: usize = 40;

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
    // Of those who are called alike, who is mentioned more is meant sooner.
    let mut meant: Vec<(f64, EntityRow)> = Vec::new();
    let mut seen = BTreeSet::new();
    for (score, name) in near.into_iter().take(NEAR) {
        if let Some(entity) = store.resolve(&name)?.into_iter().next()
            && seen.insert(entity.id.clone())
        {
            meant.push((score + 0.01 * (1.0 + entity.mentions as f64).log2(), entity));
        }
    }
    meant.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
    let names: Vec<String> = meant
        .iter()
        .take(TOLD)
        .map(|(_, entity)| format!("`{}`", entity.name))
        .collect();
    let help = match names.as_slice() {
        [] => "`sayso entities` lists all".to_owned(),
        names => format!("did you mean {}?", names.join(" or ")),
    };
    Ok(Failure::new(
        format!("no entity is called `{argument}`"),
        help,
    ))
}
