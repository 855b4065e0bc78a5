//! Where all runners start: at a point, at the origin, or drawn at random.

use super::context::FrameContext;
use super::typed_number::TypedNumber;
use crate::app::text_size;
use crate::words::text;
use egui::{ComboBox, DragValue, Label, RichText, Role, Ui, WidgetInfo, vec2};
use thalweg_core::math::within::Within;
use thalweg_scenario::{Draw, Start};
use thalweg_session::{Edit, Session};

const FIELD_WIDTH: f32 = 62.0;
/// As narrow as the longest of the short names.
const COMBO_WIDTH: f32 = 50.0;
/// What the chooser and the coordinates take side by side.
const ROW_WIDTH: f32 = 265.0;

/// Shows the row; of a random start also its seed.
pub fn show(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let start = session.scenario().start;
    let has_room = ui.available_width() >= ROW_WIDTH;
    ui.horizontal(|ui| {
        let label = ui
            .label(RichText::new("start").size(text_size::LABEL))
            .on_hover_text("Where all runners start: click or drag in the plot, or type");
        let combo = ComboBox::from_id_salt("start").selected_text(name(&start)).width(COMBO_WIDTH).show_ui(
            ui,
            |ui| {
                let random = Start::Random(Draw { seed: 1, within: session.scenario().view });
                for (other, doc) in [
                    (Start::At(start.point()), "Where you click, or what you type"),
                    (Start::Origin, "x = 0, y = 0"),
                    (random, "Drawn from the part of the plane that is in view, from a seed"),
                ] {
                    let here = name(&other) == name(&start);
                    if ui.selectable_label(here, long_name(&other)).on_hover_text(doc).clicked() && !here {
                        context.push(Edit::SetStart(other));
                    }
                }
            },
        );
        combo.response.labelled_by(label.id).on_hover_text(format!("All start {}", long_name(&start)));
        if !matches!(start, Start::At(_)) {
            let place = text::place(&session.race().problem().objective, start.point().into());
            ui.add(Label::new(RichText::new(place).size(text_size::LABEL).weak()).truncate());
        } else if has_room {
            coordinates(ui, context);
        }
    });
    if matches!(start, Start::At(_)) && !has_room {
        ui.horizontal(|ui| coordinates(ui, context));
    }
    if let Start::Random(draw) = start
        && let Some(draw) = redraw(ui, session, draw, "seed of the start")
    {
        context.push(Edit::SetStart(Start::Random(draw)));
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

fn coordinates(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let mut point = session.scenario().start.point();
    let span = session.scenario().view.x.1 - session.scenario().view.x.0;
    let mut changed = false;
    // What the row has left, for two names and two fields.
    let width = (ui.available_width() / 2.0 - 30.0).within(40.0, 78.0);
    // Of a function of x alone there is no second one.
    let count = if session.scenario().surface.is_univariate() { 1 } else { 2 };
    let axes = session.scenario().show.notation.axes(&session.scenario().surface);
    for (name, coordinate) in axes.into_iter().zip(&mut point).take(count) {
        let label = ui.label(RichText::new(name).size(text_size::LABEL));
        let typed = TypedNumber::default();
        let field = DragValue::new(coordinate)
            .speed(span / 400.0)
            .max_decimals(15)
            .update_while_editing(false)
            .custom_formatter(|value, _| short(value));
        let response = ui.add_sized(vec2(width, 20.0), typed.of(field, f64::is_finite)).labelled_by(label.id);
        typed.tell(ui, &response, "any number");
        changed |= response.changed();
    }
    // Leaving a field untouched must not round the coordinate to what is shown of it.
    if changed && point.map(short) != session.scenario().start.point().map(short) {
        context.push(Edit::SetStart(Start::At(point)));
    }
}

/// In as many digits, of six, as a field has room for.
fn short(value: f64) -> String {
    let texts = [6, 5, 4].map(|digits| text::digits(value, digits));
    let [.., last] = &texts;
    texts.iter().find(|text| text.len() <= 7).unwrap_or(last).clone()
}

/// A row for what is drawn at random: its seed, and a button that draws again, in the present
/// view. Gives the new draw.
pub fn redraw(ui: &mut Ui, session: &Session, draw: Draw, name: &str) -> Option<Draw> {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(name).size(text_size::LABEL)).on_hover_text(
            "What the random numbers are drawn from: the same seed gives the same points, on every machine",
        );
        let mut seed = draw.seed;
        let field = DragValue::new(&mut seed).speed(0.2).update_while_editing(false);
        ui.add_sized(vec2(FIELD_WIDTH, 20.0), field).labelled_by(label.id);
        let again = ui
            .small_button("Draw again")
            .on_hover_text("Takes the next seed, and draws within the part of the plane that is in view");
        let told = format!("Draw again: {name}");
        again.widget_info(|| WidgetInfo::labeled(Role::Button, true, &told));
        if again.clicked() {
            return Some(Draw { seed: draw.seed.wrapping_add(1), within: session.scenario().view });
        }
        (seed != draw.seed).then_some(Draw { seed, ..draw })
    })
    .inner
}
