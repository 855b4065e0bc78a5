//! How thick lines, markers and letters of plots are, apart from the size of the window's text.

use egui::{Context, Id};
use std::borrow::Cow;
use thalweg_figure::item::{Item, TextItem};
use thalweg_figure::marker::Marker;
use thalweg_figure::stroke::Stroke;

/// Circles up to this radius, in points, are marks; larger ones have a meaning on their plot's axes.
const LARGEST_MARK: f64 = 14.0;

fn id() -> Id {
    Id::unique("how thick plots are")
}

/// How many times as thick as usual.
pub fn of(ctx: &Context) -> f64 {
    ctx.data(|data| data.get_temp(id())).unwrap_or(1.0)
}

/// Makes them so many times as thick, from now on.
pub fn set(ctx: &Context, weight: f64) {
    if of(ctx) != weight {
        ctx.data_mut(|data| data.insert_temp(id(), weight));
        ctx.request_repaint();
    }
}

/// Strokes so many times as thick.
pub fn strokes(strokes: &[Stroke], weight: f64) -> Cow<'_, [Stroke]> {
    if weight == 1.0 {
        return Cow::Borrowed(strokes);
    }
    Cow::Owned(strokes.iter().map(|stroke| Stroke { width: stroke.width * weight, ..*stroke }).collect())
}

/// An item so many times as thick: what has a place on the plot keeps it.
pub fn item(item: &Item, weight: f64) -> Cow<'_, Item> {
    if weight == 1.0 {
        return Cow::Borrowed(item);
    }
    let thicker = |stroke: &Stroke| Stroke { width: stroke.width * weight, ..*stroke };
    match item {
        Item::Lines { lines, strokes } => {
            Cow::Owned(Item::Lines { lines: lines.clone(), strokes: strokes.iter().map(thicker).collect() })
        }
        Item::Circle { center, radius, fill, stroke } => {
            let radius = if *radius <= LARGEST_MARK { radius * weight } else { *radius };
            let stroke = stroke.as_ref().map(thicker);
            Cow::Owned(Item::Circle { center: *center, radius, fill: *fill, stroke })
        }
        Item::Marker(marker) => {
            Cow::Owned(Item::Marker(Marker { radius: marker.radius * weight, ..*marker }))
        }
        // Its room is as large already: it was measured so.
        Item::Text(text) => Cow::Owned(Item::Text(TextItem { size: text.size * weight, ..text.clone() })),
        item => Cow::Borrowed(item),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::Vector2;
    use thalweg_figure::color::Rgba;
    use thalweg_figure::polyline::Polyline;

    #[test]
    fn marks_and_lines_are_thicker_and_places_stay() {
        let [one, two] = [Vector2::new(3.0, 4.0), Vector2::new(5.0, 9.0)];
        let pen = Stroke::new(1.5, Rgba::BLACK);
        let line = Item::line(Polyline::segment(one, two), &[pen]);
        assert_eq!(
            *item(&line, 2.0),
            Item::line(Polyline::segment(one, two), &[Stroke::new(3.0, Rgba::BLACK)])
        );
        assert_eq!(*item(&line, 1.0), line);
        let thick = Stroke::new(3.0, Rgba::BLACK);
        assert_eq!(*item(&Item::ring(one, 6.0, pen), 2.0), Item::ring(one, 12.0, thick));
        assert_eq!(*item(&Item::ring(one, 80.0, pen), 2.0), Item::ring(one, 80.0, thick));
    }
}
