//! The map over the focused runner's settings, and the one over starts: what they are of in a session, and their cells.

use crate::plane::ShownStarts;
use crate::raster::Raster;
use crate::scheme::Scheme;
use crate::sweep_map::{MapLegend, OutcomeShare, map_raster};
use std::sync::Arc;
use thalweg_analysis::sweep::axis::{SweepAxis, Varied};
use thalweg_analysis::sweep::outcome::CellResult;
use thalweg_analysis::sweep::plan::SweepPlan;
use thalweg_analysis::sweep::theory::SweepTheory;
use thalweg_core::math::within::Within;
use thalweg_core::objective::objective::Objective;
use thalweg_core::objective::view::View;
use thalweg_scenario::{MapMetric, MapView, Runner};
use thalweg_session::{MapGround, Session, map_axes};

/// How many cells a map has along a side.
pub const CELLS: usize = 256;
/// How many cells the map over the starts on a line has.
const LINE_CELLS: usize = 1024;

/// The axes of the map over the focused runner's settings; none where it has none that vary.
pub fn settings_axes(session: &Session) -> Option<(SweepAxis, Option<SweepAxis>)> {
    let (runner, _) = session.focused()?;
    axes_of(session, &session.scenario().show.map, runner)
}

/// The axes that a map of a session's runner has.
pub fn axes_of(session: &Session, map: &MapView, runner: &Runner) -> Option<(SweepAxis, Option<SweepAxis>)> {
    map_axes(map, (&runner.optimizer.of, &runner.schedule.of), &ground(session), [CELLS; 2])
}

/// What the sides of its maps follow.
pub fn ground(session: &Session) -> MapGround {
    MapGround::of(session.race().problem(), session.scenario().view)
}

/// The whole range of what varies, for the focused runner.
pub fn along(session: &Session, varied: Varied) -> Option<SweepAxis> {
    let (runner, _) = session.focused()?;
    ground(session).along(&runner.optimizer.of, varied, CELLS)
}

/// The axes of the map over starts in a part of the plane, in cells that are about square, or of a function of x alone
/// along the line; none where the view is none.
pub fn start_axes(objective: &Objective, view: View) -> Option<(SweepAxis, Option<SweepAxis>)> {
    if objective.is_univariate() {
        return Some((SweepAxis::new(Varied::StartX, view.x, LINE_CELLS)?, None));
    }
    let shape = ((view.y.1 - view.y.0) / (view.x.1 - view.x.0)).within(0.1, 4.0);
    let rows = (libm::round(CELLS as f64 * shape) as usize).max(1);
    Some((SweepAxis::new(Varied::StartX, view.x, CELLS)?, SweepAxis::new(Varied::StartY, view.y, rows)))
}

/// What a run's end is measured with, to two digits: a view that is moved keeps its size, but not to the last bit.
pub fn scale(view: View) -> f64 {
    crate::numbers::digits(view.diagonal(), 2).parse().unwrap_or(1.0)
}

/// The plan of a map of the focused runner.
pub fn plan_of(session: &Session, axes: (SweepAxis, Option<SweepAxis>)) -> Option<SweepPlan> {
    let (runner, _) = session.focused()?;
    let scenario = session.scenario();
    let entry = scenario.entry(runner);
    let tolerance = scenario.show.tolerance;
    Some(SweepPlan::new(entry, session.race().problem(), axes, tolerance, scale(scenario.view)))
}

/// The value that the focused runner has now of what varies along an axis.
pub fn present(session: &Session, axis: &SweepAxis) -> Option<f64> {
    let (runner, _) = session.focused()?;
    match axis.varied() {
        Varied::Setting(param, _) => runner.optimizer.number(&param.key),
        Varied::Schedule(param, _) => runner.schedule.number(&param.key),
        Varied::StartX => Some(session.scenario().start.point()[0]),
        Varied::StartY => Some(session.scenario().start.point()[1]),
    }
}

/// The parts of the two axes that the present settings are at.
pub fn present_parts(session: &Session, x: &SweepAxis, y: Option<&SweepAxis>) -> Option<[f64; 2]> {
    let part = |axis: &SweepAxis| present(session, axis).map(|value| axis.part(value));
    part(x).zip(y.map_or(Some(0.5), part)).map(Into::into)
}

/// What theory draws on the map of the focused runner's settings, where the surface is quadratic with
/// these eigenvalues.
pub fn theory(
    session: &Session,
    eigenvalues: Option<[f64; 2]>,
    x: &SweepAxis,
    y: Option<&SweepAxis>,
) -> Option<SweepTheory> {
    let (runner, _) = session.focused().filter(|(runner, _)| runner.schedule.of.is_constant())?;
    SweepTheory::of(&runner.optimizer, [Some(x), y], eigenvalues?)
}

/// A map with all of its cells.
#[derive(Clone, Debug)]
pub struct ComputedMap {
    /// What it is of.
    pub plan: SweepPlan,
    /// The cells, row by row from the lower left.
    cells: Vec<Option<CellResult>>,
}

impl ComputedMap {
    /// Computes all cells of a plan.
    pub fn of(plan: SweepPlan) -> Self {
        let mut cells = vec![None; plan.order().len()];
        let mut tools = plan.trials();
        for piece in plan.pieces() {
            let found = plan.compute(&mut tools, piece.clone());
            for (turn, cell) in piece.zip(found) {
                cells[plan.order().index(turn)] = Some(cell);
            }
        }
        Self { plan, cells }
    }

    /// The cells' colours, and what they mean.
    pub fn raster(&self, session: &Session, metric: MapMetric, scheme: &Scheme) -> (Raster, MapLegend) {
        let columns = self.plan.x().count();
        let found = |column: usize, row: usize| self.cells.get(row * columns + column)?.as_ref();
        map_raster(&self.plan, found, &session.race().problem().objective, metric, scheme)
    }
}

/// The map over starts as the plane shows it.
pub fn shown_starts(
    raster: Arc<Raster>,
    plan: &SweepPlan,
    is_old: bool,
    kinds: &[OutcomeShare],
) -> Option<ShownStarts> {
    let (x, y) = (plan.x().ends(), plan.y().map_or((0.0, 0.0), SweepAxis::ends));
    let keys = kinds.iter().map(|kind| (kind.color, kind.told())).collect();
    Some(ShownStarts { raster, view: View { x, y }, is_old, keys })
}
