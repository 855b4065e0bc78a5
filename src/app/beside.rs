//! What is found out beside the window, which goes on drawing.

use egui::Context;
use std::sync::mpsc::{Receiver, channel};
use thalweg_session::{Runtime, Workers};

/// Does something beside the window, where there are threads. What comes of it wakes the window.
pub fn beside<T: Send + 'static>(
    runtime: Runtime,
    ctx: &Context,
    work: impl FnOnce() -> T + Send + 'static,
) -> Receiver<T> {
    let (sender, receiver) = channel();
    let ctx = ctx.clone();
    let work = move || {
        // The receiver is gone where nobody waits any more.
        let _ = sender.send(work());
        ctx.request_repaint();
    };
    match runtime.workers {
        // Where there is no thread to be had, the receiver is told by the sender that is gone.
        Workers::Threads => drop(std::thread::Builder::new().name("beside".to_owned()).spawn(work)),
        #[cfg(not(target_arch = "wasm32"))]
        Workers::Caller => work(),
        // A page draws first.
        #[cfg(target_arch = "wasm32")]
        Workers::Caller => super::web::pause::soon(work),
    }
    receiver
}
