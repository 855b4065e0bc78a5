//! The operations that formulas come down to, over any number.

use crate::math::number::Number;
use crate::math::random::{bits, normals, uniform};

/// What one step does with its operands a and b, or with a and its constant c.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    /// c
    Load,
    /// a + b
    Add,
    /// a - b
    Subtract,
    /// a b
    Multiply,
    /// a / b
    Divide,
    /// a^b
    Power,
    /// The smaller of a and b, NaN if either is.
    Minimum,
    /// The larger of a and b, NaN if either is.
    Maximum,
    /// a + c
    AddConstant,
    /// a - c
    SubtractConstant,
    /// c - a
    FromConstant,
    /// a c
    Scale,
    /// a / c
    DivideConstant,
    /// c / a
    OverConstant,
    /// a^c
    PowerConstant,
    /// -a
    Negate,
    /// a²
    Square,
    /// (a + b)²
    AddSquare,
    /// (a - b)²
    SubtractSquare,
    /// (a - c)²
    ShiftSquare,
    /// (c - a)²
    FromSquare,
    /// a - b²
    LessSquare,
    /// a + b²
    MoreSquare,
    /// a + b c
    MoreScaled,
    Exp,
    Log,
    Sqrt,
    Abs,
    Sin,
    Cos,
    Tan,
    Tanh,
    Sinh,
    Cosh,
    Atan,
    Asin,
    Acos,
    /// The angle of the point (b, a).
    Atan2,
    Log10,
    Log2,
    /// √(a² + b²)
    Hypot,
    Erf,
    Sigmoid,
    Softplus,
    Sign,
    Ceil,
    /// What is left of a after whole multiples of b.
    Modulo,
    /// 1 where a < b, else 0.
    Less,
    /// 1 where a = b, else 0.
    Equal,
    /// a where the place that it writes to holds 1, else b.
    Select,
    /// 1 where a < b, -1 where a > b, 0 where they are equal; else NaN.
    Order,
    /// a where the place that it writes to holds 1, else b; where that holds 0, the border between them, which belongs
    /// to a if c is not 0; NaN where it is NaN.
    SelectByOrder,
    /// The standard normal number of the draw and coordinate c at step b, drawn from the seed a.
    Normal,
    /// The number from 0 to 1 of the draw and coordinate c at step b, drawn from the seed a.
    Uniform,
    /// f at (a, b): like the two that follow made by who runs the steps.
    Value,
    /// The gradient at (a, b).
    Gradient,
    /// The Hessian at (a, b).
    Hessian,
    /// The answer number c to the question a: no step of its own.
    Answer,
}

/// What the surface may be asked at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SurfaceQuery {
    /// f there.
    Value,
    /// The gradient, x first.
    Gradient,
    /// The Hessian: xx, xy and yy.
    Hessian,
}

impl SurfaceQuery {
    /// The operation that asks it.
    pub(super) const fn code(self) -> Code {
        match self {
            Self::Value => Code::Value,
            Self::Gradient => Code::Gradient,
            Self::Hessian => Code::Hessian,
        }
    }

    /// How many numbers the answer has.
    pub const fn answers(self) -> usize {
        match self {
            Self::Value => 1,
            Self::Gradient => 2,
            Self::Hessian => 3,
        }
    }
}

impl Code {
    /// The question to the surface that it is, if it is one.
    pub const fn question(self) -> Option<SurfaceQuery> {
        match self {
            Self::Value => Some(SurfaceQuery::Value),
            Self::Gradient => Some(SurfaceQuery::Gradient),
            Self::Hessian => Some(SurfaceQuery::Hessian),
            _ => None,
        }
    }

    /// How many operands it reads.
    pub const fn operands(self) -> usize {
        match self {
            Self::Load => 0,
            Self::Add
            | Self::Subtract
            | Self::Multiply
            | Self::Divide
            | Self::Power
            | Self::Minimum
            | Self::Maximum
            | Self::AddSquare
            | Self::SubtractSquare
            | Self::LessSquare
            | Self::MoreSquare
            | Self::MoreScaled
            | Self::Modulo
            | Self::Less
            | Self::Equal
            | Self::Select
            | Self::Atan2
            | Self::Hypot
            | Self::Order
            | Self::SelectByOrder
            | Self::Normal
            | Self::Uniform
            | Self::Value
            | Self::Gradient
            | Self::Hessian => 2,
            _ => 1,
        }
    }

    /// The operations that take long by themselves.
    #[inline(never)]
    pub(super) fn call<T: Number>(self, a: T, b: T, c: f64) -> T {
        match self {
            Self::Power => a.pow(b),
            Self::PowerConstant => a.powf(c),
            Self::Minimum => undefined_with(a.minimum(b), b),
            Self::Maximum => undefined_with(a.maximum(b), b),
            Self::Exp => a.exp(),
            Self::Log => a.ln(),
            // The zero loses its sign.
            Self::Abs => a.abs() + 0.0,
            Self::Sin => a.sin(),
            Self::Cos => a.cos(),
            Self::Tan => a.tan(),
            Self::Tanh => a.tanh(),
            Self::Sinh => a.sinh(),
            Self::Cosh => a.cosh(),
            Self::Atan => a.atan(),
            Self::Asin => a.asin(),
            Self::Acos => a.acos(),
            Self::Atan2 => a.atan2(b),
            Self::Log10 => a.log10(),
            Self::Log2 => a.log2(),
            Self::Hypot => a.hypot(b),
            Self::Erf => a.erf(),
            Self::Sigmoid => a.sigmoid(),
            Self::Softplus => a.softplus(),
            Self::Order => order(a, b),
            Self::Sign => a.sign(),
            Self::Ceil => a.ceil(),
            Self::Modulo => a.modulo(b),
            Self::Equal => equal(a, b),
            Self::Normal | Self::Uniform => {
                let [number] = a.lookup(b, &|seed, step| [drawn(self, seed, step, c)]);
                number
            }
            _ => T::of(f64::NAN),
        }
    }
}

/// A random number of a seed and a step; `place` is twice the number of the draw, and 1 more for the second coordinate.
fn drawn(code: Code, seed: f64, step: f64, place: f64) -> f64 {
    let (seed, step, place) = (seed as u64, step as u64, place as u64);
    let stream = |kind: u64| bits(seed, place / 2, DRAWS + kind);
    match code {
        Code::Normal => normals(stream(0), step)[(place % 2) as usize],
        _ => uniform(stream(1), step, place % 2),
    }
}

/// Apart from what else is drawn from a seed.
const DRAWS: u64 = 1 << 32;

/// What [`Code::SelectByOrder`] has for a constant where the first is chosen at equality alone.
pub(super) const EQUAL: f64 = 2.0;

/// `chosen`, but NaN where `other` is: the trait's selections keep one side where the two do not
/// compare.
#[inline]
pub(super) fn undefined_with<T: Number>(chosen: T, other: T) -> T {
    let below_all = other.select_less(T::of(f64::INFINITY), chosen, other);
    T::of(f64::NEG_INFINITY).select_less(other, chosen, below_all)
}

/// 1 where a < b, -1 where a > b, 0 where they are equal; else NaN.
#[inline]
fn order<T: Number>(a: T, b: T) -> T {
    let equal = undefined_with(undefined_with(T::of(0.0), a), b);
    a.select_less(b, T::of(1.0), b.select_less(a, T::of(-1.0), equal))
}

/// 1 where a = b, else 0: neither is less, and the two compare.
#[inline]
fn equal<T: Number>(a: T, b: T) -> T {
    let (yes, no) = (T::of(1.0), T::of(0.0));
    let compares = undefined_with(undefined_with(yes, a), b);
    let neither_less = a.select_less(b, no, b.select_less(a, no, compares));
    // What does not compare is not equal.
    no.select_less(neither_less, yes, no)
}
