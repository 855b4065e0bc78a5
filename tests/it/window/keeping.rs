//! What is open comes back at the next start, whatever has happened to it, to its data and to its file meanwhile.

use super::harness::{Bench, app, apply, open_kept, until};
use egui::{Event, Key, Modifiers, pos2};
use egui_kittest::kittest::Queryable;
use std::fs;
use std::path::Path;
use std::time::Duration;
use thalweg::app::desktop_window::Given;
use thalweg::files::session_file::{before, read, restore};
use thalweg_scenario::{LinkOptions, Scenario, open_preset};
use thalweg_session::{Edit, RunnerEdit};

fn given_scenario(scenario: Scenario) -> Given {
    Given { scenario, file: None, options: LinkOptions::default(), remarks: Vec::new() }
}

fn given(preset: &str) -> Given {
    given_scenario(open_preset(preset).expect("a lesson"))
}

fn says(window: &Bench, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

/// Waits for the thread that writes; false if it takes longer than what was changed may stay unwritten.
fn is_kept(window: &Bench) -> bool {
    app(window).keeper().expect("it keeps").wait(Duration::from_secs(2))
}

fn scenario(window: &Bench) -> Scenario {
    app(window).session().scenario().clone()
}

/// After a key press nothing more is drawn, and the change is written all the same; a pointer that moves on and on
/// does not put it off.
#[test]
fn what_was_changed_last_is_written_within_two_seconds() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("app.ron");
    let mut window = open_kept(None, folder.path());
    assert!(is_kept(&window) && !path.exists(), "nothing has changed");
    window.key_press(Key::Num1);
    window.step();
    assert!(is_kept(&window));
    let stored = restore(&path).session.expect("written");
    assert!(stored.scenario.runners[0].hidden);
    apply(&mut window, Edit::SetTitle("moved".to_owned()));
    for step in 0..40_u8 {
        window.event(Event::PointerMoved(pos2(300.0 + 5.0 * f32::from(step), 300.0)));
        window.step();
    }
    assert!(is_kept(&window));
    assert_eq!(restore(&path).session.expect("written").scenario.title, "moved");
    // Nothing goes on when all is written, and no further frame is asked for.
    let delay = |window: &Bench| window.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    until(&mut window, "rest", |window| delay(window) == Duration::MAX);
}

#[test]
fn a_session_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = open_kept(None, folder.path());
    apply(&mut window, Edit::Runner(0, RunnerEdit::Rename("good:\t0.1\u{2029}".to_owned())));
    apply(&mut window, Edit::Pin("one\r\ntwo".to_owned()));
    let mine = scenario(&window);
    assert_eq!((&*mine.runners[0].label, &*mine.pinned_runs[0].name), ("good: 0.1", "one two"));
    drop(window);
    let window = open_kept(None, folder.path());
    assert_eq!(scenario(&window), mine);
    assert!(app(&window).session().is_changed() && !says(&window, "could not be read"));
}

#[test]
fn a_damaged_session_is_said_and_put_aside() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("app.ron");
    fs::write(&path, "{\"scenario\":\"(surface").expect("written");
    let mut window = open_kept(None, folder.path());
    assert!(says(&window, "app.ron: it is damaged") && says(&window, "This is the first lesson"));
    assert!(says(&window, "app.damaged-1.ron"));
    apply(&mut window, Edit::SetTitle("one".to_owned()));
    assert!(is_kept(&window));
    apply(&mut window, Edit::SetTitle("two".to_owned()));
    drop(window);
    fs::write(&path, "").expect("written");
    let window = open_kept(None, folder.path());
    assert_eq!(scenario(&window).title, "one");
    assert!(says(&window, "The session before it is here") && says(&window, "app.damaged-2.ron"));
    assert!(is_kept(&window) && read(&path).is_ok_and(|read| read.is_some()) && before(&path).exists());
}

#[test]
fn a_preset_does_not_take_the_place_of_the_last_session() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = open_kept(None, folder.path());
    apply(&mut window, Edit::SetTitle("mine".to_owned()));
    drop(window);
    // Looked at and closed.
    drop(open_kept(Some(given("rosenbrock")), folder.path()));
    assert_eq!(scenario(&open_kept(None, folder.path())).title, "mine");
    // Changed, too.
    let mut window = open_kept(Some(given("rosenbrock")), folder.path());
    apply(&mut window, Edit::SetTitle("another".to_owned()));
    drop(window);
    let mut window = open_kept(None, folder.path());
    assert_eq!(scenario(&window).title, "another");
    window.get_by_label("File").click();
    window.run_steps(3);
    window.get_by_label_contains("Earlier sessions").click();
    window.run_steps(3);
    window.get_by_label_contains("mine *").click();
    window.run_steps(3);
    assert_eq!(scenario(&window).title, "mine");
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(3);
    assert_eq!(scenario(&window).title, "another", "to go back is one change");
}

#[test]
fn two_windows_do_not_eat_each_others_session() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut one = open_kept(None, folder.path());
    let mut two = open_kept(None, folder.path());
    apply(&mut one, Edit::SetTitle("one".to_owned()));
    apply(&mut two, Edit::SetTitle("two".to_owned()));
    apply(&mut one, Edit::SetTitle("one, last".to_owned()));
    drop((two, one));
    let one = open_kept(None, folder.path());
    let two = open_kept(None, folder.path());
    assert_eq!((scenario(&one).title, scenario(&two).title), ("one, last".to_owned(), "two".to_owned()));
}

/// A path and a sampled loss are what they were, too, whatever has become of their files.
#[test]
fn a_session_outlives_its_path_and_its_samples() {
    let folder = tempfile::tempdir().expect("a folder");
    let [path, samples] = ["path.csv", "samples.csv"].map(|name| folder.path().join(name));
    let grid = |height: f64| {
        let row = |y: u8| (0..5).map(move |x| format!("{x},{y},{}\n", f64::from(x * y) * height));
        "x,y,loss\n".to_owned() + &(0..5).flat_map(row).collect::<String>()
    };
    fs::write(&path, "x,y\n1,1\n0.5,0.25\n").expect("written");
    fs::write(&samples, grid(1.0)).expect("written");
    let text = format!(
        "(surface: Grid(file: {:?}), start: (1, 1), runners: [(optimizer: Recorded(file: {:?}))])",
        samples.display().to_string(),
        path.display().to_string()
    );
    let given = thalweg_scenario::parse_with(&text, &mut thalweg::files::disk::Disk::default());
    let mut window = open_kept(Some(given_scenario(given.expect("a scenario"))), folder.path());
    apply(&mut window, Edit::SetTitle("mine".to_owned()));
    let mine = scenario(&window);
    drop(window);
    assert!(!says(&open_kept(None, folder.path()), "has changed since it was read"));
    fs::write(&path, "x,y\n1,1\n0.7,0.7\n").expect("written");
    fs::write(&samples, grid(3.0)).expect("written");
    let window = open_kept(None, folder.path());
    assert_eq!(scenario(&window), mine);
    assert!(says(
        &window,
        "path.csv has changed since it was read. The path is the one that the session had"
    ));
    assert!(says(&window, "samples.csv has changed since it was read. The samples are those"));
}

fn on_data(file: &Path) -> Given {
    let text = format!(
        "(surface: LogisticRegression(data: {:?}), runners: [(optimizer: GradientDescent(lr: 0.3))])",
        file.display().to_string()
    );
    let scenario = thalweg_scenario::parse_with(&text, &mut thalweg::files::disk::Disk::default());
    given_scenario(scenario.expect("a scenario"))
}

/// The data of a session are those it had, whatever has become of their file, and so are those of its pins.
#[test]
fn a_session_outlives_its_data() {
    let folder = tempfile::tempdir().expect("a folder");
    let csv = folder.path().join("points.csv");
    fs::write(&csv, "a \"b\", c;d;yes\n0.1;1e-300;1\n-2.5;3.3333333333333335;0\n").expect("written");
    let mut window = open_kept(Some(on_data(&csv)), folder.path());
    apply(&mut window, Edit::Pin("before".to_owned()));
    let mine = scenario(&window);
    drop(window);
    assert!(!says(&open_kept(None, folder.path()), "points.csv has changed"));
    fs::write(&csv, "a;b;y\n1;2;0\n2;1;1\n").expect("written");
    let window = open_kept(None, folder.path());
    assert_eq!(scenario(&window), mine);
    assert!(says(&window, "points.csv has changed since it was read"));
    drop(window);
    fs::remove_file(&csv).expect("there");
    let mut window = open_kept(None, folder.path());
    assert_eq!(scenario(&window), mine);
    assert!(says(&window, "points.csv: cannot be read"));
    // Other data of the same name beside the pinned ones.
    fs::write(&csv, "a;b;y\n1;2;0\n2;1;1\n").expect("written");
    let other = on_data(&csv).scenario.surface.values[0].clone();
    apply(&mut window, Edit::SetSurface("data".into(), other));
    let mine = scenario(&window);
    assert_ne!(mine.surface.values, mine.pinned_runs[0].of.surface.values);
    drop(window);
    assert_eq!(scenario(&open_kept(None, folder.path())), mine);
}
