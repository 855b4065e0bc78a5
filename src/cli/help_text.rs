//! The longer texts of the help, broken to the width of the terminal.

use thalweg_core::math::within::Within;

/// The width of a page: what is wider is not read better.
pub const WIDEST: usize = 100;
/// What is narrower is not broken any further.
const NARROWEST: usize = 30;

/// How many columns the help may have: those of the terminal, or of a page.
pub fn width() -> usize {
    let terminal = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let told = || std::env::var("COLUMNS").ok()?.parse().ok();
    terminal.or_else(told).unwrap_or(WIDEST).within(NARROWEST, WIDEST)
}

/// `text` with lines of at most `width` columns. Lines that follow each other are one paragraph. A line that begins
/// with blanks is one of a list; its text hangs behind the first two blanks within it, and lines below it that are
/// indented further, without such two blanks, go on with it. What ends with a colon ends there.
pub fn wrapped(text: &str, width: usize) -> String {
    let mut items: Vec<HelpItem> = Vec::new();
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let content = line.trim();
        let gap =
            content.find("  ").map(|gap| gap + content[gap..].len() - content[gap..].trim_start().len());
        let goes_on = items.last().is_some_and(|last| {
            let is_text = !content.is_empty() && last.words.last().is_some_and(|word| !word.ends_with(':'));
            let is_list = indent > last.indent && last.indent > 0 && gap.is_none();
            is_text && (is_list || (indent == 0 && last.indent == 0))
        });
        let words = content.split(' ').filter(|word| !word.is_empty()).map(str::to_owned);
        if let Some(last) = items.last_mut().filter(|_| goes_on) {
            last.words.extend(words);
        } else {
            let (head, body) = gap.map_or(("", content), |gap| content.split_at(gap));
            let words = body.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
            items.push(HelpItem { indent, head: head.to_owned(), words });
        }
    }
    let lines: Vec<_> = items.iter().flat_map(|item| item.lines(width)).collect();
    lines.join("\n")
}

/// A paragraph, or a line of a list.
struct HelpItem {
    indent: usize,
    /// What the text hangs behind, with the blanks up to there.
    head: String,
    words: Vec<String>,
}

impl HelpItem {
    fn lines(&self, width: usize) -> Vec<String> {
        let begin = format!("{}{}", " ".repeat(self.indent), self.head);
        // Where the head leaves too little room, its text goes below.
        let column = begin.chars().count();
        let hang = " ".repeat(if column + NARROWEST > width { self.indent + 2 } else { column });
        let (mut lines, mut line) = (Vec::new(), begin);
        let mut is_empty = true;
        for word in &self.words {
            let needed = line.chars().count() + usize::from(!is_empty) + word.chars().count();
            if needed > width && !(is_empty && line.trim().is_empty()) {
                lines.push(line.trim_end().to_owned());
                (line, is_empty) = (hang.clone(), true);
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        lines.push(line.trim_end().to_owned());
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::catalogue::COMMANDS;

    #[test]
    fn paragraphs_and_lists_are_broken_where_there_is_room() {
        let text = "One two\nthree four.\n\nList:\n  a    the first of them\n       goes on\n  bcd  the second\n  thalweg run\n  thalweg map";
        assert_eq!(
            wrapped(text, 40),
            "One two three four.\n\nList:\n  a    the first of them goes on\n  bcd  the second\n  thalweg run\n  thalweg map"
        );
        assert_eq!(
            wrapped(
                "aaaa bbbb cccc dddd eeee ffff gggg hhhh\n  k  1111 2222 3333 4444 5555 6666 7777 8888",
                36
            ),
            "aaaa bbbb cccc dddd eeee ffff gggg\nhhhh\n  k  1111 2222 3333 4444 5555 6666\n     7777 8888"
        );
    }

    #[test]
    fn the_help_of_every_command_fits_its_width() {
        for width in [40, 60, 80, 100] {
            for command in COMMANDS {
                for is_long in [false, true] {
                    let mut interface = (command.interface)(width);
                    let help = if is_long { interface.render_long_help() } else { interface.render_help() };
                    for line in help.to_string().lines() {
                        // A name or an example is not broken.
                        let is_long = line.chars().count() > width
                            && line.trim().contains(' ')
                            && !line.contains("thalweg");
                        assert!(
                            !is_long || line.trim().contains("\",\"") || line.contains("--"),
                            "{width}: {line}"
                        );
                    }
                }
            }
        }
    }
}
