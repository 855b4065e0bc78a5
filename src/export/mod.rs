//! What a race leaves behind outside the program: data and pictures.

pub mod csv;
pub mod number;
pub mod picture;
