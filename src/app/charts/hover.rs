//! Which line of a chart the pointer is on, in words.

use super::curve::Curve;
use crate::app::paint;
use crate::app::theme::Palette;
use crate::words::text;
use egui::{Align2, Painter, Pos2, Rect, vec2};
use thalweg_core::math::within::Within;
use thalweg_scenario::XAxis;

/// How near the pointer must come to a line to ask for it, in screen points.
const REACH: f32 = 8.0;

/// The line that is nearest to the pointer, of those given by their points on the screen.
pub fn nearest(lines: &[Vec<Pos2>], pointer: Pos2) -> Option<usize> {
    let distance = |line: &Vec<Pos2>| {
        let to = |pair: &[Pos2]| {
            let (way, from) = (pair[1] - pair[0], pointer - pair[0]);
            let part = (from.dot(way) / way.length_sq().max(1e-9)).within(0.0, 1.0);
            (from - way * part).length()
        };
        line.windows(2).map(to).fold(f32::INFINITY, f32::min)
    };
    let near = lines.iter().map(distance).enumerate().filter(|(_, distance)| *distance <= REACH);
    // Of two that lie on each other, the one that is drawn last.
    near.min_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(index, _)| index)
}

/// What it is called, and over steps what it is at the pointer's.
pub fn words(curve: &Curve<'_>, over: XAxis, place: f64) -> String {
    let last = curve.values.len().saturating_sub(1);
    let step = (place.round().max(0.0) as usize).min(last);
    match curve.values.values().get(step).filter(|_| over == XAxis::Steps) {
        Some(value) => {
            let step = text::count(u32::try_from(step).unwrap_or(u32::MAX));
            format!("{}, step {step}: {}", curve.name, text::number(*value))
        }
        None => curve.name.clone(),
    }
}

/// Writes it at the chart's top, where no line begins.
pub fn show(painter: &Painter, frame: Rect, curve: &Curve<'_>, told: &str, palette: &Palette) {
    let at = frame.right_top() + vec2(-5.0, 4.0);
    let told = &shortened(told, (frame.width() / LETTER) as usize);
    paint::label(painter, at, Align2::RIGHT_TOP, told, curve.color.to_opaque(), palette);
}

/// How wide a letter is, on average, in points.
const LETTER: f32 = 6.0;

/// At most so many letters: the name, which comes first, gives way to the number.
fn shortened(told: &str, most: usize) -> String {
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

    use egui::pos2;

    #[test]
    fn the_nearest_line_is_found_between_its_points() {
        let line = |y: f32| vec![pos2(0.0, y), pos2(100.0, y)];
        let lines = [line(0.0), line(20.0), vec![pos2(0.0, 20.0)], line(20.0), Vec::new()];
        assert_eq!(nearest(&lines, pos2(50.0, 3.0)), Some(0));
        assert_eq!(nearest(&lines, pos2(50.0, 17.0)), Some(3), "the upper of two");
        assert_eq!(nearest(&lines, pos2(50.0, 10.0)), None);
        assert_eq!(nearest(&lines, pos2(105.0, 0.0)), Some(0));
    }
}
