//! Files of one's own in the window: data, a path, a loss, opened as a drop would.

use super::disk::type_path;
use super::harness::{Bench, app, open_scenario};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use std::fmt::Write;
use std::fs;
use std::path::Path;
use thalweg_core::spec::value::Value;

const RACE: &str = "(surface: Saddle(), start: (1, 0.5), runners: [(label: \"slow\", optimizer: GradientDescent(lr: 0.01))])";

fn open_file(window: &mut Bench, path: &Path) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.run_steps(3);
    type_path(window, path);
    window.key_press(Key::Enter);
    window.run_steps(4);
}

fn says(window: &Bench, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

#[test]
fn a_path_is_a_runner_and_is_compared() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.csv");
    // Gradient descent on x² - y² with twice the rate.
    let mut text = "step,x,y\n".to_owned();
    let (mut x, mut y) = (1.0_f64, 0.5_f64);
    for step in 0..=30 {
        writeln!(text, "{step},{x:?},{y:?}").expect("written");
        (x, y) = (x - 0.02 * 2.0 * x, y + 0.02 * 2.0 * y);
    }
    fs::write(&file, text).expect("written");
    let mut window = open_scenario(thalweg_scenario::parse(RACE).expect("a scenario"));
    open_file(&mut window, &file);
    assert!(says(&window, "mine.csv: a path of 30 steps, as a runner"));
    let session = app(&window).session();
    assert_eq!((session.scenario().runners.len(), session.focus()), (2, 1));
    assert!(says(&window, "mine.csv, 30 steps"));
    window.get_by_label("Menu of mine.csv").click();
    window.run_steps(3);
    window.get_by_label("Compare with").click();
    window.run_steps(3);
    // The card's name is below the menu.
    let entries: Vec<_> = window.query_all_by_label("slow").collect();
    entries.last().expect("the entry of the menu").click();
    drop(entries);
    window.run_steps(4);
    assert!(says(&window, "mine.csv beside slow"));
    assert!(says(&window, "Each of these explains the path"), "the rate, or a factor of 2");
    assert!(says(&window, "learning rate α (lr) is 0.02, not 0.01"));
    window.key_press(Key::Escape);
    window.run_steps(3);
    assert!(!says(&window, "Each of these explains"));
    // One change, taken back as one.
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
    assert_eq!(app(&window).session().scenario().runners.len(), 1);
}

#[test]
fn a_sampled_loss_is_a_surface() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("loss.csv");
    let mut text = "x,y,loss\n".to_owned();
    for i in 0..9 {
        for j in 0..7 {
            let (x, y) = (f64::from(i) / 2.0 - 2.0, f64::from(j) / 2.0);
            writeln!(text, "{x},{y},{}", x * x + 2.0 * (y - 1.0) * (y - 1.0)).expect("written");
        }
    }
    fs::write(&file, text).expect("written");
    let mut window = open_scenario(thalweg_scenario::parse(RACE).expect("a scenario"));
    open_file(&mut window, &file);
    assert!(says(&window, "loss.csv: a loss on 9 x 7 samples"));
    let scenario = app(&window).session().scenario();
    assert_eq!(
        (scenario.surface.of.name, scenario.view.x, scenario.view.y),
        ("Grid", (-2.0, 2.0), (0.0, 3.0))
    );
    assert!(matches!(scenario.surface.values[..], [Value::Grid(_)]));
    window.run_steps(4);
    assert!(says(&window, "loss.csv, 9 × 7 samples"));
    let minimum = app(&window).session().race().problem().objective.nearest_minimum([0.0, 1.0].into());
    assert!(minimum.is_some_and(|point| (point.at - nalgebra::Vector2::new(0.0, 1.0)).norm() < 1e-9));
}

#[test]
fn data_are_opened_as_dropped() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("houses.csv");
    fs::write(&file, "size,price\n1,3\n2,5\n,7\n4,9\n").expect("written");
    let mut window = open_scenario(thalweg_scenario::parse(RACE).expect("a scenario"));
    open_file(&mut window, &file);
    assert!(says(&window, "1 row with an empty cell is left out"));
    assert_eq!(app(&window).session().scenario().surface.of.name, "LinearRegression");
    assert!(says(&window, "data: houses.csv, 3 rows, 1 left out"));
}

#[test]
fn columns_are_chosen_beside_a_preview() {
    let folder = tempfile::tempdir().expect("a folder");
    let several = folder.path().join("several.csv");
    fs::write(&several, "town,rooms,area,price\nUlm,1,2,3\nBonn,5,6,7\nKiel,,4,4\nTrier,2,2,9\n")
        .expect("written");
    let mut window = open_scenario(thalweg_scenario::parse(RACE).expect("a scenario"));
    let columns = |window: &Bench| {
        let surface = &app(window).session().scenario().surface;
        match &surface.values[..] {
            [Value::Data(table), ..] => table.columns.join(" "),
            _ => surface.of.name.to_owned(),
        }
    };
    open_file(&mut window, &several);
    assert!(says(&window, "Columns of several.csv") && says(&window, "Trier"));
    assert!(says(&window, "3 rows; 1 with an empty cell is left out. The target is a number"));
    // Keys act on the dialog alone.
    let step = app(&window).session().cursor();
    window.key_press(Key::ArrowRight);
    window.run_steps(2);
    assert_eq!(app(&window).session().cursor(), step);
    window.key_press(Key::Escape);
    window.run_steps(3);
    assert!(!says(&window, "Columns of several.csv"));
    assert_eq!(columns(&window), "Saddle");
    open_file(&mut window, &several);
    window.get_by_role_and_label(Role::ComboBox, "target").click();
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, "area").click();
    window.run_steps(3);
    window.get_by_label("Use these columns").click();
    window.run_steps(4);
    assert_eq!(columns(&window), "rooms price area", "the two have changed places");
    assert!(says(&window, "data: several.csv, 3 rows, 1 left out"));
    // What would be no preset is no data, either.
    let words = folder.path().join("words.csv");
    fs::write(&words, "a,b,c,d\nx,y,z,v\nz,v,x,q\nq,p,o,n\n").expect("written");
    open_file(&mut window, &words);
    assert!(says(&window, "choose them by name") && !says(&window, "Columns of words.csv"));
}
