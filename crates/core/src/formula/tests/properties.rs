//! What holds of any text and of any formula.

use super::{lattice, same};
use crate::formula::expression::Expression;
use crate::formula::tape::Tape;
use crate::math::dual::Dual;
use crate::math::number::Number;
use proptest::prelude::*;
use proptest::sample::select;

/// A formula as a tree, evaluated without any of the steps between.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    Number(f64),
    X,
    Y,
    K,
    Negative(Box<Tree>),
    Call(&'static str, Box<Tree>),
    Join(char, Box<Tree>, Box<Tree>),
    Of(&'static str, Box<Tree>, Box<Tree>),
    Choice(&'static str, [Box<Tree>; 4]),
}

const K: f64 = 1.25;

/// A value, and whether it is the same for all x and y.
type Known = (f64, bool);

impl Tree {
    /// With as few parentheses as the rules allow where `tightness` is asked for.
    pub(super) fn written(&self, tightness: u8) -> String {
        let (text, binds) = match self {
            Self::Number(number) => (format!("{number:?}"), 5),
            Self::X => ("x".into(), 5),
            Self::Y => ("y".into(), 5),
            Self::K => ("k".into(), 5),
            Self::Negative(of) => (format!("-{}", of.written(3)), 3),
            Self::Call(name, of) => (format!("{name}({})", of.written(0)), 5),
            Self::Choice(relation, [then, left, right, otherwise]) => {
                let [then, left, right] = [then, left, right].map(|part| part.written(1));
                (format!("{then} if {left} {relation} {right} else {}", otherwise.written(0)), 0)
            }
            Self::Of(name, a, b) => (format!("{name}({}, {})", a.written(0), b.written(0)), 5),
            Self::Join(sign, a, b) => {
                let (binds, left, right) = match sign {
                    '+' | '-' => (1, 1, 2),
                    '*' | '/' => (2, 2, 3),
                    _ => (4, 5, 3),
                };
                (format!("{} {sign} {}", a.written(left), b.written(right)), binds)
            }
        };
        if binds < tightness { format!("({text})") } else { text }
    }

    fn value(&self, x: f64, y: f64) -> Known {
        match self {
            Self::Number(number) => (*number, true),
            Self::X => (x, false),
            Self::Y => (y, false),
            Self::K => (K, true),
            Self::Negative(of) => {
                let (of, constant) = of.value(x, y);
                (-of, constant)
            }
            Self::Call(name, of) => {
                let (of, constant) = of.value(x, y);
                let value = match *name {
                    "exp" => libm::exp(of),
                    "log" | "ln" => libm::log(of),
                    "sqrt" => f64::sqrt(of),
                    "abs" => f64::abs(of),
                    "sin" => libm::sin(of),
                    "cos" => libm::cos(of),
                    "tan" => libm::tan(of),
                    "sinh" => libm::sinh(of),
                    "cosh" => libm::cosh(of),
                    "atan" => libm::atan(of),
                    "asin" => libm::asin(of),
                    "acos" => libm::acos(of),
                    "log10" => libm::log10(of),
                    "log2" => libm::log2(of),
                    "erf" => libm::erf(of),
                    "sigmoid" => {
                        let small = libm::exp(-f64::abs(of));
                        (if of < 0.0 { small } else { 1.0 }) / (1.0 + small)
                    }
                    "softplus" => (if of > 0.0 { of } else { 0.0 }) + libm::log1p(libm::exp(-f64::abs(of))),
                    "relu" if of.is_nan() => of,
                    "relu" => {
                        if of < 0.0 {
                            0.0
                        } else {
                            of
                        }
                    }
                    "sign" => {
                        if of > 0.0 {
                            1.0
                        } else if of < 0.0 {
                            -1.0
                        } else {
                            of * 0.0
                        }
                    }
                    "floor" => libm::floor(of),
                    "ceil" => libm::ceil(of),
                    _ => libm::tanh(of),
                };
                (value, constant)
            }
            Self::Choice(relation, parts) => {
                let [then, left, right, otherwise] = [0, 1, 2, 3].map(|part: usize| parts[part].value(x, y));
                let holds = match *relation {
                    "<" => left.0 < right.0,
                    ">" => left.0 > right.0,
                    "<=" => left.0 <= right.0,
                    ">=" => left.0 >= right.0,
                    _ => left.0 == right.0,
                };
                if left.1 && right.1 {
                    let nowhere = left.0.is_nan() || right.0.is_nan();
                    return if nowhere {
                        (f64::NAN, true)
                    } else if holds {
                        then
                    } else {
                        otherwise
                    };
                }
                let value = match left.0.partial_cmp(&right.0) {
                    None => f64::NAN,
                    Some(_) => {
                        if holds {
                            then.0
                        } else {
                            otherwise.0
                        }
                    }
                };
                (value, false)
            }
            Self::Of(name, a, b) => {
                let ((a, a_constant), (b, b_constant)) = (a.value(x, y), b.value(x, y));
                let value = match *name {
                    "atan2" => libm::atan2(a, b),
                    "hypot" => libm::hypot(a, b),
                    "mod" => {
                        let left = a % b;
                        if left != 0.0 && (left < 0.0) != (b < 0.0) { left + b } else { left }
                    }
                    _ if a.is_nan() || b.is_nan() => f64::NAN,
                    "min" => {
                        if b < a {
                            b
                        } else {
                            a
                        }
                    }
                    _ => {
                        if a < b {
                            b
                        } else {
                            a
                        }
                    }
                };
                (value, a_constant && b_constant)
            }
            Self::Join(sign, a, b) => {
                let (a, b) = (a.value(x, y), b.value(x, y));
                let constant = a.1 && b.1;
                match sign {
                    '+' => (a.0 + b.0, constant),
                    '-' => (a.0 - b.0, constant),
                    '*' => (a.0 * b.0, constant),
                    '/' => (a.0 / b.0, constant),
                    _ => power(a, b),
                }
            }
        }
    }
}

fn power((base, base_constant): Known, (exponent, exponent_constant): Known) -> Known {
    let constant = base_constant && exponent_constant;
    if base_constant && base == std::f64::consts::E {
        return (libm::exp(exponent), constant);
    }
    if exponent_constant && exponent.fract() == 0.0 && exponent.abs() <= 1024.0 {
        let whole = Number::powi(base, exponent.abs() as u32);
        let value = if exponent < 0.0 { 1.0 / whole } else { whole };
        return (value, constant || exponent == 0.0);
    }
    (libm::pow(base, exponent), constant)
}

pub(super) fn trees() -> impl Strategy<Value = Tree> {
    let number = prop_oneof![
        select(vec![0.0, 0.5, 1.0, 2.0, 3.0, 10.0, std::f64::consts::E, 1e-300, 1e300]),
        0.0..5.0,
        (0..9_u32).prop_map(f64::from),
    ];
    let leaf = prop_oneof![
        number.prop_map(Tree::Number),
        Just(Tree::X),
        Just(Tree::X),
        Just(Tree::Y),
        Just(Tree::K),
    ];
    leaf.prop_recursive(6, 40, 2, |inner| {
        let functions = select(vec![
            "exp", "log", "ln", "sqrt", "abs", "sin", "cos", "tan", "tanh", "sinh", "cosh", "atan", "asin",
            "acos", "log10", "log2", "erf", "sigmoid", "softplus", "relu", "sign", "floor", "ceil",
        ]);
        let signs = select(vec!['+', '-', '*', '/', '^', '+', '-', '*']);
        prop_oneof![
            1 => inner.clone().prop_map(|of| Tree::Negative(of.into())),
            2 => (functions, inner.clone()).prop_map(|(name, of)| Tree::Call(name, of.into())),
            6 => (signs, inner.clone(), inner.clone())
                .prop_map(|(sign, a, b)| Tree::Join(sign, a.into(), b.into())),
            1 => (select(vec!["min", "max", "atan2", "hypot", "mod"]), inner.clone(), inner.clone())
                .prop_map(|(name, a, b)| Tree::Of(name, a.into(), b.into())),
            1 => (select(vec!["<", ">", "<=", ">=", "="]), inner.clone(), inner.clone(), inner.clone(), inner)
                .prop_map(|(relation, a, b, c, d)| {
                    Tree::Choice(relation, [a, b, c, d].map(Box::new))
                }),
        ]
    })
}

/// The tape of a tree, unless its text is too long.
fn tape(tree: &Tree) -> Option<(String, Tape)> {
    let text = tree.written(0);
    match Expression::parse(&text) {
        Ok(expression) => Some((text, expression.tape(&[K; 1][..expression.constants().len()]))),
        Err(mistake) => {
            assert!(mistake.message.contains("characters"), "{text}: {mistake}");
            None
        }
    }
}

/// Reads a text and, where it is right, evaluates it in every way.
fn survives(text: &str) {
    match Expression::parse(text) {
        Ok(expression) => {
            let constants: Vec<f64> = expression.constants().iter().map(|_| 0.5).collect();
            let tape = expression.tape(&constants);
            let at = tape.at(Dual::x(Dual::x(0.3)), Dual::y(Dual::y(-0.7)));
            assert!(same(at.value.value, tape.at(0.3, -0.7)), "{text}");
        }
        Err(mistake) => {
            let count = text.chars().count();
            assert!(mistake.at + mistake.length <= count, "{text:?}: {mistake:?}");
            assert!(mistake.length > 0 || mistake.at == count, "{text:?}: {mistake:?}");
            assert!(!mistake.message.is_empty() && !mistake.message.contains('\n'), "{text:?}: {mistake:?}");
        }
    }
}

const FRAGMENTS: [&str; 48] = [
    " if ", " else ", "<", ">=", "|", "mod(", "atan2(", "hypot(", "x", "y", "x", "y", "pi", "e", "k", "f",
    "a_1", "1", "2", ".5", "2e-3", "1e999", "+", "-", "*", "/", "^", "^", "+", "-", "*", "(", ")", "(", ")",
    ",", "exp(", "log(", "min(", "max(", "sin(", "tanh(", "abs(", " ", "**", "²", "λ", "sqrt",
];

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        survives(&text);
    }

    #[test]
    fn no_text_like_a_formula_makes_it_panic(parts in prop::collection::vec(select(&FRAGMENTS[..]), 0..60)) {
        survives(&parts.concat());
    }

    #[test]
    fn no_chain_of_operands_makes_it_panic(
        parts in prop::collection::vec(
            (select(vec!["x", "y", "(x+1)", "exp(y)", "k", "3", "-x"]), select(vec!["+", "-", "*", "/", "^", "^-"])),
            1..150,
        )
    ) {
        let parts: Vec<String> = parts.iter().map(|(operand, sign)| format!("{operand}{sign}")).collect();
        survives(&(parts.concat() + "y"));
    }

    #[test]
    fn a_written_tree_has_the_value_of_the_tree(tree in trees()) {
        if let Some((text, tape)) = tape(&tree) {
            for (x, y) in lattice().take(12).chain([(0.0, 0.0), (-1.0, 2.0), (f64::INFINITY, f64::NAN)]) {
                let (found, wanted) = (tape.at(x, y), tree.value(x, y).0);
                prop_assert!(same(found, wanted), "{text} at ({x}, {y}): {found} is not {wanted}");
            }
        }
    }

    #[test]
    fn a_row_has_the_bits_of_its_points(tree in trees(), count in 0..80_usize, y in -3.0..3.0) {
        if let Some((text, tape)) = tape(&tree) {
            let xs: Vec<f64> = lattice().cycle().take(count).map(|(x, y)| x + y * 0.1).collect();
            let mut out = vec![f64::MAX; count + 3];
            tape.row(&xs, y, &mut out);
            for (x, found) in xs.iter().zip(&out) {
                prop_assert!(same(*found, tape.at(*x, y)), "{text} at ({x}, {y})");
            }
            prop_assert!(out[count..].iter().all(|rest| *rest == f64::MAX), "the rest is left alone");
        }
    }

    #[test]
    fn derivatives_carry_the_same_value(tree in trees()) {
        if let Some((text, tape)) = tape(&tree) {
            for (x, y) in lattice().take(6) {
                prop_assert!(same(tape.at(Dual::x(x), Dual::y(y)).value, tape.at(x, y)), "{text} at ({x}, {y})");
            }
        }
    }
}
