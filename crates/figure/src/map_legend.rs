//! What the colours of a map mean, below it.

use crate::captions;
use crate::item::{Item, TextItem};
use crate::raster::Raster;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::sweep_map::MapLegend;
use crate::text_measure::{TextKind, TextMeasure};
use crate::viewport::Rect;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_scenario::MapMetric;

/// How high a line is, in points, how far entries are apart, and how far words are from their colour.
const LINE: f64 = 18.0;
const GAP: f64 = 16.0;
const INSET: f64 = 5.0;
/// The size of a patch of colour, and of the ramp.
const PATCH: f64 = 10.0;
const RAMP: f64 = 110.0;
/// As many kinds are told.
const MOST: usize = 7;

/// The entries of a map's legend.
enum MapEntry<'a> {
    Ramp([&'a str; 2]),
    Kind(crate::color::Rgba, String),
}

/// The legend, in as many lines as a page is wide, from its top; and how high it is.
pub fn map_legend(
    legend: &MapLegend,
    metric: MapMetric,
    page: Rect,
    scheme: &Scheme,
    measure: &dyn TextMeasure,
) -> (Vec<Item>, f64) {
    let ramp = legend.ramp.as_ref().map(|[from, to]| MapEntry::Ramp([from, to]));
    let kinds = legend.kinds.iter().take(MOST).map(|kind| MapEntry::Kind(kind.color, kind.told()));
    let mut items = Vec::new();
    let (mut at, mut lines) = (Vector2::from(page.min), 1);
    for entry in ramp.into_iter().chain(kinds) {
        let room = |text: &str| measure.size(text, captions::SIZE, TextKind::Plain);
        let unit = if metric == MapMetric::Loss { " above the lowest f" } else { "" };
        let width = match &entry {
            MapEntry::Ramp([from, to]) => room(from).x + room(to).x + room(unit).x + RAMP + 2.0 * INSET,
            MapEntry::Kind(_, words) => room(words).x + PATCH + INSET,
        };
        if at.x > page.min[0] && at.x + width > page.max[0] {
            (at, lines) = (Vector2::new(page.min[0], at.y + LINE), lines + 1);
        }
        let middle = at.y + LINE / 2.0;
        let mut write = |left: f64, string: &str| {
            let room = room(string);
            let rect = Rect::new(Vector2::new(left, middle - room.y / 2.0), room);
            let (kind, size, color) = (TextKind::Plain, captions::SIZE, scheme.ink);
            let string = string.to_owned();
            items.push(Item::Text(TextItem { string, kind, size, color, rect, is_upright: false }));
            left + room.x
        };
        match &entry {
            MapEntry::Ramp([from, to]) => {
                let left = write(at.x, from) + INSET;
                write(left + RAMP + INSET, &format!("{to}{unit}"));
                let place = Rect::new(Vector2::new(left, middle - PATCH / 2.0), Vector2::new(RAMP, PATCH));
                items.push(Item::Raster { raster: ramp_raster(), place, opacity: 1.0 });
            }
            MapEntry::Kind(fill, words) => {
                write(at.x + PATCH + INSET, words);
                let rect = Rect::new(Vector2::new(at.x, middle - PATCH / 2.0), Vector2::new(PATCH, PATCH));
                let stroke = Some(Stroke::new(1.0, scheme.quiet));
                items.push(Item::Panel { rect, radius: 2.0, fill: *fill, stroke });
            }
        }
        at.x += width + GAP;
    }
    let height = if items.is_empty() { 0.0 } else { f64::from(lines) * LINE };
    (items, height)
}

/// The colours of a quantity, from few to many.
fn ramp_raster() -> Arc<Raster> {
    const COLUMNS: u8 = 32;
    let cells = (0..COLUMNS).map(|column| Scheme::map(f64::from(column) / f64::from(COLUMNS - 1)));
    Arc::new(Raster { columns: COLUMNS.into(), rows: 1, cells: cells.collect(), is_smooth: true })
}
