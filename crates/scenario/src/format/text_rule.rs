//! What a field that is a text may hold.

use crate::text::line::line_fault;
use crate::text::markdown::{DEEPEST_MARKDOWN, MAX_MARKDOWN, markdown_fault};

/// What a field that is a text may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextRule {
    /// One line of at most so many characters.
    Line(usize),
    /// Markdown of bounded length and depth.
    Markdown,
}

impl TextRule {
    /// Why `text` is no such text, if it is none.
    pub fn fault(self, text: &str) -> Option<String> {
        match self {
            Self::Line(most) => line_fault(text, most),
            Self::Markdown => markdown_fault(text),
        }
    }

    /// What it takes, for the page about the format.
    pub fn takes(self) -> String {
        match self {
            Self::Line(most) => format!("one line of at most {most} characters"),
            Self::Markdown => format!(
                "a text of at most {MAX_MARKDOWN} characters, lists, quotations and marks at most {DEEPEST_MARKDOWN} \
                 deep in each other"
            ),
        }
    }
}
