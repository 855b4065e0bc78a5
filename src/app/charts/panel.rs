//! The charts side by side, each in a place for which it is chosen.

use super::chart_view;
use super::chart_zoom;
use crate::app::context::FrameContext;
use crate::app::frame_share::FrameShare;
use crate::app::picture_dialog::plot_menu;
use crate::app::tip;
use egui::{Id, Role, ScrollArea, Ui, Vec2, WidgetInfo, vec2};
use thalweg_figure::charts::shown_charts::ShownCharts;
use thalweg_figure::picture_kind::PictureKind;
use thalweg_scenario::ChartKind;

/// How narrow a chart may be, in points, and what the bar takes that scrolls through them.
const NARROWEST: f32 = 130.0;
const SCROLL_BAR: f32 = 8.0;
/// The chooser's width, in points.
const CHOOSER: f32 = 18.0;

/// The panel, with what its charts keep between frames.
#[derive(Default)]
pub struct Charts(ShownCharts);

impl Charts {
    /// Shows the charts side by side.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let charts = context.show().charts;
        if self.0.update(context.session, &charts, &mut FrameShare::new(context.session)) {
            ui.ctx().request_repaint();
        }
        let room = ui.available_size();
        // Where three would be too narrow to read, two are seen at a time.
        let (gap, three) = (6.0, room.x > 3.0 * NARROWEST);
        let width = if three { (room.x - 2.0 * gap) / 3.0 } else { (room.x - gap) / 2.0 };
        let size = vec2(width, room.y - if three { 0.0 } else { SCROLL_BAR }).max(Vec2::ZERO);
        // One that has just been chosen is brought into sight whole.
        let chosen = ui.data_mut(|data| data.remove_temp::<usize>(chosen_place()));
        let row = |ui: &mut Ui| {
            ui.set_height(size.y);
            ui.spacing_mut().item_spacing.x = gap;
            for (place, chart) in charts.into_iter().enumerate() {
                let scheme = context.palette.scheme;
                let id = Id::unique(("chart", chart.name()));
                let width = f64::from(size.x) * chart_zoom::columns_factor(ui, id);
                let kind = chart;
                let chart = self.0.chart(kind, context.session, width, &scheme);
                let Some(chart) = chart else { continue };
                let shown = ui.push_id(place, |ui| {
                    ui.vertical(|ui| {
                        ui.set_width(size.x);
                        ui.horizontal_top(|ui| {
                            ui.spacing_mut().item_spacing.x = 2.0;
                            ui.spacing_mut().interact_size.y = 14.0;
                            let words = (ui.available_width() - CHOOSER).max(0.0);
                            ui.vertical(|ui| {
                                ui.set_width(words);
                                chart_view::heading(ui, &chart.heading);
                            });
                            chooser(ui, context, place);
                        });
                        let height = ui.available_height();
                        if let Some(plot) = chart_view::plot(ui, id, chart, height, scheme, "Chart: ") {
                            plot.context_menu(|ui| plot_menu(ui, context, PictureKind::Chart(kind)));
                        }
                    });
                });
                if chosen == Some(place) {
                    ui.scroll_to_rect(shown.response.rect, None);
                }
            }
        };
        ScrollArea::horizontal()
            .auto_shrink(false)
            .scroll([!three, false])
            .show(ui, |ui| ui.horizontal_top(row));
    }
}

/// Where it is remembered, for a frame, in which place a chart was chosen.
fn chosen_place() -> Id {
    Id::unique("the place of the chart that was chosen")
}

/// The menu that chooses what stands in a place. A chart that stands elsewhere changes places with this one.
fn chooser(ui: &mut Ui, context: &FrameContext<'_>, place: usize) {
    let charts = context.show().charts;
    ui.spacing_mut().button_padding = vec2(2.0, 0.0);
    let menu = ui.menu_button("▾", |ui| {
        for chart in ChartKind::ALL {
            let here = charts[place] == chart;
            if tip::of_entry_text(ui.selectable_label(here, chart.title()), chart.doc()).clicked() {
                context.change_show(|show| {
                    if let Some(other) = charts.iter().position(|other| *other == chart) {
                        show.charts[other] = charts[place];
                    }
                    show.charts[place] = chart;
                });
                ui.data_mut(|data| data.insert_temp(chosen_place(), place));
                ui.close();
            }
        }
    });
    let response = menu.response.on_hover_text("What is shown here");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("choose chart {}", place + 1)));
}
