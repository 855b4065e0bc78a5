//! Reads a user's data: a CSV file with two columns of features and one with the target.

use crate::text::diagnostic::Diagnostic;
use crate::text::place::{decoded, place};
use crate::text::unknown::shortened;
use thalweg_core::data::rows::{Row, Table};

/// The fewest rows of numbers: one says nothing of a spread.
pub const MIN_ROWS: usize = 2;
/// The most rows of numbers: every step of every runner looks at all of them.
pub const MAX_ROWS: usize = 10_000;
/// The largest absolute value: sums of squares stay finite.
pub const MAX_VALUE: f64 = 1e100;
/// More diagnostics than this are only counted: one slip of a spreadsheet damages every row.
const MOST: usize = 20;

/// What the columns are called where the file has no header.
const COLUMNS: [&str; 3] = ["x1", "x2", "target"];
const THREE: &str = "three are needed, two features and the target";

/// The data that the content of a CSV file holds, as the table called `name`.
///
/// There are three columns, two features and the target, separated by commas, semicolons or tabs
/// (what the first line has). The first line is a header if none of its cells is a number. Rows
/// without content, blanks around cells, quotes and a byte order mark do no harm.
///
/// # Errors
/// All that is wrong with it, each with its line and column, past 20 diagnostics only their number:
/// cells that are missing, too many or not numbers, numbers that are not finite or beyond 1e100, fewer than
/// 2 rows or more than 10,000, more than 1 MiB, no UTF-8.
pub fn read_table(name: &str, bytes: &[u8]) -> Result<Table, Vec<Diagnostic>> {
    let text = decoded(bytes, "a file of data").map_err(|diagnostic| vec![diagnostic])?;
    let mut reading = CsvReading { text, found: Vec::new(), more: 0 };
    match reading.table(name) {
        Some(table) if reading.found.is_empty() => Ok(table),
        _ => Err(reading.into_diagnostics()),
    }
}

/// The table as the content of a CSV file that [`read_table`] reads back, to the last bit.
pub fn write_table(table: &Table) -> String {
    let mut text = String::new();
    let quoted = table.columns.each_ref().map(|name| format!("\"{}\"", name.replace('"', "\"\"")));
    text.push_str(&quoted.join(","));
    text.push('\n');
    for row in &table.rows {
        text.push_str(&row.map(|number| format!("{number:?}")).join(","));
        text.push('\n');
    }
    text
}

/// A file while it is read.
struct CsvReading<'a> {
    text: &'a str,
    /// The first diagnostics: the byte where each is, and what it is.
    found: Vec<(usize, String)>,
    /// How many came after them.
    more: usize,
}

/// One cell: the byte where it begins, and what it holds, without blanks and quotes around it.
struct CsvCell {
    at: usize,
    content: String,
    /// Whether a line ends within it.
    is_broken: bool,
}

impl CsvReading<'_> {
    fn add(&mut self, at: usize, message: impl Into<String>) {
        if self.found.len() < MOST {
            self.found.push((at, message.into()));
        } else {
            self.more += 1;
        }
    }

    fn into_diagnostics(mut self) -> Vec<Diagnostic> {
        if self.more > 0
            && let Some((_, last)) = self.found.last_mut()
        {
            *last = format!("{last}\n(and {} more problems)", self.more);
        }
        let diagnostic = |(at, message)| {
            let (line, column) = place(self.text, at);
            Diagnostic { line, column, message }
        };
        self.found.into_iter().map(diagnostic).collect()
    }

    /// The table, or what there is of it after a diagnostic was added.
    fn table(&mut self, name: &str) -> Option<Table> {
        let text = self.text;
        let separator = separator(text);
        let mut columns = COLUMNS.map(str::to_owned);
        let mut rows = Vec::new();
        // Rows with a diagnostic count too.
        let mut count = 0_usize;
        let mut is_first = true;
        let mut next = 0;
        while let Some((start, cells)) = record(text, &mut next, separator) {
            // Spreadsheets write rows without content as separators only.
            if cells.iter().all(|cell| cell.content.is_empty()) {
                continue;
            }
            if let Some(cell) = cells.iter().find(|cell| cell.is_broken) {
                self.add(cell.at, "a cell is opened here with \" and not closed on its line");
                return None;
            }
            let Ok([x1, x2, target]) = <&[CsvCell; 3]>::try_from(&cells[..]) else {
                self.add(cells.get(3).map_or(start, |fourth| fourth.at), wrong_width(cells.len()));
                // If not even the first line has three, the others will not have them either.
                if is_first {
                    return None;
                }
                count += 1;
                continue;
            };
            let cells = [x1, x2, target];
            if is_first && is_header(cells) {
                columns = self.header(cells);
            } else {
                count += 1;
                if count > MAX_ROWS {
                    self.add(start, format!("more than {MAX_ROWS} rows of numbers; leave some out"));
                    return None;
                }
                rows.extend(self.row(cells, separator));
            }
            is_first = false;
        }
        if count < MIN_ROWS {
            let found = match count {
                0 => "no row".to_owned(),
                1 => "1 row".to_owned(),
                _ => format!("{count} rows"),
            };
            // At the end, and in order: what is wrong with a header may stand behind its last letter.
            let end = self.found.last().map_or(0, |(at, _)| *at).max(text.trim_end().len());
            self.add(end, format!("found {found} of numbers; at least {MIN_ROWS} are needed"));
        }
        Some(Table { name: name.to_owned(), columns, rows })
    }

    fn header(&mut self, cells: [&CsvCell; 3]) -> [String; 3] {
        cells.map(|cell| {
            if cell.content.is_empty() {
                // A table library has written its row numbers, perhaps: not to be taken for a feature.
                self.add(cell.at, "this column has no name; write one, or leave out the line of names");
            }
            shortened(&cell.content)
        })
    }

    fn row(&mut self, cells: [&CsvCell; 3], separator: u8) -> Option<Row> {
        let numbers = cells.map(|cell| match number(&cell.content, separator) {
            Ok(number) => Some(number),
            Err(message) => {
                self.add(cell.at, message);
                None
            }
        });
        match numbers {
            [Some(x1), Some(x2), Some(target)] => Some([x1, x2, target]),
            _ => None,
        }
    }
}

/// Whether a first line holds names. One with some numbers in it is damaged data, not a header: to
/// take it for one would be to lose a row without a word.
fn is_header(cells: [&CsvCell; 3]) -> bool {
    let is_number =
        |text: &str| text.parse::<f64>().is_ok() || text.replacen(',', ".", 1).parse::<f64>().is_ok();
    !cells.iter().any(|cell| is_number(&cell.content))
}

/// What separates the cells: what cuts the first line with content into three, else what it has.
fn separator(text: &str) -> u8 {
    let line = text
        .split(['\n', '\r'])
        .find(|line| line.contains(|c: char| !c.is_whitespace() && !matches!(c, ',' | ';')))
        .unwrap_or_default();
    // What stands in quotes, every other piece, separates nothing.
    let count =
        |separator: char| line.split('"').step_by(2).flat_map(str::chars).filter(|c| *c == separator).count();
    let [commas, semicolons, tabs] = [',', ';', '\t'].map(count);
    // With commas too, these are decimal commas: nobody's names have two semicolons by chance.
    if semicolons == 2 {
        return b';';
    }
    match (commas, semicolons, tabs) {
        (2, ..) => b',',
        (.., 2) => b'\t',
        (1.., ..) => b',',
        (_, 1.., _) => b';',
        (.., 1..) => b'\t',
        _ => b',',
    }
}

/// The cells of the next line with any, and the byte where that begins; `next` is where it is looked for, and
/// moves behind it.
fn record(text: &str, next: &mut usize, separator: u8) -> Option<(usize, Vec<CsvCell>)> {
    let after = |from: usize| text.get(from..).unwrap_or_default();
    *next += after(*next).len() - after(*next).trim_start_matches(['\n', '\r']).len();
    let start = *next;
    let mut cells = Vec::new();
    while !after(*next).is_empty() {
        let (cell, length) = cell(after(*next), *next, char::from(separator));
        cells.push(cell);
        *next += length;
        if !after(*next).starts_with(char::from(separator)) {
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
    let plain = after(length).find([separator, '\n', '\r']).unwrap_or(after(length).len());
    raw.push_str(after(length).get(..plain).unwrap_or_default());
    length += plain;
    let blanks = if rest.starts_with('"') { 0 } else { raw.len() - raw.trim_start().len() };
    let content = raw.trim();
    // Quotes behind a blank are taken off too.
    let inner = content.strip_prefix('"').and_then(|content| content.strip_suffix('"'));
    let content = inner.map_or(content, str::trim).to_owned();
    (CsvCell { at: at + blanks, content, is_broken: raw.contains(['\n', '\r']) }, length)
}

fn wrong_width(found: usize) -> String {
    match found {
        1 => format!("found 1 column; {THREE}, separated by commas, semicolons or tabs"),
        _ => format!("found {found} columns; {THREE}"),
    }
}

/// The number in a cell, or what is wrong with it.
fn number(content: &str, separator: u8) -> Result<f64, String> {
    if content.is_empty() {
        return Err("this cell is empty; a number is needed".to_owned());
    }
    let found = shortened(content);
    let Ok(number) = content.parse::<f64>() else {
        let is_number = |text: String| text.parse::<f64>().is_ok();
        let advice = if is_number(content.replacen(',', ".", 1)) {
            "write a point as in 1.5, not a comma"
        } else if is_number(content.replacen('\u{2212}', "-", 1)) {
            "write the minus sign as `-`"
        } else if separator == b',' && content.contains([';', '\t']) {
            "separate the cells as in the first line, by commas"
        } else {
            "a number is needed, as in -1.5 or 2e-3"
        };
        return Err(format!("found `{found}`; {advice}"));
    };
    // `inf` says so itself; 1e999 is a number that is too large.
    if !number.is_finite() && !content.contains(|c: char| c.is_ascii_digit()) {
        Err(format!("found `{found}`; the numbers have to be finite, leave such rows out"))
    } else if number.abs() > MAX_VALUE {
        Err(format!("found `{found}`; the numbers may be at most {MAX_VALUE:e} in absolute value"))
    } else {
        Ok(number)
    }
}

#[cfg(test)]
mod tests;
