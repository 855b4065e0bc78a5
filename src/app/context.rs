//! What every part of the window is given while a frame is drawn, and what it asks for in return.

use super::background_analysis::BackgroundAnalysis;
use super::compared_pair::ComparedPair;
use super::diagnoses::Diagnoses;
use super::ends::CloudEnds;
use super::maps::Maps;
use super::needs::Needs;
use super::noise::Noise;
use super::notation;
use super::phase::Phase;
use super::picture_job::PictureRequest;
use super::present::{Present, WindowRole};
use super::readings::Readings;
use super::theme::Palette;
use crate::files::earlier_session::EarlierSession;
use egui::{Context, Ui};
use nalgebra::Vector2;
use std::cell::{Cell, RefCell};
use thalweg_core::objective::view::View;
use thalweg_figure::picture_kind::PictureKind;
use thalweg_figure::run_paths::PathStep;
use thalweg_scenario::{ChangedPlace, ViewState};
use thalweg_session::{Command, Edit, Session};

/// What the user can ask of the window itself.
pub enum Action {
    /// A change of what is open.
    Do(Command),
    /// What a key does, once what was pressed before it is done.
    Press(fn(&Session) -> Action),
    /// Hiding the runner at a place, or showing it again.
    HideOrShow(usize),
    /// Opening a built-in lesson, by its name.
    Lesson(&'static str),
    /// Opening the lesson so many places behind the present one.
    TurnPage(isize),
    /// Following a link of the notes.
    Follow(String),
    /// Pointing at the controls of these places.
    Point(Vec<ChangedPlace>),
    /// Beginning a scenario of one's own.
    New,
    /// Going back to an earlier session.
    GoBack(Box<EarlierSession>),
    /// Asking for a file to open.
    AskOpen,
    /// Asking for a file to save to.
    AskSaveAs,
    /// Asking for a file to export to.
    AskExport,
    /// Asking for a table of data.
    AskData,
    /// Telling how a recorded path differs from a runner.
    Compare(ComparedPair),
    /// Showing the dialog for pictures, on a picture.
    ShowPictures(PictureKind),
    /// Asking for a file to save a picture to.
    SavePicture(Box<PictureRequest>),
    /// Copying a picture, as pixels.
    CopyPicture(Box<PictureRequest>),
    /// Saving to the file that is open.
    Save,
    /// Opening what a link carries.
    OpenLink(String),
    /// Copying the link of what is open.
    CopyLink,
    /// Copying the code that shows what is open within a page.
    CopyEmbedCode,
    /// Turning the relief by so many degrees to the side, counted from the x axis towards the y axis, and up.
    TurnRelief(f64, f64),
    /// Letting the relief turn slowly by itself, or stopping it.
    ToggleTurning,
    /// Presenting, or something while presenting.
    Present(Present),
    /// Light or dark.
    ToggleTheme,
    /// Showing or hiding the keys.
    ToggleHelp,
    /// Telling the user what has happened.
    Tell {
        /// The words.
        text: String,
        /// Whether it is bad news.
        is_error: bool,
    },
    /// Closing the window.
    Quit,
}

/// What is asked for while a frame is drawn, in this order.
#[derive(Default)]
pub struct Queue(RefCell<Vec<Action>>);

impl Queue {
    /// A further action.
    pub fn push(&self, action: Action) {
        self.0.borrow_mut().push(action);
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// All of them; none are left.
    pub fn take(&self) -> Vec<Action> {
        self.0.take()
    }
}

/// The point that the pointer is over, for another view to show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pointed {
    /// The point of the plane.
    pub at: Vector2<f64>,
    /// The step of a path that is near.
    pub step: Option<PathStep>,
    /// The view that the pointer is in.
    pub pane: Pane,
}

/// A view of the plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// The contour plot.
    Plane,
    /// The relief.
    Relief,
    /// The race in the coordinates of the eigenvectors.
    Eigenbasis,
}

/// What several parts of the window show, kept between frames.
#[derive(Default)]
pub struct Caches {
    /// What theory says of the focused runner at the cursor.
    pub readings: Readings,
    /// The possible gradients of its next step.
    pub noise: Noise,
    /// What is found out about the surface between frames.
    pub analysis: BackgroundAnalysis,
    /// The maps over settings and over starts.
    pub maps: RefCell<Maps>,
    /// How the runs ended.
    pub diagnoses: RefCell<Diagnoses>,
    /// Where the cloud's runs end.
    pub ends: RefCell<CloudEnds>,
    /// The picture of the phase plane of momentum.
    pub phase: RefCell<Phase>,
    /// What the pointer is over.
    pub pointed: Cell<Option<Pointed>>,
    /// How far the relief has turned by itself, in degrees.
    pub turned: Cell<f64>,
}

impl Caches {
    /// Goes on with what is needed, for a few milliseconds. `view` is the part of the plane that is
    /// seen.
    pub fn update(&mut self, ctx: &Context, session: &Session, needs: Needs, view: Option<View>) {
        self.noise.update(session);
        self.analysis.update(ctx, session, needs, view);
        self.maps.get_mut().update(ctx, session, needs, view);
    }
}

/// All that is needed to draw a frame: what is open, in which colours, what is known of it, and the queue of
/// what is asked for.
#[derive(Clone, Copy)]
pub struct FrameContext<'a> {
    /// What is open.
    pub session: &'a Session,
    /// The colours of the theme in use.
    pub palette: Palette,
    /// What is kept for several parts of the window.
    pub caches: &'a Caches,
    /// What is asked for.
    pub queue: &'a Queue,
    /// What the window is used for.
    pub role: WindowRole,
}

impl<'a> FrameContext<'a> {
    /// The context of what is drawn from now on.
    pub fn new(
        ui: &Ui,
        session: &'a Session,
        caches: &'a Caches,
        queue: &'a Queue,
        role: WindowRole,
    ) -> Self {
        notation::keep(ui.ctx(), session.scenario().show.notation);
        Self { session, palette: Palette::of(ui), caches, queue, role }
    }

    /// Asks for a change of what is open.
    pub fn push(&self, command: impl Into<Command>) {
        self.act(Action::Do(command.into()));
    }

    /// Asks for something of the window.
    pub fn act(&self, action: Action) {
        self.queue.push(action);
    }

    /// What is shown.
    pub fn show(&self) -> &'a ViewState {
        &self.session.scenario().show
    }

    /// Asks for something else to be shown.
    pub fn change_show(&self, edit: impl FnOnce(&mut ViewState)) {
        let mut show = self.show().clone();
        edit(&mut show);
        self.push(Edit::Show(Box::new(show)));
    }
}
