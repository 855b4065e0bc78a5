//! Lines with no more points than their bends need.

use egui::Pos2;

/// The line without the points that hardly bend it: what is left out lies within a tenth of a
/// screen point of what is drawn, and a frame costs a third.
pub fn without_straight_points(points: impl Iterator<Item = Pos2>) -> Vec<Pos2> {
    const BEND: f32 = 0.1;
    let mut kept: Vec<Pos2> = Vec::new();
    let mut waiting: Option<Pos2> = None;
    for point in points {
        if let (Some(last), Some(middle)) = (kept.last(), waiting) {
            let (whole, part) = (point - *last, middle - *last);
            let offset = (whole.x * part.y - whole.y * part.x).abs() / whole.length().max(1e-6);
            // Several small bends must not add up: a stretch ends at some length, too.
            if offset > BEND || whole.length() > 14.0 {
                kept.push(middle);
            }
        } else if waiting.is_none() && kept.is_empty() {
            kept.push(point);
            continue;
        }
        waiting = Some(point);
    }
    kept.extend(waiting);
    kept
}
