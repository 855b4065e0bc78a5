//! Any chart stands in any of the three places, and the document remembers which.

use super::harness::{Bench, app, apply, open, open_scenario, reopen};
use egui_kittest::kittest::{NodeT, Queryable};
use thalweg_scenario::ChartKind;
use thalweg_session::{Command, Edit};

/// What each chart is called for whoever cannot see it, in the order of the choosers.
const CALLED: [&str; 5] = [
    "Chart: loss",
    "Chart: gradient norm",
    "Chart: error along",
    "Chart: loss by component",
    "Chart: sharpness along the path",
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
    assert_eq!(drawn(&window), [0, 1, 2]);
    let mut choose = |place: usize, title: &str| {
        window.get_by_label(&format!("choose chart {place}")).click();
        window.run_steps(3);
        window.get_by_label(title).click();
        window.run_steps(4);
        drawn(&window)
    };
    assert_eq!(choose(1, "sharpness"), [4, 1, 2]);
    assert_eq!(choose(3, "gradient norm"), [4, 2, 1]);
    let kept = thalweg_scenario::to_ron(app(&window).session().scenario());
    let window = open_scenario(thalweg_scenario::parse(&kept).expect("it was written"));
    assert_eq!(drawn(&window), [4, 2, 1]);
}

#[test]
fn a_choice_of_a_chart_can_be_undone() {
    let mut window = open("rosenbrock");
    let mut show = app(&window).session().scenario().show.clone();
    show.charts[0] = ChartKind::named("Components");
    apply(&mut window, Edit::Show(Box::new(show)));
    assert_eq!(drawn(&window), [3, 1, 2]);
    apply(&mut window, Command::Undo);
    assert_eq!(drawn(&window), [0, 1, 2]);
}
