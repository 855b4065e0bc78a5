//! Fingers on the plots: one drags what it touches, two move and zoom what is seen and drag nothing.
//!
//! A pinch begins with one finger, which the window takes for the pointer. So a finger that is alone takes hold of
//! nothing before it has been alone for a moment, and after two were down nothing is dragged until all are lifted.

use egui::{Context, Id, InputState, Pos2, Vec2};
use std::time::Duration;

/// How long a finger must be alone before it drags something, in seconds: the second finger of a pinch lands sooner.
const ALONE: f64 = 0.08;

/// How near something must be to be taken hold of, in points: by a mouse, and by a finger, which hides what it touches.
const REACH: [f32; 2] = [18.0, 36.0];

/// What is known of the fingers that are down, or were down last.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Fingers {
    is_down: bool,
    /// When the first of them landed; none where the pointer is a mouse.
    since: Option<f64>,
    /// Whether there were several at once.
    were_several: bool,
}

impl Fingers {
    fn with(self, input: &InputState) -> Self {
        let is_down = input.any_touches();
        let has_landed = is_down && !self.is_down;
        let is_mouse = !is_down && input.pointer.any_pressed();
        let new = if has_landed || is_mouse { Self::default() } else { self };
        let since = if has_landed { Some(input.time) } else { new.since };
        Self { is_down, since, were_several: new.were_several || input.multi_touch().is_some() }
    }

    fn now(ctx: &Context) -> Self {
        let id = Id::unique("fingers on the plots");
        let known: Self = ctx.data(|data| data.get_temp(id)).unwrap_or_default();
        let now = ctx.input(|input| known.with(input));
        if now != known {
            ctx.data_mut(|data| data.insert_temp(id, now));
        }
        now
    }
}

/// Takes in what the fingers do: in each frame, so that no lift is missed.
pub fn follow(ctx: &Context) {
    Fingers::now(ctx);
}

/// Whether a click is meant: not where two fingers were lifted.
pub fn may_click(ctx: &Context) -> bool {
    !Fingers::now(ctx).were_several
}

/// Whether a drag drags what is below the pointer: a mouse's does, and that of a finger that is alone.
pub fn may_drag(ctx: &Context) -> bool {
    let fingers = Fingers::now(ctx);
    let Some(since) = fingers.since else { return true };
    let left = ALONE - (ctx.input(|input| input.time) - since);
    if !fingers.were_several && left > 0.0 {
        ctx.request_repaint_after(Duration::from_secs_f64(left));
    }
    !fingers.were_several && left <= 0.0
}

/// How near something must be to be taken hold of, in points.
pub fn reach(ctx: &Context) -> f32 {
    REACH[usize::from(Fingers::now(ctx).since.is_some())]
}

/// Where the middle between two fingers is, and how far they have moved it; none where there are not two.
pub fn pair(ctx: &Context) -> Option<(Pos2, Vec2)> {
    ctx.input(|input| input.multi_touch().map(|touch| (touch.center_pos, touch.translation_delta)))
}
