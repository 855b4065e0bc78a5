//! The marks of places that a class guessed.

use crate::color::Rgba;
use crate::item::{Item, TextItem};
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::text_measure::{TextKind, TextMeasure};
use crate::viewport::Rect;
use nalgebra::Vector2;

/// How large a ring is, and how large its number, in points: read from the last row.
const RADIUS: f64 = 5.0;
const SIZE: f64 = 15.0;
/// How much of its ground is seen around a number.
const RIM: Vector2<f64> = Vector2::new(3.0, 0.0);
/// How far right and up a number's lower left corner is from the middle of its ring, in parts of its height.
const AWAY: f64 = 0.42;

/// A guess, the `number`-th from 1 on: a ring at its place, and its number on a ground of its own.
pub fn guess_items(
    at: Vector2<f64>,
    number: usize,
    color: Rgba,
    scheme: &Scheme,
    measure: &dyn TextMeasure,
) -> Vec<Item> {
    let ring =
        Item::Circle { center: at, radius: RADIUS, fill: scheme.halo, stroke: Some(Stroke::new(2.0, color)) };
    let (string, kind) = (number.to_string(), TextKind::Plain);
    let room = measure.size(&string, SIZE, kind);
    let away = Vector2::new(AWAY, -AWAY) * room.y;
    let rect = Rect::new(at + away + Vector2::new(0.0, -room.y), room);
    let ground = Item::Panel { rect: rect.grown(RIM), radius: 3.0, fill: scheme.halo, stroke: None };
    let text = TextItem { string, kind, size: SIZE, color: scheme.ink, rect, is_upright: false };
    vec![ring, ground, Item::Text(text)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scheme::Theme;
    use crate::text_measure::FixedMeasure;

    /// The window makes all of it so many times as large: the number stays beside its ring.
    #[test]
    fn a_number_stands_beside_its_ring_and_is_large() {
        let (at, scheme) = (Vector2::new(100.0, 80.0), Scheme::new(Theme::Light));
        for number in [1, 9, 28] {
            let items = guess_items(at, number, Rgba::BLACK, &scheme, &FixedMeasure);
            let [Item::Circle { radius, .. }, Item::Panel { rect, .. }, Item::Text(text)] = &items[..] else {
                panic!("{items:?}");
            };
            assert!((rect.nearest_to(at) - at).norm() > radius - 0.1, "{rect:?}");
            assert!(text.size >= 15.0 && text.string == number.to_string());
        }
    }
}
