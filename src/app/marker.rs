//! The markers of the runners in lists and cards.

use super::color::rgba;
use super::paint;
use egui::{Color32, Painter, Pos2};
use thalweg_figure::marker::{Marker, MarkerShape};
use thalweg_figure::marker_parts::marker_parts;
use thalweg_scenario::Color;
use thalweg_session::Session;

/// How many runners before this one have the same colour, and so the same outline: there are more runners than
/// colours.
pub fn round(session: &Session, index: usize) -> usize {
    MarkerShape::of(&session.scenario().runners, index).round
}

/// Paints one marker: the outline that goes with its colour, with what is cut out of it in its round.
pub fn paint(
    painter: &Painter,
    (color, round): (Color, usize),
    center: Pos2,
    radius: f32,
    fill: Color32,
    edge: Color32,
) {
    let [fill, edge] = [fill, edge].map(rgba);
    let shape = MarkerShape { color, round };
    let marker = Marker { shape, center: paint::place(center), radius: f64::from(radius), fill, edge };
    paint::items(painter, &marker_parts(&marker));
}
