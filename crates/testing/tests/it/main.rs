//! The rules of the source that the compiler cannot say, read off the source itself: which file may import
//! which, what the pure crates may ask of the system, how long a file may be, and what types are called.
//!
//! Which crate may use which is Cargo's to say; that no f64 is given to a transcendental function of the
//! system, clippy's (`disallowed-methods` in `clippy.toml`).

#![allow(clippy::expect_used, reason = "a test may stop at once")]

mod circles;
mod rules;
mod source;
mod words;
