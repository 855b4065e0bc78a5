//! The window, driven through its accessibility tree, with no display.

#![allow(clippy::expect_used, reason = "a test that finds no window fails")]

mod brought;
mod captions;
mod changes;
mod charts;
mod data;
mod disk;
mod dropped;
mod formula;
mod frames;
mod harness;
mod keeping;
mod lessons;
mod links;
mod local;
mod map;
mod menus;
mod one_variable;
mod pictures;
mod pinned;
mod presenting;
mod race;
mod relief;
mod room;
mod step;
mod theory;
mod touch;

use egui::{Key, Modifiers, accesskit::Role, vec2};
use egui_kittest::kittest::Queryable;
use harness::{Bench, app, apply, open, open_on_the_clock, open_scenario, reopen};
use thalweg_core::objective::view::View;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{ChartKind, PRESETS, Scenario};
use thalweg_session::{Command, Edit, RunnerEdit};

#[test]
fn a_lesson_is_chosen_from_the_menu() {
    let mut window = open("saddle");
    window.get_by_label("Lessons").click();
    window.run_steps(3);
    let lesson = thalweg_scenario::find_preset("rosenbrock").expect("a built-in preset");
    window.get_by_label_contains(lesson.topic).click();
    window.run_steps(3);
    let title = thalweg_scenario::open_preset("rosenbrock").expect("a built-in preset").title;
    window.get_by_label(&title).click();
    window.run_steps(4);
    assert_eq!(app(&window).session().scenario().surface.of.name, "Rosenbrock");
}

#[test]
fn space_plays_and_pauses_and_the_step_number_changes() {
    let mut window = open("rosenbrock");
    assert_eq!(app(&window).session().cursor(), 0);
    window.key_press(Key::Space);
    window.run_steps(30);
    let here = app(&window).session().cursor();
    assert!(here > 0 && app(&window).session().is_playing());
    window.key_press(Key::Space);
    window.run_steps(10);
    let paused = app(&window).session().cursor();
    window.run_steps(10);
    assert_eq!(app(&window).session().cursor(), paused);
    window.key_press(Key::ArrowRight);
    window.run_steps(2);
    assert_eq!(app(&window).session().cursor(), paused + 1);
    window.key_press(Key::Home);
    window.run_steps(2);
    assert_eq!(app(&window).session().cursor(), 0);
}

#[test]
fn the_play_button_plays() {
    let mut window = open("rosenbrock");
    window.get_by_label("Play").click();
    window.run_steps(20);
    assert!(app(&window).session().cursor() > 0);
    window.get_by_label("Pause").click();
    window.run_steps(2);
    assert!(!app(&window).session().is_playing());
}

#[test]
fn a_learning_rate_slider_bends_the_whole_path() {
    let mut window = open("ill-conditioned-quadratic");
    let end = |window: &Bench| {
        let session = app(window).session();
        session.race().runs()[0].trajectory().samples().last().copied().expect("computed")
    };
    let before = end(&window);
    let slider = window.get_all_by_role_and_label(Role::Slider, "learning rate α").next().expect("a slider");
    slider.set_value_accesskit(0.003);
    window.run_steps(3);
    let session = app(&window).session();
    assert_eq!(session.scenario().runners[0].optimizer.number("lr"), Some(0.003));
    assert_ne!(end(&window), before);
}

#[test]
fn a_schedule_is_chosen_and_its_milestones_typed() {
    let mut window = open("rosenbrock");
    let runner = |window: &Bench| app(window).session().focused().expect("a runner").0.clone();
    let before = app(&window).session().focused().expect("a runner").1.trajectory().samples().to_vec();
    window.get_by_role_and_label(Role::ComboBox, "schedule").click();
    window.run_steps(3);
    window.get_by_label("piecewise").click();
    window.run_steps(3);
    assert_eq!(runner(&window).schedule.of.name, "Piecewise");
    assert!(window.query_all_by_label_contains("Learning rate over the steps").next().is_some());
    assert!(window.query_all_by_label_contains("Σα = ∞ holds").next().is_some());
    let milestones = |window: &Bench| match &runner(window).schedule.values[0] {
        Value::Steps(steps) => steps.to_string(),
        other => panic!("{other:?}"),
    };
    for (typed, kept) in [("30, 60, 90", "30, 60, 90"), ("60, 30", "30, 60, 90"), ("", "")] {
        let field = window.get_by_role_and_label(Role::TextInput, "milestones");
        field.focus();
        window.run_steps(2);
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.key_press(Key::Backspace);
        window.run_steps(2);
        let field = window.get_by_role_and_label(Role::TextInput, "milestones");
        field.type_text(typed);
        window.run_steps(2);
        window.key_press(Key::Enter);
        window.run_steps(3);
        assert_eq!(milestones(&window), kept, "typed {typed}");
    }
    window.get_by_role_and_label(Role::ComboBox, "schedule").click();
    window.run_steps(3);
    window.get_by_label("exponential").click();
    window.run_steps(3);
    let after = app(&window).session().focused().expect("a runner").1.trajectory().samples().to_vec();
    assert!(after[0].position == before[0].position && after != before && after[9].lr < after[0].lr);
}

#[test]
fn paused_and_untouched_the_window_does_not_repaint() {
    let mut window = open("classic-five");
    // The harness stops as soon as no frame asks for another one; it fails if that never happens.
    window.run();
    let frames = window.run();
    assert!(frames <= 2, "{frames} frames without a reason");
}

#[test]
fn digits_hide_and_show_runners() {
    let mut window = open("classic-five");
    window.key_press(Key::Num2);
    window.run_steps(2);
    assert!(app(&window).session().scenario().runners[1].hidden);
    window.key_press(Key::Num2);
    window.run_steps(2);
    assert!(!app(&window).session().scenario().runners[1].hidden);
}

#[test]
fn a_click_in_the_plot_moves_the_start() {
    let mut window = open("rosenbrock");
    let plot = window.get_by_label("Contour plot of the surface with the paths").rect();
    let before = app(&window).session().scenario().start;
    let target = plot.center() + vec2(60.0, 40.0);
    window.drag_at(target);
    window.drop_at(target);
    window.run_steps(3);
    let after = app(&window).session().scenario().start;
    assert_ne!(before, after);
    let first = app(&window).session().race().runs()[0].trajectory().samples()[0].position;
    assert_eq!([first.x, first.y], after.point());
}

#[test]
fn the_panel_tells_the_spectrum_of_the_quadratic() {
    let window = open("ill-conditioned-quadratic");
    assert!(window.query_all_by_label_contains("condition number").next().is_some());
    assert!(window.query_all_by_label_contains("(1 - αλ)").next().is_some());
}

#[test]
fn a_damaged_file_is_refused_with_its_place_and_nothing_changes() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("bad.ron");
    std::fs::write(&path, "(\n    surface: Quadratic(kappa: -1),\n    runners: [],\n)").expect("written");
    let mut window = open("saddle");
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.run_steps(3);
    let field = window.get_by_role_and_label(Role::TextInput, "File");
    field.type_text(&path.display().to_string());
    window.run_steps(2);
    window.get_by_role_and_label(Role::Button, "Open").click();
    window.run_steps(3);
    assert!(
        window.query_all_by_label_contains("bad.ron:2:").next().is_some(),
        "the error tells file and line"
    );
    assert_eq!(app(&window).session().scenario().surface.of.name, "Saddle");
}

/// Over evaluations the charts say so, and the cards tell what was asked and what was found.
#[test]
fn the_charts_can_be_drawn_over_what_was_asked() {
    let text = "(surface: Rosenbrock(), start: (-1.2, 1.0), steps: 60, stop: (gradient: 1e-6), runners: [
        (optimizer: Bfgs()), (optimizer: Newton()), (optimizer: SteepestDescent()),
        (label: \"too far\", optimizer: GradientDescent(lr: 1))])";
    let mut window = open_scenario(thalweg_scenario::parse(text).expect("a scenario"));
    let says = |window: &Bench, words: &str| window.query_all_by_label_contains(words).next().is_some();
    assert!(says(&window, "no evaluations so far") && !says(&window, "over evaluations"));
    window.get_by_label("evaluations").click();
    window.run_steps(3);
    assert!(says(&window, "Chart: loss f over evaluations") && says(&window, "over steps: error along"));
    assert!(says(&window, "steepest descent goes on to"));
    for _ in 0..3 {
        window.key_press(Key::ArrowRight);
        window.run_steps(2);
    }
    assert!(says(&window, "3 gradient and 3 Hessian evaluations"), "Newton's method has a fixed cost");
    assert!(says(&window, "converged at step 34"));
    // What is nothing out of the ordinary is said by the card that is looked at.
    assert!(!says(&window, "all 60 steps made"));
    assert!(says(&window, "diverged at step"));
    assert!(says(&window, "estimated λ") && says(&window, "wrong by a factor of up to"));
    apply(&mut window, Command::Focus(2));
    assert!(says(&window, "all 60 steps made"));
    window.key_press(Key::T);
    window.key_press(Key::End);
    window.run_steps(3);
    window.get_by_label("steps").click();
    window.run_steps(3);
    assert!(!says(&window, "over evaluations"));
}

/// Everything that could panic: no runner, all hidden, diverged runs, absurd views, both themes.
#[test]
fn odd_states_are_drawn_without_panic() {
    let mut window = open("saddle");
    for preset in PRESETS {
        let mut scenario = thalweg_scenario::open_preset(preset.name).expect("built-in");
        for runner in &mut scenario.runners {
            // Of those that have one.
            let _ = runner.optimizer.set("lr", Value::Number(1e3));
        }
        scenario.stop.divergence = 1e308;
        for view in [scenario.view, View::square(1e-9), View::square(1e9)] {
            reopen(&mut window, Scenario { view, ..scenario.clone() });
            window.key_press(Key::End);
            window.run_steps(1);
            window.key_press(Key::T);
            window.run_steps(1);
        }
        for runner in &mut scenario.runners {
            runner.hidden = true;
        }
        reopen(&mut window, scenario.clone());
        scenario.runners.clear();
        reopen(&mut window, scenario);
        window.key_press(Key::Space);
        window.run_steps(1);
    }
    // A loss that overflows at the start, in every chart; views at the ends of what there is of numbers.
    let charts = ChartKind::TABLE.iter().map(|chart| ("(1e155, 0.001)", "(-4, 4)", chart.name));
    let views = ["(-1e308, 1e307)", "(0, 1e-300)"].map(|x| ("(0, 0)", x, "Loss"));
    for (start, x, chart) in charts.chain(views) {
        let text = format!(
            "(surface: Quadratic, start: {start}, view: (x: {x}), steps: 20,
            runners: [(optimizer: Momentum(lr: 0.01))], show: (chart: {chart}))"
        );
        reopen(&mut window, thalweg_scenario::parse(&text).expect(&text));
    }
}

#[test]
fn a_million_steps_are_computed_without_stalling_a_frame() {
    let mut scenario = thalweg_scenario::open_preset("classic-five").expect("built-in");
    scenario.steps = 1_000_000;
    let mut window = open_on_the_clock(scenario);
    window.run_steps(3);
    // Not all is computed yet, but there is something to show and the cursor can move.
    assert!(app(&window).session().horizon() > 0);
    window.key_press(Key::ArrowRight);
    window.run_steps(2);
    assert_eq!(app(&window).session().cursor(), 1);
}

#[test]
fn every_lesson_opens_and_plays() {
    let mut window = open("saddle");
    for preset in PRESETS {
        reopen(&mut window, thalweg_scenario::open_preset(preset.name).expect("built-in"));
        window.key_press(Key::Space);
        window.run_steps(5);
        assert!(app(&window).session().cursor() > 0, "{} does not move", preset.name);
    }
}

/// What is kept between frames for one runner must not be shown for another.
#[test]
fn runners_that_are_taken_out_take_their_lines_with_them() {
    let mut window = open("classic-five");
    let versions = |window: &Bench| -> Vec<u64> {
        let session = app(window).session();
        (0..session.scenario().runners.len()).map(|index| session.run_version(index)).collect()
    };
    let mut before = versions(&window);
    apply(&mut window, Edit::Runner(1, RunnerEdit::Remove));
    before.remove(1);
    assert_eq!(versions(&window), before);
    apply(&mut window, Edit::SetSteps(77));
    let mut all = versions(&window);
    all.extend(&before);
    all.sort_unstable();
    assert!(all.windows(2).all(|pair| pair[0] != pair[1]), "{all:?}");
}
