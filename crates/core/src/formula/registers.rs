//! Lays values out in registers: as few as it takes, for each costs time to clear.

use super::tape::{Code, Step, Tape, X, Y};

/// An operation on earlier values. The first two values are x and y themselves, whose own
/// operation is never made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Operation {
    pub code: Code,
    pub a: usize,
    pub b: usize,
    pub constant: f64,
    /// Whether it depends on x.
    pub of_x: bool,
}

impl Operation {
    /// The values that it reads.
    pub fn operands(&self) -> impl Iterator<Item = usize> + use<> {
        [self.a, self.b].into_iter().take(self.code.operands())
    }
}

/// How many values there are before the first operation: x and y.
pub(super) const VARIABLES: usize = 2;

/// No step: of a value that nothing reads.
const NEVER: usize = 0;
/// Behind all steps: of what is needed to the end.
const ALWAYS: usize = usize::MAX;

/// The tape that computes value `result`.
///
/// What does not depend on x comes first, and what the rest reads of it is left alone to the end:
/// [`Tape::row`] computes it once for all x.
pub(super) fn allocate(values: &[Operation], result: usize) -> Tape {
    let order = schedule(values, result);
    let without_x = order.iter().filter(|value| !values[**value].of_x).count();
    // When each value is read last; steps count from 1.
    let mut last = vec![NEVER; values.len()];
    for (step, value) in order.iter().enumerate() {
        for operand in values[*value].operands() {
            let outlives = values[*value].of_x && !values[operand].of_x;
            last[operand] = if outlives { ALWAYS } else { last[operand].max(step + 1) };
        }
    }
    last[result] = ALWAYS;

    let mut place = vec![X; values.len()];
    place[usize::from(Y)] = Y;
    // The value in each register.
    let mut holds: Vec<Option<usize>> = vec![Some(usize::from(X)), Some(usize::from(Y))];
    let mut steps = Vec::with_capacity(order.len());
    for (step, value) in order.iter().enumerate() {
        let Operation { code, a, b, constant, .. } = values[*value];
        let mut registers = values[*value].operands().map(|operand| place[operand]);
        let a_register = registers.next().unwrap_or(X);
        let b_register = registers.next().unwrap_or(a_register);
        debug_assert!(a < *value && b < *value, "a value is made of earlier ones");
        // What is read here for the last time makes room for the result. The register of x is
        // not free before the part that depends on x has begun: each x of a row arrives there.
        let free = holds.iter().enumerate().position(|(register, held)| match held {
            None => true,
            Some(held) => last[*held] <= step + 1 && (register != usize::from(X) || step >= without_x),
        });
        let to = free.unwrap_or_else(|| {
            holds.push(None);
            holds.len() - 1
        });
        holds[to] = Some(*value);
        place[*value] = to as u16;
        steps.push(Step { code, to: to as u16, a: a_register, b: b_register, constant });
    }
    Tape { steps, without_x, registers: holds.len(), result: place[result] }
}

/// The values to compute, in an order that computes operands first: those without x, then those with.
fn schedule(values: &[Operation], result: usize) -> Vec<usize> {
    let mut needed = vec![false; values.len()];
    needed[result] = true;
    for value in (VARIABLES..values.len()).rev().filter(|value| *value <= result) {
        if needed[value] {
            for operand in values[value].operands() {
                needed[operand] = true;
            }
        }
    }
    let wanted = |of_x: bool| {
        (VARIABLES..values.len()).filter({
            let needed = &needed;
            move |value| needed[*value] && values[*value].of_x == of_x
        })
    };
    wanted(false).chain(wanted(true)).collect()
}
