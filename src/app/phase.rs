//! The phase plane of momentum: the regimes over learning rate and momentum, with a dot for each
//! eigenvalue to drag.

use super::notation;
use super::paint;
use super::paint::{FigurePainter, FontMeasure};
use super::text_size;
use super::theme::Palette;
use crate::words::{mode, text};
use egui::{
    CollapsingHeader, PointerButton, RectAlign, Response, RichText, Sense, Tooltip, Ui, WidgetInfo, vec2,
};
use thalweg_analysis::spectral::momentum_plane::{MomentumPlane, WIDTH};
use thalweg_analysis::spectral::spectral_report::SpectralReport;
use thalweg_core::math::within::Within;
use thalweg_core::spec::described::Described;
use thalweg_core::spec::value::Value;
use thalweg_figure::phase_plane::{PhaseInput, PhasePlaneFigure, phase_place};
use thalweg_session::{Edit, RunnerEdit, Session};

/// How high the picture is.
const HEIGHT: f32 = 166.0;
/// The largest momentum that a drag sets: at 1 nothing is ever forgotten.
const MOST: f64 = 0.999;

/// The phase plane, with what is kept between frames.
#[derive(Default)]
pub struct Phase {
    figure: PhasePlaneFigure,
    painter: FigurePainter,
    /// The direction whose dot is being dragged.
    held: Option<usize>,
}

impl Phase {
    /// Shows the plane of the focused runner's method, if it has one; a drag of a dot asks for commands, and a click with
    /// the other button for the menu.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        report: &SpectralReport,
        mut push: impl FnMut(Edit),
        menu: impl FnOnce(&mut Ui),
    ) {
        let Some((_, run)) = session.focused() else { return };
        let settings = run.settings_at(report.step);
        let Some(plane) = MomentumPlane::of(run.optimizer(), &settings) else { return };
        let heading = RichText::new("Phase plane of momentum").size(text_size::VALUE).strong();
        CollapsingHeader::new(heading).default_open(true).show_unindented(ui, |ui| {
            let dots = [0, 1].map(|i| plane.dot(report.directions[i].lambda));
            let (dragged, response) = self.plot(ui, report, run.optimizer().title(), &plane, dots);
            response.context_menu(menu);
            if let Some((index, place)) = dragged
                && let Some((lr, momentum)) = plane.dragged(report.directions[index].lambda, place)
            {
                // The slider's rate, of which a schedule takes a part.
                let factor = settings.numbers[0] / run.settings().numbers[0];
                for (key, value) in [("lr", lr / factor), ("momentum", momentum)] {
                    // Rounded to what a person would say, like a slider's.
                    if let Ok(value) = text::digits(value, 3).parse() {
                        let set = RunnerEdit::Set(key.into(), Value::Number(value));
                        push(Edit::Runner(session.focus(), set));
                    }
                }
            }
        });
    }

    /// Draws it; gives the direction whose dot is dragged, and where to, and the plot itself.
    fn plot(
        &mut self,
        ui: &mut Ui,
        report: &SpectralReport,
        method: &str,
        plane: &MomentumPlane,
        dots: [[f64; 2]; 2],
    ) -> (Option<(usize, [f64; 2])>, Response) {
        let size = vec2(ui.available_width(), HEIGHT);
        let (outer, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
        let (page, theme) = (paint::page(outer), Palette::of(ui).scheme.theme);
        let input = PhaseInput { page, theme, method, plane, dots };
        let plot = input.plot();
        let painter = ui.painter_at(outer);
        self.painter.paint(&painter, &self.figure.figure(&input, &plot, &FontMeasure(&painter)));
        let what = "Regimes over learning rate and momentum";
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, what));
        let pointer = response.interact_pointer_pos();
        if (response.drag_started() || response.clicked())
            && let Some(pointer) = ui.input(|input| input.pointer.press_origin()).or(pointer)
        {
            let draggable = [0, 1].into_iter().filter(|i| report.directions[*i].lambda > 0.0);
            let distance = |index: &usize| paint::pos(phase_place(&plot, dots[*index])).distance(pointer);
            self.held = draggable.min_by(|a, b| distance(a).total_cmp(&distance(b)));
        }
        let moved = response.dragged_by(PointerButton::Primary) || response.clicked();
        let chosen = pointer.filter(|_| moved).zip(self.held).map(|(pointer, index)| {
            let at = plot.to.plane(paint::place(pointer));
            (index, [at.x.within(0.004 * WIDTH, WIDTH), at.y.within(0.0, MOST)])
        });
        if !response.dragged() {
            self.held = None;
        }
        // Beside the plane, which is what it is about; and not while a hand is at work there.
        if !response.is_pointer_button_down_on() {
            let mut told = Tooltip::for_enabled(&response);
            told.popup = told.popup.align(RectAlign::LEFT_START).gap(14.0);
            told.show(|ui| about(ui, report, dots));
        }
        (chosen, response)
    }
}

fn about(ui: &mut Ui, report: &SpectralReport, places: [[f64; 2]; 2]) {
    ui.set_max_width(310.0);
    let shown = notation::of(ui.ctx());
    let said = |text: &str| shown.said(text).into_owned();
    let palette = Palette::of(ui);
    ui.label(said(
        "Right: learning rate times curvature, α·λ. Up: momentum β. The colour is |σ|, what a step leaves of the error \
         in the long run: the darker, the faster.",
    ));
    ui.label(
        RichText::new(said(
            "Dashed: critical damping, where swings just end. For momentum β = (1 - √(αλ))².",
        ))
        .color(palette.alarm),
    );
    ui.label(said("At α·λ = 1, β = 0 the error is gone in one step."));
    for (index, (direction, place)) in report.directions.iter().zip(places).enumerate() {
        let Some(mode) = direction.law.map(|law| law.mode) else { continue };
        let told = format!(
            "{}: λ = {}, α·λ = {}, |σ| = {}: {}",
            ["v₁", "v₂"][index],
            text::number(direction.lambda),
            text::number(place[0]),
            text::digits(mode.radius, 5),
            mode::fate(&mode)
        );
        ui.label(RichText::new(said(&told)).color(palette.axes[index]));
    }
    ui.label("Drag a dot: learning rate and momentum follow, and with them the other dot and the path.");
}
