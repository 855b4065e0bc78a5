//! The functions of a formula, and how they are spelled.

use super::dialect::Dialect;

/// What is written before its arguments in parentheses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Function {
    /// e to the power of it.
    Exp,
    /// The natural logarithm.
    Log,
    /// The square root; of a matrix the symmetric one.
    Sqrt,
    /// The absolute value; of a matrix the one with the absolute eigenvalues.
    Abs,
    /// The sine of radians.
    Sin,
    /// The cosine of radians.
    Cos,
    /// The tangent of radians.
    Tan,
    /// The hyperbolic tangent.
    Tanh,
    /// The hyperbolic sine.
    Sinh,
    /// The hyperbolic cosine.
    Cosh,
    /// The angle that has this tangent.
    Atan,
    /// The angle that has this sine.
    Asin,
    /// The angle that has this cosine.
    Acos,
    /// The angle of a point, of which the second coordinate comes first.
    Atan2,
    /// The logarithm to the base 10.
    Log10,
    /// The logarithm to the base 2.
    Log2,
    /// The root of the sum of two squares.
    Hypot,
    /// 1/(1 + e^-u)
    Sigmoid,
    /// ln(1 + e^u)
    Softplus,
    /// The larger of it and 0.
    Relu,
    /// The error function.
    Erf,
    /// The largest whole number that is not above it.
    Floor,
    /// What is left of the first after whole multiples of the second, with the sign of the second.
    Modulo,
    /// The smaller of two.
    Minimum,
    /// The larger of two.
    Maximum,
    /// -1, 0 or 1.
    Sign,
    /// The smallest whole number that is not below it.
    Ceil,
    /// The first, held between the other two.
    Clip,
    /// The scalar product.
    Dot,
    /// The length of a vector.
    Norm,
    /// The diagonal of a matrix.
    Diagonal,
    /// The surface at a point.
    Value,
    /// The gradient at a point.
    Gradient,
    /// The Hessian at a point.
    Hessian,
    /// Standard normal numbers of the step, one for each coordinate.
    Normal,
    /// Numbers of the step from 0 to 1, evenly spread, one for each coordinate.
    Uniform,
}

/// A function's name.
#[derive(Clone, Copy, Debug)]
pub(super) struct FunctionName {
    pub function: Function,
    pub name: &'static str,
    /// How many arguments it takes, 1 to 3.
    pub arguments: usize,
}

const fn one(function: Function, name: &'static str) -> FunctionName {
    FunctionName { function, name, arguments: 1 }
}

const fn two(function: Function, name: &'static str) -> FunctionName {
    FunctionName { function, name, arguments: 2 }
}

/// All names, those that typed functions know first; where a function has several, the first of them is the one
/// that is typed and the last the one that is printed.
const SPELLINGS: [FunctionName; 39] = [
    one(Function::Exp, "exp"),
    one(Function::Log, "log"),
    one(Function::Log, "ln"),
    one(Function::Sqrt, "sqrt"),
    one(Function::Abs, "abs"),
    one(Function::Sin, "sin"),
    one(Function::Cos, "cos"),
    one(Function::Tan, "tan"),
    one(Function::Tanh, "tanh"),
    two(Function::Minimum, "min"),
    two(Function::Maximum, "max"),
    one(Function::Sinh, "sinh"),
    one(Function::Cosh, "cosh"),
    one(Function::Atan, "atan"),
    one(Function::Asin, "asin"),
    one(Function::Acos, "acos"),
    two(Function::Atan2, "atan2"),
    one(Function::Log10, "log10"),
    one(Function::Log2, "log2"),
    two(Function::Hypot, "hypot"),
    one(Function::Sigmoid, "sigmoid"),
    one(Function::Softplus, "softplus"),
    one(Function::Relu, "relu"),
    one(Function::Erf, "erf"),
    one(Function::Sign, "sign"),
    one(Function::Floor, "floor"),
    one(Function::Ceil, "ceil"),
    two(Function::Modulo, "mod"),
    FunctionName { function: Function::Clip, name: "clip", arguments: 3 },
    two(Function::Dot, "dot"),
    one(Function::Norm, "norm"),
    one(Function::Diagonal, "diag"),
    one(Function::Value, "f"),
    one(Function::Gradient, "grad"),
    one(Function::Gradient, "∇f"),
    one(Function::Hessian, "hess"),
    one(Function::Hessian, "∇²f"),
    // Of the seed, the step and the number of the draw, which are not written.
    FunctionName { function: Function::Normal, name: "normal", arguments: 3 },
    FunctionName { function: Function::Uniform, name: "uniform", arguments: 3 },
];

/// How many of the names typed functions know.
const OF_NUMBERS: usize = 28;

/// The names that a text may use.
pub(super) fn spellings(dialect: Dialect) -> &'static [FunctionName] {
    match dialect {
        Dialect::Function => &SPELLINGS[..OF_NUMBERS],
        Dialect::Step => &SPELLINGS,
    }
}

/// The names of the functions that a typed function of x and y knows.
pub fn function_names() -> impl Iterator<Item = &'static str> {
    spellings(Dialect::Function).iter().map(|known| known.name)
}

impl Function {
    /// Whether it draws random numbers.
    pub fn draws(self) -> bool {
        matches!(self, Self::Normal | Self::Uniform)
    }

    /// How many arguments it takes.
    pub fn arguments(self) -> usize {
        SPELLINGS.iter().find(|spelling| spelling.function == self).map_or(1, |spelling| spelling.arguments)
    }

    /// Its name as it is typed.
    pub fn typed(self) -> &'static str {
        SPELLINGS.iter().find(|spelling| spelling.function == self).map_or("", |spelling| spelling.name)
    }

    /// Its name as it is printed.
    pub fn printed(self) -> &'static str {
        match self {
            Self::Gradient | Self::Hessian => SPELLINGS
                .iter()
                .rev()
                .find(|spelling| spelling.function == self)
                .map_or("", |spelling| spelling.name),
            _ => self.typed(),
        }
    }
}
