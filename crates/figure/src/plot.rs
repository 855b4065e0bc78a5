//! A plot of a part of the plane: where it lies on the paper, and in which colours it is drawn.

use crate::scheme::Scheme;
use crate::viewport::{Rect, ToPaper};
use nalgebra::Vector2;
use thalweg_core::objective::view::View;

/// A plot of a part of the plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plot {
    /// The part of the plane.
    pub view: View,
    /// Its place on the paper.
    pub frame: Rect,
    /// The map from the one to the other.
    pub to: ToPaper,
    /// The colours.
    pub scheme: Scheme,
}

impl Plot {
    /// A plot of `view` that fills `frame`.
    pub fn new(view: View, frame: Rect, scheme: Scheme) -> Self {
        Self { view, frame, to: ToPaper::new(view, frame), scheme }
    }

    /// Whether a place lies in the frame, or at most `margin` points beyond.
    pub fn shows(&self, place: Vector2<f64>, margin: f64) -> bool {
        self.frame.enlarged(margin).contains(place.into())
    }
}

/// Whether a point of the plane has a place.
pub fn is_finite(p: Vector2<f64>) -> bool {
    p.x.is_finite() && p.y.is_finite()
}
