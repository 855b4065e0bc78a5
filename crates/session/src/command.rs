//! What can be done to a session.

use crate::story::Guess;
use std::borrow::Cow;
use std::path::PathBuf;
use thalweg_core::method::gradient::GradientMode;
use thalweg_core::method::modifier::Modifier;
use thalweg_core::method::schedule::Schedule;
use thalweg_core::objective::surface::Surface;
use thalweg_core::objective::view::View;
use thalweg_core::run::optimizer::Optimizer;
use thalweg_core::spec::chosen::Chosen;
use thalweg_core::spec::value::Value;
use thalweg_scenario::{Color, LookAt, Scenario, Start, StartCloud, Stop, ViewState};

/// Everything that can be done to a session. The window only queues these.
#[derive(Clone, Debug)]
pub enum Command {
    /// Changes the document.
    Edit(Edit),
    /// Moves the cursor, or starts and stops playing.
    Playback(Playback),
    /// The panels look at the runner at this index.
    Focus(usize),
    /// Goes over to another document in a glide, which is one change.
    Glide(Box<Scenario>),
    /// Goes to the scene at this place of the story.
    Scene(usize),
    /// Guesses the answer to what the scene asks.
    Guess(Guess),
    /// Takes the last guess back.
    TakeBackGuess,
    /// Shows the answer: plays the run.
    Reveal,
    /// Opens a scenario, from this file if it is in one.
    Open(Box<Scenario>, Option<PathBuf>),
    /// Goes back to the scenario as it was opened.
    Reset,
    /// Takes back the last change of the document.
    Undo,
    /// Does again what was taken back last.
    Redo,
}

/// A change of the document.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Takes another surface, with its defaults, its start and its view.
    ChooseSurface(&'static Surface),
    /// Changes a setting of the surface.
    SetSurface(Cow<'static, str>, Value),
    /// Gives a constant of a typed function its value.
    SetConstant(String, f64),
    /// Moves the start.
    SetStart(Start),
    /// Takes many starts at once, or none; as many as there is room for.
    SetCloud(Option<StartCloud>),
    /// Gives all runners without a gradient of their own another source of gradients.
    ChooseGradient(&'static GradientMode),
    /// Changes a setting of that source.
    SetGradient(Cow<'static, str>, Value),
    /// Shows another part of the plane.
    SetView(View),
    /// Shows the part of the plane that the scenario was opened with.
    FitView,
    /// Makes the race longer or shorter.
    SetSteps(u32),
    /// Changes when runs end before their last step.
    SetStop(Stop),
    /// Changes the title.
    SetTitle(String),
    /// Changes the notes, a text in Markdown.
    SetNotes(String),
    /// Takes another document as a whole.
    Become(Box<Scenario>),
    /// Adds a runner.
    AddRunner(&'static Optimizer),
    /// Shows the runner at an index alone; all of them, where it is alone already.
    Solo(usize),
    /// Moves the runner at the first index to the second, between the others.
    MoveRunner(usize, usize),
    /// Changes the runner at an index.
    Runner(usize, RunnerEdit),
    /// Gives the runners at these indices a learning rate each.
    SetRates(Vec<(usize, f64)>),
    /// Changes the point that the panels look at.
    LookAt(LookAt),
    /// Changes what is shown.
    Show(Box<ViewState>),
    /// Pins the paths of the runners that are shown, under this name.
    Pin(String),
    /// Gives pinned paths another name.
    RenamePinned(usize, String),
    /// Takes pinned paths away.
    RemovePinned(usize),
}

/// A change of one runner.
#[derive(Clone, Debug)]
pub enum RunnerEdit {
    /// Takes it out.
    Remove,
    /// Adds a copy behind it.
    Duplicate,
    /// Gives it a label; an empty one stands for the optimizer's name.
    Rename(String),
    /// Gives it a colour.
    Recolor(Color),
    /// Hides it or shows it.
    Hide(bool),
    /// Gives it another optimizer; settings of the same name are kept.
    Choose(&'static Optimizer),
    /// Makes its optimizer an update rule that can be typed, with the lines of this method, or of the one that it has;
    /// momentum's where these are not all formulas.
    MakeRule(Option<&'static Optimizer>),
    /// Changes a setting of its optimizer.
    Set(Cow<'static, str>, Value),
    /// Lets a modifier act on it, behind the others but before one that must be the last.
    AddModifier(&'static Modifier),
    /// Takes the modifier at this place out.
    RemoveModifier(usize),
    /// Lets the modifier at the first place act at the second.
    MoveModifier(usize, usize),
    /// Gives it another schedule; settings of the same name are kept.
    ChooseSchedule(&'static Schedule),
    /// Gives it this schedule as it is, if its settings fit together.
    ReplaceSchedule(Box<Chosen<Schedule>>),
    /// Changes a setting of its schedule.
    SetSchedule(Cow<'static, str>, Value),
    /// Gives it a source of gradients of its own; none for the race's.
    ChooseGradient(Option<&'static GradientMode>),
    /// Changes a setting of that source.
    SetGradient(Cow<'static, str>, Value),
}

/// A move of the cursor, or of time.
#[derive(Clone, Debug)]
pub enum Playback {
    /// Starts or stops playing; at the end, plays again from the start.
    Toggle,
    /// Stops playing and moves the cursor by whole steps, forward or back.
    StepBy(i64),
    /// Moves the cursor to a step.
    Seek(u32),
    /// Moves the cursor to the start and stops playing.
    Rewind,
    /// Moves the cursor to the start and plays.
    Restart,
    /// Looks at one line of the focused runner's next step.
    Line(usize),
    /// Looks at the next line of it; behind the last one, at the first of the step after it.
    NextLine,
    /// Looks at the line before; before the first one, at the last of the step before it.
    PreviousLine,
    /// Changes the playback speed, in steps per second.
    SetSpeed(f64),
}

impl From<Edit> for Command {
    fn from(edit: Edit) -> Self {
        Self::Edit(edit)
    }
}

impl From<Playback> for Command {
    fn from(playback: Playback) -> Self {
        Self::Playback(playback)
    }
}
