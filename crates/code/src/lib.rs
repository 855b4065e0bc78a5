//! A runner as a program in Python that makes the same steps: with PyTorch, with optax, or with NumPy alone.
//!
//! ```
//! use thalweg_code::{Language, script};
//! use thalweg_scenario::{find_preset, parse};
//!
//! let lesson = parse(find_preset("classic-five").unwrap().text).unwrap();
//! let adam = script(&lesson, 4, Language::PyTorch).unwrap();
//! assert!(adam.text.contains("torch.optim.Adam([p], lr=0.03, "));
//! assert!(adam.notes.is_empty());
//! ```
//!
//! Everything in it comes from the descriptions: the surface from its formula, the method from the library that makes
//! the same steps, or where none does, from the lines of its own step. What only Python needs stands in tables:
//! the calls of the libraries, schedules, searches.

mod code_error;
mod expression_writer;
mod helpers;
mod identifier;
mod language;
mod library;
mod library_form;
mod library_rows;
mod method;
mod method_rows;
mod modifier_loop;
mod modifier_rows;
mod schedule;
mod script;
mod surface;

pub use code_error::CodeError;
pub use language::Language;
pub use script::{Script, script};
