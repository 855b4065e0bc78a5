//! The axes of a plot: its ground, marks with their numbers, and names.

use crate::figure::{Figure, FigureAxes};
use crate::item::{Item, TextItem};
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::stroke::Stroke;
use crate::text_measure::{TextKind, TextMeasure};
use crate::ticks::{Tick, TickRule};
use crate::viewport::Rect;
use nalgebra::Vector2;
use thalweg_core::math::within::Within;
use thalweg_core::objective::view::View;

/// The size of numbers and names, in points.
const SIZE: f64 = 13.0;
/// How far numbers are from the frame's left side.
const GAP: f64 = 4.0;
/// How much of its height lies between a name and the border of the page.
const NAME_GAP: f64 = 0.25;
/// Numbers beside the two axes are so far apart at least.
const CLOSEST: [f64; 2] = [60.0, 20.0];
/// Lines of the grid that are so far apart have their full colour.
const FAR: f64 = 80.0;

/// What stands on the axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axes<'a> {
    /// Their names; empty where they have none.
    pub names: [&'a str; 2],
    /// Their marks.
    pub ticks: [TickRule; 2],
    /// The least room for the numbers at the left, in points.
    pub margin: f64,
    /// Whether faint lines go through the plot at the marks.
    pub has_grid: bool,
}

/// The marks of one axis, each with its number.
type Labels = Vec<(Tick, String)>;

impl Axes<'_> {
    /// The frame of a plot of `fit(frame size)` within a page: what the numbers and names leave.
    pub fn frame(&self, page: Rect, measure: &dyn TextMeasure, fit: impl Fn([f64; 2]) -> View) -> Rect {
        let line = measure.size("0", SIZE, TextKind::Plain).y;
        let name = |axis: usize| if self.names[axis].is_empty() { 0.0 } else { line * (1.0 + NAME_GAP) };
        let inner = |left: f64| {
            let min = [(page.min[0] + left).min(page.max[0] - 1.0), page.min[1]];
            Rect { min, max: [page.max[0], (page.max[1] - line - name(0)).max(min[1] + 1.0)] }
        };
        let frame = inner(self.margin);
        let [_, numbers] = self.labels(fit(frame.size()), frame.size());
        let width = |(_, label): &(Tick, String)| measure.size(label, SIZE, TextKind::Plain).x;
        let widest = numbers.iter().map(width).fold(0.0, f64::max);
        inner(self.margin.max(widest + 2.0 * GAP + name(1)))
    }

    /// The marks with their numbers, as many as there is room for in a frame of this size.
    fn labels(&self, view: View, size: [f64; 2]) -> [Labels; 2] {
        let labels = |axis: usize, ends| fitting(self.ticks[axis], axis, size[axis]).labels(ends);
        [labels(0, view.x), labels(1, view.y)]
    }

    /// Puts the axes of a plot in a page on a figure.
    pub fn draw(&self, figure: &mut Figure, page: Rect, plot: &Plot, measure: &dyn TextMeasure) {
        figure.axes.push(FigureAxes {
            plot: *plot,
            names: self.names.map(str::to_owned),
            ticks: self.ticks,
            has_grid: self.has_grid,
            layer: figure.layers.len(),
        });
        figure.push("axes", None, self.items(page, plot, measure));
    }

    /// The ground, the numbers and the names of a plot in a page.
    fn items(&self, page: Rect, plot: &Plot, measure: &dyn TextMeasure) -> Vec<Item> {
        let scheme = &plot.scheme;
        let stroke = Some(Stroke::new(1.0, scheme.border));
        let mut items = vec![Item::Panel { rect: plot.frame, radius: 2.0, fill: scheme.ground, stroke }];
        let labels = self.labels(plot.view, plot.frame.size());
        if self.has_grid {
            items.extend(grid(plot, &labels));
        }
        let mut written: Vec<Rect> = Vec::new();
        for (axis, labels) in labels.into_iter().enumerate() {
            let room = |label: &str| measure.size(label, SIZE, TextKind::Plain);
            let needed = labels.iter().map(|(_, label)| room(label)[axis]).fold(CLOSEST[axis], f64::max);
            // Where marks are too close, every second has its number, or every third: the shortest ones, 2 and 3 rather
            // than 1.5 and 2.5.
            let stride = (needed / apart(plot, axis, &labels)).floor().within(0.0, 100.0) as usize + 1;
            let first = shortest(&labels, stride);
            for (index, (tick, label)) in labels.into_iter().enumerate() {
                let room = room(&label);
                let at = tick.value * plot.to.scale[axis] + plot.to.offset[axis];
                let corner = if axis == 0 {
                    Vector2::new(at - room.x / 2.0, plot.frame.max[1])
                } else {
                    Vector2::new(plot.frame.min[0] - GAP - room.x, at - room.y / 2.0)
                };
                // What would be cut off at the border moves inside, where it stays clear of the others.
                let rect = inside(Rect::new(corner, room), page);
                if index % stride == first && written.iter().all(|other| !other.meets(&rect)) {
                    written.push(rect);
                    items.push(Item::Text(text(label, rect, plot)));
                }
            }
        }
        // A name that is longer than its axis goes beyond it as far as the page does, and no farther.
        let [across, upward] = [0, 1].map(|axis| measure.fitted(self.names[axis], page.size()[axis], SIZE));
        let room = |name: &str| measure.size(name, SIZE, TextKind::Plain);
        if !across.is_empty() {
            let room = room(&across);
            let corner =
                Vector2::new(plot.frame.center().x - room.x / 2.0, page.max[1] - room.y * (1.0 + NAME_GAP));
            items.push(Item::Text(text(across, inside(Rect::new(corner, room), page), plot)));
        }
        if !upward.is_empty() {
            let room = room(&upward);
            let half = room.x / 2.0;
            let (top, bottom) = (page.min[1] + half, (page.max[1] - half).max(page.min[1] + half));
            let middle = Vector2::new(page.min[0] + room.y / 2.0, plot.frame.center().y.within(top, bottom));
            let name = text(upward, Rect::around(middle, room), plot);
            items.push(Item::Text(TextItem { is_upright: true, ..name }));
        }
        items
    }
}

/// The marks of an axis (0: the horizontal one) of this length in points, as many as there is room for.
pub fn fitting(ticks: TickRule, axis: usize, length: f64) -> TickRule {
    ticks.at_most((length / CLOSEST[axis]).max(1.0))
}

/// Faint lines through a plot at the marks of its two axes: the nearer they are, the fainter.
fn grid(plot: &Plot, labels: &[Labels; 2]) -> Vec<Item> {
    let Rect { min, max } = plot.frame;
    let lines = |axis: usize| {
        let at = |value: f64| value * plot.to.scale[axis] + plot.to.offset[axis];
        let ends =
            |at: f64| if axis == 0 { [[at, min[1]], [at, max[1]]] } else { [[min[0], at], [max[0], at]] };
        let places = labels[axis].iter().map(|(tick, _)| ends(at(tick.value)));
        let lines: Vec<_> = places.map(|[from, to]| Polyline::segment(from.into(), to.into())).collect();
        let strength = (apart(plot, axis, &labels[axis]) / FAR).within(0.3, 1.0);
        let strokes = vec![Stroke::new(1.0, plot.scheme.quiet.faded(0.3 * strength))];
        (!lines.is_empty()).then(|| Item::Lines { lines: lines.into(), strokes })
    };
    [0, 1].into_iter().filter_map(lines).collect()
}

/// From which mark on every `stride`-th has a number, so that the numbers are short and there are at least two.
fn shortest(labels: &Labels, stride: usize) -> usize {
    let every = |first: usize| labels.iter().skip(first).step_by(stride).map(|(_, label)| label.len());
    let mean = |first: usize| every(first).sum::<usize>() as f64 / every(first).count() as f64;
    let firsts = (0..stride).filter(|first| every(*first).count() >= 2);
    firsts.min_by(|a, b| mean(*a).total_cmp(&mean(*b))).unwrap_or(0)
}

/// How far apart the marks of an axis are at least, in points.
fn apart(plot: &Plot, axis: usize, labels: &Labels) -> f64 {
    let step = labels.iter().map(|(tick, _)| tick.step).fold(f64::INFINITY, f64::min);
    (step * plot.to.scale[axis]).abs()
}

/// A rectangle moved into a page.
fn inside(rect: Rect, page: Rect) -> Rect {
    let room = Vector2::from(rect.size());
    let free = Vector2::from(page.size()) - room;
    let centers = Rect::around(page.center(), free.map(|length| length.max(0.0)));
    if centers.contains(rect.center().into()) {
        return rect;
    }
    Rect::around(centers.nearest_to(rect.center()), room)
}

fn text(string: String, rect: Rect, plot: &Plot) -> TextItem {
    let (kind, color) = (TextKind::Plain, plot.scheme.ink);
    TextItem { string, kind, size: SIZE, color, rect, is_upright: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_every_second_mark_has_a_number_it_is_the_rounder_one() {
        let first = |rule: TickRule, ends, stride| {
            let labels = rule.labels(ends);
            labels[shortest(&labels, stride)].1.clone()
        };
        // Of a logarithmic axis within a decade: 1.5, 2, 2.5, 3, 3.5.
        assert_eq!(first(TickRule::Log(5.0), (0.15, 0.56), 2), "2");
        assert_eq!(first(TickRule::Even(5.0), (-0.6, 1.0), 2), "0");
        // Two numbers at least, and no other one without a reason.
        assert_eq!(first(TickRule::Even(2.0), (0.4, 1.6), 2), "0.5");
        assert_eq!(first(TickRule::Even(5.0), (0.0, 4.0), 2), "0");
    }
}
