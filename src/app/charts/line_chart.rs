//! A chart of lines: reduced to the screen, over steps or over what they cost.

use super::curve::{Curve, Version};
use super::hover;
use super::scale::{Axis, Extent, grid};
use crate::app::theme::Palette;
use crate::app::{paint, static_plot, ticks};
use crate::words::text;
use egui::{Painter, Pos2, Shape, Stroke, Ui, WidgetInfo, pos2};
use egui_plot::{GridMark, HLine, PlotBounds, PlotPoint, PlotTransform, VLine};
use std::collections::HashMap;
use thalweg_core::math::within::Within;
use thalweg_scenario::XAxis;
use thalweg_session::Session;

/// What a chart of lines is, besides its curves.
pub struct LineChart<'a> {
    /// What tells it from the others.
    pub id: &'a str,
    /// What it is for whoever cannot see it.
    pub title: String,
    /// How values become heights.
    pub axis: Axis,
    /// What lies along the horizontal axis.
    pub over: XAxis,
    /// How far it goes.
    pub end: f64,
}

impl LineChart<'_> {
    /// Draws it.
    pub fn plot(&self, ui: &mut Ui, curves: &[Curve<'_>], kept: &mut Reduced, session: &Session) {
        let (axis, over, cursor) = (self.axis, self.over, session.cursor() as usize);
        let columns = (ui.available_width() as usize / 2).within(16, 2048);
        let end = self.end.max(1.0);
        let palette = Palette::of(ui);
        let mut extent = Extent::default();
        let mut outlines = Vec::new();
        for (index, curve) in curves.iter().enumerate() {
            let (points, reach) = kept.of(self.id, index, curve, (over, end, columns, axis));
            if curve.is_measured {
                extent.add_all(*reach);
            }
            outlines.push(points.clone());
        }
        let (low, high) = extent.padded(axis);
        let hover = move |mark: GridMark, _: &std::ops::RangeInclusive<f64>| axis.label(mark);
        let plot = static_plot::plot(self.id)
            .height(ui.available_height())
            .grid_color(palette.quiet.gamma_multiply(0.3))
            .label_formatter(|_| None)
            .y_axis_min_width(38.0)
            .x_axis_formatter(|mark, _| text::number(mark.value))
            .y_axis_formatter(hover)
            .x_grid_spacer(|input| ticks::even(input.bounds, 3.0))
            .y_grid_spacer(move |input| grid(input.bounds, axis));
        let shown = plot.show(ui, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max([-0.01 * end, low], [1.05 * end, high]));
            if over == XAxis::Steps {
                plot.vline(
                    VLine::new("cursor", cursor as f64)
                        .stroke(Stroke::new(1.0, palette.quiet))
                        .allow_hover(false),
                );
            }
            if axis == Axis::Linear {
                plot.hline(
                    HLine::new("zero", 0.0).stroke(Stroke::new(1.0, palette.quiet)).allow_hover(false),
                );
            }
        });
        let (response, transform) = (shown.response, shown.transform);
        let frame = *transform.frame();
        let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
        let mut lines = Vec::new();
        for (curve, points) in curves.iter().zip(&outlines) {
            let here = cursor.min(curve.values.len().saturating_sub(1));
            let split = points.partition_point(|point| point[0] <= curve.place(over, here));
            let line: Vec<Pos2> = points.iter().map(|point| on_screen(&transform, *point)).collect();
            curve.paint(&painter, &palette, &line, split);
            lines.push(line);
        }
        // XAxis steps one vertical line is the cursor; here everybody is somewhere else.
        for curve in curves.iter().filter(|_| over == XAxis::Evaluations) {
            let here = cursor.min(curve.values.len().saturating_sub(1));
            if let Some(height) = curve.values.values().get(here).and_then(|value| axis.height(*value)) {
                let at = on_screen(&transform, [curve.place(over, here), height]);
                painter.circle_filled(at, 4.5, palette.halo.to_opaque());
                if curve.is_pinned {
                    painter.circle_stroke(at, 2.6, Stroke::new(1.2, curve.color));
                } else {
                    painter.circle_filled(at, 3.2, curve.color);
                }
            }
        }
        if let Some(pointer) = response.hover_pos().filter(|pointer| frame.contains(*pointer))
            && let Some(curve) = hover::nearest(&lines, pointer).and_then(|index| curves.get(index))
        {
            let told = hover::words(curve, over, transform.value_from_position(pointer).x);
            hover::show(&painter, frame, curve, &told, &palette);
        }
        response.widget_info(|| {
            let pinned = curves.iter().filter(|curve| curve.is_pinned);
            let pinned: Vec<_> =
                pinned.map(|curve| format!("; {}", hover::words(curve, over, cursor as f64))).collect();
            let pinned = pinned.concat();
            WidgetInfo::labeled(egui::Role::Image, true, format!("Chart: {}{pinned}", self.title))
        });
        if extent.is_empty() {
            let message =
                if session.scenario().runners.is_empty() { "nobody races" } else { "nothing to draw here" };
            ui.painter().text(
                response.rect.center(),
                egui::Align2::CENTER_CENTER,
                message,
                egui::FontId::proportional(12.0),
                palette.quiet,
            );
        }
    }
}

impl Curve<'_> {
    /// Draws it: what lies behind the cursor, the first `split` points, strong, and what is to come pale.
    fn paint(&self, painter: &Painter, palette: &Palette, line: &[Pos2], split: usize) {
        let (behind, ahead) = (&line[..split], &line[split.saturating_sub(1)..]);
        let strokes = [
            (ahead, Stroke::new(1.2, palette.ahead(self.color))),
            (behind, Stroke::new(self.width, self.color)),
        ];
        for (index, (line, stroke)) in strokes.into_iter().enumerate() {
            match self.dash {
                None => {
                    painter.add(Shape::line(line.to_vec(), stroke));
                }
                Some(pattern) => {
                    let way = |pair: &[Pos2]| f64::from((pair[1] - pair[0]).length());
                    let before = if index == 0 { behind.windows(2).map(way).sum() } else { 0.0 };
                    painter.extend(paint::dashed(line, pattern, before, stroke));
                }
            }
        }
    }
}

/// A point of the chart on the screen, within what the screen's arithmetic can bear.
fn on_screen(transform: &PlotTransform, [x, y]: [f64; 2]) -> Pos2 {
    const FAR: f32 = 1e5;
    let at = transform.position_from_point(&PlotPoint::new(x, y));
    pos2(at.x.within(-FAR, FAR), at.y.within(-FAR, FAR))
}

/// What a reduced line depends on, besides its values.
type Sight = (XAxis, f64, usize, Axis);

/// A line as the screen shows it, and how high it reaches.
type Outline = (Vec<[f64; 2]>, Extent);

/// The reduced lines of all charts, kept while nothing about them changes: a paused frame, and one that
/// only moves the cursor, reduces none.
#[derive(Default)]
pub struct Reduced(HashMap<(String, usize), ReducedLine>);

/// What a line was reduced from, and to.
struct ReducedLine {
    /// Lines of one run have one version: their names tell them apart.
    name: String,
    version: Option<Version>,
    length: usize,
    shape: Sight,
    outline: Outline,
}

impl Reduced {
    fn of(&mut self, chart: &str, index: usize, curve: &Curve<'_>, shape: Sight) -> &Outline {
        let (over, end, columns, axis) = shape;
        let (version, length) = (curve.version, curve.values.len());
        let place = (chart.to_owned(), index);
        let fresh = || {
            let outline = reduce(curve, over, end, columns, axis);
            ReducedLine { name: curve.name.clone(), version, length, shape, outline }
        };
        let kept = self.0.entry(place).or_insert_with(fresh);
        let same =
            kept.name == curve.name && (kept.version, kept.length, kept.shape) == (version, length, shape);
        if version.is_none() || !same {
            *kept = fresh();
        }
        &kept.outline
    }
}

/// At most four points for each column of the screen: the first, least, greatest and last value.
fn reduce(curve: &Curve<'_>, over: XAxis, end: f64, columns: usize, axis: Axis) -> (Vec<[f64; 2]>, Extent) {
    let mut points: Vec<[f64; 2]> = Vec::new();
    let mut reach = Extent::default();
    let width = end / columns as f64;
    let (mut from, mut like) = (0, 1);
    while from < curve.values.len() {
        // A line that goes on far beyond the axis would have no end of columns.
        if curve.place(over, from) > 1.1 * end {
            break;
        }
        let to = curve.column_end(over, from, width, like);
        let steps = from..to;
        (from, like) = (to, steps.len());
        let Some(column) = curve.values.column(steps.clone()) else { continue };
        let (first, last) = (curve.place(over, steps.start), curve.place(over, to - 1));
        let middle = f64::midpoint(first, last);
        // By way of the extremes, in the order in which a line that only rises or only falls meets them.
        let (near, far) =
            if column.first < column.last { (column.min, column.max) } else { (column.max, column.min) };
        let corners = [(first, column.first), (middle, near), (middle, far), (last, column.last)];
        for (place, value) in if steps.len() == 1 { &corners[..1] } else { &corners[..] } {
            if let Some(height) = axis.height(*value) {
                reach.add(height);
                points.push([*place, height]);
            }
        }
    }
    (points, reach)
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_analysis::field::minmax_pyramid::MinMaxPyramid;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::surfaces;
    use thalweg_core::objective::objective::Objective;
    use thalweg_core::run::problem::Problem;
    use thalweg_core::run::run::Run;
    use thalweg_core::spec::chosen::Chosen;

    /// Two lines of one run have the same version and length; when a line comes in before them, each is at the
    /// place of the other.
    #[test]
    fn lines_of_one_run_are_not_taken_for_each_other() {
        let pyramid = |height: f64| {
            let mut values = MinMaxPyramid::new();
            (0..100).for_each(|_| values.push(height));
            values
        };
        let (low, high) = (pyramid(1.0), pyramid(2.0));
        let curve = |name: &str, values| Curve {
            name: name.to_owned(),
            version: Some((7, 0)),
            color: egui::Color32::BLACK,
            values,
            run: None,
            dash: None,
            is_pinned: false,
            is_measured: true,
            width: 1.0,
        };
        let shape = (XAxis::Steps, 99.0, 50, Axis::Linear);
        let mut reduced = Reduced::default();
        for (name, values, height) in [("low", &low, 1.0), ("high", &high, 2.0), ("low", &low, 1.0)] {
            let (points, _) = reduced.of("decay", 0, &curve(name, values), shape);
            assert!(!points.is_empty() && points.iter().all(|point| point[1] == height), "{name}");
        }
    }

    /// Every step is in one column, in order, no column is wider than it may be, and there are no
    /// more of them than were asked for: whatever a step costs.
    #[test]
    fn columns_hold_every_step_once() {
        let surface = Chosen::with_defaults(surfaces::find("Rosenbrock").expect("known"));
        let problem = Problem::new(Objective::new(&surface), nalgebra::Vector2::new(-1.2, 1.0), 5000);
        for name in ["GradientDescent", "Newton", "Sophia", "Bfgs", "SteepestDescent", "NewtonArmijo"] {
            let mut run = Run::new(&Chosen::with_defaults(optimizers::find(name).expect(name)), &problem);
            run.advance(&problem, u32::MAX);
            let mut values = MinMaxPyramid::new();
            run.trajectory().samples().iter().for_each(|sample| values.push(sample.loss));
            let curve = Curve {
                name: name.to_owned(),
                version: None,
                color: egui::Color32::BLACK,
                values: &values,
                run: Some(&run),
                dash: None,
                is_pinned: false,
                is_measured: true,
                width: 1.0,
            };
            for over in [XAxis::Steps, XAxis::Evaluations] {
                let end = curve.place(over, values.len() - 1);
                let width = end / 90.0;
                let (mut from, mut count) = (0, 0);
                while from < values.len() {
                    let to = curve.column_end(over, from, width, 1);
                    for like in [2, 50, 1 << 40] {
                        assert_eq!(curve.column_end(over, from, width, like), to, "{name}");
                    }
                    assert!(to > from && to <= values.len());
                    assert!(curve.place(over, to - 1) - curve.place(over, from) <= width, "{name}");
                    (from, count) = (to, count + 1);
                }
                assert!(count <= 91, "{name}: {count}");
                let (points, _) = reduce(&curve, over, end, 90, Axis::Log { above: 0.0 });
                assert!(points.is_sorted_by(|a, b| a[0] <= b[0]) && points.len() <= 4 * 91, "{name}");
            }
        }
    }
}
