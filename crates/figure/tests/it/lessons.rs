//! The figures of every built-in lesson: nothing in them is nowhere, no caption lies on another, nothing is
//! outside of its frame, and what is to be seen is there.

use crate::checks::{check, texts};
use crate::shown::{is_flat, lesson, page, pictures};
use nalgebra::Vector2;
use thalweg_analysis::field::grid::Grid;
use thalweg_core::objective::view::View;
use thalweg_figure::figure::Figure;
use thalweg_figure::findings::Findings;
use thalweg_figure::item::Item;
use thalweg_figure::plane::PlaneInput;
use thalweg_figure::plot::Plot;
use thalweg_figure::relief::relief_view::Camera;
use thalweg_figure::scheme::Theme;
use thalweg_figure::text_measure::FixedMeasure;
use thalweg_scenario::{Layer, PRESETS};

/// About the plot's size in the window, and in a paper's column.
const SIZES: [[f64; 2]; 2] = [[780.0, 500.0], [330.0, 300.0]];

/// Each visible runner has its marker where it stands, and its path where it went.
fn check_runners(name: &str, figure: &Figure, input: &PlaneInput<'_>, plot: &Plot) {
    for runner in input.runners.iter().filter(|runner| !runner.is_hidden) {
        let samples = runner.run.trajectory().samples();
        let behind = &samples[..samples.len().min(input.cursor as usize + 1)];
        // On a graph it stands as high as f is there.
        let is_graph = input.objective.is_univariate();
        let places: Vec<Vector2<f64>> = behind
            .iter()
            .map(
                |sample| {
                    if is_graph { Vector2::new(sample.position.x, sample.loss) } else { sample.position }
                },
            )
            .filter(|p| p.x.is_finite() && p.y.is_finite())
            .map(|p| plot.to.place(p))
            .collect();
        let Some(here) = places.last() else { continue };
        let markers = figure.items("markers");
        let center = markers.iter().find_map(|item| match item {
            Item::Marker(marker) if marker.shape == runner.shape => Some(marker.center),
            _ => None,
        });
        let center = center.unwrap_or_else(|| panic!("{name}: {:?} has no marker", runner.shape));
        // Beside others it is tied to its place, and who has left stands at the frame.
        let is_tied = markers.iter().any(|item| match item {
            Item::Circle { center: dot, radius, .. } => *radius < 2.5 && (dot - here).norm() < 1e-9,
            _ => false,
        });
        let away = (center - here).norm();
        let is_right = if plot.shows(*here, 0.0) {
            away <= 2.0 || (is_tied && away < 40.0)
        } else {
            plot.shows(center, 0.0)
        };
        assert!(is_right, "{name}: {:?} stands at {center}, not at {here}", runner.shape);
        let moves = places
            .windows(2)
            .any(|pair| pair.iter().all(|place| plot.shows(*place, 0.0)) && (pair[1] - pair[0]).norm() > 2.0);
        let color = plot.scheme.runner(runner.shape.color);
        let drawn = figure.items("paths").iter().any(|item| match item {
            Item::Lines { strokes, .. } => strokes.last().is_some_and(|stroke| stroke.color == color),
            _ => false,
        });
        assert!(drawn || !moves, "{name}: {:?} has no path", runner.shape);
    }
}

#[test]
fn every_lesson_has_a_sane_figure_of_the_plane() {
    for preset in PRESETS {
        for (part, size) in [(0.0, SIZES[0]), (0.3, SIZES[0]), (1.0, SIZES[0]), (0.6, SIZES[1])] {
            let session = lesson(preset.name, part);
            let figure = pictures(&session, Theme::Light).plane(page(size));
            let input = PlaneInput::of(&session, page(size), Theme::Light, Findings::default());
            let plot = input.plot(&FixedMeasure);
            let name = format!("{} at {part} in {size:?}", preset.name);
            check(&name, &figure);
            check_runners(&name, &figure, &input, &plot);
            let is_graph = input.objective.is_univariate();
            let surface = if is_graph { "graph" } else { "surface" };
            assert!(!figure.items(surface).is_empty() && !figure.items("start").is_empty(), "{name}");
            if is_graph {
                assert!(figure.items("contours").is_empty(), "{name}");
                let models = figure.items("model").len();
                let wanted = [Layer::Axes, Layer::Model].into_iter().any(|layer| input.layers.has(layer));
                assert_eq!(models > 0, wanted && input.point.is_some(), "{name}: {models}");
            } else if input.layers.has(Layer::Contours) && !is_flat(input.objective, plot.view) {
                assert!(!figure.items("contours").is_empty(), "{name} has no contours");
            }
        }
    }
}

/// The relief of every lesson, from different sides: each runner whose place is in the view has its marker there,
/// the surface is as high as the plane is bright, and nothing but holes is missing of it.
#[test]
fn every_lesson_has_a_sane_relief() {
    for (index, preset) in PRESETS.iter().enumerate() {
        for (part, size) in [(0.3, SIZES[0]), (1.0, SIZES[1])] {
            let session = lesson(preset.name, part);
            if session.race().problem().objective.is_univariate() {
                continue;
            }
            let camera =
                Camera { azimuth: index as f64 * 37.0, elevation: [5.0, 35.0, 60.0, 85.0][index % 4] };
            let name = format!("the relief of {} at {part} in {size:?} from {camera:?}", preset.name);
            let pictures = pictures(&session, Theme::Light);
            let figure = pictures.relief_from(page(size), camera);
            check(&name, &figure);
            let [Item::Mesh(mesh)] = figure.items("surface") else { panic!("{name}: no surface") };
            let input = PlaneInput::of(&session, page(size), Theme::Light, Findings::default());
            let plot = input.plot(&FixedMeasure);
            let grid = Grid::sample(input.objective, plot.view, 12, 12);
            let has_holes = grid.values().iter().any(|value| !value.is_finite());
            assert_eq!(mesh.quads.len() == 96 * 96, !has_holes, "{name}: {} cells", mesh.quads.len());
            assert!(mesh.quads.iter().all(|quad| mesh.fill(*quad).alpha == 255), "{name}");
            let View { x, y } = plot.view;
            let is_seen = |p: Vector2<f64>| x.0 <= p.x && p.x <= x.1 && y.0 <= p.y && p.y <= y.1;
            let stands = input.runners.iter().filter(|runner| {
                let samples = runner.run.trajectory().samples();
                let behind = &samples[..samples.len().min(input.cursor as usize + 1)];
                let last = behind.iter().rev().find(|sample| sample.position.norm().is_finite());
                !runner.is_hidden && last.is_some_and(|last| is_seen(last.position))
            });
            let markers = figure.items("markers").iter().filter(|item| matches!(item, Item::Marker(_)));
            assert_eq!(markers.count(), stands.count(), "{name}");
            let is_flat = is_flat(input.objective, plot.view);
            for layer in ["contours", "floor"] {
                let is_wanted = input.layers.has(Layer::Contours) && !is_flat;
                assert_eq!(!figure.items(layer).is_empty(), is_wanted, "{name}: {layer}");
            }
            let words: Vec<_> = texts(figure.items("axes")).map(|text| text.string.as_str()).collect();
            assert!(words.len() >= 4, "{name}: {words:?}");
        }
    }
}

/// A sane figure of those lessons that have one; how many these are.
fn count(figure: impl Fn(&str) -> Option<Figure>) -> usize {
    let figures = PRESETS.iter().filter_map(|preset| Some((preset.name, figure(preset.name)?)));
    figures.map(|(name, figure)| check(name, &figure)).count()
}

#[test]
fn every_lesson_has_a_sane_figure_of_its_eigenbasis() {
    let found = count(|name| {
        let figure = pictures(&lesson(name, 0.5), Theme::Dark).eigenbasis(page(SIZES[1]))?;
        assert!(!figure.items("eigenvectors").is_empty(), "{name}");
        Some(figure)
    });
    assert!(found > 20, "{found}");
}

#[test]
fn every_lesson_with_data_has_a_sane_figure_of_them() {
    let found = count(|name| {
        let session = lesson(name, 0.5);
        let figure = pictures(&session, Theme::Light).data(page(SIZES[1]))?;
        let examples = session.race().problem().objective.examples().unwrap().len();
        assert_eq!(figure.items("examples").len(), examples, "{name}");
        assert!(!figure.items("captions").is_empty() || !figure.items("models").is_empty(), "{name}");
        Some(figure)
    });
    assert!(found > 5, "{found}");
}

#[test]
fn every_lesson_has_sane_figures_of_its_local_model_and_of_its_momentum() {
    let width = 250.0;
    let dials = count(|name| pictures(&lesson(name, 0.2), Theme::Light).dial(Vector2::new(3.0, 4.0)));
    let cuts = count(|name| pictures(&lesson(name, 0.2), Theme::Dark).cut(page([width, 120.0])));
    let planes = count(|name| pictures(&lesson(name, 0.2), Theme::Light).phase_plane(page([width, 166.0])));
    assert!(dials > 40 && cuts == dials && planes > 3, "{dials} {cuts} {planes}");
}

/// Everything at once, in a figure that has hardly room for it.
#[test]
fn a_tiny_page_is_drawn_without_panic() {
    for size in [[1.0, 1.0], [40.0, 30.0], [120.0, 20.0]] {
        let (session, page) = (lesson("classic-five", 0.5), page(size));
        let pictures = pictures(&session, Theme::Print);
        let figures = [
            Some(pictures.plane(page)),
            Some(pictures.relief(page)),
            pictures.eigenbasis(page),
            pictures.cut(page),
        ];
        for figure in figures.into_iter().flatten() {
            let places = figure.layers.iter().flat_map(|layer| &layer.items).flat_map(Item::places);
            assert!(places.into_iter().all(|place| place.x.is_finite() && place.y.is_finite()), "{size:?}");
        }
    }
}
