//! Texts of one line: labels, titles, the names of pinned paths.

/// Whether a character ends a line or moves within it: no text of one line has one.
fn is_break(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Why `line` is no text of one line with at most `most` characters.
pub fn line_fault(line: &str, most: usize) -> Option<String> {
    let length = line.chars().count();
    if line.contains(is_break) {
        return Some("takes one line of text, without line breaks and tabs".to_owned());
    }
    (length > most).then(|| format!("has {length} characters; at most {most} are allowed"))
}

/// A text of one line with at most `most` characters, made of whatever was typed or pasted: what breaks lines
/// becomes a blank, or nothing at the ends.
///
/// ```
/// assert_eq!(thalweg_scenario::one_line("\tgood:\r\n0.1\n", 60), "good: 0.1");
/// ```
pub fn one_line(text: &str, most: usize) -> String {
    let mut line = String::new();
    let (mut length, mut is_broken) = (0, false);
    for c in text.trim_matches(is_break).chars() {
        let is_again = is_break(c) && is_broken;
        is_broken = is_break(c);
        if !is_again && length < most {
            line.push(if is_broken { ' ' } else { c });
            length += 1;
        }
    }
    line
}
