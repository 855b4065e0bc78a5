//! The surface in relief as a ground: where its points lie on the paper, and which of them something lies before.

use super::height_field::{CELLS, HeightField};
use super::horizons::Horizons;
use super::relief_view::{ReliefView, SightLine};
use crate::ground::{Ground, LaidLines, Spot};
use crate::plot::{Plot, is_finite};
use crate::polyline::{Polyline, without_straight_points};
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_core::math::within::Within;

/// Places along a line on the surface for each cell that it crosses.
const PER_CELL: f64 = 2.0;
/// How often the way between what is seen and what is not is halved.
const HALVINGS: usize = 6;

/// The surface in relief.
#[derive(Debug)]
pub struct Land {
    /// The plot of the floor.
    pub floor: Plot,
    /// How it is looked at.
    pub view: ReliefView,
    /// Its heights.
    pub field: Arc<HeightField>,
    /// What its nearer parts hide.
    pub horizons: Horizons,
    /// The part of the paper that it is seen in.
    pub frame: Rect,
    /// A number that no other land of the same figure has had.
    pub version: u64,
}

/// The place of a point, and whether something lies before it; none where there is nothing.
type Look = Option<(Vector2<f64>, bool)>;

/// A line through the unit square with the heights of the places on its way; none where it is interrupted.
pub type RaisedLine = Vec<Option<(Vector2<f64>, Option<f64>)>>;

impl Land {
    /// The point of the unit square of a point of the plane.
    pub fn unit(&self, point: Vector2<f64>) -> Vector2<f64> {
        self.unit_of_floor(self.floor.to.at(point.x, point.y))
    }

    /// The point of the unit square at a place of the floor's plot.
    pub fn unit_of_floor(&self, place: [f64; 2]) -> Vector2<f64> {
        self.floor.frame.unit(place)
    }

    /// The point of the plane of one of the unit square.
    pub fn point(&self, unit: Vector2<f64>) -> Vector2<f64> {
        self.floor.to.plane(self.floor.frame.part(unit.x, 1.0 - unit.y))
    }

    /// What is seen at a place of the paper: a point of the surface, or through a hole or beside it, of the
    /// floor. None beyond the floor.
    pub fn seen_at(&self, place: Vector2<f64>) -> Option<Vector2<f64>> {
        let SightLine { at, way } = self.view.sight(place);
        let on_floor = || {
            let at = at + way * ReliefView::FLOOR;
            ((0.0..=1.0).contains(&at.x) && (0.0..=1.0).contains(&at.y)).then_some(at)
        };
        let unit = self.field.met(at, way).map(|(at, _)| at).or_else(on_floor)?;
        Some(self.point(unit))
    }

    /// The point of the plane that is at a place of the paper when it is raised to a height, from 0 to 1.
    pub fn at_height(&self, place: Vector2<f64>, height: f64) -> Vector2<f64> {
        let SightLine { at, way } = self.view.sight(place);
        self.point(at + way * height)
    }

    /// How a point of the unit square at a height is seen; `is_on_surface` says that it is one of the surface.
    fn look(&self, unit: Vector2<f64>, height: Option<f64>, is_on_surface: bool) -> Look {
        let height = height?;
        let place = self.view.place(unit, height);
        Some((place, self.horizons.is_hidden(&self.field, (unit, height), place, is_on_surface)))
    }

    /// Lays a line on the surface; its points are those of the unit square.
    pub fn lay_on_surface(&self, line: &[Vector2<f64>], before: f64, laid: &mut LaidLines) {
        let height = |unit| self.field.height(unit);
        let mut pen = SurfacePen::new(self, height, true, before, laid);
        walk(line, |at| pen.go(at.map(|at| (at, height(at)))));
    }

    /// Lays a line that has been raised to this surface.
    pub fn lay_raised(&self, line: &RaisedLine, laid: &mut LaidLines) {
        let mut pen = SurfacePen::new(self, |unit| self.field.height(unit), true, 0.0, laid);
        for at in line {
            pen.go(*at);
        }
        pen.go(None);
    }

    /// Draws a line through space, with these heights.
    pub fn draw(
        &self,
        line: &[Vector2<f64>],
        laid: &mut LaidLines,
        height: impl Fn(Vector2<f64>) -> Option<f64>,
    ) {
        let mut pen = SurfacePen::new(self, &height, false, 0.0, laid);
        walk(line, |at| pen.go(at.map(|at| (at, height(at)))));
    }
}

/// A line on the surface, from wherever it is looked at.
pub fn raised(field: &HeightField, line: &[Vector2<f64>]) -> RaisedLine {
    let mut raised = RaisedLine::new();
    walk(line, |at| raised.push(at.map(|at| (at, field.height(at)))));
    raised
}

/// Goes along a line, from place to place, some in each cell; none where it leaves the unit square, and at its end.
fn walk(line: &[Vector2<f64>], mut go: impl FnMut(Option<Vector2<f64>>)) {
    let mut last = None;
    for ends in line.windows(2) {
        let Some([from, to]) = clipped([ends[0], ends[1]]) else {
            go(None);
            last = None;
            continue;
        };
        if last != Some(from) {
            go(None);
            go(Some(from));
        }
        let way = to - from;
        let steps = (way.amax() * CELLS as f64 * PER_CELL).ceil().within(1.0, 4096.0) as usize;
        for step in 1..steps {
            go(Some(from + way * (step as f64 / steps as f64)));
        }
        go(Some(to));
        last = Some(to);
    }
    go(None);
}

impl Ground for Land {
    fn plot(&self) -> &Plot {
        &self.floor
    }

    fn version(&self) -> u64 {
        self.version
    }

    /// A point that the surface has no height at lies on the floor, below the hole.
    fn spot(&self, point: Vector2<f64>) -> Option<Spot> {
        let unit = self.unit(point);
        let is_within = |part: f64| (0.0..=1.0).contains(&part);
        if !(is_finite(unit) && is_within(unit.x) && is_within(unit.y)) {
            return None;
        }
        let on_surface = self.look(unit, self.field.height(unit), true);
        let seen = on_surface.or_else(|| self.look(unit, Some(ReliefView::FLOOR), false));
        seen.map(|(at, is_hidden)| Spot { at, is_hidden })
    }

    fn shows(&self, place: Vector2<f64>, margin: f64) -> bool {
        self.frame.enlarged(margin).contains(place.into())
    }

    fn lay(&self, line: &[[f32; 2]], before: f64, laid: &mut LaidLines) {
        let line: Vec<_> = line.iter().map(|point| self.unit_of_floor(point.map(f64::from))).collect();
        self.lay_on_surface(&line, before, laid);
    }
}

/// What draws a line, and takes a new piece where it comes into sight or gets lost.
struct SurfacePen<'a, H> {
    land: &'a Land,
    /// How high the line is, and whether it lies on the surface.
    height: H,
    is_on_surface: bool,
    laid: &'a mut LaidLines,
    /// Where it is, and how that is seen.
    at: Option<(Vector2<f64>, Look)>,
    /// The piece that is being drawn, how long all is so far, and how long it was where the piece began.
    points: Vec<Vector2<f64>>,
    length: f64,
    begun: f64,
}

impl<'a, H: Fn(Vector2<f64>) -> Option<f64>> SurfacePen<'a, H> {
    fn new(land: &'a Land, height: H, is_on_surface: bool, before: f64, laid: &'a mut LaidLines) -> Self {
        let points = Vec::new();
        Self { land, height, is_on_surface, laid, at: None, points, length: before, begun: before }
    }

    /// Goes on to a point with its height, or is lifted.
    fn go(&mut self, to: Option<(Vector2<f64>, Option<f64>)>) {
        let Some((to, height)) = to else {
            if let Some((_, look)) = self.at.take() {
                self.end(look);
            }
            return;
        };
        let now = self.land.look(to, height, self.is_on_surface);
        let is_hidden = |look: Look| look.map(|(_, is_hidden)| is_hidden);
        if let Some((at, before)) = self.at
            && is_hidden(before) != is_hidden(now)
        {
            let (mut same, mut other) = ((at, before), (to, now));
            for _ in 0..HALVINGS {
                let middle = (same.0 + other.0) / 2.0;
                let look = self.land.look(middle, (self.height)(middle), self.is_on_surface);
                let end = if is_hidden(look) == is_hidden(before) { &mut same } else { &mut other };
                *end = (middle, look);
            }
            self.touch(same.1);
            self.end(before);
            self.touch(other.1);
        }
        self.touch(now);
        self.at = Some((to, now));
    }

    fn touch(&mut self, look: Look) {
        let Some((place, _)) = look else { return };
        if let Some(last) = self.points.last() {
            self.length += (place - last).norm();
        }
        self.points.push(place);
    }

    /// Ends the piece.
    fn end(&mut self, look: Look) {
        let begun = std::mem::replace(&mut self.begun, self.length);
        if let Some((_, is_hidden)) = look {
            let points = without_straight_points(self.points.iter().copied());
            let pieces = if is_hidden { &mut self.laid.hidden } else { &mut self.laid.seen };
            pieces.push(Polyline { points, closed: false, before: begun });
        }
        self.points.clear();
    }
}

/// The part of a line that lies within the unit square, if any does.
fn clipped([from, to]: [Vector2<f64>; 2]) -> Option<[Vector2<f64>; 2]> {
    if !(is_finite(from) && is_finite(to)) {
        return None;
    }
    let way = to - from;
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        if way[axis] == 0.0 {
            if !(0.0..=1.0).contains(&from[axis]) {
                return None;
            }
            continue;
        }
        let ends = [-from[axis] / way[axis], (1.0 - from[axis]) / way[axis]];
        enter = enter.max(ends[0].min(ends[1]));
        leave = leave.min(ends[0].max(ends[1]));
    }
    let at = |part: f64, end: Vector2<f64>, is_end: bool| {
        if is_end { end } else { (from + way * part).map(|part| part.within(0.0, 1.0)) }
    };
    (enter <= leave).then(|| [at(enter, from, enter == 0.0), at(leave, to, leave == 1.0)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relief::relief_view::Camera;
    use crate::scheme::{Scheme, Theme};
    use thalweg_core::objective::view::View;

    fn land(height: impl Fn(Vector2<f64>) -> f64) -> Land {
        let frame = Rect::new(Vector2::new(5.0, 7.0), Vector2::new(400.0, 300.0));
        let view = View { x: (-2.0, 2.0), y: (10.0, 13.0) };
        let floor = Plot::new(view, frame, Scheme::new(Theme::Light));
        let view = ReliefView::new(Camera { azimuth: -60.0, elevation: 30.0 }, frame.size(), frame);
        seen(HeightField::of(height), view, floor)
    }

    fn seen(field: HeightField, view: ReliefView, floor: Plot) -> Land {
        let horizons = Horizons::new(&field, &view, &view.places(field.nodes()), None);
        let frame = floor.frame;
        Land { floor, view, field: field.into(), horizons, frame, version: 1 }
    }

    #[test]
    fn what_is_seen_of_the_plane_is_found_again() {
        let land = land(|p| 0.5 + 0.2 * libm::sin(25.0 * p.x - 9.0 * p.y));
        let mut seen = 0;
        for (x, y) in (0..20).flat_map(|x| (0..20).map(move |y| (f64::from(x), f64::from(y)))) {
            let point = Vector2::new(-1.99 + x * 0.2, 10.01 + y * 0.15);
            assert!((land.point(land.unit(point)) - point).norm() < 1e-12);
            let spot = land.spot(point).expect("within the view");
            if !spot.is_hidden {
                let found = land.seen_at(spot.at).expect("something is there");
                assert!((found - point).norm() < 1e-5, "{point:?} is found at {found:?}");
                seen += 1;
            }
        }
        assert!((150..400).contains(&seen), "{seen} of 400 are seen");
        assert_eq!(land.spot(Vector2::new(2.1, 11.0)), None);
        assert_eq!(land.spot(Vector2::new(f64::NAN, 11.0)), None);
        assert_eq!(land.seen_at(land.frame.min.into()), None);
    }

    #[test]
    fn below_a_hole_lies_the_floor() {
        let land = land(|_| f64::NAN);
        let point = Vector2::new(0.4, 11.0);
        let spot = land.spot(point).expect("within the view");
        assert!((land.seen_at(spot.at).expect("the floor") - point).norm() < 1e-9);
        let mut laid = LaidLines::default();
        land.lay(&[[10.0, 20.0], [300.0, 200.0]], 0.0, &mut laid);
        assert_eq!(laid, LaidLines::default());
    }

    /// A line over a ridge, away from whoever looks: seen up to the ridge, and hidden behind it.
    #[test]
    fn a_line_over_a_ridge_gets_lost_behind_it() {
        let ridge = HeightField::of(|p| 1.0 - 2.0 * (p.y - 0.5).abs());
        let Land { floor, frame, .. } = land(|_| 0.0);
        let view = ReliefView::new(Camera { azimuth: -90.0, elevation: 20.0 }, [4.0, 3.0], frame);
        let land = seen(ridge, view, floor);
        let mut laid = LaidLines::default();
        land.lay_on_surface(&[Vector2::new(0.3, -1.0), Vector2::new(0.3, 2.0)], 3.0, &mut laid);
        let [seen, hidden] = [&laid.seen, &laid.hidden].map(|lines| {
            assert_eq!(lines.len(), 1, "{laid:?}");
            lines[0].clone()
        });
        let top = land.view.place(Vector2::new(0.3, 0.5), 1.0);
        let ends = (seen.points.last().expect("a point"), hidden.points[0]);
        assert!((ends.0 - top).norm() < 0.1 && (ends.1 - top).norm() < 0.1, "{ends:?} {top:?}");
        assert_eq!(seen.before, 3.0);
        let length = (top - seen.points[0]).norm();
        assert!((hidden.before - 3.0 - length).abs() < 0.2, "{} {length}", hidden.before);
    }

    /// However a line is clipped, it lies within.
    #[test]
    fn a_line_is_clipped_at_the_border() {
        let at = Vector2::new;
        assert_eq!(clipped([at(-1.0, 0.5), at(3.0, 0.5)]), Some([at(0.0, 0.5), at(1.0, 0.5)]));
        assert_eq!(clipped([at(0.2, 0.3), at(0.4, 0.5)]), Some([at(0.2, 0.3), at(0.4, 0.5)]));
        assert_eq!(clipped([at(-1.0, 0.5), at(0.5, 3.0)]), None);
        assert_eq!(clipped([at(f64::NAN, 0.5), at(0.5, 3.0)]), None);
        assert_eq!(clipped([at(1.2, 0.5), at(1.2, 0.6)]), None);
    }
}
