//! Walking through the lines of a step, and on to the next one.

use super::Session;
use thalweg_analysis::runs::step_trace::StepTrace;

impl Session {
    /// The line of the focused runner's next step that is looked at.
    pub fn part(&self) -> usize {
        self.part.min(self.parts().saturating_sub(1))
    }

    /// How many lines a step of the focused runner has.
    pub fn parts(&self) -> usize {
        self.focused().map_or(0, |(_, run)| StepTrace::count(run))
    }

    /// Whether a step of the focused runner leaves from the cursor.
    pub fn has_step(&self) -> bool {
        self.focused().is_some_and(|(_, run)| self.cursor < run.trajectory().last_step())
    }

    /// Goes one line on. Behind a step's last one comes the next step's first; at the end of the run, where
    /// no step follows, nothing.
    pub(super) fn next_part(&mut self) {
        self.playing = false;
        if !self.has_step() {
            return;
        }
        let next = self.part() + 1;
        if next < self.parts() {
            self.part = next;
        } else {
            self.seek(self.cursor + 1);
            self.part = 0;
        }
    }

    /// Goes one line back. Before a step's first one comes the last of the step before it.
    pub(super) fn previous_part(&mut self) {
        self.playing = false;
        let end = self.focused().map_or(0, |(_, run)| run.trajectory().last_step());
        let here = if self.has_step() { self.part() } else { 0 };
        if here > 0 {
            self.part = here - 1;
        } else if self.cursor > 0 {
            // From behind the end of its run, to its last step.
            self.seek((self.cursor - 1).min(end.saturating_sub(1)));
            self.part = self.parts().saturating_sub(1);
        }
    }
}
