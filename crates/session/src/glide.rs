//! From one document to another as a glide, so that the eye can follow a setting and the path that bends with it. A
//! pure function of the two and of the time that has passed.

use std::sync::Arc;
use thalweg_core::math::within::Within;
use thalweg_core::objective::view::View;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::{Kind, Param, Scale};
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Record, Runner, Scenario, Start, ViewState};

/// How long a glide takes, in seconds.
const SECONDS: f64 = 0.9;

/// A glide that is under way.
#[derive(Clone, Debug)]
pub struct Glide {
    from: Arc<Scenario>,
    to: Arc<Scenario>,
    /// How many seconds have passed.
    passed: f64,
}

impl Glide {
    /// At the beginning.
    pub fn new(from: Arc<Scenario>, to: Scenario) -> Self {
        Self { from, to: Arc::new(to), passed: 0.0 }
    }

    /// Lets `dt` seconds pass.
    pub fn pass(&mut self, dt: f64) {
        self.passed += dt.max(0.0);
    }

    /// The document now. Before the end it differs from the goal in numbers only.
    pub fn now(&self) -> Scenario {
        between(&self.from, &self.to, self.passed / SECONDS)
    }

    /// Where it leads.
    pub fn goal(&self) -> &Scenario {
        &self.to
    }

    /// Whether it has arrived: the time is over, or there is nothing on the way.
    pub fn is_over(&self) -> bool {
        self.passed >= SECONDS || between(&self.from, &self.to, 0.0) == *self.to
    }
}

/// The document a part of the way, from 0 to 1: settings, the start, the view and the directions of what is shown are
/// between the two; what has no between (methods, counts, seeds, texts) is at once what it will be.
pub fn between(from: &Scenario, to: &Scenario, part: f64) -> Scenario {
    if part >= 1.0 {
        return to.clone();
    }
    let part = part.within(0.0, 1.0);
    // Slow at both ends.
    let part = part * part * (3.0 - 2.0 * part);
    let mut now = to.clone();
    mix_chosen(&from.surface, &mut now.surface, part);
    if from.surface.of == to.surface.of {
        if let (Start::At(_), Start::At(_) | Start::Origin) = (from.start, to.start) {
            let (from, to) = (from.start.point(), to.start.point());
            now.start = Start::At([0, 1].map(|axis| mixed(from[axis], to[axis], part)));
        }
        let side = |from: (f64, f64), to: (f64, f64)| (mixed(from.0, to.0, part), mixed(from.1, to.1, part));
        now.view = View { x: side(from.view.x, to.view.x), y: side(from.view.y, to.view.y) };
    }
    if from.runners.len() == to.runners.len() {
        for (from, now) in from.runners.iter().zip(&mut now.runners) {
            mix_runner(from, now, part);
        }
    }
    mix_view_state(&from.show, &mut now.show, part);
    now
}

fn mix_runner(from: &Runner, now: &mut Runner, part: f64) {
    mix_chosen(&from.optimizer, &mut now.optimizer, part);
    mix_chosen(&from.schedule, &mut now.schedule, part);
    if let (Some(from), Some(now)) = (&from.gradient, &mut now.gradient) {
        mix_chosen(from, now, part);
    }
}

/// Gives the numbers of `now` what lies between those of `from` and its own.
fn mix_chosen<D: Described>(from: &Chosen<D>, now: &mut Chosen<D>, part: f64) {
    if from.of != now.of {
        return;
    }
    let goal = now.clone();
    for ((param, from), (_, to)) in from.settings().zip(goal.settings()) {
        if let Some(value) = mixed_value(param, from, to, part) {
            let _ = now.set(&param.key, value);
        }
    }
    if let (Some(from), Some(to)) = (from.typed(), goal.typed()) {
        for ((name, from), (other, to)) in from.constants().zip(to.constants()) {
            if name == other && from != to {
                now.set_constant(name, mixed(from, to, part));
            }
        }
    }
}

fn mix_view_state(from: &ViewState, now: &mut ViewState, part: f64) {
    let goal = now.clone();
    for field in ViewState::fields() {
        let values = field.value(from).zip(field.value(&goal));
        if let Some((param, (from, to))) = field.param().zip(values)
            && let Some(value) = mixed_value(param, &from, &to, part)
        {
            field.set(now, &value);
        }
    }
}

/// The number between two; none where there is none.
fn mixed_value(param: &Param, from: &Value, to: &Value, part: f64) -> Option<Value> {
    let (Kind::Number { range, scale, .. }, Value::Number(from), Value::Number(to)) = (&param.kind, from, to)
    else {
        return None;
    };
    if range.whole || from == to {
        return None;
    }
    let is_by_factors = *scale == Scale::Log && *from > 0.0 && *to > 0.0;
    let value = if is_by_factors { from * libm::pow(to / from, part) } else { mixed(*from, *to, part) };
    value.is_finite().then_some(Value::Number(value))
}

fn mixed(from: f64, to: f64, part: f64) -> f64 {
    if from == to { to } else { from * (1.0 - part) + to * part }
}
