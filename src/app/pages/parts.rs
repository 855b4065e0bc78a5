//! Parts that several pages have.

use crate::app::context::FrameContext;
use crate::app::text_size;
use crate::words::text;
use egui::{CollapsingHeader, RichText, Ui};
use thalweg_core::math::within::Within;
use thalweg_scenario::LookAt;
use thalweg_session::{Edit, Session};

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
