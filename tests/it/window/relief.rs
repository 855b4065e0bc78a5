//! The relief: key 3, turning, the start on the surface, and what is pointed at in one view and marked in the
//! other.

use super::harness::{Bench, app, apply, open, reopen};
use egui::{Key, Modifiers, Pos2, Rect, Shape, pos2};
use egui_kittest::kittest::Queryable;
use thalweg_figure::item::Item;
use thalweg_figure::pictures::Pictures;
use thalweg_figure::scheme::Theme;
use thalweg_figure::text_measure::FixedMeasure;
use thalweg_figure::viewport;
use thalweg_scenario::{Relief, Start, ViewState};
use thalweg_session::{Command, Edit};

const PLANE: &str = "Contour plot of the surface with the paths";
const RELIEF: &str = "Relief of the surface with the paths";

fn view(window: &Bench) -> &ViewState {
    &app(window).session().scenario().show
}

fn show(window: &mut Bench, change: impl FnOnce(&mut ViewState)) {
    let mut show = view(window).clone();
    change(&mut show);
    apply(window, Edit::Show(Box::new(show)));
    window.run_steps(4);
}

/// Where a picture is, if it is shown.
fn rect(window: &Bench, name: &str) -> Option<Rect> {
    window.query_by_label(name).map(|node| node.rect())
}

/// Where the start's ring is on the relief.
fn ring(window: &Bench) -> Pos2 {
    let rect = rect(window, RELIEF).expect("the relief is shown");
    let corner = |at: Pos2| [f64::from(at.x), f64::from(at.y)];
    let page = viewport::Rect { min: corner(rect.min), max: corner(rect.max) };
    let session = app(window).session();
    let pictures = Pictures { session, theme: Theme::Light, measure: &FixedMeasure, kept: None };
    let figure = pictures.relief(page);
    let Some(Item::Circle { center, .. }) = figure.items("start").first() else { panic!("no ring") };
    pos2(center.x as f32, center.y as f32)
}

fn drag(window: &mut Bench, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.run_steps(2);
    window.drag_at(from);
    window.run_steps(2);
    window.hover_at(from + (to - from) * 0.5);
    window.run_steps(2);
    window.hover_at(to);
    window.run_steps(2);
    window.drop_at(to);
    window.run_steps(4);
}

/// Key 3 goes from the plane to the relief, to both and back; the third runner has Ctrl + 3.
#[test]
fn key_3_shows_the_plane_the_relief_or_both() {
    let mut window = open("rosenbrock");
    assert_eq!(app(&window).session().runners().count(), 3);
    for relief in [Relief::Relief, Relief::Both, Relief::Flat] {
        window.key_press(Key::Num3);
        window.run_steps(4);
        assert_eq!(view(&window).relief, relief);
        let shown = [PLANE, RELIEF].map(|name| rect(&window, name));
        assert_eq!(shown.map(|rect| rect.is_some()), [relief.has_plane(), relief.has_relief()]);
        if let [Some(plane), Some(relief)] = shown {
            assert!(!plane.intersects(relief) && relief.width() > 300.0, "{plane:?} {relief:?}");
        }
        assert_eq!(app(&window).session().undoable(), Some("plane or relief"));
    }
    let hidden = |window: &Bench| app(window).session().scenario().runners[2].hidden;
    assert!(!hidden(&window));
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
    window.run_steps(2);
    assert!(hidden(&window) && view(&window).relief == Relief::Flat);
    for name in ["Both", "Relief", "Flat"] {
        window.get_by_label(name).click();
        window.run_steps(4);
        assert_eq!(Relief::NAMES[view(&window).relief as usize].name, name);
    }
}

#[test]
fn a_drag_and_keys_turn_the_relief() {
    let mut window = open("saddle");
    show(&mut window, |show| show.relief = Relief::Relief);
    let start = app(&window).session().scenario().start;
    let rect = rect(&window, RELIEF).expect("shown");
    let from = rect.left_bottom() + egui::vec2(40.0, -60.0);
    drag(&mut window, from, from + egui::vec2(50.0, 20.0));
    let (azimuth, elevation) = (view(&window).azimuth, view(&window).elevation);
    // To the right: what is near comes along.
    assert!((azimuth + 80.0).abs() < 1.0 && (elevation - 46.0).abs() < 1.0, "{azimuth} {elevation}");
    assert_eq!(app(&window).session().scenario().start, start, "nothing else moves");
    assert_eq!(app(&window).session().undoable(), Some("the view of the relief"));
    let cursor = app(&window).session().cursor();
    for key in [Key::ArrowRight, Key::ArrowUp] {
        window.key_press_modifiers(Modifiers::SHIFT, key);
        window.run_steps(2);
    }
    assert!((view(&window).azimuth - azimuth + 15.0).abs() < 0.2, "{}", view(&window).azimuth);
    assert!((view(&window).elevation - elevation - 5.0).abs() < 0.2);
    assert_eq!(app(&window).session().cursor(), cursor);
    for _ in 0..3 {
        apply(&mut window, Command::Undo);
    }
    assert_eq!((view(&window).azimuth, view(&window).elevation), (-60.0, 40.0), "each is one change");
    // Where there is no relief to turn, the keys step.
    show(&mut window, |show| show.relief = Relief::Flat);
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    window.run_steps(2);
    assert_eq!((app(&window).session().cursor(), view(&window).azimuth), (cursor + 1, -60.0));
}

/// The ring is taken hold of on the surface, and stays under the pointer.
#[test]
fn the_start_is_dragged_on_the_surface() {
    let mut window = open("saddle");
    show(&mut window, |show| show.relief = Relief::Both);
    let (from, before) = (ring(&window), app(&window).session().scenario().start);
    let to = from + egui::vec2(30.0, 25.0);
    drag(&mut window, from, to);
    let start = app(&window).session().scenario().start;
    assert!(matches!(start, Start::At(_)) && start != before, "{start:?}");
    assert_eq!((view(&window).azimuth, view(&window).elevation), (-60.0, 40.0), "the view stays");
    // Letters that are not as wide as the window's move the picture a little.
    assert!(ring(&window).distance(to) < 8.0, "{:?} is not at {to:?}", ring(&window));
    apply(&mut window, Command::Undo);
    assert_eq!(app(&window).session().scenario().start, before);
}

/// Shapes within a part of the window.
fn shapes(window: &Bench, within: Rect) -> usize {
    let is_within = |clip: Rect| within.expand(1.0).contains_rect(clip);
    let shapes = window.output().shapes.iter().filter(|shape| is_within(shape.clip_rect));
    shapes.filter(|shape| matches!(shape.shape, Shape::Path(_) | Shape::LineSegment { .. })).count()
}

#[test]
fn what_is_pointed_at_in_one_view_is_marked_in_the_other() {
    let mut window = open("saddle");
    show(&mut window, |show| show.relief = Relief::Both);
    let [plane, relief] = [PLANE, RELIEF].map(|name| rect(&window, name).expect("shown"));
    let mut marked = |at: Pos2, other: Rect| {
        window.hover_at(at);
        window.run_steps(3);
        shapes(&window, other)
    };
    let away = pos2(5.0, 400.0);
    for (here, other) in [(plane.center(), relief), (relief.center(), plane)] {
        let without = marked(away, other);
        // An upright cross: two lines, each with its halo.
        assert_eq!(marked(here, other), without + 4);
        assert_eq!(marked(away, other), without);
    }
}

#[test]
fn it_turns_slowly_until_a_hand_takes_over() {
    let mut window = open("saddle");
    show(&mut window, |show| (show.relief, show.turning) = (Relief::Relief, true));
    window.run_steps(30);
    assert_eq!(view(&window).azimuth, -60.0, "the document is not changed by that");
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    window.run_steps(2);
    let azimuth = view(&window).azimuth;
    assert!(!view(&window).turning && azimuth > -44.0, "from where it was: {azimuth}");
}

/// What has no surface to stand on is no reason to fail: holes, constants, cliffs, walls as high as numbers go.
#[test]
fn odd_surfaces_are_drawn() {
    let mut window = open("saddle");
    for formula in ["log(x)+y^2", "3+0*y", "1/x+0*y", "sqrt(-1-x^2)+y", "exp(1000*x)+0*y", "abs(x)/x+0*y"] {
        let text = format!(
            "(surface: Formula(f: \"{formula}\"), start: (0.5, 0.5), show: (relief: Both), \
             runners: [(optimizer: GradientDescent(lr: 0.1))])"
        );
        reopen(&mut window, thalweg_scenario::parse(&text).expect("a scenario"));
        window.run_steps(6);
        let relief = rect(&window, RELIEF).expect("shown");
        for at in [relief.center(), relief.center_bottom(), relief.left_top()] {
            window.hover_at(at);
            window.run_steps(2);
        }
    }
}
