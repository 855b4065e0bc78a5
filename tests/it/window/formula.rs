//! Typing a function, and a learning rate.

use super::harness::{Bench, app, open_scenario};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable;
use thalweg_core::catalogue::surfaces;
use thalweg_core::spec::chosen::Chosen;

/// Types into the field of this label in place of what is there.
fn type_over(window: &mut Bench, label: &str, typed: &str) {
    window.get_by_role_and_label(Role::MultilineTextInput, label).focus();
    window.run_steps(2);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.get_by_role_and_label(Role::MultilineTextInput, label).type_text(typed);
    window.run_steps(3);
}

#[test]
fn a_function_is_typed_and_the_last_good_one_stays_while_it_is_not_finished() {
    let mut scenario = thalweg_scenario::open_preset("saddle").expect("built-in");
    scenario.surface = Chosen::with_defaults(surfaces::find("Formula").expect("known"));
    let mut window = open_scenario(scenario);
    let text = |window: &Bench| {
        app(window).session().scenario().surface.typed().expect("a typed function").text().to_owned()
    };
    let type_over = |window: &mut Bench, typed: &str| type_over(window, "f(x, y) =", typed);
    type_over(&mut window, "a*x^2 + b*y^2");
    assert_eq!(text(&window), "a*x^2 + b*y^2");
    let slider = window.get_by_role_and_label(Role::Slider, "b");
    slider.set_value_accesskit(7.0);
    window.run_steps(3);
    let value = |window: &Bench| {
        let objective = &app(window).session().race().problem().objective;
        objective.value(nalgebra::Vector2::new(0.0, 2.0))
    };
    assert_eq!(value(&window), 28.0);
    // Unfinished: the error is told, and the surface stays.
    type_over(&mut window, "a*x^2 + b*y^2 + 2*");
    assert_eq!((text(&window).as_str(), value(&window)), ("a*x^2 + b*y^2", 28.0));
    assert!(window.query_all_by_label_contains("the plot still shows the last one").next().is_some());
    // Finished, with the slider where it was.
    type_over(&mut window, "b*y^2 + 2*x + c");
    assert_eq!((text(&window).as_str(), value(&window)), ("b*y^2 + 2*x + c", 29.0));
    assert!(window.query_all_by_label_contains("the plot still shows").next().is_none());
    assert!(window.query_by_role_and_label(Role::Slider, "a").is_none());
}

#[test]
fn a_learning_rate_is_typed_and_the_last_good_one_runs_on() {
    let mut window = open_scenario(thalweg_scenario::open_preset("rosenbrock").expect("built-in"));
    let schedule = |window: &Bench| app(window).session().focused().expect("a runner").0.schedule.clone();
    let text = |window: &Bench| schedule(window).rate().expect("a formula").text().to_owned();
    let rate =
        |window: &Bench, step: u32| app(window).session().focused().expect("a runner").1.learning_rate(step);
    window.get_by_role_and_label(Role::ComboBox, "schedule").click();
    window.run_steps(3);
    window.get_by_label("own formula").click();
    window.run_steps(3);
    assert_eq!(schedule(&window).of.name, "Formula");
    let set = rate(&window, 0);
    let type_over = |window: &mut Bench, typed: &str| type_over(window, "α(t) =", typed);
    type_over(&mut window, "lr*gamma^(t/T)");
    assert_eq!(text(&window), "lr*gamma^(t/T)");
    assert!((rate(&window, 300) - 0.9 * set).abs() < 1e-15);
    window.get_by_role_and_label(Role::Slider, "gamma γ").set_value_accesskit(0.5);
    window.run_steps(3);
    assert!((rate(&window, 300) - 0.5 * set).abs() < 1e-15);
    // Unfinished: the mistake is told, and the schedule stays.
    type_over(&mut window, "lr*gamma^(t/T");
    assert_eq!(text(&window), "lr*gamma^(t/T)");
    assert!(
        window.query_all_by_label_contains("the last formula that could be read runs on").next().is_some()
    );
    // Finished, with the slider where it was.
    type_over(&mut window, "lr*gamma^t");
    assert_eq!(text(&window), "lr*gamma^t");
    assert_eq!(schedule(&window).number("gamma"), Some(0.5));
    assert!(window.query_all_by_label_contains("runs on").next().is_none());
}
