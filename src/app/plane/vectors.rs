//! The quantities of the focused runner's next step as arrows where it stands, one after the other.

use super::captions::{Caption, Captions, Corner, Rank};
use super::to_screen;
use crate::app::context::FrameContext;
use crate::app::theme::Palette;
use egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2, vec2};
use egui_plot::PlotTransform;
use nalgebra::Vector2;
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_core::method::update_equation::{Quantity, ValueType};

/// The longest arrow that is not in the plane's scale, in screen points.
const LONGEST: f64 = 84.0;
/// Directions that would be shorter are made so long, and dashed.
const SHORTEST: f64 = 15.0;
/// Shorter arrows have no head.
const SEEN: f32 = 2.0;

/// What is drawn of one line.
struct Mark {
    name: String,
    /// From where the runner stands, in screen points; for a point, the way to it.
    way: Vec2,
    sort: ValueType,
    is_present: bool,
    /// Whether it is longer than its scale says.
    is_stretched: bool,
}

/// Draws what the lines have come to, up to the one that is looked at. A later value of the same symbol
/// takes the place of an earlier one.
pub fn show(
    painter: &Painter,
    transform: &PlotTransform,
    context: &FrameContext<'_>,
    captions: &mut Captions,
) {
    let (session, palette) = (context.session, &context.palette);
    let Some((runner, _)) = session.focused().filter(|(runner, _)| !runner.hidden) else { return };
    let Some(apart) = context.caches.readings.step(session) else { return };
    let from = to_screen(transform, apart.state.position);
    if !(apart.state.position.iter().all(|part| part.is_finite())
        && transform.frame().expand(200.0).contains(from))
    {
        return;
    }
    let marks = marks(&apart, session.line(), transform, from);
    let color = palette.runner(runner.color);
    // The present one above the others.
    for is_present in [false, true] {
        for mark in marks.iter().filter(|mark| mark.is_present == is_present) {
            draw(painter, from, mark, if is_present { color } else { palette.ink }, palette);
        }
    }
    for mark in marks.iter().rev() {
        let ink = if mark.is_present { color } else { palette.ink };
        let size = if mark.is_present { 15.0 } else { 13.0 };
        let out = if mark.way.length() > SEEN { mark.way } else { vec2(0.0, -1.0) };
        let caption = Caption::new(&mark.name, ink, from + mark.way, out, Rank::Step);
        captions.add(&Caption { is_formula: true, size, ..caption });
    }
    if marks.iter().any(|mark| mark.sort == ValueType::Direction) {
        let dashed =
            if marks.iter().any(|mark| mark.is_stretched) { " (dashed: too short for it)" } else { "" };
        let note =
            format!("thin arrows: one scale of their own{dashed};  double: Δx and ways in the plane's scale");
        captions.corner(Corner::BottomLeft, &note, palette.quiet);
    }
}

/// What there is to draw after the line `present`.
fn marks(apart: &StepTrace, present: usize, transform: &PlotTransform, from: Pos2) -> Vec<Mark> {
    let seen = &apart.parts[..apart.parts.len().min(present + 1)];
    // The last values, in the order of the lines.
    let last = |index: usize| !seen[index + 1..].iter().any(|later| later.line.name == seen[index].line.name);
    let shown = seen.iter().enumerate().filter(|(index, _)| last(*index));
    let vectors: Vec<_> = shown
        .filter_map(|(index, part)| match part.value {
            Quantity::Vector(vector) if vector.iter().all(|part| part.is_finite()) => {
                Some((part.line.name.clone(), part.line.sort, vector, index == present))
            }
            _ => None,
        })
        .collect();
    let directions = vectors.iter().filter(|(_, sort, ..)| *sort == ValueType::Direction);
    let longest = directions.map(|(_, _, vector, _)| vector.norm()).fold(0.0, f64::max);
    let [dx, dy] = transform.dvalue_dpos();
    let in_plane = |way: Vector2<f64>| vec2((way.x / dx) as f32, (way.y / dy) as f32);
    let marks = vectors.into_iter().filter_map(|(name, sort, vector, is_present)| {
        let own = vector.norm() * LONGEST / longest;
        let is_stretched = sort == ValueType::Direction && own < SHORTEST;
        let way = match sort {
            ValueType::Displacement => in_plane(vector),
            // The new position is where the step itself leads to.
            ValueType::Point if name == "x" => in_plane(vector - apart.state.position),
            ValueType::Point => to_screen(transform, vector) - from,
            ValueType::Direction if own > 0.0 => {
                let v = vector.normalize() * own.max(SHORTEST);
                vec2(v.x as f32, -v.y as f32)
            }
            ValueType::Direction | ValueType::Number | ValueType::PerCoordinate | ValueType::Matrix => {
                return None;
            }
        };
        let (name, sort) = if name == "x" {
            ("Δx".to_owned(), ValueType::Displacement)
        } else {
            (name.clone().into_owned(), sort)
        };
        (way.length() < 1e6).then_some(Mark { name, way, sort, is_present, is_stretched })
    });
    marks.collect()
}

fn draw(painter: &Painter, from: Pos2, mark: &Mark, color: Color32, palette: &Palette) {
    let halo = Stroke::new(5.0, palette.halo);
    match mark.sort {
        ValueType::Point => {
            painter.circle_stroke(from + mark.way, 4.0, halo);
            painter.circle_stroke(from + mark.way, 4.0, Stroke::new(1.8, color));
        }
        ValueType::Displacement => {
            for stroke in
                [Stroke::new(7.0, palette.halo), Stroke::new(4.6, color), Stroke::new(1.6, palette.core)]
            {
                arrow(painter, from, mark.way, stroke);
            }
        }
        _ => {
            let stroke = Stroke::new(if mark.is_present { 2.6 } else { 1.6 }, color);
            arrow(painter, from, mark.way, halo);
            if mark.is_stretched {
                let ends = [from, from + mark.way];
                painter.extend(Shape::dashed_line(&ends, stroke, 3.0, 2.5));
                head(painter, from, mark.way, stroke);
            } else {
                arrow(painter, from, mark.way, stroke);
            }
        }
    }
}

/// An arrow with an open head, which is no longer than half of it.
fn arrow(painter: &Painter, from: Pos2, way: Vec2, stroke: Stroke) {
    painter.line_segment([from, from + way], stroke);
    head(painter, from, way, stroke);
}

fn head(painter: &Painter, from: Pos2, way: Vec2, stroke: Stroke) {
    let to = from + way;
    if way.length() > SEEN {
        let along = way.normalized() * 10.0_f32.min(way.length() * 0.5);
        let across = along.rot90() * 0.55;
        painter.add(Shape::line(vec![to - along + across, to, to - along - across], stroke));
    }
}
