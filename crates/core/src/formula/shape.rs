//! What kinds of values a line of a step has, and what they make together.

use super::function::Function;
use super::operator::{Operator, Relation};
use nalgebra::{Matrix2, Vector2};

/// The kind of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One number.
    Number,
    /// A number for each coordinate.
    Vector,
    /// A vector lying down.
    Row,
    /// A matrix, which acts on vectors.
    Matrix,
    /// The inverse of a symmetric matrix, known by what it does to a vector.
    Inverse,
}

/// A number, a vector or a matrix: what a line of a step is equal to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tensor {
    /// One number.
    Number(f64),
    /// One number for each coordinate.
    Vector(Vector2<f64>),
    /// A matrix, which acts on vectors.
    Matrix(Matrix2<f64>),
}

impl Tensor {
    /// Its kind.
    pub fn shape(&self) -> Shape {
        match self {
            Self::Number(_) => Shape::Number,
            Self::Vector(_) => Shape::Vector,
            Self::Matrix(_) => Shape::Matrix,
        }
    }

    /// Its numbers, a matrix row by row, then zeros.
    pub(super) fn numbers(&self) -> [f64; 4] {
        match self {
            Self::Number(number) => [*number, 0.0, 0.0, 0.0],
            Self::Vector(vector) => [vector.x, vector.y, 0.0, 0.0],
            Self::Matrix(matrix) => [matrix.m11, matrix.m12, matrix.m21, matrix.m22],
        }
    }
}

/// What is wrong with two kinds that stand together.
type Mismatch = String;

impl Shape {
    /// How many numbers it is made of.
    pub fn width(self) -> usize {
        match self {
            Self::Number => 1,
            Self::Vector | Self::Row => 2,
            Self::Matrix | Self::Inverse => 4,
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Vector => "a vector",
            Self::Row => "a transposed vector",
            Self::Matrix => "a matrix",
            Self::Inverse => "an inverse",
        }
    }

    /// Whether it is made of numbers that stand for themselves, coordinate by coordinate.
    fn is_plain(self) -> bool {
        matches!(self, Self::Number | Self::Vector)
    }

    /// Of what is done coordinate by coordinate: a number stands for a vector of it.
    pub(super) fn beside(self, other: Self, what: &str) -> Result<Self, Mismatch> {
        match (self, other) {
            (Self::Number, Self::Number) => Ok(Self::Number),
            (a, b) if a.is_plain() && b.is_plain() => Ok(Self::Vector),
            (a, b) => Err(format!("{what} of {} and {}: there is no such thing", a.name(), b.name())),
        }
    }

    /// Of what is done to each coordinate.
    fn mapped(self, what: &str) -> Result<Self, Mismatch> {
        if self.is_plain() { Ok(self) } else { Err(format!("there is no {what} of {}", self.name())) }
    }

    /// Of two that are joined.
    pub(super) fn joined(self, operator: Operator, other: Self) -> Result<Self, Mismatch> {
        match (operator, self, other) {
            (Operator::Add | Operator::Subtract, Self::Matrix, Self::Matrix)
            | (Operator::Divide, Self::Matrix, Self::Number) => Ok(Self::Matrix),
            (Operator::Multiply, a, b) => a.times(b),
            (Operator::Add, a, b) => a.beside(b, "a sum"),
            (Operator::Subtract, a, b) => a.beside(b, "a difference"),
            (Operator::Each, a, b) => a.beside(b, "a product coordinate by coordinate"),
            (Operator::Divide, a, b) => a.beside(b, "a quotient"),
            (Operator::Modulo, a, b) => a.beside(b, "a remainder"),
            (Operator::Power, Self::Matrix, _) => Err(
                "of a matrix there are no powers but its inverse: write `H^-1*g` to solve, `sqrt(A)` for the root, \
                 `sqrt(A)^-1*g` for the inverse of that, and `A*A` for the square"
                    .into(),
            ),
            (Operator::Power, a, b) => a.beside(b, "a power"),
        }
    }

    fn times(self, other: Self) -> Result<Self, Mismatch> {
        match (self, other) {
            (Self::Matrix, Self::Number | Self::Matrix)
            | (Self::Number, Self::Matrix)
            | (Self::Vector, Self::Row) => Ok(Self::Matrix),
            (Self::Number, Self::Inverse) | (Self::Inverse, Self::Number) => Ok(Self::Inverse),
            (Self::Matrix | Self::Inverse, Self::Vector) => Ok(Self::Vector),
            (Self::Vector | Self::Row, Self::Vector) => Ok(Self::Number),
            (Self::Vector | Self::Row, Self::Matrix) => Ok(Self::Row),
            (Self::Inverse, other) => Err(format!(
                "an inverse is known by what it does to a vector: it cannot be multiplied with {}",
                other.name()
            )),
            (a, b) => a.beside(b, "a product"),
        }
    }

    pub(super) fn inverted(self) -> Result<Self, Mismatch> {
        if self == Self::Matrix { Ok(Self::Inverse) } else { self.mapped("inverse") }
    }

    pub(super) fn transposed(self) -> Result<Self, Mismatch> {
        if self == Self::Vector {
            Ok(Self::Row)
        } else {
            Err(format!("only a vector is transposed, and this is {}", self.name()))
        }
    }

    /// Of a function's value, by the kinds of its arguments.
    pub(super) fn called(function: Function, arguments: [Self; 3]) -> Result<Self, Mismatch> {
        let [a, b, c] = arguments;
        let name = function.printed();
        match function {
            Function::Abs | Function::Sqrt if a == Self::Matrix => Ok(Self::Matrix),
            Function::Minimum | Function::Maximum | Function::Atan2 | Function::Hypot | Function::Modulo => {
                a.beside(b, name)
            }
            Function::Clip => a.beside(b, name)?.beside(c, name),
            Function::Dot if a.is_plain() && b.is_plain() && (a, b) != (Self::Number, Self::Number) => {
                Ok(Self::Number)
            }
            Function::Dot => {
                Err(format!("`dot` multiplies two vectors, and these are {} and {}", a.name(), b.name()))
            }
            Function::Norm => a.mapped("length").map(|_| Self::Number),
            Function::Diagonal if a == Self::Matrix => Ok(Self::Vector),
            Function::Diagonal => Err(format!("only a matrix has a diagonal, and this is {}", a.name())),
            Function::Value | Function::Gradient | Function::Hessian if !a.is_plain() => {
                Err(format!("`{name}` is asked at a point, and this is {}", a.name()))
            }
            Function::Value => Ok(Self::Number),
            Function::Gradient | Function::Normal | Function::Uniform => Ok(Self::Vector),
            Function::Hessian => Ok(Self::Matrix),
            _ => a.mapped(name),
        }
    }

    /// Of a choice, by the kinds of what is compared and of what there is to choose from.
    pub(super) fn chosen(relation: Relation, compared: [Self; 2], from: [Self; 2]) -> Result<Self, Mismatch> {
        let [left, right] = compared;
        let [then, otherwise] = from;
        let condition = if relation == Relation::PositiveDefinite {
            if compared != [Self::Matrix, Self::Number] {
                return Err("`≻` compares a matrix with 0, as in `H ≻ 0`".into());
            }
            Self::Number
        } else {
            left.beside(right, "a comparison")?
        };
        if condition == Self::Number && then == otherwise {
            return Ok(then);
        }
        then.beside(otherwise, "a choice")?.beside(condition, "a choice, coordinate by coordinate,")
    }
}
