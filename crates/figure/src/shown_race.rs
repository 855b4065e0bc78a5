//! The runners of a session, as figures show them.

use crate::marker::MarkerShape;
use crate::run_paths::{ShownPinned, ShownRunner};
use thalweg_scenario::Layer;
use thalweg_session::Session;

/// All runners.
pub fn runners(session: &Session) -> Vec<ShownRunner<'_>> {
    let runners = session.runners().enumerate().map(|(index, (runner, run))| ShownRunner {
        shape: MarkerShape::of(&session.scenario().runners, index),
        run,
        version: session.run_version(index),
        is_hidden: runner.hidden,
        is_focused: session.focus() == index,
    });
    runners.collect()
}

/// The pinned runs, where they are shown.
pub fn pinned(session: &Session) -> Vec<ShownPinned<'_>> {
    let is_shown = session.scenario().show.layers.has(Layer::PinnedRuns);
    let pinned = session.pinned_runs().filter(|_| is_shown).flat_map(|(pin, pinned)| {
        let mark = pinned.mark();
        pinned.runners().map(move |(runner, run, version)| ShownPinned {
            pin: &pin.name,
            mark,
            color: runner.color,
            run,
            version,
        })
    });
    pinned.collect()
}
