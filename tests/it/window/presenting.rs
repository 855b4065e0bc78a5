//! In front of a class: what is shown, what a remote's keys do, and that a click changes nothing.

use super::harness::{Bench, app, apply, open, open_link};
use egui::epaint::Shape;
use egui::{Color32, Event, Key, Modifiers, Pos2, Rect, ViewportCommand, ViewportId, vec2};
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

/// The texts that are drawn, each with its size and with how much of its colour is left.
fn texts(window: &Bench) -> Vec<(String, f32, Color32, f32)> {
    fn of(shape: &Shape, found: &mut Vec<(String, f32, Color32, f32)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| of(shape, found)),
            Shape::Text(text) => {
                let Some(section) = text.galley.job.sections.first() else { return };
                let color = match section.format.color {
                    Color32::PLACEHOLDER => text.fallback_color,
                    color => color,
                };
                let color = text.override_text_color.unwrap_or(color);
                let size = section.format.font_id.size;
                found.push((text.galley.text().to_owned(), size, color, text.opacity_factor));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    window.output().shapes.iter().for_each(|clipped| of(&clipped.shape, &mut found));
    found
}

/// What was guessed is read from the last row: as thick as the plot is.
#[test]
fn the_number_of_a_guess_grows_with_the_plot() {
    let mut window = open("story-landscapes");
    apply(&mut window, Command::Scene(3));
    let size = |window: &Bench| {
        let found = texts(window).into_iter().filter(|(text, ..)| text == "1").map(|(_, size, ..)| size);
        found.fold(0.0, f32::max)
    };
    let at = plot(&window).center();
    click(&mut window, at);
    assert!(size(&window) >= 15.0, "{}", size(&window));
    press(&mut window, Key::F11);
    window.run_steps(4);
    assert!(size(&window) > 20.0, "{}", size(&window));
}

/// When the answer is shown, what was wrong is still read, with its count, and takes no more clicks.
#[test]
fn a_wrong_choice_is_still_read_and_takes_no_click() {
    let mut window = open("story-newton");
    let asking = |window: &Bench| app(window).session().story().is_some_and(|story| story.is_asking());
    let scene = (1..8).find(|scene| {
        apply(&mut window, Command::Scene(*scene));
        asking(&window) && has(&window, "it stays")
    });
    assert!(scene.is_some(), "a scene that lets one choose");
    window.get_by_label("it stays").click();
    window.run_steps(3);
    apply(&mut window, Command::Reveal);
    window.run_steps(4);
    let guesses = |window: &Bench| app(window).session().story().map(|story| story.guesses().len());
    let before = guesses(&window);
    assert!(!asking(&window) && before == Some(1));
    let drawn = texts(&window);
    let index = drawn.iter().position(|(text, ..)| text == "it stays").expect("it is drawn");
    let light = |color: Color32| {
        let [red, green, blue, _] = egui::Rgba::from(color).to_array();
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    };
    let ground = window.ctx.global_style().visuals.panel_fill;
    for (text, _, color, part) in &drawn[index..index + 2] {
        let seen = ground.lerp_to_gamma(*color, *part);
        let (one, other) = (light(seen), light(ground));
        assert!(one.max(other) / one.min(other) >= 4.5, "{text}: {color:?} {part}");
    }
    window.get_by_label("it stays").click();
    window.run_steps(3);
    assert_eq!(guesses(&window), before);
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
