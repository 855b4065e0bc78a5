//! Films: pictures of one size after each other, as files. What draws them is not known here.

pub mod apng_film;
pub mod at_once;
mod film_palette;
pub mod film_plan;
pub mod film_recording;
mod frame_patch;
pub mod gif_film;
pub mod y4m_film;
