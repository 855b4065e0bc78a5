//! The loss of the focused runner, stacked by eigenvector.

use crate::budget::FigureBudget;
use crate::charts::chart::{Chart, ChartBand, ChartHeading, ChartLine, ChartNote, ChartPlace, ChartRule};
use crate::charts::companions::{Companion, Companions, TOOLTIP};
use crate::charts::entry::{ChartEntry, ChartSource};
use crate::charts::line_chart::{columns, horizontal};
use crate::charts::scale::ChartScale;
use crate::numbers;
use crate::pinned_names;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::ticks::TickRule;
use thalweg_analysis::field::minmax_pyramid::{MinMaxPyramid, PixelColumn};
use thalweg_analysis::spectral::eigenbasis::{LossComponent, LossComponents};
use thalweg_core::math::within::Within;
use thalweg_core::objective::view::View;
use thalweg_scenario::ChartKind;
use thalweg_session::Session;

/// A component may grow so many times its first value before it leaves the chart.
const MOST_TIMES: f64 = 3.0;
/// How much of their colour the areas have.
const SHADE: f64 = 0.55;
const NAMES: [&str; 2] = ["v₁", "v₂"];

/// The row of the table of charts.
pub static CHART: ChartEntry = ChartEntry {
    kind: ChartKind::named("Components"),
    is_univariate: false,
    start: || Box::<ComponentsChart>::default(),
};

/// The loss by components of the focused runner, and of those pinned.
#[derive(Default)]
struct ComponentsChart {
    components: LossComponents,
    companions: Companions<LossComponents>,
}

impl ChartSource for ComponentsChart {
    fn update(&mut self, session: &Session, budget: &dyn FigureBudget) -> bool {
        !self.components.update(session.focused_run(), session.race().problem(), || budget.is_over())
    }

    fn update_pinned(&mut self, session: &Session, budget: &dyn FigureBudget) -> bool {
        self.companions
            .update(session, |components, run, problem| !components.update(run, problem, || budget.is_over()))
    }

    fn chart<'a>(&'a mut self, session: &'a Session, width: f64, scheme: &Scheme) -> Chart<'a> {
        let components = &self.components;
        let pinned: Vec<_> = self.companions.shown(session).collect();
        let title = title(components);
        let end = end(session, components, &pinned);
        let (low, high) = range(components, &pinned);
        let mut chart = Chart {
            told: words(&title, components, &pinned),
            heading: ChartHeading { title, about: about(), ..ChartHeading::default() },
            view: View { x: horizontal(end), y: (low, high) },
            scale: ChartScale::Linear,
            ticks: [TickRule::Whole(3.0), TickRule::Even(4.0)],
            bands: Vec::new(),
            rules: Vec::new(),
            lines: Vec::new(),
            dots: Vec::new(),
            notes: Vec::new(),
            has_names: false,
            message: "",
        };
        if components.is_empty() {
            let is_alone = session.focused().is_none();
            chart.message = if is_alone { "nobody races" } else { "no critical point is known" };
            return chart;
        }
        let columns = Columns { end, count: columns(width), beyond: high * 10.0 };
        let [first, stacked] = columns.stack(components);
        let ground = first.iter().map(|[step, _]| [*step, 0.0]).collect();
        let band = |edges, index: usize| ChartBand { edges, fill: scheme.axes[index].faded(SHADE) };
        chart.bands = vec![band([ground, first.clone()], 0), band([first, stacked], 1)];
        for companion in &pinned {
            for (border, color) in columns.stack(companion.series).into_iter().zip(scheme.axes) {
                chart.lines.push(line(border, Stroke::new(1.5, color).dashed(companion.dash)));
            }
        }
        let total = columns.heights(components.total());
        chart.lines.push(line(total, Stroke::new(1.4, scheme.ink)));
        let upright = |at, stroke| ChartRule { axis: 0, at, stroke };
        chart.rules.push(upright(f64::from(session.cursor()), Stroke::new(1.0, scheme.quiet)));
        // Of a function of x alone there is one part.
        let parts = if session.race().problem().objective.is_univariate() { 1 } else { 2 };
        for (index, component) in components.parts().iter().enumerate().take(parts) {
            let (name, color) = (NAMES[index], scheme.axes[index]);
            let text = match component.small_from() {
                Some(step) => {
                    chart.rules.push(upright(f64::from(step), Stroke::new(1.4, color).dashed(&[4.0, 3.0])));
                    format!("{name}: below 1 % from step {}", numbers::count(step))
                }
                None => format!("{name}: not yet below 1 %"),
            };
            chart.notes.push(ChartNote { text, color, sample: None });
        }
        for companion in &pinned {
            let text = small(&cut(pinned_names::shown(companion.pin)), companion.series);
            let sample = Some(Stroke::new(1.5, scheme.quiet).dashed(companion.dash));
            chart.notes.push(ChartNote { text, color: scheme.quiet, sample });
        }
        chart
    }
}

fn title(components: &LossComponents) -> String {
    match components.frame() {
        Some(frame) => {
            let at = frame.origin.at;
            format!("loss by component, from the {} {}", frame.origin.kind.name(), numbers::point(at.x, at.y))
        }
        None => "loss by component".to_owned(),
    }
}

fn about() -> String {
    format!(
        "f - f* = λ₁ξ₁²/2 + λ₂ξ₂²/2 + the rest: the areas are what the quadratic at the minimum gives to each \
         eigenvector, the line is the true loss. Where the two part, the surface is no quadratic. A dashed \
         line marks the step from which on a component stays below 1 % of its first value, as far as is \
         computed; the chart ends some steps later. Linear, as a logarithm does not add up; cut at three times the \
         first value. {TOOLTIP} Its lines are the borders of what would be its areas.",
    )
}

/// A line that has no part still to come.
fn line(points: Vec<ChartPlace>, stroke: Stroke) -> ChartLine<'static> {
    ChartLine {
        name: String::new(),
        pieces: [points].into(),
        here: f64::INFINITY,
        behind: stroke,
        ahead: Some(stroke),
        values: None,
        is_over_steps: true,
    }
}

/// From which steps on the components of a pinned runner are small.
fn small(name: &str, components: &LossComponents) -> String {
    if components.is_empty() {
        return format!("{name}: no critical point");
    }
    let from = |part: &LossComponent| part.small_from().map_or_else(|| "–".to_owned(), numbers::count);
    let [first, second] = components.parts();
    format!("{name}: v₁ {}, v₂ {}", from(first), from(second))
}

/// As much of a name as there is room for.
fn cut(name: &str) -> String {
    const MOST: usize = 16;
    let mut start: String = name.chars().take(MOST).collect();
    if start.len() < name.len() {
        start.push('…');
    }
    start
}

/// What the chart says to whoever cannot see it.
fn words(title: &str, components: &LossComponents, pinned: &[Companion<'_, LossComponents>]) -> String {
    let own = |index: usize| match components.parts()[index].small_from() {
        Some(step) => format!("v{} below 1 % from step {step}", index + 1),
        None => format!("v{} not yet below 1 %", index + 1),
    };
    let pinned: Vec<_> = pinned.iter().map(|one| format!("; {}", small(&one.name, one.series))).collect();
    let pinned = pinned.concat();
    format!("{title}; {}; {}{pinned}", own(0), own(1))
}

/// How far the steps go: as in the charts beside it, or where all components are small long before, a
/// little farther than that.
fn end(session: &Session, components: &LossComponents, pinned: &[Companion<'_, LossComponents>]) -> f64 {
    let all = f64::from(session.scenario().steps).max(1.0);
    let pinned = pinned.iter().map(|companion| companion.series).filter(|one| !one.is_empty());
    let parts = std::iter::once(components).chain(pinned).flat_map(LossComponents::parts);
    let last = parts.map(LossComponent::small_from).try_fold(0, |last: u32, step| Some(last.max(step?)));
    match last {
        Some(last) => all.min((1.6 * f64::from(last)).ceil().max(8.0)),
        None => all,
    }
}

/// What is shown of the heights.
fn range(components: &LossComponents, pinned: &[Companion<'_, LossComponents>]) -> (f64, f64) {
    let all = |series: &MinMaxPyramid| series.query(0..series.len()).unwrap_or((0.0, 0.0));
    let [first, second] = components.parts().each_ref().map(|part| all(&part.series));
    let total = all(components.total());
    let low = first.0.min(0.0) + second.0.min(0.0);
    let high = (first.1.max(0.0) + second.1.max(0.0)).max(total.1);
    // The pinned ones, too, as far as that leaves the present one its height.
    let high = pinned.iter().map(|companion| all(companion.series.total()).1).fold(high, f64::max);
    // What has no finite first value counts as none.
    let start = |series: &MinMaxPyramid| series.values().first().map_or(0.0, |first| first.abs()).max(0.0);
    let parts: f64 = components.parts().iter().map(|part| start(&part.series)).sum();
    let begin = start(components.total()).max(parts).within(1e-300, 1e12);
    let (low, high) = (low.max(-MOST_TIMES * begin), high.within(begin * 1e-3, MOST_TIMES * begin));
    (low - 0.03 * (high - low), high + 0.06 * (high - low))
}

/// What the chart's columns can show.
struct Columns {
    /// How far they go.
    end: f64,
    count: usize,
    /// A height that is out of sight.
    beyond: f64,
}

impl Columns {
    /// (step, height) of a series: each step, or where they are many, the highest of each column.
    fn heights(&self, series: &MinMaxPyramid) -> Vec<ChartPlace> {
        let finite = |height: f64| if height.is_finite() { height } else { self.beyond };
        let shown = self.end as usize + 1;
        if series.len().min(shown) <= self.count {
            let values = series.values().iter().take(shown).enumerate();
            return values.map(|(step, height)| [step as f64, finite(*height)]).collect();
        }
        let width = self.end / self.count as f64;
        let highest = |(index, column): (usize, Option<PixelColumn>)| {
            let column = column?;
            let height = if column.max.abs() >= column.min.abs() { column.max } else { column.min };
            Some([index as f64 * width, if column.gap { self.beyond } else { height }])
        };
        series.columns(0.0, self.end, self.count).enumerate().filter_map(highest).collect()
    }

    /// The upper borders of the first component and of both together.
    fn stack(&self, components: &LossComponents) -> [Vec<ChartPlace>; 2] {
        let [first, second] = components.parts().each_ref().map(|part| self.heights(&part.series));
        let both = first.iter().zip(&second).map(|([step, a], [_, b])| [*step, a + b]).collect();
        [first, both]
    }
}
