//! What is open, for the page: as data, and in sentences for who does not see the canvas.

use crate::words::description::description;
use crate::words::termination;
use serde::Serialize;
use thalweg_analysis::runs::termination::Termination;
use thalweg_core::run::run::Run;
use thalweg_core::run::trajectory::Sample;
use thalweg_scenario::{Runner, lesson_of};
use thalweg_session::Session;

/// The state of the window.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct PageState {
    title: String,
    /// The lesson that was opened, if it is one.
    lesson: Option<&'static str>,
    step: u32,
    steps: u32,
    playing: bool,
    theme: &'static str,
    description: String,
    runners: Vec<RunnerState>,
    error: Option<String>,
}

/// A runner at the present step.
#[derive(Clone, Debug, PartialEq, Serialize)]
struct RunnerState {
    name: String,
    x: f64,
    y: f64,
    loss: f64,
    /// How its run has ended by now.
    ending: Option<String>,
}

/// What tells one state from another, without the words.
#[derive(Clone, Debug, PartialEq)]
pub struct StateMark {
    title: String,
    step: u32,
    steps: u32,
    /// Whether time moves the cursor.
    pub is_playing: bool,
    is_dark: bool,
    runs: Vec<(u64, bool)>,
    error: Option<String>,
}

impl StateMark {
    /// The mark of a session.
    pub fn of(session: &Session, is_dark: bool, error: Option<&str>) -> Self {
        let scenario = session.scenario();
        let runs = session.race().runs().iter().enumerate();
        let runs = runs.map(|(index, run)| (session.run_version(index), has_ended(run, session.cursor())));
        Self {
            title: scenario.title.clone(),
            step: session.cursor(),
            steps: scenario.steps,
            is_playing: session.is_playing(),
            is_dark,
            runs: runs.collect(),
            error: error.map(str::to_owned),
        }
    }

    /// Whether it differs from another in more than the step.
    pub fn differs_beside_step(&self, other: &Self) -> bool {
        Self { step: other.step, runs: other.runs.clone(), ..self.clone() } != *other
    }
}

impl PageState {
    /// The state of a session.
    pub fn of(session: &Session, is_dark: bool, error: Option<&str>) -> Self {
        let scenario = session.scenario();
        let shown = session.runners().filter(|(runner, _)| !runner.hidden);
        let runners: Vec<RunnerState> =
            shown.filter_map(|(runner, run)| runner_state(session, runner, run)).collect();
        Self {
            title: scenario.title.clone(),
            lesson: lesson_of(session.opened()).map(|lesson| lesson.name),
            step: session.cursor(),
            steps: scenario.steps,
            playing: session.is_playing(),
            theme: if is_dark { "dark" } else { "light" },
            description: description(session, |_, run| ending(session, run)),
            runners,
            error: error.map(str::to_owned),
        }
    }
}

fn has_ended(run: &Run, cursor: u32) -> bool {
    run.trajectory().ending().is_some_and(|ending| ending.step <= cursor)
}

fn runner_state(session: &Session, runner: &Runner, run: &Run) -> Option<RunnerState> {
    let trajectory = run.trajectory();
    let Sample { position, loss, .. } = trajectory.at(session.cursor().min(trajectory.last_step()))?;
    let ending = has_ended(run, session.cursor()).then(|| ending(session, run));
    Some(RunnerState {
        name: runner.name().into_owned(),
        x: position.x,
        y: position.y,
        loss: *loss,
        ending: ending.flatten(),
    })
}

/// How a run ended.
fn ending(session: &Session, run: &Run) -> Option<String> {
    Termination::of(run, session.race().problem()).map(|ending| termination::sentence(&ending))
}
