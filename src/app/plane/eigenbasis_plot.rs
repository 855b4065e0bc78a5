//! The same race in the coordinates of the Hessian's eigenvectors at the point that the run tends to: beside the
//! plane, and linked with it.

use super::pointer;
use crate::app::context::{FrameContext, Pane, Pointed};
use crate::app::frame_share::FrameShare;
use crate::app::paint;
use crate::app::paint::{FigurePainter, FontMeasure};
use crate::app::picture_dialog::plot_menu;
use crate::app::text_size;
use crate::words::text;
use egui::{Context, Id, Label, RichText, Sense, Ui, WidgetInfo, vec2};
use thalweg_analysis::spectral::eigenbasis::EigenFrame;
use thalweg_figure::eigenbasis::{EigenbasisFigure, EigenbasisInput};
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::plot::Plot;

/// The view, with what is kept between frames.
#[derive(Default)]
pub struct EigenbasisPlot {
    /// The coordinates, and how far it is from the middle to the rim.
    shown: Option<(EigenFrame, f64)>,
    figure: EigenbasisFigure,
    painter: FigurePainter,
    /// The plot as it was drawn last, with its widget and its coordinates.
    last: Option<(Id, Plot, EigenFrame)>,
    /// Whether a drag has hold of the ring that marks the start.
    holds_start: bool,
}

impl EigenbasisPlot {
    /// Takes in what the pointer asks for on the view that was drawn last.
    pub fn collect(&mut self, ctx: &Context, context: &FrameContext<'_>) {
        let Some((id, plot, basis)) = &self.last else { return };
        if let Some(response) = ctx.read_response(*id) {
            let start = basis.coordinates(context.session.scenario().start.point().into());
            let hold = (&mut self.holds_start, plot.to.place(start));
            pointer::move_start(&response, plot, context, hold, |xi| basis.point(xi));
        }
    }

    /// Shows it.
    pub fn show(&mut self, ui: &mut Ui, context: &FrameContext<'_>) {
        let session = context.session;
        ui.label(RichText::new("Eigenbasis").strong()).on_hover_text(
            "The same race seen along the Hessian's eigenvectors at the critical point that the run tends to: ξ = Q'(x - x*). On a \
             quadratic each coordinate goes its own way, as if the other were not there.",
        );
        let Some(basis) = context.caches.analysis.components().frame().copied() else {
            self.shown = None;
            let told = if session.focused().is_some() {
                "No critical point of this surface is known: there is nothing to measure from."
            } else {
                "Nobody races."
            };
            ui.add(Label::new(RichText::new(told).weak()).wrap());
            return;
        };
        let at = text::point(basis.origin.at.x, basis.origin.at.y);
        let told = format!("at the {} {at}", basis.origin.kind.name());
        ui.add(Label::new(RichText::new(told).size(text_size::LABEL).weak()).truncate());
        let height = ui.available_height().min(ui.available_width() * 1.15);
        let page = ui.allocate_space(vec2(ui.available_width(), height)).1;
        let painter = ui.painter().clone();
        let measure = FontMeasure(&painter);
        let theme = context.palette.scheme.theme;
        let mut input = EigenbasisInput::of(session, basis, paint::page(page), theme);
        // While the start is dragged, the view under the pointer stays.
        let is_held = ui.input(|input| input.pointer.any_down());
        if let Some((_, reach)) = self.shown.filter(|(of, _)| *of == basis && is_held) {
            input.reach = reach;
        }
        self.shown = Some((basis, input.reach));
        let plot = input.plot(&measure);
        let id = ui.scope_id().with("eigenbasis");
        let response = ui.interact(paint::rect(&plot.frame), id, Sense::click_and_drag());
        let name = "The race in the coordinates of the eigenvectors";
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, name));
        response.context_menu(|ui| plot_menu(ui, context, PictureKind::Eigenbasis));
        self.last = Some((id, plot, basis));

        let pointed = &context.caches.pointed;
        if let Some(pointer) = pointer::on(&response, &plot) {
            let xi = plot.to.plane(paint::place(pointer));
            pointed.set(Some(Pointed { at: basis.point(xi), step: None, pane: Pane::Eigenbasis }));
            input.told = Some(format!("ξ₁ {}   ξ₂ {}", text::number(xi.x), text::number(xi.y)));
        } else if pointed.get().is_some_and(|pointed| pointed.pane == Pane::Eigenbasis) {
            pointed.set(None);
        }
        input.pointed =
            pointed.get().filter(|pointed| pointed.pane != Pane::Eigenbasis).map(|pointed| pointed.at);
        let (figure, is_whole) = self.figure.compose(&input, &plot, &measure, &mut FrameShare::new(session));
        self.painter.paint(&painter, &figure);
        if !is_whole {
            ui.ctx().request_repaint();
        }
    }
}
