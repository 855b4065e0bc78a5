//! Grids in every form in which people have them.

use super::*;
use proptest::prelude::*;
use std::fmt::Write as _;

fn loss(x: f64, y: f64) -> f64 {
    x * x + 0.5 * x * y
}

const XS: [f64; 5] = [-1.0, -0.5, 0.0, 0.5, 2.0];
const YS: [f64; 4] = [0.0, 1.0, 2.0, 4.0];

fn expected() -> LossGrid {
    let values = YS.iter().flat_map(|y| XS.iter().map(|x| loss(*x, *y))).collect();
    LossGrid { name: "g".to_owned(), xs: XS.to_vec(), ys: YS.to_vec(), values, ..LossGrid::default() }
}

fn grid(bytes: &[u8]) -> LossGrid {
    read_grid("g", bytes, &[]).unwrap_or_else(|found| panic!("{found:?}"))
}

#[test]
fn rows_and_matrices_are_grids() {
    let mut rows = Vec::new();
    for x in XS {
        for y in YS {
            rows.push(format!("{x},{y},{}", loss(x, y)));
        }
    }
    for header in ["x,y,loss\n", "", "a,b,c\n"] {
        assert_eq!(grid((header.to_owned() + &rows.join("\n")).as_bytes()), expected(), "{header}");
    }
    rows.reverse();
    rows.swap(3, 11);
    assert_eq!(grid(("alpha,beta,loss\n".to_owned() + &rows.join("\n")).as_bytes()), expected());
    let mut columns = "epoch;Loss;Y;X\n".to_owned();
    for row in &rows {
        let numbers: Vec<f64> = row.split(',').map(|cell| cell.parse().expect("a number")).collect();
        writeln!(columns, "7;{};{};{}", numbers[2], numbers[1], numbers[0]).expect("written");
    }
    assert_eq!(grid(columns.as_bytes()), expected());
    let chosen = ["X", "Y", "loss"].map(str::to_owned);
    let chosen = read_grid("g", columns.as_bytes(), &chosen).expect("by name");
    assert_eq!((chosen.values, chosen.chosen.len()), (expected().values, 3));
    // A matrix, also with y from the top.
    let matrix = write_grid(&expected());
    assert_eq!(grid(matrix.as_bytes()), expected());
    let mut lines: Vec<_> = matrix.lines().collect();
    lines[1..].reverse();
    assert_eq!(grid(lines.join("\n").as_bytes()), expected());
    assert_eq!(grid(matrix.replace("y\\x", "").as_bytes()), expected());
    let is_grid = |text: &str| read_grid("", text.as_bytes(), &[]).is_ok();
    assert!(is_grid(&matrix) && !is_grid("x,y,t\n1,2,3\n4,5,6"));
    // A comma for the decimal point, or a cell too many, is told and not read as something else.
    assert!(!is_grid("x,y,loss\n0,0,1\n1,0,2\n0,1,3\n1,1,4,5"));
}

/// An array as NumPy writes it.
fn npy(shape: &str, numbers: &[f64]) -> Vec<u8> {
    let header = format!("{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
    bytes
}

/// An archive as `np.savez` writes it, without check sums, which nobody looks at.
fn npz(arrays: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in arrays {
        let name = format!("{name}.npy");
        let start = bytes.len() as u32;
        let (size, length) = ((content.len() as u32).to_le_bytes(), (name.len() as u16).to_le_bytes());
        bytes.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        bytes.extend([size, size].concat());
        bytes.extend([length, [0, 0]].concat());
        bytes.extend(name.as_bytes());
        bytes.extend(content);
        directory.extend(b"PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        directory.extend([size, size].concat());
        directory.extend(length);
        directory.extend([0; 12]);
        directory.extend(start.to_le_bytes());
        directory.extend(name.as_bytes());
    }
    let (count, start) = (arrays.len() as u16, bytes.len() as u32);
    let size = directory.len() as u32;
    bytes.extend(directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count.to_le_bytes(), count.to_le_bytes()].concat());
    bytes.extend([size.to_le_bytes(), start.to_le_bytes()].concat());
    bytes.extend([0, 0]);
    bytes
}

#[test]
fn arrays_are_grids() {
    let values = expected().values;
    let archive = npz(&[("x", npy("(5,)", &XS)), ("y", npy("(4,)", &YS)), ("loss", npy("(4, 5)", &values))]);
    assert_eq!(grid(&archive), expected());
    let plain = grid(&npy("(4, 5)", &values));
    assert_eq!((plain.xs, plain.values), (vec![-1.0, -0.5, 0.0, 0.5, 1.0], values.clone()));
    let nodes: Vec<f64> = XS.iter().flat_map(|x| YS.map(|y| [*x, y, loss(*x, y)])).flatten().collect();
    assert_eq!(grid(&npy("(20, 3)", &nodes)), expected());
    let mesh: Vec<f64> = YS.iter().flat_map(|_| XS).collect();
    let mesh_y: Vec<f64> = YS.iter().flat_map(|y| [*y; 5]).collect();
    let mesh = [("x", npy("(4, 5)", &mesh)), ("y", npy("(4, 5)", &mesh_y)), ("f", npy("(4, 5)", &values))];
    assert_eq!(grid(&npz(&mesh)), expected());
    // As studies of loss landscapes call the axes; what else might be one is not passed over.
    let named =
        npz(&[("alphas", npy("(5,)", &XS)), ("betas", npy("(4,)", &YS)), ("loss", npy("(4, 5)", &values))]);
    assert_eq!(grid(&named), expected());
    let other =
        npz(&[("first", npy("(5,)", &XS)), ("y", npy("(4,)", &YS)), ("loss", npy("(4, 5)", &values))]);
    let message = &read_grid("g", &other, &[]).expect_err("an axis is not known")[0].message;
    assert!(
        message.contains("first, y, loss; the axes of the loss have to be called `x` and `y`"),
        "{message}"
    );
    assert_eq!(grid(&npz(&[("lr", npy("(1,)", &[0.1])), ("loss", npy("(4, 5)", &values))])).values, values);
    // The wrong way round, an axis has not as many nodes as the matrix.
    let turned = npz(&[("x", npy("(4,)", &YS)), ("y", npy("(5,)", &XS)), ("loss", npy("(4, 5)", &values))]);
    let message = &read_grid("g", &turned, &[]).expect_err("turned")[0].message;
    assert!(message.contains("4 rows for y and 5 columns for x"), "{message}");
    let cut = &archive[..archive.len() - 30];
    assert!(read_grid("g", cut, &[]).is_err());
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let whole: String = XS
        .iter()
        .flat_map(|x| YS.map(|y| format!("{x},{y},{}\n", loss(*x, y))))
        .fold("x,y,loss\n".to_owned(), |text, row| text + &row);
    let without = whole.replace("0,1,0\n", "");
    let twice = whole.clone() + "0,1,7\n";
    let infinite = whole.replace("0.5,1,0.5", "0.5,1,1e200");
    for (text, place, words) in [
        (without.as_str(), "21:1", "found 19 nodes at 5 values of x and 4 of y; 1 are missing, as at (0, 1)"),
        (&twice, "22:1", "the loss at (0, 1) is given twice"),
        (&infinite, "15:7", "at most 1e100"),
        ("x,y,loss\n1,2,3\n", "1:1", "found 1 different values of x; at least 4"),
        ("a,b,c,d\n1,2,3,4\n", "1:1", "found the columns a, b, c, d; write x, y and loss"),
        ("x,y,loss\n1,2\n", "2:1", "found 2 cells"),
        ("x,y,loss\n1,2,abc\n", "2:5", "found `abc`"),
    ] {
        let found = read_grid("g", text.as_bytes(), &[]).expect_err(text)[0].to_string();
        assert!(
            found.starts_with(&format!("{place}: ")) && found.contains(words),
            "{found}, not {place} {words}"
        );
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_to_the_bit(
        xs in prop::collection::btree_set(-1_000_000..1_000_000_i32, 4..8),
        ys in prop::collection::btree_set(-1000..1000_i32, 4..8),
        values in prop::collection::vec(-1e100..1e100_f64, 49),
    ) {
        let xs: Vec<f64> = xs.into_iter().map(|x| f64::from(x) / 7.0).collect();
        let ys: Vec<f64> = ys.into_iter().map(|y| f64::from(y) * 1e-9).collect();
        let values = values[..xs.len() * ys.len()].to_vec();
        let grid = LossGrid { name: "g".to_owned(), xs, ys, values, ..LossGrid::default() };
        prop_assert_eq!(read_grid("g", write_grid(&grid).as_bytes(), &[]), Ok(grid));
    }

    #[test]
    fn no_bytes_are_too_much(content in prop::collection::vec(any::<u8>(), 0..200), start in prop::sample::select(vec![&b""[..], b"\x93NUMPY\x01\x00", b"PK\x03\x04", b"x,y,loss\n"])) {
        let bytes = [start, &content].concat();
        if let Ok(grid) = read_grid("g", &bytes, &[]) {
            prop_assert_eq!(grid.fault(), None);
        }
    }
}
