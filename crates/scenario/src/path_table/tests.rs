//! Paths in every form in which people have them.

use super::*;
use proptest::prelude::*;

fn path(text: &str) -> RecordedPath {
    read_path("p", text.as_bytes(), &[]).unwrap_or_else(|found| panic!("{text:?}: {found:?}"))
}

#[test]
fn columns_are_known_by_their_names() {
    let expected = vec![[1.0, -2.5], [0.5, 0.25], [0.125, 4e-3]];
    for text in [
        "step,x,y,loss\n0,1,-2.5,9\n1,.5,.25,4\n2,.125,4e-3,1",
        "x,y\n1,-2.5\n.5,.25\n.125,4e-3",
        "Loss;Y;X\n9;-2,5;1\n4;,25;0,5\n1;0,004;0,125".replace(";,25", ";0,25").as_str(),
        "iteration\tw1\tw2\n1\t1\t-2.5\n2\t.5\t.25\n3\t.125\t.004",
        ",w,b,lr\n0,1,-2.5,.1\n1,.5,.25,.1\n2,.125,.004,.1",
        "runner,label,step,x,y,loss,grad_norm,lr,v_x,v_y\n1,a,0,1,-2.5,9,1,.1,0,0\n1,a,1,.5,.25,4,1,.1,0,0\n1,a,2,.125,.004,1,1,.1,0,0",
        "1,-2.5\n.5,.25\n.125,.004",
        "0,1,-2.5\n1,.5,.25\n2,.125,.004",
        "1 1 -2.5 9\n2 .5 .25 4\n3 .125 .004 1",
        "weight,bias,epoch\n1,-2.5,0\n.5,.25,1\n.125,.004,2",
        "tensor([1., -2.5])\ntensor([0.5, 0.25])\ntensor([0.125, 0.004])",
    ] {
        assert_eq!(path(text).points, expected, "{text}");
    }
    let whole = path("step,x,y,loss\n0,1,-2.5,9\n1,.5,.25,4");
    assert_eq!((whole.loss, whole.columns), (vec![9.0, 4.0], ["x", "y"].map(str::to_owned)));
    // What diverges is recorded so.
    let diverged = path("x,y,loss\n1,2,3\ninf,-inf,nan\nnan,1,inf");
    assert!(diverged.points[2][0].is_nan() && diverged.points[1] == [f64::INFINITY, f64::NEG_INFINITY]);
}

#[test]
fn more_coordinates_are_chosen_or_projected() {
    let text = "step,a,b,c,loss\n0,3,0,4,1\n1,1.5,0,2,.5\n2,0,1,0,.1\n3,0,0,0,0\n";
    let projected = path(text);
    assert_eq!(projected.points.len(), 4);
    assert!(projected.distance.iter().all(|distance| *distance < 1e-12) && projected.share_shown() > 0.999);
    let choose = |names: &[&str]| {
        let names: Vec<_> = names.iter().map(|name| (*name).to_owned()).collect();
        read_path("p", text.as_bytes(), &names)
    };
    let chosen = choose(&["c", "A"]).expect("two columns");
    assert_eq!((chosen.points[0], chosen.points[1]), ([4.0, 3.0], [2.0, 1.5]));
    assert!(chosen.distance.is_empty() && chosen.chosen == ["c", "A"]);
    assert!(choose(&["a"]).expect_err("one")[0].message.contains("1 column is chosen"));
    assert!(choose(&["a", "cc"]).expect_err("none")[0].message.contains("unknown column `cc`"));
    let array = npy("<f8", "(3, 4)", &(0..12).flat_map(|n| f64::from(n).to_le_bytes()).collect::<Vec<_>>());
    let two = read_path("p", &array, &["4", "1"].map(str::to_owned)).expect("two of four");
    assert_eq!(two.points, [[3.0, 0.0], [7.0, 4.0], [11.0, 8.0]]);
}

/// An array as NumPy writes it.
fn npy(kind: &str, shape: &str, content: &[u8]) -> Vec<u8> {
    let mut header = format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': {shape}, }}");
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(content);
    bytes
}

#[test]
fn arrays_are_paths() {
    let single: Vec<u8> = [1.5_f32, 2.0, 0.1, -3.0].iter().flat_map(|value| value.to_le_bytes()).collect();
    let path = read_path("p", &npy("<f4", "(2, 2)", &single), &[]).expect("a path");
    assert_eq!(path.points, [[1.5, 2.0], [f64::from(0.1_f32), -3.0]]);
    assert!(path.is_single());
    let long = npy("<f8", "(2, 3)", &[0; 48]);
    assert!(read_path("p", &long, &[]).expect_err("lying")[0].message.contains("`path.T`"));
    let flat = npy("<f8", "(6,)", &[0; 48]);
    assert!(read_path("p", &flat, &[]).expect_err("flat")[0].message.contains("a row for each step"));
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (text, expected) in [
        ("", "1:1: found"),
        ("x,y\n1,2", "1:1: found 1 positions"),
        ("step,x\n0,1\n1,2", "1:1: found the columns step, x; two coordinates are needed"),
        ("x,y\n1,2\n3", "3:1: found 1 cells in this row"),
        ("x,y\n1,2\n3,abc", "3:3: found `abc`"),
        ("x,y\n1,2\n3,", "3:3: this cell is empty"),
        ("step,x,y\n0,1,2\n10,3,4", "3:1: step 0 is followed by step 10, and where it was between"),
        ("step,x,y\n0,1,2\n1,3,4\n0,1,2", "4:1: step 1 is followed by step 0; a file holds one path"),
        ("1.5,2,3\n4,5,6", "1:1: found 3 columns without names"),
        ("(1, 2)\n(3, 4, 5)", "2:1: found 3 numbers in this point; the first has 2"),
        ("(1, 2)\n(3, 4", "2:1: this bracket is not closed"),
        ("a,b,c\n1,2,inf\n4,5,6", "1:1: a path with more than two coordinates is projected"),
    ] {
        let found = read_path("p", text.as_bytes(), &[]).expect_err(text)[0].to_string();
        assert!(found.starts_with(expected), "{text:?}: {found}");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_to_the_bit(
        points in prop::collection::vec((-1e100..1e100_f64, prop_oneof![Just(-0.0), -1.0..1.0]), 2..20),
        has_loss: bool, has_distance: bool,
    ) {
        let extra = |is_there: bool| if is_there { points.iter().map(|(x, y)| x + y).collect() } else { Vec::new() };
        let path = RecordedPath {
            name: "p".to_owned(),
            columns: ["x", "y"].map(str::to_owned),
            points: points.iter().map(|(x, y)| [*x, *y]).collect(),
            loss: extra(has_loss),
            distance: extra(has_distance),
            ..RecordedPath::default()
        };
        prop_assert_eq!(read_path("p", write_path(&path).as_bytes(), &[]), Ok(path));
    }

    #[test]
    fn no_bytes_are_too_much(content in prop::collection::vec(any::<u8>(), 0..200), start in prop::sample::select(vec![&b""[..], b"\x93NUMPY\x01\x00", b"PK\x03\x04", b"tensor("])) {
        let bytes = [start, &content].concat();
        if let Ok(path) = read_path("p", &bytes, &[]) {
            prop_assert!(path.has_steps());
        }
    }

    #[test]
    fn nothing_that_looks_like_a_path_is_too_much(text in "[-0-9.,;\t\n ()\\[\\]xytensor]{0,60}") {
        if let Ok(path) = read_path("p", text.as_bytes(), &[]) {
            prop_assert!(path.has_steps() && (path.loss.is_empty() || path.loss.len() == path.points.len()));
        }
    }
}
