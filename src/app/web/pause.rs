//! Pauses in long work, in which the browser draws and hears.

use super::frames::{awake, turn};
use thalweg_session::SlicedWork;
use wasm_bindgen_futures::spawn_local;

/// Goes on when the browser has done what it has to do meanwhile.
pub async fn pause() {
    turn().await;
}

/// Does work a slice at a time between frames, and none while the page rests.
pub fn between_frames(mut work: SlicedWork) {
    spawn_local(async move {
        loop {
            awake().await;
            pause().await;
            if work().is_break() {
                return;
            }
        }
    });
}
