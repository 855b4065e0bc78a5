//! Lines y = f(x) on the paper.

use crate::plot::{Plot, is_finite};
use crate::polyline::{Polyline, without_straight_points};
use nalgebra::Vector2;

/// How many samples there are on a point of the paper.
const PER_POINT: f64 = 2.0;
/// The most samples.
const MOST: usize = 1 << 14;

/// The line y = f(x) over what a plot shows, in pieces where f is not finite or jumps; `row` writes f at each of the xs.
pub fn graph_line(plot: &Plot, row: impl FnOnce(&[f64], &mut [f64])) -> Vec<Polyline> {
    let [width, height] = plot.frame.size();
    let count = ((width.max(1.0) * PER_POINT) as usize + 2).min(MOST);
    let (from, to) = plot.view.x;
    let xs: Vec<f64> = (0..count).map(|i| from + (to - from) * (i as f64 / (count - 1) as f64)).collect();
    let mut heights = vec![0.0; count];
    row(&xs, &mut heights);
    let mut lines = Vec::new();
    let mut points: Vec<Vector2<f64>> = Vec::new();
    let mut end = |points: &mut Vec<Vector2<f64>>| {
        if points.len() > 1 {
            lines.push(Polyline::open(without_straight_points(points.drain(..))));
        }
        points.clear();
    };
    for (x, f) in xs.into_iter().zip(heights) {
        let at = Vector2::new(x, f);
        if !is_finite(at) {
            end(&mut points);
            continue;
        }
        let place = plot.to.place(at);
        // What crosses the whole plot between two samples is a jump, or a pole.
        if points.last().is_some_and(|last| (last.y - place.y).abs() > height) {
            end(&mut points);
        }
        points.push(place);
    }
    end(&mut points);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::{Scheme, Theme};
    use crate::viewport::Rect;
    use thalweg_core::objective::view::View;

    fn lines(f: impl Fn(f64) -> f64) -> Vec<Polyline> {
        let frame = Rect::new(Vector2::zeros(), Vector2::new(400.0, 300.0));
        let plot = Plot::new(View { x: (-2.0, 2.0), y: (-1.0, 2.0) }, frame, Scheme::new(Theme::Light));
        graph_line(&plot, |xs, heights| {
            for (x, height) in xs.iter().zip(heights) {
                *height = f(*x);
            }
        })
    }

    #[test]
    fn a_line_goes_through_its_function_and_breaks_where_it_does() {
        let parabola = lines(|x| x * x);
        assert_eq!(parabola.len(), 1);
        for point in &parabola[0].points {
            let x = point.x / 100.0 - 2.0;
            assert!((point.y - (200.0 - 100.0 * x * x)).abs() < 1e-9, "{point}");
        }
        assert_eq!(lines(|x| 1.0 / x).len(), 2);
        assert_eq!(lines(|x| if x < 0.5 { f64::NAN } else { x }).len(), 1);
        assert!(lines(|_| f64::INFINITY).is_empty());
        // A step that is seen is a step, not a gap.
        assert_eq!(lines(f64::signum).len(), 1);
    }
}
