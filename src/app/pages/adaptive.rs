//! The adaptive edge of stability: what a method that scales its coordinates sees of the curvature.

use crate::app::context::FrameContext;
use crate::app::notation;
use crate::app::text_size;
use crate::app::theme::Palette;
use crate::words::{mode, text};
use egui::{Grid, Label, RichText, Ui};
use thalweg_analysis::spectral::mode::Regime;
use thalweg_analysis::spectral::preconditioned::Preconditioned;

/// Shows it for the focused runner, if it is such a method.
pub fn show(ui: &mut Ui, context: &FrameContext<'_>) {
    let session = context.session;
    let Some(seen) = context.caches.readings.preconditioned(session) else { return };
    ui.label(RichText::new("Preconditioned Hessian").size(text_size::VALUE).strong()).on_hover_text(
        "D^½ H D^½ where the runner stands: H the Hessian, D the scales that the next step gives the coordinates. \
         Its eigenvalues are to this method what those of H are to gradient descent (Cohen et al., 2022).",
    );
    let [x, y] = session.scenario().show.notation.axes(&session.scenario().surface);
    let said = |text: &str| notation::said(ui.ctx(), text);
    let (rates, edges) = (
        said(&format!("α along {x}, {y}")),
        said("The effective learning rate of each coordinate: α times its scale"),
    );
    let palette = Palette::of(ui);
    Grid::new("preconditioned").num_columns(3).spacing([10.0, 2.0]).min_col_width(64.0).striped(true).show(
        ui,
        |ui| {
            let mut row = |name: &str, tip: &str, cells: [RichText; 2]| {
                ui.label(RichText::new(name).size(text_size::LABEL)).on_hover_text(tip);
                for cell in cells {
                    ui.label(cell.size(text_size::VALUE));
                }
                ui.end_row();
            };
            let number = |value: f64| RichText::new(text::number(value));
            row(
                "eigenvalue",
                "The curvature that the method sees along its two directions",
                seen.spectrum.values.map(number),
            );
            let sigma =
                |mode: thalweg_analysis::spectral::mode::Mode| RichText::new(text::digits(mode.radius, 5));
            row(
                "|σ|",
                "What a step would leave of the error in the long run, if the scales stayed",
                seen.modes.map(sigma),
            );
            row(
                "regime",
                "What the error would do, if the scales stayed",
                seen.modes.map(|mode| {
                    // Of this step's scales, which will be others at the next: the run may arrive all the same.
                    if mode.regime == Regime::Diverges {
                        RichText::new("grows at this step").strong().color(palette.alarm)
                    } else {
                        RichText::new(mode::badge(&mode)).strong()
                    }
                }),
            );
            row(&rates, &edges, [number(seen.rates.x), number(seen.rates.y)]);
        },
    );
    edge(ui, &seen, &palette);
}

/// How far from the edge it is.
fn edge(ui: &mut Ui, seen: &Preconditioned, palette: &Palette) {
    let Some(edge) = seen.edge else { return };
    let part = seen.sharpness() / edge;
    let told = format!(
        "adaptive edge {}: the larger eigenvalue is at {} % of it",
        text::number(edge),
        text::digits(100.0 * part, 3)
    );
    let color = if part > 1.0 { palette.alarm } else { palette.ink };
    ui.add(Label::new(RichText::new(told).size(text_size::LABEL).color(color)).wrap()).on_hover_text(notation::said(
        ui.ctx(),
        "The largest stable eigenvalue at this step's learning rate, for Adam (2 + 2β₁)/((1 - β₁)α), for RMSProp 2/α. \
         Beyond it steps grow until the scales have followed the larger gradients: such methods hover about it.",
    ));
}
