//! What theory says of the focused runner at the cursor: worked out once, for every part of the window that
//! shows it.

use nalgebra::Vector2;
use std::borrow::Cow;
use std::cell::RefCell;
use std::sync::Arc;
use thalweg_analysis::local::direction::{DirectionalDerivatives, SurfaceCut};
use thalweg_analysis::local::taylor::TaylorModel;
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_analysis::spectral::hessian_estimate::HessianEstimate;
use thalweg_analysis::spectral::preconditioned::Preconditioned;
use thalweg_analysis::spectral::rate::ConvergenceRates;
use thalweg_analysis::spectral::spectral_report::SpectralReport;
use thalweg_analysis::spectral::stability;
use thalweg_core::method::state::State;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::run::run::Run;
use thalweg_core::spec::chosen::Chosen;
use thalweg_figure::cache::Derived;
use thalweg_scenario::LookAt;
use thalweg_session::Session;

/// A run's number and a step of it.
type RunStep = (u64, u32);

/// A report's surface, the focused run, whether it is computed to the cursor, the cursor, and the point.
type ReportKey = (u64, Option<(u64, bool)>, u32, Vector2<f64>);

/// The cut's surface, point, direction, reach and number of samples.
type CutKey = (u64, Vector2<f64>, Vector2<f64>, f64, usize);

/// A trusted step's surface, point, way and number of places to look at.
type TrustKey = (u64, Vector2<f64>, Vector2<f64>, u32);

/// A method, and the eigenvalues of the Hessian that its best settings are for.
type BestKey = (Chosen<Optimizer>, [f64; 2]);

/// Keys and values of settings.
type SettingNumbers = Vec<(Cow<'static, str>, f64)>;

/// The readings, each kept until what it depends on is another one.
#[derive(Default)]
pub struct Readings {
    /// The state that the focused runner's step leaves from: it may take a hundred steps to replay, and is
    /// gone on with from the last one of the same run.
    state: RefCell<Derived<RunStep, State<f64>>>,
    preconditioned: RefCell<Derived<RunStep, Option<Preconditioned>>>,
    estimate: RefCell<Derived<RunStep, Option<HessianEstimate>>>,
    step: RefCell<Derived<RunStep, Option<Arc<StepTrace>>>>,
    rates: RefCell<Derived<(RunStep, u64), Option<ConvergenceRates>>>,
    report: RefCell<Derived<ReportKey, Arc<SpectralReport>>>,
    cut: RefCell<Derived<CutKey, Arc<SurfaceCut>>>,
    trusted: RefCell<Derived<TrustKey, Option<f64>>>,
    best: RefCell<Derived<BestKey, Option<SettingNumbers>>>,
}

impl Readings {
    /// The preconditioned Hessian where the focused runner stands, for a method that scales its coordinates.
    pub fn preconditioned(&self, session: &Session) -> Option<Preconditioned> {
        let (key, run) = focused(session)?;
        if !run.optimizer().theory.scales_coordinates() {
            return None;
        }
        let make = || Preconditioned::from(run, session.race().problem(), &self.state(session, key, run));
        *self.preconditioned.borrow_mut().get_or(key, make)
    }

    /// What the focused runner has learnt of the curvature, where the spectral panel looks at its place and
    /// it has learnt any.
    pub fn estimate(&self, session: &Session) -> Option<HessianEstimate> {
        let (key, run) = focused(session).filter(|_| session.look_at() == LookAt::Current)?;
        run.optimizer().estimate?;
        let make =
            || HessianEstimate::in_state(run, session.race().problem(), &self.state(session, key, run));
        *self.estimate.borrow_mut().get_or(key, make)
    }

    /// The focused runner's next step, taken apart: the one that leaves from the cursor; none where the run
    /// has ended.
    pub fn step(&self, session: &Session) -> Option<Arc<StepTrace>> {
        let (key, run) = focused(session).filter(|_| session.has_step())?;
        let make = || {
            let known = self.state(session, key, run);
            StepTrace::of(run, session.race().problem(), Some(&known), session.cursor()).map(Arc::new)
        };
        self.step.borrow_mut().get_or(key, make).clone()
    }

    /// The best settings of the focused runner's method where the Hessian has these eigenvalues, where they are known or a
    /// search finds them.
    pub fn best(&self, optimizer: &Chosen<Optimizer>, eigenvalues: [f64; 2]) -> Option<SettingNumbers> {
        let [smallest, largest] = eigenvalues;
        let make = || stability::optimal(&optimizer.of, &optimizer.prepare(), smallest, largest);
        self.best.borrow_mut().get_or((optimizer.clone(), eigenvalues), make).clone()
    }

    /// The focused runner's rates at the cursor, promised and measured.
    pub fn rates(&self, session: &Session) -> Option<ConvergenceRates> {
        let (key, run) = focused(session)?;
        let make = || ConvergenceRates::at(run, session.race().problem(), key.1);
        self.rates.borrow_mut().get_or((key, session.surface_version()), make).clone()
    }

    /// What theory says at a point, of the focused runner's step at the cursor. A product over all steps may be in it.
    pub fn report(&self, session: &Session, point: Vector2<f64>) -> Arc<SpectralReport> {
        let (problem, run) = (session.race().problem(), session.focused_run());
        // Of a run that has ended before, the step at which it did.
        let end = run.and_then(|(_, run)| run.trajectory().ending()).map_or(u32::MAX, |ending| ending.step);
        let cursor = session.cursor().min(end);
        let known = run.map(|(version, run)| (version, run.trajectory().last_step() >= cursor));
        let key = (session.surface_version(), known, cursor, point);
        let make = || Arc::new(SpectralReport::at(problem, point, run.map(|(_, run)| run), cursor));
        Arc::clone(self.report.borrow_mut().get_or(key, make))
    }

    /// The cut through the surface at the model's point.
    pub fn cut(
        &self,
        session: &Session,
        model: &TaylorModel,
        direction: DirectionalDerivatives,
        reach: f64,
        count: usize,
    ) -> Arc<SurfaceCut> {
        let key = (session.surface_version(), model.at, direction.d, reach, count);
        let objective = &session.race().problem().objective;
        let make =
            || Arc::new(SurfaceCut::of(objective, model.at, model.curvature.value, direction, reach, count));
        Arc::clone(self.cut.borrow_mut().get_or(key, make))
    }

    /// How far the model is right along a step; see [`TaylorModel::trusted`].
    pub fn trusted(
        &self,
        session: &Session,
        model: &TaylorModel,
        step: Vector2<f64>,
        places: u32,
    ) -> Option<f64> {
        let key = (session.surface_version(), model.at, step, places);
        let objective = &session.race().problem().objective;
        let make = || model.trusted(objective, step / step.norm(), step.norm(), places);
        *self.trusted.borrow_mut().get_or(key, make)
    }

    fn state(&self, session: &Session, key: RunStep, run: &Run) -> State<f64> {
        let go_on = |last: Option<&(RunStep, State<f64>)>| {
            let known = last.filter(|((version, _), _)| *version == key.0).map(|(_, state)| state);
            run.state_after(session.race().problem(), known, key.1)
        };
        *self.state.borrow_mut().get_or_from(key, go_on)
    }
}

/// The focused run, with its number and the step at which it stands: while it is still computed, that may
/// be an earlier one than the cursor.
fn focused(session: &Session) -> Option<(RunStep, &Run)> {
    let (_, run) = session.focused()?;
    let step = session.cursor().min(run.trajectory().last_step());
    Some(((session.run_version(session.focus()), step), run))
}
