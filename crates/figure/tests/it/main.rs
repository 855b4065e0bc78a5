//! Figures looked at as data: every built-in lesson, and snapshots of a few.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod charts;
mod checks;
mod corners;
mod film;
mod lessons;
mod relief;
mod shown;
mod snapshots;
mod tex;
mod text;
mod written;
