//! Pictures that leave the window.

use super::disk::type_path;
use super::harness::{Bench, app, apply, open, reopen};
use egui::accesskit::Role;
use egui::{Color32, Key, Modifiers, OutputCommand};
use egui_kittest::kittest::Queryable;
use thalweg_scenario::Relief;
use thalweg_session::Edit;

/// What was handed to the clipboard in the last frame.
fn copied(window: &Bench) -> Option<[usize; 2]> {
    window.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyImage(image) => Some(image.size),
        _ => None,
    })
}

/// Its pixels.
fn copied_pixels(window: &Bench) -> Option<Vec<Color32>> {
    window.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyImage(image) => Some(image.pixels.clone()),
        _ => None,
    })
}

#[test]
fn a_picture_is_shown_chosen_copied_and_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = open("classic-five");
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    window.run_steps(4);
    let preview = window.get_by_label("Preview of the picture").rect();
    assert!(preview.width() > 300.0 && (preview.width() / preview.height() - 4.0 / 3.0).abs() < 0.02);
    window.get_by_label("dark").click();
    window.run_steps(3);
    window.get_by_label("Copy").click();
    let mut size = None;
    for _ in 0..6 {
        window.step();
        size = size.or(copied(&window));
    }
    assert_eq!(size, Some([800, 600]));
    window.get_by_label("Save as…").click();
    window.run_steps(3);
    let file = folder.path().join("five.svg");
    type_path(&mut window, &file);
    window.key_press(Key::Enter);
    window.run_steps(4);
    let written = std::fs::read_to_string(&file).expect("a file");
    assert!(written.starts_with("<svg ") && written.contains("momentum"));
    // A film is one by its name.
    window.get_by_label("Save as…").click();
    window.run_steps(3);
    let film = folder.path().join("five.gif");
    type_path(&mut window, &film);
    window.key_press(Key::Enter);
    window.run_steps(4);
    assert!(std::fs::read(&film).expect("a file").starts_with(b"GIF89a"));
    // The window goes on as it was.
    assert_eq!(app(&window).session().cursor(), 0);
    window.key_press(Key::Escape);
    window.run_steps(3);
    assert!(window.query_by_label("Preview of the picture").is_none());
}

#[test]
fn every_plot_has_a_menu_for_its_picture() {
    let mut window = open("classic-five");
    for (plot, ratio) in [("Contour plot", 4.0 / 3.0), ("Chart: ", 1.5)] {
        window.get_all_by_label_contains(plot).next().expect("a plot").click_secondary();
        window.run_steps(3);
        window.get_by_label("Export picture…").click();
        window.run_steps(4);
        let preview = window.get_by_label("Preview of the picture").rect();
        assert!((preview.width() / preview.height() - ratio).abs() < 0.02, "{plot}: {preview}");
        window.key_press(Key::Escape);
        window.run_steps(3);
    }
}

#[test]
fn the_table_is_copied_as_text() {
    let mut window = open("classic-five");
    window.get_by_label("table").click();
    window.run_steps(4);
    for (entry, part) in [
        ("Copy as Markdown", "| momentum | "),
        ("Copy as LaTeX", "momentum & "),
        ("Copy as CSV", "momentum,6.767600000000001,"),
    ] {
        window.get_by_label("copy ▾").click();
        window.run_steps(3);
        window.get_by_label(entry).click();
        let mut text = None;
        for _ in 0..3 {
            window.step();
            text =
                text.or(window.output().platform_output.commands.iter().find_map(|command| match command {
                    OutputCommand::CopyText(text) => Some(text.clone()),
                    _ => None,
                }));
        }
        assert!(text.as_ref().is_some_and(|text| text.contains(part)), "{entry}: {text:?}");
        window.run_steps(2);
    }
}

/// A picture of a relief that turns by itself is what is seen, not where the document looks from.
#[test]
fn a_picture_of_a_turning_relief_is_what_is_seen() {
    let mut window = open("saddle");
    let mut show = app(&window).session().scenario().show.clone();
    show.relief = Relief::Relief;
    apply(&mut window, Edit::Show(Box::new(show.clone())));
    window.run_steps(4);
    let copy = |window: &mut Bench| {
        window.get_by_label("Relief of the surface with the paths").click_secondary();
        window.run_steps(3);
        window.get_by_label("Copy picture").click();
        let mut pixels = None;
        for _ in 0..6 {
            window.step();
            pixels = pixels.or_else(|| copied_pixels(window));
        }
        pixels.expect("a picture")
    };
    let still = copy(&mut window);
    assert!(copy(&mut window) == still, "what does not turn stays the same");
    show.turning = true;
    apply(&mut window, Edit::Show(Box::new(show)));
    window.run_steps(30);
    assert!(copy(&mut window) != still);
    assert_eq!(app(&window).session().scenario().show.azimuth, -60.0);
}

/// What is offered is there; and what is seen is what the dialog begins with.
#[test]
fn the_dialog_offers_what_there_is_and_begins_with_what_is_seen() {
    let mut window = open("classic-five");
    let offered = |window: &mut Bench| {
        window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
        window.run_steps(4);
        window.get_by_role_and_label(Role::ComboBox, "What").click();
        window.run_steps(3);
        let names = ["eigenbasis", "relief", "data", "phase plane", "cobweb", "bifurcation", "sharpness"];
        let found = names.map(|name| window.query_all_by_role_and_label(Role::Button, name).next().is_some());
        for _ in 0..2 {
            window.key_press(Key::Escape);
            window.run_steps(3);
        }
        found
    };
    assert_eq!(offered(&mut window), [true, true, false, false, false, false, true]);
    reopen(&mut window, thalweg_scenario::open_preset("one-variable-newton").expect("a lesson"));
    assert_eq!(offered(&mut window), [false, false, false, false, true, true, true]);
    reopen(&mut window, thalweg_scenario::open_preset("outliers").expect("a lesson"));
    assert!(offered(&mut window)[2]);
    let mut show = app(&window).session().scenario().show.clone();
    show.relief = Relief::Relief;
    apply(&mut window, Edit::Show(Box::new(show)));
    window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    window.run_steps(4);
    let what = window.get_by_role_and_label(Role::ComboBox, "What");
    assert_eq!(what.value().as_deref(), Some("relief"));
}
