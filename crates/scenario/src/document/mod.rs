//! The structs of the document, each with the table of its fields.

pub mod bottom_panel;
pub mod chart_kind;
pub mod chart_lines;
pub mod color;
mod label;
pub mod layer;
pub mod limits;
pub mod look_at;
pub mod map_metric;
pub mod map_view;
pub mod notation;
mod notation_text;
pub mod page;
pub mod pinned_run_fields;
pub mod relief;
pub mod runner;
mod same_name;
pub mod scenario;
pub mod scenario_fields;
pub mod scene;
mod scene_list;
pub mod start;
pub mod stop;
pub mod view_state;
pub mod x_axis;
