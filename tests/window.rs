//! The window, driven through its accessibility tree, with no display.

#![allow(clippy::expect_used, reason = "a test that finds no window fails")]

use egui::{Key, Modifiers, accesskit::Role, vec2};
use egui_kittest::{Harness, kittest::Queryable};
use thalweg::app::App;
use thalweg::descent::param::Value;
use thalweg::descent::surface::View;
use thalweg::descent::trajectory::Cause;
use thalweg::scenario::{self, PRESETS, Scenario};
use thalweg::session::Command;

struct Window(Option<App>, Scenario);

type Bench = Harness<'static, Window>;

fn open_scenario(scenario: Scenario) -> Bench {
    let mut harness = Harness::builder().with_size(vec2(1366.0, 768.0)).build_ui_state(
        |ui, window: &mut Window| {
            let ctx = ui.ctx().clone();
            let app = window.0.get_or_insert_with(|| App::open(&ctx, window.1.clone()));
            app.frame(ui);
        },
        Window(None, scenario),
    );
    harness.run_steps(4);
    harness
}

fn open(preset: &str) -> Bench {
    open_scenario(scenario::open(preset).expect("a built-in preset"))
}

/// Opens another scenario in a window that is there already: a new one takes a second.
fn reopen(harness: &mut Bench, scenario: Scenario) {
    let app = harness.state_mut().0.as_mut().expect("the window has opened");
    app.apply(Command::Open(Box::new(scenario)));
    harness.run_steps(3);
}

fn app(harness: &Bench) -> &App {
    harness.state().0.as_ref().expect("the window has opened")
}

#[test]
fn a_lesson_is_chosen_from_the_menu() {
    let mut window = open("saddle");
    window.get_by_label("Lessons").click();
    window.run_steps(3);
    let title = scenario::open("rosenbrock").expect("a built-in preset").title;
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
        session.race().lanes()[0].trajectory().samples().last().copied().expect("computed")
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
    window.get_by_label("Piecewise").click();
    window.run_steps(3);
    assert_eq!(runner(&window).schedule.of.name, "Piecewise");
    assert!(window.query_all_by_label_contains("Learning rate over the steps").next().is_some());
    assert!(window.query_all_by_label_contains("Σε = ∞ holds").next().is_some());
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
    window.get_by_label("Exponential").click();
    window.run_steps(3);
    let after = app(&window).session().focused().expect("a runner").1.trajectory().samples().to_vec();
    assert!(after[0].position == before[0].position && after != before && after[9].lr < after[0].lr);
}

fn first_path(window: &Bench) -> Vec<[f64; 2]> {
    let lane = &app(window).session().race().lanes()[0];
    lane.trajectory().samples().iter().map(|sample| sample.position.into()).collect()
}

fn choose(window: &mut Bench, combo: &str, entry: &str) {
    window.get_by_role_and_label(Role::ComboBox, combo).click();
    window.run_steps(3);
    window.get_by_label(entry).click();
    window.run_steps(3);
}

#[test]
fn noise_is_chosen_in_the_race_section_and_one_runner_keeps_exact_gradients() {
    let mut window = open("saddle-escape");
    assert!(window.query_by_label("tolerance |∇f|").is_none(), "the section is closed");
    window.get_by_role_and_label(Role::Button, "Race").click();
    window.run_steps(20);
    let exact = first_path(&window);
    choose(&mut window, "gradient", "Noise");
    let noisy = first_path(&window);
    assert!(noisy[0] == exact[0] && noisy[1] != exact[1]);
    let slider = window.get_all_by_role_and_label(Role::Slider, "noise σ").next().expect("a slider");
    slider.set_value_accesskit(2.0);
    window.run_steps(3);
    assert_ne!(first_path(&window), noisy);
    // Now that it matters, the focused card has the same choice for its runner alone.
    let own = window.get_all_by_role_and_label(Role::ComboBox, "gradient").nth(1).expect("on the card");
    own.click();
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, "Exact").click();
    window.run_steps(3);
    let session = app(&window).session();
    assert!(
        session.scenario().runners[0].gradient.is_some() && session.scenario().runners[1].gradient.is_none()
    );
    assert_eq!(first_path(&window), exact);
}

#[test]
fn what_a_surface_cannot_give_cannot_be_chosen() {
    let mut window = open("rosenbrock");
    window.get_by_role_and_label(Role::Button, "Race").click();
    window.run_steps(20);
    choose(&mut window, "gradient", "Minibatch");
    assert_eq!(app(&window).session().scenario().gradient.of.name, "Exact");
}

#[test]
fn a_random_start_is_chosen_and_drawn_again() {
    let mut window = open("rosenbrock");
    let mut starts = vec![app(&window).session().scenario().start.point()];
    choose(&mut window, "start", "at random in the view");
    starts.push(app(&window).session().scenario().start.point());
    for _ in 0..2 {
        window.get_by_label("Draw again: seed of the start").click();
        window.run_steps(3);
        starts.push(app(&window).session().scenario().start.point());
        assert_eq!(first_path(&window)[0], starts[starts.len() - 1]);
    }
    for (index, start) in starts.iter().enumerate() {
        assert!(!starts[..index].contains(start), "{starts:?}");
    }
    choose(&mut window, "start", "at the origin");
    assert_eq!(first_path(&window)[0], [0.0, 0.0]);
}

#[test]
fn a_cloud_of_starts_tells_where_its_runs_end() {
    let mut window = open_scenario(himmelblau(None));
    window.get_by_role_and_label(Role::Button, "Race").click();
    window.run_steps(20);
    window.get_by_role_and_label(Role::CheckBox, "cloud of starts").click();
    window.run_steps(40);
    let told = |window: &Bench, words: &str| window.query_all_by_label_contains(words).next().is_some();
    assert!(told(&window, "of 100 end near (") && told(&window, "near (3, 2)"));
    assert!(!told(&window, "still being computed"));
    let slider = window.get_all_by_role_and_label(Role::Slider, "starts n").next().expect("a slider");
    slider.set_value_accesskit(40.0);
    window.run_steps(20);
    assert!(told(&window, "of 40 end near ("));
    let points = |window: &Bench| app(window).session().scenario().cloud.expect("a cloud").points().next();
    let before = points(&window);
    window.get_by_label("Draw again: seed of the cloud").click();
    window.run_steps(20);
    assert!(points(&window) != before && told(&window, "of 40 end near ("));
    window.get_by_role_and_label(Role::CheckBox, "cloud of starts").click();
    window.run_steps(3);
    assert!(app(&window).session().swarm().is_none() && !told(&window, "end near"));
}

/// A scenario that uses what the section holds opens it, another one closes it again.
#[test]
fn the_race_section_is_open_where_it_is_used() {
    let mut window = open_scenario(himmelblau(Some(30)));
    window.run_steps(20);
    assert!(window.query_all_by_label_contains("of 30 end near (").next().is_some());
    reopen(&mut window, himmelblau(None));
    window.run_steps(20);
    assert!(window.query_by_label("cloud of starts").is_none());
    reopen(&mut window, himmelblau(Some(7)));
    window.run_steps(20);
    assert!(window.query_by_label("cloud of starts").is_some());
}

#[test]
fn patience_ends_a_run_that_no_longer_falls() {
    let mut window = open_scenario(himmelblau(None));
    window.get_by_role_and_label(Role::Button, "Race").click();
    window.run_steps(20);
    let slider = window.get_all_by_role_and_label(Role::Slider, "patience k").next().expect("a slider");
    slider.set_value_accesskit(3.0);
    window.run_steps(5);
    let session = app(&window).session();
    assert_eq!(session.scenario().stop.patience, 3);
    let ending = session.race().lanes()[0].trajectory().ending().expect("computed");
    assert!(ending.cause == Cause::Stalled && ending.step < 400, "{ending:?}");
}

fn himmelblau(starts: Option<u32>) -> Scenario {
    let cloud = starts.map_or_else(String::new, |count| format!("cloud: (count: {count}, seed: 3),"));
    let text = format!(
        "(surface: Himmelblau(), steps: 400, {cloud} runners: [(optimizer: GradientDescent(lr: 0.01))])"
    );
    scenario::parse(&text).expect("a scenario")
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
    let first = app(&window).session().race().lanes()[0].trajectory().samples()[0].position;
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
    let mut window = open_scenario(scenario::parse(text).expect("a scenario"));
    let says = |window: &Bench, words: &str| window.query_all_by_label_contains(words).next().is_some();
    assert!(says(&window, "nothing asked yet") && !says(&window, "over evaluations"));
    window.get_by_label("evaluations").click();
    window.run_steps(3);
    assert!(says(&window, "Chart: loss f over evaluations") && says(&window, "over steps: error along"));
    assert!(says(&window, "SteepestDescent goes on to"));
    for _ in 0..3 {
        window.key_press(Key::ArrowRight);
        window.run_steps(2);
    }
    assert!(says(&window, "asked 3 ∇f, 3 ∇²f"), "Newton's method has a fixed cost");
    assert!(says(&window, "converged at step 34") && says(&window, "all 60 steps made"));
    assert!(says(&window, "diverged at step"));
    assert!(says(&window, "estimated λ") && says(&window, "wrong by a factor of up to"));
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
        let mut scenario = scenario::open(preset.name).expect("built-in");
        for runner in &mut scenario.runners {
            runner.optimizer.set("lr", Value::Number(1e3));
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
}

/// Everything about a cloud that could panic: every run flies off, nothing is in view, nobody runs.
#[test]
fn odd_clouds_are_drawn_without_panic() {
    let mut window = open("saddle");
    for (lr, divergence) in [(0.01, 1e12), (1e3, 1e308)] {
        let mut scenario = himmelblau(Some(200));
        scenario.runners[0].optimizer.set("lr", Value::Number(lr));
        scenario.stop.divergence = divergence;
        for view in [scenario.view, View::square(1e-9), View::square(1e9)] {
            reopen(&mut window, Scenario { view, ..scenario.clone() });
            window.run_steps(10);
            window.key_press(Key::End);
            window.key_press(Key::T);
            window.run_steps(2);
        }
        scenario.runners.clear();
        reopen(&mut window, scenario);
        assert!(window.query_all_by_label_contains("add a runner").next().is_some());
    }
}

#[test]
fn a_million_steps_are_computed_without_stalling_a_frame() {
    let mut scenario = scenario::open("classic-five").expect("built-in");
    scenario.steps = 1_000_000;
    let mut window = open_scenario(scenario);
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
        reopen(&mut window, scenario::open(preset.name).expect("built-in"));
        window.key_press(Key::Space);
        window.run_steps(5);
        assert!(app(&window).session().cursor() > 0, "{} does not move", preset.name);
    }
}
