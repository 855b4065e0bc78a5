//! Loss surfaces: their descriptions, their derivatives, and their critical points.

pub mod critical;
pub mod critical_point;
pub mod derivatives;
pub(crate) mod differentiation;
mod heights;
pub mod loss_function;
mod lyapunov_schmidt;
mod mollified;
#[cfg(test)]
pub(crate) mod num_dual_check;
#[allow(clippy::module_inception, reason = "the subject of the folder")]
pub mod objective;
pub mod point_nature;
pub mod prediction;
mod ray_fit;
pub mod smoothness;
pub mod surface;
mod surroundings;
pub mod tensor_spline;
pub mod view;
pub(crate) mod watch;
pub(crate) mod winding;
