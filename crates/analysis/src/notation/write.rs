//! A formula with the numbers in place of the symbols.

use super::evaluate::{Symbols, Worth};
use super::{Formula, Function, Node, Operator};
use nalgebra::{Matrix2, Vector2};
use thalweg_core::method::oracle::Oracle;
use thalweg_core::method::update_equation::Quantity;

/// A piece of a formula with its numbers; who shows it says how many digits they get.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// What stands between the numbers.
    Text(String),
    /// A number.
    Number(f64),
}

impl Formula {
    /// The formula with its numbers, in one row, or in one for each coordinate where they do not
    /// mix. `None` as for [`Formula::value`].
    pub fn numbers<L: Oracle<f64>>(&self, symbols: &Symbols<'_, L>) -> Option<Vec<Vec<Piece>>> {
        let Self(node) = self;
        let each = matches!(self.value(symbols)?, Quantity::Vector(_)) && node.is_each(symbols);
        let places = if each { vec![Some(0), Some(1)] } else { vec![None] };
        let row = |place| {
            let mut writer = Writer { symbols, place, row: Vec::new() };
            writer.node(node)?;
            Some(writer.row)
        };
        places.into_iter().map(row).collect()
    }
}

impl Node {
    /// Whether each coordinate of its value comes from that coordinate of its parts alone.
    fn is_each<L: Oracle<f64>>(&self, symbols: &Symbols<'_, L>) -> bool {
        match self.value(symbols) {
            Some(Worth::Number(_)) => return true,
            Some(Worth::Vector(_)) => {}
            _ => return false,
        }
        match self {
            Self::Number(..) | Self::Symbol(_) => true,
            Self::Group(inner) | Self::Negative(inner) | Self::Root(inner) | Self::Absolute(inner) => {
                inner.is_each(symbols)
            }
            Self::Norm(_) | Self::Transposed(_) => false,
            Self::Join(_, left, right) | Self::Power(left, right) => {
                left.is_each(symbols) && right.is_each(symbols)
            }
            Self::Raised(base, _) => base.is_each(symbols),
            Self::Call(function, arguments) => {
                !matches!(function, Function::Gradient | Function::Hessian | Function::Diagonal)
                    && arguments.iter().all(|argument| argument.is_each(symbols))
            }
            Self::Choice(choice) => {
                let parts = [0, 1].map(|place| choice.chosen(symbols, place));
                parts.into_iter().all(|part| part.is_some_and(|part| part.is_each(symbols)))
            }
        }
    }
}

struct Writer<'a, 'b, L> {
    symbols: &'a Symbols<'b, L>,
    /// The coordinate that is written; none where all are.
    place: Option<usize>,
    row: Vec<Piece>,
}

impl<L: Oracle<f64>> Writer<'_, '_, L> {
    fn text(&mut self, text: &str) {
        if let Some(Piece::Text(last)) = self.row.last_mut() {
            last.push_str(text);
        } else {
            self.row.push(Piece::Text(text.to_owned()));
        }
    }

    /// A number; a negative one behind a sign gets parentheses.
    fn number(&mut self, value: f64) {
        let opens = |text: &str| {
            text.is_empty() || text.ends_with(['(', ',', '|', '‖', '[', ';']) || text.ends_with(", ")
        };
        let free = match self.row.last() {
            None => true,
            Some(Piece::Text(text)) => opens(text),
            Some(Piece::Number(_)) => false,
        };
        if value < 0.0 && !free {
            self.text("(");
            self.row.push(Piece::Number(value));
            self.text(")");
        } else {
            self.row.push(Piece::Number(value));
        }
    }

    fn vector(&mut self, value: Vector2<f64>) {
        self.text("(");
        self.row.push(Piece::Number(value.x));
        self.text(", ");
        self.row.push(Piece::Number(value.y));
        self.text(")");
    }

    fn matrix(&mut self, value: &Matrix2<f64>) {
        self.text("[");
        for (at, entry) in [value.m11, value.m12, value.m21, value.m22].into_iter().enumerate() {
            self.text(["", " ", "; ", " "][at]);
            self.row.push(Piece::Number(entry));
        }
        self.text("]");
    }

    fn worth(&mut self, value: Worth) {
        match (value, self.place) {
            (Worth::Number(number), _) => self.number(number),
            (Worth::Vector(vector), Some(place)) => self.number(vector[place]),
            (Worth::Vector(vector) | Worth::Row(vector), _) => self.vector(vector),
            (Worth::Matrix(matrix) | Worth::Inverse(matrix), _) => self.matrix(&matrix),
        }
    }

    /// A part whose coordinates are told together.
    fn whole(&mut self, node: &Node) -> Option<()> {
        let place = self.place.take();
        let done = self.node(node);
        self.place = place;
        done
    }

    fn node(&mut self, node: &Node) -> Option<()> {
        // What is one number, made of vectors, is the same for each coordinate.
        if self.place.is_some() && node.value(self.symbols)?.is_number() {
            return self.whole(node);
        }
        match node {
            Node::Number(_, written) => self.text(written),
            Node::Symbol(_) => self.worth(node.value(self.symbols)?),
            Node::Group(inner) => self.between("(", inner, ")")?,
            Node::Negative(inner) => {
                self.text("-");
                self.node(inner)?;
            }
            Node::Root(inner) => {
                self.text("√");
                self.node(inner)?;
            }
            Node::Absolute(inner) => self.between("|", inner, "|")?,
            Node::Norm(inner) => self.between("‖", inner, "‖")?,
            Node::Join(operator, left, right) => {
                self.node(left)?;
                // Of one coordinate there is only one way to multiply.
                let sign = if self.place.is_some() && *operator == Operator::Each {
                    Operator::Times.sign()
                } else {
                    operator.sign()
                };
                self.text(sign);
                self.node(right)?;
            }
            Node::Power(base, exponent) => {
                self.base(base)?;
                self.text("^");
                self.node(exponent)?;
            }
            Node::Raised(base, exponent) => {
                self.base(base)?;
                self.text(&raised(*exponent));
            }
            Node::Transposed(inner) => {
                self.node(inner)?;
                self.text("^T");
            }
            Node::Call(function, arguments) => {
                self.text(function.name());
                // A point has its parentheses already.
                let bare = matches!(function, Function::Value | Function::Gradient | Function::Hessian);
                self.text(if bare { "" } else { "(" });
                for (at, argument) in arguments.iter().enumerate() {
                    self.text(if at > 0 { ", " } else { "" });
                    self.node(argument)?;
                }
                self.text(if bare { "" } else { ")" });
            }
            Node::Choice(choice) => {
                let chosen = choice.chosen(self.symbols, self.place.unwrap_or(0))?;
                self.node(chosen)?;
            }
        }
        Some(())
    }

    fn between(&mut self, open: &str, inner: &Node, close: &str) -> Option<()> {
        self.text(open);
        self.node(inner)?;
        self.text(close);
        Some(())
    }

    /// What a power is of: a negative number needs parentheses.
    fn base(&mut self, node: &Node) -> Option<()> {
        let is_symbol = matches!(node, Node::Symbol(_));
        let negative = is_symbol
            && match (node.value(self.symbols)?, self.place) {
                (Worth::Number(number), _) => number < 0.0,
                (Worth::Vector(vector), Some(place)) => vector[place] < 0.0,
                _ => false,
            };
        if negative { self.between("(", node, ")") } else { self.node(node) }
    }
}

/// A whole number in raised digits.
fn raised(number: i32) -> String {
    let digit = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c.to_digit(10)? as usize);
    number.to_string().chars().map(|c| digit(c).unwrap_or('⁻')).collect()
}
