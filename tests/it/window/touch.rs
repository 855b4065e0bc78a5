//! Fingers: one drags what it touches, two move and zoom what is seen and never move the start.

use super::harness::{Bench, app, apply, open_at_pace};
use egui::{Event, Modifiers, PointerButton, Pos2, Rect, TouchDeviceId, TouchId, TouchPhase, Vec2, vec2};
use egui_kittest::kittest::Queryable;
use thalweg_core::objective::view::View;
use thalweg_scenario::{Relief, Scenario, Start};
use thalweg_session::Edit;

/// Frames of a phone.
const PACE: f32 = 1.0 / 60.0;

fn scenario() -> Scenario {
    thalweg_scenario::open_preset("rosenbrock").expect("a built-in preset")
}

fn window() -> Bench {
    open_at_pace(scenario(), vec2(1366.0, 768.0), PACE)
}

/// What a window says of a finger; of the first one that is down, as of a pointer, too.
fn finger(window: &mut Bench, id: u64, phase: TouchPhase, pos: Pos2) {
    let (device_id, id) = (TouchDeviceId(7), TouchId(id));
    // All in one frame.
    let events = &mut window.input_mut().events;
    events.push(Event::Touch { device_id, id, phase, pos, force: None });
    let button = |pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    if id == TouchId(0) {
        events.push(Event::PointerMoved(pos));
        match phase {
            TouchPhase::Start => events.push(button(true)),
            TouchPhase::Move => {}
            TouchPhase::End | TouchPhase::Cancel => {
                events.push(button(false));
                events.push(Event::PointerGone);
            }
        }
    }
}

/// Moves fingers from one place to another in some frames.
fn slide(window: &mut Bench, fingers: &[(u64, Pos2, Pos2)], frames: u8) {
    for frame in 1..=frames {
        for (id, from, to) in fingers {
            let part = f32::from(frame) / f32::from(frames);
            finger(window, *id, TouchPhase::Move, *from + (*to - *from) * part);
        }
        window.run_steps(1);
    }
}

fn land(window: &mut Bench, id: u64, at: Pos2) {
    finger(window, id, TouchPhase::Start, at);
    window.run_steps(1);
}

fn lift(window: &mut Bench, id: u64, at: Pos2) {
    finger(window, id, TouchPhase::End, at);
    window.run_steps(2);
}

fn plot(window: &Bench, name: &str) -> Rect {
    window.get_by_label(name).rect()
}

fn start(window: &Bench) -> Start {
    app(window).session().scenario().start
}

fn view(window: &Bench) -> View {
    app(window).session().scenario().view
}

fn turned(window: &Bench) -> f64 {
    app(window).session().scenario().show.azimuth
}

const PLANE: &str = "Contour plot of the surface with the paths";
const RELIEF: &str = "Relief of the surface with the paths";

#[test]
fn a_tap_and_one_finger_move_the_start() {
    let mut window = window();
    let (middle, before) = (plot(&window, PLANE).center(), start(&window));
    land(&mut window, 0, middle);
    lift(&mut window, 0, middle);
    let tapped = start(&window);
    assert_ne!(tapped, before);
    let seen = view(&window);
    land(&mut window, 0, middle);
    slide(&mut window, &[(0, middle, middle + vec2(90.0, 40.0))], 12);
    assert_ne!(start(&window), tapped);
    lift(&mut window, 0, middle + vec2(90.0, 40.0));
    assert_eq!(view(&window), seen);
}

/// The second finger lands some frames after the first, which has moved already.
#[test]
fn two_fingers_move_and_zoom_the_view_and_never_the_start() {
    let mut window = window();
    for (by, spread) in [(vec2(60.0, 30.0), 0.0), (Vec2::ZERO, 80.0), (vec2(-40.0, 0.0), -30.0)] {
        let (middle, first, seen) = (plot(&window, PLANE).center(), start(&window), view(&window));
        let [one, other] = [-60.0, 60.0].map(|x| middle + vec2(x, 0.0));
        land(&mut window, 0, one);
        slide(&mut window, &[(0, one, one + vec2(9.0, 0.0))], 2);
        land(&mut window, 1, other);
        let ends = [one + by - vec2(spread, 0.0), other + by + vec2(spread, 0.0)];
        slide(&mut window, &[(0, one + vec2(9.0, 0.0), ends[0]), (1, other, ends[1])], 10);
        let now = view(&window);
        // One finger is left, and moves on.
        lift(&mut window, 1, ends[1]);
        slide(&mut window, &[(0, ends[0], ends[0] + vec2(0.0, 80.0))], 12);
        lift(&mut window, 0, ends[0] + vec2(0.0, 80.0));
        assert_eq!(start(&window), first, "{by} {spread}");
        assert_eq!(view(&window), now, "a finger that is left moves nothing");
        let width = |view: View| view.x.1 - view.x.0;
        let left = |view: View| f64::midpoint(view.x.0, view.x.1);
        if spread > 0.0 {
            assert!(width(now) < 0.8 * width(seen), "{now:?} {seen:?}");
        }
        if by.x > 0.0 {
            assert!(
                left(now) < left(seen) && (width(now) / width(seen) - 1.0).abs() < 0.2,
                "{now:?} {seen:?}"
            );
        }
        // The next touch is a new one.
        let free = plot(&window, PLANE).center() + vec2(30.0, 30.0);
        land(&mut window, 0, free);
        lift(&mut window, 0, free);
        assert_ne!(start(&window), first);
    }
}

#[test]
fn a_mouse_after_fingers_is_a_mouse() {
    let mut window = window();
    let middle = plot(&window, PLANE).center();
    land(&mut window, 0, middle);
    land(&mut window, 1, middle + vec2(50.0, 0.0));
    lift(&mut window, 1, middle + vec2(50.0, 0.0));
    lift(&mut window, 0, middle);
    let before = start(&window);
    window.hover_at(middle + vec2(20.0, 20.0));
    window.run_steps(1);
    window.drag_at(middle + vec2(20.0, 20.0));
    window.run_steps(1);
    window.drop_at(middle + vec2(20.0, 20.0));
    window.run_steps(2);
    assert_ne!(start(&window), before);
}

#[test]
fn the_relief_turns_with_one_finger_and_zooms_with_two() {
    let mut window = window();
    let mut show = app(&window).session().scenario().show.clone();
    show.relief = Relief::Relief;
    apply(&mut window, Edit::Show(Box::new(show)));
    window.run_steps(4);
    let rect = plot(&window, RELIEF);
    let (corner, first) = (rect.left_bottom() + vec2(40.0, -40.0), start(&window));
    let (before, seen) = (turned(&window), view(&window));
    land(&mut window, 0, corner);
    slide(&mut window, &[(0, corner, corner + vec2(60.0, 0.0))], 12);
    lift(&mut window, 0, corner + vec2(60.0, 0.0));
    assert_ne!(turned(&window), before);
    assert_eq!((start(&window), view(&window)), (first, seen));
    let (before, middle) = (turned(&window), rect.center());
    let [one, other] = [-50.0, 50.0].map(|x| middle + vec2(x, 0.0));
    land(&mut window, 0, one);
    land(&mut window, 1, other);
    slide(&mut window, &[(0, one, one - vec2(60.0, 0.0)), (1, other, other + vec2(60.0, 0.0))], 10);
    lift(&mut window, 1, other + vec2(60.0, 0.0));
    lift(&mut window, 0, one - vec2(60.0, 0.0));
    assert_eq!((start(&window), turned(&window)), (first, before));
    assert!(view(&window).x.1 - view(&window).x.0 < 0.8 * (seen.x.1 - seen.x.0));
}
