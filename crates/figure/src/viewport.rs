//! From the plane to the screen and back to a bound: what reductions and searches share.

/// The map from the plane to pixels, axis by axis: pixel = plane * scale + offset. A negative
/// scale turns an axis round, as y needs where pixels count downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ToScreen {
    /// Pixels per unit of x and of y.
    pub scale: [f64; 2],
    /// The pixel of x = 0 and of y = 0.
    pub offset: [f64; 2],
}

impl ToScreen {
    /// The pixel of a point of the plane; not finite where the point is not.
    #[inline]
    pub fn at(&self, x: f64, y: f64) -> [f64; 2] {
        [x * self.scale[0] + self.offset[0], y * self.scale[1] + self.offset[1]]
    }
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// The corner of the smallest coordinates.
    pub min: [f64; 2],
    /// The corner of the largest.
    pub max: [f64; 2],
}

impl Rect {
    /// What contains nothing: the start for [`Rect::include`].
    pub const EMPTY: Self = Self { min: [f64::INFINITY; 2], max: [f64::NEG_INFINITY; 2] };

    /// Grows to contain a point.
    #[inline]
    pub fn include(&mut self, p: [f64; 2]) {
        self.min = [self.min[0].min(p[0]), self.min[1].min(p[1])];
        self.max = [self.max[0].max(p[0]), self.max[1].max(p[1])];
    }

    /// The same, larger by `margin` on every side.
    pub fn enlarged(self, margin: f64) -> Self {
        Self { min: self.min.map(|v| v - margin), max: self.max.map(|v| v + margin) }
    }

    /// Whether the point lies inside or on the border.
    #[inline]
    pub fn contains(&self, p: [f64; 2]) -> bool {
        p[0] >= self.min[0] && p[0] <= self.max[0] && p[1] >= self.min[1] && p[1] <= self.max[1]
    }

    /// The rectangle on the screen of one in the plane. Empty stays empty.
    pub fn on_screen(&self, to: &ToScreen) -> Self {
        let mut rect = Self::EMPTY;
        if self.min[0] <= self.max[0] && self.min[1] <= self.max[1] {
            rect.include(to.at(self.min[0], self.min[1]));
            rect.include(to.at(self.max[0], self.max[1]));
        }
        rect
    }

    /// The square of the distance from a point; 0 inside.
    pub fn distance_squared(&self, p: [f64; 2]) -> f64 {
        let dx = (self.min[0] - p[0]).max(p[0] - self.max[0]).max(0.0);
        let dy = (self.min[1] - p[1]).max(p[1] - self.max[1]).max(0.0);
        dx * dx + dy * dy
    }

    /// The square of the distance from a point to the farthest corner.
    pub fn reach_squared(&self, p: [f64; 2]) -> f64 {
        let dx = (p[0] - self.min[0]).max(self.max[0] - p[0]);
        let dy = (p[1] - self.min[1]).max(self.max[1] - p[1]);
        dx * dx + dy * dy
    }
}
