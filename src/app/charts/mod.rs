//! The charts below the plot; any of them in any of three places.

pub mod chart_view;
pub mod panel;
