//! From a function and its constants to its tape.

use super::builder::{Builder, Operand};
use super::expression::{Expression, VARIABLES};
use super::lower::{Lowered, lower};
use super::registers::{Arrangement, Layout, allocate};
use super::shape::Shape;
use super::tape::Tape;

impl Expression {
    /// The function with the named constants put in, in the order of [`Expression::constants`];
    /// a value that is missing is NaN.
    pub fn tape(&self, constants: &[f64]) -> Tape {
        let mut builder = Builder::new(VARIABLES.len(), true);
        let variables = (0..VARIABLES.len()).map(Operand::Value);
        let constants = constants.iter().copied().chain(std::iter::repeat(f64::NAN)).map(Operand::Constant);
        let names: Vec<Lowered> =
            variables.chain(constants).take(self.names.len()).map(Lowered::number).collect();
        let shapes = vec![Shape::Number; self.nodes.len()];
        let lowered = lower(self, &shapes, &names, &mut builder);
        let whole = lowered.last().map_or(Operand::Constant(f64::NAN), |whole| whole.numbers[0]);
        let result = [builder.value(whole)];
        let values = builder.finish(&result);
        let Layout { steps, without_x, registers, results, .. } =
            allocate(&values, VARIABLES.len(), &result, Arrangement::AsMeant);
        Tape { steps, without_x, registers, result: results[0] }
    }
}
