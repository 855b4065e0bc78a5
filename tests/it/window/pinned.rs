//! Pinned paths in the third chart and in the table.

use super::harness::{Bench, app, apply, open_scenario};
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use thalweg_core::catalogue::surfaces;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{BottomPanel, ChartKind, Layer, Start, ViewState};
use thalweg_session::{Command, Edit, Playback, RunnerEdit};

/// Gradient descent at 0.01 on (u² + 100 v²)/2, pinned; the runner itself has gone elsewhere since.
fn changed() -> Bench {
    let mut window = open_scenario(thalweg_scenario::open_preset("before-and-after").expect("a lesson"));
    apply(&mut window, Edit::Runner(0, RunnerEdit::Set("lr".into(), Value::Number(0.018))));
    apply(&mut window, Edit::SetStart(Start::At([0.5, 0.25])));
    apply(&mut window, Playback::Seek(20));
    window
}

fn show(window: &mut Bench, change: impl FnOnce(&mut ViewState)) {
    let mut show = app(window).session().scenario().show.clone();
    change(&mut show);
    apply(window, Edit::Show(Box::new(show)));
    window.run_steps(4);
}

/// The number behind these words, in whatever says them.
fn number(window: &Bench, words: &str) -> f64 {
    let nodes: Vec<_> = window.query_all_by_label_contains(words).collect();
    let node = nodes.first().unwrap_or_else(|| panic!("nobody says {words}"));
    let node = node.accesskit_node();
    let label = node.label().or_else(|| node.value()).expect("words");
    let told = label.split(words).nth(1).unwrap_or_default();
    let end = told.find([';', ',']).unwrap_or(told.len());
    told[..end].trim().parse().unwrap_or_else(|_| panic!("{words}{told}"))
}

fn says(window: &Bench, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

const PIN: &str = "α = 0.01: gradient descent";

/// The errors shrink by 1 - α and 1 - 100α a step, from (-2.5, 1) along axes turned by 30°, whatever became
/// of the runner; its surface, too.
#[test]
fn the_third_chart_shows_what_was_pinned() {
    let mut window = changed();
    let (sin, cos) = libm::sincos(30_f64.to_radians());
    let along = (-2.5 * cos + sin).abs() * libm::pow(0.99, 20.0);
    let close = |found: f64, wanted: f64| (found - wanted).abs() < 1e-3 * wanted;
    for _ in 0..2 {
        show(&mut window, |show| show.charts[2] = ChartKind::named("Decay"));
        assert!(close(number(&window, &format!("{PIN}, along v₁, step 20: ")), along));
        show(&mut window, |show| show.charts[2] = ChartKind::named("Components"));
        assert!(says(&window, &format!("{PIN}: v₁ 230, v₂ 1")), "0.99^460 < 0.01 and nothing");
        show(&mut window, |show| show.charts[2] = ChartKind::named("Sharpness"));
        assert!(close(number(&window, &format!("{PIN}, surface, step 20: ")), 100.0));
        assert!(close(number(&window, &format!("{PIN}, edge, step 20: ")), 200.0));
        apply(&mut window, Edit::ChooseSurface(surfaces::find("Himmelblau").expect("known")));
        apply(&mut window, Playback::Seek(20));
    }
    show(&mut window, |show| show.layers = show.layers.with(Layer::PinnedRuns, false));
    for chart in ChartKind::ALL {
        show(&mut window, |show| show.charts[2] = chart);
        assert!(!says(&window, PIN), "{chart:?}");
    }
}

/// Of several runners, the one that stands for the focused one.
#[test]
fn the_third_chart_follows_the_focus() {
    let mut window = open_scenario(thalweg_scenario::open_preset("nesterov").expect("a lesson"));
    apply(&mut window, Edit::Pin("before".to_owned()));
    for focus in [2, 0, 1] {
        apply(&mut window, Command::Focus(focus));
        show(&mut window, |show| show.charts[2] = ChartKind::named("Components"));
        for index in 0..3 {
            let name = app(&window).session().scenario().runners[index].name().into_owned();
            assert_eq!(says(&window, &format!("before: {name}: v₁")), index == focus, "{name}");
        }
    }
}

/// The table has them, sorted with the others, as their own race says.
#[test]
fn the_table_has_what_was_pinned() {
    let mut window = changed();
    show(&mut window, |show| show.below = BottomPanel::Table);
    let loss = |window: &Bench, name: &str| number(window, &format!("loss f of {name}: "));
    let found = (loss(&window, "gradient descent"), loss(&window, PIN));
    let expected = {
        let session = app(&window).session();
        let (_, pinned) = session.pinned_runs().next().expect("pinned");
        let at = |run: &thalweg_core::run::run::Run| run.trajectory().at(20).expect("computed").loss;
        (at(&session.race().runs()[0]), at(&pinned.race().runs()[0]))
    };
    let close = |found: f64, wanted: f64| (found - wanted).abs() < 1e-3 * wanted;
    assert!(close(found.0, expected.0) && close(found.1, expected.1) && found.1 > 2.0 * found.0);
    let (sin, cos) = libm::sincos(30_f64.to_radians());
    let distance = (-2.5 * cos + sin).abs() * libm::pow(0.99, 20.0);
    assert!(close(number(&window, &format!("distance of {PIN}: ")), distance));
    let first = |window: &Bench| {
        let top = |name: &str| {
            let label = format!("loss f of {name}: ");
            window.query_all_by_label_contains(&label).next().map(|node| node.rect().top())
        };
        top("gradient descent") < top(PIN)
    };
    assert!(first(&window), "pinned ones come last");
    for (heading, expected) in [("loss f", true), ("loss f ↑", false)] {
        window.get_by_role_and_label(Role::Button, heading).click();
        window.run_steps(3);
        assert_eq!(first(&window), expected);
    }
    show(&mut window, |show| show.layers = show.layers.with(Layer::PinnedRuns, false));
    assert!(!says(&window, &format!("loss f of {PIN}: ")));
}
