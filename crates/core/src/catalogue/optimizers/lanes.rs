//! A test of the core's promise: every step is generic over the number type, but for the stated
//! exceptions. Four starts at once, in a type of four lanes, give the same bits as one after the
//! other.

use super::{
    ALL, adabelief, adadelta, adagrad, adam, adamax, adamw, adan, barzilai_borwein, bfgs, chebyshev,
    conjugate_gradient, coordinate_descent, gradient_descent, lbfgs, lion, momentum, nadam, nesterov, newton,
    newton_armijo, polyak_step, qh_adam, qhm, radam, rms_prop, rprop, saddle_free_newton,
    schedule_free_adamw, schedule_free_sgd, sign_sgd, signum, sophia, steepest_descent, yogi,
};
use crate::math::number::Number;
use crate::math::wide::Wide;
use crate::method::oracle::Oracle;
use crate::method::state::{MAX_SLOTS, State};
use crate::method::step::{Input, Method};
use crate::run::optimizer::Optimizer;
use crate::spec::chosen::Chosen;
use crate::spec::param::Kind;
use crate::spec::settings::Settings;
use crate::spec::value::Value;
use nalgebra::{Matrix2, Vector2};

type Lanes = Wide<4>;

/// x⁴/4 + 3x²/2 + xy - y²/2 + y⁴/4: curved, coupled, with a saddle.
struct Hollow;

impl<T: Number> Oracle<T> for Hollow {
    fn value(&self, p: Vector2<T>) -> T {
        p.x.powi(4) / 4.0 + p.x.square() * 1.5 + p.x * p.y - p.y.square() / 2.0 + p.y.powi(4) / 4.0
    }
    fn gradient(&self, p: Vector2<T>) -> Vector2<T> {
        Vector2::new(p.x.powi(3) + p.x * 3.0 + p.y, p.x - p.y + p.y.powi(3))
    }
    fn hessian(&self, p: Vector2<T>) -> Matrix2<T> {
        let one = T::of(1.0);
        Matrix2::new(p.x.square() * 3.0 + 3.0, one, one, p.y.square() * 3.0 - 1.0)
    }
}

fn run<M: Method, T: Number>(settings: &Settings<T>, start: Vector2<T>) -> Vec<State<T>> {
    let zero = T::of(0.0);
    let mut state = State { position: start, slots: [Vector2::new(zero, zero); MAX_SLOTS], step: 0 };
    M::start(settings, &mut state);
    (0..40)
        .map(|_| {
            let (loss, gradient) = (Hollow.value(state.position), Hollow.gradient(state.position));
            let input = Input { settings, lr: settings.numbers[0], loss, gradient, oracle: &Hollow };
            M::step(&input, &mut state);
            state.step += 1;
            state
        })
        .collect()
}

/// Every combination of switches and choices, on top of numbers that differ from the neutral.
fn variants(optimizer: &'static Optimizer) -> Vec<Settings<f64>> {
    let mut chosen = vec![Chosen::with_defaults(optimizer)];
    for (index, param) in optimizer.params.iter().enumerate() {
        let values: Vec<_> = match param.kind {
            Kind::Number { default: 0.0, .. } => vec![Value::Number(0.0), Value::Number(0.03)],
            Kind::Number { default, .. } => vec![Value::Number(default)],
            Kind::Switch { .. } => vec![Value::Switch(false), Value::Switch(true)],
            Kind::Choice { alternatives } => (0..alternatives.len()).map(Value::Choice).collect(),
            Kind::Steps { .. } | Kind::Formula { .. } | Kind::Data { .. } => vec![param.default_value()],
        };
        chosen = values
            .iter()
            .flat_map(|value| {
                chosen.iter().cloned().map(|mut chosen| {
                    chosen.values[index] = value.clone();
                    chosen
                })
            })
            .collect();
    }
    chosen.iter().map(Chosen::prepare).collect()
}

fn same_in_lanes<M: Method>(optimizer: &'static Optimizer) -> &'static Optimizer {
    let starts = [[0.3, -1.2], [-2.0, 0.7], [0.0, 0.0], [1e-9, 3.0]];
    for settings in variants(optimizer) {
        let wide = Settings {
            numbers: settings.numbers.map(Lanes::of),
            choices: settings.choices,
            steps: settings.steps,
        };
        let start = Vector2::from_fn(|axis, _| Wide(starts.map(|start| start[axis])));
        let together = run::<M, Lanes>(&wide, start);
        for (lane, start) in starts.into_iter().enumerate() {
            let alone = run::<M, f64>(&settings, Vector2::from(start));
            for (wide, alone) in together.iter().zip(&alone) {
                let bits = |v: Vector2<f64>| [v.x.to_bits(), v.y.to_bits()];
                assert_eq!(
                    bits(wide.position.map(|wide| wide.0[lane])),
                    bits(alone.position),
                    "{} {settings:?} at {}",
                    optimizer.name,
                    alone.step
                );
            }
        }
    }
    optimizer
}

/// The exceptions, each for the same reason: a line search stops when it has found what it looks
/// for, which takes another number of trials in each lane. They run on plain `f64`
/// ([`ScalarMethod`](crate::method::step::ScalarMethod)), one runner after the other.
static SCALAR: &[&Optimizer] = &[
    &newton_armijo::NEWTON_ARMIJO,
    &bfgs::BFGS,
    &lbfgs::LBFGS,
    &steepest_descent::STEEPEST_DESCENT,
    &coordinate_descent::COORDINATE_DESCENT,
    &conjugate_gradient::CONJUGATE_GRADIENT,
];

#[test]
fn every_step_is_generic_over_the_number_type() {
    let tested = [
        same_in_lanes::<gradient_descent::GradientDescent>(&gradient_descent::GRADIENT_DESCENT),
        same_in_lanes::<momentum::Momentum>(&momentum::MOMENTUM),
        same_in_lanes::<nesterov::Nesterov>(&nesterov::NESTEROV),
        same_in_lanes::<qhm::Qhm>(&qhm::QHM),
        same_in_lanes::<polyak_step::PolyakStep>(&polyak_step::POLYAK_STEP),
        same_in_lanes::<schedule_free_sgd::ScheduleFreeSgd>(&schedule_free_sgd::SCHEDULE_FREE_SGD),
        same_in_lanes::<barzilai_borwein::BarzilaiBorwein>(&barzilai_borwein::BARZILAI_BORWEIN),
        same_in_lanes::<adagrad::AdaGrad>(&adagrad::ADA_GRAD),
        same_in_lanes::<adadelta::AdaDelta>(&adadelta::ADA_DELTA),
        same_in_lanes::<rms_prop::RmsProp>(&rms_prop::RMS_PROP),
        same_in_lanes::<adam::Adam>(&adam::ADAM),
        same_in_lanes::<adamw::AdamW>(&adamw::ADAM_W),
        same_in_lanes::<adamax::Adamax>(&adamax::ADAMAX),
        same_in_lanes::<nadam::NAdam>(&nadam::NADAM),
        same_in_lanes::<radam::RAdam>(&radam::RADAM),
        same_in_lanes::<adabelief::AdaBelief>(&adabelief::ADA_BELIEF),
        same_in_lanes::<yogi::Yogi>(&yogi::YOGI),
        same_in_lanes::<qh_adam::QhAdam>(&qh_adam::QH_ADAM),
        same_in_lanes::<adan::Adan>(&adan::ADAN),
        same_in_lanes::<schedule_free_adamw::ScheduleFreeAdamW>(&schedule_free_adamw::SCHEDULE_FREE_ADAM_W),
        same_in_lanes::<sign_sgd::SignSgd>(&sign_sgd::SIGN_SGD),
        same_in_lanes::<signum::Signum>(&signum::SIGNUM),
        same_in_lanes::<lion::Lion>(&lion::LION),
        same_in_lanes::<rprop::Rprop>(&rprop::RPROP),
        same_in_lanes::<newton::Newton>(&newton::NEWTON),
        same_in_lanes::<saddle_free_newton::SaddleFreeNewton>(&saddle_free_newton::SADDLE_FREE_NEWTON),
        same_in_lanes::<sophia::Sophia>(&sophia::SOPHIA),
        same_in_lanes::<chebyshev::Chebyshev>(&chebyshev::CHEBYSHEV),
    ];
    let expected: Vec<_> = ALL.iter().copied().filter(|of| !SCALAR.contains(of)).collect();
    assert_eq!(tested.as_slice(), expected, "an optimizer of the table is not tested here");
}
