//! Taking back, pinned paths, the table and "tune each", through the window.

use super::harness::{Bench, app, apply, open, open_scenario, until};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, accesskit::Role, pos2};
use egui_kittest::kittest::Queryable;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{BottomPanel, Scenario, ViewState};
use thalweg_session::{Command, Edit, Playback, RunnerEdit};

fn rate(window: &Bench, runner: usize) -> f64 {
    app(window).session().scenario().runners[runner].optimizer.number("lr").expect("a rate")
}

fn press(window: &mut Bench, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    window.run_steps(3);
}

fn pointer(window: &mut Bench, at: Pos2, pressed: Option<bool>) {
    window.event(Event::PointerMoved(at));
    if let Some(pressed) = pressed {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        window.event(Event::PointerButton { pos: at, button, pressed, modifiers });
    }
    window.run_steps(1);
}

#[test]
fn a_drag_is_taken_back_at_once() {
    let mut window = open("ill-conditioned-quadratic");
    let before = rate(&window, 0);
    let slider =
        window.get_all_by_role_and_label(Role::Slider, "learning rate α").next().expect("a slider").rect();
    let at = |part: f32| pos2(slider.left() + slider.width() * part, slider.center().y);
    pointer(&mut window, at(0.5), Some(true));
    for part in [0.4, 0.3, 0.25, 0.2] {
        pointer(&mut window, at(part), None);
    }
    pointer(&mut window, at(0.2), Some(false));
    window.run_steps(3);
    let dragged = rate(&window, 0);
    assert!(dragged < before / 2.0, "{dragged}");
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(rate(&window, 0), before, "the whole drag is one change");
    press(&mut window, Modifiers::COMMAND, Key::Y);
    assert_eq!(rate(&window, 0), dragged);
    press(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Modifiers { shift: true, ..Modifiers::COMMAND }, Key::Z);
    assert_eq!(rate(&window, 0), dragged);
}

#[test]
fn a_lesson_that_was_opened_by_mistake_is_taken_back() {
    let mut window = open("ill-conditioned-quadratic");
    apply(&mut window, Edit::Runner(0, RunnerEdit::Set("lr".into(), Value::Number(0.0123))));
    let mine = app(&window).session().scenario().clone();
    apply(
        &mut window,
        Command::Open(Box::new(thalweg_scenario::open_preset("saddle").expect("a lesson")), None),
    );
    assert_ne!(app(&window).session().scenario().title, mine.title);
    window.get_by_label("Edit").click();
    window.run_steps(3);
    window.get_by_label_contains("Undo: opening another scenario").click();
    window.run_steps(3);
    assert_eq!(*app(&window).session().scenario(), mine);
}

#[test]
fn paths_are_pinned_named_and_taken_away() {
    let mut window = open("ill-conditioned-quadratic");
    window.get_by_role_and_label(Role::Button, "Pin").click();
    window.run_steps(3);
    assert_eq!(app(&window).session().scenario().pinned_runs[0].name, "pin 1");
    let name = window.get_by_role_and_label(Role::TextInput, "Name of the pinned paths");
    name.focus();
    name.type_text("!");
    window.run_steps(3);
    assert!(app(&window).session().scenario().pinned_runs[0].name.contains('!'));
    press(&mut window, Modifiers::NONE, Key::Escape);
    window
        .get_by_role_and_label(
            Role::Button,
            &format!("Unpin {}", app(&window).session().scenario().pinned_runs[0].name),
        )
        .click();
    window.run_steps(3);
    assert!(app(&window).session().scenario().pinned_runs.is_empty());
    press(&mut window, Modifiers::NONE, Key::P);
    assert_eq!(app(&window).session().pinned_runs().count(), 1);
}

fn with_table(preset: &str) -> Bench {
    let base = thalweg_scenario::open_preset(preset).expect("a lesson");
    let show = ViewState { below: BottomPanel::Table, ..base.show.clone() };
    open_scenario(Scenario { show, ..base })
}

/// The rows' names, from top to bottom.
fn names(window: &Bench) -> Vec<String> {
    let mut cells: Vec<_> = window
        .get_all_by_role(Role::Label)
        .filter_map(|node| Some((node.rect().top(), node.value()?)))
        .filter(|(_, told)| told.starts_with("loss f of "))
        .collect();
    cells.sort_by(|a, b| a.0.total_cmp(&b.0));
    let name = |label: &str| label["loss f of ".len()..].split(": ").next().unwrap_or_default().to_owned();
    cells.iter().map(|(_, label)| name(label)).collect()
}

#[test]
fn the_table_is_sorted_by_a_click() {
    let mut window = with_table("nesterov");
    apply(&mut window, Playback::Seek(100));
    assert_eq!(names(&window), ["gradient descent", "momentum", "Nesterov"]);
    let losses: Vec<f64> = app(&window)
        .session()
        .runners()
        .map(|(_, run)| run.trajectory().at(100).expect("computed").loss)
        .collect();
    let mut expected = [0, 1, 2];
    expected.sort_by(|a: &usize, b| losses[*a].total_cmp(&losses[*b]));
    let expected: Vec<_> = expected
        .iter()
        .map(|index| app(&window).session().scenario().runners[*index].name().into_owned())
        .collect();
    window.get_by_role_and_label(Role::Button, "loss f").click();
    window.run_steps(3);
    assert_eq!(names(&window), expected);
    window.get_by_role_and_label(Role::Button, "loss f ↑").click();
    window.run_steps(3);
    let reversed: Vec<_> = expected.into_iter().rev().collect();
    assert_eq!(names(&window), reversed);
}

#[test]
fn each_is_tuned_and_that_is_taken_back() {
    let mut window = with_table("nesterov");
    let before = app(&window).session().scenario().clone();
    window.get_by_role_and_label(Role::Button, "Tune each").click();
    until(&mut window, "other rates", |window| *app(window).session().scenario() != before);
    window.step();
    let after: Vec<_> = (0..3).map(|index| rate(&window, index)).collect();
    let found = |index: usize| {
        let (scenario, runner) = (&before, &before.runners[index]);
        let (tolerance, scale) = (scenario.show.tolerance, scenario.view.diagonal());
        let tuned = thalweg_analysis::runs::lr_search::best_rate(
            scenario.entry(runner),
            &scenario.problem(),
            (tolerance, scale),
        );
        tuned.expect("a rate").lr
    };
    assert_eq!(after, [found(0), found(1), found(2)]);
    assert!(window.query_by_label_contains("3 tuned by 96 runs each").is_some());
    press(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(*app(&window).session().scenario(), before, "all rates at once");
}
