//! The frames of the canvas: none where nothing changes.

use egui::{Context, FullOutput, OutputCommand, Plugin, ViewportId};
use std::time::Duration;
use thalweg_session::SlicedWork;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{Closure, wasm_bindgen};
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlCanvasElement;

#[wasm_bindgen(module = "/web/program/frames.js")]
extern "C" {
    /// Has what is open drawn soon.
    pub fn wake_frames();

    /// Has what is open drawn once.
    pub fn draw_once();

    /// Goes on when the browser has done what it has to do meanwhile.
    pub async fn turn();

    /// Waits for as long as nothing that is open may be drawn.
    async fn awake();

    type FrameGate;

    #[wasm_bindgen(constructor)]
    fn new(canvas: &HtmlCanvasElement, due: &JsValue) -> FrameGate;

    #[wasm_bindgen(method)]
    fn rest(this: &FrameGate, is_on: bool);

    #[wasm_bindgen(method)]
    fn end(this: &FrameGate);
}

/// Looks at what each layout leaves behind: when it wants to be drawn again, and the addresses that it opens.
#[derive(Debug, Default)]
struct LayoutWatch {
    /// The least delay since it was asked last; none where nothing was laid out.
    due: Option<Duration>,
    addresses: Vec<String>,
}

impl Plugin for LayoutWatch {
    fn debug_name(&self) -> &'static str {
        "layout watch"
    }

    fn output_hook(&mut self, _: &Context, output: &mut FullOutput) {
        if let Some(window) = output.viewport_output.get(&ViewportId::ROOT) {
            self.due = Some(window.repaint_delay);
        }
        output.platform_output.commands.retain(|command| match command {
            OutputCommand::OpenUrl(address) => {
                self.addresses.push(address.url.clone());
                false
            }
            _ => true,
        });
    }
}

/// The frames of a canvas, from the start of a window to its end.
pub struct Frames {
    gate: FrameGate,
    _due: Closure<dyn Fn() -> f64>,
}

impl Frames {
    /// Begins; `opens` is told the addresses that are to be opened.
    pub fn begin(canvas: &HtmlCanvasElement, ctx: &Context, opens: impl Fn(String) + 'static) -> Self {
        ctx.add_plugin(LayoutWatch::default());
        let ctx = ctx.clone();
        let due = Closure::new(move || {
            let seen = ctx.with_plugin(|watch: &mut LayoutWatch| std::mem::take(watch)).unwrap_or_default();
            seen.addresses.into_iter().for_each(&opens);
            match seen.due {
                None => -1.0,
                Some(Duration::MAX) => f64::INFINITY,
                Some(due) => due.as_secs_f64() * 1000.0,
            }
        });
        Self { gate: FrameGate::new(canvas, due.as_ref()), _due: due }
    }

    /// While it rests, nothing is drawn.
    pub fn rest(&self, is_on: bool) {
        self.gate.rest(is_on);
    }
}

/// The page asks for frames as before.
impl Drop for Frames {
    fn drop(&mut self) {
        self.gate.end();
    }
}

/// Does work a slice at a time between frames, and none while the page rests.
pub fn between_frames(mut work: SlicedWork) {
    spawn_local(async move {
        loop {
            awake().await;
            turn().await;
            if work().is_break() {
                return;
            }
        }
    });
}
