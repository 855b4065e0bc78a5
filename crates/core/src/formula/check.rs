//! The kind of every part of a line, or what does not fit together in it.

use super::expression::{Expression, Node};
use super::function::Function;
use super::operator::Operator;
use super::parse_error::ParseError;
use super::shape::Shape;

impl Expression {
    /// The kinds of all parts, in their order, by those of the names; none where that is not known.
    ///
    /// # Errors
    ///
    /// What does not fit together, or is ambiguous.
    pub fn shapes(&self, of: impl Fn(&str) -> Option<Shape>) -> Result<Vec<Option<Shape>>, ParseError> {
        shapes(self, of)
    }
}

/// The kinds of all parts, by those of the names; none where that is not known so far.
///
/// # Errors
///
/// What does not fit together, or is ambiguous.
pub(super) fn shapes(
    expression: &Expression,
    of: impl Fn(&str) -> Option<Shape>,
) -> Result<Vec<Option<Shape>>, ParseError> {
    let mut shapes: Vec<Option<Shape>> = Vec::with_capacity(expression.nodes.len());
    for (index, node) in expression.nodes.iter().enumerate() {
        let shape = shape(expression, node, &shapes, &of);
        let shape = shape.map_err(|message| expression.error(index, message))?;
        if let (Node::Join(Operator::Multiply, left, right), true) = (node, expression.places[index].star)
            && (shapes[*left], shapes[*right]) == (Some(Shape::Vector), Some(Shape::Vector))
        {
            return Err(expression.error(
                index,
                "`*` between two vectors means two things: write `.*` to multiply coordinate by coordinate \
                 (a square is `g^2`), or `dot(a, b)` for their scalar product",
            ));
        }
        shapes.push(shape);
    }
    Ok(shapes)
}

fn shape(
    expression: &Expression,
    node: &Node,
    shapes: &[Option<Shape>],
    of: impl Fn(&str) -> Option<Shape>,
) -> Result<Option<Shape>, String> {
    Ok(match *node {
        Node::Number(_) => Some(Shape::Number),
        Node::Name(name) => of(&expression.names[name]),
        Node::Group(inner) | Node::Negative(inner) => shapes[inner],
        Node::Transposed(inner) => shapes[inner].map(Shape::transposed).transpose()?,
        Node::Join(Operator::Power, base, exponent) if is_inverse(expression, exponent) => {
            shapes[base].map(Shape::inverted).transpose()?
        }
        Node::Join(operator, left, right) => match (shapes[left], shapes[right]) {
            (Some(left), Some(right)) => Some(left.joined(operator, right)?),
            (_, _) if operator == Operator::Multiply => None,
            // What is not known is probably like that beside it, unless that is a number.
            (known, None) | (None, known) => known.filter(|known| *known != Shape::Number),
        },
        Node::Call(Function::Value | Function::Dot | Function::Norm, _) if has_unknown(node, shapes) => {
            Some(Shape::Number)
        }
        Node::Call(function, _) if function.draws() => Some(Shape::Vector),
        Node::Call(Function::Gradient, _) if has_unknown(node, shapes) => Some(Shape::Vector),
        Node::Call(Function::Hessian, _) if has_unknown(node, shapes) => Some(Shape::Matrix),
        Node::Call(_, arguments) if has_unknown(node, shapes) => {
            arguments.iter().filter_map(|argument| shapes[*argument]).find(|known| *known != Shape::Number)
        }
        Node::Call(function, arguments) => Some(Shape::called(
            function,
            arguments.map(|argument| shapes[argument].unwrap_or(Shape::Number)),
        )?),
        Node::Choice { then, relation, left, right, otherwise } => {
            match (shapes[left], shapes[right], shapes[then], shapes[otherwise]) {
                (Some(left), Some(right), Some(then), Some(otherwise)) => {
                    Some(Shape::chosen(relation, [left, right], [then, otherwise])?)
                }
                // A condition that differs from coordinate to coordinate makes a vector of whatever is chosen.
                (Some(Shape::Vector), ..) | (_, Some(Shape::Vector), ..) => Some(Shape::Vector),
                (.., Some(known), None) | (.., None, Some(known)) => {
                    Some(known).filter(|known| *known != Shape::Number)
                }
                (.., then, _) => then,
            }
        }
    })
}

fn has_unknown(node: &Node, shapes: &[Option<Shape>]) -> bool {
    node.parts().iter().any(|part| shapes[*part].is_none())
}

/// Whether an exponent is -1, as it stands behind a matrix.
pub(super) fn is_inverse(expression: &Expression, exponent: usize) -> bool {
    matches!(expression.nodes[exponent], Node::Negative(one) if expression.nodes[one] == Node::Number(1.0))
}
