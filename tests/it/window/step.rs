//! The page that takes a step apart.

use crate::window::harness::{Bench, app, apply, open_scenario, open_sized};
use egui::accesskit::{Role, Toggled};
use egui::{Key, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_core::catalogue::optimizers;
use thalweg_scenario::{Layer, Page, Scenario, ViewState};
use thalweg_session::{Edit, Playback, RunnerEdit};

/// A lesson, open at the page of its first runner, with the vectors on the plot.
fn lesson(name: &str) -> Scenario {
    let mut scenario = thalweg_scenario::open_preset(name).expect("a built-in preset");
    let layers = scenario.show.layers.with(Layer::Vectors, true);
    scenario.show = ViewState { page: Page::named("Step"), layers, focus: 1, ..scenario.show };
    scenario
}

/// The lines on the page that say `=` or `←`, and which of them are looked at.
fn lines(window: &Bench) -> Vec<(String, bool)> {
    let texts: Vec<_> = optimizers::ALL.iter().flat_map(|of| of.update()).collect();
    let rows = window.query_all_by_role(Role::Button);
    let row = |node: egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        let text = node.label()?;
        // A button on the card says which settings are best.
        let is_best = text.starts_with("Best at ");
        let is_line = texts.contains(&text) || text.contains(" ← ") || text.contains(" = ") && !is_best;
        is_line.then(|| (text, node.toggled() == Some(Toggled::True) || node.is_selected() == Some(true)))
    };
    rows.filter_map(row).collect()
}

fn present(window: &Bench) -> Vec<String> {
    lines(window).into_iter().filter(|(_, present)| *present).map(|(text, _)| text).collect()
}

fn press(window: &mut Bench, key: Key) {
    window.key_press(key);
    window.run_steps(3);
}

#[test]
fn the_keys_walk_through_the_lines_and_on_to_the_next_step() {
    let mut window = open_scenario(lesson("adam-bias-correction"));
    let all: Vec<_> = lines(&window).into_iter().map(|(text, _)| text).collect();
    assert_eq!(all, optimizers::find("Adam").expect("Adam").update());
    for line in &all {
        assert_eq!(present(&window), std::slice::from_ref(line));
        press(&mut window, Key::Period);
    }
    assert_eq!((app(&window).session().cursor(), app(&window).session().line()), (1, 0));
    assert_eq!(present(&window), [all[0].clone()]);
    press(&mut window, Key::Comma);
    assert_eq!((app(&window).session().cursor(), present(&window)), (0, vec![all[6].clone()]));
    window.get_by_label("back").click();
    window.run_steps(3);
    assert_eq!(present(&window), [all[5].clone()]);
    window.get_by_label("v̂ = v/(1 - β₂^t)").click();
    window.run_steps(3);
    assert_eq!(present(&window), ["v̂ = v/(1 - β₂^t)"]);
    // At its start v is 0.001·g², and the correction makes that g² again: 2.5² along x.
    assert!(window.query_by_label("x:  0.00625/(1 - 0.999^1) = 6.25").is_some());
}

#[test]
fn where_the_run_has_ended_the_page_says_why() {
    let mut window = open_scenario(lesson("adam-bias-correction"));
    apply(&mut window, Playback::Seek(150));
    assert_eq!(lines(&window), []);
    assert!(window.query_by_label_contains("No step follows").is_some());
    press(&mut window, Key::Period);
    assert_eq!(app(&window).session().cursor(), 150);
    press(&mut window, Key::Comma);
    assert_eq!((app(&window).session().cursor(), app(&window).session().line()), (149, 6));
}

#[test]
fn the_arrows_are_switched_on_the_page() {
    let mut window = open_scenario(lesson("adam-bias-correction"));
    let shown = |window: &Bench| app(window).session().scenario().show.layers.has(Layer::Vectors);
    assert!(shown(&window));
    window.get_by_label("on the plot").click();
    window.run_steps(3);
    assert!(!shown(&window));
}

/// Every method's lines are all shown, and every sign in them has a glyph: the harness fails on one that
/// has none.
#[test]
fn every_method_can_be_walked_through() {
    let mut window = open_sized(lesson("rosenbrock"), vec2(900.0, 560.0));
    for of in optimizers::ALL {
        apply(&mut window, Edit::Runner(0, RunnerEdit::Choose(of)));
        apply(&mut window, Playback::Seek(1));
        apply(&mut window, Playback::Line(0));
        let (_, run) = app(&window).session().focused().expect("a runner");
        let count = StepTrace::count(run);
        if !app(&window).session().has_step() {
            continue;
        }
        let mut seen = Vec::new();
        for _ in 0..count {
            let shown = lines(&window).len();
            // What is searched for or kept has no sign of equality.
            assert!(
                shown > 1 && shown <= count,
                "{}: {shown} of {count} lines: {:?}",
                of.name,
                lines(&window)
            );
            seen.extend(present(&window));
            window.key_press(Key::Period);
            window.run_steps(1);
        }
        assert_eq!(app(&window).session().cursor(), 2, "{}", of.name);
        let texts: Vec<_> = of.update();
        for text in texts.iter().filter(|text| text.contains(" = ")) {
            assert!(seen.contains(text), "{}: {text} was never looked at\n{seen:?}", of.name);
        }
    }
}
