//! Keeps what is open while it changes: a thread writes what was handed over last, a moment later, whatever the
//! window does meanwhile. It sleeps where nothing changes.

use super::atomic_file::Output;
use super::session_file::{make_room, write};
use super::session_place::{SessionPlace, keep_as_earlier};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use thalweg_session::StoredSession;

/// How long after a change it is written; of more changes within that time, the last.
const AFTER: Duration = Duration::from_millis(700);
/// How long after a failure it is tried again.
const AGAIN: Duration = Duration::from_secs(5);
/// How long the end of the program waits for what is not written yet.
const AT_THE_END: Duration = Duration::from_secs(5);

/// A session's place and what is going to be written there.
pub struct SessionKeeper {
    shared: Arc<Handover>,
    thread: Option<JoinHandle<()>>,
    path: PathBuf,
}

#[derive(Default)]
struct Handover {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own, and all change under one lock")]
struct Waiting {
    session: Option<StoredSession>,
    look: Option<String>,
    /// Whether what is going to be written does not go on with what is there.
    is_another: bool,
    /// Whether the thread has taken something and not finished with it.
    is_writing: bool,
    is_over: bool,
    has_ended: bool,
    news: Option<String>,
}

impl Handover {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SessionKeeper {
    /// A keeper for this place. The session that is there already is kept as an earlier one where `is_another`:
    /// what comes does not go on with it. `wake` is called when there is something to tell.
    pub fn begin(place: SessionPlace, is_another: bool, wake: impl Fn() + Send + 'static) -> Self {
        let shared = Arc::new(Handover::default());
        shared.lock().is_another = is_another;
        let path = place.path().to_owned();
        let writer = SessionWriter { shared: Arc::clone(&shared), place, is_failing: false };
        let thread = std::thread::Builder::new().name("session".to_owned());
        let thread = thread.spawn(move || writer.go(&wake)).ok();
        Self { shared, thread, path }
    }

    /// The session's file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Hands over a session, which is going to be written.
    pub fn keep(&self, session: StoredSession) {
        self.shared.lock().session = Some(session);
        self.shared.changed.notify_all();
    }

    /// The session that is there is kept as an earlier one when the next is written.
    pub fn begin_another(&self) {
        self.shared.lock().is_another = true;
    }

    /// Hands over how the window looks: a text, which goes into a file beside the session's.
    pub fn keep_look(&self, look: String) {
        self.shared.lock().look = Some(look);
        self.shared.changed.notify_all();
    }

    /// What there is to tell, once.
    pub fn news(&self) -> Option<String> {
        self.shared.lock().news.take()
    }

    /// Waits until all that was handed over is written, so long at most. Whether it is.
    pub fn wait(&self, at_most: Duration) -> bool {
        let is_busy =
            |waiting: &mut Waiting| waiting.session.is_some() || waiting.look.is_some() || waiting.is_writing;
        let waited = self.shared.changed.wait_timeout_while(self.shared.lock(), at_most, is_busy);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }
}

/// Whoever drops it waits until all is written, but not for a disk that does not answer.
impl Drop for SessionKeeper {
    fn drop(&mut self) {
        self.shared.lock().is_over = true;
        self.shared.changed.notify_all();
        let going_on = |waiting: &mut Waiting| !waiting.has_ended;
        let waited = self.shared.changed.wait_timeout_while(self.shared.lock(), AT_THE_END, going_on);
        let has_ended = !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out();
        if let Some(thread) = self.thread.take().filter(|_| has_ended) {
            // A thread that has failed has nothing more to say.
            let _ = thread.join();
        }
    }
}

/// What the thread has.
struct SessionWriter {
    shared: Arc<Handover>,
    place: SessionPlace,
    is_failing: bool,
}

impl SessionWriter {
    fn go(mut self, wake: &impl Fn()) {
        let mut pause = AFTER;
        loop {
            let (session, look, is_over) = self.next(pause);
            if let Some(look) = look {
                // Only the window's look: not worth a word.
                replace(&look_beside(self.place.path()), &look).ok();
            }
            pause = AFTER;
            if let Some(session) = session
                && !self.write(&session, wake)
            {
                pause = AGAIN;
            }
            let mut waiting = self.shared.lock();
            waiting.is_writing = false;
            waiting.has_ended = is_over;
            drop(waiting);
            self.shared.changed.notify_all();
            if is_over {
                return;
            }
        }
    }

    /// What is to be written, `pause` after it was handed over, or at once when all is over.
    fn next(&self, pause: Duration) -> (Option<StoredSession>, Option<String>, bool) {
        let nothing =
            |waiting: &mut Waiting| waiting.session.is_none() && waiting.look.is_none() && !waiting.is_over;
        let waiting = self.shared.changed.wait_while(self.shared.lock(), nothing);
        let mut waiting = waiting.unwrap_or_else(PoisonError::into_inner);
        let until = Instant::now() + pause;
        while !waiting.is_over
            && let Some(left) = until.checked_duration_since(Instant::now())
        {
            let waited = self.shared.changed.wait_timeout(waiting, left);
            waiting = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        waiting.is_writing = true;
        (waiting.session.take(), waiting.look.take(), waiting.is_over)
    }

    /// Whether it was written. What was not waits for the next time, if nothing newer does.
    fn write(&mut self, session: &StoredSession, wake: &impl Fn()) -> bool {
        let path = self.place.path();
        let is_another = std::mem::take(&mut self.shared.lock().is_another);
        let kept = if is_another && path.is_file() { keep_as_earlier(path) } else { Ok(()) };
        let written = kept.and_then(|()| write(path, session));
        let mut waiting = self.shared.lock();
        match &written {
            Ok(()) => {
                if std::mem::replace(&mut self.is_failing, false) {
                    waiting.news = Some(format!("The session is kept again, in {}.", path.display()));
                    wake();
                }
            }
            Err(error) => {
                waiting.session.get_or_insert_with(|| session.clone());
                waiting.is_another |= is_another;
                if !std::mem::replace(&mut self.is_failing, true) {
                    waiting.news = Some(format!(
                        "{}: the session cannot be kept: {error}. It is tried again; save the preset elsewhere to be sure.",
                        path.display()
                    ));
                    wake();
                }
            }
        }
        written.is_ok()
    }
}

/// The file of the window's look beside a session's, the same for all windows.
pub fn look_beside(path: &Path) -> PathBuf {
    path.with_file_name("window.ron")
}

fn replace(path: &Path, text: &str) -> io::Result<()> {
    make_room(path)?;
    let mut output = Output::create(path)?;
    output.write_all(text.as_bytes())?;
    output.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::fixtures::session;
    use crate::files::session_file::{before, restore};
    use crate::files::session_place::earlier_sessions;
    use std::sync::mpsc::channel;

    #[test]
    fn the_last_of_many_changes_is_written_within_two_seconds() {
        let folder = tempfile::tempdir().expect("a folder");
        let keeper = SessionKeeper::begin(SessionPlace::in_folder(folder.path()), false, || {});
        for number in 0..100 {
            keeper.keep(session(&number.to_string()));
        }
        assert!(keeper.wait(Duration::from_secs(2)));
        let path = folder.path().join("app.ron");
        assert_eq!(restore(&path).session, Some(session("99")));
        assert!(!before(&path).exists(), "one of them was enough");
        keeper.keep(session("at the end"));
        // What is in the look's place must not hold up the session.
        std::fs::create_dir(look_beside(&path)).expect("made");
        keeper.keep_look("look".to_owned());
        drop(keeper);
        assert_eq!(restore(&path).session, Some(session("at the end")));
        assert_eq!(restore(&before(&path)).session, Some(session("99")));
        assert_eq!(std::fs::read_to_string(look_beside(&path)).expect("written"), "look");
    }

    #[test]
    fn another_session_does_not_take_the_place_of_the_last_one_for_good() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("app.ron");
        write(&path, &session("mine")).expect("written");
        drop(SessionKeeper::begin(SessionPlace::in_folder(folder.path()), true, || {}));
        assert_eq!(restore(&path).session, Some(session("mine")), "nothing has changed");
        let keeper = SessionKeeper::begin(SessionPlace::in_folder(folder.path()), true, || {});
        keeper.keep(session("another"));
        assert!(keeper.wait(Duration::from_secs(2)));
        keeper.keep(session("another, changed"));
        drop(keeper);
        assert_eq!(restore(&path).session, Some(session("another, changed")));
        let earlier: Vec<_> = earlier_sessions(&path, false)
            .into_iter()
            .map(|earlier| earlier.session.scenario.title.clone())
            .collect();
        assert_eq!(earlier, ["mine"]);
    }

    /// A folder that cannot be written is told once, and what could not be written is, when it can.
    #[test]
    fn what_cannot_be_kept_is_told_once_and_tried_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let home = folder.path().join("home");
        std::fs::write(&home, "a file in the folder's place").expect("written");
        let (sender, told) = channel();
        let keeper = SessionKeeper::begin(SessionPlace::in_folder(&home), false, move || {
            sender.send(()).expect("somebody listens");
        });
        keeper.keep(session("one"));
        told.recv_timeout(Duration::from_secs(2)).expect("told");
        let news = keeper.news().expect("told");
        assert!(news.contains("home/app.ron: the session cannot be kept"), "{news}");
        assert!(keeper.news().is_none());
        std::fs::remove_file(&home).expect("there");
        drop(keeper);
        assert_eq!(restore(&home.join("app.ron")).session, Some(session("one")));
    }
}
