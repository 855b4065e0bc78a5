//! The maps that are being computed or shown: over two settings of the focused runner, and over
//! starts.

use super::beside::wake;
use super::needs::Needs;
use super::paint::FigurePainter;
use super::theme::Palette;
use egui::Context;
use std::sync::Arc;
use thalweg_analysis::sweep::axis::{SweepAxis, Varied};
use thalweg_analysis::sweep::theory::{SweepTheory, constant_eigenvalues};
use thalweg_core::math::within::Within;
use thalweg_core::method::gradient::Gradient;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::objective::view::View;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_figure::cache::Derived;
use thalweg_figure::raster::Raster;
use thalweg_figure::scheme::Theme;
use thalweg_figure::settings_map::{self, plan_of, settings_axes, start_axes};
use thalweg_figure::sweep_map::{MapLegend, map_raster};
use thalweg_scenario::{MapMetric, Runner};
use thalweg_session::{FrameBudget, MapJob, Session};

/// Everything that a map depends on.
#[derive(Clone, PartialEq)]
struct MapKey {
    surface: u64,
    start: Option<[f64; 2]>,
    steps: u32,
    bound: f64,
    patience: u32,
    tolerance: f64,
    scale: f64,
    /// What varies is left at its default.
    optimizer: Chosen<Optimizer>,
    schedule: Chosen<Schedule>,
    gradient: Gradient,
    axes: (SweepAxis, Option<SweepAxis>),
}

impl MapKey {
    fn of(
        session: &Session,
        runner: &Runner,
        axes: (SweepAxis, Option<SweepAxis>),
        start: Option<[f64; 2]>,
    ) -> Self {
        let scenario = session.scenario();
        let (mut optimizer, mut schedule) = (runner.optimizer.clone(), runner.schedule.clone());
        let mut start = start;
        for axis in [Some(&axes.0), axes.1.as_ref()].into_iter().flatten() {
            if *axis.varied() == Varied::StartX {
                start = start.map(|[_, y]| [0.0, y]);
            }
            match axis.varied() {
                Varied::Setting(param, _) => optimizer.set(&param.key, param.default_value()),
                Varied::Schedule(param, _) => schedule.set(&param.key, param.default_value()),
                Varied::StartX | Varied::StartY => continue,
            };
        }
        Self {
            surface: session.surface_version(),
            start,
            steps: scenario.steps,
            bound: scenario.stop.divergence,
            patience: scenario.stop.patience,
            tolerance: scenario.show.tolerance,
            scale: settings_map::scale(scenario.view),
            optimizer,
            schedule,
            gradient: scenario.entry(runner).gradient,
            axes,
        }
    }
}

/// What decides how a map is painted: its revision, what is coloured, and the colours.
type PaintedKey = (u64, MapMetric, Theme);

/// A map's colours, and what they mean.
type PaintedMap = (Arc<Raster>, MapLegend);

/// One map: what is wanted, what there is of it, and what there was before.
#[derive(Default)]
pub struct KeptMap {
    key: Option<MapKey>,
    job: Option<MapJob>,
    before: Option<MapJob>,
    is_cancelled: bool,
    /// New with everything that changes the picture.
    revision: u64,
    /// What draws it.
    pub painter: FigurePainter,
    painted: Derived<PaintedKey, Option<PaintedMap>>,
}

impl KeptMap {
    /// Begins what is wanted anew if it is another map, and takes in what has come.
    fn update(&mut self, ctx: &Context, session: &Session, wanted: Option<MapKey>) {
        let Some(key) = wanted else {
            // A map that nobody looks at is not computed on.
            if self.job.as_ref().is_some_and(|job| !job.is_done()) {
                *self = Self::default();
            }
            return;
        };
        if self.key.as_ref() != Some(&key) {
            if let Some(job) = self.job.take().filter(MapJob::has_picture) {
                // Only what is there of it is still of use.
                job.cancel();
                self.before = Some(job);
            }
            let ctx = ctx.clone();
            self.job = plan_of(session, key.axes.clone())
                .map(|plan| MapJob::begin(plan, session.runtime(), move || wake(&ctx)));
            self.key = Some(key);
            self.is_cancelled = false;
            self.revision += 1;
        }
        if let Some(job) = &mut self.job {
            let timer = session.begin(FrameBudget::JOB);
            self.revision += u64::from(job.poll(|| timer.is_over()));
            if job.needs_polling() {
                ctx.request_repaint();
            }
            if job.has_picture() {
                self.before = None;
            }
        }
    }

    /// The map that can be shown, and whether it is an old one.
    pub fn shown(&self) -> Option<(&MapJob, bool)> {
        let new = self.job.as_ref().filter(|job| job.has_picture()).map(|job| (job, false));
        new.or_else(|| self.before.as_ref().map(|job| (job, true)))
    }

    /// Which part is computed; none once all is, or it was cancelled.
    pub fn progress(&self) -> Option<f32> {
        let job = self.job.as_ref().filter(|job| !job.is_done() && !self.is_cancelled)?;
        Some(job.progress())
    }

    /// Whether it was cancelled before it was done.
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled
    }

    /// Stops computing.
    pub fn cancel(&mut self) {
        if let Some(job) = &self.job {
            job.cancel();
            self.is_cancelled = true;
        }
    }

    /// Computes it anew.
    pub fn again(&mut self) {
        self.key = None;
    }

    /// The cells' colours, as far as they are there, with what they mean.
    pub fn picture(
        &mut self,
        session: &Session,
        metric: MapMetric,
        palette: &Palette,
    ) -> Option<(Arc<Raster>, &MapLegend)> {
        let shown = |job: &MapJob| {
            let found = |column, row| job.found(column, row);
            let (raster, legend) =
                map_raster(job.plan(), found, &session.race().problem().objective, metric, &palette.scheme);
            (Arc::new(raster), legend)
        };
        let new = self.job.as_ref().filter(|job| job.has_picture()).or(self.before.as_ref());
        let key = (self.revision, metric, palette.scheme.theme);
        let (raster, legend) = self.painted.get_or(key, || new.map(shown)).as_ref()?;
        Some((Arc::clone(raster), legend))
    }
}

/// Both maps.
#[derive(Default)]
pub struct Maps {
    /// Over two settings.
    pub settings: KeptMap,
    /// Over starts.
    pub starts: KeptMap,
    /// The eigenvalues of a surface that is quadratic all over a view.
    quadratic: Derived<(u64, View), Option<[f64; 2]>>,
    theory: Derived<TheoryKey, Option<SweepTheory>>,
}

/// What theory's lines on a map depend on: the method, whether its rate stays, the eigenvalues, and the sides.
type TheoryKey = (Chosen<Optimizer>, bool, Option<[f64; 2]>, (SweepAxis, Option<SweepAxis>));

impl Maps {
    /// What theory draws on the map over settings with these sides, if the surface is quadratic all over the view. The best
    /// settings of a typed rule are searched for.
    pub fn theory(&mut self, session: &Session, x: &SweepAxis, y: Option<&SweepAxis>) -> Option<SweepTheory> {
        let (runner, _) = session.focused()?;
        let eigenvalues = self.quadratic.kept().copied().flatten();
        let is_constant = runner.schedule.of.is_constant();
        let key = (runner.optimizer.clone(), is_constant, eigenvalues, (x.clone(), y.cloned()));
        self.theory.get_or(key, || settings_map::theory(session, eigenvalues, x, y)).clone()
    }

    /// Sees to the maps that the window shows. `seen` is the part of the plane that is seen.
    pub fn update(&mut self, ctx: &Context, session: &Session, needs: Needs, seen: Option<View>) {
        let runner = session.focused().map(|(runner, _)| runner);
        let settings = runner.filter(|_| needs.has(Needs::SETTINGS_MAP)).and_then(|runner| {
            let axes = settings_axes(session)?;
            Some(MapKey::of(session, runner, axes, Some(session.scenario().start.point())))
        });
        self.settings.update(ctx, session, settings);
        if needs.has(Needs::SETTINGS_MAP) {
            let (surface, view) = (session.surface_version(), session.scenario().view);
            let objective = &session.race().problem().objective;
            self.quadratic.get_or((surface, view), || constant_eigenvalues(objective, view));
        }
        let starts = runner.filter(|_| needs.has(Needs::STARTS_MAP)).zip(seen).and_then(|(runner, view)| {
            let axes = start_axes(&session.race().problem().objective, view)?;
            Some(MapKey::of(session, runner, axes, None))
        });
        self.starts.update(ctx, session, starts);
    }
}

/// The value at a part of an axis as a hand sets it, in three digits.
pub fn by_hand(axis: &SweepAxis, part: f64) -> Option<Value> {
    let value = crate::words::text::digits(axis.at(part.within(0.0, 1.0)), 3).parse().ok()?;
    let value = axis.varied().range().rounded(value);
    axis.varied().accepts(value).then_some(Value::Number(value))
}
