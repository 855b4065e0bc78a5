//! Where the cursor stands, and how commands and time move it: from step to step, and from line to line of the
//! focused runner's next step.

use crate::command::Playback;
use thalweg_core::math::within::Within;
use thalweg_scenario::MAX_STEPS;

/// The slowest and the fastest playback, in steps per second.
pub const SPEEDS: (f64, f64) = (1.0, 5000.0);

/// What the cursor moves along.
pub struct Track {
    /// How many steps the document asks for.
    pub steps: u32,
    /// The last step that every runner has reached or ended before.
    pub horizon: u32,
    /// The step at which the last run ends.
    pub finish: u32,
    /// Whether somebody runs.
    pub has_runners: bool,
    /// How many lines a step of the focused runner has.
    pub lines: usize,
    /// The last step of the focused runner that is computed; none without a runner.
    pub last_step: Option<u32>,
}

/// The step at which all runners stand, the line that is looked at, and how time passes.
#[derive(Debug)]
pub struct StepCursor {
    /// The step at which all runners stand.
    pub step: u32,
    /// The line of the focused runner's next step that is looked at: of fewer lines the last.
    pub line: usize,
    /// Whether time moves the cursor.
    pub is_playing: bool,
    /// Steps per second.
    pub speed: f64,
    /// Where playing stops by itself, if before the end.
    stop: Option<u32>,
    /// The part of a step that has passed while playing, from 0 to 1.
    phase: f64,
}

impl StepCursor {
    /// At the start, and not playing.
    pub fn new(speed: f64) -> Self {
        Self { step: 0, line: 0, is_playing: false, speed, stop: None, phase: 0.0 }
    }

    /// Plays up to a step, if that lies ahead.
    pub fn play_until(&mut self, step: u32) {
        if step > self.step {
            (self.is_playing, self.stop, self.phase) = (true, Some(step), 0.0);
        }
    }

    /// Carries out a command.
    pub fn apply(&mut self, command: &Playback, track: &Track) {
        if !matches!(command, Playback::SetSpeed(_)) {
            self.stop = None;
        }
        match command {
            Playback::Toggle => {
                self.is_playing = !self.is_playing && track.has_runners;
                if self.is_playing && self.step >= track.finish {
                    self.seek(0, track);
                }
            }
            Playback::StepBy(steps) => {
                self.is_playing = false;
                let target = i64::from(self.step).saturating_add(*steps);
                self.seek(u32::try_from(target.max(0)).unwrap_or(u32::MAX), track);
            }
            Playback::Seek(step) => self.seek(*step, track),
            Playback::Rewind => {
                self.is_playing = false;
                self.seek(0, track);
            }
            Playback::Restart => {
                self.seek(0, track);
                self.is_playing = track.has_runners;
            }
            Playback::Line(line) => self.line = *line,
            Playback::NextLine => self.next_line(track),
            Playback::PreviousLine => self.previous_line(track),
            Playback::SetSpeed(speed) => {
                if speed.is_finite() {
                    self.speed = speed.within(SPEEDS.0, SPEEDS.1);
                }
            }
        }
    }

    /// Lets `dt` seconds pass. While playing, the cursor moves by whole steps, never past what is computed, and
    /// stops where the last run ends.
    pub fn tick(&mut self, dt: f64, track: &Track) {
        // A scene may begin at a step that is not computed yet.
        if self.stop.is_some() && self.step > track.horizon {
            return;
        }
        self.phase += dt.max(0.0) * self.speed;
        let whole = self.phase.floor().min(f64::from(MAX_STEPS));
        self.phase -= self.phase.floor();
        self.step = self.step.saturating_add(whole as u32).min(track.horizon);
        if let Some(stop) = self.stop.filter(|stop| self.step >= *stop) {
            (self.step, self.is_playing, self.stop) = (stop, false, None);
        }
        if self.step >= track.finish {
            self.step = track.finish;
            self.is_playing = false;
        }
    }

    /// Whether a step of the focused runner, computed so far, leaves from the cursor.
    pub fn has_step(&self, last_step: Option<u32>) -> bool {
        last_step.is_some_and(|last| self.step < last)
    }

    /// The line that is looked at, of a step of so many.
    pub fn line_of(&self, lines: usize) -> usize {
        self.line.min(lines.saturating_sub(1))
    }

    fn seek(&mut self, step: u32, track: &Track) {
        self.phase = 0.0;
        self.step = step.min(track.steps).min(track.horizon);
    }

    /// Goes one line on. Behind a step's last one comes the next step's first; at the end of the run, where
    /// no step follows, nothing.
    fn next_line(&mut self, track: &Track) {
        self.is_playing = false;
        if !self.has_step(track.last_step) {
            return;
        }
        let next = self.line_of(track.lines) + 1;
        if next < track.lines {
            self.line = next;
        } else {
            self.seek(self.step + 1, track);
            self.line = 0;
        }
    }

    /// Goes one line back. Before a step's first one comes the last of the step before it.
    fn previous_line(&mut self, track: &Track) {
        self.is_playing = false;
        let end = track.last_step.unwrap_or(0);
        let here = if self.has_step(track.last_step) { self.line_of(track.lines) } else { 0 };
        if here > 0 {
            self.line = here - 1;
        } else if self.step > 0 {
            // From behind the end of its run, to its last step.
            self.seek((self.step - 1).min(end.saturating_sub(1)), track);
            self.line = track.lines.saturating_sub(1);
        }
    }
}
