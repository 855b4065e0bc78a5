//! What several optimizers share: their common settings, and the averages of the Adam family.

use crate::math::number::Number;
use crate::method::description::{Slot, SlotPresence};
use crate::method::state::State;
pub(super) use crate::method::theory::ADAPTIVE_THEORY;
use crate::spec::keys::ChoiceKey;
use crate::spec::param::Param;
use crate::spec::range::Range;
use nalgebra::Vector2;

impl Param {
    /// How much the weights shrink; none, until the method's words say how.
    pub(super) const WEIGHT_DECAY: Self = Self::number(
        "weight_decay",
        "w",
        0.0,
        Range::NOT_NEGATIVE,
        (0.0, 1.0),
        "how much the weights shrink",
    );
    /// L2 regularisation: the gradient of the penalty w|x|²/2 is added to the gradient.
    pub const WEIGHT_DECAY_L2: Self = Self::WEIGHT_DECAY.with_doc("L2 penalty: w·x is added to the gradient");
    /// The share of the last velocity that a step keeps.
    pub const MOMENTUM: Self = Self::number(
        "momentum",
        "β",
        0.9,
        Range::UNIT,
        (0.0, 0.999),
        "the share of the last velocity that is kept",
    );
    /// Decay rate of the average of gradients.
    pub const BETA1: Self = Self::number(
        "beta1",
        "β₁",
        0.9,
        Range::DECAY,
        (0.0, 0.999),
        "decay rate of the average of the gradients",
    )
    .named("decay rate");
    /// Decay rate of the average of squared gradients.
    pub const BETA2: Self = Self::number(
        "beta2",
        "β₂",
        0.999,
        Range::DECAY,
        (0.0, 0.9999),
        "decay rate of the average of the squared gradients",
    )
    .named("decay rate");
    /// The rate of a method that steps by signs: a length in its own right.
    pub const fn stride(default: f64) -> Self {
        Self::learning_rate(default)
            .with_doc("how far each coordinate moves in a step, however steep or flat it is")
    }
    /// The weight of the average in a step of the quasi-hyperbolic methods.
    pub const NU: Self = Self::number(
        "nu",
        "ν",
        0.7,
        Range::UNIT,
        (0.0, 1.0),
        "the weight of the averaged gradient in a step; the rest is the present gradient's",
    )
    .named("weight of the average");
    /// The small number that keeps a division finite.
    pub const EPS: Self = Self::number(
        "eps",
        "ε",
        1e-8,
        Range::NOT_NEGATIVE,
        (1e-16, 1.0),
        "keeps the division finite, and limits the step where gradients are tiny",
    )
    .named("epsilon")
    .log();
    /// Epsilon under the root instead of beside it.
    pub const EPS_INSIDE: Self =
        Self::switch("eps_inside", false, "whether ε is added under the root (optax, Keras), not beside it");
    /// Never let the divisor shrink.
    pub const AMSGRAD: Self =
        Self::switch("amsgrad", false, "whether to divide by the largest v so far (AMSGrad)");
}

/// Why the linear theory says nothing of methods that look at signs alone.
pub(super) const SIGN_THEORY: &str = "Only signs count: every step is α long along each coordinate, so the error falls by a fixed amount, not by a \
     factor, and (1 - αλ)^t does not apply. Near a minimum the path jumps to and fro across it, about α wide.";

/// The slots of Adam and its kin; the bias corrections' powers follow unnamed.
pub(super) const fn moment_slots(amsgrad: ChoiceKey) -> [Slot; 3] {
    [
        Slot::new("m", "m", "moving average of the gradient"),
        Slot::new("v", "v", "moving average of the squared gradient"),
        Slot::new("v_max", "v_max", "largest v so far (AMSGrad)").present(SlotPresence::IfOn(amsgrad)),
    ]
}

/// Where Adam's libraries differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MomentForm {
    /// AMSGrad keeps the largest v, and ε is beside the corrected root.
    PyTorch,
    /// AMSGrad keeps the largest corrected v.
    Optax,
    /// ε is beside the root before that is corrected: Kingma and Ba's ε̂.
    Keras,
}

/// The heart of Adam and AdamW: the two moving averages and their quotient.
pub(super) struct Moments<T> {
    pub beta1: T,
    pub beta2: T,
    pub eps: T,
    pub bias_correction: bool,
    pub amsgrad: bool,
    pub form: MomentForm,
}

impl<T: Number> Moments<T> {
    /// Feeds in a gradient and gives the step per unit of learning rate.
    #[inline(always)]
    pub fn step(&self, gradient: Vector2<T>, state: &mut State<T>) -> Vector2<T> {
        let Self { beta1, beta2, eps, .. } = *self;
        let one = T::of(1.0);
        let first_step = state.step == 0;
        let [m, v, v_max, powers, ..] = &mut state.slots;
        average(m, beta1, gradient);
        average(v, beta2, gradient.map(T::square));
        let (mut correction1, mut corrected, mut correction2) = (one, one, one);
        if self.bias_correction {
            let corrections = corrections(powers, beta1, beta2, first_step);
            (correction1, corrected, correction2) = (corrections.x, corrections.y, corrections.y.sqrt());
        }
        let mut scale = *v;
        if self.amsgrad {
            if self.form == MomentForm::Optax && self.bias_correction {
                scale = Vector2::new(v.x / corrected, v.y / corrected);
                correction2 = one;
            }
            *v_max = v_max.zip_map(&scale, T::maximum);
            scale = *v_max;
        }
        let none = T::of(0.0);
        let (within, beside) = if self.form == MomentForm::Keras { (eps, none) } else { (none, eps) };
        m.zip_map(&scale, |m, v| m / correction1 / ((v.sqrt() + within) / correction2 + beside))
    }
}

// What follows is compiled into the steps, and so is what they make of each coordinate: a closure is not, where it is
// longer than a line, and runs side by side would be without vectors there.

/// The quotients of two vectors' coordinates.
#[inline(always)]
pub(super) fn quotients<T: Number>(above: Vector2<T>, below: Vector2<T>) -> Vector2<T> {
    Vector2::new(above.x / below.x, above.y / below.y)
}

/// The roots of two averages of squares with ε beside the root, or under it.
#[inline(always)]
pub(super) fn roots<T: Number>(squares: Vector2<T>, eps: T, eps_inside: bool) -> Vector2<T> {
    let (x, y) = (squares.x, squares.y);
    if eps_inside {
        Vector2::new((x + eps).sqrt(), (y + eps).sqrt())
    } else {
        Vector2::new(x.sqrt() + eps, y.sqrt() + eps)
    }
}

/// Takes `fresh` into a moving average.
#[inline(always)]
pub(super) fn average<T: Number>(mean: &mut Vector2<T>, decay: T, fresh: Vector2<T>) {
    *mean = *mean * decay + fresh * (T::of(1.0) - decay);
}

/// What two moving averages that began at zero are divided by: 1 - βᵗ of each, t = 1 at the first
/// step. The powers βᵗ are carried along in `powers`.
#[inline(always)]
pub(super) fn corrections<T: Number>(
    powers: &mut Vector2<T>,
    beta1: T,
    beta2: T,
    first_step: bool,
) -> Vector2<T> {
    let one = T::of(1.0);
    if first_step {
        *powers = Vector2::new(one, one);
    }
    *powers = Vector2::new(forget(powers.x * beta1), forget(powers.y * beta2));
    powers.map(|power| one - power)
}

/// What multiplies m in a step of Adam and its kin, the correction of m included, from the averages
/// after the step: 1/((1 - β₁ᵗ)(√v̂ + ε)).
pub(super) fn moment_scales(v: Vector2<f64>, powers: Vector2<f64>, eps: f64) -> Vector2<f64> {
    let corrections = powers.map(|power| 1.0 - power);
    v.map(|v| 1.0 / (corrections.x * ((v / corrections.y).sqrt() + eps)))
}

/// Lets a power go to zero once 1 - power no longer sees it; left alone it would turn subnormal
/// after some thousand steps and make every further one slower.
#[inline(always)]
pub(super) fn forget<T: Number>(power: T) -> T {
    power.select_less(T::of(1e-30), T::of(0.0), power)
}
