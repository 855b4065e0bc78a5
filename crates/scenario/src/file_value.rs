//! What of a document came from a file: data, paths and grids, with what they have in common.

use crate::csv_table::write_table;
use crate::grid_table::write_grid;
use crate::path_table::write_path;
use std::sync::Arc;
use thalweg_core::data;
use thalweg_core::data::loss_grid::LossGrid;
use thalweg_core::data::recorded_path::RecordedPath;
use thalweg_core::data::rows::Table;
use thalweg_core::spec::value::Value;

/// A value that came from a file, or stands in the document as one would.
#[derive(Clone, Copy, Debug)]
pub struct FileValue<'v> {
    /// The file's name, or that in the document.
    pub name: &'v str,
    /// The columns of the file that were chosen; none for all.
    pub chosen: &'v [String],
    value: &'v Value,
}

impl<'v> FileValue<'v> {
    /// The value, if it is one: neither a number nor a built-in set.
    pub fn of(value: &'v Value) -> Option<Self> {
        let (name, chosen) = match value {
            Value::Data(table) => (&table.name, &table.chosen),
            Value::Path(path) => (&path.name, &path.chosen),
            Value::Grid(grid) => (&grid.name, &grid.chosen),
            _ => return None,
        };
        let is_built_in = matches!(value, Value::Data(_)) && data::find(name).is_some();
        (!is_built_in).then_some(Self { name, chosen, value })
    }

    /// The content as a CSV file that reads back to the same numbers. Its name, which columns were chosen, and what a path's
    /// coordinates are called stand in the document.
    pub fn rows(&self) -> String {
        match self.value {
            Value::Data(table) => write_table(table),
            Value::Path(path) => write_path(path),
            Value::Grid(grid) => write_grid(grid),
            _ => String::new(),
        }
    }

    /// The value with next to nothing in it.
    pub fn shortened(&self) -> Value {
        match self.value {
            Value::Data(_) => Value::Data(Arc::default()),
            Value::Path(_) => Value::Path(Arc::default()),
            Value::Grid(_) => Value::Grid(Arc::default()),
            other => other.clone(),
        }
    }

    /// The value under another name.
    pub fn renamed(&self, name: String) -> Value {
        match self.value {
            Value::Data(table) => Value::Data(Arc::new(Table { name, ..Table::clone(table) })),
            Value::Path(path) => Value::Path(Arc::new(RecordedPath { name, ..RecordedPath::clone(path) })),
            Value::Grid(grid) => Value::Grid(Arc::new(LossGrid { name, ..LossGrid::clone(grid) })),
            other => other.clone(),
        }
    }
}
