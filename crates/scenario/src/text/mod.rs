//! The text of a document: its shapes, places in it, and what is said of them.

pub mod diagnostic;
pub mod line;
pub mod markdown;
pub mod place;
pub mod syntax;
pub mod unknown;
