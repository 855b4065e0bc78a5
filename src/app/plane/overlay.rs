//! What lies on top of surface and paths: critical points, the local quadratic, the start, and
//! what the pointer is over.

use super::captions::{Caption, Captions, Corner, Rank};
use super::to_screen;
use crate::app::background_analysis::BackgroundAnalysis;
use crate::app::context::FrameContext;
use crate::app::theme::Palette;
use crate::words::text;
use egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, epaint::PathShape, vec2,
};
use egui_plot::PlotTransform;
use nalgebra::Vector2;
use thalweg_analysis::local::critical_search::CriticalSearch;
use thalweg_analysis::spectral::spectrum::Spectrum;
use thalweg_core::objective::critical_point::PointKind;
use thalweg_scenario::LookAt;
use thalweg_session::Session;

/// Marks the critical points by kind: a ring with a dot for a minimum, a filled square for
/// a maximum, a cross for a saddle, a question mark where the second derivative test is silent.
/// Lines of critical points are dotted.
pub fn critical_points(
    painter: &Painter,
    transform: &PlotTransform,
    analysis: &BackgroundAnalysis,
    palette: &Palette,
) {
    let lines = analysis.survey().map_or(&[][..], CriticalSearch::lines);
    for point in lines.iter().flat_map(|line| &line.points) {
        let at = to_screen(transform, *point);
        painter.circle_filled(at, 3.0, palette.halo);
        painter.circle_filled(at, 1.6, palette.ink);
    }
    for point in analysis.critical() {
        let at = to_screen(transform, point.at);
        if transform.frame().expand(8.0).contains(at) {
            critical_mark(painter, point.kind, at, palette);
        }
    }
}

/// A ring around a point of its own that the panels look at.
pub fn looked_at(painter: &Painter, transform: &PlotTransform, session: &Session, palette: &Palette) {
    if let LookAt::Point(point) = session.look_at() {
        let at = to_screen(transform, Vector2::from(point));
        painter.circle_stroke(at, 11.0, Stroke::new(4.5, palette.halo));
        painter.circle_stroke(at, 11.0, Stroke::new(2.0, palette.model));
    }
}

/// A small cross: what the pointer is over in another view.
pub fn cross(painter: &Painter, at: Pos2, palette: &Palette) {
    for stroke in [Stroke::new(4.0, palette.halo), Stroke::new(1.4, palette.ink)] {
        painter.line_segment([at - vec2(7.0, 0.0), at + vec2(7.0, 0.0)], stroke);
        painter.line_segment([at - vec2(0.0, 7.0), at + vec2(0.0, 7.0)], stroke);
    }
}

/// The mark of one kind of critical point.
pub fn critical_mark(painter: &Painter, kind: PointKind, at: Pos2, palette: &Palette) {
    let halo = Stroke::new(4.0, palette.halo);
    let ink = Stroke::new(1.6, palette.ink);
    for stroke in [halo, ink] {
        match kind {
            PointKind::Minimum => {
                painter.circle_stroke(at, 5.5, stroke);
                painter.circle_filled(at, 1.8, palette.ink);
            }
            PointKind::Maximum => {
                painter.rect_stroke(
                    Rect::from_center_size(at, vec2(8.0, 8.0)),
                    0.0,
                    stroke,
                    StrokeKind::Middle,
                );
            }
            PointKind::Saddle => {
                for (dx, dy) in [(4.5, 4.5), (4.5, -4.5)] {
                    painter.line_segment([at - vec2(dx, dy), at + vec2(dx, dy)], stroke);
                }
            }
            PointKind::Inconclusive => {
                painter.circle_stroke(at, 6.5, stroke);
                painter.text(at, Align2::CENTER_CENTER, "?", FontId::proportional(10.0), palette.ink);
            }
        }
    }
}

/// Half the longest and the shortest axis of the local quadratic, in screen points.
const LONG: f64 = 80.0;
const SHORT: f64 = 7.0;

/// The eigenvectors of the Hessian at the point that the spectral panel looks at, as the axes of
/// the local quadratic's ellipse: long where the surface is flat, short where it is steep.
/// Directions in which the surface falls are dashed.
pub fn quadratic_model(
    painter: &Painter,
    transform: &PlotTransform,
    context: &FrameContext<'_>,
    captions: &mut Captions,
) {
    let (session, palette) = (context.session, &context.palette);
    let Some(point) = session.point() else { return };
    let curvature = session.race().problem().objective.value_gradient_hessian(point);
    if !curvature.value.is_finite() {
        return;
    }
    let spectrum = Spectrum::of(&curvature.hessian);
    let roots = spectrum.values.map(|value| value.abs().sqrt());
    let flattest = roots[0].min(roots[1]);
    if !(roots[0].is_finite() && roots[1].is_finite() && roots[0].max(roots[1]) > 0.0) {
        return;
    }
    let at = to_screen(transform, point);
    let half = |root: f64| {
        (LONG * if root > 0.0 { (flattest / root).max(0.0) } else { 1.0 }).clamp(SHORT, LONG) as f32
    };
    let axes = [0, 1].map(|i| {
        let v = spectrum.vectors[i];
        vec2(v.x as f32, -v.y as f32) * half(roots[i])
    });
    if spectrum.kind() == PointKind::Minimum {
        let ring: Vec<Pos2> = (0..64_u8)
            .map(|i| {
                let angle = f32::from(i) / 64.0 * std::f32::consts::TAU;
                at + axes[0] * angle.cos() + axes[1] * angle.sin()
            })
            .collect();
        painter.add(PathShape::closed_line(ring, Stroke::new(1.0, palette.quiet)));
    }
    for i in [0, 1] {
        let ends = [at - axes[i], at + axes[i]];
        painter.line_segment(ends, Stroke::new(4.0, palette.halo));
        let stroke = Stroke::new(2.0, palette.axes[i]);
        if spectrum.values[i] < 0.0 {
            painter.extend(Shape::dashed_line(&ends, stroke, 5.0, 4.0));
        } else {
            painter.line_segment(ends, stroke);
        }
        let name = ["v₁", "v₂"][i];
        captions.add(&Caption::new(name, palette.axes[i], ends[1], axes[i], Rank::Direction));
    }
    if let (Some(estimate), Some((runner, _))) =
        (context.caches.readings.estimate(session), session.focused())
    {
        let color = palette.runner(runner.color);
        let tip = estimated_model(painter, at, &estimate.spectrum, flattest, color, palette);
        // At the end that is not the start's.
        let start = to_screen(transform, Vector2::from(session.scenario().start.point()));
        let tip = if (at - tip).distance(start) > (at + tip).distance(start) { -tip } else { tip };
        captions.add(&Caption::new("estimate", color, at + tip, tip, Rank::Place));
    }
}

/// The ellipse of the quadratic that a runner believes in, in the scale of the true one, whose
/// flattest curvature has the root `flattest`. Dashed, so that the true one shows below it where
/// the two are the same. Gives its long half axis.
fn estimated_model(
    painter: &Painter,
    at: Pos2,
    estimate: &Spectrum,
    flattest: f64,
    color: Color32,
    palette: &Palette,
) -> Vec2 {
    let roots = estimate.values.map(f64::sqrt);
    let scale = LONG * if flattest > 0.0 { flattest } else { roots[0] };
    // A belief may be far flatter than the truth: it may be longer, but must end.
    let half = |root: f64| (scale / root).clamp(SHORT, 3.0 * LONG) as f32;
    let axes = [0, 1].map(|i| {
        let v = estimate.vectors[i];
        vec2(v.x as f32, -v.y as f32) * half(roots[i])
    });
    let ring: Vec<Pos2> = (0..=96_u8)
        .map(|i| {
            let angle = f32::from(i) / 96.0 * std::f32::consts::TAU;
            at + axes[0] * angle.cos() + axes[1] * angle.sin()
        })
        .collect();
    painter.extend(Shape::dashed_line(&ring, Stroke::new(4.5, palette.halo), 7.0, 5.0));
    painter.extend(Shape::dashed_line(&ring, Stroke::new(2.2, color), 7.0, 5.0));
    axes[0]
}

/// The start: a ring to take hold of.
pub fn start(
    painter: &Painter,
    transform: &PlotTransform,
    session: &Session,
    palette: &Palette,
    captions: &mut Captions,
) {
    let at = to_screen(transform, Vector2::from(session.scenario().start.point()));
    painter.circle_stroke(at, 7.5, Stroke::new(4.5, palette.halo));
    painter.circle_stroke(at, 7.5, Stroke::new(1.8, palette.ink));
    if transform.frame().expand(8.0).contains(at) {
        captions.keep_clear(at, 15.0);
        captions.add(&Caption {
            gap: 9.0,
            ..Caption::new("start", palette.ink, at, vec2(0.0, -1.0), Rank::Place)
        });
    }
}

/// The step of a path that the pointer is near.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// The runner.
    pub runner: usize,
    /// The step.
    pub step: u32,
}

/// Tells x, y and f below the pointer, and the nearest step of the nearest path.
pub fn readout(
    painter: &Painter,
    transform: &PlotTransform,
    session: &Session,
    pointer: Pos2,
    near: Option<Near>,
    palette: &Palette,
    captions: &mut Captions,
) {
    let point = transform.value_from_position(pointer);
    let value = session.race().problem().objective.value(Vector2::new(point.x, point.y));
    let digits = |value| text::digits(value, 4);
    let [x, y] = session.scenario().surface.of.axes();
    let mut lines = vec![(
        format!("{x} {}   {y} {}   f {}", digits(point.x), digits(point.y), text::number(value)),
        palette.ink,
    )];
    if let Some((near, (runner, run))) =
        near.and_then(|near| Some((near, session.runners().nth(near.runner)?)))
        && let Some(sample) = run.trajectory().at(near.step)
    {
        let color = palette.runner(runner.color);
        lines.push((
            format!(
                "{}, step {}: {}, f {}",
                runner.name(),
                text::count(near.step),
                text::point(sample.position.x, sample.position.y),
                text::number(sample.loss)
            ),
            color,
        ));
        let at = to_screen(transform, sample.position);
        painter.circle_stroke(at, 8.0, Stroke::new(2.0, color));
    }
    for (line, color) in lines {
        captions.corner(Corner::TopLeft, &line, color);
    }
}

/// The range of the contour levels, in a corner.
pub fn levels(levels: Option<&[f64]>, palette: &Palette, captions: &mut Captions) {
    let text = match levels {
        None => "sampling the surface…".to_owned(),
        Some([]) => "no contour lines: the surface is constant or not finite here".to_owned(),
        Some([only]) => format!("contour line at {}", text::number(*only)),
        Some(levels @ [first, .., last]) => {
            format!("{} contour lines from {} to {}", levels.len(), text::number(*first), text::number(*last))
        }
    };
    captions.corner(Corner::BottomRight, &text, palette.quiet);
}
