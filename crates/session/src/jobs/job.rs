//! A job: pieces of work, and who does them.

use crate::runtime::{Runtime, Workers};
use std::num::NonZero;
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
    Threads(Receiver<(usize, W::Answer)>),
    Caller {
        tools: W::Tools,
        next: usize,
        /// Whether the next piece is begun.
        is_begun: bool,
    },
    /// The threads have ended, and not all is done.
    Nowhere,
}

impl<W: Work> Drop for Job<W> {
    fn drop(&mut self) {
        self.cancel();
    }
}

impl<W: Work> Job<W> {
    /// Begins. `wake` is called from the threads when there is something to be seen.
    pub fn begin(work: W, runtime: Runtime, wake: impl Fn() + Clone + Send + 'static) -> Self {
        let (work, stop) = (Arc::new(work), Arc::new(AtomicBool::new(false)));
        let source = match runtime.workers {
            Workers::Threads => threads(&work, &stop, runtime, &wake),
            Workers::Caller => None,
        };
        let by_caller = || Source::Caller { tools: work.tools(), next: 0, is_begun: false };
        let source = source.map_or_else(by_caller, Source::Threads);
        Self { work, stop, done: 0, source }
    }

    /// Takes in what there is: what threads have found since, or what the caller now does itself until `late`
    /// says that it must go on. Each answer with the piece that it is of.
    pub fn poll(&mut self, mut late: impl FnMut() -> bool) -> Vec<(usize, W::Answer)> {
        let mut found = Vec::new();
        match &mut self.source {
            Source::Threads(answers) => loop {
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
        if let Source::Threads(answers) = &self.source {
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

/// What the threads share.
struct Shared<W: Work> {
    work: Arc<W>,
    /// The next piece that nobody has taken.
    next: AtomicUsize,
    stop: Arc<AtomicBool>,
    runtime: Runtime,
}

/// Begins the threads; `None` where there are none to be had.
fn threads<W: Work>(
    work: &Arc<W>,
    stop: &Arc<AtomicBool>,
    runtime: Runtime,
    wake: &(impl Fn() + Clone + Send + 'static),
) -> Option<Receiver<(usize, W::Answer)>> {
    let (sender, answers) = channel();
    let shared =
        Shared { work: Arc::clone(work), next: AtomicUsize::new(0), stop: Arc::clone(stop), runtime };
    let shared = Arc::new(shared);
    // One processor is the caller's.
    let workers = thread::available_parallelism().map_or(1, NonZero::get).saturating_sub(1).max(1);
    let mut begun = 0;
    for _ in 0..workers.min(work.pieces()) {
        let (shared, sender, wake) = (Arc::clone(&shared), sender.clone(), wake.clone());
        let worker = thread::Builder::new().name("job".to_owned());
        // Where one is not to be had, the others do its part.
        begun += usize::from(worker.spawn(move || shared.go(&sender, &wake)).is_ok());
    }
    (begun > 0).then_some(answers)
}

impl<W: Work> Shared<W> {
    fn go(&self, sender: &Sender<(usize, W::Answer)>, wake: &impl Fn()) {
        let mut tools = self.work.tools();
        let mut woken = self.runtime.clock.now();
        while !self.stop.load(Ordering::Relaxed) {
            let piece = self.next.fetch_add(1, Ordering::Relaxed);
            if piece >= self.work.pieces() {
                break;
            }
            self.work.begin(&mut tools, piece);
            let Some(answer) = self.work.advance(&mut tools, || self.stop.load(Ordering::Relaxed)) else {
                return;
            };
            if sender.send((piece, answer)).is_err() {
                return;
            }
            let now = self.runtime.clock.now();
            if self.work.ends_stage(piece) || now > woken + PAUSE {
                wake();
                woken = now;
            }
        }
        wake();
    }
}
