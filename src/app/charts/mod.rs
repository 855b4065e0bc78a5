//! The charts below the plot; any of them in any of three places.

pub mod chart_lines;
pub mod chart_view;
mod chart_zoom;
pub mod panel;
