//! The loops over the steps of a run.

use super::executor::Executor;
use super::prepared_schedule::PreparedSchedule;
use super::problem::Problem;
use super::record::record;
use super::run_state::RunState;
use super::stochastic_oracle::StochasticOracle;
use super::trajectory::{Cause, Ending};
use crate::method::gradient::Gradient;
use crate::method::modifier_stack::ModifierStack;
use crate::method::state::State;
use crate::method::step::{Input, ScalarMethod, StepOutcome};
use crate::objective::derivatives::ValueGradient;
use crate::spec::settings::Settings;
use std::sync::Arc;

/// Computes and records at most `steps` further steps of a run that is not done, by a method and what runs it.
pub(super) fn advance<M: ScalarMethod>(
    method: &M,
    executor: &dyn Executor,
    run: &mut RunState,
    problem: &Problem,
    steps: u32,
) {
    let lr = run.settings.numbers[0];
    let plain = run.gradient == Gradient::Exact
        && run.modifiers.is_none()
        && M::COST.is_some()
        && !M::FINDS_RATE
        && !M::MAY_END;
    // Loops of their own, so that a constant rate is a constant in one, and what is not counted
    // costs nothing.
    match run.schedule.clone() {
        None if plain => advance_plain(method, run, problem, steps, |_| lr),
        Some(schedule) if plain && !schedule.watches_loss() && !schedule.moves_momentum() => {
            advance_plain(method, run, problem, steps, |step| schedule.rate(lr, step, 1.0));
        }
        schedule => advance_any(executor, run, problem, steps, schedule.as_ref()),
    }
}

/// The loop for exact gradients and a method of which a formula tells what it asks: its oracle
/// is the surface itself. One loop per method: the state stays at hand from step to step, and the step itself is
/// compiled into the loop. An oracle that keeps a counter makes the cheapest methods a quarter slower.
#[inline]
fn advance_plain<M: ScalarMethod>(
    method: &M,
    run: &mut RunState,
    problem: &Problem,
    steps: u32,
    rate: impl Fn(u32) -> f64,
) {
    let settings = run.settings;
    let has_rate = run.has_rate;
    let (mut state, mut slope) = (run.state, run.slope);
    let mut lr = rate(state.step);
    for _ in 0..steps {
        let ValueGradient { value: loss, gradient } = slope;
        let input = Input { settings: &settings, lr, loss, gradient, oracle: &problem.objective };
        method.step(&input, &mut state);
        state.position = problem.objective.in_domain(state.position);
        state.step += 1;
        lr = rate(state.step);
        slope = problem.objective.value_gradient(state.position);
        if record(&mut run.trajectory, problem, &state, &slope, if has_rate { lr } else { f64::NAN }) {
            break;
        }
    }
    (run.state, run.slope) = (state, slope);
}

/// The loop for all the rest, one for all methods: what noise, counting, modifiers, and searches do in a step takes
/// longer than to call the method.
fn advance_any(
    executor: &dyn Executor,
    run: &mut RunState,
    problem: &Problem,
    steps: u32,
    schedule: Option<&PreparedSchedule>,
) {
    let mut settings = run.settings;
    let (base, has_rate) = (settings.numbers[0], run.has_rate);
    let rate = |step, watched: f64| schedule.map_or(base, |schedule| schedule.rate(base, step, watched));
    let is_counted = executor.cost(&settings, 0).is_none();
    let (mut state, mut slope) = (run.state, run.slope);
    let modifiers = run.modifiers.clone();
    let modifiers = modifiers.as_ref();
    let mut scene =
        StochasticOracle::new(&problem.objective, run.gradient, run.counter).under(modifiers, &settings);
    let mut lr = rate(state.step, run.watch.factor);
    if let Some(schedule) = schedule {
        schedule.put_momentum(&mut settings, state.step);
    }
    let mut seen = seen_by(modifiers, &mut scene, problem, &state, slope);
    for _ in 0..steps {
        let position = state.position;
        if let Some(modifiers) = modifiers {
            state.position = modifiers.stand(&state);
        }
        let from = state.position;
        if is_counted {
            scene.take_gradient(from);
        }
        let outcome = executor.step(&input(&scene, &settings, lr, seen), &mut state);
        if let Some(modifiers) = modifiers {
            modifiers.finish(&settings, lr, [from, position], &mut state);
        }
        state.position = problem.objective.in_domain(state.position);
        state.step += 1;
        if is_counted {
            run.trajectory.asked.push(scene.evaluations());
        }
        if let Some(size) = scene.batch_size() {
            ask_examples(executor, run, state.step, size);
        }
        if let Some(schedule) = schedule {
            watch(schedule, run, state.step, slope.value);
            schedule.put_momentum(&mut settings, state.step);
        }
        lr = rate(state.step, run.watch.factor);
        slope = problem.objective.value_gradient(state.position);
        seen = seen_by(modifiers, &mut scene, problem, &state, slope);
        let recorded = executor.rate(&input(&scene, &settings, lr, seen), &state);
        let recorded = recorded.unwrap_or(if has_rate { lr } else { f64::NAN });
        let is_over = record(&mut run.trajectory, problem, &state, &slope, recorded);
        // With another gradient at the next step, the search might find one.
        let is_final = modifiers.is_none() || state.position == position;
        if outcome == StepOutcome::NotFound && is_final && scene.gradient_source() == Gradient::Exact {
            run.trajectory.end_without_step(state.step);
            break;
        }
        if outcome == StepOutcome::Last && !is_over {
            run.trajectory.ending = Some(Ending { step: state.step, cause: Cause::StepLimit });
            break;
        }
        if is_over {
            break;
        }
    }
    (run.state, run.slope, run.counter) = (state, slope, scene.counter());
}

/// Begins the step that leaves from a state; gives the slope that the method sees where it stands, which under a
/// modifier may be elsewhere than where the run is, with this slope.
#[inline]
pub(super) fn seen_by(
    modifiers: Option<&Arc<ModifierStack>>,
    scene: &mut StochasticOracle<'_>,
    problem: &Problem,
    state: &State<f64>,
    slope: ValueGradient,
) -> ValueGradient {
    match modifiers {
        Some(modifiers) if modifiers.stands_apart() => {
            let stand = modifiers.stand(state);
            scene.begin(state.step, stand, problem.objective.value_gradient(stand))
        }
        _ => scene.begin(state.step, state.position, slope),
    }
}

/// Shows a schedule that watches it the loss that the step to `step` began with.
fn watch(schedule: &PreparedSchedule, run: &mut RunState, step: u32, loss: f64) {
    let before = run.watch.factor;
    schedule.observe(&mut run.watch, step - 1, loss);
    if run.watch.factor != before {
        run.trajectory.factors.push((step, run.watch.factor));
    }
}

/// Notes what the step to `step` has asked of a batch of `size` examples.
#[cold]
fn ask_examples(executor: &dyn Executor, run: &mut RunState, step: u32, size: usize) {
    let total = |step| {
        let cost = executor.cost(&run.settings, step).map(|cost| run.modified_cost(cost));
        let asked = cost.unwrap_or_else(|| run.counted(step));
        asked.total()
    };
    let asked = (total(step) - total(step - 1)) * size as u64;
    let before = run.trajectory.examples_asked.last().copied().unwrap_or(0);
    run.trajectory.examples_asked.push(before + asked);
}

/// What a step from a point is given, where the oracle has this slope.
#[inline]
pub(super) fn input<'a, 't>(
    oracle: &'a StochasticOracle<'t>,
    settings: &'a Settings<f64>,
    lr: f64,
    slope: ValueGradient,
) -> Input<'a, f64, StochasticOracle<'t>> {
    let ValueGradient { value: loss, gradient } = slope;
    Input { settings, lr, loss, gradient, oracle }
}
