//! Every optimizer, surface, schedule and lesson as programs that Python runs, where it is there.

#![allow(clippy::expect_used, reason = "a test's helpers may fail the test")]

use super::python::is_there;
use super::trajectories::{RunnerCase, check};
use std::sync::Arc;
use thalweg_code::Language;
use thalweg_core::catalogue::{optimizers, schedules, surfaces, typed_rule, typed_schedule};
use thalweg_core::formula::parsed_rate::ParsedRate;
use thalweg_core::formula::parsed_rule::ParsedRule;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::param::Kind;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{PRESETS, Runner, Scenario, parse};
use thalweg_testing::{modifier_lists, variants_with_numbers};

fn for_each(cases: &[RunnerCase]) {
    for language in Language::ALL {
        if is_there(language) {
            check(cases, language);
        }
    }
}

/// A surface of the table, and a race of so many steps on it.
fn race(surface: &str, steps: u32) -> Scenario {
    let mut scenario = Scenario::new(surfaces::find(surface).expect("a surface"));
    scenario.steps = steps;
    scenario
}

/// What is short enough a step that the runs stay tame.
fn tame(optimizer: &mut Chosen<thalweg_core::Optimizer>, lr: f64) {
    let is_length = ["Newton", "SaddleFreeNewton"].contains(&optimizer.of.name.as_ref());
    if !is_length {
        let _ = optimizer.set("lr", Value::Number(lr));
    }
    let _ = optimizer.set("max_lr", Value::Number(lr));
}

#[test]
fn every_optimizer_makes_the_same_steps_in_python() {
    let mut cases = Vec::new();
    for (surface, lr, steps) in [("Quadratic", 0.004, 60), ("Rosenbrock", 5e-4, 60), ("Plateau", 0.05, 60)] {
        let mut scenario = race(surface, steps);
        let _ = scenario.surface.set("angle", Value::Number(30.0));
        for of in optimizers::ALL {
            for (index, mut optimizer) in variants_with_numbers(of).into_iter().enumerate() {
                // All variants on one surface, and the plain one on the others.
                if index > 0 && surface != "Quadratic" {
                    continue;
                }
                tame(&mut optimizer, lr);
                let mut runner = Runner::new(optimizer, 0);
                runner.label = format!("{} {index}", of.name);
                cases.push(RunnerCase::of(surface, &scenario, &runner));
            }
        }
    }
    for_each(&cases);
}

/// Under modifiers, too: as the libraries have them, or line by line.
#[test]
fn modifiers_do_the_same_in_python() {
    let mut cases = Vec::new();
    for (surface, lr) in [("Quadratic", 0.004), ("Rosenbrock", 5e-4)] {
        let scenario = race(surface, 30);
        for (index, list) in modifier_lists().into_iter().enumerate() {
            for name in ["Momentum", "Adam", "Nesterov", "RmsProp", "Newton", "ScheduleFreeSgd"] {
                let mut optimizer = Chosen::with_defaults(optimizers::find(name).expect("an optimizer"));
                tame(&mut optimizer, lr);
                let mut runner = Runner::new(optimizer.under(&list), 0);
                runner.label = format!("{name} under list {index}");
                cases.push(RunnerCase::of(surface, &scenario, &runner));
                if let Some(schedule) = schedules::find("Cosine").filter(|_| name == "Adam") {
                    runner.schedule = Chosen::with_defaults(schedule);
                    runner.label.push_str(", scheduled");
                    cases.push(RunnerCase::of(surface, &scenario, &runner));
                }
            }
        }
    }
    for_each(&cases);
}

#[test]
fn every_surface_is_the_same_in_python() {
    let mut cases = Vec::new();
    for &surface in surfaces::ALL {
        let mut scenarios = vec![race(surface.name, 60)];
        if surface.is_mean() {
            let mut other = race(surface.name, 60);
            let _ = other.surface.set("standardize", Value::Switch(true));
            let _ = other.surface.set("l2", Value::Number(0.05));
            scenarios.push(other);
        } else {
            let mut other = race(surface.name, 60);
            for param in surface.params {
                if let Kind::Number { default, slider: (low, high), .. } = param.kind {
                    let _ = other.surface.set(&param.key, Value::Number(default + 0.07 * (high - low)));
                }
            }
            scenarios.push(other);
        }
        for scenario in scenarios {
            for (name, lr) in
                [("GradientDescent", 1e-5), ("Adam", 0.02), ("Newton", 0.5), ("SteepestDescent", 0.0)]
            {
                let mut optimizer = Chosen::with_defaults(optimizers::find(name).expect("an optimizer"));
                let _ = optimizer.set("lr", Value::Number(lr));
                cases.push(RunnerCase::of(surface.name, &scenario, &Runner::new(optimizer, 0)));
            }
        }
    }
    for_each(&cases);
}

#[test]
fn typed_functions_are_the_same_in_python() {
    let mut cases = Vec::new();
    for formula in [
        "x^2 + a*y^2",
        "exp(-x^2)*cos(3*y) + 0.1*(x^2 + y^2)",
        "log(1 + x^2) + sqrt(1 + y^2)",
        "max(x, y) + 0.5*min(x^2, 2 - y) + abs(x - 2*y)",
        "tanh(x*y) + tan(0.2*x) + sin(y)/(2 + cos(x))",
        "(x^2 + 1)^(0.3*y) + 2^x + e^(-y)",
        "-x^-2 + x^2 - y*-2 + y^2^2 + (2 + x^2)^0.5 + sqrt(2)*y^2 + pi*x^2",
        "in*x^2 + lambda*y^2 + t*x + f0*y",
        "x^2",
        "a + 2",
        "atan(x*y) + asin(sin(x)*0.9) - acos(0.5*cos(y)) + asin(a/2)*x^2",
        "atan2(y + 9, x) + hypot(x - 9, y) + atan2(x, a + 8)*0.1",
        "0.1*sinh(x)*cosh(y) + cosh(x) + sinh(0.3)*y^2",
        "log10(1 + x^2) + log2(2 + y^2) + log10(3)*x",
        "sigmoid(x*y) + softplus(x - 3y) + sigmoid(a)*y^2 + softplus(a)*x^2",
        "erf(x*y) + erf(a)*x^2 + 0.5*y²",
        "relu(x - y) + relu(y)^2 + sign(x - 0.1)*x^2 + 0.1*|y|",
        "floor(x)*y + x^2*(ceil(y) + 20) + y^2*mod(x, 1.7)",
        "x^2 if x < y else 2y^2 if x >= a else x*y + x^4 + y^4",
    ] {
        let mut scenario = race("Formula", 60);
        let typed = thalweg_core::formula::parsed_formula::ParsedFormula::read(formula).expect("a function");
        assert!(scenario.surface.set("f", Value::Formula(typed)));
        for (name, lr) in [("GradientDescent", 0.02), ("Adam", 0.02), ("Newton", 0.5)] {
            let mut optimizer = Chosen::with_defaults(optimizers::find(name).expect("an optimizer"));
            let _ = optimizer.set("lr", Value::Number(lr));
            cases.push(RunnerCase::of(formula, &scenario, &Runner::new(optimizer, 0)));
        }
    }
    for_each(&cases);
}

#[test]
fn typed_rules_are_the_same_in_python() {
    let mut cases = Vec::new();
    let mut scenario = race("Rosenbrock", 60);
    for text in [
        "x = x - lr*g",
        "m = beta*m + (1 - beta)*grad f(x); x = x - lr*m",
        "n0 = 2; n = n + 1; s0 = 0.1; s = s + g^2; x = x - lr*g/sqrt(s)/n",
        "B0 = I; B = B + g*g^T; x = x - lr*B^-1*g",
        "B0 = I; B = B + g*g^T; x = x - lr*sqrt(sqrt(B))^-1*g",
        "y = x - lr*g; x = y - lr*grad(y) if f(y) <= f(x) else y",
        "u = clip(g, -c, c) + relu(g) - sigmoid(g); x = x - lr*u*norm(u)/(1 + norm(g)^2) - lr*mod(t, 2)*sign(g)",
        "x = x - lr*(hess(x) + 200*I)^-1*g - lr*atan2(1, t)*erf(g)",
        "u = normal(); x = x - lr*(g + 3*u - uniform() + normal()) if uniform() < 0.7 else x",
    ] {
        let rule = std::sync::Arc::new(ParsedRule::read(text).expect(text));
        let mut optimizer = typed_rule::chosen(&rule);
        assert!(optimizer.set("lr", Value::Number(5e-4)));
        cases.push(RunnerCase::of(text, &scenario, &Runner::new(optimizer.clone(), 0)));
        let _ = scenario.surface.set("b", Value::Number(20.0));
    }
    if is_there(Language::NumPy) {
        check(&cases, Language::NumPy);
    }
}

/// Learning rates to be typed: every function and sign.
const FORMULAS: [&str; 9] = [
    "lr*gamma^(t/T)",
    "lr/10 if t < 20 else lr if t <= 90 else lr*0.3",
    "min(lr, 1/(1 + exp(t/50))) + abs(sin(t))*1e-4",
    "lr*sigmoid((50 - t)/10)",
    "lr*softplus(3 - t/40)/4 + 1e-3*relu(1 - t/9)",
    "lr*(2 + sign(cos(t/9)))/3",
    "lr*0.5^floor(t/30)*(1 + mod(t, 5))/5",
    "α₀·(1 − tanh(t/200)²)·√(1 − t/400) + 0·hypot(t, 1)·atan2(t, 2)",
    "lr*(1 + log10(1 + t) - log2(1 + t)/4 + erf(t)/9 + ceil(t/100)/10)/3",
];

#[test]
fn every_schedule_is_the_same_in_python() {
    let scenario = race("Quadratic", 320);
    let mut cases = Vec::new();
    for &schedule in schedules::ALL {
        let mut variants = vec![Chosen::with_defaults(schedule)];
        for param in schedule.params.iter() {
            let values = match param.kind {
                Kind::Number { default, slider: (low, _), range, .. } => {
                    vec![range.rounded(default * 0.6).max(low), range.rounded(default * 1.7).min(range.max)]
                }
                Kind::Switch { .. } => {
                    variants.extend(Chosen::with_defaults(schedule).switched(&param.key));
                    continue;
                }
                Kind::Choice { alternatives } => {
                    let mut other = Chosen::with_defaults(schedule);
                    assert!(other.set(&param.key, Value::Choice(alternatives.len() - 1)));
                    variants.push(other);
                    continue;
                }
                _ => continue,
            };
            for value in values {
                let mut other = Chosen::with_defaults(schedule);
                if other.set(&param.key, Value::Number(value)) {
                    variants.push(other);
                }
            }
        }
        if schedule.name == "Formula" {
            variants.extend(FORMULAS.map(|text| {
                let rate = ParsedRate::read(text).unwrap_or_else(|told| panic!("{text}: {told}"));
                typed_schedule::chosen(&Arc::new(rate))
            }));
        }
        for variant in variants {
            for (name, lr) in
                [("GradientDescent", 0.004), ("Adam", 0.02), ("ScheduleFreeSgd", 0.004), ("Rprop", 0.02)]
            {
                let mut optimizer = Chosen::with_defaults(optimizers::find(name).expect("an optimizer"));
                let _ = optimizer.set("lr", Value::Number(lr));
                let mut runner = Runner::new(optimizer, 0);
                runner.schedule = variant.clone();
                cases.push(RunnerCase::of(
                    &format!("{} {:?}", schedule.name, variant.values),
                    &scenario,
                    &runner,
                ));
            }
        }
    }
    for_each(&cases);
}

/// A choice with one of its switches the other way.
trait Switched: Sized {
    fn switched(self, key: &str) -> Option<Self>;
}

impl Switched for Chosen<thalweg_core::Schedule> {
    fn switched(mut self, key: &str) -> Option<Self> {
        let is_on = self.settings().any(|(param, value)| param.key == key && *value == Value::Switch(true));
        self.set(key, Value::Switch(!is_on)).then_some(self)
    }
}

#[test]
fn every_lesson_is_the_same_in_python() {
    let mut cases = Vec::new();
    for preset in PRESETS {
        let mut lesson = parse(preset.text).expect("a lesson");
        // The rest of a long run shows nothing new.
        lesson.steps = lesson.steps.min(150);
        for runner in &lesson.runners {
            cases.push(RunnerCase::of(preset.name, &lesson, runner));
        }
    }
    assert!(cases.len() > 100, "{}", cases.len());
    for_each(&cases);
}
