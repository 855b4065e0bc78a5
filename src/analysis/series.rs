//! Temporary.
/// Values.
#[derive(Clone, Debug, Default)]
pub struct Pyramid {
    v: Vec<f64>,
}
impl Pyramid {
    /// .
    pub fn len(&self) -> usize {
        self.v.len()
    }
    /// .
    pub fn is_empty(&self) -> bool {
        self.v.is_empty()
    }
    /// .
    pub fn push(&mut self, v: f64) {
        self.v.push(v)
    }
    /// .
    pub fn range(&self, r: std::ops::Range<usize>) -> Option<(f64, f64)> {
        self.v[r]
            .iter()
            .filter(|v| v.is_finite())
            .fold(None, |a, v| Some(a.map_or((*v, *v), |(l, h): (f64, f64)| (l.min(*v), h.max(*v)))))
    }
}
