//! What is asked for in a frame is seen in that frame, whoever asks: a single frame is drawn after the event.

use super::harness::{Bench, app, open, open_sized};
use egui::accesskit::Role;
use egui::{Key, vec2};
use egui_kittest::kittest::{NodeT, Queryable};

const PLANE: &str = "Contour plot of the surface with the paths";

/// The number that the first widget of this role and label has, for whoever cannot see it.
fn told(window: &Bench, role: Role, label: &str) -> f64 {
    let mut all = window.get_all_by_role_and_label(role, label);
    all.next().and_then(|node| node.accesskit_node().numeric_value()).expect("a number")
}

fn step_number(window: &Bench) -> f64 {
    told(window, Role::Slider, "step number")
}

#[test]
fn the_bottom_panel_shows_at_once_what_its_buttons_do() {
    let mut window = open("rosenbrock");
    for (button, step) in [("Step forward", 1.0), ("Step forward", 2.0), ("Step back", 1.0), ("Rewind", 0.0)]
    {
        window.get_by_label(button).click_accesskit();
        window.step();
        // The field stands before the slider, and both behind the button.
        assert_eq!((step_number(&window), told(&window, Role::Slider, "scrub")), (step, step), "{button}");
    }
    window.get_by_label("Play").click_accesskit();
    window.step();
    assert!(window.query_by_label("Pause").is_some() && window.query_by_label("Play").is_none());
}

#[test]
fn keys_are_seen_at_once() {
    let mut window = open("rosenbrock");
    window.key_press(Key::ArrowRight);
    // A frame for the press; another for the release.
    window.step();
    assert_eq!(step_number(&window), 1.0);
}

/// What the right panel asks for is seen on the cards, which are drawn before it.
#[test]
fn the_cards_show_at_once_what_the_right_panel_does() {
    let text = "(surface: Quadratic(lambda_min: 1, kappa: 16), start: (2.0, 1.0), steps: 200,
                  runners: [(optimizer: GradientDescent(lr: 0.06))])";
    let scenario = thalweg_scenario::parse(text).expect("a scenario");
    let mut window = open_sized(scenario, vec2(1366.0, 1250.0));
    let rate = |window: &Bench| told(window, Role::Slider, "learning rate α");
    assert_eq!(rate(&window), 0.06);
    window.get_by_label("Best gradient descent").click_accesskit();
    window.step();
    assert!((rate(&window) - 2.0 / 17.0).abs() < 1e-9, "{}", rate(&window));
    let session = app(&window).session();
    assert!(session.race().is_done(), "its run is computed");
}

/// What the top bar would take back is named at once, though it is drawn before the cards.
#[test]
fn the_top_bar_follows_the_cards_at_once() {
    let mut window = open("ill-conditioned-quadratic");
    window.get_by_role_and_label(Role::Button, "Pin").click_accesskit();
    window.step();
    assert!(window.query_by_role_and_label(Role::TextInput, "Name of the pinned paths").is_some());
}

/// While the start is dragged on the plot, every frame shows it where the pointer is, on the cards too.
#[test]
fn the_start_is_where_the_pointer_is() {
    let mut window = open("rosenbrock");
    let plot = window.get_by_label(PLANE).rect();
    let at = |part: f32| plot.center() + vec2(part, part) * 60.0;
    window.hover_at(at(0.0));
    window.step();
    window.drag_at(at(0.0));
    window.step();
    let mut before = app(&window).session().scenario().start.point();
    for part in [0.2, 0.5, 0.9] {
        window.hover_at(at(part));
        window.step();
        let session = app(&window).session();
        let start = session.scenario().start.point();
        assert!(start != before, "{part}");
        let first = session.race().runs()[0].trajectory().samples()[0].position;
        assert_eq!([first.x, first.y], start);
        assert!((told(&window, Role::SpinButton, "x") - start[0]).abs() < 1e-3, "the card shows it");
        before = start;
    }
}
