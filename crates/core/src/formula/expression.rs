//! What a text says, as a tree.

use super::dialect::Dialect;
use super::function::Function;
use super::operator::{Operator, Relation};
use super::parse_error::ParseError;

/// A part of an expression; the parts that it is made of are given by their index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Node {
    /// A number.
    Number(f64),
    /// A name, by its index.
    Name(usize),
    /// A part in parentheses, as somebody wrote them.
    Group(usize),
    /// A part with a minus sign before it.
    Negative(usize),
    /// Two parts, left and right.
    Join(Operator, usize, usize),
    /// A vector lying down.
    Transposed(usize),
    /// As many of the arguments count as the function takes.
    Call(Function, [usize; 3]),
    /// `then if left relation right else otherwise`
    Choice {
        /// What is taken where the condition holds.
        then: usize,
        /// How the two sides compare.
        relation: Relation,
        /// The left side of the condition.
        left: usize,
        /// The right side of the condition.
        right: usize,
        /// What is taken where it does not hold.
        otherwise: usize,
    },
}

/// Where a part stands in its text, in characters: its name, its sign or its function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub at: usize,
    pub length: usize,
    /// Whether it is a product that is written with a star.
    pub star: bool,
}

/// What a text says: a function of x, y and named constants, or one line of a step.
///
/// A function has numbers (`1`, `.5`, `2e-3`), the variables `x` and `y`, `pi` and `e`, `+ - * / ^`,
/// parentheses, the functions `exp`, `log` (natural, also `ln`), `log10`, `log2`, `sqrt`, `abs` (also `|x|`), `sin`,
/// `cos`, `tan` (radians), `asin`, `acos`, `atan`, `atan2`, `sinh`, `cosh`, `tanh`, `hypot`, `sigmoid`, `softplus`,
/// `relu`, `erf`, `sign`, `floor`, `ceil`, `mod`, `min` and `max`, and the choice `a if b < c else d`. Any other name is
/// a constant that is given its value later. `^` (also `**`, or raised digits) binds tightest, to the right: `2^3^2` is
/// 512 and `-x^2` is -(x²). Behind a number the sign of a product may be left out: `2x`, `2(x + 1)`.
///
/// A line has besides, of numbers, vectors (a number for each coordinate) and matrices: `·` (or `*`), which
/// multiplies as textbooks do; `⊙` (or `.*`), which multiplies coordinate by coordinate, as do `/`, powers,
/// `√` and all functions of numbers, `clip` among them; `mod`. Where two numbers do not compare,
/// `min` and `max` keep the first. A number beside a vector
/// stands for a vector of it. `‖..‖` (`norm`) is the length, `dot` the scalar product, `^T` the transpose,
/// `⁻¹` the inverse, known by what it does to a vector, `diag` the diagonal. `f(p)`, `∇f(p)` (`grad`) and
/// `∇²f(p)` (`hess`) ask the surface. `a if c else b` chooses, coordinate by coordinate where the condition
/// differs between them; `H ≻ 0` (`H >> 0`) is true of a positive definite matrix.
#[derive(Clone, Debug)]
pub struct Expression {
    pub(super) dialect: Dialect,
    /// Each after those that it is made of; the last is the whole.
    pub(super) nodes: Vec<Node>,
    /// Where each stands.
    pub(super) places: Vec<Place>,
    /// The names, in order of first appearance, as they are printed; x and y come first in a function.
    pub(super) names: Vec<String>,
}

impl PartialEq for Expression {
    /// Whether they say the same, wherever it stands.
    fn eq(&self, other: &Self) -> bool {
        (self.dialect, &self.nodes, &self.names) == (other.dialect, &other.nodes, &other.names)
    }
}

/// The names that every function has: its variables.
pub(super) const VARIABLES: [&str; 2] = ["x", "y"];

impl Expression {
    /// The names whose values are given later, each once, in order of first appearance: all but the variables of
    /// a function.
    pub fn constants(&self) -> &[String] {
        match self.dialect {
            Dialect::Function => &self.names[VARIABLES.len()..],
            Dialect::Step => &self.names,
        }
    }

    /// The parts, each after those that it is made of; the last is the whole.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The names that parts refer to by their index, as they are printed.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether a function has x or y.
    pub fn has_variable(&self) -> bool {
        self.nodes.iter().any(|node| matches!(node, Node::Name(name) if *name < VARIABLES.len()))
    }

    /// Whether it reads a name, as that is printed.
    pub(super) fn reads(&self, name: &str) -> bool {
        self.names.iter().any(|known| known == name)
    }

    /// Where it reads a name first: the character, and how many there are.
    pub(super) fn place_of(&self, name: &str) -> Option<(usize, usize)> {
        let nodes = self.nodes.iter().zip(&self.places);
        nodes
            .filter(|(node, _)| matches!(node, Node::Name(index) if self.names[*index] == name))
            .map(|(_, place)| (place.at, place.length))
            .min()
    }

    /// Whether it is 0 where these names are, whatever else there is: products of them, and sums of such.
    pub(super) fn vanishes(&self, is_zero: impl Fn(&str) -> bool) -> bool {
        let mut zero: Vec<bool> = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let vanishes = match *node {
                Node::Number(number) => number == 0.0,
                Node::Name(name) => is_zero(&self.names[name]),
                Node::Group(of) | Node::Negative(of) | Node::Transposed(of) => zero[of],
                Node::Join(Operator::Multiply | Operator::Each, left, right) => zero[left] || zero[right],
                Node::Join(Operator::Add | Operator::Subtract, left, right) => zero[left] && zero[right],
                Node::Join(Operator::Divide, left, _) => zero[left],
                Node::Choice { then, otherwise, .. } => zero[then] && zero[otherwise],
                Node::Join(..) | Node::Call(..) => false,
            };
            zero.push(vanishes);
        }
        zero.last().is_some_and(|zero| *zero)
    }

    /// Gives a name another one.
    pub fn rename(&mut self, from: &str, to: &str) {
        for name in self.names.iter_mut().filter(|name| *name == from) {
            to.clone_into(name);
        }
    }

    /// Whether a function has x and no y.
    pub fn is_univariate(&self) -> bool {
        let reads = |variable: usize| self.nodes.contains(&Node::Name(variable));
        self.dialect == Dialect::Function && reads(0) && !reads(1)
    }

    /// An error that concerns a part.
    pub(super) fn error(&self, node: usize, message: impl Into<String>) -> ParseError {
        let place = self.places[node];
        ParseError::new(place.at, place.length, message)
    }
}

impl Node {
    /// The parts that it is made of.
    pub fn parts(&self) -> Vec<usize> {
        match *self {
            Self::Number(_) | Self::Name(_) => Vec::new(),
            Self::Group(of) | Self::Negative(of) | Self::Transposed(of) => vec![of],
            Self::Join(_, left, right) => vec![left, right],
            Self::Call(function, arguments) => arguments[..function.arguments()].to_vec(),
            Self::Choice { then, left, right, otherwise, .. } => vec![then, left, right, otherwise],
        }
    }
}
