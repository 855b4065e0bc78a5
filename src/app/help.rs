//! The window that tells the keys and the marks.

use super::keys::{BINDINGS, GESTURES};
use super::paint;
use super::theme::Palette;
use egui::{Align2, Context, Grid, Key, RichText, ScrollArea, Sense, vec2};
use thalweg_core::objective::critical_point::PointKind;

/// Shows it; `open` turns false when it is closed.
pub fn show(ctx: &Context, open: &mut bool) {
    if *open && ctx.input(|input| input.key_pressed(Key::Escape)) {
        *open = false;
    }
    egui::Window::new("Keys and marks")
        .open(open)
        .collapsible(false)
        .resizable(false)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .show(ctx, |ui| {
            let room = ui.ctx().content_rect().size() - vec2(40.0, 60.0);
            ScrollArea::both().max_width(room.x).max_height(room.y).show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    Grid::new("keys").spacing([16.0, 3.0]).show(ui, |ui| {
                        let rows = BINDINGS.iter().map(|binding| (binding.keys, binding.does));
                        for (keys, does) in rows.chain(GESTURES.iter().copied()) {
                            ui.label(RichText::new(keys).strong());
                            ui.label(does);
                            ui.end_row();
                        }
                    });
                    ui.separator();
                    Grid::new("marks").spacing([10.0, 5.0]).show(ui, |ui| {
                        let palette = Palette::of(ui);
                        for (kind, meaning) in [
                            (PointKind::Minimum, "minimum"),
                            (PointKind::Maximum, "maximum"),
                            (PointKind::Saddle, "saddle"),
                            (PointKind::Inconclusive, "critical, of a kind that the Hessian does not tell"),
                        ] {
                            let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
                            paint::critical_mark(ui.painter(), kind, rect.center(), &palette);
                            ui.add(egui::Label::new(meaning).extend());
                            ui.end_row();
                        }
                        ui.label(RichText::new("|").color(palette.alarm).strong());
                        ui.add(
                            egui::Label::new("on a slider: the edge of stability where the runner stands")
                                .extend(),
                        );
                        ui.end_row();
                        ui.label(RichText::new("|").color(palette.quiet).strong());
                        ui.add(
                            egui::Label::new("the same at the nearest minimum, where that is elsewhere")
                                .extend(),
                        );
                        ui.end_row();
                    });
                });
            });
        });
}
