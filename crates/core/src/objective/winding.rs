//! How often the gradient turns around along a closed walk: the index of what lies inside.
//!
//! Around a critical point with no other one beside it, n sectors in which f is lower alternate with n in which
//! it is higher, and the gradient turns 1 - n times: once around a minimum or maximum (n = 0), never around a
//! regular point (n = 1), -1 times around a saddle (n = 2), -2 times around a monkey saddle (n = 3). That needs no
//! second derivatives, and holds at a kink and at the tip of a cone as well. Source: Arnold, *Ordinary
//! Differential Equations* (1992), section 36; Milnor, *Topology from the Differentiable Viewpoint* (1965),
//! section 6.

use crate::objective::derivatives::CurvatureAt;
use nalgebra::Vector2;
use std::f64::consts::{PI, TAU};

/// How often the field (gx, gy) turns around, counterclockwise, along a closed walk through points
/// where it has these values. None where it is not defined. Right if it turns by less than half a turn between
/// neighbours.
pub(crate) fn winding(field: &[Vector2<f64>]) -> Option<i32> {
    let mut total = 0.0;
    for (index, from) in field.iter().enumerate() {
        let to = field[(index + 1) % field.len()];
        let turn = turn(*from, to);
        if !turn.is_finite() || *from == Vector2::zeros() {
            return None;
        }
        total += turn;
    }
    Some(libm::rint(total / TAU) as i32)
}

/// The angle from one vector to another, from -π to π.
fn turn(from: Vector2<f64>, to: Vector2<f64>) -> f64 {
    libm::atan2(from.x * to.y - from.y * to.x, from.dot(&to))
}

/// What a walk around a point has seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ring {
    /// How often the gradient turned around.
    pub index: i32,
    /// The lowest value of f on the way.
    pub lowest: f64,
    /// The highest value of f on the way.
    pub highest: f64,
}

/// A place of a walk.
#[derive(Clone, Copy)]
struct RingPlace {
    angle: f64,
    /// Of unit length, along the gradient.
    direction: Vector2<f64>,
}

/// How many places a walk has at least.
const PLACES: u32 = 24;
/// How often the way between two of them is halved at most: to a hundred-millionth of a turn.
const HALVINGS: u32 = 24;
/// Where the first place lies: not on an axis, for those are often ridges and valleys.
const FIRST: f64 = 0.123;

impl Ring {
    /// Walks once around `p` at this distance, in steps so small that the gradient turns little between two, but
    /// where it jumps. None where f or its gradient is not defined on the way, no longer than `least`, or
    /// vanishes.
    pub fn around(f: &CurvatureAt<'_>, p: Vector2<f64>, radius: Vector2<f64>, least: f64) -> Option<Self> {
        let mut ring = Self { index: 0, lowest: f64::INFINITY, highest: f64::NEG_INFINITY };
        let mut most = 0.0_f64;
        let mut look = |angle: f64| {
            let (sin, cos) = libm::sincos(angle);
            let there = f(p + radius.component_mul(&Vector2::new(cos, sin)));
            let size = there.gradient.amax();
            if !(there.value.is_finite() && size.is_finite() && size > least) {
                return None;
            }
            (ring.lowest, ring.highest) = (ring.lowest.min(there.value), ring.highest.max(there.value));
            most = most.max(size);
            let scaled = there.gradient / size;
            // A gradient that fades on the way belongs to a critical point that lies there.
            (size > 1e-6 * most).then_some(RingPlace { angle, direction: scaled / scaled.norm() })
        };
        let first = look(FIRST)?;
        let (mut from, mut total) = (first, 0.0);
        for count in 1..=PLACES {
            let to = if count == PLACES {
                RingPlace { angle: FIRST + TAU, ..first }
            } else {
                look(FIRST + TAU * f64::from(count) / f64::from(PLACES))?
            };
            // What is left of this part of the way: where each bit ends, and how often it was halved.
            let mut rest = vec![(to, 0)];
            while let Some((end, halved)) = rest.pop() {
                let angle = turn(from.direction, end.direction);
                if angle.abs() > 1.0 && halved < HALVINGS {
                    let middle = look(f64::midpoint(from.angle, end.angle))?;
                    rest.push((end, halved + 1));
                    rest.push((middle, halved + 1));
                } else if angle.abs() > 1.0 && {
                    // A jump right round, this way or that, is a place where pieces oppose each other: it may
                    // miss the half turn by what lies between the two places only.
                    let width = 16.0 * (end.angle - from.angle);
                    let around =
                        turn(look(from.angle - width)?.direction, look(end.angle + width)?.direction);
                    PI - angle.abs() <= 1e-10_f64.max(0.25 * (PI - around.abs()))
                } {
                    return None;
                } else {
                    total += angle;
                    from = end;
                }
            }
        }
        ring.index = libm::rint(total / TAU) as i32;
        Some(ring)
    }

    /// How far f on the way is from a value, at most.
    pub fn height(&self, value: f64) -> f64 {
        (self.highest - value).max(value - self.lowest)
    }
}
