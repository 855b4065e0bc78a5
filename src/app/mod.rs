//! The window. The only place that knows egui; it reads a session and queues commands.

pub mod address;
mod advice;
mod arrangement;
mod background_analysis;
mod beside;
mod bottom_panel;
mod brought;
mod card_menu;
mod cards;
mod charts;
mod color;
mod column_dialog;
mod compared_pair;
mod comparison_window;
mod context;
mod copy_code;
mod data;
mod dataset;
#[cfg(not(target_arch = "wasm32"))]
mod desktop;
#[cfg(not(target_arch = "wasm32"))]
pub mod desktop_window;
mod diagnoses;
mod dialog;
mod drop_hint;
mod ends;
mod entry_name;
mod file_outcome;
mod follow;
mod fonts;
mod formula;
mod frame_share;
mod gradient;
mod help;
mod input;
mod keys;
mod layout;

mod layers;
mod legend;
mod lessons;
mod link_view;
mod links;
mod maps;
mod markdown;
mod marker;
mod modifiers;
mod needs;
mod noise;
mod notation;
mod notation_menu;
mod pages;
mod paint;
mod paste;
mod phase;
mod picture_dialog;
mod picture_job;
mod pinned;
mod plane;
mod please_wait;
mod plot_weight;
mod pointing;
mod present;
mod presenting;
mod presenting_window;
mod purpose;
mod race;
mod schedule;
mod session_keeping;

mod readings;
mod recorded_path_row;
mod rule_editor;
mod setting;
mod slider;
mod slim_bar;
mod start;
mod story;
mod table;
mod text_size;
mod theme;
mod tip;
mod toast;
mod topbar;
mod transport;
mod tuning;
mod typed_field;
mod typed_number;
mod wanted;
#[cfg(target_arch = "wasm32")]
pub mod web;
mod window_title;

use crate::files::earlier_session::EarlierSession;
use context::{Action, Caches, FrameContext, Queue};
#[cfg(not(target_arch = "wasm32"))]
use desktop::{files::DesktopFiles as Files, keeping::DesktopKeeping as Keeping};
use egui::{Context, Frame, Margin, Panel, Ui};
use file_outcome::FileOutcome;
use layout::Side;
use link_view::{LinkView, WindowBars};
use picture_dialog::PictureExport;
use plane::{EigenbasisPlot, SurfacePlots};
use presenting::Presenting;
use purpose::Purpose;
use std::path::PathBuf;
use thalweg_scenario::Scenario;
use thalweg_session::{Command, Edit, FrameBudget, RunnerEdit, Runtime, Session, StoredSession};
#[cfg(target_arch = "wasm32")]
use web::{page_files::PageFiles as Files, page_keeping::PageKeeping as Keeping};

/// Why a frame is laid out once more.
const LAID_OUT_AGAIN: &str = "what was asked for is shown in the same frame";

/// The lesson that a first start opens.
const FIRST_LESSON: &str = "classic-five";

/// The window's state: a session, and what is only about showing it.
pub struct App {
    session: Session,
    panels: Panels,
    caches: Caches,
    files: Files,
    keeping: Keeping,
    /// How a link shows what is open.
    view: LinkView,
    presenting: Presenting,
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
    lessons: lessons::Lessons,
    /// The sessions that can be gone back to.
    earlier: Vec<EarlierSession>,
    help: bool,
    /// What leaves the window as pictures.
    pictures: PictureExport,
    /// A path beside a runner.
    comparison: comparison_window::ComparisonWindow,
    /// Which columns of a file are meant.
    columns: column_dialog::ColumnDialog,
    /// Which panel is open where there is no room for all.
    side: Option<Side>,
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
            panels: Panels::default(),
            caches: Caches::default(),
            files: Files::default(),
            keeping: Keeping::default(),
            view: LinkView::default(),
            presenting: Presenting::default(),
            last: None,
        }
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
                    typed_field::forget_drafts(ctx);
                }
                self.session.apply(command);
            }
            Action::Press(action) => self.act(ctx, action(&self.session)),
            Action::HideOrShow(index) => {
                if let Some(runner) = self.session.scenario().runners.get(index) {
                    self.session.apply(Edit::Runner(index, RunnerEdit::Hide(!runner.hidden)));
                }
            }
            Action::Lesson(name) => match thalweg_scenario::open_preset(name) {
                Ok(scenario) => self.open_scenario(ctx, Box::new(scenario), None),
                Err(error) => self.files.tell(error.to_string(), true),
            },
            Action::TurnPage(by) => {
                if let Some(command) = story::turned(&self.session, by) {
                    self.session.apply(command);
                } else if let Some(action) = self.panels.lessons.turned(&self.session, by) {
                    self.act(ctx, action);
                    // Who turns back comes to a story's end.
                    if let Some(last) = self.session.story().filter(|_| by < 0).map(|story| story.count() - 1)
                    {
                        self.session.apply(Command::Scene(last));
                        self.session.arrive();
                    }
                }
            }
            Action::Follow(destination) => self.follow(ctx, &destination),
            Action::Point(places) => pointing::begin(ctx, places),
            Action::New => {
                self.open_scenario(ctx, Box::new(Scenario::of_ones_own()), None);
                self.panels.pages.write();
            }
            Action::GoBack(earlier) => self.go_back(ctx, *earlier),
            Action::AskOpen => self.files.ask(Purpose::Open, &self.session),
            Action::AskSaveAs => self.files.ask(Purpose::Save, &self.session),
            Action::AskExport => self.files.ask(Purpose::Export, &self.session),
            Action::AskData => self.files.ask(Purpose::Data, &self.session),
            Action::Compare(pair) => self.panels.comparison.begin(ctx, &self.session, pair),
            Action::ShowPictures(kind) => self.panels.pictures.open(ctx, kind),
            Action::SavePicture(request) => self.files.ask_picture(request, &self.session),
            Action::CopyPicture(request) => {
                self.panels.pictures.copy(ctx, self.session.runtime(), *request);
            }
            Action::Save => self.files.save(ctx, &self.session),
            Action::OpenLink(link) => self.open_link(ctx, &link),
            Action::CopyLink => self.copy_link(ctx),
            Action::CopyEmbedCode => self.copy_embed_code(ctx),
            Action::TurnRelief(side, up) => {
                let turned = self.panels.plane.turned(&self.session.scenario().show, side, up);
                self.session.apply(Edit::Show(Box::new(turned)));
            }
            Action::ToggleTurning => {
                let toggled = self.panels.plane.toggled(&self.session.scenario().show);
                self.session.apply(Edit::Show(Box::new(toggled)));
            }
            Action::Present(action) => self.present(ctx, action),
            Action::ToggleTheme => {
                let dark = ctx.theme() == egui::Theme::Dark;
                ctx.set_theme(if dark { egui::Theme::Light } else { egui::Theme::Dark });
            }
            Action::ToggleHelp => self.panels.help = !self.panels.help,
            Action::Tell { text, is_error } => self.files.tell(text, is_error),
            Action::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    fn follow(&mut self, ctx: &Context, destination: &str) {
        self.session.arrive();
        match follow::actions(&self.session, destination) {
            Some(Ok(actions)) => actions.into_iter().for_each(|action| self.act(ctx, action)),
            Some(Err(fault)) => self.files.tell(format!("This link cannot be followed: {fault}."), true),
            None => ctx.open_url(egui::OpenUrl::new_tab(destination)),
        }
    }

    fn take(&mut self, ctx: &Context, outcome: FileOutcome) {
        match outcome {
            FileOutcome::Opened(scenario, file) => self.open_scenario(ctx, scenario, Some(file)),
            FileOutcome::Saved(scenario, file) => self.session.mark_saved(*scenario, file),
            FileOutcome::Brought(brought) => {
                if let Some((told, is_error)) =
                    brought::take(&mut self.session, &mut self.panels.columns, brought)
                {
                    self.files.tell(told, is_error);
                }
            }
            #[cfg(not(target_arch = "wasm32"))]
            FileOutcome::Link(link) => self.open_link(ctx, &link),
        }
    }

    fn open_scenario(&mut self, ctx: &Context, scenario: Box<Scenario>, file: Option<PathBuf>) {
        typed_field::forget_drafts(ctx);
        self.view.begin_at(None, false);
        self.session.apply(Command::Open(scenario, file));
    }

    fn pass_time(&mut self, ctx: &Context) {
        let now = ctx.input(|input| input.time);
        let dt = self.last.map_or(0.0, |last| now - last);
        self.last = Some(now);
        // What glides is another document in each frame: its runs are computed before they are drawn.
        self.session.tick(dt);
        let timer = self.session.begin(FrameBudget::RACE);
        let done = self.session.compute(|| timer.is_over());
        self.view.advance(&mut self.session, done);
        if !done || self.session.is_playing() || self.session.is_gliding() {
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
        self.files.take_drops(&ctx, &self.session);
        self.collect(ui, &queue);
        self.carry_out(&ctx, &queue);
        self.pass_time(&ctx);
        self.update_caches(&ctx);

        self.begin_presenting(&ctx);
        let parts = self.parts(ui.available_size());
        let frame = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(10, 6));
        let mut top = ui.max_rect().top();
        if parts.bars.has_menus() {
            let bar = Panel::top("bar").frame(frame).resizable(false).show(ui, |ui| {
                self.show(ui, &queue, |ui, context, panels| {
                    topbar::show(ui, context, &panels.lessons, &panels.earlier);
                });
            });
            top = bar.response.rect.bottom();
        }
        toast::show(&ctx, &mut self.files.toast, top);
        if parts.bars.has_slim() {
            Panel::bottom("slim bar").frame(frame).resizable(false).show(ui, |ui| {
                let has_title = parts.bars == WindowBars::Slim;
                self.show(ui, &queue, |ui, context, _| slim_bar::show(ui, context, has_title));
            });
        }
        self.arrange(ui, &queue, parts);
        help::show(&ctx, &mut self.panels.help);
        self.panels.comparison.show(&ctx);
        if let Some((told, is_error)) = self.panels.columns.show(&ctx, &mut self.session) {
            self.files.tell(told, is_error);
        }
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
        self.cover(&ctx);
        self.panels.lessons.note(&ctx, &self.session);
        window_title::show(&ctx, &self.session);
        self.keep(&ctx);
        // A hand on a slider, a turning wheel or a text that is being written is one change.
        if !is_held(&ctx) && !ctx.text_edit_focused() {
            self.session.settle();
        }
    }

    /// What is asked for before anything is drawn: by keys, by the pointer on the plots as they were drawn
    /// last, and by a search that has come to its end.
    fn collect(&mut self, ui: &Ui, queue: &Queue) {
        if !self.files.is_asking() && !self.panels.columns.is_open() {
            // What is open over the window has Escape first.
            let panels = &self.panels;
            let is_covered = panels.help || panels.comparison.is_open() || panels.pictures.is_open();
            let is_presenting = self.presenting.is_on() && !is_covered;
            let runners = self.session.scenario().runners.len();
            for action in keys::pressed(ui.ctx(), runners, is_presenting) {
                queue.push(action);
            }
            if let Some(action) = paste::pasted(ui.ctx()) {
                queue.push(action);
            }
        }
        let role = self.role();
        let context = FrameContext::new(ui, &self.session, &self.caches, queue, role);
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
        let role = self.role();
        let context = FrameContext::new(ui, &self.session, &self.caches, queue, role);
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
