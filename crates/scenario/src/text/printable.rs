//! Text that comes from outside (names of files, labels, titles), made fit to be shown.

use std::fmt::Write;
use std::path::Path;

/// `text` on one line, with an escape as `\u{1b}` for each character that a terminal would obey rather than show:
/// control characters, line and paragraph separators, and marks that turn the direction of writing.
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_obeyed(c) {
            // Writing to a string does not fail.
            let _ = write!(shown, "{}", c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// A file's name, as [`printable`] has it.
pub fn named(path: &Path) -> String {
    printable(&path.to_string_lossy())
}

/// Whether a terminal obeys this character.
pub fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_that_a_terminal_obeys() {
        for (text, shown) in [
            ("my lesson.ron", "my lesson.ron"),
            ("é, 谷, \u{1f642}", "é, 谷, \u{1f642}"),
            ("a\nb\tc", "a\\nb\\tc"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("nor\u{202e}or.exe", "nor\\u{202e}or.exe"),
        ] {
            assert_eq!(printable(text), shown);
        }
        for c in '\0'..='\u{ffff}' {
            assert!(!printable(&c.to_string()).contains(is_obeyed), "{c:?}");
        }
    }
}
