//! Where a search looks for critical points along cusps.

use super::StationarySearch;
use super::curve::StationaryCurve;
use super::cusp_line::{CellSide, CuspCrossing, crossing, extreme_on_cusp};
use super::stationary_point::StationaryForm;
use crate::objective::critical_point::PointKind;
use crate::objective::derivatives::CurvatureAt;
use crate::objective::heights::kind_by_heights;
use nalgebra::Vector2;
use std::collections::BTreeSet;

/// So many cells around what is known there is nothing else to find.
const BESIDE: f64 = 0.01;
/// Heights along a cusp that differ by less, in parts of how high f rises beside it, are the same.
const LEVEL: f64 = 1e-9;
/// The shortest stretch along which f is the same, in cells: on both sides of one point it is as high, too.
const SHORTEST: f64 = 2.5;
/// No more crossings are taken in.
const MOST: usize = 1000;

impl StationarySearch {
    /// Looks for a cusp between a node and its neighbours to the right and above.
    pub(super) fn visit_cusps(&mut self, f: &CurvatureAt<'_>, place: usize) {
        let row = self.cells + 1;
        for (other, is_upright) in [(place + 1, false), (place + row, true)] {
            let [from, to] = [place, other].map(|node| self.node(node % row, node / row));
            let way = to - from;
            let slopes = [place, other].map(|node| self.nodes[node].gradient.dot(&way));
            if slopes[0] * slopes[1] < 0.0
                && self.cusps.len() < MOST
                && self.jumps(place, other)
                && let Some(crossing) = crossing(f, from, to)
            {
                self.cusps.add(CellSide { node: place, is_upright }, crossing);
            }
        }
    }

    /// Looks for a critical point where the next cusp crosses the side of a cell.
    pub(super) fn visit_crossing(&mut self, f: &CurvatureAt<'_>) {
        let row = self.cells + 1;
        let next = self.cusps.get(self.cusped);
        self.cusped += 1;
        // Beyond the view there are nodes, too.
        let Some((side, here)) = next.filter(|(_, here)| self.sees(here.at)) else { return };
        let [ahead, back] = self.cusps.beside(side, row);
        if self.follow_level(side) {
            return;
        }
        for sign in [1.0, -1.0] {
            let is_extreme = |others: &[(CellSide, CuspCrossing)]| {
                !others.is_empty() && others.iter().all(|(_, other)| sign * other.value >= sign * here.value)
            };
            if !is_extreme(&ahead) || !is_extreme(&back) {
                continue;
            }
            // Of several, those that go straight on.
            let pairs = ahead.iter().flat_map(|(_, a)| back.iter().map(move |(_, b)| [*a, *b]));
            let bend = |[a, b]: &[CuspCrossing; 2]| {
                let unit = |to: Vector2<f64>| (to - here.at).component_div(&self.cell).normalize();
                unit(a.at).dot(&unit(b.at))
            };
            let straight = pairs.min_by(|a, b| bend(a).total_cmp(&bend(b)));
            let Some(at) = straight.and_then(|ends| extreme_on_cusp(f, ends, sign)) else { continue };
            let kind = match (here.is_valley, sign > 0.0) {
                (true, true) => PointKind::Minimum,
                (false, false) => PointKind::Maximum,
                _ => PointKind::Saddle,
            };
            let is_known = self.spots.iter().any(|spot| {
                spot.form == StationaryForm::Kink && (spot.at - at).component_div(&self.cell).amax() <= BESIDE
            });
            if !is_known && kind_by_heights(f, at).is_none_or(|other| other == kind) {
                let index = if kind == PointKind::Saddle { -1 } else { 1 };
                self.add(f, at, 0.0, (kind, Some(index)), StationaryForm::Kink);
            }
        }
    }

    /// Follows a cusp along which f is the same, from a crossing to both ends, and keeps it. Whether there is one, longer
    /// than some cells.
    fn follow_level(&mut self, start: CellSide) -> bool {
        let Some(here) = self.cusps.at(start) else { return false };
        if self.is_on_curve(here.at, 0.05) {
            return true;
        }
        let mut seen = BTreeSet::from([start]);
        let [ahead, back] = self.cusps.beside(start, self.cells + 1);
        let mut ways = [ahead, back].map(|beside| self.follow(here, &beside, &mut seen));
        let is_closed = ways[1].is_empty() && ways[0].len() > 4 && {
            let last = ways[0].last().map_or(here.at, |last| last.at);
            (last - here.at).component_div(&self.cell).amax() <= 1.5
        };
        ways[1].reverse();
        let [ahead, back] = ways;
        let crossings = back.into_iter().chain([here]).chain(ahead);
        let mut points: Vec<Vector2<f64>> = Vec::new();
        for crossing in crossings {
            if let Some(last) = points.last().copied() {
                let apart = (crossing.at - last).component_div(&self.cell).amax();
                // Two sides may be crossed at their corner.
                if apart < 0.05 {
                    continue;
                }
                if apart > 0.5 {
                    points.push((last + crossing.at) / 2.0);
                }
            }
            points.push(crossing.at);
        }
        if is_closed {
            points.extend(points.first().copied());
        }
        points.retain(|point| self.sees(*point));
        let kind = if here.is_valley { PointKind::Minimum } else { PointKind::Maximum };
        let stretch = |pair: &[Vector2<f64>]| (pair[1] - pair[0]).component_div(&self.cell).norm();
        if points.windows(2).map(stretch).sum::<f64>() < SHORTEST {
            return false;
        }
        let curve = StationaryCurve { points, is_closed, kind, is_kink: true };
        self.map.add(&curve, self.view, self.cell);
        self.curves.push(curve);
        true
    }

    /// The crossings that follow on one, each as high as the last and not seen before.
    fn follow(
        &self,
        from: CuspCrossing,
        beside: &[(CellSide, CuspCrossing)],
        seen: &mut BTreeSet<CellSide>,
    ) -> Vec<CuspCrossing> {
        let mut found = Vec::new();
        let (mut last, mut direction) = (from, None::<Vector2<f64>>);
        let mut next = beside.to_vec();
        loop {
            next.retain(|(side, crossing)| !seen.contains(side) && is_same(&last, crossing));
            let ahead = |crossing: &CuspCrossing| {
                let way = (crossing.at - last.at).component_div(&self.cell);
                direction.map_or(0.0, |direction| way.normalize().dot(&direction))
            };
            let best = next.iter().max_by(|a, b| ahead(&a.1).total_cmp(&ahead(&b.1))).copied();
            let Some((side, crossing)) = best else { return found };
            let way = (crossing.at - last.at).component_div(&self.cell);
            direction = way.try_normalize(0.05).or(direction);
            seen.insert(side);
            found.push(crossing);
            last = crossing;
            next = self.cusps.beside(side, self.cells + 1).concat();
        }
    }
}

/// Whether f is as high at two crossings of a cusp, but for rounding.
fn is_same(a: &CuspCrossing, b: &CuspCrossing) -> bool {
    (a.value - b.value).abs() <= LEVEL * a.rise.max(b.rise) + 64.0 * f64::EPSILON * a.value.abs()
}
