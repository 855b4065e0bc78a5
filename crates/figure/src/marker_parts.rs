//! The lines and areas that a marker is made of.

use crate::color::Rgba;
use crate::item::Item;
use crate::marker::Marker;
use crate::polyline::Polyline;
use crate::stroke::Stroke;
use nalgebra::Vector2;

/// What a marker is made of: its outline, filled, and from the second round on what is cut out of it: a disc, a
/// bar across, a bar upright.
pub fn marker_parts(marker: &Marker) -> Vec<Item> {
    let Marker { shape, center, radius, fill, edge } = *marker;
    let corners = marker.outline();
    let line = Polyline::closed(corners.clone());
    let mut parts =
        vec![Item::Area { corners, fill }, Item::line(line, &[Stroke::new((radius * 0.28).max(1.0), edge)])];
    // Seen on every colour, in all themes.
    let hole = match fill {
        Rgba::TRANSPARENT => edge,
        fill if fill.brightness() > 0.5 => Rgba::BLACK,
        _ => Rgba::WHITE,
    };
    let bar = |arm: Vector2<f64>| {
        Item::line(Polyline::segment(center - arm, center + arm), &[Stroke::new(radius * 0.42, hole)])
    };
    match shape.round % 4 {
        0 => {}
        1 => parts.push(Item::disc(center, radius * 0.42, hole)),
        2 => parts.push(bar(Vector2::new(0.7 * radius, 0.0))),
        _ => parts.push(bar(Vector2::new(0.0, 0.7 * radius))),
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::marker::MarkerShape;
    use thalweg_scenario::Color;

    #[test]
    fn no_two_shapes_are_alike() {
        let mut seen: Vec<Vec<Item>> = Vec::new();
        for color in Color::ALL {
            for round in 0..4 {
                let shape = MarkerShape { color, round };
                let (fill, edge) = (Rgba::gray(90), Rgba::BLACK);
                let parts =
                    marker_parts(&Marker { shape, center: Vector2::zeros(), radius: 6.0, fill, edge });
                assert!(!seen.contains(&parts), "{shape:?}");
                let places = parts.iter().flat_map(Item::places);
                assert!(places.into_iter().all(|place| place.norm() < 8.5), "{shape:?}");
                seen.push(parts);
            }
        }
    }
}
