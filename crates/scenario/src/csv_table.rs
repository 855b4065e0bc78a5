//! Reads a user's data: a CSV file with one or two columns of features and one with the target.

use crate::csv_cells::CsvCell;
use crate::csv_number::looks_like_number;
use crate::csv_sheet::{CsvSheet, is_missing};
use crate::text::diagnostic::Diagnostic;
use crate::text::place::{decoded, place};
use crate::text::unknown::{shortened, unknown};
use thalweg_core::data::rows::{Row, Table};

/// The fewest rows of numbers: one says nothing of a spread.
pub const MIN_ROWS: usize = 2;
/// The most rows of numbers: every step of every runner looks at all of them.
pub const MAX_ROWS: usize = 10_000;
/// More diagnostics than this are only counted: one slip of a spreadsheet damages every row.
const MOST: usize = 20;

/// What the columns are called where the file has no header.
const COLUMNS: [&str; 3] = ["x1", "x2", "target"];
/// What stands for the second feature where there is one only: 1 in each row, so that its weight is the intercept.
const BIAS: &str = "bias";
const THREE: &str = "three are needed, two features and the target, or two, a feature and the target";

/// The data that the content of a CSV file holds, as the table called `name`.
///
/// There are three columns, two features and the target, or two, a feature and the target (the second feature is then 1
/// in all rows), separated by commas, semicolons, tabs or blanks (what the first lines have, or what the first one names as
/// `sep=;`). The first line is a header if none of its
/// cells is a number; lines that begin with `#` are remarks, but the last one above the data is the header where it has as many cells; a first column without a name that counts the rows is passed over. Rows without content, blanks around cells, quotes,
/// a separator behind the last cell and a byte order mark do no harm. Decimal commas and commas between thousands are read
/// where only one of the two can be meant. A row in which a number is missing (an empty cell, `NA`, `NaN`, `null`, `?`) is left
/// out, and counted in the table. A target of two words is a class: 0 for the first of the two in the alphabet.
///
/// # Errors
/// All that is wrong with it, each with its line and column, past 20 diagnostics only their number:
/// cells that are too few, too many or not numbers, numbers that are not finite or beyond 1e100, fewer than
/// 2 rows or more than 10,000, more than 1 MiB, no UTF-8, columns that are not there.
pub fn read_table(name: &str, bytes: &[u8]) -> Result<Table, Vec<Diagnostic>> {
    read_columns(name, bytes, &[])
}

/// [`read_table`] of a file with other columns too: those that are `chosen` by their names, in whatever letters, or by
/// their numbers where there is no header; one or two features, then the target. None chosen is all.
///
/// # Errors
/// As of [`read_table`].
pub fn read_columns(name: &str, bytes: &[u8], chosen: &[String]) -> Result<Table, Vec<Diagnostic>> {
    table_or_problems(name, bytes, chosen).map_err(|(mut diagnostics, count)| {
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
pub(crate) fn table_or_problems(
    name: &str,
    bytes: &[u8],
    chosen: &[String],
) -> Result<Table, (Vec<Diagnostic>, usize)> {
    let text = decoded(bytes, "a file of data").map_err(|diagnostic| (vec![diagnostic], 1))?;
    let mut reading = CsvReading { text, found: Vec::new(), more: 0 };
    match reading.table(name, chosen) {
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
    fn table(&mut self, name: &str, chosen: &[String]) -> Option<Table> {
        let sheet = CsvSheet::read(self.text).map_err(|(at, message)| self.add(at, message)).ok()?;
        let places = self.columns(&sheet, chosen)?;
        let classes = classes(&sheet, places[2]);
        if let Some((at, words)) = too_many_classes(&sheet, places[2]) {
            self.add(
                at,
                format!("found the targets {words}: two words are classes, more of them are none; leave two"),
            );
            return None;
        }
        let mut columns = self.header(&sheet, places);
        if let (Some([_, one]), Some(name)) = (&classes, columns.last_mut()) {
            *name = name_of(&format!("{name} = {one}"));
        }
        let mut table = Table { name: name.to_owned(), columns, chosen: chosen.to_vec(), ..Table::default() };
        // Rows with a diagnostic count too.
        let mut count = 0_usize;
        for (start, cells) in &sheet.rows {
            if cells.len() != sheet.width {
                let at = cells.get(sheet.width).map_or(*start, |surplus| surplus.at);
                self.add(at, wrong_width(cells.len(), sheet.width));
                count += 1;
                continue;
            }
            let is_gap = |column: &Option<usize>| {
                column.and_then(|at| cells.get(at)).is_some_and(|c| is_missing(&c.content))
            };
            if places.iter().any(is_gap) {
                table.left_out += 1;
                continue;
            }
            count += 1;
            if count > MAX_ROWS {
                self.add(*start, format!("more than {MAX_ROWS} rows of numbers; leave some out"));
                return None;
            }
            table.rows.extend(self.row(&sheet, cells, places, classes.as_ref()));
        }
        if count < MIN_ROWS {
            let found = match count {
                0 => "no row".to_owned(),
                1 => "1 row".to_owned(),
                _ => format!("{count} rows"),
            };
            let left_out = match table.left_out {
                0 => String::new(),
                1 => " (a row with an empty cell is left out)".to_owned(),
                some => format!(" ({some} rows with empty cells are left out)"),
            };
            // At the end, and in order: what is wrong with a header may stand behind its last letter.
            let end = self.found.last().map_or(0, |(at, _)| *at).max(self.text.trim_end().len());
            self.add(end, format!("found {found} of numbers; at least {MIN_ROWS} are needed{left_out}"));
        }
        Some(table)
    }

    /// Where the two features and the target stand; none for a second feature that there is not.
    fn columns(&mut self, sheet: &CsvSheet, chosen: &[String]) -> Option<[Option<usize>; 3]> {
        let start = sheet.names.as_ref().and_then(|names| names.first()).map(|cell| cell.at);
        let start = start.or_else(|| sheet.rows.first().map(|(start, _)| *start)).unwrap_or(0);
        let names = sheet.column_names();
        if !chosen.is_empty() {
            let mut places = Vec::new();
            for name in chosen {
                let place = sheet.column(name);
                if place.is_none() {
                    let names: Vec<_> = names.iter().map(String::as_str).collect();
                    self.add(start, unknown("column", name, &names));
                }
                places.push(place);
            }
            return match places[..] {
                _ if !self.found.is_empty() => None,
                [feature, target] => Some([feature, None, target]),
                [first, second, target] => Some([first, second, target]),
                _ => {
                    self.add(start, wrong_choice(places.len()));
                    None
                }
            };
        }
        let first = usize::from(sheet.width > 2 && sheet.counts_rows());
        match sheet.width - first.min(sheet.width) {
            // No line at all: what is missing are rows.
            _ if sheet.width == 0 => Some([Some(0), None, Some(0)]),
            2 => Some([Some(first), None, Some(first + 1)]),
            3 => Some([Some(first), Some(first + 1), Some(first + 2)]),
            found => {
                let cells = sheet.names.as_ref().or(sheet.rows.first().map(|(_, cells)| cells));
                let at = cells.and_then(|cells| cells.get(3)).map_or(start, |fourth| fourth.at);
                self.add(at, wrong_columns(found, &names));
                None
            }
        }
    }

    fn header(&mut self, sheet: &CsvSheet, places: [Option<usize>; 3]) -> [String; 3] {
        let mut index = 0;
        places.map(|place| {
            index += 1;
            let Some(place) = place else { return BIAS.to_owned() };
            let Some(names) = &sheet.names else { return COLUMNS[index - 1].to_owned() };
            let Some(cell) = names.get(place) else { return String::new() };
            let name = name_of(&cell.content);
            if name.is_empty() {
                // A table library has written its row numbers, perhaps: not to be taken for a feature.
                self.add(cell.at, "this column has no name; write one, or leave out the line of names");
            }
            name
        })
    }

    fn row(
        &mut self,
        sheet: &CsvSheet,
        cells: &[CsvCell],
        places: [Option<usize>; 3],
        classes: Option<&[String; 2]>,
    ) -> Option<Row> {
        let mut index = 0;
        let numbers = places.map(|place| {
            index += 1;
            let Some(cell) = place.and_then(|place| cells.get(place)) else { return Some(1.0) };
            if let Some([zero, _]) = classes.filter(|_| index == 3) {
                return Some(f64::from(u8::from(cell.content != *zero)));
            }
            sheet.number(cell).map_err(|message| self.add(cell.at, message)).ok()
        });
        match numbers {
            [Some(x1), Some(x2), Some(target)] => Some([x1, x2, target]),
            _ => None,
        }
    }
}

/// What a column is called: on one line, and so that it reads back from what is written.
fn name_of(text: &str) -> String {
    shortened(text).trim().to_owned()
}

/// The two words for classes that a column holds, in the order of the alphabet, if it does.
pub(crate) fn classes(sheet: &CsvSheet, column: Option<usize>) -> Option<[String; 2]> {
    let mut words = words(sheet, column?)?;
    words.sort_unstable();
    <[&str; 2]>::try_from(words).ok().map(|words| words.map(str::to_owned))
}

/// The words of a target that are more than two, and the byte where the third of them stands.
fn too_many_classes(sheet: &CsvSheet, column: Option<usize>) -> Option<(usize, String)> {
    let column = column?;
    let words = words(sheet, column)?;
    let third = words.get(2)?;
    let mut cells = sheet.rows.iter().filter_map(|(_, cells)| cells.get(column));
    let at = cells.find(|cell| cell.content == **third)?.at;
    let mut listed: Vec<_> = words.iter().take(4).map(|word| format!("`{}`", shortened(word))).collect();
    if words.len() > listed.len() {
        listed.push("...".to_owned());
    }
    Some((at, listed.join(", ")))
}

/// The different words that a column has in place of numbers; none where it has a number.
fn words(sheet: &CsvSheet, column: usize) -> Option<Vec<&str>> {
    let mut words: Vec<&str> = Vec::new();
    for (_, cells) in sheet.rows.iter().filter(|(_, cells)| cells.len() == sheet.width) {
        let content = cells.get(column)?.content.as_str();
        if looks_like_number(content) {
            return None;
        }
        // A few more than two are enough to say so.
        if !is_missing(content) && !words.contains(&content) && words.len() < 5 {
            words.push(content);
        }
    }
    Some(words)
}

fn wrong_width(found: usize, width: usize) -> String {
    let columns = if found == 1 { "1 column".to_owned() } else { format!("{found} columns") };
    format!("found {columns} in this row; the first line has {width}")
}

fn wrong_choice(found: usize) -> String {
    let columns = if found == 1 { "1 column is".to_owned() } else { format!("{found} columns are") };
    format!("{columns} chosen; {THREE}")
}

/// What to do where a file has neither two nor three columns.
fn wrong_columns(found: usize, names: &[String]) -> String {
    if found == 1 {
        return format!("found 1 column; {THREE}, separated by commas, semicolons, tabs or blanks");
    }
    let listed: Vec<_> = names.iter().take(12).map(|name| format!("{:?}", shortened(name))).collect();
    let more = if names.len() > listed.len() { ", ..." } else { "" };
    format!(
        "found {found} columns; {THREE}: choose them by name, as in `Table(file: \"...\", columns: [\"x1\", \"x2\", \"target\"])`, \
         from {}{more}",
        listed.join(", ")
    )
}

#[cfg(test)]
mod tests;
