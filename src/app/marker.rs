//! The markers of the runners: a shape for each colour, so that nobody needs to see colours.

use egui::{Color32, Painter, Pos2, Shape, Stroke, epaint::PathShape, pos2, vec2};
use thalweg_scenario::Color;
use thalweg_session::Session;

/// The outline of the shape that goes with `color`, around `center`.
fn outline(color: Color, center: Pos2, radius: f32) -> Vec<Pos2> {
    let polygon = |corners: u8, turn: f32| -> Vec<Pos2> {
        (0..corners)
            .map(|i| {
                let angle = (f32::from(i) / f32::from(corners) + turn) * std::f32::consts::TAU;
                center + radius * vec2(angle.sin(), -angle.cos())
            })
            .collect()
    };
    match color {
        Color::Blue => polygon(24, 0.0),
        Color::Orange => polygon(4, 0.125),
        Color::Green => polygon(3, 0.0),
        Color::Vermillion => polygon(4, 0.0),
        Color::Purple => polygon(3, 0.5),
        Color::Sky => polygon(6, 0.0),
        Color::Yellow => (0..10)
            .map(|i| {
                let angle = f32::from(i as u8) / 10.0 * std::f32::consts::TAU;
                let radius = if i % 2 == 0 { radius * 1.15 } else { radius * 0.55 };
                center + radius * vec2(angle.sin(), -angle.cos())
            })
            .collect(),
        Color::Ink => {
            let (a, b) = (radius * 0.36, radius);
            let corners = [
                (a, b),
                (a, a),
                (b, a),
                (b, -a),
                (a, -a),
                (a, -b),
                (-a, -b),
                (-a, -a),
                (-b, -a),
                (-b, a),
                (-a, a),
                (-a, b),
            ];
            corners.map(|(x, y)| pos2(center.x + x, center.y + y)).to_vec()
        }
    }
}

/// The shapes of one marker. Star and cross are not convex, so they are filled from the centre.
pub fn shapes(color: Color, center: Pos2, radius: f32, fill: Color32, edge: Color32) -> Vec<Shape> {
    let points = outline(color, center, radius);
    let mut mesh = egui::Mesh::default();
    mesh.colored_vertex(center, fill);
    for point in &points {
        mesh.colored_vertex(*point, fill);
    }
    let corners = points.len() as u32;
    for i in 0..corners {
        mesh.add_triangle(0, i + 1, (i + 1) % corners + 1);
    }
    let stroke = Stroke::new((radius * 0.28).max(1.0), edge);
    vec![Shape::mesh(mesh), Shape::Path(PathShape::closed_line(points, stroke))]
}

/// How many runners before this one have the same colour, and so the same shape: there are more runners than
/// colours.
pub fn round(session: &Session, index: usize) -> usize {
    let runners = &session.scenario().runners;
    let Some(own) = runners.get(index) else { return 0 };
    runners[..index].iter().filter(|runner| runner.color == own.color).count()
}

/// Paints one marker. From the second round on, a runner is told from those before it by what is cut out of
/// its shape: a disc, a bar across, a bar upright.
pub fn paint(
    painter: &Painter,
    (color, round): (Color, usize),
    center: Pos2,
    radius: f32,
    fill: Color32,
    edge: Color32,
) {
    painter.extend(shapes(color, center, radius, fill, edge));
    // Seen on every colour, in both themes.
    let hole = match fill {
        Color32::TRANSPARENT => edge,
        fill if fill.intensity() > 0.5 => Color32::BLACK,
        _ => Color32::WHITE,
    };
    let stroke = Stroke::new(radius * 0.42, hole);
    match round % 4 {
        0 => {}
        1 => {
            painter.circle_filled(center, radius * 0.42, hole);
        }
        2 => {
            painter
                .line_segment([center - vec2(radius, 0.0) * 0.7, center + vec2(radius, 0.0) * 0.7], stroke);
        }
        _ => {
            painter
                .line_segment([center - vec2(0.0, radius) * 0.7, center + vec2(0.0, radius) * 0.7], stroke);
        }
    }
}
