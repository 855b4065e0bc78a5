//! What is open: the document with its history, its runs, and where the cursor stands. Changed by commands and
//! by the passing of time, which the caller measures: there is no window in here, and the clock is handed in.
//!
//! There is one way of change. An [`Edit`] makes one document of another, and is a pure function; what must be
//! computed anew follows from comparing the two. To take back, to do again, to open and to go back to what was
//! opened are the same comparison with other documents.

mod command;
mod default_lr;
mod document;
mod edit;
mod fitted_view;
mod frame_budget;
mod glide;
mod history;
mod jobs;
mod limits;
mod map_axes;
mod pinned_race;
mod runs;
mod runtime;
mod session;
mod step_cursor;
mod stored_session;
mod stored_tables;
mod story;

pub use command::{Command, Edit, Playback, RunnerEdit};
pub use document::RunnerId;
pub use edit::edit;
pub use frame_budget::{FrameBudget, FrameTimer};
pub use glide::between;
pub use jobs::map_job::MapJob;
pub use jobs::tuning_job::TuningJob;
pub use limits::{can_give, can_pin, has_room_for_runner, most_starts};
pub use map_axes::{MapGround, map_axes};
pub use pinned_race::PinnedRace;
pub use runtime::{Clock, Runtime, SlicedWork, Workers};
pub use session::Session;
pub use step_cursor::SPEEDS;
pub use stored_session::StoredSession;
pub use story::{Guess, GuessVerdict, NEAR, Story};
