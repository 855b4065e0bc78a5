//! A typed function that is read: whoever asks for its value gets the same one, its derivatives fit together, and
//! what is printed of it is read as the same. The first bytes are the point, the others the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use thalweg_core::catalogue::surfaces;
use thalweg_core::formula::expression::Expression;
use thalweg_core::formula::limits::MOST_CHARACTERS;
use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::formula::write::Spelling;
use thalweg_core::nalgebra::Vector2;
use thalweg_core::objective::smoothness::Smoothness;
use thalweg_core::{Chosen, Objective, Value};

fn same(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan())
}

/// A coordinate: many are 0 or 1, some are at the ends.
fn coordinate(byte: u8) -> f64 {
    const PLACES: [f64; 8] = [0.0, 1.0, -1.0, 0.5, -2.5, 1e-8, 40.0, -1e155];
    PLACES.get(usize::from(byte)).copied().unwrap_or_else(|| f64::from(byte) / 16.0 - 8.0)
}

fuzz_target!(|bytes: &[u8]| {
    let [x, y, text @ ..] = bytes else { return };
    let Ok(text) = str::from_utf8(text) else { return };
    let Ok(typed) = ParsedFormula::read(text) else { return };
    let expression = Expression::parse(text).expect("read once");
    let written = expression.written(Spelling::Typed);
    if written.chars().count() <= MOST_CHARACTERS {
        assert_eq!(Expression::parse(&written).as_ref(), Ok(&expression), "{text} is written {written}");
    }
    let mut surface = Chosen::with_defaults(surfaces::find("Formula").expect("a surface of the table"));
    assert!(surface.set("f", Value::Formula(typed)));
    let objective = Objective::new(&surface);
    let at = Vector2::new(coordinate(*x), coordinate(*y));
    let value = objective.value(at);
    let slope = objective.value_gradient(at);
    let curved = objective.value_gradient_hessian(at);
    assert!(same(value, slope.value) && same(value, curved.value), "{text} at {at:?}");
    let mut row = [0.0];
    objective.row(&[at.x], at.y, &mut row);
    assert!(same(value, row[0]), "{text} at {at:?}: in a row {}, else {value}", row[0]);
    for axis in 0..2 {
        let (one, other) = (slope.gradient[axis], curved.gradient[axis]);
        // Where the loss jumps or ends so near that only the second derivatives feel it, the first may be there.
        let is_border = matches!(curved.smoothness, Smoothness::Undefined | Smoothness::DomainEdge);
        let agrees = same(one, other) || (is_border && other.is_nan());
        assert!(agrees, "{text} at {at:?}: d{axis} is {one}, and {other} beside the Hessian");
        assert!(!value.is_nan() || one.is_nan(), "{text} at {at:?} is no number, and has a slope");
    }
    assert!(same(curved.hessian[(0, 1)], curved.hessian[(1, 0)]), "{text} at {at:?}");
});
