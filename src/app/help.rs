//! The window that tells the keys and the marks.

use super::keys::{BINDINGS, GESTURES, PRESENTING};
use super::paint;
use super::theme::Palette;
use egui::{Align2, Context, Grid, Id, Key, Label, RichText, ScrollArea, Sense, Ui, vec2};
use thalweg_core::objective::critical_point::PointKind;

/// How much room, in points, keys and marks take side by side; in less, the marks stand above the keys.
const SIDE_BY_SIDE: f32 = 700.0;

/// Shows it; `open` turns false when it is closed.
pub fn show(ctx: &Context, open: &mut bool) {
    if *open && ctx.input(|input| input.key_pressed(Key::Escape)) {
        *open = false;
    }
    let room = (ctx.content_rect().size() - vec2(48.0, 72.0)).max(vec2(160.0, 80.0));
    // A window never shrinks by itself: for another room it is another one.
    let of_room = Id::unique(("keys and marks", room.x as i32, room.y as i32));
    egui::Window::new("Keys and marks")
        .id(of_room)
        .open(open)
        .collapsible(false)
        .resizable(false)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .show(ctx, |ui| {
            // As large as what is in it was in the frame before.
            let id = of_room.with("size");
            let natural = ctx.data(|data| data.get_temp(id)).unwrap_or(vec2(300.0, 200.0));
            let size = room.min(natural);
            ui.set_min_size(size);
            ui.set_max_size(size);
            let shown =
                ScrollArea::both().min_scrolled_width(size.x).min_scrolled_height(size.y).show(ui, |ui| {
                    if room.x >= SIDE_BY_SIDE {
                        ui.horizontal_top(|ui| {
                            keys(ui);
                            ui.separator();
                            marks(ui);
                        });
                    } else {
                        marks(ui);
                        ui.separator();
                        keys(ui);
                    }
                });
            ctx.data_mut(|data| data.insert_temp(id, shown.content_size));
            if shown.content_size != natural {
                ctx.request_repaint();
            }
        });
}

fn keys(ui: &mut Ui) {
    Grid::new("keys").spacing([16.0, 2.0]).min_row_height(16.0).show(ui, |ui| {
        let rows = BINDINGS.iter().filter(|binding| !binding.does.is_empty());
        let rows = rows.map(|binding| (binding.keys, binding.does));
        let row = |ui: &mut Ui, keys: &str, does: &str| {
            ui.add(Label::new(RichText::new(keys).strong()).extend());
            ui.add(Label::new(does).extend());
            ui.end_row();
        };
        for (keys, does) in rows.chain(GESTURES.iter().copied()) {
            row(ui, keys, does);
        }
        for binding in PRESENTING.iter().filter(|binding| !binding.does.is_empty()) {
            row(ui, binding.keys, &format!("while presenting: {}", binding.does));
        }
    });
}

fn marks(ui: &mut Ui) {
    Grid::new("marks").spacing([10.0, 5.0]).show(ui, |ui| {
        let palette = Palette::of(ui);
        for (kind, meaning) in [
            (PointKind::Minimum, "minimum"),
            (PointKind::Maximum, "maximum"),
            (PointKind::Saddle, "saddle"),
            (PointKind::Inconclusive, "critical, of a kind that\nis not certain"),
        ] {
            let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
            paint::critical_mark(ui.painter(), kind, rect.center(), &palette);
            ui.add(Label::new(meaning).extend());
            ui.end_row();
        }
        for (color, meaning) in [
            (palette.alarm, "on a slider: the edge of stability\nwhere the runner stands"),
            (palette.quiet, "the same at the nearest minimum,\nwhere that is elsewhere"),
        ] {
            ui.label(RichText::new("|").color(color).strong());
            ui.add(Label::new(meaning).extend());
            ui.end_row();
        }
    });
}
