//! What any figure must keep to.

use thalweg_figure::figure::Figure;
use thalweg_figure::item::{Item, TextItem};
use thalweg_figure::viewport::Rect;

fn is_within(inner: &Rect, outer: &Rect) -> bool {
    let outer = outer.enlarged(1e-6);
    outer.contains(inner.min) && outer.contains(inner.max)
}

/// The texts among items.
pub fn texts(items: &[Item]) -> impl Iterator<Item = &TextItem> {
    items.iter().filter_map(|item| match item {
        Item::Text(text) => Some(text),
        _ => None,
    })
}

/// Nothing in the figure is nowhere, nothing is outside of its frame, and no caption lies on another.
pub fn check(name: &str, figure: &Figure) {
    for layer in &figure.layers {
        if let Some(clip) = &layer.clip {
            assert!(clip.area() > 0.0 && is_within(clip, &figure.page), "{name}: {} {clip:?}", layer.name);
        }
        let places = layer.items.iter().flat_map(Item::places);
        let lost = places.into_iter().find(|place| !(place.x.is_finite() && place.y.is_finite()));
        assert!(lost.is_none(), "{name}: {} has something nowhere: {lost:?}", layer.name);
        for text in texts(&layer.items) {
            let frame = layer.clip.as_ref().filter(|_| layer.name == "captions").unwrap_or(&figure.page);
            let is_mark = !matches!(layer.name, "captions" | "axes" | "heading" | "legend");
            assert!(is_mark || is_within(&text.room(), frame), "{name}: {} {text:?}", layer.name);
            assert!(!text.string.is_empty() && text.rect.area() > 0.0, "{name}: {text:?}");
        }
    }
    let layers = ["captions", "axes", "heading", "legend"];
    let written: Vec<_> = layers.iter().flat_map(|layer| texts(figure.items(layer))).collect();
    for (index, text) in written.iter().enumerate() {
        for other in &written[..index] {
            // What only touches may have rounded into it.
            let both = text.room().intersection(&other.room()).area();
            assert!(both < 1e-2, "{name}: {} lies on {}", text.string, other.string);
        }
    }
}
