//! What is found out beside the window, which goes on drawing.

use egui::Context;
use std::ops::ControlFlow;
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
        wake(&ctx);
    };
    match runtime.workers {
        // Where there is no thread to be had, the receiver is told by the sender that is gone.
        Workers::Threads => drop(std::thread::Builder::new().name("beside".to_owned()).spawn(work)),
        Workers::Caller => work(),
        // It cannot be cut; between frames there is at least a picture that says so.
        Workers::BetweenFrames(call) => {
            let mut work = Some(work);
            call(Box::new(move || {
                if let Some(work) = work.take() {
                    work();
                }
                ControlFlow::Break(())
            }));
        }
    }
    receiver
}

/// Has the window drawn once, from wherever it is asked.
pub fn wake(ctx: &Context) {
    ctx.request_repaint();
    #[cfg(target_arch = "wasm32")]
    super::web::frames::draw_once();
}
