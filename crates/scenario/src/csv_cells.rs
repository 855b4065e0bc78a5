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

impl CsvSeparator {
    /// The separator of `text`: what a first line `sep=;` says, else what cuts the first line with content into
    /// three, else what that line has.
    pub fn of(text: &str) -> Self {
        let mut start = 0;
        for line in text.split_inclusive(['\n', '\r']) {
            let content = line.trim().trim_matches('"');
            if let Some(named) = named_separator(content) {
                return Self { character: named, start: start + line.len() };
            }
            if content.contains(|c: char| !c.is_whitespace() && !matches!(c, ',' | ';')) {
                return Self { character: cutting(line.trim_end_matches(['\n', '\r'])), start: 0 };
            }
            start += line.len();
        }
        Self { character: ',', start: 0 }
    }
}

/// The separator that a line `sep=;` names, as spreadsheets write it.
fn named_separator(line: &str) -> Option<char> {
    let named = line.get(..4).filter(|start| start.eq_ignore_ascii_case("sep=")).and(line.get(4..))?;
    let mut characters = named.chars();
    characters.next().filter(|character| ",;\t ".contains(*character) && characters.next().is_none())
}

/// What cuts this line into three cells, else what it has.
fn cutting(line: &str) -> char {
    let words: Vec<_> = line.split_whitespace().collect();
    let is_number = |word: &str| word.parse::<f64>().is_ok() || has_decimal_comma(word);
    if words.len() == 3 && (words.iter().all(|word| is_number(word)) || !line.contains([',', ';', '\t'])) {
        return BLANKS;
    }
    // What stands in quotes, every other piece, separates nothing.
    let count =
        |separator: char| line.split('"').step_by(2).flat_map(str::chars).filter(|c| *c == separator).count();
    // With commas too, these are decimal commas: nobody's names have two semicolons by chance.
    let order = [';', ',', '\t'];
    let cuts = |separator: &char| count(*separator) == 2;
    let cuts_with_one_too_many =
        |separator: &char| count(*separator) == 3 && line.trim_end_matches(' ').ends_with(*separator);
    let has = |separator: &char| count(*separator) > 0;
    let order_of_content = [',', ';', '\t'];
    let found = order.iter().find(|separator| cuts(separator));
    let found = found.or_else(|| order.iter().find(|separator| cuts_with_one_too_many(separator)));
    found.or_else(|| order_of_content.iter().find(|separator| has(separator))).copied().unwrap_or(',')
}

/// The cells of the next line with any, and the byte where that begins; `next` is where it is looked for, and
/// moves behind it. A fourth cell without content is none: some programs end each line with a separator.
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
    if cells.len() == 4 && cells.last().is_some_and(|last| last.content.is_empty()) {
        cells.pop();
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
