//! Newton's method.

use crate::descent::Number;
use crate::descent::optimizer::{
    Best, Group, Input, Landscape, Method, Optimizer, Program, Recurrence, State, Theory,
};
use crate::descent::param::{Param, Range, Settings};
use crate::descent::scene::Evaluations;
use nalgebra::{Matrix2, Vector2};

/// Newton's method, damped by a step length and by a multiple of the identity (Levenberg,
/// Marquardt). It solves for a point where the gradient vanishes, whichever kind: saddles and
/// maxima attract it as minima do.
pub static NEWTON: Optimizer = Optimizer {
    name: "Newton",
    summary: "Jumps to where the local quadratic model is flat: a minimum, but a saddle or a maximum too.",
    update: "x ← x - α·(H + μI)⁻¹g",
    source: "Nocedal and Wright, Numerical Optimization (2006), sections 3.3 and 3.4; \
             Goodfellow et al., Deep Learning (2016), algorithm 8.8",
    group: Group::SecondOrder,
    params: &[Param::NEWTON_RATE, Param::DAMPING],
    slots: &[],
    program: Program::of::<Newton>(),
    theory: Theory::Linear(|settings, lambda| {
        let [lr, damping, ..] = settings.numbers;
        Recurrence::plain(1.0 - lr * (lambda / (lambda + damping)))
    }),
    best: Some(FULL_STEP),
    estimate: None,
};

/// A full, undamped step solves a quadratic at once.
pub(super) const FULL_STEP: Best = |_, _, _| Some(vec![("lr", 1.0), ("damping", 0.0)]);

pub(super) struct Newton;

impl Method for Newton {
    fn cost(_settings: &Settings<f64>, steps: u32) -> Evaluations {
        Evaluations { gradients: steps, hessians: steps, values: 0 }
    }

    #[inline(always)]
    fn step<T: Number, L: Landscape<T>>(input: &Input<'_, T, L>, state: &mut State<T>) {
        let [_, damping, ..] = input.settings.numbers;
        let hessian = input.landscape.hessian(state.position);
        state.position -= solve(&hessian, damping, input.gradient) * input.lr;
    }
}

/// (H + damping I)⁻¹ g for a symmetric H. Zero for a zero g, even where H is singular: who
/// stands on a critical point has arrived. Not finite where H is singular and g is not zero.
#[inline]
pub(super) fn solve<T: Number>(hessian: &Matrix2<T>, damping: T, gradient: Vector2<T>) -> Vector2<T> {
    let (xx, xy, yy) = (hessian.m11 + damping, hessian.m12, hessian.m22 + damping);
    // In units of the largest entry the determinant cannot overflow.
    let unit = xx.abs().maximum(xy.abs()).maximum(yy.abs());
    let (xx, xy, yy) = (xx / unit, xy / unit, yy / unit);
    let determinant = xx * yy - xy * xy;
    let (x, y) = (gradient.x / unit, gradient.y / unit);
    let step = Vector2::new((yy * x - xy * y) / determinant, (xx * y - xy * x) / determinant);
    let size = gradient.x.abs().maximum(gradient.y.abs());
    step.map(|step| size.select_less(T::of(SMALLEST), T::of(0.0), step))
}

/// The smallest number above zero, 2^-1074: nothing but zero is less in size.
const SMALLEST: f64 = f64::from_bits(1);

impl Param {
    /// The share of a full Newton step that is made.
    pub const NEWTON_RATE: Self = Self::number(
        "lr",
        "α",
        1.0,
        Range::POSITIVE,
        (1e-2, 2.5),
        "the share of the full Newton step that is made",
    )
    .named("step length")
    .log();
    /// Levenberg's and Marquardt's damping.
    pub const DAMPING: Self = Self::number(
        "damping",
        "μ",
        0.0,
        Range::NOT_NEGATIVE,
        (0.0, 10.0),
        "added to every curvature: shortens steps along flat directions",
    );
}
