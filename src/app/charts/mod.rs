//! The charts below the plot, each a file and a row of the table; any of them in any of three places.

pub mod catalogue;
mod companions;
pub mod comparison;
mod components;
mod curve;
mod decay;
mod entry;
mod gradient_norm;
mod heading;
mod hover;
mod line_chart;
mod loss;
pub mod panel;
mod scale;
mod sharpness;
