//! From the parts of an expression to operations on single numbers: a vector is two of them, a matrix four.

use super::builder::{Builder, Operand};
use super::check::is_inverse;
use super::code::{Code, EQUAL, SurfaceQuery};
use super::dialect::Dialect;
use super::expression::{Expression, Node};
use super::function::Function;
use super::matrix::{absolute, determinant, root, solve};
use super::operator::{Operator, Relation};
use super::shape::Shape;

/// The numbers of a value: as many count as its kind has, a matrix row by row; the others are zeros.
pub(super) type Numbers = [Operand; 4];

/// What does not count.
pub(super) const NOTHING: Operand = Operand::Constant(0.0);

/// A value and its kind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lowered {
    pub shape: Shape,
    pub numbers: Numbers,
}

impl Lowered {
    /// One number.
    pub fn number(number: Operand) -> Self {
        Self { shape: Shape::Number, numbers: [number, NOTHING, NOTHING, NOTHING] }
    }

    /// One coordinate; a number has the same in both.
    pub fn coordinate(&self, index: usize) -> Operand {
        if self.shape == Shape::Number { self.numbers[0] } else { self.numbers[index] }
    }

    /// Both coordinates.
    fn coordinates(&self) -> [Operand; 2] {
        [0, 1].map(|index| self.coordinate(index))
    }

    /// The value in another shape: a number as a vector of it.
    pub fn as_shape(self, shape: Shape) -> Self {
        let numbers = if (self.shape, shape) == (Shape::Number, Shape::Vector) {
            let [x, y] = self.coordinates();
            [x, y, NOTHING, NOTHING]
        } else {
            self.numbers
        };
        Self { shape, numbers }
    }
}

/// Every part of an expression, by the kinds of all parts and the values of the names.
pub(super) fn lower(
    expression: &Expression,
    shapes: &[Shape],
    names: &[Lowered],
    builder: &mut Builder,
) -> Vec<Lowered> {
    let mut lowered: Vec<Lowered> = Vec::with_capacity(expression.nodes.len());
    for (node, shape) in expression.nodes.iter().zip(shapes) {
        let value = Lowering { dialect: expression.dialect, builder, shape: *shape, lowered: &lowered };
        let numbers = value.node(expression, *node, names);
        lowered.push(Lowered { shape: *shape, numbers });
    }
    lowered
}

/// One part on its way.
struct Lowering<'a> {
    dialect: Dialect,
    builder: &'a mut Builder,
    /// What it comes to.
    shape: Shape,
    /// The parts before it.
    lowered: &'a [Lowered],
}

impl Lowering<'_> {
    fn node(mut self, expression: &Expression, node: Node, names: &[Lowered]) -> Numbers {
        let part = |index: usize| self.lowered[index];
        match node {
            Node::Number(number) => Lowered::number(Operand::Constant(number)).numbers,
            Node::Name(name) => names[name].numbers,
            Node::Group(inner) | Node::Transposed(inner) => part(inner).numbers,
            Node::Negative(inner) => self.map(Code::Negate, part(inner)),
            Node::Join(Operator::Power, base, exponent)
                if part(base).shape == Shape::Matrix && is_inverse(expression, exponent) =>
            {
                part(base).numbers
            }
            Node::Join(Operator::Multiply, left, right) => self.multiply(part(left), part(right)),
            Node::Join(operator, left, right) => self.zip(code_of(operator), part(left), part(right)),
            Node::Call(function, arguments) => self.call(function, arguments.map(part)),
            Node::Choice { then, relation, left, right, otherwise } => {
                self.choose(relation, [left, right].map(part), [then, otherwise].map(part))
            }
        }
    }

    /// Of each number.
    fn each(&mut self, mut of: impl FnMut(&mut Builder, usize) -> Operand) -> Numbers {
        let mut numbers = [NOTHING; 4];
        for (index, number) in numbers.iter_mut().enumerate().take(self.shape.width()) {
            *number = of(self.builder, index);
        }
        numbers
    }

    fn map(&mut self, code: Code, value: Lowered) -> Numbers {
        self.each(|builder, index| builder.unary(code, value.numbers[index]))
    }

    fn zip(&mut self, code: Code, a: Lowered, b: Lowered) -> Numbers {
        self.each(|builder, index| builder.binary(code, a.coordinate(index), b.coordinate(index)))
    }

    fn multiply(&mut self, a: Lowered, b: Lowered) -> Numbers {
        let (m, n) = (a.numbers, b.numbers);
        match (a.shape, b.shape) {
            (Shape::Matrix, Shape::Matrix) => self.each(|builder, index| {
                let (row, column) = (index / 2 * 2, index % 2);
                sum_of_products(builder, [m[row], m[row + 1]], [n[column], n[column + 2]])
            }),
            (Shape::Matrix, Shape::Vector) => {
                self.each(|builder, row| sum_of_products(builder, [m[2 * row], m[2 * row + 1]], [n[0], n[1]]))
            }
            // M⁻¹·a is (M/a)⁻¹.
            (Shape::Number, Shape::Inverse) => {
                self.each(|builder, index| builder.binary(Code::Divide, n[index], m[0]))
            }
            (Shape::Inverse, Shape::Number) => {
                self.each(|builder, index| builder.binary(Code::Divide, m[index], n[0]))
            }
            (Shape::Inverse, Shape::Vector) => {
                let [x, y] = solve(self.builder, m, b.coordinates());
                [x, y, NOTHING, NOTHING]
            }
            (Shape::Vector | Shape::Row, Shape::Vector) => {
                Lowered::number(sum_of_products(self.builder, a.coordinates(), b.coordinates())).numbers
            }
            (Shape::Vector | Shape::Row, Shape::Matrix) => self
                .each(|builder, column| sum_of_products(builder, [n[column], n[column + 2]], [m[0], m[1]])),
            (Shape::Vector, Shape::Row) => {
                self.each(|builder, index| builder.binary(Code::Multiply, m[index / 2], n[index % 2]))
            }
            _ => self.zip(Code::Multiply, a, b),
        }
    }

    fn call(&mut self, function: Function, [a, b, c]: [Lowered; 3]) -> Numbers {
        match function {
            Function::Abs if a.shape == Shape::Matrix => absolute(self.builder, a.numbers),
            Function::Sqrt if a.shape == Shape::Matrix => root(self.builder, a.numbers),
            Function::Minimum => self.select(a, b, minimum),
            Function::Maximum => self.select(a, b, maximum),
            Function::Relu => self.select(a, Lowered::number(NOTHING), maximum),
            Function::Atan2 => self.zip(Code::Atan2, a, b),
            Function::Hypot => self.zip(Code::Hypot, a, b),
            Function::Modulo => self.zip(Code::Modulo, a, b),
            Function::Floor => {
                let below = self.map_coordinates(Code::Negate, a);
                let below = self.map(Code::Ceil, Lowered { shape: self.shape, numbers: below });
                self.map(Code::Negate, Lowered { shape: self.shape, numbers: below })
            }
            Function::Clip => {
                let above = Lowered { shape: self.shape, numbers: self.select(a, b, maximum) };
                self.select(above, c, minimum)
            }
            Function::Dot => {
                Lowered::number(sum_of_products(self.builder, a.coordinates(), b.coordinates())).numbers
            }
            Function::Norm => {
                let square = sum_of_products(self.builder, a.coordinates(), a.coordinates());
                Lowered::number(self.builder.unary(Code::Sqrt, square)).numbers
            }
            Function::Diagonal => [a.numbers[0], a.numbers[3], NOTHING, NOTHING],
            Function::Value => self.ask(SurfaceQuery::Value, a),
            Function::Gradient => self.ask(SurfaceQuery::Gradient, a),
            Function::Hessian => {
                let [xx, xy, yy, _] = self.ask(SurfaceQuery::Hessian, a);
                [xx, xy, xy, yy]
            }
            Function::Normal => self.draw(Code::Normal, [a, b], c),
            Function::Uniform => self.draw(Code::Uniform, [a, b], c),
            Function::Exp => self.map_coordinates(Code::Exp, a),
            Function::Log => self.map_coordinates(Code::Log, a),
            Function::Sqrt => self.map_coordinates(Code::Sqrt, a),
            Function::Abs => self.map_coordinates(Code::Abs, a),
            Function::Sin => self.map_coordinates(Code::Sin, a),
            Function::Cos => self.map_coordinates(Code::Cos, a),
            Function::Tan => self.map_coordinates(Code::Tan, a),
            Function::Tanh => self.map_coordinates(Code::Tanh, a),
            Function::Sinh => self.map_coordinates(Code::Sinh, a),
            Function::Cosh => self.map_coordinates(Code::Cosh, a),
            Function::Atan => self.map_coordinates(Code::Atan, a),
            Function::Asin => self.map_coordinates(Code::Asin, a),
            Function::Acos => self.map_coordinates(Code::Acos, a),
            Function::Log10 => self.map_coordinates(Code::Log10, a),
            Function::Log2 => self.map_coordinates(Code::Log2, a),
            Function::Sigmoid => self.map_coordinates(Code::Sigmoid, a),
            Function::Softplus => self.map_coordinates(Code::Softplus, a),
            Function::Erf => self.map_coordinates(Code::Erf, a),
            Function::Sign => self.map_coordinates(Code::Sign, a),
            Function::Ceil => self.map_coordinates(Code::Ceil, a),
        }
    }

    /// The smaller or the larger of two, coordinate by coordinate.
    fn select(
        &mut self,
        a: Lowered,
        b: Lowered,
        of: fn(&mut Builder, Dialect, Operand, Operand) -> Operand,
    ) -> Numbers {
        let dialect = self.dialect;
        self.each(|builder, index| of(builder, dialect, a.coordinate(index), b.coordinate(index)))
    }

    /// A random vector of the seed and the step; `number` is that of the draw.
    fn draw(&mut self, code: Code, [seed, step]: [Lowered; 2], number: Lowered) -> Numbers {
        let number = if let Operand::Constant(number) = number.numbers[0] { number } else { 0.0 };
        let [seed, step] = [seed, step].map(|of| of.numbers[0]);
        self.each(|builder, index| builder.draw(code, [seed, step], 2.0 * number + index as f64))
    }

    fn map_coordinates(&mut self, code: Code, value: Lowered) -> Numbers {
        self.each(|builder, index| builder.unary(code, value.coordinate(index)))
    }

    fn ask(&mut self, question: SurfaceQuery, point: Lowered) -> Numbers {
        let mut numbers = [NOTHING; 4];
        let answers = self.builder.ask(question, point.coordinates());
        for (number, answer) in numbers.iter_mut().zip(answers) {
            *number = answer;
        }
        numbers
    }

    fn choose(&mut self, relation: Relation, [left, right]: [Lowered; 2], from: [Lowered; 2]) -> Numbers {
        if self.dialect == Dialect::Function {
            let [compared, from] = [[left, right], from].map(|pair| pair.map(|part| part.numbers[0]));
            return Lowered::number(choose_number(self.builder, relation, compared, from)).numbers;
        }
        let zero = Operand::Constant(0.0);
        let definite =
            (relation == Relation::PositiveDefinite).then(|| determinant(self.builder, left.numbers));
        let is_matrix = self.shape.width() == 4;
        self.each(|builder, index| {
            let [then, otherwise] =
                from.map(|part| if is_matrix { part.numbers[index] } else { part.coordinate(index) });
            let (a, b) = (left.coordinate(index % 2), right.coordinate(index % 2));
            match relation {
                Relation::Less => builder.choose(Code::Less, [a, b], [then, otherwise]),
                Relation::Greater => builder.choose(Code::Less, [b, a], [then, otherwise]),
                Relation::AtMost | Relation::AtLeast => {
                    let compared = if relation == Relation::AtMost { [a, b] } else { [b, a] };
                    let equal = builder.choose(Code::Equal, compared, [then, otherwise]);
                    builder.choose(Code::Less, compared, [then, equal])
                }
                Relation::Equal => builder.choose(Code::Equal, [a, b], [then, otherwise]),
                Relation::PositiveDefinite => {
                    let determinant = definite.unwrap_or(zero);
                    let inner = builder.choose(Code::Less, [zero, determinant], [then, otherwise]);
                    builder.choose(Code::Less, [zero, left.numbers[0]], [inner, otherwise])
                }
            }
        })
    }
}

/// A choice of a function, which has its derivatives at the border where both sides agree on them, and no value where
/// the two do not compare.
fn choose_number(
    builder: &mut Builder,
    relation: Relation,
    [a, b]: [Operand; 2],
    from: [Operand; 2],
) -> Operand {
    let (belongs, compared) = match relation {
        Relation::Less => (0.0, [a, b]),
        Relation::Greater => (0.0, [b, a]),
        Relation::AtMost => (1.0, [a, b]),
        Relation::AtLeast => (1.0, [b, a]),
        Relation::Equal | Relation::PositiveDefinite => (EQUAL, [a, b]),
    };
    builder.choose_by_order(belongs, compared, from)
}

fn code_of(operator: Operator) -> Code {
    match operator {
        Operator::Add => Code::Add,
        Operator::Subtract => Code::Subtract,
        Operator::Multiply | Operator::Each => Code::Multiply,
        Operator::Divide => Code::Divide,
        Operator::Modulo => Code::Modulo,
        Operator::Power => Code::Power,
    }
}

/// The smaller of two. Where they do not compare, a function is undefined, and a step keeps the first, as
/// [`Number::minimum`](crate::math::number::Number::minimum) does in the methods.
fn minimum(builder: &mut Builder, dialect: Dialect, a: Operand, b: Operand) -> Operand {
    match dialect {
        Dialect::Function => builder.binary(Code::Minimum, a, b),
        Dialect::Step => builder.choose(Code::Less, [b, a], [b, a]),
    }
}

/// The larger of two; see [`minimum`].
fn maximum(builder: &mut Builder, dialect: Dialect, a: Operand, b: Operand) -> Operand {
    match dialect {
        Dialect::Function => builder.binary(Code::Maximum, a, b),
        Dialect::Step => builder.choose(Code::Less, [a, b], [b, a]),
    }
}

/// a₁b₁ + a₂b₂
fn sum_of_products(builder: &mut Builder, [a, b]: [Operand; 2], [c, d]: [Operand; 2]) -> Operand {
    let first = builder.binary(Code::Multiply, a, c);
    let second = builder.binary(Code::Multiply, b, d);
    builder.binary(Code::Add, first, second)
}
