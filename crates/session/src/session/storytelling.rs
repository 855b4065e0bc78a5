//! How a session tells a story: goes to its scenes, answers what is asked, and what of it belongs in a file.

use super::{Session, first_focus, opening_cursor};
use crate::story::Story;
use std::sync::Arc;
use thalweg_scenario::{Layer, Scenario};

impl Session {
    /// Whether what happens at a step may be told: at the cursor or before, or anywhere while what is to come is shown.
    pub fn tells(&self, step: u32) -> bool {
        step <= self.cursor.step || self.document.scenario.show.layers.has(Layer::Future)
    }

    /// Goes to a scene: in a glide, with the cursor where the scene begins, and plays on from there if it says so.
    pub(super) fn turn_to(&mut self, scene: usize) {
        let Some(story) = &mut self.story else { return };
        let goal = story.turn(scene, &self.document.scenario);
        let (focus, cursor) = (first_focus(&goal), opening_cursor(Some(story), &goal));
        self.glide_to(Arc::unwrap_or_clone(goal));
        self.set_focus(focus);
        self.cursor = cursor;
    }

    /// Shows the answer to what is asked: the run from where the cursor stands.
    pub(super) fn reveal(&mut self) {
        let Some(story) = self.story.as_mut().filter(|story| story.is_asking()) else { return };
        story.reveal();
        self.cursor.play_until(self.document.scenario.steps);
    }

    /// The story that is told, if there is one.
    pub fn story(&self) -> Option<&Story> {
        self.story.as_ref()
    }

    /// The number of the present scene, from 1, if it is as its author wrote it: the document to save begins at it.
    pub fn scene_number(&self) -> Option<u32> {
        let story = self.story.as_ref().filter(|_| !self.is_changed())?;
        u32::try_from(story.place() + 1).ok()
    }

    /// What of the present state belongs in a file: of a story as its author wrote it the story, of a scene that was
    /// changed the document that it has become, without the scenes.
    pub fn document_to_save(&self) -> Scenario {
        let now = &self.document.scenario;
        match &self.story {
            Some(story) if **story.goal() == **now => self.opened.document.scenario.as_ref().clone(),
            Some(_) => Scenario { scenes: Vec::new(), ..now.as_ref().clone() },
            None => now.as_ref().clone(),
        }
    }
}
