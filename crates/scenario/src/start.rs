//! Where runs start.

use thalweg_core::math::random;
use thalweg_core::objective::view::View;

/// Where all runners start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Start {
    /// At a point.
    At([f64; 2]),
    /// At (0, 0).
    Origin,
    /// At a point drawn at random.
    Random(Draw),
}

/// Points drawn at random: uniformly, and the same for the same seed on every machine.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draw {
    /// What they are drawn from.
    pub seed: u32,
    /// The part of the plane that they are drawn in. A part of the draw, so that a view that moves
    /// does not move the points.
    pub within: View,
}

/// Many starts at once for one method: where does each end?
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StartCloud {
    /// How many starts there are, at most [`StartCloud::MOST`].
    pub count: u32,
    /// Where they lie.
    pub draw: Draw,
}

impl Draw {
    /// The point of the given number.
    pub fn point(&self, number: u32) -> [f64; 2] {
        let place = |(low, high): (f64, f64), axis| {
            let part = random::uniform(self.seed.into(), number.into(), axis);
            low + (high - low) * part
        };
        [place(self.within.x, 0), place(self.within.y, 1)]
    }
}

impl Start {
    /// The point.
    pub fn point(&self) -> [f64; 2] {
        match self {
            Self::At(point) => *point,
            Self::Origin => [0.0, 0.0],
            Self::Random(draw) => draw.point(0),
        }
    }
}

impl StartCloud {
    /// The most starts.
    pub const MOST: u32 = 200;

    /// All starts. They begin behind the point that a start of the same seed would be.
    pub fn points(&self) -> impl Iterator<Item = [f64; 2]> {
        let draw = self.draw;
        (1..=self.count).map(move |number| draw.point(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_lie_where_they_are_drawn_and_differ() {
        let within = View { x: (-3.0, -1.0), y: (10.0, 10.5) };
        let cloud = StartCloud { count: 200, draw: Draw { seed: 7, within } };
        let points: Vec<_> = cloud.points().collect();
        for [x, y] in &points {
            assert!((-3.0..-1.0).contains(x) && (10.0..10.5).contains(y), "{x}, {y}");
        }
        let mean = points.iter().map(|[x, _]| x / 200.0).sum::<f64>();
        assert!((mean + 2.0).abs() < 0.15, "{mean}");
        let other = Start::Random(Draw { seed: 8, within });
        assert_ne!(Start::Random(cloud.draw).point(), other.point());
        assert!(points.windows(2).all(|pair| pair[0] != pair[1]));
        assert_eq!(Start::Origin.point(), [0.0, 0.0]);
    }
}
