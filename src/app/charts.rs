//! The charts below the plot: loss, gradient norm, and the decay along the eigenvectors.

use super::theme::Palette;
use super::{text, ticks};
use crate::analysis::decay::Decay;
use crate::analysis::series::Pyramid;
use crate::descent::surface::PointKind;
use crate::descent::trajectory::Sample;
use crate::session::Session;
use egui::{Color32, RichText, Stroke, Ui, Vec2b, WidgetInfo, vec2};
use egui_plot::{GridMark, HLine, Line, LineStyle, Plot, PlotBounds, PlotPoints, VLine};

/// A quantity over the steps of one run, kept between frames while the run only grows.
#[derive(Default)]
struct Trace {
    version: Option<u64>,
    values: Pyramid,
}

impl Trace {
    /// Takes in what was computed since the last frame.
    fn update(&mut self, version: u64, samples: &[Sample], quantity: impl Fn(&Sample) -> f64) {
        if self.version != Some(version) || self.values.len() > samples.len() {
            *self = Self { version: Some(version), values: Pyramid::default() };
        }
        for sample in &samples[self.values.len()..] {
            self.values.push(quantity(sample));
        }
    }
}

/// One line of a chart.
struct Curve<'a> {
    name: String,
    color: Color32,
    values: &'a Pyramid,
    style: LineStyle,
    width: f32,
}

/// The charts' caches.
#[derive(Default)]
pub struct Charts {
    losses: Vec<Trace>,
    norms: Vec<Trace>,
    decay: Decay,
}

impl Charts {
    /// Shows the charts side by side.
    pub fn show(&mut self, ui: &mut Ui, session: &Session) {
        self.update(session);
        let palette = Palette::of(ui);
        let size = vec2((ui.available_width() - 12.0) / 3.0, ui.available_height());
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            let visible = |traces: &'_ [Trace]| -> Vec<usize> {
                (0..traces.len())
                    .filter(|i| session.scenario().runners.get(*i).is_some_and(|runner| !runner.hidden))
                    .collect()
            };
            let curves = |traces| -> Vec<Curve<'_>> {
                visible(traces)
                    .into_iter()
                    .map(|i| Curve {
                        name: session.scenario().runners[i].name().to_owned(),
                        color: palette.runner(session.scenario().runners[i].color),
                        values: &traces[i].values,
                        style: LineStyle::Solid,
                        width: 1.6,
                    })
                    .collect()
            };
            let lowest = lowest_known(session);
            let losses = curves(&self.losses);
            let axis = Axis::for_losses(lowest, &losses);
            let title = match axis {
                Axis::Log { above: 0.0 } => "loss f".to_owned(),
                Axis::Log { above } => format!("loss above the minimum, f - ({})", text::number(above)),
                Axis::Linear => "loss f (linear: it goes below zero)".to_owned(),
            };
            chart(ui, "loss", size, &title, "", &losses, axis, session);
            chart(
                ui,
                "gradient norm",
                size,
                "gradient norm |∇f|",
                "",
                &curves(&self.norms),
                Axis::Log { above: 0.0 },
                session,
            );
            self.decay_chart(ui, size, session, &palette);
        });
    }

    fn update(&mut self, session: &Session) {
        let runners = session.scenario().runners.len();
        self.losses.resize_with(runners, Trace::default);
        self.norms.resize_with(runners, Trace::default);
        for (index, (_, lane)) in session.runners().enumerate() {
            let (version, samples) = (session.version(index), lane.trajectory().samples());
            self.losses[index].update(version, samples, |sample| sample.loss);
            self.norms[index].update(version, samples, |sample| sample.grad_norm);
        }
        self.decay.update(
            session.focused().map(|(_, lane)| (session.version(session.focus()), lane)),
            session.race().course(),
        );
    }

    /// The measured error along each eigenvector at the nearest minimum, with the prediction of
    /// the linear theory laid over it where there is one.
    fn decay_chart(&self, ui: &mut Ui, size: egui::Vec2, session: &Session, palette: &Palette) {
        let mut curves = Vec::new();
        for (i, component) in self.decay.components().iter().enumerate() {
            let name = ["v₁", "v₂"][i];
            curves.push(Curve {
                name: format!("measured along {name}"),
                color: palette.axes[i],
                values: &component.measured,
                style: LineStyle::Solid,
                width: 3.0,
            });
            if let Some(predicted) = &component.predicted {
                curves.push(Curve {
                    name: format!("predicted along {name}"),
                    color: palette.ink,
                    values: predicted,
                    style: LineStyle::dashed_loose(),
                    width: 1.2,
                });
            }
        }
        let (title, tip) = self.decay_words();
        chart(ui, "decay", size, &title, &tip, &curves, Axis::Log { above: 0.0 }, session);
    }
}

impl Charts {
    fn decay_words(&self) -> (String, String) {
        let title = match self.decay.reference() {
            Some(critical) => format!(
                "error along v₁ and v₂ from the {} {}",
                critical.kind.name(),
                text::point(critical.at.x, critical.at.y)
            ),
            None => "error along the eigenvectors".to_owned(),
        };
        let tip = match self.decay.silence() {
            Some(reason) => format!("Solid: measured. No prediction: {reason}"),
            None => "Solid: measured. Dashed: predicted by the linear theory, |1 - αλ|^t for gradient descent. On a \
                     quadratic the two are the same."
                .to_owned(),
        };
        (title, tip)
    }
}

/// The value of the lowest known minimum, if any is known.
fn lowest_known(session: &Session) -> Option<f64> {
    let terrain = &session.race().course().terrain;
    let minima = terrain.critical_points().iter().filter(|point| point.kind == PointKind::Minimum);
    minima.map(|point| terrain.value(point.at)).min_by(f64::total_cmp)
}

/// How values become heights.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Axis {
    Linear,
    /// The decimal logarithm of what lies above a value.
    Log {
        above: f64,
    },
}

impl Axis {
    /// Logarithmic above the lowest known minimum, or above zero if all losses are positive;
    /// linear otherwise, for no logarithm tells the truth of a negative number.
    fn for_losses(lowest: Option<f64>, curves: &[Curve<'_>]) -> Self {
        let least =
            curves.iter().filter_map(|curve| curve.values.query(0..curve.values.len())).map(|(min, _)| min);
        let least = least.min_by(f64::total_cmp).unwrap_or(0.0);
        match lowest {
            Some(lowest) if least >= lowest => Self::Log { above: lowest },
            _ if least > 0.0 => Self::Log { above: 0.0 },
            _ => Self::Linear,
        }
    }

    /// The height of a value; none where there is none.
    fn height(self, value: f64) -> Option<f64> {
        let height = match self {
            Self::Linear => value,
            Self::Log { above } => (value - above).log10(),
        };
        // Nothing that the plot's arithmetic could not bear.
        (height.is_finite() && height.abs() < 1e12).then_some(height)
    }

    fn label(self, height: f64) -> String {
        match self {
            Self::Linear => text::number(height),
            Self::Log { .. } if height.fract().abs() < 1e-9 => format!("1e{height:.0}"),
            Self::Log { .. } => text::digits(10_f64.powf(height), 2),
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "one call a chart; a struct would only rename them")]
fn chart(
    ui: &mut Ui,
    id: &str,
    size: egui::Vec2,
    title: &str,
    tooltip: &str,
    curves: &[Curve<'_>],
    axis: Axis,
    session: &Session,
) {
    ui.vertical(|ui| {
        ui.set_width(size.x);
        let heading = ui.add(egui::Label::new(RichText::new(title).size(11.5)).truncate());
        if !tooltip.is_empty() {
            heading.on_hover_text(tooltip);
        }
        let columns = (size.x as usize / 2).clamp(16, 2048);
        let end = session.scenario().steps as usize;
        let cursor = session.cursor() as usize;
        let palette = Palette::of(ui);
        let mut extent = Extent::default();
        let mut lines = Vec::new();
        for curve in curves {
            // A prediction may fall without end; the measurement decides what is shown.
            let measured = (curve.style == LineStyle::Solid).then_some(&mut extent);
            let points = reduce(curve.values, end, columns, axis, measured);
            let split = points.partition_point(|point| point[0] <= cursor as f64);
            let color = curve.color;
            let line = |points: &[[f64; 2]], color: Color32, width| {
                Line::new(curve.name.clone(), PlotPoints::new(points.to_vec()))
                    .stroke(Stroke::new(width, color))
                    .style(curve.style)
                    .allow_hover(false)
            };
            lines.push(line(&points[split.saturating_sub(1)..], color.gamma_multiply(0.32), 1.0));
            lines.push(line(&points[..split], color, curve.width));
        }
        let (low, high) = extent.padded(axis);
        let hover = move |mark: GridMark, _: &std::ops::RangeInclusive<f64>| axis.label(mark.value);
        let plot = Plot::new(id)
            .height(ui.available_height())
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .allow_axis_zoom_drag(false)
            .auto_bounds(Vec2b::FALSE)
            .show_crosshair(false)
            .grid_color(palette.quiet.gamma_multiply(0.3))
            .label_formatter(|_| None)
            .y_axis_min_width(38.0)
            .x_axis_formatter(|mark, _| text::number(mark.value))
            .y_axis_formatter(hover)
            .x_grid_spacer(|input| ticks::even(input.bounds, 3.0))
            .y_grid_spacer(move |input| grid(input.bounds, axis));
        let steps = end.max(1) as f64;
        let response = plot
            .show(ui, |plot| {
                plot.set_plot_bounds(PlotBounds::from_min_max([-0.01 * steps, low], [1.05 * steps, high]));
                plot.vline(
                    VLine::new("cursor", cursor as f64)
                        .stroke(Stroke::new(1.0, palette.quiet))
                        .allow_hover(false),
                );
                if axis == Axis::Linear {
                    plot.hline(
                        HLine::new("zero", 0.0).stroke(Stroke::new(1.0, palette.quiet)).allow_hover(false),
                    );
                }
                for line in lines {
                    plot.line(line);
                }
            })
            .response;
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, format!("Chart: {title}")));
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
    });
}

/// Smallest and largest height so far.
#[derive(Clone, Copy)]
struct Extent {
    low: f64,
    high: f64,
}

impl Default for Extent {
    fn default() -> Self {
        Self { low: f64::INFINITY, high: f64::NEG_INFINITY }
    }
}

impl Extent {
    fn is_empty(&self) -> bool {
        self.low > self.high
    }

    fn add_all(&mut self, other: Self) {
        self.low = self.low.min(other.low);
        self.high = self.high.max(other.high);
    }

    fn add(&mut self, height: f64) {
        self.low = self.low.min(height);
        self.high = self.high.max(height);
    }

    /// With some air around, and a logarithmic axis cut where it would drown the rest: thirty
    /// decades are enough for anybody.
    fn padded(self, axis: Axis) -> (f64, f64) {
        if self.is_empty() {
            return if axis == Axis::Linear { (-1.0, 1.0) } else { (-4.0, 1.0) };
        }
        let low = if axis == Axis::Linear { self.low } else { self.low.max(self.high - 30.0) };
        let air = ((self.high - low) * 0.06).max(if axis == Axis::Linear {
            1e-9 * low.abs().max(1.0)
        } else {
            0.1
        });
        (low - air, self.high + air)
    }
}

/// At most four points for each column of the screen: the first, least, greatest and last value.
fn reduce(
    values: &Pyramid,
    end: usize,
    columns: usize,
    axis: Axis,
    extent: Option<&mut Extent>,
) -> Vec<[f64; 2]> {
    let mut points: Vec<[f64; 2]> = Vec::new();
    let mut reach = Extent::default();
    let per_column = (end + 1).div_ceil(columns).max(1);
    for from in (0..values.len()).step_by(per_column) {
        let to = (from + per_column).min(values.len());
        let Some(column) = values.column(from..to) else { continue };
        let middle = (from + to - 1) as f64 / 2.0;
        let corners = [
            (from as f64, column.first),
            (middle, column.min),
            (middle, column.max),
            ((to - 1) as f64, column.last),
        ];
        for (step, value) in if to - from == 1 { &corners[..1] } else { &corners[..] } {
            if let Some(height) = axis.height(*value) {
                reach.add(height);
                points.push([*step, height]);
            }
        }
    }
    if let Some(extent) = extent {
        extent.add_all(reach);
    }
    points
}

/// Grid lines at round heights, some five of them; at whole decades where there are enough.
fn grid((low, high): (f64, f64), axis: Axis) -> Vec<GridMark> {
    let step = match axis {
        Axis::Log { .. } if high - low > 2.5 => ((high - low) / 5.0).ceil(),
        Axis::Log { .. } => 0.5,
        Axis::Linear => return ticks::even((low, high), 5.0),
    };
    ticks::every((low, high), step)
}
