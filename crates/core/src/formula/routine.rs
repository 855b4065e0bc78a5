//! Several values computed from several others, with questions to the surface on the way.

use super::builder::{Builder, Operand};
use super::code::SurfaceQuery;
use super::machine::{run, run_here};
use super::register_file::{RegisterFile, Step};
use super::registers::{Arrangement, Layout, SurfaceQuestion, allocate};
use crate::math::number::Number;

/// A straight line of operations from some numbers to others.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Routine {
    steps: Vec<Step>,
    asks: Vec<SurfaceQuestion>,
    registers: usize,
    inputs: usize,
    /// Which of the numbers get results, and the registers that hold these at the end.
    results: Vec<(usize, u16)>,
}

impl Routine {
    /// What computes these operands from so many inputs; each result has its place among the numbers.
    pub fn new(mut builder: Builder, inputs: usize, wanted: &[(usize, Operand)]) -> Self {
        let places = wanted.iter().map(|(place, _)| *place);
        let wanted: Vec<usize> = wanted.iter().map(|(_, operand)| builder.value(*operand)).collect();
        let values = builder.finish(&wanted);
        let Layout { steps, asks, registers, results, .. } =
            allocate(&values, inputs, &wanted, Arrangement::ByKind);
        Self { steps, asks, registers, inputs, results: places.zip(results).collect() }
    }

    /// What it asks the surface.
    pub fn asks(&self) -> impl Iterator<Item = SurfaceQuery> {
        self.asks.iter().map(|asked| asked.question)
    }

    /// Puts the results in their places among the numbers, of which the first are the inputs. `ask` answers for the
    /// surface. A number that is missing is NaN.
    #[inline]
    pub fn run<T: Number>(&self, numbers: &mut [T], ask: impl Fn(SurfaceQuery, [T; 2]) -> [T; 3]) {
        // The more registers there are, the longer it takes to clear them.
        let zero = [T::of(0.0)];
        match self.registers {
            0..=8 => self.run_in(&mut [zero; 8], numbers, ask),
            9..=16 => self.run_in(&mut [zero; 16], numbers, ask),
            17..=32 => self.run_in(&mut [zero; 32], numbers, ask),
            _ => self.run_in(&mut vec![zero; self.registers], numbers, ask),
        }
    }

    /// How many registers it needs.
    pub fn registers(&self) -> usize {
        self.registers
    }

    /// The register that holds the result of this place at the end.
    pub fn result(&self, place: usize) -> Option<u16> {
        self.results.iter().find(|(of, _)| *of == place).map(|(_, register)| *register)
    }

    /// Runs it on K numbers side by side, within registers of which the first hold the inputs; the results are where
    /// [`Routine::result`] says. `ask` answers for the surface, of the number at this place among the K.
    #[inline(always)]
    pub fn run_rows<T: Number, const K: usize, F: RegisterFile<T, K>>(
        &self,
        registers: &mut F,
        ask: impl Fn(usize, SurfaceQuery, [T; 2]) -> [T; 3],
    ) {
        let mut done = 0;
        for SurfaceQuestion { after, question, point, to } in &self.asks {
            run_here(&self.steps[done..*after], registers);
            done = *after;
            let [xs, ys] = point.map(|register| registers.get(register));
            for (place, (x, y)) in xs.into_iter().zip(ys).enumerate() {
                let answers = ask(place, *question, [x, y]);
                for (answer, to) in answers.into_iter().zip(*to..).take(question.answers()) {
                    let mut row = registers.get(to);
                    row[place] = answer;
                    registers.set(to, row);
                }
            }
        }
        run_here(&self.steps[done..], registers);
    }

    #[inline]
    fn run_in<T: Number, F: RegisterFile<T, 1>>(
        &self,
        registers: &mut F,
        numbers: &mut [T],
        ask: impl Fn(SurfaceQuery, [T; 2]) -> [T; 3],
    ) {
        for input in 0..self.inputs {
            let number = numbers.get(input).copied().unwrap_or(T::of(f64::NAN));
            registers.set(input as u16, [number]);
        }
        let mut done = 0;
        for SurfaceQuestion { after, question, point, to } in &self.asks {
            run(&self.steps[done..*after], registers);
            done = *after;
            let [[x], [y]] = point.map(|register| registers.get(register));
            for (answer, to) in ask(*question, [x, y]).into_iter().zip(*to..).take(question.answers()) {
                registers.set(to, [answer]);
            }
        }
        run(&self.steps[done..], registers);
        for (place, register) in &self.results {
            if let Some(number) = numbers.get_mut(*place) {
                let [result] = registers.get(*register);
                *number = result;
            }
        }
    }
}
