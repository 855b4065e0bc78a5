//! The page of maps, and the map over starts on the plane.

use super::harness;
use super::harness::{Bench, app, apply, open_scenario};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, accesskit::Role, pos2};
use egui_kittest::kittest::Queryable;
use thalweg_analysis::sweep::axis::{SweepAxis, Varied};
use thalweg_analysis::sweep::line::sweep_setting;
use thalweg_analysis::sweep::outcome::RunOutcome;
use thalweg_core::catalogue::surfaces;
use thalweg_core::catalogue::{optimizers, schedules};
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Layer, MapAxis, MapMetric, MapView, Page, Scenario, ViewState};
use thalweg_session::Edit;

/// The lesson of a momentum race, open at the page, with small ends.
fn lesson() -> Scenario {
    let mut scenario = thalweg_scenario::open_preset("ill-conditioned-quadratic").expect("a built-in preset");
    scenario.runners.retain(|runner| runner.optimizer.of.name == "Momentum");
    assert!(!scenario.runners.is_empty(), "the lesson has momentum");
    scenario.runners.truncate(1);
    scenario.steps = 60;
    scenario.notes = String::new();
    let side = |key: &str, from, to| Some(MapAxis { key: key.to_owned(), from, to });
    let map = MapView { x: side("lr", 1e-3, 1.0), y: side("momentum", 0.0, 0.9), quantity: MapMetric::Steps };
    scenario.show = ViewState { page: Page::named("Map"), map, ..ViewState::default() };
    scenario
}

/// Draws until the label is there.
fn until(window: &mut Bench, label: &str) {
    harness::until(window, label, |window| window.query_all_by_label_contains(label).next().is_some());
}

/// The picture of the map, without the line of numbers below it.
fn picture(window: &Bench) -> Rect {
    let rect = window.get_by_role_and_label(Role::Image, "Map over learning rate α and momentum β").rect();
    Rect::from_min_max(rect.min, rect.max - egui::vec2(0.0, 15.0))
}

fn pointer(window: &mut Bench, at: Pos2, pressed: Option<bool>) {
    window.event(Event::PointerMoved(at));
    if let Some(pressed) = pressed {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        window.event(Event::PointerButton { pos: at, button, pressed, modifiers });
    }
    window.run_steps(2);
}

fn numbers(window: &Bench) -> [f64; 2] {
    let chosen = &app(window).session().scenario().runners[0].optimizer;
    ["lr", "momentum"].map(|key| chosen.number(key).expect("a number"))
}

/// Pressing on the map sets both numbers, and is one change; dragging goes on.
#[test]
fn a_hand_on_the_map_takes_both_settings() {
    let mut window = open_scenario(lesson());
    until(&mut window, "65,536 runs");
    let (before, frame) = (numbers(&window), picture(&window));
    let at = |x: f32, y: f32| pos2(frame.left() + x * frame.width(), frame.bottom() - y * frame.height());
    pointer(&mut window, at(0.3, 0.4), Some(true));
    pointer(&mut window, at(0.5, 0.5), None);
    pointer(&mut window, at(0.5, 0.5), Some(false));
    // Half-way on the logarithmic side, and on the linear one.
    let [lr, momentum] = numbers(&window);
    assert!((lr / libm::sqrt(1e-3) - 1.0).abs() < 0.02, "{lr}");
    assert!((momentum - 0.45).abs() < 0.005, "{momentum}");
    // The paths follow.
    let (_, run) = app(&window).session().focused().expect("a runner");
    assert_eq!(run.settings().numbers[..2], [lr, momentum]);
    // The map is that of all settings, and need not be computed anew.
    assert!(window.query_by_label_contains("65,536 runs").is_some());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
    assert_eq!(numbers(&window), before, "both are taken back at once");
}

/// What is said of the cell below the pointer is what its run does.
#[test]
fn the_cell_below_the_pointer_is_told() {
    let scenario = lesson();
    let mut window = open_scenario(scenario.clone());
    until(&mut window, "65,536 runs");
    let frame = picture(&window);
    let axis = |key, ends| {
        let varied = Varied::setting(&scenario.runners[0].optimizer.of, None, key).expect("a number");
        SweepAxis::new(varied, ends, 256).expect("an axis")
    };
    let (x, y) = (axis("lr", (1e-3, 1.0)), axis("momentum", (0.0, 0.9)));
    let mut told = std::collections::HashSet::new();
    for (column, row) in [(60, 40), (130, 128), (160, 200), (250, 20)] {
        let part = |place: usize| (place as f32 + 0.5) / 256.0;
        let at =
            pos2(frame.left() + part(column) * frame.width(), frame.bottom() - part(row) * frame.height());
        pointer(&mut window, at, None);
        let mut runner = scenario.runners[0].clone();
        let momentum = Value::Number(y.value(row));
        assert!(runner.optimizer.set("momentum", momentum));
        let (problem, scale) = (scenario.problem(), scenario.view.diagonal());
        let found =
            sweep_setting(scenario.entry(&runner), &problem, ("lr", &[x.value(column)]), (1e-3, scale));
        let found = found.expect("a line")[0];
        let wanted = match found.outcome {
            RunOutcome::Diverged => format!("diverges: gone at step {}", found.step),
            RunOutcome::Minimum(_) => format!("arrives at the minimum (0, 0) after {} steps", found.step),
            _ => format!("after {} steps", found.step),
        };
        assert!(window.query_all_by_label_contains(&wanted).next().is_some(), "{wanted}");
        told.insert(thalweg::words::sweep::name(found.outcome));
    }
    assert!(told.len() > 1, "the cells are all alike: {told:?}");
}

#[test]
fn sides_and_colours_are_chosen_and_kept_in_the_document() {
    let mut window = open_scenario(lesson());
    window.get_by_role_and_label(Role::Button, "outcome").click();
    window.run_steps(3);
    assert_eq!(app(&window).session().scenario().show.map.quantity, MapMetric::Outcome);
    until(&mut window, "minimum (0, 0)");
    until(&mut window, "diverged");
    // Another method, with other numbers: the map is that of its own.
    apply(&mut window, Edit::AddRunner(optimizers::find("Adam").expect("a known optimizer")));
    assert!(window.query_by_label_contains("Map over learning rate α and decay rate β₁").is_some());
}

#[test]
fn the_map_over_starts_tells_which_minimum_is_reached() {
    let mut scenario = thalweg_scenario::open_preset("ill-conditioned-quadratic").expect("a built-in preset");
    scenario.surface = Chosen::with_defaults(surfaces::find("Himmelblau").expect("a known surface"));
    scenario.view = scenario.surface.of.view;
    scenario.runners.truncate(1);
    assert!(scenario.runners[0].optimizer.set("lr", Value::Number(0.01)));
    scenario.steps = 100;
    scenario.notes = String::new();
    scenario.show = ViewState { page: Page::named("Map"), ..ViewState::default() };
    let mut window = open_scenario(scenario);
    window.get_by_label("Map over starts, on the plane").click();
    window.run_steps(3);
    assert!(app(&window).session().scenario().show.layers.has(Layer::Starts));
    // All four minima have their starts.
    for minimum in ["minimum (3, 2)", "minimum (-2.805, 3.131)", "minimum (3.584, -1.848)"] {
        until(&mut window, minimum);
    }
}

/// A method that has but a rate, and a penalty that moves the minimum, is mapped along its rate alone.
#[test]
fn a_map_over_the_rate_alone_is_a_strip_until_something_is_to_vary_upward() {
    let mut scenario = lesson();
    scenario.show.map = MapView::default();
    scenario.runners = vec![scenario.runners[0].clone()];
    scenario.runners[0].optimizer =
        Chosen::with_defaults(optimizers::find("GradientDescent").expect("known"));
    let mut window = open_scenario(scenario);
    until(&mut window, "256 runs");
    let height =
        |window: &Bench, title: &str| window.get_by_role_and_label(Role::Image, title).rect().height();
    let strip = height(&window, "Map over learning rate α");
    window.get_by_role_and_label(Role::ComboBox, "upward").click();
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, "weight decay w").click();
    window.run_steps(3);
    until(&mut window, "65,536 runs");
    let square = height(&window, "Map over learning rate α and weight decay w");
    assert!(strip < square, "{strip} {square}");
    window.get_by_role_and_label(Role::ComboBox, "upward").click();
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, "nothing").click();
    window.run_steps(3);
    until(&mut window, "256 runs");
    assert_eq!(app(&window).session().scenario().show.map.y, None);
}

/// What paces the rate is a setting of the runner as any other.
#[test]
fn a_number_of_the_schedule_can_vary_and_be_set_by_hand() {
    let mut scenario = lesson();
    let mut schedule = Chosen::with_defaults(schedules::find("Cosine").expect("known"));
    assert!(schedule.set("total", Value::Number(50.0)));
    scenario.runners[0].schedule = schedule;
    let mut window = open_scenario(scenario);
    window.get_by_role_and_label(Role::ComboBox, "upward").click();
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, "schedule: total T").click();
    window.run_steps(3);
    until(&mut window, "65,536 runs");
    let title = "Map over learning rate α and schedule: total T";
    let frame = window.get_by_role_and_label(Role::Image, title).rect();
    pointer(&mut window, frame.left_top() + egui::vec2(40.0, 2.0), None);
    pointer(&mut window, frame.left_top() + egui::vec2(40.0, 2.0), Some(true));
    pointer(&mut window, frame.left_top() + egui::vec2(40.0, 2.0), Some(false));
    let total = app(&window).session().scenario().runners[0].schedule.number("total").expect("a number");
    assert!(total > 9000.0, "{total}");
    let side = app(&window).session().scenario().show.map.y.clone().expect("asked for");
    assert_eq!(side.key, "schedule.total");
}
