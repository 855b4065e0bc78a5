//! Charts on the paper.

use super::chart::{Chart, ChartBand, ChartDot, ChartHeading, ChartLine, ChartNote, ChartPlace};
use super::told;
use crate::captions;
use crate::color::Rgba;
use crate::figure::Figure;
use crate::item::{Item, TextItem};
use crate::plot::Plot;
use crate::polyline::Polyline;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::text_measure::{TextKind, TextMeasure};
use crate::viewport::Rect;
use nalgebra::Vector2;

/// The sizes of the title and of the note below it, in points.
const TITLE: f64 = 11.5;
const NOTE: f64 = 11.0;
/// How far the title is from what the colours mean, and how far they are from each other.
const GAP: f64 = 7.0;
/// How high a line of the notes in the corner is, and how far the notes are from the frame.
const ROW: f64 = 15.0;
const INSET: Vector2<f64> = Vector2::new(6.0, 4.0);
/// How much of the frame's height the notes may take.
const SHARE: f64 = 0.75;
/// From where to where, left of a note, the sample of its line goes.
const SAMPLE: [f64; 2] = [32.0, 6.0];
/// How long the sample of a line in a legend is.
const LEGEND_SAMPLE: f64 = 24.0;
/// How wide a letter is, on average, in points.
const LETTER: f64 = 6.0;

impl Chart<'_> {
    /// The chart without its heading. `plot` is [`Chart::plot`] for the page; `pointer` is where somebody points.
    pub fn figure(
        &self,
        page: Rect,
        plot: &Plot,
        measure: &dyn TextMeasure,
        pointer: Option<Vector2<f64>>,
    ) -> Figure {
        let (clip, scheme) = (Some(plot.frame), &plot.scheme);
        let mut figure = Figure::new(page);
        self.axes().draw(&mut figure, page, plot, measure);
        let band = |band: &ChartBand| Item::Band {
            edges: band.edges.each_ref().map(|edge| places(plot, edge)),
            fill: band.fill,
        };
        figure.push("areas", clip, self.bands.iter().map(band).collect());
        figure.push(
            "rules",
            clip,
            self.rules.iter().map(|rule| rule_item(plot, rule.axis, rule.at, rule.stroke)).collect(),
        );
        figure.push("lines", clip, self.lines.iter().flat_map(|line| line_items(plot, line)).collect());
        figure.push("dots", clip, self.dots.iter().flat_map(|dot| dot_items(plot, dot)).collect());
        let mut captions = self.notes(plot, measure);
        if !self.message.is_empty() {
            let room = plot.frame.size()[0] - 2.0 * INSET.x;
            let told = measure.fitted(self.message, room, captions::SIZE);
            let middle = plot.frame.center();
            let (items, _) = captions::label(measure, middle, [0.5, 0.5], &told, scheme.quiet, scheme);
            captions.extend(items.into_iter().filter(|_| !told.is_empty()));
        }
        figure.push("captions", clip, captions);
        if let Some(line) = pointer.and_then(|pointer| self.pointed(plot, pointer)) {
            let place = pointer.map_or(0.0, |pointer| plot.to.plane(pointer).x);
            let words = told::words(line, place);
            let words = told::shortened(&words, (plot.frame.size()[0] / LETTER) as usize);
            let at = plot.frame.part(1.0, 0.0) + Vector2::new(-5.0, 4.0);
            let color = line.behind.color.with_alpha(255);
            let (items, _) = captions::label(measure, at, [1.0, 0.0], &words, color, scheme);
            figure.push("pointer", clip, items.into());
        }
        figure
    }

    /// The chart with its heading, for a page of its own; with a legend of its lines where one is wanted.
    pub fn with_heading(
        &self,
        page: Rect,
        scheme: Scheme,
        measure: &dyn TextMeasure,
        has_legend: bool,
    ) -> Figure {
        let (heading, height) = heading_items(&self.heading, page, &scheme, measure);
        let mut top = page.min[1] + height;
        let mut chart = self;
        let without = Chart { has_names: false, ..self.clone() };
        if has_legend {
            chart = &without;
        }
        let legend = if has_legend { self.legend(page, &mut top, &scheme, measure) } else { Vec::new() };
        let top = top.min(page.max[1] - 1.0);
        let below = Rect { min: [page.min[0], top], max: page.max };
        let plot = chart.plot(below, scheme, measure);
        let mut figure = chart.figure(below, &plot, measure, None);
        figure.page = page;
        figure.push("heading", None, heading);
        figure.push("legend", None, legend);
        figure
    }

    /// The lines' names, each behind a sample of its line, in rows from `top` on, which moves below them.
    fn legend(&self, page: Rect, top: &mut f64, scheme: &Scheme, measure: &dyn TextMeasure) -> Vec<Item> {
        let mut items = Vec::new();
        let mut left = page.min[0];
        let row = measure.size("0", TITLE, TextKind::Plain).y + 1.0;
        let named: Vec<_> = self.lines.iter().filter(|line| !line.name.is_empty()).collect();
        for line in &named {
            let most = page.size()[0] - LEGEND_SAMPLE - GAP;
            let string = measure.fitted(&line.name, most, TITLE);
            let room = measure.size(&string, TITLE, TextKind::Plain);
            if left > page.min[0] && left + LEGEND_SAMPLE + GAP + room.x > page.max[0] {
                (left, *top) = (page.min[0], *top + row);
            }
            let at = Vector2::new(left + LEGEND_SAMPLE + GAP, *top);
            let middle = Vector2::new(left, *top + room.y / 2.0);
            let sample = Polyline::segment(middle, middle + Vector2::new(LEGEND_SAMPLE, 0.0));
            items.push(Item::line(sample, &[line.behind]));
            if !string.is_empty() {
                let (kind, size, color) = (TextKind::Plain, TITLE, scheme.ink);
                let rect = Rect::new(at, room);
                items.push(Item::Text(TextItem { string, kind, size, color, rect, is_upright: false }));
            }
            left = at.x + room.x + 2.0 * GAP;
        }
        *top += if named.is_empty() { 0.0 } else { row + 2.0 };
        items
    }

    /// The line that somebody points at.
    fn pointed(&self, plot: &Plot, pointer: Vector2<f64>) -> Option<&ChartLine<'_>> {
        if !plot.frame.contains(pointer.into()) {
            return None;
        }
        let lines: Vec<_> = self.lines.iter().filter(|line| line.values.is_some()).collect();
        let pieces = |line: &&ChartLine<'_>| {
            line.pieces.iter().map(|piece| Polyline::open(places(plot, piece))).collect::<Vec<_>>()
        };
        let drawn: Vec<_> = lines.iter().map(pieces).collect();
        told::nearest(&drawn, pointer).and_then(|index| lines.get(index).copied())
    }

    /// The notes in the corner, as far as there is room.
    fn notes(&self, plot: &Plot, measure: &dyn TextMeasure) -> Vec<Item> {
        let corner = plot.frame.part(1.0, 0.0) + Vector2::new(-INSET.x, INSET.y);
        let [width, height] = plot.frame.size();
        // The first two where there is hardly room, and then as far as they leave something of the lines.
        let named = self.lines.iter().filter(|line| self.has_names && !line.name.is_empty());
        let names = named.map(|line| ChartNote {
            text: line.name.clone(),
            color: line.behind.color.with_alpha(255),
            sample: Some(line.behind),
        });
        let notes: Vec<ChartNote> = self.notes.iter().cloned().chain(names).collect();
        let rows = (SHARE * height / ROW).max((height / ROW).min(2.0)).max(0.0) as usize;
        let count = if notes.len() > rows { rows.saturating_sub(1) } else { rows };
        let more = notes.len().saturating_sub(count);
        let text = format!("and {more} more");
        let more =
            (more > 0 && count > 1).then_some(ChartNote { text, color: plot.scheme.quiet, sample: None });
        let mut items = Vec::new();
        for (row, note) in notes.iter().take(count).chain(&more).enumerate() {
            let sample = note.sample.map_or(0.0, |_| SAMPLE[0]);
            let text = measure.fitted(&note.text, width - 2.0 * INSET.x - sample, captions::SIZE);
            if text.is_empty() {
                continue;
            }
            let at = corner + Vector2::new(0.0, ROW * row as f64);
            let (drawn, room) = captions::label(measure, at, [1.0, 0.0], &text, note.color, &plot.scheme);
            items.extend(drawn);
            if let Some(stroke) = note.sample {
                let end = |left: f64| Vector2::new(room.min[0] - left, room.center().y);
                items.push(Item::line(Polyline::segment(end(SAMPLE[0]), end(SAMPLE[1])), &[stroke]));
            }
        }
        items
    }
}

/// A line's places on the paper.
fn places(plot: &Plot, line: &[ChartPlace]) -> Vec<Vector2<f64>> {
    line.iter().map(|at| plot.to.place((*at).into())).collect()
}

fn rule_item(plot: &Plot, axis: usize, at: f64, stroke: Stroke) -> Item {
    let Rect { min, max } = plot.frame;
    let at = plot.to.place(Vector2::new(at, at))[axis];
    let ends = if axis == 0 { [[at, min[1]], [at, max[1]]] } else { [[min[0], at], [max[0], at]] };
    Item::line(Polyline::segment(ends[0].into(), ends[1].into()), &[stroke])
}

/// A line: what lies behind the cursor strong, and below it, pale, what is to come.
fn line_items(plot: &Plot, line: &ChartLine<'_>) -> Vec<Item> {
    let (mut behind, mut ahead) = (Vec::new(), Vec::new());
    for piece in line.pieces.iter() {
        let points = places(plot, piece);
        let split = piece.partition_point(|at| at[0] <= line.here);
        let strong = Polyline::open(points[..split].to_vec());
        let way = |pair: &[Vector2<f64>]| (pair[1] - pair[0]).norm();
        let before =
            line.ahead.and_then(|ahead| ahead.dash).map_or(0.0, |_| strong.points.windows(2).map(way).sum());
        ahead.push(Polyline { before, ..Polyline::open(points[split.saturating_sub(1)..].to_vec()) });
        behind.push(strong);
    }
    let lines =
        [(ahead, line.ahead), (behind, Some(line.behind))].into_iter().filter_map(|(mut lines, stroke)| {
            let stroke = stroke?;
            lines.retain(|line| line.points.len() > 1);
            (!lines.is_empty()).then(|| Item::Lines { lines: lines.into(), strokes: vec![stroke] })
        });
    lines.collect()
}

fn dot_items(plot: &Plot, dot: &ChartDot) -> [Item; 2] {
    let at = plot.to.place(dot.at.into());
    let mark = if dot.is_open {
        Item::ring(at, 2.6, Stroke::new(1.2, dot.color))
    } else {
        Item::disc(at, 3.2, dot.color)
    };
    [Item::disc(at, 4.5, plot.scheme.halo.with_alpha(255)), mark]
}

/// The heading at the top of a page, and how high it is.
fn heading_items(
    heading: &ChartHeading,
    page: Rect,
    scheme: &Scheme,
    measure: &dyn TextMeasure,
) -> (Vec<Item>, f64) {
    let mut items = Vec::new();
    let mut write = |at: Vector2<f64>, text: &str, size: f64, color: Rgba| {
        let string = measure.fitted(text, page.max[0] - at.x, size);
        let room = measure.size(&string, size, TextKind::Plain);
        if !string.is_empty() {
            let (kind, rect) = (TextKind::Plain, Rect::new(at, room));
            items.push(Item::Text(TextItem { string, kind, size, color, rect, is_upright: false }));
        }
        room
    };
    let mut at = Vector2::from(page.min);
    let mut line = write(at, &heading.title, TITLE, scheme.ink);
    for key in &heading.keys {
        let next = at.x + line.x + GAP;
        let room = measure.size(key.text, TITLE, TextKind::Plain);
        at = if next + room.x <= page.max[0] {
            Vector2::new(next, at.y)
        } else {
            Vector2::new(page.min[0], at.y + room.y + 1.0)
        };
        line = write(at, key.text, TITLE, key.color);
    }
    let mut bottom = at.y + measure.size("0", TITLE, TextKind::Plain).y;
    if let Some((note, _)) = &heading.note {
        let room = write(Vector2::new(page.min[0], bottom + 1.0), note, NOTE, scheme.quiet);
        bottom += 1.0 + room.y;
    }
    (items, bottom + 3.0 - page.min[1])
}
