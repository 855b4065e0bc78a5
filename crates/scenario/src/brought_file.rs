//! A file that somebody brings along without saying what it holds: data, a path, or a loss.

use crate::csv_comments::below_comments;
use crate::csv_sheet::CsvSheet;
use crate::csv_table::read_table;
use crate::grid_table::read_grid;
use crate::npy::{is_npy, is_npz};
use crate::path_table::{read_path, records_steps};
use crate::printed_points::has_brackets;
use crate::table_columns::TableColumns;
use crate::text::diagnostic::Diagnostic;
use thalweg_core::data::loss_grid::LossGrid;
use thalweg_core::data::recorded_path::RecordedPath;
use thalweg_core::data::rows::Table;

/// How many columns the data of a model have: two features and the target.
const COLUMNS: usize = 3;

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum BroughtFile {
    /// Data for a model.
    Data(Table),
    /// Data with more columns than a model has: which are meant has to be asked.
    Columns(TableColumns),
    /// A path that was made elsewhere.
    Path(RecordedPath),
    /// A loss that was sampled elsewhere.
    Grid(LossGrid),
}

/// What a file called `name` holds, told from its content: points in brackets are a path, and so are columns with a step, or
/// with a loss at places that form no grid; places that form a grid with a loss are samples of one; what is left is data,
/// of whose columns it has to be asked where there are more than three.
/// An array of NumPy with two columns is a path, any other one samples of a loss if it can be.
///
/// # Errors
/// What is wrong with it, taken for what it looks like.
pub fn read_brought(name: &str, bytes: &[u8]) -> Result<BroughtFile, Vec<Diagnostic>> {
    let path = || read_path(name, bytes, &[]).map(BroughtFile::Path);
    let grid = || read_grid(name, bytes, &[]).map(BroughtFile::Grid);
    if is_npy(bytes) || is_npz(bytes) {
        return grid().or_else(|_| path());
    }
    let Ok(text) = str::from_utf8(bytes) else { return read_table(name, bytes).map(BroughtFile::Data) };
    if has_brackets(below_comments(text)) {
        return path();
    }
    let sheet = CsvSheet::read(text).ok();
    if sheet.as_ref().is_some_and(|sheet| records_steps(sheet, true)) {
        return path();
    }
    if let Ok(found) = grid() {
        return Ok(found);
    }
    if sheet.is_some_and(|sheet| records_steps(&sheet, false)) {
        return path();
    }
    read_table(name, bytes).map(BroughtFile::Data).or_else(|faults| match read_data(name, bytes) {
        Ok(columns) if columns.columns.len() > COLUMNS => Ok(BroughtFile::Columns(columns)),
        _ => Err(faults),
    })
}

/// The columns of a file that is known to be data, of which some are to be chosen.
///
/// # Errors
/// No column of numbers is there, or no second one that is a target: what is wrong, taken for a table.
pub fn read_data(name: &str, bytes: &[u8]) -> Result<TableColumns, Vec<Diagnostic>> {
    let columns = TableColumns::of(name, bytes)?;
    match read_table(name, bytes) {
        Err(faults) if columns.guess().len() < COLUMNS - 1 => Err(faults),
        _ => Ok(columns),
    }
}

/// Whether a file whose name ends so may hold data, a path, or a loss.
pub fn is_brought_ending(ending: &str) -> bool {
    ["csv", "tsv", "txt", "npy", "npz"].contains(&ending.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write;

    #[test]
    fn files_are_known_by_their_content() {
        let mut lattice = "x,y,loss\n".to_owned();
        for x in 0..4 {
            for y in 0..5 {
                writeln!(lattice, "{x},{y},{}", x * y).expect("written");
            }
        }
        let kind = |text: &str| match read_brought("a", text.as_bytes()).expect(text) {
            BroughtFile::Data(_) => "data",
            BroughtFile::Columns(_) => "columns",
            BroughtFile::Path(_) => "path",
            BroughtFile::Grid(_) => "grid",
        };
        for (text, expected) in [
            ("step,x,y\n0,1,2\n1,3,4", "path"),
            ("epoch,w1,w2,loss\n0,1,2,9\n1,3,4,5", "path"),
            ("x,y,loss\n0,1,2\n1,3,4", "path"),
            ("(1, 2)\n(3, 4)", "path"),
            ("tensor([1., 2.])\ntensor([3., 4.])", "path"),
            (&lattice, "grid"),
            ("x1,x2,target\n1,2,3\n4,5,6", "data"),
            ("x,y\n1,2\n3,4", "data"),
            ("size,price\n1,2\n3,4", "data"),
            ("1,2,3\n4,5,6", "data"),
            ("a,b,c,d\n1,2,3,4\n4,5,6,7", "columns"),
            ("# f(1, 2) = 3\nx1,x2,target\n1,2,3\n4,5,6", "data"),
            ("# step,x,y\n0,1,2\n1,3,4", "path"),
            ("# made by f([1, 2])\n(1, 2)\n(3, 4)", "path"),
            ("town,a,b,c\nUlm,1,2,3\nBonn,4,5,6\nKiel,1,1,1", "columns"),
            ("step,size,price\n1,2,3\n2,4,5", "data"),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
        assert!(read_brought("a", b"a,b,c\n1,2,\xff\n").is_err());
        assert!(read_brought("a", b"a,b,c,d\nx,y,z,v\nz,v,x,q\nq,p,o,n").is_err());
    }
}
