//! What [`sym2`](crate::math::sym2) computes of symmetric matrices, as operations: the same in the same order.

use super::builder::{Builder, Operand};
use super::code::Code;

/// The smallest number above zero: nothing but zero is less in size.
const SMALLEST: f64 = f64::from_bits(1);

/// 2²⁷ + 1: what cuts a number in two of half its digits.
const CUT: f64 = 134_217_729.0;

/// The largest entry's size.
fn unit(builder: &mut Builder, entries: [Operand; 3]) -> Operand {
    let [xx, xy, yy] = entries.map(|entry| builder.unary(Code::Abs, entry));
    let larger = builder.binary(Code::Maximum, xx, xy);
    builder.binary(Code::Maximum, larger, yy)
}

/// m⁻¹·v as [`solve`](crate::math::sym2::solve) has it.
pub(super) fn solve(builder: &mut Builder, [xx, xy, _, yy]: [Operand; 4], v: [Operand; 2]) -> [Operand; 2] {
    let unit = unit(builder, [xx, xy, yy]);
    let [xx, xy, yy] = [xx, xy, yy].map(|entry| builder.binary(Code::Divide, entry, unit));
    let [x, y] = v.map(|entry| builder.binary(Code::Divide, entry, unit));
    let determinant = difference(builder, [xx, yy], [xy, xy]);
    let steps = [difference(builder, [yy, x], [xy, y]), difference(builder, [xx, y], [xy, x])];
    let [size_x, size_y] = v.map(|entry| builder.unary(Code::Abs, entry));
    let size = builder.binary(Code::Maximum, size_x, size_y);
    steps.map(|step| {
        let step = builder.binary(Code::Divide, step, determinant);
        let condition = [size, Operand::Constant(SMALLEST)];
        builder.choose(Code::Less, condition, [Operand::Constant(0.0), step])
    })
}

/// a b - c d
fn difference(builder: &mut Builder, [a, b]: [Operand; 2], [c, d]: [Operand; 2]) -> Operand {
    let first = builder.binary(Code::Multiply, a, b);
    let second = builder.binary(Code::Multiply, c, d);
    builder.binary(Code::Subtract, first, second)
}

/// |m| as [`absolute`](crate::math::sym2::absolute) has it.
pub(super) fn absolute(builder: &mut Builder, [xx, xy, _, yy]: [Operand; 4]) -> [Operand; 4] {
    let smallest = Operand::Constant(f64::MIN_POSITIVE);
    let unit = unit(builder, [xx, xy, yy]);
    let unit = builder.binary(Code::Maximum, unit, smallest);
    let [xx, xy, yy] = [xx, xy, yy].map(|entry| builder.binary(Code::Divide, entry, unit));
    let [xx_squared, xy_squared, yy_squared] =
        [xx, xy, yy].map(|entry| builder.binary(Code::Multiply, entry, entry));
    let product = builder.binary(Code::Multiply, xx, yy);
    let determinant = builder.binary(Code::Subtract, product, xy_squared);
    let determinant = builder.unary(Code::Abs, determinant);
    let twice = |builder: &mut Builder, of| builder.binary(Code::Multiply, of, Operand::Constant(2.0));
    let across = twice(builder, xy_squared);
    let trace = builder.binary(Code::Add, xx_squared, across);
    let trace = builder.binary(Code::Add, trace, yy_squared);
    let doubled = twice(builder, determinant);
    let sum = builder.binary(Code::Add, trace, doubled);
    let sum = builder.unary(Code::Sqrt, sum);
    let sum = builder.binary(Code::Maximum, sum, smallest);
    let scale = builder.binary(Code::Divide, unit, sum);
    let [first, last] = [xx_squared, yy_squared].map(|square| {
        let sum = builder.binary(Code::Add, square, xy_squared);
        let sum = builder.binary(Code::Add, sum, determinant);
        builder.binary(Code::Multiply, sum, scale)
    });
    let across = builder.binary(Code::Add, xx, yy);
    let across = builder.binary(Code::Multiply, across, xy);
    let across = builder.binary(Code::Multiply, across, scale);
    [first, across, across, last]
}

/// The symmetric root of a symmetric matrix without negative eigenvalues, by Cayley and Hamilton:
/// (M + √det M·I)/√(tr M + 2√det M).
pub(super) fn root(builder: &mut Builder, entries: [Operand; 4]) -> [Operand; 4] {
    let [xx, xy, yx, yy] = entries;
    let determinant = determinant(builder, entries);
    // What rounding has put below 0.
    let determinant = builder.choose(
        Code::Less,
        [determinant, Operand::Constant(0.0)],
        [Operand::Constant(0.0), determinant],
    );
    let product = builder.unary(Code::Sqrt, determinant);
    let trace = builder.binary(Code::Add, xx, yy);
    let twice = builder.binary(Code::Multiply, product, Operand::Constant(2.0));
    let sum = builder.binary(Code::Add, trace, twice);
    let scale = builder.unary(Code::Sqrt, sum);
    let [first, last] = [xx, yy].map(|entry| builder.binary(Code::Add, entry, product));
    [first, xy, yx, last].map(|entry| {
        let entry = builder.binary(Code::Divide, entry, scale);
        // Of nothing the root is nothing.
        builder.choose(Code::Equal, [scale, Operand::Constant(0.0)], [Operand::Constant(0.0), entry])
    })
}

/// The determinant with the roundings of its two products put back: its sign is right also where they nearly
/// cancel. Source: Dekker, Numerische Mathematik 18 (1971), 224-242.
pub(super) fn determinant(builder: &mut Builder, [xx, xy, _, yy]: [Operand; 4]) -> Operand {
    let (first, first_lost) = product(builder, xx, yy);
    let (second, second_lost) = product(builder, xy, xy);
    let difference = builder.binary(Code::Subtract, first, second);
    let lost = builder.binary(Code::Subtract, first_lost, second_lost);
    builder.binary(Code::Add, difference, lost)
}

/// a b and what its rounding has lost.
fn product(builder: &mut Builder, a: Operand, b: Operand) -> (Operand, Operand) {
    let product = builder.binary(Code::Multiply, a, b);
    let [[a_high, a_low], [b_high, b_low]] = [a, b].map(|whole| {
        let cut = builder.binary(Code::Multiply, whole, Operand::Constant(CUT));
        let rest = builder.binary(Code::Subtract, cut, whole);
        let high = builder.binary(Code::Subtract, cut, rest);
        [high, builder.binary(Code::Subtract, whole, high)]
    });
    let highs = builder.binary(Code::Multiply, a_high, b_high);
    let mut lost = builder.binary(Code::Subtract, highs, product);
    for (a, b) in [(a_high, b_low), (a_low, b_high), (a_low, b_low)] {
        let part = builder.binary(Code::Multiply, a, b);
        lost = builder.binary(Code::Add, lost, part);
    }
    (product, lost)
}
