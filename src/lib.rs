//! Thalweg shows, live, how optimizers travel over two-dimensional loss surfaces. This package is the program:
//! its window and its command line. What they stand on are the crates `thalweg-core`, `-analysis`, `-scenario`,
//! `-figure` and `-session`.

#[cfg(feature = "window")]
#[allow(clippy::disallowed_methods, reason = "what is only drawn need not have the same bits everywhere")]
pub mod app;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
pub mod export;
pub mod files;
pub mod native;
pub mod page_address;
pub mod words;
