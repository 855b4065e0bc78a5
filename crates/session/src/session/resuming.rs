//! How a session goes on at the next start, and in its file.

use super::{Session, opening_cursor};
use crate::command::Edit;
use crate::document::{Counter, Document, Opened};
use crate::runtime::Runtime;
use crate::stored_session::StoredSession;
use crate::story::Story;
use std::path::PathBuf;
use std::sync::Arc;
use thalweg_scenario::Scenario;

impl Session {
    /// Goes on with a session of an earlier time, with the cursor at the start, or where the scene of a story begins.
    pub fn resumed(stored: StoredSession, runtime: Runtime) -> Self {
        // As it was left: where it was opened, and whether it is a scene of a story, is told next.
        let mut ids = Counter::default();
        let document = Document::new(Arc::unwrap_or_clone(stored.scenario), &mut ids);
        let mut session = Self::of(document.clone(), document, None, ids, runtime);
        session.resume_from(stored.opened, stored.file);
        session.begin_scene();
        session
    }

    /// What is kept of it until the next start. `fingerprint` is that of the content of its file, when it was read
    /// or written last.
    pub fn stored(&self, fingerprint: Option<u64>) -> StoredSession {
        StoredSession {
            scenario: Arc::clone(&self.document.scenario),
            opened: Arc::clone(&self.opened.document.scenario),
            file: self.opened.file.clone(),
            fingerprint,
        }
    }

    /// Goes over to a session of an earlier time, which can be taken back.
    pub fn resume(&mut self, stored: StoredSession) {
        let document = Document::new(Arc::unwrap_or_clone(stored.scenario), &mut self.ids);
        self.go_over_to(document.clone(), document, None, None);
        self.resume_from(stored.opened, stored.file);
        self.begin_scene();
    }

    /// Puts the cursor where the scene begins, if what is open is one as its author wrote it.
    fn begin_scene(&mut self) {
        let scenario = &self.document.scenario;
        let story = self.story.as_ref().filter(|story| story.goal() == scenario);
        self.cursor = opening_cursor(story, scenario);
    }

    /// What is open was opened as this scenario, from this file, and changed since.
    fn resume_from(&mut self, opened: Arc<Scenario>, file: Option<PathBuf>) {
        // Saving a story leaves it where it is told.
        let is_told = self.story.is_some() && *opened == *self.opened.document.scenario;
        let same = *opened == *self.document.scenario;
        let document = if same {
            self.document.clone()
        } else {
            Document::new(Arc::unwrap_or_clone(opened), &mut self.ids)
        };
        self.opened = Arc::new(Opened { document, file, opening: self.opened.opening });
        if !is_told {
            self.story = Story::of(&self.opened.document.scenario);
        }
        match &mut self.story {
            Some(story) => story.find(&self.document.scenario),
            // What was a changed scene is a document of its own.
            None if !self.document.scenario.scenes.is_empty() => {
                let own = Scenario { scenes: Vec::new(), ..Scenario::clone(&self.document.scenario) };
                self.edit(&Edit::Become(Box::new(own)));
            }
            None => {}
        }
    }

    /// Declares a scenario, which is or was the present one, the one that [`Command::Reset`](crate::Command::Reset) goes back to: it is
    /// saved in this file.
    pub fn mark_saved(&mut self, saved: Scenario, file: PathBuf) {
        let now = &self.document.scenario;
        let (title, notes) = (saved.title.clone(), saved.notes.clone());
        // What was saved under other words has them from now on.
        if **now != saved && (Scenario { title, notes, ..Scenario::clone(now) }) == saved {
            self.edit(&Edit::Become(Box::new(saved.clone())));
            self.settle();
        }
        self.resume_from(Arc::new(saved), Some(file));
    }
}
