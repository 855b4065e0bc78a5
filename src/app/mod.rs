//! The window. The only place that knows egui; it reads a session and queues commands.

mod advice;
mod background_analysis;
mod beside;
mod bottom_panel;
mod cards;
mod charts;
mod color;
mod context;
mod copy_code;
mod data;
mod dataset;
mod diagnoses;
mod drops;
mod ends;
mod export_job;
mod file_dialog;
mod file_work;
mod files;
mod formula;
mod frame_share;
mod gradient;
mod help;
mod input;
mod keeping;
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
mod phase;
mod picture_dialog;
mod picture_job;
mod pinned;
mod plane;
mod purpose;
mod race;
mod schedule;

mod readings;
mod setting;
mod slider;
mod start;
mod table;
mod text_size;
mod theme;
mod toast;
mod topbar;
mod transport;
mod tuning;
mod wanted;
mod window_look;
mod write_target;

use crate::files::session_file::{Restored, restore};
use crate::files::session_keeper::SessionKeeper;
use crate::files::session_place::{EarlierSession, SessionPlace};
use crate::native;
use context::{Action, Caches, FrameContext, Queue};
use drops::DroppedFile;
use egui::{CentralPanel, Context, Frame, Margin, Panel, Ui};
use files::{Files, Outcome};
use keeping::{Keeping, full};
use layout::{Edge, Side, Size, WindowLayout};
use picture_dialog::PictureExport;
use plane::{EigenbasisPlot, SurfacePlots};
use purpose::Purpose;
use std::path::PathBuf;
use thalweg_core::data::rows::Table;
use thalweg_scenario::{Layer, Scenario};
use thalweg_session::{Command, Edit, FrameBudget, Runtime, Session, StoredSession};
use window_look::WindowLook;

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
    keeping: Keeping,
    /// When the last frame was, in egui's time.
    last: Option<f64>,
}

/// What each part of the window keeps for itself between frames.
#[derive(Default)]
struct Panels {
    plane: SurfacePlots,
    eigenbasis: EigenbasisPlot,
    data: data::DataView,
    pages: pages::panel::Pages,
    bottom: bottom_panel::BottomContents,
    lessons: Vec<topbar::Lesson>,
    /// The sessions that can be gone back to.
    earlier: Vec<EarlierSession>,
    help: bool,
    /// What leaves the window as pictures.
    pictures: PictureExport,
    /// Which side panel is open where there is no room for both.
    side: Side,
}

/// What a window is opened on: a scenario, and the file that it is in.
pub struct Given {
    /// The scenario.
    pub scenario: Scenario,
    /// The file that it is in, if it is in one, and the fingerprint of its content.
    pub file: Option<(PathBuf, Option<u64>)>,
}

/// Opens the window on a scenario, or on what was open last. Returns when it is closed.
///
/// # Errors
/// Where there is no display, or it cannot be drawn on: in words, for standard error.
pub fn run(given: Option<Given>) -> Result<(), String> {
    let place = SessionPlace::of_user();
    let look = place.as_ref().map(|place| WindowLook::read(place.path())).unwrap_or_default();
    let window = egui::ViewportBuilder::default()
        .with_app_id("thalweg")
        .with_title("Thalweg")
        .with_inner_size([1366.0, 768.0])
        .with_min_inner_size([900.0, 560.0])
        .with_drag_and_drop(true);
    let options = eframe::NativeOptions { viewport: look.place(window), ..Default::default() };
    let begin: eframe::AppCreator<'_> = Box::new(move |context| {
        look.recall(&context.egui_ctx);
        Ok(Box::new(App::begin(&context.egui_ctx, given, place, native::runtime())))
    });
    eframe::run_native("thalweg", options, begin).map_err(|error| error.to_string())
}

impl App {
    /// The window on a scenario, with nothing stored from before; `runtime` tells the time and does what takes
    /// longer than a frame.
    pub fn open(ctx: &Context, scenario: Scenario, runtime: Runtime) -> Self {
        Self::of(ctx, StoredSession::new(scenario), runtime)
    }

    fn of(ctx: &Context, stored: StoredSession, runtime: Runtime) -> Self {
        theme::install(ctx);
        Self {
            session: Session::resumed(stored, runtime),
            panels: Panels { lessons: topbar::all_lessons(), ..Panels::default() },
            caches: Caches::default(),
            files: Files::default(),
            keeping: Keeping::default(),
            last: None,
        }
    }

    /// The window at start-up: on the given scenario, or else the session at this place, or else the first
    /// lesson. What is changed is kept there.
    pub fn begin(ctx: &Context, given: Option<Given>, place: Option<SessionPlace>, runtime: Runtime) -> Self {
        let is_given = given.is_some();
        let restored = place.as_ref().filter(|_| !is_given).map(|place| restore(place.path()));
        let Restored { session, mut told } = restored.unwrap_or_default();
        if session.is_none() && !told.is_empty() {
            told.push("This is the first lesson.".to_owned());
        }
        let of_given = |Given { scenario, file }| {
            let (file, fingerprint) = file.map_or((None, None), |(file, of)| (Some(full(file)), of));
            StoredSession { file, fingerprint, ..StoredSession::new(scenario) }
        };
        let stored = given.map(of_given).or(session).unwrap_or_else(|| StoredSession::new(first_lesson()));
        let mut app = Self::of(ctx, stored.clone(), runtime);
        app.files.know(&stored);
        if let Some(place) = place {
            let now = app.session.stored(stored.fingerprint);
            app.keeping = Keeping::begin(ctx, place, is_given, now, runtime);
            app.keeping.compare_data(ctx, &stored, runtime);
        } else {
            told.push("There is no folder to keep the session in: save the preset to keep it.".to_owned());
        }
        if !told.is_empty() {
            app.keeping.write_anyway();
            app.files.tell(told.join("\n"), true);
        }
        app
    }

    /// Who keeps the session, if anybody does.
    pub fn keeper(&self) -> Option<&SessionKeeper> {
        self.keeping.keeper()
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
            Action::GoBack(earlier) => self.go_back(ctx, *earlier),
            Action::AskOpen => self.files.ask(Purpose::Open, &self.session),
            Action::AskSaveAs => self.files.ask(Purpose::Save, &self.session),
            Action::AskExport => self.files.ask(Purpose::Export, &self.session),
            Action::AskData => self.files.ask(Purpose::Data, &self.session),
            Action::ShowPictures(kind) => self.panels.pictures.open(ctx, kind),
            Action::SavePicture(request) => self.files.ask_picture(request, &self.session),
            Action::CopyPicture(request) => {
                self.panels.pictures.copy(ctx, self.session.runtime(), *request);
            }
            Action::Save => self.files.save(ctx, &self.session),
            Action::TurnRelief(side, up) => {
                let turned = self.panels.plane.turned(&self.session.scenario().show, side, up);
                self.session.apply(Edit::Show(Box::new(turned)));
            }
            Action::ToggleTurning => {
                let toggled = self.panels.plane.toggled(&self.session.scenario().show);
                self.session.apply(Edit::Show(Box::new(toggled)));
            }
            Action::ToggleTheme => {
                let dark = ctx.theme() == egui::Theme::Dark;
                ctx.set_theme(if dark { egui::Theme::Light } else { egui::Theme::Dark });
            }
            Action::ToggleHelp => self.panels.help = !self.panels.help,
            Action::Tell { text, is_error } => self.files.tell(text, is_error),
            Action::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    /// Gives the model a table, or says why not.
    fn take_table(&mut self, table: Table) {
        if let Some(fault) = dataset::fit(&mut self.session, table) {
            self.files.tell(fault, true);
        }
    }

    fn take(&mut self, ctx: &Context, outcome: Outcome) {
        match outcome {
            Outcome::Opened(scenario, file) => self.open_scenario(ctx, scenario, Some(file)),
            Outcome::Saved(scenario, file) => self.session.mark_saved(*scenario, file),
            Outcome::Data(table) => self.take_table(table),
        }
    }

    fn open_scenario(&mut self, ctx: &Context, scenario: Box<Scenario>, file: Option<PathBuf>) {
        formula::forget_drafts(ctx);
        self.session.apply(Command::Open(scenario, file));
    }

    fn take_drops(&mut self, ctx: &Context) {
        match drops::dropped(ctx) {
            Some(DroppedFile::Table(path)) => self.files.open_table(ctx, &self.session, path),
            Some(DroppedFile::Preset(path)) => self.files.open(ctx, &self.session, path),
            None => {}
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
            // The next frame may come much later; the pause is not playing time.
            self.last = None;
        }
    }

    /// Draws one frame. What is asked for is carried out before the frame is drawn, whoever asks: keys, the
    /// pointer on the plots and what was found in the background at once, and each panel before the next is
    /// drawn, the plots last. Where a panel before it must show it too, the frame is laid out once more.
    pub fn frame(&mut self, ui: &mut Ui) {
        let (ctx, queue) = (ui.ctx().clone(), Queue::default());
        theme::fit(&ctx);
        self.take_drops(&ctx);
        self.collect(ui, &queue);
        self.carry_out(&ctx, &queue);
        self.pass_time(&ctx);
        self.update_caches(&ctx);

        let frame = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(10, 6));
        let bar = Panel::top("bar").frame(frame).resizable(false).show(ui, |ui| {
            self.show(ui, &queue, |ui, context, panels| {
                topbar::show(ui, context, &panels.lessons, &panels.earlier);
            });
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
        self.show(ui, &queue, |_, context, panels| panels.pictures.show(&ctx, context));
        if let Some((told, is_error)) = self.panels.pictures.hand_over(&ctx) {
            self.files.tell(told, is_error);
        }
        if let Some(outcome) = self.files.show(&ctx, &self.session) {
            self.take(&ctx, outcome);
            ctx.request_discard(LAID_OUT_AGAIN);
            ctx.request_repaint();
        }
        self.files.hold_window(&ctx);
        self.keep(&ctx);
        // A hand on a slider, a turning wheel or a text that is being written is one change.
        if !is_held(&ctx) && !ctx.text_edit_focused() {
            self.session.settle();
        }
    }

    /// Hands over what has changed, to be kept until the next start.
    fn keep(&mut self, ctx: &Context) {
        let is_last = ctx.input(|input| input.viewport().close_requested());
        let fingerprint = self.session.file().and_then(|file| self.files.fingerprint(file));
        let told = self.keeping.update(ctx, &self.session, fingerprint, is_last);
        if let Some(earlier) = self.keeping.earlier() {
            self.panels.earlier = earlier;
        }
        if !told.is_empty() {
            self.files.tell(told.join("\n"), true);
            ctx.request_repaint();
        }
    }

    /// Goes back to an earlier session; the one that was open is kept as another.
    fn go_back(&mut self, ctx: &Context, earlier: EarlierSession) {
        formula::forget_drafts(ctx);
        self.keeping.begin_another();
        self.files.know(&earlier.session);
        self.keeping.compare_data(ctx, &earlier.session, self.session.runtime());
        self.session.resume(earlier.session);
    }

    /// What is asked for before anything is drawn: by keys, by the pointer on the plots as they were drawn
    /// last, and by a search that has come to its end.
    fn collect(&mut self, ui: &Ui, queue: &Queue) {
        if !self.files.is_asking() {
            for action in keys::pressed(ui.ctx(), &self.session) {
                queue.push(action);
            }
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
    fn raw_input_hook(&mut self, _ctx: &Context, input: &mut egui::RawInput) {
        input::keep_sane(input);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.files.finish();
        self.keeping.finish();
    }
}
