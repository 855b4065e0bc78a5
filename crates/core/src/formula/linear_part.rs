//! What of a line is linear in some vectors while the rest of it is held: the scales of coordinates, above all.

use super::bindings::Bindings;
use super::code::SurfaceQuery;
use super::evaluate::EvaluatedLine;
use super::expression::{Expression, Node};
use super::function::Function;
use super::operator::Operator;
use super::parse_error::ParseError;
use super::shape::{Shape, Tensor};

/// How a vector depends on each of some others, coordinate by coordinate; nothing where it does not.
pub type LinearForm = Vec<[f64; 2]>;

/// A line's value and its linear part.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearLine {
    /// What the line is equal to.
    pub value: Tensor,
    /// How it depends on the vectors; none where it does so by more than factors of its coordinates.
    pub part: Option<LinearForm>,
}

/// What the names of a line stand for in vectors that it may be linear in.
#[derive(Clone, Debug)]
pub struct LinearNames<'n> {
    /// The forms of names; those that are not there are held.
    pub forms: &'n [(String, Option<LinearForm>)],
    /// The place of the gradient where the step begins among the vectors.
    pub gradient: usize,
    /// How many vectors there are.
    pub count: usize,
    /// Whether x is still where the step begins.
    pub is_at_start: bool,
}

impl Expression {
    /// A line with its linear part: sums and products with what is held keep it, what divides is held, and so is what
    /// functions and powers make. Of a choice it is that of what is taken.
    ///
    /// # Errors
    /// A name that stands for nothing, or what does not fit together.
    pub fn linear_part(
        &self,
        names: &LinearNames<'_>,
        bindings: &Bindings,
        ask: impl Fn(SurfaceQuery, [f64; 2]) -> [f64; 3],
    ) -> Result<LinearLine, ParseError> {
        let line = self.evaluate(bindings, ask)?;
        let mut parts: Vec<Option<LinearForm>> = Vec::with_capacity(self.nodes.len());
        for index in 0..self.nodes.len() {
            let part = line.form(index, &parts, names);
            parts.push(part);
        }
        Ok(LinearLine { value: line.value(), part: parts.pop().flatten() })
    }
}

fn is_held(form: &[[f64; 2]]) -> bool {
    form.iter().flatten().all(|factor| *factor == 0.0)
}

impl EvaluatedLine<'_> {
    /// The linear part of a part, by those before it.
    fn form(
        &self,
        index: usize,
        parts: &[Option<LinearForm>],
        names: &LinearNames<'_>,
    ) -> Option<LinearForm> {
        let held = || vec![[0.0; 2]; names.count];
        let scaled = |form: &LinearForm, by: [f64; 2]| {
            form.iter().map(|[x, y]| [x * by[0], y * by[1]]).collect::<LinearForm>()
        };
        let coordinates = |part: usize| [0, 1].map(|axis| self.values[part].coordinate(axis));
        let is_plain = |part: usize| matches!(self.values[part].shape, Shape::Number | Shape::Vector);
        let node = self.expression.nodes[index];
        // What is not made of anything that counts is held, whatever it is.
        let made_of = node.parts();
        if !made_of.is_empty()
            && made_of.iter().all(|part| parts[*part].as_deref().is_some_and(is_held))
            && !matches!(node, Node::Call(Function::Gradient, _))
        {
            return Some(held());
        }
        match node {
            Node::Name(name) => {
                let name = &self.expression.names[name];
                let known = names.forms.iter().rev().find(|(known, _)| known == name);
                known.map_or_else(|| Some(held()), |(_, form)| form.clone())
            }
            Node::Group(inner) => parts[inner].clone(),
            Node::Negative(inner) => parts[inner].as_ref().map(|form| scaled(form, [-1.0; 2])),
            Node::Join(operator @ (Operator::Add | Operator::Subtract), left, right) => {
                if !(is_plain(left) && is_plain(right)) {
                    return None;
                }
                let sign = if operator == Operator::Add { 1.0 } else { -1.0 };
                let pairs = parts[left].as_ref()?.iter().zip(parts[right].as_ref()?);
                Some(pairs.map(|(a, b)| [a[0] + sign * b[0], a[1] + sign * b[1]]).collect())
            }
            Node::Join(operator @ (Operator::Multiply | Operator::Each), left, right) => {
                let is_each = is_plain(left)
                    && is_plain(right)
                    && (operator == Operator::Each
                        || [left, right].iter().any(|part| self.values[*part].shape == Shape::Number));
                let (a, b) = (parts[left].as_ref()?, parts[right].as_ref()?);
                match (is_held(a), is_held(b)) {
                    _ if !is_each => None,
                    (true, _) => Some(scaled(b, coordinates(left))),
                    (_, true) => Some(scaled(a, coordinates(right))),
                    // Which of the two is a scale cannot be told.
                    _ => None,
                }
            }
            Node::Join(Operator::Divide, above, below) => {
                if !(is_plain(above) && is_plain(below)) {
                    return None;
                }
                Some(scaled(parts[above].as_ref()?, coordinates(below).map(|below| 1.0 / below)))
            }
            Node::Call(Function::Gradient, [point, ..]) => {
                let mut inner = point;
                while let Node::Group(of) = self.expression.nodes[inner] {
                    inner = of;
                }
                let is_here = matches!(self.expression.nodes[inner], Node::Name(name) if self.expression.names[name] == "x");
                if !(is_here && names.is_at_start) {
                    return None;
                }
                let mut form = held();
                *form.get_mut(names.gradient)? = [1.0; 2];
                Some(form)
            }
            Node::Call(Function::Hessian, _) | Node::Transposed(_) => None,
            Node::Number(_) | Node::Join(Operator::Power | Operator::Modulo, ..) | Node::Call(..) => {
                Some(held())
            }
            Node::Choice { .. } => {
                let taken = [0, 1].map(|axis| parts[self.chosen(index, axis)].as_ref());
                let [x, y] = taken;
                Some(x?.iter().zip(y?).map(|(a, b)| [a[0], b[1]]).collect())
            }
        }
    }
}
