//! The lessons of the laboratory: each claim of their notes, with the numbers in them.

#![allow(clippy::disallowed_methods, reason = "test data need not have the same bits everywhere")]
#![allow(clippy::unreadable_literal, reason = "places as the notes write them")]

use super::lessons::{ZERO, at, close, loss};
use super::stories::{arrival, changed, end, moved, near, preset, run};
use thalweg_analysis::local::critical_search::CriticalSearch;
use thalweg_analysis::local::direction::DirectionalDerivatives;
use thalweg_analysis::local::taylor::{CurvatureEffect, TaylorModel};
use thalweg_analysis::runs::lr_search::{RUNS, best_rate};
use thalweg_analysis::spectral::eigenbasis::LossComponents;
use thalweg_analysis::spectral::mode::Regime;
use thalweg_analysis::spectral::momentum_plane::MomentumPlane;
use thalweg_analysis::spectral::preconditioned::Preconditioned;
use thalweg_analysis::spectral::rate::promised;
use thalweg_analysis::spectral::stability::{edge, optimal};
use thalweg_core::catalogue::schedules;
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_core::run::arrival::arrived_at;
use thalweg_core::run::race::Race;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::Trajectory;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Scenario, Start, open_preset};

/// The step from which on the gradient's length is at most the scenario's tolerance.
fn arrived(scenario: &Scenario, run: &Trajectory) -> Option<usize> {
    arrived_at(run.samples(), scenario.show.tolerance).map(|step| step as usize)
}

#[test]
fn three_edges() {
    let (scenario, runs) = preset("edges-of-stability");
    for ((runner, told), run) in scenario.runners.iter().zip([0.1, 0.19, 0.0679]).zip(&runs) {
        let found = edge(&runner.optimizer.of, &runner.optimizer.prepare(), 20.0).unwrap();
        close(found, told, 5e-5);
        let lr = runner.optimizer.number("lr").unwrap();
        assert!(lr < found && lr > 0.97 * found, "just below the mark");
        assert!(loss(run) < 0.2 * run.samples()[0].loss);
        assert_eq!(
            edge(
                &runner.optimizer.of,
                &{
                    let mut plain = runner.optimizer.clone();
                    let _ = plain.set("momentum", Value::Number(0.0));
                    plain.prepare()
                },
                20.0
            )
            .map(|edge| (edge * 1e9).round()),
            Some(1e8),
            "without momentum all meet at 0.1"
        );
    }
    for (runner, over) in [(0, 0.102), (1, 0.194), (2, 0.0692)] {
        let run = &changed("edges-of-stability", runner, "lr", over)[runner];
        assert!(loss(run) > run.samples()[0].loss, "runner {runner} over its edge");
    }
    // At the rate 0.098 the steep direction's factor is -0.96.
    let run = &runs[0];
    let across =
        |step| at(run, step).y * 30f64.to_radians().cos() - at(run, step).x * 30f64.to_radians().sin();
    close(across(1) / across(0), -0.96, 1e-9);
}

#[test]
fn the_plane_of_momentum() {
    let (scenario, _) = preset("momentum-plane");
    let runner = &scenario.runners[0].optimizer;
    let settings = runner.prepare();
    let plane = MomentumPlane::of(&runner.of, &settings).unwrap();
    let best = optimal(&runner.of, &settings, 1.0, 100.0).unwrap();
    let (lr, momentum) = (best[0].1, best[1].1);
    close(lr, 0.0331, 5e-5);
    close(momentum, 0.669, 5e-4);
    for lambda in [1.0, 100.0] {
        // Both dots on the line of critical damping.
        close(momentum, (1.0 - (lr * lambda).sqrt()).powi(2), 1e-12);
        close(plane.mode([lr * lambda, momentum]).radius, 0.818, 5e-4);
    }
    for push in [0.5, 1.0, 2.0] {
        let mode = plane.mode([push, 0.8]);
        close(mode.radius, 0.8f64.sqrt(), 1e-12);
        assert_eq!(mode.regime, Regime::Ripples);
    }
    close(promised(&runner.of, &settings, [1.0, 100.0]).unwrap(), 0.99, 5e-4);
    assert_eq!(plane.mode([3.5, 0.5]).regime, Regime::Diverges);
    assert_eq!(
        [[0.3, 0.1], [1.9, 0.05]].map(|at| plane.mode(at).regime),
        [Regime::Monotone, Regime::Oscillates]
    );
}

#[test]
fn rmsprop_settles_on_its_edge() {
    let (scenario, runs) = preset("rmsprop-at-its-edge");
    let problem = scenario.problem();
    let sharpness = |scenario: &Scenario, step| {
        let mut run = Run::new(scenario.entry(&scenario.runners[0]), &problem);
        run.advance(&problem, u32::MAX);
        let there = Preconditioned::at(&run, &problem, step).unwrap();
        (there.sharpness(), there.edge.unwrap())
    };
    let (first, edge) = sharpness(&scenario, 0);
    close(first, 2.0, 0.1);
    close(edge, 40.0, 1e-9);
    let passes = (0..400).find(|step| sharpness(&scenario, *step).0 > 40.0).unwrap();
    close(f64::from(passes), 90.0, 5.0);
    close(sharpness(&scenario, 400).0, 40.0, 0.05);
    for step in 390..400 {
        let jump = at(&runs[0], step);
        close(jump.x.abs(), 0.025, 1e-6);
        close(jump.y.abs(), 0.025, 1e-6);
    }
    close(
        Spectrum::of(&problem.objective.value_gradient_hessian(problem.start).hessian).values[1],
        20.0,
        1e-9,
    );
    let smaller = &changed("rmsprop-at-its-edge", 0, "lr", 0.01)[0];
    assert!(at(smaller, 400).norm() > 0.001);
    let mut scheduled = scenario.clone();
    scheduled.runners[0].schedule = Chosen::with_defaults(schedules::find("Exponential").unwrap());
    assert!(near(end(&run(&scheduled)[0]), ZERO, 1e-3), "{:?}", end(&run(&scheduled)[0]));
    assert!(sharpness(&scheduled, 300).1 > 2.0 * edge);
}

#[test]
fn what_a_step_promises() {
    let (scenario, _) = preset("taylor-model");
    let objective = scenario.problem().objective;
    let model = TaylorModel::of(&objective, scenario.start.point().into());
    let step = |eps| model.gradient_step(&objective, eps);
    let now = step(0.001);
    close(-now.change.first / 0.001, 54227.0, 0.5);
    close(now.change.second * 2.0 / 1e-6, 81_585_557.0, 0.5);
    close(now.change.predicted(), -13.4, 0.05);
    close(now.change.actual, -18.8, 0.06);
    close(now.best.unwrap(), 0.000_664_7, 5e-8);
    close(step(0.000_664_7).change.predicted(), -18.0, 0.05);
    let far = step(0.0015);
    assert_eq!(far.reading, CurvatureEffect::Uphill);
    close(far.change.predicted(), 10.4, 0.05);
    close(far.change.actual, -7.5, 0.05);
    assert!(far.change.off > 0.1);
    // Along the floor the two agree.
    let runs = run(&scenario);
    let late = TaylorModel::of(&objective, at(&runs[0], 150)).gradient_step(&objective, 0.001);
    assert!(late.change.off < 0.1, "{}", late.change.off);
}

#[test]
fn curvature_along_a_direction() {
    let (scenario, _) = preset("directional-curvature");
    let here = scenario.problem().objective.value_gradient_hessian(scenario.start.point().into());
    let spectrum = Spectrum::of(&here.hessian);
    assert_eq!(spectrum.values, [-2.0, 4.0]);
    let along = |degrees: f64| DirectionalDerivatives::at(degrees.to_radians(), &here, &spectrum);
    for (degrees, curvature, within) in
        [(0.0, 4.0, 1e-12), (90.0, -2.0, 1e-12), (45.0, 1.0, 1e-12), (54.7, 0.0, 0.01), (125.3, 0.0, 0.01)]
    {
        close(along(degrees).curvature, curvature, within);
    }
    close(along(45.0).weights[0], 0.5, 1e-12);
    close(along(0.0).weights[1], 1.0, 1e-12);
    assert!((55..125).all(|degrees| along(f64::from(degrees)).curvature < 0.0));
}

#[test]
fn loss_by_component() {
    let small = |lr: f64| {
        let mut scenario = open_preset("loss-by-component").unwrap();
        assert!(scenario.runners[0].optimizer.set("lr", Value::Number(lr)));
        let problem = scenario.problem();
        let mut run = Run::new(scenario.entry(&scenario.runners[0]), &problem);
        run.advance(&problem, u32::MAX);
        let mut components = LossComponents::default();
        assert!(components.update(Some((1, &run)), &problem, || false));
        components.parts().each_ref().map(|component| component.small_from().unwrap())
    };
    assert_eq!(small(0.04), [57, 1]);
    assert_eq!(small(0.0769), [29, 29]);
    let [flat, steep] = small(0.079);
    assert!(flat < 29 && steep > 60, "{flat} {steep}");
    close((1.0 - 2.0 / 26.0_f64).abs(), 0.923, 5e-4);
}

#[test]
fn which_minimum() {
    let (scenario, runs) = preset("which-minimum");
    let sharpest = [-3.77931, -3.283186];
    assert!(near(end(&runs[0]), sharpest, 1e-3));
    let largest = |at: [f64; 2]| {
        let hessian = scenario.problem().objective.value_gradient_hessian(at.into()).hessian;
        Spectrum::of(&hessian).values[1]
    };
    close(largest(sharpest), 133.8, 0.05);
    close(2.0 / largest(sharpest), 0.0149, 5e-5);
    close(largest([3.584428, -1.848127]), 105.4, 0.05);
    close(2.0 / largest([3.584428, -1.848127]), 0.019, 5e-5);
    for other in [[3.0, 2.0], [-2.805118, 3.131312]] {
        assert!(2.0 / largest(other) > 0.019);
    }
    let lost = changed("which-minimum", 0, "lr", 0.016);
    assert!(arrived(&scenario, &lost[0]).is_none());
    // Its neighbour's region stays; a start over the border goes there.
    assert!(near(end(&moved("which-minimum", [-3.0, 2.0])[0]), [-2.805118, 3.131312], 1e-3));
}

#[test]
fn a_map_of_momentum() {
    let (scenario, runs) = preset("map-of-momentum");
    assert_eq!(arrived(&scenario, &runs[0]), Some(234));
    let with = |lr: f64, momentum: f64| {
        let mut scenario = scenario.clone();
        let optimizer = &mut scenario.runners[0].optimizer;
        assert!(optimizer.set("lr", Value::Number(lr)) && optimizer.set("momentum", Value::Number(momentum)));
        arrived(&scenario, &run(&scenario)[0])
    };
    assert_eq!(with(4.0 / 121.0, 81.0 / 121.0), Some(87));
    for percent in 1..=100 {
        assert_eq!(with(f64::from(percent) * 0.001, 0.0), None, "the lower rim at {percent}");
    }
}

#[test]
fn a_fair_comparison() {
    let (mut scenario, runs) = preset("fair-comparison");
    assert!(runs[..3].iter().all(|run| arrived(&scenario, run).is_none()));
    let problem = scenario.problem();
    let diagonal = scenario.view.diagonal();
    for index in 0..3 {
        let entry = scenario.entry(&scenario.runners[index]);
        let tuned = best_rate(entry, &problem, (scenario.show.tolerance, diagonal)).unwrap();
        assert!(scenario.runners[index].optimizer.set("lr", Value::Number(tuned.lr)));
    }
    assert!(RUNS == 96 && scenario.steps == 500);
    let mut race: Race = scenario.race();
    race.finish();
    let steps: Vec<_> = race.runs().iter().map(|run| arrived(&scenario, run.trajectory())).collect();
    assert_eq!(steps, [None, Some(397), Some(358), Some(31)]);
    let costs: Vec<_> =
        race.runs()[1..].iter().zip(&steps[1..]).map(|(run, step)| run.cost(step.unwrap() as u32)).collect();
    assert!(costs[2] == 80.0 && costs[0] > 80.0 && costs[1] > 80.0);
}

#[test]
fn before_and_after() {
    let (scenario, runs) = preset("before-and-after");
    let mut pin = scenario.pinned_runs[0].of.race();
    pin.finish();
    let pinned = pin.runs()[0].trajectory();
    assert_eq!(pinned.samples(), runs[0].samples());
    close(loss(pinned), 0.0033, 5e-5);
    close(loss(&changed("before-and-after", 0, "lr", 0.018)[0]), 0.000_026, 5e-7);
    close(loss(&changed("before-and-after", 0, "lr", 0.0198)[0]), 0.0012, 5e-5);
    // At 0.01 the steep direction is gone after one step.
    let (sin, cos) = 30f64.to_radians().sin_cos();
    assert!((at(pinned, 1).y * cos - at(pinned, 1).x * sin).abs() < 1e-12);
}

#[test]
fn convex_or_not() {
    let (scenario, runs) = preset("convex-or-not");
    let objective = scenario.problem().objective;
    let survey = CriticalSearch::of(&objective, scenario.view);
    let mut found: Vec<_> = survey.points().iter().map(|point| (point.at, point.kind, point.value)).collect();
    found.sort_by(|a, b| a.0.x.total_cmp(&b.0.x));
    let told =
        [(-1.0, PointKind::Minimum, -0.25), (0.0, PointKind::Saddle, 0.0), (1.0, PointKind::Minimum, -0.25)];
    assert_eq!(found.len(), 3);
    for ((place, kind, value), (x, told_kind, told_value)) in found.into_iter().zip(told) {
        assert!(near(place.into(), [x, 0.0], 1e-8) && kind == told_kind);
        close(value, told_value, 1e-12);
    }
    let convex =
        |x: f64| Spectrum::of(&objective.value_gradient_hessian([x, 0.3].into()).hessian).values[0] > 0.0;
    assert!(convex(0.578) && !convex(0.576) && convex(-0.578) && !convex(-0.576));
    assert!(near(end(&runs[0]), ZERO, 1e-9) && near(end(&runs[1]), [1.0, 0.0], 1e-3));
    assert!(near(end(&moved("convex-or-not", [0.7, 1.2])[0]), [1.0, 0.0], 1e-9));
    assert!(arrival(&runs[1], [1.0, 0.0], 0.1).is_some());
    assert_eq!(scenario.start, Start::At([0.4, 1.2]));
}
