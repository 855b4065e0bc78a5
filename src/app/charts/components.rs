//! The loss of the focused runner, stacked by eigenvector.

use crate::analysis::eigenbasis::{Component, Components};
use crate::analysis::series::Pyramid;
use crate::app::theme::Palette;
use crate::app::{plane, still, text, ticks};
use crate::session::Session;
use egui::{Align2, Color32, FontId, Mesh, Painter, Pos2, Rect, Shape, Stroke, Ui, WidgetInfo, pos2};
use egui_plot::PlotBounds;

/// A component may grow so many times its first value before it leaves the chart.
const MOST_TIMES: f64 = 3.0;
/// Screen points between two points of a line.
const SPACING: f32 = 2.0;

/// Draws it.
pub fn show(ui: &mut Ui, size: egui::Vec2, session: &Session, components: &Components) {
    let palette = Palette::of(ui);
    let title = match components.frame() {
        Some(frame) => {
            let at = frame.origin.at;
            format!("loss by component, from the {} {}", frame.origin.kind.name(), text::point(at.x, at.y))
        }
        None => "loss by component".to_owned(),
    };
    ui.vertical(|ui| {
        ui.set_width(size.x);
        super::heading(
            ui,
            &title,
            "f - f* = λ₁ξ₁²/2 + λ₂ξ₂²/2 + the rest: the areas are what the quadratic at the minimum gives to each \
             eigenvector, the line is the true loss. Where the two part, the surface is no quadratic. A dashed \
             line marks the step from which on a component stays below 1 % of its first value, as far as is \
             computed; the chart ends some steps later. Linear, as a logarithm does not add up; cut at three times the \
             first value.",
        );
        plot(ui, session, components, &title, &palette);
    });
}

fn plot(ui: &mut Ui, session: &Session, components: &Components, title: &str, palette: &Palette) {
    let end = end(session, components);
    let (low, high) = range(components);
    let plot = still::plot("components")
        .height(ui.available_height())
        .grid_color(palette.quiet.gamma_multiply(0.3))
        .label_formatter(|_| None)
        .y_axis_min_width(38.0)
        .x_axis_formatter(|mark, _| text::number(mark.value))
        .y_axis_formatter(plane::tick)
        .x_grid_spacer(|input| ticks::even(input.bounds, 3.0))
        .y_grid_spacer(|input| ticks::even(input.bounds, 4.0))
        .show(ui, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max([-0.01 * end, low], [1.05 * end, high]));
        });
    let frame = *plot.transform.frame();
    plot.response.widget_info(|| {
        WidgetInfo::labeled(egui::Role::Image, true, format!("Chart: {}", words(title, components)))
    });
    let painter = ui.painter().with_clip_rect(frame.intersect(ui.clip_rect()));
    let sheet = Sheet { frame, end, low, high };
    if components.is_empty() {
        let told = if session.focused().is_some() { "no critical point is known" } else { "nobody races" };
        let font = FontId::proportional(12.0);
        painter.text(frame.center(), Align2::CENTER_CENTER, told, font, palette.quiet);
        return;
    }
    let [first, second] = components.parts();
    let [first, second] = [&first.series, &second.series].map(|series| sheet.heights(series));
    let ground: Vec<_> = first.iter().map(|(step, _)| (*step, 0.0)).collect();
    let stacked: Vec<_> = first.iter().zip(&second).map(|((step, a), (_, b))| (*step, a + b)).collect();
    sheet.area(&painter, &ground, &first, palette.axes[0].gamma_multiply(0.55));
    sheet.area(&painter, &first, &stacked, palette.axes[1].gamma_multiply(0.55));
    let total: Vec<Pos2> =
        sheet.heights(components.total()).iter().map(|(step, height)| sheet.at(*step, *height)).collect();
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
        plane::label(&painter, at, Align2::RIGHT_TOP, &told, color, palette);
    }
}

/// What the chart says to whoever cannot see it.
fn words(title: &str, components: &Components) -> String {
    let small = |index: usize| match components.parts()[index].small_from() {
        Some(step) => format!("v{} below 1 % from step {step}", index + 1),
        None => format!("v{} not yet below 1 %", index + 1),
    };
    format!("{title}; {}; {}", small(0), small(1))
}

/// How far the steps go: as in the charts beside it, or where both components are small long before, a
/// little farther than that.
fn end(session: &Session, components: &Components) -> f64 {
    let all = f64::from(session.scenario().steps).max(1.0);
    match components.parts().each_ref().map(Component::small_from) {
        [Some(first), Some(second)] => all.min((1.6 * f64::from(first.max(second))).ceil().max(8.0)),
        _ => all,
    }
}

/// What is shown of the heights.
fn range(components: &Components) -> (f64, f64) {
    let all = |series: &Pyramid| series.query(0..series.len()).unwrap_or((0.0, 0.0));
    let [first, second] = components.parts().each_ref().map(|part| all(&part.series));
    let total = all(components.total());
    let low = first.0.min(0.0) + second.0.min(0.0);
    let high = (first.1.max(0.0) + second.1.max(0.0)).max(total.1);
    let start = |series: &Pyramid| series.values().first().copied().unwrap_or(0.0).abs();
    let begin = start(components.total())
        .max(components.parts().iter().map(|part| start(&part.series)).sum())
        .clamp(1e-300, 1e12);
    let (low, high) = (low.max(-MOST_TIMES * begin), high.clamp(begin * 1e-3, MOST_TIMES * begin));
    (low - 0.03 * (high - low), high + 0.06 * (high - low))
}

/// The chart's place on the screen.
struct Sheet {
    frame: Rect,
    end: f64,
    low: f64,
    high: f64,
}

impl Sheet {
    fn at(&self, step: f64, height: f64) -> Pos2 {
        const FAR: f64 = 1e5;
        let x = (step + 0.01 * self.end) / (1.06 * self.end);
        let y = (height - self.low) / (self.high - self.low);
        let [x, y] = [x, y].map(|part| part.clamp(-FAR, FAR) as f32);
        pos2(self.frame.left() + x * self.frame.width(), self.frame.bottom() - y * self.frame.height())
    }

    /// (step, height) of a series: each step, or where they are many, the highest of each column.
    fn heights(&self, series: &Pyramid) -> Vec<(f64, f64)> {
        let count = (self.frame.width() / SPACING).clamp(16.0, 2048.0) as usize;
        let finite = |height: f64| if height.is_finite() { height } else { self.high * 10.0 };
        let shown = self.end as usize + 1;
        if series.len().min(shown) <= count {
            let values = series.values().iter().take(shown).enumerate();
            return values.map(|(step, height)| (step as f64, finite(*height))).collect();
        }
        let width = self.end / count as f64;
        let columns = series.columns(0.0, self.end, count).enumerate();
        let highest = |(index, column): (usize, Option<crate::analysis::series::Column>)| {
            let column = column?;
            let height = if column.max.abs() >= column.min.abs() { column.max } else { column.min };
            Some((index as f64 * width, if column.gap { self.high * 10.0 } else { height }))
        };
        columns.filter_map(highest).collect()
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
