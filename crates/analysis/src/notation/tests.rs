//! The notation read, evaluated and written again.

use super::{Formula, Piece, Symbols};
use nalgebra::{Matrix2, Vector2};
use thalweg_core::catalogue::surfaces;
use thalweg_core::method::update_equation::Quantity;
use thalweg_core::objective::objective::Objective;
use thalweg_core::spec::chosen::Chosen;

/// f = x² - y².
fn saddle() -> Objective {
    Objective::new(&Chosen::with_defaults(surfaces::find("Saddle").expect("Saddle")))
}

fn symbols(objective: &Objective) -> Symbols<'_, Objective> {
    let mut symbols = Symbols::new(objective);
    symbols.bind("x", Quantity::Vector(Vector2::new(3.0, -4.0)));
    symbols.bind("g₋", Quantity::Vector(Vector2::new(1.0, 2.0)));
    symbols.bind("β₁", Quantity::Number(0.5));
    symbols.bind("t", Quantity::Number(3.0));
    symbols.bind("n", Quantity::Number(-2.0));
    symbols.bind("H", Quantity::Matrix(Matrix2::new(2.0, 0.0, 0.0, -4.0)));
    symbols
}

#[test]
fn formulas_mean_what_textbooks_mean() {
    let objective = saddle();
    let symbols = symbols(&objective);
    for (text, value) in [
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
        ("clip(t, n, -1)", -1.0),
        ("1 if t = 3 else 2", 1.0),
        ("1 if t < 3 else 2 if t > 4 else 3", 3.0),
        ("1 if H ≻ 0 else 2", 2.0),
        ("1 if I ≻ 0 else 2", 1.0),
        ("g₋·H·g₋", -14.0),
    ] {
        let formula = Formula::read(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(formula.value(&symbols), Some(Quantity::Number(value)), "{text}");
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
        let formula = Formula::read(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(formula.value(&symbols), Some(Quantity::Vector(Vector2::new(x, y))), "{text}");
    }
}

#[test]
fn what_is_no_formula_is_not_read() {
    for text in ["", "1 +", "(1", "1)", "x x", "max(1)", "1 if 2", "1 if 2 > 1", "|x", "∇g(x)", "if", "2 = 2"]
    {
        assert_eq!(Formula::read(text), None, "{text}");
    }
}

/// A symbol without a value, and shapes that do not fit: no value, no panic.
#[test]
fn what_does_not_fit_has_no_value() {
    let objective = saddle();
    let symbols = symbols(&objective);
    for text in
        ["unknown", "H + 1", "H + x", "√H", "H⁻¹", "x^T", "f(H)", "∇f(H)", "diag(x)", "1 if H > 0 else 2"]
    {
        let formula = Formula::read(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(formula.value(&symbols), None, "{text}");
        assert_eq!(formula.numbers(&symbols), None, "{text}");
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
    let symbols = symbols(&objective);
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
        ("1 if t = 3 else unknown", &["1"]),
        ("∇f(x)", &["∇f(3, -4)"]),
        ("-H⁻¹·x", &["-[2 0; 0 -4]⁻¹·(3, -4)"]),
        ("max(|x|, g₋)", &["max(|3|, 1)", "max(|-4|, 2)"]),
    ] {
        let formula = Formula::read(text).unwrap_or_else(|| panic!("{text}"));
        let numbers = formula.numbers(&symbols).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(shown(&numbers), rows, "{text}");
    }
}
