//! The programs: what they say, and that Python makes the steps of Thalweg with them.

mod python;
mod snapshots;
mod sweep;
mod trajectories;
