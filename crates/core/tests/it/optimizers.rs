//! What holds for every optimizer of the table, and how the forms of one method hang together.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]
#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use nalgebra::Vector2;
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::surfaces;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::method::state::{MAX_SLOTS, State};
use thalweg_core::method::step::Input;
use thalweg_core::objective::derivatives::ValueGradient;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::stochastic_oracle::{EvaluationCounter, StochasticOracle};
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::param::{Kind, Scale};
use thalweg_core::spec::settings::{MAX_CHOICES, MAX_NUMBERS};
use thalweg_core::spec::value::Value;
use thalweg_testing::{finished, objective};

fn optimizer(name: &str, settings: &[(&str, Value)]) -> Chosen<Optimizer> {
    let mut chosen = Chosen::with_defaults(optimizers::find(name).expect(name));
    for (key, value) in settings {
        assert!(chosen.set(key, value.clone()), "{name}: {key} = {value:?}");
    }
    chosen
}

/// Makes `steps` steps, however far it goes: nothing stops the run.
fn drive(
    chosen: &Chosen<Optimizer>,
    objective: &Objective,
    start: Vector2<f64>,
    steps: u32,
) -> Vec<State<f64>> {
    let settings = chosen.prepare();
    let mut state = State::at(start);
    chosen.of.executor().start(&settings, &mut state);
    let mut states = vec![state];
    let scene = StochasticOracle::new(objective, Gradient::Exact, EvaluationCounter::default());
    for _ in 0..steps {
        let ValueGradient { value: loss, gradient } = objective.value_gradient(state.position);
        let input = Input { settings: &settings, lr: settings.numbers[0], loss, gradient, oracle: &scene };
        chosen.of.executor().step(&input, &mut state);
        state.step += 1;
        states.push(state);
    }
    states
}

/// The defaults, and the defaults with each switch and choice moved once.
fn variants(of: &'static Optimizer) -> Vec<Chosen<Optimizer>> {
    let defaults = Chosen::with_defaults(of);
    let mut variants = vec![defaults.clone()];
    for (index, param) in of.params.iter().enumerate() {
        let others = match param.kind {
            Kind::Number { .. }
            | Kind::Steps { .. }
            | Kind::Rule
            | Kind::Rate
            | Kind::Formula { .. }
            | Kind::Data { .. }
            | Kind::Path
            | Kind::Grid => Vec::new(),
            Kind::Switch { default } => vec![Value::Switch(!default)],
            Kind::Choice { alternatives } => (1..alternatives.len()).map(Value::Choice).collect(),
        };
        variants.extend(others.into_iter().map(|value| {
            let mut variant = defaults.clone();
            variant.values[index] = value;
            variant
        }));
    }
    variants
}

#[test]
fn descriptions_are_complete_and_consistent() {
    for (index, of) in optimizers::ALL.iter().enumerate() {
        let name = &of.name;
        assert!(optimizers::ALL[..index].iter().all(|other| other.name != *name), "two of {name}");
        for text in [name.as_ref(), &of.summary, &of.update().join("; "), &of.source] {
            assert!(!text.is_empty() && text.trim() == text && !text.contains("  ; "), "{name}: {text:?}");
        }
        let mut numbers = 0;
        for (index, param) in of.params.iter().enumerate() {
            let key = &param.key;
            assert!(of.params[..index].iter().all(|other| other.key != *key), "{name}: two of {key}");
            assert!(key != "lr" || index == 0, "{name}: lr comes first");
            assert!(param.accepts(&param.default_value()), "{name}: default of {key}");
            assert!(!param.doc.is_empty(), "{name}: {key} is not explained");
            if let Kind::Number { default, range, slider: (low, high), scale } = param.kind {
                assert_eq!(numbers, index, "{name}: numbers come before switches and choices");
                numbers += 1;
                assert!(low < high && (scale == Scale::Linear || low > 0.0), "{name}: slider of {key}");
                for end in [low, high] {
                    assert!(range.contains(end), "{name}: the slider of {key} ends at {end}");
                }
                let on_slider = (low..=high).contains(&default);
                assert!(on_slider, "{name}: the default of {key} is not on its slider");
            }
        }
        assert!(numbers <= MAX_NUMBERS && of.params.len() - numbers <= MAX_CHOICES, "{name}");
        assert!(of.slots.len() <= MAX_SLOTS, "{name}");
        for slot in of.slots.iter() {
            assert!(of.slots.iter().filter(|other| other.name == slot.name).count() == 1, "{name}");
            assert!(!slot.doc.is_empty(), "{name}: {} is not explained", slot.name);
        }
        if let Some(why) = of.theory.silence() {
            assert!(!why.is_empty(), "{name}");
        }
    }
}

#[test]
fn no_start_makes_a_step_panic() {
    // Enough to fill every memory and to come by every turn that waits for some steps; more would
    // only search lines among sines of 1e154 again.
    const STEPS: u32 = 20;
    let values = [0.0, -0.0, 1.0, -1.5, 5e-324, 1e-160, 1e154, -1e308, f64::INFINITY, f64::NAN];
    for surface in surfaces::ALL {
        let objective = Objective::new(&Chosen::with_defaults(*surface));
        for of in optimizers::ALL {
            for chosen in variants(of) {
                for x in values {
                    for y in [x, 0.0, 1e308, f64::NAN] {
                        drive(&chosen, &objective, Vector2::new(x, y), STEPS);
                    }
                }
            }
        }
    }
}

#[test]
fn a_run_is_the_same_every_time() {
    for name in ["Rosenbrock", "Saddle", "Quadratic"] {
        let problem = Problem::new(objective(name, &[]), Vector2::new(-0.7, 0.4), 200);
        for of in optimizers::ALL {
            for chosen in variants(of) {
                let bits = || -> Vec<_> {
                    let run = finished(&chosen, &problem);
                    let samples = run.trajectory().samples().iter();
                    samples.map(|s| [s.position.x, s.position.y, s.loss].map(f64::to_bits)).collect()
                };
                assert_eq!(bits(), bits(), "{} on {name}", of.name);
            }
        }
    }
}

/// At a critical point, with a gradient of exactly zero and nothing remembered, there is no reason
/// to move, whether the point is a minimum, a saddle, or has a singular Hessian.
#[test]
fn who_starts_on_a_critical_point_stays() {
    for (name, start) in [
        ("Saddle", [0.0, 0.0]),
        ("Quadratic", [0.0, 0.0]),
        ("Rosenbrock", [1.0, 1.0]),
        ("MonkeySaddle", [0.0, 0.0]),
    ] {
        let (objective, start) = (objective(name, &[]), Vector2::from(start));
        assert_eq!(objective.value_gradient(start).gradient, Vector2::zeros(), "{name}");
        for of in optimizers::ALL {
            for mut chosen in variants(of) {
                if name == "Rosenbrock" {
                    // Weight decay rightly pulls it to the origin.
                    let _ = chosen.set("weight_decay", Value::Number(0.0));
                }
                // Yogi's average of gradients begins with a number that is not a gradient.
                let _ = chosen.set("initial_accumulator", Value::Number(0.0));
                for state in drive(&chosen, &objective, start, 50) {
                    assert_eq!(state.position, start, "{} on {name}, step {}", of.name, state.step);
                }
            }
        }
    }
}

fn positions(chosen: &Chosen<Optimizer>, objective: &Objective) -> Vec<Vector2<f64>> {
    let states = drive(chosen, objective, Vector2::new(-1.2, 1.0), 300);
    states.into_iter().map(|state| state.position).collect()
}

fn assert_same_path(name: &str, left: &[Vector2<f64>], right: &[Vector2<f64>]) {
    assert_eq!(left.len(), right.len());
    for (step, (left, right)) in left.iter().zip(right).enumerate() {
        assert!((left - right).amax() <= 1e-11, "{name}, step {step}: {left} is not {right}");
    }
}

#[test]
fn the_forms_of_momentum_agree_while_the_rate_is_constant() {
    let objective = objective("Quadratic", &[]);
    let path = |lr, form, dampening| {
        let settings = [
            ("lr", Value::Number(lr)),
            ("form", Value::Choice(form)),
            ("dampening", Value::Number(dampening)),
            ("weight_decay", Value::Number(0.01)),
        ];
        positions(&optimizer("Momentum", &settings), &objective)
    };
    assert_same_path("Classical", &path(0.01, 1, 0.0), &path(0.01, 0, 0.0));
    assert_same_path("Classical, dampened", &path(0.01, 1, 0.4), &path(0.01, 0, 0.4));
    assert_same_path("Averaged", &path(0.1, 2, 0.0), &path(0.01, 0, 0.0));
}

/// PyTorch's x is Sutskever's x + βv (Sutskever et al. 2013, appendix A.1).
#[test]
fn the_forms_of_nesterov_are_one_path_seen_from_two_places() {
    let objective = objective("Rosenbrock", &[]);
    let settings =
        |form| [("lr", Value::Number(2e-4)), ("momentum", Value::Number(0.9)), ("form", Value::Choice(form))];
    let ball = drive(&optimizer("Nesterov", &settings(1)), &objective, Vector2::new(-1.2, 1.0), 300);
    let ahead: Vec<_> = ball.iter().map(|state| state.position + state.slots[0] * 0.9).collect();
    assert_same_path("Nesterov", &positions(&optimizer("Nesterov", &settings(0)), &objective), &ahead);
}

#[test]
fn methods_that_contain_others_reduce_to_them() {
    let objective = objective("Rosenbrock", &[]);
    let lr = || ("lr", Value::Number(5e-4));
    let still = || ("momentum", Value::Number(0.0));
    let plain = positions(&optimizer("GradientDescent", &[lr()]), &objective);
    for form in 0..3 {
        let momentum = optimizer("Momentum", &[lr(), still(), ("form", Value::Choice(form))]);
        assert_same_path("Momentum", &positions(&momentum, &objective), &plain);
    }
    for form in 0..2 {
        let nesterov = optimizer("Nesterov", &[lr(), still(), ("form", Value::Choice(form))]);
        assert_same_path("Nesterov", &positions(&nesterov, &objective), &plain);
    }
    for (nu, momentum) in [(0.0, 0.7), (1.0, 0.7), (0.7, 0.7)] {
        let momentum = || ("momentum", Value::Number(momentum));
        let qhm = positions(&optimizer("Qhm", &[lr(), momentum(), ("nu", Value::Number(nu))]), &objective);
        let averaged = ("form", Value::Choice(2));
        let other = match nu {
            0.0 => plain.clone(),
            1.0 => positions(&optimizer("Momentum", &[lr(), momentum(), averaged]), &objective),
            // Ma and Yarats, section 4.2: with nu = beta it is Nesterov's method.
            _ => {
                let lr = ("lr", Value::Number(5e-4 * (1.0 - 0.7)));
                positions(&optimizer("Nesterov", &[lr, momentum()]), &objective)
            }
        };
        assert_same_path("Qhm", &qhm, &other);
    }
    let forgetful = optimizer("Signum", &[lr(), ("momentum", Value::Number(0.0))]);
    let by_sign = positions(&optimizer("SignSgd", &[lr()]), &objective);
    assert_same_path("Signum", &positions(&forgetful, &objective), &by_sign);
    let same = [lr(), ("beta1", Value::Number(0.8)), ("beta2", Value::Number(0.8))];
    let signum = optimizer("Signum", &[lr(), ("momentum", Value::Number(0.8))]);
    assert_same_path(
        "Lion",
        &positions(&optimizer("Lion", &same), &objective),
        &positions(&signum, &objective),
    );
    let adam = positions(&optimizer("Adam", &[lr()]), &objective);
    let all = ("nu1", Value::Number(1.0));
    let qh_adam = optimizer("QhAdam", &[lr(), ("beta1", Value::Number(0.9)), all]);
    assert_same_path("QhAdam", &positions(&qh_adam, &objective), &adam);
    let adamw = optimizer("AdamW", &[lr(), ("weight_decay", Value::Number(0.0))]);
    assert_same_path("AdamW", &positions(&adamw, &objective), &adam);
    // Without memory of the gradients, RmsProp divides by nothing but the gradient's own size.
    let rms = optimizer("RmsProp", &[lr(), ("alpha", Value::Number(0.0)), ("eps", Value::Number(0.0))]);
    let steps = drive(&rms, &objective, Vector2::new(-1.2, 1.0), 20);
    for pair in steps.windows(2) {
        let moved = (pair[1].position - pair[0].position).map(f64::abs);
        assert!((moved - Vector2::repeat(5e-4)).amax() < 1e-15, "{moved}");
    }
}

/// Adam's switches against the formulas of the papers, written out plainly and in scalars, on
/// a bowl: a curved valley amplifies rounding, and only the reference data know how far to compare.
#[test]
fn the_switches_of_adam_are_the_papers_variants() {
    let objective = objective("Quadratic", &[]);
    let (lr, b1, b2, eps, decay) = (0.02, 0.8, 0.9, 1e-3, 0.02);
    for bias_correction in [false, true] {
        for amsgrad in [false, true] {
            for decoupled in [false, true] {
                if decoupled && !bias_correction {
                    continue;
                }
                let mut settings = vec![
                    ("lr", Value::Number(lr)),
                    ("beta1", Value::Number(b1)),
                    ("beta2", Value::Number(b2)),
                    ("eps", Value::Number(eps)),
                    ("weight_decay", Value::Number(decay)),
                    ("amsgrad", Value::Switch(amsgrad)),
                ];
                if !decoupled {
                    settings.push(("bias_correction", Value::Switch(bias_correction)));
                }
                let name = if decoupled { "AdamW" } else { "Adam" };
                let mut p = Vector2::new(-1.2, 1.0);
                let (mut m, mut v, mut top) = ([0.0_f64; 2], [0.0_f64; 2], [0.0_f64; 2]);
                let mut expected = vec![p];
                for t in 1..=300 {
                    let gradient = objective.value_gradient(p).gradient;
                    let (mut c1, mut c2) = (1.0, 1.0);
                    if bias_correction {
                        (c1, c2) = (1.0 - b1.powi(t), 1.0 - f64::powi(b2, t));
                    }
                    for i in 0..2 {
                        let mut g = gradient[i];
                        if decoupled {
                            p[i] -= lr * decay * p[i];
                        } else {
                            g += decay * p[i];
                        }
                        m[i] = b1 * m[i] + (1.0 - b1) * g;
                        v[i] = b2 * v[i] + (1.0 - b2) * g * g;
                        top[i] = v[i].max(top[i]);
                        let under = if amsgrad { top[i] } else { v[i] };
                        p[i] -= lr * (m[i] / c1) / ((under / c2).sqrt() + eps);
                    }
                    expected.push(p);
                }
                let found = positions(&optimizer(name, &settings), &objective);
                let what = format!("{name}, corrected: {bias_correction}, amsgrad: {amsgrad}");
                assert_same_path(&what, &found, &expected);
            }
        }
    }
}

/// Saddles attract Newton's method and repel its saddle-free kin; where both apply, they agree.
#[test]
fn newton_goes_to_saddles_and_saddle_free_newton_does_not() {
    let step = |name: &str, surface: &str, start: [f64; 2]| {
        let objective = objective(surface, &[]);
        drive(&optimizer(name, &[]), &objective, Vector2::from(start), 1)[1].position
    };
    assert_eq!(step("Newton", "Saddle", [1.5, 0.25]), Vector2::zeros());
    assert_eq!(step("SaddleFreeNewton", "Saddle", [1.5, 0.25]), Vector2::new(0.0, 0.5));
    for name in ["Newton", "SaddleFreeNewton"] {
        assert!(step(name, "Quadratic", [-2.5, 1.0]).amax() < 1e-15, "{name}");
    }
    // A singular Hessian without damping has no step: the run says so.
    let mut trough = Chosen::with_defaults(surfaces::find("QuadraticForm").expect("QuadraticForm"));
    for key in ["xx", "xy", "yy"] {
        assert!(trough.set(key, Value::Number(1.0)));
    }
    let after =
        drive(&optimizer("Newton", &[]), &Objective::new(&trough), Vector2::new(1.0, 0.0), 1)[1].position;
    assert!(!after.x.is_finite(), "{after}");
}
