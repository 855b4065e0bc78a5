//! The charts below the plane, each a file and a row of the table.

pub mod catalogue;
pub mod chart;
pub mod chart_figure;
mod companions;
pub mod comparison;
pub mod curve;
pub mod entry;
pub mod line_chart;
pub mod reduced;
pub mod scale;
pub mod shown_charts;
mod smoothed_series;
pub mod told;
