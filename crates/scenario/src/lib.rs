//! The scenario: the document that a preset file holds. Types here; reading, writing and the
//! built-in presets beside it.

pub mod atomic_file;
mod builtin;
mod changes;
mod diagnostic;
mod names;
mod pinned_run;
mod read;
mod read_show;
mod show;
mod start;
mod syntax;
pub mod table;
mod values;
mod write;
mod write_show;

pub use builtin::{ALL as PRESETS, Preset, find as find_preset, open};
pub use changes::{FieldChange, Invalidates, Subject, changes, refused, runner_changes, undo_words};
pub use diagnostic::{Diagnostic, LoadError};
pub use pinned_run::{MAX_PINNED, PinnedRun};
pub use read::{load, parse, restore};
pub use show::{
    BottomPanel, ChartKind, Layer, LayerText, Layers, LookAt, MapAxis, MapMetric, MapView, Page, ViewState,
    XAxis,
};
pub use start::{Draw, Start, StartCloud};
pub use write::{call, save, to_ron, written};

use nalgebra::Vector2;
use thalweg_core::method::gradient::GradientMode;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::surface::Surface;
use thalweg_core::objective::view::View;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::problem::Problem;
use thalweg_core::run::race::Race;
use thalweg_core::run::run_spec::RunSpec;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::described::Described;

/// The most steps that a scenario can ask for.
pub const MAX_STEPS: u32 = 1_000_000;
/// The most runners in a scenario.
pub const MAX_RUNNERS: usize = 32;
/// The most steps of all runners together: what fits in some 400 MB, or 600 MB where what a
/// search or a minibatch asks is counted step by step.
pub const MAX_TOTAL_STEPS: u64 = 10_000_000;

/// The version of the format that this program reads and writes.
const VERSION: u32 = 1;
/// The most characters in a runner's label: what fits on its card.
pub const MAX_LABEL: usize = 60;
/// The most characters in a title: what fits on one line.
pub const MAX_TITLE: usize = 120;
/// The most bytes in a scenario's document.
pub const MAX_BYTES: usize = 1 << 20;

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
    /// What is shown of it all.
    pub show: ViewState,
}

/// When a run ends before its last step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// Converged when the gradient's length is at most this; 0 switches the test off.
    pub gradient: f64,
    /// Diverged when |x| or |y| is larger than this.
    pub divergence: f64,
    /// Stalled when f has not fallen below its lowest for so many steps; 0 switches the test off.
    pub patience: u32,
}

impl Default for Stop {
    fn default() -> Self {
        Self { gradient: 0.0, divergence: 1e12, patience: 0 }
    }
}

/// The colour of a runner: Okabe and Ito's palette, which colour-blind eyes tell apart too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// #0072B2
    Blue,
    /// #E69F00
    Orange,
    /// #009E73
    Green,
    /// #D55E00
    Vermillion,
    /// #CC79A7
    Purple,
    /// #56B4E9
    Sky,
    /// #F0E442
    Yellow,
    /// Black on light, white on dark.
    Ink,
}

impl Color {
    /// All colours, in the order in which runners get them.
    pub const ALL: [Self; 8] = [
        Self::Blue,
        Self::Orange,
        Self::Green,
        Self::Vermillion,
        Self::Purple,
        Self::Sky,
        Self::Yellow,
        Self::Ink,
    ];

    /// The colour that the runner at `index` has unless it says otherwise.
    pub fn of_runner(index: usize) -> Self {
        Self::ALL[index % Self::ALL.len()]
    }

    /// The colour called `name`.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|color| color.name() == name)
    }

    /// The name in a preset.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blue => "Blue",
            Self::Orange => "Orange",
            Self::Green => "Green",
            Self::Vermillion => "Vermillion",
            Self::Purple => "Purple",
            Self::Sky => "Sky",
            Self::Yellow => "Yellow",
            Self::Ink => "Ink",
        }
    }
}

/// One who races.
#[derive(Clone, Debug, PartialEq)]
pub struct Runner {
    /// The name on the card; empty for the optimizer's own.
    pub label: String,
    /// The optimizer with its settings.
    pub optimizer: Chosen<Optimizer>,
    /// How its learning rate changes; `Constant` for a method that has none.
    pub schedule: Chosen<Schedule>,
    /// Which gradient it is given, if not the scenario's.
    pub gradient: Option<Chosen<GradientMode>>,
    /// The colour of its path.
    pub color: Color,
    /// Whether it is left out of the pictures.
    pub hidden: bool,
}

impl Runner {
    /// What to call it: its label, or the name of its optimizer.
    pub fn name(&self) -> &str {
        if self.label.is_empty() { self.optimizer.of.name() } else { &self.label }
    }
}

impl Scenario {
    /// `surface` with its defaults and nobody on it.
    pub fn new(surface: &'static Surface) -> Self {
        let surface = Chosen::with_defaults(surface);
        let (view, start) = Objective::new(&surface).home();
        Self {
            title: String::new(),
            notes: String::new(),
            surface,
            start: Start::At(start),
            view,
            steps: 300,
            gradient: Chosen::default(),
            stop: Stop::default(),
            cloud: None,
            runners: Vec::new(),
            pinned_runs: Vec::new(),
            show: ViewState::default(),
        }
    }

    /// What the runners share.
    pub fn problem(&self) -> Problem {
        Problem {
            objective: Objective::new(&self.surface),
            start: Vector2::from(self.start.point()),
            steps: self.steps,
            tolerance: self.stop.gradient,
            bound: self.stop.divergence,
            patience: self.stop.patience,
        }
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
        let starts = self.cloud.map_or(0, |cloud| u64::from(cloud.count));
        let pinned_runs: u64 = self.pinned_runs.iter().map(PinnedRun::total_steps).sum();
        u64::from(self.steps) * (self.runners.len() as u64 + starts) + pinned_runs
    }

    /// The race at its start.
    pub fn race(&self) -> Race {
        Race::new(self.problem(), self.entries())
    }
}
