//! Pauses in long work, in which the browser draws and hears.

use super::frames::wake_frames;
use js_sys::{Function, Promise, Reflect, global};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

/// Goes on when the browser has done what it has to do meanwhile.
pub async fn pause() {
    let promise = Promise::new(&mut |resolve: Function, _| {
        let later = Reflect::get(&global(), &"setTimeout".into()).ok();
        let set = later.and_then(|later| later.dyn_into::<Function>().ok());
        let is_set = set.is_some_and(|set| set.call2(&JsValue::NULL, &resolve, &0.into()).is_ok());
        if !is_set {
            // Without a timer it goes on at once.
            let _ = resolve.call0(&JsValue::NULL);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Does something when the present frame is over; then a new one is drawn.
pub fn soon(work: impl FnOnce() + 'static) {
    spawn_local(async move {
        pause().await;
        work();
        wake_frames();
    });
}
