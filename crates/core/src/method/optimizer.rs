//! What an optimizer is: one description, from which everything else is derived.

use super::optimizers;
pub use super::theory::{FrozenPreconditioner, Recurrence, StepRecord, Theory};
use super::update_equation::UpdateEquation;
use crate::math::number::Number;
use crate::objective::surface::{Objective, ValueGradient, ValueGradientHessian};
use crate::run::batch;
use crate::run::batch::RunBatch;
use crate::run::race::Problem;
use crate::run::run::Run;
use crate::run::stochastic_oracle::{Evaluations, StochasticOracle};
use crate::spec::param::{Chosen, Described, Kind, Param, Settings};
use nalgebra::{Matrix2, Vector2};
use std::marker::PhantomData;

/// The families under which a chooser shows the optimizers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// One rate for all coordinates.
    FirstOrder,
    /// A rate for each coordinate, learnt from past gradients.
    Adaptive,
    /// Only the gradient's signs count, or mostly.
    SignBased,
    /// The Hessian is used.
    SecondOrder,
    /// The length of each step is searched for along a direction.
    LineSearch,
    /// Built for quadratics, where they need the fewest steps.
    Quadratic,
}

impl Group {
    /// All groups, in the order of the chooser.
    pub const ALL: [Self; 6] = [
        Self::FirstOrder,
        Self::Adaptive,
        Self::SignBased,
        Self::SecondOrder,
        Self::LineSearch,
        Self::Quadratic,
    ];

    /// The heading in the chooser.
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstOrder => "First order",
            Self::Adaptive => "Adaptive",
            Self::SignBased => "Sign based",
            Self::SecondOrder => "Second order",
            Self::LineSearch => "Line search",
            Self::Quadratic => "Optimal for quadratics",
        }
    }
}

/// Room for the 2-vectors of one optimizer's inner state: the ten pairs of L-BFGS, their count, and
/// one more.
/// A step changes its state in place, so that nobody pays for room that is not used; copies are
/// made only at checkpoints and replays.
pub const MAX_SLOTS: usize = 22;

/// Everything that an optimizer remembers between steps: plain data, so that a checkpoint is a
/// copy and every step can be replayed from one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct State<T: Number> {
    /// Where it stands.
    pub position: Vector2<T>,
    /// Its inner state: the slots that the description names first, then what it keeps unnamed.
    pub slots: [Vector2<T>; MAX_SLOTS],
    /// How many steps it has made.
    pub step: u32,
}

impl State<f64> {
    /// At `position`, with nothing remembered.
    pub fn at(position: Vector2<f64>) -> Self {
        Self { position, slots: [Vector2::zeros(); MAX_SLOTS], step: 0 }
    }
}

/// What a step may ask of the surface, besides the gradient that it is given.
pub trait Oracle<T: Number> {
    /// f at `p`.
    fn value(&self, p: Vector2<T>) -> T;
    /// The gradient at `p`.
    fn gradient(&self, p: Vector2<T>) -> Vector2<T>;
    /// The Hessian at `p`, symmetric.
    fn hessian(&self, p: Vector2<T>) -> Matrix2<T>;
}

impl Oracle<f64> for Objective {
    #[inline]
    fn value(&self, p: Vector2<f64>) -> f64 {
        Objective::value(self, p)
    }

    #[inline]
    fn gradient(&self, p: Vector2<f64>) -> Vector2<f64> {
        let ValueGradient { gradient, .. } = self.value_gradient(p);
        gradient
    }

    #[inline]
    fn hessian(&self, p: Vector2<f64>) -> Matrix2<f64> {
        let ValueGradientHessian { hessian, .. } = self.value_gradient_hessian(p);
        hessian
    }
}

/// What a step is given.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a, T: Number, L> {
    /// The optimizer's parameters.
    pub settings: &'a Settings<T>,
    /// The learning rate of this step (0 for a method that has none).
    pub lr: T,
    /// f at the present position.
    pub loss: T,
    /// The gradient at the present position.
    pub gradient: Vector2<T>,
    /// The surface, for methods that look elsewhere or ask for the Hessian.
    pub oracle: &'a L,
}

/// See [`Method::RATE`].
pub type Rate = fn(&Input<'_, f64, StochasticOracle<'_>>, &State<f64>) -> f64;

/// See [`Method::cost`].
pub type Cost = fn(&Settings<f64>, u32) -> Evaluations;

/// The method behind an [`Optimizer`], written once for every number type.
pub trait Method {
    /// For a method that finds its learning rate itself: what it is in the step that is given this
    /// input and leaves from this state. The record shows it in place of a setting.
    const RATE: Option<Rate> = None;

    /// Fills the inner state before the first step; by default it stays zero.
    fn start<T: Number>(_settings: &Settings<T>, _state: &mut State<T>) {}

    /// How often `steps` steps ask for f, its gradient and its Hessian; one gradient a step, unless
    /// a method says otherwise.
    fn cost(_settings: &Settings<f64>, steps: u32) -> Evaluations {
        Evaluations { gradients: steps, ..Evaluations::default() }
    }

    /// Makes one step from `state.position`. The step count is kept by the caller and still says
    /// how many steps were made before this one.
    fn step<T: Number, L: Oracle<T>>(input: &Input<'_, T, L>, state: &mut State<T>);
}

/// The same for a method that cannot be written for every number type: one with a loop that ends
/// when the numbers say so. A line search makes a different number of trials in each lane.
pub trait ScalarMethod {
    /// See [`Method::RATE`].
    const RATE: Option<Rate> = None;
    /// See [`Method::cost`]; none where only the run can tell, as of a search. Then what the
    /// oracle is asked is counted, and the gradient that each step is given.
    const COST: Option<Cost> = None;

    /// See [`Method::start`].
    fn start(_settings: &Settings<f64>, _state: &mut State<f64>) {}

    /// See [`Method::step`].
    fn step<L: Oracle<f64>>(input: &Input<'_, f64, L>, state: &mut State<f64>);
}

/// A method for every number type, on plain `f64`.
struct Plain<M>(PhantomData<M>);

impl<M: Method> ScalarMethod for Plain<M> {
    const RATE: Option<Rate> = M::RATE;
    const COST: Option<Cost> = Some(M::cost);

    #[inline]
    fn start(settings: &Settings<f64>, state: &mut State<f64>) {
        M::start(settings, state);
    }

    #[inline]
    fn step<L: Oracle<f64>>(input: &Input<'_, f64, L>, state: &mut State<f64>) {
        M::step(input, state);
    }
}

/// A method's functions for plain `f64`.
#[derive(Clone, Copy, Debug)]
pub struct MethodFunctions {
    /// See [`Method::start`].
    pub start: fn(&Settings<f64>, &mut State<f64>),
    /// See [`Method::step`].
    pub step: fn(&Input<'_, f64, StochasticOracle<'_>>, &mut State<f64>),
    /// See [`Method::RATE`].
    pub rate: Option<Rate>,
    /// See [`ScalarMethod::COST`].
    pub cost: Option<Cost>,
    /// Many steps at once, recorded; see [`Run::advance`].
    pub(crate) advance: fn(&mut Run, &Problem, u32),
    /// Several runs side by side to their ends, for a method that can be written for every number
    /// type; see [`batch::run_batch`].
    pub(crate) run_batch: Option<RunBatch>,
}

impl MethodFunctions {
    /// The functions of `M`.
    pub const fn of<M: Method>() -> Self {
        Self { run_batch: Some(batch::run_batch::<M>), ..Self::of_scalar::<Plain<M>>() }
    }

    /// The functions of `M`, which exists for plain `f64` only.
    pub const fn of_scalar<M: ScalarMethod>() -> Self {
        Self {
            start: M::start,
            step: |input, state| M::step(input, state),
            rate: M::RATE,
            cost: M::COST,
            advance: Run::advance_by::<M>,
            run_batch: None,
        }
    }
}

/// The settings that make the slowest error on a quadratic decay fastest, as keys and values:
/// from the present settings (which tell the form) and the smallest and largest eigenvalue, both
/// above zero. `None` where there is no such setting.
pub type Best = fn(&Settings<f64>, f64, f64) -> Option<Vec<(&'static str, f64)>>;

/// What a method in this state takes the inverse of the Hessian to be; `None` before it has learnt
/// anything.
pub type Estimate = fn(&State<f64>, &Settings<f64>) -> Option<Matrix2<f64>>;

/// One named 2-vector of inner state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// The name: the CSV columns are this with `_x` and `_y`.
    pub name: &'static str,
    /// The symbol in formulas.
    pub symbol: &'static str,
    /// The meaning, in a few words.
    pub doc: &'static str,
}

/// The description of an optimizer.
#[derive(Debug)]
pub struct Optimizer {
    /// The name, as presets write it.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// A step line by line, as its parameters say; the last line called `x` is the new position. The
    /// text of the formulas is what `analysis::apart` evaluates.
    pub lines: fn(&Settings<f64>) -> Vec<UpdateEquation>,
    /// Where it comes from: paper or book section.
    pub source: &'static str,
    /// The family it is shown under.
    pub group: Group,
    /// Its parameters; one of key `lr`, if there is one, comes first.
    pub params: &'static [Param],
    /// The names of the first of its state's slots.
    pub slots: &'static [Slot],
    /// The functions that run it.
    pub program: MethodFunctions,
    /// What the linear theory says of it.
    pub theory: Theory,
    /// The best settings on a quadratic, where a formula for them is known.
    pub best: Option<Best>,
    /// What it has learnt of the curvature, for a method that learns it.
    pub estimate: Option<Estimate>,
}

impl PartialEq for Optimizer {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Described for Optimizer {
    const WHAT: &'static str = "optimizer";
    fn table() -> &'static [&'static Self] {
        optimizers::ALL
    }
    fn name(&self) -> &'static str {
        self.name
    }
    fn summary(&self) -> &'static str {
        self.summary
    }
    fn params(&self) -> &'static [Param] {
        self.params
    }
}

impl Optimizer {
    /// Whether it has a learning rate, the first of its numbers.
    pub fn has_learning_rate(&self) -> bool {
        self.params.first().is_some_and(|param| param.key == "lr")
    }

    /// The symbols of its numbers, in their order: those of [`Settings::numbers`].
    pub fn symbols(&self) -> impl Iterator<Item = &'static str> + use<> {
        let numbers = self.params.iter().filter(|param| matches!(param.kind, Kind::Number { .. }));
        numbers.map(|param| param.symbol)
    }

    /// A step in symbols, one line after the other, with all its defaults.
    pub fn update(&'static self) -> Vec<String> {
        let slots = self.slots.iter().map(|slot| slot.symbol);
        let mut there: Vec<_> = slots.chain(self.symbols()).chain(["x"]).collect();
        let lines = (self.lines)(&Chosen::with_defaults(self).prepare());
        let texts = lines.iter().map(|line| {
            let is_there = there.contains(&line.name);
            there.push(line.name);
            line.text(is_there)
        });
        texts.collect()
    }
}
