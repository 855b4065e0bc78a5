//! A rule that was typed as a method: a step by its program.

use crate::formula::code::SurfaceQuery;
use crate::formula::parsed_rule::{ParsedRule, key_of};
use crate::formula::program::{GRADIENT_AT_START, Program, VALUE_AT_START};
use crate::formula::register_file::RegisterFile;
use crate::math::number::Number;
use crate::math::wide::Lanes;
use crate::method::oracle::{Evaluations, Oracle, answer};
use crate::method::state::State;
use crate::method::step::{Input, Method, RunRow};
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::array::from_fn;

/// Where a program has what a step gives it and takes from it: indices among the numbers of a program.
#[derive(Clone, Debug)]
struct Places {
    width: usize,
    x: Option<usize>,
    t: Option<usize>,
    value: Option<usize>,
    gradient: Option<usize>,
    lr: Option<usize>,
    /// The other settings, each with its place among the numbers of the settings.
    numbers: Vec<(usize, usize)>,
    /// States, each with its first slot and how many numbers it has.
    states: Vec<(usize, usize, usize)>,
    /// Settings to the power of the step's number: where each stands, the place of the setting among the numbers of the
    /// settings, and the slot and the place in it that keep the power.
    powers: Vec<(usize, usize, [usize; 2])>,
    /// Of steps in registers: where both coordinates of the position are at the end.
    position: Option<[u16; 2]>,
    /// Of steps in registers: where each number of a state is at the end, with its slot and its place in it.
    kept: Vec<(u16, usize, usize)>,
}

impl Places {
    /// Of a program that keeps its states under their names with this behind them.
    fn of(rule: &ParsedRule, program: &Program, behind: &str) -> Self {
        let at = |name: &str| program.variable(name).map(|variable| variable.at);
        let settings: Vec<(usize, &str)> = rule.settings().enumerate().collect();
        let rate = settings.iter().find(|(_, name)| key_of(name) == "lr");
        let numbers = settings.iter().filter(|(_, name)| key_of(name) != "lr");
        let mut slot = 0;
        let states = rule.states().filter_map(|(name, shape)| {
            let first = slot;
            slot += shape.width().div_ceil(2);
            at(&format!("{name}{behind}")).map(|at| (at, first, shape.width()))
        });
        let states: Vec<(usize, usize, usize)> = states.collect();
        let kept = states.iter().flat_map(|(at, slot, count)| {
            let number = move |number| Some((program.result(at + number)?, slot + number / 2, number % 2));
            (0..*count).filter_map(number)
        });
        let powers = program.carried().iter().enumerate().filter_map(|(index, power)| {
            let setting = rule.settings().position(|name| name == power.setting)?;
            // Behind what has a name.
            Some((power.at, setting, [slot + index / 2, index % 2]))
        });
        let powers = powers.collect();
        Self {
            width: program.width(),
            powers,
            position: at("x").and_then(|x| Some([program.result(x)?, program.result(x + 1)?])),
            kept: kept.collect(),
            x: at("x"),
            t: at("t"),
            value: at(VALUE_AT_START),
            gradient: at(GRADIENT_AT_START),
            lr: rate.and_then(|(_, name)| at(name)),
            numbers: numbers.filter_map(|(index, name)| at(name).map(|at| (at, *index))).collect(),
            states,
        }
    }

    /// Puts a number in its place.
    #[inline(always)]
    fn put<T: Copy>(values: &mut [T], place: Option<usize>, number: T) {
        if let Some(place) = place.and_then(|place| values.get_mut(place)) {
            *place = number;
        }
    }

    /// Puts a vector in its place.
    #[inline(always)]
    fn put_vector<T: Copy>(values: &mut [T], place: Option<usize>, vector: Vector2<T>) {
        let [[x, y]] = vector.data.0;
        Self::put(values, place, x);
        Self::put(values, place.map(|place| place + 1), y);
    }

    /// Puts the settings in their places.
    #[inline(always)]
    fn put_settings<T: Number>(&self, values: &mut [T], settings: &Settings<T>, lr: T) {
        Self::put(values, self.lr, lr);
        for (place, index) in &self.numbers {
            if let Some(number) = settings.numbers.get(*index) {
                Self::put(values, Some(*place), *number);
            }
        }
    }

    /// Takes the states out of the numbers.
    #[inline(always)]
    fn take_states<T: Number>(&self, values: &[T], state: &mut State<T>) {
        for (at, slot, count) in &self.states {
            for (number, value) in values.iter().skip(*at).take(*count).enumerate() {
                if let Some(place) = state.slots.get_mut(slot + number / 2) {
                    place[number % 2] = *value;
                }
            }
        }
    }
}

/// How many vectors of runs each operation works on: enough that looking it up is soon paid, few enough that all registers
/// stay in the nearest cache.
const ROWS: usize = 8;

/// Puts a number of each vector of runs in its place; where there are fewer, the last stands in the other places.
#[inline(always)]
fn put_row<L>(
    registers: &mut [[Lanes; ROWS]],
    place: Option<usize>,
    rows: &[RunRow<'_, L>],
    number: impl Fn(&RunRow<'_, L>) -> Lanes,
) {
    let last = rows.len() - 1;
    Places::put(registers, place, from_fn(|row| number(&rows[row.min(last)])));
}

/// A rule as a method that keeps at most so many slots.
#[derive(Clone, Debug)]
pub(super) struct TypedRule<const SLOTS: usize> {
    step: Program,
    places: Places,
    start: Option<(Program, Places)>,
    /// What a step asks.
    asks: Evaluations,
}

impl<const SLOTS: usize> TypedRule<SLOTS> {
    /// The method that a rule is.
    pub fn of(rule: &ParsedRule) -> Self {
        let count = |question| rule.step().asks().filter(|asked| *asked == question).count() as u32;
        Self {
            step: rule.step().clone(),
            places: Places::of(rule, rule.step(), ""),
            start: rule.start().map(|start| (start.clone(), Places::of(rule, start, "₀"))),
            asks: Evaluations {
                values: count(SurfaceQuery::Value),
                gradients: count(SurfaceQuery::Gradient),
                hessians: count(SurfaceQuery::Hessian),
            },
        }
    }

    /// A power of a setting, which is so much after the step before, after the one of this number, from 0.
    #[inline(always)]
    fn power<T: Number>(before: T, setting: T, step: u32) -> T {
        if step == 0 { setting } else { before * setting }
    }

    /// A step within registers, of which the first hold the numbers that it begins with. It looks up what to do, and one copy of
    /// it is enough.
    #[inline(never)]
    fn step_in<T: Number, L: Oracle<T>, F: RegisterFile<T, 1>>(
        &self,
        registers: &mut F,
        input: &Input<'_, T, L>,
        state: &mut State<T>,
    ) {
        let places = &self.places;
        let mut put = |place: Option<usize>, number: T| {
            if let Some(place) = place {
                registers.set(place as u16, [number]);
            }
        };
        let next = |place: Option<usize>| place.map(|place| place + 1);
        put(places.x, state.position.x);
        put(next(places.x), state.position.y);
        put(places.t, T::of(f64::from(state.step) + 1.0));
        put(places.value, input.loss);
        put(places.gradient, input.gradient.x);
        put(next(places.gradient), input.gradient.y);
        put(places.lr, input.lr);
        for (place, index) in &places.numbers {
            put(Some(*place), input.settings.numbers[*index]);
        }
        for (at, slot, count) in &places.states {
            for number in 0..*count {
                put(Some(at + number), state.slots[slot + number / 2][number % 2]);
            }
        }
        for (at, setting, [slot, half]) in &places.powers {
            let kept = &mut state.slots[*slot][*half];
            *kept = Self::power(*kept, input.settings.numbers[*setting], state.step);
            put(Some(*at), *kept);
        }
        self.step.run_rows(registers, |_, question, point| answer(input.oracle, question, point));
        let result = |register: u16| {
            let [number] = registers.get(register);
            number
        };
        if let Some([x, y]) = places.position {
            state.position = Vector2::new(result(x), result(y));
        }
        for (register, slot, half) in &places.kept {
            state.slots[*slot][*half] = result(*register);
        }
    }
}

impl<const SLOTS: usize> Method for TypedRule<SLOTS> {
    const SLOTS: usize = SLOTS;

    fn start<T: Number>(&self, settings: &Settings<T>, state: &mut State<T>) {
        let Some((program, places)) = &self.start else { return };
        let mut values = vec![T::of(0.0); places.width];
        let [lr, ..] = settings.numbers;
        Places::put_vector(&mut values, places.x, state.position);
        places.put_settings(&mut values, settings, lr);
        program.run(&mut values, |_, _| [T::of(f64::NAN); 3]);
        places.take_states(&values, state);
    }

    fn cost(&self, _settings: &Settings<f64>, steps: u32) -> Evaluations {
        let Evaluations { values, gradients, hessians } = self.asks;
        let all = |each: u32| each.saturating_mul(steps);
        Evaluations { values: all(values), gradients: all(gradients), hessians: all(hessians) }
    }

    const IN_ROWS: bool = true;

    #[inline(always)]
    fn step_rows<L: Oracle<Lanes>>(&self, step: u32, rows: &mut [RunRow<'_, L>]) {
        let places = &self.places;
        let mut registers = vec![[Lanes::of(0.0); ROWS]; self.step.registers().max(places.width)];
        for rows in rows.chunks_mut(ROWS) {
            let last = rows.len() - 1;
            let next = |place: Option<usize>| place.map(|place| place + 1);
            put_row(&mut registers, places.x, rows, |row| row.position.x);
            put_row(&mut registers, next(places.x), rows, |row| row.position.y);
            put_row(&mut registers, places.t, rows, |_| Lanes::of(f64::from(step) + 1.0));
            put_row(&mut registers, places.value, rows, |row| row.loss);
            put_row(&mut registers, places.gradient, rows, |row| row.gradient.x);
            put_row(&mut registers, next(places.gradient), rows, |row| row.gradient.y);
            put_row(&mut registers, places.lr, rows, |row| row.lr);
            for (place, index) in &places.numbers {
                put_row(&mut registers, Some(*place), rows, |row| row.settings.numbers[*index]);
            }
            for (at, slot, count) in &places.states {
                for number in 0..*count {
                    put_row(&mut registers, Some(at + number), rows, |row| {
                        row.slots[slot + number / 2][number % 2]
                    });
                }
            }
            for (at, setting, [slot, half]) in &places.powers {
                for row in rows.iter_mut() {
                    let kept = &mut row.slots[*slot][*half];
                    *kept = Self::power(*kept, row.settings.numbers[*setting], step);
                }
                put_row(&mut registers, Some(*at), rows, |row| row.slots[*slot][*half]);
            }
            self.step.run_rows(&mut registers, |row, question, point| {
                answer(&rows[row.min(last)].oracle, question, point)
            });
            let result = |register: u16, row: usize| registers[usize::from(register)][row];
            for (row, run) in rows.iter_mut().enumerate() {
                if let Some([x, y]) = places.position {
                    *run.position = Vector2::new(result(x, row), result(y, row));
                }
                for (register, slot, half) in &places.kept {
                    run.slots[*slot][*half] = result(*register, row);
                }
            }
        }
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        // The more registers there are, the longer it takes to clear them.
        let zero = [T::of(0.0)];
        match self.step.registers().max(self.places.width) {
            0..=16 => self.step_in(&mut [zero; 16], input, state),
            17..=32 => self.step_in(&mut [zero; 32], input, state),
            count => self.step_in(&mut vec![zero; count], input, state),
        }
    }
}
