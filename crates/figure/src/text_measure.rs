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

    /// As much of a text as there is room for, with a sign where something is left out; nothing where there is no
    /// room for a letter.
    fn fitted(&self, text: &str, width: f64, size: f64) -> String {
        let room = |text: &str| self.size(text, size, TextKind::Plain).x;
        if room(text) <= width {
            return text.to_owned();
        }
        let letters: Vec<char> = text.chars().collect();
        let cut = |count: usize| letters[..count].iter().collect::<String>().trim_end().to_owned() + "…";
        let (mut low, mut high) = (0, letters.len());
        // The most letters that fit lie from `low` to `high`.
        while low + 1 < high {
            let middle = usize::midpoint(low, high);
            if room(&cut(middle)) <= width { low = middle } else { high = middle }
        }
        if low == 0 { String::new() } else { cut(low) }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_is_cut_where_the_room_ends() {
        let width = |letters: f64| 0.56 * 10.0 * letters + 0.1;
        let fit = |letters| FixedMeasure.fitted("loss above", width(letters), 10.0);
        assert_eq!(
            [fit(10.0), fit(9.0), fit(6.0), fit(5.0), fit(1.0)],
            ["loss above", "loss abo…", "loss…", "loss…", ""]
        );
    }
}
