//! What a formula is worth.

use super::{Choice, Formula, Function, Node, Operator, Relation};
use nalgebra::{Matrix2, Vector2};
use thalweg_core::math::number::Number;
use thalweg_core::math::sym2::{absolute, is_positive_definite, solve};
use thalweg_core::method::oracle::Oracle;
use thalweg_core::method::update_equation::Quantity;

/// What the symbols stand for, and the surface that is asked.
#[derive(Debug)]
pub struct Symbols<'a, L> {
    bound: Vec<(&'a str, Quantity)>,
    oracle: &'a L,
}

impl<'a, L: Oracle<f64>> Symbols<'a, L> {
    /// The identity `I` and the axes `e₁` and `e₂` alone, on a surface.
    pub fn new(oracle: &'a L) -> Self {
        let bound = vec![
            ("I", Quantity::Matrix(Matrix2::identity())),
            ("e₁", Quantity::Vector(Vector2::x())),
            ("e₂", Quantity::Vector(Vector2::y())),
        ];
        Self { bound, oracle }
    }

    /// Lets `name` stand for `value`, whatever it stood for before.
    pub fn bind(&mut self, name: &'a str, value: Quantity) {
        match self.bound.iter_mut().find(|(bound, _)| *bound == name) {
            Some((_, place)) => *place = value,
            None => self.bound.push((name, value)),
        }
    }

    /// What `name` stands for.
    pub fn value(&self, name: &str) -> Option<Quantity> {
        self.bound.iter().find(|(bound, _)| *bound == name).map(|(_, value)| *value)
    }
}

impl Formula {
    /// Its value. `None` if a symbol stands for nothing, or what stands together does not fit.
    pub fn value<L: Oracle<f64>>(&self, symbols: &Symbols<'_, L>) -> Option<Quantity> {
        match self.0.value(symbols)? {
            Worth::Number(number) => Some(Quantity::Number(number)),
            Worth::Vector(vector) => Some(Quantity::Vector(vector)),
            Worth::Matrix(matrix) => Some(Quantity::Matrix(matrix)),
            Worth::Inverse(_) | Worth::Row(_) => None,
        }
    }
}

/// A value on the way.
#[derive(Clone, Copy, Debug)]
pub(super) enum Worth {
    Number(f64),
    Vector(Vector2<f64>),
    Matrix(Matrix2<f64>),
    /// The inverse of a matrix, known by what it does.
    Inverse(Matrix2<f64>),
    /// A vector lying down.
    Row(Vector2<f64>),
}

/// What a condition says.
#[derive(Clone, Copy, Debug)]
pub(super) enum Verdict {
    Whole(bool),
    /// Of each coordinate.
    Each([bool; 2]),
}

impl From<Quantity> for Worth {
    fn from(quantity: Quantity) -> Self {
        match quantity {
            Quantity::Number(number) => Self::Number(number),
            Quantity::Vector(vector) => Self::Vector(vector),
            Quantity::Matrix(matrix) => Self::Matrix(matrix),
        }
    }
}

impl Worth {
    fn map(self, of: impl Fn(f64) -> f64) -> Option<Self> {
        match self {
            Self::Number(number) => Some(Self::Number(of(number))),
            Self::Vector(vector) => Some(Self::Vector(vector.map(of))),
            Self::Matrix(_) | Self::Inverse(_) | Self::Row(_) => None,
        }
    }

    /// Coordinate by coordinate; a number beside a vector stands for a vector of it.
    fn zip(self, other: Self, of: impl Fn(f64, f64) -> f64) -> Option<Self> {
        if let (Self::Number(a), Self::Number(b)) = (self, other) {
            return Some(Self::Number(of(a, b)));
        }
        let (a, b) = (self.vector()?, other.vector()?);
        Some(Self::Vector(a.zip_map(&b, of)))
    }

    /// As a vector, also of a number.
    pub(super) fn vector(self) -> Option<Vector2<f64>> {
        match self {
            Self::Number(number) => Some(Vector2::new(number, number)),
            Self::Vector(vector) => Some(vector),
            Self::Matrix(_) | Self::Inverse(_) | Self::Row(_) => None,
        }
    }

    fn number(self) -> Option<f64> {
        if let Self::Number(number) = self { Some(number) } else { None }
    }

    fn times(self, other: Self) -> Option<Self> {
        Some(match (self, other) {
            (Self::Matrix(m), Self::Number(n)) | (Self::Number(n), Self::Matrix(m)) => Self::Matrix(m * n),
            (Self::Matrix(a), Self::Matrix(b)) => Self::Matrix(a * b),
            (Self::Matrix(m), Self::Vector(v)) => Self::Vector(m * v),
            (Self::Inverse(m), Self::Vector(v)) => Self::Vector(solve(&m, 0.0, v)),
            (Self::Vector(a) | Self::Row(a), Self::Vector(b)) => Self::Number(a.dot(&b)),
            (Self::Vector(v) | Self::Row(v), Self::Matrix(m)) => Self::Row(m.tr_mul(&v)),
            (Self::Vector(a), Self::Row(b)) => Self::Matrix(a * b.transpose()),
            (a, b) => return a.zip(b, |a, b| a * b),
        })
    }

    fn join(self, operator: Operator, other: Self) -> Option<Self> {
        match (operator, self, other) {
            (Operator::Add, Self::Matrix(a), Self::Matrix(b)) => Some(Self::Matrix(a + b)),
            (Operator::Subtract, Self::Matrix(a), Self::Matrix(b)) => Some(Self::Matrix(a - b)),
            (Operator::Divide, Self::Matrix(a), Self::Number(b)) => Some(Self::Matrix(a / b)),
            (Operator::Times, a, b) => a.times(b),
            (Operator::Add, a, b) => a.zip(b, |a, b| a + b),
            (Operator::Subtract, a, b) => a.zip(b, |a, b| a - b),
            (Operator::Each, a, b) => a.zip(b, |a, b| a * b),
            (Operator::Divide, a, b) => a.zip(b, |a, b| a / b),
            (Operator::Modulo, a, b) => a.zip(b, |a, b| a % b),
        }
    }
}

impl Node {
    pub(super) fn value<L: Oracle<f64>>(&self, symbols: &Symbols<'_, L>) -> Option<Worth> {
        let of = |node: &Self| node.value(symbols);
        match self {
            Self::Number(number, _) => Some(Worth::Number(*number)),
            Self::Symbol(name) => symbols.value(name).map(Worth::from),
            Self::Group(inner) => of(inner),
            Self::Negative(inner) => match of(inner)? {
                Worth::Matrix(matrix) => Some(Worth::Matrix(-matrix)),
                other => other.map(|value| -value),
            },
            Self::Root(inner) => of(inner)?.map(Number::sqrt),
            Self::Absolute(inner) => match of(inner)? {
                Worth::Matrix(matrix) => Some(Worth::Matrix(absolute(&matrix))),
                other => other.map(Number::abs),
            },
            Self::Norm(inner) => Some(Worth::Number(of(inner)?.vector()?.norm())),
            Self::Join(operator, left, right) => of(left)?.join(*operator, of(right)?),
            Self::Power(base, exponent) => of(base)?.zip(of(exponent)?, Number::pow),
            Self::Raised(base, 2) => of(base)?.map(Number::square),
            Self::Raised(base, -1) => match of(base)? {
                Worth::Matrix(matrix) => Some(Worth::Inverse(matrix)),
                other => other.map(|value| 1.0 / value),
            },
            Self::Raised(base, exponent) => of(base)?.map(|value| Number::powf(value, f64::from(*exponent))),
            Self::Transposed(inner) => of(inner)?.vector().map(Worth::Row),
            Self::Call(function, arguments) => {
                let mut values = arguments.iter().map(of);
                let first = values.next()??;
                match function {
                    Function::Min => first.zip(values.next()??, Number::minimum),
                    Function::Max => first.zip(values.next()??, Number::maximum),
                    Function::Sign => first.map(Number::sign),
                    Function::Clip => {
                        let (low, high) = (values.next()??, values.next()??);
                        first.zip(low, Number::maximum)?.zip(high, Number::minimum)
                    }
                    Function::Ceil => first.map(libm::ceil),
                    Function::Diagonal => match first {
                        Worth::Matrix(matrix) => Some(Worth::Vector(matrix.diagonal())),
                        _ => None,
                    },
                    Function::Value => Some(Worth::Number(symbols.oracle.value(first.vector()?))),
                    Function::Gradient => Some(Worth::Vector(symbols.oracle.gradient(first.vector()?))),
                    Function::Hessian => Some(Worth::Matrix(symbols.oracle.hessian(first.vector()?))),
                }
            }
            Self::Choice(choice) => choice.value(symbols),
        }
    }
}

impl Choice {
    pub(super) fn verdict<L: Oracle<f64>>(&self, symbols: &Symbols<'_, L>) -> Option<Verdict> {
        let (left, right) = (self.left.value(symbols)?, self.right.value(symbols)?);
        let holds = |a: f64, b: f64| match self.relation {
            Relation::Less => a < b,
            Relation::Greater => a > b,
            Relation::Equal | Relation::PositiveDefinite => a == b,
        };
        match (left, right) {
            (Worth::Matrix(matrix), Worth::Number(_)) if self.relation == Relation::PositiveDefinite => {
                Some(Verdict::Whole(is_positive_definite(&matrix)))
            }
            (Worth::Number(a), Worth::Number(b)) => Some(Verdict::Whole(holds(a, b))),
            _ => {
                let (a, b) = (left.vector()?, right.vector()?);
                Some(Verdict::Each([holds(a.x, b.x), holds(a.y, b.y)]))
            }
        }
    }

    /// What is not chosen is not looked at, unless the coordinates differ.
    fn value<L: Oracle<f64>>(&self, symbols: &Symbols<'_, L>) -> Option<Worth> {
        match self.verdict(symbols)? {
            Verdict::Whole(true) => self.then.value(symbols),
            Verdict::Whole(false) => self.otherwise.value(symbols),
            Verdict::Each([x, y]) => {
                let (then, otherwise) =
                    (self.then.value(symbols)?.vector()?, self.otherwise.value(symbols)?.vector()?);
                let pick = |holds: bool, then: f64, otherwise: f64| if holds { then } else { otherwise };
                Some(Worth::Vector(Vector2::new(pick(x, then.x, otherwise.x), pick(y, then.y, otherwise.y))))
            }
        }
    }

    /// The part that is chosen for a coordinate.
    pub(super) fn chosen<L: Oracle<f64>>(
        &self,
        symbols: &Symbols<'_, L>,
        coordinate: usize,
    ) -> Option<&Node> {
        let holds = match self.verdict(symbols)? {
            Verdict::Whole(holds) => holds,
            Verdict::Each(each) => each[coordinate],
        };
        Some(if holds { &self.then } else { &self.otherwise })
    }
}

impl Worth {
    /// Whether it is one number.
    pub(super) fn is_number(self) -> bool {
        self.number().is_some()
    }
}
