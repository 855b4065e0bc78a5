//! Functions of one variable: the plot is their graph.

use super::harness::{Bench, app, apply, open, open_scenario};
use egui::{Event, Modifiers, PointerButton, Pos2};
use egui_kittest::kittest::Queryable;
use thalweg_core::formula::parsed_formula::ParsedFormula;
use thalweg_core::objective::view::View;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Layer, Page, Scenario, Start};
use thalweg_session::{Command, Edit, Playback};

const GRAPH: &str = "Graph of the function with the runners on it";
const PLANE: &str = "Contour plot of the surface with the paths";

fn says(window: &Bench, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn scenario(window: &Bench) -> &Scenario {
    app(window).session().scenario()
}

/// The place on the screen of a point (x, f) of the plot.
fn place(window: &Bench, x: f64, f: f64) -> Pos2 {
    let View { x: across, y: up } = scenario(window).view;
    let frame = window.get_by_label(GRAPH).rect();
    let part = |value: f64, (from, to): (f64, f64)| ((value - from) / (to - from)) as f32;
    Pos2::new(frame.left() + frame.width() * part(x, across), frame.bottom() - frame.height() * part(f, up))
}

fn press(window: &mut Bench, at: Pos2, pressed: bool) {
    let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
    window.event(Event::PointerButton { pos: at, button, pressed, modifiers });
    window.run_steps(2);
}

#[test]
fn the_start_is_dragged_along_the_graph() {
    let mut window = open("one-variable-slope-and-step");
    assert!(window.query_by_label(PLANE).is_none());
    let [from, to] = [(-2.5, 3.125), (1.5, 4.0)].map(|(x, f)| place(&window, x, f));
    window.event(Event::PointerMoved(from));
    window.run_steps(2);
    press(&mut window, from, true);
    window.event(Event::PointerMoved(from.lerp(to, 0.5)));
    window.run_steps(2);
    window.event(Event::PointerMoved(to));
    window.run_steps(2);
    press(&mut window, to, false);
    // How high the hand is does not matter.
    let Start::At([x, y]) = scenario(&window).start else { panic!("no point") };
    assert!((x - 1.5).abs() < 0.02 && y == 0.0, "({x}, {y})");
    let session = app(&window).session();
    let first = session.race().runs()[0].trajectory().samples()[0];
    assert!(first.position.x == x && first.position.y == 0.0 && (first.loss - x * x / 2.0).abs() < 1e-15);
}

#[test]
fn a_typed_function_turns_the_plot_into_its_graph_and_back() {
    let mut window = open("your-own-function");
    assert!(window.query_by_label(GRAPH).is_none() && says(&window, PLANE));
    let typed = |text: &str| {
        let formula = ParsedFormula::read(text).expect("right");
        Command::from(Edit::SetSurface("f".into(), Value::Formula(formula)))
    };
    apply(&mut window, typed("x^4 - 2*x^2"));
    assert!(window.query_by_label(PLANE).is_none() && says(&window, GRAPH));
    // The view has the heights that the function has over its x.
    let View { x, y } = scenario(&window).view;
    let objective = &app(&window).session().race().problem().objective;
    let start = scenario(&window).start.point();
    assert!(y.0 < -1.0 && y.1 > objective.value(start.into()) && y != x, "{y:?}");
    for run in app(&window).session().race().runs() {
        assert!(run.trajectory().samples().iter().all(|sample| sample.position.y == 0.0));
    }
    apply(&mut window, typed("x^4 - 2*x^2 + y^2"));
    assert!(window.query_by_label(GRAPH).is_none() && says(&window, PLANE));
    apply(&mut window, Command::Undo);
    assert!(says(&window, GRAPH));
}

/// The pages speak of f'' where they speak of eigenvalues elsewhere.
#[test]
fn pages_speak_of_one_curvature() {
    let mut window = open("one-variable-newton");
    window.run_steps(20);
    assert!(says(&window, "2 critical points in view"));
    let degree = window.get_by_role_and_label(egui::accesskit::Role::Slider, "highest degree");
    degree.set_value_accesskit(5.0);
    window.run_steps(3);
    assert_eq!(scenario(&window).show.taylor, 5);
    assert!(scenario(&window).show.layers.has(Layer::Model));
    let mut window = open("one-variable-rates");
    let mut show = scenario(&window).show.clone();
    show.page = Page::named("Spectrum");
    apply(&mut window, Edit::Show(Box::new(show)));
    apply(&mut window, Playback::Seek(20));
    for words in ["slope f'", "curvature f''", "α·f''", "curves up (as at a minimum)"] {
        assert!(says(&window, words), "{words}");
    }
    for words in ["eigenvector", "condition number", "eigenvalue λ"] {
        assert!(!says(&window, words), "{words}");
    }
}

/// Who has the relief or the eigenbasis in the document sees the graph all the same.
#[test]
fn a_graph_has_no_relief() {
    let text = "(surface: Cubic, runners: [(optimizer: Newton)], show: (relief: Relief, layers: [Eigenbasis, Starts]))";
    let mut window = open_scenario(thalweg_scenario::parse(text).expect("right"));
    window.run_steps(20);
    assert!(says(&window, GRAPH) && !says(&window, "Relief of the surface"));
    assert!(!says(&window, "The race in the coordinates of the eigenvectors"));
}
