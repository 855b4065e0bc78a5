//! Figures as files: SVG, PNG, PDF and TeX, with no window.

pub mod canvas;
mod deflated;
mod glyph_path;
mod mesh_pixels;
pub mod paper;
pub mod pdf;
mod pdf_font;
mod pdf_sheet;
pub mod png;
mod primitive;
pub mod svg;
pub mod tex;
mod tex_axis;
mod tex_colors;
mod tex_items;
pub mod tex_measure;
mod tex_raster;
mod tex_signs;
pub mod tex_text;
pub mod typeface;
