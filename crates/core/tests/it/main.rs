//! Optimizers against reference trajectories, and what they ask of a surface.

mod evaluations;
mod optimizers;
mod quasi_newton;
mod trajectories;
