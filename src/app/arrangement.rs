//! Where the parts of the window lie: around the plot, or in a narrow window one at a time below it.

use super::context::Queue;
use super::layout::{Edge, Side, Size, WindowLayout};
use super::link_view::{ChartsPanel, ShownParts};
use super::{App, cards, data, layout, legend, transport};
use egui::{CentralPanel, Frame, Margin, Panel, Ui};
use thalweg_scenario::Layer;

impl App {
    /// Shows all parts but the bars.
    pub(super) fn arrange(&mut self, ui: &mut Ui, queue: &Queue, parts: ShownParts) {
        let layout = WindowLayout::of(ui.available_size());
        if layout.is_stacked {
            self.stack(ui, queue, &layout, parts);
        } else {
            self.surround(ui, queue, &layout, parts);
        }
        let central = Frame::central_panel(ui.style()).inner_margin(Margin::same(4));
        CentralPanel::default().frame(central).show(ui, |ui| {
            self.show(ui, queue, |ui, context, panels| {
                if !parts.cards {
                    legend::show(ui, context);
                }
                panels.plane.show(ui, context);
            });
        });
    }

    /// The panels around the plot.
    fn surround(&mut self, ui: &mut Ui, queue: &Queue, layout: &WindowLayout, parts: ShownParts) {
        let has_choice = parts.cards && parts.pages && !layout.has_both_sides;
        let is_open = |side, chosen: Option<Side>| {
            !has_choice || (side == Side::Pages) == (chosen == Some(Side::Pages))
        };
        if parts.cards && is_open(Side::Cards, self.panels.side) {
            layout::panel(ui, Edge::Left, "cards", layout.cards, |ui| {
                if has_choice {
                    layout::switch(ui, Side::Cards, &mut self.panels.side, &Side::AROUND);
                }
                self.show(ui, queue, |ui, context, _| cards::show(ui, context));
            });
        }
        if parts.pages && is_open(Side::Pages, self.panels.side) {
            // Alone, it lies where the cards would.
            let edge = if layout.has_both_sides { Edge::Right } else { Edge::Left };
            layout::panel(ui, edge, "pages", layout.pages, |ui| {
                if has_choice {
                    layout::switch(ui, Side::Pages, &mut self.panels.side, &Side::AROUND);
                }
                self.show(ui, queue, |ui, context, panels| {
                    panels.pages.show(ui, context, &panels.lessons);
                });
            });
        }
        if parts.charts != ChartsPanel::Hidden {
            layout::panel(ui, Edge::Bottom, "charts", layout.bottom, |ui| {
                if parts.charts == ChartsPanel::Whole {
                    self.show(ui, queue, |ui, context, panels| panels.bottom.show_controls(ui, context));
                }
                self.show(ui, queue, |ui, context, panels| panels.bottom.show_contents(ui, context));
            });
        }
        if parts.second_plots && self.has_data() {
            let size = Size::beside_the_plot(264.0, ui.available_width() * 0.36);
            layout::panel(ui, Edge::Right, "data", size, |ui| {
                self.show(ui, queue, |ui, context, panels| panels.data.show(ui, context));
            });
        }
        if parts.second_plots && self.has_eigenbasis() {
            let size = Size::beside_the_plot(250.0, ui.available_width() * 0.45);
            layout::panel(ui, Edge::Right, "eigenbasis", size, |ui| {
                self.show(ui, queue, |ui, context, panels| panels.eigenbasis.show(ui, context));
            });
        }
    }

    /// Below the plot the transport, and below that one panel at a time.
    fn stack(&mut self, ui: &mut Ui, queue: &Queue, layout: &WindowLayout, parts: ShownParts) {
        let has_charts = parts.charts != ChartsPanel::Hidden;
        let sides = [
            (Side::Pages, parts.pages),
            (Side::Cards, parts.cards),
            (Side::Charts, has_charts),
            (Side::Data, parts.second_plots && self.has_data()),
            (Side::Eigenbasis, parts.second_plots && self.has_eigenbasis()),
        ];
        let sides: Vec<_> =
            sides.into_iter().filter(|(_, is_there)| *is_there).map(|(side, _)| side).collect();
        if let Some(first) = sides.first() {
            let side = self.panels.side.filter(|side| sides.contains(side)).unwrap_or(*first);
            layout::panel(ui, Edge::Bottom, "below", layout.below, |ui| {
                if sides.len() > 1 {
                    layout::switch(ui, side, &mut self.panels.side, &sides);
                }
                self.show(ui, queue, |ui, context, panels| match side {
                    Side::Cards => cards::show(ui, context),
                    Side::Pages => panels.pages.show(ui, context, &panels.lessons),
                    Side::Charts => {
                        if parts.charts == ChartsPanel::Whole {
                            panels.bottom.show_line(ui, context, true);
                        }
                        panels.bottom.show_contents(ui, context);
                    }
                    Side::Data => panels.data.show(ui, context),
                    Side::Eigenbasis => panels.eigenbasis.show(ui, context),
                });
            });
        }
        if parts.charts == ChartsPanel::Whole {
            let frame = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(10, 6));
            Panel::bottom("transport").frame(frame).resizable(false).show(ui, |ui| {
                self.show(ui, queue, |ui, context, _| transport::show(ui, context, None));
            });
        }
    }

    fn has_data(&self) -> bool {
        self.session.scenario().show.layers.has(Layer::Data) && data::DataView::has_data(&self.session)
    }

    fn has_eigenbasis(&self) -> bool {
        self.session.scenario().layers().has(Layer::Eigenbasis)
    }
}
