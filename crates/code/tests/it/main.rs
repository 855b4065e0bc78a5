//! The programs: what they say, and that Python makes the steps of Thalweg with them.

mod owned;
mod python;
mod snapshots;
mod sweep;
mod trajectories;
