//! What a race leaves behind outside the program: data, later pictures and code.

pub mod csv;
pub mod number;
