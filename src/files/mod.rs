//! The files of this machine: scenarios, tables of data, and files that appear whole or not at all. A page in a browser
//! has none of them.

#[cfg(not(target_arch = "wasm32"))]
pub mod atomic_file;
#[cfg(not(target_arch = "wasm32"))]
pub mod disk;
pub mod earlier_session;
#[cfg(test)]
mod fixtures;
#[cfg(not(target_arch = "wasm32"))]
pub mod given_preset;
#[cfg(not(target_arch = "wasm32"))]
mod hidden_file;
#[cfg(not(target_arch = "wasm32"))]
pub mod inputs;
#[cfg(not(target_arch = "wasm32"))]
pub mod regular_file;
#[cfg(not(target_arch = "wasm32"))]
pub mod session_file;
#[cfg(not(target_arch = "wasm32"))]
pub mod session_keeper;
#[cfg(not(target_arch = "wasm32"))]
pub mod session_place;
