//! A map as a job: the cells come in, coarse to fine.

use crate::jobs::job::{Job, Work};
use crate::runtime::Runtime;
use std::ops::Range;
use std::time::Duration;
use thalweg_analysis::sweep::outcome::CellResult;
use thalweg_analysis::sweep::plan::SweepPlan;
use thalweg_core::run::batch::BatchRunner;

/// The plan, cut into pieces.
struct MapWork {
    plan: SweepPlan,
    pieces: Vec<Range<usize>>,
}

impl Work for MapWork {
    type Tools = BatchRunner;
    type Answer = Vec<CellResult>;

    fn pieces(&self) -> usize {
        self.pieces.len()
    }

    fn tools(&self) -> BatchRunner {
        self.plan.trials()
    }

    fn begin(&self, tools: &mut BatchRunner, piece: usize) {
        self.plan.begin(tools, self.pieces[piece].clone());
    }

    fn advance(&self, tools: &mut BatchRunner, pause: impl FnMut() -> bool) -> Option<Vec<CellResult>> {
        self.plan.advance(tools, pause)
    }

    fn ends_stage(&self, piece: usize) -> bool {
        self.plan.order().is_end(self.pieces[piece].end)
    }
}

/// A map under way, or finished. Whoever drops it, ends the work on it.
pub struct MapJob {
    job: Job<MapWork>,
    /// The cells, row by row from the lower left.
    cells: Vec<Option<CellResult>>,
    done: usize,
}

impl MapJob {
    /// Begins a map. `wake` is called from the threads when there is something to show.
    pub fn begin(plan: SweepPlan, runtime: Runtime, wake: impl Fn() + Clone + Send + 'static) -> Self {
        let cells = vec![None; plan.order().len()];
        let pieces = plan.pieces();
        Self { job: Job::begin(MapWork { plan, pieces }, runtime, wake), cells, done: 0 }
    }

    /// Takes in what there is. Whether there was anything.
    pub fn poll(&mut self, late: impl FnMut() -> bool) -> bool {
        let found = self.job.poll(late);
        self.take(found)
    }

    /// Waits for cells, `timeout` at most. Whether any came.
    pub fn wait(&mut self, timeout: Duration) -> bool {
        let found = self.job.wait(timeout);
        self.take(found)
    }

    fn take(&mut self, found: Vec<(usize, Vec<CellResult>)>) -> bool {
        let before = self.done;
        let MapWork { plan, pieces } = self.job.work();
        for (piece, cells) in found {
            for (turn, cell) in pieces[piece].clone().zip(cells) {
                self.cells[plan.order().index(turn)] = Some(cell);
                self.done += 1;
            }
        }
        self.done > before
    }

    /// Stops the work; what is there stays.
    pub fn cancel(&self) {
        self.job.cancel();
    }

    /// What is being computed.
    pub fn plan(&self) -> &SweepPlan {
        &self.job.work().plan
    }

    /// Which part of the cells is computed.
    pub fn progress(&self) -> f32 {
        self.done as f32 / self.cells.len().max(1) as f32
    }

    /// Whether all cells are computed.
    pub fn is_done(&self) -> bool {
        self.job.is_done()
    }

    /// Whether the caller has to ask on.
    pub fn needs_polling(&self) -> bool {
        self.job.needs_polling()
    }

    /// Whether no further cell will come although not all are computed.
    pub fn has_ended_early(&self) -> bool {
        self.job.has_ended_early()
    }

    /// Whether there is a picture of the whole, coarse as it may be.
    pub fn has_picture(&self) -> bool {
        self.done >= self.plan().order().level(0).len()
    }

    /// The cell in a column and a row, or the one that stands for it; `None` where there is neither yet.
    pub fn found(&self, column: usize, row: usize) -> Option<&CellResult> {
        self.plan().order().stand_ins(column, row).find_map(|index| self.cells.get(index)?.as_ref())
    }

    /// All cells, row by row from the lower left; those that are not computed are left out.
    pub fn into_cells(mut self) -> Vec<CellResult> {
        std::mem::take(&mut self.cells).into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::{Clock, SlicedWork, Workers};
    use nalgebra::Vector2;
    use std::cell::{Cell, RefCell};
    use std::sync::mpsc::channel;
    use thalweg_analysis::sweep::axis::{SweepAxis, Varied};
    use thalweg_analysis::sweep::outcome::RunOutcome;
    use thalweg_core::catalogue::optimizers;
    use thalweg_core::catalogue::surfaces;
    use thalweg_core::objective::objective::Objective;
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

    fn threads() -> Runtime {
        Runtime { clock: Clock::new(|| Duration::ZERO), workers: Workers::Threads }
    }

    thread_local! {
        /// What is to be called between frames.
        static BETWEEN: RefCell<Vec<SlicedWork>> = const { RefCell::new(Vec::new()) };
        /// A clock on which each look takes two milliseconds.
        static NOW: Cell<u64> = const { Cell::new(0) };
    }

    fn between_frames() -> Runtime {
        let tick = || Duration::from_millis(NOW.replace(NOW.get() + 2));
        Runtime {
            clock: Clock::new(tick),
            workers: Workers::BetweenFrames(|work| BETWEEN.with_borrow_mut(|all| all.push(work))),
        }
    }

    /// Calls once what is to be called between frames, and forgets what is done.
    fn a_pause_between_frames() -> usize {
        BETWEEN.with_borrow_mut(|all| {
            all.retain_mut(|work| work().is_continue());
            all.len()
        })
    }

    fn cells(job: &MapJob) -> Vec<(RunOutcome, u32)> {
        let place = |index: usize| (index % 64, index / 64);
        let cell = |(column, row)| job.found(column, row).expect("somebody stands for it");
        (0..64 * 64).map(place).map(cell).map(|cell| (cell.outcome, cell.step)).collect()
    }

    /// By threads, in slices, between frames, or at once: the map is the map.
    #[test]
    fn whoever_computes_a_map_it_is_the_map() {
        let plan = plan(100);
        let mut trials = plan.trials();
        let wanted = plan.compute(&mut trials, 0..plan.order().len());
        let mut slices = MapJob::begin(plan.clone(), Runtime::synchronous(), || ());
        let mut polls = 0;
        while !slices.is_done() {
            slices.poll(|| true);
            polls += 1;
            assert!(!slices.has_picture() || cells(&slices).len() == 64 * 64, "a picture has no holes");
        }
        assert!(polls > 1 && slices.is_done() && slices.progress() >= 1.0, "{polls} slices");
        let mut at_once = MapJob::begin(plan.clone(), Runtime::synchronous(), || ());
        assert!(at_once.poll(|| false) && at_once.is_done());
        let (sender, woken) = channel();
        let wake = move || {
            let _ = sender.send(());
        };
        let mut beside = MapJob::begin(plan.clone(), threads(), wake);
        while !beside.is_done() {
            woken.recv().expect("somebody still works");
            beside.poll(|| true);
        }
        let mut waited = MapJob::begin(plan.clone(), threads(), || ());
        while !waited.is_done() {
            waited.wait(Duration::from_secs(1));
        }
        let mut between = MapJob::begin(plan.clone(), between_frames(), || ());
        assert!(!between.poll(|| false) && !between.needs_polling(), "a frame does nothing of it");
        let mut pauses = 1;
        while a_pause_between_frames() > 0 {
            between.poll(|| true);
            pauses += 1;
        }
        between.poll(|| true);
        assert!(pauses > 10 && between.is_done(), "{pauses} pauses");
        for job in [&slices, &at_once, &beside, &waited, &between] {
            for (turn, wanted) in wanted.iter().enumerate() {
                let (column, row) = plan.order().place(turn);
                let found = job.found(column, row).expect("computed");
                assert_eq!((found.outcome, found.step), (wanted.outcome, wanted.step));
            }
        }
    }

    #[test]
    fn dropped_work_is_not_called_again() {
        let job = MapJob::begin(plan(100), between_frames(), || ());
        assert_eq!(a_pause_between_frames(), 1);
        drop(job);
        assert_eq!(a_pause_between_frames(), 0);
    }

    #[test]
    fn a_cancelled_map_comes_to_an_end_and_keeps_what_it_has() {
        let mut job = MapJob::begin(plan(20_000), threads(), || ());
        while !job.has_picture() {
            job.wait(Duration::from_secs(1));
        }
        job.cancel();
        // The threads let go of the channel when they end.
        while job.wait(Duration::from_secs(1)) {}
        assert!(job.has_picture() && !job.is_done() && job.has_ended_early());
    }
}
