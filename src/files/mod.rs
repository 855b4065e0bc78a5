//! The files of this machine: scenarios, tables of data, and files that appear whole or not at all.

pub mod atomic_file;
pub mod disk;
#[cfg(test)]
mod fixtures;
pub mod given_preset;
mod hidden_file;
pub mod inputs;
pub mod regular_file;
pub mod session_file;
pub mod session_keeper;
pub mod session_place;
