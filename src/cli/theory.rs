//! `thalweg theory`: what the linear theory says of each runner, beside what its run did.

use super::columns::aligned;
use super::entry::CommandWork;
use super::failure::Failure;
use super::json::write_list;
use super::preset::{PresetArguments, runner_at, runner_number, set_steps, steps};
use super::progress::Progress;
use super::run::finished;
use crate::export::number::{exact, rounded};
use crate::export::written_label::written_label;
use crate::words::mode;
use clap::Args;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;
use thalweg_analysis::spectral::mode::{Mode, Roots};
use thalweg_analysis::spectral::preconditioned::Preconditioned;
use thalweg_analysis::spectral::rate::{BestSettings, ConvergenceRates};
use thalweg_analysis::spectral::stability::{edge, is_never_stable, overall_edge, sharpest};
use thalweg_core::math::spectrum::Spectrum;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::run::Run;
use thalweg_scenario::{MAX_STEPS, Notation, Runner, call, call_with_modifiers, printable};

const HELP: &str = "\
For each runner, at the known minimum nearest to where it stands after N steps (without one, at the
nearest point of a line of minima; without any, at the start): the Hessian's eigenvalues; for a method that is linear on a quadratic, along each of them the
iteration matrix, its roots, the larger |sigma|, the regime and the learning rate at the edge of
stability; the rate promised (the largest |sigma|), the best settings known and what they promise;
and the rate measured: exp of the least-squares slope of ln sqrt(|e_t|^2 + |e_{t-1}|^2), e the
distance to the minimum, over the second half of the first N steps, up to where that falls below
1e-13 of what it began with.

For a method that scales its coordinates: the eigenvalues of D^(1/2) (H + wI) D^(1/2), H the Hessian
where the runner stands, D the scales of the step that leaves from there (for Adam
1/((1 - beta1^t)(sqrt(v_hat) + eps)), t counting that step, its gradient included in v), w an L2
weight decay; and the largest that is stable at the step's learning rate.

Of a function of x alone f'' is the only eigenvalue: it stands for both.

With --json: a list with one object for each runner: {\"runner\",\"label\",\"optimizer\",\"step\",\"lr\",
\"at\",\"point\",\"eigenvalues\",\"modes\":[{\"eigenvalue\",\"matrix\",\"roots\":[[re,im],..],\"sigma\",
\"regime\",\"edge\"},..],\"edge\",\"promised\",\"best\":{\"settings\",\"rate\"},\"measured\",\"position\",
\"sharpness\",\"sharpest_stable\",\"adaptive\":{\"rates\",\"eigenvalues\",\"modes\",\"sharpness\",\"edge\"},
\"why\"}; what there is not is null.

Examples:
  thalweg theory ill-conditioned-quadratic
  thalweg theory valley.ron --step 100 --json

Exit status: 0 done, 1 a failure, 2 bad arguments.";

/// Arguments of `theory`.
#[derive(Args, Debug)]
pub struct TheoryCommand {
    #[command(flatten)]
    preset: PresetArguments,
    /// Only this runner, counted from 1
    #[arg(long, value_name = "N", value_parser = runner_number, allow_hyphen_values = true)]
    runner: Option<usize>,
    /// How many steps the runners make, instead of what the preset says
    #[arg(long, value_name = "N", value_parser = steps, allow_hyphen_values = true)]
    steps: Option<u32>,
    /// After how many steps to look [default: all that the preset makes]
    #[arg(long, value_name = "N", value_parser = step, allow_hyphen_values = true)]
    step: Option<u32>,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

impl CommandWork for TheoryCommand {
    const NAME: &'static str = "theory";
    const ABOUT: &'static str =
        "Show what the linear theory says of each runner: roots, regimes, edges, rates";
    const HELP: &'static str = HELP;
    const EXAMPLE: Option<(&'static str, &'static str)> =
        Some(("theory valley.ron", "what theory says of each runner"));

    fn work(&self, out: &mut dyn Write) -> Result<(), Failure> {
        theory(self, out)
    }
}

fn step(text: &str) -> Result<u32, String> {
    let step = text.parse().ok().filter(|step| *step <= MAX_STEPS);
    step.ok_or_else(|| format!("write a whole number from 0 to {MAX_STEPS}"))
}

/// One eigenvalue, in the form of the JSON.
#[derive(Debug, Serialize)]
struct Direction {
    eigenvalue: f64,
    matrix: [[f64; 2]; 2],
    roots: [[f64; 2]; 2],
    sigma: f64,
    regime: &'static str,
    /// In learning rates; of a preconditioned eigenvalue there is none, as the scales follow.
    edge: Option<f64>,
}

impl Direction {
    fn of(eigenvalue: f64, mode: &Mode, edge: Option<f64>) -> Self {
        let matrix = mode.recurrence.matrix();
        let roots = match mode.roots {
            Roots::Real(large, small) => [[large, 0.0], [small, 0.0]],
            Roots::Pair { re, im } => [[re, im], [re, -im]],
        };
        let matrix = [[matrix.m11, matrix.m12], [matrix.m21, matrix.m22]];
        Self { eigenvalue, matrix, roots, sigma: mode.radius, regime: mode::badge(mode), edge }
    }

    fn in_words(&self) -> String {
        let root = |[re, im]: [f64; 2]| match im {
            0.0 => text(re),
            _ => format!("{} {} {}i", text(re), if im < 0.0 { '-' } else { '+' }, text(im.abs())),
        };
        let [first, second] = self.roots.map(root);
        format!(
            "{}: roots {first} and {second}, |sigma| {}, {}",
            text(self.eigenvalue),
            text(self.sigma),
            self.regime
        )
    }
}

/// What a method that scales its coordinates sees.
#[derive(Debug, Serialize)]
struct Adaptive {
    rates: [f64; 2],
    eigenvalues: [f64; 2],
    modes: [Direction; 2],
    sharpness: f64,
    edge: Option<f64>,
}

#[derive(Debug, Serialize)]
struct BestRow {
    settings: BTreeMap<Cow<'static, str>, f64>,
    rate: Option<f64>,
}

/// What is known of a minimum to measure from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KnownMinimum {
    /// No minimum.
    None,
    /// One.
    Alone,
    /// One of a whole line.
    OnLine,
}

impl KnownMinimum {
    fn of(rates: Option<&ConvergenceRates>) -> Self {
        match rates {
            None => Self::None,
            Some(ConvergenceRates { is_on_line: false, .. }) => Self::Alone,
            Some(_) => Self::OnLine,
        }
    }
}

/// Everything about one runner.
#[derive(Debug, Serialize)]
struct Told {
    runner: usize,
    label: String,
    /// What people call it, in words.
    #[serde(skip)]
    name: String,
    optimizer: String,
    step: u32,
    lr: Option<f64>,
    at: &'static str,
    point: [f64; 2],
    eigenvalues: [f64; 2],
    modes: Option<Vec<Direction>>,
    edge: Option<f64>,
    /// In words alone.
    #[serde(skip)]
    is_never_stable: bool,
    /// In words alone.
    #[serde(skip)]
    minimum: KnownMinimum,
    #[serde(skip)]
    is_univariate: bool,
    promised: Option<f64>,
    best: Option<BestRow>,
    measured: Option<f64>,
    position: [f64; 2],
    sharpness: f64,
    sharpest_stable: Option<f64>,
    adaptive: Option<Adaptive>,
    why: Option<Cow<'static, str>>,
}

impl Told {
    fn of(
        (index, runner): (usize, &Runner),
        run: &Run,
        problem: &Problem,
        step: u32,
        shown: Notation,
    ) -> Self {
        let step = step.min(run.trajectory().last_step());
        let position = run.trajectory().at(step).map_or(problem.start, |sample| sample.position);
        let (optimizer, settings) = (run.optimizer(), run.settings_at(step));
        let rates = ConvergenceRates::at(run, problem, step);
        let (at, point) = match &rates {
            Some(rates) => ("minimum", rates.minimum.at),
            None => ("start", problem.start),
        };
        let spectrum = |point| Spectrum::of(&problem.objective.value_gradient_hessian(point).hessian).values;
        let eigenvalues = spectrum(point);
        let edges = eigenvalues.map(|lambda| edge(optimizer, &settings, lambda));
        let modes = eigenvalues.map(|lambda| Mode::along(optimizer, &settings, lambda));
        let modes: Option<Vec<Mode>> = modes.into_iter().collect();
        let modes = modes.map(|modes| {
            let each = modes.iter().zip(eigenvalues).zip(edges);
            each.map(|((mode, lambda), edge)| Direction::of(lambda, mode, edge)).collect()
        });
        let adaptive = Preconditioned::at(run, problem, step).map(|seen| Adaptive {
            rates: seen.rates.into(),
            eigenvalues: seen.spectrum.values,
            modes: [0, 1].map(|i| Direction::of(seen.spectrum.values[i], &seen.modes[i], None)),
            sharpness: seen.sharpness(),
            edge: seen.edge,
        });
        let best = rates.as_ref().and_then(|rates| rates.best.clone());
        let best = best.map(|BestSettings { settings, rate }| BestRow {
            settings: settings.into_iter().collect(),
            rate,
        });
        Self {
            runner: index + 1,
            label: written_label(runner).into_owned(),
            name: runner.name().into_owned(),
            optimizer: call_with_modifiers(&runner.optimizer),
            step,
            lr: optimizer.has_learning_rate().then(|| settings.numbers[0]),
            at,
            point: point.into(),
            eigenvalues,
            modes,
            edge: overall_edge(optimizer, &settings, eigenvalues),
            is_never_stable: is_never_stable(optimizer, &settings, eigenvalues),
            minimum: KnownMinimum::of(rates.as_ref()),
            is_univariate: problem.objective.is_univariate(),
            promised: rates.as_ref().and_then(|rates| rates.promised),
            best,
            measured: rates.and_then(|rates| rates.measured),
            position: position.into(),
            sharpness: spectrum(position)[1],
            sharpest_stable: sharpest(optimizer, &settings),
            adaptive,
            why: optimizer.theory.silence().map(|why| shown.said(why)),
        }
    }

    fn in_words(&self) -> String {
        let mut rows = Vec::new();
        let mut row = |name: &str, told: String| rows.push(vec![format!("  {name}"), told]);
        let [x, y] = self.point.map(exact);
        let [low, high] = self.eigenvalues.map(text);
        // Of a function of x alone there is one curvature, and one direction.
        let directions = if self.is_univariate { 1 } else { 2 };
        if self.is_univariate {
            row("looked at", format!("the {} x = {x}, after {} steps", self.at, self.step));
            row("curvature f''", low);
        } else {
            let line =
                if self.minimum == KnownMinimum::OnLine { ", one of a whole line of minima" } else { "" };
            row("looked at", format!("the {} ({x}, {y}){line}, after {} steps", self.at, self.step));
            row("eigenvalues", format!("{low} and {high}"));
        }
        for (index, mode) in self.modes.iter().flatten().enumerate().take(directions) {
            // Beside a direction along which every rate diverges, an edge along the other is none.
            let edge = match mode.edge {
                Some(edge) if !self.is_never_stable => format!(", edge at lr {}", text(edge)),
                _ => String::new(),
            };
            let name = match (index, self.is_univariate) {
                (0, true) => "with it",
                (0, false) => "along them",
                _ => "",
            };
            row(name, format!("{}{edge}", mode.in_words()));
        }
        let known = |value: Option<f64>, none: &str| value.map_or_else(|| none.to_owned(), text);
        if self.modes.is_some() {
            let none = if self.is_never_stable { "no learning rate is stable" } else { "none" };
            row("edge (lr)", known(self.edge, none));
            row("rate promised", known(self.promised, NO_MINIMUM));
        }
        if let Some(BestRow { settings, rate }) = &self.best {
            let told: Vec<_> =
                settings.iter().map(|(key, value)| format!("{key} {}", text(*value))).collect();
            let rate = rate.map_or_else(String::new, |rate| format!(", rate {}", text(rate)));
            row("best", format!("{}{rate}", told.join(", ")));
        }
        let none = match self.minimum {
            KnownMinimum::None => NO_MINIMUM,
            _ => "none: too few steps with an error well above rounding",
        };
        row("rate measured", known(self.measured, none));
        row("sharpness", format!("{} where it stands", text(self.sharpness)));
        if let Some(stable) = self.sharpest_stable.filter(|_| !self.is_never_stable) {
            row("", format!("stable up to {}", text(stable)));
        }
        if let Some(seen) = &self.adaptive {
            let [x, y] = seen.rates.map(text);
            if self.is_univariate {
                row("effective rate", x);
            } else {
                row("effective rates", format!("{x} and {y}"));
            }
            for (index, mode) in seen.modes.iter().enumerate().take(directions) {
                row(if index == 0 { "preconditioned" } else { "" }, mode.in_words());
            }
            row("adaptive edge", format!("stable up to {}", known(seen.edge, "none")));
        }
        if let Some(why) = &self.why {
            row("no law", why.to_string());
        }
        format!("{}. {}: {}\n{}", self.runner, printable(&self.name), self.optimizer, aligned(&rows, &[]))
    }
}

/// Why there is no rate at which an error shrinks.
const NO_MINIMUM: &str = "none: no minimum is known";

/// How many digits a person is shown.
const DIGITS: usize = 8;

fn text(value: f64) -> String {
    rounded(value, DIGITS)
}

fn theory(arguments: &TheoryCommand, out: &mut dyn Write) -> Result<(), Failure> {
    let mut scenario = arguments.preset.open()?.scenario;
    let runner = arguments.runner.map(|number| runner_at(&scenario, number)).transpose()?;
    set_steps(&mut scenario, arguments.steps)?;
    let step = arguments.step.unwrap_or(scenario.steps);
    if step > scenario.steps {
        return Err(Failure::arguments(format!("--step {step}: the preset makes {} steps", scenario.steps)));
    }
    // What comes after is not asked for.
    scenario.steps = step.max(1);
    let race = finished(&scenario, &mut Progress::new(false));
    let runs = scenario.runners.iter().zip(race.runs()).enumerate();
    let runs = runs.filter(|(index, _)| runner.is_none_or(|runner| runner == *index));
    let told = runs.map(|(index, (runner, run))| {
        Told::of((index, runner), run, race.problem(), step, scenario.show.notation)
    });
    if arguments.json {
        write_list(told, out)?;
    } else {
        writeln!(out, "{}", call(&scenario.surface))?;
        for told in told {
            write!(out, "\n{}", told.in_words())?;
        }
    }
    Ok(())
}
