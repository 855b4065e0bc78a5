//! RMSProp.

use super::common::{ADAPTIVE_THEORY, quotients, roots};
use super::lines::{EFFECTIVE, GRADIENT};
use crate::math::number::Number;
use crate::method::description::{Description, Group, Lines, Slot, SlotPresence};
use crate::method::oracle::Oracle;
use crate::method::state::State;
use crate::method::step::{Input, Method};
use crate::method::theory::{FrozenPreconditioner, Theory};
use crate::method::update_equation::UpdateEquation;
use crate::run::method_executor::EveryNumber;
use crate::run::optimizer::Optimizer;
use crate::spec::keys::{ChoiceKey, NumberKey};
use crate::spec::param::Param;
use crate::spec::range::Range;
use crate::spec::settings::Settings;
use nalgebra::Vector2;
use std::borrow::Cow;

/// What it can be told.
const PARAMS: &[Param] = &[
    Param::learning_rate(1e-2),
    Param::number(
        "alpha",
        "ρ",
        0.99,
        Range::DECAY,
        (0.0, 0.9999),
        "decay rate of the average of the squared gradients",
    ),
    Param::EPS,
    Param::MOMENTUM.with_default(0.0),
    Param::number(
        "initial_accumulator",
        "s₀",
        0.0,
        Range::NOT_NEGATIVE,
        (0.0, 1.0),
        "what the average of the squared gradients begins with (optax: initial_scale)",
    )
    .named("initial average"),
    Param::switch("centered", false, "whether to divide by the gradients' spread instead of their size"),
    Param::EPS_INSIDE,
    Param::switch(
        "nesterov",
        false,
        "whether the step looks ahead: with momentum, by the buffer's next part (optax)",
    ),
];
const MOMENTUM: NumberKey = NumberKey::of(PARAMS, "momentum");
const EPS: NumberKey = NumberKey::of(PARAMS, "eps");
const ALPHA: NumberKey = NumberKey::of(PARAMS, "alpha");
const CENTERED: ChoiceKey = ChoiceKey::of(PARAMS, "centered");
const EPS_INSIDE: ChoiceKey = ChoiceKey::of(PARAMS, "eps_inside");
const NESTEROV: ChoiceKey = ChoiceKey::of(PARAMS, "nesterov");
const INITIAL: NumberKey = NumberKey::of(PARAMS, "initial_accumulator");
/// What it remembers.
const SLOTS: &[Slot] = &[
    Slot::new("s", "s", "moving average of the squared gradient"),
    Slot::new("g_avg", "g_avg", "moving average of the gradient (centred)")
        .present(SlotPresence::IfOn(CENTERED)),
    Slot::new("B", "B", "momentum buffer").present(SlotPresence::IfNotZero(MOMENTUM)),
];
const _: () = assert!(Slot::are(SLOTS, &["s", "g_avg", "B"]), "the steps below take the slots in this order");

/// Hinton's RMSProp, as `torch.optim.RMSprop`. With `eps_inside` it is optax's and Keras's rule:
/// ε under the root, and the learning rate inside the momentum's buffer, so that under a schedule
/// old pushes keep the rate they were made with. With `nesterov` a step goes on by β·B + this push, as optax's `trace`.
///
/// Centred, the variance s - ḡ² is not clamped: rounding can take it below zero, and the run then
/// ends with a position that is not a number, as the libraries' do.
pub static RMS_PROP: Optimizer = Optimizer::built_in(
    Description {
        name: Cow::Borrowed("RmsProp"),
        title: Cow::Borrowed("RMSProp"),
        summary: Cow::Borrowed(
            "Each coordinate's step is divided by a running root mean square of its gradients.",
        ),
        lines: Lines::Chosen(|settings| {
            let momentum = settings[MOMENTUM];
            let (centered, eps_inside) = (settings[CENTERED], settings[EPS_INSIDE]);
            let mut lines = vec![
                GRADIENT,
                UpdateEquation::each("s", "ρ·s + (1 - ρ)·g²", "moving average of the squared gradient"),
            ];
            if centered == 1 {
                lines.push(UpdateEquation::direction(
                    "g_avg",
                    "ρ·g_avg + (1 - ρ)·g",
                    "moving average of the gradient",
                ));
            }
            // What α multiplies decides which of the two rates is there to be told.
            let in_buffer = momentum == 0.0 || eps_inside == 1;
            let (name, says) = if in_buffer { ("η", EFFECTIVE) } else { ("D", SCALE) };
            let rate = match (in_buffer, centered, eps_inside) {
                (true, 1, 1) => "α/√(s - g_avg² + ε)",
                (true, 1, _) => "α/(√(s - g_avg²) + ε)",
                (true, _, 1) => "α/√(s + ε)",
                (true, ..) => "α/(√s + ε)",
                (_, 1, _) => "1/(√(s - g_avg²) + ε)",
                _ => "1/(√s + ε)",
            };
            lines.push(UpdateEquation::each(name, rate, says));
            let (x, next) = ("x", "the next position");
            let ahead = settings[NESTEROV] == 1;
            lines.extend(match (momentum == 0.0, eps_inside) {
                (true, _) => vec![UpdateEquation::point(x, "x - η⊙g", next)],
                (_, 1) => vec![
                    UpdateEquation::displacement(
                        "B",
                        "β·B + η⊙g",
                        "momentum's buffer: old steps go on in part",
                    ),
                    UpdateEquation::point(x, if ahead { "x - (β·B + η⊙g)" } else { "x - B" }, next),
                ],
                _ => vec![
                    UpdateEquation::direction(
                        "B",
                        "β·B + D⊙g",
                        "momentum's buffer: old pushes go on in part",
                    ),
                    UpdateEquation::point(x, if ahead { "x - α·(β·B + D⊙g)" } else { "x - α·B" }, next),
                ],
            });
            lines
        }),
        source: Cow::Borrowed(
            "Tieleman and Hinton, Coursera lecture 6.5 (2012); centred: Graves, arXiv:1308.0850 (2013), \
             section 4.2; Goodfellow et al., Deep Learning (2016), algorithm 8.5",
        ),
        group: Group::Adaptive,
        params: Cow::Borrowed(PARAMS),
        slots: Cow::Borrowed(SLOTS),
        theory: Theory::Preconditioned {
            frozen: |stride| {
                let (eps, momentum) = (stride.settings[EPS], stride.settings[MOMENTUM]);
                let (centered, eps_inside) = (stride.settings[CENTERED], stride.settings[EPS_INSIDE]);
                let [square, mean, ..] = stride.after.slots;
                let spread = if centered == 1 { square - mean.component_mul(&mean) } else { square };
                let root = |s: f64| if eps_inside == 1 { (s + eps).sqrt() } else { s.sqrt() + eps };
                let scales = spread.map(|s| 1.0 / root(s));
                let (average, fresh) =
                    if stride.settings[NESTEROV] == 1 { (momentum, 1.0) } else { (1.0, 0.0) };
                Some(FrozenPreconditioner {
                    memory: momentum,
                    average,
                    fresh,
                    ..FrozenPreconditioner::plain(scales)
                })
            },
            why: ADAPTIVE_THEORY,
        },
        ..Description::PLAIN
    },
    &EveryNumber(RmsProp),
);

/// What the rate of each coordinate is where α comes later.
const SCALE: &str = "one over the size of recent gradients, for each coordinate";

#[derive(Debug)]
struct RmsProp;

impl Method for RmsProp {
    fn start<T: Number>(&self, settings: &Settings<T>, state: &mut State<T>) {
        let initial = settings[INITIAL];
        state.slots[0] = Vector2::new(initial, initial);
    }

    #[inline(always)]
    fn step<T: Number, L: Oracle<T>>(&self, input: &Input<'_, T, L>, state: &mut State<T>) {
        let (alpha, eps, momentum) = (input.settings[ALPHA], input.settings[EPS], input.settings[MOMENTUM]);
        let (centered, eps_inside) = (input.settings[CENTERED], input.settings[EPS_INSIDE]);
        let eps_inside = eps_inside == 1;
        let fresh = T::of(1.0) - alpha;
        let gradient = input.gradient;
        let [square, mean, buffer, ..] = &mut state.slots;
        *square = square.zip_map(&gradient, |s, g| s * alpha + g * g * fresh);
        let mut spread = *square;
        if centered == 1 {
            *mean = *mean * alpha + gradient * fresh;
            spread = spread.zip_map(mean, |s, m| s - m * m);
        }
        let push = quotients(gradient, roots(spread, eps, eps_inside));
        let ahead = input.settings[NESTEROV] == 1;
        if eps_inside {
            let push = push * input.lr;
            *buffer = *buffer * momentum + push;
            state.position -= if ahead { *buffer * momentum + push } else { *buffer };
        } else {
            *buffer = *buffer * momentum + push;
            let step = if ahead { *buffer * momentum + push } else { *buffer };
            state.position -= step * input.lr;
        }
    }
}
