//! Lays values out in registers: as few as it takes, for each costs time to clear.

use super::code::{Code, SurfaceQuery};
use super::machine::count_alike;
use super::operation::Operation;
use super::register_file::Step;

/// The register that holds x of a function at the beginning.
pub(super) const X: u16 = 0;
/// The register that holds y of a function at the beginning.
pub(super) const Y: u16 = 1;

/// No step: of a value that nothing reads.
const NEVER: usize = 0;
/// Behind all steps: of what is needed to the end.
const ALWAYS: usize = usize::MAX;

/// A question to the surface, and where its answer goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SurfaceQuestion {
    /// How many steps come before it.
    pub after: usize,
    pub question: SurfaceQuery,
    /// The registers that hold the point.
    pub point: [u16; 2],
    /// The register of the first number of the answer; the others follow.
    pub to: u16,
}

/// Values that have been laid out.
pub(super) struct Layout {
    /// What does not depend on x, then the rest.
    pub steps: Vec<Step>,
    /// In their order.
    pub asks: Vec<SurfaceQuestion>,
    /// How many of the steps do not depend on x.
    pub without_x: usize,
    /// How many registers there are, at least as many as inputs.
    pub registers: usize,
    /// Where each of the wanted values is at the end.
    pub results: Vec<u16>,
}

/// In which order operations stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arrangement {
    /// As they were meant, with few values kept at a time.
    AsMeant,
    /// Operations of one kind beside each other, where nothing stands against it: what to do is then looked up once for all.
    ByKind,
}

/// Lays out what it takes to compute the wanted values; the inputs are in the first registers.
///
/// What does not depend on x comes first, and what the rest reads of it is left alone to the end: the rows of a
/// function compute it once for all x.
pub(super) fn allocate(
    values: &[Operation],
    inputs: usize,
    wanted: &[usize],
    arrangement: Arrangement,
) -> Layout {
    let mut order = schedule(values, inputs, wanted);
    if arrangement == Arrangement::ByKind {
        order = by_kind(values, inputs, order);
    }
    let mut layout =
        Layout { steps: Vec::new(), asks: Vec::new(), without_x: 0, registers: 0, results: Vec::new() };
    let without_x = order.iter().filter(|value| !values[**value].of_x).count();
    // When each value is read last; turns count from 1.
    let mut last = vec![NEVER; values.len()];
    for (turn, value) in order.iter().enumerate() {
        for operand in values[*value].operands() {
            let outlives = values[*value].of_x && !values[operand].of_x;
            last[operand] = if outlives { ALWAYS } else { last[operand].max(turn + 1) };
        }
    }
    for value in wanted {
        last[*value] = ALWAYS;
    }

    let mut place: Vec<u16> =
        (0..values.len()).map(|value| if value < inputs { value as u16 } else { X }).collect();
    // The value in each register.
    let mut holds: Vec<Option<usize>> = (0..inputs).map(Some).collect();
    for (turn, value) in order.iter().enumerate() {
        let Operation { code, constant, chosen, .. } = values[*value];
        let mut registers = values[*value].operands().map(|operand| place[operand]);
        let a = registers.next().unwrap_or(X);
        let b = registers.next().unwrap_or(a);
        debug_assert!(
            values[*value].operands().all(|operand| operand < *value),
            "a value is made of earlier ones"
        );
        if let Some(question) = code.question() {
            // Registers of their own, side by side, to the end.
            let to = holds.len() as u16;
            last[*value] = ALWAYS;
            holds.extend(std::iter::repeat_n(Some(*value), question.answers()));
            layout.asks.push(SurfaceQuestion { after: layout.steps.len(), question, point: [a, b], to });
            place[*value] = to;
            continue;
        }
        if code == Code::Answer {
            place[*value] = a + constant as u16;
            continue;
        }
        // What is read here for the last time makes room for the result, but not what is read after the result
        // has been written to. The register of x is not free before the part that depends on x has begun: each x of
        // a row arrives there.
        let free = holds.iter().enumerate().position(|(register, held)| match held {
            None => true,
            Some(held) => {
                last[*held] <= turn + 1
                    && (register != usize::from(X) || turn >= without_x)
                    && chosen.is_none_or(|chosen| !chosen.contains(held))
            }
        });
        let to = free.unwrap_or_else(|| {
            holds.push(None);
            holds.len() - 1
        });
        holds[to] = Some(*value);
        let to = to as u16;
        place[*value] = to;
        layout.steps.push(Step { code, to, a, b, constant, alike: 1 });
        if let Some([then, otherwise]) = chosen.map(|chosen| chosen.map(|value| place[value])) {
            let select = if code == Code::Order { Code::SelectByOrder } else { Code::Select };
            layout.steps.push(Step { code: select, to, a: then, b: otherwise, constant, alike: 1 });
        }
        if !values[*value].of_x {
            layout.without_x = layout.steps.len();
        }
    }
    count_alike(&mut layout.steps);
    layout.registers = holds.len();
    layout.results = wanted.iter().map(|value| place[*value]).collect();
    layout
}

/// The values in an order in which operations of one kind follow each other. Questions to the surface keep theirs.
fn by_kind(values: &[Operation], inputs: usize, order: Vec<usize>) -> Vec<usize> {
    let mut is_known: Vec<bool> = (0..values.len()).map(|value| value < inputs).collect();
    let mut left = order;
    let mut arranged = Vec::with_capacity(left.len());
    let mut last = None;
    while !left.is_empty() {
        let first_question = left.iter().copied().find(|value| values[*value].code.question().is_some());
        let is_ready = |value: &usize| {
            let operation = &values[*value];
            operation.operands().all(|operand| is_known[operand])
                && (operation.code.question().is_none() || first_question == Some(*value))
        };
        let ready: Vec<usize> = left.iter().copied().filter(|value| is_ready(value)).collect();
        let count = |code: Code| ready.iter().filter(|value| values[**value].code == code).count();
        let of_last = ready.iter().find(|value| last == Some(values[**value].code));
        let next = of_last.or_else(|| ready.iter().rev().max_by_key(|value| count(values[**value].code)));
        // Operands are earlier values, so that there is always one.
        let Some(next) = next.copied() else { break };
        last = Some(values[next].code);
        is_known[next] = true;
        arranged.push(next);
        left.retain(|value| *value != next);
    }
    arranged
}

/// The values to compute, in an order that computes operands first: those without x, then those with.
fn schedule(values: &[Operation], inputs: usize, wanted: &[usize]) -> Vec<usize> {
    let mut needed = vec![false; values.len()];
    for value in wanted {
        needed[*value] = true;
    }
    for value in (inputs..values.len()).rev() {
        if needed[value] {
            for operand in values[value].operands() {
                needed[operand] = true;
            }
        }
    }
    let wanted = |of_x: bool| {
        (inputs..values.len()).filter({
            let needed = &needed;
            move |value| needed[*value] && values[*value].of_x == of_x
        })
    };
    wanted(false).chain(wanted(true)).collect()
}
