//! What the focused runner has learnt of the curvature, for everybody who shows it in a frame.

use egui::{Context, Id};
use thalweg_analysis::spectral::hessian_estimate::HessianEstimate;
use thalweg_core::method::state::State;
use thalweg_scenario::LookAt;
use thalweg_session::Session;

/// The run that a state belongs to, the state, and what is estimated in it.
type Kept = (u64, State<f64>, Option<HessianEstimate>);

/// The focused runner's estimate, where the spectral panel looks at its place and it has one. Kept
/// until runner or step is another one, and gone on with from there: it may take a hundred steps to
/// replay.
pub fn estimate(ctx: &Context, session: &Session) -> Option<HessianEstimate> {
    let (_, run) = session.focused().filter(|_| session.look_at() == LookAt::Current)?;
    run.optimizer().estimate?;
    // While the run is still computed, it may stand at an earlier step than the cursor.
    let step = session.cursor().min(run.trajectory().last_step());
    let version = session.version(session.focus());
    let id = Id::unique("estimate of the curvature");
    let kept = ctx.data(|data| data.get_temp::<Kept>(id)).filter(|(kept, ..)| *kept == version);
    if let Some((_, _, estimate)) = kept.filter(|(_, state, _)| state.step == step) {
        return estimate;
    }
    let problem = session.race().problem();
    let state = run.state_after(problem, kept.as_ref().map(|(_, state, _)| state), step);
    let estimate = HessianEstimate::in_state(run, problem, &state);
    ctx.data_mut(|data| data.insert_temp(id, (version, state, estimate)));
    estimate
}
