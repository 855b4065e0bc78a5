//! A plot in which a unit is equally long both ways, with nothing in it yet.

use super::{camera, tick};
use crate::app::{static_plot, ticks};
use egui::{Rect, Response, Sense, Ui, Vec2, WidgetInfo};
use egui_plot::{PlotBounds, PlotTransform};
use thalweg_core::objective::view::View;

/// What a plot is.
pub struct EqualAxesPlot<'a> {
    /// What tells it from the others.
    pub id: &'a str,
    /// What it is for whoever cannot see it.
    pub name: &'a str,
    /// The names of its axes.
    pub axes: [&'a str; 2],
    /// How many ticks they have about.
    pub ticks: [f64; 2],
    /// How much room the numbers of the second have.
    pub margin: f32,
    /// How large it is, with its axes.
    pub size: Vec2,
    /// What is to be seen of the plane at least.
    pub view: View,
}

/// A plot that is on the screen.
pub struct Shown {
    /// What the pointer does in it.
    pub response: Response,
    /// Where its points lie.
    pub transform: PlotTransform,
    /// What is seen of the plane.
    pub view: View,
}

impl EqualAxesPlot<'_> {
    /// Shows it. `frame` is its inner rectangle in the last frame, and becomes that of this one.
    pub fn show(&self, ui: &mut Ui, frame: &mut Option<Rect>) -> Shown {
        let view = camera::fit(self.view, frame.map_or(self.size, |frame| frame.size()));
        let [x, y] = self.axes;
        let [across, upward] = self.ticks;
        let plot = static_plot::plot(self.id)
            .width(self.size.x)
            .height(self.size.y)
            .show_grid(false)
            .label_formatter(|_| None)
            .x_axis_label(x)
            .y_axis_label(y)
            .x_axis_formatter(tick)
            .y_axis_formatter(tick)
            .x_grid_spacer(move |input| ticks::even(input.bounds, across))
            .y_grid_spacer(move |input| ticks::even(input.bounds, upward))
            .y_axis_min_width(self.margin)
            .sense(Sense::click_and_drag())
            .show(ui, |plot| {
                plot.set_plot_bounds(PlotBounds::from_min_max([view.x.0, view.y.0], [view.x.1, view.y.1]));
            });
        let (response, transform) = (plot.response, plot.transform);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, self.name));
        // A frame of another size is fitted in the next frame.
        let now = *transform.frame();
        if frame.replace(now) != Some(now) {
            ui.ctx().request_repaint();
        }
        Shown { response, transform, view }
    }
}
