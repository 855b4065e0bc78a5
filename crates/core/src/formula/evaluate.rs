//! What a line is worth, and each of its parts.

use super::bindings::Bindings;
use super::builder::{Builder, Operand};
use super::check::shapes;
use super::code::SurfaceQuery;
use super::expression::{Expression, Node};
use super::lower::{Lowered, lower};
use super::parse_error::ParseError;
use super::routine::Routine;
use super::shape::{Shape, Tensor};
use super::unknown::no_symbol;
use nalgebra::{Matrix2, Vector2};

/// The value of a part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PartValue {
    pub shape: Shape,
    /// As many as the kind has, a matrix row by row.
    pub numbers: [f64; 4],
}

/// A line and the values of all its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct EvaluatedLine<'a> {
    pub(super) expression: &'a Expression,
    pub(super) values: Vec<PartValue>,
    value: Tensor,
}

impl Expression {
    /// The values of a line and of all its parts, where its names stand for these; `ask` answers for the surface.
    ///
    /// # Errors
    ///
    /// A name that stands for nothing, or what does not fit together.
    pub fn evaluate<'a>(
        &'a self,
        bindings: &Bindings,
        ask: impl Fn(SurfaceQuery, [f64; 2]) -> [f64; 3],
    ) -> Result<EvaluatedLine<'a>, ParseError> {
        for (index, node) in self.nodes.iter().enumerate() {
            if let Node::Name(name) = node
                && bindings.meaning(&self.names[*name]).is_none()
            {
                return Err(self.error(index, no_symbol(&self.names[*name], bindings.names())));
            }
        }
        let shapes = shapes(self, |name| bindings.meaning(name).map(|value| value.shape()))?;
        let shapes: Vec<Shape> = shapes.into_iter().map(|shape| shape.unwrap_or(Shape::Number)).collect();
        // The names are inputs, four numbers for each: what is computed is what a program computes of them.
        let bound = self.names.iter().map(|name| bindings.meaning(name).unwrap_or(Tensor::Number(f64::NAN)));
        let (mut names, mut numbers) = (Vec::new(), Vec::new());
        for value in bound {
            let first = numbers.len();
            numbers.extend(value.numbers());
            let input = [0, 1, 2, 3].map(|index| Operand::Value(first + index));
            names.push(Lowered { shape: value.shape(), numbers: input });
        }
        let mut builder = Builder::new(numbers.len(), false);
        let lowered = lower(self, &shapes, &names, &mut builder);
        let wanted: Vec<(usize, Operand)> =
            lowered.iter().flat_map(|part| part.numbers).enumerate().collect();
        let routine = Routine::new(builder, numbers.len(), &wanted);
        numbers.resize(numbers.len().max(wanted.len()), 0.0);
        routine.run(&mut numbers, ask);
        let (parts, _) = numbers.as_chunks();
        let part = |(shape, numbers): (Shape, &[f64; 4])| PartValue { shape, numbers: *numbers };
        let values: Vec<PartValue> = shapes.into_iter().zip(parts).map(part).collect();
        let (last, whole) = (values.len() - 1, values[values.len() - 1]);
        let value = whole.tensor().ok_or_else(|| {
            self.error(
                last,
                format!("a line is equal to a number, a vector or a matrix: this is {}", whole.shape.name()),
            )
        })?;
        Ok(EvaluatedLine { expression: self, values, value })
    }
}

impl PartValue {
    fn tensor(&self) -> Option<Tensor> {
        let [a, b, c, d] = self.numbers;
        match self.shape {
            Shape::Number => Some(Tensor::Number(a)),
            Shape::Vector => Some(Tensor::Vector(Vector2::new(a, b))),
            Shape::Matrix => Some(Tensor::Matrix(Matrix2::new(a, b, c, d))),
            Shape::Row | Shape::Inverse => None,
        }
    }

    /// One coordinate; a number has the same in both.
    pub fn coordinate(&self, index: usize) -> f64 {
        if self.shape == Shape::Number { self.numbers[0] } else { self.numbers[index] }
    }
}

impl EvaluatedLine<'_> {
    /// What the line is equal to.
    pub fn value(&self) -> Tensor {
        self.value
    }
}
