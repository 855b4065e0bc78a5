//! The bifurcation diagram of a function of x alone: where the focused runner is in the long run, over its learning
//! rate.

use crate::budget::FigureBudget;
use crate::charts::chart::{Chart, ChartHeading, ChartLine, ChartPlace, ChartRule, HeadingKey};
use crate::charts::entry::{ChartEntry, ChartSource};
use crate::charts::scale::ChartScale;
use crate::numbers;
use crate::scheme::Scheme;
use crate::stroke::Stroke;
use crate::ticks::TickRule;
use nalgebra::Vector2;
use thalweg_analysis::spectral::stability::edge;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::surface::Surface;
use thalweg_core::objective::view::View;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_scenario::ChartKind;
use thalweg_session::Session;

/// The row of the table of charts.
pub static CHART: ChartEntry = ChartEntry {
    kind: ChartKind::named("Bifurcation"),
    is_univariate: true,
    start: || Box::<BifurcationChart>::default(),
};

/// How many learning rates there are.
const RATES: usize = 240;
/// How many steps are made before anything is drawn, and how many are then.
const SETTLING: u32 = 600;
const DRAWN: usize = 160;
/// How many places are told apart along x.
const PLACES: usize = 260;
/// How far the rates go: so many times the one at the edge of stability.
const BEYOND: f64 = 1.5;

/// What the diagram depends on.
#[derive(Clone, Debug, PartialEq)]
struct DiagramKey {
    surface: Chosen<Surface>,
    start: f64,
    /// With a learning rate that does not count.
    optimizer: Chosen<Optimizer>,
    gradient: Gradient,
    x: (f64, f64),
    /// The edge of stability at the nearest known minimum, where there is one.
    edge: Option<f64>,
    highest: f64,
}

/// The diagram, kept while nothing that it depends on changes.
#[derive(Default)]
struct BifurcationChart {
    key: Option<DiagramKey>,
    /// Of each rate so far the stretches of x in which the runner is.
    found: Vec<Vec<[f64; 2]>>,
}

/// The edge of stability at the known minimum that is nearest to the start; none where there is none.
fn edge_at(session: &Session, run: &Run) -> Option<f64> {
    let problem = session.race().problem();
    let minimum = problem.objective.critical_points_near(problem.start);
    let minimum =
        thalweg_core::objective::critical_point::CriticalPoint::nearest_minimum(&*minimum, problem.start)?;
    let bend = problem.objective.value_gradient_hessian(minimum.at).hessian.m11;
    edge(run.optimizer(), run.settings(), bend).filter(|edge| edge.is_finite() && *edge > 0.0)
}

impl DiagramKey {
    fn of(session: &Session) -> Option<Self> {
        let (runner, run) = session.focused()?;
        let scenario = session.scenario();
        if !scenario.surface.is_univariate() || !run.optimizer().has_learning_rate() {
            return None;
        }
        let lr = runner.optimizer.number("lr")?;
        let edge = edge_at(session, run);
        let highest = edge.map_or(2.0 * lr, |edge| BEYOND * edge);
        let mut optimizer = runner.optimizer.clone();
        let _ = optimizer.set("lr", Value::Number(1.0));
        let is_sane = highest > 0.0 && highest.is_finite();
        is_sane.then(|| Self {
            surface: scenario.surface.clone(),
            start: scenario.start.point()[0],
            optimizer,
            gradient: run.gradient(),
            x: scenario.view.x,
            edge,
            highest,
        })
    }

    /// The learning rate of a column.
    fn rate(&self, column: usize) -> f64 {
        self.highest * (column as f64 + 0.5) / RATES as f64
    }

    /// Where the runner is in the long run at the rate of a column.
    fn column(&self, objective: &Objective, column: usize) -> Vec<[f64; 2]> {
        let mut optimizer = self.optimizer.clone();
        let _ = optimizer.set("lr", Value::Number(self.rate(column)));
        let problem = Problem::new(objective.clone(), Vector2::new(self.start, 0.0), SETTLING + DRAWN as u32);
        let mut run =
            Run::new(RunSpec { optimizer: &optimizer, schedule: None, gradient: self.gradient }, &problem);
        run.advance(&problem, u32::MAX);
        let (from, to) = self.x;
        let width = (to - from) / PLACES as f64;
        let mut is_met = [false; PLACES];
        for sample in run.trajectory().samples().iter().skip(SETTLING as usize) {
            let place = (sample.position.x - from) / width;
            if (0.0..PLACES as f64).contains(&place) {
                is_met[place as usize] = true;
            }
        }
        // Neighbours are one stretch.
        let mut stretches: Vec<[f64; 2]> = Vec::new();
        let mut last = None;
        for place in (0..PLACES).filter(|place| is_met[*place]) {
            let ends = [from + width * place as f64, from + width * (place + 1) as f64];
            match stretches.last_mut() {
                Some(stretch) if last == Some(place - 1) => stretch[1] = ends[1],
                _ => stretches.push(ends),
            }
            last = Some(place);
        }
        stretches
    }
}

impl ChartSource for BifurcationChart {
    fn update(&mut self, session: &Session, budget: &dyn FigureBudget) -> bool {
        let key = DiagramKey::of(session);
        if key != self.key {
            *self = Self { key, found: Vec::new() };
        }
        let Some(key) = &self.key else { return false };
        let objective = &session.race().problem().objective;
        // One at least, so that it is done some day.
        while self.found.len() < RATES {
            self.found.push(key.column(objective, self.found.len()));
            if budget.is_over() {
                break;
            }
        }
        self.found.len() < RATES
    }

    fn chart<'a>(&'a mut self, session: &'a Session, _width: f64, scheme: &Scheme) -> Chart<'a> {
        let mut chart = Chart {
            heading: heading(scheme),
            told: "bifurcation diagram: where the focused runner is in the long run, over its learning rate"
                .to_owned(),
            view: View { x: (0.0, 1.0), y: session.scenario().view.x },
            scale: ChartScale::Linear,
            ticks: [TickRule::Even(5.0); 2],
            bands: Vec::new(),
            rules: Vec::new(),
            lines: Vec::new(),
            dots: Vec::new(),
            notes: Vec::new(),
            has_names: false,
            message: "",
        };
        let Some((runner, _)) = session.focused() else {
            chart.message = "nobody races";
            return chart;
        };
        let Some(key) = &self.key else {
            chart.message = if session.scenario().surface.is_univariate() {
                "the method has no learning rate"
            } else {
                "for a function of x alone"
            };
            return chart;
        };
        chart.view.x = (0.0, key.highest);
        let mut rule = |at: f64, stroke| chart.rules.push(ChartRule { axis: 0, at, stroke });
        if let Some(edge) = key.edge {
            rule(edge, Stroke::new(1.2, scheme.alarm));
        }
        if let Some(lr) = runner.optimizer.number("lr").filter(|lr| *lr < key.highest) {
            rule(lr, Stroke::new(1.0, scheme.quiet));
            chart.told = format!("{}; at α = {}", chart.told, numbers::number(lr));
        }
        let stretches = self.found.iter().enumerate().flat_map(|(column, stretches)| {
            let rate = key.rate(column);
            stretches.iter().map(move |[from, to]| -> Vec<ChartPlace> { vec![[rate, *from], [rate, *to]] })
        });
        let stroke = Stroke::new(1.4, scheme.runner(runner.color));
        chart.lines.push(ChartLine {
            name: "in the long run".to_owned(),
            pieces: stretches.collect::<Vec<_>>().into(),
            here: f64::INFINITY,
            behind: stroke,
            ahead: None,
            values: None,
            is_over_steps: false,
        });
        chart
    }
}

fn heading(scheme: &Scheme) -> ChartHeading {
    let key = |text, about, color| HeadingKey { text, about, color };
    ChartHeading {
        title: "x in the long run over α".to_owned(),
        about: format!(
            "For {RATES} learning rates α, the places where the focused runner is after {SETTLING} steps from its start, for \
             {DRAWN} more: one place where it has come to rest, two where it goes to and fro, a band where it never repeats \
             itself; nothing where it has left what is seen. Without the schedule. Strogatz, Nonlinear Dynamics and Chaos (1994), section 10.2."
        ),
        keys: vec![
            key(
                "edge",
                "The largest learning rate that is stable at the nearest minimum: 2/f'' for gradient descent",
                scheme.alarm,
            ),
            key("now", "The learning rate that is set", scheme.quiet),
        ],
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use thalweg_testing::{objective, optimizer};

    fn key(surface: &str, start: f64, highest: f64) -> (DiagramKey, Objective) {
        let chosen = thalweg_testing::surface(surface, &[]);
        let key = DiagramKey {
            surface: chosen,
            start,
            optimizer: optimizer("GradientDescent", &[]),
            gradient: Gradient::Exact,
            x: (-2.0, 2.0),
            edge: None,
            highest,
        };
        (key, objective(surface, &[]))
    }

    /// Of a parabola the one place, up to the edge at 2/λ, and nothing beyond.
    #[test]
    fn a_parabola_has_one_place_or_none() {
        let (key, objective) = key("Parabola", -2.5, 3.0);
        for column in 0..RATES {
            let found = key.column(&objective, column);
            let rate = key.rate(column);
            if (0.1..1.95).contains(&rate) {
                assert!(found.len() == 1 && found[0][0] <= 0.0 && found[0][1] >= 0.0, "{rate}: {found:?}");
            } else if rate > 2.05 {
                assert!(found.is_empty(), "{rate}: {found:?}");
            }
        }
    }

    /// (x² - 1)² has f'' = 8 at its minima. Beyond α = 1/4 the runner goes to
    /// and fro between two places, then four.
    #[test]
    fn periods_double_beyond_the_edge() {
        let (key, _) = key("DoubleWell", 1.1, 0.375);
        let objective = objective("DoubleWell", &[("tilt", 0.0)]);
        let count = |rate: f64| key.column(&objective, (rate / key.highest * RATES as f64) as usize).len();
        assert_eq!([count(0.1), count(0.2), count(0.27), count(0.29)], [1, 1, 2, 2]);
        let chaotic: usize = (0..RATES).map(|column| key.column(&objective, column).len()).max().unwrap_or(0);
        assert!(chaotic > 4, "{chaotic}");
    }
}
