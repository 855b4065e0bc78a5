//! The plots of the plane: figures on the screen, and the pointer's work on them.

mod camera;
mod contour_plot;
mod eigenbasis_plot;
mod pointer;

pub use contour_plot::ContourPlot;
pub use eigenbasis_plot::EigenbasisPlot;
