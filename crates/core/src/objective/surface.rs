//! What a loss surface is: one description, from which everything else is derived.

use super::memo::Memo;
use super::surfaces;
use crate::data::Row;
use crate::formula::Tape;
use crate::math::dual::Dual;
use crate::math::number::Number;
use crate::math::simd;
use crate::math::simd::Task;
use crate::run::batch::Lanes;
use crate::spec::param::{Chosen, Described, Kind, MAX_CHOICES, MAX_NUMBERS, Param, Settings, Value};
use nalgebra::{Matrix2, Vector2};
use std::marker::PhantomData;
use std::sync::{Arc, OnceLock};

/// A formula in two variables, written once for every number type.
pub trait LossFunction {
    /// Turns the settings into the constants that [`LossFunction::at`] reads (a turned axis into its
    /// cosine and sine, say). Called once for a scenario, not once for a point.
    fn prepare(constants: Constants) -> Constants {
        constants
    }

    /// The value at (x, y).
    fn at<T: Number>(constants: &Constants, x: T, y: T) -> T;

    /// The value at each of `xs` on the line of constant `y`, written to `out`.
    fn row(constants: &Constants, xs: &[f64], y: f64, out: &mut [f64]) {
        for (out, x) in out.iter_mut().zip(xs) {
            *out = Self::at(constants, *x, y);
        }
    }
}

/// Value, gradient and Hessian of a formula by forward differentiation.
pub(crate) fn curvature<F: LossFunction>(constants: &Constants, x: f64, y: f64) -> ValueGradientHessian {
    let at = F::at(constants, Dual::x(Dual::x(x)), Dual::y(Dual::y(y)));
    let [[xx, xy], [_, yy]] = at.slope.map(|slope| slope.slope);
    ValueGradientHessian {
        value: at.value.value,
        gradient: Vector2::from(at.value.slope),
        hessian: Matrix2::new(xx, xy, xy, yy),
    }
}

/// What a formula reads: the surface's settings, and what they refer to, ready for use.
#[derive(Clone, Debug)]
pub struct Constants {
    /// The numbers, in the order of the parameters, then zeros.
    pub numbers: [f64; MAX_NUMBERS],
    /// The switches and choices, in the order of the parameters, then zeros.
    pub choices: [usize; MAX_CHOICES],
    /// What the formula is made of, where that is not numbers alone.
    pub matter: SurfaceData,
}

/// What a surface is made of besides its numbers.
#[derive(Clone, Debug)]
pub enum SurfaceData {
    /// Nothing: the formula stands in the program.
    None,
    /// A function that was typed.
    Formula(Arc<Tape>),
    /// The examples that it is a mean over.
    Examples(Arc<Vec<Row>>),
}

/// Value and exact gradient at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueGradient {
    /// f(x, y).
    pub value: f64,
    /// The gradient of f there.
    pub gradient: Vector2<f64>,
}

/// The same at as many points as runs of a sweep go side by side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ValueGradientLanes {
    pub value: Lanes,
    pub gradient: Vector2<Lanes>,
}

/// Value, exact gradient and exact Hessian at a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ValueGradientHessian {
    /// f(x, y).
    pub value: f64,
    /// The gradient of f there.
    pub gradient: Vector2<f64>,
    /// The Hessian of f there, symmetric.
    pub hessian: Matrix2<f64>,
}

/// The questions that a surface answers, all derived from its one formula.
#[derive(Clone, Copy, Debug)]
pub struct SurfaceFunctions {
    prepare: fn(Constants) -> Constants,
    value: fn(&Constants, f64, f64) -> f64,
    value_gradient: fn(&Constants, f64, f64) -> ValueGradient,
    /// Written to its place: what is handed back would be copied.
    value_gradient_lanes: fn(&Constants, &Vector2<Lanes>, &mut ValueGradientLanes),
    value_gradient_hessian: fn(&Constants, f64, f64) -> ValueGradientHessian,
    row: fn(&Constants, &[f64], f64, &mut [f64]),
    /// The same question as `curvature`, answered by somebody else's dual numbers.
    #[cfg(test)]
    independent: fn(&Constants, f64, f64) -> ValueGradientHessian,
}

/// The question for several slopes at once.
struct Ask<'a, F>(&'a Constants, &'a Vector2<Lanes>, &'a mut ValueGradientLanes, PhantomData<F>);

impl<F: LossFunction> Task for Ask<'_, F> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self(constants, p, slopes, _) = self;
        let at = F::at(constants, Dual::x(p.x), Dual::y(p.y));
        *slopes = ValueGradientLanes { value: at.value, gradient: Vector2::from(at.slope) };
    }
}

impl SurfaceFunctions {
    /// Derives value, gradient and Hessian from the formula `F` by forward differentiation.
    pub const fn of<F: LossFunction>() -> Self {
        Self {
            prepare: F::prepare,
            value: |constants, x, y| F::at(constants, x, y),
            value_gradient: |constants, x, y| {
                let at = F::at(constants, Dual::x(x), Dual::y(y));
                ValueGradient { value: at.value, gradient: Vector2::from(at.slope) }
            },
            value_gradient_lanes: |constants, p, slopes| {
                simd::dispatch(Ask::<F>(constants, p, slopes, PhantomData))
            },
            #[cfg(test)]
            independent: super::num_dual_check::curvature::<F>,
            value_gradient_hessian: curvature::<F>,
            row: F::row,
        }
    }
}

/// The part of the plane that a plot shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Smallest and largest x, in this order.
    pub x: (f64, f64),
    /// Smallest and largest y, in this order.
    pub y: (f64, f64),
}

impl View {
    /// The square, centred rectangle `[-half, half] x [-half, half]`.
    pub const fn square(half: f64) -> Self {
        Self { x: (-half, half), y: (-half, half) }
    }

    /// The length of its diagonal.
    pub fn diagonal(&self) -> f64 {
        libm::hypot(self.x.1 - self.x.0, self.y.1 - self.y.0)
    }
}

/// The kind of a critical point by the second derivative test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointKind {
    /// The Hessian is positive definite, or the point is a known minimum all the same.
    Minimum,
    /// The Hessian is negative definite.
    Maximum,
    /// The Hessian has eigenvalues of both signs.
    Saddle,
    /// The Hessian is singular: the test says nothing.
    Inconclusive,
}

impl PointKind {
    /// The word for it: "minimum", "maximum", "saddle" or "inconclusive".
    pub fn name(self) -> &'static str {
        match self {
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Saddle => "saddle",
            Self::Inconclusive => "inconclusive",
        }
    }
}

/// A point where the gradient vanishes (or, at a cone's tip, does not exist).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CriticalPoint {
    /// Where.
    pub at: Vector2<f64>,
    /// What kind of point.
    pub kind: PointKind,
}

impl CriticalPoint {
    /// A critical point of the given kind at (x, y).
    pub const fn new(kind: PointKind, x: f64, y: f64) -> Self {
        Self { at: Vector2::new(x, y), kind }
    }
}

/// How the data and what a model makes of them are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// Two classes in the plane of the two features, with the line where the output is 0. The output
    /// is linear in the features and in the weights, and at least 0 where the model says class 1.
    Boundary,
    /// The target over the first feature, with the output's curve at the mean of the second.
    Curve,
}

/// What a model says, by the same code as its loss.
#[derive(Clone, Copy, Debug)]
pub struct Prediction {
    /// The output at the weights (w1, w2) for the features (x1, x2): a target in its own unit, or
    /// for a classifier the logit.
    pub output: fn([f64; 2], [f64; 2]) -> f64,
    /// How it is drawn.
    pub shows: Shows,
}

/// The description of a family of loss surfaces.
#[derive(Debug)]
pub struct Surface {
    /// The name, as presets write it.
    pub name: &'static str,
    /// What it shows, in one sentence.
    pub summary: &'static str,
    /// The formula as a person reads it.
    pub formula: &'static str,
    /// Where the formula comes from: paper or book section.
    pub source: &'static str,
    /// Its parameters.
    pub params: &'static [Param],
    /// The part of the plane that makes a good picture.
    pub view: View,
    /// A start that makes a good race.
    pub start: [f64; 2],
    /// The known critical points for given settings: all of them, or where they are many, those
    /// that matter within the view.
    pub critical: fn(&Constants) -> Vec<CriticalPoint>,
    /// Value, gradient and Hessian.
    pub functions: SurfaceFunctions,
    /// What the model that it is the loss of says of an example; none if it is no mean over data.
    pub prediction: Option<Prediction>,
}

impl PartialEq for Surface {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Described for Surface {
    const WHAT: &'static str = "surface";
    fn table() -> &'static [&'static Self] {
        surfaces::ALL
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

impl Surface {
    /// What the axes are called: x and y, or the weights of a model.
    pub fn axes(&self) -> [&'static str; 2] {
        if self.is_mean() { ["w₁", "w₂"] } else { ["x", "y"] }
    }

    /// Whether it is a mean over data, so that a few examples show a part of it.
    pub fn is_mean(&self) -> bool {
        self.params.iter().any(|param| matches!(param.kind, Kind::Data { .. }))
    }
}

/// A surface with its settings, ready to be asked for values and derivatives.
///
/// This is the place for surfaces that need preparing (a typed formula, a data set): whatever
/// they are made of becomes plain data here, behind the same questions.
#[derive(Clone, Debug)]
pub struct Objective {
    surface: &'static Surface,
    constants: Constants,
    /// Found when somebody asks for them: data may have to be searched.
    critical: Arc<OnceLock<Vec<CriticalPoint>>>,
    memo: Memo,
}

impl Objective {
    /// Prepares a surface.
    pub fn new(chosen: &Chosen<Surface>) -> Self {
        let Settings { numbers, choices, .. } = chosen.prepare();
        let matter = chosen.values.iter().find_map(|value| match value {
            Value::Formula(typed) => Some(SurfaceData::Formula(Arc::new(typed.tape()))),
            Value::Data(table) => Some(SurfaceData::Examples(Arc::new(table.rows.clone()))),
            _ => None,
        });
        let constants = Constants { numbers, choices, matter: matter.unwrap_or(SurfaceData::None) };
        let constants = (chosen.of.functions.prepare)(constants);
        let objective =
            Self { surface: chosen.of, constants, critical: Arc::default(), memo: Memo::default() };
        let examples = objective.examples().map_or(0, <[Row]>::len);
        Self { memo: Memo::of(examples), ..objective }
    }

    /// A part of the plane that makes a good picture, and a start that makes a good race: the
    /// surface's own, or where the data has put the minimum elsewhere, one around it.
    pub fn home(&self) -> (View, [f64; 2]) {
        let Surface { view, start, .. } = *self.surface;
        if !self.surface.is_mean() {
            return (view, start);
        }
        let minimum = self.critical_points().iter().find(|point| point.kind == PointKind::Minimum);
        let Some(minimum) = minimum else { return (view, start) };
        // The minimum between the middle and the rim of a view around the origin.
        let share = |p: f64, half: f64| (p / half).abs();
        let far = share(minimum.at.x, view.x.1).max(share(minimum.at.y, view.y.1));
        // What is too far out or too near for a picture with numbers that can be read stays outside.
        if (0.15..=0.75).contains(&far) || !(1e-9..1e9).contains(&far) {
            return (view, start);
        }
        // Two digits will do.
        let scale = 2.0 * far;
        let digit = libm::pow(10.0, libm::floor(libm::log10(scale)) - 1.0);
        let scale = (scale / digit).ceil() * digit;
        let stretch = |(low, high): (f64, f64)| (low * scale, high * scale);
        // On the other side of the origin: there is a way to go along both axes.
        let start = [0, 1].map(|axis| (start[axis] * scale).abs().copysign(-minimum.at[axis]));
        (View { x: stretch(view.x), y: stretch(view.y) }, start)
    }

    /// f at `p`.
    #[inline]
    pub fn value(&self, p: Vector2<f64>) -> f64 {
        (self.surface.functions.value)(&self.constants, p.x, p.y)
    }

    /// f and its exact gradient at `p`.
    #[inline]
    pub fn value_gradient(&self, p: Vector2<f64>) -> ValueGradient {
        (self.surface.functions.value_gradient)(&self.constants, p.x, p.y)
    }

    /// f and its exact gradient at the points `p`.
    #[inline]
    pub(crate) fn value_gradient_lanes(&self, p: &Vector2<Lanes>, slopes: &mut ValueGradientLanes) {
        (self.surface.functions.value_gradient_lanes)(&self.constants, p, slopes);
    }

    /// f, its exact gradient and its exact Hessian at `p`.
    #[inline]
    pub fn value_gradient_hessian(&self, p: Vector2<f64>) -> ValueGradientHessian {
        self.memo.at(p, || (self.surface.functions.value_gradient_hessian)(&self.constants, p.x, p.y))
    }

    /// The same by an independent implementation of differentiation.
    #[cfg(test)]
    pub(crate) fn independent_curvature(&self, p: Vector2<f64>) -> ValueGradientHessian {
        (self.surface.functions.independent)(&self.constants, p.x, p.y)
    }

    /// f at each of `xs` on the line of constant `y`, written to `out`.
    pub fn row(&self, xs: &[f64], y: f64, out: &mut [f64]) {
        (self.surface.functions.row)(&self.constants, xs, y, out);
    }

    /// What the model says that the surface is the loss of; none if it is no mean over data.
    pub fn prediction(&self) -> Option<Prediction> {
        self.surface.prediction
    }

    /// The gradient at `p` of each example's own loss, in their order, with the penalty in each, so
    /// that their mean is the surface's gradient; nothing if it is no mean over data.
    pub fn example_gradients(&self, p: Vector2<f64>) -> impl Iterator<Item = Vector2<f64>> + use<'_> {
        let mut one = self.clone();
        let count = self.examples().map_or(0, <[Row]>::len) as u32;
        (0..count).map(move |place| {
            one.take_examples(self, &[place]);
            one.value_gradient(p).gradient
        })
    }

    /// The examples that it is a mean over; none if it is no mean over data.
    pub fn examples(&self) -> Option<&[Row]> {
        match &self.constants.matter {
            SurfaceData::Examples(examples) => Some(examples),
            SurfaceData::None | SurfaceData::Formula(_) => None,
        }
    }

    /// Becomes the mean over some examples of `whole`, which are named by their places in it.
    pub(crate) fn take_examples(&mut self, whole: &Self, places: &[u32]) {
        let (SurfaceData::Examples(ours), Some(all)) = (&mut self.constants.matter, whole.examples()) else {
            return;
        };
        // What is remembered is the whole's.
        self.memo = Memo::default();
        // Once it is ours alone, its memory is used again.
        let taken = places.iter().filter_map(|place| all.get(*place as usize)).copied();
        if let Some(ours) = Arc::get_mut(ours) {
            ours.clear();
            ours.extend(taken);
        } else {
            *ours = Arc::new(taken.collect());
            // What is found here is not the whole's.
            self.critical = Arc::default();
        }
    }

    /// The known critical points.
    pub fn critical_points(&self) -> &[CriticalPoint] {
        self.critical.get_or_init(|| (self.surface.critical)(&self.constants))
    }
}
