//! Any chart stands in any of the three places, and the document remembers which.

use super::harness::{Bench, app, apply, open, open_scenario, reopen};
use egui::{Event, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchPhase, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use thalweg_scenario::ChartKind;
use thalweg_session::{Command, Edit};

/// What each chart is called for whoever cannot see it, in the order of the choosers.
const CALLED: [&str; 9] = [
    "Chart: loss",
    "Chart: gradient norm",
    "Chart: learning rate",
    "Chart: distance from",
    "Chart: error along",
    "Chart: loss by component",
    "Chart: sharpness along the path",
    "Chart: cobweb",
    "Chart: bifurcation diagram",
];

/// Which chart stands where, from left to right.
fn drawn(window: &Bench) -> Vec<usize> {
    let mut found: Vec<_> = window
        .query_all_by_label_contains("Chart: ")
        .filter_map(|node| {
            let label = node.accesskit_node().label()?;
            // The longest name that fits: one begins as another does.
            let fits = CALLED.iter().enumerate().filter(|(_, called)| label.starts_with(**called));
            let (index, _) = fits.max_by_key(|(_, called)| called.len())?;
            Some((node.rect().left(), index))
        })
        .collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, index)| index).collect()
}

#[test]
fn every_chart_is_drawn_in_every_place() {
    let mut window = open("classic-five");
    for place in 0..3 {
        for (index, chart) in ChartKind::ALL.into_iter().enumerate() {
            let mut scenario = app(&window).session().scenario().clone();
            scenario.show.charts = [ChartKind::named("Loss"); 3];
            scenario.show.charts[place] = chart;
            reopen(&mut window, scenario);
            let mut wanted = vec![0; 3];
            wanted[place] = index;
            assert_eq!(drawn(&window), wanted, "{} in place {place}", chart.name());
        }
    }
}

#[test]
fn a_chart_is_chosen_and_changes_places_with_the_one_that_was_there() {
    let mut window = open("rosenbrock");
    assert_eq!(drawn(&window), [0, 1, 4]);
    let mut choose = |place: usize, title: &str| {
        window.get_by_label(&format!("choose chart {place}")).click();
        window.run_steps(3);
        window.get_by_label(title).click();
        window.run_steps(4);
        drawn(&window)
    };
    assert_eq!(choose(1, "sharpness"), [6, 1, 4]);
    assert_eq!(choose(3, "gradient norm"), [6, 4, 1]);
    let kept = thalweg_scenario::to_ron(app(&window).session().scenario());
    let window = open_scenario(thalweg_scenario::parse(&kept).expect("it was written"));
    assert_eq!(drawn(&window), [6, 4, 1]);
}

#[test]
fn a_choice_of_a_chart_can_be_undone() {
    let mut window = open("rosenbrock");
    let mut show = app(&window).session().scenario().show.clone();
    show.charts[0] = ChartKind::named("Components");
    apply(&mut window, Edit::Show(Box::new(show)));
    assert_eq!(drawn(&window), [5, 1, 4]);
    apply(&mut window, Command::Undo);
    assert_eq!(drawn(&window), [0, 1, 4]);
}

/// What the loss chart says of itself.
fn told(window: &Bench) -> (String, Pos2) {
    let chart = window.get_by_label_contains("Chart: loss");
    (chart.accesskit_node().label().expect("it has a name"), chart.rect().center())
}

fn press(window: &mut Bench, at: Pos2, pressed: bool) {
    let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
    window.event(Event::PointerButton { pos: at, button, pressed, modifiers });
    window.run_steps(1);
}

#[test]
fn a_chart_is_zoomed_moved_and_shown_whole_again() {
    let mut window = open("classic-five");
    let (whole, middle) = told(&window);
    assert!(!whole.contains("seen from"), "{whole}");
    let seen = |window: &Bench| {
        let (told, _) = told(window);
        let (_, part) = told.split_once("seen from ").expect("a part is seen");
        let ends: Vec<f64> = part.split(" to ").map(|end| end.parse().expect("a number")).collect();
        (ends[0], ends[1])
    };
    window.event(Event::PointerMoved(middle));
    window.run_steps(2);
    let (unit, modifiers, phase) = (MouseWheelUnit::Line, Modifiers::COMMAND, TouchPhase::Move);
    window.event(Event::MouseWheel {
        unit,
        delta: vec2(0.0, 8.0),
        modifiers,
        phase,
        source: MouseWheelSource::Wheel,
    });
    window.run_steps(20);
    let (from, to) = seen(&window);
    assert!(from > 0.0 && to < 300.0, "{from} {to}");
    press(&mut window, middle, true);
    for part in 1..=4 {
        window.event(Event::PointerMoved(middle + vec2(5.0, 0.0) * part as f32));
        window.run_steps(1);
    }
    press(&mut window, middle + vec2(20.0, 0.0), false);
    let moved = seen(&window);
    assert!(moved.0 < from && moved.1 < to && ((moved.1 - moved.0) - (to - from)).abs() < 0.02 * (to - from));
    // In one frame: those of the harness are a quarter of a second apart.
    for pressed in [true, false, true, false] {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        window.input_mut().events.push(Event::PointerButton { pos: middle, button, pressed, modifiers });
    }
    window.run_steps(2);
    assert_eq!(told(&window).0, whole);
}
