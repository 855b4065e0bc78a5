//! Steps that are typed: the same bits as the built-in methods, whatever they are computed with.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use nalgebra::Vector2;
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::surfaces;
use thalweg_core::formula::program::{Program, Role};
use thalweg_core::formula::shape::Shape;
use thalweg_core::math::dual::Dual;
use thalweg_core::math::number::Number;
use thalweg_core::math::wide::Wide;
use thalweg_core::method::oracle::{Oracle, answer};
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;

const GIVEN: [(&str, Shape); 3] = [("x", Shape::Vector), ("g", Shape::Vector), ("t", Shape::Number)];

const MOMENTUM: &str = "m = beta*m + g; x = x - lr*m";

fn program(text: &str) -> Program {
    Program::parse(text, &GIVEN).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn rosenbrock() -> Objective {
    Objective::new(&Chosen::with_defaults(surfaces::find("Rosenbrock").expect("Rosenbrock")))
}

/// The positions of so many steps of a program.
fn positions<T: Number>(
    program: &Program,
    start: [T; 2],
    settings: impl Fn(&str) -> f64,
    steps: u32,
    gradient: impl Fn([T; 2]) -> [T; 2],
) -> Vec<[T; 2]> {
    let mut values = program.start(|name| T::of(settings(name)));
    let at = |name: &str| program.variable(name).map(|variable| variable.at);
    let x = at("x").expect("x is given");
    values[x..x + 2].copy_from_slice(&start);
    (1..=steps)
        .map(|step| {
            let position = [values[x], values[x + 1]];
            if let Some(g) = at("g") {
                values[g..g + 2].copy_from_slice(&gradient(position));
            }
            if let Some(t) = at("t") {
                values[t] = T::of(f64::from(step));
            }
            program.run(&mut values, |_, point| {
                let [x, y] = gradient(point);
                [x, y, T::of(0.0)]
            });
            [values[x], values[x + 1]]
        })
        .collect()
}

/// The recorded positions of a built-in method on Rosenbrock's valley.
fn recorded(name: &str, settings: &[(&str, f64)], steps: u32) -> Vec<[f64; 2]> {
    let mut chosen = Chosen::with_defaults(optimizers::find(name).expect(name));
    for (key, value) in settings {
        assert!(chosen.set(key, Value::Number(*value)), "{name}: {key}");
    }
    let problem = Problem::new(rosenbrock(), Vector2::new(-1.2, 1.0), steps);
    let mut run = Run::new(&chosen, &problem);
    run.advance(&problem, u32::MAX);
    (1..=steps).map(|step| run.state_at(&problem, step).position.into()).collect()
}

fn gradient([x, y]: [f64; 2]) -> [f64; 2] {
    Oracle::gradient(&rosenbrock(), Vector2::new(x, y)).into()
}

#[test]
fn typed_momentum_has_the_bits_of_the_built_in() {
    let settings = |name: &str| if name == "β" { 0.9 } else { 1e-3 };
    let typed = positions(&program(MOMENTUM), [-1.2, 1.0], settings, 100, gradient);
    assert_eq!(typed, recorded("Momentum", &[("lr", 1e-3), ("momentum", 0.9)], 100));
}

/// Look-ahead gradients are asked by the program itself, and Adam's averages count with the steps.
#[test]
fn other_typed_methods_follow_the_built_in_ones() {
    let near = |typed: &[[f64; 2]], built_in: &[[f64; 2]], what: &str| {
        assert_eq!(typed.len(), built_in.len());
        for (a, b) in typed.iter().zip(built_in) {
            let far = (a[0] - b[0]).abs().max((a[1] - b[1]).abs());
            assert!(far <= 1e-12, "{what}: {a:?} is not {b:?}");
        }
    };
    let adam = "m = beta1*m + (1 - beta1)*g\n\
                v = beta2*v + (1 - beta2)*g^2\n\
                m_hat = m/(1 - beta1^t)\n\
                v_hat = v/(1 - beta2^t)\n\
                x = x - lr*m_hat/(sqrt(v_hat) + eps)";
    let settings = |name: &str| match name {
        "β₁" => 0.9,
        "β₂" => 0.999,
        "ε" => 1e-8,
        _ => 1e-3,
    };
    let built_in = recorded("Adam", &[("lr", 1e-3)], 100);
    near(&positions(&program(adam), [-1.2, 1.0], settings, 100, gradient), &built_in, "Adam");
    let printed =
        "m ← β₁·m + (1 - β₁)·g; v ← β₂·v + (1 - β₂)·g²; x ← x - lr·(m/(1 - β₁^t))/(√(v/(1 - β₂^t)) + ε)";
    near(&positions(&program(printed), [-1.2, 1.0], settings, 100, gradient), &built_in, "Adam, printed");

    let signs = "u = sign(g); x = x - lr*u";
    let built_in = recorded("SignSgd", &[("lr", 1e-3)], 100);
    near(&positions(&program(signs), [-1.2, 1.0], |_| 1e-3, 100, gradient), &built_in, "SignSGD");

    let ahead = "x = x - lr*grad(x + 0*x)";
    let built_in = recorded("GradientDescent", &[("lr", 1e-3)], 100);
    near(&positions(&program(ahead), [-1.2, 1.0], |_| 1e-3, 100, gradient), &built_in, "asked by itself");
}

/// Each lane has the bits that it would have alone.
#[test]
fn a_program_runs_side_by_side() {
    let text = "s = dot(g, g); r = r + s; m = beta*m + g if s > 20 else 0.5*m; \
                x = x - lr*m/sqrt(r) if x < 0 else x - 0.1*lr*sign(g)";
    let program = program(text);
    let settings = |name: &str| if name == "β" { 0.9 } else { 1e-1 };
    let starts = [[-1.2, 1.0], [0.5, 2.0], [-0.3, -0.7], [1.5, -1.0]];
    let wide: [Wide<4>; 2] = [0, 1].map(|coordinate| Wide(starts.map(|start| start[coordinate])));
    let side_by_side = positions(&program, wide, settings, 50, |[x, y]| {
        let each = [0, 1, 2, 3].map(|lane| gradient([x.0[lane], y.0[lane]]));
        [0, 1].map(|coordinate| Wide(each.map(|gradient| gradient[coordinate])))
    });
    for (lane, start) in starts.into_iter().enumerate() {
        let alone = positions(&program, start, settings, 50, gradient);
        let lane: Vec<_> = side_by_side.iter().map(|point| point.map(|wide| wide.0[lane])).collect();
        assert_eq!(lane, alone, "from {start:?}");
    }
}

/// Derivatives by the start go through a step: on x² + 3y² by gradient descent, factors of 1 - 2α and 1 - 6α.
#[test]
fn a_program_carries_derivatives() {
    let start = [Dual::x(2.0), Dual::y(-1.0)];
    let steps = positions(&program("x = x - lr*g"), start, |_| 0.25, 2, |[x, y]| [x * 2.0, y * 6.0]);
    let [x, y] = steps[1];
    assert_eq!((x.value, x.slope), (0.5, [0.25, 0.0]));
    assert_eq!((y.value, y.slope), (-0.25, [0.0, 0.25]));
}

#[test]
fn names_are_sorted_by_where_their_values_come_from() {
    let program =
        program("v = beta2*v + (1 - beta2)*g^2; n = n + 1; B = B + g*g^T; u = v; x = x - lr*u/n + 0*e1");
    let found: Vec<_> = program
        .variables()
        .iter()
        .map(|variable| (variable.name.as_str(), variable.role, variable.shape))
        .collect();
    let wanted = [
        ("x", Role::Given, Shape::Vector),
        ("g", Role::Given, Shape::Vector),
        ("t", Role::Given, Shape::Number),
        ("β₂", Role::Constant, Shape::Number),
        ("v", Role::State, Shape::Vector),
        ("n", Role::State, Shape::Number),
        ("B", Role::State, Shape::Matrix),
        ("lr", Role::Constant, Shape::Number),
    ];
    assert_eq!(found, wanted);
    assert_eq!(program.width(), 2 + 2 + 1 + 1 + 2 + 1 + 4 + 1);
    assert_eq!(program.variable("beta2").map(|variable| variable.at), Some(5));
    assert_eq!(program.assignments().len(), 5);
}

/// What is kept is as wide as what is put there, also where that depends on what else is kept.
#[test]
fn kinds_are_found_through_each_other() {
    let shape = |text: &str, name: &str| program(text).variable(name).map(|variable| variable.shape);
    assert_eq!(shape("a = b; b = c; c = g", "b"), Some(Shape::Vector));
    assert_eq!(shape("a = max(a, abs(g)); x = a", "a"), Some(Shape::Vector));
    assert_eq!(shape("a = 0 if t = 1 else a; a = a + g; x = a", "a"), Some(Shape::Vector));
    assert_eq!(shape("k = k + 1; x = x/k", "k"), Some(Shape::Number));
    assert_eq!(shape("s = max(s, norm(g)); x = x/s", "s"), Some(Shape::Number));
}

#[test]
fn what_is_wrong_with_a_program_is_told_by_character() {
    for (text, at, length, words) in [
        ("", 0, 0, "there is no step"),
        (" ; ;", 4, 0, "there is no step"),
        ("x", 1, 0, "`=` is missing"),
        ("x - lr*g", 2, 1, "`=` is missing"),
        ("m = g; x += m", 9, 1, "write `x = x + ...`"),
        ("3 = x", 0, 1, "begins no assignment"),
        ("m = g; = x", 7, 1, "begins no assignment"),
        ("sqrt = x", 0, 4, "is a function"),
        ("if = x", 0, 2, "is no name"),
        ("x = ", 4, 0, "missing after `=`"),
        ("x = g; m = ", 11, 0, "missing after `=`"),
        ("m = g x = m", 6, 1, "`;` is missing before `x`"),
        ("x = m = g", 6, 1, "second `=`"),
        ("x = x - lr*(g; m = g", 13, 1, "cannot follow"),
        ("x = x - lr*g)", 12, 1, "closes nothing"),
        ("m = g; x = x - sqr(m)", 15, 3, "did you mean `sqrt`"),
        ("v = v + g*g; x = x - v", 9, 1, "two vectors"),
        ("m = g; x = x - m*m", 16, 1, "two vectors"),
        ("x = g*g^T", 0, 1, "`x` is a vector, and this would make it a matrix"),
        ("t = g", 0, 1, "`t` is a number, and this would make it a vector"),
        ("m = g^T; x = x", 0, 1, "only numbers, vectors and matrices are kept"),
        ("x = x + hess(x)", 6, 1, "a sum of a vector and a matrix"),
        ("a_long_name_of_17 = 1", 0, 17, "at most 16"),
        ("x = x $ 2", 6, 1, "not allowed"),
        ("x = x;\ny & 2", 9, 1, "not allowed"),
    ] {
        let error = Program::parse(text, &GIVEN).expect_err(text);
        assert_eq!((error.at, error.length), (at, length), "{text}: {error}");
        assert!(error.message.contains(words), "{text}: {error}");
    }
    let long = "x = x + 1;\n".repeat(200);
    let error = Program::parse(&long, &GIVEN).expect_err("too long");
    assert!(error.message.contains("at most 2000"), "{error}");
}

/// A program without what it asks the surface for is NaN, not something else; the surface's answers count.
#[test]
fn a_program_asks_the_surface() {
    let program = program("H = hess(x); x = x - H^-1*g if H >> 0 else x - lr*g");
    let objective = Objective::new(&Chosen::with_defaults(surfaces::find("Quadratic").expect("Quadratic")));
    let mut values = program.start(|_| 0.1);
    let gradient = Oracle::gradient(&objective, Vector2::new(3.0, -2.0));
    let at = |name: &str| program.variable(name).expect("a name").at;
    let (x, g) = (at("x"), at("g"));
    values[x..x + 2].copy_from_slice(&[3.0, -2.0]);
    values[g..g + 2].copy_from_slice(gradient.as_slice());
    program.run(&mut values, |question, point| answer(&objective, question, point));
    assert!(
        values[x].abs() < 1e-15 && values[x + 1].abs() < 1e-15,
        "Newton's step leads to the minimum: {values:?}"
    );
}
