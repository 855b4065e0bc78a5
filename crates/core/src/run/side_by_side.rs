//! Recorded runs of one method that go side by side, each with the bits that it has alone.

use super::executor::Executor;
use super::prepared_schedule::PreparedSchedule;
use super::problem::Problem;
use super::record::record;
use super::run_state::RunState;
use super::step_lanes::{ModifiedSurface, RunLanes};
use super::trajectory::CHECKPOINT_EVERY;
use crate::math::number::Number;
use crate::math::wide::{LANES, Lanes, Wide};
use crate::method::gradient::Gradient;
use crate::method::state::MAX_SLOTS;
use crate::objective::derivatives::{ValueGradient, ValueGradientLanes};
use crate::objective::watch::Watch;
use nalgebra::Vector2;
use std::array::from_fn;

/// Whether runs like this one can go side by side: those that see the surface itself, by a method for every number type
/// that does not find its rate itself, on a schedule that watches no loss.
pub(super) fn may_go_along(executor: &dyn Executor, run: &RunState) -> bool {
    let follows_loss = run.schedule.as_ref().is_some_and(PreparedSchedule::watches_loss);
    executor.is_wide() && !executor.finds_rate() && !follows_loss && run.gradient == Gradient::Exact
}

/// Computes and records at most `steps` further steps of runs that are made of the same entry, stand at the same step and
/// have not ended: at most as many as there are lanes.
pub(super) fn advance_side_by_side(
    executor: &dyn Executor,
    problem: &Problem,
    runs: &mut [&mut RunState],
    steps: u32,
) {
    let Some(first) = runs.first() else { return };
    debug_assert!(runs.len() <= LANES && runs.iter().all(|run| run.state.step == first.state.step));
    let (own, schedule, has_rate) = (first.settings, first.schedule.clone(), first.has_rate);
    let modifiers = first.modifiers.clone();
    let surface = ModifiedSurface { objective: &problem.objective, modifiers: modifiers.as_deref() };
    let mut step = first.state.step;
    // Lanes behind the last run copy the first: numbers that nobody reads are not to run off to infinity, which is slow.
    let of: [usize; LANES] = from_fn(|lane| if lane < runs.len() { lane } else { 0 });
    let gather = |number: &dyn Fn(&RunState) -> f64| Wide(of.map(|run| number(runs[run])));
    let mut lanes = RunLanes::blank();
    (lanes.settings.choices, lanes.settings.steps) = (own.choices, own.steps);
    for (wide, number) in lanes.settings.numbers.iter_mut().zip(own.numbers) {
        *wide = Lanes::of(number);
    }
    for (place, slot) in lanes.slots.iter_mut().enumerate() {
        *slot = Vector2::from_fn(|axis, _| gather(&|run| run.state.slots[place][axis]));
    }
    let at = Vector2::from_fn(|axis, _| gather(&|run| run.state.position[axis]));
    let mut slope = Box::new(ValueGradientLanes {
        value: gather(&|run| run.slope.value),
        gradient: Vector2::from_fn(|axis, _| gather(&|run| run.slope.gradient[axis])),
        ..ValueGradientLanes::unknown(at)
    });
    let watch = Watch { below: problem.bound.min(f64::MAX), above: None, arrival: 0.0, step: 0.0 };
    let mut going: Vec<usize> = (0..runs.len()).collect();
    for _ in 0..steps {
        let lr = |step| {
            schedule.as_ref().map_or(own.numbers[0], |schedule| schedule.rate(own.numbers[0], step, 1.0))
        };
        lanes.lr = Lanes::of(lr(step));
        if let Some((place, momentum)) = schedule.as_ref().and_then(|schedule| schedule.momentum(step)) {
            lanes.settings.numbers[place] = Lanes::of(momentum);
        }
        executor.step_lanes(
            surface,
            step,
            std::slice::from_mut(&mut lanes),
            std::slice::from_mut(&mut slope),
        );
        step += 1;
        problem.objective.value_gradient_lanes(std::slice::from_mut(&mut slope), watch);
        let next = if has_rate { lr(step) } else { f64::NAN };
        let is_checkpoint = step.is_multiple_of(CHECKPOINT_EVERY);
        let before = going.len();
        going.retain(|lane| {
            let (lane, run) = (*lane, &mut *runs[*lane]);
            run.state.position = slope.at.map(|wide| wide.0[lane]);
            run.state.step = step;
            let gradient = slope.gradient.map(|wide| wide.0[lane]);
            run.slope = ValueGradient { value: slope.value.0[lane], gradient };
            if is_checkpoint {
                run.state.slots = slots_of(&lanes, lane);
            }
            let goes_on = !record(&mut run.trajectory, problem, &run.state, &run.slope, next);
            if !goes_on {
                run.state.slots = slots_of(&lanes, lane);
            }
            goes_on
        });
        let Some(living) = going.first() else { return };
        if going.len() == before {
            continue;
        }
        for lane in (0..LANES).filter(|lane| !going.contains(lane)) {
            for number in lanes.numbers().chain(slope.numbers()) {
                number.0[lane] = number.0[*living];
            }
        }
    }
    for lane in going {
        runs[lane].state.slots = slots_of(&lanes, lane);
    }
}

/// What the run of a lane remembers: fetched where somebody looks at it, for there is much room for it.
fn slots_of(lanes: &RunLanes, lane: usize) -> [Vector2<f64>; MAX_SLOTS] {
    lanes.slots.map(|slot| slot.map(|wide| wide.0[lane]))
}
