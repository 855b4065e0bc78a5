//! The figures of every built-in lesson: nothing in them is nowhere, no caption lies on another, nothing is
//! outside of its frame, and what is to be seen is there.

use crate::shown::{Made, is_flat};
use nalgebra::Vector2;
use thalweg_analysis::data::data_fit::DataFit;
use thalweg_figure::data_plot;
use thalweg_figure::data_plot::{DataInput, ShownModel};
use thalweg_figure::eigenbasis;
use thalweg_figure::figure::Figure;
use thalweg_figure::item::{Item, TextItem};
use thalweg_figure::plane::{PlaneInput, plane};
use thalweg_figure::plot::Plot;
use thalweg_figure::scheme::Theme;
use thalweg_figure::text_measure::FixedMeasure;
use thalweg_figure::viewport::Rect;
use thalweg_scenario::{Layer, PRESETS, open_preset};

/// About the plot's size in the window, and in a paper's column.
const SIZES: [[f64; 2]; 2] = [[780.0, 500.0], [330.0, 300.0]];

fn is_within(inner: &Rect, outer: &Rect) -> bool {
    let outer = outer.enlarged(1e-6);
    outer.contains(inner.min) && outer.contains(inner.max)
}

fn texts(items: &[Item]) -> impl Iterator<Item = &TextItem> {
    items.iter().filter_map(|item| match item {
        Item::Text(text) => Some(text),
        _ => None,
    })
}

/// What any figure must keep to.
fn check(name: &str, figure: &Figure) {
    for layer in &figure.layers {
        if let Some(clip) = &layer.clip {
            assert!(clip.area() > 0.0 && is_within(clip, &figure.page), "{name}: {} {clip:?}", layer.name);
        }
        let places = layer.items.iter().flat_map(Item::places);
        let lost = places.into_iter().find(|place| !(place.x.is_finite() && place.y.is_finite()));
        assert!(lost.is_none(), "{name}: {} has something nowhere: {lost:?}", layer.name);
        for text in texts(&layer.items) {
            let frame = layer.clip.as_ref().filter(|_| layer.name == "captions").unwrap_or(&figure.page);
            let is_mark = !matches!(layer.name, "captions" | "axes");
            assert!(is_mark || is_within(&text.room(), frame), "{name}: {} {text:?}", layer.name);
            assert!(!text.string.is_empty() && text.rect.area() > 0.0, "{name}: {text:?}");
        }
    }
    let captions: Vec<_> = texts(figure.items("captions")).chain(texts(figure.items("axes"))).collect();
    for (index, text) in captions.iter().enumerate() {
        for other in &captions[..index] {
            // What only touches may have rounded into it.
            let both = text.room().intersection(&other.room()).area();
            assert!(both < 1e-2, "{name}: {} lies on {}", text.string, other.string);
        }
    }
}

/// Each visible runner has its marker where it stands, and its path where it went.
fn check_runners(name: &str, figure: &Figure, input: &PlaneInput<'_>, plot: &Plot) {
    for runner in input.runners.iter().filter(|runner| !runner.is_hidden) {
        let samples = runner.run.trajectory().samples();
        let behind = &samples[..samples.len().min(input.cursor as usize + 1)];
        let places: Vec<Vector2<f64>> = behind
            .iter()
            .map(|sample| sample.position)
            .filter(|p| p.x.is_finite() && p.y.is_finite())
            .map(|p| plot.to.place(p))
            .collect();
        let Some(here) = places.last() else { continue };
        let marked = figure.items("markers").iter().any(|item| match item {
            Item::Marker(marker) => marker.shape == runner.shape && (marker.center - here).norm() < 1e-9,
            _ => false,
        });
        assert!(marked, "{name}: {:?} has no marker", runner.shape);
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
        let scenario = open_preset(preset.name).unwrap();
        for (part, size) in [(0.0, SIZES[0]), (0.3, SIZES[0]), (1.0, SIZES[0]), (0.6, SIZES[1])] {
            let made = Made::new(scenario.clone(), part, size);
            let input = made.plane(Theme::Light);
            let (figure, plot) = (plane(&input, &FixedMeasure), input.plot(&FixedMeasure));
            let name = format!("{} at {part} in {size:?}", preset.name);
            check(&name, &figure);
            check_runners(&name, &figure, &input, &plot);
            assert!(!figure.items("surface").is_empty() && !figure.items("start").is_empty(), "{name}");
            if input.layers.has(Layer::Contours) && !is_flat(made.objective(), plot.view) {
                assert!(!figure.items("contours").is_empty(), "{name} has no contours");
            }
        }
    }
}

#[test]
fn every_lesson_has_a_sane_figure_of_its_eigenbasis() {
    let mut count = 0;
    for preset in PRESETS {
        let made = Made::new(open_preset(preset.name).unwrap(), 0.5, SIZES[1]);
        let Some(input) = made.eigenbasis(Theme::Dark) else { continue };
        let figure = eigenbasis::eigenbasis(&input, &FixedMeasure);
        check(preset.name, &figure);
        assert!(!figure.items("eigenvectors").is_empty(), "{}", preset.name);
        count += 1;
    }
    assert!(count > 20, "{count}");
}

#[test]
fn every_lesson_with_data_has_a_sane_figure_of_them() {
    let mut count = 0;
    for preset in PRESETS {
        let made = Made::new(open_preset(preset.name).unwrap(), 0.5, SIZES[1]);
        let Some(fit) = DataFit::of(made.objective()) else { continue };
        let runners = made.session.runners().enumerate().filter(|(_, (runner, _))| !runner.hidden);
        let models = runners.map(|(index, (runner, run))| {
            let at = run.trajectory().at(made.session.cursor().min(run.trajectory().last_step())).unwrap();
            let weights = at.position.into();
            let is_defined = fit.error(weights).is_some();
            let is_focused = index == made.session.focus();
            ShownModel { name: runner.name(), color: runner.color, weights, is_focused, is_defined }
        });
        let (page, models) = (Rect::new(Vector2::zeros(), SIZES[1].into()), models.collect());
        let (axes, batch) = (["first", "second"], &fit.dots()[..2]);
        let input = DataInput { page, theme: Theme::Light, fit: &fit, axes, models, batch, pointed: None };
        let plot = input.plot(&FixedMeasure);
        let figure = data_plot::data(&input, &plot, &FixedMeasure);
        check(preset.name, &figure);
        assert_eq!(figure.items("examples").len(), fit.dots().len(), "{}", preset.name);
        let is_told = !figure.items("captions").is_empty();
        assert!(is_told || !figure.items("models").is_empty(), "{}", preset.name);
        count += 1;
    }
    assert!(count > 5, "{count}");
}

/// Everything at once, in a figure that has hardly room for it.
#[test]
fn a_tiny_page_is_drawn_without_panic() {
    for size in [[1.0, 1.0], [40.0, 30.0], [120.0, 20.0]] {
        let scenario = open_preset("classic-five").unwrap();
        let made = Made::new(scenario, 0.5, size);
        let figure = plane(&made.plane(Theme::Print), &FixedMeasure);
        let places = figure.layers.iter().flat_map(|layer| &layer.items).flat_map(Item::places);
        assert!(places.into_iter().all(|place| place.x.is_finite() && place.y.is_finite()), "{size:?}");
    }
}
