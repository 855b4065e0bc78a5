//! The rows that say what a map varies along its sides.

use crate::app::text_size;
use crate::app::typed_number::TypedNumber;
use crate::words::text;
use egui::{Align, ComboBox, DragValue, Layout, RichText, Ui, vec2};
use thalweg_analysis::sweep::axis::{SweepAxis, Varied};
use thalweg_core::math::within::Within;
use thalweg_core::spec::param::Scale;
use thalweg_figure::settings_map;
use thalweg_scenario::{MapAxis, MapView, Notation};
use thalweg_session::Session;

/// The name of the second side.
pub const UPWARD: &str = "upward";
/// What varies along a second side that there is not.
const NOTHING: &str = "nothing";

/// What a person calls it.
pub fn title(varied: &Varied, shown: Notation) -> String {
    match varied {
        Varied::Setting(param, _) => shown.title(param),
        Varied::Schedule(param, _) => format!("schedule: {}", shown.title(param)),
        Varied::StartX => format!("start {}", shown.point.symbol()),
        Varied::StartY => "start y".to_owned(),
    }
}

/// The title of a side with the symbol first: where there is little room, that is what is left.
fn brief(varied: &Varied, shown: Notation) -> String {
    let title = title(varied, shown);
    match varied.param().map(|param| shown.symbol(param)).filter(|symbol| !symbol.is_empty()) {
        Some(symbol) => format!("{symbol}, {}", title.trim_end_matches(symbol.as_ref()).trim_end()),
        None => title,
    }
}

/// The axis as the document keeps it.
pub fn as_side(axis: &SweepAxis) -> MapAxis {
    let (from, to) = axis.ends();
    MapAxis { key: axis.varied().name().into_owned(), from, to }
}

/// The side that is chosen in place of another; there may be none upward, where no setting suggests itself.
pub struct Wanted(pub Option<MapAxis>);

/// The row for one side: what varies, and between which ends. Gives the side if it is changed.
pub fn side(
    ui: &mut Ui,
    name: &str,
    session: &Session,
    axis: Option<&SweepAxis>,
    other: Option<&SweepAxis>,
) -> Option<Wanted> {
    let (runner, _) = session.focused()?;
    let settings = settings_map::ground(session).choices(&runner.optimizer.of, &runner.schedule.of);
    // A single setting lies along, and leaves nothing to choose upward.
    if axis.is_none() && settings.len() < 2 {
        return None;
    }
    let now = axis.map(SweepAxis::varied);
    let shown = session.scenario().show.notation;
    let may_be_none = axis.is_none() || (name == UPWARD && is_strip(session));
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let left = Layout::left_to_right(Align::Center);
        let label = ui.allocate_ui_with_layout(vec2(44.0, 18.0), left, |ui| {
            ui.set_min_width(44.0);
            ui.label(RichText::new(name).size(text_size::LABEL))
        });
        let label =
            label.inner.on_hover_text("What varies in this direction of the map, and between which values");
        // Whatever the name's length, the fields for the ends keep their place.
        let width = (ui.available_width() - 2.0 * FIELD - 26.0).within(56.0, 124.0);
        let combo = |ui: &mut Ui| {
            ui.set_max_width(width);
            ComboBox::from_id_salt(name)
                .selected_text(
                    RichText::new(now.map_or_else(|| NOTHING.to_owned(), |now| brief(now, shown)))
                        .size(text_size::LABEL),
                )
                .width(width)
                .truncate()
                .show_ui(ui, |ui| {
                    if may_be_none && ui.selectable_label(now.is_none(), NOTHING).clicked() && now.is_some() {
                        chosen = Some(Wanted(None));
                    }
                    for varied in settings {
                        let is_other = other.is_some_and(|other| *other.varied() == varied);
                        // To change places takes two.
                        if is_other && now.is_none() {
                            continue;
                        }
                        let entry =
                            format!("{}{}", title(&varied, shown), if is_other { " (swap)" } else { "" });
                        if ui.selectable_label(Some(&varied) == now, entry).clicked() && Some(&varied) != now
                        {
                            chosen =
                                settings_map::along(session, varied).map(|axis| Wanted(Some(as_side(&axis))));
                        }
                    }
                })
                .response
        };
        let combo = ui.allocate_ui_with_layout(vec2(width, 18.0), left, combo).inner;
        let combo = combo.labelled_by(label.id);
        let Some(axis) = axis else { return };
        combo.on_hover_text(title(axis.varied(), shown));
        let (from, to) = axis.ends();
        let low = end(ui, axis, from, "The smallest value on the map");
        ui.label(RichText::new("to").size(text_size::LABEL));
        let high = end(ui, axis, to, "The largest value on the map");
        let ends = (low.unwrap_or(from), high.unwrap_or(to));
        // What the setting does not accept, or what is the wrong way round, changes nothing.
        if ends != (from, to) && SweepAxis::new(axis.varied().clone(), ends, axis.count()).is_some() {
            chosen = Some(Wanted(Some(MapAxis {
                key: axis.varied().name().into_owned(),
                from: ends.0,
                to: ends.1,
            })));
        }
    });
    chosen
}

/// Whether the map has a single side unless a second one is asked for.
fn is_strip(session: &Session) -> bool {
    let Some((runner, _)) = session.focused() else { return false };
    let map = MapView { y: None, ..session.scenario().show.map.clone() };
    settings_map::axes_of(session, &map, runner).is_some_and(|(_, y)| y.is_none())
}

/// How wide the field for an end is, in points: it holds three digits and an exponent.
const FIELD: f32 = 54.0;

/// A field for one end of a side.
fn end(ui: &mut Ui, axis: &SweepAxis, now: f64, tip: &str) -> Option<f64> {
    let (mut value, typed) = (now, TypedNumber::default());
    let (from, to) = axis.ends();
    let speed = match axis.varied().scale() {
        Scale::Log => now.abs().max(1e-12) * 0.02,
        Scale::Linear => (to - from) / 300.0,
    };
    let field = DragValue::new(&mut value)
        .speed(speed)
        .max_decimals(12)
        .update_while_editing(false)
        .custom_formatter(|value, _| text::digits(value, 3));
    let shown = ui.scope(|ui| {
        ui.spacing_mut().button_padding.x = 2.0;
        ui.add_sized(vec2(FIELD, 18.0), typed.of(field, f64::is_finite))
    });
    let response = shown.inner.on_hover_text(tip);
    typed.tell(ui, &response, "a number");
    let untouched = text::digits(now, 3).parse() == Ok(value);
    (!untouched && value != now).then_some(value)
}
