//! Reads a loss that was sampled elsewhere: rows of x, y and the loss, a matrix with its axes, or arrays of NumPy.

use crate::csv_sheet::CsvSheet;
use crate::npy::{NpyArray, is_npy, is_npz, read_npy, read_npz};
use crate::text::diagnostic::Diagnostic;
use crate::text::place::{decoded, place};
use crate::text::unknown::unknown;
use thalweg_core::data::loss_grid::LossGrid;
use thalweg_core::objective::tensor_spline::TensorSpline;

/// What columns and arrays are called that hold the loss.
const LOSSES: [&str; 10] =
    ["loss", "f", "z", "value", "values", "objective", "cost", "losses", "f(x,y)", "error"];
/// What arrays are called that hold the nodes along the axes.
const AXES: [[&str; 7]; 2] = [
    ["x", "xs", "alpha", "alphas", "w1", "x1", "xcoordinates"],
    ["y", "ys", "beta", "betas", "w2", "x2", "ycoordinates"],
];
/// Coordinates nearer to each other than this part of the axis are one, but for rounding.
const SAME: f64 = 1e-9;

/// Something that is wrong with a text: the byte where it stands, and what it is.
type GridFault = (usize, String);

/// The samples that a file called `name` holds, with these three of its columns `chosen` by name (x, y, the loss), or none.
///
/// A CSV file has a row for each node with the columns x, y and loss (by their names, or in this order), in whatever order
/// of the rows, or it is a matrix: the first row has the values of x, the first column those of y, and the cell in the
/// corner is empty or a word. An array of NumPy with three columns holds rows of x, y and the loss, any other is a matrix
/// from -1 to 1 along both axes, its rows being those of y; an archive has such a matrix with its axes `x` and `y`.
///
/// # Errors
/// What is wrong with the file, and where: the first fault.
pub fn read_grid(name: &str, bytes: &[u8], chosen: &[String]) -> Result<LossGrid, Vec<Diagnostic>> {
    let at_start = |message: String| vec![Diagnostic { line: 1, column: 1, message }];
    let mut grid = if is_npy(bytes) {
        read_npy(bytes).and_then(of_array).map_err(at_start)?
    } else if is_npz(bytes) {
        read_npz(bytes).and_then(|arrays| of_arrays(&arrays)).map_err(at_start)?
    } else {
        let text = decoded(bytes, "a file with a loss").map_err(|diagnostic| vec![diagnostic])?;
        of_text(text, chosen).map_err(|(at, message)| {
            let (line, column) = place(text, at);
            vec![Diagnostic { line, column, message }]
        })?
    };
    if let Some(fault) = grid.fault() {
        return Err(at_start(fault));
    }
    if TensorSpline::new(&grid).is_none() {
        return Err(at_start(
            "the values of x or y are so unevenly spaced that no spline can be computed".to_owned(),
        ));
    }
    name.clone_into(&mut grid.name);
    grid.chosen = chosen.to_vec();
    Ok(grid)
}

/// The samples as the content of a CSV file that [`read_grid`] reads back, to the last bit: a matrix with its axes.
pub fn write_grid(grid: &LossGrid) -> String {
    let line = |first: String, numbers: &[f64]| {
        let numbers = numbers.iter().map(|number| format!("{number:?}"));
        std::iter::once(first).chain(numbers).collect::<Vec<_>>().join(",") + "\n"
    };
    let mut text = line("y\\x".to_owned(), &grid.xs);
    for (y, row) in grid.ys.iter().zip(grid.values.chunks(grid.xs.len().max(1))) {
        text.push_str(&line(format!("{y:?}"), row));
    }
    text
}

fn of_text(text: &str, chosen: &[String]) -> Result<LossGrid, GridFault> {
    let sheet = CsvSheet::read(text)?;
    let number = |row: usize, column: usize| -> Result<f64, GridFault> {
        let Some((start, cells)) = sheet.rows.get(row) else { return Ok(f64::NAN) };
        let Some(cell) = cells.get(column).filter(|_| cells.len() == sheet.width) else {
            return Err((
                *start,
                format!("found {} cells in this row; the first line has {}", cells.len(), sheet.width),
            ));
        };
        sheet.number(cell).map_err(|message| (cell.at, message))
    };
    let corner = sheet.rows.first().and_then(|(_, cells)| cells.first());
    let is_matrix = sheet.names.is_none()
        && sheet.width > 3
        && corner.is_some_and(|corner| corner.content.parse::<f64>().is_err())
        && chosen.is_empty();
    if is_matrix {
        let columns = 1..sheet.width;
        let xs = columns.clone().map(|column| number(0, column)).collect::<Result<Vec<_>, _>>()?;
        let (mut ys, mut values) = (Vec::new(), Vec::new());
        for row in 1..sheet.rows.len() {
            ys.push(number(row, 0)?);
            for column in columns.clone() {
                values.push(number(row, column)?);
            }
        }
        return Ok(in_order(xs, ys, values));
    }
    let [x, y, loss] = columns(&sheet, chosen)?;
    let mut nodes = Vec::with_capacity(sheet.rows.len());
    for row in 0..sheet.rows.len() {
        nodes.push([number(row, x)?, number(row, y)?, number(row, loss)?]);
    }
    of_nodes(&nodes).map_err(|(node, message)| {
        let at = sheet.rows.get(node).map_or(text.len(), |(start, _)| *start);
        (at, message)
    })
}

/// Where x, y and the loss stand.
fn columns(sheet: &CsvSheet, chosen: &[String]) -> Result<[usize; 3], GridFault> {
    let at = sheet.names.as_ref().and_then(|names| names.first()).map_or(0, |cell| cell.at);
    let names = sheet.column_names();
    if !chosen.is_empty() {
        let listed: Vec<_> = names.iter().map(String::as_str).collect();
        let place = |name: &String| sheet.column(name).ok_or_else(|| (at, unknown("column", name, &listed)));
        let places = chosen.iter().map(place).collect::<Result<Vec<_>, _>>()?;
        return <[usize; 3]>::try_from(places).map_err(|places| {
            (at, format!("{} columns are chosen; three are needed: x, y and the loss", places.len()))
        });
    }
    if sheet.names.is_some() {
        let lower: Vec<_> = names.iter().map(|name| name.to_lowercase()).collect();
        let place = |known: &[&str]| lower.iter().position(|name| known.contains(&name.as_str()));
        if let (Some(x), Some(y), Some(loss)) = (place(&AXES[0]), place(&AXES[1]), place(&LOSSES)) {
            return Ok([x, y, loss]);
        }
    }
    if sheet.width == 3 {
        return Ok([0, 1, 2]);
    }
    let found = names.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
    Err((
        at,
        format!(
            "found the columns {found}; write x, y and loss, or a matrix with the values of x in its first row, those of y in its first column"
        ),
    ))
}

/// The grid of these nodes, which come in whatever order.
///
/// # Errors
/// They are none: the node, and what is wrong.
fn of_nodes(nodes: &[[f64; 3]]) -> Result<LossGrid, (usize, String)> {
    let axis = |axis: usize| {
        let mut values: Vec<f64> = nodes.iter().map(|node| node[axis]).collect();
        values.sort_unstable_by(f64::total_cmp);
        let width = values.last().unwrap_or(&0.0) - values.first().unwrap_or(&0.0);
        values.dedup_by(|next, kept| *next - *kept <= SAME * width);
        (values, width)
    };
    let ((xs, x_width), (ys, y_width)) = (axis(0), axis(1));
    let place = |of: &[f64], width: f64, value: f64| {
        let above = of.partition_point(|node| *node <= value);
        let near = [above.saturating_sub(1), above];
        near.into_iter().find(|at| of.get(*at).is_some_and(|node| (node - value).abs() <= SAME * width))
    };
    let mut values = vec![f64::NAN; xs.len().saturating_mul(ys.len()).min(nodes.len() * 4 + 16)];
    for (index, [x, y, loss]) in nodes.iter().enumerate() {
        let (Some(column), Some(row)) = (place(&xs, x_width, *x), place(&ys, y_width, *y)) else { continue };
        let Some(value) = values.get_mut(row * xs.len() + column) else { continue };
        if !value.is_nan() {
            return Err((index, format!("the loss at ({x}, {y}) is given twice")));
        }
        *value = *loss;
    }
    if values.len() < xs.len() * ys.len() || values.iter().any(|value| value.is_nan()) {
        let missing = xs.len() * ys.len() - nodes.len().min(xs.len() * ys.len());
        let first = values.iter().position(|value| value.is_nan()).unwrap_or(0);
        let (x, y) = (xs.get(first % xs.len().max(1)), ys.get(first / xs.len().max(1)));
        let place = x.zip(y).map_or_else(String::new, |(x, y)| format!(", as at ({x}, {y})"));
        return Err((
            nodes.len(),
            format!(
                "found {} nodes at {} values of x and {} of y; {missing} are missing{place}",
                nodes.len(),
                xs.len(),
                ys.len()
            ),
        ));
    }
    Ok(LossGrid { xs, ys, values, ..LossGrid::default() })
}

/// The grid with axes that grow: one that falls is turned around.
fn in_order(mut xs: Vec<f64>, mut ys: Vec<f64>, mut values: Vec<f64>) -> LossGrid {
    let falls = |axis: &[f64]| axis.first() > axis.last();
    let width = xs.len().max(1);
    if falls(&xs) {
        xs.reverse();
        values.chunks_mut(width).for_each(<[f64]>::reverse);
    }
    if falls(&ys) {
        ys.reverse();
        values = values.chunks(width).rev().flatten().copied().collect();
    }
    LossGrid { xs, ys, values, ..LossGrid::default() }
}

fn of_array(array: NpyArray) -> Result<LossGrid, String> {
    let NpyArray { shape, values } = array;
    match shape[..] {
        [_, 3] => {
            let nodes: Vec<[f64; 3]> =
                values.chunks_exact(3).map(|node| [node[0], node[1], node[2]]).collect();
            of_nodes(&nodes).map_err(|(_, message)| message)
        }
        [rows, columns] => {
            let nodes = |count: usize| {
                (0..count).map(|at| 2.0 * at as f64 / (count.max(2) - 1) as f64 - 1.0).collect()
            };
            Ok(LossGrid { xs: nodes(columns), ys: nodes(rows), values, ..LossGrid::default() })
        }
        _ => {
            let sides: Vec<_> = shape.iter().map(ToString::to_string).collect();
            Err(format!("found an array of {} numbers; a loss over a plane is a matrix", sides.join(" x ")))
        }
    }
}

/// The matrix of an archive with its axes.
fn of_arrays(arrays: &[(String, NpyArray)]) -> Result<LossGrid, String> {
    let find = |known: &[&str]| {
        arrays.iter().find(|(name, _)| known.contains(&name.to_lowercase().as_str())).map(|(_, array)| array)
    };
    let names = || arrays.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(", ");
    let (Some(loss), x, y) = (find(&LOSSES), find(&AXES[0]), find(&AXES[1])) else {
        return Err(format!(
            "found the arrays {}; the loss has to be called `loss`, its axes `x` and `y`",
            names()
        ));
    };
    let (Some(x), Some(y)) = (x, y) else {
        // What might be an axis is not passed over: the plane would be another one.
        let is_axis = |array: &NpyArray| match array.shape[..] {
            [count] => loss.shape.contains(&count),
            _ => array.shape == loss.shape && !std::ptr::eq(array, loss),
        };
        if arrays.iter().any(|(_, array)| is_axis(array)) {
            return Err(format!(
                "found the arrays {}; the axes of the loss have to be called `x` and `y`",
                names()
            ));
        }
        return of_array(loss.clone());
    };
    let &[rows, columns] = &loss.shape[..] else {
        return Err("the loss has to be a matrix, its rows being those of y".to_owned());
    };
    // As np.meshgrid gives them, too.
    let axis = |array: &NpyArray, wanted: usize, step: usize| match array.shape[..] {
        [count] if count == wanted => Ok(array.values.clone()),
        [of, other] if (of, other) == (rows, columns) => {
            Ok(array.values.iter().step_by(step.max(1)).take(wanted).copied().collect())
        }
        _ => Err(format!(
            "the loss has {rows} rows for y and {columns} columns for x; the axes have other lengths"
        )),
    };
    Ok(in_order(axis(x, columns, 1)?, axis(y, rows, columns)?, loss.values.clone()))
}

#[cfg(test)]
mod tests;
