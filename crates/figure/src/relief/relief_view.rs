//! How the relief is looked at: from far away (orthographic), so that equal things are equally large.

use crate::viewport::Rect;
use nalgebra::Vector2;
use thalweg_core::math::within::Within;

/// How high the relief is at least and at most, where its floor's longer side is 2: in between, as high as the
/// frame has room for when it is looked at from [`USUAL`].
const HEIGHTS: (f64, f64) = (0.75, 1.25);
/// A usual elevation, in radians.
const USUAL: f64 = 0.6;
/// How far the floor is below its lowest point, in heights of the relief.
const BELOW: f64 = 0.5;

/// From where the relief is looked at, in degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// The side: counted from the x axis towards the y axis.
    pub azimuth: f64,
    /// How high above the horizon.
    pub elevation: f64,
}

/// The map from the relief to the paper. Points of the floor are parts of its width and depth, from 0 to 1;
/// heights are parts of the relief's, from 0 (lowest) to 1; the floor lies at [`ReliefView::FLOOR`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReliefView {
    /// Half the floor's sides.
    half: Vector2<f64>,
    /// How high it is.
    height: f64,
    /// The direction on the floor that goes to the right on the paper.
    right: Vector2<f64>,
    /// The direction on the floor towards whoever looks.
    toward: Vector2<f64>,
    /// The sine and the cosine of the elevation.
    rise: (f64, f64),
    /// Points of the paper per unit.
    scale: f64,
    /// The place of the floor's middle, raised to height 0.
    origin: Vector2<f64>,
}

/// The straight line behind a place of the paper, on which everything that is seen there lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SightLine {
    /// Where it is at height 0.
    pub at: Vector2<f64>,
    /// How it goes on per unit of height, towards whoever looks.
    pub way: Vector2<f64>,
}

impl ReliefView {
    /// The height of the floor.
    pub const FLOOR: f64 = -BELOW;

    /// The view in which the relief fills a frame, however it is turned; `sides` are the floor's width and
    /// depth in any unit.
    pub fn new(camera: Camera, sides: [f64; 2], frame: Rect) -> Self {
        let longest = sides[0].max(sides[1]).max(1e-9);
        let half = Vector2::from(sides).map(|side| (side / longest).max(1e-3));
        let (sin, cos) = libm::sincos(camera.azimuth.to_radians());
        let rise = libm::sincos(camera.elevation.to_radians());
        // Its corners describe a circle as it turns.
        let radius = half.norm();
        let [width, depth] = frame.size();
        let usual = libm::sincos(USUAL);
        let free = depth / width * 2.0 * radius - 2.0 * radius * usual.0;
        let (least, most) = HEIGHTS;
        let height = (free / (1.0 + BELOW) / usual.1).within(least, most);
        let (above, below) = (height * rise.1, height * BELOW * rise.1);
        let size = Vector2::new(2.0 * radius, 2.0 * radius * rise.0 + above + below);
        let scale = (width / size.x).min(depth / size.y).max(1e-6);
        let middle = Vector2::new(0.0, (above - below) / 2.0);
        Self {
            half,
            height,
            right: Vector2::new(-sin, cos),
            toward: Vector2::new(cos, sin),
            rise,
            scale,
            origin: frame.center() + middle * scale,
        }
    }

    /// The place of a point at a height.
    pub fn place(&self, at: Vector2<f64>, height: f64) -> Vector2<f64> {
        let way = self.half.component_mul(&(2.0 * at - Vector2::new(1.0, 1.0)));
        let up = height * self.height * self.rise.1 - way.dot(&self.toward) * self.rise.0;
        self.origin + Vector2::new(way.dot(&self.right), -up) * self.scale
    }

    /// The places of points with their heights; those without a height lie on the floor.
    pub fn places(&self, points: impl Iterator<Item = (Vector2<f64>, f64)>) -> Vec<Vector2<f64>> {
        let height = |height: f64| if height.is_finite() { height } else { Self::FLOOR };
        points.map(|(at, of)| self.place(at, height(of))).collect()
    }

    /// The line behind a place.
    pub fn sight(&self, place: Vector2<f64>) -> SightLine {
        let from = (place - self.origin) / self.scale;
        let on_floor = |way: Vector2<f64>| way.component_div(&(2.0 * self.half));
        let at = self.right * from.x + self.toward * (from.y / self.rise.0);
        SightLine { at: on_floor(at) + Vector2::new(0.5, 0.5), way: self.way() }
    }

    /// How every line of sight goes on per unit of height.
    pub fn way(&self) -> Vector2<f64> {
        (self.toward * (self.height * self.rise.1 / self.rise.0)).component_div(&(2.0 * self.half))
    }

    /// Which sides of the floor are nearest to whoever looks: of each axis 0 for its lower end, 1 for its upper.
    pub fn near(&self) -> [f64; 2] {
        [self.toward.x, self.toward.y].map(|toward| if toward > 0.0 { 1.0 } else { 0.0 })
    }

    /// The upward normal of a slope, given by how it rises along both axes per whole side, in units of
    /// height; of length 1.
    pub fn normal(&self, slope: Vector2<f64>) -> [f64; 3] {
        let slope = (slope * self.height).component_div(&(2.0 * self.half));
        let length = libm::sqrt(slope.norm_squared() + 1.0);
        [-slope.x / length, -slope.y / length, 1.0 / length]
    }

    /// A direction in space, of length 1, from how far it goes to the right, towards whoever looks, and up.
    pub fn direction(&self, [right, toward, up]: [f64; 3]) -> [f64; 3] {
        let flat = self.right * right + self.toward * toward;
        let length = libm::sqrt(flat.norm_squared() + up * up);
        [flat.x / length, flat.y / length, up / length]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Rect = Rect { min: [10.0, 20.0], max: [610.0, 420.0] };

    fn view(azimuth: f64, elevation: f64) -> ReliefView {
        ReliefView::new(Camera { azimuth, elevation }, [3.0, 2.0], FRAME)
    }

    #[test]
    fn everything_is_in_the_frame_from_every_side() {
        for azimuth in (0..36).map(|i| f64::from(i) * 10.0) {
            for elevation in [5.0, 35.0, 85.0] {
                let view = view(azimuth, elevation);
                for (x, y, height) in
                    [0.0, 1.0].into_iter().flat_map(|x| [0.0, 1.0].map(|y| (x, y, 1.0))).flat_map(|corner| {
                        [ReliefView::FLOOR, corner.2].map(|height| (corner.0, corner.1, height))
                    })
                {
                    let place = view.place(Vector2::new(x, y), height);
                    assert!(FRAME.enlarged(1e-9).contains(place.into()), "{azimuth} {elevation} {place:?}");
                }
            }
        }
    }

    #[test]
    fn what_lies_on_a_line_of_sight_has_one_place() {
        for azimuth in [-60.0, 0.0, 90.0, 200.0, 1e6] {
            let view = view(azimuth, 30.0);
            let place = view.place(Vector2::new(0.3, 0.8), 0.4);
            let sight = view.sight(place);
            assert!((sight.at + sight.way * 0.4 - Vector2::new(0.3, 0.8)).norm() < 1e-9, "{sight:?}");
            for height in [-0.5, 0.0, 1.0] {
                assert!((view.place(sight.at + sight.way * height, height) - place).norm() < 1e-9);
            }
        }
    }

    #[test]
    fn x_goes_to_the_right_and_y_away_when_looked_at_from_below_the_map() {
        let view = view(-90.0, 30.0);
        let at = |x, y, height| view.place(Vector2::new(x, y), height);
        assert!(at(1.0, 0.0, 0.0).x > at(0.0, 0.0, 0.0).x + 100.0);
        assert!(at(0.0, 1.0, 0.0).y < at(0.0, 0.0, 0.0).y - 50.0, "farther is higher on the paper");
        assert!(at(0.0, 0.0, 1.0).y < at(0.0, 0.0, 0.0).y - 50.0);
        assert_eq!(view.near(), [1.0, 0.0]);
    }
}
