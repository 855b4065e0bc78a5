//! Points as programs print them: `(1.0, 2.0)`, `tensor([1.0, 2.0], requires_grad=True)`, `(tensor(1.), tensor(2.))`,
//! `[array([1., 2.]), array([3., 4.])]`.

/// Whether a text has points in brackets, and not columns.
pub fn has_brackets(text: &str) -> bool {
    let mut opened = text.match_indices(['(', '[']);
    opened.any(|(at, _)| {
        let inside = text.get(at + 1..).unwrap_or_default().trim_start();
        let end = inside.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '.')));
        let (word, behind) = inside.split_at(end.unwrap_or(inside.len()));
        let word = if behind.starts_with('(') { word } else { "" };
        let is_number = inside.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
        // One number alone belongs to a name, as in `sales (2019)`.
        let within = inside.split([')', ']']).next().unwrap_or_default().trim_end();
        let is_point = is_number && within.contains([',', ';', ' ', '\t', '\n', '\r']);
        is_point || inside.starts_with(['(', '[']) || is_wrapper(word)
    })
}

/// Whether a word stands before the parentheses of a number or of a list of them.
fn is_wrapper(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or(word);
    ["tensor", "array", "Array", "Parameter", "float64", "float32", "float16", "Tensor"].contains(&last)
}

/// What is open at some place of the text.
#[derive(Default)]
struct OpenBracket {
    /// Where it was opened.
    at: usize,
    numbers: Vec<f64>,
    /// Whether points were found within it: its own numbers are none.
    has_points: bool,
}

/// A point, and the byte where it stands.
pub type PrintedPoint = (usize, Vec<f64>);

/// The points in a text, each with the byte where it stands. Numbers outside of brackets and words are passed over.
///
/// # Errors
/// The byte where a bracket stands that is not closed, or closes none, and what is wrong.
pub fn printed_points(text: &str) -> Result<Vec<PrintedPoint>, (usize, String)> {
    let mut points = Vec::new();
    let mut open: Vec<OpenBracket> = Vec::new();
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let length = match next {
            '(' | '[' => {
                open.push(OpenBracket { at, ..OpenBracket::default() });
                1
            }
            ')' | ']' => {
                let Some(closed) = open.pop() else {
                    return Err((at, format!("this `{next}` closes nothing")));
                };
                let mut is_point = closed.has_points;
                match closed.numbers[..] {
                    _ if closed.has_points => {}
                    [] => {}
                    [number] => open.last_mut().into_iter().for_each(|outer| outer.numbers.push(number)),
                    _ => {
                        points.push((closed.at, closed.numbers));
                        is_point = true;
                    }
                }
                if let Some(outer) = open.last_mut() {
                    outer.has_points |= is_point;
                }
                1
            }
            '<' => rest.find('>').map_or(1, |end| end + 1),
            '\'' => rest.get(1..).and_then(|rest| rest.find('\'')).map_or(1, |end| end + 2),
            _ if next.is_ascii_digit() || matches!(next, '-' | '+' | '.') => {
                let is_part = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E');
                let mut length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                let mut word = rest.get(..length).unwrap_or_default().to_owned();
                // `-inf` and `-nan`.
                if matches!(word.as_str(), "-" | "+") {
                    let name = rest.get(1..).unwrap_or_default();
                    let name = name.get(..name.find(|c: char| !c.is_alphabetic()).unwrap_or(name.len()));
                    length += name.map_or(0, str::len);
                    word.push_str(name.unwrap_or_default());
                }
                if let (Ok(number), Some(inner)) = (word.parse(), open.last_mut()) {
                    inner.numbers.push(number);
                }
                length.max(1)
            }
            _ if next.is_alphabetic() || next == '_' => {
                let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
                let length = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
                let word = rest.get(..length).unwrap_or_default();
                let behind = rest.get(length..).unwrap_or_default();
                if behind.starts_with('=') {
                    // `requires_grad=True`, `device='cuda:0'`: all of it.
                    let ends = behind.find([',', ')', ']', '\n', '<']).unwrap_or(behind.len());
                    length + ends
                } else {
                    if let ("nan" | "inf" | "NaN" | "Infinity", Some(inner)) = (word, open.last_mut()) {
                        inner.numbers.push(if word.starts_with(['n', 'N']) {
                            f64::NAN
                        } else {
                            f64::INFINITY
                        });
                    }
                    length
                }
            }
            _ => next.len_utf8(),
        };
        at += length;
    }
    match open.first() {
        Some(first) => Err((first.at, "this bracket is not closed".to_owned())),
        None => Ok(points),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(text: &str) -> Vec<Vec<f64>> {
        assert!(has_brackets(text), "{text}");
        printed_points(text).expect("points").into_iter().map(|(_, point)| point).collect()
    }

    #[test]
    fn points_are_read_however_they_are_printed() {
        let expected = vec![vec![1.0, -2.5], vec![0.3, 4e-3]];
        for text in [
            "(1.0, -2.5)\n(0.3, 4e-3)\n",
            "[1.0, -2.5]\n[0.3, 0.004]",
            "[(1.0, -2.5), (0.3, 0.004)]",
            "[[1, -2.5], [.3, 4.0e-03]]",
            "[[ 1.e+00 -2.5e+00]\n [ 3.e-01  4.e-03]]",
            "tensor([ 1.0000, -2.5000])\ntensor([0.3000, 0.0040])",
            "tensor([1., -2.5], requires_grad=True)\ntensor([0.3, 0.004], grad_fn=<SubBackward0>)",
            "tensor([1., -2.5], device='cuda:0', dtype=torch.float64)\ntensor([0.3, 0.004], device='cuda:0')",
            "(tensor(1.), tensor(-2.5))\n(tensor(0.3), tensor(0.004, requires_grad=True))",
            "[array([ 1. , -2.5]), array([0.3  , 0.004])]",
            "(np.float64(1.0), np.float64(-2.5))\n(np.float64(0.3), np.float64(0.004))",
            "step 0: [1.0, -2.5] loss 3.2\nstep 1: [0.3, 0.004] loss 1.5",
            "Parameter containing:\ntensor([1., -2.5], requires_grad=True)\ntensor([0.3, 0.004])",
            "Array([1., -2.5], dtype=float32)\nArray([0.3, 0.004], dtype=float32)",
        ] {
            assert_eq!(points(text), expected, "{text}");
        }
        let diverged = points("(1, 2)\n(inf, -inf)\n(nan, 3)");
        assert_eq!(diverged[1], [f64::INFINITY, f64::NEG_INFINITY]);
        assert!(diverged[2][0].is_nan());
        assert_eq!(points("[1, 2, 3]\n[4, 5, 6]"), [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    }

    #[test]
    fn columns_are_no_points() {
        for text in ["x,y\n1,2\n", "f(x),y\n1,2", "x (mm),y [s]\n1,2", ""] {
            assert!(!has_brackets(text), "{text}");
        }
        assert_eq!(printed_points("(1, 2"), Err((0, "this bracket is not closed".to_owned())));
        assert_eq!(printed_points("(1, 2))").expect_err("too many").0, 6);
    }
}
