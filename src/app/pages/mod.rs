//! The right panel: the lesson's text, and below it one of several pages, each a file and a row of the table.

mod adaptive;
pub mod catalogue;
mod critical;
mod dial;
mod entry;
mod lesson;
mod map;
mod map_zoom;
mod model;
pub mod panel;
mod parts;
mod rates;
mod side;
mod spectrum;
mod step;
