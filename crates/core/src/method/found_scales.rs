//! The scales that a typed rule gives the coordinates in a step, found from its lines.

use super::frozen_preconditioner::FrozenPreconditioner;
use super::step_record::StepRecord;
use crate::formula::bindings::Bindings;
use crate::formula::code::SurfaceQuery;
use crate::formula::linear_part::{LinearForm, LinearNames};
use crate::formula::parsed_rule::{ParsedRule, key_of};
use crate::formula::shape::{Shape, Tensor};
use crate::math::random::uniform;
use crate::method::state::State;
use crate::spec::settings::Settings;
use nalgebra::{Matrix2, Vector2};
use std::sync::Arc;

/// A part of the size of what is compared that rounding may leave.
const ROUNDING: f64 = 1e-9;

/// So many states are tried at most.
const TRIALS: u64 = 16;

/// The place of x among the vectors.
const X: usize = 0;
/// The place of the gradient.
const GRADIENT: usize = 1;
/// The place of the first vector that is kept.
const KEPT: usize = 2;

/// A rule whose step is a linear one as long as what divides it and what powers and functions make of the gradients stays
/// what it is.
#[derive(Clone, Debug)]
pub struct FoundScales {
    rule: Arc<ParsedRule>,
}

impl FoundScales {
    /// The scales of a rule, if it scales its coordinates by what it has seen of the gradients; `settings` are such as it may
    /// have.
    pub fn of(rule: &Arc<ParsedRule>, settings: &Settings<f64>) -> Option<Self> {
        let found = Self { rule: Arc::clone(rule) };
        // Two steps from states that differ: the scales do, too, and from coordinate to coordinate. Not every state that is
        // tried is one that steps lead to: a spread may come out below zero.
        let mut tried = (1..=TRIALS).filter_map(|trial| found.at(&tried(settings, trial)));
        let (one, other) = (tried.next()?, tried.next()?);
        let differ = |a: f64, b: f64| (a - b).abs() > 1e-6 * (a.abs() + b.abs());
        let is_scaled = differ(one.scales.x, one.scales.y) && differ(one.scales.x, other.scales.x);
        is_scaled.then_some(found)
    }

    /// The scales of a step, and the step that they are in; none where the step is not of this form.
    pub fn at(&self, step: &StepRecord) -> Option<FrozenPreconditioner> {
        let forms = self.forms(step)?;
        let next = forms.iter().rev().find(|(name, _)| name == "x")?.1.as_ref()?;
        let states: Vec<&str> = self.rule.states().map(|(name, _)| name).collect();
        let remembered: Vec<usize> = (KEPT..next.len()).filter(|at| next[*at] != [0.0; 2]).collect();
        let [lr, ..] = step.settings.numbers;
        let lr = if self.has_rate() { lr } else { 1.0 };
        let push = next[GRADIENT];
        // What a step keeps of the sum of gradients, an L2 penalty in it, and what goes from the sum before the step into x.
        let (memory, penalty, sum, is_average) = match remembered[..] {
            [] => (0.0, None, [0.0; 2], false),
            [at] => {
                let kept = forms.iter().rev().find(|(name, _)| *name == *states[at - KEPT])?.1.as_ref()?;
                let others = (KEPT..kept.len()).any(|other| other != at && kept[other] != [0.0; 2]);
                let memory = same(kept[at])?;
                let fed = kept[GRADIENT];
                if others || fed.contains(&0.0) {
                    return None;
                }
                let penalty = same([0, 1].map(|axis| kept[X][axis] / fed[axis]))?;
                (memory, Some(penalty), [0, 1].map(|axis| next[at][axis] * fed[axis]), same(fed).is_some())
            }
            _ => return None,
        };
        // lr·D·(average + fresh) and lr·D·average·memory, coordinate by coordinate.
        let whole = push.map(|push| -push);
        let (scales, average, fresh) = if whole.contains(&0.0) {
            // The gradient of this step comes to nothing before the next one.
            let old = sum.map(|sum| -sum);
            if memory == 0.0 || old.contains(&0.0) {
                return None;
            }
            (old.map(|old| old / memory), 1.0, -1.0)
        } else if memory == 0.0 {
            if sum != [0.0; 2] {
                return None;
            }
            (whole, 0.0, 1.0)
        } else {
            let average = same([0, 1].map(|axis| -sum[axis] / (memory * whole[axis])))?;
            (whole, average, 1.0 - average)
        };
        let stays = next[X];
        let (decay, keep) = match penalty {
            Some(decay) => (decay, same([0, 1].map(|axis| stays[axis] - push[axis] * decay))?),
            // Without a memory a penalty shows by what it takes of each coordinate.
            None => match same(stays) {
                Some(keep) => (0.0, keep),
                None => (same([0, 1].map(|axis| (1.0 - stays[axis]) / whole[axis]))?, 1.0),
            },
        };
        // Of gradients that are summed up as they are, the scale is that of a gradient that stays: whatever multiplies the sum
        // in the rule, a mean has the weight of one gradient.
        let lasting = average / (1.0 - memory) + fresh;
        let lasting = if is_average && lasting > 0.0 && lasting.is_finite() { lasting } else { 1.0 };
        let (average, fresh) = (average / lasting, fresh / lasting);
        let scales = Vector2::from(scales) * (lasting / lr);
        let is_right = scales.iter().all(|scale| *scale > 0.0 && scale.is_finite())
            && [decay, keep, memory, average].iter().all(|number| number.is_finite());
        is_right.then_some(FrozenPreconditioner { scales, decay, keep, memory, average, fresh })
    }

    fn has_rate(&self) -> bool {
        self.rule.settings().next().is_some_and(|name| key_of(name) == "lr")
    }

    /// What the names stand for at the end of a step, in x, the gradient and what is kept before it.
    fn forms(&self, step: &StepRecord) -> Option<Vec<(String, Option<LinearForm>)>> {
        let states: Vec<(String, Shape)> =
            self.rule.states().map(|(name, shape)| (name.to_owned(), shape)).collect();
        let count = KEPT + states.len();
        let unit = |at: usize| {
            let mut form = vec![[0.0; 2]; count];
            form[at] = [1.0; 2];
            Some(form)
        };
        let mut bindings = Bindings::new();
        bindings.bind("x", Tensor::Vector(step.before.position));
        bindings.bind("t", Tensor::Number(f64::from(step.before.step) + 1.0));
        for (name, number) in self.rule.settings().zip(step.settings.numbers) {
            bindings.bind(name, Tensor::Number(number));
        }
        let mut forms = vec![("x".to_owned(), unit(X))];
        let mut slot = 0;
        for (index, (name, shape)) in states.iter().enumerate() {
            let kept = step.before.slots.get(slot..)?;
            let [first, ..] = kept else { return None };
            bindings.bind(
                name,
                match shape {
                    Shape::Number => Tensor::Number(first.x),
                    Shape::Vector => Tensor::Vector(*first),
                    _ => {
                        let second = kept.get(1)?;
                        Tensor::Matrix(Matrix2::new(first.x, first.y, second.x, second.y))
                    }
                },
            );
            if *shape == Shape::Vector {
                forms.push((name.clone(), unit(KEPT + index)));
            }
            slot += shape.width().div_ceil(2);
        }
        let gradient = step.gradient;
        // The surface is asked for nothing but the gradient where the step begins: its value is held, whatever it is.
        let ask = |question: SurfaceQuery, _: [f64; 2]| match question {
            SurfaceQuery::Gradient => [gradient.x, gradient.y, 0.0],
            SurfaceQuery::Value | SurfaceQuery::Hessian => [1.0, 0.0, 1.0],
        };
        let mut is_at_start = true;
        for line in self.rule.step().assignments() {
            let names = LinearNames { forms: &forms, gradient: GRADIENT, count, is_at_start };
            let made = line.expression.linear_part(&names, &bindings, ask).ok()?;
            is_at_start &= line.name != "x";
            bindings.bind(&line.name, made.value);
            forms.push((line.name.clone(), made.part));
        }
        Some(forms)
    }
}

/// The number that both are, but for rounding.
fn same([x, y]: [f64; 2]) -> Option<f64> {
    ((x - y).abs() <= ROUNDING * (1.0 + x.abs() + y.abs())).then_some(f64::midpoint(x, y))
}

/// A step from a state that some steps might have led to.
fn tried(settings: &Settings<f64>, trial: u64) -> StepRecord {
    let number = |index: u64| uniform(trial + 71, 3, index);
    let pair = |index: u64| Vector2::new(number(index) - 0.5, number(index + 1) + 0.2);
    let mut before = State::at(pair(0) * 4.0);
    before.step = 4 + trial as u32;
    // Squares and their sums are kept above zero.
    for (slot, index) in before.slots.iter_mut().zip(0..) {
        *slot = pair(10 + 2 * index).map(f64::abs);
    }
    let gradient = pair(4) * 3.0;
    StepRecord { settings: *settings, gradient, before, after: before }
}
