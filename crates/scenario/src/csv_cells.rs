//! The cells of a CSV file: what separates them, and where each stands.

use crate::csv_number::has_decimal_comma;

/// One cell: the byte where it begins, and what it holds, without blanks and quotes around it.
pub struct CsvCell {
    /// The byte where it begins.
    pub at: usize,
    /// What it holds.
    pub content: String,
    /// Whether a line ends within it.
    pub is_broken: bool,
}

/// Runs of blanks as a separator.
pub const BLANKS: char = ' ';

/// How the cells of a text are separated.
pub struct CsvSeparator {
    /// The character between two cells; [`BLANKS`] for any number of them.
    pub character: char,
    /// The byte where the first line stands: behind one that only names the separator.
    pub start: usize,
}

/// How many lines with content are looked at to find the separator.
const LOOKED_AT: usize = 20;

impl CsvSeparator {
    /// The separator of `text`: what a first line `sep=;` says, else what all of the first lines have equally often,
    /// else what the first line with content has.
    pub fn of(text: &str) -> Self {
        let mut start = 0;
        let mut lines = Vec::new();
        for line in text.split_inclusive(['\n', '\r']) {
            let content = line.trim().trim_matches('"');
            if let Some(named) = named_separator(content).filter(|_| lines.is_empty()) {
                return Self { character: named, start: start + line.len() };
            }
            if content.contains(|c: char| !c.is_whitespace() && !matches!(c, ',' | ';')) {
                lines.push(line.trim_matches([' ', '\n', '\r']));
            }
            if lines.len() == LOOKED_AT {
                break;
            }
            start += line.len();
        }
        Self { character: cutting(&lines), start: 0 }
    }
}

/// The separator that a line `sep=;` names, as spreadsheets write it.
fn named_separator(line: &str) -> Option<char> {
    let named = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and(line.get(4..))?;
    let mut characters = named.chars();
    characters.next().filter(|character| ",;\t ".contains(*character) && characters.next().is_none())
}

/// How often a line has this character. What stands in quotes, every other piece, separates nothing.
fn count(line: &str, separator: char) -> usize {
    line.split('"').step_by(2).flat_map(str::chars).filter(|c| *c == separator).count()
}

/// What cuts these lines into as many cells each, else what the first one has.
fn cutting(lines: &[&str]) -> char {
    let Some((first, rest)) = lines.split_first() else { return ',' };
    let is_number = |word: &str| word.parse::<f64>().is_ok() || has_decimal_comma(word);
    let words = |line: &str| line.split_whitespace().count();
    let has_none = |line: &str| !line.contains([',', ';', '\t']);
    let is_even = |separator: char| {
        let often = count(first, separator);
        often > 0 && rest.iter().all(|line| count(line, separator) == often)
    };
    // With commas too, these are decimal commas.
    if let Some(separator) = [';', '\t'].into_iter().find(|separator| is_even(*separator)) {
        return separator;
    }
    let has_names = has_none(first) && rest.first().is_none_or(|next| words(next) == words(first));
    if words(first) > 1 && (first.split_whitespace().all(is_number) || has_names) {
        return BLANKS;
    }
    if is_even(',') {
        return ',';
    }
    let order = [';', ',', '\t'];
    let cuts = order.into_iter().find(|separator| count(first, *separator) == 2);
    let has = || [',', ';', '\t'].into_iter().find(|separator| count(first, *separator) > 0);
    cuts.or_else(has).unwrap_or(',')
}

/// The cells of the next line with any, and the byte where that begins; `next` is where it is looked for, and
/// moves behind it.
pub fn record(text: &str, next: &mut usize, separator: char) -> Option<(usize, Vec<CsvCell>)> {
    let passed = |from: usize, these: &[char]| {
        let rest = text.get(from..).unwrap_or_default();
        text.len() - rest.trim_start_matches(these).len()
    };
    if separator == BLANKS {
        // A line of blanks alone is one without content.
        *next = passed(*next, &[' ', '\t', '\n', '\r']);
    } else {
        *next = passed(*next, &['\n', '\r']);
    }
    let start = *next;
    let after = |from: usize| text.get(from..).unwrap_or_default();
    let mut cells = Vec::new();
    while !after(*next).is_empty() {
        let (cell, length) = cell(after(*next), *next, separator);
        cells.push(cell);
        *next += length;
        if separator == BLANKS {
            *next = passed(*next, &[' ', '\t']);
            if after(*next).starts_with(['\n', '\r']) {
                break;
            }
            continue;
        }
        if !after(*next).starts_with(separator) {
            break;
        }
        *next += 1;
        // Behind a separator there is one more cell, even if nothing is left.
        if after(*next).is_empty() {
            cells.push(CsvCell { at: *next, content: String::new(), is_broken: false });
        }
    }
    (!cells.is_empty()).then_some((start, cells))
}

/// The first cell of `rest`, which stands at the byte `at`, and how many bytes it takes. Quotes count where a cell
/// begins with one, two of them within are one, and what follows the closing one belongs to the cell.
fn cell(rest: &str, at: usize, separator: char) -> (CsvCell, usize) {
    let after = |from: usize| rest.get(from..).unwrap_or_default();
    let (mut raw, mut length) = (String::new(), 0);
    if rest.starts_with('"') {
        length = 1;
        loop {
            let quote = after(length).find('"');
            raw.push_str(after(length).get(..quote.unwrap_or(after(length).len())).unwrap_or_default());
            let Some(quote) = quote else {
                length = rest.len();
                break;
            };
            length += quote + 1;
            if !after(length).starts_with('"') {
                break;
            }
            raw.push('"');
            length += 1;
        }
    }
    let ends = |c: char| c == separator || matches!(c, '\n' | '\r') || (separator == BLANKS && c == '\t');
    let plain = after(length).find(ends).unwrap_or(after(length).len());
    raw.push_str(after(length).get(..plain).unwrap_or_default());
    length += plain;
    let blanks = if rest.starts_with('"') { 0 } else { raw.len() - raw.trim_start().len() };
    let content = raw.trim();
    // Quotes behind a blank are taken off too.
    let inner = content.strip_prefix('"').and_then(|content| content.strip_suffix('"'));
    let content = inner.map_or(content, str::trim).to_owned();
    (CsvCell { at: at + blanks, content, is_broken: raw.contains(['\n', '\r']) }, length)
}
