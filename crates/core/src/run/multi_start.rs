//! One method from many starts at once.

use super::race::{Course, Entry};
use super::run::Lane;
use nalgebra::Vector2;

/// The runs of one entry from many starts, otherwise on the same course.
#[derive(Clone, Debug)]
pub struct Swarm {
    course: Course,
    lanes: Vec<Lane>,
}

impl Swarm {
    /// Everyone at the start.
    pub fn new(course: Course, entry: Entry<'_>, starts: impl IntoIterator<Item = [f64; 2]>) -> Self {
        let mut from = course.clone();
        let lane = |start| {
            from.start = Vector2::from(start);
            Lane::new(entry, &from)
        };
        let lanes = starts.into_iter().map(lane).collect();
        Self { course, lanes }
    }

    /// The runs, in the order of the starts.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// Computes until all runs have ended or `stop` says so; see
    /// [`Race::advance`](super::race::Race::advance).
    pub fn advance(&mut self, mut stop: impl FnMut() -> bool) -> bool {
        let mut all = true;
        for lane in &mut self.lanes {
            while !lane.is_done() {
                lane.advance(&self.course, lane.turn(&self.course));
                if stop() {
                    all = false;
                    break;
                }
            }
            if !all {
                break;
            }
        }
        all || self.lanes.iter().all(Lane::is_done)
    }
}
