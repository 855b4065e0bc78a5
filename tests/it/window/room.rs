//! The window at every size of the text: nothing is cut, and nothing is lost.

use crate::window::harness::{Bench, app, apply, open, open_sized, reopen};
use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, Rect, Vec2, vec2};
use egui_kittest::kittest::{By, NodeT, Queryable};
use thalweg_core::spec::value::Value;
use thalweg_scenario::{BottomPanel, ChartKind, MapMetric, Page, Scenario, ViewState, XAxis};
use thalweg_session::{Edit, RunnerEdit};

const PLOT: &str = "Contour plot of the surface with the paths";

/// A projector's 1366 by 768 points of the screen, at a size of the text in percent.
fn projector(percent: u16) -> Vec2 {
    vec2(1366.0, 768.0) * 100.0 / f32::from(percent)
}

fn rect(window: &Bench, label: &str) -> Rect {
    window.get_by_label(label).rect()
}

/// Where the panel ends that lies beside the plot, on either side.
fn sides(window: &Bench) -> (Rect, Option<Rect>) {
    let edge = |name: &str| {
        let name = format!("size of the panel {name}");
        window.query_all_by_label(&name).next().map(|node| node.rect())
    };
    match (edge("cards"), edge("pages")) {
        (Some(cards), pages) => (cards, pages),
        (None, Some(pages)) => (pages, None),
        (None, None) => panic!("no side panel"),
    }
}

/// Every widget with a name, where it lies.
fn widgets(window: &Bench) -> Vec<(String, Rect)> {
    let leaves = window.query_all(
        By::new().predicate(|node| node.children().next().is_none() && node.raw_bounds().is_some()),
    );
    let named = leaves.map(|node| {
        let shown = node.accesskit_node();
        (shown.label().or_else(|| shown.value()).unwrap_or_default(), node.rect())
    });
    named.filter(|(_, rect)| rect.is_positive()).collect()
}

/// The widgets that are cut by the window or by the border between two panels.
fn cut(window: &Bench, told: &str, size: Vec2) -> Vec<String> {
    let (left, right) = sides(window);
    let (left, right) = (left.center().x, right.map_or(size.x, |right| right.center().x));
    let charts = rect(window, "size of the panel charts").center().y;
    let bar = rect(window, "Lessons").bottom() + 4.0;
    let is_cut = |(name, rect): &(String, Rect)| {
        let within = |from: f32, to: f32| rect.left() >= from - 1.5 && rect.right() <= to + 1.5;
        // Charts and table are moved sideways where there is no room for all of them.
        let moves = rect.top() > charts + 60.0 && rect.left() > left && right - left < 640.0;
        let is_whole = if rect.bottom() < bar {
            within(0.0, size.x)
        } else {
            within(0.0, left) || within(left, right) || within(right, size.x)
        };
        !is_whole && !moves && !name.starts_with("size of the panel")
    };
    let cut = widgets(window).into_iter().filter(is_cut);
    cut.map(|(name, rect)| format!("{told}: {name:?} at {rect:?}; borders {left}, {right} of {size:?}"))
        .collect()
}

/// All pages, with the charts and the table below, of lessons that fill the panels.
fn rooms() -> Vec<Scenario> {
    let mut rooms = Vec::new();
    for preset in [
        "convex-or-not",
        "momentum-plane",
        "classic-five",
        "batch-minibatch-stochastic",
        "newton-and-its-model",
    ] {
        let scenario = thalweg_scenario::open_preset(preset).expect("a built-in preset");
        for (index, page) in Page::ALL.into_iter().enumerate() {
            // A map computes for a while; one is enough.
            if page == Page::named("Map") && preset != "classic-five" {
                continue;
            }
            let below = if index == 1 { BottomPanel::Table } else { BottomPanel::Charts };
            let over = if index == 2 { XAxis::Evaluations } else { XAxis::Steps };
            let charts = [0, 1, 2].map(|place| ChartKind::ALL[(index + place) % ChartKind::ALL.len()]);
            let show = ViewState { page, below, over, charts, ..scenario.show.clone() };
            rooms.push(Scenario { show, ..scenario.clone() });
        }
    }
    rooms
}

#[test]
fn nothing_is_cut_at_any_size_of_the_text() {
    let rooms = rooms();
    let mut window = open_sized(rooms[0].clone(), projector(100));
    let mut all = Vec::new();
    for percent in [100, 120, 140, 150, 160, 180, 200] {
        let size = projector(percent);
        window.set_size(size);
        for scenario in &rooms {
            reopen(&mut window, scenario.clone());
            let told = format!("{} at {percent} %, page {}", scenario.title, scenario.show.page.name());
            all.extend(cut(&window, &told, size));
            let plot = rect(&window, PLOT);
            // The data beside it are a part of the picture.
            let has_data = scenario.surface.of.prediction.is_some();
            let right = sides(&window).1.map_or(size.x, |right| right.center().x);
            let width = if has_data { right - plot.left() } else { plot.width() };
            if width < 0.32 * size.x || plot.width() < 0.16 * size.x || plot.height() < 0.3 * size.y {
                all.push(format!("{told}: the plot is small, {:?} of {size:?}", plot.size()));
            }
            assert!(plot.left() > 0.0 && plot.right() < size.x && plot.bottom() < size.y);
            all.extend(cut_on_the_other_side(&mut window, &told, size));
        }
    }
    assert!(all.is_empty(), "{} of them:\n{}", all.len(), all.join("\n"));
}

/// What is cut behind the switch to the other panel, where there is room for one at a time alone.
fn cut_on_the_other_side(window: &mut Bench, told: &str, size: Vec2) -> Vec<String> {
    if window.query_by_label("Lesson, theory").map(|other| other.click()).is_none() {
        return Vec::new();
    }
    window.run_steps(3);
    let found = cut(window, &format!("{told}, the other side"), size);
    window.get_all_by_label("Runners").next().expect("the other side").click();
    window.run_steps(2);
    found
}

/// A long name gives way to what stands beside it, on every page, and no page is wider for it.
#[test]
fn a_long_name_cuts_nothing() {
    let mut window = open_sized(rooms()[0].clone(), vec2(1024.0, 768.0));
    let mut all = Vec::new();
    for size in [vec2(1024.0, 768.0), projector(100), projector(150), projector(200)] {
        window.set_size(size);
        for mut scenario in rooms() {
            for (index, runner) in scenario.runners.iter_mut().enumerate() {
                runner.label =
                    format!("number {index} of those whose names are longer than any panel is wide");
            }
            scenario.show.map.quantity = MapMetric::Loss;
            let told = format!("{} at {size}, page {}", scenario.title, scenario.show.page.name());
            reopen(&mut window, scenario);
            all.extend(cut(&window, &told, size));
            all.extend(cut_on_the_other_side(&mut window, &told, size));
        }
    }
    assert!(all.is_empty(), "{} of them:\n{}", all.len(), all.join("\n"));
}

/// All is within reach on a phone that is held upright: the plot, the transport, one panel at a time, one menu.
#[test]
fn a_phone_shows_one_panel_below_the_plot() {
    let size = vec2(390.0, 844.0);
    let rooms = rooms();
    let mut window = open_sized(rooms[0].clone(), size);
    let mut all = Vec::new();
    for scenario in &rooms {
        reopen(&mut window, scenario.clone());
        for side in ["Runners", "Lesson, theory", "Charts, table", "Data", "Eigenbasis"] {
            let Some(label) = window.query_all_by_label(side).next() else {
                assert!(matches!(side, "Data" | "Eigenbasis"), "no {side} in {}", scenario.title);
                continue;
            };
            label.click();
            window.run_steps(3);
            let told = format!("{}, {side}", scenario.title);
            let edge = rect(&window, "size of the panel below").center().y;
            // Charts and table are moved sideways where there is no room for all of them.
            let moves = |rect: &Rect| side == "Charts, table" && rect.top() > edge + 50.0;
            let is_cut = |(_, rect): &(String, Rect)| {
                (rect.left() < -1.5 || rect.right() > size.x + 1.5) && !moves(rect)
            };
            let cut = widgets(&window).into_iter().filter(is_cut);
            all.extend(cut.map(|(name, rect)| format!("{told}: {name:?} at {rect:?}")));
            let plot = rect(&window, PLOT);
            assert!(plot.width() > 0.8 * size.x && plot.height() > 0.3 * size.y, "{told}: {plot:?}");
            assert!(rect(&window, "Play").bottom() < edge, "{told}: the transport is above the panel");
        }
    }
    assert!(all.is_empty(), "{} of them:\n{}", all.len(), all.join("\n"));
    window.get_by_label("Menu").click();
    window.run_steps(3);
    for menu in ["Lessons", "File", "Edit", "View", "Keys"] {
        assert!(rect(&window, menu).right() < size.x, "{menu}");
    }
}

/// Back at usual size all is where it was; and what was dragged stays as it was dragged.
#[test]
fn a_while_at_large_text_leaves_no_trace() {
    let mut window = open("convex-or-not");
    let edge = rect(&window, "size of the panel cards").center();
    window.drag_at(edge);
    window.run_steps(1);
    window.hover_at(edge + vec2(50.0, 0.0));
    window.run_steps(1);
    window.drop_at(edge + vec2(50.0, 0.0));
    window.run_steps(3);
    let before = widgets(&window);
    let moved = rect(&window, "size of the panel cards").center();
    assert!((moved.x - edge.x - 50.0).abs() < 2.0, "the edge was dragged from {edge} to {moved}");
    for percent in [130, 160, 200, 140, 100] {
        window.set_size(projector(percent));
        window.run_steps(4);
    }
    assert_eq!(widgets(&window), before);
}

/// On a slider that was reached with Tab, the arrow keys change the last digit, and do not step the race; on
/// one that was dragged, they step it as ever.
#[test]
fn a_slider_is_moved_finely() {
    let mut window = open("ill-conditioned-quadratic");
    let rate = |window: &Bench| app(window).session().scenario().runners[0].optimizer.number("lr");
    let slider = |window: &Bench| {
        let mut all = window.get_all_by_role_and_label(Role::Slider, "learning rate α");
        all.next().expect("a slider").rect()
    };
    apply(&mut window, Edit::Runner(0, RunnerEdit::Set("lr".into(), Value::Number(0.0198))));
    let middle = slider(&window).center();
    // With Shift, a point of the screen moves it by less than two percent, and never back to the pointer.
    window.event(Event::ModifiersChanged(Modifiers::SHIFT));
    window.drag_at(middle);
    window.run_steps(1);
    assert_eq!(rate(&window), Some(0.0198), "pressed and not moved");
    window.hover_at(middle + vec2(2.0, 0.0));
    window.run_steps(2);
    let moved = rate(&window).expect("a rate");
    assert!(moved > 0.0198 && moved < 0.0198 * 1.04, "{moved}");
    window.drop_at(middle + vec2(2.0, 0.0));
    window.run_steps(2);
    assert_eq!(rate(&window), Some(moved), "released with Shift");
    // Nor does a click with Shift, or one whose Shift is released first.
    for beside in [0.0, 3.0] {
        window.drag_at(middle + vec2(beside, 0.0));
        window.run_steps(2);
        if beside > 0.0 {
            window.event(Event::ModifiersChanged(Modifiers::NONE));
        }
        window.drop_at(middle + vec2(beside, 0.0));
        window.run_steps(2);
        assert!((rate(&window).expect("a rate") / moved - 1.0).abs() < 0.05, "{:?}", rate(&window));
    }
    window.event(Event::ModifiersChanged(Modifiers::NONE));
    window.run_steps(2);
    window.key_press(Key::ArrowRight);
    window.run_steps(2);
    assert_eq!(app(&window).session().cursor(), 1, "the arrow keys step the race");

    apply(&mut window, Edit::Runner(0, RunnerEdit::Set("lr".into(), Value::Number(0.0198))));
    let mut sliders = window.get_all_by_role_and_label(Role::Slider, "learning rate α");
    sliders.next().expect("a slider").focus();
    drop(sliders);
    window.run_steps(2);
    window.key_press(Key::ArrowRight);
    window.key_press(Key::ArrowRight);
    window.run_steps(3);
    assert_eq!((rate(&window), app(&window).session().cursor()), (Some(0.02), 1));
}

/// A key that is pressed twice before the next frame acts twice.
#[test]
fn two_presses_within_a_frame_are_two() {
    let mut window = open("rosenbrock");
    for _ in 0..3 {
        for pressed in [true, false] {
            window.input_mut().events.push(Event::Key {
                key: Key::ArrowRight,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers: Modifiers::NONE,
            });
        }
    }
    window.step();
    window.run_steps(2);
    assert_eq!(app(&window).session().cursor(), 3);
}
