//! The dial that turns a direction: the circle with the eigenvectors, steepest descent, and the direction.

use crate::arrow::arrow;
use crate::figure::Figure;
use crate::item::{Item, TextItem};
use crate::polyline::Polyline;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::text_measure::{TextKind, TextMeasure};
use crate::viewport::Rect;
use nalgebra::Vector2;
use thalweg_core::math::spectrum::Spectrum;

/// The circle's diameter with what surrounds it, in points; the page of a dial is [`DIAL_HEIGHT`] high.
pub const DIAL_WIDTH: f64 = 96.0;
/// The height of the page of a dial.
pub const DIAL_HEIGHT: f64 = DIAL_WIDTH;
/// How far the circle is from the border, and the names from the circle.
const INSET: f64 = 16.0;
const NAME: f64 = 10.0;
/// The size of names, in points.
const SIZE: f64 = 11.0;
const NAMES: [&str; 2] = ["v₁", "v₂"];

/// What the dial shows.
#[derive(Clone, Copy, Debug)]
pub struct DialInput<'a> {
    /// The part of the paper that it takes up.
    pub page: Rect,
    /// The colours.
    pub scheme: Scheme,
    /// The direction in degrees, counted from the first axis.
    pub degrees: f64,
    /// The eigenvectors.
    pub spectrum: &'a Spectrum,
    /// The gradient.
    pub gradient: Vector2<f64>,
    /// Whether somebody is about to turn it.
    pub is_held: bool,
}

/// The dial.
pub fn dial(input: &DialInput<'_>, measure: &dyn TextMeasure) -> Figure {
    let DialInput { page, scheme, degrees, spectrum, gradient, is_held } = input;
    let (middle, radius) = (page.center(), DIAL_WIDTH / 2.0 - INSET);
    let on_paper = |v: Vector2<f64>| Vector2::new(v.x, -v.y);
    let mut items = vec![Item::Circle {
        center: middle,
        radius,
        fill: scheme.ground,
        stroke: Some(Stroke::new(1.2, scheme.quiet)),
    }];
    let mut names = Vec::new();
    for (index, vector) in spectrum.vectors.iter().enumerate().filter(|(_, v)| v.norm().is_finite()) {
        let (v, color) = (on_paper(*vector), scheme.axes[index]);
        let line = Polyline::segment(middle - v * radius, middle + v * radius);
        items.push(Item::line(line, &[Stroke::new(1.6, color)]));
        let (string, kind) = (NAMES[index].to_owned(), TextKind::Plain);
        let room = measure.size(&string, SIZE, kind);
        let free = (Vector2::from(page.size()) - room).map(|length| length.max(0.0));
        let center = Rect::around(middle, free).nearest_to(middle + v * (radius + NAME));
        let rect = Rect::around(center, room);
        names.push(Item::Text(TextItem { string, kind, size: SIZE, color, rect, is_upright: false }));
    }
    let length = gradient.norm();
    let mut point = |way: Vector2<f64>, stroke| items.push(arrow(middle, way, way.norm() / 4.0, &[stroke]));
    if length > 0.0 && length.is_finite() {
        point(on_paper(-gradient / length) * radius * 0.6, Stroke::new(1.4, scheme.ink));
    }
    let (sin, cos) = libm::sincos(degrees.to_radians());
    let d = Vector2::new(cos, -sin) * radius;
    point(d, Stroke::new(2.4, scheme.model));
    items.push(Item::disc(middle + d, if *is_held { 6.0 } else { 4.5 }, scheme.model));
    let mut figure = Figure::new(*page);
    figure.push("dial", None, items);
    figure.push("captions", None, names);
    figure
}
