//! What a card says of a recorded path with more coordinates than the plane has: how far it is from what is shown.

use super::text_size;
use crate::words::text;
use egui::{Label, RichText, Ui};
use thalweg_core::run::run::Run;
use thalweg_scenario::Runner;
use thalweg_session::Session;

/// Shows it, for a path that is a projection.
pub fn show(ui: &mut Ui, session: &Session, runner: &Runner, run: &Run) {
    let Some(path) = runner.optimizer.recorded_path().filter(|path| !path.distance.is_empty()) else {
        return;
    };
    let step = session.cursor().min(run.trajectory().last_step());
    let Some(distance) = path.distance.get(step as usize) else { return };
    let mut words = format!(
        "projected: {:.1} % of its spread, {} beside the plane",
        100.0 * path.share_shown(),
        text::number(*distance)
    );
    let mut tip = "The path has more coordinates than the plane. What is seen of it is a projection: the loss below it is that of the \
                   plane, not its own."
        .to_owned();
    if let (Some(loss), Some(sample)) = (path.loss.get(step as usize), run.trajectory().at(step)) {
        words.extend(["; its own loss ", &text::number(*loss)]);
        let (seen, own) = (text::number(sample.loss), text::number(*loss));
        tip.extend([" Here the plane's loss is ", &seen, ", and ", &own, " was recorded."]);
    }
    ui.add(Label::new(RichText::new(words).size(text_size::HINT).weak()).wrap()).on_hover_text(tip);
}
