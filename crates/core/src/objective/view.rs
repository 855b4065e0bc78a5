//! The part of the plane that a plot shows.

use nalgebra::Vector2;

/// The part of the plane that a plot shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Smallest and largest x, in this order.
    pub x: (f64, f64),
    /// Smallest and largest y, in this order.
    pub y: (f64, f64),
}

impl View {
    /// The square, centred rectangle `[-half, half] x [-half, half]`.
    pub const fn square(half: f64) -> Self {
        Self { x: (-half, half), y: (-half, half) }
    }

    /// What lies at most `half` away from a point along each axis.
    pub fn around(middle: Vector2<f64>, half: f64) -> Self {
        let side = |middle: f64| (middle - half, middle + half);
        Self { x: side(middle.x), y: side(middle.y) }
    }

    /// Whether a point lies in it or on its border.
    pub fn has(&self, p: Vector2<f64>) -> bool {
        (self.x.0..=self.x.1).contains(&p.x) && (self.y.0..=self.y.1).contains(&p.y)
    }

    /// The length of its diagonal.
    pub fn diagonal(&self) -> f64 {
        libm::hypot(self.x.1 - self.x.0, self.y.1 - self.y.0)
    }
}
