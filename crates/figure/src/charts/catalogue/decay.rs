//! The chart of the decay: the errors along the eigenvectors, measured and predicted.

use crate::budget::FigureBudget;
use crate::charts::chart::{Chart, ChartHeading};
use crate::charts::companions::{Companions, TOOLTIP};
use crate::charts::curve::Curve;
use crate::charts::entry::{ChartEntry, ChartSource};
use crate::charts::line_chart::LineChart;
use crate::charts::reduced::Reduced;
use crate::charts::scale::ChartScale;
use crate::dash;
use crate::numbers;
use crate::scheme::Scheme;
use thalweg_analysis::spectral::decay::{ErrorDecay, MissingPrediction};
use thalweg_scenario::{ChartKind, XAxis};
use thalweg_session::Session;

/// The row of the table of charts.
pub static CHART: ChartEntry = ChartEntry {
    kind: ChartKind::named("Decay"),
    is_univariate: false,
    start: || Box::<DecayChart>::default(),
};

/// The errors along the eigenvectors, measured and predicted: of the focused runner, and of those pinned.
#[derive(Default)]
struct DecayChart {
    decay: ErrorDecay,
    companions: Companions<ErrorDecay>,
    reduced: Reduced,
}

/// The directions along which errors are measured, each with its place among the components.
fn directions(session: &Session) -> &'static [(usize, &'static str)] {
    let is_univariate = session.race().problem().objective.is_univariate();
    if is_univariate { &[(0, "x")] } else { &[(0, "v₁"), (1, "v₂")] }
}

impl ChartSource for DecayChart {
    fn update(&mut self, session: &Session, budget: &dyn FigureBudget) -> bool {
        !self.decay.update(session.focused_run(), session.race().problem(), || budget.is_over())
    }

    fn update_pinned(&mut self, session: &Session, budget: &dyn FigureBudget) -> bool {
        self.companions
            .update(session, |decay, run, problem| !decay.update(run, problem, || budget.is_over()))
    }

    /// The measured error along each eigenvector at the critical point that the run tends to, with the
    /// prediction of the linear theory laid over it where there is one.
    fn chart<'a>(&'a mut self, session: &'a Session, width: f64, scheme: &Scheme) -> Chart<'a> {
        let Self { decay, companions, reduced } = self;
        let decay = &*decay;
        let version = |decay: &ErrorDecay| Some(decay.version());
        let mut curves = Vec::new();
        for companion in companions.shown(session) {
            for ((i, along), component) in directions(session).iter().zip(companion.series.components()) {
                let (i, name) = (*i, format!("{}, along {along}", companion.name));
                let curve = Curve::new(name, scheme.axes[i], &component.measured).pinned(companion.dash);
                curves.push(Curve { version: version(companion.series), ..curve });
            }
        }
        for ((i, along), component) in directions(session).iter().zip(decay.components()) {
            let name = format!("measured along {along}");
            let measured = Curve::new(name, scheme.axes[*i], &component.measured);
            curves.push(Curve { version: version(decay), width: 3.0, ..measured });
            if let Some(predicted) = &component.predicted {
                let name = format!("predicted along {along}");
                curves.push(Curve {
                    version: version(decay),
                    dash: Some(dash::PREDICTED),
                    // It may fall without end; the measurement decides what is shown.
                    is_measured: false,
                    width: 1.2,
                    ..Curve::new(name, scheme.ink, predicted)
                });
            }
        }
        let heading = heading(decay, session);
        let (title, scale, over) = (heading.title.clone(), ChartScale::Log { above: 0.0 }, XAxis::Steps);
        let chart = LineChart { heading, title, scale, over, end: f64::from(session.scenario().steps) };
        chart.of(&curves, reduced, session, width, scheme)
    }
}

fn heading(decay: &ErrorDecay, session: &Session) -> ChartHeading {
    let (over, directions) = (session.scenario().show.over, directions(session));
    let title = match decay.reference() {
        Some(critical) if directions.len() == 1 => {
            format!("error |x - x*|, x* = {}", numbers::number(critical.at.x))
        }
        None if directions.len() == 1 => "error |x - x*|".to_owned(),
        Some(critical) => {
            format!("error along v₁, v₂ from {}", numbers::point(critical.at.x, critical.at.y))
        }
        None => "error along the eigenvectors".to_owned(),
    };
    // Beside two charts over something else.
    let title = if over == XAxis::Steps { title } else { format!("over steps: {title}") };
    let tip = match decay.missing().map(missing) {
        Some(reason) => format!("Solid: measured. No prediction: {reason}"),
        None => "Solid: measured. Dashed in ink: predicted by the linear theory, |1 - αλ|^t for gradient descent. \
                 On a quadratic the two are the same."
            .to_owned(),
    };
    let from = decay.reference().map_or_else(String::new, |critical| {
        let point = numbers::point(critical.at.x, critical.at.y);
        format!("Measured from the {} {point}. ", critical.kind.name())
    });
    ChartHeading { title, about: format!("{from}{tip} {TOOLTIP}"), ..ChartHeading::default() }
}

/// Why no error is predicted.
fn missing(reason: MissingPrediction) -> &'static str {
    match reason {
        MissingPrediction::NoCriticalPoint => {
            "No critical point of this surface is known: there is nothing to measure the error from."
        }
        MissingPrediction::NoHessian => "The surface has no second derivatives at the critical point.",
        MissingPrediction::NoLaw(reason) => reason,
        MissingPrediction::ChangingRate => {
            "the learning rate changes and steps depend on the one before: no recurrence with fixed weights \
             describes that."
        }
    }
}
