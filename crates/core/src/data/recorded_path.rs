//! A path that was made elsewhere: by a student's program, by a training of some library.

use crate::math::compensated::moderating_scale;

/// A path that was made elsewhere, step by step. At least two points, of any numbers, infinite ones and NaN too: such are
/// the paths of runs that diverge.
#[derive(Clone, Debug, Default)]
pub struct RecordedPath {
    /// The file as the user named it, or the name that it has in the document.
    pub name: String,
    /// The names of the file's columns that were chosen; empty where nobody has chosen.
    pub chosen: Vec<String>,
    /// What the two coordinates are called there.
    pub columns: [String; 2],
    /// The positions, from step 0 on.
    pub points: Vec<[f64; 2]>,
    /// The loss that was recorded beside each position; empty where there is none.
    pub loss: Vec<f64>,
    /// How far each position of a path with more coordinates lies from the plane in which it is shown; empty where it
    /// is shown whole.
    pub distance: Vec<f64>,
}

/// Two paths are the same where all their numbers are, NaN and NaN too: a document is the same as itself.
impl PartialEq for RecordedPath {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &[f64], b: &[f64]| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a == b || a.is_nan() && b.is_nan())
        };
        (&self.name, &self.chosen, &self.columns) == (&other.name, &other.chosen, &other.columns)
            && same(self.points.as_flattened(), other.points.as_flattened())
            && same(&self.loss, &other.loss)
            && same(&self.distance, &other.distance)
    }
}

impl RecordedPath {
    /// Whether there is a step at all.
    pub fn has_steps(&self) -> bool {
        self.points.len() >= 2
    }

    /// How much of the path's spread about its middle the plane shows, from 0 to 1: 1 where it is shown whole.
    pub fn share_shown(&self) -> f64 {
        let finite =
            |values: &[f64]| values.iter().copied().filter(|value| value.is_finite()).collect::<Vec<_>>();
        let distance = finite(&self.distance);
        if distance.is_empty() {
            return 1.0;
        }
        let squares = |values: &[f64]| {
            let scale = moderating_scale(values.iter().map(|value| value.abs()).fold(0.0, f64::max));
            (values.iter().map(|value| value * scale).map(|value| value * value).sum::<f64>(), scale)
        };
        let lost = squares(&distance);
        let mut shown = Vec::new();
        for axis in [0, 1] {
            let along = finite(&self.points.iter().map(|point| point[axis]).collect::<Vec<_>>());
            let mean = along.iter().sum::<f64>() / along.len() as f64;
            shown.extend(along.iter().map(|value| value - mean));
        }
        let shown = squares(&shown);
        // In units of the larger of the two.
        let unit = 1.0 / crate::math::number::Number::minimum(lost.1, shown.1);
        let whole = |(sum, scale): (f64, f64)| sum / (scale * unit) / (scale * unit);
        let (lost, shown) = (whole(lost), whole(shown));
        if lost + shown > 0.0 { shown / (lost + shown) } else { 1.0 }
    }

    /// Whether all numbers of the positions are ones of single precision, as most trainings have them.
    pub fn is_single(&self) -> bool {
        let is_single = |value: f64| !value.is_finite() || f64::from(value as f32) == value;
        self.points.iter().flatten().all(|value| is_single(*value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_plane_shows_of_a_path_is_told() {
        let points = vec![[0.0, 0.0], [2.0, 0.0], [4.0, 0.0]];
        let path = RecordedPath { points, ..RecordedPath::default() };
        assert_eq!(path.share_shown(), 1.0);
        // 8 of spread in the plane, and 2 beside it.
        let path = RecordedPath { distance: vec![1.0, 0.0, 1.0], ..path };
        assert!((path.share_shown() - 0.8).abs() < 1e-15);
        for scale in [1e-200, 1e150] {
            let points = path.points.iter().map(|point| point.map(|value| value * scale)).collect();
            let distance = path.distance.iter().map(|value| value * scale).collect();
            let share = RecordedPath { points, distance, ..path.clone() }.share_shown();
            assert!((share - 0.8).abs() < 1e-12, "{scale}: {share}");
        }
    }

    #[test]
    fn a_path_is_the_same_as_itself_where_it_has_no_numbers() {
        let path =
            RecordedPath { points: vec![[1.0, f64::NAN]], loss: vec![f64::NAN], ..RecordedPath::default() };
        assert_eq!(path, path.clone());
        assert_ne!(path, RecordedPath { loss: vec![1.0], ..path.clone() });
        assert_ne!(path, RecordedPath { points: vec![[2.0, f64::NAN]], ..path.clone() });
    }

    #[test]
    fn single_precision_is_known() {
        let path = |x: f64| RecordedPath { points: vec![[x, f64::NAN]], ..RecordedPath::default() };
        assert!(path(f64::from(0.1_f32)).is_single() && path(0.5).is_single());
        assert!(!path(0.1).is_single());
    }
}
