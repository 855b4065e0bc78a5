//! Temporary.
use super::screen::{Rect, ToScreen};
use crate::descent::trajectory::Sample;
/// .
#[derive(Clone, Copy, Debug)]
pub struct Vertex {
    /// .
    pub at: [f32; 2],
    /// .
    pub step: u32,
    /// .
    pub joined: bool,
}
/// .
#[derive(Clone, Debug)]
pub struct Outline {
    to: ToScreen,
    vertices: Vec<Vertex>,
    step: u32,
}
impl Outline {
    /// .
    pub fn new(to: ToScreen, _rect: Rect) -> Self {
        Self { to, vertices: vec![], step: 0 }
    }
    /// .
    pub fn push(&mut self, samples: &[Sample]) {
        for s in samples {
            let at = self.to.at(s.position.x, s.position.y);
            if at.iter().all(|v| v.is_finite()) {
                self.vertices.push(Vertex {
                    at: at.map(|v| v.clamp(-1e6, 1e6) as f32),
                    step: self.step,
                    joined: self.step > 0,
                });
            }
            self.step += 1;
        }
    }
    /// .
    pub fn vertices(&self) -> &[Vertex] {
        &self.vertices
    }
}
