//! Figures as SVG: text as text, lines as paths, a group for each layer with its name.

use super::mesh_pixels::mesh_raster;
use super::paper::Paper;
use super::png::Pixels;
use super::typeface::{TextLine, Typeface};
use crate::color::Rgba;
use crate::dash;
use crate::figure::{Figure, FigureLayer};
use crate::formula_runs::{LetterStanding, SMALL, formula_runs};
use crate::item::{Item, TextItem};
use crate::marker_parts::marker_parts;
use crate::polyline::Polyline;
use crate::raster::Raster;
use crate::stroke::Stroke;
use crate::text_measure::TextKind;
use crate::viewport::Rect;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use nalgebra::Vector2;
use std::fmt::Write;

/// The faces of text: that of the window, and what comes near it.
const FONTS: &str = "Ubuntu Light,Ubuntu,Segoe UI,DejaVu Sans,sans-serif";

/// The figure as the text of a file. Text has the room that it has in `typeface`, whatever faces there are where it
/// is looked at.
pub fn svg(figure: &Figure, paper: &Paper<'_>, typeface: &Typeface) -> String {
    let mut svg = SvgText { text: String::new(), names: Vec::new(), typeface };
    svg.file(figure, paper);
    svg.text
}

struct SvgText<'a> {
    text: String,
    /// The names of the groups so far.
    names: Vec<&'static str>,
    typeface: &'a Typeface,
}

impl SvgText<'_> {
    /// Puts text behind what there is.
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        // A string takes everything.
        let _ = self.text.write_fmt(text);
    }

    fn file(&mut self, figure: &Figure, paper: &Paper<'_>) {
        let [width, height] = figure.page.size().map(number);
        let [left, top] = figure.page.min.map(number);
        self.put(format_args!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"{left} {top} {width} {height}\" role=\"img\" font-family=\"{FONTS}\" font-weight=\"300\" \
             stroke-linejoin=\"round\">\n"
        ));
        if !paper.title.is_empty() {
            self.put(format_args!("<title>{}</title>\n", escaped(paper.title)));
        }
        self.clips(figure);
        if let Some(ground) = paper.ground {
            self.put(format_args!("<g id=\"page\">\n"));
            self.rect(&figure.page, 0.0, ground, None);
            self.put(format_args!("</g>\n"));
        }
        for layer in &figure.layers {
            self.layer(layer);
        }
        self.put(format_args!("</svg>\n"));
    }

    /// What layers are cut off at, each once.
    fn clips(&mut self, figure: &Figure) {
        let mut written: Vec<Rect> = Vec::new();
        for clip in figure.layers.iter().filter_map(|layer| layer.clip) {
            if written.contains(&clip) {
                continue;
            }
            let ([x, y], [width, height]) = (clip.min.map(number), clip.size().map(number));
            self.put(format_args!(
                "<clipPath id=\"{}\"><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/></clipPath>\n",
                clip_name(&clip)
            ));
            written.push(clip);
        }
    }

    fn layer(&mut self, layer: &FigureLayer) {
        let name = layer.name.replace(' ', "-");
        // Of several plots on a page each has its axes.
        let before = self.names.iter().filter(|other| **other == layer.name).count();
        self.names.push(layer.name);
        match before {
            0 => self.put(format_args!("<g id=\"{name}\"")),
            before => self.put(format_args!("<g id=\"{name}-{}\"", before + 1)),
        }
        if let Some(clip) = &layer.clip {
            self.put(format_args!(" clip-path=\"url(#{})\"", clip_name(clip)));
        }
        self.put(format_args!(">\n"));
        for item in &layer.items {
            self.item(item);
        }
        self.put(format_args!("</g>\n"));
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Lines { lines, strokes } => {
                for stroke in strokes {
                    self.lines(lines, stroke);
                }
            }
            Item::Area { corners, fill } => {
                self.filled(corners, *fill);
            }
            Item::Band { edges: [one, other], fill } => {
                let back = other.iter().rev().copied();
                self.filled(&one.iter().copied().chain(back).collect::<Vec<_>>(), *fill);
            }
            Item::Circle { center, radius, fill, stroke } => {
                let ([x, y], radius) = ([center.x, center.y].map(number), number(*radius));
                self.put(format_args!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\""));
                self.inside(*fill);
                self.stroke(stroke.as_ref());
                self.put(format_args!("/>\n"));
            }
            Item::Panel { rect, radius, fill, stroke } => self.rect(rect, *radius, *fill, stroke.as_ref()),
            Item::Mesh(mesh) => {
                if let Some((raster, place)) = mesh_raster(mesh) {
                    self.raster(&raster, place, 1.0);
                }
            }
            Item::Raster { raster, place, opacity } => self.raster(raster, *place, *opacity),
            Item::Marker(marker) => {
                self.put(format_args!("<g>\n"));
                for part in &marker_parts(marker) {
                    self.item(part);
                }
                self.put(format_args!("</g>\n"));
            }
            Item::Text(text) => self.text(text),
        }
    }

    /// Lines with a stroke: those with dashes each for itself, as each begins its pattern somewhere.
    fn lines(&mut self, lines: &[Polyline], stroke: &Stroke) {
        match stroke.dash {
            None => {
                let mut path = SvgPath::default();
                for line in lines {
                    path.add(&line.points, line.closed);
                }
                self.path(&path, stroke, 0.0);
            }
            Some(_) => {
                for line in lines {
                    let (mut dashed, mut whole) = (SvgPath::default(), SvgPath::default());
                    let [part, rest] = dash::dashed_part(line, dash::MOST);
                    dashed.add(&part, false);
                    whole.add(&rest, false);
                    self.path(&dashed, stroke, line.before);
                    self.path(&whole, &Stroke { dash: None, ..*stroke }, 0.0);
                }
            }
        }
    }

    fn path(&mut self, path: &SvgPath, stroke: &Stroke, before: f64) {
        if path.0.is_empty() {
            return;
        }
        self.put(format_args!("<path fill=\"none\""));
        self.stroke(Some(stroke));
        if before > 0.0 && stroke.dash.is_some() {
            self.put(format_args!(" stroke-dashoffset=\"{}\"", number(before)));
        }
        self.put(format_args!(" d=\"{}\"/>\n", path.0));
    }

    fn filled(&mut self, ring: &[Vector2<f64>], fill: Rgba) {
        let mut path = SvgPath::default();
        path.add(ring, true);
        self.put(format_args!("<path"));
        self.inside(fill);
        self.put(format_args!(" d=\"{}\"/>\n", path.0));
    }

    fn rect(&mut self, rect: &Rect, radius: f64, fill: Rgba, stroke: Option<&Stroke>) {
        // The line lies within.
        let rect = rect.enlarged(-stroke.map_or(0.0, |stroke| stroke.width / 2.0));
        let ([x, y], [width, height]) =
            (rect.min.map(number), rect.size().map(|length| number(length.max(0.0))));
        self.put(format_args!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\""));
        if radius > 0.0 {
            self.put(format_args!(" rx=\"{}\"", number(radius)));
        }
        self.inside(fill);
        self.stroke(stroke);
        self.put(format_args!("/>\n"));
    }

    fn inside(&mut self, fill: Rgba) {
        if fill.alpha == 0 {
            self.put(format_args!(" fill=\"none\""));
        } else {
            self.put(format_args!(" fill=\"{}\"", hex(fill)));
            self.opacity("fill", fill);
        }
    }

    fn stroke(&mut self, stroke: Option<&Stroke>) {
        let Some(Stroke { width, color, dash }) = stroke else { return };
        self.put(format_args!(" stroke=\"{}\" stroke-width=\"{}\"", hex(*color), number(*width)));
        self.opacity("stroke", *color);
        if let Some(pattern) = dash {
            let lengths: Vec<_> = pattern.iter().map(|length| number(*length)).collect();
            self.put(format_args!(" stroke-dasharray=\"{}\"", lengths.join(" ")));
        }
    }

    fn opacity(&mut self, what: &str, color: Rgba) {
        if color.alpha < 255 {
            self.put(format_args!(" {what}-opacity=\"{}\"", number(f64::from(color.alpha) / 255.0)));
        }
    }

    fn raster(&mut self, raster: &Raster, place: Rect, opacity: f64) {
        let rgba =
            raster.cells.iter().flat_map(|cell| [cell.red, cell.green, cell.blue, cell.alpha]).collect();
        let pixels = Pixels { width: raster.columns as u32, height: raster.rows as u32, rgba };
        // One without cells shows nothing.
        let Ok(file) = pixels.png(1.0) else { return };
        let whole = raster.whole(place);
        let ([x, y], [width, height]) = (whole.min.map(number), whole.size().map(number));
        self.put(format_args!(
            "<image x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" preserveAspectRatio=\"none\""
        ));
        if opacity < 1.0 {
            self.put(format_args!(" opacity=\"{}\"", number(opacity)));
        }
        if !raster.is_smooth {
            self.put(format_args!(" style=\"image-rendering:pixelated\""));
        }
        self.put(format_args!(" href=\"data:image/png;base64,{}\"/>\n", STANDARD.encode(file)));
    }

    fn text(&mut self, item: &TextItem) {
        let TextItem { string, kind, size, color, rect, is_upright } = item;
        let line = self.typeface.line(string, *size, *kind);
        if *is_upright {
            let center = rect.center();
            let [x, y] = [center.x, center.y].map(number);
            self.put(format_args!("<g transform=\"rotate(-90 {x} {y})\">"));
        }
        let base = line.base(LetterStanding::Normal);
        let [x, y] = [rect.min[0], rect.min[1] + base].map(number);
        let (letters, width) = (number(*size), number(line.size.x));
        self.put(format_args!("<text x=\"{x}\" y=\"{y}\" font-size=\"{letters}\""));
        if line.size.x > 0.0 {
            self.put(format_args!(" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\""));
        }
        self.put(format_args!(" xml:space=\"preserve\""));
        self.inside(*color);
        self.put(format_args!(">"));
        match kind {
            TextKind::Plain => self.put(format_args!("{}", escaped(string))),
            TextKind::Formula => self.formula(string, &line, *size),
        }
        self.put(format_args!("</text>\n"));
        let at = Vector2::from(rect.min);
        for (hat, width) in &line.hats {
            let mut path = SvgPath::default();
            path.add(&hat.map(|corner| corner + at), false);
            self.path(&path, &Stroke::new(*width, *color), 0.0);
        }
        if *is_upright {
            self.put(format_args!("</g>\n"));
        }
    }

    /// The letters of a formula, each run from where the one before stands.
    fn formula(&mut self, formula: &str, line: &TextLine, size: f64) {
        let mut at = line.base(LetterStanding::Normal);
        for run in formula_runs(formula) {
            let (base, text) = (line.base(run.standing), escaped(&run.text));
            let part = if run.standing == LetterStanding::Normal { 1.0 } else { SMALL };
            let [way, letters] = [base - at, part * size].map(number);
            self.put(format_args!("<tspan dy=\"{way}\" font-size=\"{letters}\">{text}</tspan>"));
            at = base;
        }
    }
}

/// A path as SVG writes it.
#[derive(Default)]
struct SvgPath(String);

impl SvgPath {
    fn add(&mut self, points: &[Vector2<f64>], is_closed: bool) {
        let shown = points.iter().filter(|point| point.x.is_finite() && point.y.is_finite());
        let mut before: Option<[i64; 2]> = None;
        let start = self.0.len();
        for point in shown {
            // In hundredths, one place from the other: shorter by a half than the places themselves.
            let at = [point.x, point.y].map(|length| libm::round(length * 100.0) as i64);
            let (sign, way) = match before {
                None => ('M', at),
                Some(before) if before == at => continue,
                Some(before) => ('l', [at[0] - before[0], at[1] - before[1]]),
            };
            let is_first = before.replace(at).is_none();
            if is_first || self.0.ends_with('M') {
                self.0.push(sign);
            } else if !self.0[start..].contains('l') {
                self.0.push('l');
            }
            for length in way {
                let text = number(length as f64 / 100.0);
                if !self.0.ends_with(|c: char| c.is_alphabetic()) && !text.starts_with('-') {
                    self.0.push(' ');
                }
                self.0.push_str(&text);
            }
        }
        // A single place is nothing to see.
        if !self.0[start..].contains('l') {
            self.0.truncate(start);
        } else if is_closed {
            self.0.push('z');
        }
    }
}

/// What a clip is called: after where it lies, so that pictures in one page have no name for two.
fn clip_name(clip: &Rect) -> String {
    let sides = [clip.min, clip.max].concat();
    let sides: Vec<_> = sides.iter().map(|side| number(*side).replace('.', "_")).collect();
    format!("clip-{}", sides.join("-"))
}

/// A number with at most two decimals.
fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text {
        "-0" | "" => "0".to_owned(),
        text => match text.strip_prefix("0.") {
            Some(part) => format!(".{part}"),
            None => text.replacen("-0.", "-.", 1),
        },
    }
}

fn hex(color: Rgba) -> String {
    format!("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue)
}

/// A text as it stands between marks. Signs that XML does not allow are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let values = [0.0, -0.001, 0.25, -0.5, 12.0, 100.0, 3.4567, -10.10];
        assert_eq!(values.map(number), ["0", "0", ".25", "-.5", "12", "100", "3.46", "-10.1"]);
    }

    #[test]
    fn paths_go_from_place_to_place() {
        let place = |x: f64, y: f64| Vector2::new(x, y);
        let mut path = SvgPath::default();
        path.add(&[place(1.0, 2.0), place(1.5, 1.0), place(1.5, 1.0), place(2.0, 3.0)], true);
        path.add(&[place(0.0, 0.0)], false);
        path.add(&[place(5.0, 5.0), place(f64::NAN, 1.0), place(4.0, 5.25)], false);
        assert_eq!(path.0, "M1 2l.5-1 .5 2zM5 5l-1 .25");
    }

    #[test]
    fn text_is_safe_between_marks() {
        assert_eq!(escaped("a < b & \"c\"\u{1}\n>"), "a &lt; b &amp; &quot;c&quot; &gt;");
    }
}
