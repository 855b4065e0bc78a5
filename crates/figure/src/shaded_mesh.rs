//! Surfaces made of quadrilaterals, as they lie on the paper.

use crate::color::Rgba;
use nalgebra::Vector2;
use std::sync::Arc;

/// Quadrilaterals on the paper, the farthest first: each covers what it lies on. Their colours go over from
/// corner to corner; what cannot draw that fills each with [`ShadedMesh::fill`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ShadedMesh {
    /// The corners that the quadrilaterals share, in points of the paper.
    pub vertices: Vec<Vector2<f64>>,
    /// The colour at each of them.
    pub colors: Vec<Rgba>,
    /// The four corners of each, in their order around it. It bends along the line from the first to the
    /// third: it is the triangles (0, 1, 2) and (0, 2, 3).
    pub quads: Vec<[u32; 4]>,
    /// A surface like it of fewer quadrilaterals, for what has to write each of them; none where these are few.
    pub coarser: Option<Arc<ShadedMesh>>,
}

impl ShadedMesh {
    /// A further corner; gives its index.
    pub fn vertex(&mut self, at: Vector2<f64>, color: Rgba) -> u32 {
        self.vertices.push(at);
        self.colors.push(color);
        self.vertices.len() as u32 - 1
    }

    /// The corners of a quadrilateral.
    pub fn corners(&self, quad: [u32; 4]) -> [Vector2<f64>; 4] {
        quad.map(|corner| self.vertices.get(corner as usize).copied().unwrap_or_default())
    }

    /// One colour for a quadrilateral: the mean of those at its corners.
    pub fn fill(&self, quad: [u32; 4]) -> Rgba {
        let corners =
            quad.map(|corner| self.colors.get(corner as usize).copied().unwrap_or(Rgba::TRANSPARENT));
        let mean = |channel: fn(&Rgba) -> u8| {
            let sum: u16 = corners.iter().map(|color| u16::from(channel(color))).sum();
            ((sum + 2) / 4) as u8
        };
        Rgba {
            red: mean(|color| color.red),
            green: mean(|color| color.green),
            blue: mean(|color| color.blue),
            alpha: mean(|color| color.alpha),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fill_is_the_mean_of_the_corners() {
        let mut mesh = ShadedMesh::default();
        let levels = [10, 20, 31, 40];
        let quad = levels.map(|level| mesh.vertex(Vector2::new(f64::from(level), 1.0), Rgba::gray(level)));
        assert_eq!(mesh.fill(quad), Rgba::gray(25));
        assert_eq!(mesh.corners(quad).map(|at| at.x), levels.map(f64::from));
    }
}
