//! Figures as files.

pub mod tex;
mod tex_axis;
mod tex_colors;
mod tex_items;
pub mod tex_measure;
mod tex_raster;
mod tex_signs;
mod tex_text;
