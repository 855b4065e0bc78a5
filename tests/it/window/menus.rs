//! Menus and focused widgets keep their keys to themselves; what is shown in a popup is all to be seen.

use super::harness::{Bench, app, apply, open, open_scenario, open_sized};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Vec2, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use thalweg_core::spec::described::Described;
use thalweg_session::Playback;

const ALL: [Key; 14] = [
    Key::ArrowDown,
    Key::ArrowUp,
    Key::ArrowLeft,
    Key::ArrowRight,
    Key::Space,
    Key::Home,
    Key::Period,
    Key::Comma,
    Key::R,
    Key::F,
    Key::P,
    Key::T,
    Key::Num1,
    Key::Questionmark,
];

fn press(window: &mut Bench, keys: &[Key]) {
    for key in keys {
        window.key_press(*key);
        window.run_steps(2);
    }
}

/// What a key could change behind a menu.
fn state(window: &Bench) -> (u32, bool, String, bool) {
    let session = app(window).session();
    let scenario = thalweg_scenario::to_ron(session.scenario());
    (session.cursor(), session.is_playing(), scenario, window.ctx.theme() == egui::Theme::Dark)
}

#[test]
fn keys_in_an_open_menu_act_there_alone() {
    let mut window = open("classic-five");
    apply(&mut window, Playback::Seek(60));
    for menu in ["Lessons", "File", "Edit", "View"] {
        let before = state(&window);
        window.get_by_label(menu).click();
        window.run_steps(3);
        // Space presses an entry, and closes the menu.
        let keys: Vec<_> = ALL.into_iter().filter(|key| *key != Key::Space).collect();
        press(&mut window, &keys);
        assert!(before == state(&window), "{menu}");
        press(&mut window, &[Key::Escape]);
        window.run_steps(2);
    }
    let before = state(&window);
    window.get_by_role_and_label(Role::ComboBox, "Surface").click();
    window.run_steps(3);
    press(&mut window, &[Key::ArrowDown, Key::ArrowRight, Key::R, Key::Num1]);
    assert!(before == state(&window), "Surface");
    press(&mut window, &[Key::Escape]);
    press(&mut window, &[Key::ArrowRight]);
    assert_eq!(app(&window).session().cursor(), 61, "behind a closed menu they act again");
}

#[test]
fn a_focused_button_is_pressed_with_space_and_left_with_arrows() {
    let mut window = open("classic-five");
    apply(&mut window, Playback::Seek(60));
    window.get_by_role_and_label(Role::Button, "Pin").focus();
    window.run_steps(2);
    press(&mut window, &[Key::Space]);
    assert_eq!(app(&window).session().scenario().pinned_runs.len(), 1);
    assert!(!app(&window).session().is_playing());
    press(&mut window, &[Key::ArrowRight, Key::ArrowDown]);
    assert_eq!(app(&window).session().cursor(), 60);
    press(&mut window, &[Key::Escape, Key::ArrowRight]);
    assert_eq!(app(&window).session().cursor(), 61);
}

const SIZES: [Vec2; 4] = [vec2(1366.0, 768.0), vec2(900.0, 560.0), vec2(683.0, 384.0), vec2(3840.0, 2160.0)];

#[test]
fn keys_and_marks_are_both_shown() {
    for size in SIZES {
        let mut window = open_sized(thalweg_scenario::open_preset("saddle").expect("a lesson"), size);
        press(&mut window, &[Key::F1]);
        window.run_steps(4);
        let screen = egui::Rect::from_min_size(egui::Pos2::ZERO, size);
        for words in ["minimum", "on a slider: the edge", "play or pause"] {
            let found = window.query_all_by_label_contains(words);
            let in_sight = |rect: egui::Rect| screen.shrink(8.0).contains_rect(rect);
            assert!(found.into_iter().any(|node| in_sight(node.rect())), "{words} at {size}");
        }
        if size.y > 700.0 {
            let last = window.get_by_label_contains("finer; or Tab to it").rect();
            assert!(screen.shrink(8.0).contains_rect(last), "{last} at {size}");
        }
    }
}

/// The last entry of a menu can be clicked, which is only so where it is in sight.
#[test]
fn menus_are_as_high_as_the_window() {
    let mut window = open("saddle");
    let dark = window.ctx.theme() == egui::Theme::Dark;
    window.get_by_label("View").click();
    window.run_steps(4);
    window.get_by_label_contains("Light or dark").click();
    window.run_steps(4);
    assert_ne!(window.ctx.theme() == egui::Theme::Dark, dark);
    window.get_by_role_and_label(Role::ComboBox, "Surface").click();
    window.run_steps(4);
    let last = *thalweg_core::catalogue::surfaces::ALL.last().expect("surfaces");
    let (name, last) = (last.name, last.title());
    // They are more than a window of this height can show.
    window.get_by_label(last).scroll_to_me();
    window.run_steps(4);
    window.get_by_label(last).click();
    window.run_steps(4);
    assert_eq!(app(&window).session().scenario().surface.of.name, name);
}

/// Whatever a dialog asks, the keys of its buttons do nothing behind it.
#[test]
fn a_dialog_keeps_its_keys() {
    let mut window = open_scenario(thalweg_scenario::open_preset("classic-five").expect("a lesson"));
    let before = state(&window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::O);
    window.run_steps(3);
    window.get_by_role_and_label(Role::Button, "Browse…").focus();
    window.run_steps(2);
    press(&mut window, &[Key::R, Key::Num1, Key::P, Key::T]);
    assert!(before == state(&window));
    let _ = window.get_by_role_and_label(Role::TextInput, "File").accesskit_node();
}

/// A runner is copied as a program from its card.
#[test]
fn a_runner_is_copied_as_a_program() {
    let mut scenario = thalweg_scenario::open_preset("classic-five").expect("a lesson");
    // Its card is in sight then.
    scenario.show.focus = 5;
    let mut window = open_scenario(scenario);
    for (language, holds) in
        [("PyTorch", "torch.optim.Adam("), ("optax", "optax.adam("), ("NumPy", "np.sqrt(v_hat)")]
    {
        window.get_by_role_and_label(Role::Button, "Menu of Adam").click();
        window.run_steps(3);
        window.get_by_label(&format!("Copy as {language}")).click();
        window.step();
        let copied = window.output().platform_output.commands.iter().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        });
        let text = copied.expect("a text is copied");
        assert!(text.contains(holds) && text.contains("step,x,y,loss"), "{text}");
        window.run_steps(3);
        let _ = window.get_by_label_contains(&format!("Copied as a program for {language}."));
    }
}
