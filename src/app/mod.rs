//! The window. The only place that knows egui; it reads a session and queues commands.

mod advice;
mod background_analysis;
mod bottom_panel;
mod cache;
mod cards;
mod charts;
mod color;
mod context;
mod data;
mod dataset;
mod diagnoses;
mod ends;
mod files;
mod formula;
mod gradient;
mod help;
mod keys;
mod layout;

mod layers;
mod maps;
mod marker;
mod needs;
mod noise;
mod notation;
mod pages;
mod paint;
mod persistence;
mod phase;
mod pinned;
mod plane;
mod race;
mod schedule;

mod readings;
mod setting;
mod slider;
mod start;
mod static_plot;
mod table;
mod text_size;
mod theme;
mod ticks;
mod toast;
mod topbar;
mod transport;
mod tuning;
mod wanted;

use crate::native;
use context::{Action, Caches, FrameContext, Queue};
use egui::{Align2, CentralPanel, Color32, Context, FontId, Frame, Id, LayerId, Margin, Order, Panel, Ui};
use files::{Files, Outcome, Purpose};
use layout::{Edge, Side, Size, WindowLayout};
use plane::{ContourPlot, EigenbasisPlot};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use thalweg_core::catalogue::surfaces;
use thalweg_core::data::rows::{TARGET, Table};
use thalweg_core::spec::param::Kind;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Layer, Scenario};
use thalweg_session::{Command, Edit, FrameBudget, Runtime, Session};

/// When a late frame stores what was changed last: behind the interval at which eframe stores.
const STORED_AFTER: Duration = Duration::from_secs(31);
/// Why a frame is laid out once more.
const LAID_OUT_AGAIN: &str = "what was asked for is shown in the same frame";

/// The lesson that a first start opens.
const FIRST_LESSON: &str = "ill-conditioned-quadratic";

/// The window's state: a session, and what is only about showing it.
pub struct App {
    session: Session,
    panels: Panels,
    caches: Caches,
    files: Files,
    /// Whether something changed since it was last stored.
    unsaved: bool,
    /// When the last frame was, in egui's time.
    last: Option<f64>,
}

/// What each part of the window keeps for itself between frames.
#[derive(Default)]
struct Panels {
    plane: ContourPlot,
    eigenbasis: EigenbasisPlot,
    data: data::DataView,
    pages: pages::panel::Pages,
    bottom: bottom_panel::BottomContents,
    lessons: Vec<topbar::Lesson>,
    help: bool,
    /// Which side panel is open where there is no room for both.
    side: Side,
}

/// Opens the window on a scenario, or on what was open last. Returns when it is closed.
///
/// # Errors
/// Where there is no display, or it cannot be drawn on: in words, for standard error.
pub fn run(scenario: Option<(Scenario, Option<PathBuf>)>) -> Result<(), String> {
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_app_id("thalweg")
            .with_title("Thalweg")
            .with_inner_size([1366.0, 768.0])
            .with_min_inner_size([900.0, 560.0])
            .with_drag_and_drop(true),
        ..Default::default()
    };
    eframe::run_native("thalweg", options, Box::new(|context| Ok(Box::new(App::start(context, scenario)))))
        .map_err(|error| error.to_string())
}

impl App {
    /// The window on a scenario, with nothing stored from before; `runtime` tells the time and does what takes
    /// longer than a frame.
    pub fn open(ctx: &Context, scenario: Scenario, runtime: Runtime) -> Self {
        theme::install(ctx);
        Self {
            session: Session::with_runtime(scenario, runtime),
            panels: Panels { lessons: topbar::all_lessons(), ..Panels::default() },
            caches: Caches::default(),
            files: Files::default(),
            unsaved: false,
            last: None,
        }
    }

    /// The window at start-up: on the given scenario, or else the stored session, or else the
    /// first lesson.
    fn start(context: &eframe::CreationContext<'_>, given: Option<(Scenario, Option<PathBuf>)>) -> Self {
        let mut files = Files::default();
        let (mut opened, mut file) = (None, None);
        let scenario = match (given, context.storage.and_then(persistence::read)) {
            (Some((scenario, path)), _) => {
                file = path;
                scenario
            }
            (None, Some(Ok(stored))) => {
                if !stored.missed.is_empty() {
                    files.tell(stored.missed, true);
                }
                (opened, file) = (stored.opened, stored.file);
                stored.scenario
            }
            (None, Some(Err(why))) => {
                files.tell(
                    format!("The last session could not be opened: {why}. This is the first lesson."),
                    true,
                );
                first_lesson()
            }
            (None, None) => first_lesson(),
        };
        let opened = opened.unwrap_or_else(|| scenario.clone());
        let mut app = Self { files, ..Self::open(&context.egui_ctx, scenario, native::runtime()) };
        app.session.resume_from(opened, file);
        app
    }

    /// What is open.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Carries out a command, as if the user had asked for it.
    pub fn apply(&mut self, command: impl Into<Command>) {
        self.session.apply(command);
    }

    fn act(&mut self, ctx: &Context, action: Action) {
        match action {
            Action::Do(command) => {
                if matches!(
                    command,
                    Command::Reset | Command::Edit(Edit::ChooseSurface(_)) | Command::Undo | Command::Redo
                ) {
                    formula::forget_drafts(ctx);
                }
                self.session.apply(command);
            }
            Action::Lesson(name) => match thalweg_scenario::open_preset(name) {
                Ok(scenario) => self.open_scenario(ctx, Box::new(scenario), None),
                Err(error) => self.files.tell(error.to_string(), true),
            },
            Action::AskOpen => self.files.ask(Purpose::Open, &self.session),
            Action::AskSaveAs => self.files.ask(Purpose::Save, &self.session),
            Action::AskExport => self.files.ask(Purpose::Export, &self.session),
            Action::AskData => self.files.ask(Purpose::Data, &self.session),
            Action::Save => {
                if let Some(outcome) = self.files.save(&self.session) {
                    self.take(ctx, outcome);
                }
            }
            Action::ToggleTheme => {
                let dark = ctx.theme() == egui::Theme::Dark;
                ctx.set_theme(if dark { egui::Theme::Light } else { egui::Theme::Dark });
            }
            Action::ToggleHelp => self.panels.help = !self.panels.help,
            Action::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    /// Gives the model a table; a surface that is no model makes way for the simplest one.
    fn take_data(&mut self, table: Table) {
        if !self.session.scenario().surface.of.is_mean() {
            let Some(model) = surfaces::ALL.iter().copied().find(|surface| surface.is_mean()) else {
                return;
            };
            self.session.apply(Edit::ChooseSurface(model));
        }
        let surface = &self.session.scenario().surface.of;
        let wrong = table.first_without_class().map(|row| (row + 1, table.rows[row][TARGET]));
        let value = Value::Data(Arc::new(table));
        match surface.params.iter().find(|param| matches!(param.kind, Kind::Data { .. })) {
            Some(param) if param.accepts(&value) => {
                self.session.apply(Edit::SetSurface(param.key.clone(), value));
            }
            _ => {
                let (row, target) = wrong.unwrap_or_default();
                let told = format!(
                    "{} takes targets from 0 to 1; row {row} has {target}. Nothing was changed.",
                    surface.name
                );
                self.files.tell(told, true);
            }
        }
    }

    fn take(&mut self, ctx: &Context, outcome: Outcome) {
        match outcome {
            Outcome::Opened(scenario, file) => self.open_scenario(ctx, scenario, Some(file)),
            Outcome::Saved(file) => self.session.mark_saved(file),
            Outcome::Data(table) => self.take_data(table),
        }
    }

    fn open_scenario(&mut self, ctx: &Context, scenario: Box<Scenario>, file: Option<PathBuf>) {
        formula::forget_drafts(ctx);
        self.session.apply(Command::Open(scenario, file));
    }

    fn take_drops(&mut self, ctx: &Context) {
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        if let Some(file) = dropped.first() {
            let path: &Path = file.path();
            let is_table = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
            if is_table {
                if let Some(table) = self.files.open_table(path) {
                    self.take_data(table);
                }
            } else if let Some(outcome) = self.files.open(path) {
                self.take(ctx, outcome);
            }
        }
        if ctx.input(|input| !input.raw.hovered_files.is_empty()) {
            let painter = ctx.layer_painter(LayerId::new(Order::Foreground, Id::unique("drop")));
            let rect = ctx.content_rect();
            painter.rect_filled(rect, 0.0, Color32::from_black_alpha(160));
            painter.text(
                rect.center(),
                Align2::CENTER_CENTER,
                "Drop a preset to open it, or a CSV file to fit a model to it",
                FontId::proportional(26.0),
                Color32::WHITE,
            );
        }
    }

    fn pass_time(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        let dt = self.last.map_or(0.0, |last| now - last);
        self.last = Some(now);
        let timer = self.session.begin(FrameBudget::RACE);
        let done = self.session.compute(|| timer.is_over());
        self.session.tick(dt);
        if !done || self.session.is_playing() {
            ctx.request_repaint();
        } else {
            // Paused and done, nothing repaints, and what was changed last would not be stored
            // until the window is closed: one late frame sees to it.
            if self.unsaved {
                ctx.request_repaint_after(STORED_AFTER);
            }
            // The next frame may come much later; the pause is not playing time.
            self.last = None;
        }
    }

    /// Draws one frame. What is asked for is carried out before the frame is drawn, whoever asks: keys, the
    /// pointer on the plots and what was found in the background at once, and each panel before the next is
    /// drawn, the plots last. Where a panel before it must show it too, the frame is laid out once more.
    pub fn frame(&mut self, ui: &mut Ui) {
        let (ctx, queue) = (ui.ctx().clone(), Queue::default());
        self.take_drops(&ctx);
        self.collect(ui, &queue);
        self.carry_out(&ctx, &queue);
        self.pass_time(&ctx);
        self.update_caches(&ctx);

        let frame = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(10, 6));
        let bar = Panel::top("bar").frame(frame).resizable(false).show(ui, |ui| {
            self.show(ui, &queue, |ui, context, panels| topbar::show(ui, context, &panels.lessons));
        });
        toast::show(&ctx, &mut self.files.toast, bar.response.rect.bottom());
        let layout = WindowLayout::of(ui.available_size());
        if layout.has_both_sides || self.panels.side == Side::Cards {
            layout::panel(ui, Edge::Left, "cards", layout.cards, |ui| {
                layout.switch(ui, &mut self.panels.side);
                self.show(ui, &queue, |ui, context, _| cards::show(ui, context));
            });
        }
        if layout.has_both_sides || self.panels.side == Side::Pages {
            // Alone, it lies where the cards would.
            let edge = if layout.has_both_sides { Edge::Right } else { Edge::Left };
            layout::panel(ui, edge, "pages", layout.pages, |ui| {
                layout.switch(ui, &mut self.panels.side);
                self.show(ui, &queue, |ui, context, panels| panels.pages.show(ui, context));
            });
        }
        layout::panel(ui, Edge::Bottom, "charts", layout.bottom, |ui| {
            self.show(ui, &queue, |ui, context, panels| panels.bottom.show_controls(ui, context));
            self.show(ui, &queue, |ui, context, panels| panels.bottom.show_contents(ui, context));
        });
        let layers = self.session.scenario().show.layers;
        if layers.has(Layer::Data) && data::DataView::has_data(&self.session) {
            let size = Size::beside_the_plot(264.0, ui.available_width() * 0.36);
            layout::panel(ui, Edge::Right, "data", size, |ui| {
                self.show(ui, &queue, |ui, context, panels| panels.data.show(ui, context));
            });
        }
        if layers.has(Layer::Eigenbasis) {
            let size = Size::beside_the_plot(250.0, ui.available_width() * 0.45);
            layout::panel(ui, Edge::Right, "eigenbasis", size, |ui| {
                self.show(ui, &queue, |ui, context, panels| panels.eigenbasis.show(ui, context));
            });
        }
        let central = Frame::central_panel(ui.style()).inner_margin(Margin::same(4));
        CentralPanel::default().frame(central).show(ui, |ui| {
            self.show(ui, &queue, |ui, context, panels| panels.plane.show(ui, context));
        });
        help::show(&ctx, &mut self.panels.help);
        if let Some(outcome) = self.files.show(&ctx, self.session.scenario()) {
            self.take(&ctx, outcome);
            ctx.request_discard(LAID_OUT_AGAIN);
            ctx.request_repaint();
        }
        // A hand on a slider, a turning wheel or a text that is being written is one change.
        if !is_held(&ctx) && !ctx.text_edit_focused() {
            self.session.settle();
        }
    }

    /// What is asked for before anything is drawn: by keys, by the pointer on the plots as they were drawn
    /// last, and by a search that has come to its end.
    fn collect(&mut self, ui: &Ui, queue: &Queue) {
        for action in keys::pressed(ui.ctx(), &self.session) {
            queue.push(action);
        }
        let context = FrameContext::new(ui, &self.session, &self.caches, queue);
        self.panels.plane.collect(ui.ctx(), &context);
        self.panels.eigenbasis.collect(ui.ctx(), &context);
        self.carry_out(ui.ctx(), queue);
        // Only now: what was searched for is of the race as it is.
        if let Some(command) = self.panels.bottom.tuning.poll(ui.ctx(), &self.session) {
            queue.push(Action::Do(command));
        }
    }

    /// Shows a part of the window, and carries out what is asked for there.
    fn show(
        &mut self,
        ui: &mut Ui,
        queue: &Queue,
        show: impl FnOnce(&mut Ui, &FrameContext<'_>, &mut Panels),
    ) {
        let context = FrameContext::new(ui, &self.session, &self.caches, queue);
        show(ui, &context, &mut self.panels);
        // While something is dragged, what is drawn from here on shows it, and the rest follows in the next
        // frame: it comes at once.
        if self.carry_out(ui.ctx(), queue) && !is_held(ui.ctx()) {
            ui.ctx().request_discard(LAID_OUT_AGAIN);
        }
    }

    /// Carries out what was asked for, and computes what follows from it, so that what is drawn next shows it.
    /// Whether there was anything.
    fn carry_out(&mut self, ctx: &Context, queue: &Queue) -> bool {
        let actions = queue.take();
        if actions.is_empty() {
            return false;
        }
        self.unsaved = true;
        ctx.request_repaint();
        for action in actions {
            self.act(ctx, action);
        }
        let timer = self.session.begin(FrameBudget::RACE);
        self.session.compute(|| timer.is_over());
        self.update_caches(ctx);
        true
    }

    fn update_caches(&mut self, ctx: &Context) {
        let seen = self.panels.plane.seen(&self.session);
        let needs = wanted::by(&self.session.scenario().show);
        self.caches.update(ctx, &self.session, needs, seen);
    }
}

/// Whether the pointer is in the middle of something.
fn is_held(ctx: &Context) -> bool {
    ctx.input(|input| {
        let is_scrolling = input.smooth_scroll_delta() != egui::Vec2::ZERO || input.zoom_delta() != 1.0;
        input.pointer.any_down() || is_scrolling
    })
}

fn first_lesson() -> Scenario {
    // A built-in preset always reads (a test reads them all); a bare surface is the last resort.
    thalweg_scenario::open_preset(FIRST_LESSON)
        .unwrap_or_else(|_| Scenario::new(thalweg_core::catalogue::surfaces::ALL[0]))
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.unsaved = false;
        persistence::write(storage, &self.session);
    }
}
