//! The phase plane of momentum: the regimes over learning rate and momentum, with a dot for each eigenvalue.

use crate::color::Rgba;
use crate::figure::Figure;
use crate::item::{Item, TextItem};
use crate::numbers;
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::raster::Raster;
use crate::scheme::{Scheme, Theme};
use crate::stroke::Stroke;
use crate::text_measure::{TextKind, TextMeasure};
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::spectral::mode::{Mode, Regime};
use thalweg_analysis::spectral::momentum_plane::{MomentumPlane, WIDTH};
use thalweg_core::math::within::Within;
use thalweg_core::objective::view::View;
use thalweg_core::spec::settings::Settings;

/// The colours and the cells that the picture is made of.
const COLORS: [usize; 2] = [128, 80];
const CELLS: [usize; 2] = [64, 40];
/// The sizes of the regimes' names and of what stands at the axes, in points.
const NAME: f64 = 11.0;
const LABEL: f64 = 10.5;
/// How far the frame is from the left and upper border of its page, and from the right and lower.
const INSETS: [[f64; 2]; 2] = [[24.0, 3.0], [8.0, 15.0]];
/// How far above its place the name of the regime stands that is a single place.
const ABOVE: f64 = 22.0;

/// The name of a regime.
pub fn regime_name(regime: Regime) -> &'static str {
    match regime {
        Regime::OneStep => "one step",
        Regime::Monotone => "monotone",
        Regime::Ripples => "ripples",
        Regime::Oscillates => "oscillates",
        Regime::Marginal => "on the edge",
        Regime::Diverges => "diverges",
    }
}

/// What the picture depends on: the method, its settings but those that the axes show, the theme.
type PhaseKey = (String, Settings<f64>, Theme);

/// What is drawn of a method: made once, while method and theme stay.
#[derive(Debug)]
struct PhasePicture {
    key: PhaseKey,
    colors: Arc<Raster>,
    outlines: Vec<[[f64; 2]; 2]>,
    /// Critical damping, in dashes.
    damped: Vec<[[f64; 2]; 2]>,
    names: Vec<(Regime, [f64; 2])>,
    /// Whether the regime that is a single place of the plane is in it: one step at α·λ = 1, β = 0.
    at_once: bool,
}

/// The picture of the phase plane, with what is kept from one figure to the next.
#[derive(Debug, Default)]
pub struct PhasePlaneFigure(Option<PhasePicture>);

/// What the phase plane shows.
#[derive(Clone, Debug)]
pub struct PhaseInput<'a> {
    /// The part of the paper that it takes up.
    pub page: Rect,
    /// The theme.
    pub theme: Theme,
    /// The name of the method.
    pub method: &'a str,
    /// The plane of the method.
    pub plane: &'a MomentumPlane,
    /// The dots of the first and the second eigenvalue.
    pub dots: [[f64; 2]; 2],
}

impl PhaseInput<'_> {
    /// Where α·λ and β lie on the page.
    pub fn plot(&self) -> Plot {
        let [[left, top], [right, bottom]] = INSETS;
        let Rect { min, max } = self.page;
        let min = [min[0] + left, min[1] + top];
        let max = [(max[0] - right).max(min[0] + 1.0), (max[1] - bottom).max(min[1] + 1.0)];
        let view = View { x: (0.0, WIDTH), y: (0.0, 1.0) };
        Plot::new(view, Rect { min, max }, Scheme::new(self.theme))
    }
}

/// The place of a point of the plane, or the nearest within.
pub fn phase_place(plot: &Plot, [push, momentum]: [f64; 2]) -> Vector2<f64> {
    let inside = |value: f64, most: f64| if value.is_nan() { 0.0 } else { value.within(0.0, most) };
    plot.to.place(Vector2::new(inside(push, WIDTH), inside(momentum, 1.0)))
}

impl PhasePlaneFigure {
    /// The figure. `plot` is [`PhaseInput::plot`].
    pub fn figure(&mut self, input: &PhaseInput<'_>, plot: &Plot, measure: &dyn TextMeasure) -> Figure {
        let key = (input.method.to_owned(), input.plane.frame(), input.theme);
        let kept = self.0.take().filter(|kept| kept.key == key);
        let picture =
            self.0.insert(kept.unwrap_or_else(|| PhasePicture::new(key, input.plane, &plot.scheme)));
        let (clip, scheme) = (Some(plot.frame), &plot.scheme);
        let mut figure = Figure::new(input.page);
        let colors = Item::Raster { raster: Arc::clone(&picture.colors), place: plot.frame, opacity: 1.0 };
        figure.push("regimes", clip, vec![colors]);
        let lines = |segments: &[[[f64; 2]; 2]], stroke| Item::Lines {
            lines: segments
                .iter()
                .map(|[from, to]| Polyline::segment(phase_place(plot, *from), phase_place(plot, *to)))
                .collect(),
            strokes: vec![stroke],
        };
        let drawn = vec![
            lines(&picture.outlines, Stroke::new(1.0, scheme.ink)),
            lines(&picture.damped, Stroke::new(2.4, scheme.alarm)),
        ];
        figure.push("lines", clip, drawn);
        figure.push("captions", None, picture.captions(plot, measure));
        figure.push("axes", None, axes(plot, measure));
        figure.push("dots", None, dots(input, plot));
        figure
    }
}

impl PhasePicture {
    fn new(key: PhaseKey, plane: &MomentumPlane, scheme: &Scheme) -> Self {
        let [columns, rows] = COLORS;
        let cell = |index: usize| {
            let (x, y) = (index % columns, index / columns);
            let push = WIDTH * x as f64 / (columns - 1) as f64;
            color(&plane.mode([push, 1.0 - y as f64 / (rows - 1) as f64]), scheme)
        };
        let cells = (0..columns * rows).map(cell).collect();
        Self {
            key,
            colors: Arc::new(Raster { columns, rows, cells, is_smooth: true }),
            outlines: plane.outlines(CELLS[0], CELLS[1]),
            damped: dashes(plane),
            names: plane.names(CELLS[0], CELLS[1]),
            at_once: plane.mode([1.0, 0.0]).regime == Regime::OneStep,
        }
    }

    /// The regimes' names.
    fn captions(&self, plot: &Plot, measure: &dyn TextMeasure) -> Vec<Item> {
        let ink = plot.scheme.ink;
        let mut items = Vec::new();
        let mut taken: Vec<Rect> = Vec::new();
        if self.at_once {
            let spot = phase_place(plot, [1.0, 0.0]);
            let above = spot - Vector2::new(0.0, ABOVE);
            let name = text(regime_name(Regime::OneStep), NAME, ink, above, [0.5, 1.0], measure);
            taken.push(name.rect);
            let leader = Polyline::segment(above, spot - Vector2::new(0.0, 4.0));
            items.push(Item::ring(spot, 3.5, Stroke::new(1.5, ink)));
            items.push(Item::line(leader, &[Stroke::new(1.0, ink)]));
            items.push(Item::Text(name));
        }
        for (regime, place) in &self.names {
            let mut name =
                text(regime_name(*regime), NAME, ink, phase_place(plot, *place), [0.5, 0.5], measure);
            // Where a regime is narrow, its word keeps within the plane.
            let room = Vector2::from(name.rect.size());
            let free = Vector2::from(plot.frame.size()) - room - Vector2::new(4.0, 4.0);
            let inner = Rect::around(plot.frame.center(), free.map(|length| length.max(0.0)));
            name.rect = Rect::around(inner.nearest_to(name.rect.center()), room);
            if taken.iter().all(|other| !other.meets(&name.rect)) {
                taken.push(name.rect);
                items.push(Item::Text(name));
            }
        }
        items
    }
}

/// The frame, and what the axes are.
fn axes(plot: &Plot, measure: &dyn TextMeasure) -> Vec<Item> {
    let (frame, quiet) = (plot.frame, plot.scheme.quiet);
    let corners = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]].map(|[x, y]| frame.part(x, y));
    let mut items = vec![Item::line(Polyline::closed(corners.to_vec()), &[Stroke::new(1.0, quiet)])];
    let below = |push: f64, string: &str| {
        let at = phase_place(plot, [push, 0.0]) + Vector2::new(0.0, 1.5);
        Item::Text(text(string, LABEL, quiet, at, [0.5, 0.0], measure))
    };
    items.extend([0.0, 1.0, 2.0, 4.0].map(|push| below(push, &numbers::number(push))));
    items.push(below(3.0, "α·λ"));
    items.extend([(0.03, "0"), (0.5, "β"), (0.97, "1")].map(|(beta, string)| {
        let at = phase_place(plot, [0.0, beta]) - Vector2::new(4.0, 0.0);
        Item::Text(text(string, LABEL, quiet, at, [1.0, 0.5], measure))
    }));
    items
}

/// The eigenvalues' dots. Beyond the sides one lies on the side, open.
fn dots(input: &PhaseInput<'_>, plot: &Plot) -> Vec<Item> {
    let halo = plot.scheme.halo.with_alpha(255);
    let mut items = Vec::new();
    for (dot, fill) in input.dots.iter().zip(plot.scheme.axes) {
        let center = phase_place(plot, *dot);
        let stroke = Some(Stroke::new(1.6, halo));
        items.push(Item::Circle { center, radius: 5.5, fill, stroke });
        if !(0.0..=WIDTH).contains(&dot[0]) {
            items.push(Item::disc(center, 2.6, halo));
        }
    }
    items
}

/// A text with the part `anchor` of its room (across and down) at a place.
fn text(
    string: &str,
    size: f64,
    color: Rgba,
    at: Vector2<f64>,
    anchor: [f64; 2],
    measure: &dyn TextMeasure,
) -> TextItem {
    let (string, kind) = (string.to_owned(), TextKind::Plain);
    let room = measure.size(&string, size, kind);
    let rect = Rect::new(at - room.component_mul(&Vector2::from(anchor)), room);
    TextItem { string, kind, size, color, rect, is_upright: false }
}

/// The line of critical damping in dashes, however many branches it has.
fn dashes(plane: &MomentumPlane) -> Vec<[[f64; 2]; 2]> {
    const STEPS: u32 = 240;
    let at = |step: u32| {
        let push = WIDTH * f64::from(step) / f64::from(STEPS);
        plane.critical(push).map(move |beta| [push, beta]).collect::<Vec<_>>()
    };
    let drawn = (0..STEPS).filter(|step| step % 6 < 4);
    let pieces = drawn.flat_map(|step| {
        let (from, to) = (at(step), at(step + 1));
        // Where a branch begins or ends, nothing is joined.
        if from.len() == to.len() { from.into_iter().zip(to).collect() } else { Vec::new() }
    });
    pieces.map(|(from, to)| [from, to]).collect()
}

/// The darker, the faster; where it grows, the colour of alarm.
fn color(mode: &Mode, scheme: &Scheme) -> Rgba {
    if mode.regime == Regime::Diverges {
        return scheme.surface(1.0).mixed(scheme.alarm, 0.35);
    }
    // Most of the plane is near 1: the differences there are the ones to see.
    let left = mode.radius.within(0.0, 1.0);
    scheme.surface(left * left * left)
}
