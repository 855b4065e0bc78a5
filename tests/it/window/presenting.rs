//! In front of a class: what is shown, what a remote's keys do, and that a click changes nothing.

use super::harness::{Bench, app, apply, open, open_link};
use egui::{Event, Key, Modifiers, Pos2, Rect, ViewportCommand, ViewportId, vec2};
use egui_kittest::kittest::Queryable;
use thalweg_scenario::{Start, changed_by};
use thalweg_session::{Command, Edit};

const PLOT: &str = "Contour plot of the surface with the paths";

fn has(window: &Bench, label: &str) -> bool {
    window.query_all_by_label(label).next().is_some()
}

fn plot(window: &Bench) -> Rect {
    window.get_by_label(PLOT).rect()
}

fn press(window: &mut Bench, key: Key) {
    window.key_press(key);
    window.run_steps(4);
}

/// Whether the key lets the window be asked to fill the screen, or no longer to.
fn asked_for(window: &mut Bench, is_full: bool, key: Key) -> bool {
    let event =
        |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE };
    let mut is_asked = false;
    for pressed in [true, false] {
        window.event(event(pressed));
        window.step();
        let output = window.output().viewport_output.get(&ViewportId::ROOT);
        is_asked |=
            output.is_some_and(|output| output.commands.contains(&ViewportCommand::Fullscreen(is_full)));
    }
    is_asked
}

fn start(window: &Bench) -> Start {
    app(window).session().scenario().start
}

/// Where the start is drawn, from the view that a plot shows.
fn ring(window: &Bench) -> Pos2 {
    let frame = plot(window);
    let scenario = app(window).session().scenario();
    let size = [f64::from(frame.width()), f64::from(frame.height())];
    let seen = thalweg_figure::viewport::fit(scenario.view, size);
    let [x, y] = scenario.start.point();
    let part = |at: f64, (from, to): (f64, f64)| ((at - from) / (to - from)) as f32;
    egui::pos2(
        egui::lerp(frame.x_range(), part(x, seen.x)),
        egui::lerp(frame.bottom()..=frame.top(), part(y, seen.y)),
    )
}

fn drag(window: &mut Bench, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.step();
    window.drag_at(from);
    window.step();
    for part in [0.3, 0.6, 1.0] {
        window.hover_at(from.lerp(to, part));
        window.step();
    }
    window.drop_at(to);
    window.run_steps(3);
}

fn click(window: &mut Bench, at: Pos2) {
    window.hover_at(at);
    window.step();
    window.drag_at(at);
    window.step();
    window.drop_at(at);
    window.run_steps(3);
}

/// Clicks and drags beside the ring, and drags it: only the last moves the start.
fn only_the_ring_moves(window: &mut Bench) {
    let before = start(window);
    let beside = ring(window) + vec2(90.0, 60.0);
    click(window, beside);
    drag(window, beside, beside + vec2(40.0, 10.0));
    assert_eq!(start(window), before);
    let to = ring(window) + vec2(60.0, 30.0);
    drag(window, ring(window), to);
    assert_ne!(start(window), before);
    assert!((ring(window) - to).length() < 3.0, "{} {to}", ring(window));
    window.key_press_modifiers(Modifiers::COMMAND, Key::R);
    window.run_steps(3);
    assert_eq!(start(window), before, "Ctrl+R goes back");
}

#[test]
fn presenting_is_the_plane_and_what_is_a_key_away() {
    let mut window = open("classic-five");
    let small = plot(&window);
    assert!(asked_for(&mut window, true, Key::F5));
    window.run_steps(3);
    for absent in
        ["Lessons", "size of the panel cards", "size of the panel pages", "size of the panel charts"]
    {
        assert!(!has(&window, absent), "{absent}");
    }
    assert!(has(&window, "Play") && window.query_by_label_contains("Runners: ").is_some());
    assert!(plot(&window).area() > 2.0 * small.area(), "{:?}", plot(&window));
    press(&mut window, Key::N);
    assert!(has(&window, "size of the panel pages") && !has(&window, "Spectrum"));
    press(&mut window, Key::C);
    assert!(has(&window, "size of the panel charts") && !has(&window, "speed"));
    press(&mut window, Key::C);
    press(&mut window, Key::N);
    // A remote's keys: the next lesson, black, and back.
    press(&mut window, Key::PageDown);
    assert_ne!(app(&window).session().scenario().title, "The classic five");
    press(&mut window, Key::PageUp);
    assert_eq!(app(&window).session().scenario().title, "The classic five");
    let at = |window: &Bench| (app(window).session().cursor(), app(window).session().line());
    let before = at(&window);
    press(&mut window, Key::Period);
    press(&mut window, Key::Period);
    assert_eq!(at(&window), before, "it is the black screen's key, and not the next line's");
    only_the_ring_moves(&mut window);
    // The list of keys is left first.
    press(&mut window, Key::F1);
    press(&mut window, Key::Escape);
    assert!(!has(&window, "Lessons"), "still presenting");
    assert!(asked_for(&mut window, false, Key::Escape));
    window.run_steps(3);
    assert!(has(&window, "Lessons") && has(&window, "size of the panel cards"));
    // At work, a click moves the start.
    let before = start(&window);
    let at = ring(&window) + vec2(60.0, 30.0);
    click(&mut window, at);
    assert_ne!(start(&window), before);
}

#[test]
fn a_question_is_read_while_presenting_and_a_click_is_a_guess() {
    let mut window = open("story-landscapes");
    press(&mut window, Key::F11);
    assert!(!has(&window, "size of the panel pages"));
    assert!(window.query_by_label_contains("(1 of 7)").is_some(), "the bar tells the scene");
    apply(&mut window, Command::Scene(3));
    window.run_steps(8);
    assert!(window.query_by_label_contains("Where does Momentum end?").is_some());
    let before = start(&window);
    let at = plot(&window).center();
    click(&mut window, at);
    assert_eq!(app(&window).session().story().map(|story| story.guesses().len()), Some(1));
    assert_eq!(start(&window), before);
}

#[test]
fn a_document_opens_as_it_is_presented() {
    let mut window = open("zigzag");
    let line = ["show.present=true".to_owned()];
    let presented = changed_by(app(&window).session().scenario(), &line).expect("it fits").0;
    apply(&mut window, Command::Open(Box::new(presented), None));
    assert!(!has(&window, "Lessons"));
    press(&mut window, Key::Escape);
    assert!(has(&window, "Lessons"));
    apply(&mut window, Edit::SetSteps(33));
    assert!(has(&window, "Lessons"), "who has left it is not sent back");
}

#[test]
fn an_embedded_plot_is_not_changed_by_a_click() {
    let mut window = open_link("#lesson=zigzag&embed", vec2(800.0, 500.0));
    only_the_ring_moves(&mut window);
    press(&mut window, Key::F5);
    press(&mut window, Key::N);
    assert!(!has(&window, "size of the panel pages"), "a page is not presented");
}
