//! Lines of remarks above the data of a CSV file, as `numpy.savetxt`, gnuplot and measuring programs write them.

/// What begins a line of remarks.
const MARK: char = '#';

/// The remarks above the data of a file: lines that begin with `#`.
pub struct CsvComments {
    /// The byte where the line behind them begins; where there are none, where they were looked for.
    pub end: usize,
    /// The byte of the last one's text, behind its `#` and blanks, which may be the names of the columns.
    pub last: Option<usize>,
}

impl CsvComments {
    /// The remarks from the byte `start` on; lines without content may stand between them.
    pub fn above(text: &str, start: usize) -> Self {
        let mut comments = Self { end: start, last: None };
        let mut at = start;
        for line in text.get(start..).unwrap_or_default().split_inclusive(['\n', '\r']) {
            let content = line.trim();
            if content.starts_with(MARK) {
                comments.last = Some(at + (line.len() - without_mark(line.trim_start()).len()));
                comments.end = at + line.len();
            } else if !content.is_empty() {
                break;
            }
            at += line.len();
        }
        comments
    }
}

/// What stands below the remarks above a text.
pub fn below_comments(text: &str) -> &str {
    text.get(CsvComments::above(text, 0).end..).unwrap_or_default()
}

/// A line, or a name, without a `#` before it.
pub fn without_mark(line: &str) -> &str {
    line.trim_start_matches(MARK).trim_start_matches([' ', '\t'])
}
