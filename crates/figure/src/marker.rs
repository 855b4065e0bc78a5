//! The markers of the runners: a shape for each colour, so that nobody needs to see colours.

use crate::color::Rgba;
use nalgebra::Vector2;
use std::f64::consts::TAU;
use thalweg_scenario::{Color, Runner};

/// The shape of a runner's marker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkerShape {
    /// The runner's colour, which each has an outline of its own.
    pub color: Color,
    /// How many runners before it have the same colour: what is cut out of the outline tells them apart.
    pub round: usize,
}

impl MarkerShape {
    /// The shape of the runner at a place of the list.
    pub fn of(runners: &[Runner], index: usize) -> Self {
        let color = runners.get(index).map_or(Color::Ink, |runner| runner.color);
        let before = runners.iter().take(index);
        Self { color, round: before.filter(|runner| runner.color == color).count() }
    }
}

/// A runner's marker.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marker {
    /// Its shape.
    pub shape: MarkerShape,
    /// Its middle.
    pub center: Vector2<f64>,
    /// About how far it reaches from there.
    pub radius: f64,
    /// The colour within.
    pub fill: Rgba,
    /// The colour of its edge.
    pub edge: Rgba,
}

impl Marker {
    /// The corners of its outline.
    pub(crate) fn outline(&self) -> Vec<Vector2<f64>> {
        let (center, radius) = (self.center, self.radius);
        let corner = |turn: f64, radius: f64| {
            let (sin, cos) = libm::sincos(turn * TAU);
            center + radius * Vector2::new(sin, -cos)
        };
        let polygon = |corners: u8, turn: f64| -> Vec<Vector2<f64>> {
            (0..corners).map(|i| corner(f64::from(i) / f64::from(corners) + turn, radius)).collect()
        };
        match self.shape.color {
            Color::Blue => polygon(24, 0.0),
            Color::Orange => polygon(4, 0.125),
            Color::Green => polygon(3, 0.0),
            Color::Vermillion => polygon(4, 0.0),
            Color::Purple => polygon(3, 0.5),
            Color::Sky => polygon(6, 0.0),
            Color::Yellow => {
                let reach = |i: u8| radius * if i.is_multiple_of(2) { 1.15 } else { 0.55 };
                (0..10).map(|i| corner(f64::from(i) / 10.0, reach(i))).collect()
            }
            Color::Ink => {
                let (a, b) = (radius * 0.36, radius);
                let corners = [
                    (a, b),
                    (a, a),
                    (b, a),
                    (b, -a),
                    (a, -a),
                    (a, -b),
                    (-a, -b),
                    (-a, -a),
                    (-b, -a),
                    (-b, a),
                    (-a, a),
                    (-a, b),
                ];
                corners.map(|(x, y)| center + Vector2::new(x, y)).to_vec()
            }
        }
    }
}
