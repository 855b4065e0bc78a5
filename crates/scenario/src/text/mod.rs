//! The text of a document: its shapes, places in it, and what is said of them.

pub mod compact;
pub mod diagnostic;
pub(crate) mod library_names;
pub mod line;
pub mod markdown;
pub mod place;
mod place_counter;
pub mod printable;
pub mod syntax;
mod syntax_fault;
pub mod unknown;
