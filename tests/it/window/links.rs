//! Links in the window: opened by pasting and by the dialog, copied, and how they show what they carry.

use super::harness::{Bench, app, apply, open, open_link};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, OutputCommand, Rect, Vec2, vec2};
use egui_kittest::kittest::{By, NodeT, Queryable};
use thalweg::words::text;
use thalweg_scenario::{Link, LinkOptions, PRESETS, Scenario, link_of, open_preset};
use thalweg_session::{Command, Edit, Playback};

const PLOT: &str = "Contour plot of the surface with the paths";
const GRAPH: &str = "Graph of the function with the runners on it";

fn has(window: &Bench, label: &str) -> bool {
    window.query_all_by_label(label).next().is_some()
}

fn says(window: &Bench, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

/// The plane, or the graph of a function of one variable in its place.
fn plot(window: &Bench) -> Rect {
    let shown = window.query_by_label(PLOT);
    shown.unwrap_or_else(|| window.get_by_label(GRAPH)).rect()
}

fn paste(window: &mut Bench, text: &str) {
    window.event(Event::Paste(text.to_owned()));
    window.run_steps(3);
}

/// Clicks an entry of the File menu, and gives the text that it copies.
fn copied(window: &mut Bench, entry: &str) -> Option<String> {
    window.get_by_label("File").click();
    window.run_steps(3);
    window.get_by_label_contains(entry).click();
    let mut copied = None;
    for _ in 0..3 {
        window.step();
        let commands = &window.output().platform_output.commands;
        copied = copied.or_else(|| {
            commands.iter().find_map(|command| match command {
                OutputCommand::CopyText(text) => Some(text.clone()),
                _ => None,
            })
        });
    }
    copied
}

/// Widgets with a name that reach out of the window, and texts of the slim bar that lie over each other.
fn cut(window: &Bench, size: Vec2) -> Vec<String> {
    let leaves = window.query_all(
        By::new().predicate(|node| node.children().next().is_none() && node.raw_bounds().is_some()),
    );
    let named: Vec<_> = leaves
        .map(|node| {
            let shown = node.accesskit_node();
            (shown.label().or_else(|| shown.value()).unwrap_or_default(), node.rect())
        })
        .filter(|(_, rect)| rect.is_positive())
        .collect();
    let room = Rect::from_min_size(egui::Pos2::ZERO, size).expand(1.5);
    let mut cut: Vec<_> = named.iter().filter(|(_, rect)| !room.contains_rect(*rect)).collect();
    let bar: Vec<_> = named.iter().filter(|(_, rect)| rect.top() > plot(window).bottom() + 8.0).collect();
    for (index, one) in bar.iter().enumerate() {
        cut.extend(
            bar.iter().skip(index + 1).filter(|other| one.1.shrink(1.0).intersects(other.1.shrink(1.0))),
        );
    }
    cut.into_iter().map(|(name, rect)| format!("{name:?} at {rect:?} of {size:?}")).collect()
}

#[test]
fn an_embedded_window_is_the_plane_and_a_slim_bar() {
    let mut window = open_link("#lesson=classic-five&embed", vec2(800.0, 500.0));
    let mut all = Vec::new();
    for preset in PRESETS.iter().step_by(5) {
        apply(&mut window, Command::Open(Box::new(open_preset(preset.name).expect("a lesson")), None));
        for size in [vec2(400.0, 300.0), vec2(640.0, 360.0), vec2(800.0, 500.0), vec2(1366.0, 768.0)] {
            window.set_size(size);
            window.run_steps(3);
            for absent in ["Lessons", "File", "size of the panel cards", "size of the panel pages", "speed"] {
                assert!(!has(&window, absent), "{absent}");
            }
            assert!(has(&window, "Play") && has(&window, "Rewind"));
            let steps = text::count(app(&window).session().scenario().steps);
            assert!(says(&window, &format!(" of {steps}")));
            all.extend(cut(&window, size).into_iter().map(|cut| format!("{}: {cut}", preset.name)));
            let relief = app(&window).session().scenario().show.relief;
            if relief.has_plane() {
                let plot = plot(&window);
                let fair = if size.y < 320.0 { 0.5 } else { 0.62 };
                assert!(plot.height() > fair * size.y, "{}: {plot:?} of {size:?}", preset.name);
            }
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
    // Who is who stands above the plane, since there are no cards.
    let mut window = open_link("#lesson=classic-five&embed", vec2(800.0, 500.0));
    let legend = window.get_by_label_contains("Runners: ").rect();
    assert!(legend.bottom() <= plot(&window).top() && legend.height() < 60.0, "{legend:?}");
    window.get_by_label("Play").click();
    window.run_steps(20);
    assert!(app(&window).session().cursor() > 0 && has(&window, "Pause"));
    // What is changed goes back by a button that is there only then.
    assert!(!has(&window, "Reset"));
    apply(&mut window, Edit::SetSteps(77));
    window.get_by_label("Reset").click();
    window.run_steps(3);
    let session = app(&window).session();
    assert!(!session.is_changed() && session.cursor() == 0);
}

#[test]
fn a_link_says_what_of_the_window_is_shown() {
    let large = vec2(1366.0, 768.0);
    let window = open_link("#lesson=zigzag&embed&hide=cards", large);
    assert!(has(&window, "size of the panel pages") && has(&window, "size of the panel charts"));
    assert!(!has(&window, "size of the panel cards") && !has(&window, "speed") && says(&window, "Runners: "));
    let window = open_link("#lesson=zigzag&embed&hide=cards,side,charts,bar", large);
    assert!(!has(&window, "Play") && plot(&window).height() > 680.0, "{:?}", plot(&window));
    // The whole window without a part of it.
    let window = open_link("#lesson=zigzag&hide=cards,charts", large);
    assert!(has(&window, "Lessons") && has(&window, "Play") && has(&window, "size of the panel pages"));
    assert!(!has(&window, "size of the panel charts") && says(&window, "Runners: "));
    let window = open_link("#lesson=zigzag&hide=bar", large);
    assert!(!has(&window, "Lessons") && has(&window, "size of the panel cards") && has(&window, "Play"));
    // Where there is no room for panels, the plane has it.
    let window = open_link("#lesson=zigzag&embed&hide=", vec2(500.0, 300.0));
    assert!(!has(&window, "size of the panel cards") && !has(&window, "size of the panel charts"));
}

#[test]
fn a_link_says_where_its_document_begins() {
    let window = open_link("#lesson=zigzag&step=12", vec2(800.0, 500.0));
    let session = app(&window).session();
    assert_eq!((session.cursor(), session.is_playing()), (12, false));
    let mut window = open_link("#lesson=classic-five&embed&step=12&play&theme=dark", vec2(800.0, 500.0));
    let session = app(&window).session();
    assert!(session.cursor() >= 12 && session.is_playing());
    window.run_steps(20);
    assert!(app(&window).session().cursor() > 12);
    assert!(window.ctx.global_style().visuals.dark_mode);
    // A link of what is open says the step, and how it is shown only where that is asked for.
    apply(&mut window, Playback::StepBy(1));
    let app = app(&window);
    let here = app.session().cursor();
    let plain = app.link(&LinkOptions::default()).expect("a link");
    assert_eq!(plain, format!("#lesson=classic-five&step={here}"));
    let same = app.link(app.link_options()).expect("a link");
    assert_eq!(same, format!("#lesson=classic-five&embed&play&step={here}&theme=dark"));
}

#[test]
fn a_link_names_the_scene_of_a_story() {
    let size = vec2(800.0, 500.0);
    let mut window = open_link("#lesson=story-one-variable&embed&scene=4", size);
    let place = |window: &Bench| app(window).session().story().expect("a story").place();
    let session = app(&window).session();
    assert_eq!((place(&window), session.cursor(), session.is_gliding()), (3, 60, false));
    assert_eq!(session.scenario().runners[0].optimizer.number("lr"), Some(1.9));
    let link = |window: &Bench| app(window).link(&LinkOptions::default()).expect("a link");
    assert_eq!(link(&window), "#lesson=story-one-variable&step=60&scene=4");
    // Beyond the last there is the last; a step stops what would play.
    paste(&mut window, "#lesson=story-one-variable&scene=40");
    assert_eq!(place(&window), 7);
    paste(&mut window, "#lesson=story-one-variable&scene=2&step=7");
    let session = app(&window).session();
    assert_eq!((place(&window), session.cursor(), session.is_playing()), (1, 7, false));
    // A scene that was changed is a document of its own.
    apply(&mut window, Edit::SetSteps(33));
    let document = Link::read(&link(&window)).document.expect("a document");
    assert!(document.scenario.scenes.is_empty() && document.scenario.steps == 33);
    assert!(!link(&window).contains("scene"));
}

#[test]
fn a_link_is_pasted_and_opens() {
    let mut window = open("your-own-function");
    let scenario = Scenario { steps: 123, ..open_preset("zigzag").expect("a lesson") };
    let link = link_of(&scenario, &Link::read("#lesson=zigzag&step=5&embed").options).expect("a link");
    // In a field, it is a text.
    window.get_by_role_and_label(Role::MultilineTextInput, "f(x, y) =").focus();
    window.run_steps(2);
    paste(&mut window, &link);
    assert_eq!(app(&window).session().scenario().surface.of.name, "Formula");
    window.key_press(Key::Escape);
    window.run_steps(3);
    paste(&mut window, &format!("https://example.org/thalweg/{link}\n"));
    window.run_steps(3);
    let session = app(&window).session();
    assert_eq!((session.scenario(), session.cursor()), (&scenario, 5));
    assert!(has(&window, "Lessons"), "a pasted link takes no menus away");
    // What is no link changes nothing, and what is damaged says so.
    paste(&mut window, "some words # of mine");
    paste(&mut window, &link[..60]);
    assert!(says(&window, "the link ends too early"));
    assert_eq!(app(&window).session().scenario(), &scenario);
    // What was open comes back.
    apply(&mut window, Command::Undo);
    assert_ne!(app(&window).session().scenario(), &scenario);
}

#[test]
fn the_dialog_opens_links() {
    let mut window = open("saddle");
    for (link, says_) in [("#lesson=zigzga", "did you mean `zigzag`?"), ("https://a.org/#lesson=zigzag", "")]
    {
        window.key_press_modifiers(Modifiers::COMMAND, Key::O);
        window.run_steps(3);
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.get_by_role_and_label(Role::TextInput, "File").type_text(link);
        window.run_steps(3);
        window.key_press(Key::Enter);
        window.run_steps(4);
        assert!(says_.is_empty() || says(&window, says_));
        window.key_press(Key::Escape);
        window.run_steps(3);
    }
    assert_eq!(app(&window).session().scenario(), &open_preset("zigzag").expect("a lesson"));
}

#[test]
fn links_and_code_are_copied() {
    let mut window = open("zigzag");
    assert_eq!(copied(&mut window, "Copy link").as_deref(), Some("#lesson=zigzag"));
    assert!(says(&window, "Copied the link."));
    apply(&mut window, Edit::SetSteps(50));
    let link = copied(&mut window, "Copy link").expect("a link");
    let document = Link::read(&link).document.expect("a document");
    assert_eq!(&document.scenario, app(&window).session().scenario());
    let code = copied(&mut window, "Copy embed code").expect("code");
    assert!(code.starts_with("<iframe src=\"thalweg.html#s=1.") && code.contains("&amp;embed"), "{code}");
    assert!(says(&window, "Copied the code of an iframe"));
    // Too long for a link, and why.
    let mut long = open_preset("zigzag").expect("a lesson");
    let mut state = 1_u64;
    let mut letter = |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'a' + ((state >> 33) % 26) as u8)
    };
    long.notes = (0..32_000).map(&mut letter).collect();
    apply(&mut window, Command::Open(Box::new(long), None));
    assert_eq!(copied(&mut window, "Copy link"), None);
    assert!(says(&window, "Nothing was copied: this document makes a link of"), "it says why");
    assert!(says(&window, "the notes take"));
}
