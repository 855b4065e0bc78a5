//! What theory says of a runner at the cursor, kept for everybody who shows it in a frame.

use crate::analysis::preconditioned::Preconditioned;
use crate::analysis::rate::Rates;
use crate::descent::optimizer::{State, Theory};
use crate::session::Session;
use egui::{Context, Id};

/// The run and the state that the step leaves from, and what the method makes of the curvature there.
type Scaled = (u64, State<f64>, Option<Preconditioned>);

/// The preconditioned Hessian at a runner's place, for a method that scales its coordinates. Kept until
/// run or step is another one, and gone on with from there: it may take a thousand steps to replay.
pub fn preconditioned(ctx: &Context, session: &Session, index: usize) -> Option<Preconditioned> {
    let (_, lane) = session.runners().nth(index)?;
    let Theory::Preconditioned { .. } = lane.optimizer().theory else { return None };
    // While the run is still computed, it may stand at an earlier step than the cursor.
    let step = session.cursor().min(lane.trajectory().last_step());
    let version = session.version(index);
    let id = Id::unique("preconditioned Hessian").with(index);
    let kept = ctx.data(|data| data.get_temp::<Scaled>(id)).filter(|(kept, ..)| *kept == version);
    if let Some((_, _, seen)) = kept.filter(|(_, state, _)| state.step == step) {
        return seen;
    }
    let course = session.race().course();
    let state = lane.state_after(course, kept.as_ref().map(|(_, state, _)| state), step);
    let seen = Preconditioned::from(lane, course, &state);
    ctx.data_mut(|data| data.insert_temp(id, (version, state, seen)));
    seen
}

/// The run, the step and the surface, and the rates there.
type Told = ((u64, u32, u64), Option<Rates>);

/// The focused runner's rates at the cursor, promised and measured.
pub fn rates(ctx: &Context, session: &Session) -> Option<Rates> {
    let (_, lane) = session.focused()?;
    let step = session.cursor().min(lane.trajectory().last_step());
    let key = (session.version(session.focus()), step, session.surface_version());
    let id = Id::unique("rates of the focused runner");
    if let Some((_, rates)) = ctx.data(|data| data.get_temp::<Told>(id)).filter(|(kept, _)| *kept == key) {
        return rates;
    }
    let rates = Rates::at(lane, session.race().course(), step);
    ctx.data_mut(|data| data.insert_temp(id, (key, rates.clone())));
    rates
}
