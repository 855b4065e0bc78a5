//! What a loss surface is: one description, from which everything else is derived.

use super::critical_point::CriticalPoint;
use super::derivatives::{ValueGradient, ValueGradientHessian, ValueGradientLanes};
use super::differentiation::{curvature, mended, row, slope, value};
use super::loss_function::{Constants, LossFunction, SurfaceData};
use super::prediction::Prediction;
use super::view::View;
use super::watch::{Seen, Watch};
use crate::formula::parsed_formula::ParsedFormula;
use crate::math::dual::Dual;
use crate::math::number::Number;
use crate::math::series::Series;
use crate::math::simd;
use crate::math::simd::Task;
use crate::math::wide::{LANES, Lanes};
use crate::spec::chosen::Chosen;
use crate::spec::described::Described;
use crate::spec::param::{Kind, Param};
use nalgebra::Vector2;
use std::array::from_fn;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;

/// The questions that a surface answers, all derived from its one formula.
#[derive(Clone, Copy, Debug)]
pub struct SurfaceFunctions {
    pub(super) prepare: fn(Constants) -> Constants,
    pub(super) value: fn(&Constants, f64, f64) -> f64,
    pub(super) value_gradient: fn(&Constants, f64, f64) -> ValueGradient,
    /// Of the points of many runs at once, so that the call weighs little; written beside the points, where those of
    /// the points before are taken into the lowest. Gives as bits in which of the vectors something is outside the limits.
    pub(super) value_gradient_lanes: fn(&Constants, &mut [Box<ValueGradientLanes>], Watch) -> u32,
    /// Of a point of a few runs, for methods that look elsewhere than where they stand.
    pub(super) gradient_lanes: fn(&Constants, &Vector2<Lanes>) -> Vector2<Lanes>,
    pub(super) value_gradient_hessian: fn(&Constants, f64, f64) -> ValueGradientHessian,
    pub(super) row: fn(&Constants, &[f64], f64, &mut [f64]),
    /// The Taylor series of a function of x alone.
    pub(super) series: Option<fn(&Constants, f64) -> Series>,
    /// Value, gradient and Hessian, answered by somebody else's dual numbers.
    #[cfg(test)]
    pub(super) independent: fn(&Constants, f64, f64) -> ValueGradientHessian,
}

/// The question for f and its gradient at the points of many runs at once.
struct AskMany<'a, F>(&'a Constants, &'a mut [Box<ValueGradientLanes>], Watch, PhantomData<F>);

impl<F: LossFunction> Task for AskMany<'_, F> {
    type Output = u32;

    #[inline(always)]
    fn run(self) -> u32 {
        let Self(shared, slopes, watch, _) = self;
        // Copies that no number written in the loop can change, and nothing to drop: they stay in registers.
        let Constants { numbers, choices, derived, .. } = *shared;
        let own = ManuallyDrop::new(Constants { numbers, choices, derived, matter: SurfaceData::None });
        let constants = if F::HAS_MATTER { shared } else { &*own };
        let mut seen = Seen::NOTHING;
        for slope in slopes.iter_mut() {
            let slope = &mut **slope;
            let (at, lowest) = (slope.at, slope.lowest());
            let f = at_many::<F>(constants, &at);
            let (value, gradient) = (f.value, Vector2::from(f.slope));
            let square = seen.take(watch, (at, value, gradient));
            (slope.value, slope.gradient, slope.lowest) = (value, gradient, lowest);
            if watch.arrival > 0.0 {
                // At least the limit; what is not finite is left to whoever answers it anew, and so is the gradient
                // beside a value that is not.
                let (below, step) = (Lanes::of(watch.arrival.next_down()), Lanes::of(watch.step));
                let all = (square + value).map(f64::abs);
                let step = all.select_less(Lanes::of(f64::INFINITY), step, slope.last_above);
                slope.last_above = below.select_less(square, step, slope.last_above);
            }
        }
        if seen.is_marked(watch) { watch.marked(slopes) } else { 0 }
    }
}

/// The question for the gradient at a point of a few runs.
struct AskGradient<'a, F>(&'a Constants, &'a Vector2<Lanes>, PhantomData<F>);

impl<F: LossFunction> Task for AskGradient<'_, F> {
    type Output = (Lanes, Vector2<Lanes>);

    #[inline(always)]
    fn run(self) -> (Lanes, Vector2<Lanes>) {
        let f = at_many::<F>(self.0, self.1);
        (f.value, Vector2::from(f.slope))
    }
}

/// f and its gradient at a point of a few runs, with the vector instructions of who calls it. A page has one set of
/// instructions, and each surface once.
#[cfg_attr(not(target_arch = "wasm32"), inline(always))]
#[cfg_attr(target_arch = "wasm32", inline(never))]
fn at_many<F: LossFunction>(constants: &Constants, at: &Vector2<Lanes>) -> Dual<Lanes> {
    F::at(constants, Dual::x(at.x), Dual::y(at.y))
}

/// Answers anew in the lanes where the arithmetic gave what is not finite, as it is done for a point by itself; of
/// the vectors that are `marked`, gives those that still are.
#[cold]
fn mend_many<F: LossFunction>(
    constants: &Constants,
    slopes: &mut [Box<ValueGradientLanes>],
    watch: Watch,
    marked: u32,
) -> u32 {
    for (_, slope) in slopes.iter_mut().enumerate().filter(|(place, _)| marked >> place & 1 == 1) {
        let square = |slope: &ValueGradientLanes, lane: usize| {
            let [x, y] = [slope.gradient.x.0[lane], slope.gradient.y.0[lane]];
            x * x + y * y
        };
        // As it was left in `AskMany`.
        let unknown: [bool; LANES] = from_fn(|lane| !(square(slope, lane) + slope.value.0[lane]).is_finite());
        mend::<F>(constants, &slope.at, &mut slope.value, &mut slope.gradient);
        for lane in (0..LANES).filter(|lane| watch.arrival > 0.0 && unknown[*lane]) {
            let is_below = square(slope, lane) < watch.arrival;
            slope.last_above.0[lane] = if is_below { slope.last_above.0[lane] } else { watch.step };
        }
    }
    watch.marked(slopes)
}

/// Answers anew in the lanes where the arithmetic gave what is not finite.
#[inline]
fn mend<F: LossFunction>(
    constants: &Constants,
    at: &Vector2<Lanes>,
    value: &mut Lanes,
    gradient: &mut Vector2<Lanes>,
) {
    for lane in 0..LANES {
        let plain = ValueGradient { value: value.0[lane], gradient: gradient.map(|wide| wide.0[lane]) };
        let found = mended::<F>(constants, [at.x.0[lane], at.y.0[lane]], plain);
        value.0[lane] = found.value;
        (gradient.x.0[lane], gradient.y.0[lane]) = (found.gradient.x, found.gradient.y);
    }
}

impl SurfaceFunctions {
    /// Derives value, gradient and Hessian from the formula `F` by forward differentiation.
    pub const fn of<F: LossFunction>() -> Self {
        Self {
            prepare: F::prepare,
            value: value::<F>,
            value_gradient: slope::<F>,
            value_gradient_lanes: |constants, slopes, watch| match simd::dispatch(AskMany::<F>(
                constants,
                slopes,
                watch,
                PhantomData,
            )) {
                0 => 0,
                marked => mend_many::<F>(constants, slopes, watch, marked),
            },
            gradient_lanes: |constants, p| {
                let (mut value, mut gradient) = simd::dispatch(AskGradient::<F>(constants, p, PhantomData));
                mend::<F>(constants, p, &mut value, &mut gradient);
                gradient
            },
            #[cfg(test)]
            independent: super::num_dual_check::curvature::<F>,
            value_gradient_hessian: curvature::<F>,
            row: row::<F>,
            series: None,
        }
    }

    /// Derives what [`SurfaceFunctions::of`] does, and the Taylor series, for a formula that can be one of x alone.
    pub const fn of_curve<F: LossFunction>() -> Self {
        Self {
            series: Some(|constants, x| F::at(constants, Series::variable(x), Series::of(0.0))),
            ..Self::of::<F>()
        }
    }
}

/// The description of a family of loss surfaces.
#[derive(Debug)]
pub struct Surface {
    /// The name, as presets write it.
    pub name: &'static str,
    /// The name for people, as it is written in the middle of a sentence; empty where it is the name.
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub summary: &'static str,
    /// The formula as a person reads it.
    pub formula: &'static str,
    /// The formula line by line, each a name and what it is equal to in the language of formulas, where
    /// [`Surface::formula`] is no text of that language; the last line is the loss, of a mean over data the loss on one
    /// example (x₁, x₂, t). A test holds it against the loss itself.
    pub lines: &'static [(&'static str, &'static str)],
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
    /// The critical points in a part of the plane, of a surface whose known ones are those around the origin; none of one
    /// whose known points are all that matter.
    pub critical_in: fn(&Constants, View) -> Option<Vec<CriticalPoint>>,
    /// Whether it is a function of x alone, a curve: its critical points need not be given then. A typed function says
    /// so itself.
    pub is_univariate: bool,
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
    fn name(&self) -> &str {
        self.name
    }
    fn own_title(&self) -> &str {
        self.title
    }
    fn summary(&self) -> &str {
        self.summary
    }
    fn params(&self) -> &[Param] {
        self.params
    }
}

impl Surface {
    /// One that says nothing, for those that say little: `Surface { name, ..Surface::PLAIN }`. It is flat.
    pub const PLAIN: Self = Self {
        name: "",
        title: "",
        summary: "",
        formula: "",
        lines: &[],
        source: "",
        params: &[],
        view: View::square(1.0),
        start: [0.0, 0.0],
        critical: |_| Vec::new(),
        critical_in: |_, _| None,
        is_univariate: false,
        functions: SurfaceFunctions::of::<Flat>(),
        prediction: None,
    };

    /// What the axes are called: x and y, or the weights of a model.
    pub fn axes(&self) -> [&'static str; 2] {
        if self.is_mean() { ["w₁", "w₂"] } else { ["x", "y"] }
    }

    /// Whether it is a mean over data, so that a few examples show a part of it.
    pub fn is_mean(&self) -> bool {
        self.params.iter().any(|param| matches!(param.kind, Kind::Data { .. }))
    }
}

impl Chosen<Surface> {
    /// Whether it is a function of x alone.
    pub fn is_univariate(&self) -> bool {
        self.of.is_univariate || self.typed().is_some_and(ParsedFormula::is_univariate)
    }
}

/// Zero everywhere.
struct Flat;

impl LossFunction for Flat {
    #[inline(always)]
    fn at<T: Number>(_: &Constants, _: T, _: T) -> T {
        T::of(0.0)
    }
}
