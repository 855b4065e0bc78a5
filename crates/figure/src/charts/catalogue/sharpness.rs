//! The chart of the sharpness: along the focused runner's path, beside the edge of stability.

use crate::budget::FigureBudget;
use crate::charts::chart::{Chart, ChartHeading, HeadingKey};
use crate::charts::companions::{Companions, TOOLTIP};
use crate::charts::curve::Curve;
use crate::charts::entry::{ChartEntry, ChartSource};
use crate::charts::line_chart::LineChart;
use crate::charts::reduced::Reduced;
use crate::charts::scale::ChartScale;
use crate::color::Rgba;
use crate::scheme::Scheme;
use thalweg_analysis::field::minmax_pyramid::MinMaxPyramid;
use thalweg_analysis::spectral::sharpness::Sharpness;
use thalweg_core::method::description::Group;
use thalweg_core::method::theory::Theory;
use thalweg_scenario::{ChartKind, XAxis};
use thalweg_session::Session;

/// The row of the table of charts.
pub static CHART: ChartEntry = ChartEntry {
    kind: ChartKind::named("Sharpness"),
    is_univariate: false,
    start: || Box::<SharpnessChart>::default(),
};

/// A series with its name, its colour and its width.
type SharpnessLine<'a> = (&'static str, &'a MinMaxPyramid, Rgba, f64);

/// What there is to draw of one run: a method without an edge has gaps throughout, and no word for them.
fn entries<'a>(series: &'a Sharpness, scheme: &Scheme) -> Vec<SharpnessLine<'a>> {
    let all = [
        ("surface", &series.plain, scheme.axes[0], 1.6),
        ("scaled", &series.preconditioned, scheme.axes[1], 1.6),
        ("edge", &series.edge, scheme.alarm, 1.3),
    ];
    all.into_iter().filter(|(_, values, ..)| values.query(0..values.len()).is_some()).collect()
}

/// The sharpness along the path of the focused runner, and of those pinned.
#[derive(Default)]
struct SharpnessChart {
    sharpness: Sharpness,
    companions: Companions<Sharpness>,
    reduced: Reduced,
}

impl ChartSource for SharpnessChart {
    fn update(&mut self, session: &Session, budget: &dyn FigureBudget) -> bool {
        !self.sharpness.update(session.focused_run(), session.race().problem(), || budget.is_over())
    }

    fn update_pinned(&mut self, session: &Session, budget: &dyn FigureBudget) -> bool {
        self.companions
            .update(session, |sharpness, run, problem| !sharpness.update(run, problem, || budget.is_over()))
    }

    fn chart<'a>(&'a mut self, session: &'a Session, width: f64, scheme: &Scheme) -> Chart<'a> {
        let Self { sharpness, companions, reduced } = self;
        let drawn = entries(sharpness, scheme);
        let mut curves = Vec::new();
        for companion in companions.shown(session) {
            for (name, values, color, width) in entries(companion.series, scheme) {
                let curve = Curve::new(format!("{}, {name}", companion.name), color, values);
                let version = Some((companion.version, 0));
                curves.push(Curve { version, width, ..curve.pinned(companion.dash) });
            }
        }
        let version = session.focused().map(|_| (session.run_version(session.focus()), 0));
        for (name, values, color, width) in &drawn {
            let curve = Curve::new((*name).to_owned(), *color, values);
            curves.push(Curve { version, width: *width, ..curve });
        }
        let chart = LineChart {
            heading: heading(session, &drawn),
            title: "sharpness along the path".to_owned(),
            scale: ChartScale::Log { above: 0.0 },
            over: XAxis::Steps,
            end: f64::from(session.scenario().steps),
        };
        chart.of(&curves, reduced, session, width, scheme)
    }
}

/// What the colours mean, and what there is to see.
fn heading(session: &Session, drawn: &[SharpnessLine<'_>]) -> ChartHeading {
    let key = |(text, _, color, _): &SharpnessLine<'_>| {
        let about = match *text {
            "surface" => "Of the Hessian, as the surface has it",
            "scaled" => "Of the preconditioned Hessian: as the method's own scales make it",
            _ => "The largest that is stable at the step's learning rate",
        };
        HeadingKey { text, about, color: *color }
    };
    let note = (told(session, drawn.is_empty()).to_owned(), format!("{} {TOOLTIP}", about(session)));
    ChartHeading {
        title: "sharpness λmax".to_owned(),
        about: "The larger eigenvalue where the focused runner stands: the curvature along the direction that curves \
                most. No line where every direction curves down."
            .to_owned(),
        keys: drawn.iter().map(key).collect(),
        note: Some(note),
    }
}

/// What there is to see, or why there is not more.
fn told(session: &Session, is_empty: bool) -> &'static str {
    let Some((_, run)) = session.focused() else { return "nobody races" };
    match run.optimizer().theory {
        _ if is_empty => "nothing curves up along this path",
        Theory::Linear(_) | Theory::Found(_) | Theory::Made(_)
            if run.optimizer().group == Group::SecondOrder =>
        {
            "no edge: the step divides by the curvature, whatever it is"
        }
        Theory::Linear(_) | Theory::Found(_) | Theory::Made(_) => {
            "above the edge, steps along that direction grow"
        }
        Theory::Preconditioned { .. } | Theory::Scaled(_) => {
            "above the edge, steps grow until the scales follow"
        }
        Theory::None(_) => "no edge is known for this method",
    }
}

/// What the chart shows, at length.
fn about(session: &Session) -> &'static str {
    let Some((_, run)) = session.focused() else { return "" };
    match run.optimizer().theory {
        Theory::Linear(_) | Theory::Found(_) | Theory::Made(_) => {
            "The edge is the sharpest curvature that is stable at the step's learning rate: 2/α for gradient descent, \
             2(1+β)/α for momentum. It is computed from the method's iteration matrix."
        }
        Theory::Preconditioned { .. } | Theory::Scaled(_) => {
            "A method that gives each coordinate a scale of its own sees the curvature of D^½ H D^½. The edge is the \
             largest eigenvalue of that which is stable at the step's learning rate: (2 + 2β₁)/((1 - β₁)α) for Adam."
        }
        Theory::None(why) => why,
    }
}
