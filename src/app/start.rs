//! Where all runners start: at a point, at the origin, or drawn at random.

use super::{Queue, text};
use crate::scenario::{Draw, Start};
use crate::session::{Command, Session};
use egui::{ComboBox, DragValue, RichText, Ui, vec2};

const FIELD_WIDTH: f32 = 62.0;

/// Shows the row; of a random start also its seed.
pub fn show(ui: &mut Ui, session: &Session, queue: &mut Queue) {
    let start = session.scenario().start;
    ui.horizontal(|ui| {
        let label = ui
            .label(RichText::new("start").size(12.0))
            .on_hover_text("Where all runners start: click or drag in the plot, or type");
        let room = 2.0 * (FIELD_WIDTH + 24.0);
        let combo = ComboBox::from_id_salt("start")
            .selected_text(name(&start))
            .width((ui.available_width() - room).max(50.0))
            .show_ui(ui, |ui| {
                let random = Start::Random(Draw { seed: 1, within: session.scenario().view });
                for (other, doc) in [
                    (Start::At(start.point()), "Where you click, or what you type"),
                    (Start::Origin, "x = 0, y = 0"),
                    (random, "Drawn from the part of the plane that is in view, from a seed"),
                ] {
                    let here = name(&other) == name(&start);
                    if ui.selectable_label(here, long_name(&other)).on_hover_text(doc).clicked() && !here {
                        queue.push(Command::SetStart(other));
                    }
                }
            });
        combo.response.labelled_by(label.id).on_hover_text(format!("All start {}", long_name(&start)));
        coordinates(ui, session, queue);
    });
    if let Start::Random(draw) = start
        && let Some(draw) = redraw(ui, session, draw, "seed of the start")
    {
        queue.push(Command::SetStart(Start::Random(draw)));
    }
}

fn name(start: &Start) -> &'static str {
    match start {
        Start::At(_) => "point",
        Start::Origin => "origin",
        Start::Random(_) => "random",
    }
}

fn long_name(start: &Start) -> &'static str {
    match start {
        Start::At(_) => "at a point",
        Start::Origin => "at the origin",
        Start::Random(_) => "at random in the view",
    }
}

fn coordinates(ui: &mut Ui, session: &Session, queue: &mut Queue) {
    let mut point = session.scenario().start.point();
    let span = session.scenario().view.x.1 - session.scenario().view.x.0;
    let mut changed = false;
    for (name, coordinate) in ["x", "y"].into_iter().zip(&mut point) {
        let label = ui.label(RichText::new(name).size(12.0));
        let field = DragValue::new(coordinate)
            .speed(span / 400.0)
            .max_decimals(15)
            .update_while_editing(false)
            .custom_formatter(|value, _| text::digits(value, 6));
        changed |= ui.add_sized(vec2(FIELD_WIDTH, 20.0), field).labelled_by(label.id).changed();
    }
    let shown = |point: [f64; 2]| point.map(|value| text::digits(value, 6));
    if changed && shown(point) != shown(session.scenario().start.point()) {
        queue.push(Command::SetStart(Start::At(point)));
    }
}

/// A row for what is drawn at random: its seed, and a button that draws again, in the present
/// view. Gives the new draw.
pub fn redraw(ui: &mut Ui, session: &Session, draw: Draw, name: &str) -> Option<Draw> {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(name).size(12.0)).on_hover_text(
            "What the random numbers are drawn from: the same seed gives the same points, on every machine",
        );
        let mut seed = draw.seed;
        let field = DragValue::new(&mut seed).speed(0.2).update_while_editing(false);
        ui.add_sized(vec2(FIELD_WIDTH, 20.0), field).labelled_by(label.id);
        let again = ui
            .small_button("Draw again")
            .on_hover_text("Takes the next seed, and draws within the part of the plane that is in view");
        if again.clicked() {
            return Some(Draw { seed: draw.seed.wrapping_add(1), within: session.scenario().view });
        }
        (seed != draw.seed).then_some(Draw { seed, ..draw })
    })
    .inner
}
