//! What passes between the program and the page: events that the page hears, and files that it hands over.

use super::frames::wake_frames;
use egui::Context;
use js_sys::{Function, Uint8Array};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// A file that was chosen or dropped.
pub struct PageFile {
    /// What it is called, without a folder: a page is not told where it is.
    pub name: String,
    /// Its content, or why it cannot be read.
    pub bytes: Result<Vec<u8>, String>,
}

/// What the page is told, as JSON, with the bytes that belong to it.
type PageEvent = (Value, Option<Vec<u8>>);

/// The page around the program. Cheap to clone.
#[derive(Clone, Default)]
pub struct HostPage(Rc<PageChannel>);

#[derive(Default)]
struct PageChannel {
    listener: RefCell<Option<Function>>,
    outbox: RefCell<Vec<PageEvent>>,
    is_sending: Cell<bool>,
    inbox: RefCell<Vec<PageFile>>,
    ctx: RefCell<Option<Context>>,
}

impl HostPage {
    /// The page hears from now on.
    pub fn listen(&self, listener: Function) {
        *self.0.listener.borrow_mut() = Some(listener);
    }

    /// The window that is drawn anew when something comes from the page.
    pub fn wakes(&self, ctx: &Context) {
        *self.0.ctx.borrow_mut() = Some(ctx.clone());
    }

    /// Has a frame drawn soon.
    pub fn wake(&self) {
        if let Some(ctx) = &*self.0.ctx.borrow() {
            ctx.request_repaint();
            wake_frames();
        }
    }

    /// Tells the page something.
    pub fn tell(&self, event: Value) {
        self.send(event, None);
    }

    /// Lets the page save a file: a download.
    pub fn save(&self, name: &str, media_type: &str, bytes: Vec<u8>) {
        let event = serde_json::json!({ "event": "save", "name": name, "type": media_type });
        self.send(event, Some(bytes));
    }

    /// The page hears of it when the present frame is over: it may then ask the program whatever it wants.
    fn send(&self, event: Value, bytes: Option<Vec<u8>>) {
        self.0.outbox.borrow_mut().push((event, bytes));
        if self.0.is_sending.replace(true) {
            return;
        }
        let page = self.clone();
        spawn_local(async move {
            page.0.is_sending.set(false);
            let listener = page.0.listener.borrow().clone();
            let events = page.0.outbox.take();
            let Some(listener) = listener else { return };
            for (event, bytes) in events {
                let bytes = bytes.map_or(JsValue::NULL, |bytes| Uint8Array::from(&*bytes).into());
                // What fails in the page is told in the browser's console by the page.
                let _ = listener.call2(&JsValue::NULL, &event.to_string().into(), &bytes);
            }
        });
    }

    /// Takes a file from the page.
    pub fn take(&self, file: PageFile) {
        self.0.inbox.borrow_mut().push(file);
        self.wake();
    }

    /// The files that were taken since this was asked last.
    pub fn taken(&self) -> Vec<PageFile> {
        self.0.inbox.take()
    }
}
