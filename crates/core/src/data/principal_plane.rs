//! The plane in which a path with many coordinates is best shown.
//!
//! Source: Li et al., *Visualizing the Loss Landscape of Neural Nets*, NeurIPS (2018), section 7: the first two principal
//! directions of the path, with the last point as the origin.

use crate::math::random::uniform;

/// A path with many coordinates, in the plane of its first two principal directions.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanePath {
    /// Where each point's foot lies in the plane; the last one's is the origin.
    pub points: Vec<[f64; 2]>,
    /// How far each point lies from the plane.
    pub distance: Vec<f64>,
}

/// Rounds of the search for the directions. Each makes the error smaller by the ratio of the third spread to the second,
/// squared; where they are alike, one plane shows as much as another.
const ROUNDS: usize = 300;

/// The seed of the weights with which the search begins.
const SEED: u64 = 7;

/// The feet of `points`, which have as many finite coordinates each, in the plane through their middle along which they spread
/// most. `None` for points without coordinates, or with numbers that are not finite.
pub fn principal_plane(points: &[Vec<f64>]) -> Option<PlanePath> {
    let width = points.first()?.len();
    let is_even =
        points.iter().all(|point| point.len() == width && point.iter().all(|value| value.is_finite()));
    if !is_even || width == 0 {
        return None;
    }
    let count = points.len() as f64;
    let middle: Vec<f64> =
        (0..width).map(|axis| points.iter().map(|point| point[axis] / count).sum::<f64>()).collect();
    // Their largest becomes 1, so that no square overflows.
    let apart = |point: &Vec<f64>| -> Vec<f64> {
        point.iter().zip(&middle).map(|(value, mean)| value - mean).collect()
    };
    let mut apart: Vec<Vec<f64>> = points.iter().map(apart).collect();
    let largest = apart.iter().flatten().map(|value| value.abs()).fold(0.0, f64::max);
    let unit = if largest > 0.0 { largest } else { 1.0 };
    apart.iter_mut().flatten().for_each(|value| *value /= unit);
    let mut directions: Vec<Vec<f64>> = Vec::new();
    for _ in 0..2 {
        let found = direction(&apart, &directions);
        directions.push(found);
    }
    let foot = |point: &Vec<f64>| [0, 1].map(|axis| dot(point, &directions[axis]));
    let last = apart.last().map(foot)?;
    let distance = apart.iter().map(|point| {
        let [u, v] = foot(point);
        let beside = |((value, one), other): ((&f64, &f64), &f64)| value - u * one - v * other;
        let squares =
            point.iter().zip(&directions[0]).zip(&directions[1]).map(beside).map(|part| part * part);
        squares.sum::<f64>().sqrt() * unit
    });
    let distance = distance.collect();
    let points = apart.iter().map(|point| {
        let foot = foot(point);
        [0, 1].map(|axis| (foot[axis] - last[axis]) * unit)
    });
    Some(PlanePath { points: points.collect(), distance })
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// The direction of the largest spread at right angles to those that are `known`, of length 1; its largest part is above 0.
/// Zero where there is no spread.
fn direction(apart: &[Vec<f64>], known: &[Vec<f64>]) -> Vec<f64> {
    let width = apart.first().map_or(0, Vec::len);
    let settle = |mut found: Vec<f64>| {
        // Twice: what the first time leaves by rounding.
        for known in known.iter().chain(known) {
            let part = dot(&found, known);
            found.iter_mut().zip(known).for_each(|(value, known)| *value -= part * known);
        }
        let length = dot(&found, &found).sqrt();
        let is_there = length > 1e-150;
        for value in &mut found {
            *value = if is_there { *value / length } else { 0.0 };
        }
        found
    };
    // Begun with a sum of all points with weights that have nothing to do with them. A single one, even the farthest, may be
    // exactly at right angles to the direction, and the rounds would never leave what it spans.
    let mut begun = vec![0.0; width];
    for (point, place) in apart.iter().zip(0..) {
        let weight = 2.0 * uniform(SEED, place, known.len() as u64) - 1.0;
        begun.iter_mut().zip(point).for_each(|(sum, value)| *sum += weight * value);
    }
    let mut found = settle(begun);
    for _ in 0..ROUNDS {
        let mut next = vec![0.0; width];
        for point in apart {
            let part = dot(point, &found);
            next.iter_mut().zip(point).for_each(|(sum, value)| *sum += part * value);
        }
        found = settle(next);
    }
    let largest = found
        .iter()
        .copied()
        .fold(0.0, |most: f64, value| if value.abs() > most.abs() { value } else { most });
    if largest < 0.0 {
        for value in &mut found {
            *value = -*value;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A path in a slanted plane of five coordinates is shown whole, with its distances.
    #[test]
    fn a_path_in_a_plane_is_shown_whole() {
        let one = [0.6, 0.0, 0.8, 0.0, 0.0];
        let other = [0.0, 1.0, 0.0, 0.0, 0.0];
        let at = |t: f64| [3.0 * libm::cos(t) * libm::exp(-t), libm::sin(t) * libm::exp(-t)];
        let flat: Vec<[f64; 2]> = (0..40).map(|step| at(f64::from(step) / 4.0)).collect();
        let points: Vec<Vec<f64>> = flat
            .iter()
            .map(|[u, v]| (0..5).map(|axis| 7.0 + u * one[axis] + v * other[axis]).collect())
            .collect();
        let plane = principal_plane(&points).expect("a plane");
        assert!(plane.distance.iter().all(|distance| *distance < 1e-12));
        assert_eq!(plane.points.last(), Some(&[0.0, 0.0]));
        for (a, b) in (0..40).flat_map(|a| (0..40).map(move |b| (a, b))) {
            let far = |of: &[[f64; 2]]| libm::hypot(of[a][0] - of[b][0], of[a][1] - of[b][1]);
            assert!((far(&plane.points) - far(&flat)).abs() < 1e-12);
        }
    }

    #[test]
    fn what_lies_beside_the_plane_is_told() {
        // At right angles to both, over these nine steps.
        let small = |t: f64| 1e-3 * (t * t * t - 11.8 * t);
        let points: Vec<Vec<f64>> = (0..9)
            .map(|step| {
                let t = f64::from(step) - 4.0;
                vec![10.0 * t, t * t, small(t)]
            })
            .collect();
        let plane = principal_plane(&points).expect("a plane");
        for (distance, point) in plane.distance.iter().zip(&points) {
            assert!((distance - point[2].abs()).abs() < 1e-12, "{distance} is not {}", point[2]);
        }
    }

    /// The farthest points lie exactly at right angles to the direction of the largest spread, which many others make.
    #[test]
    fn many_near_points_outweigh_few_far_ones() {
        let mut points = Vec::new();
        for turn in 0..20 {
            let sign = if turn % 2 == 0 { 1.0 } else { -1.0 };
            points.push(vec![sign, 0.0, 0.0]);
        }
        for (axis, far) in [(1, 3.0), (2, 2.5)] {
            for sign in [1.0, -1.0] {
                let mut point = vec![0.0; 3];
                point[axis] = sign * far;
                points.push(point);
            }
        }
        let plane = principal_plane(&points).expect("a plane");
        for (distance, point) in plane.distance.iter().zip(&points) {
            assert!((distance - point[2].abs()).abs() < 1e-9, "{point:?} is {distance} from the plane");
        }
    }

    #[test]
    fn paths_without_a_plane() {
        assert_eq!(principal_plane(&[]), None);
        assert_eq!(principal_plane(&[vec![], vec![]]), None);
        assert_eq!(principal_plane(&[vec![1.0, f64::NAN, 2.0]]), None);
        let still = principal_plane(&[vec![1.0, 2.0, 3.0], vec![1.0, 2.0, 3.0]]).expect("a point");
        assert_eq!((still.points, still.distance), (vec![[0.0; 2]; 2], vec![0.0; 2]));
        let huge = principal_plane(&[vec![1e99, 0.0, 0.0], vec![-1e99, 1.0, 0.0], vec![0.0, 1e98, 0.0]]);
        assert!(huge.is_some_and(|plane| plane.points.iter().flatten().all(|value| value.is_finite())));
    }
}
