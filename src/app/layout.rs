//! How the window's room is divided: the plot keeps a fair part of it, at every size of the text.

use super::theme::Palette;
use egui::{
    CursorIcon, Frame, Id, Margin, Panel, Rect, RichText, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo,
    pos2, vec2,
};
use thalweg_core::math::within::Within;

/// Where a panel lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// At the left edge of what is free.
    Left,
    /// At the right edge.
    Right,
    /// At the bottom.
    Bottom,
}

/// How large a panel is across its edge, in points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// Until its edge is dragged.
    pub usual: f32,
    /// At least: what its words need.
    pub least: f32,
    /// At most: the plot wants room, too. It gives way to `least`.
    pub most: f32,
}

impl Size {
    /// Of a second plot, which must not take the first one's room.
    pub fn beside_the_plot(usual: f32, most: f32) -> Self {
        Self { usual, least: 100.0, most: most.min(540.0) }
    }

    /// The size that comes nearest to the one that is wanted.
    fn nearest(self, wanted: f32) -> f32 {
        wanted.min(self.most).max(self.least)
    }
}

/// What a panel is about, of which one is shown where there is no room for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The surface and the runners.
    Cards,
    /// The lesson, and the pages of theory.
    Pages,
    /// The charts, or the table.
    Charts,
    /// The data.
    Data,
    /// The race in the eigenbasis.
    Eigenbasis,
}

impl Side {
    /// Those that lie beside the plot.
    pub const AROUND: [Self; 2] = [Self::Cards, Self::Pages];

    fn name(self) -> &'static str {
        match self {
            Self::Cards => "Runners",
            Self::Pages => "Lesson, theory",
            Self::Charts => "Charts, table",
            Self::Data => "Data",
            Self::Eigenbasis => "Eigenbasis",
        }
    }
}

/// Below this width, in points, there is room for one side panel only: that happens at large text.
const ONE_SIDE: f32 = 880.0;
/// Below this width there is room for none beside the plot: as on a phone that is held upright.
const STACKED: f32 = 600.0;

/// How the room of a window is divided.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowLayout {
    /// Whether all lies below the plot, one panel at a time.
    pub is_stacked: bool,
    /// Whether both side panels fit.
    pub has_both_sides: bool,
    /// The surface and the runners.
    pub cards: Size,
    /// The lesson and the pages.
    pub pages: Size,
    /// The transport and the charts.
    pub bottom: Size,
    /// The one panel below the plot.
    pub below: Size,
}

impl WindowLayout {
    /// The division of so much room, in points.
    pub fn of(size: Vec2) -> Self {
        let has_both_sides = size.x >= ONE_SIDE;
        let most = if has_both_sides { (size.x * 0.27).within(272.0, 420.0) } else { size.x * 0.45 };
        let below = 0.45 * size.y;
        Self {
            is_stacked: size.x < STACKED,
            has_both_sides,
            cards: Size { usual: 292.0, least: 256.0, most },
            pages: Size { usual: 286.0, least: 270.0, most },
            bottom: Size { usual: 222.0_f32.min(below), least: 120.0, most: (1.3 * below).min(420.0) },
            below: Size { usual: 0.4 * size.y, least: 120.0, most: 0.65 * size.y },
        }
    }
}

/// Shows which of the panels is open, where there is no room for all, and lets another be chosen.
pub fn switch(ui: &mut Ui, shown: Side, chosen: &mut Option<Side>, sides: &[Side]) {
    ui.horizontal_wrapped(|ui| {
        for side in sides.iter().copied() {
            let tip = "There is room for one panel: this chooses which";
            let name = RichText::new(side.name()).strong();
            if ui.selectable_label(side == shown, name).on_hover_text(tip).clicked() {
                *chosen = Some(side);
            }
        }
    });
    ui.separator();
}

/// Shows a panel of exactly the size that its edge was dragged to, as near as the room allows: what is in
/// it never moves the edge, and where there was no room for a while, the panel comes back as it was.
pub fn panel(ui: &mut Ui, edge: Edge, name: &'static str, size: Size, add: impl FnOnce(&mut Ui)) {
    let id = Id::unique(("size of", name));
    let dragged = ui.ctx().read_response(id.with("edge"));
    let free = ui.available_rect_before_wrap();
    let mut wanted = ui.data_mut(|data| data.get_persisted::<f32>(id)).unwrap_or(size.usual);
    let to = dragged.as_ref().filter(|edge| edge.dragged()).and_then(egui::Response::interact_pointer_pos);
    if let Some(pointer) = to {
        wanted = size.nearest(match edge {
            Edge::Left => pointer.x - free.left(),
            Edge::Right => free.right() - pointer.x,
            Edge::Bottom => free.bottom() - pointer.y,
        });
        ui.data_mut(|data| data.insert_persisted(id, wanted));
    }
    if dragged.as_ref().is_some_and(egui::Response::double_clicked) {
        wanted = size.usual;
        ui.data_mut(|data| data.remove::<f32>(id));
    }
    let panel = match edge {
        Edge::Left => Panel::left(name),
        Edge::Right => Panel::right(name),
        Edge::Bottom => Panel::bottom(name),
    };
    let frame = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(10, 6));
    let length = size.nearest(wanted).round();
    let shown = panel.frame(frame).resizable(false).exact_size(length).show(ui, |ui| {
        // A child of its own keeps what is too wide from moving the border.
        let room = ui.available_rect_before_wrap();
        add(&mut ui.new_child(UiBuilder::new().max_rect(room)));
        ui.advance_cursor_after_rect(room);
    });
    let rect = shown.response.rect;
    grip(ui, edge, name, rect, id.with("edge"));
}

/// The edge to drag.
fn grip(ui: &Ui, edge: Edge, name: &str, panel: Rect, id: Id) {
    let reach = ui.style().interaction.resize_grab_radius_side;
    let (from, to) = match edge {
        Edge::Left => (panel.right_top(), panel.right_bottom()),
        Edge::Right => (panel.left_top(), panel.left_bottom()),
        Edge::Bottom => (panel.left_top(), panel.right_top()),
    };
    let (rect, length, cursor) = if edge == Edge::Bottom {
        let rect = Rect::from_min_max(pos2(from.x, from.y - reach), pos2(to.x, to.y + reach));
        (rect, panel.height(), CursorIcon::ResizeVertical)
    } else {
        let rect = Rect::from_min_max(pos2(from.x - reach, from.y), pos2(to.x + reach, to.y));
        (rect, panel.width(), CursorIcon::ResizeHorizontal)
    };
    let response = ui.interact(rect, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::slider(true, length.into(), format!("size of the panel {name}")));
    if response.hovered() || response.dragged() {
        ui.ctx().set_cursor_icon(cursor);
        let color = if response.dragged() { Palette::of(ui).ink } else { Palette::of(ui).quiet };
        ui.painter().line_segment([from, to], Stroke::new(1.5, color));
    }
}

/// What somebody does to a divider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum DividerMove {
    /// Drags it so far down.
    By(f32),
    /// Lets it go back to where it is by itself.
    Home,
}

/// A line across a column that is dragged up and down.
pub fn divider(ui: &mut Ui, name: &str) -> Option<DividerMove> {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 9.0), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Slider, true, name));
    let is_held = response.hovered() || response.dragged();
    if is_held {
        ui.ctx().set_cursor_icon(CursorIcon::ResizeVertical);
    }
    let palette = Palette::of(ui);
    let color = if is_held { palette.ink } else { ui.visuals().widgets.noninteractive.bg_stroke.color };
    ui.painter().hline(rect.x_range(), rect.center().y, Stroke::new(1.0, color));
    // What can be dragged shows it.
    let grip = Rect::from_center_size(rect.center(), vec2(28.0, 3.0));
    ui.painter().rect_filled(grip, 1.5, if is_held { palette.ink } else { palette.quiet });
    if response.double_clicked() {
        Some(DividerMove::Home)
    } else {
        response.dragged().then(|| DividerMove::By(response.drag_delta().y))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// At every size of the text on a projector, and in the smallest window, the plot keeps a fair part.
    #[test]
    fn the_plot_keeps_a_fair_part() {
        for percent in 60..=200_u16 {
            for window in [vec2(1366.0, 768.0), vec2(1920.0, 1080.0)] {
                let size = window * 100.0 / f32::from(percent);
                let layout = WindowLayout::of(size - vec2(0.0, 32.0));
                let of = |size: Size| size.nearest(size.usual);
                let sides = if layout.has_both_sides {
                    of(layout.cards) + of(layout.pages)
                } else {
                    of(layout.cards).max(of(layout.pages))
                };
                let part = 1.0 - sides / size.x;
                assert!(part > 0.38, "{percent} %: {part} of the width");
                // Beside the data and the race in the eigenbasis, too.
                let mut plot = size.x - sides;
                plot -= of(Size::beside_the_plot(264.0, plot * 0.36));
                plot -= of(Size::beside_the_plot(250.0, plot * 0.45));
                assert!(plot > 100.0, "{percent} %: {plot} points beside both");
                let part = 1.0 - (of(layout.bottom) + 32.0) / size.y;
                assert!(part > 0.42, "{percent} %: {part} of the height");
            }
        }
        assert!(WindowLayout::of(vec2(900.0, 560.0)).has_both_sides, "the smallest window at usual text");
    }
}
