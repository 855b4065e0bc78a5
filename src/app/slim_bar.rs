//! The slim bar below the plane, where the window has no more than that: play, step, reset, title.

use super::context::FrameContext;
use super::transport;
use crate::app::{story, text_size};
use crate::words::text;
use egui::{Align, Button, Label, Layout, RichText, Ui};
use thalweg_session::{Command, Playback};

/// How wide the bar must be for the scrubber, and for the buttons of single steps.
const WITH_SCRUBBER: f32 = 380.0;
const WITH_STEPS: f32 = 560.0;

/// Shows the bar, perhaps with the title.
pub fn show(ui: &mut Ui, context: &FrameContext<'_>, has_title: bool) {
    let session = context.session;
    let width = ui.available_width();
    ui.horizontal(|ui| {
        transport::buttons(ui, context, width >= WITH_STEPS);
        ui.add_space(2.0);
        let (step, steps) = (text::count(session.cursor()), text::count(session.scenario().steps));
        ui.label(RichText::new(format!("step {step} of {steps}")).size(text_size::LABEL));
        if session.is_changed()
            && ui
                .add(Button::new("Reset").small())
                .on_hover_text("Back to what was opened, at its start")
                .clicked()
        {
            context.push(Command::Reset);
            context.push(Playback::Rewind);
        }
        if width >= WITH_SCRUBBER {
            let room = ui.available_width() - 8.0;
            ui.spacing_mut().slider_width = if has_title { (room * 0.45).min(420.0) } else { room }.max(40.0);
            transport::scrub(ui, context);
        }
        if has_title {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let heading = story::heading(session);
                ui.add(Label::new(RichText::new(&heading).strong()).truncate()).on_hover_text(heading);
            });
        }
    });
}
