//! The axes of a plot: its ground, marks with their numbers, and names.

use crate::item::{Item, TextItem};
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::stroke::Stroke;
use crate::text_measure::{TextKind, TextMeasure};
use crate::ticks;
use crate::ticks::Tick;
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
/// Marks of the two axes that are closer than this have no numbers.
const CLOSEST: [f64; 2] = [60.0, 20.0];
/// Marks that are so far apart have their numbers in full colour.
const FAR: [f64; 2] = [80.0, 30.0];

/// What stands on the axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axes<'a> {
    /// Their names; empty where they have none.
    pub names: [&'a str; 2],
    /// About how many marks they have.
    pub ticks: [f64; 2],
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
        let [_, numbers] = self.labels(fit(frame.size()));
        let width = |(_, label): &(Tick, String)| measure.size(label, SIZE, TextKind::Plain).x;
        let widest = numbers.iter().map(width).fold(0.0, f64::max);
        inner(self.margin.max(widest + 2.0 * GAP + name(1)))
    }

    fn labels(&self, view: View) -> [Labels; 2] {
        let labels =
            |ends, count| ticks::even(ends, count).into_iter().map(|tick| (tick, tick.label())).collect();
        [labels(view.x, self.ticks[0]), labels(view.y, self.ticks[1])]
    }

    /// The ground, the numbers and the names of a plot in a page.
    pub fn items(&self, page: Rect, plot: &Plot, measure: &dyn TextMeasure) -> Vec<Item> {
        let scheme = &plot.scheme;
        let stroke = Some(Stroke::new(1.0, scheme.border));
        let mut items = vec![Item::Panel { rect: plot.frame, radius: 2.0, fill: scheme.ground, stroke }];
        let labels = self.labels(plot.view);
        if self.has_grid {
            let ticks = labels.each_ref().map(|labels| labels.iter().map(|(tick, _)| tick.value));
            items.push(grid(plot, ticks));
        }
        for (axis, labels) in labels.into_iter().enumerate() {
            for (tick, label) in labels {
                let apart = (tick.step * plot.to.scale[axis]).abs();
                let room = measure.size(&label, SIZE, TextKind::Plain);
                let needed = if axis == 0 { room.x } else { room.y }.max(CLOSEST[axis]);
                let at = tick.value * plot.to.scale[axis] + plot.to.offset[axis];
                let corner = if axis == 0 {
                    Vector2::new(at - room.x / 2.0, plot.frame.max[1])
                } else {
                    Vector2::new(plot.frame.min[0] - GAP - room.x, at - room.y / 2.0)
                };
                let rect = Rect::new(corner, room);
                // What would be cut off at the border moves inside, if it stays clear of the next.
                let inside = inside(rect, page);
                if apart <= if inside == rect { needed } else { 1.5 * needed } {
                    continue;
                }
                let strength = ((apart - CLOSEST[axis]) / (FAR[axis] - CLOSEST[axis])).within(0.0, 1.0);
                let color = scheme.ink.faded(strength.sqrt());
                items.push(Item::Text(TextItem { color, ..text(label, inside, plot) }));
            }
        }
        let [across, upward] = self.names;
        let room = |name: &str| measure.size(name, SIZE, TextKind::Plain);
        if !across.is_empty() {
            let room = room(across);
            let corner =
                Vector2::new(plot.frame.center().x - room.x / 2.0, page.max[1] - room.y * (1.0 + NAME_GAP));
            items.push(Item::Text(text(across.to_owned(), Rect::new(corner, room), plot)));
        }
        if !upward.is_empty() {
            let room = room(upward);
            let middle = Vector2::new(page.min[0] + room.y / 2.0, plot.frame.center().y);
            let name = text(upward.to_owned(), Rect::around(middle, room), plot);
            items.push(Item::Text(TextItem { is_upright: true, ..name }));
        }
        items
    }
}

/// Faint lines through a plot at these values of its two axes.
fn grid(plot: &Plot, [across, upward]: [impl Iterator<Item = f64>; 2]) -> Item {
    let Rect { min, max } = plot.frame;
    let at = |axis: usize, value: f64| value * plot.to.scale[axis] + plot.to.offset[axis];
    let line = |from: [f64; 2], to: [f64; 2]| Polyline::segment(from.into(), to.into());
    let columns = across.map(|value| at(0, value)).map(|x| line([x, min[1]], [x, max[1]]));
    let rows = upward.map(|value| at(1, value)).map(|y| line([min[0], y], [max[0], y]));
    let strokes = vec![Stroke::new(1.0, plot.scheme.quiet.faded(0.3))];
    Item::Lines { lines: columns.chain(rows).collect(), strokes }
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
