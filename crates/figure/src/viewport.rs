//! Rectangles of the paper, and the one map between a part of the plane and its place on the paper.

use nalgebra::Vector2;
use thalweg_core::math::within::Within;
use thalweg_core::objective::view::View;

/// The map from the plane to the paper, axis by axis: paper = plane * scale + offset, in points. A negative
/// scale turns an axis round, as y needs, which the paper counts downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ToPaper {
    /// Points per unit of x and of y.
    pub scale: [f64; 2],
    /// The place of x = 0 and of y = 0.
    pub offset: [f64; 2],
}

/// Nothing of a picture lies farther away than this, in points: what arithmetic with the 24 digits of an
/// f32 can bear.
const FAR: f64 = 1e6;

impl ToPaper {
    /// The map under which `view` fills `frame`.
    pub fn new(view: View, frame: Rect) -> Self {
        let [width, height] = frame.size();
        let scale = [width / (view.x.1 - view.x.0), -height / (view.y.1 - view.y.0)];
        let offset = [frame.min[0] - view.x.0 * scale[0], frame.max[1] - view.y.0 * scale[1]];
        Self { scale, offset }
    }

    /// The place of a point of the plane, at most 1e6 points away; not finite where the point is not.
    pub fn place(&self, p: Vector2<f64>) -> Vector2<f64> {
        self.at(p.x, p.y).map(|value| value.within(-FAR, FAR)).into()
    }

    /// The point of the plane at a place of the paper.
    pub fn plane(&self, place: Vector2<f64>) -> Vector2<f64> {
        let back = |axis: usize| (place[axis] - self.offset[axis]) / self.scale[axis];
        Vector2::new(back(0), back(1))
    }

    /// The way on the paper of a way in the plane.
    pub fn way(&self, way: Vector2<f64>) -> Vector2<f64> {
        Vector2::new(way.x * self.scale[0], way.y * self.scale[1])
    }

    /// The place of a part of the plane.
    pub fn rect(&self, view: View) -> Rect {
        let mut rect = Rect::EMPTY;
        rect.include(self.place(Vector2::new(view.x.0, view.y.0)).into());
        rect.include(self.place(Vector2::new(view.x.1, view.y.1)).into());
        rect
    }

    /// The place of a point of the plane; not finite where the point is not.
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
    /// From one corner, with its width and its height.
    pub fn new(corner: Vector2<f64>, size: Vector2<f64>) -> Self {
        Self { min: corner.into(), max: (corner + size).into() }
    }

    /// Around its centre, with its width and its height.
    pub fn around(center: Vector2<f64>, size: Vector2<f64>) -> Self {
        Self::new(center - size / 2.0, size)
    }

    /// Its width and its height.
    pub fn size(&self) -> [f64; 2] {
        [self.max[0] - self.min[0], self.max[1] - self.min[1]]
    }

    /// Its area; 0 where it is empty or turned inside out.
    pub fn area(&self) -> f64 {
        let [width, height] = self.size();
        if width > 0.0 && height > 0.0 { width * height } else { 0.0 }
    }

    /// A place as parts of the sides, from the lower left corner; the other way round than [`Rect::part`], which counts
    /// downward.
    pub fn unit(&self, [x, y]: [f64; 2]) -> Vector2<f64> {
        let [width, height] = self.size();
        Vector2::new((x - self.min[0]) / width, (self.max[1] - y) / height)
    }

    /// The place at parts of its width, from the left, and of its height, from the top.
    pub fn part(&self, across: f64, down: f64) -> Vector2<f64> {
        let [width, height] = self.size();
        Vector2::new(self.min[0] + across * width, self.min[1] + down * height)
    }

    /// Its middle.
    pub fn center(&self) -> Vector2<f64> {
        self.part(0.5, 0.5)
    }

    /// What it has in common with another; turned inside out where that is nothing.
    pub fn intersection(&self, other: &Self) -> Self {
        Self {
            min: [0, 1].map(|axis| self.min[axis].max(other.min[axis])),
            max: [0, 1].map(|axis| self.max[axis].min(other.max[axis])),
        }
    }

    /// Whether it and another have more than a border in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.intersection(other).area() > 0.0
    }

    /// Larger by `margin` on the left and right, and above and below; smaller where it is negative.
    pub fn grown(self, margin: Vector2<f64>) -> Self {
        Self {
            min: [self.min[0] - margin.x, self.min[1] - margin.y],
            max: [self.max[0] + margin.x, self.max[1] + margin.y],
        }
    }

    /// The place in it that is nearest to another.
    pub fn nearest_to(&self, place: Vector2<f64>) -> Vector2<f64> {
        // Of one turned inside out, the upper left corner.
        let inside = |axis: usize| place[axis].min(self.max[axis]).max(self.min[axis]);
        Vector2::new(inside(0), inside(1))
    }

    /// What contains nothing: the start for [`Rect::include`].
    pub const EMPTY: Self = Self { min: [f64::INFINITY; 2], max: [f64::NEG_INFINITY; 2] };

    /// Grows to contain a point.
    #[inline]
    pub fn include(&mut self, p: [f64; 2]) {
        self.min = [self.min[0].min(p[0]), self.min[1].min(p[1])];
        self.max = [self.max[0].max(p[0]), self.max[1].max(p[1])];
    }

    /// The rectangle larger by `margin` on every side.
    pub fn enlarged(self, margin: f64) -> Self {
        Self { min: self.min.map(|v| v - margin), max: self.max.map(|v| v + margin) }
    }

    /// Whether the point lies inside or on the border.
    #[inline]
    pub fn contains(&self, p: [f64; 2]) -> bool {
        p[0] >= self.min[0] && p[0] <= self.max[0] && p[1] >= self.min[1] && p[1] <= self.max[1]
    }

    /// The rectangle on the paper of one in the plane. Empty stays empty.
    pub fn on_paper(&self, to: &ToPaper) -> Self {
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

/// The smallest and the largest extent of a view on paper, and with the latter the farthest place: with more or less,
/// products with the paper's size would be no numbers.
const EXTENTS: (f64, f64) = (1e-290, 1e290);

/// A view made as wide or as high as `size`, in points, so that a unit is equally long both ways.
pub fn fit(view: View, size: [f64; 2]) -> View {
    let [width, height] = size.map(|length| length.max(1.0));
    let ((x, half_x), (y, half_y)) = (middle(view.x), middle(view.y));
    let unit = (half_x / width).max(half_y / height);
    View { x: around(x, unit * width), y: around(y, unit * height) }
}

/// A view that fills a frame as it is, each axis with a scale of its own.
pub fn filling(view: View) -> View {
    let [x, y] = [view.x, view.y].map(|side| {
        let (centre, half) = middle(side);
        around(centre, half)
    });
    View { x, y }
}

/// The middle of a side of a view, and half its length, as far as the map to the paper can be made of them.
fn middle((min, max): (f64, f64)) -> (f64, f64) {
    let (least, most) = EXTENTS;
    ((min / 2.0 + max / 2.0).within(-most, most), (max / 2.0 - min / 2.0).within(least, most))
}

fn around(centre: f64, half: f64) -> (f64, f64) {
    (centre - half, centre + half)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_fills_its_frame_and_is_found_again() {
        let frame = Rect::new(Vector2::new(40.0, 10.0), Vector2::new(300.0, 200.0));
        let view = fit(View { x: (-1.0, 1.0), y: (0.0, 1.0) }, frame.size());
        assert_eq!(view.x, (-1.0, 1.0));
        assert!((view.y.0 + 1.0 / 6.0).abs() + (view.y.1 - 7.0 / 6.0).abs() < 1e-14, "{view:?}");
        let to = ToPaper::new(view, frame);
        assert!((to.scale[0] + to.scale[1]).abs() < 1e-9, "{to:?}");
        for p in [Vector2::new(-1.0, 0.5), Vector2::new(0.25, 0.75)] {
            assert!((to.plane(to.place(p)) - p).norm() < 1e-14);
        }
        let place = to.rect(view);
        assert!(
            place.intersection(&frame).area() > frame.area() - 1e-9 && place.area() < frame.area() + 1e-9
        );
        assert_eq!(to.place(Vector2::new(1e300, -1e300)), Vector2::new(1e6, 1e6));
    }

    /// Whatever a document has for a view: the map to the paper is made of numbers, and goes there and back.
    #[test]
    fn every_view_has_a_place() {
        let most = f64::MAX / 4.0;
        let sides = [(-1.0, 1.0), (-most, most), (0.0, most), (1e308, 1.5e308), (0.0, 1e-300), (0.0, 1e-320)];
        let sides =
            sides.into_iter().chain([(1.0, 1.0 + 1e-15), (-1e300, -1e300 + 1e285), (-5e-324, 5e-324)]);
        let frames = [[1.0, 1.0], [0.5, 900.0], [4000.0, 3000.0], [8000.0, 2.0]];
        for (x, y, size) in sides.clone().flat_map(|x| {
            let sides = sides.clone();
            sides.flat_map(move |y| frames.map(|size| (x, y, size)))
        }) {
            let frame = Rect::new(Vector2::new(40.0, 10.0), size.into());
            let view = fit(View { x, y }, size);
            let to = ToPaper::new(view, frame);
            let numbers = [to.scale, to.offset].concat();
            assert!(numbers.iter().all(|number| number.is_finite()), "{x:?} {y:?} {size:?}: {to:?}");
            let place = to.rect(view);
            assert!(place.area() > 0.0 && place.area().is_finite(), "{x:?} {y:?} {size:?}: {place:?}");
        }
    }
}
