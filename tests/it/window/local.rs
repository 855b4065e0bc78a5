//! The page of the local model, its layers on the plane, the eigenbasis view and its chart.

use super::harness::{Bench, app, apply, open_scenario, open_sized, reopen};
use egui::{Key, accesskit::Role, vec2};
use egui_kittest::kittest::Queryable;
use thalweg_core::objective::view::View;
use thalweg_scenario::{Layer, Layers, LookAt, Page, Scenario, Start, ViewState};
use thalweg_session::Edit;

const EIGENBASIS: &str = "The race in the coordinates of the eigenvectors";
const PLANE: &str = "Contour plot of the surface with the paths";

fn read(text: &str) -> Scenario {
    thalweg_scenario::parse(text).unwrap_or_else(|diagnostics| panic!("{}: {text}", diagnostics[0]))
}

/// A typed function with two minima, a saddle between them, and a runner.
fn typed() -> Scenario {
    read(
        "(surface: Formula(f: \"(x^2 - 1)^2 + y^2\"), start: (-1.6, 0.8), view: (x: (-2.5, 2.5), y: (-2, 2)),
          steps: 50, runners: [(optimizer: GradientDescent(lr: 0.05))], show: (page: Model))",
    )
}

/// (x² + 20y²)/2: at (1, 1) gradient descent at 0.2 goes uphill, though f falls along the gradient.
fn bowl(lr: f64, layers: &str) -> Scenario {
    read(&format!(
        "(surface: QuadraticForm(xx: 1, xy: 0, yy: 20), start: (1, 1), view: (x: (-2, 2), y: (-2, 2)),
          steps: 60, runners: [(optimizer: GradientDescent(lr: {lr}))],
          show: (page: Model, chart: Components, layers: [{layers}]))"
    ))
}

fn says(window: &Bench, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn show(window: &Bench) -> ViewState {
    app(window).session().scenario().show.clone()
}

#[test]
fn a_critical_point_is_clicked_looked_at_and_made_the_start() {
    let mut window = open_scenario(typed());
    window.run_steps(40);
    assert!(says(&window, "3 critical points in view"));
    assert!(says(&window, "(-1, 0)") && says(&window, "(0, 0)"));
    window.get_by_label("(0, 0)").click();
    window.run_steps(3);
    assert_eq!(app(&window).session().look_at(), LookAt::Point([0.0, 0.0]));
    assert!(says(&window, "Saddle, eigenvalues -4 and 2"), "what was chosen is described");
    assert!(says(&window, "The gradient is zero"), "and the model is that of the point");
    assert!(!says(&window, "falls without end"), "where nobody steps no rate is best");
    window.get_by_label("Start here").click();
    window.run_steps(3);
    assert_eq!(app(&window).session().scenario().start, Start::At([0.0, 0.0]));
    window.get_by_label("Back to the runner").click();
    window.run_steps(3);
    assert_eq!(app(&window).session().look_at(), LookAt::Current);
    // Another function, other points.
    reopen(&mut window, bowl(0.05, "Critical"));
    window.run_steps(40);
    assert!(says(&window, "1 critical point in view"));
}

#[test]
fn the_model_reads_the_step_as_the_lectures_do() {
    let mut window = open_scenario(bowl(0.2, ""));
    // Slope -0.2 (1 + 400), curvature 0.02 (1 + 8000).
    assert!(says(&window, "-80.2") && says(&window, "160") && says(&window, "79.82"));
    assert!(says(&window, "a step of this length downhill goes uphill"));
    assert!(says(&window, "Best α for one step here: 0.05012"));
    assert!(
        says(&window, "within 10 % of its terms all along its real step"),
        "a quadratic is its own model"
    );
    reopen(&mut window, bowl(0.01, ""));
    assert!(says(&window, "falls more slowly") && !says(&window, "goes uphill"));
    // Nobody steps, and nothing else breaks.
    reopen(&mut window, Scenario { runners: Vec::new(), ..bowl(0.01, "") });
    assert!(says(&window, "No step is made from here"));
}

#[test]
fn the_dial_turns_and_tells_the_weighted_mean() {
    let mut window = open_scenario(bowl(0.01, "Direction"));
    assert_eq!(show(&window).dial, 0.0);
    let buttons: Vec<_> = window.get_all_by_role_and_label(Role::Button, "v₂").collect();
    assert_eq!(buttons.len(), 1);
    buttons[0].click();
    window.run_steps(3);
    assert_eq!(show(&window).dial, 90.0);
    let weights = |window: &Bench, first: &str, second: &str| {
        says(window, &format!("{first} · λ₁")) && says(window, &format!("{second} · λ₂"))
    };
    assert!(weights(&window, "0", "1") || says(&window, "1 · λ₂"));
    // By hand: to the upper left, where both weigh the same.
    let dial = window.get_by_role_and_label(Role::Slider, "direction dial").rect();
    let target = dial.center() + vec2(-20.0, -20.0);
    window.drag_at(target);
    window.drop_at(target);
    window.run_steps(3);
    assert_eq!(show(&window).dial, 135.0);
    assert!(weights(&window, "0.5", "0.5") && says(&window, "10.5"), "(1 + 20)/2");
}

#[test]
fn layers_are_switched_on_the_page_and_drawn() {
    let mut window = open_scenario(bowl(0.05, "Contours"));
    let layers = [
        ("Taylor contours", Layer::Model),
        ("direction d", Layer::Direction),
        ("positive definite", Layer::Convex),
        ("stable at this α", Layer::Stable),
        ("eigenbasis view", Layer::Eigenbasis),
    ];
    for (name, layer) in layers {
        assert!(!show(&window).layers.has(layer));
        window.get_by_role_and_label(Role::CheckBox, name).click();
        window.run_steps(8);
        assert!(show(&window).layers.has(layer), "{name}");
    }
    assert!(window.query_by_label(EIGENBASIS).is_some());
    window.get_by_role_and_label(Role::CheckBox, "eigenbasis view").click();
    window.run_steps(3);
    assert!(window.query_by_label(EIGENBASIS).is_none());
}

/// At the minimum the eigenvectors are the axes: what is dragged to (0.6, 0.3) there starts there.
#[test]
fn the_eigenbasis_view_moves_the_start() {
    let mut window = open_scenario(bowl(0.05, "Eigenbasis"));
    let (start, plot) = (app(&window).session().scenario().start, window.get_by_label(EIGENBASIS).rect());
    let target = plot.center() + vec2(plot.width() * 0.2, plot.height() * 0.15);
    window.drag_at(target);
    window.drop_at(target);
    window.run_steps(3);
    let moved = app(&window).session().scenario().start;
    assert_ne!(moved, start);
    let [x, y] = moved.point();
    assert!(x > 0.0 && y < 0.0, "to the right is along v₁, up along v₂: {x} {y}");
    let first = app(&window).session().race().runs()[0].trajectory().samples()[0].position;
    assert_eq!([first.x, first.y], moved.point());
}

/// (1 - 0.05)^2t and (1 - 1)^2t fall below 1 % at steps 45 and 1.
#[test]
fn the_components_tell_when_they_are_small() {
    let mut window = open_scenario(bowl(0.05, ""));
    assert!(says(&window, "Chart: loss by component, from the minimum (0, 0)"));
    assert!(says(&window, "v1 below 1 % from step 45; v2 below 1 % from step 1"));
    reopen(&mut window, bowl(0.0001, ""));
    assert!(says(&window, "v1 not yet below 1 %"));
}

#[test]
fn a_paused_window_with_all_layers_does_not_repaint() {
    let mut window = open_scenario(bowl(0.05, "Critical, Model, Direction, Convex, Stable, Eigenbasis"));
    assert!((0..1000).any(|_| window.run_ok().is_some()), "it never comes to rest");
    let frames = window.run();
    assert!(frames <= 2, "{frames} frames without a reason");
    let plot = window.get_by_label(PLANE).rect();
    window.hover_at(plot.center());
    assert!((0..100).any(|_| window.run_ok().is_some()), "the linked pointer keeps it awake");
}

/// Everything that could panic, with every layer, in both themes, in a small window.
#[test]
fn odd_states_are_drawn_without_panic() {
    // The map over starts is somebody else's: it would take the time.
    let shown = Layer::TABLE.iter().filter(|text| text.layer != Layer::Starts);
    let all = shown.fold(Layers::NONE, |set, text| set.with(text.layer, true));
    let mut window = open_sized(typed(), vec2(900.0, 560.0));
    for (surface, lr, extent) in [
        ("Formula(f: \"1/0\")", 1.0, 1e-9),
        ("Formula(f: \"3\")", 1.0, 1e9),
        ("Formula(f: \"log(x) + sqrt(y)\")", 0.1, 1e-9),
        ("Formula(f: \"(x*y - 1)^2\")", 1e-3, 1e9),
        ("Formula(f: \"1e300*x^2 + y^2\")", 1e300, 1e-9),
        ("Formula(f: \"exp(200*x)\")", 1.0, 1e9),
        ("Ackley()", 0.1, 1e-9),
        ("Saddle()", 0.5, 1e9),
        ("ZeroOne()", 1.0, 1e-9),
        ("LogisticRegression(l2: 1e300)", 1e300, 1e9),
        ("TinyNet()", 1e-3, 1e-9),
        ("QuadraticForm(xx: 0, xy: 0, yy: 0)", 1.0, 1e9),
    ] {
        let mut scenario = read(&format!(
            "(surface: {surface}, start: (0, 0), steps: 40, stop: (divergence: 1e308), runners: [
                (optimizer: GradientDescent(lr: {lr:e})), (optimizer: Newton())],
              show: (page: Model, chart: Components, dial: 33.3))"
        ));
        scenario.show.layers = all;
        reopen(&mut window, scenario.clone());
        window.key_press(Key::End);
        window.key_press(Key::T);
        window.run_steps(2);
        apply(&mut window, Edit::LookAt(LookAt::NearestMinimum));
        apply(&mut window, Edit::SetView(View::square(extent)));
        apply(&mut window, Edit::LookAt(LookAt::Point([1e8, -3.0])));
        reopen(&mut window, Scenario { runners: Vec::new(), ..scenario });
    }
    assert_eq!(show(&window).page, Page::named("Model"));
}
