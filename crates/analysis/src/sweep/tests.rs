//! Cells are the runs of a race, each computed once, and called what they are.

use super::axis::{SweepAxis, Varied};
use super::line::sweep_setting;
use super::order::SweepOrder;
use super::outcome::{CellResult, RunOutcome};
use super::plan::SweepPlan;
use super::theory::{SweepTheory, constant_eigenvalues};
use nalgebra::Vector2;
use thalweg_core::catalogue::optimizers;
use thalweg_core::catalogue::surfaces;
use thalweg_core::objective::objective::Objective;
use thalweg_core::run::arrival::arrived_at;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::param::Scale;
use thalweg_core::spec::value::Value;
use thalweg_testing::{optimizer, problem};

fn setting(name: &str, key: &str, ends: (f64, f64), count: usize) -> SweepAxis {
    let varied = Varied::setting(optimizers::find(name).expect("known"), None, key).expect("a number");
    SweepAxis::new(varied, ends, count).expect("an axis")
}

/// Computes a plan piece by piece; the cells row by row.
fn computed(plan: &SweepPlan) -> Vec<CellResult> {
    let mut found = vec![None; plan.order().len()];
    let mut trials = plan.trials();
    for piece in plan.pieces() {
        for (turn, cell) in piece.clone().zip(plan.compute(&mut trials, piece)) {
            assert!(found[plan.order().index(turn)].replace(cell).is_none(), "computed twice");
        }
    }
    found.into_iter().map(|cell| cell.expect("computed")).collect()
}

#[test]
fn a_cell_is_the_run_of_the_race_with_these_settings() {
    for (surface, name, other, ends) in [
        ("Quadratic", "Momentum", "momentum", (0.0, 0.999)),
        ("Rosenbrock", "Adam", "beta2", (0.5, 0.9999)),
        ("Himmelblau", "NewtonArmijo", "shrink", (0.1, 0.9)),
    ] {
        let problem = problem(surface, &[], 60);
        let chosen = optimizer(name, &[]);
        let rate = &chosen.of.params()[0].key;
        let axes = (setting(name, rate, (1e-3, 1.0), 19), Some(setting(name, other, ends, 7)));
        let plan = SweepPlan::new(&chosen, &problem, axes, 1e-3, 5.0);
        let found = computed(&plan);
        for (index, found) in found.iter().enumerate() {
            let mut chosen = chosen.clone();
            let (column, row) = (index % 19, index / 19);
            let (x, y) = (plan.x().value(column), plan.y().expect("two axes").value(row));
            assert!(chosen.set(rate, Value::Number(x)) && chosen.set(other, Value::Number(y)));
            let mut run = Run::new(&chosen, &problem);
            run.advance(&problem, u32::MAX);
            let last = run.trajectory().samples().last().expect("a sample");
            let arrived = arrived_at(run.trajectory().samples(), 1e-3);
            assert_eq!(found.step, arrived.unwrap_or(run.trajectory().last_step()), "{name} at {x}, {y}");
            assert!(found.end == last.position || last.position.norm().is_nan(), "{name} at {x}, {y}");
            assert_eq!(found.outcome.has_arrived(), last.grad_norm <= 1e-3, "{name} at {x}, {y}");
            assert_eq!(found.outcome.has_arrived(), arrived.is_some(), "{name} at {x}, {y}");
        }
        let kinds: std::collections::HashSet<_> =
            found.iter().map(|found| std::mem::discriminant(&found.outcome)).collect();
        assert!(kinds.len() > 1, "{name}: all cells end alike, {kinds:?}");
    }
}

#[test]
fn every_cell_has_its_turn_once_and_coarse_ones_first() {
    for (columns, rows) in [(256, 256), (1, 1), (100, 37), (5, 64), (17, 1)] {
        let order = SweepOrder::new(columns, rows);
        let mut turns = vec![None; columns * rows];
        for level in 0..order.levels() {
            for turn in order.level(level) {
                let (column, row) = order.place(turn);
                assert!(turns[row * columns + column].replace(level).is_none(), "twice");
                let apart = order.apart(level);
                assert!(column.is_multiple_of(apart) && row.is_multiple_of(apart));
            }
        }
        assert!(turns.iter().all(Option::is_some), "{columns} x {rows}: a cell is left out");
        assert_eq!(order.apart(order.levels() - 1), 1);
    }
    let order = SweepOrder::new(256, 256);
    let sizes: Vec<_> = (0..order.levels()).map(|level| order.level(level).end).collect();
    assert_eq!(sizes, [16 * 16, 32 * 32, 64 * 64, 128 * 128, 256 * 256]);
}

/// On f = (x² + 2y²)/2 gradient descent multiplies y by 1 - 2α: it arrives below α = 1, stays on a
/// circle of two points at α = 1, and flies off beyond.
#[test]
fn outcomes_are_what_pencil_and_paper_say() {
    let mut bowl = Chosen::with_defaults(surfaces::find("Quadratic").expect("known"));
    assert!(bowl.set("kappa", Value::Number(2.0)));
    let problem = Problem::new(Objective::new(&bowl), Vector2::new(1.0, 1.0), 100);
    let rates = [0.01, 0.5, 1.0, 1.5];
    let found = sweep_setting(&optimizer("GradientDescent", &[]), &problem, ("lr", &rates), (1e-3, 5.0))
        .expect("a line");
    let outcomes: Vec<_> = found.iter().map(|found| found.outcome).collect();
    let wanted =
        [RunOutcome::OnItsWay, RunOutcome::Minimum(0), RunOutcome::NoLongerFalling, RunOutcome::Diverged];
    assert_eq!(outcomes, wanted);
    // x halves at α = 1/2, y is 0 after a step: 2^-10 is the first power of 1/2 below 1/1000.
    assert_eq!((found[1].step, found[1].end), (10, Vector2::new(libm::pow(0.5, 100.0), 0.0)));
    for (key, value) in [("lr", -1.0), ("momentum", 0.5)] {
        let found = sweep_setting(&optimizer("GradientDescent", &[]), &problem, (key, &[value]), (1e-3, 5.0));
        assert!(found.is_none(), "{key}");
    }
}

/// Himmelblau's four minima and its saddles by starts: from each of them the run is there at once.
#[test]
fn a_map_over_starts_tells_which_critical_point_is_reached() {
    let problem = problem("Himmelblau", &[], 400);
    let starts = |coordinate| SweepAxis::new(coordinate, (-5.0, 5.0), 20).expect("an axis");
    let mut chosen = optimizer("GradientDescent", &[]);
    assert!(chosen.set("lr", Value::Number(0.005)));
    let axes = (starts(Varied::StartX), Some(starts(Varied::StartY)));
    let found = computed(&SweepPlan::new(&chosen, &problem, axes, 1e-3, 14.0));
    let minima = problem.objective.critical_points().iter().filter(|point| point.kind.name() == "minimum");
    for (index, minimum) in minima.enumerate() {
        let count = found.iter().filter(|found| found.outcome == RunOutcome::Minimum(index)).count();
        assert!(count > 20, "{count} of 400 starts end at {:?}", minimum.at);
        let nearest = (minimum.at.map(|coordinate| (coordinate + 5.0) * 2.0)).map(|part| part as usize);
        assert_eq!(found[nearest.y * 20 + nearest.x].outcome, RunOutcome::Minimum(index));
    }
    let saddle = problem.objective.critical_points().iter().position(|point| point.kind.name() == "saddle");
    let saddle = saddle.expect("a saddle");
    let at = Problem { start: problem.objective.critical_points()[saddle].at, ..problem };
    let found = sweep_setting(&chosen, &at, ("lr", &[0.005]), (1e-3, 14.0)).expect("a line");
    assert_eq!((found[0].outcome, found[0].step), (RunOutcome::CriticalPoint(saddle), 0));
}

/// A map over starts far from the origin knows the minima that lie there.
#[test]
fn a_map_far_from_the_origin_knows_its_minima() {
    let wells = thalweg_testing::typed("((x - 31)^2 - 4)^2/16 + (y - 40)^2");
    let problem = Problem::new(wells, Vector2::zeros(), 400);
    let axis = |coordinate, ends| SweepAxis::new(coordinate, ends, 10).expect("an axis");
    let axes = (axis(Varied::StartX, (28.0, 34.0)), Some(axis(Varied::StartY, (38.0, 42.0))));
    let mut chosen = optimizer("GradientDescent", &[]);
    assert!(chosen.set("lr", Value::Number(0.1)));
    let plan = SweepPlan::new(&chosen, &problem, axes, 1e-3, 7.0);
    let found = computed(&plan);
    for (index, x) in [(0, 29.0), (1, 33.0)] {
        let point = plan.judge().point(index).expect("known");
        assert!((point.at - Vector2::new(x, 40.0)).norm() < 1e-9, "{point:?}");
        assert_eq!(found.iter().filter(|found| found.outcome == RunOutcome::Minimum(index)).count(), 50);
    }
}

#[test]
fn axes_spread_as_sliders_do_and_refuse_what_settings_refuse() {
    let rate = setting("Momentum", "lr", (1e-4, 1.0), 4);
    assert!(rate.is_log());
    for (index, wanted) in [10.0_f64, 1e2, 1e3, 1e4].iter().rev().enumerate() {
        let value = rate.value(index) * wanted * libm::sqrt(10.0) / 10.0;
        assert!((value - 1.0).abs() < 1e-12, "{value}");
    }
    let momentum = setting("Momentum", "momentum", (0.0, 1.0), 4);
    assert_eq!([0, 1, 2, 3].map(|index| momentum.value(index)), [0.125, 0.375, 0.625, 0.875]);
    for axis in [&rate, &momentum] {
        for index in 0..4 {
            assert!((axis.part(axis.value(index)) - (index as f64 + 0.5) / 4.0).abs() < 1e-12);
        }
    }
    let varied =
        |key| Varied::setting(optimizers::find("Momentum").expect("known"), None, key).expect("a number");
    assert_eq!(varied("lr").scale(), Scale::Log);
    for (key, ends, count) in [
        ("momentum", (0.0, 1.2), 4),
        ("momentum", (0.5, 0.5), 4),
        ("momentum", (0.6, 0.5), 4),
        ("lr", (0.0, 1.0), 4),
        ("lr", (f64::NAN, 1.0), 4),
        ("lr", (0.1, f64::INFINITY), 4),
        ("lr", (0.1, 1.0), 0),
        ("lr", (0.1, 1.0), usize::MAX),
    ] {
        assert_eq!(SweepAxis::new(varied(key), ends, count), None, "{key} {ends:?} {count}");
    }
    // A memory is a whole number of pairs.
    let memory = setting("Lbfgs", "memory", (1.0, 4.0), 6);
    let problem = problem("Quadratic", &[], 5);
    let plan = SweepPlan::new(&optimizer("Lbfgs", &[]), &problem, (memory, None), 1e-3, 1.0);
    let memories: Vec<_> = (0..6).map(|index| plan.cell(index, 0).settings.numbers[0]).collect();
    assert_eq!(memories, [1.0, 2.0, 2.0, 3.0, 3.0, 4.0]);
}

/// Momentum on a quadratic: the edge is 2(1 + β)/λ, and the best pair is Polyak's.
#[test]
fn theory_is_where_the_textbook_has_it() {
    let chosen = optimizer("Momentum", &[]);
    let (x, y) = (setting("Momentum", "lr", (1e-3, 1.0), 9), setting("Momentum", "momentum", (0.0, 0.9), 9));
    let problem = problem("Quadratic", &[], 10);
    let view = thalweg_core::objective::view::View::square(3.0);
    let eigenvalues = constant_eigenvalues(&problem.objective, view).expect("a quadratic");
    assert!((eigenvalues[0] - 1.0).abs() < 1e-12 && (eigenvalues[1] - 100.0).abs() < 1e-9);
    let theory = SweepTheory::of(&chosen, [Some(&x), Some(&y)], eigenvalues).expect("a theory");
    assert!(theory.edge.len() > 90);
    for at in theory.edge.iter().flatten() {
        let (lr, momentum) = (x.at(at.x), y.at(at.y));
        assert!((lr - 2.0 * (1.0 + momentum) / 100.0).abs() < 1e-9, "{lr} {momentum}");
    }
    let best = theory.best.expect("Polyak's pair");
    assert!((x.at(best.x) - 4.0 / 121.0).abs() < 1e-9 && (y.at(best.y) - 81.0 / 121.0).abs() < 1e-9);
    // The other way round, it is the same turned over.
    let turned = SweepTheory::of(&chosen, [Some(&y), Some(&x)], eigenvalues).expect("a theory");
    assert_eq!(turned.best, Some(best.yx()));
    assert_eq!(turned.edge.len(), theory.edge.len());
    assert_eq!(constant_eigenvalues(&thalweg_testing::problem("Rosenbrock", &[], 1).objective, view), None);
    assert_eq!(SweepTheory::of(&optimizer("Adam", &[]), [Some(&x), None], eigenvalues), None);
}
