//! Data in the form that models read, and where its numbers lie.

use crate::math::compensated::moderating_scale;

/// One row: the two features and the target.
pub type Row = [f64; 3];

/// The column of the target in a [`Row`].
pub const TARGET: usize = 2;

/// Data in the form that models read. The numbers are finite and of at most 1e100, so that sums of
/// their squares are finite too.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The name of a built-in set, or the file as the user named it.
    pub name: String,
    /// What the columns are called: two features and the target.
    pub columns: [String; 3],
    /// The rows: two features and the target.
    pub rows: Vec<Row>,
    /// The names of the file's columns that were chosen, in the order of `columns`; empty where nobody has chosen. The
    /// target of one feature alone comes second.
    pub chosen: Vec<String>,
    /// How many rows of the file were left out, for they had cells without a number.
    pub left_out: usize,
}

/// Whether both hold the same data under the same names, whatever else their files had in them.
impl PartialEq for Table {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
            && self.columns == other.columns
            && self.rows == other.rows
            && self.chosen == other.chosen
    }
}

/// Where the numbers of one column lie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The mean; 0 in a table without rows.
    pub mean: f64,
    /// The population standard deviation, the root of the mean square distance from the mean, in
    /// the column's unit; exactly 0 where all numbers are the same, and only there (but for numbers
    /// that differ by less than about 1e-323).
    pub deviation: f64,
}

/// How a column is standardized: each number becomes `(number - mean) * scale / scaled_deviation`.
struct Standard {
    mean: f64,
    /// A power of two that keeps the squares of the distances from overflow and underflow.
    scale: f64,
    /// The standard deviation times `scale`.
    scaled_deviation: f64,
}

impl Standard {
    fn of(rows: &[Row], column: usize) -> Self {
        let values = || rows.iter().map(|row| row[column]);
        let first = values().next().unwrap_or(0.0);
        // The sum of equal numbers is rounded: only a look at them says that they are equal.
        if values().all(|value| value == first) {
            return Self { mean: first, scale: 1.0, scaled_deviation: 0.0 };
        }
        let count = rows.len() as f64;
        let mean = values().sum::<f64>() / count;
        let distance = |value: f64| value - mean;
        let scale = moderating_scale(values().map(|value| distance(value).abs()).fold(0.0, f64::max));
        let squares: f64 = values().map(|value| distance(value) * scale).map(|part| part * part).sum();
        Self { mean, scale, scaled_deviation: (squares / count).sqrt() }
    }
}

impl Table {
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Mean and standard deviation of the three columns.
    pub fn spreads(&self) -> [Spread; 3] {
        [0, 1, 2].map(|column| {
            let Standard { mean, scale, scaled_deviation } = Standard::of(&self.rows, column);
            Spread { mean, deviation: scaled_deviation / scale }
        })
    }

    /// The data with each feature centred and divided by its population standard deviation, so
    /// that its mean is 0 and its variance 1, and with the target centred if `center_target`. A
    /// feature that is the same in all rows is left as it is: it stands for the bias, and dividing
    /// by its deviation would be dividing by zero.
    pub fn standardized(rows: &[Row], center_target: bool) -> Vec<Row> {
        let [first, second, target] = [0, 1, 2].map(|column| Standard::of(rows, column));
        let standardize = |value: f64, by: &Standard| {
            if by.scaled_deviation > 0.0 { (value - by.mean) * by.scale / by.scaled_deviation } else { value }
        };
        let center = if center_target { target.mean } else { 0.0 };
        rows.iter()
            .map(|&[x1, x2, t]| [standardize(x1, &first), standardize(x2, &second), t - center])
            .collect()
    }

    /// The data with features and target centred, so that their means are 0: at each weight the intercept that fits
    /// best is 0 then. A feature that is the same in all rows is left as it is, as in [`Table::standardized`].
    pub fn centered(rows: &[Row]) -> Vec<Row> {
        let [first, second, target] = [0, 1, 2].map(|column| Standard::of(rows, column));
        let center =
            |value: f64, by: &Standard| if by.scaled_deviation > 0.0 { value - by.mean } else { value };
        rows.iter().map(|&[x1, x2, t]| [center(x1, &first), center(x2, &second), t - target.mean]).collect()
    }

    /// The first row, from 0, whose target does not lie from 0 to 1, as a probability or a class
    /// does; none if all do, or if all are -1 or 1, the other way to write two classes.
    pub fn first_without_class(&self) -> Option<usize> {
        let position = self.rows.iter().position(|row| !(0.0..=1.0).contains(&row[TARGET]));
        position.filter(|_| !self.has_signs())
    }

    /// Whether the targets are two classes, written as 0 and 1 or as -1 and 1, with examples of both.
    pub fn has_two_classes(&self) -> bool {
        let has = |class: f64| self.rows.iter().any(|row| row[TARGET] == class);
        let low = if self.has_signs() { -1.0 } else { 0.0 };
        has(low) && has(1.0) && self.rows.iter().all(|row| row[TARGET] == low || row[TARGET] == 1.0)
    }

    /// Whether the classes are written as -1 and 1: all targets are one of them, and some are -1.
    pub fn has_signs(&self) -> bool {
        let mut targets = self.rows.iter().map(|row| row[TARGET]);
        targets.clone().any(|target| target == -1.0) && targets.all(|target| target.abs() == 1.0)
    }

    /// The rows as a model of two classes reads them: where the classes are written as -1 and 1, with 0 for -1.
    pub fn with_classes(&self) -> Vec<Row> {
        if !self.has_signs() {
            return self.rows.clone();
        }
        self.rows.iter().map(|&[x1, x2, target]| [x1, x2, f64::from(u8::from(target > 0.0))]).collect()
    }
}
