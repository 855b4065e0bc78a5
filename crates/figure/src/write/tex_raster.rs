//! Pictures made of cells, as PGFPlots draws them: a smooth surface, or rectangles of one colour.

use crate::color::Rgba;
use crate::raster::Raster;
use crate::scheme::Scheme;
use crate::viewport::Rect;
use crate::write::tex_axis::{TexPlaces, decimal};
use crate::write::tex_colors::TexColors;
use nalgebra::Vector2;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use thalweg_core::math::within::Within;

/// How many nodes a smooth surface has across and down at most, and the same where it has holes.
const NODES: [usize; 2] = [60, 44];
const NODES_WITH_HOLES: [usize; 2] = [90, 66];
/// How many rectangles a picture of cells is made of at most.
const RECTANGLES: usize = 3000;
/// How many colours of the scale of heights are written.
const STOPS: u8 = 8;

/// The commands that draw a raster in its place.
pub fn tex_raster(
    raster: &Raster,
    (place, opacity): (Rect, f64),
    places: &TexPlaces<'_>,
    scheme: &Scheme,
    colors: &mut TexColors,
) -> String {
    if raster.columns == 0 || raster.rows == 0 || place.intersection(&places.seen()).area() <= 0.0 {
        return String::new();
    }
    // PGFPlots makes a smooth surface only in a plot, and TeX cannot count far beyond it.
    let is_near = place.intersection(&places.seen().enlarged(2000.0)).area() >= place.area();
    if raster.is_smooth
        && places.is_plot()
        && is_near
        && let Some(heights) = Heights::of(raster, scheme)
    {
        return heights.surface(place, opacity, places, scheme);
    }
    cells(raster, (place, opacity), places, colors)
}

/// A raster of the surface's colours as heights from 0 to 255; NaN in holes.
struct Heights {
    columns: usize,
    rows: usize,
    values: Vec<f64>,
    has_holes: bool,
}

impl Heights {
    /// None where its colours are not those of the surface.
    fn of(raster: &Raster, scheme: &Scheme) -> Option<Self> {
        let key = |color: Rgba| [color.red, color.green, color.blue, color.alpha];
        let ramp: BTreeMap<_, _> = (0..=255_u8)
            .map(|i| (key(scheme.surface(f64::from(i) / 255.0)), f64::from(i)))
            .chain([(key(scheme.hole()), f64::NAN)])
            .collect();
        let values: Option<Vec<f64>> =
            raster.cells.iter().map(|cell| ramp.get(&key(*cell)).copied()).collect();
        let values = values?;
        let has_holes = values.iter().any(|value| value.is_nan());
        Some(Self { columns: raster.columns, rows: raster.rows, values, has_holes })
    }

    /// The height at parts of the way across and down; NaN beside a hole.
    fn at(&self, across: f64, down: f64) -> f64 {
        let at = |part: f64, count: usize| {
            let place = part * (count - 1) as f64;
            let low = (place as usize).min(count.saturating_sub(2));
            (low, (low + 1).min(count - 1), place - low as f64)
        };
        let ((left, right, x), (top, bottom, y)) = (at(across, self.columns), at(down, self.rows));
        let value = |column: usize, row: usize| self.values.get(row * self.columns + column).copied();
        let mix = |one: Option<f64>, other: Option<f64>, part: f64| match (one, other) {
            // No weight, no say: a hole next door does not spread.
            (Some(one), _) if part <= 0.0 => one,
            (Some(one), Some(other)) => one + (other - one) * part,
            _ => f64::NAN,
        };
        let upper = mix(value(left, top), value(right, top), x);
        let lower = mix(value(left, bottom), value(right, bottom), x);
        mix(Some(upper), Some(lower), y)
    }

    fn surface(&self, place: Rect, opacity: f64, places: &TexPlaces<'_>, scheme: &Scheme) -> String {
        let most = if self.has_holes { NODES_WITH_HOLES } else { NODES };
        let [columns, rows] = [self.columns.min(most[0]).max(2), self.rows.min(most[1]).max(2)];
        let mut text = String::from("\\pgfplotsset{colormap={thalwegsurface}{");
        for stop in 0..=STOPS {
            let Rgba { red, green, blue, .. } = scheme.surface(f64::from(stop) / f64::from(STOPS));
            let _ = write!(text, "rgb255=({red},{green},{blue}) ");
        }
        let seen = if opacity < 1.0 { format!(", opacity={}", decimal(opacity, 2)) } else { String::new() };
        let _ = write!(
            text,
            "}}}}\n\\addplot[surf, shader=interp, mesh/cols={columns}, point meta=explicit, point meta min=0, \
             point meta max=255{seen}] coordinates {{"
        );
        for row in 0..rows {
            text.push('\n');
            for column in 0..columns {
                let [across, down] =
                    [(column, columns), (row, rows)].map(|(at, count)| at as f64 / (count - 1) as f64);
                let height = self.at(across, down);
                let at = places.at(place.part(across, down));
                let _ = if height.is_nan() {
                    write!(text, "{at}[nan]")
                } else {
                    write!(text, "{at}[{height:.0}]")
                };
            }
        }
        text.push_str("};\n");
        text
    }
}

/// A rectangle of cells: from where, how many.
struct Cells {
    column: usize,
    row: usize,
    columns: usize,
    rows: usize,
}

/// The cells as rectangles, all of one colour in one command; coarser where there would be too many.
fn cells(
    raster: &Raster,
    (place, opacity): (Rect, f64),
    places: &TexPlaces<'_>,
    colors: &mut TexColors,
) -> String {
    let mut size = [raster.columns, raster.rows];
    // Of smooth ones, the centres of the outermost lie on the border.
    let half = |length: f64, count: usize| {
        if raster.is_smooth && count > 1 { length / (count - 1) as f64 / 2.0 } else { 0.0 }
    };
    let [width, height] = place.size();
    let place = place.grown(Vector2::new(half(width, size[0]), half(height, size[1])));
    let mut found = rectangles(raster, size);
    while found.values().map(Vec::len).sum::<usize>() > RECTANGLES && size[0].max(size[1]) > 2 {
        size = size.map(|count| (count * 3 / 4).max(1));
        found = rectangles(raster, size);
    }
    let seen = places.seen();
    let mut text = String::new();
    for ([red, green, blue, alpha], rectangles) in found {
        let color = Rgba { red, green, blue, alpha }.faded(opacity);
        let mut drawn = String::new();
        for Cells { column, row, columns, rows } in rectangles {
            let part = |column: usize, row: usize| {
                place.part(column as f64 / size[0] as f64, row as f64 / size[1] as f64)
            };
            let rect = Rect { min: part(column, row).into(), max: part(column + columns, row + rows).into() };
            let rect = rect.intersection(&seen);
            if rect.area() > 0.0 {
                let [from, to] = [rect.min, rect.max].map(|corner| places.at(corner.into()));
                let _ = write!(drawn, "\n {from} rectangle {to}");
            }
        }
        let fill = colors.fill(color);
        if !drawn.is_empty() && !fill.is_empty() {
            let _ = writeln!(text, "\\path[{fill}]{drawn};");
        }
    }
    text
}

/// The cells of a raster with another number of columns and rows, those of one colour in as few rectangles as
/// going along the rows, and then down, finds.
fn rectangles(raster: &Raster, [columns, rows]: [usize; 2]) -> BTreeMap<[u8; 4], Vec<Cells>> {
    let source = |at: usize, count: usize, of: usize| ((2 * at + 1) * of / (2 * count)).within(0, of - 1);
    let color = |column: usize, row: usize| {
        let at = source(row, rows, raster.rows) * raster.columns + source(column, columns, raster.columns);
        let Rgba { red, green, blue, alpha } = raster.cells.get(at).copied().unwrap_or(Rgba::TRANSPARENT);
        [red, green, blue, alpha]
    };
    let mut found: BTreeMap<[u8; 4], Vec<Cells>> = BTreeMap::new();
    for row in 0..rows {
        let mut column = 0;
        while column < columns {
            let this = color(column, row);
            let run = (column..columns).take_while(|at| color(*at, row) == this).count();
            if this[3] > 0 {
                let cells = found.entry(this).or_default();
                let above = cells.iter_mut().rev().take(columns).find(|cells| {
                    cells.column == column && cells.columns == run && cells.row + cells.rows == row
                });
                match above {
                    Some(above) => above.rows += 1,
                    None => cells.push(Cells { column, row, columns: run, rows: 1 }),
                }
            }
            column += run;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_one_colour_are_few_rectangles() {
        let (a, b) = (Rgba::BLACK, Rgba::WHITE);
        let cells = vec![a, a, b, a, a, b, b, b, Rgba::TRANSPARENT];
        let raster = Raster { columns: 3, rows: 3, cells, is_smooth: false };
        let found = rectangles(&raster, [3, 3]);
        let told = |color: [u8; 4]| -> Vec<_> {
            found[&color].iter().map(|cells| (cells.column, cells.row, cells.columns, cells.rows)).collect()
        };
        assert_eq!(found.len(), 2);
        assert_eq!(told([0, 0, 0, 255]), [(0, 0, 2, 2)]);
        assert_eq!(told([255; 4]), [(2, 0, 1, 2), (0, 2, 2, 1)]);
    }
}
