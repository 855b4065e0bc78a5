//! The surface in three dimensions, with what lies on it.

pub mod draped;
pub mod height_field;
pub mod horizons;
pub mod land;
pub mod local_shapes;
pub mod relief_axes;
pub mod relief_figure;
pub mod relief_mesh;
pub mod relief_view;
pub mod terrain;
