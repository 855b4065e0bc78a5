//! The commands that need no window, each a file and a row of the table, and the reading of arguments.

pub mod catalogue;
mod check;
mod code;
mod columns;
mod compare;
mod completions;
mod destination;
pub mod entry;
pub mod failure;
pub mod fault;
mod help_text;
mod inspect;
pub mod interface;
mod interruption;
mod json;
mod link;
mod list;
mod map;
pub mod preset;
mod progress;
pub mod reference;
mod render;
mod render_film;
mod render_format;
mod run;
mod symbols;
mod theory;
