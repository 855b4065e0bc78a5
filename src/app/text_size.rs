//! The sizes of text besides egui's own, in points: what a text is decides how large it is, once for the whole
//! window.

/// The program's name.
pub const TITLE: f32 = 15.0;
/// A number or a name that is looked for, and a section's heading.
pub const VALUE: f32 = 12.5;
/// What a value is called, and running text.
pub const LABEL: f32 = 12.0;
/// What is said beside.
pub const HINT: f32 = 11.5;
/// What is said beside where there is little room.
pub const FINE: f32 = 11.0;
