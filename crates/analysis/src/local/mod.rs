//! What can be said about a surface around a point: Taylor models, directions, critical points.

pub mod critical_search;
pub mod direction;
pub mod regions;
pub mod taylor;
pub mod trust_region_boundary;
