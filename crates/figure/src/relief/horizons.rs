//! How high on the paper the surface reaches before each of its strips: found once for a direction, so that asking
//! whether a point is hidden costs a look into a table, and a line of sight is followed through a few cells at most
//! times.

use super::height_field::{CELLS, HeightField, NODES};
use super::relief_view::ReliefView;
use nalgebra::Vector2;

/// How wide a column of the paper is at least, in points, and how many there are at most.
const WIDTH: f64 = 1.0;
const MOST: f64 = 2048.0;
/// What rounding may do to a place, in points.
const ROUNDING: f32 = 0.01;
/// How many strips a line of sight is followed before it is followed to its end.
const STRIPS: usize = 3;

/// Where the upper edge of what lies before runs within a column of the paper: nowhere above `highest`, nowhere below
/// `lowest`; y grows downward.
#[derive(Clone, Copy, Debug, PartialEq)]
struct StripEdge {
    highest: f32,
    lowest: f32,
}

/// For each strip of cells across the lines of sight, the upper edges of all that is nearer.
#[derive(Debug)]
pub struct Horizons {
    /// The axis along which the strips follow each other: lines of sight go along it faster than along the other.
    axis: usize,
    /// Whether its upper end is nearer to whoever looks.
    is_upper_near: bool,
    /// How lines of sight go on per unit of height.
    way: Vector2<f64>,
    /// The left side of the first column, how many there are in a point, and in all.
    left: f64,
    per_point: f64,
    columns: usize,
    /// Column by column, strip by strip, the nearest first.
    edges: Vec<StripEdge>,
    /// Of each cell, row by row, whether it shows its upper side; a hole shows none: beyond it the surface may be anywhere.
    is_open: Vec<bool>,
}

impl Horizons {
    /// Of a surface whose nodes have these places on the paper, row by row; `old` are those of another direction, whose
    /// memory is used again.
    pub fn new(field: &HeightField, view: &ReliefView, places: &[Vector2<f64>], old: Option<Self>) -> Self {
        let way = view.way();
        let axis = usize::from(way.y.abs() > way.x.abs());
        let is_upper_near = view.near()[axis] > 0.5;
        let ends = [0, CELLS, NODES * CELLS, NODES * NODES - 1].map(|corner| places[corner].x);
        let (left, right) =
            ends.into_iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
        let width = ((right - left) / MOST).max(WIDTH);
        let columns = ((right - left) / width) as usize + 1;
        let nothing = StripEdge { highest: f32::INFINITY, lowest: f32::INFINITY };
        let per_point = 1.0 / width;
        let mut before = Skyline { left, per_point, edges: vec![nothing; columns] };
        let (mut edges, mut is_open) = old.map_or_else(Default::default, |old| (old.edges, old.is_open));
        edges.clear();
        edges.reserve(CELLS * columns);
        is_open.clear();
        is_open.extend(
            (0..CELLS * CELLS).map(|cell| shows_upper_side(field, places, cell % CELLS, cell / CELLS)),
        );
        let place_of = |index: usize, across: usize| {
            let [column, row] = if axis == 0 { [index, across] } else { [across, index] };
            places[row * NODES + column]
        };
        let cell_of = |index: usize, across: usize| {
            let [column, row] = if axis == 0 { [index, across] } else { [across, index] };
            field.cell(column, row)
        };
        for strip in 0..CELLS {
            edges.extend_from_slice(&before.edges);
            let index = if is_upper_near { CELLS - 1 - strip } else { strip };
            let nearer = if is_upper_near { index + 1 } else { index.wrapping_sub(1) };
            let (near, far) = if is_upper_near { (index + 1, index) } else { (index, index + 1) };
            let mut is_beside = false;
            for across in 0..CELLS {
                let Some(heights) = cell_of(index, across) else {
                    is_beside = false;
                    continue;
                };
                let at = |index: usize, more: usize| place_of(index, across + more);
                // What borders on another cell is that cell's, too.
                if strip == 0 || cell_of(nearer, across).is_none() {
                    before.take(at(near, 0), at(near, 1));
                }
                if !is_beside {
                    before.take(at(near, 0), at(far, 0));
                }
                before.take(at(far, 0), at(far, 1));
                before.take(at(near, 1), at(far, 1));
                let (low, high) = (index, index + 1);
                if HeightField::bends_up(heights) {
                    before.take(at(low, 0), at(high, 1));
                } else {
                    before.take(at(low, 1), at(high, 0));
                }
                is_beside = true;
            }
        }
        Self { axis, is_upper_near, way, left, per_point, columns, edges, is_open }
    }

    /// Whether the surface lies before a point at a height, which has this place on the paper; `is_on_surface` says that
    /// the point is one of the surface.
    pub fn is_hidden(
        &self,
        field: &HeightField,
        (at, height): (Vector2<f64>, f64),
        place: Vector2<f64>,
        is_on_surface: bool,
    ) -> bool {
        let whole = 1.0 - height;
        let column = (place.x - self.left) * self.per_point;
        let along = at[self.axis] * CELLS as f64;
        if !(column >= 0.0 && column < self.columns as f64 && along >= 0.0 && along <= CELLS as f64) {
            return field.is_hidden(at, height, self.way, whole);
        }
        let index = (along as usize).min(CELLS - 1);
        let strip = if self.is_upper_near { CELLS - 1 - index } else { index };
        for strips in 0..=STRIPS.min(strip) {
            let StripEdge { highest, lowest } = self.edges[(strip - strips) * self.columns + column as usize];
            if place.y as f32 > lowest + ROUNDING {
                return true;
            }
            if (place.y as f32) < highest - ROUNDING {
                // Nothing lies before it but, perhaps, what follows up to there.
                let border = if self.is_upper_near { index + 1 + strips } else { index - strips };
                if is_on_surface && self.is_open_up_to(at, border) {
                    return false;
                }
                let end = (border as f64 - along) / (self.way[self.axis] * CELLS as f64);
                return field.is_hidden(at, height, self.way, if end < whole { end } else { whole });
            }
        }
        field.is_hidden(at, height, self.way, whole)
    }

    /// Whether all cells that the line of sight from a point crosses up to a border between strips show their upper
    /// side: then the surface falls away from the line there.
    fn is_open_up_to(&self, at: Vector2<f64>, border: usize) -> bool {
        const NUDGE: f64 = 1e-9;
        let [along, across] = [self.axis, 1 - self.axis].map(|axis| at[axis] * CELLS as f64);
        let slant = self.way[1 - self.axis] / self.way[self.axis];
        if !slant.is_finite() {
            return false;
        }
        let cell = |place: f64| (place.max(0.0) as usize).min(CELLS - 1);
        let border = border as f64;
        let (from, to) = (along.min(border), along.max(border));
        (cell(from)..=cell(to - NUDGE)).all(|index| {
            let place = |at: f64| across + slant * (at.max(from).min(to) - along);
            let (one, other) = (place(index as f64), place(index as f64 + 1.0));
            (cell(one.min(other) - NUDGE)..=cell(one.max(other) + NUDGE)).all(|across| {
                let [column, row] = if self.axis == 0 { [index, across] } else { [across, index] };
                self.is_open[row * CELLS + column]
            })
        })
    }
}

/// Whether both triangles of a cell are seen from above; false of a hole.
fn shows_upper_side(field: &HeightField, places: &[Vector2<f64>], column: usize, row: usize) -> bool {
    let Some(heights) = field.cell(column, row) else { return false };
    let at = |across: usize, up: usize| places[(row + up) * NODES + column + across];
    let [a, b, c, d] = [at(0, 0), at(1, 0), at(1, 1), at(0, 1)];
    // Counterclockwise on the floor is clockwise where y goes down.
    let is_upper = |a: Vector2<f64>, b: Vector2<f64>, c: Vector2<f64>| (b - a).perp(&(c - a)) < 0.0;
    if HeightField::bends_up(heights) {
        is_upper(a, b, c) && is_upper(a, c, d)
    } else {
        is_upper(a, b, d) && is_upper(b, c, d)
    }
}

/// The upper edge of what has been taken in.
struct Skyline {
    left: f64,
    /// Columns per point.
    per_point: f64,
    edges: Vec<StripEdge>,
}

impl Skyline {
    /// Takes in what lies along a line.
    fn take(&mut self, from: Vector2<f64>, to: Vector2<f64>) {
        let (from, to) = if from.x <= to.x { (from, to) } else { (to, from) };
        let [first, last] = [from, to].map(|end| (end.x - self.left) * self.per_point);
        let [begin, end] = [first, last].map(|x| (x.max(0.0) as usize).min(self.edges.len() - 1));
        if begin == end {
            let edge = &mut self.edges[begin];
            edge.highest = edge.highest.min(from.y.min(to.y) as f32);
            return;
        }
        let rise = (to.y - from.y) / (last - first);
        let (mut left, top) = (from.y, from.y.min(to.y));
        for (column, edge) in (begin..=end).zip(&mut self.edges[begin..=end]) {
            let right = if column == end { to.y } else { from.y + rise * ((column + 1) as f64 - first) };
            edge.highest = edge.highest.min(left.min(right).max(top) as f32);
            if column > begin && column < end {
                edge.lowest = edge.lowest.min(left.max(right) as f32);
            }
            left = right;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relief::relief_view::Camera;
    use crate::viewport::Rect;
    use proptest::prelude::*;

    const FRAME: Rect = Rect { min: [3.0, 5.0], max: [403.0, 305.0] };

    fn horizons(field: &HeightField, camera: Camera) -> (Horizons, ReliefView) {
        let view = ReliefView::new(camera, [3.0, 2.0], FRAME);
        let places = view.places(field.nodes());
        (Horizons::new(field, &view, &places, None), view)
    }

    fn waves(p: Vector2<f64>) -> f64 {
        0.5 + 0.4 * libm::sin(17.0 * p.x) * libm::cos(13.0 * p.y)
    }

    fn holes(p: Vector2<f64>) -> f64 {
        if libm::sin(40.0 * p.x) + libm::sin(30.0 * p.y) > 1.2 { f64::NAN } else { waves(p) }
    }

    fn cliffs(p: Vector2<f64>) -> f64 {
        libm::fmod(7.3 * p.x + 3.1 * p.y * p.y, 1.0)
    }

    #[test]
    fn much_is_hidden_and_much_is_seen() {
        let field = HeightField::of(waves);
        let (horizons, view) = horizons(&field, Camera { azimuth: -50.0, elevation: 20.0 });
        let points =
            (0..40).flat_map(|x| (0..40).map(move |y| Vector2::new(f64::from(x), f64::from(y)) / 39.0));
        let hidden = points.filter(|at| {
            let height = field.height(*at).expect("no hole");
            horizons.is_hidden(&field, (*at, height), view.place(*at, height), true)
        });
        let count = hidden.count();
        assert!((160..1440).contains(&count), "{count} of 1600 are hidden");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// The table tells what following the whole line of sight tells: on the surface, at its nodes, above it
        /// and below.
        #[test]
        fn the_table_knows_what_the_line_of_sight_meets(
            part in (0.0..1.0_f64, 0.0..1.0_f64),
            azimuth in prop_oneof![1 => 0.0..360.0_f64, 1 => (0..8).prop_map(|turn| f64::from(turn) * 45.0)],
            elevation in prop_oneof![8 => 5.0..85.0_f64, 1 => Just(90.0)],
            of in 0..3_usize,
        ) {
            let field = HeightField::of([waves, holes, cliffs][of]);
            let (horizons, view) = horizons(&field, Camera { azimuth, elevation });
            for index in 0..900_u32 {
                let step = |part: f64, ratio: f64| (part + f64::from(index) * ratio).fract();
                let at = Vector2::new(step(part.0, 0.754_877_666), step(part.1, 0.569_840_291));
                let at = if index % 3 == 0 { at.map(|part| (part * CELLS as f64).round() / CELLS as f64) } else { at };
                let above = if index % 5 == 0 { 0.6 * step(part.0, 0.618_033_989) - 0.3 } else { 0.0 };
                let height = field.height(at).unwrap_or(ReliefView::FLOOR) + above;
                let is_on_surface = above == 0.0 && height >= 0.0;
                let place = view.place(at, height);
                let hidden = horizons.is_hidden(&field, (at, height), place, is_on_surface);
                let followed = field.is_hidden(at, height, view.way(), 1.0 - height);
                // Straight down through a node at the rim of a hole the line runs along the very end of the surface.
                let is_at_an_end = elevation == 90.0 && of == 1 && index % 3 == 0;
                prop_assert!(hidden == followed || is_at_an_end, "{at:?} at {height}: {hidden}, but {followed}");
            }
        }
    }
}
