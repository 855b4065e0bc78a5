//! The items of a figure as commands of TikZ and PGFPlots.

use crate::color::Rgba;
use crate::dash::{DashPattern, length};
use crate::item::{Item, TextItem};
use crate::marker_parts::marker_parts;
use crate::polyline::Polyline;
use crate::scheme::Scheme;
use crate::shaded_mesh::ShadedMesh;
use crate::simplify::clip;
use crate::stroke::Stroke;
use crate::viewport::Rect;
use crate::write::tex_axis::{TexPlaces, decimal};
use crate::write::tex_colors::TexColors;
use crate::write::tex_measure::TexSize;
use crate::write::tex_raster::tex_raster;
use crate::write::tex_text::tex_text;
use nalgebra::Vector2;
use std::fmt::Write as _;

/// What is farther outside of what is seen is not written, in points: lines are wide, and TeX counts to 16,000.
const MARGIN: f64 = 30.0;
/// Lines with fewer points than this are drawn as they are, others as plots.
const FEW: usize = 24;
/// Circles with a larger radius are drawn as lines.
const LARGE: f64 = 400.0;

/// Writes items, one after the other.
pub struct TexItems<'a> {
    places: TexPlaces<'a>,
    scheme: Scheme,
    colors: &'a mut TexColors,
    text: String,
}

/// A piece of a line, and how long what lies before it is.
type LinePiece = (Vec<Vector2<f64>>, f64);

impl<'a> TexItems<'a> {
    /// Nothing so far.
    pub fn new(places: TexPlaces<'a>, scheme: Scheme, colors: &'a mut TexColors) -> Self {
        Self { places, scheme, colors, text: String::new() }
    }

    /// The commands.
    pub fn into_text(self) -> String {
        self.text
    }

    /// A line that says what follows.
    pub fn comment(&mut self, words: &str) {
        let _ = writeln!(self.text, "% {words}");
    }

    /// Writes items, the lowest first.
    pub fn write(&mut self, items: &[Item]) {
        let mut left = items;
        while let Some(first) = left.first() {
            let done = match first {
                Item::Circle { radius, .. } if *radius <= LARGE => self.circles(left),
                Item::Panel { rect, fill, stroke: None, .. } => match left.get(1) {
                    Some(Item::Text(text))
                        if rect.enlarged(1e-6).intersection(&text.room()) == text.room() =>
                    {
                        self.words(text, Some(*fill));
                        2
                    }
                    _ => self.single(first),
                },
                _ => self.single(first),
            };
            left = &left[done.min(left.len())..];
        }
    }

    fn single(&mut self, item: &Item) -> usize {
        match item {
            Item::Lines { lines, strokes } => self.lines(lines, strokes),
            Item::Area { corners, fill } => self.area(corners, *fill),
            Item::Band { edges: [one, other], fill } => {
                let ring: Vec<_> = one.iter().chain(other.iter().rev()).copied().collect();
                self.area(&ring, *fill);
            }
            Item::Mesh(mesh) => self.mesh(mesh),
            Item::Circle { center, radius, fill, stroke } => {
                let half = [Vector2::new(*radius, 0.0), Vector2::new(0.0, *radius)];
                let ring = Polyline::ellipse(*center, half);
                self.area(&ring.points, *fill);
                if let Some(stroke) = stroke {
                    self.lines(&[ring], &[*stroke]);
                }
            }
            Item::Panel { rect, radius, fill, stroke } => self.panel(rect, *radius, *fill, stroke.as_ref()),
            Item::Raster { raster, place, opacity } => {
                let written = tex_raster(raster, (*place, *opacity), &self.places, &self.scheme, self.colors);
                self.text.push_str(&written);
            }
            Item::Marker(marker) => {
                if self.near().contains(marker.center.into()) {
                    self.shape(marker.center, &marker_parts(marker));
                }
            }
            Item::Text(text) => self.words(text, None),
        }
        1
    }

    /// What is seen, and a little more.
    fn near(&self) -> Rect {
        self.places.seen().enlarged(MARGIN)
    }

    fn lines(&mut self, lines: &[Polyline], strokes: &[Stroke]) {
        let strokes: Vec<&Stroke> = strokes.iter().filter(|stroke| stroke.color.alpha > 0).collect();
        let Some((last, below)) = strokes.split_last() else { return };
        let near = self.near();
        let pieces: Vec<LinePiece> = lines.iter().flat_map(|line| cut(line, &near)).collect();
        if pieces.is_empty() {
            return;
        }
        if strokes.iter().all(|stroke| stroke.dash.is_none()) {
            let mut options = self.stroke(last);
            for stroke in below {
                // What is not said is taken from the stroke above.
                let opacity = decimal(f64::from(stroke.color.alpha) / 255.0, 2);
                let (name, width) = (self.colors.name(stroke.color), self.places.length(stroke.width));
                let _ = write!(
                    options,
                    ", preaction={{draw={name}, draw opacity={opacity}, line width={width}}}"
                );
            }
            self.path(&pieces, &options);
            return;
        }
        for stroke in strokes {
            let options = self.stroke(stroke);
            let Some(pattern) = stroke.dash else {
                self.path(&pieces, &options);
                continue;
            };
            for piece in &pieces {
                let dash = self.dash(pattern, piece.1);
                self.path(std::slice::from_ref(piece), &format!("{options}, {dash}"));
            }
        }
    }

    fn stroke(&mut self, stroke: &Stroke) -> String {
        format!("{}, line width={}", self.colors.draw(stroke.color), self.places.length(stroke.width))
    }

    fn dash(&self, pattern: DashPattern, before: f64) -> String {
        let mut dash = String::from("dash pattern=");
        for (index, part) in pattern.iter().enumerate() {
            let word = if index % 2 == 0 { "on" } else { "off" };
            let _ = write!(dash, "{word} {} ", self.places.length(*part));
        }
        let phase = before.rem_euclid(pattern.iter().sum());
        if phase > 0.0 {
            let _ = write!(dash, ", dash phase={}", self.places.length(phase));
        }
        dash
    }

    /// All pieces with the same options: as a plot where they are long, so that its data can be read.
    fn path(&mut self, pieces: &[LinePiece], options: &str) {
        let is_plot =
            self.places.is_plot() && pieces.iter().map(|(points, _)| points.len()).sum::<usize>() >= FEW;
        let command = if is_plot { "\\addplot" } else { "\\path" };
        let _ = write!(self.text, "{command}[{options}]");
        if is_plot {
            self.text.push_str(" coordinates {");
        }
        for (index, (points, _)) in pieces.iter().enumerate() {
            if index > 0 && is_plot {
                self.text.push_str("\n(nan,nan)");
            }
            self.text.push('\n');
            for (index, point) in points.iter().enumerate() {
                if index > 0 && !is_plot {
                    self.text.push_str("--");
                }
                self.text.push_str(&self.places.at(*point));
            }
        }
        self.text.push_str(if is_plot { "};\n" } else { ";\n" });
    }

    fn area(&mut self, corners: &[Vector2<f64>], fill: Rgba) {
        let corners = within(corners, &self.near());
        let options = self.colors.fill(fill);
        if corners.len() > 2 && !options.is_empty() {
            let ring: Vec<String> = corners.iter().map(|corner| self.places.at(*corner)).collect();
            let _ = writeln!(self.text, "\\path[{options}]\n{}--cycle;", ring.join("--"));
        }
    }

    /// Quadrilaterals of one colour each, few where there is a choice, with lines that close the gaps between them.
    fn mesh(&mut self, mesh: &ShadedMesh) {
        let near = self.near();
        let mesh = mesh.coarser.as_deref().unwrap_or(mesh);
        let _ = writeln!(self.text, "\\begin{{scope}}[line width={}]", self.places.length(0.2));
        for quad in &mesh.quads {
            let ring = within(&mesh.corners(*quad), &near);
            if ring.len() < 3 {
                continue;
            }
            let Rgba { red, green, blue, .. } = mesh.fill(*quad);
            // In steps of eight, so that there are not too many names.
            let [red, green, blue] = [red, green, blue].map(|channel| channel.saturating_add(4) / 8 * 8);
            let name = self.colors.name(Rgba { red, green, blue, alpha: 255 });
            let ring: Vec<String> = ring.iter().map(|corner| self.places.at(*corner)).collect();
            let _ = writeln!(self.text, "\\filldraw[{name}]{}--cycle;", ring.join("--"));
        }
        self.text.push_str("\\end{scope}\n");
    }

    fn panel(&mut self, rect: &Rect, radius: f64, fill: Rgba, stroke: Option<&Stroke>) {
        let rect = rect.intersection(&self.near());
        if rect.area() <= 0.0 {
            return;
        }
        let mut options = vec![self.colors.fill(fill)];
        options.extend(stroke.map(|stroke| self.stroke(stroke)));
        if radius > 0.0 {
            options.push(format!("rounded corners={}", self.places.length(radius)));
        }
        options.retain(|option| !option.is_empty());
        let [from, to] = [rect.min, rect.max].map(|corner| self.places.at(corner.into()));
        let _ = writeln!(self.text, "\\path[{}] {from} rectangle {to};", options.join(", "));
    }

    /// Circles of one kind that follow each other, in one command; how many these are.
    fn circles(&mut self, items: &[Item]) -> usize {
        let Some(Item::Circle { radius, fill, stroke, .. }) = items.first() else { return 1 };
        let alike = items.iter().map_while(|item| match item {
            Item::Circle { center, radius: other, fill: inner, stroke: line }
                if (other, inner, line) == (radius, fill, stroke) =>
            {
                Some(*center)
            }
            _ => None,
        });
        let centers: Vec<_> = alike.collect();
        let count = centers.len();
        let reach = self.places.seen().enlarged(MARGIN + radius);
        let seen: Vec<_> = centers.into_iter().filter(|center| reach.contains((*center).into())).collect();
        let mut options = vec![self.colors.fill(*fill)];
        options.extend(stroke.as_ref().map(|stroke| self.stroke(stroke)));
        options.retain(|option| !option.is_empty());
        if seen.is_empty() || options.is_empty() {
            return count;
        }
        let (options, radius) = (options.join(", "), self.places.length(*radius));
        if self.places.is_plot() && seen.len() > 3 {
            // This mark is drawn with a line in any case.
            let line = if stroke.is_some() {
                String::new()
            } else {
                format!(", {}, line width=0pt", self.colors.draw(*fill))
            };
            let _ = writeln!(
                self.text,
                "\\addplot[only marks, mark=*, mark size={radius}, mark options={{{options}{line}}}] coordinates {{"
            );
            for center in seen {
                self.text.push_str(&self.places.at(center));
            }
            self.text.push_str("};\n");
        } else {
            let _ = write!(self.text, "\\path[{options}]");
            for center in seen {
                let _ = write!(self.text, " {} circle[radius={radius}]", self.places.at(center));
            }
            self.text.push_str(";\n");
        }
        count
    }

    /// Items that keep their shape around a place, whatever the units are.
    fn shape(&mut self, center: Vector2<f64>, parts: &[Item]) {
        let shift = self.places.shift(center);
        let from = |point: &Vector2<f64>| {
            let way = (point - center) * self.places.scale();
            format!("({}bp,{}bp)", decimal(way.x, 2), decimal(-way.y, 2))
        };
        let ring = |points: &[Vector2<f64>]| points.iter().map(from).collect::<Vec<_>>().join(" -- ");
        let mut written = String::new();
        for part in parts {
            let (options, path) = match part {
                Item::Area { corners, fill } => (self.colors.fill(*fill), ring(corners) + " -- cycle"),
                Item::Lines { lines, strokes } => {
                    let Some(stroke) = strokes.last() else { continue };
                    let line =
                        |line: &Polyline| ring(&line.points) + if line.closed { " -- cycle" } else { "" };
                    let options = format!(
                        "{}, line width={}",
                        self.colors.draw(stroke.color),
                        self.places.length(stroke.width)
                    );
                    (options, lines.iter().map(line).collect::<Vec<_>>().join(" "))
                }
                Item::Circle { radius, fill, .. } => {
                    let circle = format!("(0bp,0bp) circle[radius={}]", self.places.length(*radius));
                    (self.colors.fill(*fill), circle)
                }
                _ => continue,
            };
            if !options.is_empty() {
                let _ = writeln!(written, "\\path[{options}, {shift}] {path};");
            }
        }
        self.text.push_str(&written);
    }

    /// A line of text, on a ground where it has one: at the side from which it is read that is nearer to the
    /// border of what is seen, as letters of another size grow away from there.
    fn words(&mut self, text: &TextItem, ground: Option<Rgba>) {
        let (seen, room) = (self.places.seen(), text.room());
        if !seen.enlarged(MARGIN).meets(&room) {
            return;
        }
        let string = tex_text(&text.string, text.kind);
        let part = (room.center().x - seen.min[0]) / seen.size()[0].max(1.0);
        let (anchor, across) = match part {
            _ if text.is_upright => ("center", 0.5),
            part if part < 0.34 => ("base west", 0.0),
            part if part > 0.66 => ("base east", 1.0),
            _ => ("base", 0.5),
        };
        let fill = ground.map(|ground| self.colors.fill(ground)).filter(|fill| !fill.is_empty());
        let rim = if fill.is_some() { RIM } else { 0.0 };
        let at = room.part(across, if text.is_upright { 0.5 } else { BASELINE })
            + Vector2::new(rim * (2.0 * across - 1.0), 0.0);
        let mut options = vec![format!("anchor={anchor}"), format!("text={}", self.colors.name(text.color))];
        if text.is_upright {
            options.push("rotate=90".to_owned());
        }
        let size = TexSize::of(text.size);
        if size != TexSize::Footnotesize {
            options.push(format!("font={}", size.command()));
        }
        if let Some(fill) = fill {
            let rim = self.places.length(rim);
            options.push(format!("{fill}, text opacity=1, inner xsep={rim}, rounded corners={rim}"));
        }
        let at = self.places.at(at);
        let _ = writeln!(self.text, "\\node[thalwegtext, {}] at {at} {{{string}}};", options.join(", "));
    }
}

/// How much of its ground is seen beside a text, in points.
const RIM: f64 = 3.0;
/// How far down its room the line of a text is that its letters stand on, as a part.
const BASELINE: f64 = 0.76;

/// The pieces of a line that lie within a rectangle, each with the length of what lies before it.
fn cut(line: &Polyline, rect: &Rect) -> Vec<LinePiece> {
    let closing = line.points.first().filter(|_| line.closed).copied();
    let points: Vec<_> = line.points.iter().copied().chain(closing).collect();
    let mut pieces: Vec<LinePiece> = Vec::new();
    let (mut open, mut gone): (Vec<Vector2<f64>>, _) = (Vec::new(), line.before);
    let mut before = gone;
    for pair in points.windows(2) {
        if let Some((from, to)) = clip(rect, pair[0].into(), pair[1].into()) {
            let (from, to) = (Vector2::from(from), Vector2::from(to));
            if open.last() != Some(&from) {
                finish(&mut pieces, &mut open, before);
                before = gone + length(&[pair[0], from]);
                open.push(from);
            }
            open.push(to);
        }
        gone += length(pair);
    }
    finish(&mut pieces, &mut open, before);
    pieces
}

fn finish(pieces: &mut Vec<LinePiece>, open: &mut Vec<Vector2<f64>>, before: f64) {
    if open.len() > 1 {
        pieces.push((std::mem::take(open), before));
    }
    open.clear();
}

/// The part of a polygon that lies within a rectangle (Sutherland and Hodgman, Communications of the ACM 17
/// (1974)).
fn within(corners: &[Vector2<f64>], rect: &Rect) -> Vec<Vector2<f64>> {
    let mut ring = corners.to_vec();
    for (axis, border, is_low) in
        [(0, rect.min[0], true), (0, rect.max[0], false), (1, rect.min[1], true), (1, rect.max[1], false)]
    {
        let is_inside = |p: &Vector2<f64>| if is_low { p[axis] >= border } else { p[axis] <= border };
        let mut kept = Vec::with_capacity(ring.len());
        for (index, to) in ring.iter().enumerate() {
            let from = ring[(index + ring.len() - 1) % ring.len()];
            if is_inside(&from) != is_inside(to) {
                let part = (border - from[axis]) / (to[axis] - from[axis]);
                kept.push(from + (to - from) * part);
            }
            if is_inside(to) {
                kept.push(*to);
            }
        }
        ring = kept;
    }
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x: f64, y: f64) -> Vector2<f64> {
        Vector2::new(x, y)
    }

    #[test]
    fn what_is_far_outside_is_cut_off() {
        let rect = Rect::new(p(0.0, 0.0), p(10.0, 10.0));
        let line = Polyline::open(vec![p(-1e6, 5.0), p(5.0, 5.0), p(5.0, 1e6), p(8.0, 1e6), p(8.0, 5.0)]);
        let pieces = cut(&line, &rect);
        let told: Vec<_> = pieces.iter().map(|(points, _)| points.clone()).collect();
        assert_eq!(told, [vec![p(0.0, 5.0), p(5.0, 5.0), p(5.0, 10.0)], vec![p(8.0, 10.0), p(8.0, 5.0)]]);
        assert_eq!(pieces[0].1, 1e6);
        let ring = Polyline::closed(vec![p(1.0, 1.0), p(9.0, 1.0), p(9.0, 9.0)]);
        assert_eq!(cut(&ring, &rect)[0].0.len(), 4);
        let area = within(&[p(-1e6, 0.0), p(1e6, 0.0), p(0.0, 1e6)], &rect);
        assert!(area.iter().all(|corner| rect.enlarged(1e-6).contains((*corner).into())), "{area:?}");
        assert_eq!(area.len(), 4);
        assert!(within(&[p(-3.0, 0.0), p(-1.0, 0.0), p(-1.0, 1.0)], &rect).is_empty());
    }
}
