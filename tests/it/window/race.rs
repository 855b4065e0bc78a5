//! The section "Race": gradients, starts, clouds and rules to stop.

use super::harness::{Bench, app, open, open_scenario, reopen};
use egui::{Key, accesskit::Role};
use egui_kittest::kittest::Queryable;
use thalweg_core::objective::view::View;
use thalweg_core::run::trajectory::Cause;
use thalweg_core::spec::value::Value;
use thalweg_scenario::Scenario;

fn first_path(window: &Bench) -> Vec<[f64; 2]> {
    let run = &app(window).session().race().runs()[0];
    run.trajectory().samples().iter().map(|sample| sample.position.into()).collect()
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
    choose(&mut window, "gradient", "noise");
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
    window.get_by_role_and_label(Role::Button, "exact").click();
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
    choose(&mut window, "gradient", "minibatch");
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
    assert!(app(&window).session().multi_start().is_none() && !told(&window, "end near"));
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
    window.get_by_label("when to stop").click();
    // It opens with a little animation.
    window.run_steps(30);
    let slider = window.get_all_by_role_and_label(Role::Slider, "patience k").next().expect("a slider");
    slider.set_value_accesskit(3.0);
    window.run_steps(5);
    let session = app(&window).session();
    assert_eq!(session.scenario().stop.patience, 3);
    let ending = session.race().runs()[0].trajectory().ending().expect("computed");
    assert!(ending.cause == Cause::Stalled && ending.step < 400, "{ending:?}");
}

fn himmelblau(starts: Option<u32>) -> Scenario {
    let cloud = starts.map_or_else(String::new, |count| format!("cloud: (count: {count}, seed: 3),"));
    let text = format!(
        "(surface: Himmelblau(), steps: 400, {cloud} runners: [(optimizer: GradientDescent(lr: 0.01))])"
    );
    thalweg_scenario::parse(&text).expect("a scenario")
}

/// Everything about a cloud that could panic: every run flies off, nothing is in view, nobody runs.
#[test]
fn odd_clouds_are_drawn_without_panic() {
    let mut window = open("saddle");
    for (lr, divergence) in [(0.01, 1e12), (1e3, 1e308)] {
        let mut scenario = himmelblau(Some(200));
        assert!(scenario.runners[0].optimizer.set("lr", Value::Number(lr)));
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
