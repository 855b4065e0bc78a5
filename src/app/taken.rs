//! The focused runner's next step, taken apart, for everybody who shows it in a frame.

use egui::{Context, Id};
use std::sync::Arc;
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_session::Session;

/// The run that a step belongs to, and the step.
type Kept = (u64, Arc<StepTrace>);

/// The step that leaves from the cursor; none where the run has ended. Kept until runner or step is another
/// one, and gone on with from there: its state may take a hundred steps to replay.
pub fn step(ctx: &Context, session: &Session) -> Option<Arc<StepTrace>> {
    let (_, run) = session.focused().filter(|_| session.has_step())?;
    let version = session.version(session.focus());
    let id = Id::unique("step taken apart");
    let kept = ctx.data(|data| data.get_temp::<Kept>(id)).filter(|(kept, _)| *kept == version);
    if let Some((_, apart)) = kept.as_ref().filter(|(_, apart)| apart.state.step == session.cursor()) {
        return Some(Arc::clone(apart));
    }
    let known = kept.as_ref().map(|(_, apart)| &apart.state);
    let apart = Arc::new(StepTrace::of(run, session.race().problem(), known, session.cursor())?);
    ctx.data_mut(|data| data.insert_temp(id, (version, Arc::clone(&apart))));
    Some(apart)
}
