//! The notation in which methods write down their steps: read, evaluated, and written again with the numbers
//! in place of the symbols.
//!
//! Its values are numbers, vectors (a number for each coordinate) and matrices. `·` multiplies as
//! textbooks do: by a number, two vectors to their scalar product, a matrix with what stands behind it; `⊙`
//! multiplies coordinate by coordinate, as do `/`, squares, `√`, `|..|`, `min`, `max`, `sign` and `clip`. A
//! number beside a vector stands for a vector of it. `‖..‖` is the length, `^T` the transpose, `⁻¹` the
//! inverse, known by what it does to a vector. `f(p)`, `∇f(p)` and `∇²f(p)` ask the surface. `a if c else b`
//! chooses, coordinate by coordinate where the condition differs between them; `H ≻ 0` is true of a positive
//! definite matrix.

mod evaluate;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use evaluate::Symbols;
pub use write::Piece;

/// A formula that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula(Node);

/// A part of a formula.
#[derive(Clone, Debug, PartialEq)]
enum Node {
    /// A number, and as it is written.
    Number(f64, String),
    Symbol(String),
    /// A part in parentheses.
    Group(Box<Node>),
    Negative(Box<Node>),
    Root(Box<Node>),
    Absolute(Box<Node>),
    Norm(Box<Node>),
    Join(Operator, Box<Node>, Box<Node>),
    /// A power, and how the exponent is written.
    Power(Box<Node>, Box<Node>),
    /// A whole power that is written in raised digits.
    Raised(Box<Node>, i32),
    Transposed(Box<Node>),
    Call(Function, Vec<Node>),
    Choice(Box<Choice>),
}

/// `then if left relation right else otherwise`
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    then: Node,
    left: Node,
    relation: Relation,
    right: Node,
    otherwise: Node,
}

/// What joins two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operator {
    Add,
    Subtract,
    Times,
    Each,
    Divide,
    Modulo,
}

impl Operator {
    fn sign(self) -> &'static str {
        match self {
            Self::Add => " + ",
            Self::Subtract => " - ",
            Self::Times => "·",
            Self::Each => "⊙",
            Self::Divide => "/",
            Self::Modulo => " mod ",
        }
    }
}

/// What compares two parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Less,
    Greater,
    Equal,
    PositiveDefinite,
}

/// What is written with its arguments in parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Function {
    Min,
    Max,
    Sign,
    Clip,
    Ceil,
    Diagonal,
    Value,
    Gradient,
    Hessian,
}

impl Function {
    /// All with a name that is a word, and how many arguments they take.
    const WORDS: [(Self, &str, usize); 7] = [
        (Self::Min, "min", 2),
        (Self::Max, "max", 2),
        (Self::Sign, "sign", 1),
        (Self::Clip, "clip", 3),
        (Self::Ceil, "ceil", 1),
        (Self::Diagonal, "diag", 1),
        (Self::Value, "f", 1),
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Gradient => "∇f",
            Self::Hessian => "∇²f",
            _ => Self::WORDS.iter().find(|(of, ..)| *of == self).map_or("", |(_, name, _)| name),
        }
    }
}
