//! The floor of the relief with its axes, and beside it that of the heights.

use super::land::Land;
use super::relief_view::ReliefView;
use crate::captions::Captions;
use crate::item::{Item, TextItem};
use crate::polyline::Polyline;
use crate::stroke::Stroke;
use crate::text_measure::{TextKind, TextMeasure};
use crate::ticks::TickRule;
use crate::viewport::Rect;
use nalgebra::Vector2;
use thalweg_core::math::within::Within;

/// The size of numbers and names, in points; that of the plane's.
const SIZE: f64 = 13.0;
/// How long marks are, and how far from them their numbers.
const MARK: f64 = 4.0;
const GAP: f64 = 3.0;
/// Marks of the floor's axes are so far apart at least, those of the heights so far.
const CLOSEST: f64 = 52.0;
const CLOSEST_HEIGHTS: f64 = 22.0;
/// How much room around the relief its numbers and names take: at the sides, above, below.
const MARGIN: [f64; 3] = [50.0, 14.0, 44.0];

/// The part of a page that is left to the relief itself.
pub fn frame_of(page: Rect) -> Rect {
    let [side, above, below] = MARGIN;
    let [width, height] = page.size();
    // On a small page the numbers give way.
    let part = (width / 300.0).min(height / 240.0).within(0.0, 1.0);
    let min = [page.min[0] + side * part, page.min[1] + above * part];
    let max = [page.max[0] - side * part, page.max[1] - below * part];
    Rect { min, max: [max[0].max(min[0] + 1.0), max[1].max(min[1] + 1.0)] }
}

/// What is written beside the axes: where there is room, in the order of what matters.
struct Writing<'a, 'b> {
    page: Rect,
    measure: &'a dyn TextMeasure,
    captions: &'a mut Captions<'b>,
    color: crate::color::Rgba,
    items: Vec<Item>,
}

impl Writing<'_, '_> {
    /// Writes beside a place, in a direction from it, if that is free.
    fn write(&mut self, string: &str, at: Vector2<f64>, out: Vector2<f64>, gap: f64) {
        let room = self.measure.size(string, SIZE, TextKind::Plain);
        // As far as the text reaches in this direction.
        let reach = (room.component_mul(&out.abs()) / 2.0).norm();
        let rect = Rect::around(at + out * (gap + reach), room);
        let is_inside = self.page.contains(rect.min) && self.page.contains(rect.max);
        if is_inside && self.captions.is_free(rect) {
            self.captions.keep_free(rect);
            let (kind, string) = (TextKind::Plain, string.to_owned());
            let text = TextItem { string, kind, size: SIZE, color: self.color, rect, is_upright: false };
            self.items.push(Item::Text(text));
        }
    }
}

/// The floor, the marks of its two nearest sides with their numbers and names, and at its left the heights of
/// `levels`, each with the number that it stands for.
pub fn floor_and_axes(
    land: &Land,
    names: [&str; 2],
    levels: &[(f64, String)],
    page: Rect,
    measure: &dyn TextMeasure,
    captions: &mut Captions<'_>,
) -> Vec<Item> {
    let (scheme, view) = (&land.floor.scheme, &land.view);
    let on_floor = |x: f64, y: f64| view.place(Vector2::new(x, y), ReliefView::FLOOR);
    let corners = vec![on_floor(0.0, 0.0), on_floor(1.0, 0.0), on_floor(1.0, 1.0), on_floor(0.0, 1.0)];
    let border = Stroke::new(1.0, scheme.quiet.faded(0.7));
    let mut items = vec![
        Item::Area { corners: corners.clone(), fill: scheme.ground },
        Item::line(Polyline::closed(corners), &[border]),
    ];
    let mut marks = Vec::new();
    let mut writing = Writing { page, measure, captions, color: scheme.ink, items: Vec::new() };
    let near = view.near();
    let ends = [land.floor.view.x, land.floor.view.y];
    for axis in 0..2 {
        // A point of the side that goes along this axis, nearest to whoever looks.
        let along = |part: f64| {
            if axis == 0 { on_floor(part, near[1]) } else { on_floor(near[0], part) }
        };
        let (from, to) = (along(0.0), along(1.0));
        let length = (to - from).norm();
        let across = if axis == 0 { on_floor(0.0, 1.0 - near[1]) } else { on_floor(1.0 - near[0], 0.0) };
        let out = outward(to - from, from - across);
        if length < CLOSEST / 2.0 {
            continue;
        }
        let name = Vector2::new(out.x, out.y) * (MARK + 2.0 * GAP);
        let middle = (from + to) / 2.0;
        let most = (length / CLOSEST).within(1.0, 7.0);
        let labels = TickRule::Even(most).labels(ends[axis]);
        let widest = labels.iter().map(|(_, label)| measure.size(label, SIZE, TextKind::Plain));
        let widest = widest.fold(Vector2::zeros(), |a: Vector2<f64>, b| a.sup(&b));
        // Beyond the numbers.
        let beyond = (widest.component_mul(&out.abs())).norm() + GAP;
        writing.write(names[axis], middle + name, out, beyond);
        for (tick, label) in labels {
            let part = (tick.value - ends[axis].0) / (ends[axis].1 - ends[axis].0);
            if (0.0..=1.0).contains(&part) {
                let at = along(part);
                marks.push(Polyline::segment(at, at + out * MARK));
                writing.write(&label, at + out * MARK, out, GAP);
            }
        }
    }
    // The heights stand at the corner that is farthest to the left.
    let corner = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)].map(|(x, y)| Vector2::new(x, y));
    let left = corner.into_iter().min_by(|a, b| on_floor(a.x, a.y).x.total_cmp(&on_floor(b.x, b.y).x));
    if let Some(left) = left.filter(|_| !levels.is_empty()) {
        let at = |height: f64| view.place(left, height);
        let out = Vector2::new(-1.0, 0.0);
        items.push(Item::line(Polyline::segment(at(ReliefView::FLOOR), at(1.0)), &[border]));
        let mut last = f64::INFINITY;
        for (height, label) in levels {
            let place = at(*height);
            if last - place.y >= CLOSEST_HEIGHTS {
                last = place.y;
                marks.push(Polyline::segment(place, place + out * MARK));
                writing.write(label, place + out * MARK, out, GAP);
            }
        }
        writing.write("f", at(1.0), Vector2::new(0.0, -1.0), GAP);
    }
    let written = writing.items;
    items.push(Item::Lines { lines: marks.into(), strokes: vec![Stroke::new(1.0, scheme.quiet)] });
    items.extend(written);
    items
}

/// The direction across a side of the floor that leads away from it.
fn outward(side: Vector2<f64>, away: Vector2<f64>) -> Vector2<f64> {
    let across = Vector2::new(-side.y, side.x);
    let length = across.norm().max(1e-9);
    let across = across / length;
    // The nearest sides lie below the floor's middle.
    if across.dot(&away) < 0.0 { -across } else { across }
}
