//! A file of data before anybody has said which of its columns are the features and which is the target.

use crate::csv_cells::CsvCell;
use crate::csv_sheet::{CsvSheet, is_missing};
use crate::csv_table::{classes, read_columns};
use crate::text::diagnostic::Diagnostic;
use crate::text::place::decoded;
use thalweg_core::data::rows::Table;

/// How many rows a preview has.
pub const PREVIEW_ROWS: usize = 6;
/// What columns of targets are called, in small letters.
const TARGETS: [&str; 9] = ["target", "label", "class", "y", "t", "output", "outcome", "price", "species"];
/// What columns are called that only tell the rows apart, in small letters.
const COUNTERS: [&str; 4] = ["id", "index", "row", "no"];

/// A file of data whose columns are to be chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct TableColumns {
    /// The file, as the user named it.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<ColumnPreview>,
    /// How many rows it has below its line of names.
    pub rows: usize,
    content: Vec<u8>,
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct ColumnPreview {
    /// Its name, or where the file has no line of names, its number from 1.
    pub name: String,
    /// What its first cells say.
    pub cells: Vec<String>,
    /// What can be made of it.
    pub holds: ColumnContent,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnContent {
    /// Numbers, but for cells without any: a feature or a target.
    Numbers,
    /// Two words: classes, a target.
    Classes,
    /// Something else.
    Words,
    /// It has no name, or one that stands before it already: it cannot be asked for.
    Nameless,
}

impl ColumnPreview {
    /// Whether it can be a feature.
    pub fn is_feature(&self) -> bool {
        self.holds == ColumnContent::Numbers
    }

    /// Whether it can be the target.
    pub fn is_target(&self) -> bool {
        matches!(self.holds, ColumnContent::Numbers | ColumnContent::Classes)
    }
}

impl TableColumns {
    /// The columns of the file called `name`.
    ///
    /// # Errors
    /// It is no text, or a quote in it is not closed.
    pub fn of(name: &str, content: &[u8]) -> Result<Self, Vec<Diagnostic>> {
        let text = decoded(content, "a file of data").map_err(|diagnostic| vec![diagnostic])?;
        let sheet = CsvSheet::read(text).map_err(|(at, message)| {
            let (line, column) = crate::text::place::place(text, at);
            vec![Diagnostic { line, column, message }]
        })?;
        let names = sheet.column_names();
        let columns = names.iter().enumerate().map(|(place, name)| {
            let is_asked_for = !name.is_empty() && sheet.column(name) == Some(place);
            let cells = sheet.rows.iter().take(PREVIEW_ROWS);
            ColumnPreview {
                name: name.clone(),
                cells: cells.map(|(_, cells)| cell(cells, place).to_owned()).collect(),
                holds: if is_asked_for { content_of(&sheet, place) } else { ColumnContent::Nameless },
            }
        });
        let (columns, rows) = (columns.collect(), sheet.rows.len());
        Ok(Self { name: name.to_owned(), columns, rows, content: content.to_owned() })
    }

    /// Which columns are most likely meant: one or two features, then the target; fewer where there are not as many. A column
    /// that is called a target is one, else the last; one that only counts the rows is no feature.
    pub fn guess(&self) -> Vec<String> {
        let is_called = |column: &ColumnPreview, names: &[&str]| {
            let name = column.name.to_lowercase();
            names.contains(&name.as_str())
        };
        let possible = || self.columns.iter().enumerate().filter(|(_, column)| column.is_target());
        let named = possible().rfind(|(_, column)| is_called(column, &TARGETS));
        let classes = possible().rfind(|(_, column)| column.holds == ColumnContent::Classes);
        let Some((target, column)) = named.or(classes).or_else(|| possible().next_back()) else {
            return Vec::new();
        };
        let features = self.columns.iter().enumerate().filter(|(place, column)| {
            *place != target && column.is_feature() && !is_called(column, &COUNTERS)
        });
        let mut chosen: Vec<String> = features.take(2).map(|(_, column)| column.name.clone()).collect();
        chosen.push(column.name.clone());
        chosen
    }

    /// The data in the columns of these names: one or two features, then the target.
    ///
    /// # Errors
    /// As of [`read_columns`].
    pub fn table(&self, chosen: &[String]) -> Result<Table, Vec<Diagnostic>> {
        read_columns(&self.name, &self.content, chosen)
    }
}

fn cell(cells: &[CsvCell], place: usize) -> &str {
    cells.get(place).map_or("", |cell| cell.content.as_str())
}

fn content_of(sheet: &CsvSheet, place: usize) -> ColumnContent {
    let mut contents = sheet.rows.iter().filter_map(|(_, cells)| cells.get(place));
    if contents.all(|cell| is_missing(&cell.content) || sheet.number(cell).is_ok()) {
        ColumnContent::Numbers
    } else if classes(sheet, Some(place)).is_some() {
        ColumnContent::Classes
    } else {
        ColumnContent::Words
    }
}

#[cfg(test)]
mod tests {
    use super::ColumnContent::{Classes, Nameless, Numbers, Words};
    use super::*;

    fn guess(text: &str) -> String {
        TableColumns::of("a.csv", text.as_bytes()).expect(text).guess().join(" ")
    }

    #[test]
    fn likely_columns_are_guessed() {
        for (text, expected) in [
            ("id,rooms,area,price\n1,3,80,200\n2,4,95,250", "rooms area price"),
            ("price,rooms,area,garden\n200,3,80,1\n250,4,95,0", "rooms area price"),
            ("sepal,petal,width,kind\n5.1,1.4,0.2,setosa\n6.2,4.5,1.5,other", "sepal petal kind"),
            ("town,a,b,c\nUlm,1,2,3\nBonn,4,5,6\nKiel,1,1,1", "a b c"),
            ("1;2;3;4\n5;6;7;8", "1 2 4"),
            ("a,b\n1,2\n3,4", "a b"),
            ("a\n1\n2", "a"),
            ("word\nx\ny\nz", ""),
            ("a,a,b,b\n1,2,3,4\n5,6,7,8", "a b"),
        ] {
            assert_eq!(guess(text), expected, "{text}");
        }
    }

    #[test]
    fn columns_tell_what_they_hold() {
        let text = "n,word,two,,n\n1,x,yes,1,2\n,y,no,2,3\n3,z,yes,3,4\n";
        let columns = TableColumns::of("a.csv", text.as_bytes()).expect("a table");
        let holds: Vec<_> = columns.columns.iter().map(|column| column.holds).collect();
        assert_eq!(holds, [Numbers, Words, Classes, Nameless, Nameless]);
        assert_eq!(
            (columns.rows, &columns.columns[0].cells[..]),
            (3, &["1".to_owned(), String::new(), "3".to_owned()][..])
        );
        let chosen = ["n", "two"].map(str::to_owned);
        let table = columns.table(&chosen).expect("two rows are whole");
        assert_eq!((table.rows, table.left_out), (vec![[1.0, 1.0, 1.0], [3.0, 1.0, 1.0]], 1));
        assert!(TableColumns::of("a.csv", b"a,b\n\"1,2\n").is_err());
        assert!(TableColumns::of("a.csv", b"\xff\xfe,").is_err());
    }
}
