//! What a page is made of: its own text among what lies around it, and what it says of itself.

mod blocks;
mod classes;
mod entities;
mod json_ld;
mod prune;
mod stated;

pub(super) use blocks::{blocks, own, texts};
pub(super) use entities::decode;
pub(super) use json_ld::complete;
pub(super) use prune::prune;
pub(super) use stated::{Stated, stated};
