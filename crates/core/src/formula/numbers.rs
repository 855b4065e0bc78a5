//! A line with the numbers in place of the names.

use super::evaluate::{EvaluatedLine, PartValue};
use super::expression::Node;
use super::function::Function;
use super::operator::{Operator, Relation};
use super::shape::Shape;
use super::write::{plain_number, raised_digits};
use crate::math::sym2::is_positive_definite;
use nalgebra::Matrix2;

/// A piece of a line with its numbers; who shows it says how many digits they get.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// What stands between the numbers.
    Text(String),
    /// A number.
    Number(f64),
}

impl EvaluatedLine<'_> {
    /// The line with its numbers, in one row, or in one for each coordinate where they do not mix.
    pub fn numbers(&self) -> Vec<Vec<Piece>> {
        let whole = self.taken(self.values.len() - 1);
        let each = self.values[whole].shape == Shape::Vector && self.is_each(whole);
        let places = if each { vec![Some(0), Some(1)] } else { vec![None] };
        let row = |place| {
            let mut writer = RowWriter { line: self, place, row: Vec::new() };
            writer.node(whole);
            writer.row
        };
        places.into_iter().map(row).collect()
    }

    /// Whether each coordinate of a part comes from that coordinate of its own parts alone.
    fn is_each(&self, part: usize) -> bool {
        match self.values[part].shape {
            Shape::Number => return true,
            Shape::Vector => {}
            _ => return false,
        }
        let node = self.expression.nodes[part];
        match node {
            Node::Transposed(_)
            | Node::Call(Function::Gradient | Function::Hessian | Function::Diagonal, _) => false,
            Node::Choice { .. } => [0, 1].into_iter().all(|place| self.is_each(self.chosen(part, place))),
            _ => node.parts().into_iter().all(|part| self.is_each(part)),
        }
    }

    /// The part that stands for this one where one condition has chosen for both coordinates.
    fn taken(&self, part: usize) -> usize {
        match self.expression.nodes[part] {
            Node::Choice { relation, left, right, .. }
                if relation == Relation::PositiveDefinite
                    || [left, right].iter().all(|side| self.values[*side].shape == Shape::Number) =>
            {
                self.taken(self.chosen(part, 0))
            }
            _ => part,
        }
    }

    /// The part that a choice, by its index, takes for a coordinate; of any other part itself.
    pub(super) fn chosen(&self, part: usize, coordinate: usize) -> usize {
        let Node::Choice { then, relation, left, right, otherwise } = self.expression.nodes[part] else {
            return part;
        };
        let (left, right) = (self.values[left], self.values[right]);
        let (a, b) = (left.coordinate(coordinate), right.coordinate(coordinate));
        let holds = match relation {
            Relation::Less => a < b,
            Relation::Greater => a > b,
            Relation::AtMost => a <= b,
            Relation::AtLeast => a >= b,
            Relation::Equal => a == b,
            Relation::PositiveDefinite => {
                let [xx, xy, yx, yy] = left.numbers;
                is_positive_definite(&Matrix2::new(xx, xy, yx, yy))
            }
        };
        if holds { then } else { otherwise }
    }
}

struct RowWriter<'a> {
    line: &'a EvaluatedLine<'a>,
    /// The coordinate that is written; none where all are.
    place: Option<usize>,
    row: Vec<Piece>,
}

impl RowWriter<'_> {
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

    /// Some numbers, with these signs before each, in brackets.
    fn several(&mut self, open: &str, numbers: &[f64], between: &[&str], close: &str) {
        self.text(open);
        for (number, between) in numbers.iter().zip(between) {
            self.text(between);
            self.row.push(Piece::Number(*number));
        }
        self.text(close);
    }

    fn value(&mut self, PartValue { shape, numbers }: PartValue) {
        match (shape, self.place) {
            (Shape::Number, _) => self.number(numbers[0]),
            (Shape::Vector, Some(place)) => self.number(numbers[place]),
            (Shape::Vector | Shape::Row, _) => self.several("(", &numbers[..2], &["", ", "], ")"),
            (Shape::Matrix | Shape::Inverse, _) => {
                self.several("[", &numbers, &["", " ", "; ", " "], "]");
            }
        }
    }

    fn node(&mut self, index: usize) {
        // What is one number, made of vectors, is the same for each coordinate: these are told together.
        let is_number = self.line.values[index].shape == Shape::Number;
        let place = if is_number { self.place.take() } else { None };
        self.parts(index);
        self.place = place.or(self.place);
    }

    fn parts(&mut self, index: usize) {
        match self.line.expression.nodes[index] {
            Node::Number(number) => self.text(&plain_number(number)),
            Node::Name(_) => self.value(self.line.values[index]),
            Node::Group(inner) => self.between("(", inner, ")"),
            Node::Negative(inner) => {
                self.text("-");
                self.node(inner);
            }
            Node::Join(Operator::Power, base, exponent) => self.power(base, exponent),
            Node::Join(operator, left, right) => {
                self.node(left);
                // Of one coordinate there is only one way to multiply.
                let one = self.place.is_some() && operator == Operator::Each;
                self.text(if one { Operator::Multiply.printed() } else { operator.printed() });
                self.node(right);
            }
            Node::Transposed(inner) => {
                self.node(inner);
                self.text("^T");
            }
            Node::Call(Function::Abs, [inner, ..]) => self.between("|", inner, "|"),
            Node::Call(Function::Norm, [inner, ..]) => self.between("‖", inner, "‖"),
            Node::Call(function, _) if function.draws() => self.value(self.line.values[index]),
            Node::Call(function, arguments) => self.call(function, &arguments[..function.arguments()]),
            Node::Choice { .. } => {
                let chosen = self.line.chosen(index, self.place.unwrap_or(0));
                self.node(chosen);
            }
        }
    }

    fn between(&mut self, open: &str, inner: usize, close: &str) {
        self.text(open);
        self.node(inner);
        self.text(close);
    }

    fn call(&mut self, function: Function, arguments: &[usize]) {
        let is_root = function == Function::Sqrt;
        let is_name = matches!(self.line.expression.nodes[arguments[0]], Node::Name(_) | Node::Number(_));
        self.text(if is_root { "√" } else { function.printed() });
        // A point has its parentheses already.
        let is_asked = matches!(function, Function::Value | Function::Gradient | Function::Hessian);
        let bare =
            is_name && (is_root || (is_asked && self.line.values[arguments[0]].shape == Shape::Vector));
        self.text(if bare { "" } else { "(" });
        for (at, argument) in arguments.iter().enumerate() {
            self.text(if at > 0 { ", " } else { "" });
            self.node(*argument);
        }
        self.text(if bare { "" } else { ")" });
    }

    /// What a power is of needs parentheses if it is a negative number.
    fn power(&mut self, base: usize, exponent: usize) {
        let value = self.line.values[base];
        let negative = matches!(self.line.expression.nodes[base], Node::Name(_))
            && match (value.shape, self.place) {
                (Shape::Number, _) => value.numbers[0] < 0.0,
                (Shape::Vector, Some(place)) => value.numbers[place] < 0.0,
                _ => false,
            };
        if negative {
            self.between("(", base, ")");
        } else {
            self.node(base);
        }
        let nodes = &self.line.expression.nodes;
        let (sign, whole) = match nodes[exponent] {
            Node::Negative(inner) => ("⁻", inner),
            _ => ("", exponent),
        };
        match nodes[whole] {
            Node::Number(number) if number.fract() == 0.0 && number <= 1024.0 => {
                self.text(&raised_digits(sign, number as u32));
            }
            _ => {
                self.text("^");
                self.node(exponent);
            }
        }
    }
}
