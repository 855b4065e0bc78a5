//! A figure as text that people can compare, much like SVG.

use std::fmt::Write;
use thalweg_figure::color::Rgba;
use thalweg_figure::figure::Figure;
use thalweg_figure::item::Item;
use thalweg_figure::polyline::Polyline;
use thalweg_figure::stroke::Stroke;
use thalweg_figure::viewport::Rect;

/// The figure, an item a line, places to a tenth of a point.
pub fn text(figure: &Figure) -> String {
    let mut out = format!("<figure {}>\n", rect(&figure.page));
    for layer in &figure.layers {
        let clip = layer.clip.as_ref().map_or_else(String::new, |clip| format!(" clip {}", rect(clip)));
        let _ = writeln!(out, "<g {}{clip}>", layer.name);
        for item in &layer.items {
            let _ = writeln!(out, "  {}", written(item));
        }
    }
    out
}

fn written(item: &Item) -> String {
    match item {
        Item::Lines { lines, strokes } => {
            let strokes: Vec<_> = strokes.iter().map(stroke).collect();
            let lines: Vec<_> = lines.iter().map(path).collect();
            format!("lines {} d={}", strokes.join(" over "), lines.join(" "))
        }
        Item::Area { corners, fill } => {
            format!("area {} d={}", color(*fill), path(&Polyline::closed(corners.clone())))
        }
        Item::Band { edges: [one, other], fill } => {
            let corners = one.iter().chain(other.iter().rev()).copied().collect();
            format!("band {} d={}", color(*fill), path(&Polyline::closed(corners)))
        }
        Item::Mesh(mesh) => {
            // Enough to notice that a corner or a colour changed.
            let quad = |quad: &[u32; 4]| {
                let corners = mesh.corners(*quad).map(|at| format!("{:.1},{:.1}", at.x, at.y));
                format!("{} {}", color(mesh.fill(*quad)), corners.join(" "))
            };
            let sum = mesh.quads.iter().flat_map(|of| quad(of).into_bytes());
            let sum = sum.fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
            let last = mesh.quads.last().map_or_else(String::new, quad);
            format!("mesh {} quads, the last {last} sum={sum:016x}", mesh.quads.len())
        }
        Item::Circle { center, radius, fill, stroke: line } => {
            let line = line.as_ref().map_or_else(String::new, stroke);
            format!("circle {:.1},{:.1} r={radius} {} {line}", center.x, center.y, color(*fill))
        }
        Item::Panel { rect: place, radius, fill, stroke: line } => {
            let line = line.as_ref().map_or_else(String::new, stroke);
            format!("rect {} r={radius} {} {line}", rect(place), color(*fill))
        }
        Item::Raster { raster, place, opacity } => {
            // Enough to notice that a colour changed.
            let sum = raster.cells.iter().fold(0_u64, |sum, Rgba { red, green, blue, alpha }| {
                [red, green, blue, alpha]
                    .iter()
                    .fold(sum, |sum, part| sum.wrapping_mul(31).wrapping_add(u64::from(**part)))
            });
            let size = format!("{}x{} smooth={}", raster.columns, raster.rows, raster.is_smooth);
            format!("image {} {size} opacity={opacity} sum={sum:016x}", rect(place))
        }
        Item::Marker(marker) => {
            let (at, shape) = (marker.center, marker.shape);
            let colors = format!("{} {}", color(marker.fill), color(marker.edge));
            format!(
                "marker {:?} {} {:.1},{:.1} r={} {colors}",
                shape.color, shape.round, at.x, at.y, marker.radius
            )
        }
        Item::Text(text) => {
            let turned = if text.is_upright { " upright" } else { "" };
            format!("text {} {}{turned} {} {:?}", rect(&text.rect), text.size, color(text.color), text.string)
        }
    }
}

fn path(line: &Polyline) -> String {
    let points: Vec<_> = line.points.iter().map(|point| format!("{:.1},{:.1}", point.x, point.y)).collect();
    format!("M{}{}", points.join(" "), if line.closed { "Z" } else { "" })
}

fn stroke(stroke: &Stroke) -> String {
    let dash = stroke.dash.map_or_else(String::new, |dash| format!(" dash={dash:?}"));
    format!("{} w={}{dash}", color(stroke.color), stroke.width)
}

fn color(Rgba { red, green, blue, alpha }: Rgba) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}{alpha:02x}")
}

fn rect(rect: &Rect) -> String {
    let [width, height] = rect.size();
    format!("{:.1},{:.1} {width:.1}x{height:.1}", rect.min[0], rect.min[1])
}
