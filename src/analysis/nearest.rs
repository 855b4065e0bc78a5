//! Temporary.
use super::screen::ToScreen;
use crate::descent::trajectory::Sample;
/// .
#[derive(Clone, Debug, Default)]
pub struct Finder {}
/// .
pub struct Found {
    /// .
    pub distance: f64,
    /// .
    pub step: u32,
}
impl Finder {
    /// .
    pub fn extend(&mut self, _s: &[Sample]) {}
    /// .
    pub fn nearest(&self, s: &[Sample], to: &ToScreen, at: [f64; 2], reach: f64) -> Option<Found> {
        s.iter()
            .enumerate()
            .map(|(i, s)| {
                let p = to.at(s.position.x, s.position.y);
                Found { distance: libm::hypot(p[0] - at[0], p[1] - at[1]), step: i as u32 }
            })
            .filter(|f| f.distance < reach)
            .min_by(|a, b| a.distance.total_cmp(&b.distance))
    }
}
