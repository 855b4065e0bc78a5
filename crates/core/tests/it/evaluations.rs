//! That the tallies are true: what a run is said to have asked of the surface is what its method
//! needs, however the run was computed.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use nalgebra::{Matrix2, Vector2};
use serde_json::Value as Json;
use thalweg_core::catalogue::optimizers;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::method::oracle::Evaluations;
use thalweg_core::method::state::State;
use thalweg_core::method::step::Input;
use thalweg_core::objective::derivatives::ValueGradient;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::run::stochastic_oracle::{EvaluationCounter, StochasticOracle};
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_testing::{objective, variants};

fn optimizer(name: &str, settings: &[(&str, Value)]) -> Chosen<Optimizer> {
    let mut chosen = Chosen::with_defaults(optimizers::find(name).expect(name));
    for (key, value) in settings {
        assert!(chosen.set(key, value.clone()), "{name}: {key} = {value:?}");
    }
    chosen
}

/// (x² + y²)/2, where every number of a search can be told by hand.
fn round_bowl() -> Objective {
    objective("Quadratic", &[("lambda_min", 1.0), ("kappa", 1.0)])
}

fn run(chosen: &Chosen<Optimizer>, problem: &Problem) -> Run {
    let mut run = Run::new(chosen, problem);
    run.advance(problem, u32::MAX);
    run
}

fn asked(values: u32, gradients: u32, hessians: u32) -> Evaluations {
    Evaluations { values, gradients, hessians }
}

fn bits(state: &State<f64>) -> Vec<u64> {
    let numbers = state.slots.iter().chain([&state.position]);
    numbers.flat_map(|v| [v.x.to_bits(), v.y.to_bits()]).collect()
}

/// A method of fixed cost asks the surface for something, and uses what it is given or does not:
/// it does if poison in its place changes the state that it leaves. Sophia is given a Hessian more
/// often than it uses one, and has its own test.
#[test]
fn the_closed_form_is_what_a_step_asks_for_and_uses() {
    const STEPS: u32 = 40;
    let objective = objective("Rosenbrock", &[]);
    let mut tested = 0;
    for of in optimizers::ALL {
        for chosen in variants(of) {
            let settings = chosen.prepare();
            let cost = |step| of.executor().cost(&settings, step);
            if cost(0).is_none() {
                continue;
            }
            let mut state = State::at(Vector2::new(-1.2, 1.0));
            of.executor().start(&settings, &mut state);
            let scene = StochasticOracle::new(&objective, Gradient::Exact, EvaluationCounter::default());
            let elsewhere = StochasticOracle::new(&objective, Gradient::Exact, EvaluationCounter::default());
            let mut used = Evaluations::default();
            for step in 1..=STEPS {
                // Chebyshev's is for other surfaces: it soon leaves this one.
                if !state.position.iter().all(|x| x.abs() < 1e100) {
                    assert!(step > 5, "{}", of.name);
                    break;
                }
                let ValueGradient { value: loss, gradient } = objective.value_gradient(state.position);
                let step_with = |oracle, loss, gradient| {
                    let mut state = state;
                    let lr = settings.numbers[0] * 1e-3;
                    let input = Input { settings: &settings, lr, loss, gradient, oracle };
                    of.executor().step(&input, &mut state);
                    state
                };
                let next = step_with(&scene, loss, gradient);
                let differs = |other: &State<f64>| bits(other) != bits(&next);
                used.values += u32::from(differs(&step_with(&elsewhere, f64::NAN, gradient)));
                let poison = Vector2::repeat(f64::NAN);
                used.gradients += u32::from(differs(&step_with(&elsewhere, loss, poison)));
                state = next;
                state.step += 1;
                let seen = scene.evaluations();
                let mut expected =
                    asked(seen.values + used.values, seen.gradients + used.gradients, seen.hessians);
                if of.name == "Sophia" {
                    expected.hessians = cost(step).map_or(0, |cost| cost.hessians);
                }
                assert_eq!(cost(step), Some(expected), "{} {:?} after {step}", of.name, chosen.values);
            }
            assert_eq!(cost(0), Some(Evaluations::default()));
        }
        tested += 1;
    }
    assert!(tested >= 28, "{tested} methods have a fixed cost");
}

/// Where the curvature changes all the time, its average changes exactly when it is looked at.
#[test]
fn sophia_counts_the_looks_at_the_curvature() {
    let problem = Problem::new(objective("Rosenbrock", &[]), Vector2::new(-1.2, 1.0), 200);
    for interval in [1.0, 1.5, 2.0, 7.0, 9.9, 10.0, 1e9] {
        let sophia = optimizer("Sophia", &[("interval", Value::Number(interval))]);
        let run = run(&sophia, &problem);
        let mut looks = 0;
        let states: Vec<_> = run.states(&problem).collect();
        for (step, pair) in states.windows(2).enumerate() {
            looks += u32::from(pair[0].slots[1] != pair[1].slots[1]);
            let steps = step as u32 + 1;
            assert_eq!(run.evaluations(steps), asked(0, steps, looks), "every {interval} steps");
        }
    }
}

/// Each number by hand; see the comments.
#[test]
fn searches_on_a_round_bowl_ask_what_pencil_and_paper_do() {
    let counts = |name, settings: &[(&str, Value)], start: [f64; 2]| {
        let run = run(&optimizer(name, settings), &Problem::new(round_bowl(), Vector2::from(start), 4));
        [1, 2, 3, 4].map(|step| run.evaluations(step))
    };
    // ∇f at the start, given, and H there; both at the far end of the first interval, which is 1.5
    // times as long as Newton's guess; ∇f at the two places that tell whether the cubic
    // foretells; both at the minimum, which ends it. There nothing remains to be asked.
    let once = asked(0, 1 + 1 + 2 + 1, 1 + 1 + 1);
    assert_eq!(counts("SteepestDescent", &[], [0.25, 0.0]), [once; 4]);
    // From (1, 0) the first interval is only 0.5 long, and a second one has to be looked at.
    let twice = asked(0, 1 + (1 + 2) + (1 + 2) + 1, 1 + 1 + 1 + 1);
    assert_eq!(counts("SteepestDescent", &[], [1.0, 0.0]), [twice; 4]);
    // Armijo with α₀ = 4: x - 4x = -3x and -x are refused, 0 is taken. f at the start and at three.
    let armijo = [("line_search", Value::Choice(1)), ("alpha0", Value::Number(4.0))];
    let [first, second, third, _] = counts("SteepestDescent", &armijo, [1.0, 0.0]);
    assert_eq!(first, asked(1 + 3, 1, 0));
    // At the minimum f is known from the last trial; ∇f is new, and leads nowhere.
    assert_eq!([second, third], [asked(4, 2, 0); 2]);
    // ∇f, H and f at the start, f at the trial; then ∇f and H at the minimum.
    let newton = counts("NewtonArmijo", &[], [-2.5, 1.0]);
    assert_eq!(newton, [asked(2, 1, 1), asked(2, 2, 2), asked(2, 2, 2), asked(2, 2, 2)]);
    // f and ∇f at the start, then one trial a step, which scipy's first length makes a Wolfe point.
    let [first, second, ..] = counts("Bfgs", &[], [2.0, 0.0]);
    assert_eq!([first, second], [asked(2, 2, 0), asked(3, 3, 0)]);
    // The first trial of L-BFGS is 1/|g|₁ = 1/2 long in units of g: at x = 1, a Wolfe point.
    let [first, second, ..] = counts("Lbfgs", &[], [2.0, 0.0]);
    assert_eq!([first, second], [asked(2, 2, 0), asked(3, 3, 0)]);
}

/// Whole, in single steps, and in pieces with the other runners' turns between: one count.
#[test]
fn counts_never_fall_and_do_not_depend_on_how_the_run_was_computed() {
    const STEPS: u32 = 300;
    for surface in ["Rosenbrock", "Beale"] {
        for gradient in [Gradient::Exact, Gradient::Noise { sigma: 0.1, seed: 3 }] {
            let problem = Problem::new(objective(surface, &[]), Vector2::new(-1.2, 1.0), STEPS);
            for of in optimizers::ALL {
                for chosen in variants(of) {
                    let entry = RunSpec { optimizer: &chosen, schedule: None, gradient };
                    let mut whole = Run::new(entry, &problem);
                    whole.advance(&problem, u32::MAX);
                    for piece in [1, 7] {
                        let mut pieces = Run::new(entry, &problem);
                        while !pieces.is_done() {
                            pieces.advance(&problem, piece);
                        }
                        let what = format!("{} {:?} on {surface}, {gradient:?}", of.name, chosen.values);
                        for step in 0..=STEPS {
                            assert_eq!(whole.evaluations(step), pieces.evaluations(step), "{what}: {step}");
                        }
                    }
                    for step in 0..STEPS {
                        let (now, next) = (whole.evaluations(step), whole.evaluations(step + 1));
                        assert!(now.values <= next.values, "{}", of.name);
                        assert!(now.gradients <= next.gradients, "{}", of.name);
                        assert!(now.hessians <= next.hessians, "{}", of.name);
                        assert!(whole.cost(step) <= whole.cost(step + 1), "{}", of.name);
                    }
                }
            }
        }
    }
}

/// Without data a minibatch is the whole surface, and everything costs its count.
#[test]
fn the_cost_of_exact_gradients_is_their_count() {
    let problem = Problem::new(objective("Rosenbrock", &[]), Vector2::new(-1.2, 1.0), 50);
    let minibatch = Gradient::Minibatch { size: 8, seed: 1, replacement: false };
    for gradient in [Gradient::Exact, minibatch, Gradient::Noise { sigma: 0.1, seed: 3 }] {
        for of in optimizers::ALL {
            let chosen = Chosen::with_defaults(*of);
            let mut run = Run::new(RunSpec { optimizer: &chosen, schedule: None, gradient }, &problem);
            assert_eq!(run.cost(0), 0.0);
            run.advance(&problem, u32::MAX);
            for step in 0..=60 {
                assert_eq!(run.cost(step), run.evaluations(step).total() as f64, "{}", of.name);
            }
        }
    }
}

/// The rule: until the gradient's largest component is at most 1e-5, BFGS asks at most 1.3 times
/// as often as scipy's, whose counts are `nfev` and `njev`.
#[test]
fn bfgs_asks_about_as_often_as_scipys() {
    let data: Json = thalweg_testing::oracle("quasi_newton");
    let mut compared = 0;
    for case in data["cases"].as_array().expect("a list of cases") {
        let name = match case["surface"].as_str().expect("a name") {
            _ if case["optimizer"] != "scipy_BFGS" => continue,
            "rosenbrock" => "Rosenbrock",
            "beale" => "Beale",
            "himmelblau" => "Himmelblau",
            "six_hump" => "SixHumpCamel",
            "styblinski" => "StyblinskiTang",
            _ => continue,
        };
        let start: [f64; 2] = serde_json::from_value(case["x0"].clone()).expect("a start");
        let theirs = ["nfev", "njev"].map(|key| case["info"][key].as_u64().expect("a count"));
        let problem = Problem::new(objective(name, &[]), Vector2::from(start), 200);
        let run = run(&optimizer("Bfgs", &[]), &problem);
        let arrived = |p: Vector2<f64>| problem.objective.value_gradient(p).gradient.amax() <= 1e-5;
        let samples = run.trajectory().samples();
        let step = samples.iter().position(|sample| arrived(sample.position)).expect("it arrives");
        let ours = run.evaluations(step as u32);
        println!("{name}: {ours:?} {theirs:?}");
        for (ours, theirs) in [ours.values, ours.gradients].into_iter().zip(theirs) {
            assert!(f64::from(ours) <= 1.3 * theirs as f64, "{name}: {ours} beside {theirs}");
        }
        // Once arrived it soon has nothing left to try, and asks no more.
        let [late, last] = [150, 200].map(|step| run.evaluations(step));
        assert_eq!(late, last, "{name}");
        compared += 1;
    }
    assert_eq!(compared, 5);
}

/// On a quadratic the estimates tend to the inverse of the Hessian, and there is none before
/// anything is learnt.
#[test]
fn estimates_of_the_curvature_tend_to_the_inverse_hessian() {
    let bowl = objective("Quadratic", &[("kappa", 20.0), ("angle", 30.0)]);
    let problem = Problem::new(bowl, Vector2::new(-2.5, 1.0), 20);
    let hessian = problem.objective.value_gradient_hessian(problem.start).hessian;
    for of in optimizers::ALL {
        let chosen = Chosen::with_defaults(*of);
        let Some(estimate) = of.estimate else {
            assert!(!["Bfgs", "Lbfgs"].contains(&of.name.as_ref()));
            continue;
        };
        let run = run(&chosen, &problem);
        let off = |step| {
            let estimate = estimate(&run.state_at(&problem, step), run.settings())?;
            assert!((estimate - estimate.transpose()).amax() <= 1e-12 * estimate.amax());
            Some((estimate * hessian - Matrix2::identity()).norm())
        };
        assert_eq!(off(0), None, "{}", of.name);
        let errors: Vec<_> = (1..=20).map_while(off).collect();
        let best = errors.iter().copied().fold(f64::INFINITY, f64::min);
        println!("{}: {errors:?}", of.name);
        assert!(best < 1e-6, "{}: {errors:?}", of.name);
    }
}
