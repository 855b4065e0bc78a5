//! Parts that several pages have.

use crate::app::context::FrameContext;
use crate::app::marker;
use crate::app::text_size;
use crate::app::theme::Palette;
use crate::words::text;
use egui::{CollapsingHeader, Label, RichText, Sense, Ui, vec2};
use thalweg_core::math::within::Within;
use thalweg_scenario::LookAt;
use thalweg_session::{Edit, Session};

/// How much of a runner's name is seen at least, in points.
const LEAST_NAME: f32 = 24.0;

/// A part of a page that can be folded away, and stays so.
pub fn section<R>(
    ui: &mut Ui,
    id: &str,
    title: &str,
    tip: &str,
    add: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    let heading = RichText::new(title).size(text_size::VALUE).strong();
    let shown = CollapsingHeader::new(heading).id_salt(id).default_open(true).show_unindented(ui, add);
    if !tip.is_empty() {
        shown.header_response.on_hover_text(tip);
    }
    shown.body_returned
}

/// The focused runner, and beside it what `add` adds, for which so many points are left: a long name gives way to it.
pub fn runner(ui: &mut Ui, session: &Session, beside: f32, add: impl FnOnce(&mut Ui)) {
    let Some((runner, _)) = session.focused() else { return };
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
        let color = Palette::of(ui).runner(runner.color);
        let shape = (runner.color, marker::round(session, session.focus()));
        marker::paint(ui.painter(), shape, rect.center(), 5.0, color, color);
        let name = Label::new(RichText::new(runner.name()).strong()).truncate();
        let room = (ui.available_width() - beside - ui.spacing().item_spacing.x).max(LEAST_NAME);
        ui.scope(|ui| {
            ui.set_max_width(room);
            ui.add(name);
        });
        add(ui);
    });
}

/// Which point the page looks at.
pub fn look_at(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let now = session.look_at();
    ui.horizontal(|ui| {
        ui.label(RichText::new("at").size(text_size::LABEL))
            .on_hover_text("The point that this page is about");
        for (look_at, name, tip) in [
            (LookAt::Current, "here", "At the focused runner's place at this step"),
            (LookAt::Start, "start", "At the start"),
            (LookAt::NearestMinimum, "minimum", "At the known minimum nearest to the focused runner"),
        ] {
            if ui.selectable_label(now == look_at, name).on_hover_text(tip).clicked() {
                context.push(Edit::LookAt(look_at));
            }
        }
        if let LookAt::Point([x, y]) = now {
            // A point that was clicked; it goes when another is chosen.
            let _ = ui
                .selectable_label(true, text::place(&session.race().problem().objective, [x, y].into()))
                .on_hover_text("At the point that was chosen");
        }
    });
}

/// At how many places a frame can ask for f: fewer than `most` where it is a mean over much data.
pub fn places(session: &Session, most: u32) -> u32 {
    let examples = session.race().problem().objective.examples().map_or(1, <[_]>::len).max(1);
    ((100_000 / examples) as u32).within(16, most)
}
