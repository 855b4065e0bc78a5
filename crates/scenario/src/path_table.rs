//! Reads a path that was made elsewhere: columns of a CSV file, points as programs print them, or an array of NumPy.

use crate::csv_comments::below_comments;
use crate::csv_sheet::CsvSheet;
use crate::npy::{NpyArray, is_npy, is_npz, read_npy, read_npz};
use crate::printed_points::{has_brackets, printed_points};
use crate::text::diagnostic::Diagnostic;
use crate::text::place::{decoded, place};
use crate::text::unknown::unknown;
use thalweg_core::data::principal_plane::principal_plane;
use thalweg_core::data::recorded_path::RecordedPath;

/// The most positions of a path: as many as a run has at most.
const MOST_POSITIONS: usize = 1_000_000;

/// What columns are called that count steps.
const STEPS: [&str; 9] = ["step", "steps", "iter", "iteration", "iterations", "epoch", "t", "k", "n"];
/// What columns are called that hold the loss.
const LOSSES: [&str; 9] =
    ["loss", "f", "value", "objective", "cost", "f(x)", "f(x,y)", "train_loss", "error"];
/// What columns are called that hold how far a position lies from the plane.
const DISTANCES: [&str; 2] = ["distance", "off_plane"];
/// What columns are called that hold none of the coordinates, though they may be numbers.
const OTHERS: [&str; 13] = [
    "runner",
    "label",
    "lr",
    "learning_rate",
    "grad_norm",
    "gradient_norm",
    "grad",
    "gnorm",
    "time",
    "seconds",
    "accuracy",
    "acc",
    "seed",
];
/// What two coordinates are called that are meant, whatever other columns there are.
const PAIRS: [[&str; 2]; 12] = [
    ["x", "y"],
    ["x1", "x2"],
    ["x0", "x1"],
    ["x_1", "x_2"],
    ["x_0", "x_1"],
    ["w1", "w2"],
    ["w0", "w1"],
    ["w_1", "w_2"],
    ["w", "b"],
    ["theta1", "theta2"],
    ["theta0", "theta1"],
    ["θ₁", "θ₂"],
];

/// Something that is wrong with a text: the byte where it stands, and what it is.
type PathFault = (usize, String);

/// The path that a file called `name` holds, with these two of its columns `chosen` by name, or none.
///
/// A CSV file has a row for each step, with a column for each coordinate, and perhaps one for the step, the loss, and the
/// distance from the plane in which a projected path lies; they are known by their names, or where there is no line of
/// names, by their number. A printed path has its points in brackets, `(1.0, 2.0)` or `tensor([1.0, 2.0])`. An array of
/// NumPy has a row for each step. A path with more than two coordinates is shown in the plane along which it spreads most,
/// unless two are chosen.
///
/// # Errors
/// What is wrong with the file, and where: the first fault.
pub fn read_path(name: &str, bytes: &[u8], chosen: &[String]) -> Result<RecordedPath, Vec<Diagnostic>> {
    let at_start = |message: String| vec![Diagnostic { line: 1, column: 1, message }];
    let mut path = if is_npy(bytes) {
        read_npy(bytes).and_then(|array| of_array(array, chosen)).map_err(at_start)?
    } else if is_npz(bytes) {
        read_npz(bytes).and_then(|arrays| of_arrays(arrays, chosen)).map_err(at_start)?
    } else {
        let text = decoded(bytes, "a file with a path").map_err(|diagnostic| vec![diagnostic])?;
        let read = if has_brackets(below_comments(text)) {
            of_points(text, chosen)
        } else {
            of_columns(text, chosen)
        };
        read.map_err(|(at, message)| {
            let (line, column) = place(text, at);
            vec![Diagnostic { line, column, message }]
        })?
    };
    if !path.has_steps() {
        return Err(at_start(format!("found {} positions; a path has at least two", path.points.len())));
    }
    if path.points.len() > MOST_POSITIONS {
        return Err(at_start(format!("more than {MOST_POSITIONS} positions; leave some out")));
    }
    name.clone_into(&mut path.name);
    path.chosen = chosen.to_vec();
    Ok(path)
}

/// The path as the content of a CSV file that [`read_path`] reads back, to the last bit.
pub fn write_path(path: &RecordedPath) -> String {
    let mut text = "x,y".to_owned();
    let others = [("loss", &path.loss), ("distance", &path.distance)];
    let others: Vec<_> = others.into_iter().filter(|(_, values)| !values.is_empty()).collect();
    for (name, _) in &others {
        text.extend([",", name]);
    }
    text.push('\n');
    for (step, [x, y]) in path.points.iter().enumerate() {
        let beside = others.iter().map(|(_, values)| values.get(step).copied().unwrap_or(f64::NAN));
        let row: Vec<_> = [*x, *y].into_iter().chain(beside).map(digits).collect();
        text.push_str(&row.join(","));
        text.push('\n');
    }
    text
}

/// A number in the shortest form that reads back to the same bits.
fn digits(number: f64) -> String {
    let digits = format!("{number:?}");
    digits.strip_suffix(".0").map(str::to_owned).unwrap_or(digits)
}

/// What the columns of a file hold.
struct PathColumns {
    step: Option<usize>,
    loss: Option<usize>,
    distance: Option<usize>,
    coordinates: Vec<usize>,
}

/// Whether the names of columns say that they hold a path: a step, or a loss, beside a pair of coordinates.
pub fn records_steps(sheet: &CsvSheet, by_step: bool) -> bool {
    let lower: Vec<String> = sheet.column_names().iter().map(|name| name.to_lowercase()).collect();
    let has = |known: &[&str]| lower.iter().any(|name| known.contains(&name.as_str()));
    let has_pair = PAIRS.iter().any(|[x, y]| has(&[x]) && has(&[y]));
    // Others, as t and value, are targets as well.
    let says = if by_step { &STEPS[..6] } else { &LOSSES[..1] };
    has_pair && has(says)
}

fn of_columns(text: &str, chosen: &[String]) -> Result<RecordedPath, PathFault> {
    let sheet = CsvSheet::read(text)?;
    let names = sheet.column_names();
    let columns = columns(&sheet, &names, chosen)?;
    let mut path = RecordedPath::default();
    let mut points: Vec<Vec<f64>> = Vec::new();
    let mut before: Option<f64> = None;
    for (start, cells) in &sheet.rows {
        if cells.len() != sheet.width {
            let message =
                format!("found {} cells in this row; the first line has {}", cells.len(), sheet.width);
            return Err((*start, message));
        }
        let number = |column: usize| {
            let Some(cell) = cells.get(column) else { return Ok(f64::NAN) };
            // A run that diverges is recorded with huge and infinite numbers, and with NaN.
            let plain = cell.content.parse::<f64>();
            plain.or_else(|_| sheet.number(cell).map_err(|message| (cell.at, message)))
        };
        if let Some(column) = columns.step {
            let step = number(column)?;
            if let Some(before) = before.filter(|before| step != before + 1.0) {
                let at = cells.get(column).map_or(*start, |cell| cell.at);
                let message = if step > before {
                    format!(
                        "step {before} is followed by step {step}, and where it was between them is not known; record every step"
                    )
                } else {
                    format!("step {before} is followed by step {step}; a file holds one path, step by step")
                };
                return Err((at, message));
            }
            before = Some(step);
        }
        points.push(columns.coordinates.iter().map(|column| number(*column)).collect::<Result<_, _>>()?);
        path.loss.extend(columns.loss.map(number).transpose()?);
        path.distance.extend(columns.distance.map(number).transpose()?);
    }
    let coordinates: Vec<_> =
        columns.coordinates.iter().filter_map(|column| names.get(*column).cloned()).collect();
    with_points(path, &points, &coordinates).map_err(|message| (0, message))
}

/// Which column is what.
fn columns(sheet: &CsvSheet, names: &[String], chosen: &[String]) -> Result<PathColumns, PathFault> {
    let at = sheet.names.as_ref().and_then(|names| names.first()).map(|cell| cell.at);
    let at = at.or_else(|| sheet.rows.first().map(|(start, _)| *start)).unwrap_or(0);
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let place = |known: &[&str]| lower.iter().position(|name| known.contains(&name.as_str()));
    let mut columns = PathColumns {
        step: place(&STEPS),
        loss: place(&LOSSES),
        distance: place(&DISTANCES),
        coordinates: Vec::new(),
    };
    if columns.step.is_none() && sheet.counts_rows() {
        columns.step = Some(0);
    }
    if !chosen.is_empty() {
        for name in chosen {
            let listed: Vec<_> = names.iter().map(String::as_str).collect();
            columns
                .coordinates
                .push(sheet.column(name).ok_or_else(|| (at, unknown("column", name, &listed)))?);
        }
        columns.distance = None;
        return if chosen.len() == 2 { Ok(columns) } else { Err((at, choose_two(chosen.len()))) };
    }
    if sheet.names.is_none() {
        return of_unnamed(sheet, at);
    }
    let pair = PAIRS.iter().find_map(|[x, y]| Some(vec![place(&[x])?, place(&[y])?]));
    let taken = [columns.step, columns.loss, columns.distance];
    let is_coordinate = |column: &usize| {
        !taken.contains(&Some(*column))
            && lower.get(*column).is_some_and(|name| !OTHERS.contains(&name.as_str()))
    };
    columns.coordinates = match pair {
        // Of x, y, z nobody can know whether z is a third coordinate.
        Some(pair) if pair.iter().all(is_coordinate) => pair,
        _ => (0..sheet.width).filter(is_coordinate).collect(),
    };
    if columns.coordinates.len() < 2 {
        let found = names.join(", ");
        return Err((
            at,
            format!("found the columns {found}; two coordinates are needed, as in step,x,y,loss"),
        ));
    }
    Ok(columns)
}

/// The columns of a file without names, by their number.
fn of_unnamed(sheet: &CsvSheet, at: usize) -> Result<PathColumns, PathFault> {
    let mut counted = sheet.rows.iter().map(|(_, cells)| cells.first()?.content.parse::<u32>().ok());
    let first = counted.next().flatten().filter(|first| *first <= 1);
    let counts =
        first.is_some_and(|first| counted.zip(first + 1..).all(|(counted, step)| counted == Some(step)));
    let (step, width) = (counts.then_some(0), sheet.width - usize::from(counts).min(sheet.width));
    let first = usize::from(counts);
    let columns =
        |loss: Option<usize>| PathColumns { step, loss, distance: None, coordinates: vec![first, first + 1] };
    match (width, counts) {
        (2, _) => Ok(columns(None)),
        (3, true) => Ok(columns(Some(first + 2))),
        _ => {
            let message = format!(
                "found {} columns without names; write a first line, as step,x,y,loss, that says what they are",
                sheet.width
            );
            Err((at, message))
        }
    }
}

fn of_points(text: &str, chosen: &[String]) -> Result<RecordedPath, PathFault> {
    let points = printed_points(text)?;
    let width = points.first().map_or(0, |(_, point)| point.len());
    if let Some((at, point)) = points.iter().find(|(_, point)| point.len() != width) {
        return Err((*at, format!("found {} numbers in this point; the first has {width}", point.len())));
    }
    let points: Vec<_> = points.into_iter().map(|(_, point)| point).collect();
    of_numbered(points, chosen).map_err(|message| (0, message))
}

/// A path whose coordinates have no names but their numbers, from 1.
fn of_numbered(mut points: Vec<Vec<f64>>, chosen: &[String]) -> Result<RecordedPath, String> {
    let width = points.first().map_or(0, Vec::len);
    let mut names: Vec<String> = (1..=width).map(|number| number.to_string()).collect();
    if !chosen.is_empty() {
        if chosen.len() != 2 {
            return Err(choose_two(chosen.len()));
        }
        let listed: Vec<_> = names.iter().map(String::as_str).collect();
        let place = |name: &String| names.iter().position(|known| known == name);
        let places =
            chosen.iter().map(|name| place(name).ok_or_else(|| unknown("coordinate", name, &listed)));
        let places = places.collect::<Result<Vec<_>, _>>()?;
        for point in &mut points {
            *point = places.iter().filter_map(|place| point.get(*place).copied()).collect();
        }
        names = chosen.to_vec();
    }
    with_points(RecordedPath::default(), &points, &names)
}

/// The path with these points; with more than two coordinates, in its principal plane.
fn with_points(
    mut path: RecordedPath,
    points: &[Vec<f64>],
    names: &[String],
) -> Result<RecordedPath, String> {
    let columns = |names: &[String]| [0, 1].map(|axis| names.get(axis).cloned().unwrap_or_default());
    if points.iter().all(|point| point.len() == 2) {
        path.points = points.iter().map(|point| [point[0], point[1]]).collect();
        path.columns = columns(names);
        return Ok(path);
    }
    let Some(plane) = principal_plane(points) else {
        return Err("a path with more than two coordinates is projected, and its numbers have to be finite"
            .to_owned());
    };
    path.columns = ["principal 1", "principal 2"].map(str::to_owned);
    (path.points, path.distance) = (plane.points, plane.distance);
    Ok(path)
}

fn of_array(array: NpyArray, chosen: &[String]) -> Result<RecordedPath, String> {
    let NpyArray { shape, values } = array;
    match shape[..] {
        [2, steps] if steps > 2 => Err(format!(
            "found an array of 2 x {steps} numbers; the rows are the steps: save it transposed, `path.T`"
        )),
        [_, width] if width >= 2 => of_numbered(values.chunks(width).map(<[f64]>::to_vec).collect(), chosen),
        _ => {
            let sides: Vec<_> = shape.iter().map(ToString::to_string).collect();
            Err(format!(
                "found an array of {} numbers; a path has two axes, a row for each step",
                sides.join(" x ")
            ))
        }
    }
}

/// The one array of an archive that can be a path, with the loss beside it if there is one.
fn of_arrays(arrays: Vec<(String, NpyArray)>, chosen: &[String]) -> Result<RecordedPath, String> {
    let mut loss = None;
    let mut paths = Vec::new();
    for (name, array) in arrays {
        if array.shape.len() == 1 && LOSSES.contains(&name.to_lowercase().as_str()) {
            loss = Some(array.values);
        } else if array.shape.len() == 2 {
            paths.push((name, array));
        }
    }
    let names: Vec<_> = paths.iter().map(|(name, _)| name.clone()).collect();
    let place = names.iter().position(|name| name == "path").or((names.len() == 1).then_some(0));
    let Some(place) = place else {
        return Err(format!("found the arrays {}; the path has to be called `path`", names.join(", ")));
    };
    let mut path = of_array(paths.swap_remove(place).1, chosen)?;
    path.loss = loss.filter(|loss| loss.len() == path.points.len()).unwrap_or_default();
    Ok(path)
}

fn choose_two(found: usize) -> String {
    let found = if found == 1 { "1 column is".to_owned() } else { format!("{found} columns are") };
    format!("{found} chosen; a path in the plane has two coordinates")
}

#[cfg(test)]
mod tests;
