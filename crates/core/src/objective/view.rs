//! The part of the plane that a plot shows.

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

    /// The length of its diagonal.
    pub fn diagonal(&self) -> f64 {
        libm::hypot(self.x.1 - self.x.0, self.y.1 - self.y.0)
    }
}
