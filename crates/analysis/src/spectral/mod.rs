//! The linear theory: eigenvalues, stability, and rates of convergence.

mod best_search;
pub mod decay;
pub mod eigenbasis;
pub mod hessian_estimate;
pub mod mode;
pub mod momentum_plane;
pub mod preconditioned;
pub mod rate;
pub mod sharpness;
pub mod spectral_report;
pub mod stability;
