//! What reaches the window: nothing that is no number.

use egui::{Event, Pos2, RawInput, Vec2};

/// The largest distance, in points, that a pointer may be from the window and a wheel may turn: what is beyond comes
/// from a fault of some driver.
const FARTHEST: f32 = 1e6;

/// Takes out what egui cannot take: places, turns and scales that are not finite, or farther than any screen.
pub fn keep_sane(input: &mut RawInput) {
    input.events.retain(is_sane);
    input.screen_rect = input.screen_rect.filter(|rect| is_near(rect.min) && is_near(rect.max));
    for viewport in input.viewports.values_mut() {
        viewport.native_pixels_per_point =
            viewport.native_pixels_per_point.filter(|scale| (0.05..=100.0).contains(scale));
    }
}

fn is_sane(event: &Event) -> bool {
    match event {
        Event::PointerMoved(at) => is_near(*at),
        Event::PointerButton { pos, .. } | Event::Touch { pos, .. } | Event::MiddleClickPaste { pos, .. } => {
            is_near(*pos)
        }
        Event::MouseMoved(by) => is_short(*by),
        Event::MouseWheel { delta, .. } => is_short(*delta),
        Event::Zoom(factor) => (1e-3..=1e3).contains(factor),
        Event::Rotate(angle) => angle.is_finite(),
        _ => true,
    }
}

fn is_near(at: Pos2) -> bool {
    is_short(at.to_vec2())
}

fn is_short(by: Vec2) -> bool {
    by.x.abs() <= FARTHEST && by.y.abs() <= FARTHEST
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Rect, ViewportId, pos2, vec2};

    #[test]
    fn what_is_no_number_is_nothing() {
        for odd in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30, -1e30] {
            let mut input = RawInput {
                screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(odd, 100.0))),
                events: vec![
                    Event::PointerMoved(pos2(odd, 1.0)),
                    Event::MouseMoved(vec2(1.0, odd)),
                    Event::Zoom(odd),
                    Event::PointerMoved(pos2(3.0, 4.0)),
                    Event::Zoom(1.1),
                ],
                ..RawInput::default()
            };
            input.viewports.entry(ViewportId::ROOT).or_default().native_pixels_per_point = Some(odd);
            keep_sane(&mut input);
            assert_eq!(input.events, [Event::PointerMoved(pos2(3.0, 4.0)), Event::Zoom(1.1)]);
            assert_eq!(input.screen_rect, None);
            assert_eq!(input.viewports[&ViewportId::ROOT].native_pixels_per_point, None);
        }
    }
}
