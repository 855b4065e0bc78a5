//! A story as it is told: at which scene it is, what somebody changed meanwhile, and what a class guesses. Without a
//! clock, and without the window.

use std::collections::BTreeMap;
use std::sync::Arc;
use thalweg_core::objective::view::View;
use thalweg_scenario::{Layer, Question, Scenario, Scene, scene_document};

/// What somebody takes for the answer to a scene's question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Guess {
    /// The answer at this place among the choices.
    Choice(usize),
    /// A point of the plane.
    Place([f64; 2]),
}

/// How good the guesses were.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum GuessVerdict {
    /// So many chose the right answer.
    Choices {
        /// The right answer's place among the choices.
        right: usize,
        /// How many chose it.
        agreed: usize,
    },
    /// How far the guessed places lie from where the runner ends, in widths of the view.
    Places {
        /// The nearest.
        nearest: f64,
        /// How many lie within a twentieth of the width.
        near: usize,
    },
}

/// A guess within so much of the view's width is near.
pub const NEAR: f64 = 0.05;

/// A story that is told.
#[derive(Clone, Debug)]
pub struct Story {
    /// The document at the beginning of each scene.
    goals: Vec<Arc<Scenario>>,
    scene: usize,
    /// The documents of scenes that were left changed.
    aside: BTreeMap<usize, Arc<Scenario>>,
    guesses: Vec<Guess>,
    is_revealed: bool,
}

impl Story {
    /// The story that a document tells, at its first scene; none where there are no scenes.
    pub fn of(document: &Scenario) -> Option<Self> {
        if document.scenes.is_empty() {
            return None;
        }
        let goals = document.scenes.iter().enumerate().map(|(index, scene)| {
            let mut goal = scene_document(document, index);
            if scene.ask.is_some() {
                goal.show.layers = goal.show.layers.with(Layer::Future, false);
            }
            Arc::new(goal)
        });
        let goals = goals.collect();
        Some(Self { goals, scene: 0, aside: BTreeMap::new(), guesses: Vec::new(), is_revealed: false })
    }

    /// The place of the present scene.
    pub fn place(&self) -> usize {
        self.scene
    }

    /// How many scenes there are.
    pub fn count(&self) -> usize {
        self.goals.len()
    }

    /// The place of the scene so many behind the present one, if there is one.
    pub fn turned(&self, by: isize) -> Option<usize> {
        self.scene.checked_add_signed(by).filter(|scene| *scene < self.count())
    }

    /// The present scene.
    pub fn scene(&self) -> Option<&Scene> {
        self.goals[self.scene].scenes.get(self.scene)
    }

    /// The document at the beginning of the present scene.
    pub fn goal(&self) -> &Arc<Scenario> {
        &self.goals[self.scene]
    }

    /// Goes to a scene, and gives its document: as its author wrote it, or as it was left. What was changed of the
    /// present scene, which is `now`, is kept aside.
    pub fn turn(&mut self, to: usize, now: &Arc<Scenario>) -> Arc<Scenario> {
        if now != self.goal() {
            self.aside.insert(self.scene, Arc::clone(now));
        }
        self.scene = to.min(self.count() - 1);
        self.guesses.clear();
        self.is_revealed = false;
        self.aside.remove(&self.scene).unwrap_or_else(|| Arc::clone(self.goal()))
    }

    /// Takes the scene whose document this is for the present one: after something was taken back.
    pub fn find(&mut self, document: &Scenario) {
        if **self.goal() != *document
            && let Some(scene) = self.goals.iter().position(|goal| **goal == *document)
        {
            self.scene = scene;
            self.guesses.clear();
            self.is_revealed = false;
        }
    }

    /// The question of the present scene.
    pub fn question(&self) -> Option<&Question> {
        self.scene()?.ask.as_ref()
    }

    /// Whether something is asked and the answer is not shown yet.
    pub fn is_asking(&self) -> bool {
        !self.is_revealed && self.question().is_some()
    }

    /// Whether a point of the plane is asked for.
    pub fn asks_for_place(&self) -> bool {
        self.is_asking() && self.question().is_some_and(|question| question.choices.is_empty())
    }

    /// Takes a guess, as long as something is asked that it answers.
    pub fn guess(&mut self, guess: Guess) {
        let Some(question) = self.question().filter(|_| self.is_asking()) else { return };
        let fits = match guess {
            Guess::Choice(choice) => choice < question.choices.len(),
            Guess::Place(place) => question.choices.is_empty() && place.iter().all(|at| at.is_finite()),
        };
        if fits {
            self.guesses.push(guess);
        }
    }

    /// Takes the last guess back.
    pub fn take_back(&mut self) {
        if self.is_asking() {
            self.guesses.pop();
        }
    }

    /// Shows the answer from now on.
    pub fn reveal(&mut self) {
        self.is_revealed = true;
    }

    /// What was guessed, in the order in which it was.
    pub fn guesses(&self) -> &[Guess] {
        &self.guesses
    }

    /// How good the guesses were, once the answer is shown; `end` is where the runner that is asked about ends.
    pub fn verdict(&self, end: [f64; 2], view: View) -> Option<GuessVerdict> {
        let question = self.question().filter(|_| self.is_revealed)?;
        if !question.choices.is_empty() {
            let right = (question.answer as usize).checked_sub(1)?;
            let agreed = self.guesses.iter().filter(|guess| **guess == Guess::Choice(right)).count();
            return Some(GuessVerdict::Choices { right, agreed });
        }
        let width = view.x.1 - view.x.0;
        let away = |guess: &Guess| match guess {
            Guess::Place([x, y]) => Some(libm::hypot(x - end[0], y - end[1]) / width),
            Guess::Choice(_) => None,
        };
        let ways: Vec<f64> = self.guesses.iter().filter_map(away).collect();
        let nearest = ways.iter().copied().reduce(f64::min)?;
        Some(GuessVerdict::Places { nearest, near: ways.iter().filter(|way| **way <= NEAR).count() })
    }
}
