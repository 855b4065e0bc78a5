//! Reads a user's data: a CSV file with two columns of features and one with the target.

use crate::csv_cells::{CsvCell, CsvSeparator, record};
use crate::csv_number::{CommaMeaning, looks_like_number, number};
use crate::text::diagnostic::Diagnostic;
use crate::text::place::{decoded, place};
use crate::text::unknown::shortened;
use thalweg_core::data::rows::{Row, Table};

/// The fewest rows of numbers: one says nothing of a spread.
pub const MIN_ROWS: usize = 2;
/// The most rows of numbers: every step of every runner looks at all of them.
pub const MAX_ROWS: usize = 10_000;
/// More diagnostics than this are only counted: one slip of a spreadsheet damages every row.
const MOST: usize = 20;

/// What the columns are called where the file has no header.
const COLUMNS: [&str; 3] = ["x1", "x2", "target"];
const THREE: &str = "three are needed, two features and the target";

/// The data that the content of a CSV file holds, as the table called `name`.
///
/// There are three columns, two features and the target, separated by commas, semicolons, tabs or blanks
/// (what the first line has, or what it names as `sep=;`). The first line is a header if none of its cells is a
/// number. Rows without content, blanks around cells, quotes, a separator behind the last cell and a byte order mark
/// do no harm. Decimal commas and commas between thousands are read where only one of the two can be meant.
///
/// # Errors
/// All that is wrong with it, each with its line and column, past 20 diagnostics only their number:
/// cells that are missing, too many or not numbers, numbers that are not finite or beyond 1e100, fewer than
/// 2 rows or more than 10,000, more than 1 MiB, no UTF-8.
pub fn read_table(name: &str, bytes: &[u8]) -> Result<Table, Vec<Diagnostic>> {
    table_or_problems(name, bytes).map_err(|(mut diagnostics, count)| {
        let more = count - diagnostics.len();
        if more > 0
            && let Some(last) = diagnostics.last_mut()
        {
            let plural = if more == 1 { "" } else { "s" };
            last.message.extend(["\n(and ", &more.to_string(), " more problem", plural, ")"]);
        }
        diagnostics
    })
}

/// The data that the content of a CSV file holds.
///
/// # Errors
/// As of [`read_table`]: the first diagnostics, and how many there are in all.
pub(crate) fn table_or_problems(name: &str, bytes: &[u8]) -> Result<Table, (Vec<Diagnostic>, usize)> {
    let text = decoded(bytes, "a file of data").map_err(|diagnostic| (vec![diagnostic], 1))?;
    let mut reading = CsvReading { text, found: Vec::new(), more: 0 };
    match reading.table(name) {
        Some(table) if reading.found.is_empty() => Ok(table),
        _ => {
            let count = reading.found.len() + reading.more;
            Err((reading.into_diagnostics(), count))
        }
    }
}

/// The table as the content of a CSV file that [`read_table`] reads back, to the last bit.
pub fn write_table(table: &Table) -> String {
    let mut text = String::new();
    let quoted = table.columns.each_ref().map(|name| format!("\"{}\"", name.replace('"', "\"\"")));
    text.push_str(&quoted.join(","));
    text.push('\n');
    for row in &table.rows {
        text.push_str(&row.map(digits).join(","));
        text.push('\n');
    }
    text
}

/// A number in the shortest form that reads back to the same bits.
fn digits(number: f64) -> String {
    let digits = format!("{number:?}");
    digits.strip_suffix(".0").map(str::to_owned).unwrap_or(digits)
}

/// A file while it is read.
struct CsvReading<'a> {
    text: &'a str,
    /// The first diagnostics: the byte where each is, and what it is.
    found: Vec<(usize, String)>,
    /// How many came after them.
    more: usize,
}

impl CsvReading<'_> {
    fn add(&mut self, at: usize, message: impl Into<String>) {
        if self.found.len() < MOST {
            self.found.push((at, message.into()));
        } else {
            self.more += 1;
        }
    }

    fn into_diagnostics(self) -> Vec<Diagnostic> {
        let diagnostic = |(at, message)| {
            let (line, column) = place(self.text, at);
            Diagnostic { line, column, message }
        };
        self.found.into_iter().map(diagnostic).collect()
    }

    /// The table, or what there is of it after a diagnostic was added.
    fn table(&mut self, name: &str) -> Option<Table> {
        let text = self.text;
        let CsvSeparator { character: separator, start } = CsvSeparator::of(text);
        let mut next = start;
        let records: Vec<_> = std::iter::from_fn(|| record(text, &mut next, separator)).collect();
        let contents = records.iter().flat_map(|(_, cells)| cells).map(|cell| cell.content.as_str());
        let comma = CommaMeaning::of(&contents, separator);
        let mut columns = COLUMNS.map(str::to_owned);
        let mut rows = Vec::new();
        // Rows with a diagnostic count too.
        let mut count = 0_usize;
        let mut is_first = true;
        for (start, cells) in &records {
            // Spreadsheets write rows without content as separators only.
            if cells.iter().all(|cell| cell.content.is_empty()) {
                continue;
            }
            if let Some(cell) = cells.iter().find(|cell| cell.is_broken) {
                self.add(cell.at, "a cell is opened here with \" and not closed on its line");
                return None;
            }
            let Ok([x1, x2, target]) = <&[CsvCell; 3]>::try_from(&cells[..]) else {
                self.add(cells.get(3).map_or(*start, |fourth| fourth.at), wrong_width(cells.len()));
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
                    self.add(*start, format!("more than {MAX_ROWS} rows of numbers; leave some out"));
                    return None;
                }
                rows.extend(self.row(cells, separator, comma));
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

    fn row(&mut self, cells: [&CsvCell; 3], separator: char, comma: CommaMeaning) -> Option<Row> {
        let numbers = cells.map(|cell| match number(&cell.content, separator, comma) {
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
    !cells.iter().any(|cell| looks_like_number(&cell.content))
}

fn wrong_width(found: usize) -> String {
    match found {
        1 => format!("found 1 column; {THREE}, separated by commas, semicolons, tabs or blanks"),
        _ => format!("found {found} columns; {THREE}"),
    }
}

#[cfg(test)]
mod tests;
