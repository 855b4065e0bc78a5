//! What the page keeps until the next visit: the session, how the window looks, and sessions before it.

use super::page::HostPage;
use super::page_look::PageLook;
use crate::files::earlier_session::EarlierSession;
use egui::Context;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use thalweg_session::{Session, StoredSession};
use web_time::{SystemTime, UNIX_EPOCH};

/// How long after a change it is told, in seconds; of more changes within that time, the last.
const AFTER: f64 = 0.7;
/// The most sessions before the present one: a page is given some megabytes.
const MOST_EARLIER: usize = 3;

/// The text that the page keeps.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct KeptPage {
    session: String,
    look: PageLook,
    /// Sessions before it, the latest first, each with the time when it was left, in seconds since 1970.
    earlier: Vec<(u64, String)>,
}

/// What came back at the start.
#[derive(Default)]
pub struct KeptBefore {
    /// The session.
    pub session: Option<StoredSession>,
    /// How the window looked.
    pub look: PageLook,
    /// Sessions before it.
    earlier: Vec<EarlierSession>,
    /// What could not be read, in words.
    pub told: Vec<String>,
}

impl KeptBefore {
    /// Reads what the page has kept.
    pub fn read(text: &str) -> Self {
        let Ok(kept) = ron::from_str::<KeptPage>(text) else {
            let told =
                vec!["The last session could not be read: what the browser kept is damaged.".to_owned()];
            return Self { told, ..Self::default() };
        };
        let mut told = Vec::new();
        let session = match StoredSession::from_text(&kept.session) {
            Ok((session, missed)) => {
                if !missed.is_empty() {
                    told.push(format!("Not all of the last session could be read: {}.", missed.join("; ")));
                }
                Some(session)
            }
            Err(why) => {
                told.push(format!("The last session could not be read: {why}."));
                None
            }
        };
        let earlier = kept.earlier.iter().filter_map(|(written, text)| {
            let (session, _) = StoredSession::from_text(text).ok()?;
            Some(EarlierSession { session, written: UNIX_EPOCH + Duration::from_secs(*written) })
        });
        Self { session, look: kept.look, earlier: earlier.collect(), told }
    }
}

/// Keeps what is open. The default keeps nothing.
#[derive(Default)]
pub struct PageKeeping {
    page: Option<HostPage>,
    /// What is open, as it was told last.
    last: Option<StoredSession>,
    /// When it has changed first since then, in egui's time.
    since: Option<f64>,
    look: PageLook,
    earlier: Vec<EarlierSession>,
    /// The list of earlier sessions, where it is new.
    listed: Option<Vec<EarlierSession>>,
}

impl PageKeeping {
    /// Keeps in this page what is open from now on. What was kept before is an earlier session where `is_another`.
    pub fn begin(page: &HostPage, before: KeptBefore, is_another: bool, now: StoredSession) -> Self {
        let mut keeping =
            Self { page: Some(page.clone()), look: before.look, earlier: before.earlier, ..Self::default() };
        if let Some(session) = before.session.filter(|session| is_another && session.scenario != now.scenario)
        {
            keeping.leave(session);
        }
        keeping.last = Some(now);
        keeping.listed = Some(keeping.earlier.clone());
        keeping
    }

    /// What is open now is told although it has not changed.
    pub fn write_anyway(&mut self) {
        self.last = None;
    }

    /// The session that is open is left as an earlier one.
    pub fn go_back(&mut self, _: &Context, stored: &StoredSession, now: &Session) {
        self.earlier.retain(|earlier| earlier.session != *stored);
        self.leave(now.stored(None));
    }

    fn leave(&mut self, session: StoredSession) {
        self.earlier.insert(0, EarlierSession { session, written: SystemTime::now() });
        self.earlier.truncate(MOST_EARLIER);
        self.listed = Some(self.earlier.clone());
    }

    /// Tells the page what is to be kept, some time after it has changed.
    pub fn update(&mut self, ctx: &Context, session: &Session, _: Option<u64>, _: bool) -> Vec<String> {
        let Some(page) = self.page.clone() else { return Vec::new() };
        let now = session.stored(None);
        let look = PageLook::of(ctx);
        let is_new = self.last.as_ref().is_none_or(|last| now.is_newer_than(last)) || look != self.look;
        self.look = look;
        let time = ctx.input(|input| input.time);
        if is_new {
            self.last = Some(now);
            self.since.get_or_insert(time);
        }
        if let Some(since) = self.since {
            let left = AFTER - (time - since);
            if left <= 0.0 {
                self.since = None;
                page.tell(serde_json::json!({ "event": "kept", "text": self.text(session) }));
            } else {
                ctx.request_repaint_after(Duration::from_secs_f64(left));
            }
        }
        Vec::new()
    }

    /// What the page is to keep of a session.
    pub fn text(&self, session: &Session) -> String {
        let earlier = self.earlier.iter().map(|earlier| {
            let age = earlier.written.duration_since(UNIX_EPOCH).unwrap_or_default();
            (age.as_secs(), earlier.session.to_text())
        });
        let session = session.stored(None).to_text();
        let kept = KeptPage { session, look: self.look, earlier: earlier.collect() };
        // Texts and numbers can always be written.
        ron::to_string(&kept).unwrap_or_default()
    }

    /// The sessions that can be gone back to, the latest first: once, when they have changed.
    pub fn earlier(&mut self) -> Option<Vec<EarlierSession>> {
        self.listed.take()
    }

    /// Nothing is kept from then on.
    pub fn finish(&mut self) {
        self.page = None;
    }
}
