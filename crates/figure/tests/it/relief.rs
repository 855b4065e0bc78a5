//! The relief: what the plane shows lies on it, and its surface is sampled once.

use super::shown::{made, page};
use std::sync::Arc;
use thalweg_figure::budget::{FigureBudget, FigurePart, Unbounded};
use thalweg_figure::figure::Figure;
use thalweg_figure::findings::FoundOut;
use thalweg_figure::item::Item;
use thalweg_figure::pictures::Pictures;
use thalweg_figure::plane::{PlaneInput, Pointing};
use thalweg_figure::plane_figure::PlaneFigure;
use thalweg_figure::relief::relief_figure::ReliefFigure;
use thalweg_figure::relief::relief_view::Camera;
use thalweg_figure::scheme::Theme;
use thalweg_figure::text_measure::FixedMeasure;
use thalweg_scenario::{Layer, Scenario, open_preset};
use thalweg_session::Session;

const PAGE: [f64; 2] = [640.0, 420.0];
const CAMERA: Camera = Camera { azimuth: -60.0, elevation: 40.0 };

fn with_layers(lesson: &str, layers: &[Layer]) -> Scenario {
    let mut scenario = open_preset(lesson).unwrap();
    for layer in layers {
        scenario.show.layers = scenario.show.layers.with(*layer, true);
    }
    scenario
}

fn relief(session: &Session) -> Figure {
    let pictures = Pictures { session, theme: Theme::Light, measure: &FixedMeasure, kept: None };
    pictures.relief(page(PAGE))
}

/// The colours of the surface's nodes.
fn colors(figure: &Figure) -> Vec<thalweg_figure::color::Rgba> {
    let [Item::Mesh(mesh)] = figure.items("surface") else { panic!("one mesh") };
    mesh.colors.clone()
}

/// What the plane shows of directions lies on the surface: lines on the page, with their captions beside them.
#[test]
fn directions_lie_on_the_surface() {
    let layers = [Layer::Axes, Layer::Direction, Layer::Vectors];
    let session = made(with_layers("rosenbrock", &layers), 0.2);
    let figure = relief(&session);
    let mut bare = open_preset("rosenbrock").unwrap();
    bare.show.layers = bare.show.layers.with(Layer::Axes, false);
    let bare = relief(&made(bare, 0.2));
    for layer in ["curvature", "direction", "step"] {
        let items = figure.items(layer);
        assert!(!items.is_empty() && bare.items(layer).is_empty(), "{layer}");
        for at in items.iter().flat_map(Item::places) {
            assert!(page(PAGE).contains(at.into()), "{layer}: {at:?}");
        }
    }
    let written: Vec<&str> = figure
        .items("captions")
        .iter()
        .filter_map(|item| match item {
            Item::Text(text) => Some(text.string.as_str()),
            _ => None,
        })
        .collect();
    for name in ["v₁", "v₂", "d", "g"] {
        assert!(written.contains(&name), "{name} is not among {written:?}");
    }
}

/// Regions and the map over starts colour the surface, where they lie.
#[test]
fn areas_colour_the_surface() {
    let bare = colors(&relief(&made(open_preset("non-convex-starts").unwrap(), 1.0)));
    for layer in [Layer::Convex, Layer::Starts] {
        let session = made(with_layers("non-convex-starts", &[layer]), 1.0);
        let coated = colors(&relief(&session));
        assert_eq!(coated.len(), bare.len());
        let changed = coated.iter().zip(&bare).filter(|(one, other)| one != other).count();
        let whole = bare.len();
        assert!(changed > whole / 20, "{layer:?}: {changed} of {whole}");
        // Not everywhere is the Hessian positive definite; starts are everywhere.
        assert_eq!(layer == Layer::Convex, changed < whole * 9 / 10, "{layer:?}: {changed} of {whole}");
    }
}

/// No time at all.
struct Spent;

impl FigureBudget for Spent {
    fn begin(&mut self, _: FigurePart) {}

    fn is_over(&self) -> bool {
        true
    }
}

/// Beside a plane the relief shows what that has sampled, and samples nothing itself: it needs no time for it.
#[test]
fn beside_a_plane_the_surface_is_sampled_once() {
    let session = made(open_preset("saddle").unwrap(), 1.0);
    let found = FoundOut::of(&session, session.scenario().view);
    let input = PlaneInput::of(&session, page(PAGE), Theme::Light, found.findings());
    let pointing = Pointing::default();
    let plot = input.plot(&FixedMeasure);
    let surface = |relief: &mut ReliefFigure, budget: &mut Spent| {
        let (figure, _) = relief.compose(&input, CAMERA, &plot, &pointing, &FixedMeasure, budget);
        figure.items("surface").len()
    };
    let mut alone = ReliefFigure::default();
    assert_eq!(surface(&mut alone, &mut Spent), 0, "alone it has not sampled it yet");
    let (mut plane, mut beside) = (PlaneFigure::default(), ReliefFigure::default());
    beside.stand_beside(Some(&plane));
    assert_eq!(surface(&mut beside, &mut Spent), 0, "neither has the plane");
    plane.compose(&input, &plot, &pointing, &FixedMeasure, &mut Unbounded);
    beside.stand_beside(Some(&plane));
    assert_eq!(surface(&mut beside, &mut Spent), 1);
    assert!(plane.sampled().is_some_and(|sampled| Arc::strong_count(sampled) > 1), "it is shared");
    // On its own again it samples for itself.
    beside.stand_beside(None);
    let (figure, is_whole) = beside.compose(&input, CAMERA, &plot, &pointing, &FixedMeasure, &mut Unbounded);
    assert!(is_whole && figure.items("surface").len() == 1);
}
