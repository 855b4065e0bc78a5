//! A CSV file as cells under names, whatever they mean.

use crate::csv_cells::{CsvCell, CsvSeparator, record};
use crate::csv_comments::{CsvComments, without_mark};
use crate::csv_number::{CommaMeaning, looks_like_number, number};

/// A CSV file as cells under names.
pub struct CsvSheet {
    /// The cells of the line of names, if there is one.
    pub names: Option<Vec<CsvCell>>,
    /// The byte where each row with content begins, and its cells: as many as there are columns, or those of a
    /// damaged row.
    pub rows: Vec<(usize, Vec<CsvCell>)>,
    /// How many columns the first line has.
    pub width: usize,
    separator: char,
    comma: CommaMeaning,
}

/// What is written where a number is missing, in whatever letters: by people, by R, pandas, spreadsheets, SAS and the
/// collections that mark it with `?`.
const MISSING: [&str; 9] = ["", "na", "n/a", "nan", "null", "<na>", "#n/a", "?", "."];

/// Whether a cell says that there is no number.
pub fn is_missing(content: &str) -> bool {
    MISSING.iter().any(|missing| content.eq_ignore_ascii_case(missing))
}

impl CsvSheet {
    /// Takes a text apart. The first line is one of names if none of its cells is a number. Lines without content are
    /// passed over, as is a last column without any: some programs end each line with a separator. Lines above the data that
    /// begin with `#` are remarks, but the last one has the names where no other line has and it has as many cells; among
    /// the data such lines are remarks where they have not as many cells.
    ///
    /// # Errors
    /// A quote is not closed: the byte where it stands, and what is wrong.
    pub fn read(text: &str) -> Result<Self, (usize, String)> {
        let mut comments = CsvComments::above(text, 0);
        let below = text.get(comments.end..).unwrap_or_default();
        let CsvSeparator { character: separator, start } = CsvSeparator::of(below);
        if start > 0 {
            comments = CsvComments::above(text, comments.end + start);
        }
        let mut next = comments.end;
        let mut rows: Vec<_> = std::iter::from_fn(|| record(text, &mut next, separator)).collect();
        // Spreadsheets write rows without content as separators only.
        rows.retain(|(_, cells)| cells.iter().any(|cell| !cell.content.is_empty()));
        if let Some(cell) = rows.iter().flat_map(|(_, cells)| cells).find(|cell| cell.is_broken) {
            return Err((cell.at, "a cell is opened here with \" and not closed on its line".to_owned()));
        }
        let mut width = rows.first().map_or(0, |(_, cells)| cells.len());
        let is_empty = |cells: &[CsvCell], column: usize| {
            cells.get(column).is_none_or(|cell: &CsvCell| cell.content.is_empty())
        };
        while width > 1 && rows.iter().all(|(_, cells)| is_empty(cells, width - 1)) {
            width -= 1;
        }
        // Among the data too: no row of them begins so and is of another width.
        rows.retain(|(_, cells)| cells.len() == width || !cells.iter().take(1).any(is_remark));
        for (_, cells) in &mut rows {
            while cells.len() > width && cells.last().is_some_and(|last| last.content.is_empty()) {
                cells.pop();
            }
        }
        let contents = rows.iter().flat_map(|(_, cells)| cells).map(|cell| cell.content.as_str());
        let comma = CommaMeaning::of(&contents, separator);
        // One with some numbers in it is damaged data, not a line of names: to take it for one would be to lose a
        // row without a word.
        let has_names =
            rows.first().is_some_and(|(_, cells)| !cells.iter().any(|cell| looks_like_number(&cell.content)));
        let remark = || comments.last.and_then(|at| names_of_remark(text, at, separator, width));
        let names = if has_names { Some(rows.remove(0).1) } else { remark() };
        Ok(Self { names, rows, width, separator, comma })
    }

    /// The number in a cell.
    ///
    /// # Errors
    /// It is none: what was found, and what to write.
    pub fn number(&self, cell: &CsvCell) -> Result<f64, String> {
        number(&cell.content, self.separator, self.comma)
    }

    /// Whether the first column has no name and counts the rows, as table libraries write it.
    pub fn counts_rows(&self) -> bool {
        let is_unnamed =
            self.names.as_ref().and_then(|names| names.first()).is_some_and(|name| name.content.is_empty());
        let mut counted = self.rows.iter().map(|(_, cells)| cells.first()?.content.parse::<u32>().ok());
        let Some(first) = self.rows.first().and(counted.next()).flatten() else { return false };
        is_unnamed && counted.zip(first..).all(|(counted, before)| counted == before.checked_add(1))
    }

    /// The place of the column of this name, in whatever letters, or where there are no names, of this number from 1.
    pub fn column(&self, name: &str) -> Option<usize> {
        let Some(names) = &self.names else {
            return name.parse::<usize>().ok()?.checked_sub(1).filter(|column| *column < self.width);
        };
        let named = names.iter().take(self.width);
        let exact = named.clone().position(|cell| cell.content == name);
        let lower = |name: &str| without_mark(name).to_lowercase();
        exact.or_else(|| named.clone().position(|cell| lower(&cell.content) == lower(name)))
    }

    /// What the columns are called: their names, or where there are none, their numbers from 1.
    pub fn column_names(&self) -> Vec<String> {
        (0..self.width)
            .map(|column| match &self.names {
                Some(names) => names.get(column).map_or_else(String::new, |cell| cell.content.clone()),
                None => (column + 1).to_string(),
            })
            .collect()
    }
}

fn is_remark(first: &CsvCell) -> bool {
    first.content.starts_with('#')
}

/// The names that the remark whose text begins at this byte has for `width` columns, if that is what it says.
fn names_of_remark(text: &str, at: usize, separator: char, width: usize) -> Option<Vec<CsvCell>> {
    let mut next = at;
    let line = text.get(at..)?.split(['\n', '\r']).next().unwrap_or_default();
    let (start, mut cells) = record(text.get(..at + line.len())?, &mut next, separator)?;
    let first = cells.first_mut()?;
    if first.content.is_empty() {
        // In `#,x,y` it is a name, too.
        "#".clone_into(&mut first.content);
    }
    let are_names =
        cells.len() == width && !cells.iter().any(|cell| cell.is_broken || looks_like_number(&cell.content));
    (are_names && start >= at).then_some(cells)
}
