//! The quantities of a runner's next step as arrows where it stands, one after the other.

use crate::arrow::{arrow, head};
use crate::captions::{Caption, Captions, Corner, Rank};
use crate::color::Rgba;
use crate::ground::Ground;
use crate::item::Item;
use crate::plot::is_finite;
use crate::polyline::Polyline;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::text_measure::TextKind;
use nalgebra::Vector2;
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_core::formula::shape::Tensor;
use thalweg_core::method::update_equation::ValueType;

/// The longest arrow that is not in the plane's scale, in points.
const LONGEST: f64 = 84.0;
/// Directions that would be shorter are made so long, and dashed.
const SHORTEST: f64 = 15.0;
/// Shorter arrows have no head.
const SEEN: f64 = 2.0;
/// The longest head.
const HEAD: f64 = 10.0;
/// How far out of sight a runner may stand whose arrows are drawn.
const MARGIN: f64 = 200.0;

/// What is drawn of one line.
#[derive(Clone, Debug)]
struct StepVector {
    name: String,
    /// From where the runner stands, in points; for a point, the way to it.
    way: Vector2<f64>,
    sort: ValueType,
    is_present: bool,
    /// Whether it is longer than its scale says.
    is_stretched: bool,
}

/// What the lines of a step have come to, up to the line `present`. A later value of the same symbol takes the
/// place of an earlier one.
pub fn step_items(
    ground: &impl Ground,
    (trace, present): (&StepTrace, usize),
    color: Rgba,
    captions: &mut Captions<'_>,
) -> Vec<Item> {
    let plot = ground.plot();
    let scheme = &plot.scheme;
    let from = ground.spot(trace.state.position).map(|spot| spot.at).filter(|from| plot.shows(*from, MARGIN));
    let Some(from) = from else { return Vec::new() };
    let vectors = vectors(ground, trace, present, from);
    let ink = |vector: &StepVector| if vector.is_present { color } else { scheme.ink };
    // The present one above the others.
    let (above, below): (Vec<&StepVector>, Vec<_>) = vectors.iter().partition(|vector| vector.is_present);
    let drawn = below.into_iter().chain(above);
    let items = drawn.flat_map(|vector| items(scheme, from, vector, ink(vector))).collect();
    for vector in vectors.iter().rev() {
        let size = if vector.is_present { 15.0 } else { 13.0 };
        let out = if vector.way.norm() > SEEN { vector.way } else { Vector2::new(0.0, -1.0) };
        let caption = Caption::new(&*vector.name, ink(vector), from + vector.way, out, Rank::Step);
        captions.add(Caption { kind: TextKind::Formula, size, ..caption });
    }
    if vectors.iter().any(|vector| vector.sort == ValueType::Direction) {
        let dashed =
            if vectors.iter().any(|vector| vector.is_stretched) { " (dashed: too short for it)" } else { "" };
        let note =
            format!("thin arrows: one scale of their own{dashed};  double: Δx and ways in the plane's scale");
        captions.corner(Corner::BottomLeft, note, scheme.quiet);
    }
    items
}

/// What there is to draw after the line `present`.
fn vectors(ground: &impl Ground, trace: &StepTrace, present: usize, from: Vector2<f64>) -> Vec<StepVector> {
    let plot = ground.plot();
    let seen = &trace.parts[..trace.parts.len().min(present + 1)];
    // The last values, in the order of the lines.
    let last = |index: usize| !seen[index + 1..].iter().any(|later| later.line.name == seen[index].line.name);
    let shown = seen.iter().enumerate().filter(|(index, _)| last(*index));
    let vectors: Vec<_> = shown
        .filter_map(|(index, part)| match part.value {
            Tensor::Vector(vector) if is_finite(vector) => {
                Some((part.line.name.clone(), part.line.sort, vector, index == present))
            }
            _ => None,
        })
        .collect();
    let directions = vectors.iter().filter(|(_, sort, ..)| *sort == ValueType::Direction);
    let longest = directions.map(|(_, _, vector, _)| vector.norm()).fold(0.0, f64::max);
    let vectors = vectors.into_iter().filter_map(|(name, sort, vector, is_present)| {
        let own = vector.norm() * LONGEST / longest;
        let is_stretched = sort == ValueType::Direction && own < SHORTEST;
        let way = match sort {
            ValueType::Displacement => plot.to.way(vector),
            // The new position is where the step itself leads to.
            ValueType::Point if name == "x" => plot.to.way(vector - trace.state.position),
            ValueType::Point => ground.spot(vector)?.at - from,
            ValueType::Direction if own > 0.0 => {
                let v = vector.normalize() * own.max(SHORTEST);
                Vector2::new(v.x, -v.y)
            }
            ValueType::Direction | ValueType::Number | ValueType::PerCoordinate | ValueType::Matrix => {
                return None;
            }
        };
        let (name, sort) =
            if name == "x" { ("Δx".to_owned(), ValueType::Displacement) } else { (name.into_owned(), sort) };
        (way.norm() < 1e6).then_some(StepVector { name, way, sort, is_present, is_stretched })
    });
    vectors.collect()
}

fn items(scheme: &Scheme, from: Vector2<f64>, vector: &StepVector, color: Rgba) -> Vec<Item> {
    let halo = Stroke::new(5.0, scheme.halo);
    let way = vector.way;
    let length = if way.norm() > SEEN { HEAD.min(way.norm() * 0.5) } else { 0.0 };
    match vector.sort {
        ValueType::Point => {
            [halo, Stroke::new(1.8, color)].map(|stroke| Item::ring(from + way, 4.0, stroke)).to_vec()
        }
        ValueType::Displacement => {
            let strokes =
                [Stroke::new(7.0, scheme.halo), Stroke::new(4.6, color), Stroke::new(1.6, scheme.core)];
            vec![arrow(from, way, length, &strokes)]
        }
        _ => {
            let stroke = Stroke::new(if vector.is_present { 2.6 } else { 1.6 }, color);
            if !vector.is_stretched {
                return vec![arrow(from, way, length, &[halo, stroke])];
            }
            let mut items = vec![arrow(from, way, length, &[halo])];
            items.push(Item::line(Polyline::segment(from, from + way), &[stroke.dashed(&[3.0, 2.5])]));
            if length > 0.0 {
                items.push(Item::line(head(from, way, length), &[stroke]));
            }
            items
        }
    }
}
