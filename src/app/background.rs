//! Maps computed on threads of their own: the window never waits for them.

use std::num::NonZero;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};
use thalweg_analysis::sweep::outcome::CellResult;
use thalweg_analysis::sweep::plan::SweepPlan;

/// How long the window is left alone while cells come in; what completes a level wakes it at once.
const PAUSE: Duration = Duration::from_millis(60);

/// A map under way, or finished. Whoever drops it, ends the work on it.
pub struct Job {
    plan: Arc<SweepPlan>,
    /// The cells, row by row from the lower left.
    found: Vec<Option<CellResult>>,
    done: usize,
    answers: Receiver<Answer>,
    stop: Arc<AtomicBool>,
}

type Answer = (Range<usize>, Vec<CellResult>);

impl Drop for Job {
    fn drop(&mut self) {
        self.cancel();
    }
}

impl Job {
    /// Begins a map. `wake` is called from the threads when there is something to show.
    pub fn begin(plan: SweepPlan, wake: impl Fn() + Clone + Send + 'static) -> Self {
        let (sender, answers) = channel();
        let (plan, stop) = (Arc::new(plan), Arc::new(AtomicBool::new(false)));
        let work = Work {
            plan: Arc::clone(&plan),
            pieces: plan.pieces().into(),
            next: Arc::default(),
            stop: Arc::clone(&stop),
            sender,
        };
        // One processor is the window's.
        let workers = thread::available_parallelism().map_or(1, NonZero::get).saturating_sub(1).max(1);
        for _ in 0..workers {
            let (work, wake) = (work.clone(), wake.clone());
            // Where there is no thread to be had, the others do it; without any, nothing comes.
            let _ = thread::Builder::new().name("map".to_owned()).spawn(move || work.go(&wake));
        }
        let found = vec![None; plan.order().len()];
        Self { plan, found, done: 0, answers, stop }
    }

    /// Takes in what has come. Whether there was anything.
    pub fn poll(&mut self) -> bool {
        let before = self.done;
        for (piece, cells) in self.answers.try_iter() {
            for (turn, cell) in piece.zip(cells) {
                self.found[self.plan.order().index(turn)] = Some(cell);
                self.done += 1;
            }
        }
        self.done > before
    }

    /// Stops the work; what is there stays.
    pub fn cancel(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// What is being computed.
    pub fn plan(&self) -> &SweepPlan {
        &self.plan
    }

    /// Which part of the cells is computed.
    pub fn progress(&self) -> f32 {
        self.done as f32 / self.found.len().max(1) as f32
    }

    /// Whether all cells are computed.
    pub fn is_done(&self) -> bool {
        self.done == self.found.len()
    }

    /// Whether there is a picture of the whole, coarse as it may be.
    pub fn has_picture(&self) -> bool {
        self.done >= self.plan.order().level(0).len()
    }

    /// The cell in a column and a row, or the one that stands for it; `None` where there is neither yet.
    pub fn found(&self, column: usize, row: usize) -> Option<&CellResult> {
        self.plan.order().stand_ins(column, row).find_map(|index| self.found.get(index)?.as_ref())
    }
}

/// What the threads share.
#[derive(Clone)]
struct Work {
    plan: Arc<SweepPlan>,
    pieces: Arc<[Range<usize>]>,
    /// The next piece that nobody has taken.
    next: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    sender: Sender<Answer>,
}

impl Work {
    fn go(&self, wake: &impl Fn()) {
        let mut trials = self.plan.trials().until(Arc::clone(&self.stop));
        let mut woken = Instant::now();
        while !self.stop.load(Ordering::Relaxed)
            && let Some(piece) = self.pieces.get(self.next.fetch_add(1, Ordering::Relaxed))
        {
            let found = self.plan.compute(&mut trials, piece.clone());
            let is_given_up = self.stop.load(Ordering::Relaxed);
            if is_given_up || self.sender.send((piece.clone(), found)).is_err() {
                return;
            }
            if self.plan.order().is_end(piece.end) || woken.elapsed() > PAUSE {
                wake();
                woken = Instant::now();
            }
        }
        wake();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use nalgebra::Vector2;
    use thalweg_analysis::sweep::axis::{SweepAxis, Varied};
    use thalweg_core::objective::objective::Objective;

    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::surfaces;
    use thalweg_core::run::problem::Problem;
    use thalweg_core::spec::chosen::Chosen;

    fn plan(steps: u32) -> SweepPlan {
        let optimizer = optimizers::find("Momentum").expect("known");
        let surface = Chosen::with_defaults(surfaces::find("Rosenbrock").expect("known"));
        let problem = Problem::new(Objective::new(&surface), Vector2::new(-1.2, 1.0), steps);
        let axis =
            |key, ends| SweepAxis::new(Varied::setting(optimizer, None, key).expect("a number"), ends, 64);
        let x = axis("lr", (1e-5, 1.0)).expect("an axis");
        let y = axis("momentum", (0.0, 0.99));
        SweepPlan::new(&Chosen::with_defaults(optimizer), &problem, (x, y), 1e-3, 5.0)
    }

    /// Waits for the threads, as a window does that is woken.
    fn until(job: &mut Job, woken: &Receiver<()>, enough: impl Fn(&Job) -> bool) {
        while !enough(job) {
            woken.recv().expect("somebody still works");
            job.poll();
        }
    }

    #[test]
    fn a_map_in_the_background_is_the_map() {
        let plan = plan(100);
        let mut trials = plan.trials();
        let wanted = plan.compute(&mut trials, 0..plan.order().len());
        let (sender, woken) = channel();
        let mut job = Job::begin(plan.clone(), move || {
            let _ = sender.send(());
        });
        until(&mut job, &woken, Job::has_picture);
        // Every place has somebody to stand for it.
        assert!((0..64).all(|column| (0..64).all(|row| job.found(column, row).is_some())));
        until(&mut job, &woken, Job::is_done);
        assert!(job.progress() >= 1.0);
        for (turn, wanted) in wanted.iter().enumerate() {
            let (column, row) = plan.order().place(turn);
            let found = job.found(column, row).expect("computed");
            assert_eq!((found.outcome, found.step), (wanted.outcome, wanted.step));
        }
    }

    #[test]
    fn a_cancelled_map_comes_to_an_end_and_keeps_what_it_has() {
        let (sender, woken) = channel();
        let mut job = Job::begin(plan(20_000), move || {
            let _ = sender.send(());
        });
        until(&mut job, &woken, Job::has_picture);
        job.cancel();
        // The threads let go of the channel when they end.
        while woken.recv().is_ok() {}
        job.poll();
        assert!(job.has_picture() && !job.is_done());
    }
}
