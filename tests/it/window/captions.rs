//! Captions on the plots: they can be read.

use super::harness::{Bench, apply, open_scenario, until};
use egui::epaint::{ClippedShape, Shape};
use egui::{Rect, vec2};
use egui_kittest::kittest::Queryable;
use thalweg_scenario::Scenario;
use thalweg_session::{Edit, Playback};

const PLANE: &str = "Contour plot of the surface with the paths";

/// What is written on the plane, and where.
fn written(window: &Bench) -> Vec<(String, Rect)> {
    fn texts(shape: &Shape, found: &mut Vec<(String, Rect)>) {
        match shape {
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, found)),
            Shape::Text(text) => {
                let place = Rect::from_min_size(text.pos, text.galley.size());
                found.push((text.galley.text().to_owned(), place));
            }
            _ => {}
        }
    }
    let plot = window.get_by_label(PLANE).rect();
    let mut found = Vec::new();
    for ClippedShape { clip_rect, shape, .. } in &window.output().shapes {
        if plot.contains_rect(*clip_rect) && clip_rect.width() > 100.0 {
            texts(shape, &mut found);
        }
    }
    found
}

/// Whether each of `wanted` is there, and no two captions lie on each other.
fn check(window: &Bench, wanted: &[&str]) {
    let found = written(window);
    for wanted in wanted {
        assert!(found.iter().any(|(text, _)| text.contains(wanted)), "no {wanted}: {found:?}");
    }
    for (index, (text, place)) in found.iter().enumerate() {
        for (other, there) in &found[..index] {
            let both = place.intersect(*there);
            assert!(!both.is_positive(), "{text} {place} lies on {other} {there}");
        }
    }
}

fn crowded() -> Scenario {
    let pin = |name: &str| {
        format!(
            "(name: \"{name}\", of: (surface: QuadraticForm(xx: 1, xy: 0, yy: 20), start: (1, 1), steps: 60,
              runners: [(optimizer: GradientDescent(lr: 0.05))]))"
        )
    };
    let pinned_runs: Vec<_> = ["before", "a_long^name", "third", "fourth"].map(pin).to_vec();
    let text = format!(
        "(surface: QuadraticForm(xx: 1, xy: 0, yy: 20), start: (1, 1), view: (x: (-2, 2), y: (-2, 2)), steps: 60,
          runners: [(optimizer: Momentum(lr: 0.01))], ghosts: [{}],
          show: (page: Model, layers: [Ghosts, Future, Axes, Direction, Vectors, Model, Convex, Stable]))",
        pinned_runs.join(", ")
    );
    thalweg_scenario::parse(&text).unwrap_or_else(|diagnostics| panic!("{}", diagnostics[0]))
}

#[test]
fn captions_do_not_lie_on_each_other() {
    let mut window = open_scenario(crowded());
    let names = ["before", "a_long^name", "third", "fourth", "start", "d", "v₁", "v₂"];
    // Where all begin, on their ways, and where the pinned ones end.
    for step in [0, 1, 3, 20, 60] {
        apply(&mut window, Playback::Seek(step));
        window.run_steps(10);
        check(&window, &names);
    }
    for dial in [0.0, 45.0, 90.0, 180.0, 270.0, 300.0] {
        let mut show = crowded().show;
        show.dial = dial;
        apply(&mut window, Edit::Show(Box::new(show)));
        check(&window, &names);
    }
}

/// Beside other plots in a small window there is little room, down to none.
#[test]
fn captions_of_a_narrow_plot_keep_apart_and_a_tiny_one_is_drawn() {
    let text = "(surface: QuadraticForm(xx: 1, xy: 0, yy: 20), start: (1, 1), view: (x: (-2, 2), y: (-2, 2)),
          steps: 60, runners: [(optimizer: Momentum(lr: 0.01))],
          show: (page: Step, layers: [Future, Contours, Axes, Vectors, Eigenbasis]))";
    let mut window = open_scenario(
        thalweg_scenario::parse(text).unwrap_or_else(|diagnostics| panic!("{}", diagnostics[0])),
    );
    apply(&mut window, Playback::Seek(20));
    window.run_steps(20);
    check(&window, &["start"]);
    let text =
        "(surface: TinyNet(data: Blobs), start: (1, 1), steps: 20, runners: [(optimizer: Momentum(lr: 0.5))],
          show: (layers: [Future, Contours, Model, Data, Eigenbasis]))";
    let mut window = open_scenario(
        thalweg_scenario::parse(text).unwrap_or_else(|diagnostics| panic!("{}", diagnostics[0])),
    );
    let narrowest = |window: &Bench| window.get_by_label(PLANE).rect().width();
    for size in [vec2(900.0, 560.0), vec2(759.0, 427.0), vec2(683.0, 384.0)] {
        window.set_size(size);
        window.run_steps(4);
        assert!(narrowest(&window) > 40.0, "{size}: {}", narrowest(&window));
    }
}

/// What the pointer is told moves the others out of its way.
#[test]
fn the_pointer_s_words_have_a_place_of_their_own() {
    let lesson = thalweg_scenario::open_preset("taylor-model").expect("a lesson");
    let mut window = open_scenario(lesson);
    window.run_steps(60);
    check(&window, &["model's error 10 %", "start"]);
    let plot = window.get_by_label(PLANE).rect();
    window.hover_at(plot.center() + vec2(30.0, 20.0));
    window.run_steps(5);
    check(&window, &["model's error 10 %", "start", "   f "]);
}

/// Where a region's border is not to be seen, its name says so.
#[test]
fn a_region_that_fills_the_view_or_none_of_it_says_so() {
    for (surface, convex, stable) in [
        ("Saddle()", ": nowhere", ": nowhere"),
        ("QuadraticForm(xx: 1, xy: 0, yy: 20)", ": everywhere", ": everywhere"),
    ] {
        let text = format!(
            "(surface: {surface}, runners: [(optimizer: GradientDescent(lr: 0.05))],
              show: (layers: [Convex, Stable]))"
        );
        let scenario =
            thalweg_scenario::parse(&text).unwrap_or_else(|diagnostics| panic!("{}", diagnostics[0]));
        let mut window = open_scenario(scenario);
        window.run_steps(60);
        let wanted = [("positive definite Hessian", convex), ("stable at α = 0.05", stable)];
        check(
            &window,
            &wanted.map(|(name, extent)| format!("{name}{extent} in view")).each_ref().map(|s| &**s),
        );
    }
}

/// The map over starts brings its legend with it, whatever page is open.
#[test]
fn the_map_over_starts_has_its_legend_on_the_plot() {
    let text = "(surface: Formula(f: \"(x^2 - 1)^2 + y^2\"), start: (-1.5, 0.5), view: (x: (-2, 2), y: (-1, 1)), steps: 60,
                  runners: [(optimizer: GradientDescent(lr: 0.05))], show: (layers: [Starts, Contours]))";
    let mut window = open_scenario(
        thalweg_scenario::parse(text).unwrap_or_else(|diagnostics| panic!("{}", diagnostics[0])),
    );
    let told = |window: &Bench| written(window).iter().any(|(text, _)| text.ends_with(" %"));
    until(&mut window, "the legend", told);
    check(&window, &["start"]);
}
