//! What other programs call our kinds, sorts and sexes.

use crate::model::EntityKind;

/// The kind that a label of another program means, in any case.
pub fn kind(label: &str) -> Option<EntityKind> {
    Some(match label.trim().to_ascii_lowercase().as_str() {
        "person" | "per" | "people" | "persons" | "actor" => EntityKind::Person,
        "organization" | "organisation" | "organizations" | "org" | "company" | "legalentity"
        | "publicbody" | "media" | "party" | "government" | "govern_key" | "facility" => {
            EntityKind::Organization
        }
        "place" | "places" | "loc" | "location" | "gpe" | "city" | "country" | "region"
        | "state_or_province" | "province" | "territory" => EntityKind::Place,
        _ => return None,
    })
}

/// The sort that a label means, where the label is one or nearly one.
pub fn sort(label: &str) -> &'static str {
    let label = label.trim().to_ascii_lowercase();
    let label = match label.as_str() {
        "state_or_province" | "province" | "state" => "region",
        "publicbody" | "public_body" => "agency",
        "organization" | "organisation" | "org" | "legalentity" => "",
        other => other,
    };
    crate::lexicon::SORTS
        .iter()
        .find(|&&sort| sort == label)
        .unwrap_or(&"")
}

/// "m", "f" or nothing.
pub fn sex(label: &str) -> &'static str {
    match label.trim().to_ascii_lowercase().as_str() {
        "m" | "male" => "m",
        "f" | "female" => "f",
        _ => "",
    }
}
