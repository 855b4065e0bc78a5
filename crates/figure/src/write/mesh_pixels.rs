//! Surfaces of quadrilaterals as pixels.

use crate::color::Rgba;
use crate::raster::Raster;
use crate::shaded_mesh::ShadedMesh;
use crate::viewport::Rect;
use nalgebra::Vector2;
use thalweg_core::math::within::Within;

/// So many samples are taken in a pixel along each side.
const SAMPLES: usize = 3;
/// As many pixels a picture has that is put into a file of lines, and as many to a point.
const MOST_PIXELS: f64 = 300_000.0;
const MOST_SCALE: f64 = 2.0;

/// A grid of pixels on the paper.
#[derive(Clone, Copy, Debug)]
pub struct PixelGrid {
    /// The upper left corner of the first one, in points.
    pub corner: Vector2<f64>,
    /// How many there are in a point.
    pub scale: f64,
    /// How many lie side by side, and one above the other.
    pub size: [usize; 2],
}

/// The colours of a surface at the pixels of a grid, row by row.
pub fn mesh_pixels(mesh: &ShadedMesh, grid: PixelGrid) -> Vec<Rgba> {
    let [columns, rows] = grid.size;
    let mut samples = MeshSamples {
        size: [columns * SAMPLES, rows * SAMPLES],
        colors: vec![[0.0; 4]; columns * rows * SAMPLES * SAMPLES],
    };
    let scale = grid.scale * SAMPLES as f64;
    for quad in &mesh.quads {
        let corners = quad.map(|corner| {
            let at = mesh.vertices.get(corner as usize).copied().unwrap_or_default();
            let color = mesh.colors.get(corner as usize).copied().unwrap_or(Rgba::TRANSPARENT);
            let channels = [color.red, color.green, color.blue, color.alpha].map(f64::from);
            ((at - grid.corner) * scale, channels)
        });
        samples.fill([corners[0], corners[1], corners[2]]);
        samples.fill([corners[0], corners[2], corners[3]]);
    }
    let pixel = |index: usize| samples.mean(index % columns, index / columns);
    (0..columns * rows).map(pixel).collect()
}

/// A picture of a surface, and where it lies; none where there is nothing to see.
pub fn mesh_raster(mesh: &ShadedMesh) -> Option<(Raster, Rect)> {
    let mut bounds = Rect::EMPTY;
    for quad in &mesh.quads {
        mesh.corners(*quad).iter().for_each(|corner| bounds.include((*corner).into()));
    }
    let [width, height] = bounds.size();
    if !(width > 0.0 && height > 0.0 && width.is_finite() && height.is_finite()) {
        return None;
    }
    let scale = libm::sqrt(MOST_PIXELS / (width * height)).min(MOST_SCALE);
    let count = |length: f64| (libm::ceil(length * scale) as usize).within(2, 4096);
    let (size, corner) = ([count(width), count(height)], Vector2::from(bounds.min));
    let cells = mesh_pixels(mesh, PixelGrid { corner, scale, size });
    let [columns, rows] = size;
    let half = Vector2::new(0.5, 0.5) / scale;
    let middles = Vector2::new((columns - 1) as f64, (rows - 1) as f64) / scale;
    Some((Raster { columns, rows, cells, is_smooth: true }, Rect::new(corner + half, middles)))
}

/// A corner, in samples, with its colour.
type ShadedCorner = (Vector2<f64>, [f64; 4]);

/// MeshSamples of colours: red, green, blue and opacity, from 0 to 255.
struct MeshSamples {
    size: [usize; 2],
    colors: Vec<[f64; 4]>,
}

impl MeshSamples {
    /// Covers a triangle, in colours that go over from corner to corner.
    fn fill(&mut self, corners: [ShadedCorner; 3]) {
        let [a, b, c] = corners.map(|(at, _)| at);
        let area = (b - a).perp(&(c - a));
        if !(area.abs() > 0.0 && area.is_finite()) {
            return;
        }
        let rows = span([a.y, b.y, c.y], self.size[1]);
        for row in rows {
            let y = row as f64 + 0.5;
            // Where its sides cross the row.
            let crossings = [(a, b), (b, c), (c, a)].into_iter().filter_map(|(from, to)| {
                let is_across = (from.y <= y) != (to.y <= y);
                is_across.then(|| from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y))
            });
            let (left, right) = crossings
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
            if left > right {
                continue;
            }
            for column in span([left, right, right], self.size[0]) {
                let at = Vector2::new(column as f64 + 0.5, y);
                let part = |from: Vector2<f64>, to: Vector2<f64>| {
                    ((to - from).perp(&(at - from)) / area).within(0.0, 1.0)
                };
                let (of_a, of_b) = (part(b, c), part(c, a));
                let of_c = (1.0 - of_a - of_b).max(0.0);
                let color = [0, 1, 2, 3]
                    .map(|i| of_a * corners[0].1[i] + of_b * corners[1].1[i] + of_c * corners[2].1[i]);
                let below = &mut self.colors[row * self.size[0] + column];
                *below = over(color, *below);
            }
        }
    }

    /// The colour of a pixel.
    fn mean(&self, column: usize, row: usize) -> Rgba {
        let mut sum = [0.0; 4];
        for index in 0..SAMPLES * SAMPLES {
            let (x, y) = (column * SAMPLES + index % SAMPLES, row * SAMPLES + index / SAMPLES);
            let [red, green, blue, alpha] = self.colors[y * self.size[0] + x];
            for (sum, channel) in sum.iter_mut().zip([red * alpha, green * alpha, blue * alpha, alpha]) {
                *sum += channel;
            }
        }
        if sum[3] <= 0.0 {
            return Rgba::TRANSPARENT;
        }
        let byte = |value: f64| libm::round(value.within(0.0, 255.0)) as u8;
        let [red, green, blue] = [0, 1, 2].map(|i| byte(sum[i] / sum[3]));
        Rgba { red, green, blue, alpha: byte(sum[3] / (SAMPLES * SAMPLES) as f64) }
    }
}

/// The samples whose middles lie between the least and the largest of three places.
fn span(places: [f64; 3], count: usize) -> std::ops::Range<usize> {
    let [a, b, c] = places;
    let at = |place: f64| libm::ceil(place - 0.5).within(0.0, count as f64) as usize;
    at(a.min(b).min(c))..at(a.max(b).max(c))
}

/// A colour over another.
fn over(above: [f64; 4], below: [f64; 4]) -> [f64; 4] {
    if above[3] >= 255.0 || below[3] <= 0.0 {
        return above;
    }
    let (part, rest) = (above[3] / 255.0, below[3] / 255.0 * (1.0 - above[3] / 255.0));
    let alpha = part + rest;
    if alpha <= 0.0 {
        return below;
    }
    let [red, green, blue] = [0, 1, 2].map(|i| (above[i] * part + below[i] * rest) / alpha);
    [red, green, blue, alpha * 255.0]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(mesh: &mut ShadedMesh, from: f64, to: f64, color: Rgba) {
        let corners = [(from, from), (to, from), (to, to), (from, to)];
        let quad = corners.map(|(x, y)| mesh.vertex(Vector2::new(x, y), color));
        mesh.quads.push(quad);
    }

    #[test]
    fn what_comes_later_covers_what_was_before_without_a_seam() {
        let mut mesh = ShadedMesh::default();
        square(&mut mesh, 0.0, 8.0, Rgba::gray(200));
        square(&mut mesh, 4.0, 12.0, Rgba::gray(50));
        let grid = PixelGrid { corner: Vector2::zeros(), scale: 1.0, size: [16, 16] };
        let pixels = mesh_pixels(&mesh, grid);
        let at = |x: usize, y: usize| pixels[y * 16 + x];
        for (x, y) in (0..16).flat_map(|x| (0..16).map(move |y| (x, y))) {
            let is_in = |from: usize, to: usize| (from..to).contains(&x) && (from..to).contains(&y);
            let expected = if is_in(4, 12) {
                Rgba::gray(50)
            } else if is_in(0, 8) {
                Rgba::gray(200)
            } else {
                Rgba::TRANSPARENT
            };
            assert_eq!(at(x, y), expected, "{x} {y}");
        }
    }

    #[test]
    fn colours_go_over_and_borders_are_soft() {
        let mut mesh = ShadedMesh::default();
        let corner = |mesh: &mut ShadedMesh, x, y, level| mesh.vertex(Vector2::new(x, y), Rgba::gray(level));
        let quad = [
            corner(&mut mesh, 0.5, 0.0, 0),
            corner(&mut mesh, 10.5, 0.0, 200),
            corner(&mut mesh, 10.5, 10.0, 200),
            corner(&mut mesh, 0.5, 10.0, 0),
        ];
        mesh.quads.push(quad);
        let pixels = mesh_pixels(&mesh, PixelGrid { corner: Vector2::zeros(), scale: 1.0, size: [12, 10] });
        assert!(pixels[5 * 12].alpha > 0 && pixels[5 * 12].alpha < 255);
        let row: Vec<_> = (1..10).map(|x| pixels[5 * 12 + x].red).collect();
        assert!(row.is_sorted() && row[0] < 30 && row[8] > 170, "{row:?}");
        let (raster, place) = mesh_raster(&mesh).unwrap();
        assert!(raster.is_smooth && place.area() < 100.0 && raster.whole(place).area() > 99.0);
        assert!(mesh_raster(&ShadedMesh::default()).is_none());
    }
}
