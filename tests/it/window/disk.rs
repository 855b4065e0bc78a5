//! Files as the window meets them: pipes, what another program has changed, what is no preset, and an export that
//! is under way when the window closes.

use super::harness::{Bench, app, apply, open, open_kept, open_scenario};
use egui::accesskit::Role;
use egui::{Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::kittest::Queryable;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use thalweg::app::desktop_window::Given;
use thalweg::files::regular_file::fingerprint;
use thalweg_scenario::{LinkOptions, to_ron};
use thalweg_session::Edit;

fn says(window: &Bench, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn command(window: &mut Bench, key: Key) {
    window.key_press_modifiers(Modifiers::COMMAND, key);
    window.run_steps(3);
}

/// Types a path in place of the one that is proposed.
pub(super) fn type_path(window: &mut Bench, path: &Path) {
    command(window, Key::A);
    window.get_by_role_and_label(Role::TextInput, "File").type_text(&path.display().to_string());
    window.run_steps(3);
}

fn click(window: &mut Bench, button: &str) {
    window.get_by_role_and_label(Role::Button, button).click();
    window.run_steps(3);
}

fn save_as(window: &mut Bench) {
    window.key_press_modifiers(Modifiers { shift: true, ..Modifiers::COMMAND }, Key::S);
    window.run_steps(3);
}

#[test]
fn what_is_no_preset_is_not_replaced_by_enter() {
    let folder = tempfile::tempdir().expect("a folder");
    let (points, mine) = (folder.path().join("points.txt"), folder.path().join("mine.ron"));
    fs::write(&points, "years of work").expect("written");
    let mut window = open("saddle");
    save_as(&mut window);
    type_path(&mut window, &points);
    assert!(says(&window, "This file holds no preset"));
    window.key_press(Key::Enter);
    window.run_steps(3);
    assert_eq!(fs::read_to_string(&points).expect("there"), "years of work");
    window.get_by_role_and_label(Role::TextInput, "File").focus();
    window.run_steps(2);
    type_path(&mut window, &mine);
    window.key_press(Key::Enter);
    window.run_steps(4);
    assert!(mine.exists() && says(&window, "Saved to"));
    // A preset is replaced by Enter, and what is no preset by its button.
    save_as(&mut window);
    assert!(says(&window, "The file exists and will be replaced"));
    type_path(&mut window, &points);
    click(&mut window, "Replace it all the same");
    assert!(fs::read_to_string(&points).expect("there").contains("Saddle"));
    assert!(!app(&window).session().is_changed());
    // An export never takes the place of the preset.
    command(&mut window, Key::E);
    type_path(&mut window, &points);
    assert!(says(&window, "The scenario reads"));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_refused_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let preset = folder.path().join("preset.ron");
    fs::write(&preset, "(surface: LinearRegression(data: \"pipe\"), runners: [])").expect("written");
    let mut window = open("saddle");
    for path in [&*pipe, &*preset, Path::new("/dev/zero"), folder.path()] {
        command(&mut window, Key::O);
        type_path(&mut window, path);
        click(&mut window, "Open");
        assert!(says(&window, "this is a pipe or a device") || says(&window, "this is a folder"), "{path:?}");
        window.key_press(Key::Escape);
        window.run_steps(3);
    }
    save_as(&mut window);
    type_path(&mut window, &pipe);
    assert!(says(&window, "This is a pipe or a device"));
}

#[test]
fn what_another_program_has_changed_is_not_replaced_without_a_question() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, kept) = (folder.path().join("mine.ron"), folder.path().join("kept"));
    let scenario = thalweg_scenario::open_preset("saddle").expect("a lesson");
    let text = to_ron(&scenario);
    fs::write(&path, &text).expect("written");
    let file = Some((path.clone(), Some(fingerprint(text.as_bytes()))));
    let mut window = open_kept(
        Some(Given { scenario, file, options: LinkOptions::default(), remarks: Vec::new() }),
        &kept,
    );
    apply(&mut window, Edit::SetTitle("one".to_owned()));
    command(&mut window, Key::S);
    assert!(fs::read_to_string(&path).expect("there").contains("one"), "nobody else has changed it");
    let theirs = text.replace("surface: Saddle", "title: \"theirs\", surface: Saddle");
    let theirs = theirs.replacen("title", "// a remark\n    title", 1);
    fs::write(&path, &theirs).expect("written");
    apply(&mut window, Edit::SetTitle("two".to_owned()));
    // At the next start, too.
    drop(window);
    let mut window = open_kept(None, &kept);
    command(&mut window, Key::S);
    assert!(says(&window, "mine.ron is not as it was"));
    assert_eq!(fs::read_to_string(&path).expect("there"), theirs);
    window.key_press(Key::Enter);
    window.run_steps(2);
    assert_eq!(fs::read_to_string(&path).expect("there"), theirs);
    click(&mut window, "Replace it");
    assert!(fs::read_to_string(&path).expect("there").contains("two"));
    assert!(!app(&window).session().is_changed());
    apply(&mut window, Edit::SetTitle("three".to_owned()));
    command(&mut window, Key::S);
    assert!(fs::read_to_string(&path).expect("there").contains("three"), "what was written here is known");
    fs::remove_file(&path).expect("there");
    apply(&mut window, Edit::SetTitle("four".to_owned()));
    command(&mut window, Key::S);
    assert!(path.exists(), "a file that is gone is written again");
}

fn close_requested(window: &mut Bench) {
    let root = window.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    root.events.push(ViewportEvent::Close);
    window.step();
    window.input_mut().viewports.entry(ViewportId::ROOT).or_default().events.clear();
}

fn commands(window: &Bench) -> Vec<ViewportCommand> {
    window.output().viewport_output[&ViewportId::ROOT].commands.clone()
}

/// To close the window waits for an export that is under way, and then closes it.
#[test]
fn an_export_is_finished_before_the_window_closes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.csv");
    let mut scenario = thalweg_scenario::open_preset("classic-five").expect("a lesson");
    scenario.steps = 4_000;
    let mut window = open_scenario(scenario);
    for quits in [false, true] {
        command(&mut window, Key::E);
        type_path(&mut window, &path);
        window.key_press(Key::Enter);
        window.run_steps(1);
        close_requested(&mut window);
        assert!(commands(&window).contains(&ViewportCommand::CancelClose));
        window.step();
        if !quits {
            window.get_by_role_and_label(Role::Button, "Cancel the export and quit").click();
        }
        let begun = Instant::now();
        while !commands(&window).contains(&ViewportCommand::Close) {
            assert!(begun.elapsed() < Duration::from_mins(1), "the export does not end");
            window.step();
        }
        assert_eq!(path.exists(), quits);
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), usize::from(quits));
    }
    // With nothing under way it closes at once.
    close_requested(&mut window);
    assert!(!commands(&window).contains(&ViewportCommand::CancelClose));
}
