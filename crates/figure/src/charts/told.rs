//! Which line of a chart somebody points at, in words.

use super::chart::ChartLine;
use crate::numbers;
use crate::polyline::Polyline;
use nalgebra::Vector2;
use thalweg_core::math::within::Within;

/// How near a place must be to a line to ask for it, in points.
const REACH: f64 = 8.0;

/// The line that is nearest to a place, of those given by their pieces on the paper.
pub fn nearest(lines: &[Vec<Polyline>], place: Vector2<f64>) -> Option<usize> {
    let distance = |line: &Polyline| {
        let to = |pair: &[Vector2<f64>]| {
            let (way, from) = (pair[1] - pair[0], place - pair[0]);
            let part = (from.dot(&way) / way.norm_squared().max(1e-9)).within(0.0, 1.0);
            (from - way * part).norm()
        };
        line.points.windows(2).map(to).fold(f64::INFINITY, f64::min)
    };
    let distances = lines.iter().map(|pieces| pieces.iter().map(distance).fold(f64::INFINITY, f64::min));
    let near = distances.enumerate().filter(|(_, distance)| *distance <= REACH);
    // Of two that lie on each other, the one that is drawn last.
    near.min_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(index, _)| index)
}

/// What a line is called, and over steps what it is at a place of the horizontal axis.
pub fn words(line: &ChartLine<'_>, place: f64) -> String {
    let Some(values) = line.values.filter(|_| line.is_over_steps) else { return line.name.clone() };
    let last = values.len().saturating_sub(1);
    let step = (place.round().max(0.0) as usize).min(last);
    match values.values().get(step) {
        Some(value) => {
            let step = numbers::count(u32::try_from(step).unwrap_or(u32::MAX));
            format!("{}, step {step}: {}", line.name, numbers::number(*value))
        }
        None => line.name.clone(),
    }
}

/// At most so many letters: the name, which comes first, gives way to the number.
pub fn shortened(told: &str, most: usize) -> String {
    let (name, rest) = told.rfind(", step ").map_or((told, ""), |at| told.split_at(at));
    let room = most.saturating_sub(rest.chars().count()).max(3);
    if name.chars().count() <= room {
        return told.to_owned();
    }
    name.chars().take(room - 1).chain(['…']).chain(rest.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_gives_way_to_the_number() {
        assert_eq!(shortened("β, one, step 3: 0.5", 40), "β, one, step 3: 0.5");
        assert_eq!(shortened("a long name, step 3: 0.5", 20), "a long…, step 3: 0.5");
        assert_eq!(shortened("a name alone", 6), "a nam…");
    }

    #[test]
    fn the_nearest_line_is_found_between_its_points() {
        let at = Vector2::new;
        let line = |y: f64| vec![Polyline::segment(at(0.0, y), at(100.0, y))];
        let lines =
            [line(0.0), line(20.0), vec![Polyline::open(vec![at(0.0, 20.0)])], line(20.0), Vec::new()];
        assert_eq!(nearest(&lines, at(50.0, 3.0)), Some(0));
        assert_eq!(nearest(&lines, at(50.0, 17.0)), Some(3), "the upper of two");
        assert_eq!(nearest(&lines, at(50.0, 10.0)), None);
        assert_eq!(nearest(&lines, at(105.0, 0.0)), Some(0));
    }
}
