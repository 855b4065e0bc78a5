//! A job: pieces of work, and who does them.

use crate::frame_budget::FrameBudget;
use crate::runtime::{Runtime, SlicedWork, Workers};
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread;
use std::time::Duration;

/// How long a window is left alone while answers come in; what ends a stage wakes it at once.
const PAUSE: Duration = Duration::from_millis(60);

/// Work in pieces that do not need each other, each of some milliseconds if that can be; whoever has no thread for it
/// does them in bites.
pub trait Work: Send + Sync + 'static {
    /// What a worker keeps from piece to piece.
    type Tools;
    /// What a piece comes to.
    type Answer: Send + 'static;

    /// How many pieces there are. They are taken in this order.
    fn pieces(&self) -> usize;

    /// What a worker begins with.
    fn tools(&self) -> Self::Tools;

    /// Begins a piece; one that was under way is given up.
    fn begin(&self, tools: &mut Self::Tools, piece: usize);

    /// Goes on with the piece that was begun, until it is done or `pause` says so, which is asked after some hundred
    /// microseconds at the latest; `None` where it paused.
    fn advance(&self, tools: &mut Self::Tools, pause: impl FnMut() -> bool) -> Option<Self::Answer>;

    /// Whether there is something new to be seen as a whole when this piece is done.
    fn ends_stage(&self, piece: usize) -> bool;
}

/// Work under way, or finished. Whoever drops it, ends it.
pub struct Job<W: Work> {
    work: Arc<W>,
    stop: Arc<AtomicBool>,
    done: usize,
    source: Source<W>,
}

/// Where the answers come from.
enum Source<W: Work> {
    Workers(Receiver<(usize, W::Answer)>),
    Caller {
        tools: W::Tools,
        next: usize,
        /// Whether the next piece is begun.
        is_begun: bool,
    },
    /// The workers have ended, and not all is done.
    Nowhere,
}

impl<W: Work> Drop for Job<W> {
    fn drop(&mut self) {
        self.cancel();
    }
}

impl<W: Work> Job<W> {
    /// Begins. `wake` is called by the workers when there is something to be seen.
    pub fn begin(work: W, runtime: Runtime, wake: impl Fn() + Clone + Send + 'static) -> Self {
        let shared = Shared {
            work: Arc::new(work),
            next: AtomicUsize::new(0),
            stop: Arc::new(AtomicBool::new(false)),
            runtime,
        };
        let (work, stop) = (Arc::clone(&shared.work), Arc::clone(&shared.stop));
        let answers = match runtime.workers {
            Workers::Threads => threads(shared, &wake),
            Workers::BetweenFrames(call) => Some(between_frames(shared, wake, call)),
            Workers::Caller => None,
        };
        let by_caller = || Source::Caller { tools: work.tools(), next: 0, is_begun: false };
        let source = answers.map_or_else(by_caller, Source::Workers);
        Self { work, stop, done: 0, source }
    }

    /// Takes in what there is: what workers have found since, or what the caller now does itself until `late`
    /// says that it must go on. Each answer with the piece that it is of.
    pub fn poll(&mut self, mut late: impl FnMut() -> bool) -> Vec<(usize, W::Answer)> {
        let mut found = Vec::new();
        match &mut self.source {
            Source::Workers(answers) => loop {
                match answers.try_recv() {
                    Ok(answer) => found.push(answer),
                    Err(TryRecvError::Empty) => break,
                    Err(TryRecvError::Disconnected) => {
                        self.source = Source::Nowhere;
                        break;
                    }
                }
            },
            Source::Caller { tools, next, is_begun } => {
                while *next < self.work.pieces() && !self.stop.load(Ordering::Relaxed) {
                    if !*is_begun {
                        self.work.begin(tools, *next);
                    }
                    let answer = self.work.advance(tools, &mut late);
                    *is_begun = answer.is_none();
                    let Some(answer) = answer else { break };
                    found.push((*next, answer));
                    *next += 1;
                    if late() {
                        break;
                    }
                }
            }
            Source::Nowhere => {}
        }
        self.done += found.len();
        found
    }

    /// [`Job::poll`] that waits for an answer, `timeout` at most.
    pub fn wait(&mut self, timeout: Duration) -> Vec<(usize, W::Answer)> {
        let mut found = Vec::new();
        if let Source::Workers(answers) = &self.source {
            match answers.recv_timeout(timeout) {
                Ok(answer) => found.push(answer),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => self.source = Source::Nowhere,
            }
        }
        self.done += found.len();
        found.extend(self.poll(|| true));
        found
    }

    /// Stops the work.
    pub fn cancel(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// What is being done.
    pub fn work(&self) -> &W {
        &self.work
    }

    /// How many pieces are done.
    pub fn done(&self) -> usize {
        self.done
    }

    /// Whether all pieces are done.
    pub fn is_done(&self) -> bool {
        self.done == self.work.pieces()
    }

    /// Whether the caller has to ask on for anything to come: nobody will wake it.
    pub fn needs_polling(&self) -> bool {
        let by_caller = matches!(self.source, Source::Caller { .. });
        by_caller && !self.is_done() && !self.has_ended_early()
    }

    /// Whether nothing will come any more although not all is done: it was cancelled, or a thread has failed.
    pub fn has_ended_early(&self) -> bool {
        let nobody = matches!(self.source, Source::Nowhere) || self.stop.load(Ordering::Relaxed);
        nobody && !self.is_done()
    }
}

/// What the workers share.
struct Shared<W: Work> {
    work: Arc<W>,
    /// The next piece that nobody has taken.
    next: AtomicUsize,
    stop: Arc<AtomicBool>,
    runtime: Runtime,
}

/// Begins the threads; `None` where there are none to be had.
fn threads<W: Work>(
    shared: Shared<W>,
    wake: &(impl Fn() + Clone + Send + 'static),
) -> Option<Receiver<(usize, W::Answer)>> {
    let (sender, answers) = channel();
    let shared = Arc::new(shared);
    // One processor is the caller's.
    let workers = thread::available_parallelism().map_or(1, NonZero::get).saturating_sub(1).max(1);
    let mut begun = 0;
    for _ in 0..workers.min(shared.work.pieces()) {
        let (shared, sender, wake) = (Arc::clone(&shared), sender.clone(), wake.clone());
        let work = move || {
            let mut worker = Worker::new(shared, sender, wake);
            while worker.go_on(|| false).is_continue() {}
        };
        // Where one is not to be had, the others do its part.
        begun += usize::from(thread::Builder::new().name("job".to_owned()).spawn(work).is_ok());
    }
    (begun > 0).then_some(answers)
}

/// Begins a worker that is called between frames.
fn between_frames<W: Work>(
    shared: Shared<W>,
    wake: impl Fn() + 'static,
    call: fn(SlicedWork),
) -> Receiver<(usize, W::Answer)> {
    let (sender, answers) = channel();
    let clock = shared.runtime.clock;
    let mut worker = Worker::new(Arc::new(shared), sender, wake);
    call(Box::new(move || {
        let timer = FrameBudget::JOB.begin(clock);
        worker.go_on(|| timer.is_over())
    }));
    answers
}

/// Who does one piece after the other.
struct Worker<W: Work, F: Fn()> {
    shared: Arc<Shared<W>>,
    sender: Sender<(usize, W::Answer)>,
    wake: F,
    tools: W::Tools,
    /// The piece under way.
    piece: Option<usize>,
    /// For how long it has worked since it woke the window.
    worked: Duration,
    /// For how long it has been kept from work since then.
    kept: Duration,
    /// When it worked last.
    last: Duration,
}

impl<W: Work, F: Fn()> Worker<W, F> {
    fn new(shared: Arc<Shared<W>>, sender: Sender<(usize, W::Answer)>, wake: F) -> Self {
        let tools = shared.work.tools();
        let last = shared.runtime.clock.now();
        let (worked, kept) = (Duration::ZERO, Duration::ZERO);
        Self { shared, sender, wake, tools, piece: None, worked, kept, last }
    }

    /// Works until all pieces are taken, or `late` says that it must pause.
    fn go_on(&mut self, late: impl Fn() -> bool) -> ControlFlow<()> {
        let clock = self.shared.runtime.clock;
        let shared = Arc::clone(&self.shared);
        let stopped = || shared.stop.load(Ordering::Relaxed);
        self.kept += clock.now().saturating_sub(self.last);
        self.last = clock.now();
        while !stopped() {
            let piece = self.piece.take().unwrap_or_else(|| {
                let piece = shared.next.fetch_add(1, Ordering::Relaxed);
                if piece < shared.work.pieces() {
                    shared.work.begin(&mut self.tools, piece);
                }
                piece
            });
            if piece >= shared.work.pieces() {
                break;
            }
            let answer = shared.work.advance(&mut self.tools, || stopped() || late());
            let now = clock.now();
            self.worked += now.saturating_sub(self.last);
            self.last = now;
            let Some(answer) = answer else {
                self.piece = Some(piece);
                return ControlFlow::Continue(());
            };
            if self.sender.send((piece, answer)).is_err() {
                return ControlFlow::Break(());
            }
            // A window that is slow to draw gets no more time for it than the work.
            if shared.work.ends_stage(piece) || self.worked > PAUSE.max(self.kept) {
                (self.wake)();
                (self.worked, self.kept) = (Duration::ZERO, Duration::ZERO);
            }
            if late() {
                return ControlFlow::Continue(());
            }
        }
        (self.wake)();
        ControlFlow::Break(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::Clock;
    use std::cell::{Cell, RefCell};

    thread_local! {
        static NOW: Cell<u64> = const { Cell::new(0) };
        static CALLED: RefCell<Option<SlicedWork>> = const { RefCell::new(None) };
    }

    /// A thousand pieces of a millisecond each.
    struct Pieces;

    impl Work for Pieces {
        type Tools = ();
        type Answer = ();

        fn pieces(&self) -> usize {
            1000
        }

        fn tools(&self) {}

        fn begin(&self, (): &mut (), _: usize) {}

        fn advance(&self, (): &mut (), _: impl FnMut() -> bool) -> Option<()> {
            NOW.set(NOW.get() + 1);
            Some(())
        }

        fn ends_stage(&self, _: usize) -> bool {
            false
        }
    }

    /// A window that is slow to draw gets no more time than the work.
    #[test]
    fn work_between_frames_wakes_the_window_when_it_has_worked_as_long_as_it_was_kept() {
        let clock = Clock::new(|| Duration::from_millis(NOW.get()));
        let workers = Workers::BetweenFrames(|work| CALLED.set(Some(work)));
        let woken = Arc::new(AtomicUsize::new(0));
        let wake = {
            let woken = Arc::clone(&woken);
            move || {
                woken.fetch_add(1, Ordering::Relaxed);
            }
        };
        for (frame, wanted) in [(0, 17), (20, 17), (180, 7), (700, 3)] {
            woken.store(0, Ordering::Relaxed);
            let _job = Job::begin(Pieces, Runtime { clock, workers }, wake.clone());
            let mut work = CALLED.take().expect("it is to be called");
            let mut drawn = 0;
            while work().is_continue() {
                let now = woken.load(Ordering::Relaxed);
                if now > drawn {
                    NOW.set(NOW.get() + frame);
                    drawn = now;
                }
            }
            assert_eq!(woken.load(Ordering::Relaxed), wanted, "frames of {frame} ms");
        }
    }
}
