//! The third chart as the decay: the errors along the eigenvectors, measured and predicted.

use super::chart::{Chart, Reduced};
use super::companions::{Companions, SAYS};
use super::scale::Axis;
use super::{Curve, PALER};
use crate::app::theme::Palette;
use crate::app::{allowance, dash};
use crate::words::{spectrum, text};
use egui::{Ui, Vec2};
use thalweg_analysis::spectral::decay::ErrorDecay;
use thalweg_scenario::XAxis;
use thalweg_session::Session;

/// The errors, kept while the run lasts.
#[derive(Default)]
pub struct DecayChart(ErrorDecay);

impl DecayChart {
    /// Takes in what was computed since the last frame, as far as there is time. Whether something is left.
    pub fn update(&mut self, session: &Session) -> bool {
        let run = session.focused_run();
        let spell = allowance::CHART.begin();
        !self.0.update(run, session.race().problem(), || spell.is_over())
    }

    /// Draws the measured error along each eigenvector at the critical point that the run tends to, with the
    /// prediction of the linear theory laid over it where there is one.
    pub fn show(
        &self,
        ui: &mut Ui,
        size: Vec2,
        session: &Session,
        companions: &Companions,
        kept: &mut Reduced,
    ) {
        let palette = Palette::of(ui);
        let (title, tooltip) = words(&self.0, session.scenario().show.over);
        let mut curves = Vec::new();
        for companion in companions.shown(session) {
            for (i, component) in companion.decay.components().iter().enumerate() {
                curves.push(Curve {
                    name: format!("{}, along {}", companion.name, NAMES[i]),
                    version: Some(companion.decay.version()),
                    color: palette.axes[i].gamma_multiply(PALER),
                    values: &component.measured,
                    run: None,
                    dash: Some(companion.dash),
                    is_pinned: true,
                    is_measured: true,
                    width: 1.6,
                });
            }
        }
        for (i, component) in self.0.components().iter().enumerate() {
            curves.push(Curve {
                name: format!("measured along {}", NAMES[i]),
                version: Some(self.0.version()),
                color: palette.axes[i],
                values: &component.measured,
                run: None,
                dash: None,
                is_pinned: false,
                is_measured: true,
                width: 3.0,
            });
            if let Some(predicted) = &component.predicted {
                curves.push(Curve {
                    name: format!("predicted along {}", NAMES[i]),
                    version: Some(self.0.version()),
                    color: palette.ink,
                    values: predicted,
                    run: None,
                    dash: Some(dash::PREDICTED),
                    is_pinned: false,
                    // It may fall without end; the measurement decides what is shown.
                    is_measured: false,
                    width: 1.2,
                });
            }
        }
        let (axis, over) = (Axis::Log { above: 0.0 }, XAxis::Steps);
        let end = f64::from(session.scenario().steps);
        Chart { id: "decay", size, title, tooltip, axis, over, end }.show(ui, &curves, kept, session);
    }
}

const NAMES: [&str; 2] = ["v₁", "v₂"];

fn words(decay: &ErrorDecay, over: XAxis) -> (String, String) {
    let title = match decay.reference() {
        Some(critical) => format!(
            "error along v₁, v₂ from the {} {}",
            critical.kind.name(),
            text::point(critical.at.x, critical.at.y)
        ),
        None => "error along the eigenvectors".to_owned(),
    };
    // Beside two charts over something else.
    let title = if over == XAxis::Steps { title } else { format!("over steps: {title}") };
    let tip = match decay.missing().map(spectrum::missing_prediction) {
        Some(reason) => format!("Solid: measured. No prediction: {reason}"),
        None => "Solid: measured. Dashed in ink: predicted by the linear theory, |1 - αλ|^t for gradient descent. \
                 On a quadratic the two are the same."
            .to_owned(),
    };
    (title, format!("{tip} {SAYS}"))
}
