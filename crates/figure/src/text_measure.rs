//! How much room text takes.

use nalgebra::Vector2;

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextKind {
    /// As it stands.
    Plain,
    /// As a formula: `^` raises the letters, the number or the parentheses behind it, `_` lowers a word, and
    /// U+0302 puts a hat on the letter before it.
    Formula,
}

/// Knows how much room text takes.
pub trait TextMeasure {
    /// The width and the height of a line of text in letters of a size, all in points.
    fn size(&self, text: &str, size: f64, kind: TextKind) -> Vector2<f64>;
}

/// A measure that gives each letter as much room, so that a figure has the same places everywhere,
/// whatever fonts there are.
#[derive(Clone, Copy, Debug, Default)]
pub struct FixedMeasure;

impl TextMeasure for FixedMeasure {
    fn size(&self, text: &str, size: f64, kind: TextKind) -> Vector2<f64> {
        let is_seen = |letter: &char| kind == TextKind::Plain || !matches!(letter, '^' | '_' | '\u{302}');
        let letters = text.chars().filter(is_seen).count();
        Vector2::new(0.56 * size * letters as f64, 1.25 * size)
    }
}
