//! Zooming the map over settings: with the wheel, and to a rectangle that is drawn with the right button.

use crate::app::theme::Palette;
use crate::words::text;
use egui::{PointerButton, Pos2, Rect, Response, Stroke, StrokeKind, Ui};
use thalweg_analysis::sweep::axis::SweepAxis;
use thalweg_scenario::MapAxis;

/// How far the wheel is turned, in points, to see e times less of the map along each side.
const WHEEL: f32 = 250.0;
/// A rectangle narrower than this, in points, is none: the button was only clicked.
const LEAST: f32 = 6.0;

/// The sides of the part of the map that somebody asks for.
pub fn zoomed(
    ui: &Ui,
    response: &Response,
    frame: Rect,
    (x, y): (&SweepAxis, Option<&SweepAxis>),
) -> Option<(MapAxis, Option<MapAxis>)> {
    let [across, up] = turned(ui, response, frame).or_else(|| drawn(ui, response, frame))?;
    let x = part(x, across)?;
    // With a side that cannot be zoomed on, neither is.
    match y {
        Some(y) => Some((x, Some(part(y, up)?))),
        None => Some((x, None)),
    }
}

/// The parts of the two sides that the wheel leaves.
fn turned(ui: &Ui, response: &Response, frame: Rect) -> Option<[(f64, f64); 2]> {
    let pointer = response.hover_pos().filter(|pointer| frame.contains(*pointer))?;
    let by = ui.input_mut(|input| {
        let pinched = input.zoom_delta();
        let wheel = (input.smooth_scroll_delta.y / WHEEL).exp();
        // The page below stays where it is.
        input.smooth_scroll_delta.y = 0.0;
        f64::from(if pinched == 1.0 { wheel } else { pinched })
    });
    let around = |at: f64| (at - at / by, at + (1.0 - at) / by);
    let [across, up] = place(frame, pointer);
    (by != 1.0 && by.is_finite() && by > 0.0).then(|| [around(across), around(up)])
}

/// The parts of the two sides within a rectangle, once it is drawn.
fn drawn(ui: &Ui, response: &Response, frame: Rect) -> Option<[(f64, f64); 2]> {
    let id = response.id.with("rectangle");
    let pointer = response.interact_pointer_pos();
    if response.drag_started_by(PointerButton::Secondary)
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
    {
        ui.data_mut(|data| data.insert_temp(id, origin));
    }
    let origin = ui.data(|data| data.get_temp::<Pos2>(id))?;
    let drawn = pointer.map(|pointer| Rect::from_two_pos(origin, pointer).intersect(frame));
    if let Some(drawn) = drawn
        && response.dragged_by(PointerButton::Secondary)
    {
        let stroke = Stroke::new(1.5, Palette::of(ui).ink);
        ui.painter().rect_stroke(drawn, 0.0, stroke, StrokeKind::Inside);
        return None;
    }
    ui.data_mut(|data| data.remove::<Pos2>(id));
    let drawn = drawn.filter(|drawn| drawn.width() > LEAST && drawn.height() > LEAST)?;
    let ([left, low], [right, high]) = (place(frame, drawn.left_bottom()), place(frame, drawn.right_top()));
    Some([(left, right), (low, high)])
}

/// Which parts of the two sides a point of the screen is at.
fn place(frame: Rect, at: Pos2) -> [f64; 2] {
    let x = (at.x - frame.left()) / frame.width();
    let y = (frame.bottom() - at.y) / frame.height();
    [x, y].map(f64::from)
}

/// A side between two of its parts, no farther out than its slider, or than it goes already.
fn part(axis: &SweepAxis, (from, to): (f64, f64)) -> Option<MapAxis> {
    let (first, last) = axis.ends();
    let (least, most) = axis.varied().slider().unwrap_or((f64::MIN, f64::MAX));
    let rounded = |value: f64| text::digits(value, 6).parse::<f64>().ok();
    let from = rounded(axis.at(from))?.max(least.min(first));
    let to = rounded(axis.at(to))?.min(most.max(last));
    let is_side = SweepAxis::new(axis.varied().clone(), (from, to), axis.count()).is_some();
    let is_other = (from, to) != (first, last);
    (is_side && is_other).then(|| MapAxis { key: axis.varied().name().into_owned(), from, to })
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_analysis::sweep::axis::Varied;
    use thalweg_core::catalogue::optimizers;

    #[test]
    fn a_side_is_zoomed_within_what_its_slider_has() {
        let momentum = optimizers::find("Momentum").expect("known");
        let axis = |key, ends| {
            let varied = Varied::setting(momentum, None, key).expect("a number");
            SweepAxis::new(varied, ends, 64).expect("an axis")
        };
        // Half of four decades around their middle.
        let rates = part(&axis("lr", (1e-4, 1.0)), (0.25, 0.75)).expect("it can be zoomed");
        assert_eq!((&*rates.key, rates.from, rates.to), ("lr", 1e-3, 0.1));
        let momenta = part(&axis("momentum", (0.0, 0.9)), (-1.0, 2.0)).expect("it can be zoomed");
        assert_eq!((momenta.from, momenta.to), (0.0, 0.999));
        // As far out as it goes, and in so far that six digits do not tell its ends apart.
        assert_eq!(part(&axis("momentum", (0.0, 0.999)), (-1.0, 2.0)), None);
        assert_eq!(part(&axis("momentum", (0.5, 0.500_001)), (0.4, 0.5)), None);
    }
}
