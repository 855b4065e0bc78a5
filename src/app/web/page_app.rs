//! The window in a page: what of the input is its own, what rests, and what the page is told after a frame.

use super::page::HostPage;
use super::page_keeping::{KeptBefore, PageKeeping};
use super::page_state::{PageState, StateMark};
use super::page_still::still;
use crate::app::address::{Address, AddressChange};
use crate::app::{App, first_lesson, input, is_held};
use crate::native;
use egui::{Context, Event, Key, RawInput, Theme, Ui, ViewportId};
use serde_json::{Value, json};
use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use thalweg_scenario::{Link, LinkFault, LinkOptions, LinkTheme, Scenario};
use thalweg_session::{Command, Playback, Session, StoredSession};

/// How often the page hears of the state while it plays: seconds from one time to the next.
const PACE: f64 = 0.25;
/// How long a picture without a window waits for its runs.
const PATIENCE: Duration = Duration::from_millis(500);

/// Whose the keys and the wheel are, as the browser's events are asked while they come.
#[derive(Debug, Default)]
pub struct Attention {
    is_embedded: Cell<bool>,
    is_engaged: Cell<bool>,
}

impl Attention {
    /// Whether keys and the wheel are the program's: in a page of its own always, within another once it was clicked.
    pub fn is_ours(&self) -> bool {
        !self.is_embedded.get() || self.is_engaged.get()
    }

    /// Whether the program acts on an event, so that nobody else is to.
    pub fn takes(&self, event: &Event) -> bool {
        match event {
            Event::MouseWheel { modifiers, .. } => self.is_ours() || modifiers.ctrl || modifiers.command,
            Event::Key { .. } | Event::Text(_) | Event::Copy | Event::Cut | Event::Paste(_) => self.is_ours(),
            _ => true,
        }
    }

    /// The plot was clicked, or left.
    pub fn engage(&self, is_on: bool) {
        self.is_engaged.set(is_on);
    }
}

/// The window in a page.
pub struct PageApp {
    app: App,
    page: HostPage,
    address: Address,
    attention: Rc<Attention>,
    is_resting: bool,
    /// What the page was told last, and when, in egui's time.
    told: Option<(StateMark, f64)>,
}

impl PageApp {
    /// The window on what a link says, or else on what the page has kept, or else on the first lesson.
    pub fn begin(
        ctx: &Context,
        link: &Link,
        stored: Option<&str>,
        page: &HostPage,
        attention: &Rc<Attention>,
    ) -> Self {
        page.wakes(ctx);
        let is_embedded = link.options.embed;
        attention.is_embedded.set(is_embedded);
        // A plot within another page neither keeps nor finds anything.
        let stored = stored.filter(|_| !is_embedded);
        let before = stored.map(KeptBefore::read).unwrap_or_default();
        let mut told = before.told.clone();
        let kept = before.session.as_ref();
        let given = match &link.document {
            // What is kept of it knows more, as what it was opened as.
            Ok(document) if kept.is_some_and(|kept| is_of(kept, &document.scenario)) => None,
            Ok(document) => Some(StoredSession::new(document.scenario.clone())),
            Err(LinkFault::NoDocument) => None,
            Err(fault) => {
                told.push(fault.to_string());
                None
            }
        };
        let is_given = given.is_some();
        let session = given.or_else(|| before.session.clone());
        let session = session.unwrap_or_else(|| StoredSession::new(first_lesson()));
        let look = before.look;
        let mut app = App::of(ctx, session.clone(), native::runtime());
        look.recall(ctx);
        app.files.go_through(page);
        app.files.know(&session);
        if !is_embedded {
            app.keeping = PageKeeping::begin(page, before, is_given, app.session.stored(None));
            if is_given {
                app.keeping.write_anyway();
            }
        }
        let is_error = !told.is_empty();
        told.extend(link.remarks.iter().cloned());
        if !told.is_empty() {
            app.files.tell(told.join("\n"), is_error);
        }
        app.show_as(ctx, link.options.clone());
        Self {
            address: Address::new(&app.session),
            app,
            page: page.clone(),
            attention: Rc::clone(attention),
            is_resting: false,
            told: None,
        }
    }

    /// Opens what the page's address says.
    pub fn go_to(&mut self, ctx: &Context, link: &Link) {
        self.open(ctx, link);
        self.app.show_as(ctx, link.options.clone());
        self.address.follow(&self.app.session);
    }

    /// Opens what a link says.
    fn open(&mut self, ctx: &Context, link: &Link) {
        match &link.document {
            Ok(document) => self.open_scenario(ctx, document.scenario.clone()),
            Err(LinkFault::NoDocument) => {}
            Err(fault) => self.app.files.tell(fault.to_string(), true),
        }
        ctx.request_repaint();
    }

    fn open_scenario(&mut self, ctx: &Context, scenario: Scenario) {
        if scenario != *self.app.session.scenario() {
            self.app.open_scenario(ctx, Box::new(scenario), None);
        }
    }

    fn play(&mut self, is_on: bool) {
        if self.app.session.is_playing() != is_on {
            self.app.apply(Playback::Toggle);
        }
    }

    /// Does what a message of the host says; what it does not know is left aside.
    pub fn hear(&mut self, ctx: &Context, message: &Value) {
        let mut begin = LinkOptions::default();
        if let Some(document) = message.get("document").and_then(Value::as_str) {
            let link = Link::read(document);
            self.open(ctx, &link);
            self.app.begin_scene(&link.options);
            begin = link.options;
            if let Some(theme) = begin.theme {
                ctx.set_theme(theme_of(theme));
            }
        }
        let number = |name| {
            let number = message.get(name).and_then(Value::as_u64);
            number.map(|number| u32::try_from(number).unwrap_or(u32::MAX))
        };
        self.app.go_to_scene(number("scene"));
        let step = number("step").or(begin.step);
        let plays = message.get("play").and_then(Value::as_bool);
        if step.is_some() || begin.play {
            self.play(false);
            self.app.begin_at(step, plays.unwrap_or(begin.play));
        } else if let Some(is_on) = plays {
            self.play(is_on);
        }
        let named = |name| LinkTheme::ALL.into_iter().find(|theme| theme.name() == name);
        if let Some(theme) = message.get("theme").and_then(Value::as_str).and_then(named) {
            ctx.set_theme(theme_of(theme));
        }
        ctx.request_repaint();
    }

    /// Lets the window rest: nothing is drawn, nothing advances.
    pub fn rest(&mut self, ctx: &Context, is_on: bool) {
        self.is_resting = is_on;
        // The time that has passed is no playing time.
        self.app.last = None;
        if !is_on {
            ctx.request_repaint();
        }
    }

    /// The state, for the page.
    pub fn state(&self, ctx: &Context) -> PageState {
        PageState::of(&self.app.session, ctx.theme() == Theme::Dark, self.app.files.error())
    }

    /// The picture without a canvas.
    pub fn still(&self, ctx: &Context, size: [f64; 2]) -> String {
        still(&self.app.session, size, ctx.theme() == Theme::Dark)
    }

    /// What is open at its step, as the hash of a link; none where that would be too long.
    pub fn link(&self) -> Option<String> {
        self.app.link(self.app.link_options()).ok()
    }

    /// What the page is to keep.
    pub fn kept(&self) -> String {
        self.app.keeping.text(&self.app.session)
    }

    /// Tells the page what has changed.
    fn report(&mut self, ctx: &Context) {
        let session = &self.app.session;
        let mark = StateMark::of(session, ctx.theme() == Theme::Dark, self.app.files.error());
        let now = ctx.input(|input| input.time);
        let is_due = match &self.told {
            None => true,
            Some((told, _)) if *told == mark => false,
            Some((told, since)) => {
                let left = PACE - (now - since);
                let waits = left > 0.0 && !mark.differs_beside_step(told);
                if waits {
                    ctx.request_repaint_after(Duration::from_secs_f64(left));
                }
                !waits
            }
        };
        if is_due {
            let mut event = serde_json::to_value(self.state(ctx)).unwrap_or_default();
            event["event"] = json!("state");
            self.page.tell(event);
            self.told = Some((mark, now));
        }
    }

    /// Takes out of the input what is the host's: all keys and the plain wheel until the plot is clicked, and then
    /// the keys that turn the host's page.
    fn sift(&self, input: &mut RawInput) {
        if !self.attention.is_embedded.get() {
            return;
        }
        let is_ours = self.attention.is_ours();
        input.events.retain(|event| {
            if !is_ours {
                return self.attention.takes(event);
            }
            let Event::Key { key, pressed, modifiers, .. } = event else { return true };
            let told = match key {
                Key::PageDown | Key::CloseBracket if modifiers.is_none() => {
                    json!({ "event": "turn", "to": "next" })
                }
                Key::PageUp | Key::OpenBracket if modifiers.is_none() => {
                    json!({ "event": "turn", "to": "prev" })
                }
                Key::Escape => json!({ "event": "release" }),
                _ => return true,
            };
            if *pressed {
                self.page.tell(told);
            }
            *key == Key::Escape
        });
    }
}

/// Whether what is kept is this document, or the changed scene of a story that it is.
fn is_of(kept: &StoredSession, document: &Scenario) -> bool {
    let has_story = !kept.opened.scenes.is_empty();
    *kept.scenario == *document
        || (has_story && Scenario { scenes: Vec::new(), ..Scenario::clone(&kept.scenario) } == *document)
}

fn theme_of(theme: LinkTheme) -> Theme {
    match theme {
        LinkTheme::Light => Theme::Light,
        LinkTheme::Dark => Theme::Dark,
    }
}

/// The picture of what a link says, where no window has begun.
pub fn still_of(link: &Link, size: [f64; 2]) -> String {
    let scenario = link.document.as_ref().map_or_else(|_| first_lesson(), |of| of.scenario.clone());
    let mut session = Session::new(scenario);
    if let Some(scene) = link.options.scene {
        session.apply(Command::Scene(scene.saturating_sub(1) as usize));
        session.arrive();
    }
    // As far as a page may be kept waiting: a link can ask for a million steps.
    let clock = native::runtime().clock;
    let begun = clock.now();
    session.compute(|| clock.now().saturating_sub(begun) > PATIENCE);
    if let Some(step) = link.options.step {
        session.apply(Playback::Seek(step));
    }
    still(&session, size, link.options.theme == Some(LinkTheme::Dark))
}

impl eframe::App for PageApp {
    fn raw_input_hook(&mut self, _: &Context, input: &mut RawInput) {
        input::keep_sane(input);
        self.sift(input);
        if self.is_resting {
            // What is not seen is not laid out.
            input.viewports.entry(ViewportId::ROOT).or_default().occluded = Some(true);
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        self.app.frame(ui);
        self.report(ui.ctx());
        // A hand on a slider or a text that is being written is one change.
        let is_held = is_held(ui.ctx()) || ui.ctx().text_edit_focused();
        if let Some(AddressChange { hash, push }) = self.app.address_change(&mut self.address, is_held) {
            self.page.tell(json!({ "event": "link", "hash": hash, "push": push }));
        }
    }

    fn as_any_mut(&mut self) -> Option<&mut dyn Any> {
        Some(self)
    }
}
