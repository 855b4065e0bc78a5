//! What all runners share besides surface and start: which gradients they are given, when they
//! stop, and the cloud of starts. A section that stays closed until it is needed.

use super::context::FrameContext;
use super::theme::Palette;
use super::{ends, gradient, setting, start};
use crate::app::text_size;
use crate::words::{basins, text};
use egui::collapsing_header::{CollapsingState, paint_default_icon};
use egui::{
    Checkbox, CollapsingHeader, Label, Rect, RichText, Role, ScrollArea, Sense, TextStyle, TextWrapMode, Ui,
    WidgetInfo, WidgetText, pos2, vec2,
};
use thalweg_analysis::runs::basins::{BasinOutcome, Basins};
use thalweg_core::method::gradient::EXACT;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::range::Range;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Draw, Record, StartCloud, Stop};
use thalweg_session::{Edit, Session, most_starts};

/// Shows the section.
pub fn show(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let scenario = session.scenario();
    let used = *scenario.gradient.of != EXACT || scenario.cloud.is_some() || scenario.stop.patience > 0;
    let id = ui.make_persistent_id("race");
    let mut state = CollapsingState::load_with_default_open(ui.ctx(), id, used);
    // Another scenario opens or closes it by what it uses; a change made in here does neither.
    let (was_used, touched) = ui.data(|data| data.get_temp(id)).unwrap_or((used, false));
    if used != was_used && !touched {
        state.set_open(used);
    }
    header(ui, session, &mut state);
    let before = context.queue.len();
    state.show_body_unindented(ui, |ui| {
        // The runners keep a part of the panel, however small the window is.
        let height = (ui.available_height() * 0.62).max(80.0);
        ScrollArea::vertical().id_salt("of the race").max_height(height).show(ui, |ui| {
            gradient::of_race(ui, context);
            // While a rule is in force it is in sight; in a lesson without one it takes no room.
            let in_force = session.scenario().stop != Stop::default();
            let key = ui.scope_id().with("when to stop");
            let before = ui.data(|data| data.get_temp::<(u64, bool)>(key));
            let now = (session.opening(), in_force);
            ui.data_mut(|data| data.insert_temp(key, now));
            let is_new = before.is_none_or(|(opening, _)| opening != now.0);
            let open = (in_force || is_new).then_some(in_force);
            CollapsingHeader::new(RichText::new("when to stop").size(text_size::LABEL))
                .open(open)
                .show_unindented(ui, |ui| stop(ui, context))
                .header_response
                .on_hover_text("All steps are made, unless one of these rules ends a run before");
            cloud(ui, context);
        });
    });
    ui.data_mut(|data| data.insert_temp(id, (used, context.queue.len() > before)));
}

fn header(ui: &mut Ui, session: &Session, state: &mut CollapsingState) {
    let size = vec2(ui.available_width(), ui.spacing().interact_size.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, state.is_open(), "Race"));
    if response.clicked() {
        state.toggle(ui);
    }
    let icon = Rect::from_center_size(pos2(rect.left() + 6.0, rect.center().y), vec2(10.0, 10.0));
    let openness = state.openness(ui.ctx());
    paint_default_icon(ui, openness, &response.clone().with_new_rect(icon));
    let text = WidgetText::from(RichText::new("Race").strong());
    let galley = text.into_galley(ui, None, rect.width(), TextStyle::Body);
    let left = rect.left() + 18.0;
    let told = left + galley.size().x + 8.0;
    ui.painter().galley(
        pos2(left, rect.center().y - galley.size().y / 2.0),
        galley,
        ui.visuals().text_color(),
    );
    let text = WidgetText::from(RichText::new(summary(session)).size(text_size::HINT).weak());
    let galley = text.into_galley(ui, Some(TextWrapMode::Truncate), rect.right() - told, TextStyle::Body);
    ui.painter().galley(
        pos2(told, rect.center().y - galley.size().y / 2.0),
        galley,
        ui.visuals().text_color(),
    );
    response.on_hover_text("What all runners share: their gradients, when they stop, and a cloud of starts");
}

/// What is in force, for the closed section.
fn summary(session: &Session) -> String {
    let scenario = session.scenario();
    let mut parts = vec![match &*scenario.gradient.of {
        source if *source == EXACT => "exact gradients".to_owned(),
        source => source.title().to_owned(),
    }];
    if scenario.stop.gradient > 0.0 {
        parts.push(format!("|∇f| ≤ {}", text::number(scenario.stop.gradient)));
    }
    if scenario.stop.patience > 0 {
        parts.push(format!("patience {}", text::count(scenario.stop.patience)));
    }
    if let Some(cloud) = scenario.cloud {
        parts.push(format!("{} starts", cloud.count));
    }
    parts.join(", ")
}

fn stop(ui: &mut Ui, context: &FrameContext<'_>) {
    let stop = context.session.scenario().stop;
    for field in Stop::fields() {
        let Some((param, value)) = field.param().zip(field.value(&stop)) else { continue };
        if let Some(value) = setting::row(ui, param, &value, &[]) {
            let mut stop = stop;
            field.set(&mut stop, &value);
            context.push(Edit::SetStop(stop));
        }
    }
}

fn cloud(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let scenario = session.scenario();
    let most = most_starts(scenario);
    let mut on = scenario.cloud.is_some();
    let mut switch = |ui: &mut Ui| {
        let words = RichText::new("cloud of starts").size(text_size::LABEL);
        ui.add_enabled(on || most > 0, Checkbox::new(&mut on, words))
            .on_hover_text(
                "The focused runner's method from many starts at once: where does each end? \
                 Drawn at random within the part of the plane that is in view",
            )
            .on_disabled_hover_text("No room: take runners out, or make the race shorter")
    };
    let switch = ui.horizontal(|ui| {
        let switch = switch(ui);
        // In this line, for one of its own would come and go, and move all that is below.
        let running =
            context.caches.ends.borrow_mut().of(session).map_or(0, |ends| ends.count(BasinOutcome::Running));
        if running > 0 && ui.available_width() > 0.0 {
            let words = RichText::new(format!("{running} still being computed")).size(text_size::HINT).weak();
            ui.add(Label::new(words).truncate());
        }
        switch
    });
    if switch.inner.changed() {
        context.push(Edit::SetCloud(on.then_some(StartCloud::within(scenario.view))));
    }
    let Some(cloud) = scenario.cloud else { return };
    if let Some((field, starts)) =
        StartCloud::field("count").and_then(|field| field.param().map(|p| (field, p)))
    {
        let range = Range::whole(1, most.max(cloud.count));
        let starts = starts.clone().within(range, (1.0, range.max));
        let mut cloud = cloud;
        let count = Value::Number(cloud.count.into());
        if setting::row(ui, &starts, &count, &[]).is_some_and(|count| field.set(&mut cloud, &count)) {
            context.push(Edit::SetCloud(Some(cloud)));
        }
    }
    if let Some(draw) = start::redraw(ui, session, cloud.draw, "seed of the cloud") {
        context.push(Edit::SetCloud(Some(StartCloud { draw, ..cloud })));
    }
    if !session.tells(session.finish_line()) {
        return;
    }
    match context.caches.ends.borrow_mut().of(session) {
        Some(ends) => told(ui, ends, (session.surface_version(), cloud.draw)),
        None => {
            ui.label(
                RichText::new("The cloud shows a runner's method: add a runner.")
                    .size(text_size::HINT)
                    .weak(),
            );
        }
    }
}

/// Where the runs end, each with the mark that it has in the plot. While starts and surface (`kept`) stay the same, the
/// lines keep the room that they once took: what is below them stays under the pointer while a setting is dragged.
fn told(ui: &mut Ui, ends: &Basins, kept: (u64, Draw)) {
    let palette = Palette::of(ui);
    let id = ui.scope_id().with("room of the ends");
    let room = ui.data(|data| data.get_temp::<((u64, Draw), f32)>(id));
    let room = room.filter(|(of, _)| *of == kept).map_or(0.0, |(_, room)| room);
    let response = ui.scope(|ui| {
        ui.set_min_height(room);
        ui.spacing_mut().item_spacing.y = 1.0;
        ui.spacing_mut().interact_size.y = 15.0;
        for (outcome, words) in basins::pieces(ends) {
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(12.0, 14.0), Sense::hover());
                if let Some(outcome) = outcome {
                    ends::mark(ui.painter(), outcome, rect.center(), 3.4, &palette);
                }
                ui.add(Label::new(RichText::new(words).size(text_size::HINT)).truncate());
            });
        }
    });
    let room = room.max(response.response.rect.height());
    ui.data_mut(|data| data.insert_temp(id, (kept, room)));
    response.response.on_hover_text(
        "Ends that lie close together count as one place, whether or not a minimum is known there. \
         \"Elsewhere\" ended alone: mostly the steps were used up on the way.",
    );
}
