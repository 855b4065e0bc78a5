//! The picture of a race as plain data: what is drawn, in points of the paper. It knows no window; the window
//! and every file that is written show the same.

pub mod arrow;
pub mod axes;
pub mod basin_marks;
pub mod bbox_pyramid;
pub mod budget;
pub mod captions;
pub mod cloud;
pub mod color;
pub mod contour_lines;
mod coverage;
pub mod critical_marks;
pub mod curvature_axes;
pub mod dash;
pub mod eigenbasis;
pub mod figure;
pub mod gradient_arrows;
pub mod item;
pub mod marker;
pub mod model_lines;
pub mod numbers;
pub mod picking;
pub mod plane;
pub mod plot;
pub mod polyline;
pub mod raster;
pub mod region_tints;
pub mod run_path;
pub mod run_paths;
pub mod scheme;
pub mod simplify;
pub mod step_vectors;
pub mod stroke;
pub mod surface_picture;
pub mod text_measure;
pub mod ticks;
pub mod viewport;
