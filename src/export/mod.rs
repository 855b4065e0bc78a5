//! What a race leaves behind outside the program: data and pictures.

pub mod csv;
pub mod export_format;
#[cfg(not(target_arch = "wasm32"))]
pub mod ffmpeg;
pub mod film;
pub mod film_format;
pub mod number;
pub mod picture;
pub mod table_text;
pub mod written_label;
