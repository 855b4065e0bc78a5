//! The data of a surface that is a mean over examples: the examples, and what every runner's model makes of them.

use crate::axes::Axes;
use crate::captions::{Captions, Corner, SIZE};
use crate::color::Rgba;
use crate::figure::Figure;
use crate::item::Item;
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::scheme::{Scheme, Theme};
use crate::stroke::Stroke;
use crate::text_measure::TextMeasure;
use crate::ticks::TickRule;
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::borrow::Cow;
use thalweg_analysis::data::data_fit::{DataFit, DataPoint};
use thalweg_core::math::within::Within;
use thalweg_core::objective::prediction::Shows;
use thalweg_scenario::Color;

/// Points of the paper between two points of a curve.
const SPACING: f64 = 2.0;
/// How much of the plot's width a runner's name takes at most.
const NAME: f64 = 0.6;
/// Where it is told why a line is not to be seen, the first one first.
const CORNERS: [Corner; 4] = [Corner::BottomLeft, Corner::TopLeft, Corner::BottomRight, Corner::TopRight];
/// So many examples are drawn smaller, and so many rings thinner.
const CROWD: usize = 150;
/// How much of its colour the side of the focused runner's class 1 has.
const SHADE: f64 = 0.13;

/// A runner's model, as figures show it.
#[derive(Clone, Debug, PartialEq)]
pub struct ShownModel<'a> {
    /// What the runner is called.
    pub name: Cow<'a, str>,
    /// The runner's colour.
    pub color: Color,
    /// Where the runner stands.
    pub weights: [f64; 2],
    /// Whether it is the runner that the panels speak of.
    pub is_focused: bool,
    /// Whether its error is a number.
    pub is_defined: bool,
}

/// What the plot of the data shows.
#[derive(Clone, Debug)]
pub struct DataInput<'a> {
    /// The part of the paper that it takes up, axes included.
    pub page: Rect,
    /// The theme.
    pub theme: Theme,
    /// The examples.
    pub fit: &'a DataFit,
    /// What the axes are called.
    pub axes: [&'a str; 2],
    /// The visible runners' models.
    pub models: Vec<ShownModel<'a>>,
    /// The examples whose gradient the focused runner's next step is given.
    pub batch: &'a [DataPoint],
    /// An example that somebody points at.
    pub pointed: Option<DataPoint>,
}

impl DataInput<'_> {
    fn axes(&self) -> Axes<'_> {
        Axes {
            names: self.axes,
            ticks: [TickRule::Even(4.0), TickRule::Even(5.0)],
            margin: 36.0,
            has_grid: true,
        }
    }

    /// Where the data lie on the page.
    pub fn plot(&self, measure: &dyn TextMeasure) -> Plot {
        let extent = self.fit.extent();
        Plot::new(extent, self.axes().frame(self.page, measure, |_| extent), Scheme::new(self.theme))
    }
}

/// The plot of the data. `plot` is [`DataInput::plot`].
pub fn data(input: &DataInput<'_>, plot: &Plot, measure: &dyn TextMeasure) -> Figure {
    let DataInput { fit, batch, .. } = input;
    let (scheme, clip, shows) = (&plot.scheme, Some(plot.frame), fit.shows());
    let mut captions = Captions::new(measure, plot.frame, scheme);
    let mut figure = Figure::new(input.page);
    input.axes().draw(&mut figure, input.page, plot, measure);
    figure.push("class 1", clip, shade(input, plot).into_iter().collect());
    let size = if fit.dots().len() > CROWD { 0.7 } else { 1.0 };
    let place = |dot: &DataPoint| plot.to.place(dot.at.into());
    let mark = |dot: &DataPoint| data_mark(place(dot), dot.is_one, size, shows, scheme);
    figure.push("examples", clip, fit.dots().iter().map(mark).collect());
    let focused = input.models.iter().find(|model| model.is_focused);
    let color = focused.map_or(Rgba::TRANSPARENT, |model| scheme.runner(model.color));
    let ring = Stroke::new(if batch.len() > CROWD { 1.0 } else { 1.8 }, color);
    let drawn = batch.iter().flat_map(|dot| [mark(dot), Item::ring(place(dot), 6.0 * size, ring)]);
    figure.push("batch", clip, drawn.collect());
    // The focused one above the others.
    let (above, below): (Vec<&ShownModel<'_>>, Vec<_>) =
        input.models.iter().partition(|model| model.is_focused);
    let lines = below.into_iter().chain(above).filter_map(|model| line(fit, plot, model));
    figure.push("models", clip, lines.collect());
    let pointed = input.pointed.map(|dot| Item::ring(place(&dot), 8.0, Stroke::new(1.5, scheme.ink)));
    figure.push("pointer", clip, pointed.into_iter().collect());
    if let Some((model, words)) = focused.and_then(|model| Some((model, out_of_sight(fit, model)?))) {
        let name = measure.fitted(&model.name, plot.frame.size()[0] * NAME, SIZE);
        let told = format!("{name}: {words}");
        // Where it covers the fewest examples.
        let covered = |corner: &Corner| {
            let room = captions.corner_room(*corner, &told);
            fit.dots().iter().filter(|dot| room.contains(place(dot).into())).count()
        };
        let corner = CORNERS.into_iter().min_by_key(covered).unwrap_or(Corner::BottomLeft);
        captions.corner(corner, told, color);
    }
    figure.push("captions", clip, captions.into_items());
    figure
}

/// The side on which the focused runner's model says class 1.
fn shade(input: &DataInput<'_>, plot: &Plot) -> Option<Item> {
    let model = input.models.iter().find(|model| model.is_focused)?;
    let boundary = input.fit.boundary(model.weights).filter(|_| input.fit.shows() == Shows::Boundary)?;
    let corners: Vec<_> = boundary.ones.iter().map(|at| plot.to.place((*at).into())).collect();
    let fill = plot.scheme.runner(model.color).faded(SHADE);
    (corners.len() > 2).then_some(Item::Area { corners, fill })
}

/// A runner's line or curve.
fn line(fit: &DataFit, plot: &Plot, model: &ShownModel<'_>) -> Option<Item> {
    let pieces: Vec<Vec<[f64; 2]>> = match fit.shows() {
        Shows::Boundary => {
            let ends = fit.boundary(model.weights).and_then(|boundary| boundary.line);
            ends.map(|ends| ends.to_vec()).into_iter().collect()
        }
        Shows::Curve => {
            let columns = (plot.frame.size()[0] / SPACING).within(16.0, 1024.0) as usize;
            fit.curve(model.weights, columns)
        }
    };
    let line =
        |piece: &Vec<[f64; 2]>| Polyline::open(piece.iter().map(|at| plot.to.place((*at).into())).collect());
    let width = if model.is_focused { 3.0 } else { 1.6 };
    let color = plot.scheme.runner(model.color);
    let strokes = vec![Stroke::new(width + 2.0, plot.scheme.halo), Stroke::new(width, color)];
    (!pieces.is_empty()).then(|| Item::Lines { lines: pieces.iter().map(line).collect(), strokes })
}

/// Why a runner's line is not to be seen, where it is not.
fn out_of_sight(fit: &DataFit, model: &ShownModel<'_>) -> Option<&'static str> {
    match fit.shows() {
        Shows::Boundary if fit.boundary(model.weights).is_none() => Some("no line at these weights"),
        Shows::Curve if !model.is_defined => Some("no curve at these weights"),
        Shows::Curve if !fit.is_in_sight(&fit.curve(model.weights, 64)) => {
            Some("its curve is far from the data")
        }
        _ => None,
    }
}

/// The mark of an example: a ring for class 0, a square for class 1, a dot where there are no classes; `size`
/// times as large as where there are few.
pub fn data_mark(at: Vector2<f64>, is_one: bool, size: f64, shows: Shows, scheme: &Scheme) -> Item {
    let [zero, one] = scheme.classes;
    match (shows, is_one) {
        (Shows::Curve, _) => Item::disc(at, 2.6 * size, zero),
        (Shows::Boundary, false) => Item::ring(at, 3.0 * size, Stroke::new(1.5 * size, zero)),
        (Shows::Boundary, true) => {
            let rect = Rect::around(at, Vector2::new(6.0, 6.0) * size);
            Item::Panel { rect, radius: 0.0, fill: one, stroke: None }
        }
    }
}
