//! The plots of the plane: figures on the screen, and the pointer's work on them.

mod camera;
mod contour_plot;
mod eigenbasis_plot;
mod fingers;
mod pointer;
mod relief_plot;
mod surface_plots;

pub use eigenbasis_plot::EigenbasisPlot;
pub use surface_plots::SurfacePlots;
