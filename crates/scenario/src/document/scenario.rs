//! The scenario: everything that determines a race, to the bit; and the runs that are pinned in it.

use super::layer::{Layer, Layers};
use super::relief::Relief;
use super::runner::Runner;
use super::scene::Scene;
use super::start::{Start, StartCloud};
use super::stop::Stop;
use super::view_state::ViewState;
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_core::catalogue::{optimizers, surfaces};
use thalweg_core::method::gradient::GradientMode;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::surface::Surface;
use thalweg_core::objective::view::View;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::race::Race;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::handle::Handle;

/// Everything that determines a race, to the bit.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The title, one line.
    pub title: String,
    /// The lesson's text, in Markdown.
    pub notes: String,
    /// The surface with its settings.
    pub surface: Chosen<Surface>,
    /// Where all runners start.
    pub start: Start,
    /// The part of the plane to show.
    pub view: View,
    /// How many steps are made.
    pub steps: u32,
    /// Which gradient the runners are given, unless they say otherwise.
    pub gradient: Chosen<GradientMode>,
    /// When a run ends before its last step.
    pub stop: Stop,
    /// Many starts at once for the runner that is looked at.
    pub cloud: Option<StartCloud>,
    /// Who races.
    pub runners: Vec<Runner>,
    /// The paths that were pinned.
    pub pinned_runs: Vec<PinnedRun>,
    /// A story: what is told one after the other.
    pub scenes: Vec<Scene>,
    /// What is shown of it all.
    pub show: ViewState,
}

/// Paths that were pinned, under a name: a race of its own, that nothing changes any more.
#[derive(Clone, Debug, PartialEq)]
pub struct PinnedRun {
    /// What it is called, one line.
    pub name: String,
    /// The race that was pinned: what determines it, and no more (no texts, no
    /// cloud, no pinned runs).
    pub of: Arc<Scenario>,
}

/// The steps of a document that gives none.
pub(crate) const STEPS: u32 = 300;

impl Scenario {
    /// `surface` with its defaults and nobody on it.
    pub fn new(surface: impl Into<Handle<Surface>>) -> Self {
        let surface = Chosen::with_defaults(surface);
        let (view, start) = Objective::new(&surface).home();
        Self {
            title: String::new(),
            notes: String::new(),
            surface,
            start: Start::At(start),
            view,
            steps: STEPS,
            gradient: Chosen::default(),
            stop: Stop::default(),
            cloud: None,
            runners: Vec::new(),
            pinned_runs: Vec::new(),
            scenes: Vec::new(),
            show: ViewState::default(),
        }
    }

    /// What one begins with: a valley, and gradient descent on it.
    pub fn of_ones_own() -> Self {
        let scenario = Self::new(surfaces::ALL[0]);
        let descent = Chosen::with_defaults(optimizers::ALL[0]);
        Self { runners: vec![Runner::new(descent, 0)], ..scenario }
    }

    /// The title, or the word for one that has none.
    pub fn shown_title(&self) -> &str {
        if self.title.is_empty() { "Untitled" } else { &self.title }
    }

    /// What the runners share.
    pub fn problem(&self) -> Problem {
        let objective = Objective::new(&self.surface);
        let start = objective.in_domain(Vector2::from(self.start.point()));
        Problem {
            start,
            objective: objective.knowing(start),
            steps: self.steps,
            tolerance: self.stop.gradient,
            bound: self.stop.divergence,
            patience: self.stop.patience,
        }
    }

    /// Whether the surface is shown as a plane, in relief, or both: a function of x alone has no relief.
    pub fn relief(&self) -> Relief {
        if self.surface.is_univariate() { Relief::Flat } else { self.show.relief }
    }

    /// What is drawn on the plane, or beside it: of a function of x alone there is no other basis to look from.
    pub fn layers(&self) -> Layers {
        let layers = self.show.layers;
        if self.surface.is_univariate() { layers.with(Layer::Eigenbasis, false) } else { layers }
    }

    /// How a runner enters the race.
    pub fn entry<'a>(&self, runner: &'a Runner) -> RunSpec<'a> {
        let gradient = runner.gradient.as_ref().unwrap_or(&self.gradient).gradient();
        RunSpec { optimizer: &runner.optimizer, schedule: Some(&runner.schedule), gradient }
    }

    /// How all runners enter the race.
    pub fn entries(&self) -> impl Iterator<Item = RunSpec<'_>> {
        self.runners.iter().map(|runner| self.entry(runner))
    }

    /// How many steps are made at most: by all runners, from all starts of the cloud, and by the
    /// pinned runs.
    pub fn total_steps(&self) -> u64 {
        let pinned_runs: u64 = self.pinned_runs.iter().map(PinnedRun::total_steps).sum();
        u64::from(self.steps) * self.runs() + pinned_runs
    }

    /// How many runs there are, of runners and from the starts of the cloud.
    pub(super) fn runs(&self) -> u64 {
        self.runners.len() as u64 + self.cloud.map_or(0, |cloud| u64::from(cloud.count))
    }

    /// The race at its start.
    pub fn race(&self) -> Race {
        Race::new(self.problem(), self.entries())
    }
}

impl PinnedRun {
    /// Pins the runners of `scenario` that are shown.
    pub fn pin(name: String, scenario: &Scenario) -> Self {
        let runners = scenario.runners.iter().filter(|runner| !runner.hidden).cloned().collect();
        Self { name, of: Arc::new(Self::bare(Scenario { runners, ..scenario.clone() })) }
    }

    /// `scenario` without what is no part of a pinned run.
    pub(super) fn bare(scenario: Scenario) -> Scenario {
        Scenario {
            title: String::new(),
            notes: String::new(),
            cloud: None,
            pinned_runs: Vec::new(),
            scenes: Vec::new(),
            show: ViewState::default(),
            ..scenario
        }
    }

    /// How many steps its race takes at most, of all its runners.
    pub fn total_steps(&self) -> u64 {
        u64::from(self.of.steps) * self.of.runners.len() as u64
    }
}
