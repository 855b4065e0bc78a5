//! What stands in the corners of a plot covers nothing, and is not covered.

use crate::checks::texts;
use crate::shown::{lesson, made, page, pictures};
use nalgebra::Vector2;
use thalweg_figure::budget::Unbounded;
use thalweg_figure::captions::Corner;
use thalweg_figure::figure::Figure;
use thalweg_figure::findings::Findings;
use thalweg_figure::item::Item;
use thalweg_figure::plane::{ContourFigure, PlaneInput, Pointing};
use thalweg_figure::scheme::Theme;
use thalweg_figure::text_measure::{FixedMeasure, TextKind, TextMeasure};
use thalweg_figure::viewport::Rect;
use thalweg_session::Session;

/// Letters as large as in front of a class.
struct LargeMeasure;

impl TextMeasure for LargeMeasure {
    fn size(&self, text: &str, size: f64, kind: TextKind) -> Vector2<f64> {
        FixedMeasure.size(text, 1.5 * size, kind)
    }
}

/// The plane while somebody points at a place of it.
fn pointed(session: &Session, size: [f64; 2], measure: &dyn TextMeasure) -> Figure {
    let input = PlaneInput::of(session, page(size), Theme::Light, Findings::default());
    let plot = input.plot(measure);
    let here = "x -1.234   y -0.567   f 1.234e-5".to_owned();
    let lines = vec![(Corner::TopLeft, here, plot.scheme.ink)];
    let pointing = Pointing { lines, ..Pointing::default() };
    ContourFigure::default().compose(&input, &plot, &pointing, measure, &mut Unbounded).0
}

#[test]
fn labels_of_contour_lines_keep_out_of_the_corners() {
    let mut count = 0;
    for name in
        ["zigzag", "rosenbrock", "saddle", "classic-five", "taylor-model", "ill-conditioned-quadratic"]
    {
        let session = lesson(name, 0.5);
        for size in [[1366.0, 700.0], [900.0, 560.0], [420.0, 300.0]] {
            for measure in [&FixedMeasure as &dyn TextMeasure, &LargeMeasure] {
                let figure = pointed(&session, size, measure);
                let labels: Vec<_> = texts(figure.items("contour labels")).collect();
                count += labels.len();
                let told: Vec<_> = texts(figure.items("captions")).collect();
                let bars = figure.items("captions").iter().filter_map(|item| match item {
                    Item::Raster { place, .. } => Some(*place),
                    _ => None,
                });
                let corners: Vec<Rect> = bars.chain(told.iter().map(|text| text.rect)).collect();
                for label in labels {
                    let room = label.rect.grown(Vector2::new(2.0, 1.0));
                    let covered = corners.iter().find(|corner| corner.meets(&room));
                    assert!(
                        covered.is_none(),
                        "{name} {size:?}: {} at {room:?} meets {covered:?}",
                        label.string
                    );
                }
            }
        }
    }
    assert!(count > 80, "there are labels: {count}");
}

/// With a pointer and without one they stand in the same places: labels do not jump.
#[test]
fn labels_of_contour_lines_stay_while_somebody_points() {
    let session = lesson("rosenbrock", 0.5);
    let size = [900.0, 560.0];
    let still = pictures(&session, Theme::Light).plane(page(size));
    let pointed = pointed(&session, size, &FixedMeasure);
    assert!(!still.items("contour labels").is_empty());
    assert_eq!(still.items("contour labels"), pointed.items("contour labels"));
}

/// In a small plot, too, it is told whose curve is out of sight, and beside the examples.
#[test]
fn a_curve_out_of_sight_is_told_of_beside_the_examples() {
    let text = "(surface: LinearRegression(data: \"BadlyScaled\"), start: (900000, 900000), steps: 2,
        runners: [(label: \"my own\", optimizer: GradientDescent(lr: 1e-12))])";
    let session = made(thalweg_scenario::parse(text).unwrap(), 0.0);
    for size in [[150.0, 150.0], [240.0, 180.0], [800.0, 600.0]] {
        let figure = pictures(&session, Theme::Light).data(page(size)).unwrap();
        let told: Vec<_> = texts(figure.items("captions")).collect();
        let words: Vec<_> = told.iter().map(|text| &*text.string).collect();
        assert_eq!(words.join(" ").matches("my own").count(), 1, "{size:?}: {words:?}");
        // In the corner in which it covers the fewest of them.
        let layer = figure.layers.iter().find(|layer| layer.name == "captions").unwrap();
        let middle = layer.clip.unwrap().center();
        let examples: Vec<_> = figure.items("examples").iter().flat_map(Item::places).collect();
        let covered = [[1.0, 1.0], [-1.0, 1.0], [1.0, -1.0], [-1.0, -1.0]].map(|side| {
            let mirrored = |at: &&Vector2<f64>| {
                let at = middle + (**at - middle).component_mul(&Vector2::from(side));
                let is_within = |axis: usize| {
                    let ends = told.iter().map(|text| (text.rect.min[axis], text.rect.max[axis]));
                    let (from, to) = ends.fold((f64::INFINITY, 0.0_f64), |(from, to), (low, high)| {
                        (from.min(low), to.max(high))
                    });
                    (from..=to).contains(&at[axis])
                };
                is_within(0) && is_within(1)
            };
            examples.iter().filter(mirrored).count()
        });
        assert!(covered[1..].iter().all(|other| covered[0] <= *other), "{size:?}: {covered:?}");
    }
}
