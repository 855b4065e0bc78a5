//! Where the runners' markers go: those that stand on one point move apart, and those that have left the view stand at
//! its frame.

use crate::viewport::Rect;
use nalgebra::Vector2;
use std::f64::consts::{PI, TAU};
use thalweg_core::math::within::Within;

/// How far the middles of two markers are from each other where none covers the other, in radii: where lines are drawn
/// thicker, too.
const APART: f64 = 2.2;
/// How far their middles are at least from a point that they share, in radii: the ring of a start that is there lies
/// between them, and covers none.
const AROUND: f64 = 1.87;
/// How far within the frame a marker stands whose runner has left the view, in points: with room for an arrow.
const WITHIN: f64 = 24.0;
/// A marker that is so near to its place is at its place, in points.
const AT_PLACE: f64 = 2.0;

/// Where a marker goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarkerPlace {
    /// Its middle.
    pub center: Vector2<f64>,
    /// Where the runner is, if the marker is beside that.
    pub beside: Option<Vector2<f64>>,
    /// In which direction the runner has left the view, if it has: a vector of length 1.
    pub out: Option<Vector2<f64>>,
}

/// Where the markers of runners go that are at these places. `radius` is that of the largest, `frame` what the runners
/// leave; none where there is no such frame. Where they stand on one point, each has its side: they do not change
/// sides while the runners tremble.
pub fn marker_places(places: &[Vector2<f64>], radius: f64, frame: Option<Rect>) -> Vec<MarkerPlace> {
    let inner: Vec<_> = places.iter().map(|place| kept_within(*place, frame)).collect();
    let apart = APART * radius;
    let moved = |(index, at): (usize, &Vector2<f64>)| {
        let ways: Vec<_> = inner.iter().map(|other| (other - at).norm()).collect();
        let near = |other: &usize| ways[*other] < apart;
        let count = (0..inner.len()).filter(near).count();
        let rank = (0..index).filter(near).count();
        let others = ways.iter().enumerate().filter(|(other, _)| *other != index);
        let nearest = others.map(|(_, way)| *way).fold(f64::INFINITY, f64::min);
        if count < 2 {
            return *at;
        }
        // All the way where they would cover half of each other, nothing where they only touch.
        let part = (2.0 - 2.0 * nearest / apart).within(0.0, 1.0);
        let reach = (0.5 * apart / libm::sin(PI / count as f64)).max(AROUND * radius);
        let (sin, cos) = libm::sincos(TAU * rank as f64 / count as f64 - 0.25 * TAU);
        at + part * reach * Vector2::new(sin, -cos)
    };
    let centers = inner.iter().enumerate().map(moved);
    let placed = centers.zip(&inner).zip(places).map(|((center, inner), place)| {
        let is_beside = inner == place && (center - place).norm() > AT_PLACE;
        MarkerPlace {
            center,
            beside: is_beside.then_some(*place),
            out: if inner == place { None } else { direction(place - inner) },
        }
    });
    placed.collect()
}

/// The direction of a way that may be too long to be squared; none where it has none.
fn direction(way: Vector2<f64>) -> Option<Vector2<f64>> {
    (way / way.amax()).try_normalize(0.0).filter(|direction| direction.norm().is_finite())
}

/// The place, or the nearest one within the frame to one outside.
fn kept_within(place: Vector2<f64>, frame: Option<Rect>) -> Vector2<f64> {
    let Some(frame) = frame.filter(|frame| !frame.contains(place.into())) else { return place };
    let axis = |axis: usize| {
        let (from, to) = (frame.min[axis] + WITHIN, frame.max[axis] - WITHIN);
        if from < to { place[axis].within(from, to) } else { f64::midpoint(from, to) }
    };
    Vector2::new(axis(0), axis(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect { min: [0.0, 0.0], max: [400.0, 300.0] };

    fn centers(places: &[Vector2<f64>]) -> Vec<Vector2<f64>> {
        marker_places(places, 6.0, Some(FRAME)).iter().map(|place| place.center).collect()
    }

    #[test]
    fn those_on_one_point_are_told_apart_and_others_stay() {
        let at = Vector2::new(100.0, 100.0);
        for count in 2..=11 {
            let mut places = vec![at; count];
            places.push(Vector2::new(300.0, 200.0));
            let found = centers(&places);
            assert_eq!(found[count], places[count], "{count}: alone it stays");
            for (index, one) in found[..count].iter().enumerate() {
                assert!((one - at).norm() > 1.86 * 6.0, "{count}: {one} lies on the point");
                for other in &found[..index] {
                    assert!((one - other).norm() > 2.19 * 6.0, "{count}: {one} {other}");
                }
            }
        }
        let placed = marker_places(&[at, at], 6.0, Some(FRAME));
        assert!(placed.iter().all(|placed| placed.beside == Some(at) && placed.out.is_none()));
    }

    #[test]
    fn they_come_together_without_a_jump_and_do_not_change_sides() {
        let middle = Vector2::new(100.0, 100.0);
        let pair = |way: f64| centers(&[middle, middle + Vector2::new(way, 0.0)]);
        let mut before = pair(20.0);
        for tenth in (0..200).rev() {
            let now = pair(f64::from(tenth) / 10.0);
            assert!(now.iter().zip(&before).all(|(now, before)| (now - before).norm() < 0.5), "{tenth}");
            before = now;
        }
        let (left, right) = (pair(-0.3), pair(0.3));
        assert!(left[0].x < left[1].x && right[0].x < right[1].x);
    }

    #[test]
    fn who_has_left_the_view_stands_at_its_frame() {
        let far = [Vector2::new(-1e9, 150.0), Vector2::new(1e300, -1e300), Vector2::new(401.0, 20.0)];
        for (place, out) in far.iter().zip(marker_places(&far, 6.0, Some(FRAME))) {
            assert!(FRAME.contains(out.center.into()), "{place}: {out:?}");
            let direction = out.out.expect("it has left");
            assert!((direction.norm() - 1.0).abs() < 1e-12, "{direction}");
            assert!(direction.dot(&(Vector2::new(200.0, 150.0) - out.center)) < 0.0, "{place}: outwards");
        }
        let here = marker_places(&[Vector2::new(399.0, 20.0)], 6.0, Some(FRAME));
        assert_eq!((here[0].out, here[0].center.x), (None, 399.0));
        let there = marker_places(&[Vector2::new(-50.0, 20.0)], 6.0, None);
        assert_eq!((there[0].out, there[0].center.x), (None, -50.0));
    }
}
