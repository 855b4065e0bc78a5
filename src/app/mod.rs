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

/// The lesson that a first start opens.
const FIRST_LESSON: &str = "ill-conditioned-quadratic";

/// The window's state: a session, and what is only about showing it.
pub struct App {
    session: Session,
    panels: Panels,
    caches: Caches,
    files: Files,
    /// Whether something changed since a frame was last asked for to store it.
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
                self.session.apply(Edit::SetSurface(param.key.clone(), value))
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
            if std::mem::take(&mut self.unsaved) {
                ctx.request_repaint_after(Duration::from_secs(31));
            }
            // The next frame may come much later; the pause is not playing time.
            self.last = None;
        }
    }

    /// Draws one frame. What is changed on the left takes effect before the paths are drawn, so
    /// that they bend in the same frame in which a slider moves.
    pub fn frame(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        self.take_drops(&ctx);
        let queue = Queue::default();
        keys::pressed(&ctx, &self.session).into_iter().for_each(|action| queue.push(action));
        let context = FrameContext::new(ui, &self.session, &self.caches, &queue);
        let panels = &mut self.panels;
        let frame = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(10, 6));
        let bar = Panel::top("bar").frame(frame).resizable(false).show(ui, |ui| {
            topbar::show(ui, &context, &panels.lessons);
        });
        toast::show(&ctx, &mut self.files.toast, bar.response.rect.bottom());
        let layout = WindowLayout::of(ui.available_size());
        if layout.has_both_sides || panels.side == Side::Cards {
            layout::panel(ui, Edge::Left, "cards", layout.cards, |ui| {
                layout.switch(ui, &mut panels.side);
                cards::show(ui, &context);
            });
        }
        self.carry_out(&ctx, queue.take());
        self.pass_time(&ctx);
        if let Some(command) = self.panels.bottom.tuning.poll(&ctx, &self.session) {
            queue.push(Action::Do(command));
        }
        let seen = self.panels.plane.seen(&self.session);
        let needs = wanted::by(&self.session.scenario().show);
        self.caches.update(&ctx, &self.session, needs, seen);

        let context = FrameContext::new(ui, &self.session, &self.caches, &queue);
        let panels = &mut self.panels;
        if layout.has_both_sides || panels.side == Side::Pages {
            // Alone, it lies where the cards would.
            let edge = if layout.has_both_sides { Edge::Right } else { Edge::Left };
            layout::panel(ui, edge, "pages", layout.pages, |ui| {
                layout.switch(ui, &mut panels.side);
                panels.pages.show(ui, &context);
            });
        }
        layout::panel(ui, Edge::Bottom, "charts", layout.bottom, |ui| panels.bottom.show(ui, &context));
        let layers = context.show().layers;
        if layers.has(Layer::Data) && data::DataView::has_data(context.session) {
            let size = Size::beside_the_plot(264.0, ui.available_width() * 0.36);
            layout::panel(ui, Edge::Right, "data", size, |ui| panels.data.show(ui, &context));
        }
        if layers.has(Layer::Eigenbasis) {
            let size = Size::beside_the_plot(250.0, ui.available_width() * 0.45);
            layout::panel(ui, Edge::Right, "eigenbasis", size, |ui| panels.eigenbasis.show(ui, &context));
        }
        let central = Frame::central_panel(ui.style()).inner_margin(Margin::same(4));
        CentralPanel::default().frame(central).show(ui, |ui| panels.plane.show(ui, &context));
        help::show(&ctx, &mut panels.help);
        if let Some(outcome) = self.files.show(&ctx, self.session.scenario()) {
            self.take(&ctx, outcome);
            ctx.request_repaint();
        }
        let actions = queue.take();
        let idle = actions.is_empty();
        self.carry_out(&ctx, actions);
        // A hand on a slider or a text that is being written is one change.
        if idle && !ctx.input(|input| input.pointer.any_down()) && !ctx.text_edit_focused() {
            self.session.settle();
        }
    }

    fn carry_out(&mut self, ctx: &Context, actions: Vec<Action>) {
        if !actions.is_empty() {
            self.unsaved = true;
            ctx.request_repaint();
        }
        for action in actions {
            self.act(ctx, action);
        }
    }
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
        persistence::write(storage, &self.session);
    }
}
