//! Data that a model is fitted to: a table of two features and a target. A new built-in set is a new
//! file here and one line in the table.

use crate::table::table;
use data_set::DataSet;

pub mod data_set;
pub mod loss_grid;
pub mod principal_plane;
pub mod recorded_path;
pub mod rows;

table! {
    /// Every built-in set, in the order in which lists and menus show them.
    [DataSet]
    line::LINE,
    correlated::CORRELATED,
    badly_scaled::BADLY_SCALED,
    blobs::BLOBS,
    separable::SEPARABLE,
    outliers::OUTLIERS,
    two_units::TWO_UNITS,
}

#[cfg(test)]
mod tests;
