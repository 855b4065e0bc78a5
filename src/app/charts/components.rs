//! The loss of the focused runner, stacked by eigenvector.

use super::companions::{Companion, Companions, TOOLTIP};
use super::entry::{ChartEntry, ChartView};
use super::heading::heading;
use crate::app::context::FrameContext;
use crate::app::needs::Needs;
use crate::app::theme::Palette;
use crate::app::{paint, pinned, static_plot, ticks};
use crate::words::text;
use egui::{Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Shape, Stroke, Ui, WidgetInfo, pos2};
use egui_plot::PlotBounds;
use thalweg_analysis::field::minmax_pyramid::MinMaxPyramid;
use thalweg_analysis::spectral::eigenbasis::{LossComponent, LossComponents};
use thalweg_core::math::within::Within;
use thalweg_scenario::ChartKind;
use thalweg_session::{FrameTimer, Session};

/// A component may grow so many times its first value before it leaves the chart.
const MOST_TIMES: f64 = 3.0;
/// Screen points between two points of a line.
const SPACING: f32 = 2.0;

/// The row of the table of charts.
pub const CHART: ChartEntry = ChartEntry {
    kind: ChartKind::COMPONENTS,
    title: "components",
    needs: Needs::COMPONENTS,
    start: || Box::<ComponentsChart>::default(),
};

/// The losses by components of those pinned; the focused runner's is the eigenbasis view's, too.
#[derive(Default)]
struct ComponentsChart(Companions<LossComponents>);

impl ChartView for ComponentsChart {
    fn update(&mut self, _session: &Session, _timer: &FrameTimer) -> bool {
        false
    }

    fn update_pinned(&mut self, session: &Session, timer: &FrameTimer) -> bool {
        self.0
            .update(session, |components, run, problem| !components.update(run, problem, || timer.is_over()))
    }

    fn heading(&self, ui: &mut Ui, context: &FrameContext<'_>) {
        heading(ui, &title(context.caches.analysis.components())).on_hover_text(format!(
            "f - f* = λ₁ξ₁²/2 + λ₂ξ₂²/2 + the rest: the areas are what the quadratic at the minimum gives to each \
             eigenvector, the line is the true loss. Where the two part, the surface is no quadratic. A dashed \
             line marks the step from which on a component stays below 1 % of its first value, as far as is \
             computed; the chart ends some steps later. Linear, as a logarithm does not add up; cut at three times the \
             first value. {TOOLTIP} Its lines are the borders of what would be its areas.",
        ));
    }

    fn plot(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let (session, components) = (context.session, context.caches.analysis.components());
        let pinned: Vec<_> = self.0.shown(session).collect();
        plot(ui, session, components, &pinned, &title(components), &context.palette);
    }
}

fn title(components: &LossComponents) -> String {
    match components.frame() {
        Some(frame) => {
            let at = frame.origin.at;
            format!("loss by component, from the {} {}", frame.origin.kind.name(), text::point(at.x, at.y))
        }
        None => "loss by component".to_owned(),
    }
}

fn plot(
    ui: &mut Ui,
    session: &Session,
    components: &LossComponents,
    pinned: &[Companion<'_, LossComponents>],
    title: &str,
    palette: &Palette,
) {
    let end = end(session, components, pinned);
    let (low, high) = range(components, pinned);
    let plot = static_plot::plot("components")
        .height(ui.available_height())
        .grid_color(palette.quiet.gamma_multiply(0.3))
        .label_formatter(|_| None)
        .y_axis_min_width(38.0)
        .x_axis_formatter(|mark, _| text::number(mark.value))
        .y_axis_formatter(ticks::label)
        .x_grid_spacer(|input| ticks::even(input.bounds, 3.0))
        .y_grid_spacer(|input| ticks::even(input.bounds, 4.0))
        .show(ui, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max([-0.01 * end, low], [1.05 * end, high]));
        });
    let frame = *plot.transform.frame();
    plot.response.widget_info(|| {
        WidgetInfo::labeled(egui::Role::Image, true, format!("Chart: {}", words(title, components, pinned)))
    });
    let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
    let sheet = ComponentsPlot { frame, end, low, high };
    if components.is_empty() {
        let told = if session.focused().is_some() { "no critical point is known" } else { "nobody races" };
        let font = FontId::proportional(12.0);
        painter.text(frame.center(), Align2::CENTER_CENTER, told, font, palette.quiet);
        return;
    }
    let [first, stacked] = sheet.stack(components);
    let ground: Vec<_> = first.iter().map(|(step, _)| (*step, 0.0)).collect();
    sheet.area(&painter, &ground, &first, palette.axes[0].gamma_multiply(0.55));
    sheet.area(&painter, &first, &stacked, palette.axes[1].gamma_multiply(0.55));
    for companion in pinned {
        let borders = sheet.stack(companion.series);
        for (line, color) in borders.iter().zip(palette.axes) {
            let stroke = Stroke::new(1.5, color);
            painter.extend(paint::dashed(&sheet.line(line), companion.dash, 0.0, stroke));
        }
    }
    let total = sheet.line(&sheet.heights(components.total()));
    painter.add(Shape::line(total, Stroke::new(1.4, palette.ink)));
    let cursor = sheet.at(f64::from(session.cursor()), 0.0).x;
    painter.vline(cursor, frame.y_range(), Stroke::new(1.0, palette.quiet));
    for (index, component) in components.parts().iter().enumerate() {
        let (name, color) = (["v₁", "v₂"][index], palette.axes[index]);
        let told = match component.small_from() {
            Some(step) => {
                let x = sheet.at(f64::from(step), 0.0).x;
                let ends = [pos2(x, frame.top()), pos2(x, frame.bottom())];
                painter.extend(Shape::dashed_line(&ends, Stroke::new(1.4, color), 4.0, 3.0));
                format!("{name}: below 1 % from step {}", text::count(step))
            }
            None => format!("{name}: not yet below 1 %"),
        };
        let at = pos2(frame.right() - 6.0, frame.top() + 4.0 + 15.0 * index as f32);
        paint::label(&painter, at, Align2::RIGHT_TOP, &told, color, palette);
    }
    legend(&painter, frame, pinned, palette);
}

/// The pinned ones below that, each with its dashes, as far as there is room.
fn legend(painter: &Painter, frame: Rect, pinned: &[Companion<'_, LossComponents>], palette: &Palette) {
    const ROW: f32 = 15.0;
    let top = frame.top() + 4.0 + 2.0 * ROW;
    let rows = ((frame.height() * 0.75 - 2.0 * ROW) / ROW).max(0.0) as usize;
    let place = |row: usize| pos2(frame.right() - 6.0, top + ROW * row as f32);
    for (row, companion) in pinned.iter().take(rows).enumerate() {
        let told = small(&cut(pinned::shown(companion.pin)), companion.series);
        let rect = paint::label(painter, place(row), Align2::RIGHT_TOP, &told, palette.quiet, palette);
        let ends = [pos2(rect.left() - 32.0, rect.center().y), pos2(rect.left() - 6.0, rect.center().y)];
        painter.extend(paint::dashed(&ends, companion.dash, 0.0, Stroke::new(1.5, palette.quiet)));
    }
    if let Some(more) = pinned.len().checked_sub(rows).filter(|more| *more > 0 && rows > 0) {
        let told = format!("and {more} more");
        paint::label(painter, place(rows), Align2::RIGHT_TOP, &told, palette.quiet, palette);
    }
}

/// From which steps on the components of a pinned runner are small.
fn small(name: &str, components: &LossComponents) -> String {
    if components.is_empty() {
        return format!("{name}: no critical point");
    }
    let from = |part: &LossComponent| part.small_from().map_or_else(|| "–".to_owned(), text::count);
    let [first, second] = components.parts();
    format!("{name}: v₁ {}, v₂ {}", from(first), from(second))
}

/// As much of a name as there is room for.
fn cut(name: &str) -> String {
    const MOST: usize = 16;
    let mut start: String = name.chars().take(MOST).collect();
    if start.len() < name.len() {
        start.push('…');
    }
    start
}

/// What the chart says to whoever cannot see it.
fn words(title: &str, components: &LossComponents, pinned: &[Companion<'_, LossComponents>]) -> String {
    let own = |index: usize| match components.parts()[index].small_from() {
        Some(step) => format!("v{} below 1 % from step {step}", index + 1),
        None => format!("v{} not yet below 1 %", index + 1),
    };
    let pinned: Vec<_> = pinned.iter().map(|one| format!("; {}", small(&one.name, one.series))).collect();
    let pinned = pinned.concat();
    format!("{title}; {}; {}{pinned}", own(0), own(1))
}

/// How far the steps go: as in the charts beside it, or where all components are small long before, a
/// little farther than that.
fn end(session: &Session, components: &LossComponents, pinned: &[Companion<'_, LossComponents>]) -> f64 {
    let all = f64::from(session.scenario().steps).max(1.0);
    let pinned = pinned.iter().map(|companion| companion.series).filter(|one| !one.is_empty());
    let parts = std::iter::once(components).chain(pinned).flat_map(LossComponents::parts);
    let last = parts.map(LossComponent::small_from).try_fold(0, |last: u32, step| Some(last.max(step?)));
    match last {
        Some(last) => all.min((1.6 * f64::from(last)).ceil().max(8.0)),
        None => all,
    }
}

/// What is shown of the heights.
fn range(components: &LossComponents, pinned: &[Companion<'_, LossComponents>]) -> (f64, f64) {
    let all = |series: &MinMaxPyramid| series.query(0..series.len()).unwrap_or((0.0, 0.0));
    let [first, second] = components.parts().each_ref().map(|part| all(&part.series));
    let total = all(components.total());
    let low = first.0.min(0.0) + second.0.min(0.0);
    let high = (first.1.max(0.0) + second.1.max(0.0)).max(total.1);
    // The pinned ones, too, as far as that leaves the present one its height.
    let high = pinned.iter().map(|companion| all(companion.series.total()).1).fold(high, f64::max);
    let start = |series: &MinMaxPyramid| series.values().first().copied().unwrap_or(0.0).abs();
    let begin = start(components.total())
        .max(components.parts().iter().map(|part| start(&part.series)).sum())
        // Of a start that overflows it is no number: then the least.
        .max(1e-300)
        .min(1e12);
    let (low, high) = (low.max(-MOST_TIMES * begin), high.within(begin * 1e-3, MOST_TIMES * begin));
    (low - 0.03 * (high - low), high + 0.06 * (high - low))
}

/// The chart's place on the screen.
struct ComponentsPlot {
    frame: Rect,
    end: f64,
    low: f64,
    high: f64,
}

impl ComponentsPlot {
    fn at(&self, step: f64, height: f64) -> Pos2 {
        const FAR: f64 = 1e5;
        let x = (step + 0.01 * self.end) / (1.06 * self.end);
        let y = (height - self.low) / (self.high - self.low);
        let [x, y] = [x, y].map(|part| part.within(-FAR, FAR) as f32);
        pos2(self.frame.left() + x * self.frame.width(), self.frame.bottom() - y * self.frame.height())
    }

    /// (step, height) of a series: each step, or where they are many, the highest of each column.
    fn heights(&self, series: &MinMaxPyramid) -> Vec<(f64, f64)> {
        let count = (self.frame.width() / SPACING).within(16.0, 2048.0) as usize;
        let finite = |height: f64| if height.is_finite() { height } else { self.high * 10.0 };
        let shown = self.end as usize + 1;
        if series.len().min(shown) <= count {
            let values = series.values().iter().take(shown).enumerate();
            return values.map(|(step, height)| (step as f64, finite(*height))).collect();
        }
        let width = self.end / count as f64;
        let columns = series.columns(0.0, self.end, count).enumerate();
        let highest =
            |(index, column): (usize, Option<thalweg_analysis::field::minmax_pyramid::PixelColumn>)| {
                let column = column?;
                let height = if column.max.abs() >= column.min.abs() { column.max } else { column.min };
                Some((index as f64 * width, if column.gap { self.high * 10.0 } else { height }))
            };
        columns.filter_map(highest).collect()
    }

    /// The upper borders of the first component and of both together.
    fn stack(&self, components: &LossComponents) -> [Vec<(f64, f64)>; 2] {
        let [first, second] = components.parts().each_ref().map(|part| self.heights(&part.series));
        let both = first.iter().zip(&second).map(|((step, a), (_, b))| (*step, a + b)).collect();
        [first, both]
    }

    fn line(&self, heights: &[(f64, f64)]) -> Vec<Pos2> {
        heights.iter().map(|(step, height)| self.at(*step, *height)).collect()
    }

    /// The area between two lines over the same steps.
    fn area(&self, painter: &Painter, below: &[(f64, f64)], above: &[(f64, f64)], color: Color32) {
        let mut mesh = Mesh::default();
        for ((step, low), (_, high)) in below.iter().zip(above) {
            mesh.colored_vertex(self.at(*step, *low), color);
            mesh.colored_vertex(self.at(*step, *high), color);
        }
        for column in 1..(mesh.vertices.len() / 2) as u32 {
            let corner = 2 * column;
            mesh.add_triangle(corner - 2, corner - 1, corner);
            mesh.add_triangle(corner - 1, corner, corner + 1);
        }
        if !mesh.is_empty() {
            painter.add(Shape::mesh(mesh));
        }
    }
}
