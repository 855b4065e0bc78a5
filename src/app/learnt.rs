//! What the focused runner has learnt of the curvature, for everybody who shows it in a frame.

use crate::analysis::estimate::Estimate;
use crate::session::{LookAt, Session};
use egui::{Context, Id};

/// To what an estimate belongs: the focused runner, its run and the step.
type Key = (usize, u64, u32);

/// The focused runner's estimate, where the spectral panel looks at its place and it has one. Kept
/// until runner or step is another one: it may take a thousand steps to replay.
pub fn estimate(ctx: &Context, session: &Session) -> Option<Estimate> {
    let (_, lane) = session.focused().filter(|_| session.look_at() == LookAt::Current)?;
    lane.optimizer().estimate?;
    // While the run is still computed, it may stand at an earlier step than the cursor.
    let step = session.cursor().min(lane.trajectory().last_step());
    let key: Key = (session.focus(), session.version(session.focus()), step);
    let id = Id::unique("estimate of the curvature");
    let kept = ctx.data(|data| data.get_temp::<(Key, Option<Estimate>)>(id));
    if let Some((_, estimate)) = kept.filter(|(kept, _)| *kept == key) {
        return estimate;
    }
    let estimate = Estimate::at(lane, session.race().course(), step);
    ctx.data_mut(|data| data.insert_temp(id, (key, estimate)));
    estimate
}
