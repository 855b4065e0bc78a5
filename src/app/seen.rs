//! What theory says of a runner at the cursor, kept for everybody who shows it in a frame.

use egui::{Context, Id};
use nalgebra::Vector2;
use std::sync::Arc;
use thalweg_analysis::local::direction::{DirectionalDerivatives, SurfaceCut};
use thalweg_analysis::local::taylor::TaylorModel;
use thalweg_analysis::spectral::preconditioned::Preconditioned;
use thalweg_analysis::spectral::rate::ConvergenceRates;
use thalweg_core::method::state::State;
use thalweg_core::method::theory::Theory;
use thalweg_session::Session;

/// The run and the state that the step leaves from, and what the method makes of the curvature there.
type Scaled = (u64, State<f64>, Option<Preconditioned>);

/// The preconditioned Hessian at a runner's place, for a method that scales its coordinates. Kept until
/// run or step is another one, and gone on with from there: it may take a hundred steps to replay.
pub fn preconditioned(ctx: &Context, session: &Session, index: usize) -> Option<Preconditioned> {
    let (_, run) = session.runners().nth(index)?;
    let Theory::Preconditioned { .. } = run.optimizer().theory else { return None };
    // While the run is still computed, it may stand at an earlier step than the cursor.
    let step = session.cursor().min(run.trajectory().last_step());
    let version = session.version(index);
    let id = Id::unique("preconditioned Hessian").with(index);
    let kept = ctx.data(|data| data.get_temp::<Scaled>(id)).filter(|(kept, ..)| *kept == version);
    if let Some((_, _, seen)) = kept.filter(|(_, state, _)| state.step == step) {
        return seen;
    }
    let problem = session.race().problem();
    let state = run.state_after(problem, kept.as_ref().map(|(_, state, _)| state), step);
    let seen = Preconditioned::from(run, problem, &state);
    ctx.data_mut(|data| data.insert_temp(id, (version, state, seen)));
    seen
}

/// The focused runner's rates at the cursor, promised and measured.
pub fn rates(ctx: &Context, session: &Session) -> Option<ConvergenceRates> {
    let (_, run) = session.focused()?;
    let step = session.cursor().min(run.trajectory().last_step());
    let key = (session.version(session.focus()), step, session.surface_version());
    let rates = || ConvergenceRates::at(run, session.race().problem(), step);
    remembered(ctx, Id::unique("rates of the focused runner"), key, rates)
}

/// The cut through the surface at the model's point.
pub fn cut(
    ctx: &Context,
    session: &Session,
    model: &TaylorModel,
    direction: DirectionalDerivatives,
    reach: f64,
    count: usize,
) -> Arc<SurfaceCut> {
    let key = (session.surface_version(), model.at, direction.d, reach, count);
    let objective = &session.race().problem().objective;
    let cut = || SurfaceCut::of(objective, model.at, model.curvature.value, direction, reach, count);
    remembered(ctx, Id::unique("cut along the dial"), key, || Arc::new(cut()))
}

/// How far the model is right along a step; see [`TaylorModel::trusted`].
pub fn trusted(
    ctx: &Context,
    session: &Session,
    model: &TaylorModel,
    step: Vector2<f64>,
    places: u32,
) -> Option<f64> {
    let key = (session.surface_version(), model.at, step, places);
    let objective = &session.race().problem().objective;
    let trusted = || model.trusted(objective, step / step.norm(), step.norm(), places);
    remembered(ctx, Id::unique("trust along the step"), key, trusted)
}

/// What `make` gives, made anew only when the key is another one: a frame is not to look at all the data
/// for what the last one has found.
fn remembered<K, V>(ctx: &Context, id: Id, key: K, make: impl FnOnce() -> V) -> V
where
    K: Clone + PartialEq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    if let Some((_, kept)) = ctx.data(|data| data.get_temp::<(K, V)>(id)).filter(|(of, _)| *of == key) {
        return kept;
    }
    let made = make();
    ctx.data_mut(|data| data.insert_temp(id, (key, made.clone())));
    made
}
