//! How much room text takes in LaTeX's own letters.

use crate::text_measure::{TextKind, TextMeasure};
use nalgebra::Vector2;

/// The widths of the letters of Computer Modern Roman at 8 points (cmr8), from the space to the tilde, in hundredths
/// of the letters' size. Donald Knuth, Computer Modern Typefaces.
const WIDTHS: [u8; 95] = [
    30, 30, 53, 89, 53, 89, 83, 30, 41, 41, 53, 83, 30, 35, 30, 53, // space to /
    53, 53, 53, 53, 53, 53, 53, 53, 53, 53, 30, 30, 83, 83, 83, 50, // 0 to ?
    83, 80, 75, 77, 81, 72, 69, 83, 80, 38, 55, 83, 66, 97, 80, 83, // @ to O
    72, 83, 78, 59, 77, 80, 80, 109, 80, 80, 65, 30, 53, 30, 83, 53, // P to _
    30, 53, 59, 47, 59, 47, 32, 53, 59, 30, 32, 56, 30, 89, 59, 53, // ` to o
    59, 56, 41, 42, 41, 59, 56, 77, 56, 56, 47, 53, 83, 53, 83, // p to ~
];

/// Some points of LaTeX in points of the paper, of which there are 72 to an inch.
const POINT: f64 = 72.0 / 72.27;

/// The sizes of LaTeX in which a figure's texts are set, by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TexSize {
    /// What is read first.
    Small,
    /// Numbers and captions.
    Footnotesize,
    /// What may be overlooked.
    Scriptsize,
}

impl TexSize {
    /// The size for letters of so many points in a figure.
    pub fn of(size: f64) -> Self {
        match size {
            size if size >= 14.0 => Self::Small,
            size if size >= 10.5 => Self::Footnotesize,
            _ => Self::Scriptsize,
        }
    }

    /// Its command.
    pub const fn command(self) -> &'static str {
        match self {
            Self::Small => "\\small",
            Self::Footnotesize => "\\footnotesize",
            Self::Scriptsize => "\\scriptsize",
        }
    }

    /// How large it is where a document's letters have ten points, in those.
    const fn points(self) -> f64 {
        match self {
            Self::Small => 9.0,
            Self::Footnotesize => 8.0,
            Self::Scriptsize => 7.0,
        }
    }
}

/// Measures text as LaTeX sets it in a document whose letters have ten points, for a figure of which a point is
/// `scale` points of the printed paper.
#[derive(Clone, Copy, Debug)]
pub struct TexMeasure {
    /// Printed points in a point of the figure.
    pub scale: f64,
}

impl TextMeasure for TexMeasure {
    fn size(&self, text: &str, size: f64, kind: TextKind) -> Vector2<f64> {
        let points = TexSize::of(size).points() * POINT / self.scale;
        let width = |letter: char| match letter {
            // No room of their own, or little.
            '\u{302}' => 0.0,
            '^' | '_' if kind == TextKind::Formula => 0.0,
            // With the room around them.
            '=' | '+' | '<' | '>' | '≤' | '≥' | '≈' | '→' => 1.4,
            '√' | '∇' | '‖' | '∞' | '⊙' | '−' => 0.9,
            '₀'..='₎' | '²' | '³' | '¹' | '⁰'..='⁾' => 0.45,
            letter => {
                let index = (letter as usize).wrapping_sub(' ' as usize);
                WIDTHS.get(index).map_or(0.65, |width| f64::from(*width) / 100.0)
            }
        };
        Vector2::new(points * text.chars().map(width).sum::<f64>(), 1.35 * points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What TeX itself says of "Footnote" in cmr8, by `\the\wd`.
    #[test]
    fn widths_are_those_of_computer_modern() {
        let measure = TexMeasure { scale: POINT };
        let width = |text| measure.size(text, 11.5, TextKind::Plain).x;
        for (letter, points) in
            [("F", 5.544_53), ("o", 4.250_06), ("W", 8.727_9), ("~", 6.611), (" ", 2.361_15)]
        {
            assert!((width(letter) - points).abs() < 0.05, "{letter}: {}", width(letter));
        }
        assert!(measure.size("α", 11.5, TextKind::Plain).x > 3.0);
        let half = TexMeasure { scale: 0.5 * POINT };
        assert!((half.size("o", 11.5, TextKind::Plain).x - 8.5).abs() < 0.05);
    }
}
