//! The phase plane of momentum: what a method does to an error for every learning rate and momentum.
//!
//! Source: Goh, *Why Momentum Really Works*, Distill (2017), <https://distill.pub/2017/momentum>.

use super::mode::{Mode, Regime};
use super::stability::{number_of, place_of};
use thalweg_core::method::recurrence::Recurrence;
use thalweg_core::method::theory::Law;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::settings::Settings;

/// The plane of one method with its other settings: right the learning rate times the curvature, α·λ,
/// up the momentum β from 0 to 1. An eigenvalue is a dot in it; with an L2 weight decay w it lies at
/// α(λ + w).
#[derive(Clone, Copy, Debug)]
pub struct MomentumPlane {
    law: fn(&Settings<f64>, f64) -> Recurrence,
    settings: Settings<f64>,
    /// The place of the momentum among the numbers.
    momentum: usize,
    /// What is added to every eigenvalue.
    decay: f64,
}

/// How far the plane goes to the right: up to there even the largest momentum stays below the edge,
/// 2(1+β).
pub const WIDTH: f64 = 4.0;

impl MomentumPlane {
    /// The plane of a method with a law and a momentum; `None` for others.
    pub fn of(optimizer: &Optimizer, settings: &Settings<f64>) -> Option<Self> {
        // Of a rule nobody knows that α and λ count as their product alone.
        let Some(Law::Stated(law)) = optimizer.theory.law() else { return None };
        let momentum = place_of(optimizer, "momentum").filter(|_| optimizer.has_learning_rate())?;
        let decay = number_of(optimizer, settings, "weight_decay").unwrap_or(0.0);
        let mut settings = *settings;
        if let Some(place) = place_of(optimizer, "weight_decay") {
            settings.numbers[place] = 0.0;
        }
        Some(Self { law, settings, momentum, decay })
    }

    /// What of the settings the plane's picture depends on: those that its axes show are zero.
    pub fn frame(&self) -> Settings<f64> {
        let mut settings = self.settings;
        (settings.numbers[0], settings.numbers[self.momentum]) = (0.0, 0.0);
        settings
    }

    /// The law at α·λ = `push` and β = `momentum`.
    pub fn law(&self, [push, momentum]: [f64; 2]) -> Recurrence {
        let mut settings = self.settings;
        settings.numbers[0] = push;
        settings.numbers[self.momentum] = momentum;
        (self.law)(&settings, 1.0)
    }

    /// Roots, |σ| and regime at a place.
    pub fn mode(&self, place: [f64; 2]) -> Mode {
        Mode::of(self.law(place))
    }

    /// Where the dot of an eigenvalue lies at the present settings.
    pub fn dot(&self, lambda: f64) -> [f64; 2] {
        [self.settings.numbers[0] * (lambda + self.decay), self.settings.numbers[self.momentum]]
    }

    /// The learning rate and the momentum that take the dot of an eigenvalue to a place; `None` where
    /// the eigenvalue and the decay together are not above zero: its dot is on no side of the plane.
    pub fn dragged(&self, lambda: f64, [push, momentum]: [f64; 2]) -> Option<(f64, f64)> {
        let lr = push / (lambda + self.decay);
        (lambda + self.decay > 0.0 && lr.is_finite() && lr > 0.0).then_some((lr, momentum))
    }

    /// The momenta from 0 to 1 at which the two roots are one: critical damping, where the slowest
    /// error of a given α·λ = `push` decays fastest. (1 - √(αλ))² for momentum.
    ///
    /// `now` and `before` of every law are affine in the momentum, so that the discriminant
    /// now²/4 + before is a quadratic in it, which three values give.
    pub fn critical(&self, push: f64) -> impl Iterator<Item = f64> + use<> {
        let discriminant = |momentum: f64| {
            let Recurrence { now, before, .. } = self.law([push, momentum]);
            now * now / 4.0 + before
        };
        // None of them 0: without momentum a dampening is of no account.
        let [low, middle, high] = [0.25, 0.5, 1.0].map(discriminant);
        let (first, second) = ((middle - low) * 4.0, (high - middle) * 2.0);
        let square = (second - first) / 0.75;
        let (slope, rest) = (first - 0.75 * square, low - 0.25 * first + 0.125 * square);
        roots(square, slope, rest).into_iter().filter(|momentum| (0.0..=1.0).contains(momentum))
    }

    /// The lines between the regimes, as segments: found on a grid of `columns` by `rows` cells by
    /// bisecting every side of a cell whose ends are of different regimes.
    pub fn outlines(&self, columns: usize, rows: usize) -> Vec<[[f64; 2]; 2]> {
        // Off the round numbers, where a regime may hold on a line alone.
        let place = |column: usize, row: usize| {
            [WIDTH * (column as f64 + 0.37) / columns as f64, (row as f64 + 0.001) / (rows as f64 + 0.002)]
        };
        let regimes: Vec<Vec<Regime>> = (0..=rows)
            .map(|row| (0..=columns).map(|column| self.mode(place(column, row)).regime).collect())
            .collect();
        let mut lines = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                let corners = [(column, row), (column + 1, row), (column + 1, row + 1), (column, row + 1)];
                let mut crossings = Vec::new();
                for (index, from) in corners.iter().enumerate() {
                    let to = corners[(index + 1) % 4];
                    let (here, there) = (regimes[from.1][from.0], regimes[to.1][to.0]);
                    if here != there {
                        crossings
                            .push(((here, there), self.crossing(place(from.0, from.1), place(to.0, to.1))));
                    }
                }
                join(crossings, &mut lines);
            }
        }
        lines
    }

    /// Where the regime changes between two places of different regimes, to some 10⁻⁶.
    fn crossing(&self, from: [f64; 2], to: [f64; 2]) -> [f64; 2] {
        let first = self.mode(from).regime;
        let at = |part: f64| [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * part);
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..16 {
            let middle = f64::midpoint(low, high);
            if self.mode(at(middle)).regime == first {
                low = middle;
            } else {
                high = middle;
            }
        }
        at(f64::midpoint(low, high))
    }

    /// Where the name of each regime has most room: the place of each that is farthest from the
    /// others and from the plane's sides, of a grid of `columns` by `rows`. Those with less than two
    /// cells of room are left out.
    pub fn names(&self, columns: usize, rows: usize) -> Vec<(Regime, [f64; 2])> {
        let place = |column: usize, row: usize| {
            [WIDTH * (column as f64 + 0.5) / columns as f64, (row as f64 + 0.5) / rows as f64]
        };
        let regime = |column: usize, row: usize| self.mode(place(column, row)).regime;
        let grid: Vec<Vec<Regime>> =
            (0..rows).map(|row| (0..columns).map(|column| regime(column, row)).collect()).collect();
        // The side of the largest square of one regime that ends in each cell, row by row.
        let mut sides = vec![vec![1_usize; columns]; rows];
        let mut best: Vec<(Regime, usize, [f64; 2])> = Vec::new();
        for row in 0..rows {
            for column in 0..columns {
                let here = grid[row][column];
                if row > 0 && column > 0 {
                    let around = [(row - 1, column), (row, column - 1), (row - 1, column - 1)];
                    if around.iter().all(|(row, column)| grid[*row][*column] == here) {
                        let least = around.iter().map(|(row, column)| sides[*row][*column]).min();
                        sides[row][column] = 1 + least.unwrap_or(0);
                    }
                }
                let side = sides[row][column];
                let back = (side - 1) as f64 / 2.0;
                let [x, y] = place(column, row);
                let middle = [x - back * WIDTH / columns as f64, y - back / rows as f64];
                match best.iter_mut().find(|(regime, ..)| *regime == here) {
                    Some(known) if known.1 >= side => {}
                    Some(known) => (known.1, known.2) = (side, middle),
                    None => best.push((here, side, middle)),
                }
            }
        }
        best.into_iter().filter(|(_, side, _)| *side >= 2).map(|(regime, _, at)| (regime, at)).collect()
    }
}

/// Joins the places where the regime changes around a cell: two changes between the same regimes are
/// one line through it. Others end where three regimes meet, between them.
fn join(mut crossings: Vec<((Regime, Regime), [f64; 2])>, lines: &mut Vec<[[f64; 2]; 2]>) {
    let mut alone: Vec<[f64; 2]> = Vec::new();
    while let Some(((here, there), from)) = crossings.pop() {
        let same = |other: (Regime, Regime)| other == (here, there) || other == (there, here);
        match crossings.iter().position(|(other, _)| same(*other)) {
            Some(index) => lines.push([from, crossings.swap_remove(index).1]),
            None => alone.push(from),
        }
    }
    let count = alone.len() as f64;
    let middle = [0, 1].map(|axis| alone.iter().map(|place| place[axis]).sum::<f64>() / count);
    lines.extend(alone.iter().map(|place| [*place, middle]));
}

/// The real zeros of square·x² + slope·x + constant, a double one once.
fn roots(square: f64, slope: f64, constant: f64) -> Vec<f64> {
    if square.abs() <= 1e-12 * (slope.abs() + constant.abs()) {
        let zero = -constant / slope;
        return if zero.is_finite() { vec![zero] } else { Vec::new() };
    }
    let discriminant = slope * slope - 4.0 * square * constant;
    // A double zero may be a rounding away from two or none.
    let size = slope * slope + (4.0 * square * constant).abs();
    if discriminant < -1e-14 * size {
        return Vec::new();
    }
    let large = -(slope + discriminant.max(0.0).sqrt().copysign(slope)) / 2.0;
    let zeros = [large / square, if large == 0.0 { 0.0 } else { constant / large }];
    if zeros[0] == zeros[1] { vec![zeros[0]] } else { zeros.to_vec() }
}
