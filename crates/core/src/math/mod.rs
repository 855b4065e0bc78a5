//! Numbers: what a formula is evaluated with, and what keeps the bits the same on every machine.

pub mod compensated;
pub mod dual;
pub(crate) mod germ;
mod germ_arithmetic;
mod germ_functions;
pub mod golden_section;
pub mod number;
pub mod random;
pub(crate) mod scaled;
pub mod series;
pub mod simd;
pub mod spectrum;
pub mod sym2;
pub mod wide;
mod wide_functions;
mod wide_number;
pub mod within;
