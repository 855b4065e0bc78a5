//! What a surface, an optimizer or a schedule can be told: the descriptions of settings, and their values.

pub mod chosen;
pub mod described;
pub mod handle;
pub mod keys;
pub mod param;
pub mod range;
pub mod settings;
pub mod steps;
pub mod value;
