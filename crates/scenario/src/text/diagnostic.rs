//! What can be wrong with a scenario's document, and where.

use super::place_counter::PlaceCounter;
use std::fmt;
use std::ops::Range;

/// One thing that is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// What was found and what is allowed, in one or two lines.
    pub message: String,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// Why no scenario could be had from a file or a name. Its display has one line for each diagnostic,
/// beginning with the name of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// The file could not be read.
    Unreadable {
        /// The file as the user named it.
        file: String,
        /// What went wrong and what to do.
        message: String,
    },
    /// The document is not a scenario.
    Refused {
        /// The file as the user named it, or the name of the built-in preset.
        file: String,
        /// All that is wrong with it, in the order of the document.
        diagnostics: Vec<Diagnostic>,
    },
    /// There is neither a file nor a built-in preset of that name.
    Unknown {
        /// What was asked for, and what there is.
        message: String,
    },
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { file, message } => write!(f, "{file}: {message}"),
            Self::Refused { file, diagnostics } => {
                for (index, diagnostic) in diagnostics.iter().enumerate() {
                    let separator = if index == 0 { "" } else { "\n" };
                    write!(f, "{separator}{file}:{diagnostic}")?;
                }
                Ok(())
            }
            Self::Unknown { message } => f.write_str(message),
        }
    }
}

impl std::error::Error for LoadError {}

/// More diagnostics than anybody reads: what comes after them is only counted.
const MOST: usize = 200;

/// Collects the diagnostics of one document while it is read.
pub struct Report<'a> {
    source: &'a str,
    /// The first in the order of the document, and some more until they are sorted out.
    found: Vec<(usize, String)>,
    /// How many were sorted out.
    more: usize,
}

impl<'a> Report<'a> {
    /// Nothing wrong with `source` so far.
    pub fn new(source: &'a str) -> Self {
        Self { source, found: Vec::new(), more: 0 }
    }

    /// Something is wrong with the part of the source at `span`: it is reported where that begins.
    pub fn add(&mut self, span: &Range<usize>, message: impl Into<String>) {
        self.found.push((span.start.min(self.source.len()), message.into()));
        // A document of a megabyte may have as many mistakes as fields.
        if self.found.len() >= 4 * MOST {
            self.sort_out();
        }
    }

    /// Keeps those that are told, and counts the others.
    fn sort_out(&mut self) {
        self.found.sort_by_key(|(offset, _)| *offset);
        self.more += self.found.len().saturating_sub(MOST);
        self.found.truncate(MOST);
    }

    /// `value` if nothing was wrong.
    ///
    /// # Errors
    /// All diagnostics, in the order of the document.
    pub fn conclude<T>(self, value: Option<T>) -> Result<T, Vec<Diagnostic>> {
        match value {
            Some(value) if self.found.is_empty() => Ok(value),
            _ => Err(self.into_diagnostics()),
        }
    }

    /// All diagnostics, in the order of the document.
    pub fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        self.sort_out();
        let more = self.more;
        if more > 0
            && let Some((_, last)) = self.found.last_mut()
        {
            *last = format!("{last}\n(and {more} more problem{})", if more == 1 { "" } else { "s" });
        }
        // One pass over the text for all diagnostics, however many there are.
        let mut places = PlaceCounter::new(self.source);
        let told = |(offset, message)| {
            let (line, column) = places.at(offset);
            Diagnostic { line, column, message }
        };
        self.found.into_iter().map(told).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_mistakes_is_counted_and_not_kept() {
        let source = "x".repeat(100_000);
        let mut report = Report::new(&source);
        // From the end to the beginning: the first in the document are told, whenever they were found.
        for at in (0..100_000).rev() {
            report.add(&(at..at + 1), format!("wrong at {at}"));
            assert!(report.found.len() < 4 * MOST, "{at}");
        }
        let told = report.into_diagnostics();
        assert_eq!(told.len(), MOST);
        for (at, diagnostic) in told.iter().enumerate() {
            assert_eq!((diagnostic.line, diagnostic.column), (1, at + 1));
            assert!(diagnostic.message.starts_with(&format!("wrong at {at}")), "{diagnostic}");
        }
        assert!(told[MOST - 1].message.ends_with("(and 99800 more problems)"), "{}", told[MOST - 1]);
    }
}
