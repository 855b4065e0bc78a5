//! Lessons in the window: each link does what it says, the text is seen whole, and one of one's own can be written.

use super::harness::{Bench, app, apply, open, reopen};
use egui::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use thalweg_scenario::notes_link::links;
use thalweg_scenario::{NotesLink, PRESETS, Scenario, changed_by, open_preset};
use thalweg_session::{Command, Edit, Playback};

fn lesson(name: &str) -> Scenario {
    open_preset(name).expect("a lesson")
}

/// What is read of a link.
fn text(notes: &str, range: std::ops::Range<usize>) -> String {
    let link = &notes[range];
    link[1..link.rfind("](").expect("a link")].replace('`', "")
}

/// Clicks on a link of the notes, and waits for the end of what it begins.
fn follow(window: &mut Bench, text: &str) {
    let links: Vec<_> = window.get_all_by_role(Role::Link).collect();
    let found = links.iter().find(|link| link.accesskit_node().label().as_deref() == Some(text));
    found.unwrap_or_else(|| panic!("no link {text}")).click();
    window.run_steps(3);
    let mut frames = 0;
    while app(window).session().is_gliding() {
        assert!(frames < 60, "{text}: a glide ends");
        window.step();
        frames += 1;
    }
}

/// What a key can change.
fn state(window: &Bench) -> (u32, usize, bool, Scenario) {
    let session = app(window).session();
    (session.cursor(), session.line(), session.is_playing(), session.scenario().clone())
}

#[test]
fn every_link_of_every_lesson_does_what_it_says() {
    let mut window = open("zigzag");
    for preset in PRESETS {
        let fresh = lesson(preset.name);
        for (range, destination) in links(&fresh.notes) {
            let text = text(&fresh.notes, range);
            reopen(&mut window, fresh.clone());
            // So that every key has something to do.
            if destination.starts_with("key:") {
                apply(&mut window, Edit::SetSteps(fresh.steps - 1));
                apply(&mut window, Playback::Seek(3));
            }
            let before = app(&window).session().scenario().clone();
            let stood = state(&window);
            follow(&mut window, &text);
            let session = app(&window).session();
            let (name, now) = (preset.name, session.scenario());
            match NotesLink::read(&destination).expect("it acts").expect("it can be followed") {
                NotesLink::Change(lines) => {
                    let (goal, places) = changed_by(&fresh, &lines).expect("it fits");
                    assert_eq!(*now, goal, "{name}: {text}");
                    let runner = places.iter().find_map(|place| place.runner);
                    assert!(runner.is_none_or(|runner| runner == session.focus()), "{name}: {text}");
                    if goal != before {
                        apply(&mut window, Command::Undo);
                        assert_eq!(*app(&window).session().scenario(), before, "{name}: {text}: one change");
                    }
                }
                NotesLink::Lesson(other) => assert_eq!(now.title, lesson(other).title, "{name}: {text}"),
                NotesLink::Page(page) => assert_eq!(now.show.page, page, "{name}: {text}"),
                NotesLink::Step(step) => assert_eq!(session.cursor(), step, "{name}: {text}"),
                NotesLink::Key(_) => assert_ne!(state(&window), stood, "{name}: {text} does nothing"),
            }
        }
    }
}

/// The last task of every lesson, and all before it, on the screen of a projector without scrolling.
#[test]
fn the_text_of_every_lesson_is_seen_whole() {
    let mut window = open("zigzag");
    for preset in PRESETS {
        reopen(&mut window, lesson(preset.name));
        window.run_steps(2);
        let divider = window.get_by_label("height of the lesson").rect().top();
        assert!(divider < 690.0, "{}: the page below has no room: {divider}", preset.name);
        for link in window.query_all_by_role(Role::Link) {
            let bottom = link.rect().bottom();
            assert!(
                bottom < divider,
                "{}: {:?} ends at {bottom}",
                preset.name,
                link.accesskit_node().label()
            );
        }
    }
}

#[test]
fn the_divider_is_dragged_and_goes_back() {
    let mut window = open("classic-five");
    window.run_steps(2);
    let at = |window: &Bench| window.get_by_label("height of the lesson").rect().center();
    let before = at(&window);
    window.drag_at(before);
    window.step();
    window.hover_at(before + egui::vec2(0.0, -120.0));
    window.run_steps(2);
    window.drop_at(before + egui::vec2(0.0, -120.0));
    window.run_steps(2);
    assert!((at(&window).y - before.y + 120.0).abs() < 2.0, "{before} {}", at(&window));
}

#[test]
fn the_menu_marks_what_is_open_and_pages_turn() {
    let mut window = open("zigzag");
    assert!(window.query_by_label("Lesson 18 of 72").is_some());
    window.get_by_label("Next lesson").click();
    window.run_steps(3);
    assert_eq!(app(&window).session().scenario().title, "One coordinate at a time");
    window.key_press(egui::Key::PageUp);
    window.run_steps(3);
    assert_eq!(app(&window).session().scenario().title, lesson("zigzag").title);
    window.get_by_label("Lessons").click();
    window.run_steps(3);
    window.get_by_label("Conditioning and scaling  •").click();
    window.run_steps(3);
    for name in ["zigzag", "coordinate-descent"] {
        let title = lesson(name).title;
        let mut entries = window.get_all_by_label(&title);
        assert!(entries.any(|node| node.accesskit_node().role() == Role::Button), "{title}");
    }
}

#[test]
fn a_lesson_of_ones_own_is_written() {
    let mut window = open("zigzag");
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::N);
    window.run_steps(3);
    let scenario = app(&window).session().scenario();
    assert_eq!((scenario.title.as_str(), scenario.notes.as_str(), scenario.runners.len()), ("", "", 1));
    window.get_by_role_and_label(Role::TextInput, "Title").focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, "Title").type_text("Mine");
    window.run_steps(2);
    window.get_by_role_and_label(Role::MultilineTextInput, "Text").focus();
    window.run_steps(2);
    window
        .get_by_role_and_label(Role::MultilineTextInput, "Text")
        .type_text("Try [to 0.5](do:1.lr=0.5) and [nine](do:9.lr=1).");
    window.run_steps(2);
    assert!(window.query_by_label_contains("line 1 of the notes: the link `do:9.lr=1`").is_some());
    window.get_by_label("Done").click();
    window.run_steps(3);
    follow(&mut window, "to 0.5");
    let scenario = app(&window).session().scenario();
    assert_eq!(scenario.title, "Mine");
    assert_eq!(scenario.runners[0].optimizer.number("lr"), Some(0.5));
    follow(&mut window, "nine");
    assert!(window.query_by_label_contains("This link cannot be followed: `9` is no runner").is_some());
}

#[test]
fn another_surface_has_not_the_lessons_words() {
    use thalweg_core::catalogue::surfaces;
    let mut window = open("zigzag");
    apply(&mut window, Edit::ChooseSurface(surfaces::find("Booth").expect("known")));
    let scenario = app(&window).session().scenario();
    assert_eq!((scenario.title.as_str(), scenario.notes.as_str()), ("", ""));
    apply(&mut window, Command::Undo);
    assert_eq!(app(&window).session().scenario().notes, lesson("zigzag").notes);
    apply(&mut window, Playback::Toggle);
}

#[test]
fn a_story_is_told_with_the_page_keys_and_what_is_changed_comes_back() {
    let mut window = open("story-one-variable");
    assert!(window.query_by_label("Scene 1 of 8").is_some());
    assert!(window.query_by_label("A slope, a step").is_some(), "the scene's title is read");
    let page = |window: &mut Bench, key: egui::Key| {
        window.key_press(key);
        window.run_steps(8);
    };
    page(&mut window, egui::Key::PageDown);
    assert!(window.query_by_label("Scene 2 of 8").is_some());
    // On the way the whole path is there, and bends.
    window.key_press(egui::Key::PageDown);
    window.step();
    let session = app(&window).session();
    assert!(session.is_gliding() && !session.is_changed(), "{}", session.is_changed());
    let between = session.scenario().runners[0].optimizer.number("lr").expect("a rate");
    assert!(between > 0.02 && between < 0.1, "{between}");
    assert_eq!(session.race().runs()[0].trajectory().last_step(), 60);
    window.run_steps(8);
    let rate = |window: &Bench| app(window).session().scenario().runners[0].optimizer.number("lr");
    assert_eq!((rate(&window), app(&window).session().cursor()), (Some(0.02), 60));
    assert!(!app(&window).session().is_changed(), "a scene as it was written is no change");
    // What somebody changes is kept aside.
    let line = ["1.lr=0.05".to_owned()];
    let changed = changed_by(app(&window).session().scenario(), &line).expect("it fits").0;
    apply(&mut window, Command::Glide(Box::new(changed)));
    page(&mut window, egui::Key::PageDown);
    assert_eq!(rate(&window), Some(1.9));
    page(&mut window, egui::Key::PageUp);
    assert_eq!(rate(&window), Some(0.05));
    page(&mut window, egui::Key::PageUp);
    assert_eq!(rate(&window), Some(0.1));
}

#[test]
fn a_class_guesses_before_it_sees() {
    let mut window = open("story-condition-number");
    for _ in 0..2 {
        window.key_press(egui::Key::PageDown);
        window.run_steps(8);
    }
    let hides = |window: &Bench| {
        let layers = app(window).session().scenario().show.layers;
        !layers.has(thalweg_scenario::Layer::Future)
    };
    assert!(hides(&window) && window.query_by_label_contains("How many steps for a hundredth").is_some());
    for choice in ["about 230", "about 230", "about 2300"] {
        window.get_by_label(choice).click();
        window.run_steps(3);
    }
    // What theory would say is not shown, either.
    assert!(window.query_by_label("Spectrum").is_none());
    assert!(window.query_by_label_contains("Best at the minimum").is_none());
    let story = |window: &Bench| app(window).session().story().expect("a story").clone();
    assert_eq!(story(&window).guesses().len(), 3);
    window.get_by_label("Take back").click();
    window.run_steps(3);
    assert_eq!(story(&window).guesses().len(), 2);
    assert!(window.query_by_label("2 of 2 said so.").is_none());
    window.get_by_label("Show").click();
    window.run_steps(3);
    assert!(!story(&window).is_asking() && window.query_by_label("Spectrum").is_some());
    apply(&mut window, Playback::Seek(300));
    assert!(window.query_by_label("2 of 2 said so.").is_some());
}
