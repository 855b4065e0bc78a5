//! Who is who above the plane, where no cards say it.

use super::context::FrameContext;
use super::paint;
use super::paint::FontMeasure;
use egui::{Role, Sense, Ui, WidgetInfo, vec2};
use thalweg_figure::runner_legend::{LegendLayout, runner_legend};

/// The part of the height that it may take at most.
const MOST: f32 = 0.3;

/// Shows the markers and the names of the runners that are shown, in as many lines as they need; nothing where they
/// need too many.
pub fn show(ui: &mut Ui, context: &FrameContext<'_>) {
    let room = ui.available_rect_before_wrap();
    let painter = ui.painter().clone();
    let page = paint::page(room.shrink2(vec2(6.0, 0.0)));
    let scheme = &context.palette.scheme;
    let (items, height) =
        runner_legend(context.session, page, LegendLayout::Rows, scheme, &FontMeasure(&painter));
    let height = height as f32;
    if items.is_empty() || height > MOST * room.height() {
        return;
    }
    let rect = ui.allocate_space(vec2(room.width(), height)).1;
    let response = ui.interact(rect, ui.scope_id().with("legend"), Sense::hover());
    response.widget_info(|| {
        let shown = context.session.runners().filter(|(runner, _)| !runner.hidden);
        let names: Vec<_> = shown.map(|(runner, _)| runner.name().into_owned()).collect();
        WidgetInfo::labeled(Role::Label, true, format!("Runners: {}", names.join(", ")))
    });
    paint::items(&painter, &items);
}
