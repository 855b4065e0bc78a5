//! The session: the document, its history, its runs, and the cursor.

mod resuming;
mod storytelling;

use crate::command::{Command, Edit, Playback};
use crate::document::{Counter, Document, Opened, RunnerId};
use crate::edit::edit;
use crate::frame_budget::{FrameBudget, FrameTimer};
use crate::glide::Glide;
use crate::history::{History, Moment};
use crate::pinned_race::PinnedRace;
use crate::runs::Runs;
use crate::runtime::Runtime;
use crate::step_cursor::{SPEEDS, StepCursor, Track};
use crate::story::Story;
use nalgebra::Vector2;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thalweg_analysis::runs::step_trace::StepTrace;
use thalweg_core::math::within::Within;
use thalweg_core::objective::critical_point::CriticalPoint;
use thalweg_core::run::multi_start::MultiStart;
use thalweg_core::run::race::Race;
use thalweg_core::run::run::Run;
use thalweg_scenario::{LookAt, Notation, PinnedRun, Runner, Scenario, refused};

/// What is open now.
#[derive(Debug)]
pub struct Session {
    document: Document,
    opened: Arc<Opened>,
    history: History,
    runs: Runs,
    cursor: StepCursor,
    /// What goes on by itself.
    glide: Option<Glide>,
    story: Option<Story>,
    focus: usize,
    ids: Counter,
    runtime: Runtime,
}

impl Session {
    /// Opens a scenario, with the cursor at the start, where no time passes; see [`Runtime::synchronous`].
    pub fn new(scenario: Scenario) -> Self {
        Self::with_runtime(scenario, Runtime::synchronous())
    }

    /// Opens a scenario, with the cursor at the start.
    pub fn with_runtime(scenario: Scenario, runtime: Runtime) -> Self {
        let mut ids = Counter::default();
        let base = Document::new(scenario, &mut ids);
        let (document, story) = begun(&base, &mut ids);
        Self::of(base, document, story, ids, runtime)
    }

    /// A session on a document that was opened as `base`, with the cursor at the start.
    fn of(base: Document, document: Document, story: Option<Story>, ids: Counter, runtime: Runtime) -> Self {
        let focus = first_focus(&document.scenario);
        Self {
            runs: Runs::new(&document, focus),
            opened: Arc::new(Opened { document: base, file: None, opening: 0 }),
            history: History::default(),
            cursor: opening_cursor(story.as_ref(), &document.scenario),
            glide: None,
            story,
            focus,
            document,
            ids,
            runtime,
        }
    }

    /// The clock, and who does a job.
    pub fn runtime(&self) -> Runtime {
        self.runtime
    }

    /// Begins to use up a part of a frame.
    pub fn begin(&self, budget: FrameBudget) -> FrameTimer {
        budget.begin(self.runtime.clock)
    }

    /// Carries out a command. One that makes no sense (a runner that is not there, a value that
    /// its parameter does not accept) changes nothing. What it changes of the document can be taken
    /// back, together with what was changed before since the last [`Session::settle`].
    pub fn apply(&mut self, command: impl Into<Command>) {
        let command = command.into();
        if !matches!(command, Command::Playback(_) | Command::Focus(_)) {
            self.arrive();
        }
        match command {
            Command::Edit(edit) => self.edit(&edit),
            Command::Glide(to) => self.glide_to(*to),
            Command::Scene(scene) => self.turn_to(scene),
            Command::Guess(guess) => self.story.iter_mut().for_each(|story| story.guess(guess)),
            Command::TakeBackGuess => self.story.iter_mut().for_each(Story::take_back),
            Command::Reveal => self.reveal(),
            Command::Playback(playback) => self.play(&playback),
            Command::Focus(index) => self.set_focus(index),
            Command::Open(scenario, file) => self.open(*scenario, file),
            Command::Reset => self.reset(),
            Command::Undo => {
                let now = self.moment();
                let before = self.history.undo(now);
                self.go_to(before);
            }
            Command::Redo => {
                let now = self.moment();
                let after = self.history.redo(now);
                self.go_to(after);
            }
        }
    }

    fn edit(&mut self, change: &Edit) {
        let scenario = edit(&self.document.scenario, &self.opened.document.scenario, change);
        if scenario == *self.document.scenario {
            return;
        }
        let new = self.document.edited(scenario, change, &mut self.ids);
        // Who comes in is looked at.
        let focus = new.newcomer(&self.document);
        self.history.record(self.moment(), &new.scenario);
        self.adopt(new, focus);
    }

    fn glide_to(&mut self, to: Scenario) {
        self.settle();
        if refused(&to).is_none() && to != *self.document.scenario {
            self.glide = Some(Glide::new(Arc::clone(&self.document.scenario), to));
            self.glide_on(0.0);
        }
    }

    /// Lets a glide go on for `dt` seconds.
    fn glide_on(&mut self, dt: f64) {
        let Some(glide) = &mut self.glide else { return };
        glide.pass(dt);
        if glide.is_over() {
            self.arrive();
        } else {
            let now = glide.now();
            self.edit(&Edit::Become(Box::new(now)));
        }
    }

    /// Ends a glide where it leads. It is one change.
    pub fn arrive(&mut self) {
        if let Some(glide) = self.glide.take() {
            self.edit(&Edit::Become(Box::new(glide.goal().clone())));
            self.settle();
        }
    }

    /// Whether the document is on its way to another.
    pub fn is_gliding(&self) -> bool {
        self.glide.is_some()
    }

    fn play(&mut self, playback: &Playback) {
        let track = self.track();
        self.cursor.apply(playback, &track);
    }

    fn set_focus(&mut self, index: usize) {
        if index < self.document.ids.len() {
            self.focus = index;
            self.runs.follow(&self.document, index);
        }
    }

    fn open(&mut self, mut scenario: Scenario, file: Option<PathBuf>) {
        // A lecturer's symbols stay while one document follows the other; one that has its own keeps them.
        if scenario.show.notation == Notation::default() {
            scenario.show.notation = self.document.scenario.show.notation;
        }
        let base = Document::new(scenario, &mut self.ids);
        let (document, story) = begun(&base, &mut self.ids);
        self.go_over_to(base, document, story, file);
    }

    /// Goes over to a document that was opened as `base`, from its start.
    fn go_over_to(
        &mut self,
        base: Document,
        document: Document,
        story: Option<Story>,
        file: Option<PathBuf>,
    ) {
        let opening = self.opened.opening + 1;
        let opened = Opened { document: base, file, opening };
        self.story = story;
        self.runs.forget_pinned();
        self.start_from(document, opened);
    }

    fn reset(&mut self) {
        // Of a story the scene begins anew.
        if let Some(story) = &self.story {
            let goal = Scenario::clone(story.goal());
            self.settle();
            self.edit(&Edit::Become(Box::new(goal)));
            self.turn_to(self.story.as_ref().map_or(0, Story::place));
            return;
        }
        let opened = Opened::clone(&self.opened);
        self.start_from(opened.document.clone(), opened);
    }

    /// Goes over to a document from its start, which can be taken back by itself.
    fn start_from(&mut self, document: Document, opened: Opened) {
        self.settle();
        let is_same = document.scenario == self.document.scenario && opened.opening == self.opened.opening;
        if !is_same {
            self.history.record(self.moment(), &document.scenario);
        }
        self.opened = Arc::new(opened);
        let focus = first_focus(&document.scenario);
        let cursor = opening_cursor(self.story.as_ref(), &document.scenario);
        self.adopt(document, Some(focus));
        self.cursor = cursor;
    }

    fn go_to(&mut self, moment: Option<Moment>) {
        let Some(Moment { document, opened }) = moment else { return };
        // What was saved since stays what is saved.
        if opened.opening != self.opened.opening {
            self.story = Story::of(&opened.document.scenario);
            self.opened = opened;
        }
        self.adopt(document, None);
        if let Some(story) = &mut self.story {
            story.find(&self.document.scenario);
        }
    }

    /// Takes another document, and computes anew what follows from what differs. The panels look at the runner
    /// at `focus`, or else go on looking at the one that they look at.
    fn adopt(&mut self, new: Document, focus: Option<usize>) {
        let old = std::mem::replace(&mut self.document, new);
        let same = || old.ids.get(self.focus).and_then(|id| self.document.index(*id));
        let focus = focus.or_else(same).unwrap_or(self.focus);
        self.focus = focus.min(self.document.ids.len().saturating_sub(1));
        self.runs.adopt(&old, &self.document, self.focus);
        self.cursor.step = self.cursor.step.min(self.document.scenario.steps);
    }

    fn moment(&self) -> Moment {
        Moment { document: self.document.clone(), opened: Arc::clone(&self.opened) }
    }

    /// Ends a change: what is done from now on is taken back by itself. A drag of a slider is many
    /// commands, and one change; whoever knows when the hand lets go says so.
    pub fn settle(&mut self) {
        // A glide is one change from its beginning to its end.
        if self.glide.is_none() {
            self.history.settle();
        }
    }

    /// What [`Command::Undo`] would take back, in words.
    pub fn undoable(&self) -> Option<&str> {
        self.history.undoable()
    }

    /// What [`Command::Redo`] would do again, in words.
    pub fn redoable(&self) -> Option<&str> {
        self.history.redoable()
    }

    /// The document.
    pub fn scenario(&self) -> &Scenario {
        &self.document.scenario
    }

    /// Whether anything differs from the scenario as it was opened, or of a story from the scene as it was written; of
    /// what glides, where it leads.
    pub fn is_changed(&self) -> bool {
        let unchanged = self.story.as_ref().map_or(&self.opened.document.scenario, Story::goal);
        let now = self.glide.as_ref().map_or(&*self.document.scenario, Glide::goal);
        *now != **unchanged
    }

    /// The scenario as it was opened or saved last: what [`Command::Reset`] goes back to.
    pub fn opened(&self) -> &Scenario {
        &self.opened.document.scenario
    }

    /// A number that is new whenever another document is opened, and old again when that is taken back.
    pub fn opening(&self) -> u64 {
        self.opened.opening
    }

    /// The file that it is in, if it is in one.
    pub fn file(&self) -> Option<&Path> {
        self.opened.file.as_deref()
    }

    /// The race, as far as it is computed.
    pub fn race(&self) -> &Race {
        self.runs.race()
    }

    /// A number that is new whenever the surface is another one: older pictures of it are stale.
    pub fn surface_version(&self) -> u64 {
        self.runs.surface_version()
    }

    /// What tells the runner at an index from all others, as long as it is there.
    pub fn id(&self, index: usize) -> Option<RunnerId> {
        self.document.ids.get(index).copied()
    }

    /// A number that is new whenever the runner at an index runs anew: older pictures of its path are
    /// stale. While it stays, the path only grows.
    pub fn run_version(&self, index: usize) -> u64 {
        self.runs.version(index)
    }

    /// The focused runner's method from many starts, where the scenario asks for it, with a number
    /// that is new whenever the runs begin anew.
    pub fn multi_start(&self) -> Option<(&MultiStart, u64)> {
        self.runs.multi_start()
    }

    /// The pinned paths, each with its race.
    pub fn pinned_runs(&self) -> impl Iterator<Item = (&PinnedRun, &PinnedRace)> {
        self.document.scenario.pinned_runs.iter().zip(self.runs.pinned())
    }

    /// The step at which all runners stand.
    pub fn cursor(&self) -> u32 {
        self.cursor.step
    }

    /// Whether time moves the cursor.
    pub fn is_playing(&self) -> bool {
        self.cursor.is_playing
    }

    /// Playback speed in steps per second.
    pub fn speed(&self) -> f64 {
        self.cursor.speed
    }

    /// The line of the focused runner's next step that is looked at.
    pub fn line(&self) -> usize {
        self.cursor.line_of(self.lines())
    }

    /// How many lines a step of the focused runner has.
    fn lines(&self) -> usize {
        self.focused().map_or(0, |(_, run)| StepTrace::count(run))
    }

    /// Whether a step of the focused runner leaves from the cursor.
    pub fn has_step(&self) -> bool {
        self.cursor.has_step(self.last_step())
    }

    /// The last step of the focused runner that is computed.
    fn last_step(&self) -> Option<u32> {
        self.focused().map(|(_, run)| run.trajectory().last_step())
    }

    /// The index of the runner that the panels look at.
    pub fn focus(&self) -> usize {
        self.focus
    }

    /// The runner that the panels look at, with its run; none if there is no runner.
    pub fn focused(&self) -> Option<(&Runner, &Run)> {
        self.document.scenario.runners.get(self.focus).zip(self.race().runs().get(self.focus))
    }

    /// Its run, with the number that tells it from all others.
    pub fn focused_run(&self) -> Option<(u64, &Run)> {
        self.focused().map(|(_, run)| (self.run_version(self.focus), run))
    }

    /// Each runner with its run.
    pub fn runners(&self) -> impl Iterator<Item = (&Runner, &Run)> {
        self.document.scenario.runners.iter().zip(self.race().runs())
    }

    /// Which point the panels look at.
    pub fn look_at(&self) -> LookAt {
        self.document.scenario.show.look_at
    }

    /// Where the focused runner stands at the cursor; the start if there is no runner.
    pub fn position(&self) -> Vector2<f64> {
        self.focused()
            .and_then(|(_, run)| run.trajectory().at(self.cursor.step))
            .map_or_else(|| Vector2::from(self.document.scenario.start.point()), |sample| sample.position)
    }

    /// The known minimum nearest to `p`, if there is one.
    pub fn nearest_minimum(&self, p: Vector2<f64>) -> Option<CriticalPoint> {
        self.race().problem().objective.nearest_minimum(p)
    }

    /// The point that the spectral panel looks at; none if that is a minimum and none is known.
    pub fn point(&self) -> Option<Vector2<f64>> {
        match self.look_at() {
            LookAt::Point(point) => Some(Vector2::from(point)),
            LookAt::Current => Some(self.position()),
            LookAt::Start => Some(Vector2::from(self.document.scenario.start.point())),
            LookAt::NearestMinimum => self.nearest_minimum(self.position()).map(|minimum| minimum.at),
        }
    }

    /// The last step that every runner has reached or ended before: the cursor can go so far.
    pub fn horizon(&self) -> u32 {
        let steps = self.document.scenario.steps;
        let reached = |run: &Run| if run.is_done() { steps } else { run.trajectory().last_step() };
        self.race().runs().iter().map(reached).min().unwrap_or(steps)
    }

    /// The step at which the last run ends, the cloud's with them: there is nothing to play behind it.
    pub fn finish_line(&self) -> u32 {
        let steps = self.document.scenario.steps;
        let end = |run: &Run| run.trajectory().ending().map_or(steps, |ending| ending.step);
        let cloud = self.multi_start().into_iter().flat_map(|(cloud, _)| cloud.runs());
        self.race().runs().iter().chain(cloud).map(end).max().unwrap_or(0)
    }

    fn track(&self) -> Track {
        Track {
            steps: self.document.scenario.steps,
            horizon: self.horizon(),
            finish: self.finish_line(),
            has_runners: !self.document.scenario.runners.is_empty(),
            lines: self.lines(),
            last_step: self.last_step(),
        }
    }

    /// Lets `dt` seconds pass. While playing, the cursor moves by whole steps, never past what
    /// is computed, and stops where the last run ends.
    pub fn tick(&mut self, dt: f64) {
        if dt.is_finite() {
            self.glide_on(dt);
        }
        if self.cursor.is_playing && self.glide.is_none() && dt.is_finite() {
            let track = self.track();
            self.cursor.tick(dt, &track);
        }
    }

    /// Computes on until everything is computed or `stop` says so. True when all is computed.
    pub fn compute(&mut self, stop: impl FnMut() -> bool) -> bool {
        self.runs.advance(stop)
    }
}

/// Whom the panels look at when a scenario is opened.
fn first_focus(scenario: &Scenario) -> usize {
    (scenario.show.focus as usize).saturating_sub(1).min(scenario.runners.len().saturating_sub(1))
}

/// Where the cursor stands when a scenario is opened.
fn first_cursor(scenario: &Scenario) -> StepCursor {
    StepCursor::new(scenario.show.first_speed(scenario.steps).within(SPEEDS.0, SPEEDS.1))
}

/// Where the cursor stands when a document is opened, and how far it plays by itself: of a story as its scene says.
fn opening_cursor(story: Option<&Story>, scenario: &Scenario) -> StepCursor {
    let mut cursor = first_cursor(scenario);
    if let Some(scene) = story.and_then(Story::scene) {
        // It may not be computed yet.
        cursor.step = scene.step.min(scenario.steps);
        cursor.play_until(scene.until);
    }
    cursor
}

/// The document that an opened one begins with, and the story that it tells.
fn begun(base: &Document, ids: &mut Counter) -> (Document, Option<Story>) {
    let story = Story::of(&base.scenario);
    let goal = story.as_ref().map(Story::goal).filter(|goal| **goal != base.scenario);
    let document = goal.map(|goal| Document::new(Scenario::clone(goal), ids));
    (document.unwrap_or_else(|| base.clone()), story)
}
