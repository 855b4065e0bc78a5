//! Where a search looks for critical points at kinks.

use super::curve::{Floor, PARTS, goes_on, on_floor};
use super::cusp::cusp;
use super::kink::{descend, kink_point, pieces, shortest};
use super::settle::settle;
use super::stationary_point::StationaryForm;
use super::{StationarySearch, is_level};
use crate::objective::derivatives::CurvatureAt;
use nalgebra::Vector2;

/// So many cells around what is known there is nothing else to find.
const BESIDE: f64 = 0.01;
/// No more places than this are looked at closely.
const MOST: u32 = 400;

impl StationarySearch {
    /// Looks for kinks around the next node.
    pub(super) fn visit_kinks(&mut self, f: &CurvatureAt<'_>) {
        let row = self.cells + 1;
        let place = self.kinked;
        self.kinked += 1;
        let (x, y) = (place % row, place / row);
        if !(1..row - 1).contains(&x) || !(1..row - 1).contains(&y) {
            return;
        }
        let [below, above] = [place - row, place + row];
        let around = [place - 1, place + 1, below, above, below - 1, below + 1, above - 1, above + 1];
        let here = self.nodes[place];
        if !around.iter().chain([&place]).all(|node| self.nodes[*node].gradient.sum().is_finite()) {
            return;
        }
        self.visit_cusps(f, place);
        if self.polished >= MOST {
            return;
        }
        let at = self.node(x, y);
        let jumps = |node: &usize| self.jumps(place, *node) && self.has_kink(f, place, *node);
        if self.may_vanish_near(place, &around) && around[..4].iter().any(jumps) {
            self.polished += 1;
            if let Some(found) = kink_point(f, at, 1.0, self.cell) {
                self.take_kink(f, found);
            }
        }
        let cell = self.cell;
        for sign in [1.0, -1.0] {
            let lowest =
                around.iter().map(|node| sign * self.nodes[*node].value).fold(f64::INFINITY, f64::min);
            let is_known = |search: &Self| {
                search.spots.iter().any(|spot| (spot.at - at).component_div(&cell).amax() <= 2.0)
            };
            // Along a valley its neighbours may be as low; where f fades out they all are, but for rounding.
            let slopes = here.gradient.component_mul(&cell).amax() > 1e-9 * here.value.abs();
            if (sign * here.value < lowest || sign * here.value == lowest && slopes)
                && !is_known(self)
                && !self.is_on_curve(at, 2.0)
                && self.trace.is_none()
            {
                self.polished += 1;
                let Some((low, radius)) = descend(f, at, self.cell, sign) else { continue };
                let beside = low + self.cell * (BESIDE / 10.0);
                self.has_plain |= [low, beside].into_iter().all(|place| is_level(&f(place)));
                // Along a narrow valley it is far from the node to the bottom, which may be a smooth one.
                if let Some(settled) = settle(f, low, self.cell * BESIDE) {
                    self.take(f, &settled);
                }
                if self.trace.is_some() || self.knows(low, BESIDE) {
                    continue;
                }
                match kink_point(f, low, 4.0 * radius, self.cell) {
                    Some(found) => self.take_kink(f, found),
                    None => self.take_kink(f, low),
                }
                if !is_known(self)
                    && self.trace.is_none()
                    && let Some((found, kind)) = cusp(f, at, self.cell, sign)
                    && !f(found).smoothness.has_gradient()
                {
                    self.add(f, found, 0.0, (kind, Some(1)), StationaryForm::Kink);
                }
            }
        }
    }

    /// Whether the gradient changes between two nodes by more than the Hessians there explain.
    pub(super) fn jumps(&self, a: usize, b: usize) -> bool {
        let row = self.cells + 1;
        let offset = self.node(b % row, b / row) - self.node(a % row, a / row);
        let [a, b] = [self.nodes[a], self.nodes[b]];
        let left = (b.gradient - a.gradient - (a.hessian + b.hessian) * offset / 2.0).norm();
        left.is_nan() || left > 0.1 * (a.gradient.norm() + b.gradient.norm())
    }

    /// Whether the gradient jumps somewhere between two nodes: what is smooth changes ever less the shorter the way.
    fn has_kink(&self, f: &CurvatureAt<'_>, a: usize, b: usize) -> bool {
        const HALVINGS: u32 = 14;
        let row = self.cells + 1;
        let [mut from, mut to] =
            [a, b].map(|place| (self.node(place % row, place / row), self.nodes[place].gradient));
        let whole = (to.1 - from.1).norm();
        // What is so level beside the rest is no kink to look for.
        if whole < 1e-30 * self.steepest {
            return false;
        }
        for _ in 0..HALVINGS {
            let at = (from.0 + to.0) / 2.0;
            let middle = (at, f(at).gradient);
            if (middle.1 - from.1).norm() > (to.1 - middle.1).norm() {
                to = middle;
            } else {
                from = middle;
            }
            if (to.1 - from.1).norm() < 0.1 * whole {
                return false;
            }
        }
        true
    }

    /// Whether zero is among the slopes around a node, give or take what the Hessians make of the distance.
    fn may_vanish_near(&self, place: usize, around: &[usize]) -> bool {
        let nodes = || around.iter().chain([&place]).map(|node| &self.nodes[*node]);
        let slopes: Vec<Vector2<f64>> = nodes().map(|node| node.gradient).collect();
        let bend = nodes().map(|node| (node.hessian * self.cell).norm()).filter(|bend| bend.is_finite());
        shortest(&slopes).norm() <= bend.fold(0.0, f64::max)
    }

    /// The direction of the curve of critical points at a kink on which a point lies, if it does, and the part of a cell
    /// in which it was seen.
    pub(super) fn kink_direction(
        &self,
        f: &CurvatureAt<'_>,
        at: Vector2<f64>,
    ) -> Option<(Vector2<f64>, f64)> {
        PARTS.into_iter().find_map(|part| {
            let cell = self.cell * part;
            let pieces = pieces(f, at, 1e-3, cell);
            let [first, second] = pieces.as_slice() else { return None };
            let normal = first.gradient - second.gradient;
            let tangent = Vector2::new(-normal.y, normal.x);
            let tangent = tangent / tangent.component_div(&cell).amax();
            let (_, tangent) = on_floor(f, Floor::Kink, at, tangent, 0.01, cell)?;
            goes_on(f, Floor::Kink, at, tangent, cell).then_some((tangent, part))
        })
    }
}
