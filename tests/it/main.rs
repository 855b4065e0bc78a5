//! The program from outside: its command line, and its window without a display.

#![allow(clippy::expect_used, reason = "a test may stop at once")]

mod cli;
mod compare;
mod dictionary;
mod dropped_file;
mod files;
mod kills;
mod links;
mod map;
mod monkey;
mod one_variable;
mod reference;
mod render;
mod render_film;
mod settings;
mod snapshots;
mod streams;
mod theory;
mod window;
