//! Dashes: how pinned paths are told from each other, and from those that run.

use crate::polyline::Polyline;
use nalgebra::Vector2;
use thalweg_scenario::MAX_PINNED;

/// The lengths of a dash, of the gap behind it, and so on by turns, in points.
pub type DashPattern = &'static [f64];

/// A path that is longer than this, in points, is left whole from there on.
pub const MOST: f64 = 6000.0;

/// A prediction beside what was measured.
pub const PREDICTED: DashPattern = &[10.0, 5.0];

/// One for each pinned race.
const PINNED: [DashPattern; MAX_PINNED] = [
    &[7.0, 4.0],
    &[1.8, 3.6],
    &[11.0, 3.5, 2.0, 3.5],
    &[18.0, 5.0],
    &[7.0, 3.0, 1.8, 3.0, 1.8, 3.0],
    &[3.5, 9.0],
    &[16.0, 3.5, 5.0, 3.5],
    &[1.8, 3.0, 1.8, 9.0],
];

/// The pattern of the pinned race with this mark.
pub fn of_mark(mark: usize) -> DashPattern {
    PINNED[mark % PINNED.len()]
}

/// A line cut into dashes. `before` is how long what it continues is, so that the pattern goes on. From
/// the length `most` on, counted from there, it is left whole: nobody tells dashes in a scribble, and
/// there would be no end of them.
pub fn cut(line: &[Vector2<f64>], pattern: DashPattern, before: f64, most: f64) -> Vec<Vec<Vector2<f64>>> {
    let Some(first) = line.first() else { return Vec::new() };
    let mut turn = 0;
    let mut left = f64::INFINITY;
    if before < most {
        let mut within = before.rem_euclid(pattern.iter().sum());
        while within >= pattern[turn] {
            within -= pattern[turn];
            turn = (turn + 1) % pattern.len();
        }
        left = pattern[turn] - within;
    }
    let mut gone = before;
    let is_dash = |turn: usize| turn.is_multiple_of(2);
    let mut dashes = Vec::new();
    let mut dash = if is_dash(turn) { vec![*first] } else { Vec::new() };
    for pair in line.windows(2) {
        let way = pair[1] - pair[0];
        let length = way.norm();
        if !length.is_finite() {
            continue;
        }
        let mut done = 0.0;
        while length - done > left {
            done += left;
            dash.push(pair[0] + way * (done / length));
            if is_dash(turn) {
                dashes.push(std::mem::take(&mut dash));
            }
            turn = (turn + 1) % pattern.len();
            left = if is_dash(turn) && gone + done >= most { f64::INFINITY } else { pattern[turn] };
        }
        left -= length - done;
        gone += length;
        if is_dash(turn) {
            dash.push(pair[1]);
        }
    }
    if dash.len() > 1 {
        dashes.push(dash);
    }
    dashes
}

/// A line's part that has dashes, up to the length `most` with what it continues, and the rest, which is whole. A
/// closed line ends where it began.
pub fn dashed_part(line: &Polyline, most: f64) -> [Vec<Vector2<f64>>; 2] {
    let mut points = line.points.clone();
    if line.closed {
        points.extend(line.points.first());
    }
    let mut gone = line.before;
    let split = points.windows(2).position(|pair| {
        let way = (pair[1] - pair[0]).norm();
        let is_over = gone >= most;
        gone += if way.is_finite() { way } else { 0.0 };
        is_over
    });
    let rest = split.map_or(Vec::new(), |split| points[split..].to_vec());
    points.truncate(split.map_or(points.len(), |split| split + 1));
    [points, rest]
}

/// How long a line is.
pub fn length(line: &[Vector2<f64>]) -> f64 {
    line.windows(2).map(|pair| (pair[1] - pair[0]).norm()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pos2(x: f64, y: f64) -> Vector2<f64> {
        Vector2::new(x, y)
    }

    #[test]
    fn a_long_line_has_dashes_up_to_a_length() {
        let corners = [0.0, 4.0, 8.0, 12.0].map(|x| pos2(x, 0.0));
        let line = Polyline { before: 1.0, ..Polyline::open(corners.to_vec()) };
        let [dashed, whole] = dashed_part(&line, 6.0);
        assert_eq!((dashed.len(), whole.len()), (3, 2));
        assert_eq!(dashed_part(&line, 0.5), [corners[..1].to_vec(), corners.to_vec()]);
        assert_eq!(dashed_part(&line, 100.0), [corners.to_vec(), Vec::new()]);
        let ring = Polyline::closed(corners.to_vec());
        assert_eq!(dashed_part(&ring, 1e9)[0].len(), 5);
    }

    fn spans(dashes: &[Vec<Vector2<f64>>]) -> Vec<[f64; 2]> {
        dashes.iter().map(|dash| [dash[0].x, dash[dash.len() - 1].x]).collect()
    }

    /// Whatever corners a line has, dashes and gaps follow each other along its length.
    #[test]
    fn dashes_follow_the_pattern_around_corners_and_on() {
        let straight: Vec<_> = [0.0, 3.0, 3.5, 11.0, 24.0].map(|x| pos2(x, 0.0)).to_vec();
        assert_eq!(spans(&cut(&straight, &[7.0, 4.0], 0.0, 1e4)), [[0.0, 7.0], [11.0, 18.0], [22.0, 24.0]]);
        let bent = [pos2(0.0, 0.0), pos2(0.0, 5.0), pos2(20.0, 5.0)];
        let dashes = cut(&bent, &[7.0, 4.0], 0.0, 1e4);
        assert_eq!(dashes[0], [pos2(0.0, 0.0), pos2(0.0, 5.0), pos2(2.0, 5.0)]);
        assert_eq!(spans(&dashes[1..]), [[6.0, 13.0], [17.0, 20.0]]);
        // In two pieces it is the same.
        for place in [2.0, 7.5, 11.5, 17.0] {
            let (head, tail) = ([straight[0], pos2(place, 0.0)], [pos2(place, 0.0), straight[4]]);
            let all = [cut(&head, &[7.0, 4.0], 0.0, 1e4), cut(&tail, &[7.0, 4.0], length(&head), 1e4)];
            let drawn: f64 = all.concat().iter().map(|dash| length(dash)).sum();
            assert!((drawn - 16.0).abs() < 1e-4, "{place}: {drawn}");
        }
    }

    /// A scribble ends in one piece, and what is not finite ends nowhere.
    #[test]
    fn there_is_an_end_of_dashes() {
        let zigzag: Vec<_> = (0..2000_u16).map(|i| pos2(f64::from(i % 2) * 300.0, f64::from(i))).collect();
        let dashes = cut(&zigzag, &[7.0, 4.0], 0.0, 1100.0);
        assert_eq!(dashes.len(), 101);
        assert_eq!(dashes[100].last(), zigzag.last());
        assert_eq!(cut(&zigzag, &[7.0, 4.0], 1e6, 1100.0), vec![zigzag.clone()]);
        let odd = [pos2(0.0, 0.0), pos2(f64::INFINITY, 0.0), pos2(f64::NAN, 1.0), pos2(1.0, 0.0)];
        assert!(cut(&odd, &[7.0, 4.0], 0.0, 1e4).len() <= 1);
        assert!(cut(&[], &[7.0, 4.0], 0.0, 1e4).is_empty());
    }

    #[test]
    fn no_two_pins_are_drawn_alike() {
        for (index, pattern) in PINNED.iter().enumerate() {
            assert!(pattern.len().is_multiple_of(2) && pattern.iter().all(|part| *part > 0.5));
            assert!(!PINNED[..index].contains(pattern) && *pattern == of_mark(index));
        }
    }
}
