//! The program from outside: its command line, and its window without a display.

mod cli;
mod files;
mod map;
mod theory;
mod window;
