//! The lines of steps: read, evaluated, written again, and written with their numbers.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use nalgebra::{Matrix2, Vector2};
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::surfaces;
use thalweg_core::formula::bindings::Bindings;
use thalweg_core::formula::expression::Expression;
use thalweg_core::formula::numbers::Piece;
use thalweg_core::formula::shape::Tensor;
use thalweg_core::formula::write::Spelling;
use thalweg_core::method::oracle::answer;
use thalweg_core::method::update_equation::EquationRule;
use thalweg_core::objective::objective::Objective;
use thalweg_core::spec::chosen::Chosen;
use thalweg_testing::variants_with_numbers;

/// f = x² - y².
fn saddle() -> Objective {
    Objective::new(&Chosen::with_defaults(surfaces::find("Saddle").expect("Saddle")))
}

fn symbols() -> Bindings {
    let mut symbols = Bindings::new();
    symbols.bind("x", Tensor::Vector(Vector2::new(3.0, -4.0)));
    symbols.bind("g₋", Tensor::Vector(Vector2::new(1.0, 2.0)));
    symbols.bind("β₁", Tensor::Number(0.5));
    symbols.bind("t", Tensor::Number(3.0));
    symbols.bind("n", Tensor::Number(-2.0));
    symbols.bind("g", Tensor::Vector(Vector2::new(0.5, -0.25)));
    symbols.bind("eps", Tensor::Number(1e-8));
    symbols.bind("f", Tensor::Number(2.0));
    symbols.bind("f*", Tensor::Number(-1.0));
    symbols.bind("H", Tensor::Matrix(Matrix2::new(2.0, 0.0, 0.0, -4.0)));
    symbols
}

#[test]
fn formulas_mean_what_textbooks_mean() {
    let objective = saddle();
    let symbols = symbols();
    for (text, wanted) in [
        ("1 - β₁^t", 0.875),
        ("2·3/4", 1.5),
        ("-2²", -4.0),
        ("n² + 1", 5.0),
        ("2⁻²", 0.25),
        ("x·g₋", -5.0),
        ("‖x‖", 5.0),
        ("‖x‖²", 25.0),
        ("x·g₋/(x·x)", -0.2),
        ("√(x·x)", 5.0),
        ("f(x)", -7.0),
        ("7 mod t", 1.0),
        ("(t - 1) mod ceil(1.5)", 0.0),
        ("max(t, n)", 3.0),
        ("-7 mod t", 2.0),
        ("mod(7, t) + 2t", 7.0),
        ("n**2", 4.0),
        ("1 if t ≤ 3 else 2", 1.0),
        ("1 if t >= 4 else 2", 2.0),
        ("hypot(3, 4) + relu(n) + floor(2.5)", 7.0),
        ("clip(t, n, -1)", -1.0),
        ("max(2, (t - t)/(t - t))", 2.0),
        ("1 if t = 3 else 2", 1.0),
        ("1 if t < 3 else 2 if t > 4 else 3", 3.0),
        ("1 if H ≻ 0 else 2", 2.0),
        ("1 if I ≻ 0 else 2", 1.0),
        ("g₋·H·g₋", -14.0),
    ] {
        assert_eq!(value(text, &objective, &symbols), Ok(Tensor::Number(wanted)), "{text}");
    }
    for (text, x, y) in [
        ("x", 3.0, -4.0),
        ("2·x + 1", 7.0, -7.0),
        ("x⊙g₋", 3.0, -8.0),
        ("x²", 9.0, 16.0),
        ("x/g₋", 3.0, -2.0),
        ("|x|", 3.0, 4.0),
        ("sign(x)", 1.0, -1.0),
        ("√(x²)", 3.0, 4.0),
        ("max(x, g₋)", 3.0, 2.0),
        ("0 if x < 0 else x", 3.0, 0.0),
        ("∇f(x)", 6.0, 8.0),
        ("∇f(x + g₋)", 8.0, 4.0),
        ("diag(∇²f(x))", 2.0, -2.0),
        ("H·x", 6.0, 16.0),
        ("-H⁻¹·x", -1.5, -1.0),
        ("|H|·x", 6.0, -16.0),
        ("(H + 2·I)⁻¹·x", 0.75, 2.0),
        ("(x·x^T)·e₁", 9.0, -12.0),
    ] {
        assert_eq!(value(text, &objective, &symbols), Ok(Tensor::Vector(Vector2::new(x, y))), "{text}");
    }
}

/// What a line comes to, or what is wrong with it and where.
fn value(text: &str, objective: &Objective, symbols: &Bindings) -> Result<Tensor, (usize, usize, String)> {
    let line = Expression::parse_line(text);
    let line = line.as_ref().map_err(|error| (error.at, error.length, error.message.clone()))?;
    let evaluated = line.evaluate(symbols, |question, point| answer(objective, question, point));
    evaluated.map(|line| line.value()).map_err(|error| (error.at, error.length, error.message))
}

#[test]
fn what_is_wrong_with_a_line_is_told_by_character() {
    let objective = saddle();
    let symbols = symbols();
    for (text, at, length, words) in [
        ("", 0, 0, "there is no formula"),
        ("1 +", 3, 0, "missing after `+`"),
        ("(1", 0, 1, "never closed"),
        ("1)", 1, 1, "closes nothing"),
        ("x x", 2, 1, "write `*`"),
        ("max(1)", 5, 1, "two arguments"),
        ("clip(1, 2)", 9, 1, "three arguments"),
        ("1 if 2", 6, 0, "compares two values"),
        ("1 if 2 > 1", 10, 0, "a if b < c else d"),
        ("|x", 0, 1, "never closed"),
        ("‖x|", 2, 1, "cannot follow"),
        ("∇g(x)", 0, 1, "∇f(x)"),
        ("if", 0, 2, "what is chosen comes first"),
        ("2 = 2", 2, 1, "only in a condition"),
        ("x² ³", 3, 1, "parentheses"),
        ("x²^3", 2, 1, "parentheses"),
        ("x ≤ 1", 2, 1, "only in a condition"),
        ("cliip(x)", 0, 5, "did you mean `clip`"),
        ("norm", 0, 4, "`norm(x)`"),
        ("x/2x", 3, 1, "write the `*`"),
        ("a_name_of_17_char", 0, 17, "at most 16"),
        // What stands for nothing, and what does not fit together.
        ("x + unknown", 4, 7, "`unknown` stands for nothing"),
        ("2·gg", 2, 2, "did you mean `g`"),
        ("beta1 + beta_1", 8, 6, "did you mean"),
        ("H + 1", 2, 1, "a sum of a matrix and a number"),
        ("x - 2·H", 2, 1, "a difference of a vector and a matrix"),
        ("exp(H)", 0, 3, "no exp of a matrix"),
        ("H⁻¹", 1, 2, "this is an inverse"),
        ("x^T", 1, 1, "this is a transposed vector"),
        ("x^T^T", 3, 1, "only a vector is transposed"),
        ("f(H)", 0, 1, "asked at a point"),
        ("∇f(H)", 0, 2, "asked at a point"),
        ("diag(x)", 0, 4, "only a matrix has a diagonal"),
        ("1 if H > 0 else 2", 2, 2, "a comparison of a matrix and a number"),
        ("x + 1 if x ≻ 0 else 2", 6, 2, "compares a matrix"),
        ("x*g", 1, 1, "`*` between two vectors"),
        ("dot(x, H)", 0, 3, "multiplies two vectors"),
    ] {
        let result = value(text, &objective, &symbols);
        let (found_at, found_length, message) = result.expect_err(text);
        assert_eq!((found_at, found_length), (at, length), "{text}: {message}");
        assert!(message.contains(words), "{text}: {message}");
    }
}

#[test]
fn a_line_may_be_typed_or_printed() {
    let objective = saddle();
    let symbols = symbols();
    for (typed, printed) in [
        ("beta1*x + (1 - beta1)*g", "β₁·x + (1 - β₁)·g"),
        ("x .* g_minus", "x⊙g₋"),
        ("x .* 2 - 2 .* x", "x⊙2 - 2⊙x"),
        ("dot(x, g)/norm(g)^2", "dot(x, g)/‖g‖²"),
        ("sqrt(abs(x) + eps)", "√(|x| + ε)"),
        ("sqrt(t)^2", "sqrt(t)²"),
        ("-H^-1*grad(x)", "-H⁻¹·∇f(x)"),
        ("diag(hess(x))", "diag(∇²f(x))"),
        ("x if H >> 0 else -x", "x if H ≻ 0 else -x"),
        ("1 - beta1^t", "1 - β₁^t"),
        ("0 if x < 0 else x", "0 if x < 0 else x"),
        ("(f - f*)/beta1", "(f - f*)/β₁"),
        ("exp(-pi*t) + 1e-8*e", "exp(-π·t) + 1e-8·e"),
        ("t mod ceil(n)", "t mod ceil(n)"),
        ("x*(g^T*e1)", "x·(g^T·e₁)"),
    ] {
        let line = Expression::parse_line(typed).expect(typed);
        assert_eq!(line, Expression::parse_line(printed).expect(printed), "{typed}");
        assert_eq!(line.written(Spelling::Typed), typed);
        assert_eq!(line.written(Spelling::Printed), printed);
        assert!(
            value(typed, &objective, &symbols).is_ok(),
            "{typed}: {:?}",
            value(typed, &objective, &symbols)
        );
        assert_eq!(value(typed, &objective, &symbols), value(printed, &objective, &symbols), "{typed}");
    }
    for (text, same) in [("x − 2×g", "x - 2*g"), ("epsilon + s_hat", "ε + s\u{302}"), ("t == 3", "")] {
        if same.is_empty() {
            assert!(Expression::parse_line(&format!("1 if {text} else 2")).is_ok(), "{text}");
        } else {
            assert_eq!(Expression::parse_line(text), Expression::parse_line(same), "{text}");
        }
    }
}

/// What the descriptions say is printed as it stands there, and typed it is the same.
#[test]
fn the_lines_of_every_optimizer_are_written_and_read_again() {
    for of in optimizers::ALL {
        for chosen in variants_with_numbers(of) {
            for line in of.lines(&chosen.prepare()) {
                let EquationRule::Formula(text) = line.rule else { continue };
                let read = Expression::parse_line(&text)
                    .unwrap_or_else(|error| panic!("{}: {text}: {error}", of.name));
                assert_eq!(read.written(Spelling::Printed), text, "{}", of.name);
                let typed = read.written(Spelling::Typed);
                assert!(typed.is_ascii(), "{}: {typed}", of.name);
                assert_eq!(Expression::parse_line(&typed).as_ref(), Ok(&read), "{}: {typed}", of.name);
            }
        }
    }
}

fn shown(rows: &[Vec<Piece>]) -> Vec<String> {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Number(number) => number.to_string(),
    };
    rows.iter().map(|row| row.iter().map(piece).collect()).collect()
}

#[test]
fn formulas_are_written_with_their_numbers() {
    let objective = saddle();
    let symbols = symbols();
    for (text, rows) in [
        ("1 - β₁^t", &["1 - 0.5^3"][..]),
        ("n·t", &["-2·3"]),
        ("t·n", &["3·(-2)"]),
        ("n²", &["(-2)²"]),
        ("β₁·x + (1 - β₁)·g₋", &["0.5·3 + (1 - 0.5)·1", "0.5·(-4) + (1 - 0.5)·2"]),
        ("x²", &["3²", "(-4)²"]),
        ("x⊙g₋", &["3·1", "-4·2"]),
        ("x/‖x‖", &["3/‖(3, -4)‖", "-4/‖(3, -4)‖"]),
        ("x·g₋", &["(3, -4)·(1, 2)"]),
        ("0 if x < 0 else x", &["3", "0"]),
        ("1 if t = 3 else 7", &["1"]),
        ("x if t < 3 else 0 if H ≻ 0 else 1", &["1"]),
        ("∇f(x + g₋)", &["∇f((3, -4) + (1, 2))"]),
        ("√(n² + 1)", &["√((-2)² + 1)"]),
        ("√t", &["√3"]),
        ("∇f(x)", &["∇f(3, -4)"]),
        ("-H⁻¹·x", &["-[2 0; 0 -4]⁻¹·(3, -4)"]),
        ("max(|x|, g₋)", &["max(|3|, 1)", "max(|-4|, 2)"]),
    ] {
        let line = Expression::parse_line(text).expect(text);
        let numbers = line.evaluate(&symbols, |question, point| answer(&objective, question, point));
        let numbers = numbers.expect(text).numbers();
        assert_eq!(shown(&numbers), rows, "{text}");
    }
}

/// A name that every line knows may be given another value, and only then counts as one that was there.
#[test]
fn what_every_line_knows_was_given_by_nobody() {
    let objective = saddle();
    let mut symbols = Bindings::new();
    assert_eq!(symbols.value("e"), None);
    assert_eq!(value("e", &objective, &symbols), Ok(Tensor::Number(std::f64::consts::E)));
    symbols.bind("e", Tensor::Number(2.0));
    assert_eq!(symbols.value("e"), Some(Tensor::Number(2.0)));
    assert_eq!(value("e*e", &objective, &symbols), Ok(Tensor::Number(4.0)));
}
