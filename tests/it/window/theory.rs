//! What the window says of the theory: rates and their best, the phase plane, the adaptive edge.

use super::harness::{Bench, app, apply, open_scenario, open_sized, reopen};
use egui::accesskit::Role;
use egui::{Pos2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use thalweg_core::catalogue::optimizers;
use thalweg_core::spec::described::Described;
use thalweg_scenario::Scenario;
use thalweg_session::{Command, Edit, Playback, RunnerEdit};

/// A tall window on a round bowl's valley, with its spectrum in full.
fn bowl(runners: &str) -> Scenario {
    let text = format!(
        "(surface: Quadratic(lambda_min: 1, kappa: 16), start: (2.0, 1.0), steps: 200, runners: [{runners}])"
    );
    thalweg_scenario::parse(&text).expect("a scenario")
}

fn tall(runners: &str) -> Bench {
    open_sized(bowl(runners), vec2(1366.0, 1250.0))
}

fn says(window: &Bench, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn number(window: &Bench, key: &str) -> f64 {
    app(window).session().focused().expect("a runner").0.optimizer.number(key).expect(key)
}

#[test]
fn roots_edges_and_rates_are_told_and_the_best_is_a_click_away() {
    let mut window = tall("(optimizer: GradientDescent(lr: 0.06))");
    apply(&mut window, Playback::Seek(200));
    for words in ["roots σ", "edge α", "monotone", "promised max |σ|", "measured so far"] {
        assert!(says(&window, words), "{words}");
    }
    // The edge of the steep direction, and the promise of the flat one; the run keeps it.
    assert!(says(&window, "0.125") && says(&window, "0.94"));
    for (method, settings) in [
        ("GradientDescent", &[("lr", 2.0 / 17.0)][..]),
        ("Momentum", &[("lr", 4.0 / 25.0), ("momentum", 9.0 / 25.0)]),
        ("Nesterov", &[("lr", 4.0 / 49.0), ("momentum", 5.0 / 9.0)]),
    ] {
        let title = optimizers::find(method).expect("known").title();
        window.get_by_label(&format!("Best {title}")).click();
        window.run_steps(3);
        let (runner, _) = app(&window).session().focused().expect("a runner");
        assert_eq!(runner.optimizer.of.name, method);
        for (key, value) in settings {
            assert!((number(&window, key) - value).abs() < 1e-12, "{method}: {key} {}", number(&window, key));
        }
    }
    // One click, one change to take back.
    apply(&mut window, Command::Undo);
    assert_eq!(app(&window).session().focused().expect("a runner").0.optimizer.of.name, "Momentum");
}

/// The plane's dots lie where learning rate and momentum put them, and are put elsewhere by hand.
#[test]
fn a_dot_of_the_phase_plane_is_dragged() {
    let mut window = tall("(optimizer: Momentum(lr: 0.05, momentum: 0.5))");
    let place = |window: &Bench, push: f32, momentum: f32| -> Pos2 {
        let outer = window.get_by_label("Regimes over learning rate and momentum").rect();
        let (least, most) = (outer.min + vec2(24.0, 3.0), outer.max - vec2(8.0, 15.0));
        Pos2::new(least.x + (most.x - least.x) * push / 4.0, most.y - (most.y - least.y) * momentum)
    };
    // The steep direction's dot lies at αλ = 0.8.
    let from = place(&window, 0.8, 0.5);
    let to = place(&window, 2.4, 0.75);
    window.drag_at(from);
    window.run_steps(2);
    window.hover_at(to);
    window.run_steps(2);
    window.drop_at(to);
    window.run_steps(3);
    assert!((number(&window, "lr") - 0.15).abs() < 0.002, "{}", number(&window, "lr"));
    assert!((number(&window, "momentum") - 0.75).abs() < 0.01, "{}", number(&window, "momentum"));
    // The flat one now lies at 0.15: a sixteenth.
    let (from, to) = (place(&window, 0.15, 0.75), place(&window, 0.1, 0.2));
    window.drag_at(from);
    window.run_steps(2);
    window.hover_at(to);
    window.run_steps(2);
    window.drop_at(to);
    window.run_steps(3);
    assert!((number(&window, "lr") - 0.1).abs() < 0.01, "{}", number(&window, "lr"));
    assert!((number(&window, "momentum") - 0.2).abs() < 0.01);
    let other = optimizers::find("GradientDescent").expect("known");
    apply(&mut window, Edit::Runner(0, RunnerEdit::Choose(other)));
    assert!(!says(&window, "Phase plane"), "gradient descent has no momentum");
}

#[test]
fn methods_that_scale_coordinates_have_their_own_edge() {
    let mut window = tall("(optimizer: Adam(lr: 0.1))");
    apply(&mut window, Playback::Seek(150));
    for words in ["Preconditioned Hessian", "adaptive edge 380", "α along x, y"] {
        assert!(says(&window, words), "{words}");
    }
    let other = optimizers::find("SignSgd").expect("known");
    apply(&mut window, Edit::Runner(0, RunnerEdit::Choose(other)));
    assert!(!says(&window, "Preconditioned Hessian") && says(&window, "no law that stays"));
}

/// The mark is where the runner stands, so it moves with the cursor; it says so where one asks.
#[test]
fn the_edge_on_the_slider_moves_with_the_cursor() {
    let text = "(surface: Rosenbrock(), start: (-1.2, 1.0), steps: 300, runners: [
        (optimizer: GradientDescent(lr: 0.001)), (optimizer: Adam(lr: 0.05))])";
    let mut window = open_scenario(thalweg_scenario::parse(text).expect("a scenario"));
    let told = |window: &mut Bench, which: usize, words: &str| {
        let label = window
            .get_all_by_role_and_label(Role::Label, "learning rate α")
            .nth(which)
            .expect("a label")
            .rect();
        window.hover_at(Pos2::new(5.0, 5.0));
        window.run_steps(4);
        window.hover_at(label.center());
        window.run_steps(8);
        let found: Vec<String> = window
            .query_all_by_label_contains(words)
            .filter_map(|node| node.accesskit_node().label().or_else(|| node.accesskit_node().value()))
            .collect();
        assert_eq!(found.len(), 1, "{words}: {found:?}");
        found[0].clone()
    };
    let first = told(&mut window, 0, "edge of stability here, at this step");
    assert!(says(&window, "edge of stability at the nearest minimum"));
    apply(&mut window, Playback::Seek(200));
    // In the bend of the valley one eigenvalue is negative: no rate is stable along that direction.
    let later = told(&mut window, 0, "here, at this step");
    assert!(later != first && later.contains("edge of the steep direction"), "{later}");
}

#[test]
fn the_sharpness_is_a_chart() {
    let mut window = open_scenario(bowl("(optimizer: Adam(lr: 0.1))"));
    window.get_by_label("choose chart 3").click();
    window.run_steps(3);
    window.get_by_label("sharpness").click();
    window.run_steps(4);
    assert!(says(&window, "Chart: sharpness along the path"));
    for words in ["surface", "scaled", "edge"] {
        assert!(window.query_by_label(words).is_some(), "{words}");
    }
    for (runner, words) in [
        ("(optimizer: GradientDescent(lr: 0.01))", "above the edge"),
        ("(optimizer: Newton())", "no edge: the step divides by the curvature"),
        ("(optimizer: Lion(lr: 0.01))", "no edge is known for this method"),
        ("", "nobody races"),
    ] {
        let mut scenario = bowl(runner);
        scenario.show.charts[2] = thalweg_scenario::ChartKind::named("Sharpness");
        reopen(&mut window, scenario);
        assert!(says(&window, words), "{words}");
        assert!(window.query_by_label("scaled").is_none(), "{runner}");
    }
}
