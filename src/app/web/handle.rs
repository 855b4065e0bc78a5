//! The handle by which a page drives the program.

use super::frames::{Frames, wake_frames};
use super::page::{HostPage, PageFile};
use super::page_app::{Attention, PageApp, still_of};
use eframe::{WebOptions, WebRunner};
use egui::Context;
use js_sys::{Function, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use thalweg_scenario::Link;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlCanvasElement;

/// The program in a page.
#[wasm_bindgen]
pub struct Thalweg {
    hash: String,
    link: Link,
    stored: Option<String>,
    page: HostPage,
    attention: Rc<Attention>,
    begun: RefCell<Option<BegunWindow>>,
}

/// What is there once it has begun.
struct BegunWindow {
    runner: WebRunner,
    canvas: HtmlCanvasElement,
    ctx: Context,
    frames: Frames,
}

#[wasm_bindgen]
impl Thalweg {
    /// The program on what the address's hash says, or else on what the page has kept: nothing begins yet.
    #[wasm_bindgen(constructor)]
    pub fn new(hash: &str, stored: Option<String>) -> Self {
        Self {
            hash: hash.to_owned(),
            link: Link::read(hash),
            stored,
            page: HostPage::default(),
            attention: Rc::default(),
            begun: RefCell::default(),
        }
    }

    /// Whether it is a plot within another page.
    pub fn embedded(&self) -> bool {
        self.link.options.embed
    }

    /// Begins on a canvas. `on_event` hears events: an object as JSON, and bytes or null.
    ///
    /// # Errors
    /// There is no WebGL.
    pub async fn start(&self, canvas: HtmlCanvasElement, on_event: Function) -> Result<(), JsValue> {
        self.page.listen(on_event);
        let (link, stored) = (self.link.clone(), self.stored.clone());
        let (page, attention) = (self.page.clone(), Rc::clone(&self.attention));
        let gated: Rc<RefCell<Option<(Context, Frames)>>> = Rc::default();
        let (gate, gate_canvas) = (Rc::clone(&gated), canvas.clone());
        let begin: eframe::AppCreator<'static> = Box::new(move |context| {
            let ctx = context.egui_ctx.clone();
            let opens = page.clone();
            let open = move |url| opens.tell(serde_json::json!({ "event": "open", "url": url }));
            let frames = Frames::begin(&gate_canvas, &ctx, open);
            *gate.borrow_mut() = Some((ctx, frames));
            Ok(Box::new(PageApp::begin(&context.egui_ctx, &link, stored.as_deref(), &page, &attention)))
        });
        let (stops, prevents) = (Rc::clone(&self.attention), Rc::clone(&self.attention));
        let options = WebOptions {
            should_stop_propagation: Box::new(move |event| stops.takes(event)),
            should_prevent_default: Box::new(move |event| prevents.takes(event)),
            ..WebOptions::default()
        };
        // Where nothing can have the keyboard, the window cannot take it from the host.
        let around = canvas.parent_element().filter(|_| self.link.options.embed);
        let set_inert = |is_on: bool| {
            if let Some(around) = &around {
                let _ = Reflect::set(around, &"inert".into(), &is_on.into());
            }
        };
        set_inert(true);
        let runner = WebRunner::new();
        let started = runner.start(canvas.clone(), options, begin).await;
        set_inert(false);
        if let Some((ctx, frames)) = gated.take() {
            *self.begun.borrow_mut() = Some(BegunWindow { runner, canvas, ctx, frames });
        }
        started
    }

    /// Opens what another hash says.
    pub fn go_to(&self, hash: &str) {
        let link = Link::read(hash);
        self.with(|app, ctx| app.go_to(ctx, &link));
    }

    /// Hears a message of the host: an object as JSON with any of `step`, `play`, `scene`, `document`, `theme`.
    pub fn message(&self, json: &str) {
        if let Ok(message) = serde_json::from_str(json) {
            self.with(|app, ctx| app.hear(ctx, &message));
        }
    }

    /// Takes a file that was chosen.
    pub fn take_file(&self, name: String, bytes: Vec<u8>) {
        self.page.take(PageFile { name, bytes: Ok(bytes) });
    }

    /// The plot was clicked and takes keys and the wheel, or was left.
    pub fn engage(&self, is_on: bool) {
        self.attention.engage(is_on);
    }

    /// Lets it rest: nothing is drawn, nothing advances.
    pub fn rest(&self, is_on: bool) {
        self.with(|app, ctx| app.rest(ctx, is_on));
        if let Some(begun) = &*self.begun.borrow() {
            begun.frames.rest(is_on);
        }
    }

    /// The state, as JSON; empty before the start.
    pub fn state(&self) -> String {
        let state = self.with(|app, ctx| serde_json::to_string(&app.state(ctx)).unwrap_or_default());
        state.unwrap_or_default()
    }

    /// What the page is to keep for the next visit; empty before the start.
    pub fn kept(&self) -> String {
        self.with(|app, _| app.kept()).unwrap_or_default()
    }

    /// What is open at its step, as the hash of a link, with the flags that the window was opened with.
    pub fn link(&self) -> String {
        self.with(|app, _| app.link()).flatten().unwrap_or_else(|| self.hash.clone())
    }

    /// The plane, or the relief, as SVG of a size in points; needs no canvas.
    pub fn still(&self, width: f64, height: f64) -> String {
        let drawn = self.with(|app, ctx| app.still(ctx, [width, height]));
        drawn.unwrap_or_else(|| still_of(&self.link, [width, height]))
    }

    /// Ends it, and gives the canvas's WebGL context back.
    pub fn destroy(&self) {
        let Some(BegunWindow { runner, canvas, frames, .. }) = self.begun.take() else { return };
        runner.destroy();
        drop(frames);
        let lost = canvas.get_context("webgl2").ok().flatten().and_then(|gl| {
            let get = Reflect::get(&gl, &"getExtension".into()).ok()?.dyn_into::<Function>().ok()?;
            let extension = get.call1(&gl, &"WEBGL_lose_context".into()).ok()?;
            let lose = Reflect::get(&extension, &"loseContext".into()).ok()?.dyn_into::<Function>().ok()?;
            lose.call0(&extension).ok()
        });
        // Without the extension the browser takes it with the canvas.
        let _ = lost;
    }
}

impl Thalweg {
    /// Does something with the window, where there is one.
    fn with<T>(&self, act: impl FnOnce(&mut PageApp, &Context) -> T) -> Option<T> {
        let begun = self.begun.borrow();
        let BegunWindow { runner, ctx, .. } = begun.as_ref()?;
        let mut app = runner.app_mut::<PageApp>()?;
        let done = act(&mut app, ctx);
        wake_frames();
        Some(done)
    }
}
